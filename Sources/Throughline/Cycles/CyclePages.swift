public import Foundation
public import Storage

/// What of a cycle somebody asks to see.
public struct CycleQuestion: Sendable, Equatable {
    /// Words of an objective's title or its owner's name.
    public var words: String
    /// One team's objectives and those of its people.
    public var team: ID<Team>?
    public var person: ID<Person>?
    public var health: Health.Kind?
    /// Objectives whose supporters are shown below them.
    public var open: [ID<Objective>]
    /// Those of them that show all their supporters, and not only the first.
    public var whole: [ID<Objective>]

    public init(
        words: String = "", team: ID<Team>? = nil, person: ID<Person>? = nil, health: Health.Kind? = nil,
        open: [ID<Objective>] = [], whole: [ID<Objective>] = []
    ) {
        self.words = words
        self.team = team
        self.person = person
        self.health = health
        self.open = open
        self.whole = whole
    }

    /// Whether the whole cycle is looked through, instead of the company's, one's teams' and one's own.
    public var isSearch: Bool { !words.isEmpty || person != nil || health != nil }
}

/// An objective as a cycle's pages show it.
public struct CycleEntry: Sendable, Equatable {
    public let objective: Objective
    public let keyResults: [KeyResult]
    /// What it supports, as far as the viewer may read that.
    public let supports: [ObjectiveName]
    /// Whether something that the viewer may read supports it.
    public let hasSupporters: Bool
    /// Where it has no key results of its own: the progress of what supports it.
    public let rollUp: Double?

    public func standing(_ pace: Pace) -> Standing { Standing(keyResults, pace: pace) }
}

/// A cycle's page: some of its objectives, each once, and what supports those that were opened.
public struct CyclePageModel: Sendable {
    public let cycle: Cycle
    public let cycles: [Cycle]
    public let pace: Pace
    public let question: CycleQuestion
    public let teams: [TeamName]
    /// The viewer's own teams.
    public let ownTeams: Set<ID<Team>>
    /// How many more a room would see, were they for everyone to read.
    public let leftOut: Int
    /// The objectives of the page's first level, in order.
    public let entries: [CycleEntry]
    /// Objectives that are shown below others, by id.
    public let below: [ID<Objective>: CycleEntry]
    /// By an opened objective, what supports it.
    public let supporters: [ID<Objective>: [ID<Objective>]]
    /// By an opened objective, how many more support it than are shown; none where all are.
    public let moreBelow: [ID<Objective>: Int]
    /// How many more there are than are shown.
    public let more: Int
    /// Whose objectives are asked for.
    public let person: PersonName?

    public func entry(_ id: ID<Objective>) -> CycleEntry? {
        entries.first { $0.objective.id == id } ?? below[id]
    }
}

extension Cycles {
    /// A page's first level shows so many objectives at most; beyond that, people narrow down what they ask for.
    static let mostEntries = 60

