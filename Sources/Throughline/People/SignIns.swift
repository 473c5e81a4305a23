public import Foundation
public import Storage

extension Product {
    public var signIns: SignIns { SignIns(product: self) }
}

/// A browser that is signed in.
public struct SignIn: Sendable, Equatable, RowReadable {
    public let id: ID<SignIn>
    /// What the browser says it is: 'Firefox on Linux'.
    public let device: String
    public let createdAt: Date
    /// To the hour.
    public let lastSeenAt: Date

    public init(row: inout Row) throws {
        id = try row.next()
        device = try row.next()
        createdAt = try row.next()
        lastSeenAt = try row.next()
    }
}

/// Signing in and out, and the browsers that are signed in.
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
        guard
            let found = try await product.database.read({ tx in try SignInRow.find(hash, now: now, in: tx) })
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

    /// Whether the sign-in that somebody came with still stands: not ended, not run out, and the person not deactivated.
    public func stands(_ viewer: Viewer) async throws -> Bool {
        let now = product.now()
        return try await product.database.read { tx in
            try tx.value(
                Int.self,
                """
                select 1 from sign_in s join person p on p.id = s.person
                where s.id = \(viewer.signIn) and s.person = \(viewer.id) and s.expires_at > \(now)
                    and p.state = 'active'
                """) != nil
        }
    }

    /// Signs a person in, inside a transaction that has already proven that it is them.
    /// - Returns: the token for the cookie. It is kept nowhere else.
    package static func begin(
        for person: ID<Person>, device: String, at now: Date, in tx: any Transaction
    ) throws -> String {
        let token = Secrets.newToken()
        let id = ID<SignIn>(now: now)
        try tx.run(
            """
            insert into sign_in (id, person, token_hash, device, created_at, last_seen_at, expires_at)
            values (\(id), \(person), \(Secrets.hash(ofToken: token)), \(device), \(now), \(now),
                \(now.adding(days: lifetimeInDays)))
            """)
        try tx.run("delete from sign_in where person = \(person) and expires_at <= \(now)")
        try tx.journal("signed-in", id, "sign-in", by: person, at: now)
        return token
    }

    /// Signs in with e-mail and password. What is wrong is not told: the answer and the time that it takes
    /// are the same for an address that is unknown, one that is deactivated, and a wrong password.
    /// - Parameters:
    ///   - device: what the browser says it is, for the list of sign-ins.
    ///   - client: where the request came from, for the limit on tries.
    /// - Returns: the token for the cookie.
    /// - Throws: ``Invalid``, ``TooManyTries``, ``Refused``.
    public func signIn(email: String, password: String, device: String, client: String) async throws -> String {
        let now = product.now()
        let email = EmailAddress.normalised(email)
        guard !email.isEmpty, !password.isEmpty else {
            throw Invalid("", "Write your e-mail address and your password.")
        }
        guard email.utf8.count <= Limit.email, password.unicodeScalars.count <= Limit.password.upperBound
        else {
            throw Self.wrong
        }
        try product.attempts.count([.signIn(email), .signIn(from: client)], at: now)
        let found = try await product.database.read { tx in try KnownPassword.find(email, in: tx) }
        guard try await product.passwords.isRight(password, for: found?.hash), let found else {
            throw Self.wrong
        }
        product.attempts.forget(Attempts.Limit.signIn(email).key)
        return try await product.database.write { tx in
            // Between the look and now the password may have changed, or the person gone.
            guard try KnownPassword.find(email, in: tx) == found else { throw Self.wrong }
            return try Self.begin(for: found.person, device: Self.kept(device), at: now, in: tx)
        }
    }

    private static let wrong = Invalid(
        "", "That address and password don’t belong together. Check both, or choose a new password.")

    /// A device's name as it is kept; it comes from outside.
    static func kept(_ device: String) -> String {
        String(Typed.cleaned(device).prefix(80))
    }

    // MARK: By a link

    /// Whom a sign-in link is for. Looking doesn't use it up.
    /// - Throws: ``LinkFault``.
    public func person(ofLink token: String) async throws -> PersonName {
        let now = product.now()
        return try await product.database.read { tx in try Self.holder(of: token, at: now, in: tx).person }
    }

    /// Signs in with a link.
    /// - Returns: the token for the cookie.
    /// - Throws: ``LinkFault``.
    public func signIn(withLink token: String, device: String) async throws -> String {
        let now = product.now()
        return try await product.database.write { tx in
            let (link, person) = try Self.holder(of: token, at: now, in: tx)
            try link.use(at: now, in: tx)
            return try Self.begin(for: person.id, device: Self.kept(device), at: now, in: tx)
        }
    }

    private static func holder(
        of token: String, at now: Date, in tx: any Transaction
    ) throws -> (link: SecretLink, person: PersonName) {
        let link = try SecretLink.find(.signIn, token, at: now, in: tx)
        let person = try tx.first(
            PersonName.self, "select id, name from person where id = \(link.person) and state = 'active'")
        guard let person else { throw LinkFault.expired }
        return (link, person)
    }

    // MARK: Ending

    /// Signs this browser out.
    public func signOut(as viewer: Viewer) async throws {
        guard let signIn = viewer.signIn else { return }
        try await end(signIn, as: viewer)
    }

    /// Ends one of the viewer's own sign-ins.
    /// - Throws: ``NotFound`` when it is somebody else's, or already over.
    public func end(_ id: ID<SignIn>, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let count = try tx.run("delete from sign_in where id = \(id) and person = \(viewer.id)")
            guard count == 1 else { throw NotFound() }
            try tx.journal("signed-out", id, "sign-in", by: viewer.id, at: now)
        }
    }

    /// Ends all of the viewer's sign-ins, this one included.
    public func endAll(as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try Self.endAll(of: viewer.id, in: tx)
            try tx.journal("signed-out-everywhere", viewer.id, "person", by: viewer.id, at: now)
        }
    }

    /// Ends a person's sign-ins.
    /// - Parameter kept: the one that stays, if any.
    static func endAll(of person: ID<Person>, but kept: ID<SignIn>? = nil, in tx: any Transaction) throws {
        guard let kept else {
            try tx.run("delete from sign_in where person = \(person)")
            return
        }
        try tx.run("delete from sign_in where person = \(person) and id <> \(kept)")
    }

    /// A person's sign-ins, the latest used first.
    static func all(of person: ID<Person>, at now: Date, in tx: any Transaction) throws -> [SignIn] {
        try tx.all(
            SignIn.self,
            """
            select id, device, created_at, last_seen_at from sign_in
            where person = \(person) and expires_at > \(now) order by last_seen_at desc, id desc
            """)
    }
}

/// Somebody who can sign in with a password.
private struct KnownPassword: RowReadable, Equatable, Sendable {
    let person: ID<Person>
    let hash: String?

    init(row: inout Row) throws {
        person = try row.next()
        hash = try row.next()
    }

    static func find(_ email: String, in tx: any Transaction) throws -> KnownPassword? {
        try tx.first(
            KnownPassword.self, "select id, password from person where email = \(email) and state = 'active'")
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
