import Foundation
import Storage

/// What a cycle's file consists of, whatever it is written in: things with named fields, and things in them. The names are those
/// of `docs/guide/exchange.md`; CSV and JSON are two ways to write the same.
enum FileKind: String, CaseIterable, Sendable {
    case cycle
    case objective
    /// What an objective of the cycle supports or goes on with, where that stands outside the cycle.
    case link
    /// An objective held against one of the company's values.
    case value
    case keyResult = "key result"
    /// What a key result aimed for, from when on.
    case target
    case checkIn = "check-in"
    /// What a check-in said before it was changed.
    case original

    /// What it belongs to; nil for the cycle.
    var parent: FileKind? {
        switch self {
        case .cycle: nil
        case .objective: .cycle
        case .link, .value, .keyResult: .objective
        case .target, .checkIn: .keyResult
        case .original: .checkIn
        }
    }

    /// What it may hold, in the order of the file.
    var parts: [FileKind] { Self.allCases.filter { $0.parent == self } }

    /// The name of the list that holds them, in JSON.
    var listName: String {
        switch self {
        case .cycle: "cycle"
        case .objective: "objectives"
        case .link: "links"
        case .value: "values"
        case .keyResult: "keyResults"
        case .target: "targets"
        case .checkIn: "checkIns"
        case .original: "originals"
        }
    }

    /// `a check-in`, `an objective`
    var words: String { ("aeiou".contains(rawValue.first ?? " ") ? "an " : "a ") + rawValue }

    /// Its fields, in the order of the file.
    var fields: [FileField] {
        switch self {
        case .cycle: [.name, .kind, .startsOn, .endsOn, .rhythm, .state]
        case .objective:
            [
                .key, .level, .team, .owner, .title, .description, .stage, .state, .stateWords, .visibility, .priority,
                .standing, .dueOn, .supports, .score, .learnt, .choice, .by, .at, .changedBy, .changedAt, .committedAt,
                .closedAt,
            ]
        case .link: [.kind, .cycle, .level, .team, .owner, .title]
        case .value: [.name, .stance, .why, .by, .at]
        case .keyResult:
            [.title, .kind, .owner, .direction, .from, .to, .unit, .steps, .weight, .ambition, .by, .at]
        case .target: [.words, .midway, .eased, .reason, .by, .at]
        case .checkIn: [.day, .value, .done, .confidence, .comment, .blockers, .source, .by, .at]
        case .original: [.day, .value, .done, .confidence, .comment, .blockers, .at]
        }
    }
}

/// A field of something in a cycle's file: a member of a JSON object, a column of a CSV file.
enum FileField: String, CaseIterable, Sendable {
    case key
    case name
    case title
    case description
    case level
    case team
    case owner
    case kind
    case startsOn
    case endsOn
    case rhythm
    case state
    case stage
    case stateWords
    case visibility
    case priority
    case standing
    case dueOn
    case supports
    case cycle
    case score
    case learnt
    case choice
    case direction
    case from
    case to
    case unit
    case steps
    case weight
    case ambition
    case stance
    case why
    case words
    case midway
    case eased
    case reason
    case day
    case value
    case done
    case confidence
    case comment
    case blockers
    case source
    case by
    case at
    case changedBy
    case changedAt
    case committedAt
    case closedAt

    /// How JSON writes it.
    enum Form {
        case text
        case number
        /// Left out where it is no; `yes` in CSV.
        case flag
        /// Words without white space in them; with a space between them in CSV.
        case list
        /// `[{"id": "1", "title": "Lease signed", "share": 2}]`; a line `1: Lease signed (2)` for each in CSV.
        case steps
    }

    var form: Form {
        switch self {
        case .rhythm, .priority, .score, .from, .to, .weight, .value, .confidence: .number
        case .midway, .eased: .flag
        case .supports, .done: .list
        case .steps: .steps
        default: .text
        }
    }

    /// The name of its column: `starts on`.
    var column: String {
        rawValue.reduce(into: "") { name, letter in
            name += letter.isUppercase ? " " + letter.lowercased() : String(letter)
        }
    }
}

