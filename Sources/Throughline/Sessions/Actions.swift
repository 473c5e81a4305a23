// Actions: what somebody does by a day. Each has one owner, one of the two people.
public import Foundation
public import Storage

/// Something that one of the two does by a day.
public struct Action: Sendable, Equatable, RowReadable {
    public let id: ID<Action>
    public let session: ID<Session>
    public let step: Session.Step
    public let body: String
    public let owner: PersonName
    public let dueOn: Day
    public let state: State
    /// The word that it was kept or dropped with.
    public let settledWords: String
    public let settledBy: PersonName?
    public let settledAt: Date?
    public let author: PersonName
    public let version: Int
    public let createdAt: Date
    public let removedAt: Date?

    public enum State: String, Sendable, SQLColumn, CaseIterable {
        case open
        case kept
        case dropped
    }

    public init(row: inout Row) throws {
        id = try row.next()
        session = try row.next()
        step = try row.next(Int.self).asStep
        body = try row.next()
        owner = try PersonName(row: &row)
        dueOn = try row.next()
        state = try row.next()
        settledWords = try row.next()
        settledBy = try PersonName(optional: &row)
        settledAt = try row.next()
        author = try PersonName(row: &row)
        version = try row.next()
        createdAt = try row.next()
        removedAt = try row.next()
    }

    static let columns: SQL = """
        a.id, a.session, a.step, a.body, o.id, o.name, a.due_on, a.state, a.settled_words, b.id, b.name,
        a.settled_at, w.id, w.name, a.version, a.created_at, a.removed_at
        """
    static let tables: SQL = """
        action a join person o on o.id = a.owner join person w on w.id = a.author
            left join person b on b.id = a.settled_by
        """

    /// Every action of a session, removed ones too, in the order in which they were caught.
    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [Action] {
        try tx.all(
            Action.self,
            "select \(columns) from \(tables) where a.session = \(access.session.id) order by a.created_at, a.id"
        )
    }

    static func find(_ id: ID<Action>, of access: SessionAccess, in tx: any Transaction) throws -> Action {
        let found = try tx.first(
            Action.self,
            "select \(columns) from \(tables) where a.id = \(id) and a.session = \(access.session.id)")
        guard let found else { throw NotFound() }
        return found
    }

    /// `Joost, Fri 20 Nov`
    public var terms: String { "\(owner.first), \(dueOn.short)" }
}

extension Array<Action> {
    /// Those that stand, the next due first.
    public var standing: [Action] {
        filter { $0.removedAt == nil }.sorted {
            ($0.dueOn, $0.createdAt, $0.id) < ($1.dueOn, $1.createdAt, $1.id)
        }
    }
}

/// An action as it was typed.
public struct ActionDraft: Sendable, Equatable {
    public var id: ID<Action>
    public var body: String
    /// The id of one of the two.
    public var owner: String
    /// `2026-12-03`
    public var dueOn: String

    public init(id: ID<Action> = ID(), body: String, owner: String, dueOn: String) {
        self.id = id
        self.body = body
        self.owner = owner
        self.dueOn = dueOn
    }

    /// - Parameter present: the action that is being changed. Its day may stay even where it has passed.
    func checked(
        _ access: SessionAccess, today: Day, present: Action? = nil
    ) throws -> (body: String, owner: PersonName, dueOn: Day) {
        var typed = Typed()
        let body = typed.line(body, "body", missing: "Write down what will be done.", atMost: Limit.capture)
        let owner = typed.oneOfTheTwo(
            owner, "owner", "Choose who does it: \(access.me.first) or \(access.partner.first).", access)
        let day = typed.day(
            dueOn, "due", "Choose the day by which it is done, such as \(today.adding(days: 14).iso).")
        if let day, day != present?.dueOn {
            if day < today { typed.note("due", "\(day.full) has passed. Choose today or later.") }
            if day > today.adding(months: 60) {
                typed.note("due", "\(day.full) is years away. Choose a nearer day.")
            }
        }
        try typed.check()
        guard let owner, let day else { throw Invalid("body", "Say who does it by when.") }
        return (body, owner, day)
    }
}

