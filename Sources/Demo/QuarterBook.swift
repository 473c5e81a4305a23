// Turns Larkfield's quarters into what people did: plan a cycle, commit to objectives, check in week by week, close.
import Foundation
import Storage
import Throughline

/// A quarter as it is told.
struct Quarter: Sendable {
    /// 0 for the one that it is now, -1 for the one before.
    let offset: Int
    let objectives: [Pledge]
}

/// What was committed to for a quarter.
struct Pledge: Sendable {
    let title: String
    let group: Goal.Group
    let owner: Who
    let outcomes: [Outcome]
    var supports: [String] = []
    /// One of the goals that there are already, which is put into the cycle.
    var isHere = false
    var visibility: String?
    /// By value, what it does to it and why.
    var holds: [Int: (stance: String, why: String)] = [:]
    var ending: Ending?

    init(
        _ title: String, _ group: Goal.Group, _ owner: Who, _ outcomes: [Outcome], supports: [String] = [],
        isHere: Bool = false, visibility: String? = nil, holds: [Int: (stance: String, why: String)] = [:],
        ending: Ending? = nil
    ) {
        self.title = title
        self.group = group
        self.owner = owner
        self.outcomes = outcomes
        self.supports = supports
        self.isHere = isHere
        self.visibility = visibility
        self.holds = holds
        self.ending = ending
    }
}

struct Ending: Sendable {
    let score: String
    let learnt: String
    let choice: String
}

struct Eased: Sendable {
    let week: Int
    let to: Double
    let why: String
}

/// A key result as it is told, with its value week by week; nil, or the end of the list, for a week without a word.
struct Outcome: Sendable {
    let draft: KeyResultDraft
    let by: Who
    let values: [Double?]
    let sure: [Int]
    var eased: Eased?
    var said: [Int: String] = [:]

    init(
        _ title: String, _ unit: String, _ from: Double, _ to: Double, by: Who, _ values: [Double?], sure: [Int],
        eased: Eased? = nil, said: [Int: String] = [:]
    ) {
        draft = KeyResultDraft(
            title: title, direction: to < from ? "lower" : "raise", start: Figure.text(from), target: Figure.text(to),
            unit: unit)
        (self.by, self.values, self.sure, self.eased, self.said) = (by, values, sure, eased, said)
    }

    init(
        _ title: String, _ unit: String, keep low: Double, _ high: Double, by: Who, _ values: [Double?], sure: [Int]
    ) {
        draft = KeyResultDraft(
            title: title, direction: "keep", start: Figure.text(low), target: Figure.text(high), unit: unit)
        (self.by, self.values, self.sure) = (by, values, sure)
    }

    /// - Parameter done: how many of its steps are done, week by week.
    init(_ title: String, steps: [String], by: Who, done: [Int], sure: [Int], isHope: Bool = false) {
        draft = KeyResultDraft(
            title: title, kind: "milestone", ambition: isHope ? "aspirational" : "committed",
            steps: steps.joined(separator: "\n"))
        (self.by, values, self.sure) = (by, done.map { Double($0) }, sure)
    }

    init(_ title: String, yesNo by: Who, _ values: [Double?], sure: [Int]) {
        draft = KeyResultDraft(title: title, kind: "yes-no")
        (self.by, self.values, self.sure) = (by, values, sure)
    }

    func checkIn(_ week: Int) -> CheckInDraft? {
        guard values.indices.contains(week), sure.indices.contains(week), let value = values[week] else { return nil }
        var checkIn = CheckInDraft(confidence: String(sure[week]), comment: said[week] ?? "")
        if draft.kind == "milestone" {
            checkIn.steps = (0..<Int(value)).map { String($0 + 1) }
        } else {
            checkIn.value = Figure.text(value)
        }
        return checkIn
    }
}

/// All quarters, with the ids of what is in them.
struct QuarterBook: Sendable {
    private let book: GoalBook
    private let stage: Stage

    init(_ book: GoalBook, on stage: Stage) {
        self.book = book
        self.stage = stage
    }

    private var almanac: Almanac { stage.almanac }
    private var cast: Cast { stage.cast }
    private var cycles: Cycles { stage.product.cycles }

    var events: [Event] {
        let plans = Larkfield.quarters.map { Plan($0, almanac) }
        return values
            + plans.flatMap { plan in
                let next = plans.first { $0.quarter.offset == plan.quarter.offset + 1 }
                return cycleEvents(plan)
                    + plan.quarter.objectives.enumerated().flatMap { events(of: $1, $0, plan, next: next) }
            }
    }

    /// A quarter with its days and the ids of its cycle and its objectives.
    private struct Plan: Sendable {
        let quarter: Quarter
        let first: Day
        let last: Day
        let cycle: ID<Cycle>
        let objectives: [String: ID<Objective>]

        init(_ quarter: Quarter, _ almanac: Almanac) {
            self.quarter = quarter
            let end = Almanac.quarterEnd(of: almanac.today.adding(months: quarter.offset * 3))
            last = end
            first = Almanac.quarterEnd(of: end.adding(days: -95)).adding(days: 1)
            cycle = ID(now: almanac.moment(first, "09:00"))
            objectives = Dictionary(
                quarter.objectives.map { ($0.title, ID(now: almanac.moment(end, "09:00"))) },
                uniquingKeysWith: { first, _ in first })
        }

        var name: String { "Q\((first.month - 1) / 3 + 1) \(first.year)" }
    }

    private func event(
        _ name: String, _ day: Day, _ time: String, _ number: Int = 0,
        _ happen: @escaping @Sendable () async throws -> Void
    ) -> Event {
        let at = almanac.moment(almanac.working(onOrAfter: day), time).addingTimeInterval(Double(number) * 31)
        return Event(at: at, name: name, happen: happen)
    }

