import Foundation
import Storage

/// Proof that a viewer takes part in a session. Whatever belongs to a session is reached through this value, never by
/// a bare id, so that a check can't be forgotten and ids of two sessions can't be mixed.
public struct SessionAccess: Sendable, Equatable {
    public let session: Session
    public let me: PersonName
    public let partner: PersonName
    public let part: Part

    /// Which of the two the viewer is.
    public enum Part: Sendable, Equatable {
        case employee
        case manager
        /// Neither: somebody to whom the employee opened the record of this session. Never given out by ``load``, so
        /// that nothing but the record can be reached with it.
        case reader(HistoryGrant.Scope)
    }

    /// The session as the viewer's own.
    /// - Throws: ``NotFound`` when there is no such session, or the viewer is neither of its two people. Administrators
    ///   are no exception.
    static func load(_ id: ID<Session>, for viewer: Viewer, in tx: any Transaction) throws -> SessionAccess {
        let found = try tx.first(
            Session.self, "select \(Session.columns) from \(Session.tables) where s.id = \(id)")
        guard let session = found else { throw NotFound() }
        return try SessionAccess(session, for: viewer.id)
    }

    init(_ session: Session, for viewer: ID<Person>) throws {
        self.session = session
        switch viewer {
        case session.employee.id:
            (me, partner, part) = (session.employee, session.manager, .employee)
        case session.manager.id:
            (me, partner, part) = (session.manager, session.employee, .manager)
        default:
            throw NotFound()
        }
    }

    /// The record of a session as somebody may read it to whom its employee opened it: what the two shared, and nothing
    /// of anybody's own.
    /// - Throws: ``NotFound`` when nobody opened it to the viewer, or no longer does.
    static func loadRecord(_ id: ID<Session>, for viewer: Viewer, in tx: any Transaction) throws -> SessionAccess {
        let found = try tx.first(
            OpenedSession.self,
            """
            select \(Session.columns), h.scope from \(Session.tables)
            join history_grant h on h.employee = s.employee and h.manager = s.manager
            where s.id = \(id) and h.reader = \(viewer.id) and \(HistoryGrant.opens)
            """)
        guard let found else { throw NotFound() }
        return SessionAccess(
            session: found.session, me: PersonName(id: viewer.id, name: viewer.name), partner: found.session.employee,
            part: .reader(found.scope))
    }

    private init(session: Session, me: PersonName, partner: PersonName, part: Part) {
        self.session = session
        self.me = me
        self.partner = partner
        self.part = part
    }

    /// The condition under which a row of the session's is the viewer's own.
    var isMine: SQL { "session = \(session.id) and author = \(me.id)" }

    /// Refuses what only fits another state, in words that say how it stands now.
    func require(_ states: Session.State..., orSay words: String) throws {
        guard states.contains(session.state) else { throw Conflict(words) }
    }

    /// Moves the session from its present state to `state`, exactly once: of two who try at the same time, one wins
    /// and the other learns how it stands.
    /// - Parameter setting: further columns to set, such as `"turn = null"`.
    func move(to state: Session.State, setting more: SQL..., at now: Date, in tx: any Transaction) throws {
        precondition(
            Session.transitions[session.state]?.contains(state) == true,
            "no way from \(session.state) to \(state)")
        let assignments = SQL(
            joining: ["state = \(state)", "changed_at = \(now)"] + more, separator: ", ")
        let changed = try tx.run(
            "update session set \(assignments) where id = \(session.id) and state = \(session.state)")
        guard changed == 1 else { throw Conflict("Somebody was faster. Here is how the session stands now.") }
        try tx.journal(
            "moved", session.id, "session", by: me.id, at: now,
            detail: ["from": session.state.rawValue, "to": state.rawValue])
    }
}

private struct OpenedSession: RowReadable {
    let session: Session
    let scope: HistoryGrant.Scope

    init(row: inout Row) throws {
        session = try Session(row: &row)
        scope = try row.next()
    }
}
