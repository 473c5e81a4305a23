// The next session of a series: made once, whoever asks for it, when the one before is over, skipped or forgotten.
import Foundation
import Storage

enum SeriesMaking {
    /// Makes sure that the next occurrence has its session.
    /// - Returns: that session; nil where nothing comes, the one before is not over yet, or one of the two was let go.
    @discardableResult
    static func makeNext(of series: ID<Series>, at now: Date, in tx: any Transaction) throws -> ID<Session>? {
        let found = try tx.first(
            Series.self,
            "select \(Series.columns) from \(Series.tables) where r.id = \(series) and \(bothAreHere)")
        guard let series = found, series.state == .agreed else { return nil }
        let plan = try SeriesPlan(series.id, in: tx)
        guard plan.present(at: now) == nil, let next = plan.next(after: now) else { return nil }
        if let session = next.session { return session }
        let new = NewSession(
            id: ID(now: now), employee: series.employee.id, manager: series.manager.id, askedBy: series.proposedBy,
            purpose: series.purpose, purposeWords: series.purposeWords, title: series.title, place: series.place,
            minutes: next.minutes, startsAt: next.startsAt,
            previous: try Sessions.lastHeld(by: series.employee.id, and: series.manager.id, in: tx),
            series: series.id, occurrence: next.name)
        return try new.insert(at: now, in: tx) ? new.id : nil
    }

    /// The condition under which neither person of a series has been let go. While one is, it waits, so that the other can
    /// hand it over.
    static let bothAreHere: SQL = "re.state <> 'deactivated' and rm.state <> 'deactivated'"

    // MARK: What happens to its sessions

