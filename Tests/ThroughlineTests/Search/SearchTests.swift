// What people find, and above all what they don't: what is another's alone, what was removed, what isn't theirs to read.
import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Search")
struct SearchTests {
    // MARK: Objectives

    @Test("Objectives and key results are found by those who may read them", arguments: TestEngines.all)
    func objectives(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let company = try await test.committed(
                "Zebra crossings everywhere", in: cycle, of: .company, by: test.greta)
            let own = try await test.committed("Count every zebra", in: cycle, of: .person(test.ana.id), by: test.ana)
            _ = try await test.committed(
                "A zebra for the team", in: cycle, of: .team(test.team), by: test.ana, visibility: "team")
            _ = try await test.committed(
                "Perhaps a zebra", in: cycle, of: .person(test.ana.id), by: test.ana, stage: .draft)
            _ = try await test.keyResult("Zebras counted in Ghent", of: own, by: test.ana)
            _ = try await test.keyResult("Zebras painted in Leeds", of: company, by: test.greta)

            let titles: [(Viewer, [String])] = [
                (
                    test.ana,
                    [
                        "A zebra for the team", "Count every zebra", "Perhaps a zebra", "Zebra crossings everywhere",
                        "Zebras counted in Ghent", "Zebras painted in Leeds",
                    ]
                ),
                (
                    test.joost,
                    [
                        "A zebra for the team", "Count every zebra", "Zebra crossings everywhere",
                        "Zebras counted in Ghent", "Zebras painted in Leeds",
                    ]
                ),
                (
                    test.rafael, ["A zebra for the team", "Zebra crossings everywhere", "Zebras painted in Leeds"]
                ),
                (test.yusuf, ["Zebra crossings everywhere", "Zebras painted in Leeds"]),
                (test.greta, ["Zebra crossings everywhere", "Zebras painted in Leeds"]),
            ]
            for (viewer, expected) in titles {
                let found = try await test.found("zebra", as: viewer)
                #expect(found == expected, "\(viewer.name)")
            }
        }
    }

    @Test("An objective says where it is from, and which of its words were meant", arguments: TestEngines.all)
    func origin(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cycle = try await test.quarter()
            let draft = ObjectiveDraft(
                title: "Onboarding in one week", description: "So that a café, once signed, can book the first guest.",
                owner: test.ana.id.text, cycle: cycle.text)
            let id = try await test.product.goals.add(draft, to: .team(test.team), as: test.ana)
            let result = try await test.keyResult("Cafes that book", of: id, by: test.ana)
            let found = try await test.product.search.results(for: "CAFE", as: test.ana)
            let objective = try #require(found.objectives.items.first)
            #expect(objective.objective == id)
            #expect(objective.cycle == "Q4 2026" && objective.team == "Customer Growth")
            #expect(objective.about.pieces.filter(\.isFound).map(\.text) == ["café"])
            #expect(objective.title.pieces.allSatisfy { !$0.isFound })
            let key = try #require(found.keyResults.items.first)
            #expect(key.keyResult == result && key.objectiveTitle == "Onboarding in one week")
            #expect(key.title.pieces.filter(\.isFound).map(\.text) == ["Cafes"])
        }
    }

    @Test("What has the words in its title comes first, then what is newest", arguments: TestEngines.all)
    func order(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            for (title, about) in [("Plan the harbour", ""), ("Older", "the harbour"), ("Newer", "the harbour")] {
                test.clock.advance(minutes: 1)
                _ = try await test.product.goals.add(
                    ObjectiveDraft(title: title, description: about), to: .person(test.ana.id), as: test.ana)
            }
            let found = try await test.product.search.results(for: "harbour", as: test.ana)
            #expect(found.objectives.items.map(\.objectiveTitle) == ["Plan the harbour", "Newer", "Older"])
        }
    }

    @Test("More than fit are not shown, and what may not be read does not count", arguments: TestEngines.all)
    func limit(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            for number in 1...21 { _ = try await test.objective("Zebra \(number)", of: test.rafael) }
            for number in 1...20 { _ = try await test.objective("Zebra \(number)", of: test.ana) }
            let mine = try await test.product.search.results(for: "zebra", as: test.ana)
            #expect(mine.objectives.items.count == 20 && !mine.objectives.hasMore)
            let theirs = try await test.product.search.results(for: "zebra", as: test.rafael)
            #expect(theirs.objectives.items.count == 20 && theirs.objectives.hasMore)
            let nobody = try await test.product.search.results(for: "zebra", as: test.greta)
            #expect(nobody.isEmpty)
        }
    }

    // MARK: Sessions

    @Test("Private notes and drafts are found by their author alone", arguments: TestEngines.all)
    func privacy(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let sessions = test.product.sessions
            for (field, word) in [(SessionField.privateNotes, "quagga"), (.desired, "okapi"), (.measure, "bongo")] {
                _ = try await sessions.save(
                    "A \(word) of Ana’s", to: field, asDraft: true, basedOn: 0, in: id, as: test.ana)
            }
            let item = try await test.addItem("A gnu of Ana’s", to: id, as: test.ana)
            let piece = ID<Evidence>(now: test.clock.now)
            try await sessions.addEvidence(
                EvidenceDraft(kind: "support", body: "An eland", anecdote: "The kudu said so"), as: piece, to: id,
                as: test.ana)

            let words = ["quagga", "okapi", "bongo", "gnu", "eland", "kudu"]
            for word in words {
                let mine = try await test.product.search.results(for: word, as: test.ana)
                let place = try #require(mine.sessions.items.first?.places.first, "\(word)")
                #expect(place.isMineAlone)
                for viewer in test.everyone where viewer.id != test.ana.id {
                    let theirs = try await test.product.search.results(for: word, as: viewer)
                    #expect(theirs.isEmpty, "\(viewer.name) looks for \(word)")
                }
            }

            try await sessions.share(id, as: test.ana)
            for word in words {
                let theirs = try await test.found(word, as: test.joost)
                #expect(theirs.isEmpty == (word == "quagga"), "\(word) after sharing")
                let admin = try await test.found(word, as: test.greta)
                #expect(admin.isEmpty)
            }
            try await sessions.removeItem(item, from: id, as: test.ana)
            try await sessions.removeEvidence(piece, from: id, as: test.ana)
            for word in ["gnu", "eland", "kudu"] {
                for viewer in [test.ana, test.joost] {
                    let found = try await test.found(word, as: viewer)
                    #expect(found.isEmpty, "\(word) was removed")
                }
            }
            try await sessions.restoreItem(item, in: id, as: test.ana)
            let again = try await test.found("gnu", as: test.joost)
            #expect(again == ["A gnu of Ana’s", "Where onboarding puts its weight"])
        }
    }

    @Test("What a session came to is found by its two people, by each of its parts", arguments: TestEngines.all)
    func session(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            _ = try await sessions.save("The quagga waits", to: .notes2, basedOn: 0, in: id, as: test.joost)
            _ = try await sessions.save("A quagga of mine", to: .privateNotes, basedOn: 0, in: id, as: test.joost)
            for viewer in [test.ana, test.joost] { _ = try await sessions.confirm(id, seen: 1, as: viewer) }
            test.clock.advance(days: 1)
            try await sessions.amend(
                id, body: "Ghent comes later.", reason: "The lease.", amendment: ID(), as: test.ana)

            let parts: [(String, [SessionPart])] = [
                ("weight", []), ("booked", [.recap]), ("pilot", [.recap]), ("safe", [.feedback]), ("covers", [.parked]),
                ("quagga", [.notes2]), ("lease", [.amendment]), ("onboarding", []),
            ]
            for (word, expected) in parts {
                let found = try await test.product.search.results(for: word, as: test.ana)
                #expect(found.sessions.items.map(\.session) == [id], "\(word)")
                #expect(found.sessions.items.first?.places.map(\.part) == expected, "\(word)")
                for viewer in [test.leila, test.rafael, test.yusuf, test.greta] {
                    let theirs = try await test.product.search.results(for: word, as: viewer)
                    #expect(theirs.isEmpty, "\(viewer.name) looks for \(word)")
                }
            }
            let notes = try await test.product.search.results(for: "quagga", as: test.joost)
            #expect(Set(notes.sessions.items.flatMap { $0.places.map(\.part) }) == [.notes2, .privateNotes])
            let steps = try await test.product.search.results(for: "case", as: test.joost)
            #expect(steps.commitments.items.map(\.body.text) == ["Write the case"])
            #expect(steps.commitments.items.first?.sessionTitle == "Where onboarding puts its weight")
            #expect(steps.sessions.items.flatMap { $0.places.map(\.part) } == [.recap], "the sentence says it too")
            let faults = try await test.database.read { tx in try SearchIndex.faults(in: tx) }
            #expect(faults == 0)
        }
    }

    @Test("A changed text is found by its new words only, and a removed one not at all", arguments: TestEngines.all)
    func changes(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.runningSession()
            let sessions = test.product.sessions
            _ = try await sessions.save("the harbour", to: .notes1, basedOn: 0, in: id, as: test.ana)
            _ = try await sessions.save("the lighthouse", to: .notes1, basedOn: 1, in: id, as: test.joost)
            let draft = CaptureDraft(kind: "decision", body: "Paint the boat")
            try await sessions.capture(draft, in: id, as: test.ana)
            for (word, isFound) in [("harbour", false), ("lighthouse", true), ("boat", true)] {
                let found = try await test.found(word, as: test.joost)
                #expect(found.isEmpty != isFound, "\(word)")
            }
            try await sessions.setRemoved(true, draft.id, in: id, as: test.joost)
            _ = try await sessions.save("", to: .notes1, basedOn: 2, in: id, as: test.ana)
            for word in ["lighthouse", "boat"] {
                let found = try await test.found(word, as: test.ana)
                #expect(found.isEmpty, "\(word)")
            }
        }
    }

    @Test("Whom a record was opened to finds what it shows them, and no more", arguments: TestEngines.all)
    func opened(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.closingSession()
            let sessions = test.product.sessions
            _ = try await sessions.save("quagga notes", to: .notes1, basedOn: 0, in: id, as: test.ana)
            _ = try await sessions.save("quagga secret", to: .privateNotes, basedOn: 0, in: id, as: test.ana)
            for viewer in [test.ana, test.joost] { _ = try await sessions.confirm(id, seen: 1, as: viewer) }
            test.clock.advance(days: 1)
            func open(_ scope: HistoryGrant.Scope?) async throws {
                let now = test.clock.now
                try await test.database.write { tx in
                    try HistoryGrant.set(
                        scope, of: test.ana.id, with: test.joost.id, to: test.leila.id, at: now, in: tx)
                }
            }
            func parts(_ word: String) async throws -> [SessionPart] {
                let found = try await test.product.search.results(for: word, as: test.leila)
                #expect(found.sessions.items.allSatisfy(\.isOpened) && found.commitments.items.allSatisfy(\.isOpened))
                return found.sessions.items.flatMap { $0.places.map(\.part) }
                    + (found.commitments.items.isEmpty ? [] : [.takeaway])
            }
            let expected: [(HistoryGrant.Scope?, [String: [SessionPart]])] = [
                (nil, ["pilot": [], "quagga": [], "safe": [], "case": [], "covers": []]),
                (.recaps, ["pilot": [.recap], "quagga": [], "safe": [], "case": [.recap, .takeaway], "covers": []]),
                (
                    .whole,
                    [
                        "pilot": [.recap], "quagga": [.notes1], "safe": [.feedback], "case": [.recap, .takeaway],
                        "covers": [],
                    ]
                ),
                (nil, ["pilot": [], "quagga": [], "safe": [], "case": [], "covers": []]),
            ]
            for (scope, words) in expected {
                try await open(scope)
                for (word, wanted) in words {
                    let found = try await parts(word)
                    #expect(found == wanted, "\(word), with \(scope?.rawValue ?? "nothing") opened")
                }
            }
        }
    }

    @Test(
        "A session stands once, its newest places below, and sessions with the words in their name first",
        arguments: TestEngines.all)
    func places(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let old = try await test.agreedSession(title: "The harbour")
            let id = try await test.agreedSession(title: "Another talk")
            for number in 1...5 { _ = try await test.agendaItem("Harbour \(number)", of: id, position: Double(number)) }
            let found = try await test.product.search.results(for: "harbour", as: test.joost)
            #expect(found.sessions.items.map(\.session) == [old, id])
            #expect(found.sessions.items[0].places.isEmpty)
            #expect(found.sessions.items[1].places.count == 3 && found.sessions.items[1].hasMorePlaces)
        }
    }

    // MARK: The question

    @Test("Looking takes three queries, whatever there is to find", arguments: TestEngines.all)
    func queries(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            _ = try await test.confirmedSession()
            for number in 1...30 { _ = try await test.objective("Write \(number)", of: test.ana) }
            test.database.reset()
            _ = try await test.product.search.results(for: "write", as: test.ana)
            #expect(test.database.count == 3)
            test.database.reset()
            for typed in ["", "  ", "*", "\"\"", "\u{0}", "…"] {
                let found = try await test.product.search.results(for: typed, as: test.ana)
                #expect(found.isEmpty)
            }
            #expect(test.database.count == 0)
            for typed in ["a\u{0}b", "AND", "\"write", "NEAR(write, 3)", "write*", "' or 1=1"] {
                _ = try await test.product.search.results(for: typed, as: test.ana)
            }
        }
    }

    // MARK: Excerpts

    @Test(
        "An excerpt shows the first word that was found, with some of what stands around it",
        arguments: [
            ("short harbour", "harbour", "short [harbour]"), ("Cafés,\n\ncafé", "cafe", "[Cafés], [café]"),
            ("follow-up: follow up", "\"follow up\"", "[follow-up]: [follow up]"),
            ("harbours", "\"harbour\"", "harbours"),
            ("<b>&amp;", "amp", "<b>&[amp];"), ("", "harbour", ""),
            ("one two one", "one two", "[one] [two] [one]"), ("Straße", "straße", "[Straße]"),
        ])
    func excerpt(text: String, typed: String, shown: String) {
        #expect(Excerpt(around: text, finding: SearchWords(typed)).shown == shown)
    }

    @Test("A long text is cut between words, before and after")
    func longExcerpt() {
        let text = String(repeating: "before ", count: 100) + "harbour" + String(repeating: " after", count: 100)
        let shown = Excerpt(around: text, finding: SearchWords("harbour")).shown
        #expect(shown.hasPrefix("… before before") && shown.hasSuffix("after …"))
        #expect(shown.contains(" [harbour] after"))
        #expect(shown.count < Excerpt.longest + 10)
        let unbroken = Excerpt(around: String(repeating: "x", count: 5_000), finding: SearchWords("x")).shown
        #expect(unbroken.count < Excerpt.longest + 10)
    }
}

extension Excerpt {
    fileprivate var shown: String { pieces.map { $0.isFound ? "[\($0.text)]" : $0.text }.joined() }
}

extension TestProduct {
    /// The words of everything that somebody finds, in order.
    fileprivate func found(_ typed: String, as viewer: Viewer) async throws -> [String] {
        let found = try await product.search.results(for: typed, as: viewer)
        let goals = (found.objectives.items + found.keyResults.items).map(\.title.text)
        let sessions = found.sessions.items.flatMap { [$0.title.text] + $0.places.map(\.excerpt.text) }
        return (goals + sessions + found.commitments.items.map(\.body.text)).sorted()
    }
}
