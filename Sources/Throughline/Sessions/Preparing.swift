// What was prepared for a session that doesn't happen goes along to the one that does.
import Foundation
import Storage

enum Preparing {
    /// Moves the agenda, the evidence and the texts of one session to another: what is shared, and what each of the two
    /// has for themselves. Whose it is and who reads it stays as it was. Texts that the other session has already stand
    /// first, and nothing is lost of either.
    /// - Precondition: both are of the same two people.
    static func moveAlong(from old: ID<Session>, to new: ID<Session>, at now: Date, in tx: any Transaction) throws {
        let last =
            try tx.value(Double?.self, "select max(position) from agenda_item where session = \(new)") ?? nil
        try tx.run(
            """
            update agenda_item set session = \(new), position = position + \(last ?? 0), changed_at = \(now)
            where session = \(old) and outcome <> 'covered'
            """)
        try tx.run("update evidence set session = \(new), changed_at = \(now) where session = \(old)")
        // What came along: a decision goes before what is still open.
        try tx.run(
            """
            delete from carried where session = \(new) and answer is null
                and root in (select o.root from carried o where o.session = \(old))
            """)
        try tx.run(
            """
            update carried set session = \(new) where session = \(old)
                and root not in (select o.root from carried o where o.session = \(new))
            """)
        try tx.run(
            """
            update goal_rank set session = \(new) where session = \(old) and not exists (select 1 from goal_rank n
                where n.session = \(new) and n.person = goal_rank.person and n.objective = goal_rank.objective)
            """)
        for text in try MovingText.all(of: old, in: tx) { try text.move(from: old, to: new, at: now, in: tx) }
        try tx.journal("moved-along", new, "session", by: nil, at: now, detail: ["from": old.text])
    }
}

/// A text of either person's, on its way to another session.
private struct MovingText: RowReadable {
    let field: SessionField
    let author: String
    let version: Int
    let body: String
    let changedBy: ID<Person>

    init(row: inout Row) throws {
        field = try row.next()
        author = try row.next()
        version = try row.next()
        body = try row.next()
        changedBy = try row.next()
    }

    static func all(of session: ID<Session>, in tx: any Transaction) throws -> [MovingText] {
        try tx.all(
            MovingText.self,
            """
            select field, author, version, body, changed_by from session_text where session = \(session) and body <> ''
            order by field, author
            """)
    }

    func move(from old: ID<Session>, to new: ID<Session>, at now: Date, in tx: any Transaction) throws {
        let present = try tx.first(
            PresentText.self,
            """
            select version, body from session_text
            where session = \(new) and field = \(field) and author = \(author)
            """)
        let next = (present?.version ?? 0) + 1
        let joined = Sessions.joined(present?.body ?? "", body)
        if present == nil {
            try tx.run(
                """
                insert into session_text (session, field, author, version, body, changed_by, changed_at)
                values (\(new), \(field), \(author), \(next), \(joined), \(changedBy), \(now))
                """)
        } else {
            try tx.run(
                """
                update session_text set version = \(next), body = \(joined), changed_by = \(changedBy),
                    changed_at = \(now)
                where session = \(new) and field = \(field) and author = \(author)
                """)
        }
        try tx.run(
            """
            insert into session_text_version (session, field, author, version, body, changed_by, changed_at)
            values (\(new), \(field), \(author), \(next), \(joined), \(changedBy), \(now))
            """)
        try empty(old, at: now, in: tx)
    }

    /// What has gone along stands in one place only; its earlier versions stay where they were written.
    private func empty(_ old: ID<Session>, at now: Date, in tx: any Transaction) throws {
        try tx.run(
            """
            insert into session_text_version (session, field, author, version, body, changed_by, changed_at)
            values (\(old), \(field), \(author), \(version + 1), '', \(changedBy), \(now))
            """)
        try tx.run(
            """
            update session_text set version = \(version + 1), body = '', changed_at = \(now)
            where session = \(old) and field = \(field) and author = \(author)
            """)
    }

    private struct PresentText: RowReadable {
        let version: Int
        let body: String

        init(row: inout Row) throws {
            version = try row.next()
            body = try row.next()
        }
    }
}
