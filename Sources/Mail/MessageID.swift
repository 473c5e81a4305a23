// The name that a message keeps for life, so that sending it again can be recognised.

/// A message's identity, `unique@host` without the angle brackets (RFC 5322 section 3.6.4).
///
/// Narrower than the RFC: letters, digits, `.`, `_`, `+` and `-` only, 200 characters at most, so that an
/// id also serves as a file name.
public struct MessageID: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// Takes an id that was made before. Fails for anything this type would not have made.
    public init?(_ text: String) {
        let halves = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard halves.count == 2, text.utf8.count <= 200, halves.allSatisfy(Self.isDotAtom) else { return nil }
        self.text = text
    }

    /// Makes an id from something unique, such as a row's id, and the host that people know us by.
    /// Characters that an id cannot have are left out; a host without any usable one becomes `localhost`.
    public init(_ unique: String, at host: String) {
        text = "\(Self.kept(unique, orElse: "message"))@\(Self.kept(host, orElse: "localhost"))"
    }

    public var description: String { text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "_+-".utf8.contains(byte)
    }

    private static func isDotAtom(_ half: Substring.UTF8View.SubSequence) -> Bool {
        half.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAllowed) }
    }

    private static func kept(_ text: String, orElse fallback: String) -> String {
        let usable = text.utf8.filter { isAllowed($0) || $0 == UInt8(ascii: ".") }.prefix(99)
        let atoms = String(decoding: usable, as: UTF8.self).split(separator: ".")
        return atoms.isEmpty ? fallback : atoms.joined(separator: ".")
    }
}

extension MessageID: Codable {
    /// Throws `DecodingError.dataCorrupted` for text that is no id.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = MessageID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Not a message id.")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
