// What a session leaves open goes to the next one, with where it came from and how often (practice 12).
public import Foundation
public import Storage

/// Something that earlier sessions of the same two people left open, in the session that it has come to.
public struct Carried: Sendable, Equatable, RowReadable {
    public let id: ID<Carried>
    public let kind: Kind
    public let title: String
    /// The session in which it was first raised.
    public let origin: Origin
    public let raisedBy: PersonName
    /// How often it has been carried, this time included.
    public let times: Int
    let root: String
    let minutes: Int
    public let presenter: ID<Person>
    let ending: AgendaItem.Ending
    /// What was decided about it here; nil while nothing is.
    public let answer: CarriedAnswer?
    /// Of an action: who does it, by when, and whether it is still to be done.
    public let action: OpenAction?
    /// Whether it stands on this session's agenda.
    public let isOnAgenda: Bool

    /// What it began as.
    public enum Kind: String, Sendable, SQLColumn, CaseIterable {
        /// An agenda item that was not covered.
        case item
        case parked
        case action
    }

    public struct OpenAction: Sendable, Equatable {
        public let id: ID<Action>
        public let owner: ID<Person>
        public let dueOn: Day
        public let isOpen: Bool
    }

    /// After how many times it can't just be carried again.
    public static let patience = 3

    /// Whether it still asks for something here.
    public var isOpen: Bool { answer == nil && action?.isOpen != false }

    /// Whether somebody has to decide now: it has been carried often enough. An action is left in peace until it is
    /// late.
    public func asks(today: Day) -> Bool {
        guard isOpen, times >= Self.patience else { return false }
        return action.map { $0.dueOn < today } ?? true
    }

    /// What names it in forms, and as the source of an agenda item: the same in every session that it comes to.
    public var key: String { "\(kind.rawValue)-\(root)" }

    public init(row: inout Row) throws {
        id = try row.next()
        kind = try row.next()
        root = try row.next()
        title = try row.next()
        origin = Origin(session: try row.next(), startsAt: try row.next())
        raisedBy = try PersonName(row: &row)
        times = try row.next()
        minutes = try row.next()
        presenter = try row.next()
        ending = try row.next()
        answer = try CarriedAnswer(row: &row)
        let (id, owner): (ID<Action>?, ID<Person>?) = (try row.next(), try row.next())
        let (due, state): (Day?, Action.State?) = (try row.next(), try row.next())
        let isRemoved: Bool = try row.next()
        if let id, let owner, let due, let state {
            action = OpenAction(
                id: id, owner: owner, dueOn: due, isOpen: state == .open && !isRemoved)
        } else {
            action = nil
        }
        isOnAgenda = try row.next()
    }

    /// Everything that came to a session, what has been carried most often first. One query.
    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [Carried] {
        try tx.all(
            Carried.self,
            """
            \(selection(of: access)) order by c.times desc, c.carried_at, c.id
            """)
    }

    static func find(_ id: ID<Carried>, of access: SessionAccess, in tx: any Transaction) throws -> Carried {
        let found = try tx.first(
            Carried.self, "\(selection(of: access)) and c.id = \(id)")
        guard let found else { throw NotFound() }
        return found
    }

    /// What stands on the agenda is found once for all of them.
    private static func selection(of access: SessionAccess) -> SQL {
        """
        select c.id, c.kind, c.root, coalesce(a.body, c.title), o.id, coalesce(o.starts_at, o.created_at), r.id, r.name,
            c.times, c.minutes, c.presenter, c.ending, c.answer, c.words, c.delegate, c.due_on, c.action, b.id, b.name,
            c.answered_at, a.id, a.owner, a.due_on, a.state, case when a.removed_at is null then 0 else 1 end,
            case when c.kind || '-' || c.root in (select i.source from agenda_item i
                where i.session = \(access.session.id) and i.source is not null and i.removed_at is null)
                then 1 else 0 end
        from carried c join session o on o.id = c.origin join person r on r.id = c.raised_by
            left join person b on b.id = c.answered_by left join action a on c.kind = 'action' and a.id = c.root
        where c.session = \(access.session.id)
        """
    }
}

