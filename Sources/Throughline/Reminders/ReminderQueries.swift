import Foundation
public import Storage

/// Somebody who is to be looked after.
struct RemindedPerson: Sendable, RowReadable {
    let id: ID<Person>
    let name: String
    let zone: TimeZone
    let settings: ReminderSettings
    /// Whether it is their turn; otherwise a session that is near has changed since their last one.
    let isTurn: Bool

    init(row: inout Row) throws {
        id = try row.next()
        name = try row.next()
        zone = TimeZones.stored(try row.next())
        settings = try ReminderSettings(row: &row)
        isTurn = try row.next()
    }

    /// Those whose turn it is, and after them those who can't wait for theirs: a session of the coming day was agreed on,
    /// moved or made since they were looked after at work.
    static func due(at now: Date, in tx: any Transaction) throws -> [RemindedPerson] {
        let isTurn: SQL = "(l.next_at is null or l.next_at <= \(now))"
        let hasChanged: SQL = """
            s.state = 'agreed' and s.starts_at > \(now) and s.starts_at < \(now.adding(days: 1))
                and s.changed_at > l.next_at - \(ReminderRule.betweenLooks * 1000)
            """
        return try tx.all(
            RemindedPerson.self,
            """
            select p.id, p.name, p.time_zone, \(ReminderSettings.columns), case when \(isTurn) then 1 else 0 end
            from person p left join reminder_look l on l.person = p.id
                left join reminder_setting r on r.person = p.id
            where p.state = 'active' and (\(isTurn)
                or exists (select 1 from session s where s.employee = p.id and \(hasChanged))
                or exists (select 1 from session s where s.manager = p.id and \(hasChanged)))
            order by case when \(isTurn) then 0 else 1 end, p.id limit \(Reminders.batch)
            """)
    }

    /// The days that the person has off, now and ahead.
    func daysOff(at now: Date, in tx: any Transaction) throws -> [ClosedRange<Day>] {
        try DayOff.all(of: [id], from: Day(now, in: zone), in: tx).map { $0.fromDay...$0.untilDay }
    }
}

extension ReminderNote: RowReadable {
    public init(row: inout Row) throws {
        kind = try row.next()
        object = try row.next()
        day = try row.next()
    }

    static func all(of person: ID<Person>, since: Date, in tx: any Transaction) throws -> [ReminderNote] {
        let kinds = ReminderKind.allCases.map(\.rawValue)
        return try tx.all(
            ReminderNote.self,
            """
            select kind, object, day from reminder
            where person = \(person) and sent_at > \(since) and kind in \(list: kinds)
            """)
    }
}

extension ReminderMatter {
    /// Everything of somebody's that could be a matter, whether it is due or not. Preparations are only read where the
    /// session is near.
    static func all(
        of person: RemindedPerson, within rule: ReminderRule, in tx: any Transaction
    ) throws -> [ReminderMatter] {
        let sessions = try TodaySession.live(of: person.id, in: tx)
        return try sessions.compactMap { try unprepared($0, of: person, within: rule, in: tx) }
            + sessions.compactMap(unconfirmed) + promises(of: person, in: tx)
            + checkIns(of: person, within: rule, in: tx)
    }

    /// What waits in each cycle under way: one mail has one link, with which somebody checks in on all of it.
    private static func checkIns(
        of person: RemindedPerson, within rule: ReminderRule, in tx: any Transaction
    ) throws -> [ReminderMatter] {
        guard rule.settings.kinds.contains(.checkIn) else { return [] }
        let waiting = try Unheard.all(of: person.id, on: Day(rule.now, in: person.zone), zone: person.zone, in: tx)
        return Dictionary(grouping: waiting, by: \.cycle).values.compactMap { waiting in
            guard let first = waiting.first, let last = waiting.last else { return nil }
            return ReminderMatter(
                kind: .checkIn, object: first.cycle.text, title: first.cycleName, partner: "",
                standing: .unheard(keyResults: waiting.map(\.title), last: last.since, rhythm: first.rhythm))
        }
    }

    private static func unprepared(
        _ row: TodaySession, of person: RemindedPerson, within rule: ReminderRule, in tx: any Transaction
    ) throws -> ReminderMatter? {
        let session = row.session
        guard session.state == .agreed, let startsAt = session.startsAt,
            rule.settings.kinds.contains(.prepare), rule.isNear(startsAt)
        else { return nil }
        let outlook = try SessionOutlook(of: session, for: person.id, today: Day(rule.now, in: person.zone), in: tx)
        return ReminderMatter(
            kind: .prepare, object: session.id.text, title: session.title, partner: row.partner.first,
            standing: .unprepared(startsAt: startsAt, missing: outlook.readiness.missing.map(\.words)))
    }

    /// A recap waits for whoever has not said yes to it.
    private static func unconfirmed(_ row: TodaySession) -> ReminderMatter? {
        let session = row.session
        guard session.state == .closing, !row.iConfirmed, let endedAt = session.endedAt else { return nil }
        return ReminderMatter(
            kind: .confirm, object: session.id.text, title: session.title, partner: row.partner.first,
            standing: .unconfirmed(since: endedAt))
    }

    private static func promises(of person: RemindedPerson, in tx: any Transaction) throws -> [ReminderMatter] {
        let viewer = Viewer(id: person.id, name: person.name, role: .member, timeZone: person.zone)
        return try Commitments.openCommitments(of: viewer, in: tx).filter(\.isMine).map { commitment in
            ReminderMatter(
                kind: .action, object: commitment.action.id.text, title: commitment.action.body,
                partner: commitment.partner.first,
                standing: .promised(due: commitment.action.dueOn, at: commitment.sessionStartsAt))
        }
    }
}