    /// A cycle's page. Nine queries at most, which read what is shown and not the whole cycle, unless it is searched.
    /// - Parameter isForRoom: whether a room looks on: it sees what is committed to or closed and everyone may read.
    /// - Throws: ``NotFound`` for a cycle, a team or a person that isn't there.
    public func page(
        of id: ID<Cycle>, _ question: CycleQuestion = .init(), isForRoom: Bool = false, as viewer: Viewer
    ) async throws -> CyclePageModel {
        let today = Day(product.now(), in: viewer.timeZone)
        return try await product.database.read { tx in
            let cycles = try Cycle.all(in: tx)
            guard let cycle = cycles.first(where: { $0.id == id }) else { throw NotFound() }
            let pace = cycle.pace(on: today)
            let teams = try CycleTeam.all(of: viewer, in: tx)
            if let team = question.team, !teams.contains(where: { $0.name.id == team }) { throw NotFound() }
            let person = try question.person.map { person in
                guard let name = try PersonName.find(person, in: tx) else { throw NotFound() }
                return name
            }
            let ownTeams = Set(teams.filter(\.isOwn).map(\.name.id))
            var found = try Self.objectives(of: id, question, ownTeams, viewer, in: tx)
            var known: [KeyResult]?
            if let health = question.health {
                let results = try KeyResult.all(of: found.map(\.id), in: tx)
                let byObjective = Dictionary(grouping: results, by: \.objective)
                found = found.filter { objective in
                    objective.stage == .committed
                        && Standing(byObjective[objective.id] ?? [], pace: pace).health?.kind == health
                }
                known = results
            }
            var leftOut = 0
            if isForRoom {
                let settled = found.filter { $0.stage == .committed || $0.stage == .closed }
                found = settled.filter(\.isForEveryone)
                leftOut = settled.count - found.count
            }
            let shown = Array(found.prefix(Self.mostEntries))
            let opened = try Supporter.all(of: question.open, whole: question.whole, viewer, in: tx)
            let shownIDs = Set(shown.map(\.id))
            var belowObjectives: [Objective] = []
            for supporter in opened
            where !shownIDs.contains(supporter.objective.id)
                && !belowObjectives.contains(where: { $0.id == supporter.objective.id })
            {
                belowObjectives.append(supporter.objective)
            }
            let all = shown + belowObjectives
            let details = try EntryDetails(of: all, known: known, viewer, in: tx)
            return CyclePageModel(
                cycle: cycle, cycles: cycles, pace: pace, question: question, teams: teams.map(\.name),
                ownTeams: ownTeams, leftOut: leftOut, entries: shown.map(details.entry),
                below: Dictionary(
                    belowObjectives.map { ($0.id, details.entry($0)) }, uniquingKeysWith: { first, _ in first }),
                supporters: Dictionary(grouping: opened, by: \.supported).mapValues { $0.map(\.objective.id) },
                moreBelow: Dictionary(grouping: opened, by: \.supported)
                    .mapValues { ($0.first?.total ?? 0) - $0.count }.filter { $0.value > 0 },
                more: found.count - shown.count, person: person)
        }
    }

    /// The objectives that a question is about, in the order of the page. Each part of the union finds its own by the
    /// index over cycle, level, team and owner.
    private static func objectives(
        of cycle: ID<Cycle>, _ question: CycleQuestion, _ ownTeams: Set<ID<Team>>, _ viewer: Viewer,
        in tx: any Transaction
    ) throws -> [Objective] {
        let readable = ObjectiveAccess.isReadable(by: viewer.id)
        func select(_ condition: SQL) -> SQL {
            """
            select \(Objective.columns) from \(Objective.tables)
            where o.cycle = \(cycle) and \(condition) and (o.state = 'open' or o.stage = 'closed') and \(readable)
            """
        }
        let parts: [SQL]
        if let team = question.team {
            parts = [
                select("o.level = 'team' and o.team = \(team)"),
                select(
                    """
                    o.level = 'person' and o.team is null
                        and o.owner in (select m.person from team_member m where m.team = \(team))
                    """),
            ]
        } else if let person = question.person {
            parts = [select("o.owner = \(person)")]
        } else if question.isSearch {
            parts = [select("1 = 1")]
        } else {
            parts = [
                select("o.level = 'company'"),
                select("o.level = 'team' and o.team in \(list: ownTeams.sorted())"),
                select("o.level = 'person' and o.team is null and o.owner = \(viewer.id)"),
            ]
        }
        var found = try tx.all(Objective.self, SQL(joining: parts, separator: " union all "))
        if !question.words.isEmpty {
            let words = question.words.folded.split(separator: " ")
            found = found.filter { objective in
                let text = "\(objective.title) \(objective.owner?.name ?? "") \(objective.team?.name ?? "")".folded
                return words.allSatisfy(text.contains)
            }
        }
        return found.sorted(by: Self.comesFirst(viewer))
    }

    /// One's own first, then the teams', then the company's, as the page shows them; within each, priorities first.
    private static func comesFirst(_ viewer: Viewer) -> (Objective, Objective) -> Bool {
        func key(_ objective: Objective) -> (Int, String, Int, String) {
            let isOwn = objective.level == .person && objective.owner?.id == viewer.id
            return (
                isOwn ? 0 : 3 - objective.level.depth, objective.team?.name ?? objective.owner?.name ?? "",
                objective.priority ?? 99, objective.id.text
            )
        }
        return { key($0) < key($1) }
    }
}

/// A team, and whether it is one of the viewer's.
private struct CycleTeam: RowReadable {
    let name: TeamName
    let isOwn: Bool

    init(row: inout Row) throws {
        name = try TeamName(row: &row)
        isOwn = try row.next()
    }