/// The session that something comes from.
public struct Origin: Sendable, Equatable {
    public let session: ID<Session>
    public let startsAt: Date
}

/// Something that a session has left open, or passes on because it was never held.
struct Leftover: RowReadable, Sendable {
    let how: How
    let kind: Carried.Kind
    let root: String
    let title: String
    let origin: ID<Session>
    let originStartsAt: Date?
    let raisedBy: ID<Person>
    /// How often it will have been carried, once it is carried on.
    let times: Int
    let minutes: Int
    let presenter: ID<Person>
    let ending: AgendaItem.Ending

    enum How: String, SQLColumn {
        /// An agenda item that was not reached.
        case deferred
        /// An agenda item that nobody ticked.
        case open
        case parked
        case action
        /// It came along, and nothing became of it.
        case waiting
    }

    init(row: inout Row) throws {
        how = try row.next()
        kind = try row.next()
        root = try row.next()
        title = try row.next()
        origin = try row.next()
        originStartsAt = try row.next()
        raisedBy = try row.next()
        times = try row.next()
        minutes = try row.next()
        presenter = try row.next()
        ending = try row.next()
    }

    /// What a session that is over leaves open: what both could see and did not cover, what was parked, what somebody
    /// still has to do, and what had come along and stayed where it was. Nobody's drafts.
    static func all(of session: ID<Session>, in tx: any Transaction) throws -> [Leftover] {
        try tx.all(
            Leftover.self,
            """
            select x.how, x.kind, x.root, x.title, x.origin, o.starts_at, x.raised_by, x.times, x.minutes, x.presenter,
                x.ending
            from (
                select i.outcome as how, coalesce(c.kind, 'item') as kind, coalesce(c.root, i.id) as root,
                    i.title as title, coalesce(c.origin, i.origin, i.session) as origin,
                    coalesce(c.raised_by, i.author) as raised_by, coalesce(c.times, i.times_carried) + 1 as times,
                    i.minutes as minutes, i.presenter as presenter, i.ending as ending, 1 as part, i.position as place
                from agenda_item i left join carried c on c.session = i.session and i.source = c.kind || '-' || c.root
                where i.session = \(session) and i.outcome <> 'covered' and i.shared_at is not null
                    and i.removed_at is null and coalesce(c.kind, 'item') <> 'action'
                    and coalesce(c.answer, 'first') = 'first'
                union all
                select 'parked', 'parked', c.id, c.body, c.session, c.author, 1, 5, c.author, 'align', 2, 0.0
                from capture c where c.session = \(session) and c.kind = 'parked' and c.removed_at is null
                union all
                select 'action', 'action', a.id, a.body, a.session, a.author, 1, 5, a.owner, 'inform', 3, 0.0
                from action a where a.session = \(session) and a.state = 'open' and a.removed_at is null
                union all
                \(waiting(in: session, times: "c.times + 1"))
            ) x join session o on o.id = x.origin
            order by x.part, x.place, x.root
            """)
    }

    /// What had come to a session that was never held, as it was.
    static func passedOn(by session: ID<Session>, in tx: any Transaction) throws -> [Leftover] {
        try tx.all(
            Leftover.self,
            """
            select x.how, x.kind, x.root, x.title, x.origin, o.starts_at, x.raised_by, x.times, x.minutes, x.presenter,
                x.ending
            from (\(waiting(in: session, times: "c.times", isHeld: false))) x join session o on o.id = x.origin
            order by x.root
            """)
    }

    /// What came to a session and neither was decided there nor stood on its agenda. An action stays until it is done.
    private static func waiting(in session: ID<Session>, times: SQL, isHeld: Bool = true) -> SQL {
        let wasRaised: SQL =
            isHeld
            ? """
            and (c.kind = 'action' or not exists (select 1 from agenda_item i where i.session = c.session
                and i.source = c.kind || '-' || c.root and i.removed_at is null))
            """ : ""
        return """
            select 'waiting' as how, c.kind as kind, c.root as root, c.title as title, c.origin as origin,
                c.raised_by as raised_by, \(times) as times, c.minutes as minutes, c.presenter as presenter,
                c.ending as ending, 4 as part, 0.0 as place
            from carried c left join action a on c.kind = 'action' and a.id = c.root
            where c.session = \(session) and coalesce(c.answer, 'first') = 'first'
                and (c.kind <> 'action' or (a.state = 'open' and a.removed_at is null)) \(wasRaised)
            """
    }
}

