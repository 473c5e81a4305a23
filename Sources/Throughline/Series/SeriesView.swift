// All that the page of a series shows, in one view of the data.
public import Foundation
public import Storage

/// A series as one of its two people sees it.
public struct SeriesView: Sendable {
    public let access: SeriesAccess
    /// In the order in which they hold; the last ones may hold from a day to come.
    public let rules: [SeriesRule]
    /// The next six times, with what is skipped and paused among them.
    public let ahead: [SeriesLine]
    public let pauses: [SeriesPause]
    public let partnerZone: TimeZone
    /// The session that it was asked for with, while it is proposed.
    public let asked: ID<Session>?
    /// The latest sessions of it that have been held, newest first.
    public let held: [HeldLine]
    /// Whom the employee met before, the last one first, and what the manager may read of that.
    public let earlier: [EarlierPartner]
    public let now: Date

    public var series: Series { access.series }

    /// The rule that holds now, or, before it begins, the first.
    public var rule: SeriesRule? { rules.last { $0.fromDay <= Day(now, in: $0.zone) } ?? rules.first }
    /// Rules that hold from a day to come, after the present one.
    public var laterRules: [SeriesRule] { rules.filter { $0.fromDay > (rule?.fromDay ?? $0.fromDay) } }

    public static let shown = 6
}

/// A coming occurrence, with what is worth knowing about when it is.
public struct SeriesLine: Sendable, Equatable {
    public let occurrence: Occurrence
    /// How many minutes later than at the one before, by their own clock, it is for each whose clocks changed.
    public let shifts: [Shift]
    /// Who is away then.
    public let away: [PersonName]

    public struct Shift: Sendable, Equatable {
        public let person: PersonName
        public let minutes: Int
    }
}

/// A session of a series that has been held.
public struct HeldLine: Sendable, Equatable, RowReadable {
    public let id: ID<Session>
    public let title: String
    public let startsAt: Date

    public init(row: inout Row) throws {
        id = try row.next()
        title = try row.next()
        startsAt = try row.next()
    }
}

extension SeriesKeeping {
    /// - Throws: ``NotFound``.
    public func view(_ id: ID<Series>, as viewer: Viewer) async throws -> SeriesView {
        let now = product.now()
        return try await product.database.read { tx in
            let access = try SeriesAccess.load(id, for: viewer, in: tx)
            let plan = try SeriesPlan(id, in: tx)
            let zones = try PersonZone.find([access.me.id, access.partner.id], in: tx)
            let daysOff = try DayOff.all(
                of: [access.me.id, access.partner.id], from: Day(now, in: .gmt).adding(days: -1), in: tx)
            let ahead = access.series.state == .agreed ? plan.ahead(of: now, count: SeriesView.shown) : []
            return SeriesView(
                access: access, rules: plan.rules,
                ahead: SeriesLine.all(ahead, plan, access.series, zones, daysOff),
                pauses: plan.pauses.filter { $0.untilDay >= Day(now, in: viewer.timeZone) },
                partnerZone: zones[access.partner.id] ?? .gmt,
                asked: plan.sessions.first { $0.state == .asked }?.id,
                held: try HeldLine.all(of: id, in: tx), earlier: try EarlierPartner.all(of: access, in: tx), now: now)
        }
    }
}

extension HeldLine {
    fileprivate static func all(of series: ID<Series>, in tx: any Transaction) throws -> [HeldLine] {
        try tx.all(
            HeldLine.self,
            """
            select s.id, s.title, s.starts_at from session s
            where s.series = \(series) and s.state in ('closing', 'confirmed')
            order by s.starts_at desc, s.id desc limit 6
            """)
    }
}

extension SeriesLine {
    static func all(
        _ ahead: [Occurrence], _ plan: SeriesPlan, _ series: Series, _ zones: [ID<Person>: TimeZone],
        _ daysOff: [DayOff]
    ) -> [SeriesLine] {
        var before: Occurrence?
        return ahead.map { occurrence in
            defer { if occurrence.standing == .planned { before = occurrence } }
            let shifts = [series.employee, series.manager].compactMap { person -> Shift? in
                guard let zone = zones[person.id], let before, occurrence.standing == .planned,
                    plan.rule(on: before.name.day) == plan.rule(on: occurrence.name.day)
                else { return nil }
                let minutes = occurrence.startsAt.minuteOfDay(in: zone) - before.startsAt.minuteOfDay(in: zone)
                return minutes == 0 ? nil : Shift(person: person, minutes: (minutes + 2_160) % 1_440 - 720)
            }
            var away: [PersonName] = []
            for dayOff in daysOff where occurrence.asks(about: dayOff) {
                if !away.contains(dayOff.person) { away.append(dayOff.person) }
            }
            return SeriesLine(occurrence: occurrence, shifts: shifts, away: away)
        }
    }
}

extension Occurrence {
    /// Whether somebody's being away makes it a question.
    fileprivate func asks(about dayOff: DayOff) -> Bool {
        isOn && !isMetAllTheSame && dayOff.covers(startsAt)
    }
}

extension Date {
    fileprivate func minuteOfDay(in zone: TimeZone) -> Int {
        let wall = WallTime(self, in: zone)
        return wall.hour * 60 + wall.minute
    }
}
