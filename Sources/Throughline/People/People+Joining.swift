// How people come in: an invitation, a link for a new password, a link to sign in.
public import Foundation
public import Storage

/// Whom to invite.
public struct InvitationDraft: Sendable {
    public var name: String
    public var email: String
    public var job: String
    public var role: String
    /// Ids as the form sent them; empty for none.
    public var manager: String
    public var team: String

    public init(
        name: String, email: String, job: String = "", role: String = Role.member.rawValue,
        manager: String = "",
        team: String = ""
    ) {
        self.name = name
        self.email = email
        self.job = job
        self.role = role
        self.manager = manager
        self.team = team
    }
}

/// A link that was made for somebody. Its address is shown once and kept nowhere but in the mail that carries
/// it.
public struct MadeLink: Sendable, Equatable {
    public let kind: SecretLink.Kind
    public let person: PersonName
    public let email: String
    public let address: String
    public let expiresAt: Date
}

/// What somebody who joins says of themselves.
public struct JoinDraft: Sendable {
    public var name: String
    public var pronouns: String
    public var timeZone: String
    public var password: String
    public var passwordAgain: String

    public init(name: String, pronouns: String, timeZone: String, password: String, passwordAgain: String) {
        self.name = name
        self.pronouns = pronouns
        self.timeZone = timeZone
        self.password = password
        self.passwordAgain = passwordAgain
    }
}

/// What the page behind an invitation shows.
public struct InvitationView: Sendable {
    public let person: Person
    public let company: String
}

extension People {
    // MARK: Inviting

    /// Invites somebody: makes their entry, queues the invitation as mail, and returns the link to pass on.
    /// - Parameter viewer: an administrator; nil on the command line.
    /// - Throws: ``NotFound``, ``Invalid``.
    public func invite(_ draft: InvitationDraft, as viewer: Viewer?) async throws -> MadeLink {
        var typed = Typed()
        let name = typed.line(draft.name, "name", missing: "Write their name.", atMost: Limit.name)
        let email = typed.email(draft.email, "email")
        let job = typed.line(draft.job, "job", missing: nil)
        let role = typed.choice(draft.role, "role", "Choose what they may do.", as: Role.self)
        let problems = typed.problems
        let now = product.now()
        return try await product.database.write { [product] tx in
            if let viewer { try Self.requireAdmin(viewer, in: tx) }
            var typed = Typed()
            for problem in problems { typed.note(problem.field, problem.words) }
            if let other = try Person.find(email: email, in: tx) {
                typed.note("email", "\(other.name) has this address already.")
            }
            let manager = try Self.manager(draft.manager, &typed, in: tx)
            let team = try Self.team(draft.team, &typed, in: tx)
            try typed.check()
            guard let role else { throw Invalid("role", "Choose what they may do.") }

            let person = ID<Person>(now: now)
            let zone = viewer?.timeZone.identifier ?? TimeZones.ofThisMachine
            try tx.run(
                """
                insert into person (id, email, name, job, time_zone, locale, role, state, manager, created_at)
                values (\(person), \(email), \(name), \(job), \(zone), \(Locales.first), \(role),
                    \(Person.State.invited), \(manager?.id), \(now))
                """)
            if let team {
                try tx.run(
                    "insert into team_member (team, person, joined_at) values (\(team), \(person), \(now))")
            }
            try tx.journal(
                "invited", person, "person", by: viewer?.id, at: now, detail: ["role": role.rawValue])
            return try product.makeLink(.invitation, for: person, by: viewer?.id, at: now, in: tx)
        }
    }

    /// Invites somebody from the command line.
    /// - Returns: the invitation's address.
    /// - Throws: ``Invalid``.
    public func invite(email: String, name: String, role: Role, by viewer: Viewer?) async throws -> String {
        try await invite(InvitationDraft(name: name, email: email, role: role.rawValue), as: viewer).address
    }

    /// Makes and sends a new invitation for somebody who has not come yet. Earlier ones keep working.
    /// - Throws: ``NotFound``, ``Conflict``, ``TooManyTries``.
    public func inviteAgain(_ id: ID<Person>, as viewer: Viewer) async throws -> MadeLink {
        try await makeLink(.invitation, for: id, as: viewer) { person in
            guard person.state == .invited else {
                throw Conflict("\(person.name) has joined already, or has left; there is nobody to invite.")
            }
        }
    }

    /// Makes and sends a link with which somebody chooses a new password.
    /// - Throws: ``NotFound``, ``Conflict``, ``TooManyTries``.
    public func resetPassword(_ id: ID<Person>, as viewer: Viewer) async throws -> MadeLink {
        try await makeLink(.passwordReset, for: id, as: viewer) { person in
            guard person.state == .active else {
                throw Conflict("\(person.name) can’t sign in at present, so there is no password to choose.")
            }
        }
    }

