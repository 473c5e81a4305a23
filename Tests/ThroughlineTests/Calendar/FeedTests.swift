// The feed that somebody's calendar reads.

import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Calendar feeds")
struct FeedTests {
    private func token(_ test: TestProduct, hasTitles: Bool = true) async throws -> String {
        let address = try await test.product.calendars.openFeed(hasTitles: hasTitles, as: test.ana)
        let name = try #require(address.split(separator: "/").last)
        #expect(address == "http://localhost:8080/calendar/\(name)" && name.hasSuffix(".ics"))
        return String(name.dropLast(4))
    }

    @Test("A feed holds one's sessions, with a link to each", arguments: TestEngines.all)
    func sessions(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let mine = try await test.agreedSession()
            _ = try await test.agreedSession(title: "Not Ana’s", employee: test.rafael)
            let feed = try await test.product.calendars.feed(token(test))
            let calendar = try await ReadCalendar.read(feed.text)
            #expect(calendar.errors == [] && calendar.method == nil && calendar.name == "Strategy sessions")
            #expect(calendar.events.map(\.summary) == ["Where onboarding puts its weight (with Joost)"])
            #expect(calendar.events.map(\.url) == ["http://localhost:8080/sessions/\(mine)"])
            #expect(calendar.events.map(\.start) == [1_795_093_200])
            #expect(calendar.zones.keys.sorted() == ["Europe/Amsterdam"])
        }
    }

    @Test("A feed without titles says nothing but when", arguments: TestEngines.all)
    func untitled(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.agreedSession()
            try await test.database.write { tx in try tx.run("update session set place = 'Room 3'") }
            let text = try await test.product.calendars.feed(token(test, hasTitles: false)).text
            let unfolded = text.replacing("\r\n ", with: "")
            #expect(unfolded.contains("SUMMARY:Strategy session\r\n"))
            for word in ["onboarding", "Joost", "Ana", "Room 3", "quarter", "larkfield"] {
                #expect(!unfolded.contains(word), "\(word)")
            }
        }
    }

    @Test(
        "The secret is kept nowhere, a new address ends the old one, and closing ends both", arguments: TestEngines.all)
    func secrets(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let calendars = test.product.calendars
            let first = try await token(test)
            let stored = try await test.database.read { tx in
                try tx.value(String.self, "select token_hash from calendar_feed")
            }
            #expect(stored != first && stored == Secrets.hash(ofToken: first))
            let second = try await token(test, hasTitles: false)
            await #expect(throws: NotFound.self) { try await calendars.feed(first) }
            _ = try await calendars.feed(second)
            try await calendars.endFeed(as: test.joost)
            _ = try await calendars.feed(second)
            try await calendars.endFeed(as: test.ana)
            await #expect(throws: NotFound.self) { try await calendars.feed(second) }
            await #expect(throws: NotFound.self) { try await calendars.feed("") }
        }
    }

    @Test("A feed asks the database as often for many series as for one", arguments: TestEngines.all)
    func queries(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            func statements() async throws -> Int {
                let token = try await token(test)
                _ = try await test.product.calendars.feed(token)
                test.database.reset()
                let text = try await test.product.calendars.feed(token).text
                let count = test.database.count
                let events = try await ReadCalendar.read(text).events
                #expect(Set(events.map(\.uid)).count == (try await test.seriesCount()))
                return count
            }
            _ = try await test.weekly(from: "2026-11-26")
            let one = try await statements()
            for _ in 1...4 { _ = try await test.weekly(from: "2026-11-27") }
            #expect(try await test.seriesCount() == 5)
            let many = try await statements()
            #expect(many == one)
            #expect(many <= 7)
        }
    }

    @Test("Somebody who may no longer sign in has no feed", arguments: TestEngines.all)
    func deactivated(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let token = try await token(test)
            try await test.database.write { tx in
                try tx.run("update person set state = 'deactivated' where id = \(test.ana.id)")
            }
            await #expect(throws: NotFound.self) { try await test.product.calendars.feed(token) }
        }
    }

    @Test("What hasn't changed has the same tag, and what has another", arguments: TestEngines.all)
    func tags(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreedSession()
            let token = try await token(test)
            let first = try await test.product.calendars.feed(token)
            test.clock.advance(minutes: 90)
            #expect(try await test.product.calendars.feed(token) == first)
            try await test.product.sessions.end("", in: id, as: test.joost)
            let last = try await test.product.calendars.feed(token)
            #expect(last.tag != first.tag && !last.text.contains("BEGIN:VEVENT"))
        }
    }

    @Test("That it was read is noted once an hour", arguments: TestEngines.all)
    func reading(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let token = try await token(test)
            func readAt() async throws -> Date? {
                try await test.product.people.settings(as: test.ana).calendar.feed?.readAt
            }
            #expect(try await readAt() == nil)
            _ = try await test.product.calendars.feed(token)
            let first = try await readAt()
            #expect(first == test.clock.now)
            test.clock.advance(minutes: 59)
            _ = try await test.product.calendars.feed(token)
            #expect(try await readAt() == first)
            test.clock.advance(minutes: 2)
            _ = try await test.product.calendars.feed(token)
            #expect(try await readAt() == test.clock.now)
        }
    }
}

extension TestProduct {
    fileprivate func seriesCount() async throws -> Int {
        try await database.read { tx in try tx.value(Int.self, "select count(*) from series") ?? 0 }
    }
}
