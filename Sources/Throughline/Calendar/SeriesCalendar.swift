import Foundation
import ICalendar
import Storage

/// A series as calendars know it: for each of its rules one recurring event, with what is left out and what has been
/// moved. A rule that changes from a day on ends one event and begins another, because in a calendar a rule holds for
/// the whole of an event.
struct SeriesCalendar {
    let series: Series
    let segments: [Segment]

    /// One rule, from its first day until the next one's.
    struct Segment {
        let uid: String
        let rule: SeriesRule
        /// Nil while it goes on.
        let until: Date?
        /// The times by the rule at which there is no session, in order.
        let skipped: [WallTime]
        /// When there is one instead, by the time that it has by the rule.
        let moved: [WallTime: Date]

        var start: WallTime { rule.wall(on: rule.fromDay) }
        /// Whether the rule came to an end before it had begun.
        var isEmpty: Bool { until.map { $0 < start.moment(in: rule.zone) } ?? false }

        func holds(_ name: WallTime) -> Bool {
            name.day >= rule.fromDay && (until.map { name.moment(in: rule.zone) <= $0 } ?? true)
        }
    }

    init(_ series: Series, _ plan: SeriesPlan, of product: Product) {
        self.series = series
        let paused = plan.pauses.flatMap { pause in
            plan.names(from: pause.fromDay, atMost: 400).prefix { $0.day <= pause.untilDay }
        }
        let exceptions = plan.exceptions.filter { plan.has($0.occurrence) }
        let end = Self.end(of: series, plan)
        segments = plan.rules.indices.map { index in
            let rule = plan.rules[index]
            let next = index + 1 < plan.rules.count ? plan.rules[index + 1] : nil
            // The second before the next rule’s first day, so that nothing of that day is taken along.
            let last = next.map {
                WallTime(day: $0.fromDay, hour: 0, minute: 0).moment(in: rule.zone).addingTimeInterval(-1)
            }
            let whole = Segment(
                uid: product.calendarUID(of: series.id, from: rule.fromDay), rule: rule,
                until: [last, end].compactMap { $0 }.min(), skipped: [], moved: [:])
            let moved = exceptions.compactMap { exception in exception.startsAt.map { (exception.occurrence, $0) } }
                .filter { whole.holds($0.0) }
            let skipped = (exceptions.filter { $0.startsAt == nil }.map(\.occurrence) + paused).filter(whole.holds)
            return Segment(
                uid: whole.uid, rule: rule, until: whole.until,
                skipped: Set(skipped).subtracting(moved.map(\.0)).sorted(),
                moved: Dictionary(moved, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// A series that has ended still has the session that was left as its last one.
    private static func end(of series: Series, _ plan: SeriesPlan) -> Date? {
        guard let endedAt = series.endedAt else { return nil }
        let standing = plan.sessions.filter { $0.state != .cancelled && $0.state != .declined }.compactMap(\.occurrence)
        let last = standing.max().map { $0.moment(in: plan.rule(on: $0.day)?.zone ?? .gmt) }
        return [endedAt, last].compactMap { $0 }.max()
    }

    // MARK: Events

    /// The recurring event of a segment, with what is left out.
    func event(_ segment: Segment, _ sight: CalendarSight) throws -> CalendarEvent {
        var event = event(segment, at: segment.start.local, sight)
        var rule = try RecurrenceRule(segment.rule.cadence.rule)
        if let until = segment.until { rule.end = .until(until) }
        event.rule = rule
        event.exceptions = segment.skipped.map(\.local)
        return event
    }

    /// One occurrence of a segment, at a time of its own.
    func occurrence(
        _ name: WallTime, at moment: Date, of segment: Segment, _ sight: CalendarSight
    ) -> CalendarEvent {
        var event = event(segment, at: LocalDateTime(moment, in: segment.rule.zone), sight)
        event.recurrenceID = name.local
        return event
    }

    /// The recurring event of a segment and all that has been moved in it.
    func events(_ segment: Segment, _ sight: CalendarSight) throws -> [CalendarEvent] {
        try [event(segment, sight)]
            + segment.moved.sorted { $0.key < $1.key }.map { name, moment in
                occurrence(name, at: moment, of: segment, sight)
            }
    }

    private func event(_ segment: Segment, at start: LocalDateTime, _ sight: CalendarSight) -> CalendarEvent {
        let partner = series.employee.id == sight.person ? series.manager : series.employee
        let address = "\(sight.product.address)/series/\(series.id)"
        var event = CalendarEvent(
            uid: segment.uid, sequence: series.sequence, stamp: series.agreedAt ?? series.createdAt, start: start,
            zone: segment.rule.zone, minutes: segment.rule.minutes,
            summary: sight.isTitled ? "\(series.title) (with \(partner.first))" : "Strategy session")
        let about =
            "Strategy session of \(series.employee.name) and \(series.manager.name), \(segment.rule.cadence.words)."
        event.url = address
        event.description = sight.isTitled ? "\(about)\n\n\(address)" : address
        event.location = sight.isTitled ? series.place : ""
        return event
    }
}

/// Whose calendar it is, and how much it may say.
struct CalendarSight {
    let person: ID<Person>
    let product: Product
    /// Whether it says more than that there is a session.
    var isTitled = true
}

extension Product {
    /// The name that the event of a series' rule has in all calendars.
    func calendarUID(of series: ID<Series>, from day: Day) -> String { "series-\(series)-\(day.iso)@\(host)" }
}
