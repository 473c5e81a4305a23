public import Foundation
public import Storage

/// Something that the company holds to, whatever it is after.
public struct CoreValue: Sendable, Equatable, RowReadable {
    public let id: ID<CoreValue>
    public let name: String
    public let description: String
    public let version: Int
    /// When it was put away; nil while it holds.
    public let retiredAt: Date?

    static let columns: SQL = "v.id, v.name, v.description, v.version, v.retired_at"

    public init(row: inout Row) throws {
        id = try row.next()
        name = try row.next()
        description = try row.next()
        version = try row.next()
        retiredAt = try row.next()
    }

    /// What an objective does to a value.
    public enum Stance: String, Sendable, SQLColumn, CaseIterable {
        case supports
        case neutral
        case conflicts
    }
}

/// An objective held against a value.
public struct ValueStance: Sendable, Equatable, RowReadable {
    public let value: CoreValue
    /// Nil while nobody has said.
    public let stance: CoreValue.Stance?
    public let why: String

    public init(row: inout Row) throws {
        value = try CoreValue(row: &row)
        stance = try row.next()
        why = try row.next()
    }

    /// The values that hold, with what was said of an objective, and those put away of which something was said. One query.
    static func all(of objective: ID<Objective>, in tx: any Transaction) throws -> [ValueStance] {
        try tx.all(
            ValueStance.self,
            """
            select \(CoreValue.columns), s.stance, coalesce(s.why, '')
            from core_value v left join objective_value s on s.value = v.id and s.objective = \(objective)
            where v.retired_at is null or s.stance is not null order by v.position, v.id
            """)
    }
}

extension Cycles {
    static let mostValues = 12

    /// The company's core values in their order. Everyone reads them.
    public func values(as viewer: Viewer) async throws -> [CoreValue] {
        try await product.database.read { tx in
            try tx.all(
                CoreValue.self,
                "select \(CoreValue.columns) from core_value v order by v.retired_at is not null, v.position, v.id")
        }
    }

    /// Adds a core value. For administrators.
    /// - Throws: ``NotFound``, ``Invalid``.
    public func addValue(
        _ name: String, _ description: String, id: ID<CoreValue>? = nil, as viewer: Viewer
    ) async throws {
        let (name, description) = try Self.checked(name, description)
        let now = product.now()
        let id = id ?? ID(now: now)
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            let same: SQL = "name = \(name) and description = \(description)"
            guard let new = try tx.newID(id, in: "core_value", unless: same, at: now) else { return }
            try Self.requireUnused(name, but: nil, in: tx)
            let count = try tx.value(Int.self, "select count(*) from core_value where retired_at is null") ?? 0
            guard count < Self.mostValues else {
                throw Invalid("name", "There are \(count) values already. Few are remembered; put one away first.")
            }
            try tx.run(
                """
                insert into core_value (id, name, description, position, created_at)
                values (\(new), \(name), \(description),
                    coalesce((select max(position) from core_value), 0) + 1, \(now))
                """)
            try tx.journal("added", new, "value", by: viewer.id, at: now, detail: ["name": name])
        }
    }

    /// Changes a core value's name and description. For administrators.
    /// - Throws: ``NotFound``, ``Invalid``, ``Conflict``.
    public func changeValue(
        _ id: ID<CoreValue>, _ name: String, _ description: String, basedOn version: Int, as viewer: Viewer
    ) async throws {
        let (name, description) = try Self.checked(name, description)
        let now = product.now()
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            let present = try Self.value(id, in: tx)
            if present.name == name, present.description == description { return }
            guard present.version == version else {
                throw Conflict("Somebody changed “\(present.name)” meanwhile. Look again at what it says now.")
            }
            try Self.requireUnused(name, but: id, in: tx)
            try tx.run(
                """
                update core_value set name = \(name), description = \(description), version = version + 1
                where id = \(id)
                """)
            try tx.journal(
                "changed", id, "value", by: viewer.id, at: now, detail: ["before": present.name, "name": name])
        }
    }

    /// Puts a core value away, or takes it out again. What was said of it stays. For administrators.
    /// - Throws: ``NotFound``.
    public func setRetired(_ isRetired: Bool, _ id: ID<CoreValue>, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            guard try (Self.value(id, in: tx).retiredAt != nil) != isRetired else { return }
            try tx.run("update core_value set retired_at = \(isRetired ? now : nil) where id = \(id)")
            try tx.journal(isRetired ? "archived" : "restored", id, "value", by: viewer.id, at: now)
        }
    }

    /// Holds an objective against core values.
    /// - Parameter stances: by value; an empty stance takes back what was said.
    /// - Throws: ``NotFound``, ``Refused``, ``Conflict``; ``Invalid`` at `stance-ID` and `why-ID`.
    public func hold(
        _ objective: ID<Objective>, against stances: [(value: String, stance: String, why: String)], as viewer: Viewer
    ) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let access = try ObjectiveAccess.load(objective, for: viewer, in: tx)
            try access.requireOpenAndWritable()
            let present = try ValueStance.all(of: objective, in: tx)
            var typed = Typed()
            var changes = 0
            for said in stances {
                guard let value = present.first(where: { $0.value.id.text == said.value }) else { throw NotFound() }
                let why = typed.line(said.why, "why-\(value.value.id)", missing: nil, atMost: 500)
                guard !said.stance.isEmpty else {
                    if !why.isEmpty {
                        typed.note("stance-\(value.value.id)", "Choose supports, neutral or conflicts.")
                    } else if value.stance != nil {
                        try tx.run(
                            "delete from objective_value where objective = \(objective) and value = \(value.value.id)")
                        changes += 1
                    }
                    continue
                }
                let stance = typed.choice(
                    said.stance, "stance-\(value.value.id)", "Choose supports, neutral or conflicts.",
                    as: CoreValue.Stance.self)
                if stance == .conflicts, why.isEmpty {
                    typed.note(
                        "why-\(value.value.id)", "Say in a sentence how it conflicts, so that it can be weighed.")
                }
                guard let stance, stance != value.stance || why != value.why, typed.problems.isEmpty else { continue }
                changes += 1
                try tx.run(
                    """
                    insert into objective_value (objective, value, stance, why, given_by, given_at)
                    values (\(objective), \(value.value.id), \(stance), \(why), \(viewer.id), \(now))
                    on conflict (objective, value) do update set stance = excluded.stance, why = excluded.why,
                        given_by = excluded.given_by, given_at = excluded.given_at
                    """)
            }
            try typed.check()
            if changes > 0 { try tx.journal("held", objective, "objective", by: viewer.id, at: now) }
        }
    }

    private static func value(_ id: ID<CoreValue>, in tx: any Transaction) throws -> CoreValue {
        guard
            let value = try tx.first(
                CoreValue.self, "select \(CoreValue.columns) from core_value v where v.id = \(id)")
        else { throw NotFound() }
        return value
    }

    private static func checked(_ name: String, _ description: String) throws -> (String, String) {
        var typed = Typed()
        let name = typed.line(name, "name", missing: "Give the value a name of a few words.", atMost: Limit.name)
        let description = typed.text(description, "description", missing: nil, atMost: 1_000)
        try typed.check()
        return (name, description)
    }

    private static func requireUnused(_ name: String, but id: ID<CoreValue>?, in tx: any Transaction) throws {
        let all = try tx.all(CoreValue.self, "select \(CoreValue.columns) from core_value v")
        guard all.contains(where: { $0.id != id && $0.name.lowercased() == name.lowercased() }) else { return }
        throw Invalid("name", "There is a value called “\(name)” already, perhaps put away.")
    }
}
