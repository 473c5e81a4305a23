public import Storage

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
