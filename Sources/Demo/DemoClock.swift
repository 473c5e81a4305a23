// The demo's own time: a clock that is moved, and the working days of the year that ends now.
import Foundation
import Synchronization
import Throughline

/// The product's clock while the demo is made.
final class DemoClock: Sendable {
    private let time: Mutex<Date>

    init(_ start: Date) { time = Mutex(start) }

    var now: Date {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    func advance(seconds: Double) { time.withLock { $0 = $0.addingTimeInterval(seconds) } }
}

/// Working days and hours in Amsterdam, counted from now.
struct Almanac: Sendable {
    let now: Date
    let zone = TimeZones.stored("Europe/Amsterdam")

    var today: Day { Day(now, in: zone) }
    /// When the company was set up: a little over a year ago.
    var beginning: Date { moment(working(onOrBefore: today.adding(days: -385)), "09:00") }

    func moment(_ day: Day, _ time: String) -> Date {
        WallTime(day: day, time: time)?.moment(in: zone) ?? now
    }

    /// Monday to Friday, but for the days around Christmas and the Dutch holidays with a fixed date.
    func isWorking(_ day: Day) -> Bool {
        let isHoliday =
            switch (day.month, day.day) {
            case (12, 24...31), (1, 1), (4, 27), (5, 5): true
            default: false
            }
        return day.weekday <= 5 && !isHoliday
    }

    func working(onOrAfter day: Day) -> Day {
        isWorking(day) ? day : working(onOrAfter: day.adding(days: 1))
    }

    func working(onOrBefore day: Day) -> Day {
        isWorking(day) ? day : working(onOrBefore: day.adding(days: -1))
    }

    /// So many days from a day, and if nobody works then, the next day on which somebody does.
    func day(_ day: Day, plus days: Int) -> Day {
        days < 0 ? working(onOrBefore: day.adding(days: days)) : working(onOrAfter: day.adding(days: days))
    }

    /// The last day of a quarter: of this one, or of the next where this has less than three weeks to go.
    var quarterEnd: Day {
        let end = Self.quarterEnd(of: today)
        return end.days(since: today) >= 21 ? end : Self.quarterEnd(of: end.adding(days: 1))
    }

    static func quarterEnd(of day: Day) -> Day {
        let lastMonth = (day.month - 1) / 3 * 3 + 3
        let first = Day(year: day.year, month: lastMonth, day: 1) ?? day
        return first.adding(months: 1).adding(days: -1)
    }
}

/// The dates that a session's words mention, counted from the day of the talk.
struct Dates: Sendable {
    let day: Day
    let almanac: Almanac

    /// `3 December`, so many days after the talk.
    func plus(_ days: Int) -> String { almanac.day(day, plus: days).dayAndMonth }

    /// `Thursday 3 December`
    func long(_ days: Int) -> String { almanac.day(day, plus: days).long }

    /// `March`, so many months after the talk.
    func month(_ months: Int) -> String { day.adding(months: months).monthName }

    /// `summer`, as the north of Europe has it.
    func season() -> String {
        switch day.month {
        case 3...5: "spring"
        case 6...8: "summer"
        case 9...11: "autumn"
        default: "winter"
        }
    }

    /// `first quarter`: the one in which the talk is, or so many after it.
    func quarter(_ offset: Int = 0) -> String {
        let names = ["first", "second", "third", "fourth"]
        let index = ((day.month - 1) / 3 + offset + 8) % 4
        return names[index] + " quarter"
    }
}
