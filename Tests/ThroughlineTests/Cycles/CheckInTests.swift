// What a check-in keeps of the one before, and who may make it, on every engine.
import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("What a check-in keeps")
struct CheckInTests {
    /// A milestone of four steps, of which two are done.
    private func milestone(_ test: TestProduct) async throws -> ID<KeyResult> {
        let cycle = try await test.quarter()
        let objective = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
        let result = try await test.keyResult(of: objective, by: test.joost) {
            $0.kind = "milestone"
            $0.steps = "Drafted\nAgreed\nTried\nIn use"
        }
        try await test.product.cycles.checkIn(
            on: result, CheckInDraft(steps: ["1", "2"], confidence: "8"), as: test.joost)
        return result
    }

    /// Sends the form for many with one row.
    private func send(
        _ test: TestProduct, _ result: ID<KeyResult>, _ draft: CheckInDraft
    ) async throws -> Int {
        test.clock.advance(minutes: 1)
        return try await test.product.cycles.checkIn(on: [(result, nil, draft)], as: test.joost)
    }

    @Test("Done steps stand on both forms, and stay done when one more is ticked", arguments: TestEngines.all)
    func steps(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let result = try await milestone(test)
            #expect(try await test.product.cycles.mine(as: test.joost).map(\.stepsDone) == [["1", "2"]])
            let objective = try #require(try await test.stored(result)).objective
            let okr = try await test.product.goals.page(of: objective, as: test.joost).okr
            #expect(okr?.stepsDone == [result: ["1", "2"]])
            #expect(
                try await send(
                    test, result, CheckInDraft(steps: ["1", "2", "3"], shownSteps: ["1", "2"], confidence: "7")) == 1)
            #expect(try await test.stored(result)?.progress == 0.75)
            // Somebody else called a step done while this form was open; it unticks one of its own.
            #expect(
                try await send(test, result, CheckInDraft(steps: ["1"], shownSteps: ["1", "2"], confidence: "7")) == 1)
            #expect(try await test.product.cycles.mine(as: test.joost).map(\.stepsDone) == [["1", "3"]])
        }
    }

    @Test(
        "A row that was left as it was changes nothing, and a confidence alone keeps the steps",
        arguments: TestEngines.all)
    func untouched(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let result = try await milestone(test)
            let shown = CheckInDraft(steps: ["1", "2"], shownSteps: ["1", "2"])
            #expect(try await send(test, result, shown) == 0)
            #expect(try await test.stored(result)?.checkIns == 1)
            var sure = shown
            sure.confidence = "3"
            #expect(try await send(test, result, sure) == 1)
            let stored = try #require(try await test.stored(result))
            #expect(stored.progress == 0.5 && stored.latest?.confidence == 3)
            // A step that is ticked without a word of how sure isn't lost silently.
            var ticked = shown
            ticked.steps.append("4")
            await #expect(throws: Invalid("confidence-\(result)", "Choose how sure you are, from 0 to 10.")) {
                _ = try await send(test, result, ticked)
            }
        }
    }

    @Test(
        "A confidence alone keeps a figure and a yes, from the day on which they were said", arguments: TestEngines.all)
    func values(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let objective = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            let figure = try await test.keyResult("Figure", of: objective, by: test.joost)
            let yes = try await test.keyResult("Yes", of: objective, by: test.joost) { $0.kind = "yes-no" }
            for result in [figure, yes] {
                await #expect(throws: Invalid.self) {
                    _ = try await send(test, result, CheckInDraft(confidence: "5"))
                }
            }
            try await test.checkIn(figure, "61", asOf: "2026-11-10", by: test.joost)
            try await test.checkIn(yes, "1", by: test.joost)
            for result in [figure, yes] {
                #expect(try await send(test, result, CheckInDraft(confidence: "5")) == 1)
            }
            let stored = [try await test.stored(figure), try await test.stored(yes)].compactMap { $0?.latest }
            #expect(stored.map(\.value) == [61, 1] && stored.map(\.confidence) == [5, 5])
            await #expect(throws: Invalid.self) {
                _ = try await send(test, figure, CheckInDraft(confidence: "5", asOf: "2026-11-09"))
            }
        }
    }

    @Test("What has become somebody else's doesn't take the rest of the form with it", arguments: TestEngines.all)
    func refusedRow(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let own = try await test.committed("Week one", in: cycle, of: .person(test.ana.id), by: test.ana)
            let good = try await test.keyResult("Good", of: own, by: test.ana)
            let company = try await test.committed("Clinics stay", in: cycle, of: .company, by: test.greta)
            let gone = try await test.keyResult("Gone", of: company, by: test.greta)
            let draft = CheckInDraft(value: "5", confidence: "5")
            let words = "“Gone”: Greta Olsen looks after this. Ask them to check in."
            for _ in 0..<2 {
                await #expect(
                    throws: Invalid("", "\(words) The rest is kept as you typed it. Send it again.")
                ) {
                    _ = try await test.product.cycles.checkIn(
                        on: [(good, nil, draft), (gone, nil, draft)], as: test.ana)
                }
            }
            #expect(try await test.stored(good)?.checkIns == 0)
            await #expect(throws: Invalid.self) {
                _ = try await test.product.cycles.checkIn(on: [(ID<KeyResult>(), nil, draft)], as: test.ana)
            }
        }
    }
}

