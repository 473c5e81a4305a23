// A series: what an employee and a manager agreed on about meeting again and again (practice 12).
public import Foundation
public import Storage

/// Sessions of an employee and a manager that come round by a rule.
public struct Series: Sendable, Equatable, RowReadable {
    public let id: ID<Series>
    public let employee: PersonName
    public let manager: PersonName
    public let proposedBy: ID<Person>
    public let purpose: Session.Purpose
    public let purposeWords: String
    public let title: String
    public let place: String
    public let state: State
    /// The series that it goes on from, with another manager.
    public let previous: ID<Series>?
    /// Counts whatever changes its times.
    public let sequence: Int
    public let createdAt: Date
    public let agreedAt: Date?
    public let endedAt: Date?
    public let endedBy: ID<Person>?
    public let endedWords: String

    public enum State: String, Sendable, SQLColumn, CaseIterable {
        /// Asked for, together with its first session; it holds once that session's time is agreed.
        case proposed
        case agreed
        /// It goes on no more, or was never agreed to.
        case ended
    }

    static let columns: SQL = """
        r.id, re.id, re.name, rm.id, rm.name, r.proposed_by, r.purpose, r.purpose_words, r.title, r.place, r.state,
        r.previous, r.sequence, r.created_at, r.agreed_at, r.ended_at, r.ended_by, r.ended_words
        """
    static let tables: SQL = """
        series r join person re on re.id = r.employee join person rm on rm.id = r.manager
        """

    public init(row: inout Row) throws {
        id = try row.next()
        employee = try PersonName(row: &row)
        manager = try PersonName(row: &row)
        proposedBy = try row.next()
        purpose = try row.next()
        purposeWords = try row.next()
        title = try row.next()
        place = try row.next()
        state = try row.next()
        previous = try row.next()
        sequence = try row.next()
        createdAt = try row.next()
        agreedAt = try row.next()
        endedAt = try row.next()
        endedBy = try row.next()
        endedWords = try row.next()
    }
}

/// A rule of a series: it holds from its first day until the next rule's.
public struct SeriesRule: Sendable, Equatable, RowReadable {
    /// The first day by it.
    public let fromDay: Day
    public let cadence: Cadence
    public let hour: Int
    public let minute: Int
    /// On whose wall the time holds, so that it stays the same when the clocks change.
    public let zone: TimeZone
    public let minutes: Int

    public init(fromDay: Day, cadence: Cadence, hour: Int, minute: Int, zone: TimeZone, minutes: Int) {
        self.fromDay = fromDay
        self.cadence = cadence
        self.hour = hour
        self.minute = minute
        self.zone = zone
        self.minutes = minutes
    }

    static let columns: SQL = "u.from_day, u.rule, u.wall_time, u.time_zone, u.minutes"

    public init(row: inout Row) throws {
        fromDay = try row.next()
        cadence = try row.next()
        let time: String = try row.next()
        zone = TimeZones.stored(try row.next())
        minutes = try row.next()
        guard let wall = WallTime(day: fromDay, time: time) else { throw RowError("a rule’s time is none") }
        (hour, minute) = (wall.hour, wall.minute)
    }

    static func all(of series: ID<Series>, in tx: any Transaction) throws -> [SeriesRule] {
        try all(of: [series], in: tx)[series] ?? []
    }

    static func all(of series: [ID<Series>], in tx: any Transaction) throws -> [ID<Series>: [SeriesRule]] {
        try OfSeries.rows(
            "select u.series, \(columns) from series_rule u where u.series in \(list: series) order by u.from_day",
            in: tx)
    }

    /// The rule by which a session `s` comes round; null where it doesn't.
    static let cadenceOfSession: SQL = """
        (select u.rule from series_rule u where u.series = s.series
            and (s.occurrence is null or u.from_day <= substr(s.occurrence, 1, 10))
            order by u.from_day desc limit 1)
        """

    /// The day and wall time of an occurrence, which is its name.
    func wall(on day: Day) -> WallTime { WallTime(day: day, hour: hour, minute: minute) }
    public var time: String { wall(on: fromDay).time }

    func insert(for series: ID<Series>, by person: ID<Person>, at now: Date, in tx: any Transaction) throws {
        try tx.run(
            """
            insert into series_rule (series, from_day, rule, wall_time, time_zone, minutes, changed_by, changed_at)
            values (\(series), \(fromDay), \(cadence), \(time), \(zone.identifier), \(minutes), \(person), \(now))
            """)
    }
}

