import Foundation
public import Storage

/// How an objective ends with its cycle, as its owner types it: what it was worth, what was learnt, and what becomes of it.
public struct ClosingDraft: Sendable, Equatable {
    /// From `0` to `1` in tenths.
    public var score: String
    public var learnt: String
    public var choice: String
    /// The id of the cycle in which it is kept or changed.
    public var next: String

    public init(score: String = "", learnt: String = "", choice: String = "", next: String = "") {
        self.score = score
        self.learnt = learnt
        self.choice = choice
        self.next = next
    }

    /// What becomes of an objective when its cycle ends. Nothing rolls over by itself.
    public enum Choice: String, Sendable, SQLColumn, CaseIterable {
        /// It goes on in another cycle as it is.
        case keep
        /// It goes on in another cycle as a draft, to be written anew.
        case change
        case stop
    }
}

/// The objectives of a cycle that wait to be closed.
public struct ClosingPageModel: Sendable {
    public let cycle: Cycle
    public let pace: Pace
    /// Those that the viewer may close, their own first.
    public let entries: [CycleEntry]
    /// How many others wait, as far as the viewer may read them.
    public let others: Int
    /// The cycles in which an objective can go on.
    public let next: [Cycle]
}

extension Cycles {
    /// What waits to be closed in a cycle. Eight queries at most.
    /// - Throws: ``NotFound``.
    public func closingPage(of id: ID<Cycle>, as viewer: Viewer) async throws -> ClosingPageModel {
        let today = Day(product.now(), in: viewer.timeZone)
        return try await product.database.read { tx in
            let cycles = try Cycle.all(in: tx)
            guard let cycle = cycles.first(where: { $0.id == id }) else { throw NotFound() }
            let waiting = try tx.all(
                Waiting.self,
                """
                select \(Objective.columns), \(ObjectiveAccess.isOfTeam("o.team", viewer.id)) from \(Objective.tables)
                where o.cycle = \(id) and o.stage <> 'closed' and o.state = 'open'
                    and \(ObjectiveAccess.isReadable(by: viewer.id))
                order by case when o.owner = \(viewer.id) then 0 else 1 end, o.level, o.id
                """)
            let mine = waiting.map { item in
                ObjectiveAccess(
                    objective: item.objective,
                    mayWrite: ObjectiveAccess.mayWrite(to: item.objective.group, isOfTeam: item.isOfTeam, viewer))
            }.filter { $0.isAnswered(by: viewer) }.map(\.objective)
            let shown = Array(mine.prefix(Self.mostEntries))
            let details = try EntryDetails(of: shown, viewer, in: tx)
            return ClosingPageModel(
                cycle: cycle, pace: cycle.pace(on: today), entries: shown.map(details.entry),
                others: waiting.count - shown.count,
                next: cycles.filter { $0.id != id && ($0.state == .draft || $0.state == .active) })
        }
    }

    private struct Waiting: RowReadable {
        let objective: Objective
        let isOfTeam: Bool

        init(row: inout Row) throws {
            objective = try Objective(row: &row)
            isOfTeam = try row.next()
        }
    }