@Suite("Whoever looks after an objective")
struct LooksAfterTests {
    /// An objective of the company, written by the administrator and looked after by Joost.
    private func objective(
        _ test: TestProduct, _ cycle: ID<Cycle>, stage: Stage
    ) async throws -> ID<Objective> {
        let id = try await test.product.goals.add(
            ObjectiveDraft(title: "Clinics stay", owner: test.joost.id.text, cycle: cycle.text), to: .company,
            as: test.greta)
        if stage != .draft { try await test.product.cycles.move(id, to: .proposed, as: test.greta) }
        if stage == .committed { try await test.product.cycles.move(id, to: .committed, as: test.greta) }
        return id
    }

    @Test("They read its draft, and leave its words to those who write it", arguments: TestEngines.all)
    func drafts(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await objective(test, try await test.quarter(), stage: .draft)
            #expect(try await test.product.goals.page(of: id, as: test.joost).mayWrite == false)
            for viewer in [test.ana, test.leila, test.yusuf] {
                await #expect(throws: NotFound.self) { _ = try await test.product.goals.page(of: id, as: viewer) }
            }
            await #expect(throws: Refused.self) {
                try await test.product.cycles.move(id, to: .proposed, as: test.joost)
            }
        }
    }

    @Test("They check in on its key results, alone and with all that is theirs", arguments: TestEngines.all)
    func checkIns(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await objective(test, try await test.quarter(), stage: .committed)
            let result = try await test.keyResult(of: id, by: test.greta)
            let given = try await test.keyResult("Given away", of: id, by: test.greta) { $0.owner = test.ana.id.text }
            #expect(try await test.product.cycles.mine(as: test.joost).map(\.keyResult.id) == [result])
            let okr = try await test.product.goals.page(of: id, as: test.joost).okr
            #expect(okr?.checkable == [result, given])
            #expect(try await test.product.cycles.page(of: result, as: test.joost).mayCheckIn)
            #expect(
                try await test.product.cycles.checkIn(
                    on: [(result, nil, CheckInDraft(value: "12", confidence: "6"))], as: test.joost) == 1)
            try await test.checkIn(result, "20", by: test.joost)
            await #expect(throws: Refused.self) { try await test.checkIn(result, "30", by: test.yusuf) }
            #expect(try await test.stored(result)?.latest?.value == 20)
        }
    }

    @Test("They score it when its cycle is closed, and read what it goes on as", arguments: TestEngines.all)
    func closing(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let next = try await test.quarter("Q1 2027", state: .draft)
            let id = try await objective(test, cycle, stage: .committed)
            try await test.product.cycles.move(cycle, to: .closing, as: test.greta)
            let page = try await test.product.cycles.closingPage(of: cycle, as: test.joost)
            #expect(page.entries.map(\.objective.id) == [id] && page.others == 0)
            #expect(try await test.product.cycles.closingPage(of: cycle, as: test.yusuf).others == 1)
            let draft = ClosingDraft(score: "0.7", learnt: "Start earlier", choice: "change", next: next.text)
            await #expect(throws: Refused("Joost Hendriks looks after this. Ask them.")) {
                try await test.product.cycles.close(id, draft, as: test.yusuf)
            }
            try await test.product.cycles.close(id, draft, as: test.joost)
            #expect(try await test.stored(id)?.score == 0.7)
            let okr = try #require(try await test.product.goals.page(of: id, as: test.joost).okr)
            #expect(okr.passages.map(\.cycleName) == ["Q1 2027"])
        }
    }
}