    private func makeLink(
        _ kind: SecretLink.Kind, for id: ID<Person>, as viewer: Viewer,
        check: @escaping @Sendable (Person) throws -> Void
    ) async throws -> MadeLink {
        guard viewer.isAdmin else { throw NotFound() }
        let now = product.now()
        // Counted before the transaction, whose body may run more than once.
        try product.attempts.count([.mail(to: id.text)], at: now)
        return try await product.database.write { [product] tx in
            try Self.requireAdmin(viewer, in: tx)
            try check(Person.find(id, in: tx))
            if kind == .passwordReset {
                try tx.journal("link-for-password", id, "person", by: viewer.id, at: now)
            }
            return try product.makeLink(kind, for: id, by: viewer.id, at: now, in: tx)
        }
    }

    // MARK: From the command line

    /// A link with which the person of that address chooses a new password. Nothing is sent.
    /// - Throws: ``NotFound`` when nobody active has the address.
    public func resetLink(forEmail email: String) async throws -> String {
        let now = product.now()
        return try await product.database.write { [product] tx in
            let person = try Self.active(email, in: tx)
            let link = try SecretLink.issue(.passwordReset, for: person, by: nil, at: now, in: tx)
            try tx.journal("link-for-password", person, "person", by: nil, at: now)
            return product.address(of: .passwordReset, link.token)
        }
    }

    /// A new invitation for somebody who was invited and has not come yet; nil when nobody like that has the address.
    /// Their earlier ones end. Nothing is sent.
    public func invitationLink(forEmail email: String) async throws -> String? {
        let now = product.now()
        return try await product.database.write { [product] tx in
            guard let person = try Person.find(email: EmailAddress.normalised(email), in: tx), person.state == .invited
            else { return nil }
            try SecretLink.endAll(of: person.id, at: now, in: tx)
            let link = try SecretLink.issue(.invitation, for: person.id, by: nil, at: now, in: tx)
            try tx.journal("invited-again", person.id, "person", by: nil, at: now)
            return product.address(of: .invitation, link.token)
        }
    }

    /// A link with which a person signs in: for the demo, and for whoever runs the machine.
    /// - Parameter isReusable: whether it can be used more than once.
    /// - Throws: ``NotFound`` when there is no such active person.
    public func signInLink(for person: ID<Person>, reusable isReusable: Bool = false) async throws -> String {
        let now = product.now()
        return try await product.database.write { [product] tx in
            guard try Person.find(person, in: tx).state == .active else { throw NotFound() }
            let link = try SecretLink.issue(
                .signIn, for: person, isReusable: isReusable, by: nil, at: now, in: tx)
            if !isReusable { try tx.journal("link-to-sign-in", person, "person", by: nil, at: now) }
            return product.address(of: .signIn, link.token)
        }
    }

    /// As above, by e-mail address.
    public func signInLink(forEmail email: String, reusable isReusable: Bool = false) async throws -> String {
        let person = try await product.database.read { tx in try Self.active(email, in: tx) }
        return try await signInLink(for: person, reusable: isReusable)
    }

    private static func active(_ email: String, in tx: any Transaction) throws -> ID<Person> {
        guard let person = try Person.find(email: EmailAddress.normalised(email), in: tx),
            person.state == .active
        else { throw NotFound() }
        return person.id
    }

    // MARK: Joining

    /// Whom an invitation is for.
    /// - Throws: ``LinkFault``.
    public func invitation(_ token: String) async throws -> InvitationView {
        let now = product.now()
        return try await product.database.read { tx in
            let (_, person) = try Self.holder(of: token, .invitation, .invited, at: now, in: tx)
            return InvitationView(person: person, company: try Self.company(in: tx))
        }
    }

    /// Accepts an invitation: they choose their password and are signed in.
    /// - Returns: the token for the cookie.
    /// - Throws: ``LinkFault``, ``Invalid``, ``Refused``.
    public func join(invitation token: String, _ draft: JoinDraft, device: String) async throws -> String {
        let view = try await invitation(token)
        var typed = Typed()
        let name = typed.line(draft.name, "name", missing: "Write your name.", atMost: Limit.name)
        let pronouns = typed.line(draft.pronouns, "pronouns", missing: nil, atMost: 40)
        let zone = typed.timeZone(draft.timeZone, "time-zone")
        typed.newPassword(
            draft.password, again: draft.passwordAgain, "password", name: name, email: view.person.email)
        try typed.check()
        let hash = try await product.passwords.hash(draft.password)
        let now = product.now()
        return try await product.database.write { tx in
            let (link, person) = try Self.holder(of: token, .invitation, .invited, at: now, in: tx)
            try link.use(at: now, in: tx)
            try tx.run(
                """
                update person set name = \(name), pronouns = \(pronouns), time_zone = \(zone), password = \(hash),
                    state = 'active'
                where id = \(person.id)
                """)
            try SecretLink.endAll(of: person.id, at: now, in: tx)
            try tx.journal("joined", person.id, "person", by: person.id, at: now)
            return try SignIns.begin(for: person.id, device: SignIns.kept(device), at: now, in: tx)
        }
    }

    // MARK: A forgotten password

