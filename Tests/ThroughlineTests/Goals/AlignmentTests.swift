import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("What a person's goals and work have to do with the team's")
struct AlignmentTests {
    @Test(
        "A goal and the work behind it stand beside the objective that they support",
        arguments: TestEngines.all)
    func support(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let team = try await test.team("One person owns the first 30 days")
            let goal = try await test.goal("The first week runs itself", of: test.ana, supporting: team)
            try await test.addWork("Handoff owner pilot", of: test.ana, serving: team)
            try await test.addWork("Setup wizard", of: test.ana, serving: goal)
            let alignment = try await test.alignment(of: test.ana)
            #expect(alignment.lines.count == 1)
            #expect(alignment.lines.first?.goals.map(\.title) == ["The first week runs itself"])
            #expect(alignment.lines.first?.work.map(\.title) == ["Handoff owner pilot", "Setup wizard"])
            #expect(alignment.looseGoals.isEmpty)
            #expect(alignment.looseWork.isEmpty)
            #expect(alignment.gaps.isEmpty)
        }
    }

    @Test(
        "Work and goals that support nothing, and objectives that nothing supports, are shown",
        arguments: TestEngines.all)
    func gaps(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            try await test.team("Clinics see their results")
            let dropped = try await test.team("An old aim")
            let goal = try await test.goal("Learn to write", of: test.ana)
            try await test.addWork("Help-centre migration", of: test.ana)
            try await test.addWork("A course", of: test.ana, serving: goal)
            try await test.addWork("What the old aim needed", of: test.ana, serving: dropped)
            try await test.product.goals.settle(dropped, as: .dropped, as: test.joost)
            let alignment = try await test.alignment(of: test.ana)
            #expect(alignment.gaps.map(\.title) == ["Clinics see their results"])
            #expect(alignment.looseGoals.map(\.title) == ["Learn to write"])
            #expect(alignment.idleGoals.isEmpty)
            // The course serves a goal, though the goal serves nothing.
            #expect(alignment.looseWork.map(\.title) == ["Help-centre migration", "What the old aim needed"])
        }
    }

    @Test(
        "A goal that no work serves is told from one that work serves through another",
        arguments: TestEngines.all)
    func idle(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let outer = try await test.goal("Outer", of: test.ana)
            let inner = try await test.goal("Inner", of: test.ana, supporting: outer)
            try await test.goal("Idle", of: test.ana)
            let work = try await test.addWork("Work", of: test.ana, serving: inner)
            #expect(try await test.alignment(of: test.ana).idleGoals.map(\.title) == ["Idle"])
            try await test.product.goals.settle(work, as: .paused, as: test.ana)
            #expect(
                try await test.alignment(of: test.ana).idleGoals.map(\.title) == ["Outer", "Inner", "Idle"])
        }
    }

    @Test("What the team carries to a company objective is no gap", arguments: TestEngines.all)
    func through(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let company = try await test.company("Clinics that join us stay")
            let team = try await test.team("One person owns the first 30 days", supporting: company)
            try await test.goal("The first week runs itself", of: test.ana, supporting: team)
            let alignment = try await test.alignment(of: test.ana)
            let line = alignment.lines.first { $0.objective.id == company }
            #expect(line?.goals.isEmpty == true)
            #expect(line?.through.map(\.id) == [team])
            #expect(line?.isGap == false)
            // Of Rafael's, nothing supports either.
            #expect(try await test.alignment(of: test.rafael).gaps.count == 2)
        }
    }

    @Test("Priorities come in their order, the team's before the company's", arguments: TestEngines.all)
    func order(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let company = try await test.company("Company first")
            try await test.company("Company, no priority")
            let second = try await test.team("Team second")
            let first = try await test.team("Team first")
            try await test.product.goals.rank(company, 1, as: test.greta)
            try await test.product.goals.rank(second, 1, as: test.joost)
            try await test.product.goals.rank(first, 1, as: test.joost)
            let titles = try await test.alignment(of: test.ana).lines.map(\.objective.title)
            #expect(titles == ["Team first", "Company first", "Team second", "Company, no priority"])
        }
    }

    @Test("Only the employee's own goals and teams are in it, in four queries", arguments: TestEngines.all)
    func scope(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let team = try await test.team("The team's")
            try await test.goal("Rafael's own", of: test.rafael, supporting: team)
            try await test.addWork("Rafael's work", of: test.rafael, serving: team)
            let loner = try await test.alignment(of: test.yusuf)
            #expect(loner.isEmpty)
            test.database.reset()
            let ana = try await test.alignment(of: test.ana)
            #expect(test.database.count <= 4)
            #expect(ana.lines.map(\.goals.isEmpty) == [true])
            #expect(ana.looseGoals.isEmpty)
        }
    }

    @Test(
        "Verdicts are given on open goals and work under way, with what they support",
        arguments: TestEngines.all)
    func subjects(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let company = try await test.company("Company aim")
            let team = try await test.team("Team aim")
            let goal = try await test.goal("My goal", of: test.ana, supporting: company, team)
            let done = try await test.goal("A goal that is reached", of: test.ana)
            try await test.product.goals.settle(done, as: .reached, as: test.ana)
            try await test.addWork("My work", of: test.ana, serving: goal)
            let paused = try await test.addWork("Paused work", of: test.ana)
            try await test.product.goals.settle(paused, as: .paused, as: test.ana)
            let subjects = try await test.database.read { [id = test.ana.id] tx in
                try Goals.subjects(of: id, in: tx)
            }
            #expect(subjects.map(\.title) == ["My goal", "My work"])
            #expect(subjects.map { $0.supports.map(\.title) } == [["Team aim", "Company aim"], ["My goal"]])
        }
    }
}
