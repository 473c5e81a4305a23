import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Throughline

@Suite("The recap in a browser")
struct RecapRoutesTests {
    @Test("From the end of the talk to a record that both have confirmed")
    func whole() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            let open = try await web.get("/sessions/\(id)/recap", as: test.ana)
            #expect(open.body.contains("Yes, that is what we agreed"))
            #expect(open.body.contains("Ana takes on “Write the case” by 3 December."))
            #expect(open.body.contains("Thursday 17 December, 14:00 to 14:50"))
            let yes = try await web.post("/sessions/\(id)/confirmation", ["version": "1"], as: test.ana)
            #expect(yes.status == .seeOther)
            let waiting = try await web.get("/sessions/\(id)/recap", as: test.joost)
            #expect(waiting.body.contains("Ana has said yes; it waits for you."))
            for _ in 0..<2 {
                #expect(
                    try await web.post("/sessions/\(id)/confirmation", ["version": "1"], as: test.joost)
                        .status == .seeOther)
            }
            let record = try await web.get("/sessions/\(id)/recap", as: test.joost)
            #expect(record.body.contains("What we said yes to"))
            #expect(!record.body.contains("Change the words"))
            #expect(record.body.contains("Add an amendment"))
            #expect(
                try await web.get("/sessions/\(id)/run", as: test.ana).location == "/sessions/\(id)/recap")
        }
    }

    @Test("It needs twelve queries or fewer, before and after it is confirmed")
    func queries() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            for _ in 0..<2 {
                test.database.reset()
                #expect(try await web.get("/sessions/\(id)/recap", as: test.ana).status == .ok)
                #expect(test.database.count <= 12, "\(test.database.count)")
                for person in [test.ana, test.joost] {
                    _ = try await test.product.sessions.confirm(id, seen: 1, as: person)
                }
            }
        }
    }

    @Test("A yes to a version that has changed is answered with what happened")
    func changed() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            _ = try await web.post("/sessions/\(id)/confirmation", ["version": "1"], as: test.ana)
            let edit = try await web.post(
                "/sessions/\(id)/recap", ["version": "1", "oath": "We do it."], as: test.joost)
            #expect(edit.status == .seeOther)
            let page = try await web.get("/sessions/\(id)/recap", as: test.ana)
            #expect(page.body.contains("was to an earlier wording"))
            let late = try await web.post("/sessions/\(id)/confirmation", ["version": "1"], as: test.ana)
            #expect(late.status == .conflict)
            #expect(late.body.contains("Joost changed the recap"))
        }
    }

    @Test("Two edits of one line are both shown, to choose from")
    func versions() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            _ = try await web.post(
                "/sessions/\(id)/recap", ["version": "1", "oath": "Joost’s."], as: test.joost)
            let choice = try await web.post(
                "/sessions/\(id)/recap", ["version": "1", "oath": "Ana’s."], as: test.ana)
            #expect(choice.status == .conflict)
            #expect(choice.body.contains("Joost’s.") && choice.body.contains("Ana’s."))
            let chosen = try await web.post(
                "/sessions/\(id)/recap", ["version": "2", "oath": "Ana’s."], as: test.ana)
            #expect(chosen.status == .seeOther)
            #expect(try await web.get("/sessions/\(id)/recap", as: test.joost).body.contains("Ana’s."))
        }
    }

    @Test("What can't be taken stays on the page")
    func rejected() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            let empty = try await web.post(
                "/sessions/\(id)/recap", ["version": "1", "oath": " "], as: test.ana)
            #expect(empty.status == .unprocessableContent)
            #expect(empty.body.contains("Write the sentence that you both say yes to."))
            let off = try await web.post(
                "/sessions/\(id)/corrections", ["version": "1", "about": "nothing", "wording": "<i>So</i>"],
                as: test.ana)
            #expect(off.status == .unprocessableContent)
            #expect(off.body.contains("&lt;i&gt;So&lt;/i&gt;"))
            let next = try await web.post(
                "/sessions/\(id)/next", ["title": "Next", "when": "own", "own": "2020-01-01T09:00"],
                as: test.ana)
            #expect(next.status == .unprocessableContent)
            #expect(next.body.contains("That time has passed."))
            #expect(
                try await web.post("/sessions/\(id)/recap", ["version": "99", "oath": "x"], as: test.ana)
                    .status == .conflict)
        }
    }

    @Test("A correction is answered on the page")
    func correction() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            let key = ID<RecapCorrection>()
            _ = try await web.post(
                "/sessions/\(id)/corrections",
                [
                    "version": "1", "id": key.text, "about": "takeaways-1",
                    "wording": "In 6 days, the others in 13.",
                ], as: test.ana)
            let page = try await web.get("/sessions/\(id)/recap", as: test.joost)
            #expect(page.body.contains("<ins>In 6 days, the others in 13.</ins>"))
            #expect(page.body.contains("Answer Ana’s wording above"))
            #expect(!page.body.contains("Yes, that is what we agreed"))
            let taken = try await web.post("/sessions/\(id)/corrections/\(key)/adoption", as: test.joost)
            #expect(taken.status == .seeOther)
            #expect(
                try await web.get("/sessions/\(id)/recap", as: test.ana).body.contains("Joost took it over"))
        }
    }

    @Test("A next step that was removed from a recap can be brought back")
    func bringBack() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            let path = "/sessions/\(id)/recap"
            let step = try #require(try await test.product.sessions.recap(id, as: test.ana).actions.first)
            let before = try await web.get(path, as: test.ana)
            #expect(!before.body.contains("Bring it back"))
            let removed = try await web.post("/sessions/\(id)/actions/\(step.id)/removal", as: test.ana)
            #expect(removed.location == "\(path)#next-steps")
            let page = try await web.get(path, as: test.joost)
            #expect(page.body.contains("Bring it back<span class=\"vh\">: \(step.body)</span>"))
            #expect(page.body.contains("action=\"/sessions/\(id)/actions/\(step.id)/return\""))
            _ = try await web.post("/sessions/\(id)/actions/\(step.id)/return", as: test.joost)
            #expect(try await test.product.sessions.recap(id, as: test.ana).actions.contains { $0.id == step.id })
        }
    }

    @Test("A copy in Markdown is a file of that type")
    func markdown() async throws {
        try await withWeb { web in
            let id = try await web.test.confirmedSession()
            let copy = try await web.get("/sessions/\(id)/recap.md", as: web.test.ana)
            #expect(copy.status == .ok)
            #expect(copy.headers[.contentType] == "text/markdown; charset=utf-8")
            #expect(copy.headers[.contentDisposition] == "attachment; filename=\"recap-2026-11-19.md\"")
            #expect(copy.body.hasPrefix("# Where onboarding puts its weight\n"))
        }
    }

    @Test("The letter is shown as it will arrive, and says nothing private")
    func mail() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            _ = try await test.product.sessions.save(
                "Secret", to: .privateNotes, basedOn: 0, in: id, as: test.ana)
            let mail = try await web.get("/sessions/\(id)/recap/mail", as: test.ana)
            #expect(mail.status == .ok)
            #expect(!mail.body.contains("Secret"))
            #expect(mail.body.contains("Write the case") && mail.body.contains("prefers-color-scheme:dark"))
            for person in [test.ana, test.joost] {
                _ = try await test.product.sessions.confirm(id, seen: 1, as: person)
            }
            _ = try await web.post(
                "/sessions/\(id)/next", ["title": "Next", "when": "own", "own": "2026-12-17T10:00"],
                as: test.ana)
            let sent = try await web.get("/sessions/\(id)/recap/mail", as: test.ana)
            #expect(
                sent.body.contains("You both confirmed this at 14:48") && !sent.body.contains("17 December"))
        }
    }

    @Test("Notes stay readable, and private notes writable by their author alone, after the talk")
    func notes() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            _ = try await sessions.save("Six clinics.", to: .notes2, basedOn: 0, in: id, as: test.ana)
            for person in [test.ana, test.joost] {
                _ = try await sessions.confirm(id, seen: 1, as: person)
            }
            let saved = try await web.post(
                "/sessions/\(id)/run/private", ["body": "Mine alone", "version": "0"], as: test.ana)
            #expect(saved.status == .seeOther)
            let mine = try await web.get("/sessions/\(id)/recap", as: test.ana)
            #expect(mine.body.contains("Six clinics.") && mine.body.contains("Mine alone"))
            let theirs = try await web.get("/sessions/\(id)/recap", as: test.joost)
            #expect(theirs.body.contains("Six clinics.") && !theirs.body.contains("Mine alone"))
            let long = try await web.post(
                "/sessions/\(id)/run/private",
                ["body": String(repeating: "x", count: 20_001), "version": "1"],
                as: test.ana)
            #expect(long.status == .unprocessableContent)
        }
    }

    @Test("The next session comes with what was ticked")
    func next() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.closingSession()
            let parked = try #require(
                try await test.product.sessions.recap(id, as: test.ana).carryOver.first { $0.kind == .parked }
            )
            let answer = try await web.post(
                "/sessions/\(id)/next",
                ["title": "Next", "when": "own", "own": "2026-12-17T10:00", "carry": parked.value],
                as: test.ana)
            #expect(answer.status == .seeOther)
            let page = try await web.get("/sessions/\(id)/recap", as: test.joost)
            #expect(page.body.contains("Thursday 17 December, 10:00 to 10:50"))
            #expect(page.body.contains("proposed; it waits for you"))
            let location = try #require(answer.location)
            #expect(try await web.get(location, as: test.joost).status == .ok)
        }
    }
}
