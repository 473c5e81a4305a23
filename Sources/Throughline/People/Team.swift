public import Storage

/// People who work towards the same objectives.
public struct Team: Sendable, Equatable {
    public let id: ID<Team>
    public let name: String
    public let purpose: String
}
