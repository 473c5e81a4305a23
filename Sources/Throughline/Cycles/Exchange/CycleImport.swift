import Foundation
public import Storage

/// A cycle's file as somebody brings it in.
public struct CycleUpload: Sendable {
    public var bytes: [UInt8]
    /// What the cycle is to be called here; empty for what the file calls it.
    public var name: String
    /// Whether links to objectives that aren't here are left out. Otherwise they are named as problems.
    public var leavesLinks: Bool

    /// The largest file that a page takes. The command line takes any.
    public static let mostBytes = 10_000_000

    public init(bytes: [UInt8], name: String = "", leavesLinks: Bool = false) {
        self.bytes = bytes
        self.name = name
        self.leavesLinks = leavesLinks
    }

    /// What the file holds, in whichever form; nil where there is nothing to be checked further.
    fileprivate func entry(_ problems: inout FileProblems) -> FileEntry? {
        let first = bytes.first { !$0.isSpace && ![0xEF, 0xBB, 0xBF].contains($0) }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        var root = isJSON ? CycleJSON.read(bytes, &problems) : CycleCSV.read(bytes, &problems)
        guard isRenamed else { return root }
        var typed = Typed()
        let name = typed.line(name, "name", missing: nil, atMost: CycleDraft.longestName)
        if typed.problems.isEmpty { root?[.name] = name }
        for problem in typed.problems { problems.note(beside: problem) }
        return root
    }

    fileprivate var isRenamed: Bool { !name.allSatisfy(\.isWhitespace) }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

/// What a file brings.
public struct CycleArrival: Sendable, Equatable {
    public let cycle: String
    public let objectives: Int
    public let keyResults: Int
    public let checkIns: Int
    /// Links to what isn't here, which are left out.
    public let linksLeft: Int
    /// Whether there is such a cycle already, with nothing in it.
    public let fillsEmpty: Bool
}

extension Cycles {
    /// Looks at what a file would bring, and keeps nothing. For administrators.
    /// - Throws: ``NotFound``; ``Invalid`` with everything that is wrong, each with its line.
    public func look(into upload: CycleUpload, as viewer: Viewer) async throws -> CycleArrival {
        let now = product.now()
        return try await product.database.read { tx in
            try People.requireAdmin(viewer, in: tx)
            return try Self.checked(upload, readable: nil, as: viewer, at: now, in: tx).arrival
        }
    }

    /// Takes a file in: a new cycle, or one that is there and has no objectives. All of it, or, where anything is wrong,
    /// nothing. For administrators: a file says who wrote what, and what stage things are at.
    /// - Parameter isWhole: whether links may lead to what the viewer can't read; for who runs the server.
    /// - Throws: ``NotFound``; ``Invalid`` with everything that is wrong, each with its line.
    @discardableResult
    public func bringIn(
        _ upload: CycleUpload, isWhole: Bool = false, as viewer: Viewer
    ) async throws -> (id: ID<Cycle>, arrival: CycleArrival) {
        let now = product.now()
        return try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            let (file, present, arrival) = try Self.checked(
                upload, readable: isWhole ? "1 = 1" : nil, as: viewer, at: now, in: tx)
            let id = try CycleWriter(viewer: viewer, now: now, tx: tx).write(file, into: present)
            try tx.journal(
                "imported", id, "cycle", by: viewer.id, at: now,
                detail: [
                    "name": arrival.cycle, "objectives": String(arrival.objectives),
                    "keyResults": String(arrival.keyResults), "checkIns": String(arrival.checkIns),
                ])
            return (id, arrival)
        }
    }

    /// Takes a file in for an administrator, whatever its links lead to; for who runs the server.
    /// - Throws: ``NotFound`` where no administrator has that address; ``Invalid``.
    public func bringInWhole(_ upload: CycleUpload, for email: String) async throws -> CycleArrival {
        let email = EmailAddress.normalised(email)
        let viewer = try await product.database.read { tx in
            let person = try tx.first(
                Person.self, "select \(Person.columns) from person p where p.email = \(email) and p.state = 'active'")
            guard let person else { throw NotFound() }
            return Viewer(id: person.id, name: person.name, role: person.role, timeZone: person.timeZone)
        }
        return try await bringIn(upload, isWhole: true, as: viewer).arrival
    }

