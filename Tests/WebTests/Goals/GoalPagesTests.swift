import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Throughline

@Suite("The pages of goals and work")
struct GoalPagesTests {
    @Test("An empty product teaches what goals are for")
    func empty() async throws {
        try await withWeb { web in
            let mine = try await web.get("/goals", as: web.test.ana)
            #expect(mine.status == .ok)
            #expect(mine.body.contains("No goal of yours yet."))
            #expect(mine.body.contains("You and Joost read them; nobody else does."))
            #expect(mine.body.contains("No objective of Customer Growth yet."))
            #expect(mine.body.contains("No objective of Larkfield yet."))
            #expect(mine.body.contains("/goals/new?level=company") == false)
            let admin = try await web.get("/goals", as: web.test.greta)
            #expect(admin.body.contains("/goals/new?level=company"))
            #expect(admin.body.contains("Only you read them."))
        }
    }

    @Test("A goal is written down, linked, moved, changed, reached and opened again")
    func life() async throws {
        try await withWeb { web in
            let ana = web.test.ana
            let team = try await web.add("First 30 days", to: .team(web.test.team), as: web.test.joost)
            let form = try await web.get("/goals/new?level=person", as: ana)
            #expect(form.status == .ok)
            #expect(form.body.contains("<optgroup label=\"Customer Growth\">"))
            let added = try await web.post(
                "/goals",
                [
                    "id": ID<Objective>().text, "level": "person", "title": "The first week runs itself",
                    "standing": "61% of 75%", "dueOn": "2026-12-31", "supports": team.text,
                ], as: ana)
            #expect(added.status == .seeOther)
            let path = try #require(added.location)
            let shown = try await web.get(path, as: ana)
            #expect(shown.body.contains("A goal of yours"))
            #expect(shown.body.contains("61% of 75%"))
            #expect(shown.body.contains("By 31 December"))
            #expect(shown.body.contains(">First 30 days</a>"))
            #expect(shown.body.contains("You and Joost"))

            #expect(try await web.post(path + "/priority", ["priority": "1"], as: ana).status == .seeOther)
            #expect(try await web.get(path, as: ana).body.contains("A goal of yours, first priority"))
            #expect(
                try await web.post(path + "/supports/removal", ["supports": team.text], as: ana).status
                    == .seeOther)
            #expect(try await web.get("/goals", as: ana).body.contains("It supports nothing of the team’s"))
            #expect(
                try await web.post(path + "/supports", ["supports": team.text], as: ana).status == .seeOther)
            let changed = try await web.post(
                path, ["version": "1", "title": "The first week runs itself", "standing": "66%"], as: ana)
            #expect(changed.status == .seeOther)
            #expect(
                try await web.post(
                    path + "/state", ["state": "reached", "words": "All six clinics"], as: ana
                ).status
                    == .seeOther)
            #expect(try await web.get(path, as: ana).body.contains("“All six clinics”"))
            let closed = try await web.get("/goals?state=closed", as: ana)
            #expect(closed.body.contains("The first week runs itself"))
            #expect(try await web.get("/goals", as: ana).body.contains("The first week runs itself") == false)
            #expect(try await web.post(path + "/state", ["state": "open"], as: ana).status == .seeOther)
            #expect(try await web.get(path, as: ana).body.contains("opened it again"))
        }
    }

    @Test("Work is added, linked from the page of all goals, and called done")
    func work() async throws {
        try await withWeb { web in
            let ana = web.test.ana
            let team = try await web.add("First 30 days", to: .team(web.test.team), as: web.test.joost)
            let added = try await web.post(
                "/work", ["title": "Help-centre migration", "standing": "60% done", "hoursAWeek": "4"],
                as: ana)
            let path = try #require(added.location)
            let gaps = try await web.get("/goals", as: ana)
            #expect(gaps.body.contains("<bdi>Help-centre migration</bdi> supports no goal."))
            #expect(gaps.body.contains("It takes about 4 hours of your week."))
            #expect(gaps.body.contains("Nothing of yours supports this. That may be right."))
            let linked = try await web.post(
                path + "/supports", ["supports": team.text, "back": "goals"], as: ana)
            #expect(linked.location == "/goals")
            #expect(try await web.get("/goals", as: ana).body.contains("supports no goal") == false)
            #expect(
                try await web.post(
                    path, ["version": "1", "title": "Migration", "hoursAWeek": "2.5"], as: ana
                ).status
                    == .seeOther)
            #expect(try await web.get(path, as: ana).body.contains("About 2.5 hours a week"))
            #expect(
                try await web.post(path + "/state", ["state": "done", "words": "At last"], as: ana).status
                    == .seeOther)
            #expect(try await web.get(path, as: ana).body.contains("called it done"))
        }
    }

    @Test("Wherever a goal is chosen that something supports, its cycle is named, in twelve queries or fewer")
    func cyclesOfChoices() async throws {
        try await withWeb { web in
            let (test, ana) = (web.test, web.test.ana)
            let mine = try await web.add("Mine", to: .person(ana.id), as: ana)
            var inCycle: ID<Objective>?
            for name in ["Q4 2026", "Q1 2027"] {
                let cycle = try await test.product.cycles.create(
                    CycleDraft(name: name, kind: "quarter", startsOn: "2026-10-01", endsOn: "2026-12-31"),
                    as: test.greta)
                _ = try await test.product.goals.add(
                    ObjectiveDraft(title: "Renewals hold", cycle: cycle.text), to: .team(test.team), as: test.joost)
                inCycle = try await test.product.goals.add(
                    ObjectiveDraft(title: "Week one", cycle: cycle.text), to: .person(ana.id), as: ana)
            }
            let work = try await test.product.goals.add(WorkDraft(title: "Migration"), as: ana)
            for path in ["/goals", "/goals/new?level=person", "/work/new", "/goals/\(mine)", "/work/\(work)"] {
                test.database.reset()
                let page = try await web.get(path, as: ana).body
                #expect(test.database.count <= 12, "\(path): \(test.database.count)")
                for name in ["Q4 2026", "Q1 2027"] {
                    #expect(page.contains(">Renewals hold (\(name))</option>"), "\(path)")
                    #expect(page.contains(">Week one (\(name))</option>"), "\(path)")
                }
                #expect(path == "/goals/\(mine)" || page.contains(">Mine</option>"), "\(path)")
            }
            let objective = try #require(inCycle)
            let list = try await web.get("/goals/\(objective)/supports/new", as: ana)
            let rejected = try await web.post("/goals/\(objective)/supports", ["supports": "none"], as: ana)
            #expect(rejected.status == .unprocessableContent)
            for page in [list, rejected] {
                #expect(
                    page.body.contains("Customer Growth, Q4 2026") && page.body.contains("Customer Growth, Q1 2027"))
            }
        }
    }

    @Test("The history of a goal and of work says the year where it is another")
    func years() async throws {
        try await withWeb { web in
            let ana = web.test.ana
            let goal = try await web.add("Mine", to: .person(ana.id), as: ana)
            let work = try await web.test.product.goals.add(WorkDraft(title: "Migration"), as: ana)
            for path in ["/goals/\(goal)", "/work/\(work)"] {
                #expect(try await web.get(path, as: ana).body.contains(">Tuesday 17 November, 09:4"), "\(path)")
            }
            web.test.clock.advance(days: 50)
            try await web.test.product.goals.rank(goal, 1, as: ana)
            // The sign-in of November has run out.
            let cookie = try await web.test.signIn(ana)
            for path in ["/goals/\(goal)", "/work/\(work)"] {
                let page = try await web.get(path, as: nil, headers: [.cookie: "throughline=\(cookie)"]).body
                #expect(page.contains(">Tuesday 17 November 2026, 09:4"), "\(path)")
                #expect(page.contains(">Wednesday 6 January, 09:4") == (path == "/goals/\(goal)"), "\(path)")
            }
        }
    }

    @Test("What is wrong stands at its field, and everything typed is kept")
    func bad() async throws {
        try await withWeb { web in
            let ana = web.test.ana
            let words = "<script>alert(1)</script> שלום \u{202E}abc"
            let answer = try await web.post(
                "/goals",
                [
                    "level": "person", "title": "", "standing": words, "dueOn": "2026-13-01",
                    "description": String(repeating: "long ", count: 5000), "supports": "",
                ], as: ana)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.body.contains("Say in a sentence what should be true in the end."))
            #expect(answer.body.contains("Choose a day, such as 2026-12-31"))
            #expect(answer.body.contains("20000 is the most it can hold"))
            #expect(answer.body.contains("&lt;script&gt;alert(1)&lt;/script&gt; שלום \u{202E}abc"))
            #expect(answer.body.contains("<script>alert") == false)
            let work = try await web.post("/work", ["title": "", "hoursAWeek": "lots"], as: ana)
            #expect(work.status == .unprocessableContent)
            #expect(work.body.contains("Give the hours as a number from 0 to 80"))
            #expect(work.body.contains("value=\"lots\""))
        }
    }

    @Test(
        "No input gives an error page of the server's",
        arguments: [
            "", "nonsense", "-1", "99999999999999999999", "0", "\u{1}", "💥", "long",
        ])
    func nonsense(_ given: String) async throws {
        let text = given == "long" ? String(repeating: "a", count: 30_000) : given
        try await withWeb { web in
            let ana = web.test.ana
            let goal = try await web.add("Mine", to: .person(ana.id), as: ana)
            let work = try await web.test.product.goals.add(WorkDraft(title: "Work"), as: ana)
            let posts: [(String, [String])] = [
                ("/goals", ["title", "level", "team", "supports", "id", "owner"]),
                ("/goals/\(goal)", ["title", "version", "dueOn", "description", "owner"]),
                ("/goals/\(goal)/state", ["state", "words"]), ("/goals/\(goal)/priority", ["priority"]),
                ("/goals/\(goal)/supports", ["supports"]), ("/goals/\(goal)/supports/removal", ["supports"]),
                ("/work", ["title", "id", "hoursAWeek", "supports"]),
                ("/work/\(work)", ["title", "version"]),
                ("/work/\(work)/state", ["state", "words"]), ("/work/\(work)/supports", ["supports"]),
                ("/work/\(work)/supports/removal", ["supports"]),
            ]
            for (path, fields) in posts {
                for field in fields {
                    let answer = try await web.post(
                        path,
                        field == "level" ? ["level": text, "title": "T"] : [field: text, "level": "person"],
                        as: ana)
                    #expect(answer.status.code < 500, "\(path) \(field)")
                }
            }
            let query = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            if query.utf8.count < 1000 {
                for path in [
                    "/goals?team=\(query)", "/goals?person=\(query)", "/goals?state=\(query)",
                    "/goals/new?level=\(query)", "/goals/new?level=team&team=\(query)", "/goals/\(query)",
                    "/work/\(query)",
                ] {
                    #expect(try await web.get(path, as: ana).status.code < 500, "\(path)")
                }
            }
        }
    }

    @Test("Two people who change an objective at once choose between both versions, and lose nothing")
    func twoVersions() async throws {
        try await withWeb { web in
            let (ana, joost) = (web.test.ana, web.test.joost)
            let id = try await web.add("First 30 days", to: .team(web.test.team), as: joost)
            let path = "/goals/\(id)"
            _ = try await web.post(
                path,
                [
                    "version": "1", "title": "First 30 days", "standing": "58%",
                    "description": "Kwame’s words",
                ],
                as: joost)
            let collision = try await web.post(
                path,
                [
                    "version": "1", "title": "First 30 days", "standing": "60%",
                    "description": "Ana’s\r\nwords",
                ],
                as: ana)
            #expect(collision.status == .conflict)
            #expect(
                collision.body.contains("Joost Hendriks saved this at 9:42")
                    || collision.body.contains("09:42"))
            #expect(collision.body.contains("value=\"60%\" checked"))
            #expect(collision.body.contains("value=\"58%\""))
            #expect(collision.body.contains("<input type=\"hidden\" name=\"title\" value=\"First 30 days\">"))
            #expect(collision.body.contains("<b>Both</b>"))
            #expect(collision.body.contains("name=\"version\" value=\"2\""))
            // What was chosen is an ordinary save.
            let saved = try await web.post(
                path,
                [
                    "version": "2", "title": "First 30 days", "standing": "60%",
                    "description": "Kwame’s words\n\nAna’s\nwords",
                ], as: ana)
            #expect(saved.status == .seeOther)
            let page = try await web.get(path, as: joost)
            #expect(page.body.contains("Kwame’s words"))
            #expect(page.body.contains("Ana’s<br>words"))
        }
    }

    @Test("Words typed for a goal that has ended meanwhile are still in the form")
    func endedMeanwhile() async throws {
        try await withWeb { web in
            let id = try await web.add("First 30 days", to: .team(web.test.team), as: web.test.joost)
            try await web.test.product.goals.settle(id, as: .reached, as: web.test.joost)
            let late = try await web.post(
                "/goals/\(id)", ["version": "1", "title": "What I typed"], as: web.test.ana)
            #expect(late.status == .unprocessableContent)
            #expect(late.body.contains("Joost Hendriks marked it reached."))
            #expect(late.body.contains("value=\"What I typed\""))
        }
    }

    @Test("A form sent twice, as by a double click, adds one")
    func twice() async throws {
        try await withWeb { web in
            let id = ID<Objective>().text
            for _ in 1...2 {
                let answer = try await web.post(
                    "/goals", ["id": id, "level": "person", "title": "Once"], as: web.test.ana)
                #expect(answer.location == "/goals/\(id)")
            }
            let body = try await web.get("/goals", as: web.test.ana).body
            #expect(body.components(separatedBy: "<article").count == 2)
        }
    }

    @Test("Each page of goals takes twelve queries or fewer, however many goals there are")
    func queries() async throws {
        try await withWeb { web in
            let test = web.test
            var company: [ID<Objective>] = []
            for number in 1...8 {
                company.append(try await web.add("Company \(number)", to: .company, as: test.greta))
            }
            var last: (ID<Objective>, ID<Work>)?
            for number in 1...60 {
                let team = try await web.add("Team \(number)", to: .team(test.team), as: test.joost)
                try await test.product.goals.link(team, to: company[number % 8].text, as: test.joost)
                let goal = try await web.add("Goal \(number)", to: .person(test.ana.id), as: test.ana)
                try await test.product.goals.link(goal, to: team.text, as: test.ana)
                let work = try await test.product.goals.add(
                    WorkDraft(title: "Work \(number)"), serving: [goal.text], as: test.ana)
                last = (goal, work)
            }
            let (goal, work) = try #require(last)
            for path in [
                "/goals", "/goals?team=\(test.team)", "/goals/\(goal)", "/work/\(work)",
                "/goals/\(goal)/edit",
                "/goals/new?level=person", "/work/new",
            ] {
                test.database.reset()
                let answer = try await web.get(path, as: test.ana)
                #expect(answer.status == .ok)
                #expect(test.database.count <= 12, "\(path)")
                // No markup has come out as text.
                #expect(!answer.body.contains("&lt;") && !answer.body.contains("HTML("), "\(path)")
            }
        }
    }
}

