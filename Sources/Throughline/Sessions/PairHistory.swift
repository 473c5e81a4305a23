// What happened between two people up to their next session, in one query: promises, goals, verdicts, what was asked for.
import Foundation
import Storage

struct PairHistory {
    /// Open ones of all their sessions, and those settled since the last.
    var promises: [Promise] = []
    var goals: [GoalMove] = []
    /// The latest first.
    var verdicts: [PastVerdict] = []
    /// Support that somebody asked for when they last met.
    var needs: [Raised] = []
    /// Wordings that somebody asked for, which nobody has answered.
    var corrections: [Raised] = []
    /// What was parked in any of their sessions, the latest first.
    var parked: [Raised] = []

    /// Something that one of them raised, and where.
    struct Raised {
        let id: String
        let title: String
        let by: ID<Person>
        let origin: Origin
    }

    struct PastVerdict {
        let subject: String
        let title: String
        let answer: Verdict.Answer
        let priority: Int?
        let reason: String
        /// Whether the goal or the work still goes on.
        let isOpen: Bool
        let origin: Origin
    }

    /// One query; none where the two have never met.
    static func load(
        _ access: SessionAccess, since last: HeldSession?, in tx: any Transaction
    ) throws -> PairHistory {
        var history = PairHistory()
        guard let last else { return history }
        for row in try tx.all(HistoryRow.self, query(access, last)) { try history.add(row) }
        history.verdicts.sort { $0.origin.startsAt > $1.origin.startsAt }
        history.parked.sort { $0.origin.startsAt > $1.origin.startsAt }
        return history
    }

    private mutating func add(_ row: HistoryRow) throws {
        switch row.kind {
        case .goal:
            if let move = GoalMove(row) { goals.append(move) }
        case .action:
            guard let id = ID<Action>(row.id), let origin = row.origin, let owner = row.person,
                let due = row.day.flatMap({ Day($0) })
            else { return }
            promises.append(
                Promise(
                    id: id, body: row.a, owner: owner, dueOn: due, state: Action.State(rawValue: row.b) ?? .open,
                    words: row.c ?? "", settledAt: row.at.map { Date(milliseconds: $0) }, origin: origin))
        case .verdict:
            guard let origin = row.origin, let answer = Verdict.Answer(rawValue: row.b) else { return }
            verdicts.append(
                PastVerdict(
                    subject: row.id, title: row.a, answer: answer, priority: row.n.map { Int($0) },
                    reason: row.c ?? "", isOpen: row.d == "open" || row.d == "under way", origin: origin))
        case .need: needs += row.raised
        case .correction: corrections += row.raised
        case .parked: parked += row.raised
        }
    }

    private static func query(_ access: SessionAccess, _ last: HeldSession) -> SQL {
        """
        with held (id, state, starts_at) as (
            select s.id, s.state, s.starts_at from session s
            where \(access.isOfTheTwo("s")) and s.id <> \(access.session.id) and s.state in ('closing', 'confirmed'))
        select 'action', a.id, a.body, a.state, a.settled_words, a.owner, a.due_on, a.settled_at,
            cast(null as bigint), cast(null as bigint), s.id, s.starts_at
        from action a join held s on s.id = a.session
        where a.removed_at is null and (a.state = 'open' or a.settled_at >= \(last.endedAt))
        union all
        select 'goal', o.id, o.title, o.standing, g.standing, o.state, o.level, o.created_at, o.priority, g.priority,
            null, \(last.endedAt)
        from objective o left join session_goal g on g.objective = o.id and g.session = \(last.id)
        where o.id in \(Goals.concerning(access.session.employee.id)) and (o.changed_at > \(last.endedAt)
            or (g.objective is not null and coalesce(g.priority, 0) <> coalesce(o.priority, 0)))
        union all
        select 'verdict', x.* from (
            select coalesce(v.objective, v.work) as subject, coalesce(o.title, w.title) as title, v.answer as answer,
                v.reason as reason, coalesce(o.state, w.state) as state, cast(null as text) as day, v.given_at as at,
                v.priority as n, cast(null as bigint) as m, s.id as session, s.starts_at as starts_at
            from verdict v join held s on s.id = v.session left join objective o on o.id = v.objective
                left join work w on w.id = v.work
            order by s.starts_at desc, v.id limit 150) x
        union all
        select 'need', v.id, v.body, '', null, v.author, null, null, null, null, s.id, s.starts_at
        from evidence v join session s on s.id = v.session
        where s.id = \(last.id) and v.kind = 'support' and v.shared_at is not null and v.removed_at is null
        union all
        select 'correction', k.id, k.body, '', null, k.author, null, null, null, null, s.id, s.starts_at
        from recap_correction k join held s on s.id = k.session
        where s.state = 'closing' and k.outcome = 'open'
        union all
        select 'parked', y.* from (
            select c.id as id, c.body as body, '' as b, cast(null as text) as c, c.author as author,
                cast(null as text) as day, cast(null as bigint) as at, cast(null as bigint) as n,
                cast(null as bigint) as m, s.id as session, s.starts_at as starts_at
            from capture c join held s on s.id = c.session
            where c.kind = 'parked' and c.removed_at is null
            order by s.starts_at desc, c.id limit 100) y
        """
    }
}

/// One row of what happened; what the columns mean depends on the kind.
struct HistoryRow: RowReadable {
    let kind: Kind
    let id: String
    let a: String
    let b: String
    let c: String?
    let d: String?
    let day: String?
    let at: Int64?
    let n: Int64?
    let m: Int64?
    let session: String?
    let startsAt: Int64?

    enum Kind: String, SQLColumn {
        case action
        case goal
        case verdict
        case need
        case correction
        case parked
    }

    init(row: inout Row) throws {
        kind = try row.next()
        id = try row.next()
        a = try row.next()
        b = try row.next()
        c = try row.next()
        d = try row.next()
        day = try row.next()
        at = try row.next()
        n = try row.next()
        m = try row.next()
        session = try row.next()
        startsAt = try row.next()
    }

    var person: ID<Person>? { d.flatMap { ID<Person>($0) } }

    var origin: Origin? {
        guard let session = session.flatMap({ ID<Session>($0) }), let startsAt else { return nil }
        return Origin(session: session, startsAt: Date(milliseconds: startsAt))
    }

    var raised: [PairHistory.Raised] {
        guard let person, let origin else { return [] }
        return [PairHistory.Raised(id: id, title: a, by: person, origin: origin)]
    }
}
