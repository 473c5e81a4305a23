import Foundation
import Storage

extension Product {
    public var setUp: SetUp { SetUp(product: self) }
}

/// The first start of an empty product: one secret link leads to the page that names the company and makes
/// its first administrator.
public struct SetUp: Sendable {
    let product: Product

    /// Whether the company has been named.
    public func isDone() async throws -> Bool {
        try await product.database.read { tx in try Self.isDone(in: tx) }
    }

    /// The address of a new set-up link, or nil when the product is set up. Earlier set-up links end.
    public func linkIfNeeded() async throws -> String? {
        let now = product.now()
        return try await product.database.write { [product] tx in
            guard try !Self.isDone(in: tx) else { return nil }
            try tx.run("update link set expires_at = \(now) where kind = 'set-up' and expires_at > \(now)")
            let link = try SecretLink.issue(.setUp, for: nil, by: nil, at: now, in: tx)
            return product.address(of: .setUp, link.token)
        }
    }

    /// Makes sure that a set-up link can be used.
    /// - Throws: ``LinkFault``.
    public func check(link token: String) async throws {
        let now = product.now()
        try await product.database.read { tx in
            _ = try SecretLink.find(.setUp, token, at: now, in: tx)
            // A demo may have filled the product after the link was printed.
            guard try !Self.isDone(in: tx) else { throw LinkFault.used }
        }
    }

    /// Names the company, makes its first administrator, and signs them in.
    /// - Returns: the token for the cookie.
    /// - Throws: ``LinkFault``, ``Invalid``.
    public func complete(link token: String, _ draft: Draft, device: String) async throws -> String {
        try await check(link: token)
        let draft = try draft.checked()
        let hash = try await product.passwords.hash(draft.password)
        let now = product.now()
        return try await product.database.write { tx in
            try SecretLink.find(.setUp, token, at: now, in: tx).use(at: now, in: tx)
            guard try !Self.isDone(in: tx) else { throw LinkFault.used }
            try tx.run("insert into company (id, name, created_at) values (1, \(draft.company), \(now))")
            let person = ID<Person>(now: now)
            try tx.run(
                """
                insert into person (id, email, name, time_zone, locale, role, state, password, created_at)
                values (\(person), \(draft.email), \(draft.name), \(draft.timeZone), \(Locales.first), \(Role.admin),
                    \(Person.State.active), \(hash), \(now))
                """)
            try tx.journal(
                "set-up", person, "person", by: person, at: now, detail: ["company": draft.company])
            return try SignIns.begin(for: person, device: SignIns.kept(device), at: now, in: tx)
        }
    }

    private static func isDone(in tx: any Transaction) throws -> Bool {
        try tx.value(Int.self, "select 1 from company") != nil
    }

    /// What the set-up page asks for.
    public struct Draft: Sendable {
        public var company: String
        public var name: String
        public var email: String
        public var password: String
        public var passwordAgain: String
        public var timeZone: String

        public init(
            company: String, name: String, email: String, password: String, passwordAgain: String,
            timeZone: String
        ) {
            self.company = company
            self.name = name
            self.email = email
            self.password = password
            self.passwordAgain = passwordAgain
            self.timeZone = timeZone
        }

        fileprivate func checked() throws -> Draft {
            var typed = Typed()
            var checked = self
            checked.company = typed.line(
                company, "company", missing: "Write what your company is called.", atMost: Limit.name)
            checked.name = typed.line(name, "name", missing: "Write your name.", atMost: Limit.name)
            checked.email = typed.email(email, "email")
            checked.timeZone = typed.timeZone(timeZone, "time-zone")
            typed.newPassword(
                password, again: passwordAgain, "password", name: checked.name, email: checked.email)
            try typed.check()
            return checked
        }
    }
}
