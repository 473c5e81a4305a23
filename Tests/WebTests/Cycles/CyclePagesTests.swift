// The pages of cycles, objectives in them, key results and check-ins.
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

/// A cycle of the company with objectives in it.
struct Quarter {
    let web: TestWeb
    let id: ID<Cycle>

    static func begin(_ web: TestWeb) async throws -> Quarter {
        let cycles = web.test.product.cycles
        let id = try await cycles.create(
            CycleDraft(name: "Q4 2026", kind: "quarter", startsOn: "2026-10-01", endsOn: "2026-12-31"),
            as: web.test.greta)
        try await cycles.move(id, to: .active, as: web.test.greta)
        return Quarter(web: web, id: id)
    }

    func objective(
        _ title: String, of group: Objective.Group, by viewer: Viewer, supporting: [ID<Objective>] = [],
        visibility: String? = nil, results: Int = 1, checked: Bool = true
    ) async throws -> ID<Objective> {
        let product = web.test.product
        web.test.clock.advance(minutes: 1)
        let id = try await product.goals.add(
            ObjectiveDraft(title: title, owner: viewer.id.text, cycle: id.text, visibility: visibility), to: group,
            supporting: supporting.map(\.text), as: viewer)
        if checked {
            try await product.cycles.move(id, to: .proposed, as: viewer)
            try await product.cycles.move(id, to: .committed, as: viewer)
        }
        for number in 0..<results {
            let result = try await product.cycles.add(
                KeyResultDraft(title: "\(title) \(number)", start: "0", target: "100", unit: "%"), to: id, as: viewer)
            guard checked else { continue }
            try await product.cycles.checkIn(
                on: result, CheckInDraft(value: "60", confidence: "7"), as: viewer)
        }
        return id
    }
}

