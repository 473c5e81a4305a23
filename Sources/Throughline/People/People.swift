public import Foundation
public import Storage

extension Product {
    public var people: People { People(product: self) }
}

/// The people of the company: who they are, whom they report to, and how they come and go.
public struct People: Sendable {
    let product: Product

    /// Everybody whom the viewer sees in the directory, by name. Administrators also see who is invited and
    /// who has left.
    public func directory(as viewer: Viewer) async throws -> [PersonSummary] {
        try await product.database.read { tx in try PersonSummary.all(for: viewer, in: tx) }
    }

    /// One person, with what the viewer may read of them.
    /// - Throws: ``NotFound``.
    public func profile(_ id: ID<Person>, as viewer: Viewer) async throws -> PersonProfile {
        try await product.database.read { tx in try PersonProfile.load(id, for: viewer, in: tx) }
    }

    // MARK: Inside a transaction

    /// Somebody's name, whatever their state.
    /// - Throws: ``NotFound``.
    static func name(of person: ID<Person>, in tx: any Transaction) throws -> PersonName {
        guard let name = try PersonName.find(person, in: tx) else { throw NotFound() }
        return name
    }

    /// Whom a person reports to, unless to nobody or to somebody who has left.
    static func manager(of person: ID<Person>, in tx: any Transaction) throws -> PersonName? {
        try tx.first(
            PersonName.self,
            """
            select m.id, m.name from person p join person m on m.id = p.manager
            where p.id = \(person) and m.state <> 'deactivated'
            """)
    }

    /// Who reports to a person directly and still works here, by name.
    static func reports(of person: ID<Person>, in tx: any Transaction) throws -> [PersonName] {
        try tx.all(
            PersonName.self,
            "select id, name from person where manager = \(person) and state <> 'deactivated' order by name, id"
        )
    }

    /// The teams that a person is in, by name.
    static func teams(of person: ID<Person>, in tx: any Transaction) throws -> [TeamName] {
        try tx.all(
            TeamName.self,
            """
            select t.id, t.name from team t join team_member m on m.team = t.id
            where m.person = \(person) and t.archived_at is null order by t.name
            """)
    }

    /// Makes sure that the viewer is an administrator now, whatever they were when the page was loaded.
    /// - Throws: ``NotFound``, because what only administrators reach is not there for others.
    static func requireAdmin(_ viewer: Viewer, in tx: any Transaction) throws {
        let found = try tx.value(
            Int.self, "select 1 from person where id = \(viewer.id) and role = 'admin' and state = 'active'")
        if found == nil { throw NotFound() }
    }
}

// MARK: - Views

/// A person in the directory.
public struct PersonSummary: Sendable, Equatable {
    public let person: PersonName
    public let job: String
    public let state: Person.State
    public let role: Role
    public let manager: PersonName?
    public var teams: [TeamName] = []

    static func all(for viewer: Viewer, in tx: any Transaction) throws -> [PersonSummary] {
        let states: [Person.State] = viewer.isAdmin ? [.active, .invited, .deactivated] : [.active]
        let rows = try tx.all(
            SummaryRow.self,
            """
            select p.id, p.name, p.job, p.state, p.role, m.id, m.name
            from person p left join person m on m.id = p.manager
            where p.state in \(list: states)
            """)
        let memberships = try tx.all(
            Membership.self,
            """
            select m.person, t.id, t.name from team_member m join team t on t.id = m.team
            where t.archived_at is null order by t.name
            """)
        let teams = Dictionary(grouping: memberships, by: \.person)
        return rows.map { row in
            var summary = row.summary
            summary.teams = teams[summary.person.id]?.map(\.team) ?? []
            return summary
        }
        .sorted(byNameOf: \.person)
    }

    /// Whether every word of `search` is found in the name, the job, a team's or the manager's name; accents
    /// and case don't matter.
    public func matches(_ search: String) -> Bool {
        let texts = ([person.name, job, manager?.name ?? ""] + teams.map(\.name)).map(\.folded)
        return search.folded.split(separator: " ").allSatisfy { word in
            texts.contains { $0.contains(word) }
        }
    }
}

/// A person's page: what the viewer may read of them.
public struct PersonProfile: Sendable {
    public let person: Person
    public let manager: PersonName?
    public let reports: [PersonName]
    public let teams: [TeamName]
    /// What an administrator needs besides; nil for others.
    public let administration: Administration?

    public struct Administration: Sendable {
        /// Whom they could report to: everybody who works here but themselves.
        public let managers: [PersonName]
        /// Whether they are the only active administrator.
        public let isLastAdmin: Bool
        /// When the last invitation ends; nil if there is none open.
        public let invitationEndsAt: Date?
        /// What would be, or is, to be handed over.
        public let holdings: Holdings
    }

    static func load(_ id: ID<Person>, for viewer: Viewer, in tx: any Transaction) throws -> PersonProfile {
        let person = try Person.find(id, in: tx)
        // Somebody who has not come yet is the administrators' business.
        guard person.state != .invited || viewer.isAdmin else { throw NotFound() }
        return PersonProfile(
            person: person,
            manager: try person.manager.flatMap { try PersonName.find($0, in: tx) },
            reports: try People.reports(of: id, in: tx).sorted(byNameOf: { $0 }),
            teams: try People.teams(of: id, in: tx),
            administration: viewer.isAdmin ? try Administration(of: person, for: viewer, in: tx) : nil)
    }
}

extension PersonProfile.Administration {
    fileprivate init(of person: Person, for viewer: Viewer, in tx: any Transaction) throws {
        managers = try tx.all(
            PersonName.self, "select id, name from person where state <> 'deactivated' and id <> \(person.id)"
        )
        .sorted(byNameOf: { $0 })
        isLastAdmin =
            try person.role == .admin && person.state == .active
            && !People.hasOtherAdmin(than: person.id, in: tx)
        invitationEndsAt =
            try tx.value(
                Date?.self,
                """
                select max(expires_at) from link
                where person = \(person.id) and kind = 'invitation' and used_at is null
                """) ?? nil
        holdings = try Holdings.load(of: person.id, for: viewer, in: tx)
    }
}

private struct SummaryRow: RowReadable {
    let summary: PersonSummary

    init(row: inout Row) throws {
        let person = try PersonName(row: &row)
        let job: String = try row.next()
        let state: Person.State = try row.next()
        let role: Role = try row.next()
        let manager: ID<Person>? = try row.next()
        let managerName: String? = try row.next()
        summary = PersonSummary(
            person: person, job: job, state: state, role: role,
            manager: manager.flatMap { id in managerName.map { PersonName(id: id, name: $0) } })
    }
}

private struct Membership: RowReadable {
    let person: ID<Person>
    let team: TeamName

    init(row: inout Row) throws {
        person = try row.next()
        team = try TeamName(row: &row)
    }
}
