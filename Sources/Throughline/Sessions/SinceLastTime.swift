// Each session opens with what changed since the last: promises, goals, and what is expected (practice 13).
public import Foundation
public import Storage

/// What changed between two people since they last met.
public struct SinceLastTime: Sendable {
    public let last: HeldSession
    /// The session before the last.
    public let before: HeldSession?
    /// Settled since, or still open; the next due first.
    public let promises: [Promise]
    /// Goals that moved: the employee's own, then those of the team and the company, priorities first.
    public let goals: [GoalMove]
    /// What the last session with verdicts said the team needs most, first priority first.
    public let expectations: [Expectation]

    /// The sentence that they said yes to last time, against the one before; nil where there are not two.
    public var oath: TextDifference? {
        guard let before, !before.oath.isEmpty, !last.oath.isEmpty else { return nil }
        return TextDifference(from: before.oath, to: last.oath)
    }

    /// - Returns: nil where the two have never met.
    init?(_ history: PairHistory, _ held: [HeldSession]) {
        guard let last = held.first else { return nil }
        self.last = last
        before = held.dropFirst().first
        promises = history.promises.sorted { ($0.dueOn, $0.body) < ($1.dueOn, $1.body) }
        goals = history.goals.sorted {
            ($0.isOwn ? 0 : 1, $0.now.priority ?? 99, $0.id) < ($1.isOwn ? 0 : 1, $1.now.priority ?? 99, $1.id)
        }
        expectations = Expectation.all(history.verdicts)
    }

    /// Two queries.
    static func load(_ access: SessionAccess, in tx: any Transaction) throws -> SinceLastTime? {
        let held = try PreparationMarks.load(access, in: tx).held
        return SinceLastTime(try PairHistory.load(access, since: held.first, in: tx), held)
    }
}

/// Something that one of the two said they would do.
public struct Promise: Sendable, Equatable {
    let id: ID<Action>
    public let body: String
    public let owner: ID<Person>
    public let dueOn: Day
    let state: Action.State
    var isOpen: Bool { state == .open }
    /// The word that it was kept or dropped with.
    public let words: String
    public let settledAt: Date?
    public let origin: Origin

    public enum Outcome: Sendable, CaseIterable {
        case kept
        case keptLate
        /// Its day has passed, and it is open.
        case missed
        case dropped
        case open
    }

    public func outcome(now: Date, in zone: TimeZone) -> Outcome {
        switch state {
        case .open: dueOn < Day(now, in: zone) ? .missed : .open
        case .dropped: .dropped
        case .kept: settledAt.map { Day($0, in: zone) > dueOn } == true ? .keptLate : .kept
        }
    }
}

/// A goal that moved. Whatever else tells how a goal moves belongs here.
public struct GoalMove: Sendable, Equatable {
    public let id: ID<Objective>
    public let title: String
    /// Whether it is the employee's own.
    public let isOwn: Bool
    public let now: Standing
    /// How it stood when they last met; nil where nobody wrote it down, or it is new.
    public let then: Standing?
    public let isNew: Bool

    public struct Standing: Sendable, Equatable {
        public let words: String
        public let priority: Int?
        public let state: Objective.State
    }

    init?(_ row: HistoryRow) {
        guard let id = ID<Objective>(row.id), let state = row.d.flatMap({ Objective.State(rawValue: $0) }) else {
            return nil
        }
        self.id = id
        title = row.a
        isOwn = row.day == Objective.Level.person.rawValue
        now = Standing(words: row.b, priority: row.n.map { Int($0) }, state: state)
        then = row.c.map { Standing(words: $0, priority: row.m.map { Int($0) }, state: .open) }
        isNew = then == nil && (row.at ?? 0) > (row.startsAt ?? .max)
        // Another title or another description is no move.
        if then == now { return nil }
    }

    /// Writes down how the goals stand when a session ends, so that the next can say what moved.
    static func keep(_ access: SessionAccess, in tx: any Transaction) throws {
        try tx.run(
            """
            insert into session_goal (session, objective, standing, priority, state)
            select s.id, o.id, o.standing, o.priority, o.state from session s, objective o
            where s.id = \(access.session.id) and o.state = 'open'
                and o.id in \(Goals.concerning(access.session.employee.id))
            on conflict (session, objective) do update set standing = excluded.standing,
                priority = excluded.priority, state = excluded.state
            """)
    }
}

/// What was last said of a goal or a piece of work, and what was said before.
public struct Expectation: Sendable, Equatable {
    public let title: String
    public let now: Verdict
    /// What was said of it the time before; nil where it was the first time.
    public let then: Verdict?

    public var isChanged: Bool { then.map { ($0.answer, $0.priority) != (now.answer, now.priority) } ?? true }

    /// - Parameter verdicts: the latest first.
    static func all(_ verdicts: [PairHistory.PastVerdict]) -> [Expectation] {
        guard let latest = verdicts.first?.origin.session else { return [] }
        let earlier = verdicts.filter { $0.origin.session != latest }
        // Where it is the first time for all of them there is nothing to compare with.
        guard !earlier.isEmpty else { return [] }
        return verdicts.filter { $0.origin.session == latest }
            .map { verdict in
                Expectation(
                    title: verdict.title, now: verdict.verdict,
                    then: earlier.first { $0.subject == verdict.subject }?.verdict)
            }
            .sorted { ($0.now.priority ?? 99, $0.title) < ($1.now.priority ?? 99, $1.title) }
    }
}

extension PairHistory.PastVerdict {
    fileprivate var verdict: Verdict { Verdict(answer: answer, priority: priority, reason: reason, version: 0) }
}
