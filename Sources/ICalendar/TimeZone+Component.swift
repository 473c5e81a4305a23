// VTIMEZONE (RFC 5545 section 3.6.5): what a time zone's clocks do, for programs that don't know it.

import Foundation

extension TimeZone {
    /// This zone from a moment on. Changes that come every year by one rule are written as that rule, since that is
    /// what calendar programs read best; others one by one.
    /// - Parameter last: up to when it has to be right; nil for an event without end, which gets the rules of today, or
    ///   where there are none (as in Morocco) the changes of the next 20 years.
    func component(from first: Date, to last: Date?) -> CalendarComponent {
        let firstYear = LocalDateTime(first, in: self).date.year - 1
        // Four years at least, since fewer don't make a rule.
        let lastYear = max(firstYear + 3, last.map { LocalDateTime($0, in: self).date.year + 1 } ?? firstYear + 21)
        let changes = Change.all(of: self, fromYear: firstYear, toYear: lastYear)
        let opening = Change(in: self, atStartOf: firstYear).component(rule: nil)
        return CalendarComponent(
            "VTIMEZONE", [ContentLine("TZID", text: identifier)],
            [opening] + Run.all(of: changes).flatMap { $0.components(lastYear: lastYear) })
    }
}

/// A moment at which the clocks of a zone change.
private struct Change {
    /// By the clock before the change.
    let wall: LocalDateTime
    /// Seconds from GMT.
    let offsetBefore: Int
    let offsetAfter: Int
    let isDaylight: Bool

    /// The state of a zone at the start of a year, as if it had begun then.
    init(in zone: TimeZone, atStartOf year: Int) {
        wall = LocalDateTime(secondsOnTheWall: CalendarDate.days(toYear: year, month: 1) * 86_400)
        let moment = wall.instant(in: zone)
        offsetBefore = zone.secondsFromGMT(for: moment)
        offsetAfter = offsetBefore
        isDaylight = zone.isDaylightSavingTime(for: moment)
    }

    private init(in zone: TimeZone, atSeconds seconds: Int) {
        offsetBefore = zone.secondsFromGMT(for: Date(seconds: seconds - 1))
        offsetAfter = zone.secondsFromGMT(for: Date(seconds: seconds))
        wall = LocalDateTime(secondsOnTheWall: seconds + offsetBefore)
        isDaylight = zone.isDaylightSavingTime(for: Date(seconds: seconds))
    }

    /// Every change of those years, found by looking every five days; no zone has changed there and back within five.
    static func all(of zone: TimeZone, fromYear first: Int, toYear last: Int) -> [Change] {
        let step = 5 * 86_400
        let start = CalendarDate.days(toYear: first, month: 1) * 86_400
        let end = CalendarDate.days(toYear: last + 1, month: 1) * 86_400
        var changes: [Change] = []
        var offset = zone.secondsFromGMT(for: Date(seconds: start))
        for seconds in stride(from: start + step, through: end, by: step) {
            let next = zone.secondsFromGMT(for: Date(seconds: seconds))
            guard next != offset else { continue }
            var (before, after) = (seconds - step, seconds)
            while after - before > 1 {
                let middle = (before + after) / 2
                if zone.secondsFromGMT(for: Date(seconds: middle)) == offset { before = middle } else { after = middle }
            }
            changes.append(Change(in: zone, atSeconds: after))
            offset = next
        }
        return changes
    }

    var moment: Date { Date(seconds: wall.secondsOnTheWall - offsetBefore) }

    /// Whether the same happens at the same time of day, whatever the day.
    func isAlike(_ other: Change) -> Bool {
        wall.secondOfDay == other.wall.secondOfDay && offsetBefore == other.offsetBefore
            && offsetAfter == other.offsetAfter && isDaylight == other.isDaylight
    }

    func component(rule: String?) -> CalendarComponent {
        var lines = [
            ContentLine("DTSTART", raw: wall.basic),
            ContentLine("TZOFFSETFROM", raw: Self.offset(offsetBefore)),
            ContentLine("TZOFFSETTO", raw: Self.offset(offsetAfter)),
        ]
        if let rule { lines.append(ContentLine("RRULE", raw: rule)) }
        return CalendarComponent(isDaylight ? "DAYLIGHT" : "STANDARD", lines)
    }

