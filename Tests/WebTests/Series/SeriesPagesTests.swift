// The pages of a series: what they say, what they cost, and that what was typed wrong is shown where it was typed.
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("The pages of a series")
struct SeriesPagesTests {
    @Test("Asked for as a series and agreed to, its page says the rule and the next six times")
    func page() async throws {
        try await withWeb { web in
            let id = try await web.askWeekly()
            let asked = try await web.visit(.get, "/sessions/\(id)", as: .joost).body
            #expect(asked.contains("And then again, every week"))
            let session = try await web.accepted(id)
            let series = try #require(session.series)
            let page = try await web.visit(.get, "/series/\(series)", as: .joost).body
            #expect(page.contains("Every week on Thursday at 14:00, Amsterdam time, 50 minutes."))
            #expect(page.components(separatedBy: "id=\"o-").count == 7)
            #expect(page.contains("/sessions/\(id)"))
            let list = try await web.visit(.get, "/sessions", as: .ana).body
            #expect(list.contains("every week on Thursday"))
            let today = try await web.visit(.get, "/", as: .ana).body
            #expect(today.contains("every week on Thursday"))
            let preparation = try await web.visit(.get, "/sessions/\(id)/preparation", as: .ana).body
            #expect(preparation.contains("/series/\(series)") && preparation.contains("Skip it this time"))
        }
    }

    @Test("A series’ page takes no more than twelve queries, whoever looks")
    func queries() async throws {
        try await withWeb { web in
            let place = try await web.make(.series, of: web.test.ana)
            for visitor in [Visitor.ana, .joost] {
                let headers = try await web.signedIn(visitor)
                web.test.database.reset()
                let answer = try await web.send(.get, "/series/\(place["id"] ?? "")", [], headers: headers)
                #expect(answer.status == .ok)
                #expect(web.test.database.count <= 12, "\(visitor): \(web.test.database.count)")
            }
        }
    }

    @Test("What can’t be taken is said at its field, and what was typed stays")
    func wrong() async throws {
        try await withWeb { web in
            let place = try await web.make(.series, of: web.test.ana)
            let id = place["id"] ?? ""
            let wrong: [(String, [(String, String)], String)] = [
                (
                    "rules",
                    [
                        ("from", "2020-01-01"), ("time", "10:00"), ("zone", "Europe/Lisbon"), ("minutes", "50"),
                        ("repeat", "weekly"),
                    ], "has passed"
                ),
                (
                    "pauses", [("from", "2026-12-20"), ("until", "2026-12-01"), ("words", "Snow")],
                    "before the first day"
                ),
                (
                    "moves", [("occurrence", "2026-12-10T14:00"), ("day-1", "x"), ("time-1", "10:00")],
                    "Choose a day"
                ),
                (
                    "partner",
                    [
                        ("partner", "nobody"), ("share", "recaps"), ("day-1", "2026-12-01"), ("time-1", "10:00"),
                    ], "Choose whom"
                ),
            ]
            for (path, fields, words) in wrong {
                let answer = try await web.visit(.post, "/series/\(id)/\(path)", fields, as: .ana)
                #expect(answer.status == .unprocessableContent, "\(path)")
                #expect(answer.body.contains(words), "\(path)")
            }
            let kept = try await web.visit(.post, "/series/\(id)/pauses", wrong[1].1, as: .ana).body
            #expect(kept.contains("value=\"Snow\""))
        }
    }

    @Test("Clocks that change are said where they change, for whom they change")
    func clocks() async throws {
        try await withWeb { web in
            try await web.test.database.write { tx in
                try tx.run("update person set time_zone = 'America/New_York' where id = \(web.test.joost.id)")
            }
            let place = try await web.make(.series, of: web.test.ana)
            let id = place["id"] ?? ""
            try await web.test.database.write { tx in
                try tx.run("update series_rule set from_day = '2027-02-25' where series = \(id)")
                try tx.run("delete from session where series = \(id)")
            }
            web.test.clock.now = try #require(WallTime("2027-03-01T09:00")).moment(in: web.test.ana.timeZone)
            let page = try await web.visit(.get, "/series/\(id)", as: .ana).body
            #expect(page.contains("for Joost it is an hour later than the time before"))
            #expect(page.contains("for Joost it is an hour earlier than the time before"))
            #expect(!page.contains("for you it is"))
            #expect(page.contains("09:00 for Joost"))
        }
    }

    @Test("The record that was opened shows the recap, and shared things only where the whole was opened")
    func record() async throws {
        try await withWeb { web in
            let place = try await web.make(.openedSession, of: web.test.ana)
            let id = place["id"] ?? ""
            let whole = try await web.visit(.get, "/sessions/\(id)/record", as: .leila).body
            #expect(whole.contains("Hiring in Ghent") && whole.contains("The import works"))
            #expect(!whole.contains("Taken off"))
            try await web.test.database.write { tx in try tx.run("update history_grant set scope = 'recaps'") }
            let recap = try await web.visit(.get, "/sessions/\(id)/record", as: .leila).body
            #expect(recap.contains("Write the case") && !recap.contains("Hiring in Ghent"))
        }
    }
}

extension TestWeb {
    func askWeekly() async throws -> ID<Session> {
        let id = ID<Session>(now: test.clock.now)
        let answer = try await visit(
            .post, "/sessions",
            [
                ("id", id.text), ("partner", test.joost.id.text), ("purpose", "planning"),
                ("title", "Where onboarding puts its weight"), ("length", "50"), ("day-1", "2026-11-19"),
                ("time-1", "14:00"), ("repeat", "weekly"),
            ], as: .ana)
        #expect(answer.status == .seeOther)
        return id
    }

    func accepted(_ id: ID<Session>) async throws -> Session {
        let asked = try await test.product.sessions.asked(id, as: test.joost)
        let time = try #require(asked.rounds.first?.times.first)
        try await test.product.sessions.accept(time.id, in: id, as: test.joost)
        return try await test.product.sessions.access(id, as: test.ana).session
    }
}
