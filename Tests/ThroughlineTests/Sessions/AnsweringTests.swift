import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Answering an ask")
struct AnsweringTests {
    @Test("A yes makes it agreed, once, and the asker gets one mail", arguments: TestEngines.all)
    func accept(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            try await test.accept(id, as: test.joost)
            let session = try await test.sessions.access(id, as: test.ana).session
            #expect(session.state == .agreed)
            #expect(session.turn == nil)
            #expect(session.startsAt?.time(in: test.ana.timeZone) == "14:00")
            #expect(
                try await test.mail(to: test.ana) == ["Joost has said yes: Where onboarding puts its weight"])
        }
    }

    @Test("Nobody says yes to their own times", arguments: TestEngines.all)
    func ownTimes(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.ask(test.joost, as: test.ana)
            await #expect(throws: Conflict.self) { try await test.accept(id, as: test.ana) }
            #expect(try await test.state(id) == .asked)
        }
    }

    @Test(
        "Other times turn the answer round, and the earlier ones stay to be read", arguments: TestEngines.all)
    func counter(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.ask(test.joost, as: test.ana)
            let first = try await test.sessions.asked(id, as: test.joost).rounds[0].times[0].id
            let other = [
                TimeDraft(day: "2026-11-20", time: "10:00"), TimeDraft(day: "2026-11-20", time: "11:00"),
            ]
            try await test.sessions.propose(other, in: id, as: test.joost)
            try await test.sessions.propose(other, in: id, as: test.joost)
            let asked = try await test.sessions.asked(id, as: test.ana)
            #expect(asked.isMyTurn)
            #expect(asked.rounds.map(\.times.count) == [2, 1])
            #expect(asked.rounds.map(\.by) == [test.joost.id, test.ana.id])
            #expect(try await test.mail(to: test.ana).count == 1)
            await #expect(throws: Conflict.self) {
                try await test.sessions.accept(first, in: id, as: test.ana)
            }
            try await test.accept(id, as: test.ana)
            #expect(try await test.state(id) == .agreed)
        }
    }

    @Test("Who saw old times learns that there are new ones", arguments: TestEngines.all)
    func overtaken(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.ask(test.joost, as: test.ana)
            let seen = try await test.sessions.asked(id, as: test.joost).rounds[0].times[0].id
            try await test.sessions.propose(
                [TimeDraft(day: "2026-11-23", time: "09:00")], in: id, as: test.ana)
            await #expect(throws: Conflict.self) {
                try await test.sessions.accept(seen, in: id, as: test.joost)
            }
            #expect(try await test.sessions.asked(id, as: test.joost).isMyTurn)
        }
    }

    @Test("Of a yes and a withdrawal at the same moment one wins", arguments: TestEngines.all)
    func race(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.ask(test.joost, as: test.ana)
            async let yes: Void = test.accept(id, as: test.joost)
            async let no: Void = test.sessions.end("Something came up", in: id, as: test.ana)
            var conflicts = 0
            do { try await yes } catch is Conflict { conflicts += 1 }
            do { try await no } catch is Conflict { conflicts += 1 }
            // The withdrawal may come second, and cancels what was agreed then; it never comes to nothing.
            #expect(try await test.state(id) == .cancelled)
            #expect(conflicts <= 1)
        }
    }

    @Test("A time that has passed can't be agreed", arguments: TestEngines.all)
    func passed(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.ask(test.joost, as: test.ana)
            test.clock.advance(days: 3)
            await #expect(throws: Refused.self) { try await test.accept(id, as: test.joost) }
        }
    }

    @Test("Who is asked declines, who asked withdraws, each with a word", arguments: TestEngines.all)
    func ending(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let declined = try await test.ask(test.joost, as: test.ana)
            try await test.sessions.end("Not this week", in: declined, as: test.joost)
            try await test.sessions.end("Not this week", in: declined, as: test.joost)
            #expect(try await test.state(declined) == .declined)
            #expect(
                try await test.mail(to: test.ana) == ["Joost has said no: Where onboarding puts its weight"])
            let ending = try await test.sessions.ending(declined, as: test.ana)
            #expect(ending.by == test.joost.id)
            #expect(ending.access.session.endingWords == "Not this week")
            await #expect(throws: Conflict.self) {
                try await test.sessions.end("", in: declined, as: test.ana)
            }

            let withdrawn = try await test.ask(test.joost, as: test.ana)
            try await test.sessions.end("", in: withdrawn, as: test.ana)
            #expect(try await test.state(withdrawn) == .cancelled)
        }
    }

    @Test("Moving keeps what is prepared, and can be taken back", arguments: TestEngines.all)
    func move(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            _ = try await test.addItem("Hiring", to: id, as: test.ana)
            try await test.sessions.propose(
                [TimeDraft(day: "2026-11-24", time: "10:00")], in: id, as: test.joost)
            #expect(try await test.state(id) == .asked)
            #expect(try await test.titles(id, as: test.ana) == ["Hiring"])
            await #expect(throws: Conflict.self) {
                try await test.sessions.keepAgreedTime(in: id, as: test.ana)
            }
            try await test.sessions.keepAgreedTime(in: id, as: test.joost)
            let session = try await test.sessions.access(id, as: test.ana).session
            #expect(session.state == .agreed)
            #expect(session.startsAt?.long(in: test.ana.timeZone) == "Thursday 19 November, 14:00")
            #expect(try await test.mail(to: test.ana).count == 3)
        }
    }

    @Test("Either may cancel what was agreed", arguments: TestEngines.all)
    func cancel(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            try await test.sessions.end("Budget week", in: id, as: test.joost)
            #expect(try await test.state(id) == .cancelled)
            let mail = try await test.mail(to: test.ana)
            #expect(mail.contains("Joost has cancelled: Where onboarding puts its weight"))
            await #expect(throws: Conflict.self) {
                try await test.sessions.propose(
                    [TimeDraft(day: "2026-11-24", time: "10:00")], in: id, as: test.ana)
            }
        }
    }

    @Test("Nobody else learns that the session is there", arguments: TestEngines.all)
    func strangers(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.ask(test.joost, as: test.ana)
            for viewer in [test.leila, test.rafael, test.greta, test.yusuf] {
                await #expect(throws: NotFound.self) { try await test.sessions.asked(id, as: viewer) }
                await #expect(throws: NotFound.self) { try await test.sessions.end("", in: id, as: viewer) }
                await #expect(throws: NotFound.self) {
                    try await test.sessions.preparation(of: id, as: viewer)
                }
                await #expect(throws: NotFound.self) { try await test.sessions.share(id, as: viewer) }
            }
            #expect(try await test.state(id) == .asked)
        }
    }

    @Test("The list says what needs whom", arguments: TestEngines.all)
    func list(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.ask(test.joost, as: test.ana)
            let agreed = try await test.agreed()
            let past = try await test.agreed()
            try await test.sessions.end("", in: past, as: test.ana)
            let mine = try await test.sessions.list(as: test.ana)
            #expect(mine.waits.count == 1 && mine.needsAnswer.isEmpty)
            #expect(mine.upcoming.map(\.session.id) == [agreed])
            #expect(mine.past.map(\.session.id) == [past])
            #expect(mine.partners.map(\.first) == ["Joost"])
            let theirs = try await test.sessions.list(as: test.joost)
            #expect(theirs.needsAnswer.count == 1 && theirs.waits.isEmpty)
            #expect(try await test.sessions.list(as: test.leila).isEmpty)
            let found = try await test.sessions.list(SessionSearch(words: "ONBOARDING"), as: test.ana)
            #expect(found.past.count == 1)
            #expect(try await test.sessions.list(SessionSearch(words: "100%"), as: test.ana).past.isEmpty)
            #expect(
                try await test.sessions.list(SessionSearch(partner: test.leila.id), as: test.ana).past.isEmpty
            )
        }
    }
}
