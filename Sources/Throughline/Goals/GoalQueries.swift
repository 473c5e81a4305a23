import Storage

/// Questions about goals that more than one verb asks.
extension Goals {
    /// Whether `to` can be reached from `from` along what supports what. Asked in the write transaction that adds a
    /// link, which is serialisable: of two links that would close a loop together, one sees the other.
    static func reaches(from: ID<Objective>, to: ID<Objective>, in tx: any Transaction) throws -> Bool {
        try tx.value(
            Int.self,
            """
            with recursive above (id) as (
                select supports from objective_support where objective = \(from)
                union select s.supports from objective_support s join above on s.objective = above.id)
            select 1 from above where id = \(to)
            """) != nil
    }

    /// Who may be named to look after an objective of a group: the team's members, or anyone at the company.
    static func eligible(
        for group: Objective.Group, _ viewer: Viewer, in tx: any Transaction
    ) throws -> [PersonName] {
        switch group {
        case .company:
            try tx.all(
                PersonName.self, "select id, name from person where state <> 'deactivated' order by name, id")
        case .team(let team):
            try tx.all(
                PersonName.self,
                """
                select p.id, p.name from team_member m join person p on p.id = m.person
                where m.team = \(team) and p.state <> 'deactivated' order by p.name, p.id
                """)
        case .person:
            [PersonName(id: viewer.id, name: viewer.name)]
        }
    }

    // MARK: Priorities

    /// An open objective that is a priority.
    struct Ranked: RowReadable, Equatable {
        let id: ID<Objective>
        let priority: Int?

        init(id: ID<Objective>, priority: Int?) {
            self.id = id
            self.priority = priority
        }

        init(row: inout Row) throws {
            id = try row.next()
            priority = try row.next()
        }
    }

    /// The priorities of a group, the first first.
    static func ranking(of group: Objective.Group, in tx: any Transaction) throws -> [Ranked] {
        try tx.all(
            Ranked.self,
            """
            select o.id, o.priority from objective o
            where \(isIn(group)) and o.state = 'open' and o.priority is not null order by o.priority, o.id
            """)
    }

    /// Numbers priorities 1, 2, 3 … in this order, touching only those that move.
    static func renumber(_ order: [Ranked], in tx: any Transaction) throws {
        for (index, ranked) in order.enumerated() where ranked.priority != index + 1 {
            try tx.run("update objective set priority = \(index + 1) where id = \(ranked.id)")
        }
    }

    /// The objectives of a group, in a query that calls the table `o`.
    static func isIn(_ group: Objective.Group) -> SQL {
        switch group {
        case .company: "o.level = 'company'"
        case .team(let team): "o.level = 'team' and o.team = \(team)"
        case .person(let owner): "o.level = 'person' and o.owner = \(owner)"
        }
    }
}
