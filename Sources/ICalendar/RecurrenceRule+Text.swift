// Recurrence rules as text.

import Foundation

extension RecurrenceRule {
    /// Reads the value of an RRULE, such as `FREQ=MONTHLY;BYDAY=2TU`.
    ///
    /// Small letters and a semicolon at the end are forgiven, as some programs write them.
    /// - Throws: ``Problem``, also for parts that this type leaves out.
    public init(_ text: some StringProtocol) throws(Problem) {
        let parts = try Self.parts(of: text)
        guard let frequencyText = parts["FREQ"] else {
            throw Problem(part: "FREQ", reason: "it is missing, such as FREQ=WEEKLY.")
        }
        guard let frequency = Frequency(rawValue: frequencyText) else {
            throw Problem(
                part: "FREQ", reason: "“\(frequencyText.shortened)” is none of DAILY, WEEKLY, MONTHLY and YEARLY.")
        }
        try self.init(
            frequency, interval: try Self.number(parts["INTERVAL"] ?? "1", "INTERVAL"), end: try Self.end(parts),
            byMonth: try Self.numbers(parts, "BYMONTH"), byMonthDay: try Self.numbers(parts, "BYMONTHDAY"),
            byDay: try Self.weekdays(parts), bySetPos: try Self.numbers(parts, "BYSETPOS"),
            weekStart: try Self.weekStart(parts))
    }

    private static let known: Set<String> = [
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST",
    ]

    private static func parts(of text: some StringProtocol) throws(Problem) -> [String: String] {
        guard text.utf8.count <= 2_000 else {
            throw Problem(part: "", reason: "The rule is longer than 2,000 letters.")
        }
        var parts: [String: String] = [:]
        for piece in text.uppercased().split(separator: ";") {
            let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = trimmed(halves[0])
            guard halves.count == 2 else {
                throw Problem(part: name.shortened, reason: "it has no value; parts look like INTERVAL=2.")
            }
            if name.hasPrefix("X-") { continue }
            guard known.contains(name) else {
                throw Problem(part: name.shortened, reason: "this part of a rule isn’t understood here.")
            }
            guard parts.updateValue(trimmed(halves[1]), forKey: name) == nil else {
                throw Problem(part: name, reason: "it stands there twice.")
            }
        }
        return parts
    }

    /// Foundation's own trimming takes longer than all the rest of the reading.
    private static func trimmed(_ text: Substring) -> String {
        let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex
        return String(text[..<end].drop(while: \.isWhitespace))
    }

    private static func end(_ parts: [String: String]) throws(Problem) -> End {
        switch (parts["COUNT"], parts["UNTIL"]) {
        case (nil, nil): return .never
        case (let count?, nil): return .count(try number(count, "COUNT"))
        case (nil, let until?):
            if let moment = Date(utc: until) { return .until(moment) }
            if let local = LocalDateTime(basic: until) { return .untilLocal(local) }
            if let day = CalendarDate(basic: until) { return .untilDay(day) }
            throw Problem(
                part: "UNTIL",
                reason: "“\(until.shortened)” is no time such as 20261203T140000Z, and no day such as 20261203.")
        default:
            throw Problem(part: "COUNT", reason: "a rule has COUNT or UNTIL, not both.")
        }
    }

    private static func weekdays(_ parts: [String: String]) throws(Problem) -> [OrdinalWeekday] {
        guard let text = parts["BYDAY"] else { return [] }
        var days: [OrdinalWeekday] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let weekday = Weekday(code: piece.suffix(2)) else {
                throw Problem(
                    part: "BYDAY", reason: "“\(String(piece).shortened)” is no weekday such as MO, 2TU or -1FR.")
            }
            let ordinal = piece.dropLast(2)
            days.append(
                OrdinalWeekday(weekday, ordinal: ordinal.isEmpty ? nil : try number(String(ordinal), "BYDAY")))
        }
        return days
    }

    private static func weekStart(_ parts: [String: String]) throws(Problem) -> Weekday {
        guard let text = parts["WKST"] else { return .monday }
        guard let day = Weekday(code: text) else {
            throw Problem(part: "WKST", reason: "“\(text.shortened)” is no weekday such as MO.")
        }
        return day
    }

    private static func numbers(_ parts: [String: String], _ part: String) throws(Problem) -> [Int] {
        guard let text = parts[part] else { return [] }
        var numbers: [Int] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            numbers.append(try number(String(piece), part))
        }
        return numbers
    }

    /// `+2` is allowed beside `2` and `-2`.
    private static func number(_ text: String, _ part: String) throws(Problem) -> Int {
        guard text.utf8.count <= 7, let number = Int(text) else {
            throw Problem(part: part, reason: "“\(text.shortened)” is no whole number.")
        }
        return number
    }
}

extension RecurrenceRule: CustomStringConvertible {
    /// The value of an RRULE; read again it gives an equal rule.
    public var description: String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        switch end {
        case .never: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .until(let moment): parts.append("UNTIL=\(moment.utc)")
        case .untilLocal(let local): parts.append("UNTIL=\(local.basic)")
        case .untilDay(let day): parts.append("UNTIL=\(day.basic)")
        }
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        for (name, numbers) in [("BYMONTH", byMonth), ("BYMONTHDAY", byMonthDay)] where !numbers.isEmpty {
            parts.append("\(name)=\(Self.list(numbers))")
        }
        if !byDay.isEmpty { parts.append("BYDAY=\(Self.list(byDay))") }
        if !bySetPos.isEmpty { parts.append("BYSETPOS=\(Self.list(bySetPos))") }
        if weekStart != .monday { parts.append("WKST=\(weekStart.code)") }
        return parts.joined(separator: ";")
    }

    private static func list(_ values: [some CustomStringConvertible]) -> String {
        values.map(\.description).joined(separator: ",")
    }
}

extension RecurrenceRule.OrdinalWeekday: CustomStringConvertible {
    /// `TU` or `2TU`
    public var description: String { (ordinal.map(String.init) ?? "") + weekday.code }
}

extension String {
    /// So much of what somebody's file says as an error can quote.
    var shortened: String { count > 40 ? "\(prefix(40))…" : self }
}
