import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("People and teams")
struct PeopleTests {
    private func problems(
        _ test: TestProduct, manager: Viewer?, of person: Viewer, role: String = "member"
    ) async throws -> [Problem] {
        do {
            let draft = PlaceDraft(job: "Lead", role: role, manager: manager?.id.text ?? "")
            try await test.product.people.place(person.id, draft, as: test.greta)
            return []
        } catch let invalid as Invalid {
            return invalid.problems
        }
    }

    @Test(
        "A reporting line can't go in a circle, however long, nor end in oneself", arguments: TestEngines.all)
    func noCircles(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            // Ana reports to Joost, Joost to Leila.
            #expect(try await problems(test, manager: test.ana, of: test.leila).map(\.field) == ["manager"])
            #expect(try await problems(test, manager: test.ana, of: test.joost).map(\.field) == ["manager"])
            #expect(try await problems(test, manager: test.joost, of: test.joost).map(\.field) == ["manager"])
            #expect(try await problems(test, manager: test.leila, of: test.ana) == [])
            #expect(try await problems(test, manager: test.ana, of: test.joost) == [])
            let profile = try await test.product.people.profile(test.joost.id, as: test.yusuf)
            #expect(profile.manager?.id == test.ana.id)
            #expect(profile.reports.map(\.id) == [test.rafael.id])
            #expect(profile.person.job == "Lead")
        }
    }

    @Test("Two changes at once can't close a circle", arguments: TestEngines.all)
    func noCirclesAtOnce(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            for _ in 0..<5 {
                for person in [test.yusuf, test.greta] {
                    try await test.product.people.setManager(of: person.id, to: nil, as: test.greta)
                }
                async let one: Void = test.product.people.setManager(
                    of: test.yusuf.id, to: test.greta.id, as: test.greta)
                async let two: Void = test.product.people.setManager(
                    of: test.greta.id, to: test.yusuf.id, as: test.greta)
                let results = (try? await one, try? await two)
                #expect((results.0 == nil) != (results.1 == nil))
            }
        }
    }

    @Test("There is always an administrator", arguments: TestEngines.all)
    func lastAdmin(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let people = test.product.people
            #expect(try await problems(test, manager: nil, of: test.greta).map(\.field) == ["role"])
            await #expect(throws: Refused.self) { try await people.deactivate(test.greta.id, as: test.greta) }
            #expect(try await problems(test, manager: nil, of: test.yusuf, role: "admin") == [])
            try await people.deactivate(test.greta.id, as: test.greta)
            await #expect(throws: NotFound.self) {
                try await people.deactivate(test.yusuf.id, as: test.greta)
            }
        }
    }

    @Test(
        "Who is deactivated is signed out; their record and their reports' line stay",
        arguments: TestEngines.all)
    func deactivated(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let people = test.product.people
            let cookie = try await test.signIn(test.joost)
            try await people.deactivate(test.joost.id, as: test.greta)
            #expect(try await test.product.signIns.viewer(holding: cookie) == nil)
            #expect(try await people.profile(test.joost.id, as: test.ana).person.state == .deactivated)
            #expect(try await people.profile(test.ana.id, as: test.leila).manager?.id == test.joost.id)
            #expect(try await !people.directory(as: test.ana).contains { $0.person.id == test.joost.id })
            #expect(try await people.directory(as: test.greta).contains { $0.person.id == test.joost.id })
            // Saving Ana's place without touching her manager is no mistake.
            #expect(try await problems(test, manager: test.joost, of: test.ana) == [])
            #expect(try await problems(test, manager: test.joost, of: test.yusuf).map(\.field) == ["manager"])

            try await people.reactivate(test.joost.id, as: test.greta)
            #expect(try await people.profile(test.joost.id, as: test.greta).person.state == .invited)
        }
    }

    @Test("The directory finds people by every word, without minding accents", arguments: TestEngines.all)
    func searches(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.product.people.invite(
                InvitationDraft(
                    name: "Élodie Novák", email: "elodie@larkfield.example", job: "Designer",
                    manager: test.leila.id.text, team: test.team.text),
                as: test.greta)
            let all = try await test.product.people.directory(as: test.greta)
            func found(_ search: String) -> [String] {
                all.filter { $0.matches(search) }.map(\.person.name)
            }
            #expect(found("ELODIE") == ["Élodie Novák"])
            #expect(found("novak growth") == ["Élodie Novák"])
            #expect(found("leila designer") == ["Élodie Novák"])
            #expect(found("elodie payments") == [])
            #expect(found("").count == 7)
            #expect(
                all.map(\.person.first) == ["Ana", "Élodie", "Greta", "Joost", "Leila", "Rafael", "Yusuf"])
            // Others don't see who has not come yet, neither in the list nor by the address of the page.
            let theirs = try await test.product.people.directory(as: test.ana)
            #expect(theirs.count == 6)
            let invited = try #require(all.first { $0.state == .invited })
            await #expect(throws: NotFound.self) {
                try await test.product.people.profile(invited.person.id, as: test.ana)
            }
        }
    }

    @Test("The directory takes two queries, however many people there are", arguments: TestEngines.all)
    func queries(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.product.people.directory(as: test.ana)
            #expect(test.database.count == 2)
        }
    }

    @Test("A profile is checked field by field", arguments: TestEngines.all)
    func profile(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            var draft = ProfileDraft(
                name: "", pronouns: String(repeating: "x", count: 41), job: "PM", timeZone: "GMT+3",
                locale: "tlh",
                preRead: "pigeon")
            let refusal = await #expect(throws: Invalid.self) {
                try await test.product.people.change(draft, as: test.ana)
            }
            #expect(
                refusal?.problems.map(\.field) == ["name", "pronouns", "time-zone", "locale", "pre-read"])
            draft = ProfileDraft(
                name: "  Ana\u{0007}  Duarte\n", pronouns: "", job: "PM", timeZone: "Asia/Kolkata",
                locale: "pt-PT", preRead: "none")
            try await test.product.people.change(draft, as: test.ana)
            let person = try await test.product.people.settings(as: test.ana).person
            #expect(person.name == "Ana Duarte")
            #expect(person.timeZone.identifier == "Asia/Kolkata")
            #expect(person.preRead == Person.PreRead.none)
        }
    }

    @Test("Teams are made, renamed, filled and put away by administrators alone", arguments: TestEngines.all)
    func teams(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let teams = test.product.teams
            await #expect(throws: NotFound.self) {
                _ = try await teams.create(name: "Data", purpose: "", as: test.leila)
            }
            let id = try await teams.create(name: " Data ", purpose: "To know.", as: test.greta)
            let taken = await #expect(throws: Invalid.self) {
                _ = try await teams.create(name: "DATA", purpose: "", as: test.greta)
            }
            #expect(taken?.problems.map(\.field) == ["name"])
            try await teams.change(id, name: "Data", purpose: "To know sooner.", as: test.greta)

            for _ in 0..<2 { try await teams.add(test.ana.id.text, to: id, as: test.greta) }
            await #expect(throws: Invalid.self) { try await teams.add("nobody", to: id, as: test.greta) }
            await #expect(throws: NotFound.self) {
                try await teams.add(test.ana.id.text, to: id, as: test.ana)
            }
            let profile = try await teams.profile(id, as: test.yusuf)
            #expect(profile.members.map(\.person.id) == [test.ana.id])
            #expect(profile.others.isEmpty)
            #expect(try await teams.all(as: test.yusuf).map(\.size) == [4, 1])

            try await teams.remove(test.ana.id, from: id, as: test.greta)
            await #expect(throws: NotFound.self) {
                try await teams.remove(test.ana.id, from: id, as: test.greta)
            }

            try await teams.setArchived(true, id, as: test.greta)
            #expect(try await teams.all(as: test.yusuf).map(\.team.name) == ["Customer Growth"])
            #expect(try await teams.all(as: test.greta).count == 2)
            try await teams.setArchived(false, id, as: test.greta)
            #expect(try await teams.all(as: test.yusuf).count == 2)
        }
    }
}
