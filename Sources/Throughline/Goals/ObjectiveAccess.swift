import Storage

/// Proof that a viewer may read an objective, and whether they may change it.
///
/// Everyone reads the company's and the teams' objectives, unless a narrower circle was chosen; a person's own goals are
/// read by them and their manager, unless a wider one was. A draft in a cycle is read by who looks after it and those who
/// may change it. Administrators change the company's; the members of a team, the managers of its members and
/// administrators change the team's. A person's own goals are changed by them alone. Who looks after an objective checks
/// in on it and scores it, also where others change its words.
public struct ObjectiveAccess: Sendable, Equatable {
    public let objective: Objective
    public let mayWrite: Bool

    /// - Throws: ``NotFound`` when there is no such objective, or it is not the viewer's to read.
    static func load(
        _ id: ID<Objective>, for viewer: Viewer, in tx: any Transaction
    ) throws -> ObjectiveAccess {
        let row = try tx.first(
            ObjectiveRow.self,
            """
            select \(Objective.columns), \(isOfTeam("o.team", viewer.id)) from \(Objective.tables)
            where o.id = \(id) and \(isReadable(by: viewer.id))
            """)
        guard let row else { throw NotFound() }
        return ObjectiveAccess(
            objective: row.objective,
            mayWrite: mayWrite(to: row.objective.group, isOfTeam: row.isOfTeam, viewer))
    }

    /// The objectives of a query over ``Objective/tables`` that a person may read. Every list that may hold somebody's
    /// own goals says this, so that nobody learns more from a list, a count or a link than from the goal itself.
    static func isReadable(by person: ID<Person>) -> SQL { isReadable(byPerson: "\(person)") }

    /// - Parameter person: an id, or a column that holds one.
    static func isReadable(byPerson person: SQL) -> SQL {
        """
        (case when o.stage = 'draft' then (o.created_by = \(person) or o.owner = \(person)
                or (o.level = 'team' and \(isOfTeam("o.team", person)) = 1)
                or (o.level = 'company' and exists
                    (select 1 from person a where a.id = \(person) and a.role = 'admin')))
            else (\(isForEveryone) or o.owner = \(person) or w.manager = \(person)
                or (o.visibility = 'team' and \(sharesTeam(person)))) end)
        """
    }

    /// What everyone at the company may read, drafts aside, in a query that calls the table `o`.
    static let isForEveryone: SQL =
        "(o.visibility = 'everyone' or (o.visibility is null and o.level <> 'person'))"

    /// What everyone at the company may read. What a session shows of others, and what a roll-up counts.
    static let isPublic: SQL = "((o.stage is null or o.stage <> 'draft') and \(isForEveryone))"

    /// Of a team's objective, its members and their managers; of a person's, those who are in a team with them.
    private static func sharesTeam(_ person: SQL) -> SQL {
        """
        case when o.level = 'team' then \(isOfTeam("o.team", person)) = 1
            else exists (select 1 from team_member mine join team_member theirs on theirs.team = mine.team
                join team mt on mt.id = mine.team
                where mine.person = \(person) and theirs.person = o.owner and mt.archived_at is null) end
        """
    }

    /// 1 where a person is a member of a team that is not archived, or manages one; else 0.
    static func isOfTeam(_ team: SQL, _ person: ID<Person>) -> SQL { isOfTeam(team, "\(person)" as SQL) }

    private static func isOfTeam(_ team: SQL, _ person: SQL) -> SQL {
        """
        case when exists (select 1 from team_member m join person p on p.id = m.person join team mt on mt.id = m.team
            where m.team = \(team) and mt.archived_at is null and p.state <> 'deactivated'
                and (p.id = \(person) or p.manager = \(person))) then 1 else 0 end
        """
    }

    static func mayWrite(to group: Objective.Group, isOfTeam: Bool, _ viewer: Viewer) -> Bool {
        switch group {
        case .company: viewer.isAdmin
        case .team: viewer.isAdmin || isOfTeam
        case .person(let owner): owner == viewer.id
        }
    }

    /// - Throws: ``Refused`` when the viewer may only read it, ``Conflict`` when it is no longer open.
    func requireOpenAndWritable() throws {
        try requireWritable()
        try requireOpen()
    }

