import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Goals and work")
struct GoalTests {
    @Test("A goal is kept as it was typed", arguments: TestEngines.all)
    func add(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.product.goals.add(
                ObjectiveDraft(
                    title: "  The first   week runs itself ", description: "Setup\r\nwithout help",
                    standing: "61% of 75%",
                    dueOn: "2026-12-31", owner: test.ana.id.text),
                to: .team(test.team), as: test.joost)
            let kept = try await test.product.goals.page(of: id, as: test.yusuf).objective
            #expect(kept.title == "The first week runs itself")
            #expect(kept.description == "Setup\nwithout help")
            #expect(kept.standing == "61% of 75%")
            #expect(kept.dueOn == Day("2026-12-31"))
            #expect(kept.owner?.name == "Ana Duarte")
            #expect(kept.team?.name == "Customer Growth")
            #expect(kept.state == .open)
        }
    }

    @Test("Everything that is wrong is said at once, at its field", arguments: TestEngines.all)
    func bad(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let draft = ObjectiveDraft(
                title: " \u{7} ", description: String(repeating: "x", count: 20_001),
                standing: String(repeating: "é", count: 201), dueOn: "2026-02-30", owner: test.yusuf.id.text)
            do {
                try await test.product.goals.add(draft, to: .team(test.team), as: test.joost)
                Issue.record("it was taken")
            } catch let invalid as Invalid {
                #expect(
                    invalid.problems.map(\.field) == ["title", "description", "standing", "dueOn", "owner"])
            }
        }
    }

    @Test(
        "Hours are a number from 0 to 80",
        arguments: ["-1", "81", "many", "1e1", "nan", "inf", "0x10", "1.2.3", "٣"])
    func hours(text: String) async throws {
        try await withProduct(on: .sqlite) { test in
            _ = await #expect(throws: Invalid.self) {
                try await test.product.goals.add(WorkDraft(title: "Work", hoursAWeek: text), as: test.ana)
            }
        }
    }

    @Test(
        "Hours are kept to a tenth and may be left out",
        arguments: [("4", "4"), ("2,5", "2.5"), (" 0 ", "0"), ("", "")])
    func goodHours(typed: String, shown: String) async throws {
        try await withProduct(on: .sqlite) { test in
            let id = try await test.product.goals.add(
                WorkDraft(title: "Work", hoursAWeek: typed), as: test.ana)
            #expect(try await test.product.goals.page(of: id, as: test.ana).work.hours == shown)
        }
    }

    @Test("A form that is sent twice adds one goal", arguments: TestEngines.all)
    func twice(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let form = ID<Objective>()
            let goals = test.product.goals
            for _ in 1...2 {
                let id = try await goals.add(
                    ObjectiveDraft(title: "Once"), to: .person(test.ana.id), id: form, as: test.ana)
                #expect(id == form)
            }
            #expect(try await goals.overview(as: test.ana).goals.count == 1)
            // Somebody else who sends the same id learns nothing and gets a goal of their own.
            let other = try await goals.add(
                ObjectiveDraft(title: "Mine"), to: .person(test.rafael.id), id: form, as: test.rafael)
            #expect(other != form)
        }
    }

    @Test(
        "A save on top of an older version is not written, and shows how it stands",
        arguments: TestEngines.all)
    func stale(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let id = try await test.team("First 30 days")
            var mine = ObjectiveDraft(title: "First 30 days", standing: "58%")
            #expect(try await goals.change(id, to: mine, basedOn: 1, as: test.joost) == .saved)
            mine.standing = "60%"
            guard case .collided(let present) = try await goals.change(id, to: mine, basedOn: 1, as: test.ana)
            else {
                Issue.record("it was written over")
                return
            }
            #expect(present.standing == "58%")
            #expect(present.version == 2)
            #expect(present.changedBy.name == "Joost Hendriks")
            #expect(try await goals.change(id, to: mine, basedOn: 2, as: test.ana) == .saved)
            #expect(try await goals.page(of: id, as: test.ana).objective.standing == "60%")
            // The same words from two people are no collision.
            #expect(try await goals.change(id, to: mine, basedOn: 1, as: test.joost) == .saved)
        }
    }

    @Test("Of two saves at the same moment, one is kept and the other is told", arguments: TestEngines.all)
    func race(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let id = try await test.team("First 30 days")
            let outcomes = try await withThrowingTaskGroup(of: GoalSave<Objective>.self) { group in
                for number in 1...6 {
                    group.addTask {
                        try await goals.change(
                            id, to: ObjectiveDraft(title: "Version \(number)"), basedOn: 1, as: test.joost)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == .saved }.count == 1)
        }
    }

    @Test("A goal ends once, leaves the priorities, and can be opened again", arguments: TestEngines.all)
    func settle(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let first = try await test.goal("First", of: test.ana)
            let second = try await test.goal("Second", of: test.ana)
            try await goals.rank(first, 1, as: test.ana)
            try await goals.rank(second, 2, as: test.ana)
            try await goals.settle(first, as: .reached, saying: "All six clinics", as: test.ana)
            let ended = try await goals.page(of: first, as: test.ana).objective
            #expect(ended.state == .reached)
            #expect(ended.stateWords == "All six clinics")
            #expect(ended.priority == nil)
            #expect(try await goals.page(of: second, as: test.ana).objective.priority == 1)
            await #expect(throws: Conflict.self) { try await goals.settle(first, as: .dropped, as: test.ana) }
            await #expect(throws: Invalid.self) {
                _ = try await goals.change(first, to: ObjectiveDraft(title: "Late"), basedOn: 1, as: test.ana)
            }
            await #expect(throws: Conflict.self) { try await goals.rank(first, 1, as: test.ana) }
            try await goals.settle(first, as: .open, as: test.ana)
            #expect(try await goals.page(of: first, as: test.ana).objective.state == .open)
            // Pressed twice, it is opened once.
            try await goals.settle(first, as: .open, as: test.ana)
            let opened = try await goals.page(of: first, as: test.ana).history.filter {
                $0.words == "opened it again"
            }
            #expect(opened.count == 1)
        }
    }

    @Test("Priorities are always first, second, third without a hole", arguments: TestEngines.all)
    func priorities(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            var ids: [ID<Objective>] = []
            for title in ["A", "B", "C", "D"] { ids.append(try await test.team(title)) }
            func order() async throws -> [String] {
                try await goals.overview(as: test.joost).teams[0].objectives.map {
                    "\($0.objective.title)\($0.objective.priority.map(String.init) ?? "-")"
                }
            }
            for id in ids { try await goals.rank(id, 1, as: test.joost) }
            #expect(try await order() == ["D1", "C2", "B3", "A4"])
            try await goals.rank(ids[0], 2, as: test.ana)
            #expect(try await order() == ["D1", "A2", "C3", "B4"])
            try await goals.rank(ids[3], nil, as: test.joost)
            #expect(try await order() == ["A1", "C2", "B3", "D-"])
            try await goals.rank(ids[0], 20, as: test.joost)
            #expect(try await order() == ["C1", "B2", "A3", "D-"])
        }
    }

    @Test("What happened is told in words, newest first", arguments: TestEngines.all)
    func history(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let company = try await test.company("Clinics stay")
            let id = try await test.team("First 30 days", supporting: company)
            test.clock.advance(minutes: 1)
            _ = try await goals.change(
                id, to: ObjectiveDraft(title: "First 30 days", standing: "58%", dueOn: "2026-12-31"),
                basedOn: 1,
                as: test.joost)
            test.clock.advance(minutes: 1)
            try await goals.rank(id, 1, as: test.ana)
            test.clock.advance(minutes: 1)
            try await goals.settle(id, as: .reached, saying: "Kwame owns them", as: test.joost)
            let words = try await goals.page(of: id, as: test.yusuf).history.map(\.words)
            #expect(
                words == [
                    "marked it reached: “Kwame owns them”", "made it the first priority",
                    "changed where it stands to “58%” and its day to 31 December 2026",
                    "linked it to “Clinics stay”", "added it",
                ])
        }
    }
}

