// What we write, read back by the Python package icalendar.

import Foundation
import ICalendar
import TestSupport
import Testing

@Suite("Calendars that we write")
struct CalendarWritingTests {
    private let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    private func event(_ wall: String, in zone: TimeZone) throws -> CalendarEvent {
        CalendarEvent(
            uid: "one@example.com", sequence: 3, stamp: try #require(Date(utc: "20261101T080000Z")),
            start: try #require(LocalDateTime(basic: wall)), zone: zone, minutes: 45, summary: "Talk")
    }

    @Test("A meeting is read back whole: times, words, people, link")
    func meeting() async throws {
        var event = try event("20261203T140000", in: berlin)
        event.summary = "Pricing; plans, risks \\ and “more”"
        event.description = "Prepare it:\nhttps://example.com/sessions/1\n" + String(repeating: "é👩‍👩‍👧 ", count: 60)
        event.location = "Room 3, 2nd floor"
        event.url = "https://example.com/sessions/1"
        event.organizer = .init(name: "Throughline", email: "sessions@example.com")
        event.attendees = [
            .init(name: "Ana \"Annie\" Díaz; Ops", email: "ana@example.com", hasAccepted: true),
            .init(name: "", email: "joost@example.com"),
        ]
        let text = CalendarObject(method: .request, events: [event]).text

        let read = try await ReadCalendar.read(text)
        let found = try #require(read.events.first)
        #expect(read.errors == [])
        #expect(read.method == "REQUEST")
        #expect(found.uid == "one@example.com" && found.sequence == 3)
        #expect(found.start == Int(try #require(Date(utc: "20261203T130000Z")).timeIntervalSince1970))
        #expect(found.end - found.start == 45 * 60)
        #expect(found.summary == event.summary)
        #expect(found.description == event.description)
        #expect(found.location == event.location)
        #expect(found.url == event.url)
        #expect(found.organizer.map { $0["address"] } == ["mailto:sessions@example.com"])
        // A quotation mark in a name travels in the way of RFC 6868.
        #expect(found.attendees.first?["CN"].map { $0.replacing("^'", with: "\"") } == "Ana \"Annie\" Díaz; Ops")
        #expect(found.attendees.map { $0["PARTSTAT"] } == ["ACCEPTED", "NEEDS-ACTION"])
    }

    @Test("No line has more than 75 octets, none is cut within a character, and all end with CRLF")
    func folding() throws {
        var event = try event("20261203T140000", in: berlin)
        event.description = String(repeating: "é👩‍👩‍👧 日本 ", count: 40)
        let text = CalendarObject(events: [event]).text
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: true)
        for line in lines {
            #expect(line.last == 0x0D)
            #expect(line.count - 1 <= 75)
            let words = try #require(String(line.dropLast()))
            #expect(!words.unicodeScalars.contains("\u{FFFD}"))
            #expect(words.dropFirst().first?.unicodeScalars.first != "\u{200D}")
        }
    }

    @Test("Words can't begin a line of their own")
    func injection() throws {
        var event = try event("20261203T140000", in: berlin)
        event.summary = "Talk\r\nATTENDEE:mailto:x@example.com\u{2028}END:VEVENT\u{85}END:VCALENDAR"
        event.url = "https://example.com/\r\nSTATUS:CANCELLED"
        event.organizer = .init(name: "A\r\nMETHOD:CANCEL", email: "a@example.com\nX:1")
        let lines = CalendarObject(events: [event]).text.split(whereSeparator: \.isNewline)
        #expect(!lines.contains { $0.hasPrefix("ATTENDEE") || $0.hasPrefix("METHOD") || $0.hasPrefix("STATUS:CAN") })
        #expect(lines.filter { $0 == "END:VEVENT" }.count == 1)
    }

    @Test("A series has its rule, what is left out of it, and what has been moved")
    func series() async throws {
        var series = try event("20261020T140000", in: berlin)
        series.rule = try RecurrenceRule("FREQ=WEEKLY;INTERVAL=2")
        series.exceptions = [try #require(LocalDateTime(basic: "20261103T140000"))]
        var moved = try event("20261118T160000", in: berlin)
        moved.recurrenceID = LocalDateTime(basic: "20261117T140000")
        let read = try await ReadCalendar.read(CalendarObject(name: "Sessions", events: [series, moved]).text)
        #expect(read.name == "Sessions")
        #expect(read.events.map(\.rule) == ["FREQ=WEEKLY;INTERVAL=2", nil])
        #expect(
            read.events.first?.exceptions == [Int(try #require(Date(utc: "20261103T130000Z")).timeIntervalSince1970)])
        #expect(read.events.last?.recurrence == Int(try #require(Date(utc: "20261117T130000Z")).timeIntervalSince1970))
    }

    @Test("The time zones that we write give the same moments as the zones themselves, for years on")
    func zones() async throws {
        let zones = [
            "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/Santiago",
            "America/Sao_Paulo",
            "America/St_Johns", "Australia/Lord_Howe", "Australia/Sydney", "Asia/Kolkata", "Asia/Kathmandu",
            "Asia/Tokyo",
            "Asia/Jerusalem", "Asia/Beirut", "Africa/Cairo", "Africa/Casablanca", "America/Havana", "Pacific/Auckland",
            "Pacific/Chatham", "Pacific/Apia", "America/Nuuk", "Antarctica/Troll", "America/Asuncion", "Asia/Gaza",
        ]
        // Every ten days at noon, over fourteen years.
        let first = try #require(Date(utc: "20240105T120000Z"))
        let moments = (0..<510).map { first.addingTimeInterval(Double($0) * 864_000) }
        let walls = moments.map { LocalDateTime($0, in: .gmt) }
        let files = try zones.map { name in
            var event = try event("20240105T120000", in: try #require(TimeZone(identifier: name)))
            event.rule = try RecurrenceRule("FREQ=WEEKLY")
            return CalendarObject(events: [event]).text
        }
        let read = try await ReadCalendar.read(files, walls: walls.map(\.iso))
        for (name, calendar) in zip(zones, read) {
            let zone = try #require(TimeZone(identifier: name))
            let expected = walls.map { Int($0.instant(in: zone).timeIntervalSince1970) }
            let found = try #require(calendar.zones[name])
            let wrong = zip(walls, zip(expected, found)).filter { $1.0 != $1.1 }.map { $0.0.basic }
            #expect(wrong.isEmpty, "\(name): \(wrong.prefix(5)) of \(wrong.count)")
        }
    }

    @Test("A change of clocks that comes by a rule is written as that rule")
    func zoneRules() throws {
        var event = try event("20261203T140000", in: berlin)
        event.rule = try RecurrenceRule("FREQ=WEEKLY")
        let text = CalendarObject(events: [event]).text
        #expect(text.contains("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"))
        #expect(text.contains("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"))
        event.zone = .gmt
        #expect(!CalendarObject(events: [event]).text.contains("VTIMEZONE"))
    }
}

extension LocalDateTime {
    /// `2026-12-03T14:00:00`
    var iso: String {
        let text = Array(basic).map(String.init)
        let date = [text[0..<4], text[4..<6], text[6..<8]].map { $0.joined() }.joined(separator: "-")
        return date + "T" + [text[9..<11], text[11..<13], text[13..<15]].map { $0.joined() }.joined(separator: ":")
    }
}
