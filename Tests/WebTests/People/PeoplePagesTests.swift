import Foundation
import HTTPTypes
import Mail
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("People, teams and settings pages")
struct PeoplePagesTests {
    @Test(
        "Pages about people take few queries",
        arguments: ["/people", "/teams", "/settings", "person", "team", "/people/new"])
    func queries(path: String) async throws {
        try await withWeb { web in
            let test = web.test
            let path = ["person": "/people/\(test.ana.id)", "team": "/teams/\(test.team)"][path] ?? path
            test.database.reset()
            let answer = try await web.get(path, as: test.greta)
            #expect(answer.status == .ok)
            #expect(test.database.count <= 9, "\(test.database.statements)")
        }
    }

    @Test("Everybody sees a colleague's page, and only administrators see how to change it")
    func person() async throws {
        try await withWeb { web in
            let test = web.test
            let mine = try await web.get("/people/\(test.joost.id)", as: test.yusuf)
            #expect(mine.body.contains("Ask Joost for a session"))
            #expect(mine.body.contains("/sessions/new?with=\(test.joost.id)"))
            #expect(!mine.body.contains("joost@larkfield.example"))
            #expect(!mine.body.contains("for administrators"))
            let theirs = try await web.get("/people/\(test.joost.id)", as: test.greta)
            #expect(theirs.body.contains("joost@larkfield.example"))
            #expect(theirs.body.contains("Deactivate Joost Hendriks"))
            let own = try await web.get("/people/\(test.ana.id)", as: test.ana)
            #expect(own.body.contains("Change your settings"))
            for id in [ID<Person>().text, "nonsense", "0"] {
                #expect(try await web.get("/people/\(id)", as: test.ana).status == .notFound)
            }
        }
    }

    @Test("What is for administrators is not there for others")
    func administrators() async throws {
        try await withWeb { web in
            let test = web.test
            let forms: [(String, KeyValuePairs<String, String>)] = [
                ("/people", ["name": "N", "email": "n@larkfield.example", "role": "admin"]),
                ("/people/\(test.rafael.id)/place", ["job": "", "role": "admin", "manager": ""]),
                ("/people/\(test.rafael.id)/email", ["email": "r@larkfield.example"]),
                ("/people/\(test.rafael.id)/invitation", [:]),
                ("/people/\(test.rafael.id)/password-reset", [:]),
                ("/people/\(test.rafael.id)/deactivation", [:]),
                ("/people/\(test.rafael.id)/reactivation", [:]),
                ("/teams", ["name": "N"]),
                ("/teams/\(test.team)", ["name": "N"]),
                ("/teams/\(test.team)/archival", [:]),
                ("/teams/\(test.team)/restoration", [:]),
                ("/teams/\(test.team)/members", ["person": test.yusuf.id.text]),
                ("/teams/\(test.team)/members/\(test.ana.id)/removal", [:]),
            ]
            for (path, fields) in forms {
                // Joost is Rafael's manager, Rafael it is about, Yusuf is a stranger to both.
                for viewer in [test.joost, test.rafael, test.yusuf] {
                    let answer = try await web.post(path, fields, as: viewer)
                    #expect(answer.status == .notFound, "\(path)")
                }
                let nobodys = try await web.post(path, fields, as: nil)
                #expect(nobodys.status == .unauthorized, "\(path)")
            }
            let page = try await web.get("/people/new", as: test.joost)
            #expect(page.status == .notFound)
        }
    }

