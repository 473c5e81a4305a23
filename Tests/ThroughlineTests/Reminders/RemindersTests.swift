import Foundation
import Logging
import Mail
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Reminders")
struct RemindersTests {
    @Test("What waits for somebody comes in one mail when their day begins, and once", arguments: TestEngines.all)
    func oneMail(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.confirmedSession()
            // Ana's step is due on Thursday 3 December, Joost's on Friday 20 November.
            test.clock.now = try Self.at("2026-11-19T19:00")
            try await test.product.reminders.lookAfterDue()
            #expect(try await test.reminders().isEmpty)
            test.clock.now = try Self.at("2026-11-20T08:30")
            for _ in 1...3 { try await test.product.reminders.lookAfterDue() }
            test.clock.now = try Self.at("2026-11-20T11:00")
            try await test.product.reminders.lookAfterDue()
            let mail = try await test.reminders()
            #expect(mail.map(\.to) == ["joost@larkfield.example"])
            #expect(mail[0].subject == "Due today: Ask Leila for backing")
            #expect(mail[0].text.contains("You said so to Ana on Thursday 19 November."))
            #expect(mail[0].text.contains("Reminders come on weekdays at 8:30, Amsterdam time"))
            #expect(mail[0].text.contains("Stop reminders to come back on a promise:\n\(mail[0].unsubscribe)"))
            #expect(mail[0].unsubscribe.hasSuffix("/action"))
        }
    }

    @Test("Nothing is lost when no server was up in the morning, and what is of no use any more isn't sent")
    func late() async throws {
        try await withProduct(on: .sqlite) { test in
            _ = try await test.confirmedSession()
            test.clock.now = try Self.at("2026-11-20T16:40")
            try await test.product.reminders.lookAfterDue()
            #expect(try await test.reminders().count == 1)
        }
        try await withProduct(on: .sqlite) { test in
            _ = try await test.agreedSession()
            test.clock.now = try Self.at("2026-11-19T14:10")
            try await test.product.reminders.lookAfterDue()
            #expect(try await test.reminders().isEmpty)
        }
    }

    @Test("A session that isn't prepared is brought up to both, with what it wants", arguments: TestEngines.all)
    func prepare(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreedSession()
            test.clock.now = try Self.at("2026-11-18T08:30")
            try await test.product.reminders.lookAfterDue()
            let eve = try await test.reminders()
            #expect(Set(eve.map(\.to)) == ["ana@larkfield.example", "joost@larkfield.example"])
            let ana = try #require(eve.first { $0.to.hasPrefix("ana") })
            #expect(ana.subject == "Tomorrow at 14:00 with Joost: not prepared yet")
            #expect(ana.text.replacing("\n", with: " ").contains("Agenda: nothing on it yet"))
            #expect(ana.text.contains("/sessions/\(id)/preparation"))
            test.clock.now = try Self.at("2026-11-19T08:30")
            try await test.product.reminders.lookAfterDue()
            #expect(try await test.reminders().count == 4)
        }
    }

    @Test("On a day off nothing comes, and what is due comes before it", arguments: TestEngines.all)
    func daysOff(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.agreedSession()
            try await test.product.people.addDaysOff(from: "2026-11-18", until: "2026-11-18", as: test.ana)
            test.clock.now = try Self.at("2026-11-17T08:30")
            try await test.product.reminders.lookAfterDue()
            #expect(try await test.reminders().map(\.to) == ["ana@larkfield.example"])
            test.clock.now = try Self.at("2026-11-18T08:30")
            try await test.product.reminders.lookAfterDue()
            let told = try await test.reminders().map(\.to).sorted()
            #expect(told == ["ana@larkfield.example", "joost@larkfield.example"])
        }
    }

    @Test("A recap that waits is asked for from whoever has not said yes", arguments: TestEngines.all)
    func confirm(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            _ = try await test.product.sessions.confirm(id, seen: 1, as: test.joost)
            test.clock.now = try Self.at("2026-11-20T09:00")
            try await test.product.reminders.lookAfterDue()
            let mail = try await test.reminders()
            #expect(mail.map(\.to) == ["ana@larkfield.example"])
            #expect(mail.first?.subject == "Your recap with Joost waits for your yes")
        }
    }

    @Test(
        "Key results whose rhythm has passed are brought up with a link to check in on all of them, until that is done",
        arguments: TestEngines.all)
    func checkIn(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let objective = try await test.committed("Mine", in: cycle, of: .person(test.ana.id), by: test.ana)
            var results = [try await test.keyResult("Booked unaided", of: objective, by: test.ana)]
            test.clock.now = try Self.at("2026-11-23T09:00")
            try await test.product.reminders.lookAfterDue()
            #expect(try await test.reminders().isEmpty)
            test.clock.now = try Self.at("2026-11-24T08:30")
            for _ in 1...3 { try await test.product.reminders.lookAfterDue() }
            let first = try #require(try await test.reminders().first)
            #expect(first.to == "ana@larkfield.example" && first.subject == "Time to check in: Booked unaided")
            #expect(first.unsubscribe.hasSuffix("/check-in"))
            #expect(first.text.contains("Stop reminders to check in:"))
            // The link is for all that is hers when she opens it, and nobody has to sign in for it.
            results.append(try await test.keyResult("Called within a day", of: objective, by: test.ana))
            let token = try #require(first.text.firstMatch(of: /\/check-in\/([\w-]{20,})/)).1
            let count = try await test.product.cycles.checkIn(
                holding: String(token), on: results.map { ($0, nil, CheckInDraft(value: "12", confidence: "6")) })
            #expect(count == 2)
            for day in ["2026-11-25", "2026-11-27", "2026-11-30"] {
                test.clock.now = try Self.at("\(day)T09:00")
                try await test.product.reminders.lookAfterDue()
                #expect(try await test.reminders().count == 1)
            }
            test.clock.now = try Self.at("2026-12-01T09:00")
            try await test.product.reminders.lookAfterDue()
            let second = try #require(try await test.reminders().last)
            #expect(second.subject == "Two key results of Q4 2026 wait for a check-in")
            #expect(
                second.text.replacing("\n", with: " ").contains("“Booked unaided” and “Called within a day” wait for"))
            #expect(!second.text.contains(token))
            try await test.product.reminders.change(Self.draft(kinds: ["action"]), as: test.ana)
            test.clock.now = try Self.at("2026-12-04T09:00")
            try await test.product.reminders.lookAfterDue()
            #expect(try await test.reminders().count == 2)
        }
    }

    @Test("A mail of several things has the link to check in below what waits for it", arguments: TestEngines.all)
    func severalWithCheckIn(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let objective = try await test.committed("Mine", in: cycle, of: .team(test.team), by: test.joost)
            for number in 1...6 { _ = try await test.keyResult("Figure \(number)", of: objective, by: test.joost) }
            _ = try await test.confirmedSession()
            // Joost's step is late since Friday 20 November.
            test.clock.now = try Self.at("2026-11-26T08:30")
            try await test.product.reminders.lookAfterDue()
            let mail = try #require(try await test.reminders().first { $0.to.hasPrefix("joost") })
            #expect(mail.subject == "Two things for Thursday")
            let text = mail.text.replacing("\n", with: " ")
            #expect(text.contains("“Figure 1”, “Figure 2”, “Figure 3” and three more wait for"))
            #expect(text.contains("/check-in/") && text.contains("Open Today"))
            #expect(mail.unsubscribe.hasSuffix("/action.check-in"))
        }
    }

    @Test("Two servers that look at the same moment send one mail", arguments: TestEngines.all)
    func twoServers(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.agreedSession()
            _ = try await test.confirmedSession()
            test.clock.now = try Self.at("2026-11-20T08:30")
            try await withThrowingTaskGroup { group in
                for _ in 1...4 { group.addTask { try await test.product.reminders.lookAfterDue() } }
                try await group.waitForAll()
            }
            #expect(try await test.reminders().count == 1)
        }
    }

    @Test("A look at which it is nobody's turn is one query, and changes nothing")
    func cheap() async throws {
        try await withProduct(on: .sqlite) { test in
            try await test.product.reminders.lookAfterDue()
            test.database.reset()
            #expect(try await test.product.reminders.lookAfterDue() == 0)
            #expect(test.database.count == 1)
        }
    }

    @Test(
        "A session that comes to be today's in the course of the day is noticed at the next minute, and once",
        arguments: TestEngines.all)
    func urgent(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let reminders = test.product.reminders
            test.clock.now = try Self.at("2026-11-19T09:30")
            let id = try await test.sessions.ask(
                test.draft(to: test.joost, times: [TimeDraft(day: "2026-11-19", time: "14:00")]), as: test.ana)
            try await reminders.lookAfterDue()
            #expect(try await test.reminders().isEmpty)
            // Far from the next look.
            test.clock.now = try Self.at("2026-11-19T09:40")
            try await test.accept(id, as: test.joost)
            test.clock.advance(minutes: 1)
            try await reminders.lookAfterDue()
            let told = try await test.reminders().map(\.to).sorted()
            #expect(told == ["ana@larkfield.example", "joost@larkfield.example"])
            test.clock.advance(minutes: 1)
            test.database.reset()
            try await reminders.lookAfterDue()
            #expect(test.database.count == 1)
            // Moved within the day, it is the same that was brought up already.
            try await test.sessions.reschedule(
                to: TimeDraft(day: "2026-11-19", time: "15:00"), saying: "", in: id, as: test.ana)
            test.clock.advance(minutes: 1)
            try await reminders.lookAfterDue()
            #expect(try await test.reminders().count == 2)
        }
    }

    @Test("Who stops a kind, or has left, isn't reminded of it", arguments: TestEngines.all)
    func stopped(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.agreedSession()
            try await test.product.reminders.change(Self.draft(kinds: ["confirm", "action"]), as: test.ana)
            try await test.product.people.deactivate(test.joost.id, as: test.greta)
            test.clock.now = try Self.at("2026-11-19T08:30")
            try await test.product.reminders.lookAfterDue()
            #expect(try await test.reminders().isEmpty)
        }
    }

    @Test("Settings are checked field by field, kept, and looked at again at once", arguments: TestEngines.all)
    func settings(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let reminders = test.product.reminders
            #expect(try await reminders.settings(as: test.ana) == ReminderSettings())
            let refusal = await #expect(throws: Invalid.self) {
                try await reminders.change(
                    ReminderDraft(days: ["8", "x"], starts: "17:00", ends: "9", lead: "5", kinds: ["dance"]),
                    as: test.ana)
            }
            #expect(refusal?.problems.map(\.field) == ["day", "ends", "lead", "kind"])
            let backwards = await #expect(throws: Invalid.self) {
                try await reminders.change(Self.draft(starts: "17:00", ends: "09:00"), as: test.ana)
            }
            #expect(backwards?.problems.map(\.field) == ["ends"])
            // Whoever was looked after a moment ago, and begins to work at once, is looked after again.
            _ = try await test.agreedSession()
            test.clock.now = try Self.at("2026-11-18T07:00")
            try await reminders.lookAfterDue()
            try await reminders.change(Self.draft(days: ["3", "4"], starts: "06:15"), as: test.ana)
            let kept = try await reminders.settings(as: test.ana)
            #expect(kept.hours == WorkingHours(days: [3, 4], starts: 375, ends: 1020))
            #expect(try await reminders.settings(as: test.joost) == ReminderSettings())
            try await reminders.lookAfterDue()
            #expect(try await test.reminders().map(\.to) == ["ana@larkfield.example"])
        }
    }

    @Test("The link in a reminder stops and resumes its kinds, and nothing else", arguments: TestEngines.all)
    func link(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.agreedSession()
            test.clock.now = try Self.at("2026-11-18T08:30")
            try await test.product.reminders.lookAfterDue()
            let reminders = test.product.reminders
            let mail = try #require(try await test.reminders().first { $0.to.hasPrefix("ana") })
            let token = try #require(mail.unsubscribe.split(separator: "/").dropLast().last.map(String.init))
            for _ in 1...2 {
                let holder = try await reminders.set([.prepare], isWanted: false, token: token)
                #expect(holder.person.name == "Ana Duarte" && holder.settings.kinds == [.confirm, .action, .checkIn])
            }
            #expect(try await reminders.settings(as: test.joost).kinds == Set(ReminderKind.allCases))
            _ = try await reminders.set([.prepare], isWanted: true, token: token)
            #expect(try await reminders.holder(of: token).settings.kinds == Set(ReminderKind.allCases))
            for other in ["", "nonsense", token.lowercased() + "x", "%"] {
                await #expect(throws: NotFound.self) {
                    try await reminders.set([.prepare], isWanted: false, token: other)
                }
            }
            let journal = try await test.database.read { tx in
                try tx.values(
                    String.self,
                    "select verb from journal where object_kind = 'person' and object = \(test.ana.id) order by at, id")
            }
            #expect(journal.sorted() == ["reminded", "resumed-reminders", "stopped-reminders"])
        }
    }

    @Test("A reminder can be stopped by a mail program's own button")
    func header() async throws {
        try await withProduct(on: .sqlite) { test in
            _ = try await test.agreedSession()
            test.clock.now = try Self.at("2026-11-18T08:30")
            try await test.product.reminders.lookAfterDue()
            let sent = Sent()
            let from = try #require(MailAddress(name: "Throughline", email: "throughline@larkfield.example"))
            let worker = OutboxWorker(
                product: test.product, from: from, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ) { message throws(MailError) in await sent.take(message) }
            try await worker.sendDue()
            let unsubscribe = try #require(await sent.messages.first?.unsubscribe?.absoluteString)
            #expect(unsubscribe.hasPrefix("http://localhost:8080/reminders/") && unsubscribe.hasSuffix("/prepare"))
        }
    }

    @Test("The worker looks every minute, and goes on after the database was away")
    func worker() async throws {
        try await withProduct(on: .sqlite) { test in
            let waits = Waits()
            let worker = ReminderWorker(
                product: test.product, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            await worker.run { wait in try await waits.add(wait) }
            #expect(await waits.all == [.seconds(60), .seconds(60), .seconds(60)])
        }
    }

    private static func draft(
        days: [String] = ["1", "2", "3", "4", "5"], starts: String = "08:30", ends: String = "17:00",
        kinds: [String] = ReminderKind.allCases.map(\.rawValue)
    ) -> ReminderDraft {
        ReminderDraft(days: days, starts: starts, ends: ends, lead: "8", kinds: kinds)
    }

    /// A moment on Amsterdam's walls.
    private static func at(_ text: String) throws -> Date {
        try #require(WallTime(text)).moment(in: TimeZones.stored("Europe/Amsterdam"))
    }
}

private actor Sent {
    private(set) var messages: [Message] = []
    func take(_ message: Message) { messages.append(message) }
}

private actor Waits {
    private(set) var all: [Duration] = []
    func add(_ wait: Duration) throws {
        all.append(wait)
        if all.count == 3 { throw CancellationError() }
    }
}

private struct QueuedReminder: RowReadable {
    let to: String
    let subject: String
    let text: String
    let unsubscribe: String

    init(row: inout Row) throws {
        to = try row.next()
        subject = try row.next()
        text = try row.next()
        unsubscribe = try row.next()
    }
}

extension TestProduct {
    fileprivate func reminders() async throws -> [QueuedReminder] {
        try await database.read { tx in
            try tx.all(
                QueuedReminder.self,
                "select to_email, subject, text_body, unsubscribe from mail where kind = 'reminder' order by id")
        }
    }
}
