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
            #expect(view.openedSessions.isEmpty)
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
                try await test.product.series.openHistory("whole", in: new, as: test.leila)
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
            let listed = try await test.product.series.view(new, as: test.leila).openedSessions
            #expect(listed.map(\.id) == [held])

            try await test.product.series.openHistory("whole", in: new, as: test.ana)
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

            try await test.product.series.openHistory("nothing", in: new, as: test.ana)
            await #expect(throws: NotFound.self) { try await test.sessions.record(held, as: test.leila) }
            let closed = try await test.product.series.view(new, as: test.leila)
            #expect(closed.opened == nil && closed.openedSessions.isEmpty)
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

    func weekly(from day: String) async throws -> (series: ID<Series>, first: ID<Session>) {
        var draft = draft(to: joost, times: [TimeDraft(day: day, time: "14:00")])
        draft.rhythm = Rhythm(choice: "weekly")
        let id = try await sessions.ask(draft, as: ana)
        try await accept(id, as: joost)
        guard let series = try await sessions.access(id, as: ana).session.series else { throw NotFound() }
        return (series, id)
    }
}
