// What the forms for check-ins show and keep, what a room sees, and the thread of an objective through cycles.
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("The forms for check-ins")
struct CheckInFormTests {
    /// A milestone of Ana's with four steps, of which two are done.
    private func milestone(_ web: TestWeb) async throws -> (objective: ID<Objective>, result: ID<KeyResult>) {
        let test = web.test
        let quarter = try await Quarter.begin(web)
        let objective = try await quarter.objective("Week one", of: .person(test.ana.id), by: test.ana, results: 0)
        let result = try await test.product.cycles.add(
            KeyResultDraft(title: "Handed over", kind: "milestone", steps: "Drafted\nAgreed\nTried\nIn use"),
            to: objective, as: test.ana)
        try await test.product.cycles.checkIn(
            on: result, CheckInDraft(steps: ["1", "2"], confidence: "8"), as: test.ana)
        test.clock.advance(minutes: 1)
        return (objective, result)
    }

    /// The values of the ticked boxes of a field.
    private func ticked(_ page: String, _ name: String) -> [String] {
        page.matches(of: /type="checkbox" name="([\w-]+)" value="(\w+)" checked/)
            .filter { $0.1 == name }.map { String($0.2) }
    }

    @Test("The boxes of steps show what is done, on every form, and what was typed after a fault")
    func boxes() async throws {
        try await withWeb { web in
            let ana = web.test.ana
            let (objective, result) = try await milestone(web)
            for (path, name) in [
                ("/key-results/\(result)", "steps"), ("/goals/\(objective)", "steps"),
                ("/goals/check-in", "steps-\(result)"),
            ] {
                #expect(try await ticked(web.get(path, as: ana).body, name).prefix(2) == ["1", "2"], "\(path)")
            }
            let form = try await web.get("/goals/check-in", as: ana).body
            #expect(form.contains("name=\"shown-\(result)\" value=\"1 2\""))
            let rejected = try await web.post(
                "/goals/check-in",
                ["key-result": result.text, "shown-\(result)": "1 2", "steps-\(result)": "3"], as: ana)
            #expect(rejected.status == .unprocessableContent)
            #expect(ticked(rejected.body, "steps-\(result)") == ["3"])
            // What was not on the form when it was sent stands as it is.
            let gone = ID<KeyResult>()
            let other = try await web.post("/goals/check-in", ["key-result": gone.text, "value-\(gone)": "1"], as: ana)
            #expect(other.status == .unprocessableContent && other.body.contains("One key result is no longer there"))
            #expect(ticked(other.body, "steps-\(result)") == ["1", "2"])
            #expect(rejected.body.contains("name=\"shown-\(result)\" value=\"1 2\""))
        }
    }

    @Test("Sent with a confidence alone, the form for many keeps what is done; sent as it was, it changes nothing")
    func kept() async throws {
        try await withWeb { web in
            let ana = web.test.ana
            let (_, result) = try await milestone(web)
            func send(sure: String) async throws -> String? {
                try await web.post(
                    "/goals/check-in",
                    [
                        "key-result": result.text, "shown-\(result)": "1 2", "steps-\(result)": "1",
                        "steps-\(result)": "2", "confidence-\(result)": sure,
                    ], as: ana
                ).location
            }
            #expect(try await send(sure: "") == "/goals/check-in")
            #expect(try await send(sure: "4") == "/goals/mine")
            let page = try await web.get("/key-results/\(result)", as: ana).body
            #expect(page.contains("<b>50% done</b>") && page.contains("4 of 10 sure"))
        }
    }