    /// A time was agreed. The first one makes the series hold; a later one moves an occurrence.
    static func timeAgreed(
        _ startsAt: Date, for access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws {
        guard let series = access.session.series else { return }
        if let occurrence = access.session.occurrence {
            try move(occurrence, of: series, to: startsAt, words: "", by: access.me.id, at: now, in: tx)
        } else {
            try begin(series, with: access, at: startsAt, now: now, in: tx)
        }
        try makeNext(of: series, at: now, in: tx)
    }

    /// Both have said yes to the first time: the rule holds from that day on.
    private static func begin(
        _ series: ID<Series>, with access: SessionAccess, at startsAt: Date, now: Date, in tx: any Transaction
    ) throws {
        guard let asked = try SeriesRule.all(of: series, in: tx).first else { return }
        let wall = WallTime(startsAt, in: asked.zone)
        try tx.run("delete from series_rule where series = \(series)")
        try SeriesRule(
            fromDay: wall.day, cadence: asked.cadence.starting(on: wall.day), hour: wall.hour, minute: wall.minute,
            zone: asked.zone, minutes: access.session.minutes
        ).insert(for: series, by: access.me.id, at: now, in: tx)
        let session = access.session
        try tx.run(
            """
            update series set state = 'agreed', agreed_at = \(now), changed_at = \(now), title = \(session.title),
                purpose = \(session.purpose), purpose_words = \(session.purposeWords), place = \(session.place)
            where id = \(series) and state = 'proposed'
            """)
        try tx.run("update session set occurrence = \(wall) where id = \(session.id)")
        try tx.journal("agreed", series, "series", by: access.me.id, at: now)
    }

    /// Refuses times at which the two have another of the series already.
    /// - Throws: ``Invalid`` at `day-1`.
    static func requireFree(
        _ times: [Date], for occurrence: WallTime, of series: ID<Series>, at now: Date, in tx: any Transaction
    ) throws {
        let plan = try SeriesPlan(series, in: tx)
        let minutes = plan.occurrence(occurrence).minutes
        let goesOn = try tx.value(Int.self, "select 1 from series where id = \(series) and state = 'agreed'") != nil
        let others = plan.meetings(after: now, count: SeriesPlan.yearOfWeeks).filter { other in
            other.name != occurrence && (goesOn || other.session != nil)
        }
        let isTaken = times.contains { time in
            others.contains {
                $0.startsAt < time.adding(minutes: minutes) && time < $0.endsAt
            }
        }
        guard !isTaken else {
            let when = times.count == 1 ? "at that time" : "at one of these times"
            throw Invalid("day-1", "The two of you have another of this series \(when). Choose a different one.")
        }
    }

    /// The same where there is no field to choose another time in.
    /// - Throws: ``Refused`` for ``Invalid``.
    static func refusing(_ check: () throws -> Void) throws {
        do { try check() } catch let taken as Invalid { throw Refused(taken.problems[0].words) }
    }

    /// What speaks against how a series stands now: where two of it would be at the same time, words that say so.
    static func clash(
        in series: ID<Series>, for viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws -> String? {
        try SeriesPlan(series, in: tx).clash(after: now).map { second in
            """
            Two of this series would meet on \(second.startsAt.long(in: viewer.timeZone)) then. Move or skip the one that \
            was put there first.
            """
        }
    }

    /// Writes down that an occurrence is at another time than the rule has it.
    static func move(
        _ occurrence: WallTime, of series: ID<Series>, to startsAt: Date, words: String, by person: ID<Person>,
        at now: Date, in tx: any Transaction
    ) throws {
        try tx.run(
            """
            insert into series_exception (series, occurrence, kind, starts_at, words, changed_by, changed_at)
            values (\(series), \(occurrence), 'moved', \(startsAt), \(words), \(person), \(now))
            on conflict (series, occurrence) do update set kind = 'moved', starts_at = \(startsAt), words = \(words),
                changed_by = \(person), changed_at = \(now)
            """)
        try tx.run("update series set sequence = sequence + 1, changed_at = \(now) where id = \(series)")
        try tx.journal(
            "moved-occurrence", series, "series", by: person, at: now,
            detail: ["occurrence": occurrence.iso, "to": WallTime(startsAt, in: .gmt).iso])
    }

    /// Writes down that an occurrence is left out.
    static func skip(
        _ occurrence: WallTime, of series: ID<Series>, words: String, by person: ID<Person>, at now: Date,
        in tx: any Transaction
    ) throws {
        try tx.run(
            """
            insert into series_exception (series, occurrence, kind, words, changed_by, changed_at)
            values (\(series), \(occurrence), 'skipped', \(words), \(person), \(now))
            on conflict (series, occurrence) do update set kind = 'skipped', starts_at = null, words = \(words),
                changed_by = \(person), changed_at = \(now)
            """)
        try tx.run("update series set sequence = sequence + 1, changed_at = \(now) where id = \(series)")
        try tx.journal(
            "skipped-occurrence", series, "series", by: person, at: now, detail: ["occurrence": occurrence.iso])
    }

    /// A session was declined or cancelled. Its series was never agreed to, then, or leaves this one out: what was
    /// prepared for it goes to the next.
    /// - Returns: the session that it went to.
    @discardableResult
    static func sessionEnded(
        _ access: SessionAccess, words: String, at now: Date, in tx: any Transaction
    ) throws -> ID<Session>? {
        guard let series = access.session.series else { return nil }
        guard let occurrence = access.session.occurrence else {
            try tx.run(
                """
                update series set state = 'ended', ended_at = \(now), ended_by = \(access.me.id),
                    ended_words = \(words), changed_at = \(now)
                where id = \(series) and state = 'proposed'
                """)
            return nil
        }
        try skip(occurrence, of: series, words: words, by: access.me.id, at: now, in: tx)
        guard let next = try makeNext(of: series, at: now, in: tx), next != access.session.id else { return nil }
        try Preparing.moveAlong(from: access.session.id, to: next, at: now, in: tx)
        return next
    }

    /// A talk is over: the next of its series follows it.
    static func sessionHeld(_ access: SessionAccess, at now: Date, in tx: any Transaction) throws {
        guard let series = access.session.series, let next = try makeNext(of: series, at: now, in: tx) else { return }
        try tx.run(
            """
            update session set previous = \(access.session.id), changed_at = \(now)
            where id = \(next) and id <> \(access.session.id) and state in ('asked', 'agreed')
            """)
    }
}

extension SeriesKeeping {
    /// Makes the next session of every series whose last one has gone by, held or not. Run by any server as often as it
    /// likes; each session is made once.
    /// - Returns: how many series were looked at.
    @discardableResult
    public func keepUp() async throws -> Int {
        let now = product.now()
        let due = try await product.database.read { tx in
            try tx.values(
                ID<Series>.self,
                """
                select r.id from \(Series.tables) where r.state = 'agreed' and \(SeriesMaking.bothAreHere) and not exists (
                    select 1 from session s where s.series = r.id and s.state in ('asked', 'agreed', 'running')
                        and s.starts_at > \(now.adding(days: -1)))
                order by r.id
                """)
        }
        try await due.eachInTurn { series in
            _ = try await product.database.write { tx in try SeriesMaking.makeNext(of: series, at: now, in: tx) }
        }
        return due.count
    }
}
