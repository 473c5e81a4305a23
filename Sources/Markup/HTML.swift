/// A piece of HTML. Interpolated text is escaped, interpolated HTML is inserted as it is:
///
///     let row: HTML = "<li id=\"item-\(item.id)\">\(item.title) \(item.isDone ? doneMark : "")</li>"
///
/// Escaping works on bytes, so no combination of characters can slip past it, and it is right for element content and
/// for quoted attribute values alike. Attribute values are always written in double quotes. Control characters, which
/// no document may hold (HTML, section 13.2.3.5) and nobody can see, are left out.
public struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// UTF-8.
    public private(set) var bytes: [UInt8]

    public static let empty = HTML(bytes: [])

    public init(stringLiteral value: String) {
        bytes = Array(value.utf8)
    }

    public init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Text, escaped.
    public init(text: String) {
        bytes = []
        bytes.appendEscaped(text)
    }

    /// HTML that some other trusted maker has already escaped, such as the Markdown renderer.
    public init(trusted html: String) {
        bytes = Array(html.utf8)
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public var isEmpty: Bool { bytes.isEmpty }

    public static func + (left: HTML, right: HTML) -> HTML {
        HTML(bytes: left.bytes + right.bytes)
    }

    public static func += (left: inout HTML, right: HTML) {
        left.bytes += right.bytes
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var bytes: [UInt8] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        public mutating func appendLiteral(_ literal: String) {
            bytes.append(contentsOf: literal.utf8)
        }

        /// Inserts text, escaped.
        public mutating func appendInterpolation(_ text: String) {
            bytes.appendEscaped(text)
        }

        public mutating func appendInterpolation(_ text: Substring) {
            bytes.appendEscaped(String(text))
        }

        public mutating func appendInterpolation(_ number: Int) {
            bytes.append(contentsOf: String(number).utf8)
        }

        /// Inserts something that shows itself as text, such as an id or a path; escaped.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible & Sendable) {
            bytes.appendEscaped(value.description)
        }

        /// Inserts HTML.
        public mutating func appendInterpolation(_ html: HTML) {
            bytes += html.bytes
        }

        /// Inserts HTML where there is any.
        public mutating func appendInterpolation(_ html: HTML?) {
            if let html { bytes += html.bytes }
        }

        /// Inserts pieces of HTML, one after the other.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { bytes += piece.bytes }
        }

        /// Inserts HTML, or nothing, depending on `condition`: `\(if: isNew, " open")`.
        public mutating func appendInterpolation(if condition: Bool, _ html: @autoclosure () -> HTML) {
            if condition { bytes += html().bytes }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { buffer in
            var start = 0
            for (index, byte) in buffer.enumerated() {
                let entity: StaticString
                var width = 1
                switch byte {
                // All below the space but tab and line ends, and the one after the tilde.
                case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: entity = ""
                // U+0080 to U+009F.
                case 0xC2 where index + 1 < buffer.count && (0x80...0x9F).contains(buffer[index + 1]):
                    entity = ""
                    width = 2
                case UInt8(ascii: "&"): entity = "&amp;"
                case UInt8(ascii: "<"): entity = "&lt;"
                case UInt8(ascii: ">"): entity = "&gt;"
                case UInt8(ascii: "\""): entity = "&quot;"
                case UInt8(ascii: "'"): entity = "&#39;"
                default: continue
                }
                append(contentsOf: buffer[start..<index])
                entity.withUTF8Buffer { append(contentsOf: $0) }
                start = index + width
            }
            append(contentsOf: buffer[start...])
        }
    }
}

extension Sequence {
    /// One piece of HTML for each element, as one.
    public func html(_ piece: (Element) throws -> HTML) rethrows -> HTML {
        var all = HTML.empty
        for element in self { all += try piece(element) }
        return all
    }
}
