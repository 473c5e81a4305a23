// Series in people's calendars: what is told by mail, and what the feed holds.

import Foundation
import Mail
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Series in calendars")
struct SeriesCalendarTests {
    /// What was sent to Ana's calendar since the last time, oldest first.
    private func news(_ test: TestProduct) async throws -> [ReadCalendar] {
        test.clock.advance(minutes: 1)
        try await test.product.calendars.tellOfSeries()
        let texts = try await test.database.write { tx in
            let texts = try tx.values(
                String.self,
                """
                select calendar_text from mail where kind = 'calendar' and recipient = \(test.ana.id) and state = 'waiting'
                order by occasion
                """)
            try tx.run("update mail set state = 'sent'")
            return texts
        }
        return try await ReadCalendar.read(texts)
    }

    /// Ana and Joost agree to meet every week, from Thursday 3 December at 14:00 in Amsterdam on.
    private func agree(_ test: TestProduct) async throws -> ID<Series> {
        let sessions = test.product.sessions
        let id = try await sessions.ask(
            AskDraft(
                partner: test.joost.id.text, purpose: "planning", title: "One bet for spring", minutes: "50",
                times: [TimeDraft(day: "2026-12-03", time: "14:00")], rhythm: Rhythm(choice: "weekly")),
            as: test.ana)
        let asked = try await sessions.asked(id, as: test.joost)
        let time = try #require(asked.rounds.first?.times.first)
        try await sessions.accept(time.id, in: id, as: test.joost)
        let series = try await test.database.read { tx in
            try tx.value(ID<Series>.self, "select series from session where id = \(id)")
        }
        return try #require(series)
    }

    private func seconds(_ moment: String) throws -> Int {
        Int(try Date(moment, strategy: .iso8601).timeIntervalSince1970)
    }

    private func change(_ id: ID<Series>, _ test: TestProduct, _ sql: SQL) async throws {
        try await test.database.write { tx in
            try tx.run(sql)
            try tx.run(
                "update series set sequence = sequence + 1, changed_at = \(test.clock.now) where id = \(id)")
        }
    }

    @Test("A series that is agreed goes into calendars with its rule, once", arguments: TestEngines.all)
    func agreed(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await agree(test)
            let told = try await news(test)
            let event = try #require(told.first?.events.first)
            #expect(told.count == 1 && told.first?.method == "REQUEST" && told.first?.events.count == 1)
            #expect(event.uid == "series-\(id)-2026-12-03@localhost")
            #expect(event.rule == "FREQ=WEEKLY;BYDAY=TH" && event.exceptions == [])
            #expect(try event.start == seconds("2026-12-03T13:00:00Z"))
            #expect(event.url == "http://localhost:8080/series/\(id)")
            #expect(try await news(test).isEmpty)
            // The session itself is told of by the series alone.
            let others = try await test.database.read { tx in
                try tx.value(Int.self, "select count(*) from mail where calendar_method <> '' and kind <> 'calendar'")
            }
            #expect(others == 0)
        }
    }

    @Test("One that is moved has its RECURRENCE-ID, one that is left out is cancelled", arguments: TestEngines.all)
    func singles(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await agree(test)
            _ = try await news(test)
            let (now, ana) = (test.clock.now, test.ana.id)
            let to = try Date("2026-12-11T09:00:00Z", strategy: .iso8601)
            try await change(
                id, test,
                """
                insert into series_exception (series, occurrence, kind, starts_at, words, changed_by, changed_at)
                values (\(id), '2026-12-10T14:00', 'moved', \(to), '', \(ana), \(now))
                """)
            let moved = try await news(test)
            #expect(moved.map(\.method) == ["REQUEST"])
            let event = try #require(moved.first?.events.first)
            #expect(try event.recurrence == seconds("2026-12-10T13:00:00Z"))
            #expect(try event.start == seconds("2026-12-11T09:00:00Z"))
            #expect(event.sequence > 0 && event.rule == nil)

            try await change(
                id, test,
                """
                insert into series_exception (series, occurrence, kind, words, changed_by, changed_at)
                values (\(id), '2026-12-17T14:00', 'skipped', '', \(ana), \(test.clock.now))
                """)
            let skipped = try await news(test)
            #expect(skipped.map(\.method) == ["CANCEL"])
            let gone = try #require(skipped.first?.events.first)
            #expect(try gone.recurrence == seconds("2026-12-17T13:00:00Z"))
            #expect(gone.status == "CANCELLED" && gone.sequence > event.sequence)
        }
    }

    @Test("A pause of many weeks is told as a whole, with what is left out", arguments: TestEngines.all)
    func paused(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await agree(test)
            _ = try await news(test)
            try await test.product.series.pause(
                from: "2027-01-01", until: "2027-02-28", words: "", in: id, as: test.ana)
            let told = try await news(test)
            #expect(told.map(\.method) == ["REQUEST"])
            let event = try #require(told.first?.events.first)
            #expect(event.exceptions.count == 8)
            #expect(try event.exceptions.first == seconds("2027-01-07T13:00:00Z"))
        }
    }

    @Test("A series that ends goes on no more in calendars, and its next session stays", arguments: TestEngines.all)
    func ended(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await agree(test)
            _ = try await news(test)
            try await test.product.series.end("", cancellingNext: false, in: id, as: test.joost)
            let told = try await news(test)
            let rule = try #require(told.first?.events.first?.rule)
            #expect(told.map(\.method) == ["REQUEST"])
            #expect(rule == "FREQ=WEEKLY;UNTIL=20261203T130000Z;BYDAY=TH")
        }
    }

    @Test("The feed has the rule, and the session that is there already with its own link", arguments: TestEngines.all)
    func feed(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await agree(test)
            try await change(
                id, test,
                """
                insert into series_exception (series, occurrence, kind, words, changed_by, changed_at)
                values (\(id), '2026-12-17T14:00', 'skipped', '', \(test.ana.id), \(test.clock.now))
                """)
            let address = try await test.product.calendars.openFeed(hasTitles: true, as: test.joost)
            let token = try #require(address.split(separator: "/").last?.dropLast(4))
            let calendar = try await ReadCalendar.read(try await test.product.calendars.feed(String(token)).text)
            #expect(calendar.events.map(\.rule) == ["FREQ=WEEKLY;BYDAY=TH", nil])
            #expect(try calendar.events.first?.exceptions == [seconds("2026-12-17T13:00:00Z")])
            #expect(Set(calendar.events.map(\.uid)) == ["series-\(id)-2026-12-03@localhost"])
            #expect(try calendar.events.last?.recurrence == seconds("2026-12-03T13:00:00Z"))
            #expect(calendar.events.last?.url?.contains("/sessions/") == true)
        }
    }

    @Test("A series that was there before calendars knew of series is told of with its next change")
    func old() async throws {
        try await withProduct(on: .sqlite) { test in
            let id = try await agree(test)
            test.clock.advance(days: 2)
            #expect(try await news(test).isEmpty)
            try await test.database.write { tx in
                try tx.run("update series set changed_at = \(test.clock.now) where id = \(id)")
            }
            #expect(try await news(test).count == 1)
        }
    }
}
