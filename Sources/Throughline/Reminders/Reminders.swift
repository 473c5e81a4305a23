import Foundation
import Storage

extension Product {
    public var reminders: Reminders { Reminders(product: self) }
}

/// Reminders: what people choose about them, and the looking after everybody from time to time.
public struct Reminders: Sendable {
    let product: Product

    // MARK: What people choose

    /// What the viewer wants to be reminded of, and when.
    public func settings(as viewer: Viewer) async throws -> ReminderSettings {
        try await product.database.read { tx in try Self.settings(of: viewer.id, in: tx) }
    }

    /// Changes when and of what the viewer is reminded.
    /// - Throws: ``Invalid`` at `day`, `starts`, `ends`, `lead` or `kind`.
    public func change(_ draft: ReminderDraft, as viewer: Viewer) async throws {
        let settings = try draft.checked()
        let now = product.now()
        try await product.database.write { tx in
            if try Self.settings(of: viewer.id, in: tx) == settings { return }
            try Self.save(settings, of: viewer.id, at: now, in: tx)
            // Whoever begins to work earlier from now on is looked after at once.
            try tx.run("delete from reminder_look where person = \(viewer.id)")
            try tx.journal(
                "changed-reminders", viewer.id, "person", by: viewer.id, at: now,
                detail: ["without": settings.storedMutes])
        }
    }

    /// Stops every reminder of everybody's, for people who are made up. Each can be resumed in their settings.
    public func stopForEverybody() async throws {
        let now = product.now()
        try await product.database.write { tx in
            for person in try tx.values(ID<Person>.self, "select id from person") {
                try Self.save(ReminderSettings(kinds: []), of: person, at: now, in: tx)
                try tx.journal("changed-reminders", person, "person", by: nil, at: now)
            }
        }
    }

    private static func settings(of person: ID<Person>, in tx: any Transaction) throws -> ReminderSettings {
        try tx.first(
            ReminderSettings.self,
            "select \(ReminderSettings.columns) from reminder_setting r where r.person = \(person)")
            ?? ReminderSettings()
    }

    private static func save(
        _ settings: ReminderSettings, of person: ID<Person>, at now: Date, in tx: any Transaction
    ) throws {
        let hours = settings.hours
        try tx.run(
            """
            insert into reminder_setting (person, days, starts_at, ends_at, lead_hours, muted, token, changed_at)
            values (\(person), \(settings.storedDays), \(hours.starts), \(hours.ends), \(settings.leadHours),
                \(settings.storedMutes), \(Secrets.newToken()), \(now))
            on conflict (person) do update set days = excluded.days, starts_at = excluded.starts_at,
                ends_at = excluded.ends_at, lead_hours = excluded.lead_hours, muted = excluded.muted,
                changed_at = excluded.changed_at
            """)
    }

    // MARK: By the link in a mail

    /// Whom a link in a reminder belongs to, and what they want now.
    /// - Throws: ``NotFound``.
    public func holder(of token: String) async throws -> ReminderHolder {
        try await product.database.read { tx in try ReminderHolder.find(token, in: tx) }
    }

    /// Stops or resumes kinds of reminders by the link in a mail, without a sign-in. Doing so twice is doing so once.
    /// - Throws: ``NotFound``.
    public func set(
        _ kinds: Set<ReminderKind>, isWanted: Bool, token: String
    ) async throws -> ReminderHolder {
        let now = product.now()
        return try await product.database.write { tx in
            var holder = try ReminderHolder.find(token, in: tx)
            let before = holder.settings
            if isWanted { holder.settings.kinds.formUnion(kinds) } else { holder.settings.kinds.subtract(kinds) }
            guard holder.settings != before else { return holder }
            try Self.save(holder.settings, of: holder.person.id, at: now, in: tx)
            try tx.journal(
                isWanted ? "resumed-reminders" : "stopped-reminders", holder.person.id, "person",
                by: holder.person.id, at: now,
                detail: ["by": "link", "kinds": kinds.map(\.rawValue).sorted().joined(separator: " ")])
            return holder
        }
    }

    // MARK: Looking after everybody

