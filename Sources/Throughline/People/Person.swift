public import Storage
public import Foundation

/// Someone who works at the company.
public struct Person: Sendable, Equatable {
    public let id: ID<Person>
    public let email: String
    public let name: String
    public let pronouns: String
    /// What they do: 'Group PM, Onboarding'.
    public let job: String
    public let timeZone: TimeZone
    /// A BCP 47 tag, such as `en-GB`.
    public let locale: String
    public let preRead: PreRead
    public let role: Role
    public let state: State
    public let manager: ID<Person>?
    public let createdAt: Date

    public enum State: String, Sendable, SQLColumn {
        case invited
        case active
        case deactivated
    }

    /// How they like to get what is to be read before a meeting.
    public enum PreRead: String, Sendable, SQLColumn, CaseIterable {
        case email
        case page
        case none
    }
}

/// What a person may do for the company: an admin also invites people and looks after settings, and reads no more of
/// anyone's sessions than before.
public enum Role: String, Sendable, SQLColumn, CaseIterable {
    case admin
    case member
}

/// A browser that is signed in.
public struct SignIn: Sendable, Equatable {
    public let id: ID<SignIn>
    /// What the browser says it is: 'Firefox on Linux'.
    public let device: String
    public let createdAt: Date
    public let lastSeenAt: Date
}

/// A person as lists and by-lines need them.
public struct PersonName: Sendable, Equatable, RowReadable {
    public let id: ID<Person>
    public let name: String

    public init(id: ID<Person>, name: String) {
        self.id = id
        self.name = name
    }

    public init(row: inout Row) throws {
        id = try row.next()
        name = try row.next()
    }

    /// The first name, as pages address people.
    public var first: String { String(name.prefix { $0 != " " }) }

    /// One or two letters for the round mark.
    public var initials: String {
        let words = name.split(separator: " ")
        guard let first = words.first?.first else { return "?" }
        guard words.count > 1, let last = words.last?.first else { return first.uppercased() }
        return (String(first) + String(last)).uppercased()
    }
}