    private static func checked(
        _ upload: CycleUpload, readable: SQL?, as viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws -> (file: CheckedCycleFile, present: Cycle?, arrival: CycleArrival) {
        var problems = FileProblems()
        guard let root = upload.entry(&problems) else {
            try problems.check()
            throw Invalid("", "There is nothing in this file to bring in.")
        }
        var checker = try CycleFileChecker(
            root, problems, leavesLinks: upload.leavesLinks,
            readable: readable ?? ObjectiveAccess.isReadable(by: viewer.id), as: viewer, at: now, in: tx)
        let file = checker.check(root)
        problems = checker.problems
        let present = try file.cycle.flatMap { cycle in
            try Cycle.all(in: tx).first { $0.name.lowercased() == cycle.name.lowercased() }
        }
        if let present {
            let count = try tx.value(Int.self, "select count(*) from objective where cycle = \(present.id)") ?? 0
            if count > 0 {
                let words =
                    "There is a cycle called “\(present.name)” already, with objectives in it. Give this one another name."
                if upload.isRenamed {
                    problems.note(beside: Problem(field: "name", words: words))
                } else {
                    problems.note(root, .name, words)
                }
            }
        }
        try checkPriorities(file, &problems, in: tx)
        try problems.check()
        let results = file.objectives.flatMap(\.results)
        let arrival = CycleArrival(
            cycle: file.cycle?.name ?? "", objectives: file.objectives.count, keyResults: results.count,
            checkIns: results.reduce(0) { $0 + $1.checkIns.count }, linksLeft: file.linksLeft,
            fillsEmpty: present != nil)
        return (file, present, arrival)
    }

    /// A group has so many priorities, those that it has already among them.
    private static func checkPriorities(
        _ file: CheckedCycleFile, _ problems: inout FileProblems, in tx: any Transaction
    ) throws {
        for (group, ranked) in Dictionary(grouping: file.objectives.filter { $0.priority != nil }, by: \.group) {
            let present = try Goals.ranking(of: group, in: tx).count
            guard present + ranked.count > Goals.mostPriorities else { continue }
            for objective in ranked.sorted(by: { ($0.priority ?? 0) < ($1.priority ?? 0) })
                .suffix(min(ranked.count, present + ranked.count - Goals.mostPriorities))
            {
                problems.note(
                    objective.entry, .priority,
                    "A group can have \(Goals.mostPriorities) priorities, and this one has \(present) already. Empty this."
                )
            }
        }
    }
}

/// Writes what was checked.
private struct CycleWriter {
    let viewer: Viewer
    let now: Date
    let tx: any Transaction

    /// New ids that sort in the order in which they are given out: the order of a file is kept.
    private func ids<Entity>(_ count: Int, of type: Entity.Type = Entity.self) -> [ID<Entity>] {
        (0..<count).map { _ in ID<Entity>(now: now) }.sorted()
    }

    func write(_ file: CheckedCycleFile, into present: Cycle?) throws -> ID<Cycle> {
        guard let draft = file.cycle else { throw Invalid("", "There is no cycle in this file.") }
        let cycle = try write(draft, file.state, into: present)
        let ids = ids(file.objectives.count, of: Objective.self)
        let places = try priorities(file.objectives)
        for (index, (id, objective)) in zip(ids, file.objectives).enumerated() {
            try write(objective, id, in: cycle, priority: places[index])
        }
        for (id, objective) in zip(ids, file.objectives) {
            for other in objective.supports.map({ ids[$0] }) + objective.others {
                try tx.run(
                    """
                    insert into objective_support (objective, supports) values (\(id), \(other))
                    on conflict (objective, supports) do nothing
                    """)
            }
        }
        let results = zip(ids, file.objectives).flatMap { id, objective in
            objective.results.enumerated().map { (objective: id, position: $0.offset + 1, result: $0.element) }
        }
        let resultIDs = self.ids(results.count, of: KeyResult.self)
        for (id, item) in zip(resultIDs, results) {
            try write(item.result, id, of: item.objective, position: item.position)
        }
        return cycle
    }

    private func write(
        _ draft: CycleDraft.Checked, _ state: Cycle.State, into present: Cycle?
    ) throws -> ID<Cycle> {
        guard let present else {
            let id = ID<Cycle>(now: now)
            try tx.run(
                """
                insert into cycle (id, name, kind, starts_on, ends_on, state, rhythm, created_by, created_at, changed_at)
                values (\(id), \(draft.name), \(draft.kind), \(draft.startsOn), \(draft.endsOn), \(state),
                    \(draft.rhythm), \(viewer.id), \(now), \(now))
                """)
            return id
        }
        try tx.run(
            """
            update cycle set name = \(draft.name), kind = \(draft.kind), starts_on = \(draft.startsOn),
                ends_on = \(draft.endsOn), state = \(state), rhythm = \(draft.rhythm), version = version + 1,
                changed_at = \(now)
            where id = \(present.id)
            """)
        return present.id
    }

