import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Throughline

@Suite("The coach in the pages")
struct CoachPagesTests {
    private static let script: HTTPFields = [.accept: "application/json"]

    private struct Reading: Decodable {
        let aside: String
        let echo: String
        let remarks: [Said]

        struct Said: Decodable {
            let mark: String
            let words: String
        }
    }

    private func read(
        _ web: TestWeb, _ fields: KeyValuePairs<String, String>, as viewer: Viewer? = nil
    ) async throws -> Reading {
        let answer = try await web.post("/coach", fields, as: viewer ?? web.test.ana, headers: Self.script)
        #expect(answer.status == .ok)
        return try JSONDecoder().decode(Reading.self, from: Data(answer.body.utf8))
    }

    // MARK: While one types

    @Test("While one types, the coach marks the words, says why, asks, and offers ways to begin")
    func reading() async throws {
        try await withWeb { web in
            let text = "Met with Kwame twice <b>this</b> week."
            let said = try await read(web, ["field": "note", "text": text])
            #expect(said.remarks.count == 1)
            #expect(said.remarks[0].words.hasPrefix("Reads as activity. "))
            #expect(said.aside.contains("<aside class=\"coach\" role=\"note\""))
            #expect(said.aside.contains("Reads as activity"))
            #expect(said.aside.contains("data-start>My recommendation is …</button>"))
            #expect(said.aside.contains("value=\"\(said.remarks[0].mark)\" form=\"coach-dismissal\">Keep my words"))
            #expect(said.echo.contains("<mark>Met"))
            #expect(said.echo.contains("&lt;b&gt;this&lt;/b&gt;"))
            #expect(!said.echo.contains("<b>") && !said.aside.contains("<b>"))
        }
    }

    @Test("On good words and on none it is silent")
    func silent() async throws {
        try await withWeb { web in
            for (field, text) in [
                ("note", "Complaints fell from 40 a week to 12."), ("note", ""), ("sessionTitle", "  "),
                ("agendaTitle", "Which bet we place"), ("objective", "Our nurses trust the rota"),
                ("workTitle", "The onboarding guide for clinics"),
            ] {
                let said = try await read(web, ["field": field, "text": text])
                #expect(said.aside.isEmpty && said.remarks.isEmpty, "\(text)")
            }
        }
    }

    @Test(
        "Each field is read as what it is",
        arguments: [
            ("sessionTitle", "Catch up", "title without purpose"),
            ("agendaTitle", "Migration update", "status on the agenda"),
            ("workTitle", "Misc", "could be any work"), ("workTitle", "Improve communication", "no finish line"),
            ("feedbackQuestion", "Is the handover clear?", "closed question"),
            ("commitment", "Look into it", "no finish line"),
            ("objective", "Launch v2 in EMEA", "task"), ("keyResult", "Launch v2 in EMEA", "task"),
        ])
    func kinds(field: String, text: String, label: String) async throws {
        try await withWeb { web in
            let said = try await read(web, ["field": field, "text": text, "due": "2026-12-01"])
            #expect(said.remarks.map { $0.words.lowercased().hasPrefix(label) } == [true])
        }
    }

    @Test("What is caught in the room is read as what it is caught as")
    func captures() async throws {
        try await withWeb { web in
            func count(_ kind: String, _ text: String) async throws -> Int {
                try await read(web, ["field": "capture", "text": text, "kind": kind, "due": "2026-12-01"]).remarks.count
            }
            let counts = [
                try await count("action", "Look into it"), try await count("parked", "Look into it"),
                try await count("feedback", "Am I too slow?"), try await count("decision", "Am I too slow?"),
            ]
            #expect(counts == [1, 0, 1, 0])
        }
    }

    @Test("A title that names only those who meet is recognised by their names")
    func names() async throws {
        try await withWeb { web in
            let said = try await read(
                web, ["field": "sessionTitle", "text": "ana and joost", "people": "Ana Duarte,Joost Hendriks"])
            #expect(said.remarks.count == 1)
        }
    }

