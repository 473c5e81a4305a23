package import Foundation
package import Storage

extension Product {
    public var signIns: SignIns { SignIns(product: self) }
}

/// Browsers that are signed in.
public struct SignIns: Sendable {
    let product: Product

    /// How long a sign-in lasts after it was last used.
    static let lifetimeInDays = 30

    /// Who holds this cookie, or nil if it is unknown, ended, expired or of somebody deactivated.
    ///
    /// Called on every request, so it is one query; `last_seen_at` is written at most once an hour.
    public func viewer(holding token: String) async throws -> Viewer? {
        let now = product.now()
        let hash = Secrets.hash(ofToken: token)
        guard let found = try await product.database.read({ tx in try SignInRow.find(hash, now: now, in: tx) })
        else { return nil }
        if now.timeIntervalSince(found.lastSeenAt) > 3600 {
            try await product.database.write { tx in
                try tx.run(
                    """
                    update sign_in set last_seen_at = \(now), expires_at = \(now.adding(days: Self.lifetimeInDays))
                    where id = \(found.id)
                    """)
            }
        }
        return found.viewer
    }

    /// Signs a person in, inside a transaction that has already proven that it is them.
    /// - Returns: the token for the cookie. It is kept nowhere else.
    package static func begin(for person: ID<Person>, device: String, at now: Date, in tx: any Transaction) throws -> String {
        let token = Secrets.newToken()
        let id = ID<SignIn>(now: now)
        try tx.run(
            """
            insert into sign_in (id, person, token_hash, device, created_at, last_seen_at, expires_at)
            values (\(id), \(person), \(Secrets.hash(ofToken: token)), \(device), \(now), \(now),
                \(now.adding(days: lifetimeInDays)))
            """)
        try tx.journal("signed-in", id, "sign-in", by: person, at: now)
        return token
    }
}

/// A sign-in with the person it belongs to.
private struct SignInRow: RowReadable, Sendable {
    let id: ID<SignIn>
    let lastSeenAt: Date
    let viewer: Viewer

    init(row: inout Row) throws {
        id = try row.next()
        lastSeenAt = try row.next()
        viewer = Viewer(
            id: try row.next(), name: try row.next(), role: try row.next(),
            timeZone: TimeZones.stored(try row.next()),
            company: try row.next(String?.self) ?? "Throughline", signIn: id)
    }

    static func find(_ hash: String, now: Date, in tx: any Transaction) throws -> SignInRow? {
        try tx.first(
            SignInRow.self,
            """
            select s.id, s.last_seen_at, p.id, p.name, p.role, p.time_zone, (select name from company)
            from sign_in s join person p on p.id = s.person
            where s.token_hash = \(hash) and s.expires_at > \(now) and p.state = 'active'
            """)
    }
}