@Suite("The pages of a cycle")
struct CyclePagesTests {
    @Test("It shows the company's, one's teams' and one's own objectives, with progress, confidence and health")
    func firstView() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let top = try await quarter.objective("Clinics stay", of: .company, by: test.greta)
            _ = try await quarter.objective("Renewals hold", of: .team(test.team), by: test.joost, supporting: [top])
            _ = try await quarter.objective("Week one", of: .person(test.ana.id), by: test.ana, supporting: [top])
            let page = try await web.get("/cycles/\(quarter.id)", as: test.ana).body
            for words in ["Clinics stay", "Renewals hold", "Week one", "60%", "On track", "day 48 of 92"] {
                #expect(page.contains(words), "\(words)")
            }
            // Somebody of another part sees the company's alone, and nothing of Ana's own.
            let other = try await web.get("/cycles/\(quarter.id)", as: test.yusuf).body
            #expect(other.contains("Clinics stay") && !other.contains("Week one") && !other.contains("Renewals hold"))
            let opened = try await web.get("/cycles/\(quarter.id)?open=\(top)", as: test.yusuf).body
            #expect(opened.contains("Renewals hold") && !opened.contains("Week one"))
        }
    }

    @Test("An objective with several parents has one place on the page, and is named at each parent")
    func severalParents() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let one = try await quarter.objective("One", of: .company, by: test.greta)
            let other = try await quarter.objective("Other", of: .company, by: test.greta)
            let shared = try await quarter.objective(
                "Both need this", of: .team(test.team), by: test.joost, supporting: [one, other])
            let page = try await web.get("/cycles/\(quarter.id)?open=\(one)&open=\(other)", as: test.yusuf).body
            #expect(page.components(separatedBy: "id=\"o-\(shared)\"").count == 2)
            #expect(page.components(separatedBy: "href=\"#o-\(shared)\"").count == 2)
            // Opened at one of them, it stands there, and the other offers to be opened.
            let half = try await web.get("/cycles/\(quarter.id)?open=\(other)", as: test.yusuf).body
            #expect(half.components(separatedBy: "id=\"o-\(shared)\"").count == 2)
            #expect(half.contains("aria-expanded=\"false\"") && half.contains("aria-expanded=\"true\""))
        }
    }

    @Test("It is looked through by words, team, person and health")
    func filters() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            _ = try await quarter.objective("Clínicas stay", of: .company, by: test.greta)
            _ = try await quarter.objective("Renewals hold", of: .team(test.team), by: test.joost, checked: false)
            _ = try await quarter.objective(
                "Week one", of: .person(test.ana.id), by: test.ana, visibility: "everyone")
            func titles(_ query: String, _ viewer: Viewer? = nil) async throws -> Set<String> {
                let page = try await web.get("/cycles/\(quarter.id)?\(query)", as: viewer ?? test.joost).body
                return Set(["Clínicas stay", "Renewals hold", "Week one"].filter { page.contains(">\($0)</a></h3>") })
            }
            #expect(try await titles("q=clinicas") == ["Clínicas stay"])
            #expect(try await titles("q=ana") == ["Week one"])
            #expect(try await titles("team=\(test.team)") == ["Renewals hold", "Week one"])
            #expect(try await titles("person=\(test.ana.id)") == ["Week one"])
            #expect(try await titles("health=on-track") == ["Clínicas stay", "Week one"])
            #expect(try await titles("q=nothing-like-it") == [])
            // A draft is for those who may change it.
            #expect(try await titles("team=\(test.team)", test.yusuf) == ["Week one"])
        }
    }

    @Test("A roll-up is the same for everyone, and counts only what everyone may read", arguments: TestEngines.all)
    func rollUp(engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let top = try await quarter.objective("Clinics stay", of: .company, by: test.greta, results: 0)
            let bare = try await quarter.objective(
                "Bare", of: .team(test.team), by: test.joost, supporting: [top], results: 0)
            _ = try await quarter.objective(
                "Open", of: .person(test.ana.id), by: test.ana, supporting: [bare, top], visibility: "everyone")
            let hidden = try await quarter.objective(
                "Hidden", of: .person(test.rafael.id), by: test.rafael, supporting: [bare])
            _ = hidden
            for viewer in [test.ana, test.rafael, test.yusuf] {
                let page = try await web.get("/goals/\(top)", as: viewer).body
                #expect(page.contains("<b>60% of the way</b>"), "\(viewer.name)")
            }
            let slow = try await test.database.read { tx in try RollUp.all(of: [top, bare], in: tx) }
            #expect(slow == [top: 0.6, bare: 0.6])
        }
    }

    @Test("The cycle's page and a team's take ten queries or fewer, however many objectives there are")
    func queries() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            var top: [ID<Objective>] = []
            for number in 0..<3 {
                top.append(
                    try await quarter.objective("Company \(number)", of: .company, by: test.greta, results: number))
            }
            for number in 0..<12 {
                let team = try await quarter.objective(
                    "Team \(number)", of: .team(test.team), by: test.joost, supporting: [top[number % 3]])
                _ = try await quarter.objective(
                    "Own \(number)", of: .person(test.ana.id), by: test.ana, supporting: [team, top[0]])
            }
            for (path, most) in [
                ("/cycles/\(quarter.id)", 10), ("/cycles/\(quarter.id)?open=\(top[0])&open=\(top[1])", 10),
                ("/cycles/\(quarter.id)?team=\(test.team)", 10), ("/cycles/\(quarter.id)?health=on-track", 12),
                ("/cycles/\(quarter.id)/map", 10), ("/cycles/\(quarter.id)/presentation", 10), ("/goals/\(top[1])", 12),
                ("/goals/mine", 10),
                ("/goals/check-in", 4), ("/cycles", 4), ("/values", 4),
            ] {
                test.database.reset()
                let answer = try await web.get(path, as: test.ana)
                #expect(answer.status == .ok, "\(path)")
                #expect(test.database.count <= most, "\(path): \(test.database.count)")
                #expect(!answer.body.contains("&lt;") && !answer.body.contains("HTML("), "\(path)")
            }
        }
    }
}

