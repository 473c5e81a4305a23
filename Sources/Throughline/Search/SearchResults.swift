public import Foundation
public import Storage

/// What was found, by kind. Only what the viewer may read, and nothing is counted that they may not.
public struct SearchResults: Sendable {
    public let words: SearchWords
    public let objectives: Found<FoundObjective>
    public let keyResults: Found<FoundObjective>
    public let sessions: Found<FoundSession>
    public let commitments: Found<FoundCommitment>

    public var isEmpty: Bool {
        objectives.items.isEmpty && keyResults.items.isEmpty && sessions.items.isEmpty && commitments.items.isEmpty
    }

    static func nothing(for words: SearchWords) -> SearchResults {
        SearchResults(
            words: words, objectives: Found([]), keyResults: Found([]), sessions: Found([]), commitments: Found([]))
    }
}

/// The first of what was found of a kind.
public struct Found<Item: Sendable>: Sendable {
    public let items: [Item]
    /// Whether there are more than are shown.
    public let hasMore: Bool

    /// How many of a kind are shown.
    public static var most: Int { 20 }

    /// - Parameter all: one more than are shown, where there are more.
    init(_ all: [Item]) {
        items = Array(all.prefix(Self.most))
        hasMore = all.count > Self.most
    }
}

/// An objective, or a key result with the objective that it belongs to.
public struct FoundObjective: Sendable {
    public let objective: ID<Objective>
    /// Nil for the objective itself.
    public let keyResult: ID<KeyResult>?
    public let title: Excerpt
    /// Where the words stand in what is said about it; empty where they stand in its title alone.
    public let about: Excerpt
    /// The objective's.
    public let objectiveTitle: String
    public let level: Objective.Level
    public let team: String?
    public let owner: String?
    public let cycle: String?
    public let state: Objective.State
    public let stage: Stage?
}

/// A session, with the places in it where the words stand.
public struct FoundSession: Sendable {
    public let session: ID<Session>
    public let title: Excerpt
    public let state: Session.State
    /// When it is or was; for what has no time, when it was asked for.
    public let at: Date
    public let employee: PersonName
    public let manager: PersonName
    /// Whether its employee opened it to the viewer, who was not in it.
    public let isOpened: Bool
    public let places: [Place]
    /// Whether the words stand in more places than are shown.
    public let hasMorePlaces: Bool

    public struct Place: Sendable {
        public let part: SessionPart
        /// Whether nobody but the viewer can read it: a private note, or a draft.
        public let isMineAlone: Bool
        public let excerpt: Excerpt
    }

    /// How many places of one session are shown.
    static let mostPlaces = 3
}

/// What of a session can be found.
public enum SessionPart: String, Sendable, SQLColumn, CaseIterable {
    case title
    case invitation
    case desired
    case measure
    case agenda
    case evidence
    case notes1 = "notes-1"
    case notes2 = "notes-2"
    case notes3 = "notes-3"
    case notes4 = "notes-4"
    case notes5 = "notes-5"
    case takeaway
    case decision
    case feedback
    case parked
    case recap
    case amendment
    case privateNotes = "private"

    /// Of a session that was opened to somebody: what they read whose are the recaps alone, and what comes with the whole
    /// record (``OpenedRecord``).
    static let ofRecap: [SessionPart] = [.title, .recap, .amendment]
    static let ofRecord: [SessionPart] = [
        .desired, .measure, .agenda, .evidence, .notes1, .notes2, .notes3, .notes4, .notes5, .feedback,
    ]
    /// What the recap says in the words that both agreed on, once there is one.
    static let untilRecap: [SessionPart] = [.takeaway, .decision]
}

/// A next step.
public struct FoundCommitment: Sendable {
    public let action: ID<Action>
    public let session: ID<Session>
    public let body: Excerpt
    /// The word that it ended with, where the words stand in it.
    public let ending: Excerpt
    public let owner: PersonName
    public let dueOn: Day
    public let state: Action.State
    public let sessionTitle: String
    public let at: Date
    public let isOpened: Bool
}
