// A series from the ask to its end: what is made when, and that nothing is lost or made twice.
import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("A series")
struct SeriesTests {
    @Test(
        "Agreeing on the first time agrees on all: the rule follows the day that was accepted",
        arguments: TestEngines.all)
    func begins(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            var draft = test.draft(to: test.joost)
            draft.rhythm = Rhythm(choice: "two-weeks")
            let id = try await test.sessions.ask(draft, as: test.ana)
            let asked = try await test.sessions.asked(id, as: test.joost)
            #expect(asked.cadence?.words == "every two weeks on Thursday")
            try await test.sessions.propose([TimeDraft(day: "2026-11-24", time: "10:00")], in: id, as: test.joost)
            try await test.accept(id, as: test.ana)
            let session = try await test.sessions.access(id, as: test.ana).session
            let series = try #require(session.series)
            #expect(session.occurrence?.iso == "2026-11-24T10:00")
            let view = try await test.product.series.view(series, as: test.joost)
            #expect(view.series.state == .agreed)
            #expect(view.rule?.words == "every two weeks on Tuesday at 10:00, Amsterdam time")
            #expect(
                view.ahead.map(\.occurrence.name.day.iso) == [
                    "2026-11-24", "2026-12-08", "2026-12-22", "2027-01-05", "2027-01-19", "2027-02-02",
                ])
            #expect(view.ahead.first?.occurrence.session == id)
            await #expect(throws: NotFound.self) { try await test.product.series.view(series, as: test.leila) }
            await #expect(throws: NotFound.self) { try await test.product.series.view(series, as: test.greta) }
        }
    }

    @Test("A series that is declined ends with the ask", arguments: TestEngines.all)
    func declined(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            var draft = test.draft(to: test.joost)
            draft.rhythm = Rhythm(choice: "weekly")
            let id = try await test.sessions.ask(draft, as: test.ana)
            let series = try #require(try await test.sessions.access(id, as: test.ana).session.series)
            try await test.sessions.end("Not every week.", in: id, as: test.joost)
            let view = try await test.product.series.view(series, as: test.ana)
            #expect(view.series.state == .ended)
            #expect(view.series.agreedAt == nil)
            #expect(view.series.endedWords == "Not every week.")
        }
    }

    @Test(
        "When a talk is over the next session is there once, whoever looks, and follows it",
        arguments: TestEngines.all)
    func comesRound(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            test.clock.now = test.thursday(0, "14:00")
            try await test.sessions.start(id, as: test.ana)
            try await test.sessions.finish(id, as: test.ana)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { _ = try await test.product.series.keepUp() } }
                try await group.waitForAll()
            }
            let sessions = try await test.sessions(of: series)
            #expect(sessions.map(\.occurrence?.iso) == ["2026-11-19T14:00", "2026-11-26T14:00"])
            #expect(sessions.map(\.state) == [.closing, .agreed])
            #expect(sessions.last?.previous == id)
            #expect(try await test.sessions.recap(id, as: test.joost).following?.id == sessions.last?.id)
        }
    }

    @Test(
        "A session that nobody held waits for a word, and the next is made all the same",
        arguments: TestEngines.all)
    func forgotten(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            test.clock.now = test.thursday(0, "15:30")
            try await test.product.series.keepUp()
            #expect(try await test.sessions(of: series).count == 1)
            test.clock.now = test.thursday(1, "09:00").adding(days: -5)
            try await test.product.series.keepUp()
            try await test.product.series.keepUp()
            let sessions = try await test.sessions(of: series)
            #expect(sessions.map(\.occurrence?.iso) == ["2026-11-19T14:00", "2026-11-26T14:00"])
            let today = try await test.product.today.view(for: test.joost)
            #expect(today.needs.map(\.kind) == [.moveForgotten])
            #expect(today.next?.session.id == sessions.last?.id)
            #expect(today.outlook?.cadence?.words == "every week on Thursday")
            try await test.sessions.end("We were both ill.", in: id, as: test.ana)
            let after = try await test.product.today.view(for: test.joost)
            #expect(after.needs.isEmpty)
        }
    }

    @Test(
        "Skipped, what each prepared goes to the next, shared and private alike",
        arguments: TestEngines.all)
    func skipped(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            _ = try await test.addItem("Hiring in Ghent", to: id, as: test.ana)
            _ = try await test.addItem("Joost’s draft", to: id, as: test.joost)
            _ = try await test.sessions.save("Six clinics", to: .desired, basedOn: 0, in: id, as: test.ana)
            _ = try await test.sessions.save("Be plain", to: .privateNotes, basedOn: 0, in: id, as: test.ana)
            _ = try await test.sessions.save("Ask about leave", to: .privateNotes, basedOn: 0, in: id, as: test.joost)
            try await test.sessions.end("I am ill.", in: id, as: test.joost)
            try await test.sessions.end("I am ill.", in: id, as: test.joost)

            let sessions = try await test.sessions(of: series)
            #expect(sessions.map(\.state) == [.cancelled, .agreed])
            let next = try #require(sessions.last?.id)
            let ana = try await test.sessions.preparation(of: next, as: test.ana)
            #expect(ana.agenda.map(\.title) == ["Hiring in Ghent"])
            #expect(ana.aims.first?.draft?.body == "Six clinics")
            #expect(ana.privateNotes?.body == "Be plain")
            let joost = try await test.sessions.preparation(of: next, as: test.joost)
            #expect(joost.agenda.map(\.title) == ["Joost’s draft"])
            #expect(joost.privateNotes?.body == "Ask about leave")
            #expect(joost.aims.first?.draft == nil)
            let line = try await test.product.series.view(series, as: test.ana).ahead.first?.occurrence
            #expect(
                line?.standing == .skipped(words: "I am ill.", by: PersonName(id: test.joost.id, name: test.joost.name))
            )
            #expect(try await test.mail(to: test.ana).contains { $0.hasPrefix("Joost skips it") })
        }
    }

    @Test(
        "What is in the next session already stays, and what comes along is added to it",
        arguments: TestEngines.all)
    func joined(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            _ = try await test.sessions.save("Be plain", to: .privateNotes, basedOn: 0, in: id, as: test.ana)
            test.clock.now = test.thursday(0, "15:30").adding(days: 2)
            try await test.product.series.keepUp()
            let next = try #require(try await test.sessions(of: series).last?.id)
            _ = try await test.sessions.save("Be brief", to: .privateNotes, basedOn: 0, in: next, as: test.ana)
            try await test.sessions.end("", in: id, as: test.ana)
            let notes = try await test.sessions.preparation(of: next, as: test.ana).privateNotes
            #expect(notes?.body == "Be brief\nBe plain")
            #expect(notes?.version == 2)
            let old = try await test.database.read { tx in
                try tx.values(String.self, "select body from session_text where session = \(id)")
            }
            #expect(old == [""])
        }
    }

    @Test(
        "Moved past the one after it, an occurrence stays the one that it is",
        arguments: TestEngines.all)
    func movedPast(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            try await test.sessions.reschedule(
                to: TimeDraft(day: "2026-11-30", time: "09:00"), saying: "Fair week", in: id, as: test.ana)
            let sessions = try await test.sessions(of: series)
            #expect(sessions.map(\.occurrence?.iso) == ["2026-11-26T14:00", "2026-11-19T14:00"])
            #expect(sessions.last?.id == id)
            #expect(sessions.last?.sequence == 1)
            let view = try await test.product.series.view(series, as: test.joost)
            #expect(
                view.ahead.map(\.occurrence.name.iso).prefix(3) == [
                    "2026-11-26T14:00", "2026-11-19T14:00", "2026-12-03T14:00",
                ])
            for person in [test.ana, test.joost] {
                #expect(
                    try await test.mail(to: person).count { $0.hasPrefix("Moved to Monday 30 November, 09:00") } == 1)
            }
            // The one that overtook it is held; the moved one is next, and no other is made before it.
            let first = try #require(sessions.first?.id)
            test.clock.now = test.thursday(1, "14:00")
            try await test.sessions.start(first, as: test.joost)
            try await test.sessions.finish(first, as: test.joost)
            let after = try await test.sessions(of: series)
            #expect(after.count == 2)
            #expect(after.last?.previous == first)
        }
    }

    @Test(
        "A changed rule holds from its day on, and what was before stays true",
        arguments: TestEngines.all)
    func changedRule(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            let draft = RuleDraft(
                from: "2026-12-01", time: "10:30", zone: "Europe/Lisbon", minutes: "30",
                rhythm: Rhythm(choice: "month-weekday"))
            try await test.product.series.change(draft, in: series, as: test.joost)
            try await test.product.series.change(draft, in: series, as: test.joost)
            let view = try await test.product.series.view(series, as: test.ana)
            #expect(view.rules.count == 2)
            #expect(
                view.ahead.map(\.occurrence.name.iso).prefix(4) == [
                    "2026-11-19T14:00", "2026-11-26T14:00", "2026-12-01T10:30", "2027-01-05T10:30",
                ])
            #expect(view.ahead[2].occurrence.startsAt.time(in: test.ana.timeZone) == "11:30")
            #expect(view.ahead[0].occurrence.session == id)
            #expect(try await test.mail(to: test.ana).count { $0.hasPrefix("Changed:") } == 1)
            for wrong in [
                RuleDraft(from: "2020-01-01", time: "10:30", zone: "Europe/Lisbon", minutes: "30", rhythm: .once),
                RuleDraft(from: "", time: "x", zone: "Nowhere", minutes: "3", rhythm: Rhythm(choice: "own")),
            ] {
                await #expect(throws: Invalid.self) {
                    try await test.product.series.change(wrong, in: series, as: test.ana)
                }
            }
        }
    }

    @Test("Held before its time, the next one is the one after it", arguments: TestEngines.all)
    func early(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            try await test.sessions.start(id, as: test.ana)
            try await test.sessions.finish(id, as: test.joost)
            let sessions = try await test.sessions(of: series)
            #expect(sessions.map(\.occurrence?.iso) == ["2026-11-19T14:00", "2026-11-26T14:00"])
            #expect(sessions.last?.previous == id)
        }
    }

    @Test("A rule that changes to a day that was skipped leaves that day skipped", arguments: TestEngines.all)
    func changedToSkipped(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            try await test.sessions.end("I am ill.", in: id, as: test.joost)
            try await test.product.series.change(
                RuleDraft(
                    from: "2026-11-19", time: "14:00", zone: "Europe/Amsterdam", minutes: "30",
                    rhythm: Rhythm(choice: "two-weeks")), in: series, as: test.ana)
            let sessions = try await test.sessions(of: series)
            #expect(sessions.map(\.occurrence?.iso) == ["2026-11-19T14:00", "2026-12-03T14:00"])
            #expect(sessions.map(\.state) == [.cancelled, .agreed])
            #expect(sessions.last?.minutes == 30)
        }
    }

    @Test(
        "The session that comes next moves along with a changed rule, as it was prepared",
        arguments: TestEngines.all)
    func changedRuleTakesAlong(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            _ = try await test.addItem("Hiring in Ghent", to: id, as: test.ana)
            try await test.product.series.change(
                RuleDraft(
                    from: "2026-11-18", time: "09:00", zone: "Europe/Amsterdam", minutes: "50",
                    rhythm: Rhythm(choice: "two-weeks")), in: series, as: test.ana)
            let session = try await test.sessions.access(id, as: test.joost).session
            #expect(session.occurrence?.iso == "2026-11-18T09:00")
            #expect(session.startsAt?.long(in: test.ana.timeZone) == "Wednesday 18 November, 09:00")
            #expect(try await test.titles(id, as: test.ana) == ["Hiring in Ghent"])
            #expect(try await test.sessions(of: series).count == 1)
        }
    }

    @Test(
        "Paused, nothing comes until the pause is over, and what was prepared waits there",
        arguments: TestEngines.all)
    func paused(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            _ = try await test.addItem("Hiring in Ghent", to: id, as: test.ana)
            try await test.product.series.pause(
                from: "2026-11-18", until: "2026-12-04", words: "Leave", in: series, as: test.joost)
            let sessions = try await test.sessions(of: series)
            #expect(sessions.map(\.occurrence?.iso) == ["2026-11-19T14:00", "2026-12-10T14:00"])
            #expect(sessions.map(\.state) == [.cancelled, .agreed])
            let next = try #require(sessions.last?.id)
            #expect(try await test.titles(next, as: test.ana) == ["Hiring in Ghent"])
            let view = try await test.product.series.view(series, as: test.ana)
            #expect(view.ahead.map(\.occurrence.isOn) == [false, false, false, true, true, true])
            let pause = try #require(view.pauses.first?.id)
            try await test.product.series.endPause(pause, in: series, as: test.ana)
            try await test.product.series.endPause(pause, in: series, as: test.ana)
            #expect(try await test.mail(to: test.joost).count { $0.hasPrefix("Goes on:") } == 1)
            #expect(
                try await test.sessions(of: series).filter { $0.state == .agreed }.map(\.occurrence?.iso)
                    == ["2026-11-26T14:00", "2026-12-10T14:00"])
        }
    }

    @Test(
        "One that comes later is skipped, moved and put back before it has a session",
        arguments: TestEngines.all)
    func later(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, _) = try await test.weekly()
            let keeping = test.product.series
            try await keeping.skip("2026-11-26T14:00", saying: "The fair", in: series, as: test.ana)
            try await keeping.move(
                "2026-12-03T14:00", to: TimeDraft(day: "2026-12-04", time: "11:00"), in: series, as: test.joost)
            func standings() async throws -> [Occurrence.Standing] {
                try await keeping.view(series, as: test.ana).ahead.map(\.occurrence.standing)
            }
            let standings1 = try await standings()
            #expect(standings1[1] == .skipped(words: "The fair", by: PersonName(id: test.ana.id, name: test.ana.name)))
            #expect(standings1[2] == .moved(from: test.thursday(2, "14:00"), words: ""))
            try await keeping.restore("2026-11-26T14:00", in: series, as: test.joost)
            try await keeping.restore("2026-12-03T14:00", in: series, as: test.joost)
            let standings2 = try await standings()
            #expect(standings2.prefix(3).allSatisfy { $0 == .planned })
            for name in ["2026-11-27T14:00", "x", "2026-11-26T14:30", "2020-01-02T14:00"] {
                await #expect(throws: NotFound.self) {
                    try await keeping.skip(name, saying: "", in: series, as: test.ana)
                }
            }
        }
    }

    @Test("One is never moved onto another of the series", arguments: TestEngines.all)
    func movedOntoAnother(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, first) = try await test.weekly()
            for time in ["14:00", "14:20", "13:45"] {
                let later = try await problems {
                    try await test.product.series.move(
                        "2026-12-03T14:00", to: TimeDraft(day: "2026-11-26", time: time), in: series, as: test.ana)
                }
                let agreed = try await problems {
                    try await test.sessions.reschedule(
                        to: TimeDraft(day: "2026-12-10", time: time), saying: "", in: first, as: test.joost)
                }
                let proposed = try await problems {
                    let times = [TimeDraft(day: "2026-11-20", time: "10:00"), TimeDraft(day: "2026-12-10", time: time)]
                    try await test.sessions.propose(times, in: first, as: test.joost)
                }
                #expect([later, agreed, proposed].allSatisfy { $0 == ["day-1"] }, "at \(time)")
            }
            // One that is left out takes no time.
            try await test.product.series.skip("2026-11-26T14:00", saying: "", in: series, as: test.ana)
            try await test.product.series.move(
                "2026-12-03T14:00", to: TimeDraft(day: "2026-11-26", time: "14:00"), in: series, as: test.ana)
            await #expect(throws: Refused.self) {
                try await test.product.series.restore("2026-11-26T14:00", in: series, as: test.joost)
            }
            // Of a series that has ended only the sessions that there are take time.
            try await test.product.series.end("", cancellingNext: false, in: series, as: test.ana)
            try await test.sessions.reschedule(
                to: TimeDraft(day: "2026-12-10", time: "14:00"), saying: "", in: first, as: test.joost)
        }
    }

    @Test("A time that another was moved to meanwhile can’t be agreed on", arguments: TestEngines.all)
    func agreedOntoAnother(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, first) = try await test.weekly()
            let day = TimeDraft(day: "2026-11-27", time: "10:00")
            try await test.sessions.propose([day], in: first, as: test.joost)
            try await test.product.series.move("2026-11-26T14:00", to: day, in: series, as: test.ana)
            await #expect(throws: Refused.self) { try await test.accept(first, as: test.ana) }
            #expect(try await test.state(first) == .asked)
            try await test.product.series.skip("2026-11-26T14:00", saying: "", in: series, as: test.ana)
            try await test.accept(first, as: test.ana)
        }
    }

    @Test("One that is under way takes its time", arguments: TestEngines.all)
    func underWay(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, first) = try await test.weekly()
            test.clock.now = test.thursday(0, "14:00")
            try await test.sessions.start(first, as: test.ana)
            test.clock.now = test.thursday(0, "14:05")
            func found(_ time: String) async throws -> [String] {
                try await problems {
                    try await test.product.series.move(
                        "2026-11-26T14:00", to: TimeDraft(day: "2026-11-19", time: time), in: series, as: test.joost)
                }
            }
            #expect(try await found("14:30") == ["day-1"])
            #expect(try await found("14:50") == [])
        }
    }

    @Test("A pause is about the days on which they meet, by the rule or moved there", arguments: TestEngines.all)
    func pausedByDay(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, first) = try await test.weekly()
            let keeping = test.product.series
            try await test.sessions.reschedule(
                to: TimeDraft(day: "2026-12-07", time: "16:00"), saying: "", in: first, as: test.ana)
            try await keeping.move(
                "2026-12-10T14:00", to: TimeDraft(day: "2026-11-25", time: "09:00"), in: series, as: test.joost)
            try await keeping.move(
                "2026-12-17T14:00", to: TimeDraft(day: "2026-11-27", time: "09:00"), in: series, as: test.joost)
            try await keeping.pause(from: "2026-11-18", until: "2026-11-29", words: "", in: series, as: test.joost)
            let sessions = try await test.sessions(of: series)
            #expect(
                sessions.filter { $0.state == .agreed }.map(\.occurrence?.iso) == [
                    "2026-12-03T14:00", "2026-11-19T14:00",
                ])
            let ahead = try await keeping.view(series, as: test.ana).ahead.map(\.occurrence).filter(\.isOn)
            #expect(ahead.prefix(3).map(\.name.iso) == ["2026-12-03T14:00", "2026-11-19T14:00", "2026-12-24T14:00"])
        }
    }

    @Test("A pause that begins today leaves the session that is under way", arguments: TestEngines.all)
    func pausedMeanwhile(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, first) = try await test.weekly()
            test.clock.now = test.thursday(0, "14:00")
            try await test.sessions.start(first, as: test.ana)
            test.clock.now = test.thursday(0, "14:05")
            try await test.product.series.pause(
                from: "2026-11-19", until: "2026-11-29", words: "", in: series, as: test.joost)
            #expect(try await test.state(first) == .running)
            let ahead = try await test.product.series.view(series, as: test.ana).ahead.map(\.occurrence)
            #expect(ahead.first { $0.isOn }?.name.iso == "2026-12-03T14:00")
        }
    }

    @Test("One whose time has passed isn’t put back", arguments: TestEngines.all)
    func putBackTooLate(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, _) = try await test.weekly()
            try await test.product.series.move(
                "2026-12-03T14:00", to: TimeDraft(day: "2026-12-16", time: "10:00"), in: series, as: test.ana)
            test.clock.now = test.thursday(2, "15:00")
            await #expect(throws: Refused.self) {
                try await test.product.series.restore("2026-12-03T14:00", in: series, as: test.joost)
            }
        }
    }

    @Test("A series waits while one of the two is gone, and letters to them stay unwritten", arguments: TestEngines.all)
    func letGo(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, _) = try await test.weekly()
            let people = test.product.people
            try await people.deactivate(test.ana.id, as: test.greta)
            let letters = try await test.mail(to: test.ana).count
            test.clock.now = test.thursday(3, "15:00")
            try await test.product.series.keepUp()
            #expect(try await test.sessions(of: series).count == 1)
            try await test.product.series.pause(
                from: "2027-01-04", until: "2027-01-08", words: "", in: series, as: test.joost)
            #expect(try await test.mail(to: test.ana).count == letters)
            try await people.reactivate(test.ana.id, as: test.greta)
            try await test.product.series.keepUp()
            #expect(try await test.sessions(of: series).count == 2)
        }
    }

    @Test("None comes back onto one that was moved to its time, nor does a new rule", arguments: TestEngines.all)
    func comesOntoAnother(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, _) = try await test.weekly()
            let keeping = test.product.series
            try await keeping.pause(from: "2026-11-25", until: "2026-11-27", words: "", in: series, as: test.joost)
            let pause = try #require(try await keeping.view(series, as: test.ana).pauses.first?.id)
            func putOff(to time: String) async throws {
                try await keeping.move(
                    "2026-12-03T14:00", to: TimeDraft(day: "2026-11-26", time: time), in: series, as: test.ana)
            }
            try await putOff(to: "14:20")
            await #expect(throws: Refused.self) { try await keeping.endPause(pause, in: series, as: test.joost) }
            #expect(try await keeping.view(series, as: test.ana).pauses.count == 1)
            let rule = RuleDraft(
                from: "2026-11-26", time: "15:00", zone: "Europe/Amsterdam", minutes: "50",
                rhythm: Rhythm(choice: "weekly"))
            try await keeping.move(
                "2026-11-19T14:00", to: TimeDraft(day: "2026-12-03", time: "15:20"), in: series, as: test.ana)
            let clash = try await problems { try await keeping.change(rule, in: series, as: test.joost) }
            #expect(clash == ["from"])
            #expect(try await keeping.view(series, as: test.ana).rules.count == 1)
            try await putOff(to: "17:00")
            try await keeping.endPause(pause, in: series, as: test.joost)
            #expect(try await keeping.view(series, as: test.ana).pauses.isEmpty)
        }
    }

    @Test(
        "Ended, nothing comes any more; the last one agreed stays unless it is cancelled too",
        arguments: TestEngines.all)
    func ends(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            try await test.product.series.end("Rafael takes over.", cancellingNext: false, in: series, as: test.joost)
            try await test.product.series.end("Rafael takes over.", cancellingNext: false, in: series, as: test.joost)
            #expect(try await test.state(id) == .agreed)
            test.clock.now = test.thursday(0, "14:00")
            try await test.sessions.start(id, as: test.ana)
            try await test.sessions.finish(id, as: test.ana)
            try await test.product.series.keepUp()
            #expect(try await test.sessions(of: series).count == 1)
            await #expect(throws: Conflict.self) {
                try await test.product.series.skip("2026-11-26T14:00", saying: "", in: series, as: test.ana)
            }
            #expect(try await test.mail(to: test.ana).count { $0.hasPrefix("Ended:") } == 1)
        }
    }

    @Test(
        "Away on the day of a session is a question to both, and skips nothing",
        arguments: TestEngines.all)
    func daysOff(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (series, id) = try await test.weekly()
            try await test.product.people.addDaysOff(from: "2026-11-18", until: "2026-11-19", as: test.joost)
            try await test.product.people.addDaysOff(from: "2026-11-18", until: "2026-11-19", as: test.joost)
            let joost = PersonName(id: test.joost.id, name: test.joost.name)
            let view = try await test.product.series.view(series, as: test.ana)
            #expect(view.ahead.map(\.away) == [[joost], [], [], [], [], []])
            let today = try await test.product.today.view(for: test.ana)
            #expect(today.needs.map(\.kind) == [.moveForDayOff(of: joost)])
            #expect(try await test.state(id) == .agreed)
            try await test.sessions.meetAllTheSame(id, as: test.joost)
            try await test.sessions.meetAllTheSame(id, as: test.ana)
            let same = try await test.product.today.view(for: test.ana)
            #expect(same.needs.isEmpty)
            let lines = try await test.product.series.view(series, as: test.joost).ahead
            #expect(lines.allSatisfy { $0.away.isEmpty })
            #expect(try await test.count("select count(*) from journal where verb = 'meets-all-the-same'") == 1)
            // At another time it is another question.
            try await test.sessions.reschedule(
                to: TimeDraft(day: "2026-11-18", time: "09:00"), saying: "", in: id, as: test.ana)
            let moved = try await test.product.today.view(for: test.joost)
            #expect(moved.needs.map(\.kind) == [.moveForDayOff(of: joost)])
            let mine = try await test.product.people.daysOff(of: test.joost)
            #expect(mine.count == 1)
            let dayOff = try #require(mine.first?.id)
            await #expect(throws: NotFound.self) {
                try await test.product.people.removeDaysOff(dayOff, as: test.ana)
            }
            try await test.product.people.removeDaysOff(dayOff, as: test.joost)
            let after = try await test.product.today.view(for: test.ana)
            #expect(after.needs.isEmpty)
            let wrong = try await problems {
                try await test.product.people.addDaysOff(from: "2026-12-10", until: "2026-12-01", as: test.ana)
            }
            #expect(wrong == ["until"])
            try await test.product.people.addDaysOff(from: "2026-12-08", until: "2026-12-10", as: test.ana)
            for (from, until) in [("2026-12-10", "2026-12-12"), ("2026-12-01", "2026-12-08"), ("2026-12-09", "")] {
                let overlap = try await problems {
                    try await test.product.people.addDaysOff(from: from, until: until, as: test.ana)
                }
                #expect(overlap == ["from"], "\(from)")
            }
            try await test.product.people.addDaysOff(from: "2026-12-11", until: "", as: test.ana)
        }
    }

    @Test(
        "A cancelled session’s preparation comes along when one of the two asks again",
        arguments: TestEngines.all)
    func bringsAlong(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            _ = try await test.addItem("Hiring in Ghent", to: id, as: test.ana)
            _ = try await test.sessions.save("Be plain", to: .privateNotes, basedOn: 0, in: id, as: test.joost)
            try await test.sessions.end("I am ill.", in: id, as: test.ana)
            var draft = test.draft(to: test.joost)
            draft.bring = id.text
            let next = try await test.sessions.ask(draft, as: test.ana)
            #expect(try await test.titles(next, as: test.ana) == ["Hiring in Ghent"])
            #expect(try await test.titles(next, as: test.joost) == [])
            #expect(try await test.sessions.preparation(of: next, as: test.joost).privateNotes?.body == "Be plain")
            var strange = test.draft(to: test.leila)
            strange.bring = id.text
            await #expect(throws: NotFound.self) { try await test.sessions.ask(strange, as: test.joost) }
            await #expect(throws: NotFound.self) { try await test.sessions.ask(strange, as: test.rafael) }
        }
    }
}

extension TestProduct {
    /// Ana and Joost meet every week, on Thursdays at 14:00 from 19 November 2026 on.
    func weekly() async throws -> (series: ID<Series>, first: ID<Session>) {
        var draft = draft(to: joost)
        draft.rhythm = Rhythm(choice: "weekly")
        let id = try await sessions.ask(draft, as: ana)
        try await accept(id, as: joost)
        guard let series = try await sessions.access(id, as: ana).session.series else { throw NotFound() }
        return (series, id)
    }

    /// So many weeks after the first Thursday.
    func thursday(_ weeks: Int, _ time: String) -> Date {
        guard let first = Day("2026-11-19"), let wall = WallTime(day: first.adding(days: 7 * weeks), time: time) else {
            return clock.now
        }
        return wall.moment(in: ana.timeZone)
    }

    /// The sessions of a series, by when they are.
    func sessions(of series: ID<Series>) async throws -> [Session] {
        try await database.read { tx in
            try tx.all(
                Session.self,
                "select \(Session.columns) from \(Session.tables) where s.series = \(series) order by s.starts_at")
        }
    }
}
