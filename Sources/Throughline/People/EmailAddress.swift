import Foundation

/// E-mail addresses as the product keeps them: in lower case, because nobody means two people by two
/// spellings.
enum EmailAddress {
    static func normalised(_ text: String) -> String {
        Typed.cleaned(text).split(whereSeparator: \.isWhitespace).joined().lowercased()
    }

    /// Whether mail can be sent there: RFC 5321, section 4.1.2, without quoted parts, comments and address
    /// literals, which no company gives its people.
    static func isValid(_ email: String) -> Bool {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard email.utf8.count <= Limit.email, parts.count == 2, parts[0].utf8.count <= 64 else {
            return false
        }
        let isLocal = parts[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty
                && atom.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+/=?^_`{|}~-".utf8.contains($0) }
        }
        let isDomain = parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
        return isLocal && isDomain
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension Typed {
    /// An e-mail address, in lower case.
    mutating func email(_ value: String, _ field: String) -> String {
        let email = EmailAddress.normalised(value)
        if email.isEmpty {
            note(field, "Write the e-mail address.")
        } else if email.utf8.count > Limit.email {
            note(field, "An e-mail address holds at most \(Limit.email) characters.")
        } else if !EmailAddress.isValid(email) {
            note(field, "That is no address that mail can be sent to. One looks like ana@larkfield.example.")
        }
        return email
    }

    /// A time zone by its IANA name, also by one that is no longer offered.
    mutating func timeZone(_ value: String, _ field: String) -> String {
        let name = value.trimmingCharacters(in: .whitespaces)
        if let zone = TimeZones.chosen(name) { return zone }
        note(field, "Choose a time zone from the list, such as Europe/Amsterdam.")
        return name
    }
}
