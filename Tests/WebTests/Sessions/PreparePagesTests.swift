import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("The page on which a session is prepared")
struct PreparePagesTests {
    /// Ana's ask that Joost has said yes to: its preparation's path.
    private func agreed(_ web: TestWeb) async throws -> String {
        let path = try #require(
            try await web.post("/sessions", AskingPagesTests.fields(to: web.test.joost), as: web.test.ana)
                .location)
        let page = try await web.get(path, as: web.test.joost)
        let time = try #require(page.body.firstMatch(of: /name="time" value="([0-9a-f]{32})"/)).1
        _ = try await web.post("\(path)/acceptance", ["time": String(time)], as: web.test.joost)
        return "\(path)/preparation"
    }

    private func addItem(
        _ title: String, to path: String, as viewer: Viewer, in web: TestWeb
    ) async throws -> String {
        let item = ID<AgendaItem>().text
        let answer = try await web.post(
            "\(path)/agenda",
            ["id": item, "title": title, "minutes": "10", "presenter": viewer.id.text, "ending": "decide"],
            as: viewer)
        #expect(answer.status == .seeOther)
        return "\(path)/agenda/\(item)"
    }

    private static let script: HTTPFields = [.accept: "application/json"]

    @Test("Both see the page, and what is a draft only its author")
    func drafts() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            _ = try await addItem("Only mine", to: path, as: web.test.ana, in: web)
            let saved = try await web.post(
                "\(path)/texts/desired", ["version": "0", "draft": "1", "body": "One bet"], as: web.test.ana,
                headers: Self.script)
            #expect(
                saved.body == #"{"saved":"9:42","version":1}"#
                    || saved.body == #"{"saved":"09:42","version":1}"#)
            _ = try await web.post(
                "\(path)/texts/private", ["version": "0", "body": "Be plain"], as: web.test.ana)
            let mine = try await web.get(path, as: web.test.ana)
            #expect(
                mine.body.contains("Only mine") && mine.body.contains("One bet")
                    && mine.body.contains("Be plain"))
            #expect(mine.body.contains("Share the two drafts"))
            #expect(mine.body.contains("Joost said yes, 17 Nov"))
            let theirs = try await web.get(path, as: web.test.joost)
            #expect(theirs.status == .ok)
            for secret in ["Only mine", "One bet", "Be plain", "two drafts"] {
                #expect(!theirs.body.contains(secret))
            }
            let preview = try await web.get("\(path)/preview", as: web.test.ana)
            #expect(preview.body.contains("This is what Joost sees"))
            for secret in ["Only mine", "One bet", "Be plain"] { #expect(!preview.body.contains(secret)) }

            #expect(try await web.post("\(path)/sharing", as: web.test.ana).status == .seeOther)
            let shared = try await web.get(path, as: web.test.joost)
            #expect(shared.body.contains("Only mine") && shared.body.contains("One bet"))
            #expect(shared.body.contains("Added by Ana on Tuesday"))
            #expect(!shared.body.contains("Be plain"))
        }
    }

    @Test("The page needs at most twelve queries")
    func queries() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            for number in 1...5 {
                _ = try await addItem("Item \(number)", to: path, as: web.test.ana, in: web)
            }
            web.test.database.reset()
            #expect(try await web.get(path, as: web.test.ana).status == .ok)
            #expect(web.test.database.count <= 12)
            web.test.database.reset()
            #expect(try await web.get("\(path)/preview", as: web.test.ana).status == .ok)
            #expect(web.test.database.count <= 12)
        }
    }

    @Test("The minutes are held against the length, in words")
    func ruler() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            _ = try await web.post(
                "\(path)/agenda/offers",
                ["offer": "topic-1", "offer": "topic-2", "offer": "topic-3", "offer": "topic-4"],
                as: web.test.ana)
            let page = try await web.get(path, as: web.test.ana)
            #expect(
                page.body.contains(
                    "<b>44 of 50 minutes.</b> Six minutes are left to confirm what you agreed, which is about right."
                ))
            _ = try await addItem("More", to: path, as: web.test.ana, in: web)
            #expect(try await web.get(path, as: web.test.ana).body.contains("Four minutes too many."))
        }
    }

    @Test("A stale save shows both versions, and the person chooses")
    func versions() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            let item = try await addItem("Hiring", to: path, as: web.test.ana, in: web)
            _ = try await web.post("\(path)/sharing", as: web.test.ana)
            func fields(_ title: String, _ version: String) -> KeyValuePairs<String, String> {
                [
                    "version": version, "title": title, "minutes": "5", "presenter": web.test.ana.id.text,
                    "ending": "plan",
                ]
            }
            _ = try await web.post(item, fields("Hiring in Ghent", "1"), as: web.test.joost)
            let script = try await web.post(
                item, fields("Hiring in Delft", "1"), as: web.test.ana, headers: Self.script)
            #expect(script.status == .conflict)
            let page = try await web.post(item, fields("Hiring in Delft", "1"), as: web.test.ana)
            #expect(page.status == .conflict)
            #expect(page.body.contains("Hiring in Ghent") && page.body.contains("Hiring in Delft"))
            #expect(page.body.contains("name=\"version\" value=\"2\""))
            _ = try await web.post(item, fields("Hiring in Delft", "2"), as: web.test.ana)
            #expect(try await web.get(path, as: web.test.joost).body.contains("Hiring in Delft"))
        }
    }

    @Test("Two edits of one aim merge by line, or show both")
    func aims() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            let text = "\(path)/texts/desired"
            _ = try await web.post(
                text, ["version": "0", "draft": "1", "body": "One\n\nTwo"], as: web.test.ana)
            _ = try await web.post("\(path)/sharing", as: web.test.ana)
            _ = try await web.post(text, ["version": "1", "body": "One bet\n\nTwo"], as: web.test.joost)
            let merged = try await web.post(
                text, ["version": "1", "body": "One\n\nTwo at most"], as: web.test.ana, headers: Self.script)
            #expect(merged.body.contains(#""body":"One bet\n\nTwo at most""#))
            let both = try await web.post(text, ["version": "1", "body": "Mine\n\nTwo"], as: web.test.ana)
            #expect(both.status == .conflict)
            #expect(both.body.contains("value=\"One bet\nMine\n\nTwo at most\nTwo\"><b>Both</b>"))
            _ = try await web.post(text, ["version": "3", "body": "Theirs\nMine"], as: web.test.ana)
            #expect(try await web.get(path, as: web.test.joost).body.contains("Theirs\nMine"))
        }
    }

    @Test("Evidence is kept with its number, and bad input comes back whole")
    func evidence() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            let wrong = try await web.post(
                "\(path)/evidence",
                [
                    "id": ID<Evidence>().text, "kind": "achievement", "body": "Import <works>",
                    "from": "71%", "link": "ftp://x",
                ],
                as: web.test.ana)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.body.contains("Say where it stands now."))
            #expect(wrong.body.contains("Import &lt;works&gt;"))
            #expect(wrong.body.contains("Paste the whole address"))
            let piece = ID<Evidence>().text
            for _ in 1...2 {
                _ = try await web.post(
                    "\(path)/evidence",
                    [
                        "id": piece, "kind": "achievement", "body": "Import works", "from": "71%",
                        "to": "90%",
                        "unit": "of imports", "period": "October", "link": "https://larkfield.example/sheet",
                    ], as: web.test.ana)
            }
            let page = try await web.get(path, as: web.test.ana)
            #expect(page.body.contains("<b>71%</b>") && page.body.contains("<b>90%</b>"))
            #expect(page.body.contains("of imports, October"))
            #expect(page.body.components(separatedBy: "<p>Import works</p>").count == 2)
            _ = try await web.post("\(path)/evidence/\(piece)/removal", as: web.test.ana)
            #expect(try await web.get(path, as: web.test.ana).body.contains("Put it back"))
        }
    }

    @Test("Work that supports no goal can be linked, or proposed to be paused")
    func alignment() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            let (work, goal, now) = (ID<Work>(), ID<Objective>(), web.test.clock.now)
            let ana = web.test.ana.id
            try await web.test.database.write { tx in
                try tx.run(
                    """
                    insert into objective (id, level, owner, title, created_by, created_at, changed_by, changed_at)
                    values (\(goal), 'person', \(ana), 'The first week runs itself', \(ana), \(now), \(ana), \(now))
                    """)
                try tx.run(
                    """
                    insert into work (id, owner, title, hours_a_week, created_at, changed_at)
                    values (\(work), \(ana), 'Help-centre migration', 4.0, \(now), \(now))
                    """)
            }
            let page = try await web.get(path, as: web.test.ana)
            #expect(page.body.contains("about 4 hours of your week"))
            #expect(!(try await web.get(path, as: web.test.joost).body.contains("Link it")))
            let none = try await web.post(
                "\(path)/alignment", ["work": work.text, "supports": ""], as: web.test.ana)
            #expect(none.status == .unprocessableContent)
            for _ in 1...2 {
                _ = try await web.post(
                    "\(path)/alignment", ["work": work.text, "supports": "pause"], as: web.test.ana)
            }
            let paused = try await web.get(path, as: web.test.ana)
            #expect(
                paused.body.components(separatedBy: ">\nHelp-centre migration: finish it or pause it<").count
                    == 2)
            let linked = try await web.post(
                "\(path)/alignment", ["work": work.text, "supports": goal.text], as: web.test.ana)
            #expect(linked.status == .seeOther)
            #expect(!(try await web.get(path, as: web.test.ana).body.contains("supports no goal.")))
            let others = try await web.post(
                "\(path)/alignment", ["work": work.text, "supports": "pause"], as: web.test.joost)
            #expect(others.status == .notFound)
        }
    }

    @Test("The name and the purpose can be changed, and an empty name comes back")
    func purpose() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            let old = "Where onboarding puts its weight"
            let no = try await web.post(
                "\(path)/purpose", ["purpose": "growth", "title": "1:1", "was": old], as: web.test.ana)
            #expect(no.status == .unprocessableContent)
            #expect(no.body.contains("Keep my words"))
            _ = try await web.post(
                "\(path)/purpose", ["purpose": "growth", "title": "One bet", "was": old], as: web.test.ana)
            #expect(
                try await web.get(path, as: web.test.joost).body.contains("<h1 dir=\"auto\">One bet</h1>"))
            let both = try await web.post(
                "\(path)/purpose", ["purpose": "growth", "title": "Two bets", "was": old], as: web.test.joost)
            #expect(both.status == .conflict)
        }
    }

    @Test("No preparation is there for anybody else")
    func strangers() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            let item = try await addItem("Hiring", to: path, as: web.test.ana, in: web)
            let writes = [
                "\(path)/purpose", "\(path)/texts/desired", "\(path)/texts/private", "\(path)/sharing",
                "\(path)/agenda",
                "\(path)/agenda/order", "\(path)/agenda/offers", item, "\(item)/place", "\(item)/removal",
                "\(item)/restoration", "\(path)/evidence", "\(path)/evidence/\(ID<Evidence>())",
                "\(path)/evidence/\(ID<Evidence>())/removal",
                "\(path)/evidence/\(ID<Evidence>())/restoration",
            ]
            for viewer in [web.test.leila, web.test.rafael, web.test.greta, web.test.yusuf] {
                #expect(try await web.get(path, as: viewer).status == .notFound)
                #expect(try await web.get("\(path)/preview", as: viewer).status == .notFound)
                for write in writes {
                    let answer = try await web.post(write, ["place": "0", "order": "x"], as: viewer)
                    #expect(answer.status == .notFound, "\(write)")
                }
            }
            for write in writes { #expect(try await web.post(write, as: nil).status == .unauthorized) }
            // A draft is not there for the partner either.
            #expect(try await web.post("\(item)/removal", as: web.test.joost).status == .notFound)
            #expect(
                try await web.post("\(path)/texts/notes-1", ["body": "x"], as: web.test.ana).status
                    == .notFound)
        }
    }

    @Test("An aim that is too long comes back whole, with its message at the field")
    func longAim() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            let long = String(repeating: "é", count: 20_001)
            let page = try await web.post(
                "\(path)/texts/measure", ["draft": "1", "version": "0", "body": long], as: web.test.ana)
            #expect(page.status == .unprocessableContent)
            #expect(page.body.contains("id=\"measure-draft-body-error\""))
            #expect(page.body.contains("This is 20001 characters long") && page.body.contains(long))
        }
    }

    @Test("Nothing that is sent makes the server fail")
    func nonsense() async throws {
        try await withWeb { web in
            let path = try await agreed(web)
            let item = try await addItem("Hiring", to: path, as: web.test.ana, in: web)
            let values = [
                "", "-1", "99999999999999999999", "\u{0}", "<b>", "\u{202E}abc",
                String(repeating: "é", count: 21_000),
            ]
            for value in values {
                for write in [
                    "/sessions", "\(path)/purpose", "\(path)/texts/measure", "\(path)/agenda",
                    "\(path)/agenda/order",
                    "\(path)/agenda/offers", item, "\(item)/place", "\(path)/evidence", "\(path)/alignment",
                ] {
                    let answer = try await web.post(
                        write,
                        [
                            "title": value, "body": value, "minutes": value, "place": value, "order": value,
                            "offer": value,
                            "work": value, "supports": value, "version": value, "purpose": value,
                            "partner": value,
                            "kind": value, "from": value, "to": value, "day-1": value, "time-1": value,
                            "length": value,
                        ], as: web.test.ana)
                    #expect(answer.status.code < 500, "\(write) with \(value.prefix(20))")
                }
            }
            #expect(try await web.get(path, as: web.test.ana).status == .ok)
        }
    }
}