extension Sessions {
    /// Adds an action, in the room or to a recap that waits. Sent twice, it is added once.
    /// - Throws: ``Invalid`` at `body`, `owner` or `due`.
    public func add(_ draft: ActionDraft, in id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requireActionsOpen()
            let checked = try draft.checked(access, today: Day(now, in: viewer.timeZone))
            let same: SQL = "\(access.isMine) and body = \(checked.body)"
            guard let new = try tx.newID(draft.id, in: "action", unless: same, at: now) else { return }
            try Self.insert(checked, as: new, access, at: now, in: tx)
            try renewRecap(access, at: now, in: tx)
        }
    }

    static func insert(
        _ new: (body: String, owner: PersonName, dueOn: Day), as id: ID<Action>, _ access: SessionAccess,
        at now: Date, in tx: any Transaction
    ) throws {
        let step = access.session.step ?? (access.session.state == .closing ? .confirm : .context)
        try tx.run(
            """
            insert into action (id, session, step, body, owner, due_on, author, created_at)
            values (\(id), \(access.session.id), \(step.rawValue), \(new.body), \(new.owner.id), \(new.dueOn),
                \(access.me.id), \(now))
            """)
        try tx.journal("caught", id, "action", by: access.me.id, at: now)
    }

    /// Changes an action's words, owner or day.
    /// - Throws: ``Invalid`` at `body`, `owner` or `due`, also where it was changed elsewhere meanwhile.
    public func change(
        _ action: ID<Action>, to draft: ActionDraft, basedOn version: Int, in id: ID<Session>,
        as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let present = try Action.find(action, of: access, in: tx)
            try access.requireActionsOpen()
            guard present.removedAt == nil else { throw Conflict("“\(present.body)” was removed meanwhile.") }
            let checked = try draft.checked(access, today: Day(now, in: viewer.timeZone), present: present)
            if (checked.body, checked.owner, checked.dueOn) == (present.body, present.owner, present.dueOn) {
                return
            }
            guard present.version == version else {
                throw Invalid(
                    "body",
                    "It was changed meanwhile: “\(present.body)”, \(present.terms). Save again to put yours in its place."
                )
            }
            try Self.write(checked, over: present, access, at: now, in: tx)
            try renewRecap(access, at: now, in: tx)
        }
    }

    static func write(
        _ new: (body: String, owner: PersonName, dueOn: Day), over present: Action, _ access: SessionAccess,
        at now: Date, in tx: any Transaction
    ) throws {
        try tx.run(
            """
            update action set body = \(new.body), owner = \(new.owner.id), due_on = \(new.dueOn),
                version = \(present.version + 1)
            where id = \(present.id)
            """)
        try tx.journal(
            "changed", present.id, "action", by: access.me.id, at: now,
            detail: ["before": present.body, "owner": present.owner.id.text, "due": present.dueOn.iso])
    }

    /// Takes an action out, or brings it back. Said twice, it happens once.
    public func setRemoved(
        _ isRemoved: Bool, _ action: ID<Action>, in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let present = try Action.find(action, of: access, in: tx)
            try access.requireActionsOpen()
            if (present.removedAt != nil) == isRemoved { return }
            try tx.run("update action set removed_at = \(isRemoved ? now : nil) where id = \(action)")
            try tx.journal(isRemoved ? "removed" : "returned", action, "action", by: viewer.id, at: now)
            try renewRecap(access, at: now, in: tx)
        }
    }
}

extension SessionAccess {
    func requireActionsOpen() throws {
        try require(
            .running, .closing,
            orSay: session.state == .confirmed
                ? "You both confirmed this, so its next steps stay as they are. Mark them kept or dropped instead."
                : "This session is \(session.state.words); next steps are written while it runs.")
    }
}
