import Foundation
public import Storage

/// A link in a reminder, with which somebody checks in once without signing in. It opens nothing else: the form holds what
/// is theirs to check in on, and nothing that anybody else wrote.
public struct CheckInLink: Sendable, RowReadable {
    public let id: ID<CheckInLink>
    let person: ID<Person>
    let expiresAt: Date
    let usedAt: Date?

    /// How many days one lasts.
    static let days = 7

    public init(row: inout Row) throws {
        id = try row.next()
        person = try row.next()
        expiresAt = try row.next()
        usedAt = try row.next()
    }

    /// Makes a link for the reminder that is written in the same transaction. Its token is kept nowhere else.
    /// - Returns: its whole address.
    static func issue(
        for person: ID<Person>, of product: Product, at now: Date, in tx: any Transaction
    ) throws -> String {
        let token = Secrets.newToken()
        let id = ID<CheckInLink>(now: now)
        try tx.run(
            """
            insert into check_in_link (id, person, token_hash, created_at, expires_at)
            values (\(id), \(person), \(Secrets.hash(ofToken: token)), \(now), \(now.adding(days: days)))
            """)
        try tx.journal("made-link", id, "check-in-link", by: nil, at: now, detail: ["person": person.text])
        return "\(product.address)/check-in/\(token)"
    }

    /// - Throws: ``LinkFault``; that of a person who has left is unknown.
    static func find(
        _ token: String, at now: Date, in tx: any Transaction
    ) throws -> (link: CheckInLink, viewer: Viewer) {
        let found = try tx.first(
            CheckInLink.self,
            """
            select l.id, l.person, l.expires_at, l.used_at from check_in_link l
            where l.token_hash = \(Secrets.hash(ofToken: token))
            """)
        guard let link = found else { throw LinkFault.unknown }
        if link.usedAt != nil { throw LinkFault.used }
        if link.expiresAt <= now { throw LinkFault.expired }
        let person = try tx.first(
            Person.self, "select \(Person.columns) from person p where p.id = \(link.person) and p.state = 'active'")
        guard let person else { throw LinkFault.unknown }
        let company = try tx.value(String.self, "select name from company") ?? ""
        return (
            link,
            Viewer(
                id: person.id, name: person.name, role: person.role, timeZone: person.timeZone, company: company)
        )
    }
}

extension Cycles {
    /// Makes a link with which somebody checks in once, good for seven days; for reminders.
    public func checkInLink(for person: ID<Person>) async throws -> String {
        let now = product.now()
        return try await product.database.write { tx in
            try CheckInLink.issue(for: person, of: product, at: now, in: tx)
        }
    }

    /// What the holder of a link can check in on.
    /// - Throws: ``LinkFault``.
    public func guest(holding token: String) async throws -> (viewer: Viewer, mine: [Mine]) {
        let now = product.now()
        return try await product.database.read { tx in
            let viewer = try CheckInLink.find(token, at: now, in: tx).viewer
            return (viewer, try Self.mine(of: viewer.id, today: Day(now, in: viewer.timeZone), in: tx))
        }
    }

    /// Checks in with a link. It is used up by the first check-in, and by nothing else.
    /// - Returns: how many check-ins were made.
    /// - Throws: ``LinkFault``, ``Invalid``, ``Refused``, ``Conflict``; ``NotFound`` for what isn't theirs.
    public func checkIn(
        holding token: String, on drafts: [(keyResult: ID<KeyResult>, id: ID<CheckIn>?, draft: CheckInDraft)]
    ) async throws -> Int {
        let now = product.now()
        return try await product.database.write { tx in
            let (link, viewer) = try CheckInLink.find(token, at: now, in: tx)
            let mine = try Set(
                Self.mine(of: viewer.id, today: Day(now, in: viewer.timeZone), in: tx).map(\.keyResult.id))
            let drafts = drafts.filter { !$0.draft.isEmpty }
            guard drafts.allSatisfy({ mine.contains($0.keyResult) }) else { throw NotFound() }
            let count = try Self.checkIn(on: drafts, from: .link, as: viewer, at: now, in: tx)
            guard count > 0 else { throw Invalid("", "Fill in at least one of them.") }
            let changed = try tx.run(
                "update check_in_link set used_at = \(now) where id = \(link.id) and used_at is null")
            guard changed == 1 else { throw LinkFault.used }
            return count
        }
    }
}

/// A key result that waits for a check-in: its rhythm has passed since the last one, or, without any, since it could first
/// be checked in on. For reminders.
struct Unheard: Sendable {
    let cycle: ID<Cycle>
    let cycleName: String
    let title: String
    /// How many days may lie between two check-ins.
    let rhythm: Int
    /// The day on which it began to wait.
    let since: Day

    /// What waits for a person in cycles under way, the one that waits longest first. One query, which finds a person's key
    /// results as ``Cycles/mine(of:today:in:)`` does.
    static func all(
        of person: ID<Person>, on today: Day, zone: TimeZone, in tx: any Transaction
    ) throws -> [Unheard] {
        func select(_ condition: SQL) -> SQL {
            """
            select c.id, c.name, c.rhythm, c.starts_on, k.title, k.checked_on, k.created_at, o.committed_at
            from key_result k join objective o on o.id = k.objective join cycle c on c.id = o.cycle
            left join person w on w.id = o.owner
            where \(condition) and k.removed_at is null and o.stage = 'committed' and o.state = 'open'
                and c.state = 'active' and c.starts_on <= \(today) and c.ends_on >= \(today)
                and \(ObjectiveAccess.isReadable(by: person))
            """
        }
        let parts = [select("k.owner = \(person)"), select("k.owner is null and o.owner = \(person)")]
        return try tx.all(Found.self, SQL(joining: parts, separator: " union all "))
            .compactMap { $0.waiting(on: today, zone: zone) }
            .sorted { ($0.since, $0.title) < ($1.since, $1.title) }
    }

    private struct Found: RowReadable {
        let cycle: ID<Cycle>
        let name: String
        let rhythm: Int
        let startsOn: Day
        let title: String
        let checkedOn: Day?
        let addedAt: Date
        let committedAt: Date?

        init(row: inout Row) throws {
            cycle = try row.next()
            name = try row.next()
            rhythm = try row.next()
            startsOn = try row.next()
            title = try row.next()
            checkedOn = try row.next()
            addedAt = try row.next()
            committedAt = try row.next()
        }

        func waiting(on today: Day, zone: TimeZone) -> Unheard? {
            let began = [startsOn, Day(addedAt, in: zone), committedAt.map { Day($0, in: zone) } ?? startsOn]
            let since = (checkedOn ?? began.max() ?? startsOn).adding(days: rhythm)
            guard since <= today else { return nil }
            return Unheard(cycle: cycle, cycleName: name, title: title, rhythm: rhythm, since: since)
        }
    }
}
