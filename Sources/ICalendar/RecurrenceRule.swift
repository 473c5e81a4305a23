// When something comes round again: the value of an RRULE, as RFC 5545 section 3.3.10 writes it.

public import Foundation

/// A recurrence rule (RFC 5545 section 3.3.10), of those that repeat by the day or slower.
///
/// Left out: BYSECOND, BYMINUTE, BYHOUR, BYYEARDAY and BYWEEKNO, which no meeting of two people needs. A rule with
/// one of them is refused rather than misread.
public struct RecurrenceRule: Sendable, Hashable {
    /// FREQ: what repeats.
    public let frequency: Frequency
    /// INTERVAL: every how many of them; 1 or more.
    public let interval: Int
    /// COUNT or UNTIL: how long it goes on.
    public var end: End
    /// BYMONTH, 1 to 12.
    public let byMonth: [Int]
    /// BYMONTHDAY: 1 to 31, or -1 for the last day of the month, to -31.
    public let byMonthDay: [Int]
    /// BYDAY.
    public let byDay: [OrdinalWeekday]
    /// BYSETPOS: which ones of those that one period has; -1 for its last.
    public let bySetPos: [Int]
    /// WKST: the day that weeks start on, which matters to every second week.
    public let weekStart: Weekday

    public enum Frequency: String, Sendable, Hashable, CaseIterable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    public enum End: Sendable, Hashable {
        case never
        /// COUNT: after so many, the first one included.
        case count(Int)
        /// UNTIL: the last that can be is at this moment.
        case until(Date)
        /// UNTIL as a local time: of an event without a time zone.
        case untilLocal(LocalDateTime)
        /// UNTIL as a day: of an event that has days only.
        case untilDay(CalendarDate)
    }

    /// One of BYDAY: every Tuesday, or the second one, or (-1) the last.
    public struct OrdinalWeekday: Sendable, Hashable {
        public let weekday: Weekday
        /// Which one in the month, or in the year; nil for every one.
        public let ordinal: Int?

        public init(_ weekday: Weekday, ordinal: Int? = nil) {
            self.weekday = weekday
            self.ordinal = ordinal
        }
    }

    /// What is wrong with a rule, in words.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// The part of the rule, such as `BYDAY`; empty when it is the whole.
        public let part: String
        public let reason: String

        public var description: String { part.isEmpty ? reason : "\(part): \(reason)" }
    }

    /// - Throws: ``Problem`` where RFC 5545 section 3.3.10 forbids it.
    public init(
        _ frequency: Frequency, interval: Int = 1, end: End = .never, byMonth: [Int] = [], byMonthDay: [Int] = [],
        byDay: [OrdinalWeekday] = [], bySetPos: [Int] = [], weekStart: Weekday = .monday
    ) throws(Problem) {
        self.frequency = frequency
        self.interval = interval
        self.end = end
        self.byMonth = Set(byMonth).sorted()
        self.byMonthDay = byMonthDay
        self.byDay = byDay
        self.bySetPos = bySetPos
        self.weekStart = weekStart
        try check()
    }

    private func check() throws(Problem) {
        guard (1...10_000).contains(interval) else {
            throw Problem(part: "INTERVAL", reason: "\(interval) is not from 1 to 10000.")
        }
        if case .count(let count) = end, !(1...10_000).contains(count) {
            throw Problem(part: "COUNT", reason: "\(count) is not from 1 to 10000.")
        }
        try Self.check(byMonth, "BYMONTH", within: 1...12)
        try Self.check(byMonthDay.map(abs), "BYMONTHDAY", within: 1...31)
        try Self.check(bySetPos.map(abs), "BYSETPOS", within: 1...366)
        try Self.check(byDay.compactMap(\.ordinal).map(abs), "BYDAY", within: 1...53)
        let hasOrdinals = byDay.contains { $0.ordinal != nil }
        if hasOrdinals, frequency == .daily || frequency == .weekly {
            throw Problem(part: "BYDAY", reason: "a number before a weekday is for monthly and yearly rules.")
        }
        if !byMonthDay.isEmpty, frequency == .weekly {
            throw Problem(part: "BYMONTHDAY", reason: "a weekly rule has no days of the month.")
        }
        if !bySetPos.isEmpty, byMonth.isEmpty, byMonthDay.isEmpty, byDay.isEmpty {
            throw Problem(part: "BYSETPOS", reason: "it needs another part to choose from, such as BYDAY.")
        }
    }

    private static func check(_ numbers: [Int], _ part: String, within range: ClosedRange<Int>) throws(Problem) {
        if let wrong = numbers.first(where: { !range.contains($0) }) {
            throw Problem(part: part, reason: "\(wrong) is not from \(range.lowerBound) to \(range.upperBound).")
        }
        guard numbers.count <= 366 else { throw Problem(part: part, reason: "it has more than 366 numbers.") }
    }
}
