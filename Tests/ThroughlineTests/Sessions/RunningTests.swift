import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Running a session")
struct RunningTests {
    @Test("Begun on another day than was agreed, it moves there, and calendars hear of it", arguments: TestEngines.all)
    func begunEarly(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let (planned, before) = (test.thursday(0, "14:00"), try await test.mail(to: test.joost).count)
            test.clock.now = planned.addingTimeInterval(-2 * 86_400 + 7)
            try await test.sessions.start(id, as: test.ana)
            let session = try await test.sessions.access(id, as: test.joost).session
            #expect(session.startsAt == planned.addingTimeInterval(-2 * 86_400))
            #expect(session.startedAt == test.clock.now)
            #expect(try await test.mail(to: test.joost).count == before + 1)
            // A few minutes early is no other time.
            let other = try await test.agreedSession(employee: test.rafael)
            let start = try await test.sessions.access(other, as: test.joost).session.startsAt
            test.clock.now = try #require(start).addingTimeInterval(-600)
            try await test.sessions.start(other, as: test.joost)
            #expect(try await test.sessions.access(other, as: test.joost).session.startsAt == start)
        }
    }

    @Test("Started by both at once, it starts once", arguments: TestEngines.all)
    func startsOnce(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreedSession()
            let sessions = test.product.sessions
            let people = [test.ana, test.joost]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask { try await sessions.start(id, as: people[number % 2]) }
                }
                try await group.waitForAll()
            }
            let room = try await sessions.room(id, lookingAt: nil, as: test.ana)
            #expect(room.step == .context)
            #expect(room.steps.map(\.minutes) == [5, 15, 8, 14, 8])
            #expect(try await test.count("select count(*) from journal where verb = 'moved'") == 1)
        }
    }

    @Test("Moved on by both at once, it moves one step", arguments: TestEngines.all)
    func movesOnce(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            test.clock.advance(minutes: 4)
            let people = [test.ana, test.joost]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        _ = try await sessions.move(
                            id, from: .context, to: .alignment, as: people[number % 2])
                    }
                }
                try await group.waitForAll()
            }
            let room = try await sessions.room(id, lookingAt: nil, as: test.joost)
            #expect(room.step == .alignment)
            #expect(room.time(of: .context)?.spentMilliseconds == Int64(240_000))
            #expect(try await test.count("select count(*) from journal where verb = 'stepped'") == 1)
        }
    }

    @Test("Time spent in a step adds up over visits", arguments: TestEngines.all)
    func addsUp(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            test.clock.advance(minutes: 3)
            #expect(try await sessions.move(id, from: .context, to: .feedback, as: test.ana) == .moved)
            test.clock.advance(minutes: 2)
            #expect(try await sessions.move(id, from: .feedback, to: .context, as: test.joost) == .moved)
            test.clock.advance(minutes: 1)
            let room = try await sessions.room(id, lookingAt: nil, as: test.ana)
            let time = try #require(room.time(of: .context))
            let entered = try #require(room.session.stepEnteredAt)
            #expect(time.ends(enteredAt: entered).timeIntervalSince(test.clock.now) == 60)
            #expect(room.time(of: .feedback)?.spentMilliseconds == Int64(120_000))
            #expect(
                try await sessions.move(id, from: .alignment, to: .future, as: test.ana)
                    == .wasElsewhere(.context))
        }
    }

    @Test("Two more minutes, clicked twice, are two more minutes", arguments: TestEngines.all)
    func extendsOnce(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await sessions.extend(id, step: .context, alreadyExtendedBy: 0, as: test.ana)
                    }
                }
                try await group.waitForAll()
            }
            let room = try await sessions.room(id, lookingAt: nil, as: test.ana)
            #expect(room.time(of: .context)?.allottedMinutes == 7)
            // Again, on purpose; then a page that is two clicks behind.
            try await sessions.extend(id, step: .context, alreadyExtendedBy: 2, as: test.joost)
            try await sessions.extend(id, step: .context, alreadyExtendedBy: 0, as: test.ana)
            let later = try await sessions.room(id, lookingAt: nil, as: test.ana)
            #expect(later.time(of: .context)?.allottedMinutes == 9)
            #expect(try await test.count("select count(*) from journal where verb = 'extended'") == 2)
        }
    }

    @Test(
        "A stopped clock counts no time, whoever stops it and however often, and moving on lets it go on",
        arguments: TestEngines.all)
    func pauses(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            test.clock.advance(minutes: 2)
            for viewer in [test.ana, test.joost, test.ana] { try await sessions.pause(id, as: viewer) }
            test.clock.advance(minutes: 30)
            let stopped = try await sessions.room(id, lookingAt: nil, as: test.joost)
            #expect(stopped.isPaused)
            #expect(stopped.time(of: .context)?.secondsLeft == 180)
            for viewer in [test.joost, test.ana] { try await sessions.resume(id, as: viewer) }
            test.clock.advance(minutes: 1)
            let going = try await sessions.room(id, lookingAt: nil, as: test.ana)
            let entered = try #require(going.session.stepEnteredAt)
            let ends = try #require(going.time(of: .context)?.ends(enteredAt: entered))
            #expect(ends.timeIntervalSince(test.clock.now) == 120)
            #expect(try await test.count("select count(*) from journal where verb in ('paused', 'resumed')") == 2)

            try await sessions.pause(id, as: test.ana)
            test.clock.advance(minutes: 5)
            _ = try await sessions.move(id, from: .context, to: .feedback, as: test.joost)
            let moved = try await sessions.room(id, lookingAt: nil, as: test.ana)
            #expect(!moved.isPaused)
            #expect(moved.time(of: .context)?.spentMilliseconds == 180_000)
            // Ended while it stands still, nothing is added either.
            try await sessions.pause(id, as: test.ana)
            test.clock.advance(minutes: 5)
            try await sessions.finish(id, as: test.ana)
            let spent = try await test.database.read { tx in
                try tx.value(Int.self, "select sum(spent_milliseconds) from session_step where session = \(id)")
            }
            #expect(spent == 180_000)
        }
    }

    @Test("Five more minutes are five; any other number is refused")
    func extendsByFive() async throws {
        try await withProduct(on: .sqlite) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            try await sessions.extend(id, step: .context, by: 5, alreadyExtendedBy: 0, as: test.ana)
            #expect(try await sessions.room(id, lookingAt: nil, as: test.ana).time(of: .context)?.allottedMinutes == 10)
            await #expect(throws: Refused.self) {
                try await sessions.extend(id, step: .context, by: 240, alreadyExtendedBy: 5, as: test.ana)
            }
        }
    }

    @Test("Ended by both at once, it ends once, and can be gone back to", arguments: TestEngines.all)
    func endsOnce(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            let people = [test.ana, test.joost]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask { try await sessions.finish(id, as: people[number % 2]) }
                }
                try await group.waitForAll()
            }
            #expect(try await sessions.recap(id, as: test.ana).recap.version == 1)
            try await sessions.reopen(id, as: test.ana)
            try await sessions.reopen(id, as: test.joost)
            #expect(try await sessions.room(id, lookingAt: nil, as: test.ana).step == .confirm)
            try await sessions.finish(id, as: test.ana)
            _ = try await sessions.confirm(id, seen: 2, as: test.ana)
            await #expect(throws: Refused.self) { try await sessions.reopen(id, as: test.joost) }
        }
    }

    @Test("Only the two get in", arguments: TestEngines.all)
    func access(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            for other in [test.leila, test.rafael, test.yusuf, test.greta] {
                await #expect(throws: NotFound.self) {
                    try await sessions.room(id, lookingAt: nil, as: other)
                }
                await #expect(throws: NotFound.self) { try await sessions.finish(id, as: other) }
                await #expect(throws: NotFound.self) {
                    try await sessions.capture(CaptureDraft(kind: "decision", body: "x"), in: id, as: other)
                }
            }
        }
    }

    @Test("Private notes are their author's alone", arguments: TestEngines.all)
    func privateNotes(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            _ = try await sessions.save("Say so later", to: .privateNotes, basedOn: 0, in: id, as: test.joost)
            _ = try await sessions.save("Shared", to: .notes1, basedOn: 0, in: id, as: test.joost)
            let ana = try await sessions.room(id, lookingAt: nil, as: test.ana)
            #expect(ana.text(.privateNotes).body.isEmpty)
            #expect(ana.text(.notes1).body == "Shared")
            #expect(
                try await sessions.room(id, lookingAt: nil, as: test.joost).text(.privateNotes).body
                    == "Say so later")
        }
    }
}

extension TestProduct {
    func count(_ sql: SQL) async throws -> Int {
        try await database.read { tx in try tx.value(Int.self, sql) } ?? 0
    }
}
