import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Suggestions, gaps and the order of goals")
struct SuggestionTests {
    private static let today = Day("2026-11-17") ?? Day(Date(), in: .gmt)
    private static let by = ID<Person>()

    /// What weighs more stands above what weighs less.
    private static let table: [AgendaOffer.Reason] = [
        .correction(by: by),
        .carried(by: by, times: 4),
        .action(owner: by, due: today.adding(days: -40), times: 1),
        .parked(by: by, times: 2, sessions: 2),
        .carried(by: by, times: 2),
        .action(owner: by, due: today.adding(days: -7), times: 0),
        .carried(by: by, times: 1),
        .asked(by: by),
        .quiet(weeks: 12),
        .parked(by: by, times: 1, sessions: 1),
        .quiet(weeks: 5),
        .oldVerdict(.keep),
        .action(owner: by, due: today.adding(days: 7), times: 0),
        .topic,
    ]

    @Test("What is in dispute, late or keeps coming back weighs more than what has gone quiet")
    func weights() {
        let weights = Self.table.map { Suggestions.weight($0, today: Self.today) }
        for (index, pair) in zip(weights, weights.dropFirst()).enumerated() {
            #expect(pair.0 >= pair.1, "\(Self.table[index]) over \(Self.table[index + 1])")
        }
        #expect(weights.first != weights.last)
    }

    @Test("The same topic in other words' order is the same topic")
    func topics() {
        #expect(Suggestions.topic("Who covers Rafael?") == Suggestions.topic("Rafael: who covers"))
        #expect(Suggestions.topic("The lease") != Suggestions.topic("The lamp"))
    }