    /// Sends a link to choose a new password, if somebody has that address. Whether somebody has is not told.
    /// - Throws: ``Invalid``, ``TooManyTries``.
    public func forgotPassword(email: String, client: String) async throws {
        var typed = Typed()
        let email = typed.email(email, "email")
        try typed.check()
        let now = product.now()
        try product.attempts.count([.mail(to: email), .mail(from: client)], at: now)
        try await product.database.write { [product] tx in
            guard let person = try Person.find(email: email, in: tx) else { return }
            switch person.state {
            case .active:
                _ = try product.makeLink(.passwordReset, for: person.id, by: person.id, at: now, in: tx)
            case .invited: _ = try product.makeLink(.invitation, for: person.id, by: nil, at: now, in: tx)
            case .deactivated: return
            }
        }
    }

    /// Whose password a reset link changes.
    /// - Throws: ``LinkFault``.
    public func person(ofResetLink token: String) async throws -> Person {
        let now = product.now()
        return try await product.database.read { tx in
            try Self.holder(of: token, .passwordReset, .active, at: now, in: tx).person
        }
    }

    /// Chooses a new password by a link. Every sign-in ends, and a new one begins here.
    /// - Returns: the token for the cookie.
    /// - Throws: ``LinkFault``, ``Invalid``, ``Refused``.
    public func choosePassword(
        resetLink token: String, _ password: String, again: String, device: String
    ) async throws -> String {
        let person = try await person(ofResetLink: token)
        var typed = Typed()
        typed.newPassword(password, again: again, "password", name: person.name, email: person.email)
        try typed.check()
        let hash = try await product.passwords.hash(password)
        product.attempts.forget(Attempts.Limit.signIn(person.email).key)
        let now = product.now()
        return try await product.database.write { tx in
            let (link, person) = try Self.holder(of: token, .passwordReset, .active, at: now, in: tx)
            try link.use(at: now, in: tx)
            try tx.run("update person set password = \(hash) where id = \(person.id)")
            try SecretLink.endAll(of: person.id, at: now, in: tx)
            try SignIns.endAll(of: person.id, in: tx)
            try tx.journal(
                "chose-password", person.id, "person", by: person.id, at: now, detail: ["by": "link"])
            return try SignIns.begin(for: person.id, device: SignIns.kept(device), at: now, in: tx)
        }
    }

    // MARK: Helpers

    static func holder(
        of token: String, _ kind: SecretLink.Kind, _ state: Person.State, at now: Date, in tx: any Transaction
    ) throws -> (link: SecretLink, person: Person) {
        let link = try SecretLink.find(kind, token, at: now, in: tx)
        guard let id = link.person else { throw LinkFault.unknown }
        let person = try Person.find(id, in: tx)
        guard person.state == state else {
            throw person.state == .active ? LinkFault.used : LinkFault.expired
        }
        return (link, person)
    }

    static func company(in tx: any Transaction) throws -> String {
        try tx.value(String.self, "select name from company") ?? "Throughline"
    }

    /// The manager that a form names: somebody who works here, or nobody.
    static func manager(_ text: String, _ typed: inout Typed, in tx: any Transaction) throws -> PersonName? {
        if text.isEmpty { return nil }
        let found = try ID<Person>(text).flatMap { id in
            try tx.first(
                PersonName.self, "select id, name from person where id = \(id) and state <> 'deactivated'")
        }
        if found == nil { typed.note("manager", "Choose somebody who works here, or nobody.") }
        return found
    }

    private static func team(_ text: String, _ typed: inout Typed, in tx: any Transaction) throws -> ID<Team>? {
        if text.isEmpty { return nil }
        let found = try ID<Team>(text).flatMap { id in
            try tx.value(ID<Team>.self, "select id from team where id = \(id) and archived_at is null")
        }
        if found == nil { typed.note("team", "Choose a team from the list, or none.") }
        return found
    }
}

extension Product {
    /// Makes a link and queues the letter that carries it.
    fileprivate func makeLink(
        _ kind: SecretLink.Kind, for person: ID<Person>, by issuer: ID<Person>?, at now: Date,
        in tx: any Transaction
    ) throws -> MadeLink {
        let link = try SecretLink.issue(kind, for: person, by: issuer, at: now, in: tx)
        let person = try Person.find(person, in: tx)
        let made = MadeLink(
            kind: kind, person: person.personName, email: person.email,
            address: address(of: kind, link.token),
            expiresAt: link.expiresAt)
        let company = try People.company(in: tx)
        let writer = issuer == person.id ? nil : try issuer.flatMap { try PersonName.find($0, in: tx) }
        let letter =
            kind == .invitation
            ? PeopleLetters.invitation(made, to: person, company: company, from: writer)
            : PeopleLetters.passwordReset(made, to: person, company: company, from: writer)
        try Outbox.queue(
            letter, kind: kind.rawValue, occasion: "\(kind.rawValue)/\(link.id)", to: person.id,
            replyTo: writer?.id, at: now, in: tx)
        return made
    }
}
