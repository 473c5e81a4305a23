// A cycle that was planned by mistake, and how it goes again.
import Foundation
public import Storage

/// What stands in a cycle, and would be lost with it: its objectives, with all that belongs to them.
///
/// Whatever else comes to belong to a cycle is counted here too; a test holds the schema to it.
public struct CycleHoldings: Sendable, Equatable {
    /// How many there are of each kind that there are any of.
    public let counts: [Kind: Int]
    /// The first that the viewer may read.
    public let named: [ObjectiveName]

    public enum Kind: String, Sendable, CaseIterable {
        case draft
        case proposed
        case committed
        case closed
        /// Dropped or reached before the cycle closed; the cycle's page shows it no more.
        case ended
    }

    /// So many are named.
    public static let mostNamed = 20

    public var count: Int { counts.values.reduce(0, +) }
    public var isEmpty: Bool { counts.isEmpty }

    /// The condition under which a cycle `c` holds nothing.
    static let isNothing: SQL = "not exists (select 1 from objective o where o.cycle = c.id)"

    /// Two queries.
    static func load(of cycle: ID<Cycle>, for viewer: Viewer, in tx: any Transaction) throws -> CycleHoldings {
        let named = try tx.all(
            ObjectiveName.self,
            """
            select o.id, o.title, o.level from objective o left join person w on w.id = o.owner
            where o.cycle = \(cycle) and \(ObjectiveAccess.isReadable(by: viewer.id))
            order by o.id limit \(mostNamed)
            """)
        return CycleHoldings(counts: try counts(of: cycle, in: tx), named: named)
    }

    /// Of all objectives, whoever may read them: none is to be lost.
    static func counts(of cycle: ID<Cycle>, in tx: any Transaction) throws -> [Kind: Int] {
        let found = try tx.all(
            Counted.self,
            """
            select case when o.stage = 'closed' then 'closed' when o.state <> 'open' then 'ended'
                else coalesce(o.stage, 'draft') end as kind, count(*)
            from objective o where o.cycle = \(cycle) group by kind
            """)
        return Dictionary(found.map { ($0.kind, $0.count) }, uniquingKeysWith: +)
    }

    private struct Counted: RowReadable {
        let kind: Kind
        let count: Int

        init(row: inout Row) throws {
            kind = Kind(rawValue: try row.next()) ?? .draft
            count = try row.next()
        }
    }
}

extension Cycles {
    /// The cycles that hold nothing. For administrators; nobody else removes any. One query.
    public func removable(as viewer: Viewer) async throws -> Set<ID<Cycle>> {
        guard viewer.isAdmin else { return [] }
        return try await product.database.read { tx in
            Set(try tx.values(ID<Cycle>.self, "select c.id from cycle c where \(CycleHoldings.isNothing)"))
        }
    }

    /// What would be lost with a cycle. For administrators.
    /// - Throws: ``NotFound``.
    public func holdings(
        of id: ID<Cycle>, as viewer: Viewer
    ) async throws -> (cycle: Cycle, holdings: CycleHoldings) {
        try await product.database.read { tx in
            try People.requireAdmin(viewer, in: tx)
            return (try Cycle.find(id, in: tx), try CycleHoldings.load(of: id, for: viewer, in: tx))
        }
    }

    /// Removes a cycle that holds nothing, whatever state it is in. For administrators.
    /// - Throws: ``NotFound``; ``Refused`` where it holds something.
    public func remove(_ id: ID<Cycle>, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            // The same button pressed twice.
            if try Self.wasRemoved(id, in: tx) { return }
            let cycle = try Cycle.find(id, in: tx)
            let count = try CycleHoldings.counts(of: id, in: tx).values.reduce(0, +)
            guard count == 0 else {
                let some = count == 1 ? "one objective" : "\(count) objectives"
                throw Refused("\(cycle.name) holds \(some). Only a cycle that holds nothing can be removed.")
            }
            try tx.run("delete from cycle where id = \(id)")
            try tx.journal("removed", id, "cycle", by: viewer.id, at: now, detail: ["name": cycle.name])
        }
    }

    /// Whether it was there and is gone.
    private static func wasRemoved(_ id: ID<Cycle>, in tx: any Transaction) throws -> Bool {
        try tx.value(
            Int.self,
            """
            select 1 from journal where object = \(id) and object_kind = 'cycle' and verb = 'removed'
                and not exists (select 1 from cycle c where c.id = \(id))
            """) != nil
    }
}
