public import Foundation
public import Storage

/// A strategy session of an employee and a manager: a purpose, a time, and where it stands.
public struct Session: Sendable, Equatable, RowReadable {
    public let id: ID<Session>
    public let employee: PersonName
    public let manager: PersonName
    public let askedBy: ID<Person>
    public let purpose: Purpose
    /// The purpose in one's own words, where it is none of the others.
    public let purposeWords: String
    public let title: String
    /// The words that the invitation came with.
    public let message: String
    public let place: String
    public let minutes: Int
    public let state: State
    /// While asked: whose answer is awaited.
    public let turn: ID<Person>?
    /// Why it was declined or cancelled.
    public let endingWords: String
    public let startsAt: Date?
    public let startedAt: Date?
    public let endedAt: Date?
    public let confirmedAt: Date?
    public let step: Step?
    /// Since when the clock of this step runs; nil while it is paused.
    public let stepEnteredAt: Date?
    public let previous: ID<Session>?
    /// The series that it is one of.
    public let series: ID<Series>?
    /// Which one of the series: the day and wall time that it has by the rule, wherever it is moved to. Nil until the
    /// series is agreed.
    public let occurrence: WallTime?
    /// Counts the changes of its time.
    public let sequence: Int
    public let createdAt: Date

    static let columns: SQL = """
        s.id, e.id, e.name, m.id, m.name, s.asked_by, s.purpose, s.purpose_words, s.title, s.message, s.place,
        s.minutes, s.state, s.turn, s.ending_words, s.starts_at, s.started_at, s.ended_at, s.confirmed_at,
        s.step, s.step_entered_at, s.previous, s.series, s.occurrence, s.sequence, s.created_at
        """
    static let tables: SQL = """
        session s join person e on e.id = s.employee join person m on m.id = s.manager
        """

    public init(row: inout Row) throws {
        id = try row.next()
        employee = try PersonName(row: &row)
        manager = try PersonName(row: &row)
        askedBy = try row.next()
        purpose = try row.next()
        purposeWords = try row.next()
        title = try row.next()
        message = try row.next()
        place = try row.next()
        minutes = try row.next()
        state = try row.next()
        turn = try row.next()
        endingWords = try row.next()
        startsAt = try row.next()
        startedAt = try row.next()
        endedAt = try row.next()
        confirmedAt = try row.next()
        step = try row.next(Int?.self).flatMap(Step.init(rawValue:))
        stepEnteredAt = try row.next()
        previous = try row.next()
        series = try row.next()
        occurrence = try row.next()
        sequence = try row.next()
        createdAt = try row.next()
    }

    /// What a session is for (practice 1).
    public enum Purpose: String, Sendable, SQLColumn, CaseIterable {
        case role
        case feedback
        case planning
        case growth
        case own
    }

    /// Where a session stands. The only ways from one to another are in ``Session/transitions``.
    public enum State: String, Sendable, SQLColumn, CaseIterable {
        /// Proposed; somebody's answer is awaited.
        case asked
        /// Both have said yes to a time; it is being prepared.
        case agreed
        /// They are talking.
        case running
        /// The talk is over; the recap waits for both to confirm it.
        case closing
        /// Both have confirmed; the record is frozen.
        case confirmed
        case declined
        case cancelled
    }

    /// Every transition there is.
    public static let transitions: [State: Set<State>] = [
        .asked: [.agreed, .declined, .cancelled],
        .agreed: [.asked, .running, .cancelled],
        .running: [.closing],
        .closing: [.running, .confirmed],
        .confirmed: [],
        .declined: [],
        .cancelled: [],
    ]

    /// The five steps of the talk (practices 6 to 10).
    public enum Step: Int, Sendable, CaseIterable, Comparable {
        case context = 1
        case alignment
        case feedback
        case future
        case confirm

        public static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
    }

    /// The two people, employee first.
    public var people: [PersonName] { [employee, manager] }
}
