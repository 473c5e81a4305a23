// Closing a cycle, looking back on it, and checking in through a link.
import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Closing a cycle")
struct ClosingTests {
    private struct Setting {
        let test: TestProduct
        let cycle: ID<Cycle>
        let next: ID<Cycle>
        let objective: ID<Objective>
        let result: ID<KeyResult>

        init(_ test: TestProduct) async throws {
            self.test = test
            cycle = try await test.quarter()
            next = try await test.quarter("Q1 2027", state: .draft)
            objective = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            result = try await test.keyResult(of: objective, by: test.joost)
            try await test.checkIn(result, "63", by: test.joost)
        }

        func close(_ score: String, _ choice: String, next: ID<Cycle>? = nil, as viewer: Viewer? = nil) async throws {
            try await test.product.cycles.close(
                objective,
                ClosingDraft(score: score, learnt: "Start earlier", choice: choice, next: next?.text ?? ""),
                as: viewer ?? test.joost)
        }
    }

    @Test(
        "A score is offered from progress, set by whose it is, and the cycle closes when all is chosen",
        arguments: TestEngines.all)
    func closing(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let setting = try await Setting(test)
            let cycles = test.product.cycles
            await #expect(throws: Refused.self) { try await setting.close("0.7", "stop") }
            try await cycles.move(setting.cycle, to: .closing, as: test.greta)
            let page = try await cycles.closingPage(of: setting.cycle, as: test.joost)
            #expect(page.entries.map { $0.standing(page.pace).proposedScore } == [0.6])
            for (score, choice) in [("", "stop"), ("1.1", "stop"), ("0.7", ""), ("0.7", "keep")] {
                await #expect(throws: Invalid.self, "\(score) \(choice)") { try await setting.close(score, choice) }
            }
            await #expect(throws: Refused.self) { try await setting.close("0.7", "stop", as: test.yusuf) }
            try await setting.close("0.7", "stop")
            await #expect(throws: Conflict.self) { try await setting.close("0.9", "stop") }
            let stored = try #require(try await test.stored(setting.objective))
            #expect(stored.stage == .closed && stored.score == 0.7 && stored.learnt == "Start earlier")
            #expect(stored.state == .reached)
            await #expect(throws: Conflict.self) {
                try await test.product.goals.settle(setting.objective, as: .open, as: test.joost)
            }
            try await cycles.move(setting.cycle, to: .closed, as: test.greta)
            await #expect(throws: Refused.self) { try await test.checkIn(setting.result, "70", by: test.joost) }
        }
    }

    @Test(
        "What is kept is proposed again from where it is now; what is changed is a draft; nothing rolls over else",
        arguments: TestEngines.all)
    func goingOn(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let setting = try await Setting(test)
            let other = try await test.committed("Other", in: setting.cycle, of: .team(test.team), by: test.joost)
            try await test.product.cycles.move(setting.cycle, to: .closing, as: test.greta)
            try await setting.close("0.6", "keep", next: setting.next)
            try await test.product.cycles.close(
                other, ClosingDraft(score: "0.1", learnt: "Too wide", choice: "change", next: setting.next.text),
                as: test.joost)
            let went = try await test.database.read { tx in
                try tx.all(
                    Objective.self,
                    "select \(Objective.columns) from \(Objective.tables) where o.cycle = \(setting.next) order by o.title"
                )
            }
            #expect(went.map(\.title) == ["Clinics stay", "Other"])
            #expect(went.map(\.stage) == [.proposed, .draft])
            let results = try await test.database.read { tx in try KeyResult.all(of: went.map(\.id), in: tx) }
            #expect(results.map(\.start) == [63] && results.map(\.target) == [100])
            #expect(results.map(\.checkIns) == [0])
        }
    }

    @Test("What was never committed to has no score, and still needs a choice")
    func uncommitted() async throws {
        try await withProduct(on: .sqlite) { test in
            let cycle = try await test.quarter()
            let id = try await test.committed(
                "Perhaps", in: cycle, of: .team(test.team), by: test.joost, stage: .proposed)
            try await test.product.cycles.move(cycle, to: .closing, as: test.greta)
            try await test.product.cycles.close(id, ClosingDraft(choice: "stop"), as: test.joost)
            #expect(try await test.stored(id)?.score == nil)
            try await test.product.cycles.move(cycle, to: .closed, as: test.greta)
        }
    }
}

@Suite("Looking back")
struct LookBackTests {
    private let first = Day("2026-10-01") ?? Day(daysSince1970: 0)

    private func followed(_ days: [(Int, Double, Int)]) -> LookBack.Followed {
        LookBack.Followed(
            measure: .raise(from: 0, to: 100),
            readings: days.map { Reading(on: first.adding(days: $0.0), value: $0.1, confidence: $0.2) }, since: first)
    }