    @Test("A row that is no longer one's own is named above the form, which keeps the others as typed")
    func refused() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            _ = try await quarter.objective("Week one", of: .person(test.ana.id), by: test.ana)
            _ = try await quarter.objective("Clinics stay", of: .company, by: test.greta)
            func own(_ viewer: Viewer) async throws -> String {
                let page = try await web.get("/goals/check-in", as: viewer).body
                return String(try #require(page.firstMatch(of: /name="key-result" value="(\w+)"/)).1)
            }
            let (good, other) = (try await own(test.ana), try await own(test.greta))
            let answer = try await web.post(
                "/goals/check-in",
                [
                    "key-result": good, "value-\(good)": "72,5", "confidence-\(good)": "8", "key-result": other,
                    "value-\(other)": "80", "confidence-\(other)": "8",
                ], as: test.ana)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.body.contains("Greta Olsen looks after this. Ask them to check in."))
            #expect(
                answer.body.contains("value=\"72,5\"")
                    && !answer.body.contains("name=\"key-result\" value=\"\(other)\""))
            // Also where nothing else is one's own.
            let alone = try await web.post(
                "/goals/check-in", ["key-result": other, "value-\(other)": "80", "confidence-\(other)": "8"],
                as: test.yusuf)
            #expect(alone.body.contains("Greta Olsen looks after this. Ask them to check in."))
        }
    }
}

@Suite("The pages of an objective that goes on")
struct ThreadPagesTests {
    @Test("A room sees what everyone may read, and is told how many are left out")
    func room() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            _ = try await quarter.objective("Clinics stay", of: .company, by: test.greta)
            _ = try await quarter.objective("Week one", of: .person(test.ana.id), by: test.ana)
            let path = "/cycles/\(quarter.id)/presentation"
            let page = try await web.get(path, as: test.ana).body
            #expect(page.contains("Clinics stay") && !page.contains("Week one"))
            #expect(page.contains("One objective that only you and some others may read is left out."))
            #expect(try await !web.get(path, as: test.yusuf).body.contains("left out"))
            _ = try await quarter.objective("Day one", of: .person(test.ana.id), by: test.ana)
            #expect(
                try await web.get(path, as: test.ana).body.contains(
                    "Two objectives that only you and some others may read are left out."))
        }
    }

    @Test("Both pages link to each other; the history carries another year; what can be supported names its cycle")
    func thread() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let cycles = test.product.cycles
            let next = try await cycles.create(
                CycleDraft(name: "Q1 2027", kind: "quarter", startsOn: "2027-01-01", endsOn: "2027-03-31"),
                as: test.greta)
            let old = try await quarter.objective("Clinics stay", of: .company, by: test.greta)
            _ = try await quarter.objective("Clinics stay", of: .company, by: test.greta)
            let other = try await quarter.objective("Week one", of: .person(test.ana.id), by: test.ana)
            #expect(try await !web.get("/goals/\(old)", as: test.greta).body.contains("17 November 2026"))
            try await cycles.move(quarter.id, to: .closing, as: test.greta)
            test.clock.advance(days: 60)
            try await cycles.close(
                old, ClosingDraft(score: "0.6", learnt: "Start earlier", choice: "keep", next: next.text),
                as: test.greta)
            // Sixty days later everybody signs in anew.
            let cookie: HTTPFields = [.cookie: "throughline=\(try await test.signIn(test.ana))"]
            let page = try await web.get("/goals/\(old)", as: nil, headers: cookie).body
            let link = /It goes on in <a href="\/cycles\/(\w+)">Q1 2027<\/a>:\s+<a class="ref" href="\/goals\/(\w+)"/
            let found = try #require(page.firstMatch(of: link))
            #expect(found.1 == next.text)
            #expect(page.contains("Tuesday 17 November 2026, ") && page.contains("Saturday 16 January, "))
            let new = try await web.get("/goals/\(found.2)", as: nil, headers: cookie).body
            #expect(
                new.contains("It comes from") && new.contains("href=\"/goals/\(old)\" dir=\"auto\">Clinics stay</a>"))
            let choices = try await web.get("/goals/\(other)/supports/new", as: nil, headers: cookie).body
            #expect(choices.contains("> Larkfield, Q1 2027</span>") && choices.contains("> Larkfield, Q4 2026</span>"))
        }
    }
}
