// Shortcuts for tests of sessions: an ask, an agreed session, and the mail that waits.
import Foundation
import Storage
import TestSupport

@testable import Throughline

extension TestProduct {
    var sessions: Sessions { product.sessions }

    /// A draft that is right in every part: Thursday, 14:00.
    func draft(
        to partner: Viewer, title: String = "Where onboarding puts its weight", times: [TimeDraft]? = nil
    ) -> AskDraft {
        AskDraft(
            partner: partner.id.text, purpose: "planning", title: title, minutes: "50",
            times: times ?? [TimeDraft(day: "2026-11-19", time: "14:00")], place: "Birch")
    }

    func ask(_ partner: Viewer, as viewer: Viewer, times: [TimeDraft]? = nil) async throws -> ID<Session> {
        try await sessions.ask(draft(to: partner, times: times), as: viewer)
    }

    /// Ana asks Joost, who says yes to the first time.
    func agreed() async throws -> ID<Session> {
        let id = try await ask(joost, as: ana)
        try await accept(id, as: joost)
        return id
    }

    /// Says yes to the first of the newest times.
    func accept(_ id: ID<Session>, as viewer: Viewer) async throws {
        let asked = try await sessions.asked(id, as: viewer)
        guard let time = asked.rounds.first?.times.first else { throw NotFound() }
        try await sessions.accept(time.id, in: id, as: viewer)
    }

    func state(_ id: ID<Session>) async throws -> Session.State {
        try await sessions.access(id, as: ana).session.state
    }

    /// The subjects of all mail to somebody, in no order.
    func mail(to person: Viewer) async throws -> [String] {
        try await database.read { tx in
            try tx.values(String.self, "select subject from mail where recipient = \(person.id)")
        }
    }

    func addItem(
        _ title: String, minutes: Int = 10, to id: ID<Session>, as viewer: Viewer
    ) async throws -> ID<AgendaItem> {
        let item = ID<AgendaItem>(now: clock.now)
        try await sessions.addItem(
            AgendaDraft(title: title, minutes: String(minutes), presenter: viewer.id.text, ending: "decide"),
            as: item, to: id, as: viewer)
        return item
    }

    func titles(_ id: ID<Session>, as viewer: Viewer) async throws -> [String] {
        try await sessions.preparation(of: id, as: viewer).agenda.map(\.title)
    }
}

/// The fields at which something is wrong.
func problems(_ act: () async throws -> Void) async throws -> [String] {
    do {
        try await act()
        return []
    } catch let invalid as Invalid {
        return invalid.problems.map(\.field)
    }
}
