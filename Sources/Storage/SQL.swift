/// SQL text with its values kept apart: every interpolated value becomes a bound parameter, on either engine.
///
///     let open: SQL = "select id from action where owner = \(person) and settled_at is null"
///
/// There is no way to interpolate a plain `String` as SQL text except ``StringInterpolation/appendInterpolation(unchecked:)``,
/// whose name is meant to stand out in review.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// A run of SQL text, or one value to bind.
    public enum Part: Sendable, Hashable {
        case text(String)
        case value(SQLValue)

        /// About how many bytes it takes in the text of a statement.
        fileprivate var length: Int {
            if case .text(let piece) = self { piece.utf8.count } else { 4 }
        }
    }

    public private(set) var parts: [Part]

    public init(stringLiteral value: String) {
        parts = [.text(value)]
    }

    public init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// SQL made of several pieces, one after the other, with `separator` between them.
    public init(joining pieces: [SQL], separator: String) {
        parts = []
        for (index, piece) in pieces.enumerated() {
            if index > 0 { parts.append(.text(separator)) }
            parts.append(contentsOf: piece.parts)
        }
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.parts.append(contentsOf: right.parts)
        return sum
    }

    /// The values to bind, in order.
    public var values: [SQLValue] {
        parts.compactMap { part in
            if case .value(let value) = part { value } else { nil }
        }
    }

    /// The text with a placeholder in place of each value.
    public func text(_ placeholders: Placeholders) -> String {
        var text = ""
        text.reserveCapacity(parts.reduce(0) { $0 + $1.length })
        var count = 0
        for part in parts {
            switch part {
            case .text(let piece):
                text += piece
            case .value:
                count += 1
                text += placeholders == .numbered ? "$\(count)" : "?"
            }
        }
        return text
    }

    /// How an engine writes the place of a value: SQLite `?`, PostgreSQL `$1`.
    public enum Placeholders: Sendable {
        case questionMarks
        case numbered
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.text(literal)) }
        }

        /// Binds one value.
        public mutating func appendInterpolation(_ value: some SQLBindable) {
            parts.append(.value(value.sqlValue))
        }

        /// Binds a value that may be null.
        public mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            parts.append(.value(value?.sqlValue ?? .null))
        }

        /// Inserts a fragment, with its own values.
        public mutating func appendInterpolation(_ fragment: SQL) {
            parts.append(contentsOf: fragment.parts)
        }

        /// Binds each value of a list: `where id in \(list: ids)`. An empty list matches nothing.
        ///
        /// A list of more than four is filled up with its last value to one of a few lengths. For `in` that makes no
        /// difference, and the engines, which know a statement by its text, need not prepare one for every length.
        public mutating func appendInterpolation<Values: Collection>(list values: Values)
        where Values.Element: SQLBindable {
            var values = values.map { SQL.Part.value($0.sqlValue) }
            guard let last = values.last else {
                parts.append(.text("(null)"))
                return
            }
            values += Array(repeating: last, count: Self.length(forListOf: values.count) - values.count)
            for (index, value) in values.enumerated() {
                parts.append(.text(index == 0 ? "(" : ", "))
                parts.append(value)
            }
            parts.append(.text(")"))
        }

        /// The next power of two; short lists, and those too long to be repeated often, are as long as they are.
        private static func length(forListOf count: Int) -> Int {
            guard 5...1024 ~= count else { return count }
            return 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount)
        }

        /// Inserts text as SQL, unchecked. Only for text that this program itself made.
        public mutating func appendInterpolation(unchecked text: String) {
            parts.append(.text(text))
        }
    }
}
