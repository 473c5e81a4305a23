// A changed partner: what the new one may read of before, and that it is never more than the employee opened.
import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("A changed partner")
struct HandoverTests {
    @Test(
        "The employee goes on with another manager; the old series ends, the new one holds once agreed",
        arguments: TestEngines.all)
    func goesOn(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            let first = try await test.handOver(series, share: "nothing")
            let again = try await test.handOver(series, share: "nothing", id: first)
            #expect(again == first)
            let old = try await test.product.series.view(series, as: test.joost).series
            #expect(old.state == .ended)
            #expect(try await test.state(id) == .agreed)
            let session = try await test.sessions.access(first, as: test.leila).session
            #expect(session.state == .asked)
            let new = try #require(session.series)
            try await test.accept(first, as: test.leila)
            let view = try await test.product.series.view(new, as: test.leila)
            #expect(view.series.previous == series)
            #expect(view.rule?.cadence.words == "every week on Friday")
            #expect(view.earlier.map(\.person.name) == ["Joost Hendriks"])
            #expect(view.earlier.allSatisfy { $0.opened == nil && $0.sessions.isEmpty })
            await #expect(throws: NotFound.self) { try await test.product.series.view(new, as: test.joost) }
        }
    }

    @Test(
        "Only the employee decides with whom it goes on, and what is opened",
        arguments: TestEngines.all)
    func onlyEmployee(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, _) = try await test.weekly()
            await #expect(throws: Refused.self) {
                try await test.product.series.handOver(test.handover("recaps"), in: series, as: test.joost)
            }
            for partner in [test.joost, test.ana] {
                await #expect(throws: Invalid.self) {
                    try await test.product.series.handOver(
                        test.handover("recaps", to: partner), in: series, as: test.ana)
                }
            }
            await #expect(throws: Invalid.self) {
                try await test.product.series.handOver(test.handover("everything"), in: series, as: test.ana)
            }
            let first = try await test.handOver(series, share: "recaps")
            let new = try #require(try await test.sessions.access(first, as: test.ana).session.series)
            await #expect(throws: Refused.self) {
                try await test.product.series.openHistory("whole", with: test.joost.id.text, in: new, as: test.leila)
            }
            for nobodyBefore in [test.rafael.id.text, test.leila.id.text, test.ana.id.text, ""] {
                await #expect(throws: NotFound.self) {
                    try await test.product.series.openHistory("whole", with: nobodyBefore, in: new, as: test.ana)
                }
            }
        }
    }

    @Test(
        "The new manager reads as much as was opened, of what was confirmed before, until it is closed again",
        arguments: TestEngines.all)
    func reads(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let held = try await test.confirmedSession()
            _ = try await test.sessions.save("Nobody’s but mine", to: .privateNotes, basedOn: 0, in: held, as: test.ana)
            test.clock.advance(days: 1)
            let (series, later) = try await test.weekly(from: "2026-11-26")
            await #expect(throws: NotFound.self) { try await test.sessions.record(held, as: test.leila) }
            let first = try await test.handOver(series, share: "recaps", day: "2026-11-27")
            let new = try #require(try await test.sessions.access(first, as: test.ana).session.series)

            let recap = try await test.sessions.record(held, as: test.leila)
            #expect(recap.whole == nil)
            #expect(recap.words.decisionLines == ["The pilot widens to Ghent and Leeds."])
            let listed = try await test.product.series.view(new, as: test.leila).earlier
            #expect(listed.flatMap(\.sessions).map(\.id) == [held])

            try await test.open("whole", with: test.joost, in: new)
            let whole = try await test.sessions.record(held, as: test.leila)
            #expect(whole.whole?.feedback.map(\.body) == ["You made it safe to say so."])
            let texts = (whole.whole?.notes ?? []) + (whole.whole?.aims ?? [])
            #expect(!texts.contains { $0.body.contains("Nobody’s but mine") })

            // Nothing else of that session is hers, and nothing of it is anybody else's.
            await #expect(throws: NotFound.self) { try await test.sessions.access(held, as: test.leila) }
            await #expect(throws: NotFound.self) { try await test.sessions.recap(held, as: test.leila) }
            await #expect(throws: NotFound.self) { try await test.sessions.preparation(of: held, as: test.leila) }
            for person in [test.rafael, test.yusuf, test.greta] {
                await #expect(throws: NotFound.self) { try await test.sessions.record(held, as: person) }
            }
            // What wasn't held and confirmed before is not opened.
            await #expect(throws: NotFound.self) { try await test.sessions.record(later, as: test.leila) }

            try await test.open("nothing", with: test.joost, in: new)
            await #expect(throws: NotFound.self) { try await test.sessions.record(held, as: test.leila) }
            let closed = try await test.product.series.view(new, as: test.leila).earlier
            #expect(closed.allSatisfy { $0.opened == nil && $0.sessions.isEmpty })
        }
    }

    @Test(
        "With a third manager, the employee chooses for each of those before, and each is told what is opened",
        arguments: TestEngines.all)
    func third(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let held = try await test.confirmedSession()
            test.clock.advance(days: 1)
            let (first, _) = try await test.weekly(from: "2026-11-26")
            let second = try await test.goOn(from: first, with: test.leila, share: "whole", day: "2026-11-27")
            var draft = test.handover("nothing", to: test.rafael, day: "2026-11-30")
            draft.earlier = [test.joost.id.text: "everything"]
            let refusal = await #expect(throws: Invalid.self) {
                try await test.product.series.handOver(draft, in: second, as: test.ana)
            }
            #expect(refusal?.problems.map(\.field) == ["share-\(test.joost.id)"])
            draft.earlier = [test.joost.id.text: "recaps", test.yusuf.id.text: "whole"]
            let third = try await test.goOn(from: second, with: test.rafael, draft)

            let view = try await test.product.series.view(third, as: test.rafael)
            #expect(view.earlier.map(\.person.id) == [test.leila.id, test.joost.id])
            #expect(view.earlier.map(\.opened?.scope) == [nil, .recaps])
            #expect(view.earlier.map { $0.sessions.map(\.id) } == [[], [held]])
            #expect(try await test.sessions.record(held, as: test.rafael).whole == nil)
            #expect(try await test.mail(to: test.joost).filter { $0 == "Opened: your sessions with Ana" }.count == 1)

            // Each is its own choice, and what the second manager may read is not touched by it.
            try await test.open("nothing", with: test.joost, in: third)
            await #expect(throws: NotFound.self) { try await test.sessions.record(held, as: test.rafael) }
            #expect(try await test.sessions.record(held, as: test.leila).whole != nil)
            try await test.open("nothing", with: test.joost, in: second)
            await #expect(throws: NotFound.self) { try await test.sessions.record(held, as: test.leila) }

            // Back with the first, there is nothing of his own to open to him.
            let fourth = try await test.goOn(from: third, with: test.joost, share: "nothing", day: "2026-12-01")
            let names = try await test.product.series.view(fourth, as: test.ana).earlier.map(\.person.name)
            #expect(names == ["Rafael Lima", "Leila Farahani"])
        }
    }

    @Test(
        "The session with the old manager is cancelled where the employee says so",
        arguments: TestEngines.all)
    func cancels(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            var draft = test.handover("nothing")
            draft.cancelsNext = true
            _ = try await test.product.series.handOver(draft, in: series, as: test.ana)
            #expect(try await test.state(id) == .cancelled)
            #expect(try await test.sessions(of: series).count == 1)
        }
    }
}

