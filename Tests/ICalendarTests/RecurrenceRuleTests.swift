import Foundation
import ICalendar
import Testing

@Suite("Recurrence rules")
struct RecurrenceRuleTests {
    private let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt
    private let auckland = TimeZone(identifier: "Pacific/Auckland") ?? .gmt

    private func expand(_ rule: String, from start: String, count: Int = 5) throws -> [String] {
        let start = try #require(LocalDateTime(basic: start))
        return try RecurrenceRule(rule).occurrences(from: start, in: berlin).prefix(count).map(\.basic)
    }

    @Test("The second Tuesday of a month is found in every month")
    func secondTuesday() throws {
        let times = try expand("FREQ=MONTHLY;BYDAY=2TU", from: "20261110T140000", count: 4)
        #expect(times == ["20261110T140000", "20261208T140000", "20270112T140000", "20270209T140000"])
    }

    @Test("The 31st leaves out the months that have none")
    func theThirtyFirst() throws {
        let times = try expand("FREQ=MONTHLY", from: "20260131T090000", count: 4)
        #expect(times == ["20260131T090000", "20260331T090000", "20260531T090000", "20260731T090000"])
    }

    @Test("The last working day of a quarter is BYSETPOS=-1")
    func lastWorkingDay() throws {
        let times = try expand(
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", from: "20260301T100000", count: 3)
        #expect(times == ["20260331T100000", "20260630T100000", "20260930T100000"])
    }

    @Test("The day that weeks start on decides which is every second week, as the RFC's own example has it")
    func weekStart() throws {
        let rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU"
        let monday = try expand(rule + ";WKST=MO", from: "19970805T090000")
        #expect(monday == ["19970805T090000", "19970810T090000", "19970819T090000", "19970824T090000"])
        let sunday = try expand(rule + ";WKST=SU", from: "19970805T090000")
        #expect(sunday == ["19970805T090000", "19970817T090000", "19970819T090000", "19970831T090000"])
    }

    @Test("A BYDAY may name every Monday and the second Tuesday")
    func mixedWeekdays() throws {
        let times = try expand("FREQ=MONTHLY;BYDAY=MO,2TU", from: "20261101T090000")
        #expect(
            times == ["20261102T090000", "20261109T090000", "20261110T090000", "20261116T090000", "20261123T090000"])
    }

    @Test("COUNT counts, UNTIL is the last that can be")
    func ends() throws {
        #expect(try expand("FREQ=WEEKLY;COUNT=2", from: "20261103T140000").count == 2)
        // 14:00 in Berlin is 13:00 in UTC, in winter.
        #expect(try expand("FREQ=WEEKLY;UNTIL=20261117T130000Z", from: "20261103T140000").count == 3)
        #expect(try expand("FREQ=WEEKLY;UNTIL=20261117T125959Z", from: "20261103T140000").count == 2)
        #expect(try expand("FREQ=WEEKLY;UNTIL=20261117T135959", from: "20261103T140000").count == 2)
        #expect(try expand("FREQ=WEEKLY;UNTIL=20261117", from: "20261103T140000").count == 3)
    }

