import Coach
import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("The coach of a person")
struct CoachingTests {
    @Test("A remark that was waved away stays away, for this person, field and words only", arguments: TestEngines.all)
    func dismissed(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let coaching = test.product.coaching
            let title = CoachField.sessionTitle()
            let first = try #require(try await coaching.remarks(on: "Catch up", as: title, for: test.ana).first)
            try await coaching.dismiss(first.mark, as: test.ana)
            #expect(try await coaching.remarks(on: "Catch up", as: title, for: test.ana).isEmpty)
            #expect(try await coaching.coach(for: test.ana).remarks(on: "catch up", as: title).isEmpty)
            #expect(try await coaching.isKept("Catch up", as: title, for: test.ana))
            #expect(try await !coaching.remarks(on: "Weekly sync", as: title, for: test.ana).isEmpty)
            #expect(try await !coaching.remarks(on: "Catch up", as: .agendaTitle, for: test.ana).isEmpty)
            #expect(try await !coaching.remarks(on: "Catch up", as: title, for: test.joost).isEmpty)
            #expect(try await !coaching.isKept("Where we place our bet", as: title, for: test.ana))
        }
    }

    @Test("Waving a remark away makes room for the next")
    func nextInLine() async throws {
        try await withProduct(on: .sqlite) { test in
            let text = "Do you like it? Are you happy with it? Am I too slow?"
            let found = try await test.product.coaching.remarks(on: text, as: .feedbackQuestion, for: test.ana)
            #expect(found.count == 2)
            try await test.product.coaching.dismiss(found[0].mark, as: test.ana)
            let later = try await test.product.coaching.remarks(on: text, as: .feedbackQuestion, for: test.ana)
            #expect(later.count == 2)
            #expect(!later.contains(found[0]))
        }
    }

    @Test("Neither the dismissal nor the journal holds a word that was typed", arguments: TestEngines.all)
    func discreet(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let coaching = test.product.coaching
            let text = "Met with Kwame about the zeppelin."
            let found = PersonalCoach().remarks(on: text, as: .note)
            for _ in 1...2 { try await coaching.dismiss(try #require(found.first).mark, as: test.ana) }
            let kept = try await test.database.read { tx in
                try tx.values(String.self, "select remark from coach_dismissal")
                    + tx.values(String.self, "select verb || ' ' || object_kind || ' ' || detail from journal")
            }
            #expect(kept.count == 2)
            #expect(kept.allSatisfy { !$0.lowercased().contains("kwame") && !$0.contains("zeppelin") })
            #expect(kept[1] == #"dismissed coach_remark {"field":"note"}"#)
        }
    }

    @Test("A text that the coach has nothing to say on costs no query")
    func cheap() async throws {
        try await withProduct(on: .sqlite) { test in
            _ = try await test.product.coaching.remarks(
                on: "Where onboarding puts its weight", as: .agendaTitle, for: test.ana)
            #expect(test.database.count == 0)
        }
    }

    @Test("The oldest dismissals give way, and the newest are remembered", arguments: TestEngines.all)
    func bounded(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let (ana, now) = (test.ana.id, test.clock.now)
            try await test.database.write { tx in
                for number in 1...Coaching.remembered {
                    try tx.run(
                        """
                        insert into coach_dismissal (person, field, remark, dismissed_at)
                        values (\(ana), 'note', \(String(number)), \(now.addingTimeInterval(Double(number))))
                        """)
                }
            }
            test.clock.advance(days: 1)
            let mark = try #require(RemarkMark("note-0123456789abcdef0123456789abcdef"))
            try await test.product.coaching.dismiss(mark, as: test.ana)
            let kept = try await test.database.read { tx in
                try tx.values(String.self, "select remark from coach_dismissal order by dismissed_at")
            }
            #expect(kept.count == Coaching.remembered)
            #expect(kept.first == "2")
            #expect(kept.last == mark.remark)
        }
    }

    @Test(
        "Only a mark that a page could have shown is taken",
        arguments: [
            "", "note", "note-", "note-xyz", "brain-0123456789abcdef0123456789abcdef",
            "note-0123456789ABCDEF0123456789ABCDEF", "note-0123456789abcdef0123456789abcdef-1", "note-💥",
        ])
    func marks(text: String) {
        #expect(RemarkMark(text) == nil)
    }

    @Test("A mark reads back as it was shown")
    func markReadsBack() throws {
        let remark = try #require(PersonalCoach().remarks(on: "Look into it", as: .workTitle).first)
        #expect(RemarkMark(remark.mark.description) == remark.mark)
    }
}
