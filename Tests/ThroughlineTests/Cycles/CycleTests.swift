// Cycles, objectives in them, key results, check-ins and values, on every engine.
import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Cycles")
struct CycleTests {
    @Test("Administrators make cycles, which may overlap; names are used once", arguments: TestEngines.all)
    func make(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycles = test.product.cycles
            _ = try await test.quarter()
            _ = try await cycles.create(
                CycleDraft(name: "2026", kind: "year", startsOn: "2026-01-01", endsOn: "2026-12-31"), as: test.greta)
            let names = try await cycles.all(as: test.ana).map(\.name)
            #expect(names == ["Q4 2026", "2026"])
            await #expect(throws: NotFound.self) {
                _ = try await cycles.create(
                    .nextQuarter(after: Day("2026-11-17") ?? .init(daysSince1970: 0)), as: test.ana)
            }
            await #expect(throws: Invalid.self) { _ = try await test.quarter("q4 2026") }
            await #expect(throws: Invalid.self) {
                _ = try await cycles.create(
                    CycleDraft(name: "Back", kind: "own", startsOn: "2026-12-31", endsOn: "2026-10-01"), as: test.greta)
            }
        }
    }

    @Test("A cycle goes from draft to active to closing to closed, and back from closing; a button twice is once")
    func states() async throws {
        try await withProduct(on: .sqlite) { test in
            let cycles = test.product.cycles
            let id = try await test.quarter(state: .draft)
            await #expect(throws: Conflict.self) { try await cycles.move(id, to: .closed, as: test.greta) }
            for state in [Cycle.State.active, .active, .closing, .active, .closing, .closed] {
                try await cycles.move(id, to: state, as: test.greta)
            }
            await #expect(throws: Conflict.self) { try await cycles.move(id, to: .active, as: test.greta) }
        }
    }

    @Test("A cycle closes only when every objective in it has been", arguments: TestEngines.all)
    func closing(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.quarter()
            _ = try await test.committed("Clinics stay", in: id, of: .company, by: test.greta)
            try await test.product.cycles.move(id, to: .closing, as: test.greta)
            await #expect(throws: Refused.self) { try await test.product.cycles.move(id, to: .closed, as: test.greta) }
        }
    }

    @Test("A goal of the first form goes on working, and can be put into a cycle", arguments: TestEngines.all)
    func adoption(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let id = try await test.goal("The first week runs itself", of: test.ana)
            #expect(try await test.stored(id)?.stage == nil)
            await #expect(throws: Refused.self) { _ = try await test.keyResult(of: id, by: test.ana) }
            var draft = ObjectiveDraft(title: "The first week runs itself", cycle: cycle.text)
            _ = try await test.product.goals.change(id, to: draft, basedOn: 1, as: test.ana)
            #expect(try await test.stored(id)?.stage == .proposed)
            _ = try await test.keyResult(of: id, by: test.ana)
            try await test.product.cycles.move(id, to: .committed, as: test.ana)
            // Once committed to, it stays where it is.
            let other = try await test.quarter("Q1 2027")
            draft.cycle = other.text
            await #expect(throws: Invalid.self) {
                _ = try await test.product.goals.change(id, to: draft, basedOn: 2, as: test.ana)
            }
        }
    }

    @Test("A check-in moves the key result, whatever the order in which days are told", arguments: TestEngines.all)
    func checkIns(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let id = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            let result = try await test.keyResult(of: id, by: test.joost)
            try await test.checkIn(result, "40", sure: 6, by: test.joost)
            try await test.checkIn(result, "20", sure: 8, asOf: "2026-10-20", by: test.joost)
            let stored = try await test.stored(result)
            #expect(
                stored?.latest == Reading(on: Day("2026-11-17") ?? .init(daysSince1970: 0), value: 40, confidence: 6))
            #expect(stored?.trail.map(\.value) == [20, 40])
            #expect(stored?.checkIns == 2)
            #expect(stored?.progress == 0.4)
        }
    }

    @Test("What stands on the key result's row is always what its newest check-ins say", arguments: TestEngines.all)
    func trail(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let id = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            let result = try await test.keyResult(of: id, by: test.joost)
            let from = Day("2026-10-01") ?? .init(daysSince1970: 0)
            for _ in 0..<20 {
                let day = from.adding(days: .random(in: 0...46))
                try await test.checkIn(
                    result, String(Int.random(in: -10...120)), sure: .random(in: 0...10), asOf: day.iso, by: test.joost)
            }
            let slow = try await test.database.read { tx in
                try tx.all(
                    CheckIn.self,
                    """
                    select \(CheckIn.columns) from \(CheckIn.tables) where i.key_result = \(result)
                    order by i.as_of, i.created_at, i.id
                    """
                ).map(\.reading)
            }
            let stored = try await test.stored(result)
            #expect(stored?.trail == Array(slow.suffix(Trail.length)))
            #expect(stored?.latest == slow.last)
            #expect(stored?.checkIns == 20)
        }
    }

    @Test("Whoever looks after it checks in, and so do those who may change the objective; others are told whom to ask")
    func whoChecksIn() async throws {
        try await withProduct(on: .sqlite) { test in
            let cycle = try await test.quarter()
            let id = try await test.committed("Clinics stay", in: cycle, of: .company, by: test.greta)
            let result = try await test.keyResult(of: id, by: test.greta) { $0.owner = test.yusuf.id.text }
            try await test.checkIn(result, "5", by: test.yusuf)
            try await test.checkIn(result, "6", by: test.greta)
            await #expect(throws: Refused("Yusuf Demir looks after this. Ask them to check in.")) {
                try await test.checkIn(result, "7", by: test.ana)
            }
        }
    }

    @Test("People check in on what is committed to, in a cycle that is under way")
    func whenToCheckIn() async throws {
        try await withProduct(on: .sqlite) { test in
            let cycle = try await test.quarter(state: .draft)
            let id = try await test.committed(
                "Clinics stay", in: cycle, of: .team(test.team), by: test.joost, stage: .proposed)
            let result = try await test.keyResult(of: id, by: test.joost)
            await #expect(throws: Refused.self) { try await test.checkIn(result, "5", by: test.joost) }
            try await test.product.cycles.move(id, to: .committed, as: test.joost)
            await #expect(throws: Refused.self) { try await test.checkIn(result, "5", by: test.joost) }
            try await test.product.cycles.move(cycle, to: .active, as: test.greta)
            try await test.checkIn(result, "5", by: test.joost)
            for day in ["2026-11-18", "2026-08-01", "soon"] {
                await #expect(throws: Invalid.self, "\(day)") {
                    try await test.checkIn(result, "5", asOf: day, by: test.joost)
                }
            }
            await #expect(throws: Invalid.self) { try await test.checkIn(result, "5", sure: 11, by: test.joost) }
            await #expect(throws: Invalid.self) { try await test.checkIn(result, "five", by: test.joost) }
        }
    }

    @Test("A check-in that is changed keeps what it said first", arguments: TestEngines.all)
    func edits(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let objective = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            let result = try await test.keyResult(of: objective, by: test.joost)
            let id = ID<CheckIn>()
            let draft = CheckInDraft(value: "40", confidence: "6", comment: "Ghent is slow")
            for _ in 0..<2 { try await test.product.cycles.checkIn(on: result, draft, id: id, as: test.joost) }
            var changed = draft
            changed.value = "45"
            try await test.product.cycles.change(id, to: changed, basedOn: 1, as: test.joost)
            #expect(try await test.stored(result)?.latest?.value == 45)
            #expect(try await test.stored(result)?.checkIns == 1)
            let originals = try await test.database.read { tx in
                try tx.values(Double.self, "select value from check_in_version where check_in = \(id)")
            }
            #expect(originals == [40])
            changed.value = "50"
            await #expect(throws: Conflict.self) {
                try await test.product.cycles.change(id, to: changed, basedOn: 1, as: test.joost)
            }
            await #expect(throws: Refused.self) {
                try await test.product.cycles.change(id, to: changed, basedOn: 2, as: test.ana)
            }
            await #expect(throws: NotFound.self) {
                try await test.product.cycles.change(ID<CheckIn>(), to: changed, basedOn: 2, as: test.joost)
            }
        }
    }

    @Test("A milestone is as far as the shares of its steps that are done")
    func milestones() async throws {
        try await withProduct(on: .sqlite) { test in
            let cycle = try await test.quarter()
            let objective = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            let result = try await test.keyResult(of: objective, by: test.joost) {
                $0.kind = "milestone"
                $0.steps = "Draft agreed\nTried in Ghent (3)\n\nIn use"
            }
            try await test.product.cycles.checkIn(
                on: result, CheckInDraft(steps: ["1", "2"], confidence: "8"), as: test.joost)
            #expect(try await test.stored(result)?.progress == 0.8)
            // A step more changes how far it is, at once.
            var draft = KeyResultDraft(try #require(try await test.stored(result)))
            #expect(draft.steps == "Draft agreed\nTried in Ghent (3)\nIn use")
            draft.steps += "\nHanded over (5)"
            try await test.product.cycles.change(result, to: draft, basedOn: 1, as: test.joost)
            #expect(try await test.stored(result)?.progress == 0.4)
            await #expect(throws: Invalid.self) {
                try await test.product.cycles.checkIn(
                    on: result, CheckInDraft(steps: ["9"], confidence: "8"), as: test.joost)
            }
        }
    }

    @Test(
        "To ask less of what was committed to needs a reason, which stays beside the target", arguments: TestEngines.all
    )
    func easing(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let objective = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            let result = try await test.keyResult(of: objective, by: test.joost)
            var draft = KeyResultDraft(try #require(try await test.stored(result)))
            draft.target = "80"
            await #expect(throws: Invalid.self) {
                try await test.product.cycles.change(result, to: draft, basedOn: 1, as: test.joost)
            }
            draft.reason = "Ghent opens in January"
            try await test.product.cycles.change(result, to: draft, basedOn: 1, as: test.joost)
            draft.target = "90"
            draft.reason = ""
            try await test.product.cycles.change(result, to: draft, basedOn: 2, as: test.joost)
            let reasons = try await test.database.read { tx in
                try tx.values(
                    String.self,
                    "select reason from key_result_target where key_result = \(result) order by set_at, id")
            }
            #expect(reasons.sorted() == ["", "", "Ghent opens in January"])
        }
    }

    @Test(
        "A nearer end, a wider band and another baseline ask less",
        arguments: [
            (Measure.raise(from: 0, to: 10), Measure.raise(from: 0, to: 9), true),
            (.raise(from: 0, to: 10), .raise(from: 0, to: 11), false),
            (.raise(from: 0, to: 10), .raise(from: -1, to: 10), true),
            (.lower(from: 10, to: 2), .lower(from: 10, to: 3), true),
            (.lower(from: 10, to: 2), .lower(from: 10, to: 1), false),
            (.lower(from: 10, to: 2), .lower(from: 11, to: 2), true),
            (.keep(low: 1, high: 2), .keep(low: 1, high: 3), true),
            (.keep(low: 1, high: 3), .keep(low: 2, high: 3), false),
            (.milestone, .milestone, false),
        ])
    func eased(old: Measure, new: Measure, isEased: Bool) {
        #expect(new.isEased(from: old) == isEased)
    }

    @Test("A form that holds several check-ins is taken whole or not at all", arguments: TestEngines.all)
    func several(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let objective = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            let one = try await test.keyResult("One", of: objective, by: test.joost)
            let other = try await test.keyResult("Other", of: objective, by: test.joost)
            await #expect(throws: Invalid("value-\(other)", "Say where it is now in digits, such as 61 or 0.5.")) {
                try await test.product.cycles.checkIn(
                    on: [
                        (one, nil, CheckInDraft(value: "5", confidence: "5")),
                        (other, nil, CheckInDraft(value: "x", confidence: "5")),
                    ], as: test.joost)
            }
            #expect(try await test.stored(one)?.checkIns == 0)
            let count = try await test.product.cycles.checkIn(
                on: [(one, nil, CheckInDraft(value: "5", confidence: "5")), (other, nil, CheckInDraft())],
                as: test.joost)
            #expect(count == 1)
        }
    }

    @Test("An objective is held against each value, and a conflict says how", arguments: TestEngines.all)
    func values(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycles = test.product.cycles
            try await cycles.addValue("We say what is", "Also when it is late.", as: test.greta)
            await #expect(throws: NotFound.self) { try await cycles.addValue("Mine", "", as: test.ana) }
            await #expect(throws: Invalid.self) { try await cycles.addValue("we say what is", "", as: test.greta) }
            let value = try #require(try await cycles.values(as: test.ana).first)
            let cycle = try await test.quarter()
            let id = try await test.committed("Clinics stay", in: cycle, of: .team(test.team), by: test.joost)
            await #expect(throws: Invalid.self) {
                try await cycles.hold(id, against: [(value.id.text, "conflicts", "")], as: test.joost)
            }
            try await cycles.hold(id, against: [(value.id.text, "conflicts", "It hides the queue")], as: test.joost)
            try await cycles.hold(id, against: [(value.id.text, "supports", "")], as: test.joost)
            await #expect(throws: Refused.self) {
                try await cycles.hold(id, against: [(value.id.text, "supports", "")], as: test.yusuf)
            }
            let stances = try await test.database.read { tx in try ValueStance.all(of: id, in: tx) }
            #expect(stances.map(\.stance) == [.supports])
        }
    }
}

