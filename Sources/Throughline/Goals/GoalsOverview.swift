import Foundation
public import Storage

/// Where the goals stand, as one person may see it: the company, some teams, one person's own goals and work.
public struct GoalsOverview: Sendable, Equatable {
    public let company: Section
    /// The person's teams, or the one that was asked for.
    public let teams: [Section]
    /// Whose goals and work these are: the viewer, or somebody who reports to them.
    public let person: PersonName
    /// Who else reads them: the person's manager, if there is one.
    public let manager: PersonName?
    public let goals: [Entry]
    public let work: [WorkEntry]
    /// What the shared objectives and the person's goals and work have to do with each other.
    public let alignment: Alignment
    /// Who reports to the viewer.
    public let reports: [PersonName]
    /// The teams that are not shown.
    public let otherTeams: [TeamName]
    /// Everything the viewer may choose when they say what a goal or a piece of work supports.
    public let choices: [Choice]
    /// Open ones, or those that are reached or dropped.
    public let isOpen: Bool
    /// The cycles that there are, the newest first.
    public let cycles: [Cycle]

    /// The objectives of the company or of a team.
    public struct Section: Sendable, Equatable {
        public let group: Objective.Group
        public let name: String
        public let objectives: [Entry]
        public let mayWrite: Bool
    }

    public struct Entry: Sendable, Equatable {
        public let objective: Objective
        public let supports: [ObjectiveName]
    }

    public struct WorkEntry: Sendable, Equatable {
        public let work: Work
        public let supports: [ObjectiveName]
    }

    /// An open objective that something may be said to support.
    public struct Choice: Sendable, Equatable, RowReadable {
        public let objective: ObjectiveName
        /// The team's name, at the team's level.
        public let team: String?
        /// The name of the cycle that it stands in; the same title may stand in several.
        public let cycle: String?

        /// The cycle, which they call `y`, comes beside ``Objective/tables``.
        static let columns: SQL = "o.id, o.title, o.level, t.name, y.name"

        public init(row: inout Row) throws {
            objective = try ObjectiveName(row: &row)
            team = try row.next()
            cycle = try row.next()
        }

        init(_ objective: Objective, in cycles: [Cycle]) {
            self.objective = ObjectiveName(objective)
            team = objective.team?.name
            cycle = cycles.first { $0.id == objective.cycle }?.name
        }
    }
}

/// What of the goals a person asks to see.
public struct GoalsQuestion: Sendable, Equatable {
    /// This team instead of one's own teams.
    public var team: ID<Team>?
    /// The goals and work of somebody who reports to the viewer, instead of the viewer's own.
    public var person: ID<Person>?
    /// Those that are open, or those that are reached or dropped.
    public var isOpen = true

    public init(team: ID<Team>? = nil, person: ID<Person>? = nil, isOpen: Bool = true) {
        self.team = team
        self.person = person
        self.isOpen = isOpen
    }
}

extension Goals {
    /// The goals page's data. Six queries, however many goals there are.
    /// - Throws: ``NotFound`` for a team that isn't there, or a person who neither is the viewer nor reports to them.
    public func overview(_ question: GoalsQuestion = .init(), as viewer: Viewer) async throws -> GoalsOverview {
        try await product.database.read { tx in
            let around = try PeopleAround.load(viewer, question.person ?? viewer.id, in: tx)
            let person = try around.readable(question.person ?? viewer.id, viewer)
            let teams = try TeamRow.all(person: person.id, viewer: viewer.id, in: tx)
            if let team = question.team, !teams.contains(where: { $0.name.id == team }) { throw NotFound() }
            let shown = teams.filter { team in question.team.map { $0 == team.name.id } ?? team.hasPerson }

            let isAsked: SQL = question.isOpen ? "o.state = 'open'" : "o.state <> 'open'"
            let order: SQL = question.isOpen ? Objective.order : "o.changed_at desc, o.id"
            let objectives = try tx.all(
                Objective.self,
                """
                select \(Objective.columns) from \(Objective.tables)
                where \(isAsked) and \(ObjectiveAccess.isReadable(by: viewer.id)) and (o.level = 'company'
                    or (o.level = 'team' and o.team in \(list: shown.map(\.name.id)))
                    or (o.level = 'person' and o.owner = \(person.id)))
                order by \(order)
                """)
            let isAskedWork: SQL =
                question.isOpen
                ? "w.state in ('under way', 'paused')" : "w.state in ('done', 'dropped')"
            let work = try tx.all(
                Work.self,
                """
                select \(Work.columns) from \(Work.tables)
                where w.owner = \(person.id) and \(isAskedWork)
                order by case w.state when 'under way' then 0 else 1 end, w.id
                """)
            let supports = Support.byItem(try Support.all(of: objectives.map(\.id), work.map(\.id), in: tx))
            return GoalsOverview(
                person: person, manager: around.manager, reports: around.reports, teams: teams, shown: shown,
                objectives: objectives, work: work, supports: supports, isOpen: question.isOpen,
                cycles: try Cycle.all(in: tx), viewer: viewer)
        }
    }
}