    /// The places among the priorities of their groups, behind those that are there.
    private func priorities(_ objectives: [CheckedObjective]) throws -> [Int: Int] {
        var places: [Int: Int] = [:]
        let ranked = objectives.enumerated().filter { $0.element.priority != nil }
        for (group, items) in Dictionary(grouping: ranked, by: \.element.group) {
            let present = try Goals.ranking(of: group, in: tx)
            try Goals.renumber(present, in: tx)
            let ordered = items.sorted {
                ($0.element.priority ?? 0, $0.offset) < ($1.element.priority ?? 0, $1.offset)
            }
            for (index, item) in ordered.enumerated() { places[item.offset] = present.count + index + 1 }
        }
        return places
    }

    private func write(
        _ objective: CheckedObjective, _ id: ID<Objective>, in cycle: ID<Cycle>, priority: Int?
    ) throws {
        try tx.run(
            """
            insert into objective (id, level, team, owner, title, description, priority, standing, due_on, state,
                state_words, created_by, created_at, changed_by, changed_at, cycle, stage, visibility, committed_at,
                score, learnt, choice, closed_at, continues)
            values (\(id), \(objective.level), \(objective.team), \(objective.owner), \(objective.title),
                \(objective.description), \(priority), \(objective.standing), \(objective.dueOn),
                \(objective.state), \(objective.stateWords), \(objective.by), \(objective.at), \(objective.changedBy),
                \(objective.changedAt), \(cycle), \(objective.stage), \(objective.visibility),
                \(objective.committedAt), \(objective.score), \(objective.learnt), \(objective.choice),
                \(objective.closedAt), \(objective.continues))
            """)
        for stance in objective.stances {
            try tx.run(
                """
                insert into objective_value (objective, value, stance, why, given_by, given_at)
                values (\(id), \(stance.value), \(stance.stance), \(stance.why), \(stance.by), \(stance.at))
                """)
        }
        try tx.journal("imported", id, "objective", by: viewer.id, at: now)
    }

    private func write(
        _ result: CheckedResult, _ id: ID<KeyResult>, of objective: ID<Objective>, position: Int
    ) throws {
        let draft = result.draft
        try tx.run(
            """
            insert into key_result (id, objective, title, kind, owner, weight, ambition, direction, start_value,
                target_value, unit, steps, position, created_by, created_at, changed_at)
            values (\(id), \(objective), \(draft.title), \(draft.kind), \(result.owner), \(draft.weight),
                \(draft.ambition), \(draft.direction), \(draft.start), \(draft.target), \(draft.unit),
                \(result.stepsText), \(position), \(result.by), \(result.at), \(now))
            """)
        // What it aims for now is where its history begins, where the file tells none.
        let targets =
            result.targets.isEmpty
            ? [
                CheckedTarget(
                    words: draft.aim, isMidway: false, isEased: false, reason: "", by: result.by, at: result.at)
            ] : result.targets
        for (target, id_) in zip(targets, ids(targets.count, of: CheckedTarget.self)) {
            try tx.run(
                """
                insert into key_result_target (id, key_result, words, is_eased, is_midway, reason, set_by, set_at)
                values (\(id_), \(id), \(target.words), \(target.isEased), \(target.isMidway), \(target.reason),
                    \(target.by), \(target.at))
                """)
        }
        for (checkIn, id_) in zip(result.checkIns, ids(result.checkIns.count, of: CheckIn.self)) {
            try write(checkIn, id_, of: id)
        }
        if !result.checkIns.isEmpty { try Cycles.refresh(id, in: tx) }
    }

    private func write(_ checkIn: CheckedCheckIn, _ id: ID<CheckIn>, of result: ID<KeyResult>) throws {
        let said = checkIn.said
        try tx.run(
            """
            insert into check_in (id, key_result, value, steps, confidence, comment, blockers, as_of, source, version,
                created_by, created_at, changed_at)
            values (\(id), \(result), \(said.reading.value), \(said.steps.joined(separator: " ")),
                \(said.reading.confidence), \(said.comment), \(said.blockers), \(said.reading.on), \(checkIn.source),
                \(checkIn.originals.count + 1), \(checkIn.by), \(checkIn.at), \(now))
            """)
        for (index, original) in checkIn.originals.enumerated() {
            let said = original.said
            try tx.run(
                """
                insert into check_in_version (check_in, version, value, steps, confidence, comment, blockers, as_of,
                    changed_at)
                values (\(id), \(index + 1), \(said.reading.value), \(said.steps.joined(separator: " ")),
                    \(said.reading.confidence), \(said.comment), \(said.blockers), \(said.reading.on), \(original.at))
                """)
        }
    }
}
