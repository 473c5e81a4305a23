// How often two people meet (practice 12), as people say it and as calendars write it (RFC 5545, section 3.3.10).
import Foundation
import ICalendar
public import Storage

/// How often a session comes round: every so many weeks on a weekday, or every so many months on a date or on a certain
/// weekday of the month.
public struct Cadence: Sendable, Hashable {
    /// Every how many weeks or months, at least 1.
    public let every: Int
    public let days: Days

    /// On which days.
    public enum Days: Sendable, Hashable {
        /// Weekly, on a weekday: 1 for Monday to 7 for Sunday.
        case weekday(Int)
        /// Monthly, on a date; in a month that is shorter, on its last day.
        case date(Int)
        /// Monthly, on the first to fourth (1 to 4) or the last (-1) of a weekday.
        case weekdayOfMonth(Int, weekday: Int)
    }

    /// How often at most: every so many weeks or months.
    public static let longest = 26

    public init?(every: Int, _ days: Days) {
        guard (1...Self.longest).contains(every) else { return nil }
        switch days {
        case .weekday(let weekday): guard (1...7).contains(weekday) else { return nil }
        case .date(let date): guard (1...31).contains(date) else { return nil }
        case .weekdayOfMonth(let ordinal, let weekday):
            guard [1, 2, 3, 4, -1].contains(ordinal), (1...7).contains(weekday) else { return nil }
        }
        self.every = every
        self.days = days
    }

    private init(unchecked every: Int, _ days: Days) {
        self.every = every
        self.days = days
    }

    // MARK: Days

    /// The day of the occurrence with this number, counted from 0, where the first is on `first`.
    ///
    /// A closed form: a page asks for a handful of days years after the first one. Calendars that expand ``rule`` come to
    /// the same days.
    /// - Parameter first: a day that the cadence falls on.
    public func day(_ number: Int, from first: Day) -> Day {
        switch days {
        case .weekday:
            return first.adding(days: 7 * every * number)
        case .date, .weekdayOfMonth:
            return day(inMonthOf: first.firstOfMonth.adding(months: every * number))
        }
    }

    /// The numbers of the occurrences that may fall on `day` or after it begin here.
    func number(onOrAfter day: Day, from first: Day) -> Int {
        guard day > first else { return 0 }
        switch days {
        case .weekday: return (day.days(since: first) + 7 * every - 1) / (7 * every)
        case .date, .weekdayOfMonth:
            let months = (day.year - first.year) * 12 + day.month - first.month
            let number = months / every
            return self.day(number, from: first) >= day ? number : number + 1
        }
    }

    /// Whether it can fall on this day.
    public func falls(on day: Day) -> Bool {
        switch days {
        case .weekday(let weekday): day.weekday == weekday
        case .date, .weekdayOfMonth: self.day(inMonthOf: day) == day
        }
    }

    private func day(inMonthOf month: Day) -> Day {
        let first = month.firstOfMonth
        switch days {
        case .weekday: return month
        case .date(let date): return first.adding(days: min(date, first.daysInMonth) - 1)
        case .weekdayOfMonth(let ordinal, let weekday):
            if ordinal > 0 {
                return first.adding(days: (weekday - first.weekday + 7) % 7 + 7 * (ordinal - 1))
            }
            let last = first.adding(days: first.daysInMonth - 1)
            return last.adding(days: -((last.weekday - weekday + 7) % 7))
        }
    }

    // MARK: As a rule

    /// As a recurrence rule: `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`.
    public var rule: String {
        let interval = every == 1 ? "" : ";INTERVAL=\(every)"
        switch days {
        case .weekday(let weekday): return "FREQ=WEEKLY\(interval);BYDAY=\(Self.code(weekday))"
        case .weekdayOfMonth(let ordinal, let weekday):
            return "FREQ=MONTHLY\(interval);BYDAY=\(ordinal)\(Self.code(weekday))"
        case .date(31): return "FREQ=MONTHLY\(interval);BYMONTHDAY=-1"
        case .date(let date) where date > 28:
            // A rule leaves months out that have no such day; the last of these that there is, is never missing.
            let dates = (28...date).map(String.init).joined(separator: ",")
            return "FREQ=MONTHLY\(interval);BYMONTHDAY=\(dates);BYSETPOS=-1"
        case .date(let date): return "FREQ=MONTHLY\(interval);BYMONTHDAY=\(date)"
        }
    }

    private static func code(_ weekday: Int) -> String { Weekday(rawValue: weekday)?.code ?? "" }

    /// Reads a recurrence rule that says one of these; nil for any other.
    /// - Parameter day: the first day, which says what the rule leaves out.
    public init?(rule: String, from day: Day? = nil) {
        guard let rule = try? RecurrenceRule(rule) else { return nil }
        self.init(rule, from: day)
    }