extension TestProduct {
    func handover(
        _ share: String, to partner: Viewer? = nil, id: ID<Session>? = nil, day: String = "2026-11-20"
    )
        -> HandoverDraft
    {
        HandoverDraft(
            id: id?.text ?? "", partner: (partner ?? leila).id.text, share: share,
            time: TimeDraft(day: day, time: "10:00"))
    }

    func handOver(
        _ series: ID<Series>, share: String, id: ID<Session>? = nil, day: String = "2026-11-20"
    ) async throws -> ID<Session> {
        try await product.series.handOver(handover(share, id: id, day: day), in: series, as: ana)
    }

    /// Goes on with somebody who says yes.
    func goOn(
        from series: ID<Series>, with partner: Viewer, share: String = "nothing", day: String = "2026-11-20",
        _ draft: HandoverDraft? = nil
    ) async throws -> ID<Series> {
        let first = try await product.series.handOver(
            draft ?? handover(share, to: partner, day: day), in: series, as: ana)
        try await accept(first, as: partner)
        guard let new = try await sessions.access(first, as: ana).session.series else { throw NotFound() }
        return new
    }

    func open(_ share: String, with before: Viewer, in series: ID<Series>) async throws {
        try await product.series.openHistory(share, with: before.id.text, in: series, as: ana)
    }

    func weekly(from day: String) async throws -> (series: ID<Series>, first: ID<Session>) {
        var draft = draft(to: joost, times: [TimeDraft(day: day, time: "14:00")])
        draft.rhythm = Rhythm(choice: "weekly")
        let id = try await sessions.ask(draft, as: ana)
        try await accept(id, as: joost)
        guard let series = try await sessions.access(id, as: ana).session.series else { throw NotFound() }
        return (series, id)
    }
}
