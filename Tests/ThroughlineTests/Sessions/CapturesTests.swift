import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Catching what is said")
struct CapturesTests {
    @Test(
        "A form sent twice is kept once; the same key with other words is kept too",
        arguments: TestEngines.all)
    func keptOnce(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            var draft = CaptureDraft(kind: "decision", body: "The pilot widens.")
            for _ in 0..<3 { try await sessions.capture(draft, in: id, as: test.ana) }
            test.clock.advance(minutes: 1)
            draft.body = "The pilot narrows."
            try await sessions.capture(draft, in: id, as: test.ana)
            let room = try await sessions.room(id, lookingAt: nil, as: test.joost)
            #expect(room.captures.map(\.body) == ["The pilot widens.", "The pilot narrows."])
        }
    }

    @Test("An action needs words, one of the two, and a day that has not passed", arguments: TestEngines.all)
    func actionChecks(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            func problems(_ body: String, _ owner: String, _ due: String) async -> [String] {
                let draft = CaptureDraft(kind: "action", body: body, owner: owner, dueOn: due)
                do {
                    try await sessions.capture(draft, in: id, as: test.ana)
                    return []
                } catch let invalid as Invalid {
                    return invalid.problems.map(\.field)
                } catch {
                    return ["\(error)"]
                }
            }
            #expect(await problems("", test.leila.id.text, "2026-11-18") == ["body", "owner", "due"])
            #expect(await problems("x", test.ana.id.text, "2026-02-30") == ["due"])
            #expect(await problems("x", test.ana.id.text, "2099-01-01") == ["due"])
            #expect(
                await problems(String(repeating: "é", count: 501), test.ana.id.text, "2026-11-19") == ["body"]
            )
            #expect(await problems("\u{1}\u{0}", test.ana.id.text, "2026-11-19") == ["body"])
            #expect(await problems("Today is fine", test.ana.id.text, "2026-11-19").isEmpty)
        }
    }

    @Test("What was removed can be brought back", arguments: TestEngines.all)
    func undo(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            let draft = CaptureDraft(kind: "takeaway", body: "One bet.")
            try await sessions.capture(draft, in: id, as: test.ana)
            for _ in 0..<2 { try await sessions.setRemoved(true, draft.id, in: id, as: test.joost) }
            #expect(
                try await sessions.room(id, lookingAt: nil, as: test.ana).captures.first?.removedAt != nil)
            try await sessions.setRemoved(false, draft.id, in: id, as: test.ana)
            #expect(
                try await sessions.room(id, lookingAt: nil, as: test.ana).captures.first?.removedAt == nil)
            #expect(try await test.count("select count(*) from journal where verb = 'removed'") == 1)
        }
    }

    @Test("A capture of another session can't be reached through this one", arguments: TestEngines.all)
    func otherSession(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let other = try await test.agreedSession(employee: test.ana, manager: test.leila)
            let sessions = test.product.sessions
            try await sessions.start(other, as: test.leila)
            let draft = CaptureDraft(kind: "takeaway", body: "With Leila.")
            try await sessions.capture(draft, in: other, as: test.ana)
            await #expect(throws: NotFound.self) {
                try await sessions.reword(draft.id, to: "Mine now", basedOn: 1, in: id, as: test.joost)
            }
            await #expect(throws: NotFound.self) {
                try await sessions.setRemoved(true, draft.id, in: id, as: test.ana)
            }
        }
    }

    @Test("Rewording on top of an older wording says what it is now", arguments: TestEngines.all)
    func staleReword(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            let draft = CaptureDraft(kind: "takeaway", body: "One bet.")
            try await sessions.capture(draft, in: id, as: test.ana)
            try await sessions.reword(draft.id, to: "Two bets.", basedOn: 1, in: id, as: test.joost)
            await #expect(throws: Invalid.self) {
                try await sessions.reword(draft.id, to: "Three bets.", basedOn: 1, in: id, as: test.ana)
            }
            try await sessions.reword(draft.id, to: "Three bets.", basedOn: 2, in: id, as: test.ana)
        }
    }
}
