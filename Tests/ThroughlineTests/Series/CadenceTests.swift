// How often: in words, as a rule, and on which days.
import Foundation
import ICalendar
import Testing

@testable import Throughline

@Suite("How often people meet")
struct CadenceTests {
    @Test(
        "A rhythm that begins on a day says so in words and as a recurrence rule",
        arguments: [
            ("weekly", "2026-12-08", "every week on Tuesday", "FREQ=WEEKLY;BYDAY=TU"),
            ("two-weeks", "2026-12-08", "every two weeks on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
            ("month-weekday", "2026-12-08", "every month on the second Tuesday", "FREQ=MONTHLY;BYDAY=2TU"),
            ("month-weekday", "2026-12-29", "every month on the last Tuesday", "FREQ=MONTHLY;BYDAY=-1TU"),
            ("month-last", "2026-12-25", "every month on the last Friday", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("month-date", "2026-12-15", "every month on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("month-date", "2026-12-31", "every month on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            (
                "month-date", "2026-12-30", "every month on the 30th",
                "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"
            ),
            ("quarterly", "2026-12-08", "every quarter on the second Tuesday", "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU"),
        ])
    func words(choice: String, first: String, words: String, rule: String) throws {
        let day = try #require(Day(first))
        let cadence = try Rhythm(choice: choice).cadence(from: day)
        #expect(cadence.words == words)
        #expect(cadence.rule == rule)
        #expect(Cadence(rule: rule) == cadence)
        #expect(cadence.falls(on: day))
        #expect(cadence.day(0, from: day) == day)
    }

    @Test("One’s own rhythm is every so many weeks or months")
    func own() throws {
        let day = try #require(Day("2026-12-08"))
        let weeks = try Rhythm(choice: "own", number: "5", unit: "weeks").cadence(from: day)
        #expect(weeks.words == "every five weeks on Tuesday")
        let months = try Rhythm(choice: "own", number: "2", unit: "months").cadence(from: day)
        #expect(months.words == "every two months on the second Tuesday")
        #expect(months.rhythm == Rhythm(choice: "own", number: "2", unit: "months"))
        for (number, unit) in [("0", "weeks"), ("27", "weeks"), ("x", "weeks"), ("2", "days"), ("", "")] {
            #expect(throws: Invalid.self) {
                try Rhythm(choice: "own", number: number, unit: unit).cadence(from: day)
            }
        }
    }

    @Test("The 31st falls on the last day of a shorter month, and the last Friday is the last")
    func shortMonths() throws {
        let date = try Rhythm(choice: "month-date").cadence(from: try #require(Day("2027-01-31")))
        let first = try #require(Day("2027-01-31"))
        #expect(
            (0..<4).map { date.day($0, from: first).iso } == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"])
        let thirtieth = try Rhythm(choice: "month-date").cadence(from: try #require(Day("2027-01-30")))
        let start = try #require(Day("2027-01-30"))
        #expect((0..<3).map { thirtieth.day($0, from: start).iso } == ["2027-01-30", "2027-02-28", "2027-03-30"])
        let friday = try #require(Day("2027-01-29"))
        let last = try Rhythm(choice: "month-last").cadence(from: friday)
        #expect((0..<3).map { last.day($0, from: friday).iso } == ["2027-01-29", "2027-02-26", "2027-03-26"])
    }

    @Test("From any day on, the first occurrence is the first that isn’t before it")
    func onOrAfter() throws {
        let first = try #require(Day("2026-12-08"))
        for rhythm in ["weekly", "two-weeks", "month-weekday", "month-last", "month-date", "quarterly"] {
            let start = rhythm == "month-last" ? try #require(Day("2026-12-29")) : first
            let cadence = try Rhythm(choice: rhythm).cadence(from: start)
            let days = (0..<80).map { cadence.day($0, from: start) }
            #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
            #expect(days.allSatisfy(cadence.falls))
            for offset in 0..<400 {
                let day = start.adding(days: offset)
                let found = cadence.day(cadence.number(onOrAfter: day, from: start), from: start)
                #expect(found == days.first { $0 >= day }, "\(rhythm) from \(day.iso)")
            }
        }
    }

    /// Every day that a cadence can fall on.
    private static let kinds =
        (1...7).map { Cadence.Days.weekday($0) } + (1...31).map { .date($0) }
        + [1, 2, 3, 4, -1].flatMap { ordinal in (1...7).map { .weekdayOfMonth(ordinal, weekday: $0) } }

    @Test("As a form shows it chosen, every cadence stays what it is; on another day it keeps how often")
    func kept() throws {
        for kind in Self.kinds {
            for every in 1...Cadence.longest {
                let cadence = try #require(Cadence(every: every, kind))
                for month in 1...6 {
                    let start = try #require(Day("2027-0\(month)-01"))
                    let day = try #require((0..<31).lazy.map { start.adding(days: $0) }.first(where: cadence.falls))
                    #expect(try cadence.rhythm.cadence(from: day) == cadence, "\(cadence.words) from \(day.iso)")
                }
                let other = try Rhythm(choice: "kept", rule: cadence.rule).cadence(
                    from: try #require(Day("2027-05-11")))
                #expect(other.every == every)
            }
        }
        #expect(throws: Invalid.self) {
            try Rhythm(choice: "kept", rule: "FREQ=DAILY").cadence(from: Day(daysSince1970: 0))
        }
    }

    @Test("The last Friday of a month begins on no other day")
    func lastBeginsThere() throws {
        let refused = #expect(throws: Invalid.self) {
            try Rhythm(choice: "month-last").cadence(from: try #require(Day("2027-01-22")))
        }
        #expect(refused?.problems.map(\.field) == ["repeat"])
    }

    @Test("Calendars that expand a cadence's rule come to the same days, whichever cadence and wherever it begins")
    func sameAsCalendars() throws {
        for kind in Self.kinds {
            for every in 1...Cadence.longest {
                let cadence = try #require(Cadence(every: every, kind))
                let day = Day(daysSince1970: .random(in: 14_000...25_000))
                let first = try #require((0..<62).lazy.map { day.adding(days: $0) }.first(where: cadence.falls))
                let ours = (0..<30).map { cadence.day($0, from: first) }
                #expect(try Self.days(cadence.rule, from: first) == ours, "\(cadence.rule) from \(first.iso)")
                let late = first.adding(days: .random(in: 0...1_000))
                let next = cadence.day(cadence.number(onOrAfter: late, from: first), from: first)
                #expect(try Self.days(cadence.rule, from: first, notBefore: late).first == next)
                #expect(Cadence(rule: cadence.rule) == cadence)
            }
        }
    }

    @Test("A rule of another calendar that is taken for a cadence means the same days")
    func foreignRules() throws {
        var taken: Set<String> = []
        for _ in 0..<20_000 {
            let rule = Self.anyRule()
            let day = Day(daysSince1970: .random(in: 14_000...25_000))
            // Most are no cadence from any day, and some of those never come round, which takes long to find out.
            guard Cadence(rule: rule, from: day) != nil else { continue }
            let theirs = try Self.days(rule, from: day, count: 12)
            guard let first = theirs.first, let cadence = Cadence(rule: rule, from: first) else { continue }
            taken.insert(String(rule.prefix(9)))
            let ours = theirs.indices.map { cadence.day($0, from: first) }
            #expect(ours == theirs, "\(rule) from \(day.iso), taken for \(cadence.words)")
        }
        #expect(taken == ["FREQ=WEEK", "FREQ=MONT", "FREQ=YEAR"])
    }

    @Test("On the 31st means the last day of a shorter month; a rule that leaves such months out is another")
    func thirtyFirst() throws {
        let first = try #require(Day("2027-01-31"))
        let ours = try #require(Cadence(every: 1, .date(31)))
        #expect(ours.day(1, from: first).iso == "2027-02-28")
        for rule in ["FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=31"] {
            #expect(try Self.days(rule, from: first, count: 2).map(\.iso) == ["2027-01-31", "2027-03-31"])
            #expect(Cadence(rule: rule, from: first) == nil)
        }
    }

    /// What a calendar makes of a rule (RFC 5545).
    private static func days(
        _ rule: String, from first: Day, notBefore late: Day? = nil, count: Int = 30
    ) throws -> [Day] {
        try RecurrenceRule(rule)
            .occurrences(from: LocalDateTime(startOf: first.date), in: .gmt, notBefore: late?.date)
            .prefix(count).map { Day($0.date) }
    }

    /// Some rule, most often one that is near to a cadence.
    private static func anyRule() -> String {
        func perhaps(_ part: String, _ values: [String]) -> String {
            Bool.random() ? "" : ";\(part)=\(values[.random(in: values.indices)])"
        }
        return ["FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"][.random(in: 0...2)]
            + perhaps("INTERVAL", ["1", "2", "3", "24"])
            + perhaps("BYDAY", ["MO", "2TU", "-1FR", "WE", "TU,TH", "5MO", "1SU", "MO,TU,WE,TH,FR"])
            + perhaps("BYMONTHDAY", ["1", "15", "28", "-1", "30", "31", "28,29,30", "-2", "1,15"])
            + perhaps("BYMONTH", ["1", "3", "12", "1,7"]) + perhaps("BYSETPOS", ["1", "2", "-1", "1,-1"])
            + perhaps("WKST", ["MO", "SU"])
    }

    @Test("A rule that says something else is not taken for one of these")
    func otherRules() {
        for rule in [
            "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=MONTHLY;BYDAY=5TU", "FREQ=WEEKLY;INTERVAL=0;BYDAY=TU", "",
            "FREQ=MONTHLY;BYMONTHDAY=1,15", "nonsense", "FREQ=WEEKLY;BYDAY=XX",
        ] {
            #expect(Cadence(rule: rule) == nil, "\(rule)")
        }
        #expect(Cadence(rule: "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2")?.words == "every month on the second Tuesday")
        #expect(Cadence(rule: "FREQ=WEEKLY", from: Day("2026-12-08"))?.words == "every week on Tuesday")
    }

    @Test("The time on the wall stays when the clocks change, on either side")
    func clocks() throws {
        let amsterdam = TimeZones.stored("Europe/Amsterdam")
        let newYork = TimeZones.stored("America/New_York")
        let first = try #require(Day("2027-03-02"))
        let plan = SeriesPlan(rules: [
            SeriesRule(
                fromDay: first, cadence: try Rhythm(choice: "weekly").cadence(from: first), hour: 15, minute: 0,
                zone: amsterdam, minutes: 50)
        ])
        let now = try #require(WallTime("2027-03-01T09:00")).moment(in: amsterdam)
        let ahead = plan.ahead(of: now, count: 6)
        #expect(ahead.allSatisfy { $0.startsAt.time(in: amsterdam) == "15:00" })
        // America changes on 14 March, Europe on 28 March.
        #expect(ahead.map { $0.startsAt.time(in: newYork) } == ["09:00", "09:00", "10:00", "10:00", "09:00", "09:00"])
    }
}
