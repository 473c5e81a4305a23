import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("What to remind somebody of now")
struct ReminderRuleTests {
    // MARK: Working time

    @Test("Working minutes skip nights, weekends and days off, and count the same across a clock change")
    func minutes() throws {
        let amsterdam = try WorkingTime(.standard, in: zone("Europe/Amsterdam"))
        func minutes(_ start: String, _ end: String, _ time: WorkingTime) throws -> Int {
            try time.minutes(from: moment(start, time), to: moment(end, time))
        }
        #expect(try minutes("2026-11-17T09:00", "2026-11-17T10:30", amsterdam) == 90)
        #expect(try minutes("2026-11-17T16:00", "2026-11-18T09:30", amsterdam) == 120)
        // Friday to Monday; both clock changes of the year fall on such a weekend, and on a working Sunday.
        for friday in ["2026-11-20", "2026-03-27", "2026-10-23"] {
            let monday = try #require(Day(friday)).adding(days: 3).iso
            #expect(try minutes("\(friday)T16:00", "\(monday)T09:30", amsterdam) == 120)
            var sundays = amsterdam
            sundays.hours.days = [5, 7, 1]
            #expect(try minutes("\(friday)T16:00", "\(monday)T09:30", sundays) == 120 + 510)
            sundays.hours.starts = 0
            sundays.hours.ends = 23 * 60
            let sunday = try #require(Day(friday)).adding(days: 2).iso
            let hours = try minutes("\(sunday)T00:00", "\(sunday)T23:00", sundays)
            // The wall says 23 hours; one more or less has passed where clocks change.
            #expect(hours == (friday == "2026-03-27" ? 22 : friday == "2026-10-23" ? 24 : 23) * 60)
        }
        var away = amsterdam
        away.daysOff = [try #require(Day("2026-11-18"))...(try #require(Day("2026-11-19")))]
        #expect(try minutes("2026-11-17T16:00", "2026-11-20T09:30", away) == 120)
        #expect(try minutes("2026-11-17T16:00", "2026-11-17T09:30", away) == 0)
    }

    @Test(
        "A working day begins at the same time on the wall whatever clocks do",
        arguments: [
            ("Europe/Lisbon", "2026-03-27", "2026-03-27T08:30:00Z"),
            ("Europe/Lisbon", "2026-03-30", "2026-03-30T07:30:00Z"),
            ("Europe/Lisbon", "2026-10-26", "2026-10-26T08:30:00Z"),
            ("America/New_York", "2026-03-06", "2026-03-06T13:30:00Z"),
            ("America/New_York", "2026-03-09", "2026-03-09T12:30:00Z"),
            ("Asia/Kolkata", "2026-06-01", "2026-06-01T03:00:00Z"),
            ("Pacific/Auckland", "2026-09-28", "2026-09-27T19:30:00Z"),
        ])
    func opening(name: String, day: String, expected: String) throws {
        let time = try WorkingTime(.standard, in: zone(name))
        let day = try #require(Day(day))
        let opening = try Date(expected, strategy: .iso8601)
        #expect(time.opening(day) == opening)
        #expect(time.isOpen(at: opening) && !time.isOpen(at: opening.addingTimeInterval(-1)))
        #expect(time.isOpen(at: time.closing(day).addingTimeInterval(-1)) && !time.isOpen(at: time.closing(day)))
    }

    @Test("Who has no working day in a year is never at work")
    func never() throws {
        var time = try WorkingTime(.standard, in: zone("UTC"))
        time.daysOff = [try #require(Day("2026-01-01"))...(try #require(Day("2029-12-31")))]
        let now = try moment("2026-11-17T10:00", time)
        #expect(!time.isOpen(at: now) && time.opening(after: now) == nil)
        let rule = ReminderRule(ReminderSettings(), in: time.zone, daysOff: time.daysOff, at: now)
        #expect(rule.nextLook == now.addingTimeInterval(6 * 3600))
    }

    @Test(
        "Hours are said as people say them",
        arguments: [
            (Set([1, 2, 3, 4, 5]), "on weekdays at 8:30, Lisbon time"),
            (Set(1...7), "every day at 8:30, Lisbon time"), (Set([6, 7]), "on weekends at 8:30, Lisbon time"),
            (Set([1, 2, 3, 4]), "on Monday to Thursday at 8:30, Lisbon time"),
            (Set([1, 3, 5]), "on Monday, Wednesday and Friday at 8:30, Lisbon time"),
            (Set([2, 3]), "on Tuesday and Wednesday at 8:30, Lisbon time"),
            (Set([7]), "on Sunday at 8:30, Lisbon time"),
        ])
    func words(days: Set<Int>, expected: String) throws {
        var settings = ReminderSettings()
        settings.hours.days = days
        #expect(settings.time(in: try zone("Europe/Lisbon")) == expected)
    }

    // MARK: Sessions

    /// The session is on Thursday 19 November at 14:00 in Amsterdam.
    @Test(
        "A session is brought up on the working day on which it comes within the lead, and on its own day",
        arguments: [
            ("2026-11-16T09:00", 8, false), ("2026-11-17T09:00", 8, false), ("2026-11-17T09:00", 16, true),
            ("2026-11-18T08:29", 8, false), ("2026-11-18T08:30", 8, true), ("2026-11-18T16:59", 8, true),
            ("2026-11-18T17:00", 8, false), ("2026-11-18T09:00", 4, false), ("2026-11-19T08:30", 4, true),
            ("2026-11-19T13:44", 4, true), ("2026-11-19T13:45", 4, false), ("2026-11-19T14:30", 8, false),
            // On a Saturday nobody is reminded.
            ("2026-11-14T10:00", 40, false), ("2026-11-12T10:00", 40, true), ("2026-11-11T10:00", 40, false),
        ])
    func prepare(now: String, lead: Int, isDue: Bool) throws {
        let rule = try rule(at: now, lead: lead)
        #expect((rule.mail(about: [try session()], after: []) != nil) == isDue)
        #expect(rule.mail(about: [try session(missing: [])], after: []) == nil)
    }

    @Test("The same session is near at other hours for whoever lives elsewhere")
    func elsewhere() throws {
        // 19 November, 14:00 in Amsterdam is 8:00 in New York, before work begins: the day before is the last chance.
        let eve = try rule(at: "2026-11-18T09:00", in: "America/New_York", lead: 4)
        #expect(eve.mail(about: [try session()], after: []) != nil)
        let day = try rule(at: "2026-11-19T08:30", in: "America/New_York", lead: 4)
        #expect(day.mail(about: [try session()], after: []) == nil)
        // In Auckland it is 2:00 on Friday; Thursday is the day.
        let auckland = try rule(at: "2026-11-19T09:00", in: "Pacific/Auckland", lead: 4)
        #expect(auckland.mail(about: [try session()], after: []) != nil)
    }

    @Test("A session that becomes today's after the day's mail has gone gets one mail of its own")
    func extra() throws {
        let other = ReminderNote(kind: .action, object: "a", day: try #require(Day("2026-11-19")))
        let mail = try #require(try rule(at: "2026-11-19T10:00").mail(about: [session(), recap()], after: [other]))
        #expect(mail.isExtra)
        #expect(mail.matters.map(\.object) == ["s"])
        let told = ReminderNote(kind: .prepare, object: "s", day: other.day)
        #expect(try rule(at: "2026-11-19T10:00").mail(about: [session()], after: [other, told]) == nil)
        // The day before it is not urgent, and waits for the next mail.
        let eve = ReminderNote(kind: .action, object: "a", day: try #require(Day("2026-11-18")))
        #expect(try rule(at: "2026-11-18T10:00").mail(about: [session()], after: [eve]) == nil)
    }

    // MARK: Recaps and promises

    /// The talk was on Thursday 12 November.
    @Test(
        "A recap is asked for on the next working day, then every third, four times at most",
        arguments: [
            ("2026-11-12T16:00", [], false), ("2026-11-13T09:00", [], true), ("2026-11-16T09:00", [], true),
            ("2026-11-16T09:00", ["2026-11-13"], false), ("2026-11-17T09:00", ["2026-11-13"], false),
            ("2026-11-18T09:00", ["2026-11-13"], true),
            ("2026-11-18T09:00", ["2026-11-13", "2026-11-17"], false),
            ("2026-12-18T09:00", ["2026-11-13", "2026-11-18", "2026-11-23", "2026-11-26"], false),
        ])
    func confirm(now: String, told: [String], isDue: Bool) throws {
        let notes = try told.map { ReminderNote(kind: .confirm, object: "r", day: try #require(Day($0))) }
        #expect((try rule(at: now).mail(about: [recap()], after: notes) != nil) == isDue)
    }

    /// The promise is for Monday 16 November.
    @Test(
        "A promise comes up on the working day before, on the day, and when it is late",
        arguments: [
            ("2026-11-12T09:00", [], false), ("2026-11-13T09:00", [], true),
            ("2026-11-13T11:00", ["2026-11-13"], false), ("2026-11-16T09:00", ["2026-11-13"], true),
            ("2026-11-17T09:00", ["2026-11-13", "2026-11-16"], true),
            ("2026-11-18T09:00", ["2026-11-17"], false), ("2026-11-23T09:00", ["2026-11-17"], false),
            ("2026-11-24T09:00", ["2026-11-17"], true),
            ("2026-12-30T09:00", ["2026-11-17", "2026-11-24", "2026-12-01", "2026-12-08"], false),
            ("2027-01-15T09:00", [], true), ("2027-01-18T09:00", [], false),
        ])
    func promise(now: String, told: [String], isDue: Bool) throws {
        let notes = try told.map { ReminderNote(kind: .action, object: "a", day: try #require(Day($0))) }
        #expect((try rule(at: now).mail(about: [promised("2026-11-16")], after: notes) != nil) == isDue)
    }

    @Test("A promise for a day off comes up before it")
    func dayOff() throws {
        let monday = try #require(Day("2026-11-16"))
        let rule = try rule(at: "2026-11-13T09:00", daysOff: [monday...monday.adding(days: 1)])
        #expect(try rule.mail(about: [promised("2026-11-17")], after: []) != nil)
        #expect(try rule.mail(about: [promised("2026-11-19")], after: []) == nil)
    }

    // MARK: Key results

    /// The last of them waits since Monday 16 November.
    @Test(
        "Key results come up when their rhythm has passed, then every third working day, four times at most",
        arguments: [
            ("2026-11-16T09:00", 7, [], true), ("2026-11-18T09:00", 7, ["2026-11-16"], false),
            ("2026-11-19T09:00", 7, ["2026-11-16"], true), ("2026-11-17T09:00", 1, ["2026-11-16"], true),
            // Another began to wait on Thursday before and was brought up then.
            ("2026-11-16T09:00", 7, ["2026-11-12"], false), ("2026-11-17T09:00", 7, ["2026-11-12"], true),
            ("2026-12-18T09:00", 7, ["2026-11-16", "2026-11-19", "2026-11-24", "2026-11-27"], false),
            ("2026-12-18T09:00", 7, ["2026-11-12", "2026-11-19", "2026-11-24", "2026-11-27"], true),
            ("2026-11-21T09:00", 7, [], false),
        ])
    func checkIn(now: String, rhythm: Int, told: [String], isDue: Bool) throws {
        let notes = try told.map { ReminderNote(kind: .checkIn, object: "c", day: try #require(Day($0))) }
        #expect((try rule(at: now).mail(about: [unheard(rhythm: rhythm)], after: notes) != nil) == isDue)
    }

    // MARK: One mail

    @Test("All of a day goes into one mail, sessions first, and only what is wanted")
    func bundle() throws {
        let matters = [try unheard(), try promised("2026-11-18"), try recap(), try session()]
        let mail = try #require(try rule(at: "2026-11-18T08:30").mail(about: matters, after: []))
        #expect(mail.matters.map(\.object) == ["s", "r", "a", "c"])
        #expect(!mail.isExtra)
        let some = try #require(
            try rule(at: "2026-11-18T08:30", kinds: [.action]).mail(about: matters, after: []))
        #expect(some.matters.map(\.object) == ["a"])
        #expect(try rule(at: "2026-11-18T08:30", kinds: []).mail(about: matters, after: []) == nil)
        #expect(try rule(at: "2026-11-18T08:30").mail(about: [], after: []) == nil)
    }

    @Test(
        "The next look is when work begins, within the hour at work, and within six hours at the latest",
        arguments: [
            ("2026-11-18T06:00", "2026-11-18T08:30"), ("2026-11-18T08:30", "2026-11-18T09:30"),
            ("2026-11-18T17:00", "2026-11-18T23:00"), ("2026-11-20T20:00", "2026-11-21T02:00"),
        ])
    func nextLook(now: String, next: String) throws {
        let rule = try rule(at: now)
        #expect(try rule.nextLook == moment(next, rule.time))
    }

    // MARK: Values

    private func zone(_ name: String) throws -> TimeZone { try #require(TimeZones.named(name)) }

    private func moment(_ text: String, _ time: WorkingTime) throws -> Date {
        try #require(WallTime(text)).moment(in: time.zone)
    }

    private func rule(
        at now: String, in zone: String = "Europe/Amsterdam", lead: Int = 8,
        kinds: Set<ReminderKind> = Set(ReminderKind.allCases), daysOff: [ClosedRange<Day>] = []
    ) throws -> ReminderRule {
        let zone = try self.zone(zone)
        return ReminderRule(
            ReminderSettings(leadHours: lead, kinds: kinds), in: zone, daysOff: daysOff,
            at: try #require(WallTime(now)).moment(in: zone))
    }

    private func session(missing: [String] = ["Evidence: nothing yet"]) throws -> ReminderMatter {
        ReminderMatter(
            kind: .prepare, object: "s", title: "Where onboarding puts its weight", partner: "Joost",
            standing: .unprepared(startsAt: Date(timeIntervalSince1970: 1_795_093_200), missing: missing))
    }

    private func recap() throws -> ReminderMatter {
        ReminderMatter(
            kind: .confirm, object: "r", title: "Where onboarding puts its weight", partner: "Joost",
            standing: .unconfirmed(since: Date(timeIntervalSince1970: 1_794_492_000)))
    }

    private func unheard(rhythm: Int = 7) throws -> ReminderMatter {
        ReminderMatter(
            kind: .checkIn, object: "c", title: "Q4 2026", partner: "",
            standing: .unheard(
                keyResults: ["Booked unaided"], last: try #require(Day("2026-11-16")), rhythm: rhythm))
    }

    private func promised(_ day: String) throws -> ReminderMatter {
        ReminderMatter(
            kind: .action, object: "a", title: "Write the case", partner: "Joost",
            standing: .promised(due: try #require(Day(day)), at: Date(timeIntervalSince1970: 1_794_492_000)))
    }
}
