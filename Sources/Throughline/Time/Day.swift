public import Foundation
import ICalendar
public import Storage

/// A calendar day, belonging to no time zone: when an action is due, when a goal ends.
///
/// The arithmetic is that of calendar files (`CalendarDate`), done on integers because pages show many dates and a
/// calendar object for each would cost more than the page.
public struct Day: Sendable, Hashable, Comparable, SQLColumn {
    /// The same as calendar files and recurrence rules know it.
    let date: CalendarDate

    public var year: Int { date.year }
    public var month: Int { date.month }
    public var day: Int { date.day }

    public init?(year: Int, month: Int, day: Int) {
        guard (1970...2999).contains(year), let date = CalendarDate(year: year, month: month, day: day) else {
            return nil
        }
        self.date = date
    }

    init(_ date: CalendarDate) { self.date = date }

    /// Reads `2026-12-03`.
    public init?(_ text: some StringProtocol) {
        let letters = Array(text.utf8)
        let hyphen = UInt8(ascii: "-")
        guard letters.count == 10, letters[4] == hyphen, letters[7] == hyphen, let year = Int(digits: letters[0..<4]),
            let month = Int(digits: letters[5..<7]), let day = Int(digits: letters[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day that it is at `moment` in `zone`.
    public init(_ moment: Date, in zone: TimeZone) {
        self.init(LocalDateTime(moment, in: zone).date)
    }

    init(daysSince1970 days: Int) { self.init(CalendarDate(daysSince1970: days)) }

    /// Days since 1 January 1970.
    public var daysSince1970: Int { date.daysSince1970 }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    public var weekday: Int { date.weekday.rawValue }

    /// The number of the week (ISO 8601).
    public var week: Int {
        let thursday = adding(days: 4 - weekday)
        let dayOfYear = thursday.daysSince1970 - Self.first(ofYear: thursday.year)
        return dayOfYear / 7 + 1
    }

    public func adding(days: Int) -> Day {
        Day(daysSince1970: daysSince1970 + days)
    }

    /// The same day of a later month, or that month's last day where it has none such.
    public func adding(months: Int) -> Day {
        let count = year * 12 + month - 1 + months
        let (newYear, newMonth) = (count / 12, count % 12 + 1)
        let newDay = min(day, Self.length(ofMonth: newMonth, year: newYear))
        return Day(year: newYear, month: newMonth, day: newDay) ?? self
    }

    public func days(since other: Day) -> Int {
        daysSince1970 - other.daysSince1970
    }

    public static func < (left: Day, right: Day) -> Bool {
        left.date < right.date
    }

    static func length(ofMonth month: Int, year: Int) -> Int { CalendarDate.length(ofMonth: month, year: year) }

    private static func first(ofYear year: Int) -> Int {
        Day(year: year, month: 1, day: 1)?.daysSince1970 ?? 0
    }

    // MARK: As text

    /// `2026-12-03`, as it is stored and as browsers send it.
    public var iso: String {
        "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    public var sqlValue: SQLValue { .text(iso) }

    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue, let day = Day(text) else {
            throw RowError(sqlValue, isNot: Day.self)
        }
        self = day
    }

    static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]

    public var weekdayName: String { Self.weekdays[weekday - 1] }
    public var monthName: String { Self.months[month - 1] }

    /// `Thursday 3 December`
    public var long: String { "\(weekdayName) \(day) \(monthName)" }

    /// `Thursday 3 December 2026`
    public var full: String { "\(long) \(year)" }

    /// `Thu 3 Dec`
    public var short: String { "\(weekdayName.prefix(3)) \(day) \(monthName.prefix(3))" }

    /// `3 December`
    public var dayAndMonth: String { "\(day) \(monthName)" }

    /// `Today`, `Tomorrow`, `Yesterday`, `Thu 3 Dec`, or `3 Dec 2025` when the year is another.
    public func relative(to today: Day) -> String {
        switch days(since: today) {
        case 0: "Today"
        case 1: "Tomorrow"
        case -1: "Yesterday"
        default: year == today.year ? short : "\(day) \(monthName.prefix(3)) \(year)"
        }
    }
}
