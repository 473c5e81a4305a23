public import Foundation
public import Storage

/// A secret link: whoever opens it may do one thing.
public struct SecretLink: Sendable, Equatable, RowReadable {
    public let id: ID<SecretLink>
    public let kind: Kind
    public let person: ID<Person>?
    public let expiresAt: Date
    public let isReusable: Bool
    let usedAt: Date?

    public enum Kind: String, Sendable, SQLColumn {
        /// Names the company and makes the first admin.
        case setUp = "set-up"
        case invitation
        case passwordReset = "password-reset"
        case signIn = "sign-in"

        /// Where such links lead, below the product's address.
        public var folder: String {
            switch self {
            case .setUp: "set-up"
            case .invitation: "invitations"
            case .passwordReset: "password-reset"
            case .signIn: "sign-in"
            }
        }

        /// How long one lasts.
        var minutes: Int {
            switch self {
            case .setUp, .invitation: 7 * 24 * 60
            case .passwordReset: 60
            case .signIn: 24 * 60
            }
        }
    }

    public init(row: inout Row) throws {
        id = try row.next()
        kind = try row.next()
        person = try row.next()
        expiresAt = try row.next()
        isReusable = try row.next()
        usedAt = try row.next()
    }
}

/// Why a secret link opens nothing.
public enum LinkFault: String, Error {
    case unknown
    case used
    case expired
}

extension Product {
    /// The whole address of a secret link.
    func address(of kind: SecretLink.Kind, _ token: String) -> String {
        "\(address)/\(kind.folder)/\(token)"
    }
}

extension SecretLink {
    /// Makes a link. Its token is returned and kept nowhere else but in the mail that carries it.
    static func issue(
        _ kind: Kind, for person: ID<Person>?, isReusable: Bool = false, by issuer: ID<Person>?, at now: Date,
        in tx: any Transaction
    ) throws -> (id: ID<SecretLink>, token: String, expiresAt: Date) {
        let token = Secrets.newToken()
        let id = ID<SecretLink>(now: now)
        // The demo's links are meant to be used again and again, for a month.
        let expiresAt = isReusable ? now.adding(days: 30) : now.adding(minutes: kind.minutes)
        try tx.run(
            """
            insert into link (id, kind, person, token_hash, created_at, expires_at, is_reusable)
            values (\(id), \(kind), \(person), \(Secrets.hash(ofToken: token)), \(now), \(expiresAt), \(isReusable))
            """)
        try tx.journal(
            "made-link", id, "link", by: issuer, at: now,
            detail: ["kind": kind.rawValue, "person": person?.text ?? ""])
        return (id, token, expiresAt)
    }

    /// The link with that token, if it can still be used.
    /// - Throws: ``LinkFault``.
    static func find(_ kind: Kind, _ token: String, at now: Date, in tx: any Transaction) throws -> SecretLink {
        let found = try tx.first(
            SecretLink.self,
            """
            select id, kind, person, expires_at, is_reusable, used_at from link
            where token_hash = \(Secrets.hash(ofToken: token)) and kind = \(kind)
            """)
        guard let link = found else { throw LinkFault.unknown }
        if link.usedAt != nil && !link.isReusable { throw LinkFault.used }
        if link.expiresAt <= now { throw LinkFault.expired }
        return link
    }

    /// Marks it as used: of two who try at the same time, one wins.
    /// - Throws: ``LinkFault/used``.
    func use(at now: Date, in tx: any Transaction) throws {
        let changed = try tx.run(
            "update link set used_at = \(now) where id = \(id) and (used_at is null or is_reusable = 1)")
        guard changed == 1 else { throw LinkFault.used }
    }

    /// Ends the links that somebody still has open.
    static func endAll(of person: ID<Person>, at now: Date, in tx: any Transaction) throws {
        try tx.run(
            "update link set expires_at = \(now) where person = \(person) and used_at is null and expires_at > \(now)"
        )
        try tx.run("update link set expires_at = \(now) where person = \(person) and is_reusable = 1")
    }
}
