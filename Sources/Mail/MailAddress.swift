// A person's e-mail address, checked before anything is sent to it.

/// A display name and an e-mail address that passed `isPlausible`.
public struct MailAddress: Sendable, Hashable {
    /// The name that a mail reader shows; may be empty and may hold any text.
    public let name: String
    /// The address itself, `local@domain`, in ASCII.
    public let email: String

    /// Fails when `problem(email)` has something to say.
    public init?(name: String = "", email: String) {
        guard Self.isPlausible(email) else { return nil }
        self.name = name
        self.email = email
    }

    /// Whether mail can be addressed to `email`. That somebody reads it is another matter.
    public static func isPlausible(_ email: String) -> Bool {
        problem(email) == nil
    }

    /// What is wrong with an address, in words for whoever typed it; `nil` when nothing is.
    ///
    /// Accepts a dot-atom and a domain name (RFC 5321 section 4.1.2), with a local part of at most 64 and
    /// a whole of at most 254 octets (RFC 5321 section 4.5.3.1 and erratum 1690 of RFC 3696). Left out on
    /// purpose: quoted local parts and address literals, which are nearly always a slip of the finger, and
    /// addresses beyond ASCII, which need SMTPUTF8 (RFC 6531) on every server along the way. A domain with
    /// other letters can be given in its `xn--` form.
    public static func problem(_ email: String) -> String? {
        if email.isEmpty { return "Write an e-mail address, for example ana@example.com." }
        if email.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) {
            return "An e-mail address has no spaces in it."
        }
        let parts = email.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, let local = parts.first, let domain = parts.last else {
            return "An e-mail address has one @, for example ana@example.com."
        }
        if email.utf8.count > 254 { return "This address is too long: 254 characters at most." }
        return problem(local: local) ?? problem(domain: domain)
    }

    private static func problem(local: Substring.UTF8View.SubSequence) -> String? {
        if local.isEmpty { return "Something is missing before the @." }
        if local.contains(where: { $0 >= 0x80 }) {
            return
                "Only unaccented letters can stand before the @; other letters are not delivered everywhere."
        }
        if local.count > 64 { return "The part before the @ is too long: 64 characters at most." }
        let atoms = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if atoms.contains(where: \.isEmpty) {
            return "Before the @, a dot stands between two characters, never first, last or doubled."
        }
        if !atoms.allSatisfy({ $0.allSatisfy(isAtomText) }) {
            return "Before the @ stands a character that an address cannot have."
        }
        return nil
    }

    private static func problem(domain: Substring.UTF8View.SubSequence) -> String? {
        if domain.isEmpty { return "Something is missing after the @." }
        if domain.contains(where: { $0 >= 0x80 }) {
            return "Write the part after the @ in its ASCII form, which starts with xn--."
        }
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy(isLabel), let last = labels.last else {
            return "After the @ stands something that is no domain name, such as example.com."
        }
        if labels.count == 1, !domain.elementsEqual("localhost".utf8) {
            return "After the @ the ending is missing, such as .com."
        }
        if last.allSatisfy({ (0x30...0x39).contains($0) }) {
            return "After the @ stands a domain name, not a number."
        }
        return nil
    }

    /// A label of a host name (RFC 1123 section 2.1): letters, digits and inner hyphens, 63 at most.
    private static func isLabel(_ label: Substring.UTF8View.SubSequence) -> Bool {
        guard (1...63).contains(label.count) else { return false }
        let hyphen = UInt8(ascii: "-")
        return label.first != hyphen && label.last != hyphen
            && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
    }
}

extension MailAddress: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, email
    }

    /// Throws `DecodingError.dataCorrupted` for an address that `problem` objects to.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let email = try container.decode(String.self, forKey: .email)
        if let problem = Self.problem(email) {
            throw DecodingError.dataCorruptedError(forKey: .email, in: container, debugDescription: problem)
        }
        self.email = email
        name = try container.decode(String.self, forKey: .name)
    }
}

func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}

/// `atext` of RFC 5322 section 3.2.3.
func isAtomText(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
}