    private var values: [Event] {
        let day = almanac.today.adding(days: -300)
        return Larkfield.values.enumerated().map { number, value in
            event("the value “\(value.name)”", day, "15:00", number) {
                try await cycles.addValue(value.name, value.description, as: cast[.greta])
            }
        }
    }

    private func cycleEvents(_ plan: Plan) -> [Event] {
        let (cycle, greta) = (plan.cycle, cast[.greta])
        let draft = CycleDraft(
            name: plan.name, kind: "quarter", startsOn: plan.first.iso, endsOn: plan.last.iso, rhythm: "7")
        var events = [
            event(plan.name, plan.first.adding(days: -9), "09:10") {
                try await cycles.create(draft, id: cycle, as: greta)
            },
            event(plan.name, plan.first.adding(days: 2), "15:30") {
                try await cycles.move(cycle, to: .active, as: greta)
            },
        ]
        guard plan.quarter.offset < 0 else { return events }
        // Scores are given in the second week of the next quarter, once that is planned.
        events += [
            event(plan.name, plan.last.adding(days: 3), "09:00") {
                try await cycles.move(cycle, to: .closing, as: greta)
            },
            event(plan.name, plan.last.adding(days: 8), "16:00") {
                try await cycles.move(cycle, to: .closed, as: greta)
            },
        ]
        return events
    }

    private func events(of pledge: Pledge, _ number: Int, _ plan: Plan, next: Plan?) -> [Event] {
        let goals = stage.product.goals
        let (cycles, cast) = (cycles, cast)
        let (group, writer): (Objective.Group, Viewer) =
            switch pledge.group {
            case .company: (.company, cast[.greta])
            case .crew(let crew): (.team(cast[crew]), cast[pledge.owner])
            case .own: (.person(cast[pledge.owner].id), cast[pledge.owner])
            }
        let name = "“\(pledge.title)” in \(plan.name)"
        let book = book
        @Sendable func id() throws -> ID<Objective> {
            if pledge.isHere { return try book.objective(pledge.title) }
            guard let id = plan.objectives[pledge.title] else { throw Misprint(description: "no \(name)") }
            return id
        }
        var events = [
            event(name, plan.first, "10:05", number) {
                if pledge.isHere {
                    let present = try await goals.page(of: try id(), as: writer).objective
                    var draft = ObjectiveDraft(present)
                    (draft.cycle, draft.visibility) = (plan.cycle.text, pledge.visibility)
                    _ = try await goals.change(present.id, to: draft, basedOn: present.version, as: writer)
                } else {
                    let draft = ObjectiveDraft(
                        title: pledge.title, owner: cast[pledge.owner].id.text, cycle: plan.cycle.text,
                        visibility: pledge.visibility)
                    try await goals.add(draft, to: group, id: try id(), as: writer)
                    try await cycles.move(try id(), to: .proposed, as: writer)
                }
                for title in pledge.supports {
                    guard let other = plan.objectives[title] else { continue }
                    try await goals.link(try id(), to: other.text, as: writer)
                }
            }
        ]
        for (index, outcome) in pledge.outcomes.enumerated() {
            events += self.events(of: outcome, index, number, name, plan, writer, id)
        }
        let held = pledge.holds
        if !held.isEmpty {
            events.append(
                event(name, plan.first.adding(days: 1), "14:00", number) {
                    let values = try await cycles.values(as: writer)
                    let stances = held.map {
                        (value: values[$0.key].id.text, stance: $0.value.stance, why: $0.value.why)
                    }
                    try await cycles.hold(try id(), against: stances, as: writer)
                })
        }
        events.append(
            event(name, plan.first.adding(days: 2), "15:00", number) {
                try await cycles.move(try id(), to: .committed, as: writer)
            })
        if let ending = pledge.ending {
            let draft = ClosingDraft(
                score: ending.score, learnt: ending.learnt, choice: ending.choice,
                next: ending.choice == "stop" ? "" : next?.cycle.text ?? "")
            events.append(
                event(name, plan.last.adding(days: 5), "11:00", number) {
                    try await cycles.close(try id(), draft, as: writer)
                })
        }
        return events
    }

    private func events(
        of outcome: Outcome, _ index: Int, _ number: Int, _ name: String, _ plan: Plan, _ writer: Viewer,
        _ objective: @escaping @Sendable () throws -> ID<Objective>
    ) -> [Event] {
        let (cycles, cast) = (cycles, cast)
        let day = plan.first.adding(days: 1)
        let result = ID<KeyResult>(now: almanac.moment(day, "10:00").addingTimeInterval(Double(number * 10 + index)))
        var draft = outcome.draft
        draft.owner = cast[outcome.by].id.text
        let first = draft
        var events = [
            event(name, day, "11:00", number * 5 + index) {
                try await cycles.add(first, to: try objective(), id: result, as: writer)
            }
        ]
        for week in 0..<13 {
            guard let checkIn = outcome.checkIn(week) else { continue }
            // Towards the end of each week, on a day of one's own.
            let on = plan.first.adding(days: week * 7 + 3 + (number + index) % 2)
            guard on <= plan.last else { continue }
            events.append(
                event(name, on, "16:10", number * 5 + index) {
                    try await cycles.checkIn(on: result, checkIn, as: cast[outcome.by])
                })
        }
        if let eased = outcome.eased {
            events.append(
                event(name, plan.first.adding(days: eased.week * 7 + 1), "09:30", number) {
                    var changed = first
                    (changed.target, changed.reason) = (Figure.text(eased.to), eased.why)
                    try await cycles.change(result, to: changed, basedOn: 1, as: writer)
                })
        }
        return events
    }
}
