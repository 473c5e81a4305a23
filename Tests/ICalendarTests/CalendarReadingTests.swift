// Files of other programs, and files that are none.

import Foundation
import ICalendar
import Testing

@Suite("Calendars that we read")
struct CalendarReadingTests {
    private let amsterdam = TimeZone(identifier: "Europe/Amsterdam") ?? .gmt

    private func read(_ text: String) throws -> (events: [ReadEvent], problems: [CalendarProblem]) {
        try CalendarFile(Array(text.utf8)).events(in: amsterdam)
    }

    private func event(_ lines: String) -> String {
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n\(lines)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    }

    @Test("A recurring meeting out of Google Calendar is read")
    func google() throws {
        let found = try read(
            """
            BEGIN:VCALENDAR
            PRODID:-//Google Inc//Google Calendar 70.9054//EN
            VERSION:2.0
            CALSCALE:GREGORIAN
            METHOD:PUBLISH
            X-WR-TIMEZONE:Europe/Lisbon
            BEGIN:VTIMEZONE
            TZID:Europe/Lisbon
            X-LIC-LOCATION:Europe/Lisbon
            BEGIN:DAYLIGHT
            TZOFFSETFROM:+0000
            TZOFFSETTO:+0100
            TZNAME:GMT+1
            DTSTART:19700329T010000
            RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
            END:DAYLIGHT
            BEGIN:STANDARD
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0000
            TZNAME:GMT
            DTSTART:19701025T020000
            RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VEVENT
            DTSTART;TZID=Europe/Lisbon:20261103T140000
            DTEND;TZID=Europe/Lisbon:20261103T143000
            RRULE:FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=TU
            EXDATE;TZID=Europe/Lisbon:20261117T140000
            DTSTAMP:20261101T080000Z
            ORGANIZER;CN=Joost Hendriks:mailto:Joost@larkfield.example
            UID:abc@google.com
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Ana Dua
             rte;X-NUM-GUESTS=0:mailto:ana@larkfield.example
            ATTENDEE;CUTYPE=RESOURCE;PARTSTAT=ACCEPTED;CN=Room:mailto:c_1@resource.calendar.google.com
            SUMMARY:1:1 Ana\\, Joost
            END:VEVENT
            END:VCALENDAR
            """)
        let event = try #require(found.events.first)
        #expect(found.problems == [])
        #expect(event.summary == "1:1 Ana, Joost")
        #expect(event.people == ["joost@larkfield.example", "ana@larkfield.example"])
        #expect(event.minutes == 30 && event.zone.identifier == "Europe/Lisbon" && event.line == 25)
        let from = try #require(Date(utc: "20261104T000000Z"))
        #expect(event.times(after: from, atMost: 2).map(\.basic) == ["20261201T140000", "20261215T140000"])
    }

    @Test("A meeting out of Outlook is read, by the name that Windows has for the time zone")
    func outlook() throws {
        let found = try read(
            event(
                """
                DTSTART;TZID="W. Europe Standard Time":20261103T140000
                DURATION:PT45M
                RRULE:FREQ=WEEKLY;COUNT=3
                SUMMARY;LANGUAGE=en-us:Catch up
                ATTENDEE;CN="Duarte; Ana":MAILTO:ana@larkfield.example
                """))
        let event = try #require(found.events.first)
        #expect(event.zone.identifier == "Europe/Berlin" && event.minutes == 45)
        #expect(event.people == ["ana@larkfield.example"])
        #expect(event.times(after: .distantPast, atMost: 9).count == 3)
    }

