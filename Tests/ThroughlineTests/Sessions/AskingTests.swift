import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Asking for a session")
struct AskingTests {
    @Test("A report asks as the employee, and the answer is the manager's", arguments: TestEngines.all)
    func reportAsks(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.ask(test.joost, as: test.ana)
            let session = try await test.sessions.access(id, as: test.ana).session
            #expect(session.employee.id == test.ana.id)
            #expect(session.manager.id == test.joost.id)
            #expect(session.state == .asked)
            #expect(session.turn == test.joost.id)
            #expect(session.message.contains("Where onboarding puts its weight"))
            #expect(
                try await test.mail(to: test.joost)
                    == ["Ana asks for 50 minutes: Where onboarding puts its weight"])
        }
    }

    @Test("A manager who asks a report is the manager's part", arguments: TestEngines.all)
    func managerAsks(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.ask(test.ana, as: test.joost)
            let access = try await test.sessions.access(id, as: test.joost)
            #expect(access.part == .manager)
            #expect(access.session.employee.id == test.ana.id)
        }
    }

    @Test("Who asks somebody that doesn't report to them is the employee", arguments: TestEngines.all)
    func colleague(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.ask(test.rafael, as: test.yusuf)
            #expect(try await test.sessions.access(id, as: test.yusuf).part == .employee)
        }
    }

    @Test("A second click on the ask makes no second session", arguments: TestEngines.all)
    func twice(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            var draft = test.draft(to: test.joost)
            draft.id = ID<Session>().text
            let first = try await test.sessions.ask(draft, as: test.ana)
            let second = try await test.sessions.ask(draft, as: test.ana)
            #expect(first == second)
            #expect(try await test.mail(to: test.joost).count == 1)
            // Somebody else’s id is as good as none, and an old form with other words is another ask.
            let theirs = try await test.sessions.ask(draft, as: test.rafael)
            #expect(theirs != first)
            draft.times = [TimeDraft(day: "2026-11-19", time: "14:00"), TimeDraft(day: "2026-11-20", time: "14:00")]
            let other = try await test.sessions.ask(draft, as: test.ana)
            #expect(other != first)
            #expect(try await test.mail(to: test.joost).count == 3)
        }
    }

    @Test("What is wrong with an ask is said at its field")
    func wrong() async throws {
        try await withProduct(on: .sqlite) { test in
            let right = test.draft(to: test.joost)
            func expect(_ fields: [String], _ change: (inout AskDraft) -> Void) async throws {
                var draft = right
                change(&draft)
                let changed = draft
                let found = try await problems { _ = try await test.sessions.ask(changed, as: test.ana) }
                #expect(found == fields)
            }
            try await expect(["partner"]) { $0.partner = test.ana.id.text }
            try await expect(["partner"]) { $0.partner = ID<Person>().text }
            try await expect(["partner"]) { $0.partner = "x" }
            try await expect(["purpose"]) { $0.purpose = "fun" }
            try await expect(["purpose-words"]) { $0.purpose = "own" }
            try await expect(["title"]) { $0.title = "" }
            try await expect(["title"]) { $0.title = "Sync" }
            try await expect([]) { ($0.title, $0.keepsTitle) = ("Sync", true) }
            try await expect(["title"]) { ($0.title, $0.keepsTitle) = ("", true) }
            try await expect(["title"]) { $0.title = String(repeating: "x", count: 201) }
            try await expect(["minutes"]) { $0.minutes = "4" }
            try await expect(["minutes"]) { $0.minutes = "481" }
            try await expect(["message"]) { $0.message = String(repeating: "x", count: 2_001) }
            try await expect(["day-1"]) { $0.times = [] }
            try await expect(["day-1"]) { $0.times = [TimeDraft(day: "2026-11-16", time: "14:00")] }
            try await expect(["day-1"]) { $0.times = [TimeDraft(day: "2027-12-16", time: "14:00")] }
            try await expect(["day-1"]) { $0.times = [TimeDraft(day: "2026-02-30", time: "14:00")] }
            try await expect(["time-1"]) { $0.times = [TimeDraft(day: "2026-11-20", time: "")] }
            try await expect(["time-2"]) {
                $0.times = Array(repeating: TimeDraft(day: "2026-11-20", time: "10:00"), count: 2)
            }
        }
    }

    @Test("A deactivated person can't be asked, and isn't offered", arguments: TestEngines.all)
    func deactivated(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            try await test.database.write { [joost = test.joost.id] tx in
                _ = try tx.run("update person set state = 'deactivated' where id = \(joost)")
            }
            let found = try await problems { _ = try await test.ask(test.joost, as: test.ana) }
            #expect(found == ["partner"])
            let names = try await test.sessions.candidates(for: test.ana).map(\.person.first)
            #expect(names == ["Greta", "Leila", "Rafael", "Yusuf"])
        }
    }

    @Test("The manager is offered first, then reports", arguments: TestEngines.all)
    func order(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let names = try await test.sessions.candidates(for: test.joost).map(\.person.first)
            #expect(names == ["Leila", "Ana", "Rafael", "Greta", "Yusuf"])
        }
    }

    @Test("A time is read on the wall of who proposes it")
    func zones() async throws {
        try await withProduct(on: .sqlite) { test in
            let id = try await test.ask(test.joost, as: test.ana)
            let time = try await test.sessions.asked(id, as: test.joost).rounds[0].times[0].startsAt
            #expect(time.time(in: .gmt) == "13:00")
        }
    }
}