    static func all(of viewer: Viewer, in tx: any Transaction) throws -> [CycleTeam] {
        try tx.all(
            CycleTeam.self,
            """
            select t.id, t.name, case when m.person is null then 0 else 1 end
            from team t left join team_member m on m.team = t.id and m.person = \(viewer.id)
            where t.archived_at is null order by t.name, t.id
            """)
    }
}

/// An objective that supports another.
private struct Supporter: RowReadable {
    let objective: Objective
    let supported: ID<Objective>
    /// How many the viewer may read that support the same.
    let total: Int

    init(row: inout Row) throws {
        objective = try Objective(row: &row)
        supported = try row.next()
        total = try row.next()
    }

    /// Of each opened objective so many are shown, until all of them are asked for; of those, so many at most.
    private static let (some, most) = (20, 200)

    static func all(
        of opened: [ID<Objective>], whole: [ID<Objective>], _ viewer: Viewer, in tx: any Transaction
    ) throws -> [Supporter] {
        guard !opened.isEmpty else { return [] }
        return try tx.all(
            Supporter.self,
            """
            select * from (
                select \(Objective.columns), s.supports as supported,
                    count(*) over (partition by s.supports) as total,
                    row_number() over (partition by s.supports order by coalesce(o.priority, 99), o.id) as number
                from objective_support s join objective o on o.id = s.objective
                left join team t on t.id = o.team left join person w on w.id = o.owner
                join person c on c.id = o.changed_by
                where s.supports in \(list: opened) and o.cycle is not null
                    and (o.state = 'open' or o.stage = 'closed') and \(ObjectiveAccess.isReadable(by: viewer.id))) found
            where number <= \(some) or (supported in \(list: whole) and number <= \(most))
            order by number, supported
            """)
    }
}

/// What the entries of a page hold beside the objectives: key results, what they support, whether something supports them,
/// and, where there are no key results, the roll-up. Four queries at most.
struct EntryDetails {
    private let keyResults: [ID<Objective>: [KeyResult]]
    private let supports: [ID<Objective>: [ObjectiveName]]
    private let supported: Set<ID<Objective>>
    private let rollUps: [ID<Objective>: Double]

    init(
        of objectives: [Objective], known: [KeyResult]? = nil, _ viewer: Viewer, in tx: any Transaction
    ) throws {
        let ids = objectives.map(\.id)
        let readable = ObjectiveAccess.isReadable(by: viewer.id)
        let results = Dictionary(grouping: try known ?? KeyResult.all(of: ids, in: tx), by: \.objective)
        keyResults = results
        guard !ids.isEmpty else {
            (supports, supported, rollUps) = ([:], [], [:])
            return
        }
        let links = try tx.all(
            Link.self,
            """
            select s.objective, o.id, o.title, o.level from objective_support s join objective o on o.id = s.supports
            left join person w on w.id = o.owner
            where s.objective in \(list: ids) and \(readable) order by o.id
            """)
        supports = Dictionary(grouping: links, by: \.objective).mapValues { $0.map(\.supports) }
        // Whether there is one: the first that is found is enough.
        let found = Set(
            try tx.values(
                ID<Objective>.self,
                """
                select it.id from objective it where it.id in \(list: ids) and exists
                    (select 1 from objective_support s join objective o on o.id = s.objective
                    left join person w on w.id = o.owner
                    where s.supports = it.id and o.cycle is not null and (o.state = 'open' or o.stage = 'closed')
                        and \(readable))
                """))
        supported = found
        let without = ids.filter { results[$0] == nil && found.contains($0) }
        rollUps = try RollUp.all(of: without, in: tx)
    }

    func entry(_ objective: Objective) -> CycleEntry {
        CycleEntry(
            objective: objective, keyResults: keyResults[objective.id] ?? [],
            supports: supports[objective.id] ?? [], hasSupporters: supported.contains(objective.id),
            rollUp: rollUps[objective.id])
    }

    private struct Link: RowReadable {
        let objective: ID<Objective>
        let supports: ObjectiveName

        init(row: inout Row) throws {
            objective = try row.next()
            supports = try ObjectiveName(row: &row)
        }
    }
}

