import Storage

/// Which cycle a form puts an objective into, how far it is in it, and who reads it.
struct Placement {
    let cycle: ID<Cycle>?
    let stage: Stage?
    let visibility: Visibility?

    /// A new objective: in a cycle it begins as a draft.
    /// - Throws: ``Invalid``.
    init(_ draft: ObjectiveDraft, of level: Objective.Level, in tx: any Transaction) throws {
        cycle = try Self.cycle(draft.cycle ?? "", in: tx)
        stage = cycle == nil ? nil : .draft
        visibility = try Self.visibility(draft.visibility, of: level)
    }

    /// One that is there: without a cycle so far, it is proposed in its new one. Once it is committed to, it stays.
    /// - Throws: ``Invalid``.
    init(_ draft: ObjectiveDraft, for present: Objective, in tx: any Transaction) throws {
        visibility =
            try draft.visibility == nil
            ? present.chosenVisibility : Self.visibility(draft.visibility, of: present.level)
        guard let text = draft.cycle, text != present.cycle?.text ?? "" else {
            (cycle, stage) = (present.cycle, present.stage)
            return
        }
        guard present.stage == nil || present.stage == .draft || present.stage == .proposed else {
            throw Invalid("cycle", "It was committed to in its cycle, and stays there. Close it when the cycle ends.")
        }
        guard let new = try Self.cycle(text, in: tx) else {
            throw Invalid("cycle", "An objective that stands in a cycle stays in one. Choose another, or drop it.")
        }
        (cycle, stage) = (new, present.stage ?? .proposed)
    }

    private static func cycle(_ text: String, in tx: any Transaction) throws -> ID<Cycle>? {
        if text.isEmpty { return nil }
        let found = try ID<Cycle>(text).flatMap { id in
            try tx.first(Cycle.self, "select \(Cycle.columns) from cycle c where c.id = \(id)")
        }
        guard let found, found.state == .draft || found.state == .active else {
            throw Invalid("cycle", "Choose a cycle that is being planned or under way.")
        }
        return found.id
    }

    private static func visibility(_ text: String?, of level: Objective.Level) throws -> Visibility? {
        guard let text, !text.isEmpty else { return nil }
        guard let visibility = Visibility(rawValue: text), level != .company || visibility == .everyone else {
            throw Invalid("visibility", "Choose who reads it from the list.")
        }
        return visibility
    }

    /// The names of the fields in which it differs from what is stored.
    func changes(from objective: Objective) -> [String] {
        var changes: [String] = []
        if cycle != objective.cycle { changes.append("cycle") }
        if (visibility ?? objective.visibility) != objective.visibility { changes.append("visibility") }
        return changes
    }
}

extension Goals {
    /// Whoever looks after a key result must be able to read its objective.
    /// - Throws: ``Invalid`` at `visibility`.
    static func requireOwnersToRead(_ id: ID<Objective>, in tx: any Transaction) throws {
        let name = try tx.value(
            String.self,
            """
            select ko.name from key_result k join objective o on o.id = k.objective
            left join person w on w.id = o.owner join person ko on ko.id = k.owner
            where k.objective = \(id) and k.removed_at is null
                and not \(ObjectiveAccess.isReadable(byPerson: "ko.id"))
            order by ko.name, ko.id limit 1
            """)
        guard let name else { return }
        throw Invalid(
            "visibility",
            "\(name) looks after one of its key results and could no longer read it. Ask somebody else to first.")
    }
}
