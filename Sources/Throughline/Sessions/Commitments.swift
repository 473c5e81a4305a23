// Commitments: the next steps of confirmed sessions, until they are kept or dropped.
public import Foundation
public import Storage

extension Product {
    public var commitments: Commitments { Commitments(product: self) }
}

/// A next step of a confirmed session, as one of the two sees it.
public struct Commitment: Sendable, Equatable, RowReadable {
    public let action: Action
    public let sessionTitle: String
    public let sessionStartsAt: Date
    /// The other one of the two.
    public let partner: PersonName

    public init(row: inout Row) throws {
        action = try Action(row: &row)
        sessionTitle = try row.next()
        sessionStartsAt = try row.next()
        partner = try PersonName(row: &row)
    }

    /// Whether it is the viewer who does it, and not the partner.
    public var isMine: Bool { action.owner.id != partner.id }
}

/// Everything that the viewer owes, and that is owed to them.
public struct CommitmentLists: Sendable, Equatable {
    /// The next due first.
    public let mine: [Commitment]
    public let owedToMe: [Commitment]
    /// Kept or dropped, the latest first.
    public let settled: [Commitment]
}

/// How a commitment ended, as it was typed.
public struct SettlementDraft: Sendable, Equatable {
    /// `kept` or `dropped`.
    public var outcome: String
    public var words: String

    public init(outcome: String, words: String = "") {
        self.outcome = outcome
        self.words = words
    }
}

/// What people do with commitments.
public struct Commitments: Sendable {
    let product: Product

    /// How many settled ones are listed.
    public static let settledShown = 60

    /// What is open: mine and owed to me, the next due first. One query.
    public static func openCommitments(of viewer: Viewer, in tx: any Transaction) throws -> [Commitment] {
        try tx.all(
            Commitment.self,
            "\(selection(of: viewer)) and a.state = 'open' order by a.due_on, a.created_at, a.id")
    }

    public func lists(of viewer: Viewer) async throws -> CommitmentLists {
        try await product.database.read { tx in
            let open = try Self.openCommitments(of: viewer, in: tx)
            let settled = try tx.all(
                Commitment.self,
                """
                \(Self.selection(of: viewer)) and a.state <> 'open'
                order by a.settled_at desc, a.id limit \(Self.settledShown)
                """)
            return CommitmentLists(
                mine: open.filter(\.isMine), owedToMe: open.filter { !$0.isMine }, settled: settled)
        }
    }

    /// The steps of confirmed sessions that the viewer took part in, and what was decided while preparing the next. The
    /// partner's name is asked for last: most of somebody's sessions have no such step.
    private static func selection(of viewer: Viewer) -> SQL {
        let partner: SQL = "case when s.employee = \(viewer.id) then s.manager else s.employee end"
        return """
            select \(Action.columns), s.title, s.starts_at, \(partner),
                (select p.name from person p where p.id = \(partner))
            from \(Action.tables) join session s on s.id = a.session
            where (s.state = 'confirmed' or exists (select 1 from carried k where k.action = a.id))
                and a.removed_at is null and (s.employee = \(viewer.id) or s.manager = \(viewer.id))
            """
    }

    /// Marks a commitment as kept or dropped, by either of the two. Said twice, it happens once.
    /// - Throws: ``Invalid`` at `outcome` or `words`; ``Conflict`` where it was settled the other way.
    public func settle(
        _ id: ID<Action>, _ draft: SettlementDraft, as viewer: Viewer
    ) async throws -> Commitment {
        let now = product.now()
        return try await product.database.write { tx in
            let present = try Self.find(id, of: viewer, in: tx)
            try Self.settle(present, draft, by: viewer, at: now, in: tx)
            return present
        }
    }

    /// Marks several as kept, all or none. Those already kept stay as they are.
    public func keep(_ ids: [ID<Action>], as viewer: Viewer) async throws -> [Commitment] {
        let now = product.now()
        return try await product.database.write { tx in
            try ids.map { id in
                let present = try Self.find(id, of: viewer, in: tx)
                try Self.settle(present, SettlementDraft(outcome: "kept"), by: viewer, at: now, in: tx)
                return present
            }
        }
    }

    /// Opens a commitment again that was marked too early. Said twice, it happens once.
    public func reopen(_ id: ID<Action>, as viewer: Viewer) async throws -> Commitment {
        let now = product.now()
        return try await product.database.write { tx in try Self.reopen(id, by: viewer, at: now, in: tx) }
    }

    /// Opens several again, all or none.
    public func reopen(_ ids: [ID<Action>], as viewer: Viewer) async throws -> [Commitment] {
        let now = product.now()
        return try await product.database.write { tx in
            try ids.map { try Self.reopen($0, by: viewer, at: now, in: tx) }
        }
    }

    private static func reopen(
        _ id: ID<Action>, by viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws -> Commitment {
        let present = try find(id, of: viewer, in: tx)
        let changed = try tx.run(
            """
            update action set state = 'open', settled_words = '', settled_by = null, settled_at = null
            where id = \(id) and state <> 'open'
            """)
        if changed == 1 {
            try tx.journal(
                "reopened", id, "action", by: viewer.id, at: now,
                detail: ["before": present.action.state.rawValue, "words": present.action.settledWords])
        }
        return present
    }

    private static func find(_ id: ID<Action>, of viewer: Viewer, in tx: any Transaction) throws -> Commitment {
        let found = try tx.first(Commitment.self, "\(selection(of: viewer)) and a.id = \(id)")
        guard let found else { throw NotFound() }
        return found
    }

    private static func settle(
        _ present: Commitment, _ draft: SettlementDraft, by viewer: Viewer, at now: Date,
        in tx: any Transaction
    ) throws {
        var typed = Typed()
        let outcome = typed.choice(draft.outcome, "outcome", "Choose kept or dropped.", as: Action.State.self)
        if outcome == .open { typed.note("outcome", "Choose kept or dropped.") }
        let words = typed.line(
            draft.words, "words",
            missing: outcome == .dropped ? "Say in a word why it is dropped; you both read it." : nil,
            atMost: Limit.capture)
        try typed.check()
        guard let outcome, present.action.state != outcome else { return }
        let changed = try tx.run(
            """
            update action set state = \(outcome), settled_words = \(words), settled_by = \(viewer.id),
                settled_at = \(now)
            where id = \(present.action.id) and state = 'open'
            """)
        guard changed == 1 else {
            let who = present.action.settledBy.map { $0.id == viewer.id ? "You" : $0.first } ?? "Somebody"
            throw Conflict(
                "\(who) marked this as \(present.action.state.rawValue) already. Open it again first.")
        }
        try tx.journal(
            "settled", present.action.id, "action", by: viewer.id, at: now,
            detail: ["outcome": outcome.rawValue])
    }
}
