// Components: what stands between a BEGIN and its END (RFC 5545 section 3.6).

/// A component, such as VCALENDAR or VEVENT, with its properties and the components in it.
public struct CalendarComponent: Sendable, Hashable {
    /// In capitals.
    public let name: String
    public var lines: [ContentLine]
    public var components: [CalendarComponent]
    /// Where its BEGIN stood in the file that it was read from; 0 for one of our own.
    public let number: Int

    public init(_ name: String, _ lines: [ContentLine] = [], _ components: [CalendarComponent] = []) {
        self.init(name, lines, components, number: 0)
    }

    init(_ name: String, _ lines: [ContentLine], _ components: [CalendarComponent], number: Int) {
        self.name = name
        self.lines = lines
        self.components = components
        self.number = number
    }

    /// The first property of that name.
    public func line(_ name: String) -> ContentLine? { lines.first { $0.name == name } }

    public func all(_ name: String) -> [CalendarComponent] { components.filter { $0.name == name } }

    /// The component as text with CRLF line ends.
    public var text: String {
        var file = ""
        append(to: &file)
        return file
    }

    private func append(to file: inout String) {
        ContentLine("BEGIN", raw: name).append(to: &file)
        for line in lines { line.append(to: &file) }
        for component in components { component.append(to: &file) }
        ContentLine("END", raw: name).append(to: &file)
    }
}

/// What is wrong with a calendar file, in words, and where.
public struct CalendarProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// Counted from 1; 0 when it is about the whole file.
    public let line: Int
    public let reason: String

    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    public var description: String { line == 0 ? reason : "Line \(line): \(reason)" }
}

/// A calendar file as it was read.
public struct CalendarFile: Sendable {
    /// Its VCALENDAR components, at least one.
    public let calendars: [CalendarComponent]
    /// Lines that were passed over because they are no content lines; the first hundred of them.
    public let remarks: [CalendarProblem]

    /// Components can stand in one another this deep; real files need four.
    private static let deepest = 20
    public static let mostBytes = 1 << 20
    private static let mostRemarks = 100

    /// Reads a file as programs really write it: with LF or CR alone at line ends, a byte-order mark, empty lines, lines
    /// folded in the middle of a character, or Latin-1 in place of UTF-8.
    /// - Throws: ``CalendarProblem`` for a file over ``mostBytes``, one that is no calendar, and one whose components
    ///   don't end where they should.
    public init(_ bytes: [UInt8]) throws(CalendarProblem) {
        guard bytes.count <= Self.mostBytes else {
            throw CalendarProblem(line: 0, reason: "The file is larger than 1 MB.")
        }
        var remarks: [CalendarProblem] = []
        // The open components, the outermost first.
        var open: [CalendarComponent] = []
        var calendars: [CalendarComponent] = []
        for (bytes, number) in UnfoldedLines(bytes) {
            guard let line = ContentLine(unfolded: Self.decoded(bytes), number: number) else {
                if remarks.count < Self.mostRemarks {
                    remarks.append(
                        CalendarProblem(line: number, reason: "this is no line of a calendar, such as SUMMARY:Talk."))
                }
                continue
            }
            switch line.name {
            case "BEGIN":
                let name = line.value.uppercased()
                guard !open.isEmpty || name == "VCALENDAR" else { throw Self.isNoCalendar(number) }
                guard open.count < Self.deepest else {
                    throw CalendarProblem(line: number, reason: "components stand in one another too deep.")
                }
                open.append(CalendarComponent(name, [], [], number: number))
            case "END":
                guard let ended = open.popLast(), ended.name == line.value.uppercased() else {
                    throw CalendarProblem(
                        line: number, reason: "END:\(line.value.shortened) ends something that hasn’t begun here.")
                }
                if open.isEmpty {
                    calendars.append(ended)
                } else {
                    open[open.count - 1].components.append(ended)
                }
            default:
                guard !open.isEmpty else { throw Self.isNoCalendar(number) }
                open[open.count - 1].lines.append(line)
            }
        }
        if let unended = open.last {
            throw CalendarProblem(
                line: unended.number, reason: "BEGIN:\(unended.name.shortened) has no END. Was the file cut off?")
        }
        guard !calendars.isEmpty else { throw Self.isNoCalendar(remarks.first?.line ?? 0) }
        self.calendars = calendars
        self.remarks = remarks
    }

    private static func isNoCalendar(_ line: Int) -> CalendarProblem {
        CalendarProblem(line: line, reason: "this is no calendar file; one begins with BEGIN:VCALENDAR.")
    }

    private static func decoded(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}

/// The lines of a file with their folds undone (RFC 5545 section 3.1), each with the number of its first line.
private struct UnfoldedLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position: Int
    private var number = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    mutating func next() -> ([UInt8], Int)? {
        while position < bytes.count {
            var line: [UInt8] = []
            takeLine(into: &line)
            let first = number
            while position < bytes.count, bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t")
            {
                position += 1
                takeLine(into: &line)
            }
            if line.contains(where: { $0 > 0x20 }) { return (line, first) }
        }
        return nil
    }

    /// Up to CRLF, LF or CR.
    private mutating func takeLine(into line: inout [UInt8]) {
        let start = position
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
        line += bytes[start..<position]
        number += 1
        guard position < bytes.count else { return }
        let isPair = bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
        position += isPair ? 2 : 1
    }
}
