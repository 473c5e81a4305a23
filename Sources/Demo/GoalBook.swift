// What Larkfield is after and works on, and how it went over the year.
import Foundation
import Storage
import Throughline

/// A goal as it is told.
struct Goal: Sendable {
    let title: String
    let group: Group
    /// Who looks after it.
    let owner: Who
    var description = ""
    var priority: Int?
    /// How many days ago it was set.
    var since = 380
    /// How it stood, by how many days ago that was said.
    var standings: [(daysAgo: Int, words: String)] = []
    var supports: [String] = []
    /// Days from now; the end of the quarter where nothing is said.
    var due: Int?
    var ending: (daysAgo: Int, state: Objective.State, words: String)?

    enum Group: Sendable {
        case company
        case crew(Crew)
        case own
    }
}

/// A piece of work as it is told.
struct CurrentWork: Sendable {
    let title: String
    let owner: Who
    var hours = ""
    var since = 100
    var standings: [(daysAgo: Int, words: String)] = []
    var serves: [String] = []
    var ending: (daysAgo: Int, state: Work.State, words: String)?
}

/// All goals and work, found by their titles.
struct GoalBook: Sendable {
    let goals: [Goal]
    let tasks: [CurrentWork]
    private let objectives: [String: ID<Objective>]
    private let works: [String: ID<Work>]

    init(_ almanac: Almanac) {
        goals = Larkfield.goals
        tasks = Larkfield.tasks
        var objectives: [String: ID<Objective>] = [:]
        for goal in goals { objectives[goal.title] = ID(now: almanac.now.adding(days: -goal.since)) }
        var works: [String: ID<Work>] = [:]
        for task in tasks { works[task.title] = ID(now: almanac.now.adding(days: -task.since)) }
        self.objectives = objectives
        self.works = works
    }

    func objective(_ title: String) throws -> ID<Objective> {
        guard let id = objectives[title] else { throw Misprint(description: "there is no goal “\(title)”") }
        return id
    }

    /// A goal or a piece of work.
    func subject(_ title: String) throws -> String {
        if let work = works[title] { return work.text }
        return try objective(title).text
    }

    func events(on stage: Stage) -> [Event] {
        goals.enumerated().flatMap { events(of: $1, number: $0, stage) }
            + tasks.enumerated().flatMap { events(of: $1, number: $0, stage) }
    }

    /// How many days ago a goal was set.
    private func since(_ title: String) -> Int {
        goals.first { $0.title == title }?.since ?? 0
    }

    private func event(
        _ title: String, _ daysAgo: Int, _ number: Int, _ stage: Stage, from time: String = "10:40",
        _ happen: @escaping @Sendable () async throws -> Void
    ) -> Event {
        let almanac = stage.almanac
        let day = almanac.working(onOrBefore: almanac.today.adding(days: -daysAgo))
        // Spread over the morning, so that no two things were written in the same second.
        let at = almanac.moment(day, time).addingTimeInterval(Double(number) * 47)
        return Event(at: at, name: "the goal or work “\(title)”", happen: happen)
    }

    private func events(of goal: Goal, number: Int, _ stage: Stage) -> [Event] {
        let goals = stage.product.goals
        let (cast, almanac) = (stage.cast, stage.almanac)
        let first = goal.standings.first { $0.daysAgo >= goal.since }?.words ?? ""
        let due = goal.due.map { almanac.day(almanac.today, plus: $0) } ?? almanac.quarterEnd
        let (group, writer): (Objective.Group, Viewer) =
            switch goal.group {
            case .company: (.company, cast[.greta])
            case .crew(let crew): (.team(cast[crew]), cast[goal.owner])
            case .own: (.person(cast[goal.owner].id), cast[goal.owner])
            }
        var events = [
            event(goal.title, goal.since, number, stage) {
                let id = try objective(goal.title)
                try await goals.add(
                    ObjectiveDraft(
                        title: goal.title, description: goal.description, standing: first, dueOn: due.iso,
                        owner: cast[goal.owner].id.text),
                    to: group, id: id, as: writer)
                if let priority = goal.priority { try await goals.rank(id, priority, as: writer) }
            }
        ]
        for title in goal.supports {
            events.append(
                event(goal.title, min(goal.since, since(title)), number, stage, from: "11:40") {
                    try await goals.link(
                        try objective(goal.title), to: try objective(title).text, as: writer)
                })
        }
        for standing in goal.standings where standing.daysAgo < goal.since {
            events.append(
                event(goal.title, standing.daysAgo, number, stage) {
                    let present = try await goals.page(of: try objective(goal.title), as: writer).objective
                    var draft = ObjectiveDraft(present)
                    draft.standing = standing.words
                    _ = try await goals.change(present.id, to: draft, basedOn: present.version, as: writer)
                })
        }
        if let ending = goal.ending {
            events.append(
                event(goal.title, ending.daysAgo, number, stage) {
                    try await goals.settle(
                        try objective(goal.title), as: ending.state, saying: ending.words, as: writer)
                })
        }
        return events
    }

    private func events(of task: CurrentWork, number: Int, _ stage: Stage) -> [Event] {
        let goals = stage.product.goals
        let owner = stage.cast[task.owner]
        let first = task.standings.first { $0.daysAgo >= task.since }?.words ?? ""
        @Sendable func id() throws -> ID<Work> {
            guard let id = works[task.title] else { throw Misprint(description: "no work “\(task.title)”") }
            return id
        }
        var events = [
            event(task.title, task.since, number, stage) {
                try await goals.add(
                    WorkDraft(title: task.title, standing: first, hoursAWeek: task.hours), id: try id(), as: owner)
            }
        ]
        for title in task.serves {
            events.append(
                event(task.title, min(task.since, since(title)), number, stage, from: "12:40") {
                    try await goals.link(try id(), to: try objective(title).text, as: owner)
                })
        }
        for standing in task.standings where standing.daysAgo < task.since {
            events.append(
                event(task.title, standing.daysAgo, number, stage) {
                    let present = try await goals.page(of: try id(), as: owner).work
                    var draft = WorkDraft(present)
                    draft.standing = standing.words
                    _ = try await goals.change(present.id, to: draft, basedOn: present.version, as: owner)
                })
        }
        if let ending = task.ending {
            events.append(
                event(task.title, ending.daysAgo, number, stage) {
                    try await goals.settle(try id(), as: ending.state, saying: ending.words, as: owner)
                })
        }
        return events
    }
}
