// The pairs' rhythm: each pair that meets every four weeks has agreed on it, with the exceptions that holidays made.
import Foundation
import Storage
import Throughline

struct SeriesWriter {
    let almanac: Almanac
    let cast: Cast

    /// A session as far as its series needs to know it.
    private struct Held: RowReadable {
        let id: ID<Session>
        let employee: ID<Person>
        let manager: ID<Person>
        let startsAt: Date
        let isAhead: Bool
        let createdAt: Date
        let minutes: Int
        let place: String

        init(row: inout Row) throws {
            id = try row.next()
            employee = try row.next()
            manager = try row.next()
            startsAt = try row.next()
            isAhead = try row.next(Session.State.self) == .agreed
            createdAt = try row.next()
            minutes = try row.next()
            place = try row.next()
        }
    }

    func write(to database: any Database) async throws {
        let almanac = almanac
        let (ana, joost, leila) = (cast[.ana].id, cast[.joost].id, cast[.leila].id)
        try await database.write { tx in
            let sessions = try tx.all(
                Held.self,
                """
                select id, employee, manager, starts_at, state, created_at, minutes, place from session
                where state in ('agreed', 'closing', 'confirmed') order by employee, manager, starts_at, id
                """)
            let pairs = Dictionary(grouping: sessions) { "\($0.employee)\($0.manager)" }.sorted { $0.key < $1.key }
            for (_, pair) in pairs {
                guard let next = pair.last, next.isAhead, pair.count >= 4 else { continue }
                let series = try Self.write(pair, next, almanac, in: tx)
                if next.employee == ana, next.manager == joost {
                    try Self.writeDaysOff(of: joost, with: next, almanac, in: tx)
                }
                if next.employee == joost, next.manager == leila {
                    try Self.writeSkip(by: leila, of: series, after: next, almanac, in: tx)
                }
            }
        }
    }

    /// The series of a pair, back to its first session. A session whose day was a holiday was moved.
    private static func write(
        _ pair: [Held], _ next: Held, _ almanac: Almanac, in tx: any Transaction
    ) throws -> ID<Series> {
        let wall = WallTime(next.startsAt, in: almanac.zone)
        let rounds = pair.compactMap { session -> (session: Held, name: WallTime)? in
            let day = Day(session.startsAt, in: almanac.zone)
            let late = ((day.days(since: wall.day) % 28) + 28) % 28
            guard late <= 7 else { return nil }
            return (session, WallTime(day: day.adding(days: -late), hour: wall.hour, minute: wall.minute))
        }
        let first = rounds.first?.name.day ?? wall.day
        let since = pair[0].createdAt
        let id = ID<Series>(now: since)
        let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        try tx.run(
            """
            insert into series (id, employee, manager, proposed_by, purpose, title, place, state, created_at, changed_at,
                agreed_at)
            values (\(id), \(next.employee), \(next.manager), \(next.employee), 'planning',
                'Where we stand, and what matters next', \(next.place), 'agreed', \(since), \(since), \(since))
            """)
        try tx.run(
            """
            insert into series_rule (series, from_day, rule, wall_time, time_zone, minutes, changed_by, changed_at)
            values (\(id), \(first), \("FREQ=WEEKLY;INTERVAL=4;BYDAY=\(weekdays[wall.day.weekday - 1])"), \(wall.time),
                \(almanac.zone.identifier), \(next.minutes), \(next.employee), \(since))
            """)
        for (session, name) in rounds {
            try tx.run("update session set series = \(id), occurrence = \(name) where id = \(session.id)")
            guard session.startsAt != name.moment(in: almanac.zone) else { continue }
            let words = almanac.isWorking(name.day) ? "" : "Nobody works that day."
            try tx.run(
                """
                insert into series_exception (series, occurrence, kind, starts_at, words, changed_by, changed_at)
                values (\(id), \(name), 'moved', \(session.startsAt), \(words), \(session.employee),
                    \(session.createdAt))
                """)
        }
        return id
    }

    /// Joost is away when the session after the next would be: a question for both.
    private static func writeDaysOff(
        of person: ID<Person>, with next: Held, _ almanac: Almanac, in tx: any Transaction
    ) throws {
        let day = Day(next.startsAt, in: almanac.zone).adding(days: 28)
        try tx.run(
            """
            insert into day_off (id, person, from_day, until_day, created_at)
            values (\(ID<DayOff>(now: almanac.now)), \(person), \(day.adding(days: -1)), \(day.adding(days: 3)),
                \(almanac.now.adding(days: -2)))
            """)
    }

    private static func writeSkip(
        by person: ID<Person>, of series: ID<Series>, after next: Held, _ almanac: Almanac, in tx: any Transaction
    ) throws {
        let wall = WallTime(next.startsAt, in: almanac.zone)
        let name = WallTime(day: wall.day.adding(days: 56), hour: wall.hour, minute: wall.minute)
        try tx.run(
            """
            insert into series_exception (series, occurrence, kind, words, changed_by, changed_at)
            values (\(series), \(name), 'skipped', 'The board meets that week.', \(person),
                \(almanac.now.adding(days: -6)))
            """)
    }
}
