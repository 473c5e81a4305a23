import Storage

/// What a session shows of its employee's goals and work.
///
/// Both functions ask nobody's leave: call them only where a ``SessionAccess`` has been proven, or for the viewer's own.
extension Goals {
    /// The open objectives of the employee's teams and of the company, beside the employee's goals and work. Three
    /// queries.
    static func alignment(of employee: ID<Person>, in tx: any Transaction) throws -> Alignment {
        let objectives = try tx.all(
            Objective.self,
            """
            select \(Objective.columns) from \(Objective.tables)
            where o.id in \(concerning(employee, where: isAligned))
            order by \(Objective.order)
            """)
        let work = try workUnderWay(of: employee, in: tx)
        let edges = try Support.all(of: objectives.map(\.id), work.map(\.id), in: tx)
        return Alignment(
            shared: objectives.filter { $0.level != .person },
            goals: objectives.filter { $0.level == .person },
            work: work, edges: edges.map(\.edge))
    }

    /// The condition under which an objective `o` that concerns somebody stands in their alignment: it is open, and no
    /// draft of anybody's.
    static let isAligned: SQL = """
        o.state = 'open'
            and (\(ObjectiveAccess.isPublic) or (o.level = 'person' and (o.stage is null or o.stage <> 'draft')))
        """

    /// The ids of what a session with this employee is about: the objectives of the company, the employee's own, and
    /// their teams'; of these, those that meet a condition on `o`.
    ///
    /// Three ways, each of which an index leads along; as one condition with `or`, SQLite would read the objectives of
    /// the whole company once there are many.
    static func concerning(_ employee: ID<Person>, where condition: SQL = "1 = 1") -> SQL {
        """
        (select o.id from objective o where o.level = 'company' and \(condition)
        union all select o.id from objective o
            where o.owner = \(employee) and o.level <> 'company' and o.level <> 'team' and \(condition)
        union all select o.id from team_member m join team g on g.id = m.team join objective o on o.team = m.team
            where m.person = \(employee) and g.archived_at is null and \(condition))
        """
    }

    /// The employee's open goals, then their work under way: what a manager gives verdicts on. Three queries, and one
    /// more where a goal stands in a cycle.
    static func subjects(of employee: ID<Person>, in tx: any Transaction) throws -> [Subject] {
        let goals = try tx.all(
            Objective.self,
            """
            select \(Objective.columns) from \(Objective.tables)
            where o.level = 'person' and o.owner = \(employee) and o.state = 'open'
                and (o.stage is null or o.stage <> 'draft') order by \(Objective.order)
            """)
        let work = try workUnderWay(of: employee, in: tx)
        let supports = try Support.all(of: goals.map(\.id), work.map(\.id), in: tx)
        let supported = Support.byItem(supports)
        let results = Dictionary(
            grouping: try KeyResult.all(of: goals.filter { $0.cycle != nil }.map(\.id), in: tx), by: \.objective)
        return goals.map { goal in
            Subject(
                item: .goal(goal), supports: supported[goal.id.text] ?? [],
                progress: results[goal.id].map(Standing.words))
        }
            + work.map { Subject(item: .work($0), supports: supported[$0.id.text] ?? []) }
    }

    private static func workUnderWay(of owner: ID<Person>, in tx: any Transaction) throws -> [Work] {
        try tx.all(
            Work.self,
            """
            select \(Work.columns) from \(Work.tables)
            where w.owner = \(owner) and w.state = 'under way' order by w.id
            """)
    }
}

/// What the readiness of a session asks of the alignment: a small part of it, which can be had without the rest.
struct AlignmentFacts: Equatable {
    /// Whether there is any goal to put work beside.
    let hasGoals: Bool
    /// Titles of work under way that serves no goal.
    let looseWork: [String]

    init(_ alignment: Alignment) {
        hasGoals = !alignment.lines.isEmpty || !alignment.goals.isEmpty
        looseWork = alignment.looseWork.map(\.title)
    }

    private init(hasGoals: Bool, looseWork: [String]) {
        self.hasGoals = hasGoals
        self.looseWork = looseWork
    }

    /// The same as of ``Goals/alignment(of:in:)``. Two queries.
    static func load(of employee: ID<Person>, in tx: any Transaction) throws -> AlignmentFacts {
        let hasGoals = try tx.value(
            Bool.self,
            """
            select case when exists \(Goals.concerning(employee, where: Goals.isAligned)) then 1 else 0 end
            """)
        let looseWork = try tx.values(
            String.self,
            """
            select w.title from work w
            where w.owner = \(employee) and w.state = 'under way' and not exists (
                select 1 from work_support s join objective o on o.id = s.objective
                where s.work = w.id and \(Support.isSupported))
            order by w.id
            """)
        return AlignmentFacts(hasGoals: hasGoals == true, looseWork: looseWork)
    }
}

/// A goal or a piece of work, and an objective that it supports.
struct Support: RowReadable {
    let item: String
    let objective: ObjectiveName

    init(row: inout Row) throws {
        item = try row.next()
        objective = try ObjectiveName(row: &row)
    }

    var edge: Alignment.Edge { Alignment.Edge(from: item, to: objective.id.text) }

    /// What these objectives and pieces of work support, as far as that is still open.
    ///
    /// What a goal or a piece of work supports is never of a lower level, and another's own goal never. Of the others,
    /// those that everyone may read: so who may read the one may read the other.
    static func all(
        of objectives: [ID<Objective>], _ work: [ID<Work>], in tx: any Transaction
    ) throws -> [Support] {
        try tx.all(
            Support.self,
            """
            select s.objective, o.id, o.title, o.level from objective_support s join objective o on o.id = s.supports
            where \(isSupported) and s.objective in \(list: objectives)
            union all
            select s.work, o.id, o.title, o.level from work_support s join objective o on o.id = s.objective
            where \(isSupported) and s.work in \(list: work)
            """)
    }

    /// The condition under which it counts that an objective `o` is supported.
    static let isSupported: SQL = "o.state = 'open' and (o.level = 'person' or \(ObjectiveAccess.isPublic))"

    /// What each thing supports, the nearest level first.
    static func byItem(_ supports: [Support]) -> [String: [ObjectiveName]] {
        Dictionary(grouping: supports, by: \.item).mapValues { supports in
            supports.map(\.objective).sorted { ($1.level, $0.id) < ($0.level, $1.id) }
        }
    }
}
