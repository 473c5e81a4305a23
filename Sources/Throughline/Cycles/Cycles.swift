import Foundation
public import Storage

extension Product {
    public var cycles: Cycles { Cycles(product: self) }
}

/// What people can do with cycles, and with what objectives have in them: key results, check-ins, core values, scores.
public struct Cycles: Sendable {
    let product: Product

    /// All cycles, the newest first. Everyone reads them.
    public func all(as viewer: Viewer) async throws -> [Cycle] {
        try await product.database.read { tx in try Cycle.all(in: tx) }
    }

    /// - Throws: ``NotFound``.
    public func find(_ id: ID<Cycle>, as viewer: Viewer) async throws -> Cycle {
        try await product.database.read { tx in try Cycle.find(id, in: tx) }
    }

    /// Makes a cycle, as a draft. For administrators.
    /// - Parameter id: chosen when the form was made, so that a form sent twice makes one.
    /// - Throws: ``NotFound``, ``Invalid``.
    @discardableResult
    public func create(_ draft: CycleDraft, id: ID<Cycle>? = nil, as viewer: Viewer) async throws -> ID<Cycle> {
        let checked = try draft.checked()
        let now = product.now()
        let id = id ?? ID(now: now)
        return try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            let same: SQL = """
                created_by = \(viewer.id) and name = \(checked.name) and kind = \(checked.kind)
                    and starts_on = \(checked.startsOn) and ends_on = \(checked.endsOn) and rhythm = \(checked.rhythm)
                """
            guard let new = try tx.newID(id, in: "cycle", unless: same, at: now) else { return id }
            try Self.requireUnused(checked.name, but: nil, in: tx)
            try tx.run(
                """
                insert into cycle (id, name, kind, starts_on, ends_on, rhythm, created_by, created_at, changed_at)
                values (\(new), \(checked.name), \(checked.kind), \(checked.startsOn), \(checked.endsOn),
                    \(checked.rhythm), \(viewer.id), \(now), \(now))
                """)
            try tx.journal("added", new, "cycle", by: viewer.id, at: now, detail: ["name": checked.name])
            return new
        }
    }

    /// Changes a cycle's name, days and rhythm. For administrators.
    /// - Throws: ``NotFound``, ``Invalid``, ``Conflict`` when it is closed or somebody was faster.
    public func change(
        _ id: ID<Cycle>, to draft: CycleDraft, basedOn version: Int, as viewer: Viewer
    ) async throws {
        let checked = try draft.checked()
        let now = product.now()
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            let present = try Cycle.find(id, in: tx)
            guard present.state != .closed else {
                throw Conflict("\(present.name) is closed. What it was stays as it was.")
            }
            if CycleDraft(present) == CycleDraft(checked) { return }
            guard present.version == version else {
                throw Conflict("Somebody changed \(present.name) meanwhile. Look again at how it stands now.")
            }
            try Self.requireUnused(checked.name, but: id, in: tx)
            try tx.run(
                """
                update cycle set name = \(checked.name), kind = \(checked.kind), starts_on = \(checked.startsOn),
                    ends_on = \(checked.endsOn), rhythm = \(checked.rhythm), version = version + 1, changed_at = \(now)
                where id = \(id)
                """)
            try tx.journal("changed", id, "cycle", by: viewer.id, at: now, detail: ["name": checked.name])
        }
    }

    /// Moves a cycle on: from draft to active, from active to closing, from closing to closed or back to active. For
    /// administrators.
    /// - Throws: ``NotFound``; ``Conflict`` when it is no longer where one thought; ``Refused`` to close it while an
    ///   objective waits for its score and the choice of what becomes of it.
    public func move(_ id: ID<Cycle>, to state: Cycle.State, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            let cycle = try Cycle.find(id, in: tx)
            // The same button pressed twice.
            if cycle.state == state { return }
            guard cycle.state.next.contains(state) else {
                throw Conflict("\(cycle.name) is \(cycle.state.rawValue) now. Look again at how it stands.")
            }
            if state == .closed {
                let open = try tx.value(
                    Int.self,
                    "select count(*) from objective where cycle = \(id) and stage <> 'closed' and state = 'open'")
                if let open, open > 0 {
                    let some = open == 1 ? "One objective waits" : "\(open) objectives wait"
                    throw Refused(
                        "\(some) for a score and a choice: keep, change or stop. Nothing rolls over by itself.")
                }
            }
            let changed = try tx.run(
                """
                update cycle set state = \(state), version = version + 1, changed_at = \(now)
                where id = \(id) and state = \(cycle.state)
                """)
            guard changed == 1 else { throw Conflict("Somebody was faster. Look again at how it stands now.") }
            try tx.journal("moved", id, "cycle", by: viewer.id, at: now, detail: ["to": state.rawValue])
        }
    }

    private static func requireUnused(_ name: String, but id: ID<Cycle>?, in tx: any Transaction) throws {
        let taken = try tx.rows("select id, name from cycle").contains { row in
            var row = row
            let other: ID<Cycle> = try row.next()
            return try other != id && row.next(String.self).lowercased() == name.lowercased()
        }
        if taken { throw Invalid("name", "There is a cycle called “\(name)” already. Choose another name.") }
    }

    // MARK: Objectives in cycles

    /// Moves an objective from draft to proposed to committed, or from proposed back to draft.
    /// - Throws: ``NotFound``, ``Refused``, ``Conflict``.
    public func move(_ id: ID<Objective>, to stage: Stage, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            try access.requireOpenAndWritable()
            let objective = access.objective
            guard let present = objective.stage else {
                throw Refused("It stands in no cycle. Put it into one first.")
            }
            if present == stage { return }
            let isNext =
                switch (present, stage) {
                case (.draft, .proposed), (.proposed, .committed), (.proposed, .draft): true
                default: false
                }
            guard isNext else {
                throw Conflict("It is \(present.rawValue) now. Look again at how it stands.")
            }
            let changed = try tx.run(
                """
                update objective set stage = \(stage), committed_at = \(stage == .committed ? now : nil),
                    changed_by = \(viewer.id), changed_at = \(now)
                where id = \(id) and stage = \(present)
                """)
            guard changed == 1 else { throw Conflict("Somebody was faster. Look again at how it stands now.") }
            try tx.journal(
                stage == .draft ? "taken-back" : stage.rawValue, id, "objective", by: viewer.id, at: now)
        }
    }
}

extension CycleDraft {
    fileprivate init(_ checked: Checked) {
        self.init(
            name: checked.name, kind: checked.kind.rawValue, startsOn: checked.startsOn.iso,
            endsOn: checked.endsOn.iso, rhythm: String(checked.rhythm))
    }
}
