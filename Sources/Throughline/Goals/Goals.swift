import Foundation
public import Storage

extension Product {
    public var goals: Goals { Goals(product: self) }
}

/// What a person can do with goals: the company's and the teams' objectives, and their own goals.
public struct Goals: Sendable {
    let product: Product

    /// An objective may support so many others.
    static let mostSupported = 20
    /// A group may have so many priorities.
    public static let mostPriorities = 20

    /// Adds an objective to a group.
    /// - Parameters:
    ///   - id: chosen when the form was made, so that a form sent twice adds one objective.
    ///   - supports: the ids of objectives that it supports from the start.
    /// - Throws: ``Invalid``, ``NotFound`` for a group that is not the viewer's, ``Refused`` for one they only read.
    @discardableResult
    public func add(
        _ draft: ObjectiveDraft, to group: Objective.Group, id: ID<Objective>? = nil,
        supporting supports: [String] = [], as viewer: Viewer
    ) async throws -> ID<Objective> {
        let now = product.now()
        let id = id ?? ID(now: now)
        return try await product.database.write { tx in
            let access = try GroupAccess.load(group, for: viewer, in: tx)
            try access.requireWritable()
            var draft = draft
            // The form of one's own goal has no field for it.
            if group == .person(viewer.id) { draft.owner = "" }
            let checked = try draft.checked(eligible: Self.eligible(for: group, viewer, in: tx))
            let same: SQL = """
                created_by = \(viewer.id) and level = \(group.level) and title = \(checked.title)
                    and description = \(checked.description) and standing = \(checked.standing)
                """
            guard let new = try tx.newID(id, in: "objective", unless: same, at: now) else { return id }
            let owner = group == .person(viewer.id) ? viewer.id : checked.owner?.id
            let placement = try Placement(draft, of: group.level, in: tx)
            try tx.run(
                """
                insert into objective (id, level, team, owner, title, description, standing, due_on, created_by,
                    created_at, changed_by, changed_at, cycle, stage, visibility)
                values (\(new), \(group.level), \(group.team), \(owner), \(checked.title), \(checked.description),
                    \(checked.standing), \(checked.dueOn), \(viewer.id), \(now), \(viewer.id), \(now),
                    \(placement.cycle), \(placement.stage), \(placement.visibility))
                """)
            let isOpenToAll = !group.isPrivate && placement.stage == nil
            let detail = isOpenToAll ? ["title": checked.title] : [:]
            try tx.journal("added", new, "objective", by: viewer.id, at: now, detail: detail)
            for text in supports where !text.isEmpty {
                try Self.link(
                    try ObjectiveAccess.load(new, for: viewer, in: tx), to: text, as: viewer, at: now, in: tx)
            }
            return new
        }
    }

    /// Saves what was typed on top of `version`.
    /// - Throws: ``Invalid``, ``NotFound``, ``Refused``.
    public func change(
        _ id: ID<Objective>, to draft: ObjectiveDraft, basedOn version: Int, as viewer: Viewer
    ) async throws -> GoalSave<Objective> {
        let now = product.now()
        return try await product.database.write { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            try access.requireWritable()
            let present = access.objective
            guard present.state == .open else {
                // At the form, not on a page of its own: what was typed must not be lost.
                throw Invalid(
                    "",
                    "\(present.changedBy.name) marked it \(present.state.rawValue). Open it again to save this."
                )
            }
            let eligible =
                try Self.eligible(for: present.group, viewer, in: tx) + [present.owner].compactMap { $0 }
            var draft = draft
            // A person's own goal stays theirs, whatever a form says.
            if present.group.isPrivate { draft.owner = present.owner?.id.text ?? "" }
            let checked = try draft.checked(eligible: eligible)
            let placement = try Placement(draft, for: present, in: tx)
            let changes = checked.changes(from: present) + placement.changes(from: present)
            if changes.isEmpty { return .saved }
            guard present.version == version else { return .collided(with: present) }
            try tx.run(
                """
                update objective set title = \(checked.title), description = \(checked.description),
                    standing = \(checked.standing), due_on = \(checked.dueOn), owner = \(checked.owner?.id),
                    cycle = \(placement.cycle), stage = \(placement.stage), visibility = \(placement.visibility),
                    version = version + 1, changed_by = \(viewer.id), changed_at = \(now)
                where id = \(id)
                """)
            try Self.requireOwnersToRead(id, in: tx)
            var detail = ["fields": changes.joined(separator: " ")]
            if present.isForEveryone, placement.visibility ?? .everyone == .everyone {
                if changes.contains("title") { detail["title"] = checked.title }
                if changes.contains("standing") { detail["standing"] = checked.standing }
                if changes.contains("dueOn") { detail["dueOn"] = checked.dueOn?.iso ?? "" }
                if changes.contains("owner") { detail["owner"] = checked.owner?.name ?? "" }
            }
            try tx.journal("changed", id, "objective", by: viewer.id, at: now, detail: detail)
            return .saved
        }
    }

