import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Confirming a recap")
struct ConfirmationTests {
    @Test(
        "However often both say yes at once, it is confirmed once and mailed once to each",
        arguments: TestEngines.all)
    func once(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            let people = [test.ana, test.joost]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10 {
                    group.addTask { _ = try await sessions.confirm(id, seen: 1, as: people[number % 2]) }
                }
                try await group.waitForAll()
            }
            let view = try await sessions.recap(id, as: test.ana)
            #expect(view.isFrozen)
            #expect(view.confirmations.count == 2)
            #expect(try await test.count("select count(*) from mail where kind = 'recap'") == 2)
            #expect(try await test.count("select count(*) from journal where verb = 'confirmed'") == 2)
            #expect(
                try await test.count(
                    "select count(*) from journal where verb = 'moved' and detail like '%confirmed%'")
                    == 1)
        }
    }

    @Test("An edit takes earlier yeses back", arguments: TestEngines.all)
    func voided(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            #expect(try await sessions.confirm(id, seen: 1, as: test.joost) == .waits)
            guard
                case .saved(let voided) = try await sessions.edit(
                    [.oath: "Other."], basedOn: 1, in: id, as: test.ana)
            else {
                Issue.record("not saved")
                return
            }
            #expect(voided.map(\.id) == [test.joost.id])
            await #expect(throws: Conflict.self) { try await sessions.confirm(id, seen: 1, as: test.ana) }
            #expect(try await sessions.confirm(id, seen: 2, as: test.ana) == .waits)
            #expect(try await sessions.confirm(id, seen: 2, as: test.joost) == .final)
        }
    }

    @Test("A changed next step takes a yes back too", arguments: TestEngines.all)
    func voidedByAction(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            _ = try await sessions.confirm(id, seen: 1, as: test.joost)
            let action = try #require(try await sessions.recap(id, as: test.ana).actions.last)
            try await sessions.change(
                action.id,
                to: ActionDraft(body: "Write it all", owner: test.ana.id.text, dueOn: "2026-12-04"),
                basedOn: 1, in: id, as: test.ana)
            #expect(try await sessions.recap(id, as: test.ana).recap.version == 2)
            await #expect(throws: Conflict.self) { try await sessions.confirm(id, seen: 1, as: test.ana) }
        }
    }

    @Test(
        "Once confirmed, nothing is written over; amendments are added and mailed", arguments: TestEngines.all
    )
    func frozen(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.confirmedSession()
            let sessions = test.product.sessions
            let action = try #require(try await sessions.recap(id, as: test.ana).actions.first)
            await #expect(throws: Conflict.self) {
                try await sessions.edit([.oath: "Other."], basedOn: 1, in: id, as: test.ana)
            }
            await #expect(throws: Conflict.self) {
                try await sessions.setRemoved(true, action.id, in: id, as: test.ana)
            }
            await #expect(throws: Conflict.self) {
                try await sessions.save("late", to: .notes1, basedOn: 0, in: id, as: test.ana)
            }
            await #expect(throws: Conflict.self) { try await sessions.reopen(id, as: test.ana) }
            #expect(try await sessions.confirm(id, seen: 1, as: test.ana) == .final)
            let key = ID<Amendment>()
            for _ in 0..<2 {
                try await sessions.amend(
                    id, body: "Leeds waits.", reason: "No room", amendment: key, as: test.ana)
            }
            let view = try await sessions.recap(id, as: test.joost)
            #expect(view.amendments.map(\.body) == ["Leeds waits."])
            #expect(
                try await test.count(
                    "select count(*) from mail where occasion like 'amendment/%' and recipient = \(test.joost.id)"
                ) == 1)
            #expect(try await test.count("select count(*) from mail where occasion like 'amendment/%'") == 1)
        }
    }

    @Test("An amendment to what is not confirmed yet is turned to the recap", arguments: TestEngines.all)
    func tooEarly(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            await #expect(throws: Conflict.self) {
                try await test.product.sessions.amend(
                    id, body: "x", reason: "y", amendment: ID(), as: test.ana)
            }
        }
    }
}