@Suite("The thread through cycles")
struct ThreadTests {
    @Test(
        "What is closed says where it goes on, and that where it comes from, as far as one reads it",
        arguments: TestEngines.all)
    func passages(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let next = try await test.quarter("Q1 2027", state: .draft)
            let old = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            func passages(_ id: ID<Objective>, _ viewer: Viewer) async throws -> [Passage] {
                try #require(try await test.product.goals.page(of: id, as: viewer).okr).passages
            }
            #expect(try await passages(old, test.joost) == [])
            try await test.product.cycles.move(cycle, to: .closing, as: test.greta)
            try await test.product.cycles.close(
                old, ClosingDraft(score: "0.3", learnt: "Too wide", choice: "change", next: next.text), as: test.joost)
            let later = try await passages(old, test.ana)
            #expect(later.map(\.cycleName) == ["Q1 2027"] && later.map(\.isLater) == [true])
            let new = try #require(later.first).objective.id
            let earlier = try await passages(new, test.joost)
            #expect(earlier.map(\.objective.id) == [old] && earlier.map(\.cycleName) == ["Q4 2026"])
            #expect(earlier.map(\.isLater) == [false])
            // It goes on as a draft, which is not for everyone.
            #expect(try await passages(old, test.yusuf) == [])
        }
    }

    @Test("The history of what not everyone reads names its key results to those who do", arguments: TestEngines.all)
    func history(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let id = try await test.committed(
                "Week one", in: cycle, of: .person(test.ana.id), by: test.ana, stage: .draft)
            // Two in one moment, as from a program.
            for title in ["Clinics that book", "Clinics that pay"] {
                _ = try await test.product.cycles.add(
                    KeyResultDraft(title: title, start: "0", target: "100"), to: id, as: test.ana)
            }
            let gone = try await test.keyResult("Clinics that call", of: id, by: test.ana)
            test.clock.advance(minutes: 1)
            try await test.product.cycles.remove(gone, saying: "", as: test.ana)
            let page = try await test.product.goals.page(of: id, as: test.ana)
            let words = try #require(page.okr).named(page.history).map(\.words)
            #expect(
                words.filter { $0.contains("key result") }.sorted() == [
                    "added the key result “Clinics that book”", "added the key result “Clinics that call”",
                    "added the key result “Clinics that pay”", "took off the key result “Clinics that call”",
                ])
            let details = try await test.database.read { tx in
                try tx.values(String.self, "select detail from journal where detail like '%Clinics%'")
            }
            #expect(details == [])
        }
    }
}

@Suite("A cycle for a room")
struct RoomTests {
    @Test(
        "It holds what is committed to and everyone reads, and counts what else its viewer reads",
        arguments: TestEngines.all)
    func room(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            _ = try await test.committed("Ours", in: cycle, of: .company, by: test.greta)
            _ = try await test.committed(
                "For the team", in: cycle, of: .team(test.team), by: test.joost, visibility: "team")
            _ = try await test.committed("For two", in: cycle, of: .person(test.ana.id), by: test.ana)
            _ = try await test.committed(
                "Open", in: cycle, of: .person(test.ana.id), by: test.ana, visibility: "everyone")
            _ = try await test.committed("Draft", in: cycle, of: .person(test.ana.id), by: test.ana, stage: .draft)
            let room = try await test.product.cycles.page(of: cycle, isForRoom: true, as: test.ana)
            #expect(Set(room.entries.map(\.objective.title)) == ["Ours", "Open"] && room.leftOut == 2)
            #expect(try await test.product.cycles.page(of: cycle, isForRoom: true, as: test.yusuf).leftOut == 0)
            let own = try await test.product.cycles.page(of: cycle, as: test.ana)
            #expect(own.entries.count == 5 && own.leftOut == 0)
        }
    }
}
