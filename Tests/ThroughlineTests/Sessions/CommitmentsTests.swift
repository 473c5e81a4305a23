import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Commitments")
struct CommitmentsTests {
    @Test(
        "Next steps become commitments when the recap is confirmed, mine and owed to me",
        arguments: TestEngines.all)
    func lists(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let commitments = test.product.commitments
            #expect(try await commitments.lists(of: test.ana).mine.isEmpty)
            for person in [test.ana, test.joost] {
                _ = try await test.product.sessions.confirm(id, seen: 1, as: person)
            }
            let lists = try await commitments.lists(of: test.ana)
            #expect(lists.mine.map(\.action.body) == ["Write the case"])
            #expect(lists.owedToMe.map(\.action.body) == ["Ask Leila for backing"])
            #expect(lists.mine.first?.partner.name == "Joost Hendriks")
            for other in [test.leila, test.greta, test.yusuf] {
                #expect(try await commitments.lists(of: other).mine.isEmpty)
                #expect(try await commitments.lists(of: other).owedToMe.isEmpty)
            }
        }
    }

    @Test(
        "Marked as kept by both at once, it is settled once; it can be opened again",
        arguments: TestEngines.all)
    func once(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.confirmedSession()
            let commitments = test.product.commitments
            let action = try #require(try await commitments.lists(of: test.ana).mine.first?.action.id)
            let people = [test.ana, test.joost]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        _ = try await commitments.settle(
                            action, SettlementDraft(outcome: "kept"), as: people[number % 2])
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await test.count("select count(*) from journal where verb = 'settled'") == 1)
            await #expect(throws: Conflict.self) {
                try await commitments.settle(
                    action, SettlementDraft(outcome: "dropped", words: "no"), as: test.joost)
            }
            for _ in 0..<2 { _ = try await commitments.reopen(action, as: test.ana) }
            #expect(try await test.count("select count(*) from journal where verb = 'reopened'") == 1)
            await #expect(throws: Invalid.self) {
                try await commitments.settle(action, SettlementDraft(outcome: "dropped"), as: test.joost)
            }
            _ = try await commitments.settle(
                action, SettlementDraft(outcome: "dropped", words: "Not now"), as: test.joost)
            #expect(try await commitments.lists(of: test.ana).settled.first?.action.settledWords == "Not now")
        }
    }

    @Test("Several are kept all or none, and only by the two", arguments: TestEngines.all)
    func several(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.confirmedSession()
            let commitments = test.product.commitments
            let lists = try await commitments.lists(of: test.ana)
            let ids = (lists.mine + lists.owedToMe).map(\.action.id)
            await #expect(throws: NotFound.self) { try await commitments.keep(ids, as: test.leila) }
            await #expect(throws: NotFound.self) { try await commitments.keep(ids + [ID()], as: test.ana) }
            #expect(try await commitments.lists(of: test.ana).mine.count == 1)
            for _ in 0..<2 { _ = try await commitments.keep(ids, as: test.ana) }
            #expect(try await commitments.lists(of: test.ana).settled.count == 2)
        }
    }

    @Test("A next step of a recap that still waits can't be settled", arguments: TestEngines.all)
    func notYet(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let action = try #require(try await test.product.sessions.recap(id, as: test.ana).actions.first)
            await #expect(throws: NotFound.self) {
                try await test.product.commitments.settle(
                    action.id, SettlementDraft(outcome: "kept"), as: test.ana)
            }
        }
    }
}
