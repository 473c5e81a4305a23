public import Foundation
public import Storage

/// One message on its way to one person, as administrators see it: that it goes, never what it says.
public struct Delivery: Sendable, Equatable, RowReadable {
    public let id: ID<Delivery>
    public let queuedAt: Date
    public let name: String
    public let email: String
    /// What it is about: `recap`, `invitation`, `ask` …
    public let kind: String
    public let state: State
    public let attempts: Int
    public let nextAttemptAt: Date
    public let sentAt: Date?
    /// Why the last try failed; empty if none did.
    public let problem: String
    /// What it is called and says, where administrators may know: letters about coming in.
    public let letter: OpenLetter?

    public enum State: String, Sendable, CaseIterable, SQLColumn {
        case waiting
        case sending
        case sent
        case failed
    }

    /// A letter that administrators may read.
    public struct OpenLetter: Sendable, Equatable {
        public let subject: String
        /// Empty once it has been sent to a mail server.
        public let text: String

        /// The address that the letter is about, on a line of its own.
        public var link: String? {
            text.split(whereSeparator: \.isNewline).map(String.init).first {
                $0.hasPrefix("https://") || $0.hasPrefix("http://")
            }
        }
    }

    public init(row: inout Row) throws {
        id = try row.next()
        queuedAt = try row.next()
        name = try row.next()
        email = try row.next()
        kind = try row.next()
        state = try row.next()
        attempts = try row.next()
        nextAttemptAt = try row.next()
        sentAt = try row.next()
        problem = try row.next()
        let subject = try row.next(String?.self)
        let text = try row.next(String?.self)
        letter = subject.map { OpenLetter(subject: $0, text: text ?? "") }
    }

    /// The kinds of letters that hold a secret link and nothing of anybody's: an administrator makes such
    /// links, and hands them over where there is no mail.
    static let openKinds = [SecretLink.Kind.invitation, .passwordReset].map(\.rawValue)

    /// The kinds of letters that may hold a link with which somebody does something without signing in. A reminder may hold
    /// one to check in.
    static let secretKinds = openKinds + ["reminder"]
}

/// What an administrator looks for among the deliveries.
public struct DeliverySearch: Sendable, Equatable {
    public var state: Delivery.State?
    /// Only what was queued before this one.
    public var before: ID<Delivery>?

    public init(state: Delivery.State? = nil, before: ID<Delivery>? = nil) {
        self.state = state
        self.before = before
    }
}

/// Some deliveries, newest first.
public struct DeliveryPage: Sendable {
    public let deliveries: [Delivery]
    public let hasMore: Bool
    /// How many there are in each state; none where a state is missing.
    public let counts: [Delivery.State: Int]

    static let size = 50
}
