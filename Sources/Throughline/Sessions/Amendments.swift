// Amendments: what is added to a record after both have confirmed it. Nothing is ever written over.
public import Foundation
public import Storage

/// Something added below a frozen recap, with the reason.
public struct Amendment: Sendable, Equatable, RowReadable {
    public let id: ID<Amendment>
    public let author: PersonName
    public let reason: String
    public let body: String
    public let createdAt: Date

    public init(row: inout Row) throws {
        id = try row.next()
        author = try PersonName(row: &row)
        reason = try row.next()
        body = try row.next()
        createdAt = try row.next()
    }

    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [Amendment] {
        try tx.all(
            Amendment.self,
            """
            select a.id, p.id, p.name, a.reason, a.body, a.created_at
            from amendment a join person p on p.id = a.author
            where a.session = \(access.session.id) order by a.created_at, a.id
            """)
    }
}

extension Sessions {
    /// Adds something to a confirmed record, and mails it to the partner. Sent twice, it is added once.
    /// - Throws: ``Invalid`` at `body` or `reason`; ``Conflict`` while the recap can still be edited.
    public func amend(
        _ id: ID<Session>, body: String, reason: String, amendment: ID<Amendment>, as viewer: Viewer
    ) async throws {
        let address = product.address
        try await write(id, as: viewer) { access, tx, now in
            try access.require(
                .confirmed, orSay: "This session is \(access.session.state.words); change the recap itself.")
            var typed = Typed()
            let body = typed.text(
                body, "body", missing: "Write what the record should say as well.", atMost: 5_000)
            let reason = typed.line(
                reason, "reason", missing: "Say why, so that it makes sense a year from now.",
                atMost: Limit.capture)
            try typed.check()
            let same: SQL = "\(access.isMine) and body = \(body) and reason = \(reason)"
            guard let new = try tx.newID(amendment, in: "amendment", unless: same, at: now) else { return }
            try tx.run(
                """
                insert into amendment (id, session, author, reason, body, created_at)
                values (\(new), \(id), \(viewer.id), \(reason), \(body), \(now))
                """)
            try tx.journal("amended", new, "amendment", by: viewer.id, at: now)
            let zone = try PersonZone.find([access.partner.id], in: tx)[access.partner.id] ?? .gmt
            let letter = access.amendmentLetter(body: body, reason: reason, zone: zone, address: address)
            try Outbox.queue(
                letter, kind: "recap", occasion: "amendment/\(new)/\(access.partner.id)",
                to: access.partner.id,
                replyTo: viewer.id, at: now, in: tx)
        }
    }
}