extension RollUp {
    /// The progress of what supports some objectives without key results of their own.
    ///
    /// It goes through and counts what everyone at the company may read, whoever asks: the figure is the same for
    /// everybody, and nobody can learn from it of what they may not read. One query.
    static func all(
        of roots: [ID<Objective>], in tx: any Transaction
    ) throws -> [ID<Objective>: Double] {
        guard !roots.isEmpty else { return [:] }
        let rows = try tx.all(
            RollUpRow.self,
            """
            with recursive below (root, id, has_results) as (
                select s.supports, o.id,
                    case when exists (select 1 from key_result k where k.objective = o.id and k.removed_at is null)
                        then 1 else 0 end
                from objective_support s join objective o on o.id = s.objective
                where s.supports in \(list: roots) and \(counts)
                union
                select b.root, o.id,
                    case when exists (select 1 from key_result k where k.objective = o.id and k.removed_at is null)
                        then 1 else 0 end
                from below b join objective_support s on s.supports = b.id join objective o on o.id = s.objective
                where b.has_results = 0 and \(counts))
            select b.root, \(KeyResult.columns) from below b join key_result k on k.objective = b.id
            left join person ko on ko.id = k.owner left join person kb on kb.id = k.checked_by
            where b.has_results = 1 and k.removed_at is null
            """)
        return Dictionary(grouping: rows, by: \.root).compactMapValues { rows in
            let progress = Dictionary(grouping: rows.map(\.result), by: \.objective)
                .compactMapValues { Weighted.mean($0.map { (value: $0.progress, weight: $0.weight) }) }
            let values = progress.sorted { $0.key < $1.key }.map { (value: $0.value, weight: 1) }
            return Weighted.mean(values)
        }
    }

    /// What counts: committed or closed, and for everyone to read.
    private static let counts: SQL =
        "o.stage in ('committed', 'closed') and \(ObjectiveAccess.isPublic)"

    private struct RollUpRow: RowReadable {
        let root: ID<Objective>
        let result: KeyResult

        init(row: inout Row) throws {
            root = try row.next()
            result = try KeyResult(row: &row)
        }
    }
}

// MARK: - One objective

/// What an objective's page shows of its cycle.
public struct ObjectiveOKR: Sendable {
    public let cycle: Cycle
    public let pace: Pace
    public let keyResults: [KeyResult]
    /// The newest check-ins of all its key results, the newest first.
    public let checkIns: [CheckIn]
    /// By key result, why its target was last eased.
    public let easings: [ID<KeyResult>: String]
    public let values: [ValueStance]
    /// What was said of it in sessions that the viewer was in.
    public let verdicts: [SessionVerdict]
    public let rollUp: Double?
    /// The ids of the key results on which the viewer may check in now.
    public let checkable: Set<ID<KeyResult>>
    /// By key result that consists of steps, those that are done.
    public let stepsDone: [ID<KeyResult>: [String]]
    /// Where it comes from, then where it goes on, as far as the viewer may read that.
    public let passages: [Passage]
    let events: [KeyResultEvent]
}

/// A verdict on an objective, in a session whose people the viewer is one of.
public struct SessionVerdict: Sendable, RowReadable {
    public let session: ID<Session>
    public let title: String
    public let by: PersonName
    public let at: Date
    public let verdict: Verdict

    public init(row: inout Row) throws {
        session = try row.next()
        title = try row.next()
        by = try PersonName(row: &row)
        at = try row.next()
        verdict = try Verdict(row: &row)
    }
}

extension ObjectiveOKR {
    /// A page shows so many check-ins; plots are drawn from these too.
    static let mostCheckIns = 200

    /// Nine queries at most.
    static func load(
        _ access: ObjectiveAccess, _ viewer: Viewer, today: Day, in tx: any Transaction
    ) throws -> ObjectiveOKR? {
        let objective = access.objective
        guard let id = objective.cycle else { return nil }
        let (cycle, isContinued) = try Passage.cycle(id, of: objective.id, in: tx)
        let results = try KeyResult.all(of: [objective.id], in: tx)
        let events = try KeyResultEvent.all(of: objective.id, in: tx)
        let hasCheckIns = results.contains { $0.checkIns > 0 }
        let isCheckable =
            objective.stage == .committed && objective.state == .open
            && (cycle.state == .active || cycle.state == .closing)
        return ObjectiveOKR(
            cycle: cycle, pace: cycle.pace(on: today), keyResults: results,
            checkIns: hasCheckIns
                ? try tx.all(
                    CheckIn.self,
                    """
                    select \(CheckIn.columns) from \(CheckIn.tables) where i.key_result in \(list: results.map(\.id))
                    order by i.as_of desc, i.created_at desc, i.id desc limit \(mostCheckIns)
                    """) : [],
            easings: KeyResultEvent.easings(events),
            values: try ValueStance.all(of: objective.id, in: tx),
            verdicts: try verdicts(on: objective.id, viewer, in: tx),
            rollUp: results.isEmpty ? try RollUp.all(of: [objective.id], in: tx)[objective.id] : nil,
            checkable: isCheckable
                ? Set(results.filter { $0.owner?.id == viewer.id || access.isAnswered(by: viewer) }.map(\.id)) : [],
            stepsDone: isCheckable ? try CheckIn.stepsDone(of: results, in: tx) : [:],
            passages: isContinued || objective.stage == .closed
                ? try Passage.all(of: objective.id, viewer, in: tx) : [],
            events: events)
    }

