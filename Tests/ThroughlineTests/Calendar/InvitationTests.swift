// Sessions in people's calendars, by mail: what is sent when, read back by the Python package icalendar.

import Foundation
import Mail
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Calendar invitations")
struct InvitationTests {
    /// What is in the outbox for calendars, oldest first.
    private struct Queued: RowReadable {
        let to: String
        let method: String
        let text: String
        let kind: String

        init(row: inout Row) throws {
            to = try row.next()
            method = try row.next()
            text = try row.next()
            kind = try row.next()
        }

        static func all(_ test: TestProduct) async throws -> [Queued] {
            try await test.database.read { tx in
                try tx.all(
                    Queued.self,
                    """
                    select to_email, calendar_method, calendar_text, kind from mail where calendar_method <> ''
                    order by created_at, to_email
                    """)
            }
        }
    }

    private let day = TimeDraft(day: "2026-12-03", time: "14:00")
    private let later = TimeDraft(day: "2026-12-10", time: "15:00")

    /// Ana asks Joost, who says yes.
    private func agree(_ test: TestProduct) async throws -> ID<Session> {
        let id = try await test.product.sessions.ask(
            AskDraft(
                partner: test.joost.id.text, purpose: "planning", title: "One bet for spring", minutes: "50",
                times: [day]),
            as: test.ana)
        try await accept(id, as: test.joost, test)
        return id
    }

    private func accept(_ id: ID<Session>, as viewer: Viewer, _ test: TestProduct) async throws {
        let asked = try await test.product.sessions.asked(id, as: viewer)
        let time = try #require(asked.rounds.first?.times.first)
        try await test.product.sessions.accept(time.id, in: id, as: viewer)
    }

    private func at(_ moment: String) throws -> Int { Int(try Date(moment, strategy: .iso8601).timeIntervalSince1970) }

    @Test("A time that is agreed goes into both calendars, from the product, with a link", arguments: TestEngines.all)
    func agreed(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await agree(test)
            let queued = try await Queued.all(test)
            #expect(queued.map(\.to) == ["ana@larkfield.example", "joost@larkfield.example"])
            #expect(queued.map(\.kind) == ["answer", "calendar"])
            for calendar in try await ReadCalendar.read(queued.map(\.text)) {
                #expect(calendar.method == "REQUEST" && calendar.errors == [])
                let event = try #require(calendar.events.first)
                #expect(event.uid == "session-\(id)@localhost" && event.sequence == 0)
                #expect(try event.start == at("2026-12-03T13:00:00Z"))
                #expect(event.end - event.start == 50 * 60)
                #expect(event.url == "http://localhost:8080/sessions/\(id)")
                #expect(event.description?.hasSuffix("http://localhost:8080/sessions/\(id)") == true)
                #expect(event.organizer.map { $0["address"] } == ["mailto:throughline@localhost"])
                #expect(
                    Set(event.attendees.map { $0["address"] })
                        == ["mailto:ana@larkfield.example", "mailto:joost@larkfield.example"])
            }
        }
    }

    @Test("Moving it changes the same event, and a later sequence says so", arguments: TestEngines.all)
    func moved(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await agree(test)
            test.clock.advance(minutes: 5)
            try await test.product.sessions.propose([later], in: id, as: test.joost)
            // Until the other has said yes, calendars keep what was agreed.
            #expect(try await Queued.all(test).count == 2)
            test.clock.advance(minutes: 5)
            try await accept(id, as: test.ana, test)
            let queued = try await Queued.all(test).suffix(2)
            #expect(Set(queued.map(\.to)) == ["ana@larkfield.example", "joost@larkfield.example"])
            for calendar in try await ReadCalendar.read(queued.map(\.text)) {
                let event = try #require(calendar.events.first)
                #expect(event.uid == "session-\(id)@localhost" && event.sequence == 1)
                #expect(try event.start == at("2026-12-10T14:00:00Z"))
            }
        }
    }

    @Test("A wish to move that is taken back tells calendars nothing", arguments: TestEngines.all)
    func kept(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await agree(test)
            try await test.product.sessions.propose([later], in: id, as: test.joost)
            try await test.product.sessions.keepAgreedTime(in: id, as: test.joost)
            #expect(try await Queued.all(test).count == 2)
        }
    }

    @Test("Calling it off takes it out of both calendars, once", arguments: TestEngines.all)
    func cancelled(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await agree(test)
            test.clock.advance(minutes: 5)
            try await test.product.sessions.end("The lease.", in: id, as: test.ana)
            try await test.product.sessions.end("The lease.", in: id, as: test.ana)
            let queued = try await Queued.all(test).suffix(2)
            #expect(queued.map(\.method) == ["CANCEL", "CANCEL"])
            for calendar in try await ReadCalendar.read(queued.map(\.text)) {
                let event = try #require(calendar.events.first)
                #expect(calendar.method == "CANCEL")
                #expect(event.uid == "session-\(id)@localhost" && event.sequence == 1 && event.status == "CANCELLED")
            }
            #expect(try await Queued.all(test).count == 4)
        }
    }

    @Test("An ask that is declined or withdrawn was in nobody's calendar", arguments: TestEngines.all)
    func declined(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            for viewer in [test.ana, test.joost] {
                let id = try await test.product.sessions.ask(
                    AskDraft(
                        partner: test.joost.id.text, purpose: "planning", title: "One bet for spring", minutes: "50",
                        times: [day]),
                    as: test.ana)
                try await test.product.sessions.end("", in: id, as: viewer)
            }
            #expect(try await Queued.all(test).isEmpty)
        }
    }

    @Test("Who wants no calendar mail gets the letter without it", arguments: TestEngines.all)
    func optedOut(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            for viewer in [test.ana, test.joost] {
                try await test.product.calendars.setInvitations(false, as: viewer)
            }
            _ = try await agree(test)
            #expect(try await Queued.all(test).isEmpty)
            let letters = try await test.database.read { tx in
                try tx.values(String.self, "select kind from mail order by kind")
            }
            #expect(letters == ["answer", "ask"])
        }
    }

    @Test("A reader in another time zone gets the same moment in their own", arguments: TestEngines.all)
    func zones(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            try await test.database.write { tx in
                try tx.run("update person set time_zone = 'America/New_York' where id = \(test.joost.id)")
            }
            _ = try await agree(test)
            let queued = try await Queued.all(test)
            #expect(queued.first?.text.contains("DTSTART;TZID=Europe/Amsterdam:20261203T140000") == true)
            #expect(queued.last?.text.contains("DTSTART;TZID=America/New_York:20261203T080000") == true)
            let read = try await ReadCalendar.read(queued.map(\.text))
            #expect(Set(read.compactMap(\.events.first?.start)) == [try at("2026-12-03T13:00:00Z")])
        }
    }
}
