import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Coming in")
struct JoiningTests {
    private let draft = InvitationDraft(name: "Noor de Wit", email: "noor@larkfield.example", job: "Designer")
    private let join = JoinDraft(
        name: "Noor de Wit", pronouns: "she/her", timeZone: "Europe/Lisbon",
        password: "noor likes tall ships",
        passwordAgain: "noor likes tall ships")

    private func mail(_ test: TestProduct) async throws -> [String] {
        try await test.database.read { tx in
            try tx.values(
                String.self, "select to_email || ' ' || kind || ' ' || text_body from mail order by id")
        }
    }

    @Test("An empty product is set up once, by its newest link", arguments: TestEngines.all)
    func setUp(engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let product = Product(
                database: database, address: "http://localhost:8080", passwords: Passwords(cost: .low))
            let old = try token(#require(await product.setUp.linkIfNeeded()))
            let link = try token(#require(await product.setUp.linkIfNeeded()))
            let draft = SetUp.Draft(
                company: " Larkfield ", name: "Greta Olsen", email: "Greta@larkfield.example",
                password: "seven larks at dawn", passwordAgain: "seven larks at dawn", timeZone: "Europe/Oslo"
            )
            await #expect(throws: LinkFault.expired) {
                try await product.setUp.complete(link: old, draft, device: "A test")
            }
            var wrong = draft
            (wrong.company, wrong.timeZone, wrong.passwordAgain) = ("", "Mars/Olympus", "")
            let refusal = await #expect(throws: Invalid.self) {
                try await product.setUp.complete(link: link, wrong, device: "A test")
            }
            #expect(refusal?.problems.map(\.field) == ["company", "time-zone", "password-again"])

            let cookie = try await product.setUp.complete(link: link, draft, device: "A test")
            let viewer = try #require(try await product.signIns.viewer(holding: cookie))
            #expect(
                viewer.isAdmin && viewer.company == "Larkfield" && viewer.timeZone.identifier == "Europe/Oslo"
            )
            await #expect(throws: LinkFault.used) {
                try await product.setUp.complete(link: link, draft, device: "A test")
            }
            #expect(try await product.setUp.linkIfNeeded() == nil)
        }
    }

    @Test("Who is invited gets a letter, chooses a password, and is in", arguments: TestEngines.all)
    func invited(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let people = test.product.people
            var draft = draft
            (draft.manager, draft.team) = (test.joost.id.text, test.team.text)
            let link = try await people.invite(draft, as: test.greta)
            let letters = try await mail(test)
            #expect(letters.count == 1)
            #expect(letters[0].hasPrefix("noor@larkfield.example invitation"))
            #expect(letters[0].contains(link.address))

            let cookie = try await people.join(invitation: token(link.address), join, device: "A test")
            let noor = try #require(try await test.product.signIns.viewer(holding: cookie))
            let profile = try await people.profile(noor.id, as: test.ana)
            #expect(profile.manager?.id == test.joost.id)
            #expect(profile.teams.map(\.id) == [test.team])
            #expect(profile.person.pronouns == "she/her")
            #expect(noor.timeZone.identifier == "Europe/Lisbon")
            await #expect(throws: LinkFault.used) {
                try await people.join(invitation: token(link.address), join, device: "A test")
            }
        }
    }

    @Test(
        "A wrong invitation says what is wrong at its fields, and invites nobody", arguments: TestEngines.all)
    func wrongInvitations(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            func fields(_ draft: InvitationDraft) async -> [String]? {
                await #expect(throws: Invalid.self) {
                    try await test.product.people.invite(draft, as: test.greta)
                }?.problems.map(\.field)
            }
            #expect(
                await fields(InvitationDraft(name: " ", email: "", role: "king")) == [
                    "name", "email", "role",
                ])
            #expect(await fields(InvitationDraft(name: "A", email: "ANA@larkfield.example")) == ["email"])
            #expect(
                await fields(
                    InvitationDraft(
                        name: "A", email: "a@x.example", manager: ID<Person>().text, team: "no id at all"))
                    == ["manager", "team"])
            let long = InvitationDraft(name: String(repeating: "x", count: 121), email: "a@x.example")
            #expect(await fields(long) == ["name"])
            let letters = try await mail(test)
            #expect(letters.isEmpty)
        }
    }

    @Test("Only administrators invite", arguments: TestEngines.all)
    func onlyAdmins(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            await #expect(throws: NotFound.self) {
                try await test.product.people.invite(draft, as: test.leila)
            }
            // A page that was loaded while one still was an administrator doesn't help.
            try await test.product.people.place(
                test.leila.id, PlaceDraft(job: "", role: "admin", manager: ""), as: test.greta)
            let stale = Viewer(id: test.greta.id, name: "Greta", role: .admin, timeZone: .gmt)
            let leila = Viewer(id: test.leila.id, name: "Leila", role: .admin, timeZone: .gmt)
            try await test.product.people.place(
                test.greta.id, PlaceDraft(job: "", role: "member", manager: ""), as: leila)
            await #expect(throws: NotFound.self) { try await test.product.people.invite(draft, as: stale) }
        }
    }

    @Test("An invitation works for seven days, and another can be sent", arguments: TestEngines.all)
    func invitationsRunOut(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let people = test.product.people
            let link = try await people.invite(draft, as: test.greta)
            test.clock.advance(days: 8)
            await #expect(throws: LinkFault.expired) { try await people.invitation(token(link.address)) }
            let again = try await people.inviteAgain(link.person.id, as: test.greta)
            #expect(try await people.invitation(token(again.address)).person.id == link.person.id)
            #expect(try await mail(test).count == 2)
            await #expect(throws: Conflict.self) { try await people.inviteAgain(test.ana.id, as: test.greta) }
            for _ in 0..<4 { _ = try await people.inviteAgain(link.person.id, as: test.greta) }
            await #expect(throws: TooManyTries.self) {
                try await people.inviteAgain(link.person.id, as: test.greta)
            }
        }
    }

    @Test(
        "A forgotten password sends a letter to whom it may concern, and nothing to others",
        arguments: TestEngines.all)
    func forgotten(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let people = test.product.people
            try await people.deactivate(test.rafael.id, as: test.greta)
            for name in ["nobody", "rafael", "ANA"] {
                try await people.forgotPassword(email: "\(name)@larkfield.example", client: "192.0.2.1")
            }
            let letters = try await mail(test)
            #expect(letters.count == 1)
            #expect(letters.first?.hasPrefix("ana@larkfield.example password-reset") == true)
            for _ in 0..<4 {
                try await people.forgotPassword(email: "ana@larkfield.example", client: "192.0.2.2")
            }
            await #expect(throws: TooManyTries.self) {
                try await people.forgotPassword(email: "ana@larkfield.example", client: "192.0.2.3")
            }
        }
    }

    @Test(
        "A reset link sets a password once, within the hour, and signs out everywhere",
        arguments: TestEngines.all)
    func reset(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let people = test.product.people
            let before = try await test.signIn(test.ana)
            let link = try token(await people.resetPassword(test.ana.id, as: test.greta).address)
            let other = try token(await people.resetLink(forEmail: "Ana@larkfield.example"))
            let refusal = await #expect(throws: Invalid.self) {
                try await people.choosePassword(resetLink: link, "short", again: "short", device: "A test")
            }
            #expect(refusal?.problems.map(\.field) == ["password"])

            let password = "seven larks at dawn"
            let cookie = try await people.choosePassword(
                resetLink: link, password, again: password, device: "A test")
            #expect(try await test.product.signIns.viewer(holding: cookie)?.id == test.ana.id)
            #expect(try await test.product.signIns.viewer(holding: before) == nil)
            await #expect(throws: LinkFault.used) { try await people.person(ofResetLink: link) }
            // The password has changed, so the other link is over too.
            await #expect(throws: LinkFault.expired) { try await people.person(ofResetLink: other) }

            let late = try token(await people.resetLink(forEmail: "ana@larkfield.example"))
            test.clock.advance(minutes: 61)
            await #expect(throws: LinkFault.expired) { try await people.person(ofResetLink: late) }
        }
    }

    @Test(
        "What an administrator did to somebody's account stands in their settings", arguments: TestEngines.all
    )
    func seen(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let people = test.product.people
            _ = try await people.resetPassword(test.ana.id, as: test.greta)
            test.clock.advance(minutes: 1)
            try await people.changeEmail(of: test.ana.id, to: "ana.duarte@larkfield.example", as: test.greta)
            let events = try await people.settings(as: test.ana).events
            #expect(events.map(\.verb) == ["changed-email", "link-for-password"])
            #expect(events.allSatisfy { $0.by == "Greta Olsen" })
            #expect(try await people.settings(as: test.joost).events.isEmpty)
        }
    }

    @Test("A changed address ends the links sent to the old one, which is told", arguments: TestEngines.all)
    func changedEmail(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let people = test.product.people
            let link = try token(await people.resetPassword(test.ana.id, as: test.greta).address)
            try await people.changeEmail(of: test.ana.id, to: "Duarte@larkfield.example", as: test.greta)
            await #expect(throws: LinkFault.expired) { try await people.person(ofResetLink: link) }
            #expect(try await mail(test).contains { $0.hasPrefix("ana@larkfield.example account") })
            let taken = await #expect(throws: Invalid.self) {
                try await people.changeEmail(of: test.ana.id, to: "joost@larkfield.example", as: test.greta)
            }
            #expect(
                taken?.problems == [
                    Problem(field: "email", words: "Joost Hendriks has this address already.")
                ])
        }
    }
}
