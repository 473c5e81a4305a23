// Sessions that tests start from, written straight into the database.
import Foundation
public import Storage
public import Throughline

extension TestProduct {
    /// A session of Ana and Joost that is agreed, for Thursday 19 November 2026 at 14:00 in Amsterdam, 50 minutes.
    public func agreedSession(
        title: String = "Where onboarding puts its weight", employee: Viewer? = nil, manager: Viewer? = nil
    ) async throws -> ID<Session> {
        let (now, employee, manager) = (clock.now, employee ?? ana, manager ?? joost)
        let startsAt = Date(timeIntervalSince1970: 1_795_093_200)
        let id = ID<Session>(now: now)
        try await database.write { tx in
            try tx.run(
                """
                insert into session (id, employee, manager, asked_by, purpose, title, minutes, state, starts_at,
                    created_at, changed_at)
                values (\(id), \(employee.id), \(manager.id), \(employee.id), 'planning', \(title), 50, 'agreed',
                    \(startsAt), \(now), \(now))
                """)
        }
        return id
    }

    /// A session that runs since 14:00.
    public func runningSession(title: String = "Where onboarding puts its weight") async throws -> ID<Session> {
        let id = try await agreedSession(title: title)
        clock.now = Date(timeIntervalSince1970: 1_795_093_200)
        try await product.sessions.start(id, as: ana)
        return id
    }

    /// A session whose talk is over: two next steps, a takeaway, a decision, feedback, something parked.
    public func closingSession() async throws -> ID<Session> {
        let id = try await runningSession()
        let sessions = product.sessions
        let drafts = [
            CaptureDraft(kind: "takeaway", body: "Clinics with one owner booked in 6 days."),
            CaptureDraft(kind: "decision", body: "The pilot widens to Ghent and Leeds."),
            CaptureDraft(kind: "feedback", body: "You made it safe to say so.", giver: joost.id.text),
            CaptureDraft(kind: "parked", body: "Who covers Rafael"),
            CaptureDraft(kind: "action", body: "Write the case", owner: ana.id.text, dueOn: "2026-12-03"),
            CaptureDraft(
                kind: "action", body: "Ask Leila for backing", owner: joost.id.text, dueOn: "2026-11-20"),
        ]
        for draft in drafts {
            try await sessions.capture(draft, in: id, as: ana)
            clock.now = clock.now.addingTimeInterval(1)
        }
        clock.advance(minutes: 48)
        try await sessions.finish(id, as: joost)
        return id
    }

    /// A session that both have confirmed.
    public func confirmedSession() async throws -> ID<Session> {
        let id = try await closingSession()
        _ = try await product.sessions.confirm(id, seen: 1, as: ana)
        _ = try await product.sessions.confirm(id, seen: 1, as: joost)
        return id
    }

    /// An objective of somebody's.
    public func objective(_ title: String, of owner: Viewer) async throws -> String {
        let (id, now) = (ID<Never>(now: clock.now), clock.now)
        try await database.write { tx in
            try tx.run(
                """
                insert into objective (id, level, owner, title, standing, due_on, created_by, created_at, changed_by,
                    changed_at)
                values (\(id), 'person', \(owner.id), \(title), '57% of 85%', '2026-12-31', \(owner.id), \(now),
                    \(owner.id), \(now))
                """)
        }
        return id.text
    }

    /// A piece of work of somebody's.
    public func currentWork(_ title: String, of owner: Viewer) async throws -> String {
        let (id, now) = (ID<Never>(now: clock.now), clock.now)
        try await database.write { tx in
            try tx.run(
                """
                insert into work (id, owner, title, standing, hours_a_week, created_at, changed_at)
                values (\(id), \(owner.id), \(title), '60% done', 4, \(now), \(now))
                """)
        }
        return id.text
    }

    /// A shared agenda item of a session.
    public func agendaItem(
        _ title: String, of session: ID<Session>, position: Double = 1
    ) async throws -> ID<RoomItem> {
        let (id, now) = (ID<RoomItem>(now: clock.now), clock.now)
        try await database.write { tx in
            try tx.run(
                """
                insert into agenda_item (id, session, author, title, minutes, presenter, ending, position, shared_at,
                    created_at, changed_at)
                values (\(id), \(session), \(ana.id), \(title), 10, \(joost.id), 'align', \(position), \(now), \(now),
                    \(now))
                """)
        }
        return id
    }
}
