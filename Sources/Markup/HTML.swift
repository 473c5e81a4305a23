/// A piece of HTML. Interpolated text is escaped, interpolated HTML is inserted as it is:
///
///     let row: HTML = "<li id=\"item-\(item.id)\">\(item.title) \(item.isDone ? doneMark : "")</li>"
///
/// Escaping works on bytes, so no combination of characters can slip past it, and it is right for element content and
/// for quoted attribute values alike. Attribute values are always written in double quotes. Control characters, which
/// no document may hold (HTML, section 13.2.3.5) and nobody can see, are left out.
///
/// Markup can only come from the source (`StaticString`), or from a maker that is named as trusted.
public struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// UTF-8.
    public private(set) var bytes: [UInt8]

    public static let empty = HTML(bytes: [])

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Markup, as it stands in the source.
    public init(stringLiteral markup: StaticString) {
        bytes = markup.withUTF8Buffer { Array($0) }
    }

    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.html
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
        var sum = left
        sum += right
        return sum
    }

    public static func += (left: inout HTML, right: HTML) {
        left.bytes.append(contentsOf: right.bytes)
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html = HTML.empty

        public init(literalCapacity: Int, interpolationCount: Int) {
            // Room for what is mostly inserted, so that few pieces have to move while they grow.
            html.bytes.reserveCapacity(literalCapacity + interpolationCount * 64)
        }

        public mutating func appendLiteral(_ markup: StaticString) {
            markup.withUTF8Buffer { html.bytes.append(contentsOf: $0) }
        }

        /// Inserts text, escaped.
        public mutating func appendInterpolation(_ text: String) {
            html.bytes.appendEscaped(text)
        }

        public mutating func appendInterpolation(_ text: Substring) {
            html.bytes.appendEscaped(String(text))
        }

        /// Inserts something that shows itself as text, such as a number, an id or a path; escaped.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible & Sendable) {
            html.bytes.appendEscaped(value.description)
        }

        /// Inserts HTML.
        public mutating func appendInterpolation(_ more: HTML) {
            html += more
        }

        /// Inserts HTML where there is any.
        public mutating func appendInterpolation(_ more: HTML?) {
            if let more { html += more }
        }

        /// Inserts pieces of HTML, one after the other.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { html += piece }
        }

        /// Inserts HTML, or nothing, depending on `condition`: `\(if: isNew, " open")`.
        public mutating func appendInterpolation(if condition: Bool, _ more: @autoclosure () -> HTML) {
            if condition { html += more() }
        }
    }
}

extension [UInt8] {
    /// The bytes below 64 that can't stand in a document as they are: control characters but for tab and line ends, and
    /// the five with a meaning. One bit each.
    private static let special: UInt64 = {
        let controls = (0x00...0x08) + [0x0B, 0x0C] + (0x0E...0x1F)
        return (controls + "&<>\"'".utf8.map { Int($0) }).reduce(0) { $0 | 1 << UInt64($1) }
    }()

    fileprivate mutating func appendEscaped(_ text: String) {
        let special = Self.special
        var text = text
        text.withUTF8 { buffer in
            var start = 0
            var index = 0
            while index < buffer.count {
                let byte = buffer[index]
                // Nearly every byte goes this way.
                if byte < 64 ? special &>> UInt64(byte) & 1 == 0 : byte != 0x7F && byte != 0xC2 {
                    index += 1
                    continue
                }
                let entity: StaticString
                var width = 1
                switch byte {
                case UInt8(ascii: "&"): entity = "&amp;"
                case UInt8(ascii: "<"): entity = "&lt;"
                case UInt8(ascii: ">"): entity = "&gt;"
                case UInt8(ascii: "\""): entity = "&quot;"
                case UInt8(ascii: "'"): entity = "&#39;"
                case 0xC2:
                    // The controls U+0080 to U+009F; what else begins like this stands as it is.
                    guard index + 1 < buffer.count, (0x80...0x9F).contains(buffer[index + 1]) else {
                        index += 1
                        continue
                    }
                    entity = ""
                    width = 2
                default: entity = ""
                }
                append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
                entity.withUTF8Buffer { append(contentsOf: $0) }
                index += width
                start = index
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start...]))
        }
    }
}

extension Sequence {
    /// One piece of HTML for each element, as one.
    @inlinable
    public func html(_ piece: (Element) throws -> HTML) rethrows -> HTML {
        var all = HTML.empty
        for element in self { all += try piece(element) }
        return all
    }
}
