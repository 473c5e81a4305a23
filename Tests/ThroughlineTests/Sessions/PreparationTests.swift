import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Preparing a session")
struct PreparationTests {
    @Test("A draft is its author's alone until it is shared", arguments: TestEngines.all)
    func drafts(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let item = try await test.addItem("Hiring", to: id, as: test.ana)
            try await test.sessions.addEvidence(
                EvidenceDraft(kind: "achievement", body: "Import works"), as: ID<Evidence>(), to: id,
                as: test.ana)
            _ = try await test.sessions.save(
                "One bet", to: .desired, asDraft: true, basedOn: 0, in: id, as: test.ana)
            _ = try await test.sessions.save("Secret", to: .privateNotes, basedOn: 0, in: id, as: test.ana)

            let before = try await test.sessions.preparation(of: id, as: test.joost)
            #expect(before.agenda.isEmpty && before.evidence.isEmpty && before.draftCount == 0)
            #expect(before.aims.allSatisfy { !$0.isWritten })
            #expect(before.privateNotes?.body == "")
            await #expect(throws: NotFound.self) {
                try await test.sessions.removeItem(item, from: id, as: test.joost)
            }
            #expect(try await test.sessions.preparation(of: id, as: test.ana).draftCount == 3)

            #expect(try await test.sessions.share(id, as: test.ana) == 3)
            #expect(try await test.sessions.share(id, as: test.ana) == 0)
            let after = try await test.sessions.preparation(of: id, as: test.joost)
            #expect(after.agenda.map(\.title) == ["Hiring"])
            #expect(after.evidence.map(\.body) == ["Import works"])
            #expect(after.aims[0].shared?.body == "One bet")
            #expect(after.privateNotes?.body == "")
            #expect(try await test.mail(to: test.joost).count == 3)