/// Days without sessions, both included.
public struct SeriesPause: Sendable, Equatable, RowReadable {
    public let id: ID<SeriesPause>
    public let fromDay: Day
    public let untilDay: Day
    public let words: String
    public let by: PersonName

    public init(row: inout Row) throws {
        id = try row.next()
        fromDay = try row.next()
        untilDay = try row.next()
        words = try row.next()
        by = try PersonName(row: &row)
    }

    func covers(_ day: Day) -> Bool { (fromDay...untilDay).contains(day) }

    static func all(of series: [ID<Series>], in tx: any Transaction) throws -> [ID<Series>: [SeriesPause]] {
        try OfSeries.rows(
            """
            select u.series, u.id, u.from_day, u.until_day, u.words, p.id, p.name
            from series_pause u join person p on p.id = u.created_by
            where u.series in \(list: series) and u.removed_at is null order by u.from_day, u.id
            """, in: tx)
    }
}

/// An occurrence that differs from the rule.
public struct SeriesException: Sendable, Equatable, RowReadable {
    /// The day and wall time that it has by the rule.
    public let occurrence: WallTime
    /// When it is instead; nil where it is skipped.
    public let startsAt: Date?
    public let words: String
    public let by: PersonName

    public init(row: inout Row) throws {
        occurrence = try row.next()
        startsAt = try row.next()
        words = try row.next()
        by = try PersonName(row: &row)
    }

    static func all(of series: [ID<Series>], in tx: any Transaction) throws -> [ID<Series>: [SeriesException]] {
        try OfSeries.rows(
            """
            select x.series, x.occurrence, x.starts_at, x.words, p.id, p.name
            from series_exception x join person p on p.id = x.changed_by
            where x.series in \(list: series) order by x.occurrence
            """, in: tx)
    }
}

/// A row of one of several series, after the series that it belongs to.
struct OfSeries<Value: RowReadable>: RowReadable {
    private let series: ID<Series>
    private let value: Value

    init(row: inout Row) throws {
        series = try row.next()
        value = try Value(row: &row)
    }

    /// What a query finds, series by series, in the query's order.
    static func rows(_ query: SQL, in tx: any Transaction) throws -> [ID<Series>: [Value]] {
        Dictionary(grouping: try tx.all(Self.self, query), by: \.series).mapValues { $0.map(\.value) }
    }
}

/// Stored and sent as `2026-12-03T14:00`: the name of an occurrence.
extension WallTime: SQLColumn, Comparable {
    public var sqlValue: SQLValue { .text(iso) }

    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue, let wall = WallTime(text) else {
            throw RowError(sqlValue, isNot: WallTime.self)
        }
        self = wall
    }

    public static func < (left: WallTime, right: WallTime) -> Bool {
        (left.day, left.hour, left.minute) < (right.day, right.hour, right.minute)
    }
}

/// Proof that a viewer takes part in a series. Whatever belongs to it is reached through this value.
public struct SeriesAccess: Sendable, Equatable {
    public let series: Series
    public let me: PersonName
    public let partner: PersonName
    public var isEmployee: Bool { me.id == series.employee.id }

    /// - Throws: ``NotFound`` when there is no such series, or the viewer is neither of its two people.
    static func load(_ id: ID<Series>, for viewer: Viewer, in tx: any Transaction) throws -> SeriesAccess {
        let found = try tx.first(
            Series.self,
            """
            select \(Series.columns) from \(Series.tables)
            where r.id = \(id) and (r.employee = \(viewer.id) or r.manager = \(viewer.id))
            """)
        guard let series = found else { throw NotFound() }
        let isEmployee = series.employee.id == viewer.id
        return SeriesAccess(
            series: series, me: isEmployee ? series.employee : series.manager,
            partner: isEmployee ? series.manager : series.employee)
    }

    /// Refuses to change what isn't agreed, in words that say how it stands.
    func requireAgreed() throws {
        switch series.state {
        case .agreed: return
        case .proposed: throw Conflict("This series is proposed; it can be changed once you have both agreed to it.")
        case .ended: throw Conflict("This series has ended.")
        }
    }

    /// Counts a change, and writes down what it was.
    func note(
        _ verb: String, detail: [String: String] = [:], at now: Date, in tx: any Transaction
    ) throws {
        try tx.run(
            "update series set sequence = sequence + 1, changed_at = \(now) where id = \(series.id)")
        try tx.journal(verb, series.id, "series", by: me.id, at: now, detail: detail)
    }
}
