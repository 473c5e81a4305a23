// What administrators do with people who are there.
import Foundation
public import Storage

/// A person's place in the company, as a form sends it.
public struct PlaceDraft: Sendable {
    public var job: String
    public var role: String
    /// An id; empty for nobody.
    public var manager: String

    public init(job: String, role: String, manager: String) {
        self.job = job
        self.role = role
        self.manager = manager
    }
}

extension People {
    /// Sets what a person does, whom they report to, and what they may do.
    /// - Throws: ``NotFound``, ``Invalid``: a reporting line never goes in a circle, and there is always an
    ///   administrator.
    public func place(_ id: ID<Person>, _ draft: PlaceDraft, as viewer: Viewer) async throws {
        var typed = Typed()
        let job = typed.line(draft.job, "job", missing: nil)
        let role = typed.choice(draft.role, "role", "Choose what they may do.", as: Role.self)
        let problems = typed.problems
        let now = product.now()
        try await product.database.write { tx in
            try Self.requireAdmin(viewer, in: tx)
            let person = try Person.find(id, in: tx)
            var typed = Typed()
            for problem in problems { typed.note(problem.field, problem.words) }
            let manager = try Self.manager(draft.manager, for: person, &typed, in: tx)
            if role == .member, try person.isLastAdmin(in: tx) {
                typed.note("role", Self.lastAdmin(person))
            }
            try typed.check()
            guard let role else { return }
            try tx.run(
                "update person set job = \(job), role = \(role), manager = \(manager?.id) where id = \(id)")
            try tx.journal(
                "placed", id, "person", by: viewer.id, at: now,
                detail: ["role": role.rawValue, "manager": manager?.id.text ?? "", "job": job])
        }
    }

    /// Changes only whom a person reports to.
    /// - Throws: ``NotFound``, ``Invalid``.
    public func setManager(of id: ID<Person>, to manager: ID<Person>?, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try Self.requireAdmin(viewer, in: tx)
            let person = try Person.find(id, in: tx)
            var typed = Typed()
            let manager = try Self.manager(manager?.text ?? "", for: person, &typed, in: tx)
            try typed.check()
            try tx.run("update person set manager = \(manager?.id) where id = \(id)")
            try tx.journal(
                "placed", id, "person", by: viewer.id, at: now, detail: ["manager": manager?.id.text ?? ""])
        }
    }

    /// Changes the address that a person signs in with. Links sent to the old one end, and the old one is
    /// told.
    /// - Throws: ``NotFound``, ``Invalid``.
    public func changeEmail(of id: ID<Person>, to email: String, as viewer: Viewer) async throws {
        var typed = Typed()
        let email = typed.email(email, "email")
        try typed.check()
        let now = product.now()
        try await product.database.write { tx in
            try Self.requireAdmin(viewer, in: tx)
            let person = try Person.find(id, in: tx)
            if person.email == email { return }
            if let other = try Person.find(email: email, in: tx) {
                throw Invalid("email", "\(other.name) has this address already.")
            }
            // Queued before the change, so that it goes to the address that knows them.
            try Outbox.queue(
                PeopleLetters.accountChanged(
                    "\(viewer.name) changed your address to \(email)", to: person, company: viewer.company),
                kind: "account", occasion: "account/\(id)/email/\(now.milliseconds)", to: id, at: now, in: tx)
            try tx.run("update person set email = \(email) where id = \(id)")
            try SecretLink.endAll(of: id, at: now, in: tx)
            try tx.journal("changed-email", id, "person", by: viewer.id, at: now)
        }
    }

    /// Lets somebody go: they can't sign in any more, and nobody can ask them for a session. What they wrote
    /// and agreed stays, and so does the line of those who report to them, until somebody changes it.
    /// - Throws: ``NotFound``, ``Refused``.
    public func deactivate(_ id: ID<Person>, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try Self.requireAdmin(viewer, in: tx)
            let person = try Person.find(id, in: tx)
            if person.state == .deactivated { return }
            if try person.isLastAdmin(in: tx) { throw Refused(Self.lastAdmin(person)) }
            try tx.run("update person set state = 'deactivated', deactivated_at = \(now) where id = \(id)")
            try SignIns.endAll(of: id, in: tx)
            try SecretLink.endAll(of: id, at: now, in: tx)
            try tx.journal("deactivated", id, "person", by: viewer.id, at: now)
        }
    }

    /// Takes somebody back. With the password they had they can sign in; without one they need a new
    /// invitation.
    /// - Throws: ``NotFound``.
    public func reactivate(_ id: ID<Person>, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try Self.requireAdmin(viewer, in: tx)
            guard try Person.find(id, in: tx).state == .deactivated else { return }
            try tx.run(
                """
                update person set deactivated_at = null,
                    state = case when password is null then 'invited' else 'active' end
                where id = \(id)
                """)
            try tx.journal("reactivated", id, "person", by: viewer.id, at: now)
        }
    }

    // MARK: Rules

    /// Whether there is an active administrator besides this person.
    static func hasOtherAdmin(than id: ID<Person>, in tx: any Transaction) throws -> Bool {
        try tx.value(
            Int.self, "select 1 from person where role = 'admin' and state = 'active' and id <> \(id)") != nil
    }

    private static func lastAdmin(_ person: Person) -> String {
        "\(person.name) is the only administrator. Make somebody else one first."
    }

    /// The manager that a form names for a person, with no circle in the line.
    private static func manager(
        _ text: String, for person: Person, _ typed: inout Typed, in tx: any Transaction
    ) throws -> PersonName? {
        if text == person.id.text {
            typed.note("manager", "Nobody reports to themselves. Choose somebody else, or nobody.")
            return nil
        }
        // Who was a manager before they left may stay one until somebody changes it.
        if text == person.manager?.text {
            return try person.manager.flatMap { try PersonName.find($0, in: tx) }
        }
        guard let manager = try manager(text, &typed, in: tx) else { return nil }
        if try reaches(person.id, above: manager.id, in: tx) {
            typed.note(
                "manager",
                "\(manager.name) reports to \(person.name), directly or through others, and a reporting line "
                    + "can’t go in a circle.")
        }
        return manager
    }

    /// Whether `person` is somewhere above `start` in the reporting line.
    private static func reaches(
        _ person: ID<Person>, above start: ID<Person>, in tx: any Transaction
    ) throws -> Bool {
        try tx.value(
            Int.self,
            """
            with recursive line (id) as (
                select manager from person where id = \(start) and manager is not null
                union
                select p.manager from person p join line l on l.id = p.id where p.manager is not null
            )
            select 1 from line where id = \(person)
            """) != nil
    }
}

extension Person {
    /// Whether nobody else could look after the product.
    func isLastAdmin(in tx: any Transaction) throws -> Bool {
        try role == .admin && state == .active && !People.hasOtherAdmin(than: id, in: tx)
    }
}
