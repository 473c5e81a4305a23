public import Foundation
public import Storage

/// Something that the company, a team or a person is after.
///
/// The first form of what grows into objectives and key results: how it stands is said in words and figures.
public struct Objective: Sendable, Equatable, RowReadable {
    public let id: ID<Objective>
    public let level: Level
    /// Whose it is, at the team's level; nil at the others.
    public let team: TeamName?
    /// Who looks after it. A person's own goal always has one: themselves.
    public let owner: PersonName?
    public let title: String
    public let description: String
    /// First, second, third … among the open objectives of its group; nil where it is no priority.
    public let priority: Int?
    /// How it stands, in words and figures: '61% of 75%'.
    public let standing: String
    public let dueOn: Day?
    public let state: State
    /// What was said when it was reached, dropped or opened again.
    public let stateWords: String
    /// Counts the saves, so that a save on top of an older one is noticed.
    public let version: Int
    public let createdAt: Date
    public let changedBy: PersonName
    public let changedAt: Date
    /// The cycle that it stands in; nil for the first form, which has no key results.
    public let cycle: ID<Cycle>?
    /// How far it has come within its cycle; nil without one.
    public let stage: Stage?
    /// Who reads it, where that was chosen; nil for what its level says.
    public let chosenVisibility: Visibility?
    /// What it was worth in the end, from 0 to 1; nil until it is closed.
    public let score: Double?
    /// What was learnt, said when it was closed.
    public let learnt: String

    static let columns: SQL = """
        o.id, o.level, t.id, t.name, w.id, w.name, o.title, o.description, o.priority, o.standing, o.due_on, o.state,
        o.state_words, o.version, o.created_at, c.id, c.name, o.changed_at, o.cycle, o.stage, o.visibility, o.score,
        o.learnt
        """
    static let tables: SQL = """
        objective o left join team t on t.id = o.team left join person w on w.id = o.owner
        join person c on c.id = o.changed_by
        """
    /// Priorities first, in their order, then as they were added.
    static let order: SQL = "coalesce(o.priority, 99), o.id"

    public init(row: inout Row) throws {
        id = try row.next()
        level = try row.next()
        team = try TeamName(id: row.next(), name: row.next())
        owner = try PersonName(id: row.next(), name: row.next())
        title = try row.next()
        description = try row.next()
        priority = try row.next()
        standing = try row.next()
        dueOn = try row.next()
        state = try row.next()
        stateWords = try row.next()
        version = try row.next()
        createdAt = try row.next()
        changedBy = try PersonName(row: &row)
        changedAt = try row.next()
        cycle = try row.next()
        stage = try row.next()
        chosenVisibility = try row.next()
        score = try row.next()
        learnt = try row.next()
    }

    /// Who reads it, beside its owner and the owner's manager.
    public var visibility: Visibility { chosenVisibility ?? level.usualVisibility }

    /// Whether the journal may say what is in it: everyone may read it.
    var isForEveryone: Bool { visibility == .everyone && stage != .draft }

    public enum Level: String, Sendable, SQLColumn, CaseIterable, Comparable {
        case company
        case team
        case person

        /// The company stands above its teams, a team above its people.
        public static func < (left: Level, right: Level) -> Bool {
            left.depth < right.depth
        }

        /// Who reads an objective where nothing else was chosen.
        var usualVisibility: Visibility { self == .person ? .pair : .everyone }

        var depth: Int {
            switch self {
            case .company: 0
            case .team: 1
            case .person: 2
            }
        }
    }

    public enum State: String, Sendable, SQLColumn, CaseIterable {
        case open
        case reached
        case dropped
    }

    /// The objectives that it is ranked among and shown with.
    public var group: Group {
        switch (level, team, owner) {
        case (.team, let team?, _): .team(team.id)
        case (.person, _, let owner?): .person(owner.id)
        default: .company
        }
    }

    public enum Group: Sendable, Hashable {
        case company
        case team(ID<Team>)
        case person(ID<Person>)
    }
}

/// An objective as links need it.
public struct ObjectiveName: Sendable, Equatable, RowReadable {
    public let id: ID<Objective>
    public let title: String
    public let level: Objective.Level

    public init(id: ID<Objective>, title: String, level: Objective.Level) {
        self.id = id
        self.title = title
        self.level = level
    }

    public init(row: inout Row) throws {
        id = try row.next()
        title = try row.next()
        level = try row.next()
    }

    public init(_ objective: Objective) {
        self.init(id: objective.id, title: objective.title, level: objective.level)
    }
}

extension TeamName {
    /// From an outer join, where both columns may be null.
    init?(id: ID<Team>?, name: String?) {
        guard let id, let name else { return nil }
        self.init(id: id, name: name)
    }
}

extension PersonName {
    /// From an outer join, where both columns may be null.
    init?(id: ID<Person>?, name: String?) {
        guard let id, let name else { return nil }
        self.init(id: id, name: name)
    }
}
