import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Since last time")
struct SinceLastTimeTests {
    @Test("Two people who never met have nothing to look back on", arguments: TestEngines.all)
    func never(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreedSession()
            #expect(try await test.sessions.preparation(of: id, as: test.ana).since == nil)
        }
    }

    @Test("Promises are kept, late, missed, dropped or open, for both", arguments: TestEngines.all)
    func promises(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let first = try await test.running(verdicts: [])
            let promised = [
                ("Kept", "2026-12-10"), ("Late", "2026-11-25"), ("Missed", "2026-11-26"), ("Dropped", "2026-12-11"),
                ("Open", "2027-03-01"),
            ]
            for (body, due) in promised {
                try await test.sessions.capture(
                    CaptureDraft(kind: "action", body: body, owner: test.ana.id.text, dueOn: due), in: first,
                    as: test.joost)
            }
            try await test.confirm(first)
            test.clock.advance(days: 10)
            let lists = try await test.product.commitments.lists(of: test.ana)
            for (body, outcome) in [("Kept", "kept"), ("Late", "kept"), ("Dropped", "dropped")] {
                let id = try #require(lists.mine.first { $0.action.body == body }?.action.id)
                _ = try await test.product.commitments.settle(
                    id, SettlementDraft(outcome: outcome, words: "Done."), as: test.ana)
            }
            let next = try await test.later(after: first)
            for viewer in [test.ana, test.joost] {
                let since = try #require(try await test.sessions.preparation(of: next, as: viewer).since)
                #expect(since.last.id == first)
                let outcomes = since.promises.map { ($0.body, $0.outcome(now: test.clock.now, in: viewer.timeZone)) }
                let found = Dictionary(uniqueKeysWithValues: outcomes)
                #expect(
                    found == ["Kept": .kept, "Late": .keptLate, "Missed": .missed, "Dropped": .dropped, "Open": .open])
            }
        }
    }

    @Test("Goals are told as they stood and as they stand, and nobody else's are", arguments: TestEngines.all)
    func goals(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            func add(_ title: String, as viewer: Viewer) async throws -> ID<Objective> {
                try await goals.add(ObjectiveDraft(title: title, standing: "10%"), to: .person(viewer.id), as: viewer)
            }
            let moved = try await add("Moved", as: test.ana)
            let reached = try await add("Reached", as: test.ana)
            _ = try await add("Still", as: test.ana)
            let other = try await add("Rafael’s", as: test.rafael)
            let first = try await test.running(verdicts: [])
            try await test.sessions.finish(first, as: test.ana)
            test.clock.advance(days: 2)
            _ = try await goals.change(
                moved, to: ObjectiveDraft(title: "Moved", standing: "20%"), basedOn: 1, as: test.ana)
            try await goals.settle(reached, as: .reached, as: test.ana)
            _ = try await goals.change(
                other, to: ObjectiveDraft(title: "Rafael’s", standing: "20%"), basedOn: 1, as: test.rafael)
            _ = try await add("New", as: test.ana)
            let next = try await test.later(after: first)
            let since = try #require(try await test.sessions.preparation(of: next, as: test.joost).since)
            let told = since.goals.map {
                "\($0.title) \($0.then?.words ?? "-") \($0.now.words) \($0.now.state) \($0.isNew)"
            }
            #expect(
                told.sorted() == [
                    "Moved 10% 20% open false", "New - 10% open true", "Reached 10% 10% reached false",
                ])
        }
    }

    @Test("Verdicts are told against those before, in their new order", arguments: TestEngines.all)
    func verdicts(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (one, two) = (
                try await test.objective("First week", of: test.ana),
                try await test.currentWork("Migration", of: test.ana)
            )
            let first = try await test.running(verdicts: [(one, "keep", "1"), (two, "keep", "2")])
            try await test.sessions.finish(first, as: test.ana)
            let only = try await test.later(after: first)
            let alone = try await test.sessions.preparation(of: only, as: test.ana).since
            #expect(alone?.expectations.isEmpty == true, "nothing to compare with")
            try await test.sessions.start(only, as: test.ana)
            try await test.judge(only, [(one, "keep", "1"), (two, "pause", "")])
            try await test.sessions.finish(only, as: test.ana)
            let next = try await test.later(after: only)
            let since = try #require(try await test.sessions.preparation(of: next, as: test.ana).since)
            #expect(since.expectations.map(\.title) == ["First week", "Migration"])
            #expect(since.expectations.map(\.isChanged) == [false, true])
            #expect(since.expectations[1].then?.answer == .keep && since.expectations[1].now.answer == .pause)
            // The room opens with the same.
            try await test.sessions.start(next, as: test.joost)
            let room = try await test.sessions.room(next, lookingAt: nil, as: test.joost)
            #expect(room.since?.expectations == since.expectations)
            let later = try await test.sessions.room(next, lookingAt: .future, as: test.joost)
            #expect(later.since == nil)
        }
    }

    @Test(
        "A difference is told word by word where the texts are alike, and one after the other where they aren't",
        arguments: [
            ("a b c", "a b c", "=a b c"), ("a b c", "a x c", "=a|-b|+x|=c"), ("a b", "a b c", "=a b|+c"),
            ("a b c", "b c", "-a|=b c"), ("one two three", "four five six", "-one two three|+four five six"),
            ("", "new", "+new"), ("x a y b z", "a b z w", "-x|=a|-y|=b z|+w"),
        ])
    func difference(old: String, new: String, told: String) {
        let runs = TextDifference(from: old, to: new).runs.map { run in
            switch run.kind {
            case .same: "=" + run.text
            case .removed: "-" + run.text
            case .added: "+" + run.text
            }
        }
        #expect(runs.joined(separator: "|") == told)
    }
}

extension TestProduct {
    /// A session that runs, with verdicts: subject, answer, priority.
    fileprivate func running(verdicts: [(String, String, String)]) async throws -> ID<Session> {
        let id = try await runningSession()
        try await judge(id, verdicts)
        return id
    }

    fileprivate func judge(_ id: ID<Session>, _ verdicts: [(String, String, String)]) async throws {
        try await sessions.judge(
            verdicts.map { VerdictDraft(subject: $0.0, answer: $0.1, priority: $0.2, reason: "", version: 0) }, in: id,
            as: joost)
    }

    fileprivate func confirm(_ id: ID<Session>) async throws {
        try await sessions.finish(id, as: ana)
        for person in [ana, joost] { _ = try await sessions.confirm(id, seen: 1, as: person) }
    }

    /// A session a week later.
    fileprivate func later(after previous: ID<Session>) async throws -> ID<Session> {
        clock.advance(days: 1)
        let id = try await agreedSession()
        let startsAt = clock.now.addingTimeInterval(3_600)
        try await database.write { tx in
            try tx.run("update session set previous = \(previous), starts_at = \(startsAt) where id = \(id)")
        }
        return id
    }
}
