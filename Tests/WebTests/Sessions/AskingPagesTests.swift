import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Pages for asking and answering")
struct AskingPagesTests {
    static func fields(
        to partner: Viewer, title: String = "Where onboarding puts its weight", id: String = ""
    ) -> KeyValuePairs<String, String> {
        [
            "id": id, "partner": partner.id.text, "purpose": "planning", "title": title, "length": "50",
            "day-1": "2026-11-19", "time-1": "14:00", "place": "Birch", "message": "", "drafted": "",
        ]
    }

    @Test("An ask leads to the session's page, where the other can say yes")
    func askAndAccept() async throws {
        try await withWeb { web in
            let form = try await web.get(
                "/sessions/new?with=\(web.test.joost.id)&purpose=growth", as: web.test.ana)
            #expect(form.status == .ok)
            #expect(form.body.contains("value=\"growth\" checked"))
            #expect(form.body.contains("Ask Joost"))

            let asked = try await web.post("/sessions", Self.fields(to: web.test.joost), as: web.test.ana)
            #expect(asked.status == .seeOther)
            let path = try #require(asked.location)
            let mine = try await web.get(path, as: web.test.ana)
            #expect(mine.body.contains("It waits for <b>Joost</b>"))
            #expect(!mine.body.contains("Yes, that suits me"))
            let theirs = try await web.get(path, as: web.test.joost)
            #expect(theirs.body.contains("Yes, that suits me"))
            #expect(theirs.body.contains("Thursday 19 November, 14:00</time> to 14:50"))

            let time = try #require(theirs.body.firstMatch(of: /name="time" value="([0-9a-f]{32})"/)).1
            let empty = try await web.post("\(path)/acceptance", as: web.test.joost)
            #expect(empty.status == .unprocessableContent)
            #expect(empty.body.contains("Choose one of the times."))
            let own = try await web.post("\(path)/acceptance", ["time": String(time)], as: web.test.ana)
            #expect(own.status == .conflict)
            for _ in 1...2 {
                let yes = try await web.post("\(path)/acceptance", ["time": String(time)], as: web.test.joost)
                #expect(yes.location == path)
            }
            #expect(try await web.get(path, as: web.test.ana).location == "\(path)/preparation")
        }
    }

    @Test("An empty title is refused once, with everything typed kept, and taken with its words kept")
    func title() async throws {
        try await withWeb { web in
            let no = try await web.post(
                "/sessions", Self.fields(to: web.test.joost, title: "Catch up"), as: web.test.ana)
            #expect(no.status == .unprocessableContent)
            #expect(no.body.contains("Answer the coach’s question, or keep your words."))
            // Said once, by the coach, with one way to keep the words.
            #expect(no.body.components(separatedBy: "could be any meeting").count == 2)
            #expect(no.body.components(separatedBy: "Keep my words").count == 2)
            #expect(no.body.contains("name=\"keep-title\""))
            #expect(no.body.contains("value=\"Catch up\""))
            #expect(no.body.contains("value=\"2026-11-19\""))
            #expect(no.body.contains("“Catch up”.\n\nWhat I prepare"))
            let yes = try await web.post(
                "/sessions",
                [
                    "partner": web.test.joost.id.text, "purpose": "planning", "title": "Catch up",
                    "length": "own",
                    "minutes": "30", "keep-title": "yes", "day-1": "2026-11-19", "time-1": "14:00",
                ], as: web.test.ana)
            #expect(yes.status == .seeOther)
        }
    }

    @Test(
        "Whatever is typed is shown back as text",
        arguments: [
            "<script>alert(1)</script>", "\" onfocus=\"x", "שלום", "a\u{301}\u{200D}🧑‍🚀", "\u{7}\u{1B}[2J x",
        ])
    func markup(title: String) async throws {
        try await withWeb { web in
            let asked = try await web.post(
                "/sessions", Self.fields(to: web.test.joost, title: title), as: web.test.ana)
            let page = try await web.get(try #require(asked.location), as: web.test.joost)
            #expect(page.status == .ok)
            #expect(!page.body.contains("<script>alert"))
            #expect(!page.body.contains("\" onfocus=\"x"))
            #expect(!page.body.unicodeScalars.contains("\u{7}"))
        }
    }

    @Test("Other times, no and a withdrawal each lead on")
    func answers() async throws {
        try await withWeb { web in
            let path = try #require(
                try await web.post("/sessions", Self.fields(to: web.test.joost), as: web.test.ana).location)
            let wrong = try await web.post(
                "\(path)/proposals", ["day-1": "2020-01-01", "time-1": "10:00"], as: web.test.joost)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.body.contains("has passed. Choose a later time."))
            _ = try await web.post(
                "\(path)/proposals", ["day-1": "2026-11-20", "time-1": "10:00"], as: web.test.joost)
            let turned = try await web.get(path, as: web.test.ana)
            #expect(turned.body.contains("Joost proposes <b>other times</b>"))
            #expect(turned.body.contains("You proposed"))
            let long = try await web.post(
                "\(path)/withdrawal", ["words": String(repeating: "x", count: 501)], as: web.test.ana)
            #expect(long.status == .unprocessableContent)
            let ended = try await web.post("\(path)/withdrawal", ["words": "<b>Later</b>"], as: web.test.ana)
            #expect(ended.location == path)
            let page = try await web.get(path, as: web.test.joost)
            #expect(page.body.contains("Ana withdrew the ask"))
            #expect(page.body.contains("“&lt;b&gt;Later&lt;/b&gt;”"))
            #expect(page.body.contains("Ask again"))
            #expect(try await web.get("\(path)/preparation", as: web.test.joost).location == path)
        }
    }

    @Test("The list is one's own, and costs four queries however long it is")
    func list() async throws {
        try await withWeb { web in
            for _ in 1...3 {
                _ = try await web.post("/sessions", Self.fields(to: web.test.joost), as: web.test.ana)
            }
            web.test.database.reset()
            let theirs = try await web.get("/sessions", as: web.test.joost)
            #expect(theirs.body.contains("<b>Three asks</b> wait for your answer."))
            #expect(web.test.database.count == 4)
            let none = try await web.get("/sessions", as: web.test.leila)
            #expect(none.body.contains("No sessions yet."))
            let odd = try await web.get("/sessions?with=x&q=%00%25&before=-1", as: web.test.ana)
            #expect(odd.status == .ok)
        }
    }

    @Test("A session that isn't one's own is not there")
    func strangers() async throws {
        try await withWeb { web in
            let path = try #require(
                try await web.post("/sessions", Self.fields(to: web.test.joost), as: web.test.ana).location)
            let ways = ["acceptance", "proposals", "agreed-time", "decline", "withdrawal", "cancellation"]
            for viewer in [web.test.leila, web.test.rafael, web.test.yusuf, web.test.greta] {
                #expect(try await web.get(path, as: viewer).status == .notFound)
                for way in ways {
                    let answer = try await web.post(
                        "\(path)/\(way)", ["time": ID<SessionTime>().text], as: viewer)
                    #expect(answer.status == .notFound, "\(way)")
                }
            }
            #expect(try await web.get(path, as: nil).status == .seeOther)
            #expect(try await web.get("/sessions/x", as: web.test.ana).status == .notFound)
            #expect(try await web.get("/sessions/\(ID<Session>())", as: web.test.ana).status == .notFound)
        }
    }
}
