import Foundation
public import Storage

extension Product {
    public var teams: Teams { Teams(product: self) }
}

/// The company's teams. Everybody sees them; administrators look after them.
public struct Teams: Sendable {
    let product: Product

    /// The teams that work, by name, each with its people; for administrators also those put away.
    public func all(as viewer: Viewer) async throws -> [TeamSummary] {
        try await product.database.read { tx in
            let teams = try tx.all(Team.self, "select \(Team.columns) from team t")
            let sizes = try tx.all(
                Size.self,
                """
                select m.team, count(*) from team_member m join person p on p.id = m.person
                where p.state = 'active' group by m.team
                """)
            let bySize = Dictionary(
                sizes.map { ($0.team, $0.count) }, uniquingKeysWith: { first, _ in first })
            return teams.filter { $0.archivedAt == nil || viewer.isAdmin }
                .map { TeamSummary(team: $0, size: bySize[$0.id] ?? 0) }
                .sorted { $0.team.name.lowercased() < $1.team.name.lowercased() }
        }
    }

    /// The names of the teams that work, for forms.
    public func names(as viewer: Viewer) async throws -> [TeamName] {
        try await all(as: viewer).filter { $0.team.archivedAt == nil }
            .map { TeamName(id: $0.team.id, name: $0.team.name) }
    }

    /// One team with its people.
    /// - Throws: ``NotFound``.
    public func profile(_ id: ID<Team>, as viewer: Viewer) async throws -> TeamProfile {
        try await product.database.read { tx in
            let team = try Team.find(id, in: tx)
            let people = try PersonSummary.all(for: viewer, in: tx).filter { $0.state != .deactivated }
            let members = Set(
                try tx.values(ID<Person>.self, "select person from team_member where team = \(id)"))
            return TeamProfile(
                team: team,
                members: people.filter { members.contains($0.person.id) },
                others: viewer.isAdmin ? people.filter { !members.contains($0.person.id) }.map(\.person) : [])
        }
    }

    /// Makes a team.
    /// - Parameter id: made when the form was shown. Sent twice, the team is made once.
    /// - Throws: ``NotFound``, ``Invalid``.
    public func create(
        name: String, purpose: String, id: ID<Team>? = nil, as viewer: Viewer
    ) async throws -> ID<Team> {
        let (name, purpose) = try Self.checked(name, purpose)
        let now = product.now()
        let id = id ?? ID(now: now)
        return try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            let same: SQL = "name = \(name) and purpose = \(purpose)"
            guard let new = try tx.newID(id, in: "team", unless: same, at: now) else { return id }
            try Self.requireUnused(name, but: nil, in: tx)
            try tx.run(
                "insert into team (id, name, purpose, created_at) values (\(new), \(name), \(purpose), \(now))"
            )
            try tx.journal("made", new, "team", by: viewer.id, at: now, detail: ["name": name])
            return new
        }
    }

    /// Changes a team's name and purpose.
    /// - Throws: ``NotFound``, ``Invalid``.
    public func change(_ id: ID<Team>, name: String, purpose: String, as viewer: Viewer) async throws {
        let (name, purpose) = try Self.checked(name, purpose)
        let now = product.now()
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            let before = try Team.find(id, in: tx)
            try Self.requireUnused(name, but: id, in: tx)
            try tx.run("update team set name = \(name), purpose = \(purpose) where id = \(id)")
            try tx.journal(
                "changed", id, "team", by: viewer.id, at: now, detail: ["before": before.name, "name": name])
        }
    }

    /// Puts a team away, or takes it out again. Its goals and its people's records stay.
    /// - Throws: ``NotFound``.
    public func setArchived(_ isArchived: Bool, _ id: ID<Team>, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            guard try (Team.find(id, in: tx).archivedAt != nil) != isArchived else { return }
            try tx.run("update team set archived_at = \(isArchived ? now : nil) where id = \(id)")
            try tx.journal(isArchived ? "archived" : "restored", id, "team", by: viewer.id, at: now)
        }
    }

    /// Takes somebody into a team. Taking them in twice is once.
    /// - Parameter person: an id as the form sent it.
    /// - Throws: ``NotFound``, ``Invalid``.
    public func add(_ person: String, to id: ID<Team>, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            _ = try Team.find(id, in: tx)
            let found = try ID<Person>(person).flatMap { person in
                try tx.value(
                    ID<Person>.self, "select id from person where id = \(person) and state <> 'deactivated'")
            }
            guard let found else { throw Invalid("person", "Choose somebody who works here.") }
            let count = try tx.run(
                """
                insert into team_member (team, person, joined_at) values (\(id), \(found), \(now))
                on conflict (team, person) do nothing
                """)
            guard count == 1 else { return }
            try tx.journal("added-member", id, "team", by: viewer.id, at: now, detail: ["person": found.text])
        }
    }

    /// Takes somebody out of a team.
    /// - Throws: ``NotFound``.
    public func remove(_ person: ID<Person>, from id: ID<Team>, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            let count = try tx.run("delete from team_member where team = \(id) and person = \(person)")
            guard count == 1 else { throw NotFound() }
            try tx.journal(
                "removed-member", id, "team", by: viewer.id, at: now, detail: ["person": person.text])
        }
    }

    private static func checked(_ name: String, _ purpose: String) throws -> (name: String, purpose: String) {
        var typed = Typed()
        let name = typed.line(name, "name", missing: "Give the team a name.", atMost: Limit.name)
        let purpose = typed.text(purpose, "purpose", missing: nil, atMost: 1_000)
        try typed.check()
        return (name, purpose)
    }

    /// Two teams whose names differ only in case would be taken for one.
    private static func requireUnused(_ name: String, but id: ID<Team>?, in tx: any Transaction) throws {
        let teams = try tx.all(TeamName.self, "select id, name from team")
        guard let other = teams.first(where: { $0.id != id && $0.name.lowercased() == name.lowercased() })
        else { return }
        throw Invalid("name", "There is a team called \(other.name) already, perhaps put away.")
    }
}

/// A team in the list of teams.
public struct TeamSummary: Sendable, Equatable {
    public let team: Team
    /// How many active people are in it.
    public let size: Int
}

/// A team's page.
public struct TeamProfile: Sendable {
    public let team: Team
    public let members: [PersonSummary]
    /// Who could join it; for administrators.
    public let others: [PersonName]
}

private struct Size: RowReadable {
    let team: ID<Team>
    let count: Int

    init(row: inout Row) throws {
        team = try row.next()
        count = try row.next()
    }
}
