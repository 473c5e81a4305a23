public import Foundation

/// The identity of one `Entity`, so that a session's id can't be passed where a person's is meant.
///
/// A time-ordered 128-bit value (RFC 9562, version 7) as 32 lower-case hexadecimal digits: ids made later sort later,
/// which keeps both engines' indexes compact.
public struct ID<Entity>: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let text: String

    /// A new id, unique without asking anyone.
    public init(now: Date = Date()) {
        var random = SystemRandomNumberGenerator()
        self.init(now: now, using: &random)
    }

    public init(now: Date, using random: inout some RandomNumberGenerator) {
        let time = UInt64(max(0, now.milliseconds)) & 0xFFFF_FFFF_FFFF
        let high = time << 16 | 0x7000 | random.next() & 0x0FFF
        let low = 0x8000_0000_0000_0000 | random.next() & 0x3FFF_FFFF_FFFF_FFFF
        text = Self.hex(high) + Self.hex(low)
    }

    /// An id as it came from outside, or nil if it can't be one.
    @inlinable
    public init?(_ text: some StringProtocol) {
        let text = String(text)
        guard text.utf8.count == 32, text.utf8.allSatisfy(Self.isHexDigit) else { return nil }
        self.init(stored: text)
    }

    /// For ids that this product itself stored.
    @usableFromInline
    init(stored text: String) {
        self.text = text
    }

    public var description: String { text }

    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    @usableFromInline
    static func isHexDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension ID: SQLBindable, SQLReadable {
    @inlinable public var sqlValue: SQLValue { .text(text) }
    @inlinable
    public init(sqlValue: SQLValue) throws { self.init(stored: try String(sqlValue: sqlValue)) }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(stored: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
