import Foundation
public import Storage

/// What a person can do with pieces of their own work.
extension Goals {
    /// - Parameters:
    ///   - id: chosen when the form was made, so that a form sent twice adds one piece of work.
    ///   - supports: the ids of objectives that it serves from the start.
    /// - Throws: ``Invalid``.
    @discardableResult
    public func add(
        _ draft: WorkDraft, id: ID<Work>? = nil, serving supports: [String] = [], as viewer: Viewer
    ) async throws -> ID<Work> {
        let now = product.now()
        let id = id ?? ID(now: now)
        return try await product.database.write { tx in
            let checked = try draft.checked()
            let same: SQL = """
                owner = \(viewer.id) and title = \(checked.title) and standing = \(checked.standing)
                """
            guard let new = try tx.newID(id, in: "work", unless: same, at: now) else { return id }
            try tx.run(
                """
                insert into work (id, owner, title, standing, hours_a_week, created_at, changed_at)
                values (\(new), \(viewer.id), \(checked.title), \(checked.standing), \(checked.hoursAWeek), \(now),
                    \(now))
                """)
            try tx.journal("added", new, "work", by: viewer.id, at: now)
            for text in supports where !text.isEmpty {
                try Self.link(new, to: text, as: viewer, at: now, in: tx)
            }
            return new
        }
    }

    /// Saves what was typed on top of `version`.
    /// - Throws: ``Invalid``, ``NotFound``, ``Refused``.
    public func change(
        _ id: ID<Work>, to draft: WorkDraft, basedOn version: Int, as viewer: Viewer
    ) async throws -> GoalSave<Work> {
        let now = product.now()
        return try await product.database.write { tx in
            let access = try WorkAccess.load(id, for: viewer, in: tx)
            try access.requireWritable()
            let checked = try draft.checked()
            let changes = checked.changes(from: access.work)
            if changes.isEmpty { return .saved }
            guard access.work.version == version else { return .collided(with: access.work) }
            try tx.run(
                """
                update work set title = \(checked.title), standing = \(checked.standing),
                    hours_a_week = \(checked.hoursAWeek), version = version + 1, changed_at = \(now)
                where id = \(id)
                """)
            try tx.journal(
                "changed", id, "work", by: viewer.id, at: now,
                detail: ["fields": changes.joined(separator: " ")])
            return .saved
        }
    }

    /// Takes work up, pauses it, calls it done or drops it.
    /// - Throws: ``Invalid``, ``NotFound``, ``Refused``, ``Conflict`` when it already is so.
    public func settle(
        _ id: ID<Work>, as state: Work.State, saying words: String = "", as viewer: Viewer
    ) async throws {
        var typed = Typed()
        let words = typed.line(words, "words", missing: nil)
        try typed.check()
        let now = product.now()
        try await product.database.write { tx in
            let access = try WorkAccess.load(id, for: viewer, in: tx)
            try access.requireWritable()
            // The same button pressed twice.
            if access.work.state == state, access.work.stateWords == words { return }
            let changed = try tx.run(
                """
                update work set state = \(state), state_words = \(words), changed_at = \(now)
                where id = \(id) and state <> \(state)
                """)
            guard changed == 1 else { throw Conflict("It is \(state.rawValue) already.") }
            try tx.journal(
                "moved", id, "work", by: viewer.id, at: now,
                detail: ["from": access.work.state.rawValue, "to": state.rawValue])
        }
    }

    /// Says that a piece of work serves an objective.
    /// - Parameter objective: an id as a form sent it.
    /// - Throws: ``Invalid`` when it is no open objective that the viewer may read, ``NotFound``, ``Refused``.
    public func link(_ id: ID<Work>, to objective: String, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try WorkAccess.load(id, for: viewer, in: tx).requireWritable()
            try Self.link(id, to: objective, as: viewer, at: now, in: tx)
        }
    }

    public func unlink(_ id: ID<Work>, from objective: String, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try WorkAccess.load(id, for: viewer, in: tx).requireWritable()
            guard let objective = ID<Objective>(objective) else { throw NotFound() }
            let target = try ObjectiveAccess.load(objective, for: viewer, in: tx).objective
            let changed = try tx.run(
                "delete from work_support where work = \(id) and objective = \(objective)")
            guard changed == 1 else { return }
            try tx.journal("unlinked", id, "work", by: viewer.id, at: now, detail: Self.naming(target))
        }
    }

    private static func link(
        _ id: ID<Work>, to text: String, as viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws {
        let target = try target(text, for: viewer, in: tx)
        if target.level == .person, target.owner?.id != viewer.id {
            throw Invalid("supports", "Your work serves your own goals, a team’s or the company’s.")
        }
        let count = try tx.value(Int.self, "select count(*) from work_support where work = \(id)")
        guard (count ?? 0) < mostSupported else {
            throw Invalid("supports", "It serves \(mostSupported) goals already. Take one off first.")
        }
        let changed = try tx.run(
            """
            insert into work_support (work, objective) values (\(id), \(target.id))
            on conflict (work, objective) do nothing
            """)
        guard changed == 1 else { return }
        try tx.journal("linked", id, "work", by: viewer.id, at: now, detail: naming(target))
    }
}