    /// `+0100` (section 3.3.14)
    private static func offset(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let size = abs(seconds)
        let tail = size % 60 == 0 ? "" : two(size % 60)
        return (seconds < 0 ? "-" : "+") + two(size / 3600) + two(size % 3600 / 60) + tail
    }
}

/// Changes of one kind in consecutive years.
private struct Run {
    private var changes: [Change]
    /// The rules that would give the day of every one of them.
    private var rules: [DayRule]

    private init(_ change: Change) {
        changes = [change]
        rules = DayRule.all(for: change.wall.date)
    }

    /// The changes of a zone, sorted into such runs.
    static func all(of changes: [Change]) -> [Run] {
        var runs: [Run] = []
        for change in changes {
            if let index = runs.firstIndex(where: { $0.isFollowed(by: change) }) {
                runs[index].append(change)
            } else {
                runs.append(Run(change))
            }
        }
        return runs
    }

    private func isFollowed(by next: Change) -> Bool {
        guard let last = changes.last, last.isAlike(next), next.wall.date.year == last.wall.date.year + 1 else {
            return false
        }
        return rules.contains { $0.gives(next.wall.date) }
    }

    private mutating func append(_ change: Change) {
        changes.append(change)
        rules.removeAll { !$0.gives(change.wall.date) }
    }

    /// As one component with a rule, which goes on for ever where it still holds in the last year; or, where two years
    /// are too few to call it a rule, one by one.
    func components(lastYear: Int) -> [CalendarComponent] {
        guard changes.count > 2, let first = changes.first, let last = changes.last, let rule = rules.first else {
            return changes.map { $0.component(rule: nil) }
        }
        // A day late, since some programs read UNTIL by the clock on the wall; the next one would be a year away.
        let until = last.wall.date.year < lastYear ? ";UNTIL=\(last.moment.addingTimeInterval(86_400).utc)" : ""
        return [first.component(rule: "FREQ=YEARLY;\(rule)\(until)")]
    }
}

/// How a law names a day of the year: the last Sunday of March, the second Sunday of March, the first Sunday from the
/// second of April on, or the first of April.
private enum DayRule: CustomStringConvertible {
    case last(Weekday, month: Int)
    case ordinal(Int, Weekday, month: Int)
    case onOrAfter(Int, Weekday, month: Int)
    case date(Int, month: Int)

    /// The ways to name a day, the likelier first.
    static func all(for date: CalendarDate) -> [DayRule] {
        let length = CalendarDate.length(ofMonth: date.month, year: date.year)
        let isLast = date.day > length - 7
        let ordinal = (date.day - 1) / 7 + 1
        let weekday = date.weekday
        return (isLast ? [.last(weekday, month: date.month)] : [])
            + (ordinal < 5 ? [.ordinal(ordinal, weekday, month: date.month)] : [])
            + (max(1, date.day - 6)...date.day).filter { $0 + 6 <= length }
            .map { .onOrAfter($0, weekday, month: date.month) } + [.date(date.day, month: date.month)]
    }

    func gives(_ date: CalendarDate) -> Bool {
        switch self {
        case .last(let weekday, let month):
            date.month == month && date.weekday == weekday
                && date.day > CalendarDate.length(ofMonth: month, year: date.year) - 7
        case .ordinal(let ordinal, let weekday, let month):
            date.month == month && date.weekday == weekday && (date.day - 1) / 7 + 1 == ordinal
        case .onOrAfter(let day, let weekday, let month):
            date.month == month && date.weekday == weekday && (day...day + 6).contains(date.day)
        case .date(let day, let month): date.month == month && date.day == day
        }
    }

    var description: String {
        switch self {
        case .last(let weekday, let month): "BYMONTH=\(month);BYDAY=-1\(weekday.code)"
        case .ordinal(let ordinal, let weekday, let month): "BYMONTH=\(month);BYDAY=\(ordinal)\(weekday.code)"
        case .onOrAfter(let day, let weekday, let month):
            "BYMONTH=\(month);BYMONTHDAY=\((day...day + 6).map(String.init).joined(separator: ","));"
                + "BYDAY=\(weekday.code)"
        case .date(let day, let month): "BYMONTH=\(month);BYMONTHDAY=\(day)"
        }
    }
}
