import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Carrying over")
struct CarryingTests {
    @Test("What a session leaves open goes to the next, once each, with where it came from", arguments: TestEngines.all)
    func provenance(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let first = try await test.held(items: [("Hiring", .deferred), ("Ticked", .covered), ("Unticked", .open)])
            let next = try await test.following(first)
            let things = try await test.carried(next)
            #expect(Set(things.map(\.title)) == ["Hiring", "Unticked", "Who covers Rafael", "Write the case"])
            #expect(things.allSatisfy { $0.times == 1 && $0.origin.session == first && $0.isOpen && !$0.isOnAgenda })
            // However often it is brought over, and whoever comes first.
            try await test.database.write { tx in
                for _ in 0..<3 { try Sessions.carryOver(into: next, at: test.clock.now, in: tx) }
                try Sessions.carryOver(from: first, by: nil, at: test.clock.now, in: tx)
            }
            #expect(try await test.carried(next).count == 4)
            let written = try await test.count(
                "select count(*) from journal where verb = 'carried' and object = \(next)")
            #expect(written == 1)
        }
    }

    @Test("A session that is there already gets what is left when the one before ends", arguments: TestEngines.all)
    func existing(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let first = try await test.agreedSession()
            let next = try await test.following(first)
            #expect(try await test.carried(next).isEmpty)
            test.clock.now = Date(timeIntervalSince1970: 1_795_093_200)
            try await test.sessions.start(first, as: test.ana)
            let kept = ID<Capture>(now: test.clock.now)
            try await test.sessions.capture(
                CaptureDraft(id: kept, kind: "parked", body: "Who covers Rafael"), in: first, as: test.ana)
            try await test.sessions.finish(first, as: test.ana)
            #expect(try await test.carried(next).map(\.title) == ["Who covers Rafael"])
            // The talk is gone back to, and it is talked about after all.
            try await test.sessions.reopen(first, as: test.ana)
            try await test.sessions.setRemoved(true, kept, in: first, as: test.ana)
            try await test.sessions.capture(CaptureDraft(kind: "parked", body: "The lease"), in: first, as: test.ana)
            try await test.sessions.finish(first, as: test.ana)
            #expect(try await test.carried(next).map(\.title) == ["The lease"])
        }
    }

    @Test("Drafts of either are never carried, nor anything of other people's", arguments: TestEngines.all)
    func privacy(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let first = try await test.agreedSession()
            _ = try await test.addItem("Joost’s draft", to: first, as: test.joost)
            _ = try await test.addItem("Ana’s draft", to: first, as: test.ana)
            test.clock.now = Date(timeIntervalSince1970: 1_795_093_200)
            try await test.sessions.start(first, as: test.ana)
            _ = try await test.sessions.save("Secret", to: .privateNotes, basedOn: 0, in: first, as: test.ana)
            try await test.sessions.capture(CaptureDraft(kind: "parked", body: "The lease"), in: first, as: test.ana)
            try await test.sessions.finish(first, as: test.ana)
            let next = try await test.following(first)
            #expect(try await test.carried(next).map(\.title) == ["The lease"])
            // Another pair's session that is linked to it gets nothing.
            let other = try await test.agreedSession(employee: test.rafael)
            try await test.database.write { tx in
                try tx.run("update session set previous = \(first) where id = \(other)")
                try Sessions.carryOver(into: other, at: test.clock.now, in: tx)
            }
            #expect(try await test.count("select count(*) from carried where session = \(other)") == 0)
        }
    }

    @Test(
        "What nobody took up comes along again, and counts; what was covered stays behind", arguments: TestEngines.all)
    func again(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let first = try await test.held(items: [("Hiring", .deferred)])
            let second = try await test.following(first)
            // Ana puts one of them on the agenda: both see it at once, with its origin.
            #expect(
                try await test.sessions.takeOffers(
                    ["item-\(try await test.root("Hiring", second))"], in: second, as: test.ana) == 1)
            let item = try #require(try await test.sessions.preparation(of: second, as: test.joost).agenda.first)
            #expect(item.isShared && item.timesCarried == 1 && item.origin == first)
            try await test.hold(second, outcomes: ["Hiring": .covered])
            let third = try await test.following(second)
            let things = try await test.carried(third)
            #expect(Set(things.map(\.title)) == ["Who covers Rafael", "Write the case"])
            #expect(things.allSatisfy { $0.times == 2 && $0.origin.session == first })
            // What is done meanwhile asks for nothing any more.
            try await test.database.write { tx in
                try tx.run("update session set state = 'confirmed' where id = \(first)")
            }
            let action = try #require(things.first { $0.kind == .action }?.action?.id)
            _ = try await test.product.commitments.settle(action, SettlementDraft(outcome: "kept"), as: test.ana)
            #expect(try await test.carried(third).filter(\.isOpen).map(\.title) == ["Who covers Rafael"])
        }
    }

    @Test(
        "Where a session was never held, what had come to it moves along and counts no more", arguments: TestEngines.all
    )
    func neverHeld(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let first = try await test.held(items: [])
            let second = try await test.following(first)
            try await test.sessions.end("I am ill", in: second, as: test.ana)
            let third = try await test.following(second)
            let things = try await test.carried(third)
            #expect(things.count == 2 && things.allSatisfy { $0.times == 1 && $0.origin.session == first })
        }
    }

    @Test(
        "After three times somebody has to decide, and an action is left in peace until it is late",
        arguments: TestEngines.all)
    func asks(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (fourth, things) = try await test.carriedThrice()
            #expect(things.allSatisfy { $0.times == 3 })
            let soon = try await test.sessions.preparation(of: fourth, as: test.ana)
            #expect(soon.asking.map(\.title) == ["Who covers Rafael"])
            #expect(!soon.offers.contains { $0.title == "Who covers Rafael" }, "it can't just be put there again")
            #expect(soon.readiness.checks.contains { $0.part == .agenda && !$0.isDone })
            test.clock.advance(days: 60)
            let late = try await test.sessions.preparation(of: fourth, as: test.joost)
            #expect(Set(late.asking.map(\.title)) == ["Who covers Rafael", "Write the case"])
        }
    }

    @Test(
        "Dropping needs a word; it stands in the journal and in the recap, and can be taken back",
        arguments: TestEngines.all)
    func dropping(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (fourth, things) = try await test.carriedThrice()
            let thing = try #require(things.first { $0.kind == .parked })
            func answer(_ draft: CarriedAnswerDraft, as viewer: Viewer) async throws {
                try await test.sessions.answer(thing.id, draft, in: fourth, as: viewer)
            }
            #expect(
                try await problems { try await answer(CarriedAnswerDraft(answer: "dropped"), as: test.ana) } == [
                    "words"
                ])
            #expect(
                try await problems { try await answer(CarriedAnswerDraft(answer: "later"), as: test.ana) } == ["answer"]
            )
            let drop = CarriedAnswerDraft(answer: "dropped", words: "He is back.")
            try await answer(drop, as: test.ana)
            try await answer(drop, as: test.ana)
            await #expect(throws: Conflict.self) {
                try await answer(CarriedAnswerDraft(answer: "first"), as: test.joost)
            }
            await #expect(throws: NotFound.self) { try await answer(drop, as: test.rafael) }
            let journalled = try await test.count(
                "select count(*) from journal where verb = 'answered' and object = \(thing.id)")
            #expect(journalled == 1)
            try await test.sessions.takeBack(thing.id, in: fourth, as: test.joost)
            #expect(try await test.carried(fourth).filter { $0.answer != nil }.isEmpty)
            try await answer(drop, as: test.joost)
            try await test.hold(fourth, outcomes: [:])
            let decisions = try await test.sessions.recap(fourth, as: test.ana).recap.words.decisionLines
            #expect(decisions == ["“Who covers Rafael”, carried three times, is dropped: He is back."])
            let fifth = try await test.following(fourth)
            #expect(try await test.carried(fifth).map(\.title) == ["Write the case"])
        }
    }

    @Test(
        "Doing it makes a next step; delegating it names who; both are commitments at once", arguments: TestEngines.all)
    func doing(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (fourth, things) = try await test.carriedThrice()
            let parked = try #require(things.first { $0.kind == .parked })
            let action = try #require(things.first { $0.kind == .action })
            let wrong = CarriedAnswerDraft(answer: "action", owner: test.rafael.id.text, dueOn: "2020-01-01")
            let found = try await problems {
                try await test.sessions.answer(parked.id, wrong, in: fourth, as: test.ana)
            }
            #expect(found == ["owner", "due"])
            try await test.sessions.answer(
                parked.id, CarriedAnswerDraft(answer: "action", owner: test.joost.id.text, dueOn: "2027-04-01"),
                in: fourth, as: test.ana)
            let nobody = CarriedAnswerDraft(answer: "delegated", dueOn: "x")
            let missing = try await problems {
                try await test.sessions.answer(action.id, nobody, in: fourth, as: test.ana)
            }
            #expect(missing.contains("delegate"))
            try await test.sessions.answer(
                action.id, CarriedAnswerDraft(answer: "delegated", dueOn: "2027-04-02", delegate: "Kwame Mensah"),
                in: fourth, as: test.ana)
            let lists = try await test.product.commitments.lists(of: test.ana)
            #expect(lists.mine.map(\.action.body) == ["Hand over to Kwame Mensah: Write the case"])
            #expect(lists.owedToMe.map(\.action.body) == ["Who covers Rafael"])
            let old = try await test.database.read { tx in
                try tx.value(String.self, "select state from action where id = \(action.action?.id)")
            }
            #expect(old == "dropped")
            try await test.hold(fourth, outcomes: [:])
            let recap = try await test.sessions.recap(fourth, as: test.joost)
            #expect(recap.actions.count == 2)
            #expect(recap.recap.words.decisionLines.contains { $0.contains("goes to Kwame Mensah, by 2 April") })
        }
    }

    @Test("Taken back, what a decision made goes and what it took away comes back", arguments: TestEngines.all)
    func takenBack(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (fourth, things) = try await test.carriedThrice()
            let parked = try #require(things.first { $0.kind == .parked })
            try await test.sessions.answer(parked.id, CarriedAnswerDraft(answer: "first"), in: fourth, as: test.ana)
            try await test.sessions.takeBack(parked.id, in: fourth, as: test.ana)
            let titles = try await test.titles(fourth, as: test.joost)
            #expect(titles == ["Who covers Rafael"])
            let doIt = CarriedAnswerDraft(answer: "action", owner: test.ana.id.text, dueOn: "2027-04-01")
            try await test.sessions.answer(parked.id, doIt, in: fourth, as: test.ana)
            #expect(try await test.titles(fourth, as: test.joost).isEmpty)
            try await test.sessions.takeBack(parked.id, in: fourth, as: test.joost)
            #expect(try await test.titles(fourth, as: test.joost) == titles)
            #expect(try await test.product.commitments.lists(of: test.ana).mine.isEmpty)
            #expect(
                try await test.count("select count(*) from journal where verb = 'removed' and object_kind = 'action'")
                    == 1)
            try await test.sessions.answer(parked.id, doIt, in: fourth, as: test.ana)
            let made = try #require(
                try await test.product.commitments.lists(of: test.ana).mine.first {
                    $0.action.body == "Who covers Rafael"
                })
            _ = try await test.product.commitments.keep([made.action.id], as: test.ana)
            await #expect(throws: Conflict.self) {
                try await test.sessions.takeBack(parked.id, in: fourth, as: test.joost)
            }
        }
    }

    @Test("Put first, it stands before all else on the agenda", arguments: TestEngines.all)
    func first(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (fourth, things) = try await test.carriedThrice()
            _ = try await test.addItem("Mine", to: fourth, as: test.ana)
            let parked = try #require(things.first { $0.kind == .parked })
            for viewer in [test.ana, test.joost] {
                try await test.sessions.answer(parked.id, CarriedAnswerDraft(answer: "first"), in: fourth, as: viewer)
            }
            #expect(try await test.titles(fourth, as: test.ana) == ["Who covers Rafael", "Mine"])
            // Not reached again: it comes along a fourth time, and asks again.
            try await test.hold(fourth, outcomes: [:])
            let fifth = try await test.following(fourth)
            let again = try await test.carried(fifth).first { $0.kind == .parked }
            #expect(again?.times == 4 && again?.answer == nil)
        }
    }
}