extension GoalsOverview {
    /// Sorts what was read into what is shown.
    fileprivate init(
        person: PersonName, manager: PersonName?, reports: [PersonName], teams: [TeamRow], shown: [TeamRow],
        objectives: [Objective], work: [Work], supports: [String: [ObjectiveName]], isOpen: Bool,
        cycles: [Cycle], viewer: Viewer
    ) {
        func entry(_ objective: Objective) -> Entry {
            Entry(objective: objective, supports: supports[objective.id.text] ?? [])
        }
        let byGroup = Dictionary(grouping: objectives, by: \.group)
        company = Section(
            group: .company, name: viewer.company, objectives: (byGroup[.company] ?? []).map(entry),
            mayWrite: viewer.isAdmin)
        self.teams = shown.map { team in
            Section(
                group: .team(team.name.id), name: team.name.name,
                objectives: (byGroup[.team(team.name.id)] ?? []).map(entry),
                mayWrite: viewer.isAdmin || team.isViewersToWrite)
        }
        self.person = person
        self.manager = manager
        self.reports = reports
        self.isOpen = isOpen
        self.cycles = cycles
        goals = (byGroup[.person(person.id)] ?? []).map(entry)
        self.work = work.map { WorkEntry(work: $0, supports: supports[$0.id.text] ?? []) }
        let shownIDs = Set(shown.map(\.name.id))
        otherTeams = teams.map(\.name).filter { !shownIDs.contains($0.id) }
        choices = objectives.filter { $0.state == .open }.map { Choice($0, in: cycles) }
        alignment = Alignment(
            shared: objectives.filter { $0.level != .person }, goals: goals.map(\.objective),
            work: work.filter { $0.state == .underWay },
            edges: supports.flatMap { item, names in names.map { Alignment.Edge(from: item, to: $0.id.text) }
            })
    }
}

/// A team, with what it is to whom.
private struct TeamRow: RowReadable {
    let name: TeamName
    /// Whether the person whose goals are shown is in it.
    let hasPerson: Bool
    /// Whether the viewer is a member, or manages one.
    let isViewersToWrite: Bool

    init(row: inout Row) throws {
        name = try TeamName(row: &row)
        hasPerson = try row.next()
        isViewersToWrite = try row.next()
    }

    static func all(person: ID<Person>, viewer: ID<Person>, in tx: any Transaction) throws -> [TeamRow] {
        try tx.all(
            TeamRow.self,
            """
            select t.id, t.name,
                case when exists (select 1 from team_member m where m.team = t.id and m.person = \(person))
                    then 1 else 0 end,
                \(ObjectiveAccess.isOfTeam("t.id", viewer))
            from team t where t.archived_at is null order by t.name, t.id
            """)
    }
}

/// The viewer's reports, and the person whose goals are asked for with their manager.
private struct PeopleAround {
    let reports: [PersonName]
    let manager: PersonName?

    static func load(_ viewer: Viewer, _ person: ID<Person>, in tx: any Transaction) throws -> PeopleAround {
        let rows = try tx.all(
            PersonRow.self,
            """
            select p.id, p.name, case when p.manager = \(viewer.id) then 1 else 0 end,
                case when p.id = (select manager from person where id = \(person)) then 1 else 0 end
            from person p
            where (p.manager = \(viewer.id) and p.state <> 'deactivated')
                or p.id = (select manager from person where id = \(person))
            order by p.name, p.id
            """)
        return PeopleAround(
            reports: rows.filter(\.isReport).map(\.name), manager: rows.first(where: \.isManager)?.name)
    }

    func readable(_ person: ID<Person>, _ viewer: Viewer) throws -> PersonName {
        if person == viewer.id { return PersonName(id: viewer.id, name: viewer.name) }
        guard let report = reports.first(where: { $0.id == person }) else { throw NotFound() }
        return report
    }

    private struct PersonRow: RowReadable {
        let name: PersonName
        let isReport: Bool
        let isManager: Bool

        init(row: inout Row) throws {
            name = try PersonName(row: &row)
            isReport = try row.next()
            isManager = try row.next()
        }
    }
}
