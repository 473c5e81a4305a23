import Foundation
public import Storage

/// Proof that a viewer may read a key result, and what they may do with it.
public struct KeyResultAccess: Sendable {
    public let keyResult: KeyResult
    public let objective: ObjectiveAccess

    /// Who looks after it or its objective checks in, and so do those who may change that.
    func mayCheckIn(_ viewer: Viewer) -> Bool {
        objective.isAnswered(by: viewer) || keyResult.owner?.id == viewer.id
    }

    /// - Throws: ``NotFound``.
    static func load(
        _ id: ID<KeyResult>, for viewer: Viewer, in tx: any Transaction
    ) throws -> KeyResultAccess {
        let found = try tx.first(
            KeyResult.self,
            """
            select \(KeyResult.columns) from \(KeyResult.tables) where k.id = \(id) and k.removed_at is null
            """)
        guard let found else { throw NotFound() }
        return KeyResultAccess(
            keyResult: found, objective: try ObjectiveAccess.load(found.objective, for: viewer, in: tx))
    }
}

extension Cycles {
    /// An objective has so many key results at most. Three are usual.
    static let mostKeyResults = 12

    /// Adds a key result to an objective that stands in a cycle.
    /// - Parameter id: chosen when the form was made, so that a form sent twice adds one.
    /// - Throws: ``NotFound``, ``Refused``, ``Conflict``, ``Invalid``.
    @discardableResult
    public func add(
        _ draft: KeyResultDraft, to objective: ID<Objective>, id: ID<KeyResult>? = nil, as viewer: Viewer
    ) async throws -> ID<KeyResult> {
        let now = product.now()
        let id = id ?? ID(now: now)
        return try await product.database.write { tx in
            let access = try ObjectiveAccess.load(objective, for: viewer, in: tx)
            try access.requireOpenAndWritable()
            guard access.objective.stage != nil else {
                throw Refused("Key results belong to a cycle. Put the objective into one first.")
            }
            let checked = try draft.checked(eligible: Self.eligible(for: access, viewer, in: tx))
            let same: SQL = """
                created_by = \(viewer.id) and objective = \(objective) and title = \(checked.title)
                    and coalesce(start_value, 0) = \(checked.start ?? 0)
                    and coalesce(target_value, 0) = \(checked.target ?? 0) and unit = \(checked.unit)
                """
            guard let new = try tx.newID(id, in: "key_result", unless: same, at: now) else { return id }
            let count = try tx.value(
                Int.self,
                "select count(*) from key_result where objective = \(objective) and removed_at is null")
            guard let count, count < Self.mostKeyResults else {
                throw Invalid("title", "An objective has \(Self.mostKeyResults) key results at most. Three are plenty.")
            }
            try tx.run(
                """
                insert into key_result (id, objective, title, kind, owner, weight, ambition, direction, start_value,
                    target_value, unit, steps, position, created_by, created_at, changed_at)
                values (\(new), \(objective), \(checked.title), \(checked.kind), \(checked.owner), \(checked.weight),
                    \(checked.ambition), \(checked.direction), \(checked.start), \(checked.target), \(checked.unit),
                    \(checked.stepsText), coalesce((select max(position) from key_result where objective = \(objective)),
                        0) + 1, \(viewer.id), \(now), \(now))
                """)
            try Self.noteTarget(
                checked.aim, of: new, isEased: false, isMidway: access.objective.stage == .committed, reason: "",
                by: viewer, at: now, in: tx)
            try tx.journal("added", new, "key-result", by: viewer.id, at: now)
            try tx.journal(
                "added-key-result", objective, "objective", by: viewer.id, at: now,
                detail: access.objective.isForEveryone ? ["title": checked.title] : [:])
            return new
        }
    }