extension TestProduct {
    fileprivate func carried(_ id: ID<Session>) async throws -> [Carried] {
        try await sessions.preparation(of: id, as: ana).carried
    }

    /// What a thing began as.
    fileprivate func root(_ title: String, _ id: ID<Session>) async throws -> String {
        try await carried(id).first { $0.title == title }?.root ?? ""
    }

    /// A session of Ana and Joost that follows another.
    fileprivate func following(_ previous: ID<Session>) async throws -> ID<Session> {
        clock.advance(days: 7)
        let id = try await agreedSession()
        let (now, startsAt) = (clock.now, clock.now.addingTimeInterval(3_600))
        try await database.write { tx in
            try tx.run("update session set previous = \(previous), starts_at = \(startsAt) where id = \(id)")
            try Sessions.carryOver(into: id, at: now, in: tx)
        }
        return id
    }

    /// Holds a session: what became of the items on its agenda, by title.
    fileprivate func hold(_ id: ID<Session>, outcomes: [String: RoomItem.Outcome]) async throws {
        try await sessions.start(id, as: ana)
        let room = try await sessions.room(id, lookingAt: nil, as: ana)
        for item in room.agenda {
            if let outcome = outcomes[item.title] {
                try await sessions.note(outcomes: [item.id: outcome], in: id, as: ana)
            }
        }
        try await sessions.finish(id, as: joost)
    }

