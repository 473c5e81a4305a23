// How a session comes into the world: asked for, proposed at the end of another, or as the next of a series.
import Foundation
import Storage

/// A session that is about to be. Every session is made here, and gets the one that it follows here; only a session
/// that was made before the one it follows was held gets that later (`SeriesMaking.sessionHeld`).
struct NewSession {
    var id: ID<Session>
    let employee: ID<Person>
    let manager: ID<Person>
    let askedBy: ID<Person>
    let purpose: Session.Purpose
    let purposeWords: String
    let title: String
    var message = ""
    let place: String
    let minutes: Int
    /// Times that are proposed; none where it is agreed already.
    var times: [Date] = []
    /// When it is, where that is agreed.
    var startsAt: Date?
    /// The session that this one follows.
    let previous: ID<Session>?
    var series: ID<Series>?
    var occurrence: WallTime?

    /// Writes it. An occurrence of a series that has its session already is left as it is.
    /// - Returns: whether it was made.
    func insert(at now: Date, in tx: any Transaction) throws -> Bool {
        let state: Session.State = startsAt == nil ? .asked : .agreed
        let partner = askedBy == employee ? manager : employee
        let made = try tx.run(
            """
            insert into session (id, employee, manager, asked_by, purpose, purpose_words, title, message, place,
                minutes, state, turn, starts_at, previous, series, occurrence, created_at, changed_at)
            values (\(id), \(employee), \(manager), \(askedBy), \(purpose), \(purposeWords), \(title), \(message),
                \(place), \(minutes), \(state), \(state == .asked ? partner : nil), \(startsAt), \(previous),
                \(series), \(occurrence), \(now), \(now))
            on conflict (series, occurrence) do nothing
            """)
        guard made == 1 else { return false }
        for time in times {
            try tx.run(
                """
                insert into session_time (id, session, round, starts_at, proposed_by)
                values (\(ID<SessionTime>(now: now)), \(id), 1, \(time), \(askedBy))
                """)
        }
        try tx.journal(
            state == .asked ? "asked" : "came-round", id, "session", by: state == .asked ? askedBy : nil, at: now,
            detail: previous.map { ["previous": $0.text] } ?? [:])
        return true
    }
}

extension Sessions {
    /// The last session that the two have held.
    static func lastHeld(
        by employee: ID<Person>, and manager: ID<Person>, in tx: any Transaction
    ) throws -> ID<Session>? {
        try tx.value(
            ID<Session>.self,
            """
            select id from session
            where employee = \(employee) and manager = \(manager) and state in ('closing', 'confirmed')
            order by starts_at desc, id desc limit 1
            """)
    }
}
