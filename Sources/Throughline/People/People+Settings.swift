// What people settle about themselves.
public import Foundation
public import Storage

/// A profile as its form sends it.
public struct ProfileDraft: Sendable {
    public var name: String
    public var pronouns: String
    public var job: String
    public var timeZone: String
    public var locale: String
    public var preRead: String

    public init(
        name: String, pronouns: String, job: String, timeZone: String, locale: String, preRead: String
    ) {
        self.name = name
        self.pronouns = pronouns
        self.job = job
        self.timeZone = timeZone
        self.locale = locale
        self.preRead = preRead
    }
}

/// The settings page: the viewer's own profile, their sign-ins, and what happened to their account.
public struct SettingsView: Sendable {
    public let person: Person
    public let hasPassword: Bool
    public let signIns: [SignIn]
    /// What others did to the account in the past year, the latest first.
    public let events: [AccountEvent]
    /// When the viewer is away, from today on.
    public let daysOff: [DayOff]
}

/// Something that somebody did to an account.
public struct AccountEvent: Sendable, Equatable, RowReadable {
    public let at: Date
    public let verb: String
    /// Who did it; nil for whoever runs the machine.
    public let by: String?

    public init(row: inout Row) throws {
        at = try row.next()
        verb = try row.next()
        by = try row.next()
    }
}

extension People {
    /// The viewer's settings.
    public func settings(as viewer: Viewer) async throws -> SettingsView {
        let now = product.now()
        return try await product.database.read { tx in
            SettingsView(
                person: try Person.find(viewer.id, in: tx),
                hasPassword: try tx.value(String?.self, "select password from person where id = \(viewer.id)")
                    ?? nil
                    != nil,
                signIns: try SignIns.all(of: viewer.id, at: now, in: tx),
                events: try tx.all(
                    AccountEvent.self,
                    """
                    select j.at, j.verb, p.name from journal j left join person p on p.id = j.person
                    where j.object = \(viewer.id) and j.at > \(now.adding(days: -365))
                        and j.verb in ('changed-email', 'link-for-password', 'link-to-sign-in', 'reactivated')
                        and (j.person is null or j.person <> \(viewer.id))
                    order by j.at desc, j.id desc limit 10
                    """),
                daysOff: try DayOff.all(of: [viewer.id], from: Day(now, in: viewer.timeZone), in: tx))
        }
    }

    /// Changes the viewer's own profile.
    /// - Throws: ``Invalid``.
    public func change(_ draft: ProfileDraft, as viewer: Viewer) async throws {
        var typed = Typed()
        let name = typed.line(draft.name, "name", missing: "Write your name.", atMost: Limit.name)
        let pronouns = typed.line(draft.pronouns, "pronouns", missing: nil, atMost: 40)
        let job = typed.line(draft.job, "job", missing: nil)
        let zone = typed.timeZone(draft.timeZone, "time-zone")
        if !Locales.offered.contains(where: { $0.tag == draft.locale }) {
            typed.note("locale", "Choose a language from the list.")
        }
        let preRead = typed.choice(
            draft.preRead, "pre-read", "Choose one of the three.", as: Person.PreRead.self)
        try typed.check()
        guard let preRead else { return }
        let now = product.now()
        try await product.database.write { tx in
            try tx.run(
                """
                update person set name = \(name), pronouns = \(pronouns), job = \(job), time_zone = \(zone),
                    locale = \(draft.locale), pre_read = \(preRead)
                where id = \(viewer.id)
                """)
            try tx.journal("changed-profile", viewer.id, "person", by: viewer.id, at: now)
        }
    }

    /// Changes the viewer's password. Other sign-ins end; this one stays.
    /// - Parameter old: the present password; not looked at for somebody who never had one.
    /// - Throws: ``Invalid``, ``TooManyTries``, ``Refused``.
    public func changePassword(
        from old: String, to new: String, again: String, as viewer: Viewer
    ) async throws {
        let now = product.now()
        let (person, hash) = try await product.database.read { tx in
            (
                try Person.find(viewer.id, in: tx),
                try tx.value(String?.self, "select password from person where id = \(viewer.id)") ?? nil
            )
        }
        var typed = Typed()
        if hash != nil {
            // Counted, because an open laptop is no invitation to guess.
            let tries = Attempts.Limit.signIn(viewer.id.text)
            try product.attempts.count([tries], at: now)
            if try await product.passwords.isRight(old, for: hash) {
                product.attempts.forget(tries.key)
            } else {
                typed.note("old", "This is not your present password.")
            }
        }
        typed.newPassword(new, again: again, "password", name: person.name, email: person.email)
        try typed.check()
        let newHash = try await product.passwords.hash(new)
        try await product.database.write { tx in
            let present =
                try tx.value(String?.self, "select password from person where id = \(viewer.id)") ?? nil
            guard present == hash else { throw Conflict("Your password was changed elsewhere a moment ago.") }
            try tx.run("update person set password = \(newHash) where id = \(viewer.id)")
            try SignIns.endAll(of: viewer.id, but: viewer.signIn, in: tx)
            try SecretLink.endAll(of: viewer.id, at: now, in: tx)
            try tx.journal("chose-password", viewer.id, "person", by: viewer.id, at: now)
        }
    }
}
