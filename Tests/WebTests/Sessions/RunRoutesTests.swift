import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Throughline

@Suite("The room in a browser")
struct RunRoutesTests {
    @Test("Either of the two starts it, and both see the step, the clock and the notes")
    func shows() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.agreedSession()
            test.clock.now = Date(timeIntervalSince1970: 1_795_093_200)
            #expect(try await web.get("/sessions/\(id)/run", as: test.ana).body.contains("Start the session"))
            for _ in 0..<2 {
                let started = try await web.post("/sessions/\(id)/run", as: test.ana)
                #expect(started.status == .seeOther)
                #expect(started.location == "/sessions/\(id)/run")
            }
            test.clock.advance(minutes: 2)
            let page = try await web.get("/sessions/\(id)/run", as: test.joost)
            #expect(page.status == .ok)
            #expect(page.body.contains("data-clock data-ends=\"1795093500000\" data-now=\"1795093320000\""))
            #expect(page.body.contains("03:00"))
            #expect(page.body.contains("The session ends at 14:50, in 48 minutes."))
            #expect(page.body.contains("On to goals and alignment"))
            #expect(page.body.contains("Only you"))
        }
    }

    @Test("Over time is said with a plus and in words")
    func overTime() async throws {
        try await withWeb { web in
            let id = try await web.test.runningSession()
            web.test.clock.now = web.test.clock.now.addingTimeInterval(5 * 60 + 48)
            let page = try await web.get("/sessions/\(id)/run", as: web.test.ana)
            #expect(page.body.contains("+0:48"))
            #expect(page.body.contains("over the time of this step"))
        }
    }

    @Test("One can look at another step without moving the session")
    func looks() async throws {
        try await withWeb { web in
            let id = try await web.test.runningSession()
            let page = try await web.get("/sessions/\(id)/run?step=3", as: web.test.ana)
            #expect(page.body.contains("What do you see that I don’t?"))
            #expect(page.body.contains("Move you both to this step"))
            #expect(
                try await web.get("/sessions/\(id)/run", as: web.test.ana).body.contains(
                    "What are we here to settle?"))
        }
    }

    @Test("The room needs twelve queries or fewer on every step")
    func queries() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.runningSession()
            for number in 1...12 { _ = try await test.objective("Goal \(number)", of: test.ana) }
            for step in 1...5 {
                test.database.reset()
                let page = try await web.get("/sessions/\(id)/run?step=\(step)", as: test.joost)
                #expect(page.status == .ok)
                #expect(test.database.count <= 12, "step \(step): \(test.database.count)")
            }
        }
    }

    @Test("A draft is saved while typing; a collision answers 409, and the page lets choose")
    func notes() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.runningSession()
            let path = "/sessions/\(id)/run/notes/1"
            let json: HTTPFields = [.accept: "application/json"]
            let saved = try await web.post(
                path, ["body": "a\nb\nc", "version": "0"], as: test.ana, headers: json)
            #expect(saved.body == #"{"saved":"14:00","version":1}"#)
            _ = try await web.post(
                path, ["body": "a\nb\nJoost", "version": "1"], as: test.joost, headers: json)
            let merged = try await web.post(
                path, ["body": "Ana\nb\nc", "version": "1"], as: test.ana, headers: json)
            #expect(merged.body.contains(#""body":"Ana\nb\nJoost""#))
            let collided = try await web.post(
                path, ["body": "a\nb\nAna", "version": "1"], as: test.ana, headers: json)
            #expect(collided.status == .conflict)
            let choice = try await web.post(path, ["body": "a\nb\nAna", "version": "1"], as: test.ana)
            #expect(choice.status == .conflict)
            #expect(choice.body.contains("<legend>The notes on "))
            #expect(choice.body.contains("name=\"version\" value=\"3\""))
            #expect(
                try await web.post(path, ["body": "x", "version": "1"], as: test.leila).status == .notFound)
        }
    }

    @Test("What can't be taken is answered at its field, with what was typed")
    func rejected() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.runningSession()
            let answer = try await web.post(
                "/sessions/\(id)/captures",
                [
                    "kind": "action", "body": "<b>Write</b> it", "owner": test.leila.id.text,
                    "due": "2020-01-01",
                ], as: test.ana)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.body.contains("Wednesday 1 January 2020 has passed"))
            #expect(answer.body.contains("&lt;b&gt;Write&lt;/b&gt; it"))
            #expect(!answer.body.contains("<b>Write</b>"))
            let long = try await web.post(
                "/sessions/\(id)/run/notes/1",
                ["body": String(repeating: "x", count: 20_001), "version": "0"], as: test.ana)
            #expect(long.status == .unprocessableContent)
            #expect(long.body.contains("20000 is the most"))
            let kind = try await web.post(
                "/sessions/\(id)/captures", ["kind": "x", "body": "y"], as: test.ana)
            #expect(kind.status == .unprocessableContent)
            #expect(
                try await web.post("/sessions/\(id)/run/step", ["from": "1", "step": "9"], as: test.ana)
                    .status == .badRequest)
            #expect(try await web.post("/sessions/nonsense/run", as: test.ana).status == .notFound)
        }
    }

    @Test("Verdicts are the manager's; the employee reads them")
    func verdicts() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.runningSession()
            let goal = try await test.objective("Reception can book", of: test.ana)
            let answer = try await web.post(
                "/sessions/\(id)/verdicts",
                [
                    "subject": goal, "answer-\(goal)": "adjust", "priority-\(goal)": "3",
                    "reason-\(goal)": "One script", "version-\(goal)": "0",
                ],
                as: test.joost)
            #expect(answer.status == .seeOther)
            let seen = try await web.get("/sessions/\(id)/run?step=2", as: test.ana)
            #expect(seen.body.contains("Adjust, third"))
            #expect(seen.body.contains("“One script”"))
            #expect(!seen.body.contains("action=\"/sessions/\(id)/verdicts\""))
            let refused = try await web.post(
                "/sessions/\(id)/verdicts", ["subject": goal, "answer-\(goal)": "keep"], as: test.ana)
            #expect(refused.status == .unprocessableContent)
            let empty = try await web.post(
                "/sessions/\(id)/verdicts",
                [
                    "subject": goal, "answer-\(goal)": "keep", "priority-\(goal)": "99",
                    "version-\(goal)": "1",
                ],
                as: test.joost)
            #expect(empty.status == .unprocessableContent)
            #expect(empty.body.contains("Choose a priority"))
        }
    }

    @Test("Nobody else gets in, by any door")
    func closed() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.runningSession()
            let draft = CaptureDraft(kind: "decision", body: "Ours")
            try await test.product.sessions.capture(draft, in: id, as: test.ana)
            let doors = [
                "run", "run/step", "run/extension", "run/ending", "run/reopening", "run/notes/1",
                "run/private", "run/agenda",
                "verdicts", "captures", "captures/\(draft.id)", "captures/\(draft.id)/removal",
                "captures/\(draft.id)/return",
                "recap", "confirmation", "corrections", "amendments", "next", "actions",
                "actions/\(draft.id)",
                "actions/\(draft.id)/removal",
            ]
            for other in [test.leila, test.rafael, test.yusuf, test.greta] {
                for door in doors {
                    let fields: KeyValuePairs = [
                        "step": "2", "from": "1", "extended": "0", "body": "x", "version": "1",
                        "kind": "decision",
                    ]
                    let answer = try await web.post("/sessions/\(id)/\(door)", fields, as: other)
                    #expect(answer.status == .notFound, "\(other.name) at \(door)")
                }
                for page in ["run", "recap", "recap.md", "recap/mail"] {
                    #expect(try await web.get("/sessions/\(id)/\(page)", as: other).status == .notFound)
                }
            }
            #expect(try await web.get("/sessions/\(id)/run", as: nil).location?.hasPrefix("/sign-in") == true)
        }
    }
}