extension Sessions {
    /// Brings what the session before left open into a session, each thing once however often this is called.
    ///
    /// Call it when a session has got its `previous`, and when that one is over: whichever comes later does the work.
    /// Where the one before was never held, what had come to it moves along, and is counted no more often. What another
    /// two people left open never comes along, whatever a session is linked to.
    static func carryOver(
        into session: ID<Session>, by person: ID<Person>? = nil, at now: Date, in tx: any Transaction
    ) throws {
        guard let link = try PreviousLink.find(session, in: tx) else { return }
        let leftovers: [Leftover]
        switch link.state {
        case .closing, .confirmed: leftovers = try Leftover.all(of: link.previous, in: tx)
        case .declined, .cancelled: leftovers = try Leftover.passedOn(by: link.previous, in: tx)
        case .asked, .agreed, .running: return
        }
        let present = try tx.all(
            PresentRow.self,
            "select root, case when answer is null then 0 else 1 end from carried where session = \(session)")
        // The talk was gone back to, and something has been covered or done since.
        for row in present where !row.isAnswered && !leftovers.contains(where: { $0.root == row.root }) {
            try tx.run("delete from carried where session = \(session) and root = \(row.root) and answer is null")
        }
        for leftover in leftovers where !present.contains(where: { $0.root == leftover.root && $0.isAnswered }) {
            try tx.run(
                """
                insert into carried (id, session, kind, root, title, origin, raised_by, times, minutes, presenter,
                    ending, carried_at)
                values (\(ID<Carried>(now: now)), \(session), \(leftover.kind), \(leftover.root),
                    \(leftover.title.asLine), \(leftover.origin), \(leftover.raisedBy), \(leftover.times),
                    \(leftover.minutes), \(leftover.presenter), \(leftover.ending), \(now))
                on conflict (session, root) do update set title = excluded.title, times = excluded.times,
                    minutes = excluded.minutes, presenter = excluded.presenter, ending = excluded.ending
                """)
        }
        let added = leftovers.filter { leftover in !present.contains { $0.root == leftover.root } }.count
        guard added > 0 else { return }
        try tx.journal(
            "carried", session, "session", by: person, at: now,
            detail: ["from": link.previous.text, "things": String(added)])
    }

    /// Brings what a session has left open into those that follow it and exist already.
    static func carryOver(
        from session: ID<Session>, by person: ID<Person>?, at now: Date, in tx: any Transaction
    ) throws {
        let following = try tx.values(
            ID<Session>.self, "select id from session where previous = \(session) order by created_at, id")
        for next in following { try carryOver(into: next, by: person, at: now, in: tx) }
    }

    private struct PresentRow: RowReadable {
        let root: String
        let isAnswered: Bool

        init(row: inout Row) throws {
            root = try row.next()
            isAnswered = try row.next()
        }
    }

    /// The session before one that is still to be held, if it is the same two people's.
    private struct PreviousLink: RowReadable {
        let previous: ID<Session>
        let state: Session.State

        init(row: inout Row) throws {
            previous = try row.next()
            state = try row.next()
        }

        static func find(_ session: ID<Session>, in tx: any Transaction) throws -> PreviousLink? {
            try tx.first(
                PreviousLink.self,
                """
                select p.id, p.state from session s join session p on p.id = s.previous
                where s.id = \(session) and s.state in ('asked', 'agreed', 'running')
                    and ((p.employee = s.employee and p.manager = s.manager)
                        or (p.employee = s.manager and p.manager = s.employee))
                """)
        }
    }
}

extension String {
    /// On one line, as short as a title has to be.
    var asLine: String {
        // Most titles are one line already, and telling characters apart takes its time.
        let isOneLine = utf8.allSatisfy { 0x20..<0x7F ~= $0 }
        return (isOneLine ? self : split(whereSeparator: \.isNewline).joined(separator: " ")).cut(to: Limit.line)
    }
}
