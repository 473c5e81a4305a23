// Small things around a preparation that come in one query: when it was shared, what was waved away, how the two would
// rank the goals, and which sessions went before.
public import Foundation
public import Storage

/// A session that the two have held.
public struct HeldSession: Sendable, Equatable {
    public let id: ID<Session>
    public let startsAt: Date
    public let endedAt: Date
    /// The sentence that both said yes to, or are to.
    public let oath: String
}

struct PreparationMarks {
    var partnerZone = TimeZone.gmt
    var history = PreparationHistory()
    /// Suggestions that the viewer waved away.
    var dismissed: Set<String> = []
    var ranking = GoalRanking()
    /// The last session that the two held before this one, and the one before that.
    var held: [HeldSession] = []

    static func load(_ access: SessionAccess, in tx: any Transaction) throws -> PreparationMarks {
        var marks = PreparationMarks()
        for row in try tx.all(MarkRow.self, query(access)).sorted(by: { ($0.at ?? 0) < ($1.at ?? 0) }) {
            marks.add(row, access)
        }
        return marks
    }

    private mutating func add(_ row: MarkRow, _ access: SessionAccess) {
        let at = row.at.map { Date(milliseconds: $0) }
        switch row.kind {
        case .zone:
            partnerZone = TimeZones.stored(row.text)
        case .event:
            guard let at else { return }
            let by = row.more.flatMap { ID<Person>($0) }
            if row.text == "accepted" {
                history.accepted = PreparationHistory.Event(by: by, at: at)
            } else if by == access.me.id {
                history.iShared = at
            } else {
                history.partnerShared = at
            }
        case .dismissed:
            dismissed.insert(row.text)
        case .place:
            guard let objective = ID<Objective>(row.text), let place = row.number else { return }
            if row.more == access.me.id.text {
                ranking.mine[objective] = Int(place)
                ranking.iShared = row.at != nil
            } else {
                ranking.theirs[objective] = Int(place)
            }
        case .ranked:
            ranking.partnerShared = true
        case .held:
            guard let id = ID<Session>(row.text), let at, let ended = row.number else { return }
            held.insert(
                HeldSession(id: id, startsAt: at, endedAt: Date(milliseconds: ended), oath: row.more ?? ""), at: 0)
        }
    }

    private static func query(_ access: SessionAccess) -> SQL {
        let session = access.session
        let (id, me, partner) = (session.id, access.me.id, access.partner.id)
        let isBefore: SQL = session.startsAt.map { "and s.starts_at < \($0)" } ?? ""
        return """
            select 'zone', p.time_zone, cast(null as text), cast(null as bigint), cast(null as bigint)
            from person p where p.id = \(partner)
            union all
            select 'event', j.verb, j.person, j.at, null from journal j
            where j.object = \(id) and j.object_kind = 'session' and j.verb in ('accepted', 'shared')
            union all
            select 'dismissed', d.suggestion, null, null, null from suggestion_dismissal d
            where d.session = \(id) and d.person = \(me)
            union all
            select 'place', r.objective, r.person, r.shared_at, r.place from goal_rank r
            where r.session = \(id) and (r.person = \(me) or (r.shared_at is not null and exists (
                select 1 from goal_rank m where m.session = r.session and m.person = \(me) and m.shared_at is not null)))
            union all
            select 'ranked', r.person, null, max(r.shared_at), null from goal_rank r
            where r.session = \(id) and r.person = \(partner) and r.shared_at is not null group by r.person
            union all
            select 'held', x.id, coalesce(r.oath, ''), x.starts_at, x.ended_at from (
                select s.id as id, s.starts_at as starts_at,
                    coalesce(s.ended_at, s.started_at, s.starts_at) as ended_at
                from session s
                where \(access.isOfTheTwo("s")) and s.id <> \(id) and s.state in ('closing', 'confirmed') \(isBefore)
                order by s.starts_at desc, s.id desc limit 2) x left join recap r on r.session = x.id
            """
    }

    private struct MarkRow: RowReadable {
        let kind: Kind
        let text: String
        let more: String?
        let at: Int64?
        let number: Int64?

        enum Kind: String, SQLColumn {
            case zone
            case event
            case dismissed
            case place
            case ranked
            case held
        }

        init(row: inout Row) throws {
            kind = try row.next()
            text = try row.next()
            more = try row.next()
            at = try row.next()
            number = try row.next()
        }
    }
}

extension SessionAccess {
    /// The condition under which a session is one of the same two people's, whichever part each has in it.
    func isOfTheTwo(_ table: SQL) -> SQL {
        let (one, other) = (session.employee.id, session.manager.id)
        return """
            ((\(table).employee = \(one) and \(table).manager = \(other))
                or (\(table).employee = \(other) and \(table).manager = \(one)))
            """
    }
}