@Suite("The pages that remove a cycle")
struct CycleRemovalPagesTests {
    @Test("An empty cycle is removed from the list in two steps, and the list says that it is done")
    func empty() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let path = "/cycles/\(quarter.id)/removal"
            #expect(try await web.get("/cycles", as: test.greta).body.contains("href=\"\(path)\""))
            #expect(try await !web.get("/cycles", as: test.ana).body.contains(path))
            #expect(try await web.get("/cycles/\(quarter.id)/edit", as: test.greta).body.contains("href=\"\(path)\""))
            let page = try await web.get(path, as: test.greta)
            #expect(page.status == .ok && page.body.contains("It holds nothing: no objective stands in it"))
            #expect(page.body.contains("<form action=\"\(path)\" method=\"post\">"))
            #expect(try await test.product.cycles.all(as: test.greta).count == 1, "looking removes nothing")
            for _ in 0..<2 {
                let done = try await web.post(path, as: test.greta)
                #expect(done.status == .seeOther && done.location == "/cycles")
                #expect(done.headers[.setCookie]?.contains("toast=Removed") == true)
            }
            #expect(try await web.get("/cycles", as: test.greta).body.contains("No cycle yet."))
            #expect(try await web.get(path, as: test.greta).status == .notFound)
        }
    }

    @Test("A cycle that holds something stays, and its page says what that is and what to do instead")
    func holding() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let path = "/cycles/\(quarter.id)/removal"
            _ = try await quarter.objective("Clinics <stay>", of: .company, by: test.greta)
            let dropped = try await quarter.objective("Given up", of: .company, by: test.greta)
            try await test.product.goals.settle(dropped, as: .dropped, saying: "", as: test.greta)
            _ = try await quarter.objective("Hidden", of: .person(test.ana.id), by: test.ana, checked: false)
            test.database.reset()
            let page = try await web.get(path, as: test.greta)
            #expect(test.database.count <= 12, "\(test.database.count)")
            for words in [
                "It can’t be removed. It holds three objectives, and those would be lost.", "<li>One draft</li>",
                "<li>One committed to</li>", "<li>One dropped or reached, which the cycle’s page no longer shows</li>",
                "Clinics &lt;stay&gt;", "Given up", "What you can do instead", "/cycles/\(quarter.id)/edit",
                "Drafts and proposed objectives can go into another cycle", "Close the cycle on the page of cycles.",
            ] {
                #expect(page.body.contains(words), "\(words)")
            }
            #expect(!page.body.contains("Hidden") && !page.body.contains("Remove it</button>"))
            #expect(try await !web.get("/cycles", as: test.greta).body.contains(path))
            let refused = try await web.post(path, as: test.greta)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.body.contains("Q4 2026 holds 3 objectives."))
            #expect(try await test.product.cycles.all(as: test.greta).count == 1)
        }
    }
}