    /// Marks an open objective reached or dropped, or opens it again.
    /// - Parameter words: a sentence on why, or what was learnt; may be empty.
    /// - Throws: ``Invalid``, ``NotFound``, ``Refused``, ``Conflict`` when somebody was faster.
    public func settle(
        _ id: ID<Objective>, as state: Objective.State, saying words: String = "", as viewer: Viewer
    ) async throws {
        var typed = Typed()
        let words = typed.line(words, "words", missing: nil)
        try typed.check()
        let now = product.now()
        try await product.database.write { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            try access.requireWritable()
            let present = access.objective
            // The same button pressed twice.
            if present.state == state, present.stateWords == words, present.changedBy.id == viewer.id {
                return
            }
            // From open to an end, and from an end back to open; never from one end to the other.
            if present.stage == .closed {
                throw Conflict("Its cycle is over: it was closed with a score, and stays as it was.")
            }
            guard (present.state == .open) != (state == .open) else {
                throw Conflict("\(present.changedBy.name) has already marked it \(present.state.rawValue).")
            }
            let changed = try tx.run(
                """
                update objective set state = \(state), state_words = \(words), priority = null,
                    changed_by = \(viewer.id), changed_at = \(now)
                where id = \(id) and state = \(present.state)
                """)
            guard changed == 1 else {
                throw Conflict("Somebody was faster. Look again at how it stands now.")
            }
            try Self.renumber(try Self.ranking(of: present.group, in: tx), in: tx)
            try tx.journal(
                state == .open ? "reopened" : state.rawValue, id, "objective", by: viewer.id, at: now,
                detail: !present.isForEveryone || words.isEmpty ? [:] : ["words": words])
        }
    }

    /// Gives an open objective its place among the priorities of its group; the others move over.
    /// - Parameter priority: 1 for the first; nil for none.
    /// - Throws: ``Invalid``, ``NotFound``, ``Refused``, ``Conflict`` when it is no longer open.
    public func rank(_ id: ID<Objective>, _ priority: Int?, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            try access.requireOpenAndWritable()
            let ranked = try Self.ranking(of: access.objective.group, in: tx)
            var order = ranked.filter { $0.id != id }
            if let priority {
                guard order.count < Self.mostPriorities, priority >= 1 else {
                    throw Invalid(
                        "priority",
                        "A group can have \(Self.mostPriorities) priorities. Take one off before you add another."
                    )
                }
                order.insert(
                    Ranked(id: id, priority: access.objective.priority), at: min(priority - 1, order.count))
            }
            if order == ranked, priority != nil || access.objective.priority == nil { return }
            if priority == nil { try tx.run("update objective set priority = null where id = \(id)") }
            try Self.renumber(order, in: tx)
            let place = order.firstIndex { $0.id == id }.map { String($0 + 1) } ?? ""
            try tx.journal(
                "ranked", id, "objective", by: viewer.id, at: now,
                detail: access.objective.isForEveryone ? ["priority": place] : [:])
        }
    }

    // MARK: What supports what

    /// Says that an objective supports another.
    /// - Parameter other: an id as a form sent it.
    /// - Throws: ``Invalid`` when the other is not the viewer's to read, of a lower level, no longer open, or would
    ///   close a loop; ``NotFound``, ``Refused``, ``Conflict``.
    public func link(_ id: ID<Objective>, to other: String, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try Self.link(
                try ObjectiveAccess.load(id, for: viewer, in: tx), to: other, as: viewer, at: now, in: tx)
        }
    }

    public func unlink(_ id: ID<Objective>, from other: String, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            try access.requireOpenAndWritable()
            guard let other = ID<Objective>(other) else { throw NotFound() }
            let target = try ObjectiveAccess.load(other, for: viewer, in: tx).objective
            let changed = try tx.run(
                "delete from objective_support where objective = \(id) and supports = \(other)")
            guard changed == 1 else { return }
            try tx.journal(
                "unlinked", id, "objective", by: viewer.id, at: now, detail: Self.naming(target))
        }
    }

    private static func link(
        _ access: ObjectiveAccess, to other: String, as viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws {
        try access.requireOpenAndWritable()
        let objective = access.objective
        let target = try target(other, for: viewer, in: tx)
        guard target.level <= objective.level else {
            throw Invalid(
                "supports", "It can support what stands beside or above it, not somebody’s own goal.")
        }
        if target.level == .person, target.owner?.id != objective.owner?.id {
            throw Invalid(
                "supports", "A goal of your own supports your other goals, a team’s or the company’s.")
        }
        if target.id == objective.id {
            throw Invalid("supports", "An objective can’t support itself. Choose another.")
        }
        if try reaches(from: target.id, to: objective.id, in: tx) {
            throw Invalid(
                "supports",
                "“\(target.title)” already supports this one, itself or through others. It can’t go round in a loop."
            )
        }
        let count = try tx.value(
            Int.self, "select count(*) from objective_support where objective = \(objective.id)")
        guard (count ?? 0) < mostSupported else {
            throw Invalid("supports", "It supports \(mostSupported) others already. Take one off first.")
        }
        let changed = try tx.run(
            """
            insert into objective_support (objective, supports) values (\(objective.id), \(target.id))
            on conflict (objective, supports) do nothing
            """)
        guard changed == 1 else { return }
        try tx.journal("linked", objective.id, "objective", by: viewer.id, at: now, detail: naming(target))
    }

    /// The open objective that a form chose, if the viewer may read it.
    static func target(_ text: String, for viewer: Viewer, in tx: any Transaction) throws -> Objective {
        guard let id = ID<Objective>(text) else { throw Invalid("supports", "Choose a goal from the list.") }
        do {
            let target = try ObjectiveAccess.load(id, for: viewer, in: tx).objective
            guard target.state == .open else {
                throw Invalid("supports", "“\(target.title)” is no longer open. Choose another.")
            }
            return target
        } catch is NotFound {
            throw Invalid("supports", "Choose a goal from the list.")
        }
    }

    /// What the journal may say of what was linked: never the title of somebody's own goal.
    static func naming(_ target: Objective) -> [String: String] {
        target.isForEveryone ? ["title": target.title] : [:]
    }
}

extension Objective.Group {
    var level: Objective.Level {
        switch self {
        case .company: .company
        case .team: .team
        case .person: .person
        }
    }

    var team: ID<Team>? {
        if case .team(let team) = self { team } else { nil }
    }

    /// Whether only its owner and their manager read it. The journal then says that it changed, not to what.
    var isPrivate: Bool {
        if case .person = self { true } else { false }
    }
}