    /// The same of a rule that was read, whatever brings it to an end.
    init?(_ rule: RecurrenceRule, from day: Day?) {
        guard let days = Self.days(rule, from: day) else { return nil }
        self.init(every: rule.frequency == .yearly ? 12 * rule.interval : rule.interval, days)
    }

    private static func days(_ rule: RecurrenceRule, from day: Day?) -> Days? {
        switch rule.frequency {
        case .daily: return nil
        case .weekly: return rule.byMonth.isEmpty ? weekday(rule, from: day) : nil
        case .monthly: return rule.byMonth.isEmpty ? monthDay(rule, from: day) : nil
        case .yearly:
            // Without a month, BYDAY counts weekdays of the year, and BYMONTHDAY means that date of every month.
            let isOfMonth = !rule.byMonth.isEmpty || (rule.byDay.isEmpty && rule.byMonthDay.isEmpty)
            guard let day, isOfMonth, rule.byMonth.isEmpty || rule.byMonth == [day.month] else { return nil }
            return monthDay(rule, from: day)
        }
    }

    private static func weekday(_ rule: RecurrenceRule, from day: Day?) -> Days? {
        guard rule.bySetPos.isEmpty else { return nil }
        if rule.byDay.isEmpty { return day.map { .weekday($0.weekday) } }
        return rule.byDay.count == 1 ? .weekday(rule.byDay[0].weekday.rawValue) : nil
    }

    /// A day of each month. `BYDAY=TU;BYSETPOS=2` says what `BYDAY=2TU` says.
    private static func monthDay(_ rule: RecurrenceRule, from day: Day?) -> Days? {
        switch (rule.byDay.count, rule.byMonthDay.isEmpty, rule.bySetPos) {
        case (0, true, []): return day.flatMap { date([$0.day]) }
        case (0, false, []): return date(rule.byMonthDay)
        case (0, false, [-1]): return lastOf(rule.byMonthDay)
        case (1, true, let positions) where positions.count < 2:
            let weekday = rule.byDay[0]
            guard (weekday.ordinal == nil) != positions.isEmpty, let ordinal = weekday.ordinal ?? positions.first else {
                return nil
            }
            return .weekdayOfMonth(ordinal, weekday: weekday.weekday.rawValue)
        default: return nil
        }
    }

    /// A date that every month has, or the last one.
    private static func date(_ dates: [Int]) -> Days? {
        guard dates.count == 1 else { return nil }
        return dates == [-1] ? .date(31) : (1...28).contains(dates[0]) ? .date(dates[0]) : nil
    }

    /// `BYMONTHDAY=28,29,30;BYSETPOS=-1` says the 30th or, in a shorter month, the last.
    private static func lastOf(_ dates: [Int]) -> Days? {
        guard let last = dates.last, (29...31).contains(last), dates == Array(28...last) else { return nil }
        return .date(last)
    }

    // MARK: In words

    /// `every two weeks on Tuesday`, `every month on the last Friday`, `every quarter on the 15th`
    public var words: String {
        switch days {
        case .weekday(let weekday): "\(Self.each(every, "week")) on \(Day.weekdays[weekday - 1])"
        case .date(31): "\(Self.each(every, "month")) on the last day"
        case .date(let date): "\(Self.each(every, "month")) on the \(Self.ordinal(date))"
        case .weekdayOfMonth(let ordinal, let weekday):
            "\(Self.each(every, "month")) on the \(Self.position(ordinal)) \(Day.weekdays[weekday - 1])"
        }
    }

    /// `every two weeks`, without the day.
    public var interval: String {
        if case .weekday = days { return Self.each(every, "week") }
        return Self.each(every, "month")
    }

    private static func each(_ count: Int, _ unit: String) -> String {
        switch (count, unit) {
        case (1, _): return "every \(unit)"
        case (3, "month"): return "every quarter"
        case (6, "month"): return "every half year"
        case (12, "month"): return "every year"
        default:
            let numbers = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
            return "every \(count - 2 < numbers.count ? numbers[count - 2] : String(count)) \(unit)s"
        }
    }

    private static func position(_ ordinal: Int) -> String {
        ordinal < 0 ? "last" : ["first", "second", "third", "fourth"][ordinal - 1]
    }

    private static func ordinal(_ number: Int) -> String {
        switch number {
        case 11...13: "\(number)th"
        case _ where number % 10 == 1: "\(number)st"
        case _ where number % 10 == 2: "\(number)nd"
        case _ where number % 10 == 3: "\(number)rd"
        default: "\(number)th"
        }
    }
}

extension Cadence: SQLColumn {
    public var sqlValue: SQLValue { .text(rule) }

    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue, let cadence = Cadence(rule: text) else {
            throw RowError(sqlValue, isNot: Cadence.self)
        }
        self = cadence
    }
}

extension Day {
    var firstOfMonth: Day { adding(days: 1 - day) }
    var daysInMonth: Int { Self.length(ofMonth: month, year: year) }
}

// MARK: As it is chosen

