public import Foundation

/// The days and hours at which somebody works, whatever their time zone.
public struct WorkingHours: Sendable, Equatable {
    /// 1 for Monday to 7 for Sunday (ISO 8601).
    public var days: Set<Int>
    /// Minutes after midnight.
    public var starts: Int
    /// Minutes after midnight; later than ``starts``.
    public var ends: Int

    public init(days: Set<Int>, starts: Int, ends: Int) {
        self.days = days
        self.starts = starts
        self.ends = ends
    }

    /// What somebody has who never chose: weekdays from 8:30 to 17:00.
    public static let standard = WorkingHours(days: [1, 2, 3, 4, 5], starts: 8 * 60 + 30, ends: 17 * 60)

    /// `weekdays`, `every day`, `Monday to Thursday`, `Monday and Friday`
    public var daysInWords: String {
        switch days {
        case [1, 2, 3, 4, 5]: return "weekdays"
        case [6, 7]: return "weekends"
        case [1, 2, 3, 4, 5, 6, 7]: return "every day"
        default: break
        }
        let sorted = days.sorted()
        let names = sorted.map { Day.weekdays[$0 - 1] }
        guard let first = sorted.first, let last = sorted.last, let begin = names.first, let end = names.last else {
            return "no day"
        }
        return sorted.count > 2 && last - first == sorted.count - 1 ? "\(begin) to \(end)" : names.inWords
    }

    /// `8:30`, as it is said; fields write `08:30`.
    public static func clock(_ minutes: Int) -> String {
        "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }
}

/// Somebody's working time: their hours on the wall of their time zone, but for the days that they have off.
///
/// Everything is asked of wall clocks, so that a day on which clocks change has the same hours as any other.
public struct WorkingTime: Sendable {
    public var hours: WorkingHours
    public var zone: TimeZone
    public var daysOff: [ClosedRange<Day>] = []

    /// How far ahead a working day is looked for: somebody may be away for a year.
    private static let horizon = 400

    public init(_ hours: WorkingHours, in zone: TimeZone, daysOff: [ClosedRange<Day>] = []) {
        self.hours = hours
        self.zone = zone
        self.daysOff = daysOff
    }

    func isWorking(_ day: Day) -> Bool {
        hours.days.contains(day.weekday) && !daysOff.contains { $0.contains(day) }
    }

    func opening(_ day: Day) -> Date { moment(day, hours.starts) }

    func closing(_ day: Day) -> Date { moment(day, hours.ends) }

    private func moment(_ day: Day, _ minutes: Int) -> Date {
        WallTime(day: day, hour: minutes / 60, minute: minutes % 60).moment(in: zone)
    }

    /// Whether somebody is at work.
    func isOpen(at moment: Date) -> Bool {
        let day = Day(moment, in: zone)
        return isWorking(day) && moment >= opening(day) && moment < closing(day)
    }

    /// The next day on which somebody works; nil where there is none in a year.
    func workingDay(after day: Day) -> Day? {
        (1...Self.horizon).lazy.map { day.adding(days: $0) }.first(where: isWorking)
    }

    /// When somebody begins to work next.
    func opening(after moment: Date) -> Date? {
        let today = Day(moment, in: zone)
        if isWorking(today), opening(today) > moment { return opening(today) }
        return workingDay(after: today).map(opening)
    }

    /// How many days somebody works after `first`, up to and with `last`.
    func workingDays(after first: Day, through last: Day) -> Int {
        guard last > first else { return 0 }
        return (1...last.days(since: first)).count { isWorking(first.adding(days: $0)) }
    }

    /// How many minutes somebody works between two moments. More than a working month is not counted out.
    func minutes(from start: Date, to end: Date) -> Int {
        guard end > start else { return 0 }
        let first = Day(start, in: zone)
        let last = min(Day(end, in: zone), first.adding(days: 31))
        return (0...last.days(since: first)).reduce(0) { sum, number in
            let day = first.adding(days: number)
            guard isWorking(day) else { return sum }
            let seconds = min(end, closing(day)).timeIntervalSince(max(start, opening(day)))
            return sum + max(0, Int(seconds / 60))
        }
    }
}