    /// Whether a viewer answers for it: who looks after it, and those who may change it. They say how it stands and score it.
    func isAnswered(by viewer: Viewer) -> Bool { mayWrite || objective.owner?.id == viewer.id }

    /// - Throws: ``Refused`` when others answer for it, ``Conflict`` when it is no longer open.
    func requireOpenAndAnswered(by viewer: Viewer) throws {
        guard isAnswered(by: viewer) else {
            throw Refused(
                objective.owner.map { "\($0.name) looks after this. Ask them." } ?? Self.refusal(objective.group))
        }
        try requireOpen()
    }

    /// - Throws: ``Conflict``.
    private func requireOpen() throws {
        if objective.stage == .closed {
            throw Conflict("Its cycle is over: it was closed with a score, and stays as it was.")
        }
        guard objective.state == .open else {
            throw Conflict(
                "\(objective.changedBy.name) marked it \(objective.state.rawValue). Open it again to change it."
            )
        }
    }

    func requireWritable() throws {
        guard mayWrite else { throw Refused(Self.refusal(objective.group)) }
    }

    static func refusal(_ group: Objective.Group) -> String {
        switch group {
        case .company: "The company’s objectives are changed by its administrators. Ask one of them."
        case .team: "A team’s objectives are changed by its members and their managers. Ask one of them."
        case .person: "A goal of one’s own is changed by its owner alone. Talk about it in your next session."
        }
    }
}

private struct ObjectiveRow: RowReadable {
    let objective: Objective
    let isOfTeam: Bool

    init(row: inout Row) throws {
        objective = try Objective(row: &row)
        isOfTeam = try row.next()
    }
}

/// Proof that a viewer may see a group of objectives, and whether they may add to it.
struct GroupAccess {
    let group: Objective.Group
    /// The team's name, the company's, or the viewer's own.
    let name: String
    let mayWrite: Bool

    /// - Throws: ``NotFound`` for a team that isn't there (any more), or somebody else's own goals.
    static func load(
        _ group: Objective.Group, for viewer: Viewer, in tx: any Transaction
    ) throws -> GroupAccess {
        switch group {
        case .company:
            return GroupAccess(group: group, name: viewer.company, mayWrite: viewer.isAdmin)
        case .person(let person):
            guard person == viewer.id else { throw NotFound() }
            return GroupAccess(group: group, name: viewer.name, mayWrite: true)
        case .team(let id):
            let team = try tx.first(
                TeamStanding.self,
                """
                select t.id, t.name, \(ObjectiveAccess.isOfTeam("t.id", viewer.id)) from team t
                where t.id = \(id) and t.archived_at is null
                """)
            guard let team else { throw NotFound() }
            return GroupAccess(
                group: group, name: team.team.name,
                mayWrite: ObjectiveAccess.mayWrite(to: group, isOfTeam: team.isOfTeam, viewer))
        }
    }

    func requireWritable() throws {
        guard mayWrite else { throw Refused(ObjectiveAccess.refusal(group)) }
    }
}

private struct TeamStanding: RowReadable {
    let team: TeamName
    let isOfTeam: Bool

    init(row: inout Row) throws {
        team = try TeamName(row: &row)
        isOfTeam = try row.next()
    }
}

/// Proof that a viewer may read a piece of work: its owner, who also changes it, and the owner's manager.
public struct WorkAccess: Sendable, Equatable {
    public let work: Work
    public let mayWrite: Bool

    /// - Throws: ``NotFound``.
    static func load(_ id: ID<Work>, for viewer: Viewer, in tx: any Transaction) throws -> WorkAccess {
        let work = try tx.first(
            Work.self,
            """
            select \(Work.columns) from \(Work.tables)
            where w.id = \(id) and (w.owner = \(viewer.id) or p.manager = \(viewer.id))
            """)
        guard let work else { throw NotFound() }
        return WorkAccess(work: work, mayWrite: work.owner.id == viewer.id)
    }

    func requireWritable() throws {
        guard mayWrite else {
            throw Refused(
                "A piece of work is changed by its owner alone. Talk about it in your next session.")
        }
    }
}
