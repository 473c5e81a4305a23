import Foundation
import Storage
import TestSupport

@testable import Throughline

/// Short ways to set up cycles in tests. The test's today is 17 November 2026.
extension TestProduct {
    /// The fourth quarter of 2026, under way.
    func quarter(_ name: String = "Q4 2026", state: Cycle.State = .active) async throws -> ID<Cycle> {
        let id = try await product.cycles.create(
            CycleDraft(name: name, kind: "quarter", startsOn: "2026-10-01", endsOn: "2026-12-31"), as: greta)
        if state != .draft { try await product.cycles.move(id, to: .active, as: greta) }
        return id
    }

    /// An objective that is committed to.
    func committed(
        _ title: String, in cycle: ID<Cycle>, of group: Objective.Group, by viewer: Viewer, visibility: String? = nil,
        supporting: ID<Objective>..., stage: Stage = .committed
    ) async throws -> ID<Objective> {
        clock.advance(minutes: 1)
        let draft = ObjectiveDraft(
            title: title, owner: viewer.id.text, cycle: cycle.text, visibility: visibility)
        let id = try await product.goals.add(
            draft, to: group, supporting: supporting.map(\.text), as: viewer)
        if stage != .draft { try await product.cycles.move(id, to: .proposed, as: viewer) }
        if stage == .committed { try await product.cycles.move(id, to: .committed, as: viewer) }
        return id
    }

    /// A key result from 0 to 100.
    func keyResult(
        _ title: String = "Clinics that book unaided", of objective: ID<Objective>, by viewer: Viewer,
        _ change: (inout KeyResultDraft) -> Void = { _ in }
    ) async throws -> ID<KeyResult> {
        clock.advance(minutes: 1)
        var draft = KeyResultDraft(title: title, start: "0", target: "100", unit: "%")
        change(&draft)
        return try await product.cycles.add(draft, to: objective, as: viewer)
    }

    func checkIn(
        _ result: ID<KeyResult>, _ value: String, sure: Int = 7, asOf: String = "", by viewer: Viewer
    ) async throws {
        clock.advance(minutes: 1)
        try await product.cycles.checkIn(
            on: result, CheckInDraft(value: value, confidence: String(sure), asOf: asOf), as: viewer)
    }

    func stored(_ result: ID<KeyResult>) async throws -> KeyResult? {
        try await database.read { tx in
            try tx.first(
                KeyResult.self, "select \(KeyResult.columns) from \(KeyResult.tables) where k.id = \(result)")
        }
    }

    func stored(_ objective: ID<Objective>) async throws -> Objective? {
        try await database.read { tx in
            try tx.first(
                Objective.self, "select \(Objective.columns) from \(Objective.tables) where o.id = \(objective)")
        }
    }
}