/// How often, as a form offers it. The day that it falls on follows from the first one.
public struct Rhythm: Sendable, Equatable {
    /// One of ``Choice``.
    public var choice: String
    /// Of one's own: every how many …
    public var number: String
    /// … `weeks` or `months`.
    public var unit: String
    /// Of ``Choice/kept``: the rule of that cadence.
    public var rule: String

    public init(choice: String, number: String = "", unit: String = "", rule: String = "") {
        self.choice = choice
        self.number = number
        self.unit = unit
        self.rule = rule
    }

    public static let once = Rhythm(choice: "once")
    public var isOnce: Bool { choice == "once" || choice.isEmpty }

    public enum Choice: String, Sendable, CaseIterable {
        case weekly
        case twoWeeks = "two-weeks"
        /// On the same date.
        case monthlyDate = "month-date"
        /// On the same weekday: the second Tuesday.
        case monthlyWeekday = "month-weekday"
        /// On the last of its weekday.
        case monthlyLast = "month-last"
        case quarterly
        case own
        /// A cadence that none of the others says: every two months on the 15th.
        case kept
    }

    /// The cadence that is kept, where that is the choice.
    public var kept: Cadence? { choice == Choice.kept.rawValue ? Cadence(rule: rule) : nil }

    /// The cadence whose first day is `day`.
    /// - Throws: ``Invalid`` at `repeat`, `every` and `unit`, also where it never falls on that day.
    public func cadence(from day: Day) throws -> Cadence {
        guard let choice = Choice(rawValue: choice) else {
            throw Invalid("repeat", "Choose how often you meet.")
        }
        let weekday = Cadence.Days.weekdayOfMonth(day.ordinalInMonth, weekday: day.weekday)
        let made =
            switch choice {
            case .weekly: Cadence(every: 1, .weekday(day.weekday))
            case .twoWeeks: Cadence(every: 2, .weekday(day.weekday))
            case .monthlyDate: Cadence(every: 1, .date(day.day))
            case .monthlyWeekday: Cadence(every: 1, weekday)
            case .monthlyLast: Cadence(every: 1, .weekdayOfMonth(-1, weekday: day.weekday))
            case .quarterly: Cadence(every: 3, weekday)
            case .own: try own(day, weekday)
            case .kept: kept?.starting(on: day)
            }
        guard let made else { throw Invalid("repeat", "Choose how often you meet.") }
        guard made.falls(on: day) else {
            let weekday = Day.weekdays[day.weekday - 1]
            throw Invalid(
                "repeat", "\(day.long) is not the last \(weekday) of its month. Choose one that is, or another rhythm.")
        }
        return made
    }

    private func own(_ day: Day, _ weekday: Cadence.Days) throws -> Cadence? {
        guard let every = Int(number.trimmingCharacters(in: .whitespaces)), (1...Cadence.longest).contains(every) else {
            throw Invalid("every", "Say every how many, from 1 to \(Cadence.longest).")
        }
        switch unit {
        case "weeks": return Cadence(every: every, .weekday(day.weekday))
        case "months": return Cadence(every: every, weekday)
        default: throw Invalid("unit", "Choose weeks or months.")
        }
    }
}

extension Day {
    /// First to fourth of its weekday in the month; -1 for a fifth, which only some months have.
    var ordinalInMonth: Int { day > 28 ? -1 : (day + 6) / 7 }
}

extension Cadence {
    /// The same cadence where its first day is another one: `every second Tuesday` becomes `every second Thursday`.
    func starting(on day: Day) -> Cadence {
        if falls(on: day) { return self }
        return switch days {
        case .weekday: Cadence(unchecked: every, .weekday(day.weekday))
        case .date: Cadence(unchecked: every, .date(day.day))
        case .weekdayOfMonth(-1, _) where day.adding(days: 7).month != day.month:
            Cadence(unchecked: every, .weekdayOfMonth(-1, weekday: day.weekday))
        case .weekdayOfMonth:
            Cadence(unchecked: every, .weekdayOfMonth(day.ordinalInMonth, weekday: day.weekday))
        }
    }

    /// As a form shows it chosen. From a day on which it falls, that makes the same cadence again.
    public var rhythm: Rhythm {
        switch (every, days) {
        case (1, .weekday): Rhythm(choice: "weekly")
        case (2, .weekday): Rhythm(choice: "two-weeks")
        case (let every, .weekday): Rhythm(choice: "own", number: String(every), unit: "weeks")
        case (1, .date(1...28)): Rhythm(choice: "month-date")
        case (1, .weekdayOfMonth(-1, _)): Rhythm(choice: "month-last")
        case (1, .weekdayOfMonth): Rhythm(choice: "month-weekday")
        case (3, .weekdayOfMonth(1..., _)): Rhythm(choice: "quarterly")
        case (let every, .weekdayOfMonth(1..., _)): Rhythm(choice: "own", number: String(every), unit: "months")
        default: Rhythm(choice: "kept", rule: rule)
        }
    }
}