    @Test("A rule that can't come round gives nothing, and says so at once")
    func impossible() throws {
        #expect(try expand("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", from: "20260101T090000") == [])
        #expect(try expand("FREQ=DAILY;INTERVAL=7;BYDAY=TU", from: "20261102T090000") == [])
        #expect(
            try expand("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", from: "20970101T090000", count: 1).count == 1)
    }

    @Test("The time on the wall stays when the clocks change, and the moment moves")
    func wallTime() throws {
        let start = try #require(LocalDateTime(basic: "20261020T140000"))
        let times = try RecurrenceRule("FREQ=WEEKLY").occurrences(from: start, in: berlin).prefix(2)
        #expect(times.map { $0.instant(in: berlin).utc } == ["20261020T120000Z", "20261027T130000Z"])
    }

    @Test("A time that is skipped is read by the offset before, one that comes twice is the first")
    func gapsAndOverlaps() throws {
        let skipped = try #require(LocalDateTime(basic: "20260329T023000"))
        #expect(skipped.instant(in: berlin).utc == "20260329T013000Z")
        #expect(LocalDateTime(skipped.instant(in: berlin), in: berlin).basic == "20260329T033000")
        let twice = try #require(LocalDateTime(basic: "20261025T023000"))
        #expect(twice.instant(in: berlin).utc == "20261025T003000Z")
        let south = try #require(LocalDateTime(basic: "20260405T023000"))
        #expect(south.instant(in: auckland).utc == "20260404T133000Z")
    }

    @Test(
        "A rule is written as it is read",
        arguments: [
            "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU", "FREQ=MONTHLY;COUNT=12;BYDAY=2TU",
            "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=YEARLY;UNTIL=20301231T235959Z;BYMONTH=3,6;BYDAY=MO,TU;BYSETPOS=-1",
            "FREQ=DAILY;UNTIL=20301231", "FREQ=DAILY;UNTIL=20301231T120000",
        ])
    func writing(_ text: String) throws {
        #expect(try RecurrenceRule(text).description == text)
    }

    @Test("Small letters, a plus sign, a semicolon at the end and X- parts are forgiven")
    func forgiving() throws {
        let rule = try RecurrenceRule("freq=monthly;byday=+1mo;x-note=yes;")
        #expect(rule.description == "FREQ=MONTHLY;BYDAY=1MO")
    }

    @Test(
        "A rule that isn't right is refused in words",
        arguments: [
            ("", "FREQ: it is missing, such as FREQ=WEEKLY."),
            ("FREQ=HOURLY", "FREQ: “HOURLY” is none of DAILY, WEEKLY, MONTHLY and YEARLY."),
            ("FREQ=WEEKLY;INTERVAL=0", "INTERVAL: 0 is not from 1 to 10000."),
            ("FREQ=WEEKLY;INTERVAL=two", "INTERVAL: “TWO” is no whole number."),
            ("FREQ=WEEKLY;COUNT=3;UNTIL=20301231", "COUNT: a rule has COUNT or UNTIL, not both."),
            (
                "FREQ=WEEKLY;UNTIL=tomorrow",
                "UNTIL: “TOMORROW” is no time such as 20261203T140000Z, and no day such as 20261203."
            ),
            ("FREQ=WEEKLY;BYDAY=2TU", "BYDAY: a number before a weekday is for monthly and yearly rules."),
            ("FREQ=WEEKLY;BYDAY=XX", "BYDAY: “XX” is no weekday such as MO, 2TU or -1FR."),
            ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY: a weekly rule has no days of the month."),
            ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY: 0 is not from 1 to 31."),
            ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS: it needs another part to choose from, such as BYDAY."),
            ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO: this part of a rule isn’t understood here."),
            ("FREQ=WEEKLY;FREQ=DAILY", "FREQ: it stands there twice."),
            ("WEEKLY", "WEEKLY: it has no value; parts look like INTERVAL=2."),
        ])
    func refusing(_ text: String, _ words: String) throws {
        let problem = #expect(throws: RecurrenceRule.Problem.self) { try RecurrenceRule(text) }
        #expect(problem?.description == words)
    }

    @Test("Any text ends in an answer")
    func anyText() {
        var randomness = Randomness(state: 7)
        let letters = Array("FREQ=DAILYWKMONTHUNTIL;,:-+0123456789é \n")
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...60, using: &randomness)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &randomness)]
            }
            let rule = try? RecurrenceRule("FREQ=WEEKLY;" + String(text))
            let start = LocalDateTime(basic: "20261103T140000")
            if let rule, let start { _ = Array(rule.occurrences(from: start, in: .gmt).prefix(3)) }
        }
    }
}