@Suite("Checking in")
struct CheckInPagesTests {
    @Test("All of one's key results stand on one form; what is left empty is left alone")
    func all() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            _ = try await quarter.objective("Week one", of: .person(test.ana.id), by: test.ana, results: 1)
            _ = try await quarter.objective("Day one", of: .person(test.ana.id), by: test.ana, results: 1)
            let page = try await web.get("/goals/check-in", as: test.ana).body
            let ids = page.matches(of: /name="key-result" value="(\w+)"/).map { String($0.1) }
            #expect(ids.count == 2)
            let kept = try await web.post(
                "/goals/check-in",
                [
                    "key-result": ids[0], "value-\(ids[0])": "72,5", "confidence-\(ids[0])": "8", "key-result": ids[1],
                    "comment-\(ids[1])": "",
                ], as: test.ana)
            #expect(kept.location == "/goals/mine")
            let after = try await web.get("/key-results/\(ids[0])", as: test.joost).body
            #expect(after.contains("72.5%"))
            let rejected = try await web.post(
                "/goals/check-in",
                ["key-result": ids[1], "value-\(ids[1])": "much", "comment-\(ids[1])": "The <b>list</b>"], as: test.ana)
            #expect(rejected.status == .unprocessableContent)
            #expect(rejected.body.contains("Say where it is now in digits") && rejected.body.contains("value=\"much\""))
            #expect(rejected.body.contains("The &lt;b&gt;list&lt;/b&gt;"))
        }
    }

    @Test("The link of a reminder opens the form for all that is one's own, without a sign-in")
    func reminder() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            _ = try await quarter.objective("Week one", of: .person(test.ana.id), by: test.ana, results: 2)
            test.clock.advance(days: 7)
            try await test.product.reminders.lookAfterDue()
            let letter = try await test.database.read { tx in
                try tx.value(String.self, "select text_body from mail where kind = 'reminder'") ?? ""
            }
            let path = try #require(letter.firstMatch(of: /\/check-in\/[\w-]+/)).0
            let form = try await web.get(String(path), as: nil)
            #expect(form.status == .ok && form.body.contains("Week one 0") && form.body.contains("Week one 1"))
            let settings = try await web.get("/settings", as: test.ana).body
            #expect(settings.contains("it is time to check in on my key results"))
            let stop = try #require(letter.firstMatch(of: /\/reminders\/[\w-]+\/check-in/)).0
            let page = try await web.get(String(stop), as: nil).body
            #expect(page.contains("When it is time to check in on your key results"))
        }
    }

    @Test("From a session's preparation one checks in on what is one's own, and comes back")
    func fromPreparation() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let top = try await quarter.objective("Clinics stay", of: .company, by: test.greta)
            let goal = try await quarter.objective(
                "Week one", of: .person(test.ana.id), by: test.ana, supporting: [top])
            let session = try await test.agreedSession()
            let path = "/sessions/\(session)/preparation"
            let mine = try await web.get(path, as: test.ana).body
            #expect(mine.contains("href=\"/goals/check-in?session=\(session)\">Check in on your key results"))
            #expect(mine.contains("href=\"/goals/\(goal)?session=\(session)#key-results\""))
            #expect(try await !web.get(path, as: test.joost).body.contains("/goals/check-in"))
            let form = try await web.get("/goals/check-in?session=\(session)", as: test.ana).body
            #expect(form.contains("href=\"/sessions/\(session)\">Back to the session"))
            let result = try #require(form.firstMatch(of: /name="key-result" value="(\w+)"/)).1
            let fields: KeyValuePairs = [
                "session": session.text, "key-result": String(result), "value-\(result)": "72",
                "confidence-\(result)": "8",
            ]
            // What can't be taken comes back with the way to the session kept.
            let wrong = try await web.post(
                "/key-results/\(result)/check-ins", ["session": session.text, "value": "much", "confidence": "8"],
                as: test.ana)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.body.contains("name=\"session\" value=\"\(session)\""))
            // A session of other people's is no place to check in from.
            _ = try await quarter.objective("Elsewhere", of: .person(test.yusuf.id), by: test.yusuf)
            let theirs = try await web.get("/goals/check-in", as: test.yusuf).body
            let own = try #require(theirs.firstMatch(of: /name="key-result" value="(\w+)"/)).1
            let other = try await web.post(
                "/goals/check-in",
                ["session": session.text, "key-result": String(own), "value-\(own)": "72", "confidence-\(own)": "8"],
                as: test.yusuf)
            #expect(other.status == .notFound)
            #expect(try await !web.get("/key-results/\(own)", as: test.yusuf).body.contains("72%"))
            let kept = try await web.post("/goals/check-in", fields, as: test.ana)
            #expect(kept.location == "/sessions/\(session)")
            let history = try await web.get("/key-results/\(result)", as: test.ana).body
            #expect(history.contains("72%") && history.contains("in a session"))
        }
    }

    @Test("The coach reads along with a key result and with what changed, and knows that figures have their own fields")
    func coached() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let objective = try await quarter.objective("Launch the help centre", of: .team(test.team), by: test.ana)
            let page = try await web.get("/goals/\(objective)", as: test.ana).body
            #expect(page.contains("names work to do"))
            #expect(try await !web.get("/goals/\(objective)", as: test.yusuf).body.contains("names work to do"))
            let new = try await web.get("/goals/\(objective)/key-results/new", as: test.ana).body
            #expect(new.contains("data-coach=\"keyResultTitle\""))
            let rejected = try await web.post(
                "/goals/\(objective)/key-results", ["title": "Launch the help centre", "kind": "metric"], as: test.ana)
            #expect(rejected.status == .unprocessableContent && rejected.body.contains("names work to do"))
            func reading(_ field: String) async throws -> String {
                try await web.post(
                    "/coach", ["field": field, "text": "More clinics that book unaided"], as: test.ana
                ).body
            }
            #expect(try await reading("keyResult").contains("how much"))
            #expect(try await !reading("keyResultTitle").contains("how much"))
            let result = try #require(page.firstMatch(of: /\/key-results\/(\w{32})/)).1
            let own = try await web.get("/key-results/\(result)", as: test.ana).body
            #expect(own.contains("data-coach=\"note\"") && own.contains("the coach has a question"))
            let guest = try await test.product.cycles.checkInLink(for: test.ana.id)
            let form = try await web.get("/check-in/\(guest.split(separator: "/").last ?? "")", as: nil).body
            #expect(!form.contains("data-coach"))
        }
    }

    @Test("A check-in that is put right shows what it said first")
    func putRight() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let objective = try await quarter.objective("Week one", of: .team(test.team), by: test.ana)
            let page = try await web.get("/goals/\(objective)", as: test.ana).body
            let result = try #require(page.firstMatch(of: /\/key-results\/(\w{32})/)).1
            let own = try await web.get("/key-results/\(result)", as: test.ana).body
            let checkIn = try #require(own.firstMatch(of: /\/check-ins\/(\w{32})/)).1
            let answer = try await web.post(
                "/check-ins/\(checkIn)", ["version": "1", "value": "55", "confidence": "6"], as: test.ana)
            #expect(answer.location == "/key-results/\(result)")
            let after = try await web.get("/key-results/\(result)", as: test.yusuf).body
            #expect(after.contains("Said first: 60%") && after.contains("55%"))
        }
    }

    @Test("To ask less of what is committed to is refused without a reason, which is then shown to all who read it")
    func easing() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let objective = try await quarter.objective("Week one", of: .team(test.team), by: test.ana)
            let page = try await web.get("/goals/\(objective)", as: test.ana).body
            let result = try #require(page.firstMatch(of: /\/key-results\/(\w{32})/)).1
            let fields: KeyValuePairs = [
                "version": "1", "title": "Booked", "start": "0", "target": "80", "unit": "%", "direction": "raise",
                "weight": "1", "ambition": "committed",
            ]
            let refused = try await web.post("/key-results/\(result)", fields, as: test.ana)
            #expect(refused.status == .unprocessableContent && refused.body.contains("This asks less than before"))
            let kept = try await web.post(
                "/key-results/\(result)",
                [
                    "version": "1", "title": "Booked", "start": "0", "target": "80", "unit": "%", "direction": "raise",
                    "weight": "1", "ambition": "committed", "reason": "Ghent opens in January",
                ], as: test.ana)
            #expect(kept.status == .seeOther)
            let after = try await web.get("/goals/\(objective)", as: test.yusuf).body
            #expect(after.contains("Its target was eased: “Ghent opens in January”"))
        }
    }

    @Test("What was said in a session is in the objective's history for the two people of the session alone")
    func verdicts() async throws {
        try await withWeb { web in
            let test = web.test
            let quarter = try await Quarter.begin(web)
            let objective = try await quarter.objective(
                "Week one", of: .person(test.ana.id), by: test.ana, visibility: "everyone")
            let session = try await test.runningSession()
            try await test.product.sessions.judge(
                [
                    VerdictDraft(
                        subject: objective.text, answer: "adjust", priority: "1", reason: "Ghent first", version: 0)
                ],
                in: session, as: test.joost)
            for viewer in [test.ana, test.joost] {
                #expect(try await web.get("/goals/\(objective)", as: viewer).body.contains("Ghent first"))
            }
            for viewer in [test.leila, test.greta, test.yusuf] {
                #expect(try await !web.get("/goals/\(objective)", as: viewer).body.contains("Ghent first"))
            }
        }
    }
}