    @Test("A time zone with a name of the file's own is known by what its clocks do")
    func ownZone() throws {
        let found = try read(
            """
            BEGIN:VCALENDAR
            BEGIN:VTIMEZONE
            TZID:Customized Time Zone
            BEGIN:STANDARD
            DTSTART:16011104T020000
            RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
            TZOFFSETFROM:-0400
            TZOFFSETTO:-0500
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010311T020000
            RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
            TZOFFSETFROM:-0500
            TZOFFSETTO:-0400
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            DTSTART;TZID=Customized Time Zone:20261103T140000
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;TZID=Nowhere:20261103T140000
            END:VEVENT
            END:VCALENDAR
            """)
        #expect(found.events.map(\.zone.identifier) == ["America/New_York"])
        #expect(
            found.problems.map(\.description)
                == ["Line 21: the time zone “Nowhere” isn’t known, and the file doesn’t explain it."])
    }

    @Test("Line ends of every kind, a byte-order mark, empty lines and folds within a character are forgiven")
    func lineEnds() throws {
        let text = event("DTSTART:20261103T140000Z\r\nSUMMARY:Über Ziele")
        let plain = try read(text)
        #expect(plain.events.first?.summary == "Über Ziele")
        for variant in [
            text.replacing("\r\n", with: "\n"), text.replacing("\r\n", with: "\r"), "\u{FEFF}" + text,
            text.replacing("\r\n", with: "\r\n\r\n"),
        ] {
            #expect(try read(variant).events.map(\.summary) == plain.events.map(\.summary))
        }
        var bytes = Array(text.utf8)
        let fold = try #require(bytes.firstIndex(of: 0xC3))
        bytes.insert(contentsOf: [0x0D, 0x0A, 0x20], at: fold + 1)
        #expect(try CalendarFile(bytes).events(in: amsterdam).events.first?.summary == "Über Ziele")
        let latin = text.unicodeScalars.map { UInt8($0.value) }
        #expect(try CalendarFile(latin).events(in: amsterdam).events.first?.summary == "Über Ziele")
    }

    @Test("All-day events are no meetings")
    func allDay() throws {
        let found = try read(event("DTSTART;VALUE=DATE:20261103\r\nRRULE:FREQ=YEARLY"))
        #expect(found.events.isEmpty && found.problems.isEmpty)
    }

    @Test(
        "What is wrong is said with its line, and the rest is read",
        arguments: [
            ("DTSTART:tomorrow", "Line 5: “tomorrow” is no time such as 20261203T140000."),
            ("SUMMARY:No time", "Line 3: this event has no DTSTART, so no time."),
            (
                "DTSTART:20261103T140000Z\r\nRRULE:FREQ=HOURLY",
                "Line 6: in the rule, FREQ: “HOURLY” is none of DAILY, WEEKLY, MONTHLY and YEARLY."
            ),
            ("DTSTART:20261103T140000Z\r\nDURATION:1h", "Line 6: “1h” is no length of time such as PT50M."),
            ("DTSTART:20261103T140000Z\r\nRubbish", "Line 6: this is no line of a calendar, such as SUMMARY:Talk."),
        ])
    func problems(_ lines: String, _ words: String) throws {
        let good = "BEGIN:VEVENT\r\nDTSTART:20261103T140000Z\r\nSUMMARY:Good\r\nEND:VEVENT\r\nEND:VCALENDAR"
        let found = try read(event(lines).replacing("END:VCALENDAR", with: good))
        #expect(found.problems.map(\.description) == [words])
        #expect(found.events.last?.summary == "Good")
    }

    @Test(
        "A file that is no calendar, or is cut off, is refused in words",
        arguments: [
            ("", "this is no calendar file; one begins with BEGIN:VCALENDAR."),
            ("Name;Date\r\nTalk;Monday", "Line 1: this is no calendar file; one begins with BEGIN:VCALENDAR."),
            ("BEGIN:VCARD\r\nEND:VCARD", "Line 1: this is no calendar file; one begins with BEGIN:VCALENDAR."),
            ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x", "Line 2: BEGIN:VEVENT has no END. Was the file cut off?"),
            ("BEGIN:VCALENDAR\r\nEND:VEVENT", "Line 2: END:VEVENT ends something that hasn’t begun here."),
        ])
    func refused(_ text: String, _ words: String) {
        let problem = #expect(throws: CalendarProblem.self) { try CalendarFile(Array(text.utf8)) }
        #expect(problem?.description == words)
    }

    @Test("A file is read up to 1 MB, and components in one another up to twenty")
    func limits() {
        let large = #expect(throws: CalendarProblem.self) {
            try CalendarFile(Array(repeating: 0x78, count: CalendarFile.mostBytes + 1))
        }
        #expect(large?.description == "The file is larger than 1 MB.")
        let deep = #expect(throws: CalendarProblem.self) {
            try CalendarFile(Array(String(repeating: "BEGIN:VCALENDAR\r\n", count: 30).utf8))
        }
        #expect(deep?.description == "Line 21: components stand in one another too deep.")
    }

    @Test("Any bytes end in an answer, in a time that grows no faster than the file")
    func anyBytes() throws {
        var randomness = Randomness(state: 11)
        let sample = Array(
            event(
                "DTSTART;TZID=\"Europe/Berlin\":20261103T140000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU\r\nATTENDEE;CN=\"A\":mailto:a@b.c"
            ).utf8)
        for _ in 0..<2_000 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...20, using: &randomness) {
                bytes[Int.random(in: 0..<bytes.count, using: &randomness)] = UInt8.random(
                    in: 0...255, using: &randomness)
            }
            if let file = try? CalendarFile(bytes) {
                for event in file.events(in: amsterdam).events { _ = event.times(after: .distantPast, atMost: 3) }
            }
        }
        for filler in ["\r\n ", ";;;;", "A;B=\"", "A:\\\\", "BEGIN:X\r\nEND:X\r\n", "\r\n\r\n", "A;B=^^,,,,:"] {
            let text = "BEGIN:VCALENDAR\r\n" + String(repeating: filler, count: 900_000 / filler.utf8.count)
            let took = ContinuousClock().measure { _ = try? CalendarFile(Array(text.utf8)).events(in: amsterdam) }
            #expect(took < .seconds(10), "\(filler.debugDescription): \(took)")
        }
    }
}
