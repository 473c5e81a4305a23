// What an employee opens to a new manager of the sessions that they had with another: nothing, the recaps, or all that
// the two shared. Private notes are nobody's but their author's, whatever is opened.
public import Foundation
public import Storage

/// Somebody may read the record of sessions that were not theirs.
public struct HistoryGrant: Sendable, Equatable, RowReadable {
    public let id: ID<HistoryGrant>
    /// Whom the sessions were with.
    public let manager: PersonName
    public let reader: PersonName
    public let scope: Scope
    public let grantedAt: Date

    public enum Scope: String, Sendable, SQLColumn, CaseIterable {
        /// What both confirmed, the next steps, and what was added later.
        case recaps
        /// The recaps, and what the two had shared to prepare, noted, judged and said to each other.
        case whole
    }

    /// Which sessions a grant `h` opens: those `s` that both had confirmed, and that were before it.
    static let opens: SQL = "h.revoked_at is null and s.state = 'confirmed' and s.starts_at < h.granted_at"

    public init(row: inout Row) throws {
        id = try row.next()
        manager = try PersonName(row: &row)
        reader = try PersonName(row: &row)
        scope = try row.next()
        grantedAt = try row.next()
    }

    /// What an employee opens of their sessions with `manager` to `reader`; nil for nothing.
    static func find(
        of employee: ID<Person>, with manager: ID<Person>, to reader: ID<Person>, in tx: any Transaction
    ) throws -> HistoryGrant? {
        try tx.first(
            HistoryGrant.self,
            """
            select h.id, m.id, m.name, d.id, d.name, h.scope, h.granted_at
            from history_grant h join person m on m.id = h.manager join person d on d.id = h.reader
            where h.employee = \(employee) and h.manager = \(manager) and h.reader = \(reader)
                and h.revoked_at is null
            """)
    }

    /// Opens so much, in place of whatever was opened before.
    /// - Returns: whether more can be read now than before.
    @discardableResult
    static func set(
        _ scope: Scope?, of employee: ID<Person>, with manager: ID<Person>, to reader: ID<Person>, at now: Date,
        in tx: any Transaction
    ) throws -> Bool {
        let present = try find(of: employee, with: manager, to: reader, in: tx)
        guard present?.scope != scope else { return false }
        if let present {
            try tx.run("update history_grant set revoked_at = \(now) where id = \(present.id)")
            try tx.journal("closed-history", present.id, "history-grant", by: employee, at: now)
        }
        guard let scope else { return false }
        let id = ID<HistoryGrant>(now: now)
        // What was opened once stays as far back as it was: what came later is never opened by the way.
        let grantedAt = present?.grantedAt ?? now
        try tx.run(
            """
            insert into history_grant (id, employee, manager, reader, scope, granted_at)
            values (\(id), \(employee), \(manager), \(reader), \(scope), \(grantedAt))
            """)
        try tx.journal(
            "opened-history", id, "history-grant", by: employee, at: now, detail: ["scope": scope.rawValue])
        return present == nil || scope == .whole
    }
}

/// Somebody whom the employee met before, in a series that this one goes on from.
public struct EarlierPartner: Sendable, Equatable {
    public let person: PersonName
    /// What the partner of this series may read of those sessions; nil for nothing.
    public let opened: HistoryGrant?
    /// Those sessions, newest first, for the one to whom they are opened.
    public let sessions: [OpenedLine]

    /// All of a series, the one before first.
    static func all(of access: SeriesAccess, in tx: any Transaction) throws -> [EarlierPartner] {
        try access.partnersBefore(in: tx).map { person in
            let opened = try HistoryGrant.find(
                of: access.series.employee.id, with: person.id, to: access.series.manager.id, in: tx)
            return EarlierPartner(
                person: person, opened: opened,
                sessions: try opened.flatMap { access.isEmployee ? nil : try OpenedLine.all(of: $0, in: tx) } ?? [])
        }
    }
}

/// A session of before, as somebody sees it listed to whom it was opened.
public struct OpenedLine: Sendable, Equatable, RowReadable {
    public let id: ID<Session>
    public let title: String
    public let startsAt: Date

    public init(row: inout Row) throws {
        id = try row.next()
        title = try row.next()
        startsAt = try row.next()
    }

    static func all(of grant: HistoryGrant, in tx: any Transaction) throws -> [OpenedLine] {
        try tx.all(
            OpenedLine.self,
            """
            select s.id, s.title, s.starts_at from session s
            join history_grant h on h.employee = s.employee and h.manager = s.manager
            where h.id = \(grant.id) and \(HistoryGrant.opens)
            order by s.starts_at desc, s.id desc limit 100
            """)
    }
}

/// The record of a session, as somebody reads it to whom it was opened.
public struct OpenedRecord: Sendable {
    public let session: Session
    public let scope: HistoryGrant.Scope
    public let words: RecapWords
    public let actions: [Action]
    public let amendments: [Amendment]
    /// Only of the whole record.
    public let whole: Whole?

    /// What the two had shared besides the recap.
    public struct Whole: Sendable {
        public let aims: [SessionText]
        public let agenda: [AgendaItem]
        public let evidence: [Evidence]
        public let notes: [SessionText]
        public let verdicts: [VerdictSubject]
        public let feedback: [Capture]
    }
}

extension Sessions {
    /// The record of a session that the viewer did not take part in, as far as its employee opened it to them.
    /// - Throws: ``NotFound``.
    public func record(_ id: ID<Session>, as viewer: Viewer) async throws -> OpenedRecord {
        try await product.database.read { tx in
            let access = try SessionAccess.loadRecord(id, for: viewer, in: tx)
            guard case .reader(let scope) = access.part, let recap = try Recap.find(access, in: tx) else {
                throw NotFound()
            }
            return OpenedRecord(
                session: access.session, scope: scope, words: recap.words,
                actions: try Action.all(of: access, in: tx).standing,
                amendments: try Amendment.all(of: access, in: tx),
                whole: scope == .whole ? try OpenedRecord.Whole(access, in: tx) : nil)
        }
    }
}

extension OpenedRecord.Whole {
    /// Every query here gives the viewer what is shared and what is their own; a reader has nothing of their own.
    fileprivate init(_ access: SessionAccess, in tx: any Transaction) throws {
        let texts = try Sessions.texts(of: access, in: tx).filter { $0.isShared && !$0.body.isEmpty }
        aims = texts.filter(\.field.isDraftedFirst)
        notes = Session.Step.allCases.compactMap { step in texts.first { $0.field == .notes(on: step) } }
        agenda = try AgendaItem.all(of: access, in: tx).filter { $0.isShared && $0.removedAt == nil }
        evidence = try Evidence.all(of: access, in: tx).filter { $0.isShared && $0.removedAt == nil }
        verdicts = try VerdictSubject.judged(in: access, tx)
        feedback = try Capture.all(of: access, in: tx).filter { $0.kind == .feedback && $0.removedAt == nil }
    }
}