    @Test("A suggestion is taken or waved away one at a time; nothing adds itself", arguments: TestEngines.all)
    func oneAtATime(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.confirmedSession()
            test.clock.advance(days: 40)
            let id = try await test.ask(
                test.joost, as: test.ana, times: [TimeDraft(day: "2027-06-01", time: "10:00")])
            let sessions = test.sessions
            let offers = try await sessions.preparation(of: id, as: test.ana).offers.filter { $0.reason != .topic }
            // Both actions are late by now, and “Who covers Rafael” was parked.
            #expect(offers.map(\.title) == ["Ask Leila for backing", "Write the case", "Who covers Rafael"])
            #expect(try await sessions.preparation(of: id, as: test.ana).agenda.isEmpty)
            try await sessions.dismiss(offers[0].key, in: id, as: test.ana)
            try await sessions.dismiss(offers[0].key, in: id, as: test.ana)
            await #expect(throws: NotFound.self) { try await sessions.dismiss("goal-x", in: id, as: test.ana) }
            await #expect(throws: NotFound.self) {
                try await sessions.dismiss(offers[1].key, in: id, as: test.rafael)
            }
            let mine = try await sessions.preparation(of: id, as: test.ana)
            #expect(mine.dismissed.map(\.key) == [offers[0].key])
            #expect(!mine.offers.contains { $0.key == offers[0].key })
            // What Ana waved away is still suggested to Joost.
            #expect(try await sessions.preparation(of: id, as: test.joost).offers.contains { $0.key == offers[0].key })
            try await sessions.bringBack(offers[0].key, in: id, as: test.ana)
            #expect(try await sessions.preparation(of: id, as: test.ana).dismissed.isEmpty)
            #expect(try await sessions.takeOffers([offers[2].key], in: id, as: test.ana) == 1)
            #expect(try await sessions.takeOffers([offers[2].key], in: id, as: test.joost) == 0)
            #expect(try await test.titles(id, as: test.joost) == ["Who covers Rafael"])
        }
    }

    @Test(
        "A goal that nobody spoke of, and a verdict that is old, are suggested with the time that has passed",
        arguments: TestEngines.all)
    func quiet(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goal = try await test.objective("First week", of: test.ana)
            let first = try await test.runningSession()
            try await test.sessions.judge(
                [VerdictDraft(subject: goal, answer: "keep", priority: "1", reason: "", version: 0)], in: first,
                as: test.joost)
            try await test.sessions.finish(first, as: test.ana)
            test.clock.advance(days: 34)
            let id = try await test.ask(
                test.joost, as: test.ana, times: [TimeDraft(day: "2027-06-01", time: "10:00")])
            func reasons() async throws -> [AgendaOffer.Reason] {
                try await test.sessions.preparation(of: id, as: test.joost).offers.map(\.reason)
                    .filter { $0 != .topic }
            }
            #expect(try await reasons() == [.quiet(weeks: 5)])
            test.clock.advance(days: 60)
            #expect(try await reasons() == [.quiet(weeks: 13), .oldVerdict(.keep)])
        }
    }

    @Test("Each kind of gap goes on the agenda with one click, as a whole item", arguments: TestEngines.all)
    func gaps(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            _ = try await test.objective("First week", of: test.ana)
            _ = try await test.currentWork("Migration", of: test.ana)
            let company = try await test.product.goals.add(
                ObjectiveDraft(title: "Clinics stay"), to: .company, as: test.greta)
            let before = try await test.sessions.preparation(of: id, as: test.ana)
            #expect(before.gaps.map(\.reason) == [.looseWork, .idleGoal, .unserved])
            try await test.sessions.takeOffers(before.gaps.map(\.key), in: id, as: test.ana)
            let after = try await test.sessions.preparation(of: id, as: test.ana)
            #expect(
                after.agenda.map(\.title) == [
                    "Migration: finish it or pause it", "“First week”: what moves it, or does it go?",
                    "“Clinics stay”: is any of it Ana’s?",
                ])
            #expect(after.agenda.allSatisfy { $0.minutes == 8 && !$0.isShared })
            #expect(after.agenda.map(\.ending) == [.decide, .plan, .align])
            let gap = try #require(after.gaps.last)
            #expect(gap.key == "gap-\(company)")
            let item = try #require(after.item(from: gap))
            try await test.sessions.removeItem(item.id, from: id, as: test.ana)
            #expect(try await test.sessions.preparation(of: id, as: test.ana).item(from: gap) == nil)
        }
    }

    @Test(
        "Each ranks unseen by the other until both have shared; then the differences show", arguments: TestEngines.all)
    func ranking(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            var goals: [String] = []
            for title in ["One", "Two", "Three"] {
                test.clock.advance(minutes: 1)
                goals.append(
                    try await test.product.goals.add(ObjectiveDraft(title: title), to: .company, as: test.greta).text)
            }
            func rank(_ places: [String], as viewer: Viewer) async throws {
                try await test.sessions.rank(
                    Dictionary(uniqueKeysWithValues: zip(goals, places)), in: id, as: viewer)
            }
            func seen(by viewer: Viewer) async throws -> GoalRanking {
                try await test.sessions.preparation(of: id, as: viewer).ranking
            }
            #expect(try await problems { try await rank(["1", "1", ""], as: test.ana) } == ["place-\(goals[1])"])
            #expect(try await problems { try await rank(["9", "x", ""], as: test.ana) }.count == 2)
            await #expect(throws: NotFound.self) { try await rank(["1", "2", "3"], as: test.rafael) }
            try await rank(["1", "2", "3"], as: test.ana)
            #expect(try await seen(by: test.ana).isDraft)
            #expect(try await test.sessions.preparation(of: id, as: test.ana).draftCount == 1)
            #expect(try await test.count("select count(*) from journal where verb = 'ranked'") == 0)
            try await rank(["3", "2", "1"], as: test.joost)
            #expect(try await test.sessions.share(id, as: test.ana) == 1)
            let joosts = try await seen(by: test.joost)
            #expect(joosts.theirs.isEmpty && joosts.partnerShared)
            #expect(try await seen(by: test.ana).theirs.isEmpty)
            let half = try await test.sessions.previewForPartner(of: id, as: test.ana)
            #expect(half.ranking == GoalRanking())
            try await test.sessions.share(id, as: test.joost)
            let open = try await test.sessions.preparation(of: id, as: test.ana)
            let differences = open.ranking.differences(among: open.alignment.rankable)
            #expect(differences.map { [$0.mine, $0.theirs] } == [[1, 3], [3, 1]])
            let gap = try #require(open.gaps.first)
            #expect(gap.title == "“One”: first for Ana, third for Joost" && gap.reason == .ranks(mine: 1, theirs: 3))
            let theirs = try await test.sessions.previewForPartner(of: id, as: test.ana)
            #expect(theirs.ranking.mine == open.ranking.theirs)
        }
    }

    @Test("Today and the preparation judge readiness alike, whatever is missing", arguments: TestEngines.all)
    func readiness(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            func expectAlike(_ what: Comment) async throws {
                for viewer in [test.ana, test.joost] {
                    let page = try await test.sessions.preparation(of: id, as: viewer).readiness
                    let today = try await test.product.today.view(for: viewer).outlook?.readiness
                    #expect(today == page, what)
                }
            }
            try await expectAlike("empty")
            _ = try await test.currentWork("Migration", of: test.ana)
            _ = try await test.objective("First week", of: test.ana)
            try await expectAlike("loose work")
            _ = try await test.sessions.save("x", to: .desired, asDraft: true, basedOn: 0, in: id, as: test.ana)
            try await expectAlike("a drafted aim")
            _ = try await test.sessions.save("x", to: .measure, asDraft: true, basedOn: 0, in: id, as: test.ana)
            _ = try await test.addItem("Hiring", minutes: 60, to: id, as: test.ana)
            try await expectAlike("too long")
            for kind in ["achievement", "support"] {
                try await test.sessions.addEvidence(
                    EvidenceDraft(kind: kind, body: "It works"), as: ID(), to: id, as: test.ana)
            }
            try await expectAlike("bare evidence")
            try await test.sessions.addEvidence(
                EvidenceDraft(kind: "achievement", body: "It", from: "1", to: "2", unit: "days"), as: ID(), to: id,
                as: test.ana)
            try await expectAlike("a number")
            try await test.database.write { tx in
                for times in [2, 3] {
                    try tx.run(
                        """
                        insert into carried (id, session, kind, root, title, origin, raised_by, times, minutes,
                            presenter, ending, carried_at)
                        values (\(ID<Carried>()), \(id), 'parked', \(ID<Capture>()), 'X', \(id), \(test.ana.id),
                            \(times), 5, \(test.ana.id), 'align', 0)
                        """)
                }
            }
            try await test.sessions.share(id, as: test.ana)
            try await expectAlike("carried too often")
        }
    }
}
