import Foundation
public import Storage

/// The way of an objective from one cycle into the next: where it comes from, or where it goes on.
public struct Passage: Sendable, Equatable, RowReadable {
    /// The objective in the other cycle.
    public let objective: ObjectiveName
    public let cycle: ID<Cycle>
    public let cycleName: String
    /// Whether it goes on there; else it comes from there.
    public let isLater: Bool

    public init(row: inout Row) throws {
        objective = try ObjectiveName(row: &row)
        cycle = try row.next()
        cycleName = try row.next()
        isLater = try row.next()
    }

    /// The cycle of an objective, and whether it comes from another. One query.
    /// - Throws: ``NotFound``.
    static func cycle(
        _ id: ID<Cycle>, of objective: ID<Objective>, in tx: any Transaction
    ) throws -> (cycle: Cycle, isContinued: Bool) {
        let found = try tx.first(
            Placed.self,
            """
            select \(Cycle.columns), case when o.continues is null then 0 else 1 end
            from cycle c join objective o on o.cycle = c.id where c.id = \(id) and o.id = \(objective)
            """)
        guard let found else { throw NotFound() }
        return (found.cycle, found.isContinued)
    }

    private struct Placed: RowReadable {
        let cycle: Cycle
        let isContinued: Bool

        init(row: inout Row) throws {
            cycle = try Cycle(row: &row)
            isContinued = try row.next()
        }
    }

    /// Where an objective comes from, then where it goes on, as far as the viewer may read that. One query.
    static func all(of id: ID<Objective>, _ viewer: Viewer, in tx: any Transaction) throws -> [Passage] {
        func select(_ condition: SQL, isLater: SQL) -> SQL {
            """
            select o.id, o.title, o.level, c.id, c.name, \(isLater)
            from objective o join cycle c on c.id = o.cycle left join person w on w.id = o.owner
            where \(condition) and \(ObjectiveAccess.isReadable(by: viewer.id))
            """
        }
        let parts = [
            select("o.id = (select it.continues from objective it where it.id = \(id))", isLater: "0"),
            select("o.continues = \(id)", isLater: "1"),
        ]
        return try tx.all(Passage.self, SQL(joining: parts, separator: " union all "))
            .sorted { ($0.isLater ? 1 : 0, $0.objective.id) < ($1.isLater ? 1 : 0, $1.objective.id) }
    }
}

/// Something that happened to a key result of an objective: it was added, changed, taken off, or its target was eased.
///
/// The journal of an objective that not everyone reads names no key result. Who reads the objective may know, so its page
/// takes the name from the key result itself.
struct KeyResultEvent: Sendable, RowReadable {
    /// What the journal calls it, or `eased`.
    let verb: String
    let result: ID<KeyResult>
    let at: Date
    /// Its title; of an eased target, why.
    let words: String

    init(row: inout Row) throws {
        verb = try row.next()
        result = try row.next()
        at = try row.next()
        words = try row.next()
    }

    /// All of an objective that the viewer has been proven to read, the oldest first. One query.
    static func all(of id: ID<Objective>, in tx: any Transaction) throws -> [KeyResultEvent] {
        try tx.all(
            KeyResultEvent.self,
            """
            select j.verb, k.id, j.at, k.title from key_result k join journal j on j.object = k.id
            where k.objective = \(id) and j.object_kind = 'key-result' and j.verb in ('added', 'changed', 'removed')
            union all
            select 'eased', k.id, t.set_at, t.reason from key_result k join key_result_target t on t.key_result = k.id
            where k.objective = \(id) and t.is_eased = 1
            order by 3, 2
            """)
    }

    /// By key result, why its target was last eased.
    static func easings(_ events: [KeyResultEvent]) -> [ID<KeyResult>: String] {
        Dictionary(
            events.filter { $0.verb == "eased" }.map { ($0.result, $0.words) }, uniquingKeysWith: { $1 })
    }
}

extension ObjectiveOKR {
    /// The same history, with the name of each key result that it speaks of. Both rows of the journal, the objective's and
    /// the key result's, are of one write and so of one moment.
    public func named(_ history: [History]) -> [History] {
        var left = events
        return history.map { entry in
            guard let verb = entry.keyResultVerb,
                let index = left.firstIndex(where: { $0.at == entry.at && $0.verb == verb })
            else { return entry }
            return History(at: entry.at, who: entry.who, words: "\(entry.words) “\(left.remove(at: index).words)”")
        }
    }
}

extension History {
    /// What the journal says of the key result where this speaks of one and doesn't name it.
    fileprivate var keyResultVerb: String? {
        switch words {
        case Self.words("added-key-result", [:]): "added"
        case Self.words("removed-key-result", [:]): "removed"
        case Self.words("changed-key-result", [:]), Self.words("changed-target", [:]): "changed"
        default: nil
        }
    }
}