    @Test("Regularity counts the weeks with a check-in, lateness the days beyond one")
    func regularity() {
        let pace = Pace(startsOn: first, endsOn: first.adding(days: 27), rhythm: 7, today: first.adding(days: 40))
        let figures = LookBack(
            [followed([(2, 10, 8), (5, 20, 8), (20, 30, 8)]), followed([])], pace: pace, changedMidway: 2,
            easedMidway: 1)
        // Four weeks each; the first key result was heard of in two of them, and once eight days late.
        #expect(figures.due == 8 && figures.kept == 2)
        #expect(figures.meanDaysLate == 8)
        #expect(figures.neverCheckedIn == 1 && figures.keyResults == 2)
    }

    @Test("What was said before the last quarter stands beside what came in the end")
    func calibration() {
        let pace = Pace(startsOn: first, endsOn: first.adding(days: 99), rhythm: 7, today: first.adding(days: 120))
        let figures = LookBack(
            [
                followed([(50, 40, 9), (74, 50, 9), (95, 60, 2)]), followed([(74, 10, 9), (99, 20, 9)]),
                followed([(10, 90, 2)]), followed([(80, 90, 5)]),
            ], pace: pace, changedMidway: 0, easedMidway: 0)
        #expect(figures.calibration.map(\.confidence) == [0...2, 9...10])
        #expect(figures.calibration.map(\.count) == [1, 2])
        #expect(figures.calibration.map { ($0.result * 100).rounded() } == [90, 40])
    }

    @Test("The figures count what everyone may read, and are the same for everybody", arguments: TestEngines.all)
    func sameForAll(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let open = try await test.committed("Open", in: cycle, of: .team(test.team), by: test.joost)
            let hidden = try await test.committed("Hidden", in: cycle, of: .person(test.ana.id), by: test.ana)
            for (objective, viewer) in [(open, test.joost), (hidden, test.ana)] {
                let result = try await test.keyResult(of: objective, by: viewer)
                try await test.checkIn(result, "5", by: viewer)
            }
            for viewer in test.everyone {
                #expect(try await test.product.cycles.lookBack(on: cycle, as: viewer).figures.keyResults == 1)
            }
        }
    }
}

@Suite("Checking in through a link")
struct CheckInLinkTests {
    @Test("It works once, for what is its holder's, and an empty form doesn't use it up", arguments: TestEngines.all)
    func once(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let mine = try await test.committed("Mine", in: cycle, of: .person(test.ana.id), by: test.ana)
            let result = try await test.keyResult(of: mine, by: test.ana)
            let theirs = try await test.committed("Theirs", in: cycle, of: .team(test.team), by: test.joost)
            let other = try await test.keyResult(of: theirs, by: test.joost)
            let address = try await test.product.cycles.checkInLink(for: test.ana.id)
            let token = String(address.split(separator: "/").last ?? "")
            let guest = try await test.product.cycles.guest(holding: token)
            #expect(guest.viewer.id == test.ana.id && guest.mine.map(\.keyResult.id) == [result])
            let draft = CheckInDraft(value: "12", confidence: "6")
            await #expect(throws: Invalid.self) {
                _ = try await test.product.cycles.checkIn(holding: token, on: [(result, nil, CheckInDraft())])
            }
            await #expect(throws: NotFound.self) {
                _ = try await test.product.cycles.checkIn(holding: token, on: [(other, nil, draft)])
            }
            let count = try await test.product.cycles.checkIn(holding: token, on: [(result, nil, draft)])
            #expect(count == 1)
            #expect(try await test.stored(result)?.latest?.value == 12)
            await #expect(throws: LinkFault.used) {
                _ = try await test.product.cycles.checkIn(holding: token, on: [(result, nil, draft)])
            }
            let second = try await test.product.cycles.checkInLink(for: test.ana.id)
            test.clock.advance(days: 8)
            await #expect(throws: LinkFault.expired) {
                _ = try await test.product.cycles.guest(holding: String(second.split(separator: "/").last ?? ""))
            }
        }
    }

    @Test("Those wait whose rhythm has passed, until they check in", arguments: TestEngines.all)
    func waiting(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let mine = try await test.committed("Mine", in: cycle, of: .person(test.ana.id), by: test.ana)
            let result = try await test.keyResult(of: mine, by: test.ana)
            func waiting(_ viewer: Viewer) async throws -> [String] {
                let today = Day(test.clock.now, in: viewer.timeZone)
                return try await test.database.read { tx in
                    try Unheard.all(of: viewer.id, on: today, zone: viewer.timeZone, in: tx).map(\.title)
                }
            }
            // The quarter is 47 days old, but what was committed to today isn't late today.
            #expect(try await waiting(test.ana) == [])
            test.clock.advance(days: 6)
            #expect(try await waiting(test.ana) == [])
            test.clock.advance(days: 1)
            #expect(try await waiting(test.ana) == ["Clinics that book unaided"])
            #expect(try await waiting(test.joost) == [])
            try await test.checkIn(result, "12", by: test.ana)
            #expect(try await waiting(test.ana) == [])
            test.clock.advance(days: 7)
            #expect(try await waiting(test.ana) == ["Clinics that book unaided"])
            try await test.product.cycles.move(cycle, to: .closing, as: test.greta)
            #expect(try await waiting(test.ana) == [])
        }
    }
}
