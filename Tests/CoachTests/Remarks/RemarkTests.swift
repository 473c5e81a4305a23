import Coach
import Testing

@Suite("Remarks")
struct RemarkTests {
    private let fields: [CoachField] = [
        .sessionTitle(), .agendaTitle, .workTitle, .feedbackQuestion, .commitment(hasOwner: false, hasDate: false),
        .objective,
        .keyResult, .note, .brief(wordBudget: 120),
    ]

    @Test("A remark that was dismissed stays away until its words change")
    func dismissed() throws {
        let first = try #require(remarks(on: "Catch up", as: .sessionTitle()).first)
        #expect(remarks(on: "Catch up", as: .sessionTitle(), dismissed: [first.key]).isEmpty)
        #expect(remarks(on: "catch up with Joost", as: .sessionTitle(), dismissed: [first.key]).isEmpty)
        #expect(!remarks(on: "Sync", as: .sessionTitle(), dismissed: [first.key]).isEmpty)
    }

    @Test("Dismissing one remark makes room for the next")
    func nextInLine() throws {
        let text = "Do you like it? Are you happy with it? Am I too slow?"
        let first = try #require(remarks(on: text, as: .feedbackQuestion).first)
        let later = remarks(on: text, as: .feedbackQuestion, dismissed: [first.key])
        #expect(later.count == 2)
        #expect(!later.map(\.key).contains(first.key))
    }

    @Test("A task of a key result is asked what should move because of it")
    func task() {
        let found = remarks(on: "Launch v2 in EMEA", as: .keyResult)
        #expect(found.map(\.label) == ["task"])
        #expect(found.first?.seen == "“Launch” names work to do.")
        #expect(found.first?.marks == [0..<6])
    }

    @Test("A good objective and a good key result stay without a remark")
    func good() {
        #expect(remarks(on: "Our nurses trust the rota", as: .objective).isEmpty)
        #expect(remarks(on: "NPS from 30 to 45 by June", as: .keyResult).isEmpty)
        #expect(remarks(on: "NPS from 30 to 45", as: .keyResult).isEmpty)
    }

    @Test("The name of what is counted is no task where the figures have fields of their own; an order is")
    func keyResultTitles() {
        let measures = [
            "Setup steps finished without help", "Support contacts per clinic", "Churn", "Net revenue retention",
            "Answer time", "Time to first booking", "Test coverage of the importer", "Release train punctuality",
        ]
        for title in measures { #expect(remarks(on: title, as: .keyResultTitle).isEmpty, "\(title)") }
        for title in ["Launch the new importer", "Hire two specialists", "Write the playbook", "Plan the summit"] {
            #expect(remarks(on: title, as: .keyResultTitle).map(\.label) == ["task"], "\(title)")
        }
    }

    @Test("A brief over its budget is told by how much")
    func budget() {
        let brief = String(repeating: "Churn fell from 4% to 3% because of the new price. ", count: 20)
        let found = remarks(on: brief, as: .brief(wordBudget: 120), dismissed: ["brief.move"])
        #expect(found.first?.seen == "It has 220 words; 120 fit the reading time.")
        #expect(remarks(on: brief, as: .brief(wordBudget: 400), dismissed: ["brief.move"]).isEmpty)
    }

    @Test("A brief that only reports is asked for its one result")
    func allStatus() {
        let brief = """
            - Attended three meetings with the vendor.
            - Worked on the migration all week.
            - Prepared the slides and met with Finance.
            """
        #expect(remarks(on: brief, as: .brief(wordBudget: 120)).map(\.label) == ["all status", "no ask"])
    }

    @Test("A note is remarked on line by line, titles and key results included")
    func note() {
        let note = """
            # Catch up
            Thanks for making the time.

            - Worked on the migration all week.
            KR1: Publish 12 blog posts
            """
        let found = remarks(onNote: note)
        #expect(found.map(\.line) == [1, 4, 5])
        #expect(found.map(\.remark.label) == ["title without purpose", "reads as activity", "task"])
        #expect(found.first?.column == 3)
    }

    @Test("Any bytes end in at most two remarks whose marks lie inside the text, apart and in order")
    func fuzz() {
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(truncatingIfNeeded: state >> 33) % bound
        }
        let pieces = [
            "increase", "from", "to", "30%", "→", "->", "and", ",", ";", "by", "June", "Q3", "\u{0}", "é",
            "👩‍👩‍👧", "1:1",
            "launch", "half", "of", "the", "no", "2x", "(", ")", "last", "year", "[", "]", "KR", ":", "-",
            "\n", "Am", "I",
            "?", "\u{200D}", "\u{FFFD}", "٣", "日本", "any", "there", "in", "9", "10", "while", "be", "more",
        ]
        for round in 0..<800 {
            var text = ""
            for _ in 0..<next(24) {
                text += pieces[next(pieces.count)]
                if next(4) > 0 { text += " " }
            }
            if round % 5 == 0 {
                text = String(decoding: (0..<next(200)).map { _ in UInt8(next(256)) }, as: UTF8.self)
            }
            for field in fields {
                let found = remarks(on: text, as: field)
                #expect(found.count <= remarkLimit)
                let length = text.unicodeScalars.count
                for remark in found {
                    var end = 0
                    for mark in remark.marks {
                        #expect(
                            mark.lowerBound >= end && mark.upperBound <= length && !mark.isEmpty,
                            "\(text.debugDescription)")
                        end = mark.upperBound
                    }
                }
            }
        }
    }

    @Test("The time a judgement takes grows in step with the text")
    func linear() {
        let clock = ContinuousClock()
        func time(_ count: Int, _ field: CoachField) -> Duration {
            let text = String(repeating: "Launch and from 3 to 4, ", count: count)
            return (0..<3).map { _ in clock.measure { _ = remarks(on: text, as: field) } }.min() ?? .zero
        }
        for field in fields {
            let short = time(250, field)
            let long = time(4_000, field)
            // Sixteen times the text; a quadratic judge would need 256 times the time.
            #expect(long < short * 100 + .milliseconds(20), "\(field)")
        }
    }
}