    /// Closes an objective with a score and what was learnt, and does with it what was chosen: keeps it in another cycle,
    /// has it written anew in one, or stops.
    /// - Throws: ``NotFound``, ``Refused`` where the cycle isn't being closed, ``Conflict`` when somebody was faster,
    ///   ``Invalid``.
    public func close(_ id: ID<Objective>, _ draft: ClosingDraft, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            try access.requireOpenAndAnswered(by: viewer)
            let objective = access.objective
            guard let cycleID = objective.cycle else { throw Refused("It stands in no cycle.") }
            let cycle = try Cycle.find(cycleID, in: tx)
            guard cycle.state == .closing else {
                throw Refused("\(cycle.name) is not being closed. An administrator says when it is.")
            }
            let closing = try draft.checked(of: objective, in: cycle, tx)
            // Outside its cycle's pages it counts as reached from seven tenths on.
            let end: Objective.State = (closing.score ?? 0) >= 0.7 ? .reached : .dropped
            let changed = try tx.run(
                """
                update objective set stage = 'closed', state = \(end), score = \(closing.score),
                    learnt = \(closing.learnt), choice = \(closing.choice), closed_at = \(now), priority = null,
                    changed_by = \(viewer.id), changed_at = \(now)
                where id = \(id) and stage = \(objective.stage) and state = 'open'
                """)
            guard changed == 1 else { throw Conflict("Somebody was faster. Look again at how it stands now.") }
            try Goals.renumber(try Goals.ranking(of: objective.group, in: tx), in: tx)
            var detail = ["choice": closing.choice.rawValue]
            if objective.isForEveryone, let score = closing.score { detail["score"] = Figure.text(score) }
            try tx.journal("scored", id, "objective", by: viewer.id, at: now, detail: detail)
            if let next = closing.next {
                try Self.goOn(with: objective, in: next, as: closing.choice, by: viewer, at: now, tx)
            }
        }
    }

    /// Writes the objective down anew in another cycle: its words, its key results from where they are now, and what it
    /// supports.
    private static func goOn(
        with old: Objective, in next: Cycle, as choice: ClosingDraft.Choice, by viewer: Viewer, at now: Date,
        _ tx: any Transaction
    ) throws {
        let new = ID<Objective>(now: now)
        let stage: Stage = choice == .keep ? .proposed : .draft
        try tx.run(
            """
            insert into objective (id, level, team, owner, title, description, created_by, created_at, changed_by,
                changed_at, cycle, stage, visibility, continues)
            values (\(new), \(old.level), \(old.team?.id), \(old.owner?.id), \(old.title), \(old.description),
                \(viewer.id), \(now), \(viewer.id), \(now), \(next.id), \(stage), \(old.chosenVisibility), \(old.id))
            """)
        try tx.run(
            """
            insert into objective_support (objective, supports)
            select \(new), s.supports from objective_support s join objective a on a.id = s.supports
            where s.objective = \(old.id) and a.state = 'open'
            """)
        for result in try KeyResult.all(of: [old.id], in: tx) where result.goesOn {
            let copy = ID<KeyResult>(now: now)
            let start = result.direction == .keep ? result.start : result.latest?.value ?? result.start
            let steps = KeyResultDraft(result).steps
            let checked = try KeyResultDraft(
                title: result.title, kind: result.kind.rawValue, owner: "", weight: String(result.weight),
                ambition: result.ambition.rawValue, direction: result.direction?.rawValue ?? "raise",
                start: start.map(Figure.text) ?? "0", target: result.target.map(Figure.text) ?? "0", unit: result.unit,
                steps: steps
            ).checked(eligible: [])
            try tx.run(
                """
                insert into key_result (id, objective, title, kind, owner, weight, ambition, direction, start_value,
                    target_value, unit, steps, position, created_by, created_at, changed_at)
                select \(copy), \(new), title, kind, owner, weight, ambition, direction, \(start), target_value, unit,
                    \(checked.stepsText), position, \(viewer.id), \(now), \(now)
                from key_result where id = \(result.id)
                """)
            try noteTarget(
                checked.aim, of: copy, isEased: false, isMidway: false, reason: "", by: viewer, at: now, in: tx)
        }
        try tx.journal("continued", new, "objective", by: viewer.id, at: now, detail: ["from": old.id.text])
    }
}

extension KeyResult {
    /// Whether there is something left of it for another cycle. What is to be kept always goes on.
    fileprivate var goesOn: Bool { direction == .keep || progress < 1 }
}

extension ClosingDraft {
    fileprivate struct Checked {
        let score: Double?
        let learnt: String
        let choice: Choice
        let next: Cycle?
    }

    /// What was never committed to has no score: there was nothing to be held to.
    fileprivate func checked(
        of objective: Objective, in cycle: Cycle, _ tx: any Transaction
    ) throws -> Checked {
        var typed = Typed()
        let isCommitted = objective.stage == .committed
        var score: Double?
        if isCommitted {
            if let tenth = Figure.read(self.score), (0...1).contains(tenth) {
                score = (tenth * 10).rounded() / 10
            } else {
                typed.note("score", "Give a score from 0 to 1 in tenths, such as 0.7.")
            }
        }
        let learnt = typed.line(
            self.learnt, "learnt", missing: isCommitted ? "Say in a sentence what was learnt." : nil, atMost: 500)
        let choice = typed.choice(
            self.choice, "choice", "Choose what becomes of it: keep, change or stop.", as: Choice.self)
        var next: Cycle?
        if choice == .keep || choice == .change {
            let found = try ID<Cycle>(self.next).flatMap { id in
                try tx.first(Cycle.self, "select \(Cycle.columns) from cycle c where c.id = \(id)")
            }
            if let found, found.id != cycle.id, found.state == .draft || found.state == .active {
                next = found
            } else {
                typed.note(
                    "next", "Choose the cycle in which it goes on. If there is none, an administrator plans one.")
            }
        }
        try typed.check()
        guard let choice else { throw Invalid("choice", "Choose what becomes of it: keep, change or stop.") }
        return Checked(score: score, learnt: learnt, choice: choice, next: next)
    }
}