    /// A session that was held, with these items, something parked and a next step.
    fileprivate func held(items: [(String, RoomItem.Outcome)]) async throws -> ID<Session> {
        let id = try await agreedSession()
        for (number, item) in items.enumerated() {
            _ = try await agendaItem(item.0, of: id, position: Double(number + 1))
        }
        clock.now = Date(timeIntervalSince1970: 1_795_093_200)
        try await sessions.start(id, as: ana)
        try await sessions.capture(CaptureDraft(kind: "parked", body: "Who covers Rafael"), in: id, as: joost)
        try await sessions.capture(
            CaptureDraft(kind: "action", body: "Write the case", owner: ana.id.text, dueOn: "2027-01-10"), in: id,
            as: ana)
        let room = try await sessions.room(id, lookingAt: nil, as: ana)
        for (title, outcome) in items {
            if let item = room.agenda.first(where: { $0.title == title }) {
                try await sessions.note(outcomes: [item.id: outcome], in: id, as: ana)
            }
        }
        try await sessions.finish(id, as: joost)
        return id
    }

    /// The fourth of four sessions, to which two things have come three times.
    fileprivate func carriedThrice() async throws -> (ID<Session>, [Carried]) {
        var id = try await held(items: [])
        for number in 0..<3 {
            id = try await following(id)
            if number < 2 { try await hold(id, outcomes: [:]) }
        }
        return (id, try await carried(id))
    }
}