    @Test("What can't be read is refused in words, and nobody but those signed in is answered")
    func refusals() async throws {
        try await withWeb { web in
            let ana = web.test.ana
            let long = String(repeating: "a", count: 20_001)
            #expect(
                try await web.post("/coach", ["field": "note", "text": long], as: ana, headers: Self.script).status
                    == .unprocessableContent)
            for field in ["", "brain", "brief"] {
                #expect(try await web.post("/coach", ["field": field, "text": "x"], as: ana).status == .notFound)
            }
            #expect(
                try await web.post("/coach", ["field": "note", "text": "x"], as: nil, headers: Self.script).status
                    == .unauthorized)
            #expect(try await web.post("/coach/dismissals", ["remark": "note-1"], as: ana).status == .notFound)
            let odd = try await web.post(
                "/coach", ["field": "note", "text": "\u{0}\u{202E}\r\n🎉 Met\u{7} with them"], as: ana,
                headers: Self.script)
            #expect(odd.status == .ok)
        }
    }

    @Test("Reading along writes nothing and asks for nothing but who is asking and what they waved away")
    func light() async throws {
        try await withWeb { web in
            _ = try await read(web, ["field": "note", "text": "Complaints fell from 40 a week to 12."])
            #expect(web.test.database.count == 1)
            web.test.database.reset()
            _ = try await read(web, ["field": "note", "text": "Met with Kwame twice this week."])
            #expect(web.test.database.count == 2)
            let rows = try await web.test.database.read { tx in
                try tx.values(String.self, "select verb from journal where object_kind = 'coach_remark'")
            }
            #expect(rows.isEmpty)
        }
    }

    // MARK: Waving away

    @Test("“Keep my words” is remembered, and leads back to the page")
    func keep() async throws {
        try await withWeb { web in
            let said = try await read(web, ["field": "agendaTitle", "text": "Migration update"])
            let page: HTTPFields = [.referer: "http://localhost/sessions?with=1"]
            let answer = try await web.post(
                "/coach/dismissals", ["remark": said.remarks[0].mark], as: web.test.ana, headers: page)
            #expect(answer.status == .seeOther)
            #expect(try await read(web, ["field": "agendaTitle", "text": "Migration update"]).remarks.isEmpty)
            #expect(
                try await read(web, ["field": "agendaTitle", "text": "Migration update"], as: web.test.joost)
                    .remarks.count == 1)
            let again = try await web.post(
                "/coach/dismissals", ["remark": said.remarks[0].mark], as: web.test.ana, headers: Self.script)
            #expect(again.status == .noContent)
        }
    }

    @Test("A dismissal never leads to another site")
    func elsewhere() async throws {
        try await withWeb { web in
            for referer in ["https://evil.example/sessions", "//evil.example", "nonsense", "javascript:alert(1)"] {
                let answer = try await web.post(
                    "/coach/dismissals", ["remark": "note-0123456789abcdef0123456789abcdef"], as: web.test.ana,
                    headers: [.referer: referer])
                #expect(answer.location == "/", "\(referer)")
            }
        }
    }

    @Test("A title that was kept once isn't asked about again")
    func keptTitle() async throws {
        try await withWeb { web in
            let fields: KeyValuePairs<String, String> = [
                "partner": web.test.joost.id.text, "purpose": "planning", "title": "Catch up", "length": "50",
                "day-1": "2026-11-19", "time-1": "14:00", "people": "Ana Duarte,Joost Hendriks",
            ]
            let no = try await web.post("/sessions", fields, as: web.test.ana)
            #expect(no.status == .unprocessableContent)
            #expect(no.body.contains("<mark dir=\"auto\">Catch up</mark> could be any meeting."))
            // Going elsewhere would lose what isn't stored; a tick in the form is the way to keep one's words.
            #expect(no.body.contains("name=\"keep-title\""))
            #expect(!no.body.contains("form=\"coach-dismissal\">"))
            let said = try await read(web, ["field": "sessionTitle", "text": "Catch up"])
            _ = try await web.post("/coach/dismissals", ["remark": said.remarks[0].mark], as: web.test.ana)
            #expect(try await web.post("/sessions", fields, as: web.test.ana).status == .seeOther)
        }
    }

    // MARK: On the pages, without the script

    @Test("Saving is never held up, and what was saved is remarked on when the page comes")
    func prepare() async throws {
        try await withWeb { web in
            let path = "/sessions/\(try await web.test.agreedSession())/preparation"
            func item(_ title: String) async throws {
                let answer = try await web.post(
                    "\(path)/agenda",
                    ["title": title, "minutes": "5", "presenter": web.test.ana.id.text, "ending": "plan"],
                    as: web.test.ana)
                #expect(answer.status == .seeOther)
            }
            try await item("Migration update")
            try await item("Which bet we place")
            _ = try await web.post(
                "\(path)/texts/desired", ["version": "0", "draft": "1", "body": "Met with Kwame twice this week."],
                as: web.test.ana)
            _ = try await web.post(
                "\(path)/evidence", ["kind": "challenge", "body": "Not sure how to proceed, what would you do?"],
                as: web.test.ana)
            web.test.database.reset()
            let page = try await web.get(path, as: web.test.ana)
            #expect(web.test.database.count <= 12)
            #expect(page.body.contains("announces news that can be read beforehand"))
            #expect(page.body.contains("reports work."))
            #expect(page.body.contains("<mark>Met"))
            #expect(page.body.contains("the coach has a question"))
            #expect(page.body.contains("data-coach=\"agendaTitle\""))
            #expect(page.body.components(separatedBy: "<aside class=\"coach\"").count == 4)
        }
    }

    @Test("What the coach says of somebody's words is said to them alone")
    func alone() async throws {
        try await withWeb { web in
            let path = "/sessions/\(try await web.test.agreedSession())/preparation"
            _ = try await web.post(
                "\(path)/agenda",
                ["title": "Migration update", "minutes": "5", "presenter": web.test.ana.id.text, "ending": "plan"],
                as: web.test.ana)
            _ = try await web.post("\(path)/sharing", as: web.test.ana)
            let page = try await web.get(path, as: web.test.joost)
            #expect(page.body.contains("Migration update"))
            #expect(!page.body.contains("<aside class=\"coach\""))
        }
    }

    @Test("A goal and a piece of work that were saved are remarked on, to whoever may change them")
    func goals() async throws {
        try await withWeb { web in
            let goal = try await web.post(
                "/goals", ["level": "person", "title": "Launch v2 in EMEA"], as: web.test.ana)
            let path = try #require(goal.location)
            #expect(try await web.get(path, as: web.test.ana).body.contains("names work to do"))
            #expect(try await web.get("\(path)/edit", as: web.test.ana).body.contains("names work to do"))
            #expect(try await !web.get(path, as: web.test.joost).body.contains("names work to do"))
            let work = try await web.post("/work", ["title": "Misc"], as: web.test.ana)
            let workPath = try #require(work.location)
            #expect(try await web.get(workPath, as: web.test.ana).body.contains("could take up anyone’s week"))
            #expect(try await !web.get(workPath, as: web.test.joost).body.contains("could take up anyone’s week"))
        }
    }

    @Test("A promise without a finish line is remarked on in the room and on the recap")
    func promises() async throws {
        try await withWeb { web in
            let id = try await web.test.runningSession()
            let saved = try await web.post(
                "/sessions/\(id)/captures",
                ["kind": "action", "body": "Look into it", "owner": web.test.ana.id.text, "due": "2026-12-03"],
                as: web.test.ana)
            #expect(saved.status == .seeOther)
            web.test.database.reset()
            #expect(try await web.get("/sessions/\(id)/run", as: web.test.ana).body.contains("can go on for ever"))
            #expect(web.test.database.count <= 12)
            _ = try await web.post("/sessions/\(id)/run/ending", as: web.test.ana)
            web.test.database.reset()
            #expect(try await web.get("/sessions/\(id)/recap", as: web.test.ana).body.contains("can go on for ever"))
            #expect(web.test.database.count <= 12)
        }
    }
}