@Suite("What supports what")
struct SupportTests {
    @Test("A loop is refused, however long", arguments: TestEngines.all)
    func loop(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            var chain = [try await test.team("Team 0")]
            for number in 1...5 {
                let next = try await test.team("Team \(number)")
                try await goals.link(next, to: chain[number - 1].text, as: test.joost)
                chain.append(next)
            }
            for target in chain {
                await #expect(throws: Invalid.self) {
                    try await goals.link(chain[0], to: target.text, as: test.joost)
                }
            }
            // Two ways to the same end are no loop.
            try await goals.link(chain[5], to: chain[0].text, as: test.joost)
        }
    }

    @Test("No loop can be made by links at the same moment", arguments: TestEngines.all)
    func concurrentLoop(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            for _ in 1...5 {
                var ring: [ID<Objective>] = []
                for number in 0...3 { ring.append(try await test.team("Ring \(number)")) }
                let links = await withTaskGroup(of: Bool.self) { group in
                    for (index, id) in ring.enumerated() {
                        let next = ring[(index + 1) % ring.count].text
                        group.addTask {
                            do {
                                try await goals.link(id, to: next, as: test.joost)
                                return true
                            } catch { return false }
                        }
                    }
                    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                // All but the one that would have closed it.
                #expect(links == 3)
                let stored = try await test.database.read { [ring] tx in
                    try tx.value(
                        Int.self, "select count(*) from objective_support where objective in \(list: ring)")
                }
                #expect(stored == 3)
            }
        }
    }

    @Test(
        "Links lead to one's own goals, a team's or the company's, never down or to somebody else's",
        arguments: TestEngines.all)
    func levels(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let company = try await test.company("Company")
            let team = try await test.team("Team")
            let ana = try await test.goal("Ana's", of: test.ana)
            let joost = try await test.goal("Joost's", of: test.joost)
            let work = try await test.addWork("Joost's work", of: test.joost)
            await #expect(throws: Invalid.self) {
                try await goals.link(company, to: team.text, as: test.greta)
            }
            await #expect(throws: Invalid.self) { try await goals.link(team, to: ana.text, as: test.ana) }
            await #expect(throws: Invalid.self) { try await goals.link(joost, to: ana.text, as: test.joost) }
            await #expect(throws: Invalid.self) { try await goals.link(work, to: ana.text, as: test.joost) }
            // What can't be read answers like what isn't there.
            for id in [joost.text, ID<Objective>().text, "nonsense", ""] {
                await #expect(throws: Invalid("supports", "Choose a goal from the list.")) {
                    try await goals.link(ana, to: id, as: test.ana)
                }
            }
            let choices = try await goals.page(of: joost, as: test.joost).choices.map(\.objective.title)
            #expect(choices == ["Team", "Company"])
        }
    }

    @Test("A link can be made twice and taken off twice", arguments: TestEngines.all)
    func again(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let team = try await test.team("Team")
            let goal = try await test.goal("Goal", of: test.ana)
            let work = try await test.addWork("Work", of: test.ana)
            for _ in 1...2 {
                try await goals.link(goal, to: team.text, as: test.ana)
                try await goals.link(work, to: goal.text, as: test.ana)
            }
            #expect(try await goals.page(of: goal, as: test.ana).supports.count == 1)
            #expect(try await goals.page(of: work, as: test.ana).supports.map(\.title) == ["Goal"])
            for _ in 1...2 {
                try await goals.unlink(goal, from: team.text, as: test.ana)
                try await goals.unlink(work, from: goal.text, as: test.ana)
            }
            #expect(try await goals.page(of: goal, as: test.ana).supports.isEmpty)
            #expect(try await goals.page(of: work, as: test.ana).supports.isEmpty)
        }
    }

    @Test("What would close a loop is not offered", arguments: TestEngines.all)
    func choices(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let top = try await test.team("Top")
            let middle = try await test.team("Middle", supporting: top)
            try await test.team("Bottom", supporting: middle)
            try await test.team("Beside")
            let titles = try await test.product.goals.page(of: middle, as: test.ana).choices.map(
                \.objective.title)
            #expect(titles == ["Beside"])
        }
    }
}
