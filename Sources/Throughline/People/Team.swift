public import Foundation
public import Storage

/// People who work towards the same objectives.
public struct Team: Sendable, Equatable, RowReadable {
    public let id: ID<Team>
    public let name: String
    public let purpose: String
    /// When it was put away; nil while it works.
    public let archivedAt: Date?

    static let columns: SQL = "t.id, t.name, t.purpose, t.archived_at"

    public init(row: inout Row) throws {
        id = try row.next()
        name = try row.next()
        purpose = try row.next()
        archivedAt = try row.next()
    }

    /// - Throws: ``NotFound``.
    static func find(_ id: ID<Team>, in tx: any Transaction) throws -> Team {
        guard let team = try tx.first(Team.self, "select \(columns) from team t where t.id = \(id)")
        else { throw NotFound() }
        return team
    }
}

/// A team as lists and links need it.
public struct TeamName: Sendable, Hashable, RowReadable {
    public let id: ID<Team>
    public let name: String

    public init(id: ID<Team>, name: String) {
        self.id = id
        self.name = name
    }

    public init(row: inout Row) throws {
        id = try row.next()
        name = try row.next()
    }
}
