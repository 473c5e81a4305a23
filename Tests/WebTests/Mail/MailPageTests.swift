import Foundation
import HTTPTypes
import Mail
import Storage
import TestSupport
import Testing
import Web

@testable import Throughline

@Suite("The page about mail")
struct MailPageTests {
    @Test("Only administrators see it; for others it isn't there")
    func access() async throws {
        try await withWeb { web in
            let id = try await web.queue("recap/1", kind: "recap", to: web.test.ana)
            try await web.mark("failed")
            #expect(try await web.get("/mail", as: web.test.greta).status == .ok)
            for viewer in [web.test.ana, web.test.joost, web.test.yusuf] {
                #expect(try await web.get("/mail", as: viewer).status == .notFound)
                #expect(try await web.post("/mail/\(id)/retry", as: viewer).status == .notFound)
            }
            #expect(try await web.get("/mail", as: nil).location?.hasPrefix("/sign-in") == true)
            #expect(try await web.post("/mail/\(id)/retry", as: nil).status == .unauthorized)
            #expect(try await web.state(of: id) == "failed")
        }
    }

    @Test("What passes between two people isn't shown, not even what it is called")
    func privateWords() async throws {
        try await withWeb { web in
            for kind in ["recap", "ask", "answer", "account"] {
                try await web.queue("\(kind)/1", kind: kind, to: web.test.ana)
            }
            let page = try await web.get("/mail", as: web.test.greta).body
            #expect(page.contains("Only its reader sees what it says."))
            #expect(page.contains("ana@larkfield.example"))
            #expect(!page.contains("Subject of"))
            #expect(!page.contains("Secret words"))
        }
    }

    @Test("Without a mail server it says so, names the folder, and shows invitations with their link")
    func folder() async throws {
        try await withWeb(settings: WebSettings(mail: .folder("/srv/larkfield/mail"))) { web in
            try await web.queue("invitation/1", kind: "invitation", to: web.test.ana)
            let page = try await web.get("/mail", as: web.test.greta).body
            #expect(page.contains("No mail server is set up."))
            #expect(page.contains("<code>/srv/larkfield/mail</code>"))
            #expect(page.contains("THROUGHLINE_MAIL_SMTP_HOST"))
            #expect(page.contains("data-copy=\"http://localhost:8080/invitations/k3y\""))
            #expect(page.contains("Secret words"))
        }
    }

    @Test("With a mail server, links stay in the letters that carry them")
    func server() async throws {
        let settings = WebSettings(
            mail: .smtp(.init(host: "mail.larkfield.example", user: "u", password: "pass-word")))
        try await withWeb(settings: settings) { web in
            try await web.queue("invitation/1", kind: "invitation", to: web.test.ana)
            let page = try await web.get("/mail", as: web.test.greta).body
            #expect(page.contains("mail.larkfield.example, port 587"))
            #expect(page.contains("Subject of invitation/1"))
            for hidden in ["k3y", "Secret words", "pass-word", "No mail server"] {
                #expect(!page.contains(hidden))
            }
        }
    }

    @Test("A message that failed says why and can be tried again, once")
    func retry() async throws {
        try await withWeb { web in
            let id = try await web.queue("recap/1", kind: "recap", to: web.test.ana)
            try await web.mark("failed", problem: "Not delivered: <Nobody> of that name.")
            let page = try await web.get("/mail?state=failed", as: web.test.greta).body
            #expect(page.contains("One message could not be sent."))
            #expect(page.contains("Not delivered: &lt;Nobody&gt; of that name."))
            #expect(page.contains("action=\"/mail/\(id)/retry\""))
            for words in ["It is tried again", "It had not been given up"] {
                let answer = try await web.post("/mail/\(id)/retry", as: web.test.greta)
                #expect(answer.status == .seeOther)
                #expect(answer.location == "/mail#m-\(id)")
                let toast = answer.headers[.setCookie]?.removingPercentEncoding
                #expect(toast?.contains(words) == true)
                #expect(try await web.state(of: id) == "waiting")
            }
            try await web.mark("sent")
            _ = try await web.post("/mail/\(id)/retry", as: web.test.greta)
            #expect(try await web.state(of: id) == "sent")
        }
    }

    @Test("A message that isn't there, and an address that is none, lead nowhere")
    func missing() async throws {
        try await withWeb { web in
            for id in ["\(ID<Delivery>())", "x", "%00", String(repeating: "a", count: 3000)] {
                let answer = try await web.post("/mail/\(id)/retry", as: web.test.greta)
                #expect(answer.status == .notFound)
            }
            for query in [
                "state=nonsense", "before=x", "before=", "state=sent&before=\(ID<Delivery>())", "state=%FF",
            ] {
                let answer = try await web.get("/mail?\(query)", as: web.test.greta)
                #expect(answer.status == .ok)
            }
        }
    }

    @Test("It shows fifty at a time, by state, in few queries", arguments: TestEngines.all)
    func paging(engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            for number in 0..<120 {
                web.test.clock.now = web.test.clock.now.addingTimeInterval(1)
                try await web.queue("invitation/\(number)", kind: "invitation", to: web.test.ana)
            }
            var path: String? = "/mail?state=waiting"
            var counts: [Int] = []
            while let next = path {
                web.test.database.reset()
                let page = try await web.get(next, as: web.test.greta).body
                #expect(web.test.database.count <= 4)
                counts.append(page.components(separatedBy: "<li id=\"m-").count - 1)
                path = page.firstMatch(of: /href="([^"]*before=[^"]*)">Older/).map {
                    String($0.output.1).replacing("&amp;", with: "&")
                }
            }
            #expect(counts == [50, 50, 20])
            #expect(
                try await web.get("/mail?state=failed", as: web.test.greta).body.contains("Nothing failed."))
        }
    }

    @Test("Names that people chose are shown as text")
    func markup() async throws {
        try await withWeb { web in
            let ana = web.test.ana.id
            try await web.test.database.write { tx in
                try tx.run("update person set name = '<b>Ana</b>' where id = \(ana)")
            }
            try await web.queue("recap/1", kind: "recap", to: web.test.ana)
            try await web.mark("failed")
            let page = try await web.get("/mail", as: web.test.greta).body
            #expect(page.contains("&lt;b&gt;Ana&lt;/b&gt;"))
            #expect(!page.contains("<b>Ana</b>"))
        }
    }
}

extension TestWeb {
    @discardableResult
    fileprivate func queue(_ occasion: String, kind: String, to person: Viewer) async throws -> String {
        let now = test.clock.now
        let letter = Letter(
            subject: "Subject of \(occasion)", title: "Hello",
            blocks: [
                .paragraph("Secret words."),
                .button(label: "Join", address: "http://localhost:8080/invitations/k3y"),
            ])
        return try await test.database.write { tx in
            try Outbox.queue(letter, kind: kind, occasion: occasion, to: person.id, at: now, in: tx)
            return try tx.value(String.self, "select id from mail where occasion = \(occasion)") ?? ""
        }
    }

    fileprivate func mark(_ state: String, problem: String = "") async throws {
        try await test.database.write { tx in
            try tx.run("update mail set state = \(state), attempts = 3, last_problem = \(problem)")
        }
    }

    fileprivate func state(of id: String) async throws -> String? {
        try await test.database.read { tx in
            try tx.value(String.self, "select state from mail where id = \(id)")
        }
    }
}