@Suite("Who reaches the pages of goals and work")
struct GoalPagesAccessTests {
    @Test("Somebody's own goals and work are there for them and their manager, and not there for anyone else")
    func own() async throws {
        try await withWeb { web in
            let test = web.test
            let goal = try await web.add("Ana's secret aim", to: .person(test.ana.id), as: test.ana)
            let team = try await web.add("First 30 days", to: .team(test.team), as: test.joost)
            try await test.product.goals.link(goal, to: team.text, as: test.ana)
            let work = try await test.product.goals.add(
                WorkDraft(title: "Ana's secret work"), serving: [team.text], as: test.ana)
            for path in ["/goals/\(goal)", "/work/\(work)", "/goals?person=\(test.ana.id)"] {
                for viewer in [test.ana, test.joost] {
                    let answer = try await web.get(path, as: viewer)
                    #expect(answer.status == .ok)
                    #expect(answer.body.contains("Ana&#39;s secret"))
                }
                for viewer in [test.leila, test.rafael, test.yusuf, test.greta] {
                    #expect(try await web.get(path, as: viewer).status == .notFound)
                }
                #expect(try await web.get(path, as: nil).status == .seeOther)
            }
            // Nor do the pages that everyone reads say a word of them.
            for viewer in [test.leila, test.rafael, test.yusuf, test.greta] {
                for path in ["/goals", "/goals?team=\(test.team)", "/goals/\(team)", "/goals?state=closed"] {
                    #expect(
                        try await web.get(path, as: viewer).body.contains("secret") == false,
                        "\(viewer.name) \(path)")
                }
            }
        }
    }

    @Test("Whoever may not change something is told who may, or that there is nothing")
    func writes() async throws {
        try await withWeb { web in
            let test = web.test
            let goal = try await web.add("Ana's", to: .person(test.ana.id), as: test.ana)
            let work = try await test.product.goals.add(WorkDraft(title: "Ana's"), as: test.ana)
            let team = try await web.add("First 30 days", to: .team(test.team), as: test.joost)
            let company = try await web.add("Clinics stay", to: .company, as: test.greta)
            let writes = ["", "/state", "/priority", "/supports", "/supports/removal"]
            for part in writes {
                for stranger in [test.leila, test.rafael, test.yusuf, test.greta] {
                    let answer = try await web.post(
                        "/goals/\(goal)\(part)", ["title": "X", "state": "reached", "supports": team.text],
                        as: stranger)
                    #expect(answer.status == .notFound, "\(part)")
                }
                let manager = try await web.post(
                    "/goals/\(goal)\(part)", ["title": "X", "state": "reached", "supports": team.text],
                    as: test.joost)
                #expect(manager.status == .unprocessableContent, "\(part)")
                #expect(manager.body.contains("changed by its owner alone"))
                let outsider = try await web.post(
                    "/goals/\(team)\(part)", ["title": "X", "state": "reached", "supports": company.text],
                    as: test.yusuf)
                #expect(outsider.status == .unprocessableContent, "\(part)")
                let member = try await web.post(
                    "/goals/\(company)\(part)", ["title": "X", "state": "reached", "supports": team.text],
                    as: test.leila)
                #expect(member.status == .unprocessableContent, "\(part)")
            }
            for part in ["", "/state", "/supports", "/supports/removal"] {
                let answer = try await web.post(
                    "/work/\(work)\(part)", ["title": "X", "state": "done", "supports": team.text],
                    as: test.rafael)
                #expect(answer.status == .notFound)
            }
            #expect(
                try await web.get("/goals/new?level=company", as: test.ana).status == .unprocessableContent)
            #expect(try await web.get("/goals/\(company)/edit", as: test.ana).status == .unprocessableContent)
            #expect(try await web.get("/goals/\(goal)/edit", as: test.greta).status == .notFound)
            #expect(try await web.get("/work/\(work)/edit", as: test.greta).status == .notFound)
        }
    }

    @Test("A manager finds each report's goals, and reads them without a form")
    func manager() async throws {
        try await withWeb { web in
            let test = web.test
            try await web.add("Ana's aim", to: .person(test.ana.id), as: test.ana)
            let mine = try await web.get("/goals", as: test.joost)
            #expect(mine.body.contains("/goals?person=\(test.ana.id)"))
            let hers = try await web.get("/goals?person=\(test.ana.id)", as: test.joost)
            #expect(hers.body.contains("Ana’s goals and work"))
            #expect(hers.body.contains("Ana Duarte reports to you."))
            #expect(hers.body.contains("level=person") == false)
        }
    }
}

extension TestWeb {
    @discardableResult
    func add(_ title: String, to group: Objective.Group, as viewer: Viewer) async throws -> ID<Objective> {
        try await test.product.goals.add(ObjectiveDraft(title: title), to: group, as: viewer)
    }
}