/// One thing of a file, as text: what is read is checked later, all of it by the same rules.
struct FileEntry: Sendable {
    let kind: FileKind
    /// Fields that hold something.
    var fields: [FileField: String] = [:]
    var parts: [FileEntry] = []
    /// Where it begins in the file that it was read from.
    var line = 0
    /// Where its fields stand, in a file in which they have lines of their own.
    var lines: [FileField: Int] = [:]
    /// Fields that hold something else than they should, which has been said of them.
    var unread: Set<FileField> = []
    /// The way to it in a JSON document: `objectives[2].keyResults[0]`.
    var path = ""

    init(_ kind: FileKind) { self.kind = kind }

    /// What a field holds; empty where it holds nothing.
    subscript(field: FileField) -> String {
        get { fields[field] ?? "" }
        set { fields[field] = newValue.isEmpty ? nil : newValue }
    }

    func parts(_ kind: FileKind) -> [FileEntry] { parts.filter { $0.kind == kind } }
}

/// What is wrong with a file: everything, each with its line.
struct FileProblems {
    private(set) var all: [(line: Int, words: String)] = []
    /// Of what was typed beside the file, each at its field.
    private var beside: [Problem] = []

    /// A file from which nothing was meant to be read would name as many.
    private static let most = 1_000

    mutating func note(line: Int, _ words: String) { note(line: line, "", words) }

    mutating func note(line: Int, _ place: String, _ words: String) {
        guard all.count < Self.most else { return }
        all.append((line, "Line \(line)\(place.isEmpty ? "" : ", \(place)"): \(words)"))
    }

    mutating func note(_ entry: FileEntry, _ field: FileField?, _ words: String) {
        if let field, entry.unread.contains(field) { return }
        let name = field.map { entry.path.isEmpty ? $0.column : $0.rawValue }
        let place = [entry.path.isEmpty ? nil : entry.path, name].compactMap(\.self).joined(separator: ".")
        note(line: field.flatMap { entry.lines[$0] } ?? entry.line, place, words)
    }

    /// Notes what is wrong with something that was typed beside the file.
    mutating func note(beside problem: Problem) { beside.append(problem) }

    /// - Throws: ``Invalid`` with all of them, in the order of the file.
    func check() throws {
        if all.isEmpty, beside.isEmpty { return }
        let ordered = all.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
        throw Invalid(beside + ordered.map { Problem(field: "", words: $0.element.words) })
    }
}

/// Figures as files hold them: every digit that is stored, without an exponent, so that they come back as they were.
enum FileNumber {
    static func text(_ value: Double) -> String {
        let text = value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        let halves = text.lowercased().split(separator: "e")
        guard halves.count == 2, let exponent = Int(halves[1]) else { return text }
        let sign = halves[0].hasPrefix("-") ? "-" : ""
        let digits = halves[0].filter(\.isNumber)
        let whole = halves[0].trimmingPrefix("-").prefix { $0 != "." }.count + exponent
        if whole <= 0 { return "\(sign)0.\(String(repeating: "0", count: -whole))\(digits)" }
        if whole >= digits.count { return sign + digits + String(repeating: "0", count: whole - digits.count) }
        return "\(sign)\(digits.prefix(whole)).\(digits.dropFirst(whole))"
    }
}

/// Moments as files hold them, to the millisecond, in UTC: `2026-11-17T08:42:00.000Z` (RFC 3339).
enum FileMoment {
    static func text(_ moment: Date) -> String {
        let milliseconds = Int(moment.milliseconds)
        // Day and time of day, before 1970 too.
        let rest = (milliseconds % 86_400_000 + 86_400_000) % 86_400_000
        let days = (milliseconds - rest) / 86_400_000
        func padded(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60].map { padded($0, 2) }
        return "\(Day(daysSince1970: days).iso)T\(clock.joined(separator: ":")).\(padded(rest % 1_000, 3))Z"
    }

    /// Reads what ``text(_:)`` writes, the same without milliseconds, and a day alone, for its beginning.
    static func read(_ text: String) -> Date? {
        if let day = Day(text) { return Date(milliseconds: Int64(day.daysSince1970) * 86_400_000) }
        guard let match = text.wholeMatch(of: /(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?Z/),
            let day = Day(match.1), let hour = Int64(match.2), let minute = Int64(match.3), let second = Int64(match.4),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let thousandths = match.5.flatMap { Int64($0) } ?? 0
        let seconds = Int64(day.daysSince1970) * 86_400 + hour * 3_600 + minute * 60 + second
        return Date(milliseconds: seconds * 1_000 + thousandths)
    }
}
