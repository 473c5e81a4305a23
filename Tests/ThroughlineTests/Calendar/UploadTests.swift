// One-on-ones out of other calendars.

import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Uploaded calendars")
struct UploadTests {
    private func event(
        _ summary: String, _ rule: String, _ people: [String], start: String = "20261103T140000"
    ) -> String {
        """
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Lisbon:\(start)
        DURATION:PT30M
        \(rule.isEmpty ? "STATUS:CONFIRMED" : "RRULE:\(rule)")
        SUMMARY:\(summary)
        ORGANIZER:mailto:ana@larkfield.example
        \(people.map { "ATTENDEE:mailto:\($0)" }.joined(separator: "\n"))
        END:VEVENT

        """
    }

    private func read(_ events: String..., in test: TestProduct) async throws -> Upload {
        let text = "BEGIN:VCALENDAR\n\(events.joined())END:VCALENDAR\n"
        return try await test.product.calendars.read(Array(text.utf8), as: test.ana)
    }

    private let joost = "Joost@larkfield.example"

    @Test("Recurring meetings of two people are found, with whom they know here", arguments: TestEngines.all)
    func found(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let upload = try await read(
                event("One-on-one", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20301231T000000Z", [joost]),
                event("Once", "", [joost]), event("Three of us", "FREQ=WEEKLY", [joost, "leila@larkfield.example"]),
                event("Over", "FREQ=WEEKLY;COUNT=1", [joost]), event("Alone", "FREQ=WEEKLY", []), in: test)
            #expect(upload.problems == [])
            let meeting = try #require(upload.meetings.first)
            #expect(upload.meetings.count == 1)
            #expect(meeting.title == "One-on-one" && meeting.minutes == 30 && meeting.with == "Joost Hendriks")
            // Tuesday 17 November at 14:00 in Lisbon.
            #expect(try meeting.nextAt == Date("2026-11-17T14:00:00Z", strategy: .iso8601))
            guard case .series(let partner, let cadence) = meeting.outcome else {
                Issue.record("\(meeting.outcome)")
                return
            }
            #expect(partner.id == test.joost.id && cadence.rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
        }
    }

    @Test("What can't become a series says why, and where it stands in the file")
    func obstacles() async throws {
        try await withProduct(on: .sqlite) { test in
            let upload = try await read(
                event("Twice a week", "FREQ=WEEKLY;BYDAY=TU,TH", [joost]),
                event("Outside", "FREQ=WEEKLY", ["x@elsewhere.example"], start: "20261104T140000"), in: test)
            let words = upload.meetings.map { meeting in
                if case .obstacle(let words) = meeting.outcome { words } else { "" }
            }
            #expect(words.contains { $0.hasPrefix("It comes round in a way of its own.") })
            #expect(words.contains { $0.hasPrefix("Nobody here has that address.") })
            #expect(Set(upload.meetings.map(\.line)) == [2, 10])
        }
    }

    @Test("A file that is no calendar is refused with its line, and what can't be read in one is named")
    func problems() async throws {
        try await withProduct(on: .sqlite) { test in
            let invalid = await #expect(throws: Invalid.self) {
                try await test.product.calendars.read(Array("Name;Date".utf8), as: test.ana)
            }
            #expect(
                invalid?.problems
                    == [
                        Problem(
                            field: "file", words: "Line 1: this is no calendar file; one begins with BEGIN:VCALENDAR.")
                    ])
            let upload = try await read(event("Bad", "FREQ=SOMETIMES", [joost]), in: test)
            #expect(
                upload.problems == [
                    "Line 5: in the rule, FREQ: “SOMETIMES” is none of DAILY, WEEKLY, MONTHLY and YEARLY."
                ])
        }
    }

    private func draft(_ test: TestProduct, title: String) -> AskDraft {
        AskDraft(
            partner: test.joost.id.text, purpose: "planning", title: title, minutes: "30",
            times: [TimeDraft(day: "2026-11-24", time: "15:00")], rhythm: Rhythm(choice: "two-weeks"))
    }

    @Test("Those that are chosen are asked for: all of them, or none", arguments: TestEngines.all)
    func asking(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            func counts() async throws -> [Int?] {
                try await test.database.read { tx in
                    [
                        try tx.value(Int.self, "select count(*) from session"),
                        try tx.value(Int.self, "select count(*) from series where state = 'proposed'"),
                        try tx.value(Int.self, "select count(*) from mail where kind = 'ask'"),
                    ]
                }
            }
            let invalid = await #expect(throws: Invalid.self) {
                try await test.product.calendars.ask(
                    [draft(test, title: "One bet for spring"), draft(test, title: "")], as: test.ana)
            }
            #expect(invalid?.problems.map(\.field) == ["title-1"])
            #expect(try await counts() == [0, 0, 0])
            let ids = try await test.product.calendars.ask(
                [draft(test, title: "One bet for spring"), draft(test, title: "Which clinics we open next")],
                as: test.ana)
            #expect(ids.count == 2)
            #expect(try await counts() == [2, 2, 2])
            let again = try await read(event("One-on-one", "FREQ=WEEKLY", [joost]), in: test)
            #expect(again.meetings.first?.outcome == .obstacle("You and Joost have a series already."))
        }
    }
}
