public import Foundation
public import Storage

/// The person who is asking: everything the product does is done as somebody.
public struct Viewer: Sendable, Equatable {
    public let id: ID<Person>
    public let name: String
    public let role: Role
    public let timeZone: TimeZone
    /// The company's name, which every page says.
    public let company: String
    /// The sign-in that the request came with; nil on the command line.
    public let signIn: ID<SignIn>?

    public init(
        id: ID<Person>, name: String, role: Role, timeZone: TimeZone, company: String = "",
        signIn: ID<SignIn>? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.timeZone = timeZone
        self.company = company
        self.signIn = signIn
    }

    public var isAdmin: Bool { role == .admin }
}
