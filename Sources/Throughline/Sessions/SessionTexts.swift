public import Foundation
public import Storage

/// A text of a session, with the version that a later save is based on.
public struct SessionText: Sendable, Equatable, RowReadable {
    public let field: SessionField
    public let isShared: Bool
    /// 0 while nothing has been written.
    public let version: Int
    public let body: String
    public let changedAt: Date?

    public init(row: inout Row) throws {
        field = try row.next()
        isShared = try row.next(String.self).isEmpty
        version = try row.next()
        body = try row.next()
        changedAt = try row.next()
    }

    init(empty field: SessionField, isShared: Bool) {
        self.field = field
        self.isShared = isShared
        version = 0
        body = ""
        changedAt = nil
    }
}

/// The texts that a session holds. Whether one is private follows from the field alone.
public enum SessionField: String, Sendable, SQLColumn, CaseIterable {
    /// What should be true when it ends (practice 2). A draft until it is shared.
    case desired
    /// How both will know (practice 2). A draft until it is shared.
    case measure
    case notes1 = "notes-1"
    case notes2 = "notes-2"
    case notes3 = "notes-3"
    case notes4 = "notes-4"
    case notes5 = "notes-5"
    /// Private notes while preparing and in the room: their author's alone, always.
    case privateNotes = "private"

    public var isPrivate: Bool { self == .privateNotes }
    public var isDraftedFirst: Bool { self == .desired || self == .measure }

    public static func notes(on step: Session.Step) -> SessionField {
        switch step {
        case .context: .notes1
        case .alignment: .notes2
        case .feedback: .notes3
        case .future: .notes4
        case .confirm: .notes5
        }
    }
}

/// How a save of a text ended.
public enum SaveOutcome: Sendable, Equatable {
    /// It is kept as sent.
    case saved(version: Int)
    /// Somebody else had changed other lines; both changes are kept.
    case merged(version: Int, body: String)
    /// Somebody else had changed the same lines. Nothing was written: both texts are here, to choose from.
    case collided(theirs: String, by: PersonName, at: Date, version: Int)
}

extension Sessions {
    /// The viewer's texts of one session: those that both read, and those that are theirs alone.
    static func texts(of access: SessionAccess, in tx: any Transaction) throws -> [SessionText] {
        try tx.all(
            SessionText.self,
            """
            select field, author, version, body, changed_at from session_text
            where session = \(access.session.id) and (author = '' or author = \(access.me.id))
            """)
    }

    /// Saves a text that was typed on top of `version`. A stale save is merged line by line with what came between.
    /// - Parameter asDraft: for a field that is drafted first, that it was typed as a draft: it stays its author's even
    ///   when the partner has shared theirs meanwhile.
    public func save(
        _ body: String, to field: SessionField, asDraft: Bool = false, basedOn version: Int, in id: ID<Session>,
        as viewer: Viewer
    ) async throws -> SaveOutcome {
        var typed = Typed()
        let body = typed.text(body, "body", missing: nil)
        try typed.check()
        return try await write(id, as: viewer) { access, tx, now in
            try access.requireWritable(field)
            let isMine =
                try field.isPrivate || (field.isDraftedFirst && (asDraft || !Self.isShared(field, access, tx)))
            return try Self.save(
                body, to: field, author: isMine ? access.me.id.text : "", basedOn: version, access, at: now, in: tx)
        }
    }

    /// Whether a field that is drafted first has been shared by either person.
    static func isShared(_ field: SessionField, _ access: SessionAccess, _ tx: any Transaction) throws -> Bool {
        try tx.value(
            Int.self,
            """
            select 1 from session_text where session = \(access.session.id) and field = \(field) and author = ''
            """) != nil
    }

    static func save(
        _ body: String, to field: SessionField, author: String, basedOn version: Int,
        _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws -> SaveOutcome {
        let session = access.session.id
        guard let present = try StoredText.find(session, field, author, in: tx) else {
            guard !body.isEmpty else { return .saved(version: 0) }
            try tx.run(
                """
                insert into session_text (session, field, author, version, body, changed_by, changed_at)
                values (\(session), \(field), \(author), 1, \(body), \(access.me.id), \(now))
                """)
            try keep(1, body, field, author, access, at: now, in: tx)
            return .saved(version: 1)
        }
        if present.body == body { return .saved(version: present.version) }

        // A draft that was emptied by sharing it is begun again: there is nothing that could be lost.
        let isBegunAgain = !author.isEmpty && present.body.isEmpty
        var merged = body
        if present.version != version, !isBegunAgain {
            let base = try StoredText.body(session, field, author, version: version, in: tx) ?? ""
            guard let both = Merge.lines(base: base, mine: body, theirs: present.body) else {
                return .collided(
                    theirs: present.body, by: present.changedBy, at: present.changedAt, version: present.version)
            }
            merged = both
        }
        let next = present.version + 1
        try tx.run(
            """
            update session_text set version = \(next), body = \(merged), changed_by = \(access.me.id),
                changed_at = \(now)
            where session = \(session) and field = \(field) and author = \(author)
            """)
        try keep(next, merged, field, author, access, at: now, in: tx)
        return merged == body ? .saved(version: next) : .merged(version: next, body: merged)
    }

    private static func keep(
        _ version: Int, _ body: String, _ field: SessionField, _ author: String,
        _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws {
        try tx.run(
            """
            insert into session_text_version (session, field, author, version, body, changed_by, changed_at)
            values (\(access.session.id), \(field), \(author), \(version), \(body), \(access.me.id), \(now))
            """)
        // That a private note was written is nobody's business either.
        guard author.isEmpty else { return }
        try tx.journal(
            "wrote", access.session.id, "session", by: access.me.id, at: now,
            detail: ["field": field.rawValue, "version": String(version)])
    }
}

extension SessionAccess {
    /// Refuses a write to a text that the session's state no longer allows. Private notes stay open for good.
    func requireWritable(_ field: SessionField) throws {
        if field.isPrivate { return }
        if field.isDraftedFirst {
            return try require(
                .asked, .agreed, .running, orSay: "This session has ended; its aims can't be changed any more.")
        }
        try require(.running, .closing, orSay: "Notes can be written while the session runs and until it is confirmed.")
    }
}

private struct StoredText: RowReadable {
    let version: Int
    let body: String
    let changedBy: PersonName
    let changedAt: Date

    init(row: inout Row) throws {
        version = try row.next()
        body = try row.next()
        changedBy = try PersonName(row: &row)
        changedAt = try row.next()
    }

    static func find(
        _ session: ID<Session>, _ field: SessionField, _ author: String, in tx: any Transaction
    ) throws -> StoredText? {
        try tx.first(
            StoredText.self,
            """
            select t.version, t.body, p.id, p.name, t.changed_at
            from session_text t join person p on p.id = t.changed_by
            where t.session = \(session) and t.field = \(field) and t.author = \(author)
            """)
    }

    static func body(
        _ session: ID<Session>, _ field: SessionField, _ author: String, version: Int, in tx: any Transaction
    ) throws -> String? {
        try tx.value(
            String.self,
            """
            select body from session_text_version
            where session = \(session) and field = \(field) and author = \(author) and version = \(version)
            """)
    }
}