            _ = try await test.addItem("Later", to: id, as: test.ana)
            #expect(try await test.sessions.share(id, as: test.ana) == 1)
            #expect(try await test.mail(to: test.joost).count == 3)
        }
    }

    @Test("What the partner sees holds no draft of either", arguments: TestEngines.all)
    func preview(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            _ = try await test.addItem("Shared", to: id, as: test.ana)
            try await test.sessions.share(id, as: test.ana)
            _ = try await test.addItem("Mine", to: id, as: test.ana)
            _ = try await test.addItem("Joost's", to: id, as: test.joost)
            let preview = try await test.sessions.previewForPartner(of: id, as: test.ana)
            #expect(preview.agenda.map(\.title) == ["Shared"])
            #expect(preview.access.me.id == test.joost.id)
            #expect(preview.privateNotes == nil)
        }
    }

    @Test("My aim goes under my partner's when both have drafted one", arguments: TestEngines.all)
    func aims(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            func save(_ body: String, _ version: Int, as viewer: Viewer) async throws -> SaveOutcome {
                try await test.sessions.save(
                    body, to: .desired, asDraft: true, basedOn: version, in: id, as: viewer)
            }
            _ = try await save("One bet", 0, as: test.ana)
            _ = try await save("Two bets", 0, as: test.joost)
            try await test.sessions.share(id, as: test.joost)
            // Ana's page still says that hers is a draft: what she types stays hers.
            #expect(try await save("One bet, named", 1, as: test.ana) == .saved(version: 2))
            let both = try await test.sessions.preparation(of: id, as: test.ana).aims[0]
            #expect(both.shared?.body == "Two bets")
            #expect(both.draft?.body == "One bet, named")
            #expect(try await test.sessions.preparation(of: id, as: test.joost).aims[0].draft == nil)
            try await test.sessions.share(id, as: test.ana)
            let joint = try await test.sessions.preparation(of: id, as: test.joost).aims[0]
            #expect(joint.shared?.body == "Two bets\nOne bet, named")
            #expect(try await test.sessions.preparation(of: id, as: test.ana).aims[0].draft == nil)
            // A window that was open since then begins a new draft; nothing typed is lost.
            #expect(try await save("One bet, named, and more", 2, as: test.ana) == .saved(version: 4))
        }
    }

    @Test("Lines that stand there already aren't shared twice")
    func joined() {
        #expect(Sessions.joined("", "a\nb") == "a\nb")
        #expect(Sessions.joined("a\nb", "b\nc") == "a\nb\nc")
        #expect(Sessions.joined("a", "a") == "a")
    }

    @Test(
        "Both edit a shared item; a stale save answers with the other's version", arguments: TestEngines.all)
    func joint(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let item = try await test.addItem("Hiring", to: id, as: test.ana)
            try await test.sessions.share(id, as: test.ana)
            func save(
                _ title: String, _ version: Int, as viewer: Viewer
            ) async throws -> PieceOutcome<AgendaItem> {
                try await test.sessions.saveItem(
                    AgendaDraft(title: title, minutes: "5", presenter: test.ana.id.text, ending: "plan"),
                    to: item, basedOn: version, in: id, as: viewer)
            }
            guard case .saved(2) = try await save("Hiring in Ghent", 1, as: test.joost) else {
                Issue.record("Joost could not save")
                return
            }
            guard case .collided(let theirs) = try await save("Hiring in Delft", 1, as: test.ana) else {
                Issue.record("Ana overwrote Joost")
                return
            }
            #expect(theirs.title == "Hiring in Ghent")
            guard case .saved(2) = try await save("Hiring in Ghent", 1, as: test.ana) else {
                Issue.record("The same words collided")
                return
            }
            #expect(try await test.titles(id, as: test.ana) == ["Hiring in Ghent"])
        }
    }

    @Test(
        "Items are moved by place and dragged into order, each around what one can't see",
        arguments: TestEngines.all)
    func order(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let a = try await test.addItem("A", to: id, as: test.ana)
            let hidden = try await test.addItem("Hidden", to: id, as: test.joost)
            let b = try await test.addItem("B", to: id, as: test.ana)
            let c = try await test.addItem("C", to: id, as: test.ana)
            try await test.sessions.moveItem(c, to: 0, in: id, as: test.ana)
            try await test.sessions.moveItem(c, to: 0, in: id, as: test.ana)
            #expect(try await test.titles(id, as: test.ana) == ["C", "A", "B"])
            try await test.sessions.arrangeItems([b, hidden, c, b, ID(), a], in: id, as: test.ana)
            #expect(try await test.titles(id, as: test.ana) == ["B", "C", "A"])
            await #expect(throws: NotFound.self) {
                try await test.sessions.moveItem(hidden, to: 0, in: id, as: test.ana)
            }
            try await test.sessions.share(id, as: test.ana)
            try await test.sessions.share(id, as: test.joost)
            #expect(try await test.titles(id, as: test.joost).count == 4)
        }
    }

    @Test(
        "An item can be taken off and put back; a second click adds none, another title does",
        arguments: TestEngines.all)
    func removal(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let item = try await test.addItem("Hiring", to: id, as: test.ana)
            try await test.sessions.addItem(
                AgendaDraft(title: "Hiring", minutes: "5", presenter: test.ana.id.text, ending: "plan"),
                as: item, to: id, as: test.ana)
            #expect(try await test.titles(id, as: test.ana) == ["Hiring"])
            let next = AgendaDraft(
                title: "Pricing", minutes: "5", presenter: test.ana.id.text, ending: "plan")
            for _ in 1...2 { try await test.sessions.addItem(next, as: ID(), to: id, as: test.ana) }
            try await test.sessions.addItem(next, as: item, to: id, as: test.ana)
            #expect(try await test.titles(id, as: test.ana) == ["Hiring", "Pricing", "Pricing", "Pricing"])
            for each in try await test.sessions.preparation(of: id, as: test.ana).agenda.dropFirst() {
                try await test.sessions.removeItem(each.id, from: id, as: test.ana)
            }
            try await test.sessions.removeItem(item, from: id, as: test.ana)
            #expect(try await test.titles(id, as: test.ana).isEmpty)
            try await test.sessions.restoreItem(item, in: id, as: test.ana)
            #expect(try await test.titles(id, as: test.ana) == ["Hiring"])
        }
    }

    @Test(
        "What is wrong with an item or a piece of evidence is said at its field", arguments: TestEngines.all)
    func wrong(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let found = try await problems {
                try await test.sessions.addItem(
                    AgendaDraft(title: " ", minutes: "0", presenter: test.leila.id.text, ending: "joy"),
                    as: ID(), to: id, as: test.ana)
            }
            #expect(found == ["title", "minutes", "presenter", "ending"])
            func expect(_ fields: [String], _ change: (inout EvidenceDraft) -> Void) async throws {
                var draft = EvidenceDraft(kind: "achievement", body: "Import works")
                change(&draft)
                let changed = draft
                let found = try await problems {
                    try await test.sessions.addEvidence(changed, as: ID(), to: id, as: test.ana)
                }
                #expect(found == fields)
            }
            try await expect([]) { _ in }
            try await expect(["kind"]) { $0.kind = "" }
            try await expect(["body"]) { $0.body = "\u{0}\u{7} " }
            try await expect(["to", "unit"]) { $0.from = "13" }
            try await expect(["from"]) { ($0.from, $0.to, $0.unit) = ("many", "2", "days") }
            try await expect(["from"]) { ($0.from, $0.to, $0.unit) = ("1,234", "2", "days") }
            try await expect([]) { ($0.from, $0.to) = ("71%", "90%") }
            try await expect(["link"]) { $0.link = "javascript:alert(1)" }
            try await expect(["link"]) { $0.link = "larkfield.example/sheet" }
            try await expect([]) { $0.link = "https://larkfield.example/sheet?a=1" }
            try await expect(["objective"]) { $0.objective = ID<Objective>().text }
        }
    }

    @Test("Numbers are read as people write them, and not where they could mean two things")
    func decimals() {
        #expect(DecimalText.read("61.5") == 61.5)
        #expect(DecimalText.read(" 0,75 ") == 0.75)
        #expect(DecimalText.read("-3") == -3)
        for text in ["", "1,234", "1.2.3", "1e9", "٣", ".5", "5.", "1 000", "12345678901"] {
            #expect(DecimalText.read(text) == nil, "\(text)")
        }
        #expect(DecimalText.text(90) == "90")
        #expect(DecimalText.text(0.25) == "0.25")
        #expect(DecimalText.text(-1.5) == "-1.5")
    }

    @Test(
        "The four topics are offered while there is time left, and nothing adds itself",
        arguments: TestEngines.all)
    func topics(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let empty = try await test.sessions.preparation(of: id, as: test.ana)
            #expect(empty.agenda.isEmpty)
            #expect(empty.offers.count == 4)
            let keys = empty.offers.map(\.key)
            let own = try await test.addItem("Leave cover", minutes: 6, to: id, as: test.ana)
            try await test.sessions.takeOffers([keys[0]], in: id, as: test.ana)
            #expect(
                try await test.sessions.preparation(of: id, as: test.ana).offers.map(\.key) == Array(keys.dropFirst()))
            try await test.sessions.removeItem(own, from: id, as: test.ana)
            #expect(try await test.sessions.takeOffers(keys, in: id, as: test.ana) == 3)
            #expect(try await test.sessions.takeOffers(keys, in: id, as: test.ana) == 0)
            let full = try await test.sessions.preparation(of: id, as: test.ana)
            #expect(full.plannedMinutes == 44)
            #expect(full.offers.isEmpty)
            #expect(full.agenda.allSatisfy { !$0.isShared })
        }
    }

    @Test("What the two left open is offered, with where it comes from", arguments: TestEngines.all)
    func leftovers(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let past = try await test.agreed()
            let deferred = try await test.addItem("Leave cover", to: past, as: test.ana)
            try await test.sessions.share(past, as: test.ana)
            let now = test.clock.now
            let (ana, joost) = (test.ana.id, test.joost.id)
            try await test.database.write { tx in
                try tx.run("update agenda_item set outcome = 'deferred' where id = \(deferred)")
                try tx.run(
                    """
                    update session set state = 'confirmed', started_at = \(now), confirmed_at = \(now)
                    where id = \(past)
                    """)
                try tx.run(
                    """
                    insert into action (id, session, step, body, owner, due_on, author, created_at)
                    values (\(ID<Session>()), \(past), 4, 'Ask Sales for names', \(joost), '2026-11-10', \(ana), \(now))
                    """)
                try tx.run(
                    """
                    insert into capture (id, session, kind, step, body, author, created_at)
                    values (\(ID<Session>()), \(past), 'parked', 3, 'Pricing', \(ana), \(now))
                    """)
            }
            let next = try await test.ask(test.joost, as: test.ana)
            let offers = try await test.sessions.preparation(of: next, as: test.ana).offers
            let open = offers.filter { $0.reason != .topic }
            #expect(Set(open.map(\.title)) == ["Leave cover", "Ask Sales for names", "Pricing"])
            #expect(open.allSatisfy { $0.origin?.session == past })
            try await test.sessions.takeOffers(["item-\(deferred)"], in: next, as: test.ana)
            let item = try await test.sessions.preparation(of: next, as: test.ana).agenda.first
            #expect(item?.timesCarried == 1)
            #expect(item?.origin == past)
            // Leila's sessions with Joost know nothing of it.
            let other = try await test.ask(test.leila, as: test.joost)
            #expect(
                try await test.sessions.preparation(of: other, as: test.joost).offers
                    .allSatisfy { $0.reason == .topic })
        }
    }

    @Test("A changed title is seen by both; two at once are both safe", arguments: TestEngines.all)
    func title(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let old = "Where onboarding puts its weight"
            func save(_ title: String, keeps: Bool = false, as viewer: Viewer) async throws -> Session? {
                try await test.sessions.savePurpose(
                    Sessions.PurposeDraft(
                        purpose: "growth", purposeWords: "", title: title, keepsTitle: keeps, basedOn: old),
                    of: id, as: viewer)
            }
            let found = try await problems { _ = try await save("Sync", as: test.ana) }
            #expect(found == ["title"])
            #expect(try await save("The first-quarter bet", as: test.ana) == nil)
            #expect(try await save("One bet", as: test.joost)?.title == "The first-quarter bet")
            #expect(
                try await test.sessions.access(id, as: test.joost).session.title == "The first-quarter bet")
            #expect(try await test.sessions.access(id, as: test.joost).session.purpose == .growth)
        }
    }

    @Test("Readiness names what is missing", arguments: TestEngines.all)
    func readiness(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let empty = try await test.sessions.preparation(of: id, as: test.ana).readiness
            #expect(empty.missing.map(\.part) == [.aims, .alignment, .agenda, .evidence])
            _ = try await test.addItem("Hiring", minutes: 60, to: id, as: test.ana)
            for field in [SessionField.desired, .measure] {
                _ = try await test.sessions.save(
                    "x", to: field, asDraft: true, basedOn: 0, in: id, as: test.ana)
            }
            try await test.sessions.addEvidence(
                EvidenceDraft(kind: "achievement", body: "Import works"), as: ID(), to: id, as: test.ana)
            let half = try await test.sessions.preparation(of: id, as: test.ana).readiness
            #expect(
                half.missing.map(\.words) == [
                    "Goals and work: nothing to put side by side yet", "Agenda: 10 minutes too many",
                    "Evidence: one piece needs a number",
                ])
        }
    }

    @Test("What was prepared can't be changed once the session has been held", arguments: TestEngines.all)
    func held(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            let item = try await test.addItem("Hiring", to: id, as: test.ana)
            try await test.database.write { tx in
                _ = try tx.run("update session set state = 'closing' where id = \(id)")
            }
            await #expect(throws: Conflict.self) { _ = try await test.addItem("Late", to: id, as: test.ana) }
            await #expect(throws: Conflict.self) {
                try await test.sessions.removeItem(item, from: id, as: test.ana)
            }
            await #expect(throws: Conflict.self) { try await test.sessions.share(id, as: test.ana) }
        }
    }

    @Test("The journal holds nothing of a draft or a private note", arguments: TestEngines.all)
    func journal(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let id = try await test.agreed()
            func count() async throws -> Int? {
                try await test.database.read { tx in try tx.value(Int.self, "select count(*) from journal") }
            }
            let before = try await count()
            let item = try await test.addItem("Hiring", to: id, as: test.ana)
            _ = try await test.sessions.saveItem(
                AgendaDraft(title: "Secret", minutes: "5", presenter: test.ana.id.text, ending: "plan"),
                to: item, basedOn: 1, in: id, as: test.ana)
            try await test.sessions.removeItem(item, from: id, as: test.ana)
            _ = try await test.sessions.save("Secret", to: .privateNotes, basedOn: 0, in: id, as: test.ana)
            _ = try await test.sessions.save(
                "Secret", to: .desired, asDraft: true, basedOn: 0, in: id, as: test.ana)
            #expect(try await count() == before)
        }
    }
}
