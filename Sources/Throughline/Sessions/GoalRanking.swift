// How each of the two would rank the shared goals, before they talk: unseen by the other until both have shared.
import Foundation
public import Storage

/// The two orders of one session, as one of the two sees them.
public struct GoalRanking: Sendable, Equatable {
    /// The viewer's places, 1 for the first.
    public internal(set) var mine: [ID<Objective>: Int] = [:]
    /// The partner's; empty until both have shared.
    public internal(set) var theirs: [ID<Objective>: Int] = [:]
    public internal(set) var iShared = false
    public internal(set) var partnerShared = false

    /// Whether both can see both.
    public var isOpen: Bool { iShared && partnerShared }
    /// Whether the viewer has an order that is still theirs alone.
    public var isDraft: Bool { !mine.isEmpty && !iShared }

    /// As the partner sees it.
    var turned: GoalRanking {
        var turned = self
        (turned.mine, turned.theirs) = (theirs, mine)
        (turned.iShared, turned.partnerShared) = (partnerShared, iShared)
        return turned
    }

    /// Where the two differ, the widest difference first. What only one of them ranked is no difference.
    public func differences(among goals: [Objective]) -> [Difference] {
        guard isOpen else { return [] }
        return goals.compactMap { goal in
            guard let mine = mine[goal.id], let theirs = theirs[goal.id], mine != theirs else { return nil }
            return Difference(goal: goal, mine: mine, theirs: theirs)
        }
        .sorted { ($1.width, min($0.mine, $0.theirs)) < ($0.width, min($1.mine, $1.theirs)) }
    }

    /// A goal that the two would put in different places.
    public struct Difference: Sendable, Equatable {
        public let goal: Objective
        public let mine: Int
        public let theirs: Int

        var width: Int { abs(mine - theirs) }
    }
}

extension Alignment {
    /// The shared goals that people put in order: the first dozen, more can't be told apart.
    public var rankable: [Objective] { lines.prefix(12).map(\.objective) }
}

extension Sessions {
    /// Keeps the order in which the viewer would put the shared goals. It is theirs alone until it is shared; after that
    /// a change is seen at once.
    /// - Parameter places: by goal, as typed: `1` for the first; empty where it has no place.
    /// - Throws: ``Invalid`` at `place-ID` for a place that isn't one, or that two goals have; ``NotFound`` for what is
    ///   no open goal of the team or the company.
    public func rank(_ places: [String: String], in id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let goals = try Goals.alignment(of: access.session.employee.id, in: tx).rankable
            guard places.keys.allSatisfy({ key in goals.contains { $0.id.text == key } }) else { throw NotFound() }
            let order = try Self.checked(places, among: goals)
            let present = try PreparationMarks.load(access, in: tx).ranking
            guard order != present.mine else { return }
            let shared = present.iShared ? now : nil
            try tx.run("delete from goal_rank where session = \(id) and person = \(viewer.id)")
            for (objective, place) in order {
                try tx.run(
                    """
                    insert into goal_rank (session, person, objective, place, shared_at)
                    values (\(id), \(viewer.id), \(objective), \(place), \(shared))
                    """)
            }
            // A draft is nobody else's business, not even that there is one.
            if present.iShared { try tx.journal("ranked", id, "session", by: viewer.id, at: now) }
        }
    }

    private static func checked(
        _ places: [String: String], among goals: [Objective]
    ) throws -> [ID<Objective>: Int] {
        var typed = Typed()
        var order: [ID<Objective>: Int] = [:]
        for goal in goals {
            guard let text = places[goal.id.text], !text.isEmpty else { continue }
            let field = "place-\(goal.id)"
            guard let place = typed.number(text, field, in: 1...max(1, goals.count), "Choose a place from the list.")
            else { continue }
            if let other = goals.first(where: { order[$0.id] == place }) {
                typed.note(field, "“\(other.title)” has this place already. Give each its own.")
            }
            order[goal.id] = place
        }
        try typed.check()
        return order
    }
}
