public import Foundation
public import Storage

/// Someone who works at the company.
public struct Person: Sendable, Equatable, RowReadable {
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

    static let columns: SQL = """
        p.id, p.email, p.name, p.pronouns, p.job, p.time_zone, p.locale, p.pre_read, p.role, p.state, p.manager,
        p.created_at
        """

    public init(row: inout Row) throws {
        id = try row.next()
        email = try row.next()
        name = try row.next()
        pronouns = try row.next()
        job = try row.next()
        timeZone = TimeZones.stored(try row.next())
        locale = try row.next()
        preRead = try row.next()
        role = try row.next()
        state = try row.next()
        manager = try row.next()
        createdAt = try row.next()
    }

    /// - Throws: ``NotFound``.
    static func find(_ id: ID<Person>, in tx: any Transaction) throws -> Person {
        guard let person = try tx.first(Person.self, "select \(columns) from person p where p.id = \(id)")
        else { throw NotFound() }
        return person
    }

    static func find(email: String, in tx: any Transaction) throws -> Person? {
        try tx.first(Person.self, "select \(columns) from person p where p.email = \(email)")
    }

    public var personName: PersonName { PersonName(id: id, name: name) }

    public enum State: String, Sendable, SQLColumn {
        /// Asked to join; has not chosen a password yet.
        case invited
        case active
        /// No longer works here. What they wrote stays.
        case deactivated
    }

    /// How they like to get what is to be read before a meeting.
    public enum PreRead: String, Sendable, SQLColumn, CaseIterable {
        case email
        case page
        case none
    }
}

/// What a person may do for the company: an admin also invites people and looks after settings, and reads no
/// more of anyone's sessions than before.
public enum Role: String, Sendable, SQLColumn, CaseIterable {
    case admin
    case member
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

    /// Somebody's name, whatever their state; nil if there is no such person.
    static func find(_ id: ID<Person>, in tx: any Transaction) throws -> PersonName? {
        try tx.first(PersonName.self, "select id, name from person where id = \(id)")
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