    /// Changes a key result. To ask less of one that was committed to needs a reason, which stays in its history.
    /// - Throws: ``NotFound``, ``Refused``, ``Conflict`` when somebody was faster, ``Invalid``.
    public func change(
        _ id: ID<KeyResult>, to draft: KeyResultDraft, basedOn version: Int, as viewer: Viewer
    ) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let access = try KeyResultAccess.load(id, for: viewer, in: tx)
            try access.objective.requireOpenAndWritable()
            let present = access.keyResult
            var draft = draft
            // What it is measured by stays: its check-ins would mean something else.
            draft.kind = present.kind.rawValue
            if present.kind == .metric, present.checkIns > 0 { draft.direction = present.direction?.rawValue ?? "" }
            let eligible =
                try Self.eligible(for: access.objective, viewer, in: tx) + [present.owner].compactMap { $0 }
            let checked = try draft.checked(eligible: eligible, present: present.steps)
            guard present.version == version else {
                throw Conflict("“\(present.title)” was changed meanwhile. Look again at how it stands now.")
            }
            let isCommitted = access.objective.objective.stage == .committed
            let isEased =
                checked.measure.isEased(from: present.measure)
                || present.steps.contains { step in !checked.steps.contains { $0.id == step.id } }
            if isCommitted, isEased, checked.reason.isEmpty {
                throw Invalid(
                    "reason", "This asks less than before. Say why in a sentence; it stays beside the target.")
            }
            try tx.run(
                """
                update key_result set title = \(checked.title), owner = \(checked.owner), weight = \(checked.weight),
                    ambition = \(checked.ambition), direction = \(checked.direction), start_value = \(checked.start),
                    target_value = \(checked.target), unit = \(checked.unit), steps = \(checked.stepsText),
                    version = version + 1, changed_at = \(now)
                where id = \(id)
                """)
            let hasNewTarget =
                checked.aim != present.aim || checked.steps.map(\.title) != present.steps.map(\.title)
            if hasNewTarget {
                try Self.noteTarget(
                    checked.aim, of: id, isEased: isEased && !checked.reason.isEmpty, isMidway: isCommitted,
                    reason: checked.reason, by: viewer, at: now, in: tx)
            }
            if present.kind == .milestone { try Self.refresh(id, in: tx) }
            try tx.journal("changed", id, "key-result", by: viewer.id, at: now)
            try tx.journal(
                hasNewTarget ? "changed-target" : "changed-key-result", present.objective, "objective",
                by: viewer.id, at: now,
                detail: access.objective.objective.isForEveryone
                    ? ["title": checked.title, "to": checked.aim, "reason": checked.reason] : [:])
        }
    }

    /// Takes a key result off its objective. Its check-ins are kept, and seen by nobody.
    /// - Throws: ``NotFound``, ``Refused``, ``Conflict``, ``Invalid`` where it was committed to and nobody says why.
    public func remove(_ id: ID<KeyResult>, saying reason: String, as viewer: Viewer) async throws {
        var typed = Typed()
        let reason = typed.line(reason, "reason", missing: nil, atMost: 500)
        try typed.check()
        let now = product.now()
        try await product.database.write { tx in
            let access = try KeyResultAccess.load(id, for: viewer, in: tx)
            try access.objective.requireOpenAndWritable()
            if access.objective.objective.stage == .committed, reason.isEmpty {
                throw Invalid("reason", "It was committed to. Say in a sentence why it goes.")
            }
            try tx.run("update key_result set removed_at = \(now) where id = \(id) and removed_at is null")
            try tx.journal("removed", id, "key-result", by: viewer.id, at: now)
            try tx.journal(
                "removed-key-result", access.keyResult.objective, "objective", by: viewer.id, at: now,
                detail: access.objective.objective.isForEveryone
                    ? ["title": access.keyResult.title, "reason": reason] : [:])
        }
    }

    static func noteTarget(
        _ words: String, of id: ID<KeyResult>, isEased: Bool, isMidway: Bool, reason: String, by viewer: Viewer,
        at now: Date, in tx: any Transaction
    ) throws {
        try tx.run(
            """
            insert into key_result_target (id, key_result, words, is_eased, is_midway, reason, set_by, set_at)
            values (\(ID<Never>(now: now)), \(id), \(words), \(isEased), \(isMidway), \(reason), \(viewer.id), \(now))
            """)
    }

    /// Who may look after a key result: those who may look after its objective, as far as they read it; of a person's
    /// own objective, that person alone.
    static func eligible(
        for access: ObjectiveAccess, _ viewer: Viewer, in tx: any Transaction
    ) throws -> [PersonName] {
        let objective = access.objective
        if isForOwnerAlone(objective.level, objective.visibility) { return [objective.owner].compactMap { $0 } }
        return try Goals.eligible(for: objective.group, viewer, in: tx)
    }

    /// Whether nobody but its owner may look after an objective's key results.
    static func isForOwnerAlone(_ level: Objective.Level, _ visibility: Visibility) -> Bool {
        level == .person || visibility == .pair
    }
}
