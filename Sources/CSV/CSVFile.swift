/// A file of comma-separated values, read whole (RFC 4180): its records, each with the line that it begins on, and everything
/// in it that can't be read.
///
/// Wider than the RFC where spreadsheets are: a byte order mark is skipped, a line may end in any of the three ways, a
/// quotation mark inside an unquoted field stands for itself, and fields may be separated by semicolons or tabs, which is
/// what spreadsheets write where the comma is a decimal sign, and what they put on the clipboard.
public struct CSVFile: Sendable, Equatable {
    /// Every record but blank lines.
    public let records: [Record]
    public let problems: [Problem]
    public let separator: Separator

    public struct Record: Sendable, Equatable {
        /// Where it begins, from 1 on. Line ends inside quotation marks count.
        public let line: Int
        public let cells: [String]

        public init(line: Int, cells: [String]) {
            self.line = line
            self.cells = cells
        }
    }

    /// Something that can't be read, in words that tell what to do.
    public struct Problem: Sendable, Equatable {
        public let line: Int
        public let words: String

        public init(line: Int, words: String) {
            self.line = line
            self.words = words
        }
    }

    public enum Separator: Character, Sendable, CaseIterable {
        case comma = ","
        case semicolon = ";"
        case tab = "\t"

        var byte: UInt8 { rawValue.asciiValue ?? UInt8(ascii: ",") }
    }

    /// - Parameter separator: nil for the one that the first line has most of.
    public init(_ bytes: [UInt8], separator: Separator? = nil) {
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let text = isMarked ? bytes[3...] : bytes[...]
        guard String(validating: text, as: UTF8.self) != nil else {
            let words = "This isn’t UTF-8 text. Save it once more as “CSV UTF-8”."
            self.init(records: [], problems: [Problem(line: Self.badLine(text), words: words)], separator: .comma)
            return
        }
        let separator = separator ?? Self.separator(of: text)
        var reader = Reader(bytes: text, separator: separator.byte)
        reader.read()
        self.init(records: reader.records, problems: reader.problems, separator: separator)
    }

    private init(records: [Record], problems: [Problem], separator: Separator) {
        self.records = records
        self.problems = problems
        self.separator = separator
    }

    /// What stands most often between the fields of the first line.
    private static func separator(of bytes: ArraySlice<UInt8>) -> Separator {
        var counts: [Separator: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == Reader.quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == Reader.lineFeed || byte == Reader.carriageReturn { break }
            if let found = Separator.allCases.first(where: { $0.byte == byte }) { counts[found, default: 0] += 1 }
        }
        let most = counts.values.max() ?? 0
        return Separator.allCases.first { counts[$0, default: 0] == most } ?? .comma
    }

    /// The first line that isn't UTF-8.
    private static func badLine(_ bytes: ArraySlice<UInt8>) -> Int {
        let lines = bytes.split(separator: Reader.lineFeed, omittingEmptySubsequences: false)
        return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
    }
}

private struct Reader {
    static let quote = UInt8(ascii: "\"")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    let bytes: ArraySlice<UInt8>
    let separator: UInt8
    private var position: Int
    private var line = 1
    private(set) var records: [CSVFile.Record] = []
    private(set) var problems: [CSVFile.Problem] = []

    init(bytes: ArraySlice<UInt8>, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        position = bytes.startIndex
    }

    private var byte: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    mutating func read() {
        while position < bytes.endIndex {
            let (start, first) = (line, position)
            var cells = [cell()]
            while byte == separator {
                position += 1
                cells.append(cell())
            }
            if position > first { records.append(.init(line: start, cells: cells)) }
            if byte != nil { endLine() }
        }
    }

    /// One field. Stops before a separator, a line end or the end.
    private mutating func cell() -> String {
        guard byte == Self.quote else {
            let start = position
            while let byte, byte != separator, byte != Self.lineFeed, byte != Self.carriageReturn { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
        let opened = line
        position += 1
        var text: [UInt8] = []
        while let byte {
            if byte == Self.quote {
                position += 1
                guard self.byte == Self.quote else {
                    skipToEnd()
                    return String(decoding: text, as: UTF8.self)
                }
                text.append(byte)
                position += 1
            } else if byte == Self.lineFeed || byte == Self.carriageReturn {
                let start = position
                endLine()
                text += bytes[start..<position]
            } else {
                text.append(byte)
                position += 1
            }
        }
        problems.append(
            .init(
                line: opened, words: "A quotation mark opens on this line and is never closed. Close it, or double it.")
        )
        return String(decoding: text, as: UTF8.self)
    }

    /// After a closing quotation mark nothing may follow in its field.
    private mutating func skipToEnd() {
        let start = position
        while let byte, byte != separator, byte != Self.lineFeed, byte != Self.carriageReturn { position += 1 }
        if position > start {
            problems.append(
                .init(
                    line: line,
                    words: "Something follows a closing quotation mark. Write a quotation mark inside a field twice."))
        }
    }

    /// Takes one line end of any kind.
    private mutating func endLine() {
        if byte == Self.carriageReturn {
            position += 1
            if byte == Self.lineFeed { position += 1 }
        } else {
            position += 1
        }
        line += 1
    }
}