    /// A session is read by its two people alone, and so is what was said in it.
    private static func verdicts(
        on id: ID<Objective>, _ viewer: Viewer, in tx: any Transaction
    ) throws -> [SessionVerdict] {
        try tx.all(
            SessionVerdict.self,
            """
            select s.id, s.title, p.id, p.name, v.given_at, v.answer, v.priority, v.reason, v.version
            from verdict v join session s on s.id = v.session join person p on p.id = v.given_by
            where v.objective = \(id) and (s.employee = \(viewer.id) or s.manager = \(viewer.id))
            order by v.given_at desc limit 20
            """)
    }
}

// MARK: - One key result

/// A key result's own page: what it was to be, from when on, and every check-in with what it said first.
public struct KeyResultPageModel: Sendable {
    public let keyResult: KeyResult
    public let objective: Objective
    public let cycle: Cycle
    public let pace: Pace
    public let mayWrite: Bool
    public let mayCheckIn: Bool
    /// Who may be named to look after it.
    public let people: [PersonName]
    public let targets: [Target]
    /// The newest first.
    public let checkIns: [CheckIn]
    public let originals: [Original]

    public struct Target: Sendable, RowReadable {
        public let words: String
        public let isEased: Bool
        public let isMidway: Bool
        public let reason: String
        public let by: PersonName
        public let at: Date

        public init(row: inout Row) throws {
            words = try row.next()
            isEased = try row.next()
            isMidway = try row.next()
            reason = try row.next()
            by = try PersonName(row: &row)
            at = try row.next()
        }
    }

    /// What a check-in said before it was changed.
    public struct Original: Sendable, RowReadable {
        public let checkIn: ID<CheckIn>
        public let reading: Reading
        public let comment: String
        public let blockers: String
        public let changedAt: Date

        public init(row: inout Row) throws {
            checkIn = try row.next()
            reading = Reading(on: try row.next(), value: try row.next(), confidence: try row.next())
            comment = try row.next()
            blockers = try row.next()
            changedAt = try row.next()
        }
    }
}

extension Cycles {
    /// A key result's own page. Seven queries.
    /// - Throws: ``NotFound``.
    public func page(of id: ID<KeyResult>, as viewer: Viewer) async throws -> KeyResultPageModel {
        let today = Day(product.now(), in: viewer.timeZone)
        return try await product.database.read { tx in
            let access = try KeyResultAccess.load(id, for: viewer, in: tx)
            let objective = access.objective.objective
            guard let cycleID = objective.cycle else { throw NotFound() }
            let cycle = try Cycle.find(cycleID, in: tx)
            let isOpen = objective.state == .open && objective.stage != .closed
            let isUnderWay = cycle.state == .active || cycle.state == .closing
            var people =
                isOpen && access.objective.mayWrite
                ? try Self.eligible(for: access.objective, viewer, in: tx) : []
            if let owner = access.keyResult.owner, !people.contains(owner) { people.append(owner) }
            return KeyResultPageModel(
                keyResult: access.keyResult, objective: objective, cycle: cycle, pace: cycle.pace(on: today),
                mayWrite: isOpen && access.objective.mayWrite,
                mayCheckIn: isOpen && objective.stage == .committed && isUnderWay && access.mayCheckIn(viewer),
                people: people,
                targets: try tx.all(
                    KeyResultPageModel.Target.self,
                    """
                    select t.words, t.is_eased, t.is_midway, t.reason, p.id, p.name, t.set_at
                    from key_result_target t join person p on p.id = t.set_by
                    where t.key_result = \(id) order by t.set_at desc, t.id desc
                    """),
                checkIns: try tx.all(
                    CheckIn.self,
                    """
                    select \(CheckIn.columns) from \(CheckIn.tables) where i.key_result = \(id)
                    order by i.as_of desc, i.created_at desc, i.id desc limit 200
                    """),
                originals: try tx.all(
                    KeyResultPageModel.Original.self,
                    """
                    select v.check_in, v.as_of, v.value, v.confidence, v.comment, v.blockers, v.changed_at
                    from check_in_version v join check_in i on i.id = v.check_in
                    where i.key_result = \(id) order by v.version desc
                    """))
        }
    }

