public import Foundation
public import Storage

/// A piece of somebody's current work, and the objectives that it serves.
public struct Work: Sendable, Equatable, RowReadable {
    public let id: ID<Work>
    public let owner: PersonName
    public let title: String
    /// How it stands, in words and figures: '60% done'.
    public let standing: String
    /// About how many hours a week it takes; nil where nobody has said.
    public let hoursAWeek: Double?
    public let state: State
    /// What was said when its state last changed.
    public let stateWords: String
    /// Counts the saves, so that a save on top of an older one is noticed.
    public let version: Int
    public let createdAt: Date
    public let changedAt: Date

    static let columns: SQL = """
        w.id, p.id, p.name, w.title, w.standing, w.hours_a_week, w.state, w.state_words, w.version, w.created_at,
        w.changed_at
        """
    static let tables: SQL = "work w join person p on p.id = w.owner"

    public init(row: inout Row) throws {
        id = try row.next()
        owner = try PersonName(row: &row)
        title = try row.next()
        standing = try row.next()
        hoursAWeek = try row.next()
        state = try row.next()
        stateWords = try row.next()
        version = try row.next()
        createdAt = try row.next()
        changedAt = try row.next()
    }

    public enum State: String, Sendable, SQLColumn, CaseIterable {
        case underWay = "under way"
        case paused
        case done
        case dropped

        /// Whether it still takes, or may again take, somebody's time.
        public var isCurrent: Bool { self == .underWay || self == .paused }
    }
}
