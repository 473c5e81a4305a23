// Days on which somebody is away. They make a session on such a day a question, and never skip it by themselves.
public import Foundation
public import Storage

/// Somebody is away from one day to another, both included.
public struct DayOff: Sendable, Equatable, RowReadable {
    public let id: ID<DayOff>
    public let person: PersonName
    public let fromDay: Day
    public let untilDay: Day
    let zone: TimeZone

    public init(row: inout Row) throws {
        id = try row.next()
        person = try PersonName(row: &row)
        fromDay = try row.next()
        untilDay = try row.next()
        zone = TimeZones.stored(try row.next())
    }

    /// Whether they are away at a moment, by their own calendar.
    public func covers(_ moment: Date) -> Bool { (fromDay...untilDay).contains(Day(moment, in: zone)) }

    /// What these people are away, from a day on.
    static func all(of people: [ID<Person>], from day: Day, in tx: any Transaction) throws -> [DayOff] {
        try tx.all(
            DayOff.self,
            """
            select d.id, p.id, p.name, d.from_day, d.until_day, p.time_zone
            from day_off d join person p on p.id = d.person
            where d.person in \(list: people) and d.until_day >= \(day) order by d.from_day, d.id
            """)
    }
}

extension People {
    static let mostDaysOff = 50

    /// The viewer's days off that are not over.
    public func daysOff(of viewer: Viewer) async throws -> [DayOff] {
        let today = Day(product.now(), in: viewer.timeZone)
        return try await product.database.read { tx in try DayOff.all(of: [viewer.id], from: today, in: tx) }
    }

    /// The viewer is away from one day to another. Said twice, it is said once.
    /// - Throws: ``Invalid`` at `from` and `until`.
    public func addDaysOff(from: String, until: String, as viewer: Viewer) async throws {
        let now = product.now()
        var typed = Typed()
        let days = typed.days(from: from, until: until.isEmpty ? from : until, at: now, in: viewer.timeZone)
        try typed.check()
        guard let days else { return }
        try await product.database.write { tx in
            let present = try DayOff.all(of: [viewer.id], from: Day(now, in: viewer.timeZone), in: tx)
            if present.contains(where: { $0.fromDay == days.from && $0.untilDay == days.until }) { return }
            if let other = present.first(where: { $0.fromDay <= days.until && days.from <= $0.untilDay }) {
                throw Invalid(
                    "from",
                    "You are away from \(other.fromDay.dayAndMonth) to \(other.untilDay.dayAndMonth) already. Take that back, or choose other days."
                )
            }
            guard present.count < Self.mostDaysOff else {
                throw Refused("That is more than \(Self.mostDaysOff) times away. Remove one first.")
            }
            let id = ID<DayOff>(now: now)
            try tx.run(
                """
                insert into day_off (id, person, from_day, until_day, created_at)
                values (\(id), \(viewer.id), \(days.from), \(days.until), \(now))
                """)
            try tx.journal("added-days-off", id, "day-off", by: viewer.id, at: now)
        }
    }

    /// Takes days off back.
    /// - Throws: ``NotFound`` when they are not the viewer's.
    public func removeDaysOff(_ id: ID<DayOff>, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let removed = try tx.run("delete from day_off where id = \(id) and person = \(viewer.id)")
            guard removed == 1 else { throw NotFound() }
            try tx.journal("removed-days-off", id, "day-off", by: viewer.id, at: now)
        }
    }
}

extension Sessions {
    /// Says that a session is held although one of the two is away that day, so that nobody is asked again. Moved to
    /// another time, it is a new question. Said twice, it is said once.
    /// - Throws: ``Conflict`` when it isn't agreed.
    public func meetAllTheSame(_ id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.require(.agreed, orSay: access.standing)
            let isSaid = try tx.value(
                Bool.self, "select \(DayOff.isMetAllTheSame) from session s where s.id = \(id)")
            guard isSaid != true else { return }
            try tx.journal(
                "meets-all-the-same", id, "session", by: viewer.id, at: now,
                detail: ["sequence": String(access.session.sequence)])
        }
    }
}

extension DayOff {
    /// 1 where the two of a session `s` meet although somebody is away, as long as its time stays; else 0.
    static let isMetAllTheSame: SQL = """
        case when exists (select 1 from journal j where j.object = s.id and j.verb = 'meets-all-the-same'
            and j.detail = '{"sequence":"' || cast(s.sequence as text) || '"}') then 1 else 0 end
        """
}