    /// The form for a new key result: whom it may be given to.
    /// - Throws: ``NotFound``, ``Refused``, ``Conflict``.
    public func form(
        forKeyResultOf id: ID<Objective>, as viewer: Viewer
    ) async throws -> (objective: Objective, people: [PersonName]) {
        try await product.database.read { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            try access.requireOpenAndWritable()
            return (access.objective, try Self.eligible(for: access, viewer, in: tx))
        }
    }

    // MARK: What is mine

    /// A key result that somebody looks after, with what it belongs to.
    public struct Mine: Sendable {
        public let keyResult: KeyResult
        public let objective: ObjectiveName
        public let cycle: Cycle
        public let pace: Pace
        /// The ids of its steps that are done, where it consists of steps.
        public let stepsDone: [String]
    }

    /// The committed key results that a person looks after in cycles under way: those given to them, and those of their
    /// own objectives that nobody was named for. The ones that wait longest first. Two queries.
    public func mine(as viewer: Viewer) async throws -> [Mine] {
        let today = Day(product.now(), in: viewer.timeZone)
        return try await product.database.read { tx in try Self.mine(of: viewer.id, today: today, in: tx) }
    }

    static func mine(of person: ID<Person>, today: Day, in tx: any Transaction) throws -> [Mine] {
        struct Found: RowReadable {
            let result: KeyResult
            let objective: ObjectiveName
            let cycle: Cycle

            init(row: inout Row) throws {
                result = try KeyResult(row: &row)
                objective = try ObjectiveName(row: &row)
                cycle = try Cycle(row: &row)
            }
        }
        let isOpen: SQL = """
            k.removed_at is null and o.stage = 'committed' and o.state = 'open' and c.state in ('active', 'closing')
            """
        func select(_ condition: SQL) -> SQL {
            """
            select \(KeyResult.columns), o.id, o.title, o.level, \(Cycle.columns)
            from \(KeyResult.tables) join objective o on o.id = k.objective join cycle c on c.id = o.cycle
            left join person w on w.id = o.owner
            where \(condition) and \(isOpen) and \(ObjectiveAccess.isReadable(by: person))
            """
        }
        let parts = [
            select("k.owner = \(person)"), select("k.owner is null and o.owner = \(person)"),
        ]
        let found = try tx.all(Found.self, SQL(joining: parts, separator: " union all "))
        let done = try CheckIn.stepsDone(of: found.map(\.result), in: tx)
        return
            found.map {
                Mine(
                    keyResult: $0.result, objective: $0.objective, cycle: $0.cycle, pace: $0.cycle.pace(on: today),
                    stepsDone: done[$0.result.id] ?? [])
            }
            .sorted { left, right in
                let (one, other) = (left.keyResult.latest?.on.iso ?? "", right.keyResult.latest?.on.iso ?? "")
                return (one, left.keyResult.id.text) < (other, right.keyResult.id.text)
            }
    }

    /// The objectives that a person looks after, in every cycle that isn't closed, by cycle. Up to eight queries.
    public func ownObjectives(
        as viewer: Viewer
    ) async throws -> [(cycle: Cycle, pace: Pace, entries: [CycleEntry])] {
        let today = Day(product.now(), in: viewer.timeZone)
        return try await product.database.read { tx in
            let cycles = try Cycle.all(in: tx).filter { $0.state != .closed }
            let objectives = try tx.all(
                Objective.self,
                """
                select \(Objective.columns) from \(Objective.tables)
                where o.owner = \(viewer.id) and o.cycle in \(list: cycles.map(\.id))
                    and (o.state = 'open' or o.stage = 'closed') and \(ObjectiveAccess.isReadable(by: viewer.id))
                order by \(Objective.order)
                """)
            let details = try EntryDetails(of: objectives, viewer, in: tx)
            return cycles.map { cycle in
                (cycle, cycle.pace(on: today), objectives.filter { $0.cycle == cycle.id }.map(details.entry))
            }
        }
    }
}