    /// Looks after those whose turn it is, and those whose session of the coming day has changed since, and queues their
    /// mail. One query where that is nobody.
    /// - Returns: whose turn it was; ``batch`` where there may be more.
    @discardableResult
    public func lookAfterDue() async throws -> Int {
        let now = product.now()
        let people = try await product.database.read { tx in try RemindedPerson.due(at: now, in: tx) }
        let rules = people.map { ReminderRule($0.settings, in: $0.zone, daysOff: [], at: now) }
        let (awake, resting) = zip(people, rules).reduce(into: ([RemindedPerson](), [(ID<Person>, Date)]())) {
            parts, next in
            let (person, rule) = next
            if rule.time.isOpen(at: now), !person.settings.kinds.isEmpty {
                parts.0.append(person)
            } else if person.isTurn {
                parts.1.append((person.id, rule.nextLook))
            }
        }
        if !resting.isEmpty {
            try await product.database.write { tx in
                for (person, next) in resting { try Self.note(next, for: person, in: tx) }
            }
        }
        try await awake.eachInTurn { person in try await lookAfter(person, at: now) }
        return people.count(where: \.isTurn)
    }

    /// How many people are looked after in one go.
    static let batch = 50

    /// What is due is decided in the transaction that queues it, so that of two servers only one does.
    private func lookAfter(_ person: RemindedPerson, at now: Date) async throws {
        try await product.database.write { tx in
            let rule = ReminderRule(
                person.settings, in: person.zone, daysOff: try person.daysOff(at: now, in: tx), at: now)
            let matters = try ReminderMatter.all(of: person, within: rule, in: tx)
            let notes = try ReminderNote.all(of: person.id, since: now.adding(days: -100), in: tx)
            try Self.note(rule.nextLook, for: person.id, in: tx)
            guard let mail = rule.mail(about: matters, after: notes) else { return }
            let today = Day(now, in: person.zone)
            let letter = ReminderLetter(
                mail: mail, rule: rule, token: try Self.token(of: person, at: now, in: tx), address: product.address,
                checkIn: try mail.matters.contains { $0.kind == .checkIn }
                    ? CheckInLink.issue(for: person.id, of: product, at: now, in: tx) : nil)
            try Outbox.queue(
                letter.letter, kind: "reminder",
                occasion: "reminders/\(person.id)/\(today.iso)" + (mail.isExtra ? "/\(mail.matters[0].object)" : ""),
                to: person.id, unsubscribe: letter.stopAddress, at: now, in: tx)
            for matter in mail.matters {
                try tx.run(
                    """
                    insert into reminder (person, kind, object, day, sent_at)
                    values (\(person.id), \(matter.kind), \(matter.object), \(today), \(now))
                    on conflict (person, kind, object, day) do nothing
                    """)
            }
            try tx.journal(
                "reminded", person.id, "person", by: nil, at: now, detail: ["matters": String(mail.matters.count)])
        }
    }

    private static func note(_ next: Date, for person: ID<Person>, in tx: any Transaction) throws {
        try tx.run(
            """
            insert into reminder_look (person, next_at) values (\(person), \(next))
            on conflict (person) do update set next_at = excluded.next_at
            """)
    }

    private static func token(of person: RemindedPerson, at now: Date, in tx: any Transaction) throws -> String {
        let query: SQL = "select token from reminder_setting where person = \(person.id)"
        if let token = try tx.value(String.self, query) { return token }
        try save(person.settings, of: person.id, at: now, in: tx)
        return try tx.value(String.self, query) ?? ""
    }
}

/// Whom a link in a reminder belongs to.
public struct ReminderHolder: Sendable, Equatable {
    public let person: PersonName
    public var settings: ReminderSettings

    static func find(_ token: String, in tx: any Transaction) throws -> ReminderHolder {
        let rows = try tx.rows(
            """
            select p.id, p.name, \(ReminderSettings.columns)
            from reminder_setting r join person p on p.id = r.person where r.token = \(token)
            """)
        guard var row = rows.first else { throw NotFound() }
        return ReminderHolder(person: try PersonName(row: &row), settings: try ReminderSettings(row: &row))
    }
}