    @Test("An administrator is shown an invitation's link once, and wrong ones keep what was typed")
    func invites() async throws {
        try await withWeb { web in
            let test = web.test
            let wrong = try await web.post(
                "/people",
                [
                    "name": "No\u{202E}or", "email": "ana@larkfield.example", "role": "member", "job": "<i>",
                    "manager": "x",
                ], as: test.greta)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.body.contains("Ana Duarte has this address already."))
            #expect(wrong.body.contains("value=\"&lt;i&gt;\""))
            #expect(wrong.body.contains("id=\"invite-manager-error\""))
            let right = try await web.post(
                "/people", ["name": "Noor", "email": "noor@larkfield.example", "role": "member"],
                as: test.greta)
            #expect(right.status == .ok)
            #expect(right.body.contains("data-copy=\"http://localhost:8080/invitations/"))
            let list = try await web.get("/people?q=noor", as: test.greta)
            #expect(list.body.contains("<span class=\"tag\">invited</span>"))
            #expect(!list.body.contains("/invitations/"))
        }
    }

    @Test("Where no mail server is set up, nobody is told that a link is on its way")
    func unmailed() async throws {
        let server = WebSettings(mail: .smtp(.init(host: "mail.larkfield.example", user: "u", password: "p")))
        for (settings, isMailed) in [(WebSettings(), false), (server, true)] {
            try await withWeb(settings: settings) { web in
                let test = web.test
                let invited = try await web.post(
                    "/people", ["name": "Noor", "email": "noor@larkfield.example", "role": "member"], as: test.greta)
                let reset = try await web.post("/people/\(test.yusuf.id)/password-reset", as: test.greta)
                for page in [invited, reset] {
                    #expect(page.status == .ok && page.body.contains("data-copy="))
                    #expect(page.body.contains("It is on its way to") == isMailed)
                    let told = "No mail server is set up, so no mail reaches them. Hand this link over yourself."
                    #expect(page.body.contains(told) == !isMailed)
                }
                let form = try await web.get("/people/new", as: test.greta)
                #expect(form.body.contains("They get a link by e-mail") == isMailed)
                let person = try await web.get("/people/\(test.yusuf.id)", as: test.greta)
                #expect(person.body.contains("e-mailed to Yusuf where a mail server is set up"))
            }
        }
    }

    @Test("What somebody looks after is there to be handed over, and nothing of it that is others’ to read")
    func holdings() async throws {
        try await withWeb { web in
            let test = web.test
            let page = "/people/\(test.ana.id)"
            let before = try await web.get(page, as: test.greta)
            #expect(before.body.contains("Ana looks after no objective that you may read"))
            _ = try await web.make(.session(.agreed), of: test.ana)
            _ = try await web.make(.session(.confirmed), of: test.ana)
            _ = try await web.make(.series, of: test.ana)
            _ = try await web.make(.goal, of: test.ana)
            let seen = ID<Objective>()
            let now = test.clock.now
            try await test.database.write { tx in
                try tx.run(
                    """
                    insert into objective (id, level, owner, title, created_by, created_at, changed_by, changed_at)
                    values (\(seen), 'company', \(test.ana.id), 'Half the <b>churn', \(test.ana.id), \(now),
                        \(test.ana.id), \(now))
                    """)
                try tx.run("update objective set title = 'My own affair' where level = 'person'")
                try tx.run("update session set title = 'Our own affair'")
            }
            let counted = try await test.database.read { tx in
                try Holdings.load(of: test.ana.id, for: test.greta, in: tx)
            }
            #expect(counted.commitments > 0 && counted.sessions > 0 && counted.series > 0)
            for _ in 0..<2 {
                let shown = try await web.get(page, as: test.greta).body
                #expect(shown.contains("href=\"/goals/\(seen)\">Half the &lt;b&gt;churn</a>"))
                let sessions = Words.counted(counted.sessions, "agreed session")
                #expect(shown.lowercased().contains("<li>\(sessions)</li>"))
                #expect(shown.contains("<li>One series of sessions</li>"))
                for hidden in ["My own affair", "Our own affair"] { #expect(!shown.contains(hidden)) }
                _ = try await web.post("\(page)/deactivation", as: test.greta)
            }
            #expect(try await !web.get(page, as: test.joost).body.contains("still looks after"))
        }
    }

    @Test("A circle in the reporting line is told at the field")
    func circle() async throws {
        try await withWeb { web in
            let test = web.test
            let answer = try await web.post(
                "/people/\(test.leila.id)/place",
                ["job": "VP Product", "role": "member", "manager": test.ana.id.text], as: test.greta)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.body.contains("Ana Duarte reports to Leila Farahani, directly or through others"))
            #expect(answer.body.contains("aria-describedby=\"place-manager-error\""))
            #expect(answer.body.contains("value=\"VP Product\""))
            let last = try await web.post("/people/\(test.greta.id)/deactivation", as: test.greta)
            #expect(last.status == .unprocessableContent)
            #expect(last.body.contains("is the only administrator"))
        }
    }

    @Test("The search says how many it found, and what to do when there is nobody")
    func search() async throws {
        try await withWeb { web in
            let found = try await web.get("/people?q=growth", as: web.test.ana)
            #expect(found.body.contains("4 of 6 people match “growth”."))
            let none = try await web.get("/people?q=%3Cscript%3E", as: web.test.ana)
            #expect(none.body.contains("Nobody matches “&lt;script&gt;”."))
            #expect(try await web.get("/people?q=%00%FF", as: web.test.ana).status.code < 500)
        }
    }

    @Test("A profile is saved, or comes back with what is wrong")
    func profile() async throws {
        try await withWeb { web in
            let test = web.test
            let wrong = try await web.post(
                "/settings/profile",
                ["name": "", "job": "PM", "time-zone": "../../etc/passwd", "locale": "xx"],
                as: test.ana)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.body.contains("value=\"PM\""))
            for field in ["name", "time-zone", "locale", "pre-read"] {
                #expect(wrong.body.contains("id=\"profile-\(field)-error\""), "\(field)")
            }
            let right = try await web.post(
                "/settings/profile",
                [
                    "name": "آنا", "pronouns": "", "job": "e\u{301}\u{302}", "time-zone": "Asia/Kolkata",
                    "locale": "en-GB", "pre-read": "page",
                ], as: test.ana)
            #expect(right.location == "/settings#profile")
            let page = try await web.get("/people/\(test.ana.id)", as: test.joost)
            #expect(page.body.contains("4 hours and 30 minutes ahead of you"))
        }
    }

    @Test("Whoever lives by a zone that is no longer offered can still save a profile")
    func oldZone() async throws {
        try await withWeb { web in
            let test = web.test
            for (sent, kept) in [("UTC", "GMT"), ("Africa/Asmera", "Africa/Asmera"), ("Asia/Calcutta", "Asia/Kolkata")]
            {
                let fields: KeyValuePairs = [
                    "name": "Ana Duarte", "time-zone": sent, "locale": "en-GB", "pre-read": "page",
                ]
                #expect(try await web.post("/settings/profile", fields, as: test.ana).status == .seeOther)
                let page = try await web.get("/settings", as: test.ana)
                #expect(page.body.contains("<option value=\"\(kept)\" selected>"))
                let again: KeyValuePairs = [
                    "name": "Ana Duarte", "time-zone": kept, "locale": "en-GB", "pre-read": "page",
                ]
                #expect(try await web.post("/settings/profile", again, as: test.ana).status == .seeOther)
            }
        }
    }

    @Test("Control characters that were typed don't come back, and the rest does")
    func controlCharacters() async throws {
        try await withWeb { web in
            let page = try await web.post(
                "/settings/profile", ["name": "", "job": "P\u{0}\u{1B}[31mM\u{7F}\u{9F}"], as: web.test.ana)
            #expect(page.status == .unprocessableContent)
            #expect(page.body.contains("value=\"P[31mM\""))
            #expect(!page.body.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
        }
    }

    @Test("One ends one's own sign-ins only")
    func signIns() async throws {
        try await withWeb { web in
            let test = web.test
            _ = try await test.signIn(test.ana)
            let mine = try await test.product.people.settings(as: test.ana).signIns
            #expect(mine.count == 2)
            for signIn in mine {
                let answer = try await web.post("/settings/sign-ins/\(signIn.id)/end", as: test.joost)
                #expect(answer.status == .notFound)
            }
            let page = try await web.get("/settings", as: test.ana)
            #expect(page.body.contains("in 2 places"))
            #expect(page.body.contains(", this one"))
            #expect(try await web.post("/settings/sign-ins/nonsense/end", as: test.ana).status == .notFound)
        }
    }

    @Test("Teams are looked after in place")
    func teams() async throws {
        try await withWeb { web in
            let test = web.test
            let taken = try await web.post(
                "/teams", ["name": "customer growth", "purpose": "x"], as: test.greta)
            #expect(taken.status == .unprocessableContent)
            #expect(taken.body.contains("There is a team called Customer Growth already"))
            let made = try await web.post("/teams", ["name": "Data", "purpose": "To know."], as: test.greta)
            let path = try #require(made.location)
            let added = try await web.post("\(path)/members", ["person": test.yusuf.id.text], as: test.greta)
            #expect(added.status == .seeOther)
            let nobody = try await web.post("\(path)/members", ["person": "x"], as: test.greta)
            #expect(nobody.status == .unprocessableContent)
            #expect(try await web.get(path, as: test.ana).body.contains("Yusuf Demir"))
            #expect(try await web.post("\(path)/archival", as: test.greta).location == path)
            #expect(try await !web.get("/teams", as: test.ana).body.contains("Data"))
            #expect(try await web.get("/teams/\(ID<Team>())", as: test.ana).status == .notFound)
        }
    }

    @Test("Help and the rules on who can read what are open to everybody")
    func pages() async throws {
        try await withWeb { web in
            for viewer in [web.test.ana, nil] {
                #expect(try await web.get("/help", as: viewer).status == .ok)
                let privacy = try await web.get("/privacy", as: viewer)
                #expect(privacy.body.contains("Not the other person, not your manager, not administrators"))
            }
        }
    }
}
