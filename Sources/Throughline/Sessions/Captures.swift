// What is caught while it is fresh: takeaways, decisions, feedback and what is parked. Actions have a file of their own.
public import Foundation
public import Storage

/// One thing that was caught in a session.
public struct Capture: Sendable, Equatable, RowReadable {
    public let id: ID<Capture>
    public let kind: Kind
    public let step: Session.Step
    public let body: String
    /// Of feedback: who gave it, and who received it.
    public let giver: PersonName?
    public let receiver: PersonName?
    public let author: PersonName
    public let version: Int
    public let createdAt: Date
    public let removedAt: Date?

    public enum Kind: String, Sendable, SQLColumn, CaseIterable {
        case takeaway
        case decision
        case feedback
        case parked
    }

    public init(row: inout Row) throws {
        id = try row.next()
        kind = try row.next()
        step = try row.next(Int.self).asStep
        body = try row.next()
        giver = try PersonName(optional: &row)
        receiver = try PersonName(optional: &row)
        author = try PersonName(row: &row)
        version = try row.next()
        createdAt = try row.next()
        removedAt = try row.next()
    }

    /// Everything caught in a session, removed things too, in the order in which it was said.
    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [Capture] {
        try tx.all(
            Capture.self, "\(selection) where c.session = \(access.session.id) order by c.created_at, c.id")
    }

    static func find(_ id: ID<Capture>, of access: SessionAccess, in tx: any Transaction) throws -> Capture {
        let found = try tx.first(
            Capture.self, "\(selection) where c.id = \(id) and c.session = \(access.session.id)")
        guard let found else { throw NotFound() }
        return found
    }

    private static let selection: SQL = """
        select c.id, c.kind, c.step, c.body, g.id, g.name, r.id, r.name, a.id, a.name, c.version, c.created_at,
            c.removed_at
        from capture c join person a on a.id = c.author
            left join person g on g.id = c.giver left join person r on r.id = c.receiver
        """
}

extension PersonName {
    /// Reads the two columns, both null where there is nobody.
    init?(optional row: inout Row) throws {
        let id: ID<Person>? = try row.next()
        let name: String? = try row.next()
        guard let id, let name else { return nil }
        self.init(id: id, name: name)
    }
}

extension Int {
    /// A stored step.
    var asStep: Session.Step {
        get throws {
            guard let step = Session.Step(rawValue: self) else { throw RowError("there is no step \(self)") }
            return step
        }
    }
}

/// Something to catch, as it was typed.
public struct CaptureDraft: Sendable, Equatable {
    /// Made by the page, so that a form that is sent twice is kept once.
    public var id: ID<Capture>
    /// `action`, or one of ``Capture/Kind``.
    public var kind: String
    public var body: String
    /// Of feedback: the id of the one of the two who gave it.
    public var giver: String
    /// Of an action: the id of the one of the two who does it.
    public var owner: String
    /// Of an action: `2026-12-03`.
    public var dueOn: String

    public init(
        id: ID<Capture> = ID(), kind: String, body: String, giver: String = "", owner: String = "",
        dueOn: String = ""
    ) {
        self.id = id
        self.kind = kind
        self.body = body
        self.giver = giver
        self.owner = owner
        self.dueOn = dueOn
    }
}

extension Limit {
    /// One thing that was caught in a session: a takeaway, a decision, an action.
    public static let capture = 500
}

extension Sessions {
    /// Catches something in the step that the session is in. Sent twice, it is kept once.
    /// - Throws: ``Invalid`` at `kind`, `body`, `giver`, `owner` or `due`.
    public func capture(_ draft: CaptureDraft, in id: ID<Session>, as viewer: Viewer) async throws {
        if draft.kind == "action" {
            let action = ActionDraft(
                id: ID(draft.id.text) ?? ID(), body: draft.body, owner: draft.owner, dueOn: draft.dueOn)
            return try await add(action, in: id, as: viewer)
        }
        try await write(id, as: viewer) { access, tx, now in
            try access.requireRunning()
            var typed = Typed()
            let kind = typed.choice(
                draft.kind, "kind", "Choose what it is: an action, a decision, feedback …",
                as: Capture.Kind.self)
            let body = typed.line(
                draft.body, "body", missing: "Write down what was said.", atMost: Limit.capture)
            let giver =
                kind == .feedback
                ? typed.oneOfTheTwo(draft.giver, "giver", "Choose who said it.", access) : nil
            try typed.check()
            guard let kind else { return }
            let same: SQL = "\(access.isMine) and body = \(body)"
            guard let new = try tx.newID(draft.id, in: "capture", unless: same, at: now) else { return }
            let step = access.session.step ?? .context
            try tx.run(
                """
                insert into capture (id, session, kind, step, body, giver, receiver, author, created_at)
                values (\(new), \(id), \(kind), \(step.rawValue), \(body), \(giver?.id),
                    \(giver.map { access.other(than: $0).id }), \(viewer.id), \(now))
                """)
            try tx.journal("caught", new, "capture", by: viewer.id, at: now, detail: ["kind": kind.rawValue])
        }
    }

    /// Rewords something that was caught.
    /// - Throws: ``Invalid`` at `body`, also where it was reworded elsewhere meanwhile.
    public func reword(
        _ capture: ID<Capture>, to words: String, basedOn version: Int, in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let present = try Capture.find(capture, of: access, in: tx)
            try access.requireRunning()
            guard present.removedAt == nil else { throw Conflict("“\(present.body)” was removed meanwhile.") }
            var typed = Typed()
            let body = typed.line(
                words, "body", missing: "Write down what was said, or remove it.", atMost: Limit.capture)
            try typed.check()
            if body == present.body { return }
            guard present.version == version else {
                throw Invalid(
                    "body",
                    "It was reworded meanwhile: “\(present.body)”. Save again to put yours in its place.")
            }
            try tx.run(
                "update capture set body = \(body), version = \(version + 1) where id = \(capture)")
            try tx.journal(
                "reworded", capture, "capture", by: viewer.id, at: now, detail: ["before": present.body])
        }
    }

    /// Takes something out that was caught, or brings it back. Said twice, it happens once.
    public func setRemoved(
        _ isRemoved: Bool, _ capture: ID<Capture>, in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let present = try Capture.find(capture, of: access, in: tx)
            try access.requireRunning()
            if (present.removedAt != nil) == isRemoved { return }
            try tx.run("update capture set removed_at = \(isRemoved ? now : nil) where id = \(capture)")
            try tx.journal(isRemoved ? "removed" : "returned", capture, "capture", by: viewer.id, at: now)
        }
    }
}

extension SessionAccess {
    /// The other one of the two.
    func other(than person: PersonName) -> PersonName {
        person.id == session.employee.id ? session.manager : session.employee
    }
}

extension Typed {
    /// One of the two people of a session, by id.
    mutating func oneOfTheTwo(
        _ value: String, _ field: String, _ words: String, _ access: SessionAccess
    ) -> PersonName? {
        if let person = access.session.people.first(where: { $0.id.text == value }) { return person }
        note(field, words)
        return nil
    }
}
