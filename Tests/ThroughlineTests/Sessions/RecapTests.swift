import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("The recap")
struct RecapTests {
    @Test("It is put together from what was caught", arguments: TestEngines.all)
    func assembled(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let view = try await test.product.sessions.recap(id, as: test.joost)
            #expect(view.recap.words.takeawayLines == ["Clinics with one owner booked in 6 days."])
            #expect(view.recap.words.decisionLines == ["The pilot widens to Ghent and Leeds."])
            #expect(view.actions.map(\.body) == ["Ask Leila for backing", "Write the case"])
            #expect(
                view.recap.words.oath
                    == "Ana takes on “Write the case” by 3 December. "
                    + "Joost takes on “Ask Leila for backing” by 20 November.")
            #expect(
                view.recap.words.mailSubject
                    == "What we agreed on 19 November: Where onboarding puts its weight")
            #expect(view.feedback.map(\.body) == ["You made it safe to say so."])
        }
    }

    @Test(
        "The sentence follows the next steps until somebody edits it, and whoever said yes hears",
        arguments: TestEngines.all)
    func sentenceFollows(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            func oath() async throws -> String { try await sessions.recap(id, as: test.ana).recap.words.oath }
            _ = try await sessions.confirm(id, seen: 1, as: test.ana)
            let key = ID<Action>(now: test.clock.now)
            let day = Day(test.clock.now, in: test.ana.timeZone).adding(days: 20)
            try await sessions.add(
                ActionDraft(id: key, body: "Book the room", owner: test.joost.id.text, dueOn: day.iso), in: id,
                as: test.joost)
            #expect(try await oath().hasSuffix("and “Book the room” by \(day.dayAndMonth)."))
            #expect(try await test.mail(to: test.ana).count { $0.hasPrefix("The recap has changed") } == 1)
            try await sessions.setRemoved(true, key, in: id, as: test.joost)
            #expect(try await !oath().contains("Book the room"))
            #expect(try await test.mail(to: test.ana).count { $0.hasPrefix("The recap has changed") } == 1)
            let version = try await sessions.recap(id, as: test.ana).recap.version
            _ = try await sessions.edit([.oath: "We do it."], basedOn: version, in: id, as: test.ana)
            try await sessions.setRemoved(false, key, in: id, as: test.joost)
            #expect(try await oath() == "We do it.")
        }
    }

    @Test(
        "Changes to different lines are both kept; the same line needs a choice", arguments: TestEngines.all)
    func merges(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            #expect(
                try await sessions.edit([.takeaways: "A\nB\nC\nD"], basedOn: 1, in: id, as: test.ana)
                    == .saved(voided: []))
            #expect(
                try await sessions.edit([.takeaways: "A\nB\nC\nD!"], basedOn: 2, in: id, as: test.ana)
                    == .saved(voided: []))
            #expect(
                try await sessions.edit([.takeaways: "A!\nB\nC\nD"], basedOn: 2, in: id, as: test.joost)
                    == .merged(voided: []))
            #expect(
                try await sessions.recap(id, as: test.ana).recap.words.takeawayLines == [
                    "A!", "B", "C", "D!",
                ])
            let outcome = try await sessions.edit(
                [.takeaways: "A?\nB\nC\nD"], basedOn: 2, in: id, as: test.ana)
            guard case .collided(let collision) = outcome else {
                Issue.record("no collision: \(outcome)")
                return
            }
            #expect(collision.parts == [.takeaways])
            #expect(collision.theirs.takeaways == "A!\nB\nC\nD!")
            #expect(try await sessions.recap(id, as: test.ana).recap.version == 4)
        }
    }

    @Test(
        "Going back to the room keeps what was edited and adds what was caught since",
        arguments: TestEngines.all)
    func reassembled(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            _ = try await sessions.edit(
                [.takeaways: "In my own words.", .oath: "We do it."], basedOn: 1, in: id, as: test.ana)
            try await sessions.reopen(id, as: test.ana)
            try await sessions.capture(
                CaptureDraft(kind: "takeaway", body: "One more."), in: id, as: test.joost)
            try await sessions.capture(
                CaptureDraft(kind: "decision", body: "And this."), in: id, as: test.joost)
            try await sessions.finish(id, as: test.joost)
            let words = try await sessions.recap(id, as: test.ana).recap.words
            #expect(words.takeawayLines == ["In my own words.", "One more."])
            #expect(words.decisionLines == ["The pilot widens to Ghent and Leeds.", "And this."])
            #expect(words.oath == "We do it.")
        }
    }

    @Test("The Markdown copy shows what was typed and nothing that it could mean")
    func markdown() async throws {
        try await withProduct(on: .sqlite) { test in
            let id = try await test.closingSession()
            _ = try await test.product.sessions.edit(
                [.takeaways: "# not a heading\n1. not a list <b>*x*</b> [a](http://b)\n- a set-up = two-fold + 1"],
                basedOn: 1, in: id, as: test.ana)
            let text = try await test.product.sessions.recap(id, as: test.ana).markdown(
                zone: test.ana.timeZone)
            #expect(
                text.contains(
                    "- \\# not a heading\n- 1\\. not a list \\<b\\>\\*x\\*\\</b\\> \\[a\\]\\(http\\://b\\)"))
            #expect(text.contains("\n- \\- a set-up = two-fold + 1\n"))
            #expect(text.contains("- [ ] Ana, by Thursday 3 December 2026: Write the case"))
            #expect(text.contains("- Ana Duarte has not confirmed yet"))
        }
    }

    @Test("A correction holds the yes back until it is answered", arguments: TestEngines.all)
    func corrections(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            _ = try await sessions.confirm(id, seen: 1, as: test.joost)
            let key = ID<RecapCorrection>()
            for _ in 0..<2 {
                try await sessions.correct(
                    "decisions-1", to: "The pilot widens to Ghent only.", seen: 1, correction: key, in: id,
                    as: test.ana)
            }
            #expect(try await sessions.recap(id, as: test.joost).openCorrections.count == 1)
            #expect(try await sessions.recap(id, as: test.joost).recap.version == 1)
            await #expect(throws: Refused.self) { try await sessions.confirm(id, seen: 1, as: test.ana) }
            await #expect(throws: Refused.self) { try await sessions.takeOver(key, in: id, as: test.ana) }
            let voided = try await sessions.takeOver(key, in: id, as: test.joost)
            #expect(voided.map(\.name) == ["Joost Hendriks"])
            #expect(try await sessions.takeOver(key, in: id, as: test.joost).isEmpty)
            let view = try await sessions.recap(id, as: test.ana)
            #expect(view.recap.version == 2)
            #expect(view.recap.words.decisionLines == ["The pilot widens to Ghent only."])
            #expect(view.yes(of: view.access.partner) == nil)
            #expect(view.voidedYes(of: view.access.partner) != nil)
        }
    }

    @Test("A correction can be kept away with a word, or taken back", arguments: TestEngines.all)
    func refusedCorrection(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            let (first, second) = (ID<RecapCorrection>(), ID<RecapCorrection>())
            try await sessions.correct("oath", to: "No.", seen: 1, correction: first, in: id, as: test.ana)
            await #expect(throws: Invalid.self) {
                try await sessions.keepWords(despite: first, saying: " ", in: id, as: test.joost)
            }
            try await sessions.keepWords(
                despite: first, saying: "It is what we said.", in: id, as: test.joost)
            await #expect(throws: Conflict.self) { try await sessions.withdraw(first, in: id, as: test.ana) }
            try await sessions.correct(
                "takeaways-0", to: "More.", seen: 1, correction: second, in: id, as: test.ana)
            try await sessions.withdraw(second, in: id, as: test.ana)
            #expect(try await sessions.confirm(id, seen: 1, as: test.ana) == .waits)
        }
    }
}