@Suite("Who reads objectives of a cycle")
struct VisibilityTests {
    /// Who of everybody reads an objective, by first names.
    private func readers(_ id: ID<Objective>, _ test: TestProduct) async throws -> Set<String> {
        var names: Set<String> = []
        for viewer in test.everyone {
            let isReadable = try await test.database.read { tx in
                (try? ObjectiveAccess.load(id, for: viewer, in: tx)) != nil
            }
            if isReadable { names.insert(String(viewer.name.prefix { $0 != " " })) }
        }
        return names
    }

    @Test("Each objective is read by whom it says, and by nobody else", arguments: TestEngines.all)
    func readers(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let everyone: Set = ["Ana", "Joost", "Leila", "Rafael", "Yusuf", "Greta"]
            let team: Set = ["Ana", "Joost", "Leila", "Rafael"]
            let own = Objective.Group.person(test.ana.id)
            let cases: [(Objective.Group, Viewer, String?, Stage, Set<String>)] = [
                (.company, test.greta, nil, .proposed, everyone),
                (.company, test.greta, nil, .draft, ["Greta"]),
                (.team(test.team), test.joost, nil, .proposed, everyone),
                (.team(test.team), test.joost, "team", .committed, team),
                (.team(test.team), test.joost, "pair", .committed, ["Joost", "Leila"]),
                (.team(test.team), test.joost, "everyone", .draft, team),
                (own, test.ana, nil, .committed, ["Ana", "Joost"]),
                (own, test.ana, "pair", .committed, ["Ana", "Joost"]),
                (own, test.ana, "team", .committed, team),
                (own, test.ana, "everyone", .committed, everyone),
                (own, test.ana, "everyone", .draft, ["Ana"]),
            ]
            for (index, (group, by, visibility, stage, expected)) in cases.enumerated() {
                let id = try await test.committed(
                    "Objective \(index)", in: cycle, of: group, by: by, visibility: visibility, stage: stage)
                let found = try await readers(id, test)
                #expect(found == expected, "case \(index)")
            }
        }
    }

    @Test("A company's objective is for everyone, and who looks after a key result goes on reading it")
    func narrowing() async throws {
        try await withProduct(on: .sqlite) { test in
            let cycle = try await test.quarter()
            await #expect(throws: Invalid.self) {
                _ = try await test.committed("Ours", in: cycle, of: .company, by: test.greta, visibility: "pair")
            }
            let id = try await test.committed("Theirs", in: cycle, of: .team(test.team), by: test.joost)
            _ = try await test.keyResult(of: id, by: test.joost) { $0.owner = test.rafael.id.text }
            let draft = ObjectiveDraft(title: "Theirs", owner: test.joost.id.text, visibility: "pair")
            await #expect(throws: Invalid.self) {
                _ = try await test.product.goals.change(id, to: draft, basedOn: 1, as: test.joost)
            }
        }
    }

    @Test("What a goal supports is named only to those who may read it", arguments: TestEngines.all)
    func supports(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let hidden = try await test.committed(
                "For the team alone", in: cycle, of: .team(test.team), by: test.joost, visibility: "team")
            let open = try await test.committed(
                "For all to see", in: cycle, of: .person(test.ana.id), by: test.ana, visibility: "everyone",
                supporting: hidden)
            let seen = try await test.product.goals.page(of: open, as: test.ana)
            #expect(seen.supports.map(\.title) == ["For the team alone"])
            let unseen = try await test.product.goals.page(of: open, as: test.yusuf)
            #expect(unseen.supports.isEmpty)
            let lines = try await test.alignment(of: test.ana).lines.map(\.objective.title)
            #expect(!lines.contains("For the team alone"))
        }
    }
}

