import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("The next session")
struct FollowingTests {
    @Test("Proposed by both at once, there is one, with what is carried over", arguments: TestEngines.all)
    func once(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreedSession()
            let covered = try await test.agendaItem("Covered", of: id)
            let deferred = try await test.agendaItem("Where could I add more value?", of: id, position: 2)
            let sessions = test.product.sessions
            test.clock.now = Date(timeIntervalSince1970: 1_795_093_200)
            try await sessions.start(id, as: test.ana)
            try await sessions.note(outcomes: [covered: .covered, deferred: .deferred], in: id, as: test.ana)
            try await sessions.capture(
                CaptureDraft(kind: "parked", body: "Who covers Rafael"), in: id, as: test.ana)
            try await sessions.finish(id, as: test.ana)
            let view = try await sessions.recap(id, as: test.ana)
            #expect(view.carryOver.map(\.title) == ["Where could I add more value?", "Who covers Rafael"])
            let time = try #require(
                SuggestedTime.after(view.session, now: test.clock.now, zone: test.ana.timeZone).first)
            #expect(time.startsAt.long(in: test.ana.timeZone) == "Thursday 17 December, 14:00")
            let draft = FollowingDraft(
                title: "Next", when: String(time.startsAt.milliseconds), carry: view.carryOver.map(\.value))
            let people = [test.ana, test.joost]
            let ids = try await withThrowingTaskGroup(of: ID<Session>.self) { group in
                for number in 0..<6 {
                    group.addTask { try await sessions.proposeNext(draft, after: id, as: people[number % 2]) }
                }
                var ids: Set<ID<Session>> = []
                for try await id in group { ids.insert(id) }
                return ids
            }
            #expect(ids.count == 1)
            let next = try #require(ids.first)
            let session = try await sessions.access(next, as: test.joost).session
            #expect(session.previous == id)
            #expect(session.state == .asked)
            let carried = try await test.count(
                "select count(*) from agenda_item where session = \(next) and origin = \(id) and times_carried = 1"
            )
            #expect(carried == 2)
            #expect(try await sessions.recap(id, as: test.joost).following?.id == next)
            #expect(try await test.count("select count(*) from mail where kind = 'ask'") == 1)
        }
    }

    @Test("A time that has passed, or none, is not taken", arguments: TestEngines.all)
    func wrongTimes(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            for (when, own) in [
                ("own", ""), ("own", "2020-01-01T10:00"), ("own", "2999-01-01T10:00"), ("1", ""), ("", ""),
            ] {
                await #expect(throws: Invalid.self) {
                    try await test.product.sessions.proposeNext(
                        FollowingDraft(title: "Next", when: when, own: own), after: id, as: test.ana)
                }
            }
            await #expect(throws: NotFound.self) {
                try await test.product.sessions.proposeNext(
                    FollowingDraft(title: "Next", when: "own", own: "2026-12-01T10:00", carry: ["item-x"]),
                    after: id,
                    as: test.ana)
            }
        }
    }

    @Test("The same time on the wall is suggested across a clock change")
    func clockChange() async throws {
        try await withProduct(on: .sqlite) { test in
            let zone = test.ana.timeZone
            let id = try await test.agreedSession()
            let start = WallTime(day: try #require(Day("2026-10-15")), hour: 14, minute: 0).moment(in: zone)
            try await test.database.write { tx in
                try tx.run("update session set starts_at = \(start) where id = \(id)")
            }
            let session = try await test.product.sessions.access(id, as: test.ana).session
            let soon = SuggestedTime.after(session, now: start, zone: zone)
            #expect(
                soon.map { $0.startsAt.long(in: zone) } == [
                    "Thursday 12 November, 14:00", "Thursday 29 October, 14:00", "Thursday 14 January, 14:00",
                ])
            let late = SuggestedTime.after(session, now: test.clock.now.adding(days: 60), zone: zone)
            #expect(late.allSatisfy { $0.startsAt > test.clock.now.adding(days: 60) })
            #expect(late.allSatisfy { WallTime($0.startsAt, in: zone).day.weekdayName == "Thursday" })
        }
    }
}
