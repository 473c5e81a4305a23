import Storage

/// What the team is after beside what one person is working on (practice 3): what supports what, and the gaps on both
/// sides.
public struct Alignment: Sendable, Equatable {
    /// The open objectives of the person's teams and of the company, in priority order.
    public let lines: [Line]
    /// The person's open goals that support nothing, directly or through another of their goals.
    public let looseGoals: [Objective]
    /// The person's work under way that serves no goal at all.
    public let looseWork: [Work]
    /// The person's open goals that none of their work under way serves, directly or through another of their goals.
    public let idleGoals: [Objective]
    /// The person's open goals and their work under way, all of them.
    public let goals: [Objective]
    public let work: [Work]
    /// What a piece of work could serve: the person's own goals, then the team's and the company's.
    public let linkable: [Objective]

    /// An objective of a team or the company, and what of the person's supports it.
    public struct Line: Sendable, Equatable {
        public let objective: Objective
        /// The person's goals that support it, directly or through another of their goals.
        public let goals: [Objective]
        /// The person's work that serves it, directly or through one of their goals.
        public let work: [Work]
        /// The team's objectives that carry the person's share to it, where nothing of the person's supports it itself.
        public let through: [ObjectiveName]

        /// Nothing of the person's supports it, by no way. That may be right.
        public var isGap: Bool { goals.isEmpty && work.isEmpty && through.isEmpty }
    }

    /// The objectives of the team and the company that nothing of the person's supports.
    public var gaps: [Objective] { lines.filter(\.isGap).map(\.objective) }

    public var isEmpty: Bool { lines.isEmpty && looseGoals.isEmpty && looseWork.isEmpty }

    /// One thing supports another: `from` is a goal or a piece of work, `to` an open objective.
    struct Edge {
        let from: String
        let to: String
    }

    /// - Parameter edges: from the person's goals and work, and from the shared objectives, to open objectives.
    init(shared: [Objective], goals: [Objective], work: [Work], edges: [Edge]) {
        self.goals = goals
        self.work = work
        let targets = Dictionary(grouping: edges, by: \.from).mapValues { Set($0.map(\.to)) }
        let ownGoals = Set(goals.map(\.id.text))
        let sharedIDs = Set(shared.map(\.id.text))

        /// Everything that can be reached from `start` by passing only through `way`.
        func reach(_ start: String, through way: Set<String>) -> Set<String> {
            var reached = targets[start] ?? []
            var waiting = reached.intersection(way)
            while let next = waiting.popFirst() {
                let new = (targets[next] ?? []).subtracting(reached)
                reached.formUnion(new)
                waiting.formUnion(new.intersection(way))
            }
            return reached
        }

        let goalReach = goals.map { (goal: $0, reached: reach($0.id.text, through: ownGoals)) }
        let workReach = work.map { (work: $0, reached: reach($0.id.text, through: ownGoals)) }
        let worked = workReach.reduce(into: Set<String>()) { $0.formUnion($1.reached) }
        let supported = goalReach.reduce(into: Set<String>()) { $0.formUnion($1.reached) }
            .union(worked)
        let carriers = shared.filter { supported.contains($0.id.text) }
            .map { (objective: $0, reached: reach($0.id.text, through: sharedIDs)) }

        lines = shared.sorted(by: Self.comesFirst).map { objective in
            let id = objective.id.text
            let isSupported = supported.contains(id)
            return Line(
                objective: objective,
                goals: goalReach.filter { $0.reached.contains(id) }.map(\.goal),
                work: workReach.filter { $0.reached.contains(id) }.map(\.work),
                through: isSupported
                    ? [] : carriers.filter { $0.reached.contains(id) }.map { ObjectiveName($0.objective) })
        }
        looseGoals = goalReach.filter { $0.reached.isSubset(of: ownGoals) }.map(\.goal)
        idleGoals = goals.filter { !worked.contains($0.id.text) }
        looseWork = workReach.filter(\.reached.isEmpty).map(\.work)
        var seen: Set<ID<Objective>> = []
        linkable = (lines.flatMap(\.goals) + looseGoals + lines.map(\.objective)).filter { seen.insert($0.id).inserted }
    }

    /// Priorities in their order, the team's before the company's.
    private static func comesFirst(_ left: Objective, _ right: Objective) -> Bool {
        let (one, other) = (left.priority ?? .max, right.priority ?? .max)
        if one != other { return one < other }
        if left.level != right.level { return left.level > right.level }
        return left.id < right.id
    }
}

/// A goal or a piece of work on which a manager says whether it is what the team needs most now (practice 7).
public struct Subject: Sendable, Equatable {
    public let item: Item
    /// What it supports, as far as that is still open.
    public let supports: [ObjectiveName]
    /// Of a goal in a cycle: how far it is and how sure its people are, in words.
    public var progress: String?

    public enum Item: Sendable, Equatable {
        case goal(Objective)
        case work(Work)
    }

    public var title: String {
        switch item {
        case .goal(let goal): goal.title
        case .work(let work): work.title
        }
    }

    public var standing: String {
        switch item {
        case .goal(let goal): goal.standing.isEmpty ? progress ?? "" : goal.standing
        case .work(let work): work.standing
        }
    }
}
