import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Who reads and who changes goals")
struct GoalAccessTests {
    @Test(
        "A person's own goal is read by them and their manager, and by nobody else",
        arguments: TestEngines.all)
    func ownGoal(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let goal = try await test.goal("Mine", of: test.ana)
            #expect(try await goals.page(of: goal, as: test.ana).mayWrite)
            #expect(try await goals.page(of: goal, as: test.joost).mayWrite == false)
            // Neither the manager's manager, nor a colleague, nor the administrator.
            for stranger in [test.leila, test.rafael, test.yusuf, test.greta] {
                await #expect(throws: NotFound()) { try await goals.page(of: goal, as: stranger) }
                await #expect(throws: NotFound()) {
                    _ = try await goals.change(goal, to: ObjectiveDraft(title: "X"), basedOn: 1, as: stranger)
                }
                await #expect(throws: NotFound()) { try await goals.settle(goal, as: .reached, as: stranger) }
                await #expect(throws: NotFound()) { try await goals.rank(goal, 1, as: stranger) }
            }
            await #expect(throws: Refused.self) { try await goals.settle(goal, as: .reached, as: test.joost) }
            await #expect(throws: Refused.self) { try await goals.form(of: goal, as: test.joost) }
        }
    }

    @Test(
        "A piece of work is read by its owner and their manager, and changed by its owner",
        arguments: TestEngines.all)
    func work(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let work = try await test.addWork("Migration", of: test.ana)
            #expect(try await goals.page(of: work, as: test.joost).mayWrite == false)
            await #expect(throws: Refused.self) { try await goals.settle(work, as: .done, as: test.joost) }
            for stranger in [test.leila, test.rafael, test.yusuf, test.greta] {
                await #expect(throws: NotFound()) { try await goals.page(of: work, as: stranger) }
                await #expect(throws: NotFound()) { try await goals.settle(work, as: .done, as: stranger) }
            }
        }
    }

    @Test("Everyone reads the company's objectives; administrators change them", arguments: TestEngines.all)
    func company(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let objective = try await test.company("Clinics stay")
            for viewer in test.everyone {
                #expect(try await goals.page(of: objective, as: viewer).mayWrite == viewer.isAdmin)
            }
            await #expect(throws: Refused.self) {
                try await goals.add(ObjectiveDraft(title: "Mine"), to: .company, as: test.leila)
            }
        }
    }

    @Test(
        "A team's objectives are changed by members, managers of members and administrators",
        arguments: TestEngines.all)
    func team(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let objective = try await test.team("First 30 days")
            for viewer in test.everyone {
                let mayWrite = try await goals.page(of: objective, as: viewer).mayWrite
                #expect(mayWrite == (viewer != test.yusuf), "\(viewer.name)")
            }
            // A team of Ana's alone: Joost writes because he manages her, Leila does not.
            let own = ID<Team>()
            try await test.database.write { [ana = test.ana.id] tx in
                try tx.run("insert into team (id, name, created_at) values (\(own), 'Onboarding', 1)")
                try tx.run("insert into team_member (team, person, joined_at) values (\(own), \(ana), 1)")
            }
            try await goals.add(ObjectiveDraft(title: "By her manager"), to: .team(own), as: test.joost)
            await #expect(throws: Refused.self) {
                try await goals.add(ObjectiveDraft(title: "By his"), to: .team(own), as: test.leila)
            }
            await #expect(throws: NotFound()) {
                try await goals.add(ObjectiveDraft(title: "Nowhere"), to: .team(ID()), as: test.joost)
            }
        }
    }

    @Test("Nobody adds to somebody else's own goals", arguments: TestEngines.all)
    func otherPersons(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = await #expect(throws: NotFound()) {
                try await test.product.goals.add(
                    ObjectiveDraft(title: "For you"), to: .person(test.ana.id), as: test.joost)
            }
        }
    }

    @Test(
        "What supports an objective is shown to those who may read it, and not counted for others",
        arguments: TestEngines.all)
    func supporters(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let team = try await test.team("First 30 days")
            try await test.goal("Ana's secret aim", of: test.ana, supporting: team)
            try await test.addWork("Ana's secret work", of: test.ana, serving: team)
            for viewer in test.everyone {
                let page = try await test.product.goals.page(of: team, as: viewer)
                let mayRead = viewer == test.ana || viewer == test.joost
                #expect(page.supportedBy.count == (mayRead ? 1 : 0), "\(viewer.name)")
                #expect(page.work.count == (mayRead ? 1 : 0), "\(viewer.name)")
            }
        }
    }

    @Test("The overview of a report is shown to their manager alone", arguments: TestEngines.all)
    func overview(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            try await test.goal("Ana's aim", of: test.ana)
            let question = GoalsQuestion(person: test.ana.id)
            let seen = try await test.product.goals.overview(question, as: test.joost)
            #expect(seen.goals.map(\.objective.title) == ["Ana's aim"])
            for stranger in [test.leila, test.rafael, test.yusuf, test.greta] {
                await #expect(throws: NotFound()) {
                    try await test.product.goals.overview(question, as: stranger)
                }
                let own = try await test.product.goals.overview(as: stranger)
                #expect(own.goals.isEmpty)
            }
        }
    }

    @Test("The journal never holds the words of somebody's own goal", arguments: TestEngines.all)
    func journal(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let goals = test.product.goals
            let parent = try await test.goal("Secret parent", of: test.ana)
            let goal = try await test.goal("Secret aim", of: test.ana, supporting: parent)
            _ = try await goals.change(
                goal, to: ObjectiveDraft(title: "Secret change", standing: "secret"), basedOn: 1, as: test.ana
            )
            try await goals.rank(goal, 1, as: test.ana)
            try await goals.unlink(goal, from: parent.text, as: test.ana)
            try await goals.settle(goal, as: .reached, saying: "secret words", as: test.ana)
            let work = try await test.addWork("Secret work", of: test.ana, serving: parent)
            try await goals.settle(work, as: .done, saying: "secret words", as: test.ana)
            let details = try await test.database.read { tx in
                try tx.values(String.self, "select detail from journal")
            }
            #expect(details.count >= 9)
            #expect(!details.contains { $0.lowercased().contains("secret") })
        }
    }
}