@Suite("The graph of what supports what")
struct SupportGraphTests {
    @Test("No order of concurrent links makes a loop", arguments: TestEngines.all)
    func loops(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            var ids: [ID<Objective>] = []
            for number in 0..<7 {
                ids.append(
                    try await test.committed("Objective \(number)", in: cycle, of: .team(test.team), by: test.joost))
            }
            let objectives = ids
            for _ in 0..<3 {
                let pairs = (0..<24).map { _ in (Int.random(in: 0..<7), Int.random(in: 0..<7)) }
                await withTaskGroup(of: Void.self) { group in
                    for (from, to) in pairs {
                        group.addTask {
                            try? await test.product.goals.link(
                                objectives[from], to: objectives[to].text, as: test.joost)
                        }
                    }
                }
            }
            let edges = try await test.database.read { tx in
                try tx.rows("select objective, supports from objective_support").map { row in
                    var row = row
                    return (try row.next(String.self), try row.next(String.self))
                }
            }
            #expect(!edges.isEmpty)
            // Taking off those that support nothing, again and again, leaves nothing, unless there is a loop.
            var left = edges
            while true {
                let supporting = Set(left.map(\.0))
                let rest = left.filter { supporting.contains($0.1) }
                if rest.count == left.count { break }
                left = rest
            }
            #expect(left.isEmpty)
        }
    }
}
