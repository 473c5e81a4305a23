import Storage
import TestSupport

@testable import Throughline

/// Short ways to add goals in tests.
extension TestProduct {
    @discardableResult
    func company(_ title: String, supporting: ID<Objective>...) async throws -> ID<Objective> {
        clock.advance(minutes: 1)
        return try await product.goals.add(
            ObjectiveDraft(title: title), to: .company, supporting: supporting.map(\.text), as: greta)
    }

    @discardableResult
    func team(_ title: String, supporting: ID<Objective>...) async throws -> ID<Objective> {
        clock.advance(minutes: 1)
        return try await product.goals.add(
            ObjectiveDraft(title: title), to: .team(team), supporting: supporting.map(\.text), as: joost)
    }

    @discardableResult
    func goal(_ title: String, of viewer: Viewer, supporting: ID<Objective>...) async throws -> ID<Objective> {
        clock.advance(minutes: 1)
        return try await product.goals.add(
            ObjectiveDraft(title: title), to: .person(viewer.id), supporting: supporting.map(\.text),
            as: viewer)
    }

    @discardableResult
    func addWork(_ title: String, of viewer: Viewer, serving: ID<Objective>...) async throws -> ID<Work> {
        clock.advance(minutes: 1)
        return try await product.goals.add(WorkDraft(title: title), serving: serving.map(\.text), as: viewer)
    }

    /// What a session of this person's would show.
    func alignment(of viewer: Viewer) async throws -> Alignment {
        try await database.read { tx in try Goals.alignment(of: viewer.id, in: tx) }
    }
}
