import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Verdicts")
struct VerdictsTests {
    @Test(
        "The manager answers for each goal and piece of work; the employee sees it",
        arguments: TestEngines.all)
    func answers(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let goal = try await test.objective("Reception can book", of: test.ana)
            let work = try await test.currentWork("Help-centre migration", of: test.ana)
            let sessions = test.product.sessions
            let drafts = [
                VerdictDraft(
                    subject: goal, answer: "adjust", priority: "3", reason: "One script", version: 0),
                VerdictDraft(
                    subject: work, answer: "pause", priority: "", reason: "It serves no goal.", version: 0),
            ]
            try await sessions.judge(drafts, in: id, as: test.joost)
            try await sessions.judge(drafts, in: id, as: test.joost)
            let room = try await sessions.room(id, lookingAt: .alignment, as: test.ana)
            #expect(room.subjects.map { $0.verdict?.words } == ["Adjust, third", "Pause"])
            #expect(room.subjects.map { $0.verdict?.version } == [1, 1])
            await #expect(throws: Refused.self) { try await sessions.judge(drafts, in: id, as: test.ana) }
            try await sessions.finish(id, as: test.ana)
            let words = try await sessions.recap(id, as: test.ana).recap.words
            #expect(
                words.decisionLines == [
                    "“Reception can book” is adjusted and becomes third priority: One script.",
                    "“Help-centre migration” pauses: It serves no goal.",
                ])
            #expect(words.oath == "Ana focuses on “Reception can book”.")
        }
    }

    @Test("An answer changed elsewhere is not written over unseen", arguments: TestEngines.all)
    func stale(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let goal = try await test.objective("Reception can book", of: test.ana)
            let sessions = test.product.sessions
            func draft(_ answer: String, _ version: Int) -> [VerdictDraft] {
                [VerdictDraft(subject: goal, answer: answer, priority: "", reason: "", version: version)]
            }
            try await sessions.judge(draft("keep", 0), in: id, as: test.joost)
            await #expect(throws: Invalid.self) {
                try await sessions.judge(draft("drop", 0), in: id, as: test.joost)
            }
            try await sessions.judge(draft("drop", 1), in: id, as: test.joost)
            #expect(
                try await sessions.room(id, lookingAt: .alignment, as: test.ana).subjects.first?.verdict?
                    .version == 2)
        }
    }

    @Test("A goal of somebody else's can't be judged", arguments: TestEngines.all)
    func foreign(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let goal = try await test.objective("Rafael's", of: test.rafael)
            let drafts = [VerdictDraft(subject: goal, answer: "drop", priority: "", reason: "", version: 0)]
            await #expect(throws: NotFound.self) {
                try await test.product.sessions.judge(drafts, in: id, as: test.joost)
            }
        }
    }
}
