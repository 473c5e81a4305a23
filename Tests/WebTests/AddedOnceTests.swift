// What a form adds is added once: the answer may get lost, and people press buttons twice.
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("What a form adds is added once")
struct AddedOnceTests {
    @Test("The form of a page, sent again, adds nothing more", arguments: Adding.all, TestEngines.all)
    func again(adding: Adding, engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            let form = try await web.form(adding, of: web.test.ana)
            let before = try await web.holdings()
            let first = try await web.post(form.action, fields: form.fields, as: web.test.ana)
            #expect(first.status == .seeOther, "\(first.words)")
            let once = try await web.holdings()
            #expect(once[adding.table] == (before[adding.table] ?? 0) + 1)
            #expect(try await web.has(form.id, in: adding.table), "the new row has the form's id")
            for _ in 1...2 {
                let again = try await web.post(form.action, fields: form.fields, as: web.test.ana)
                #expect(again.status == .seeOther && again.location == first.location, "\(again.words)")
                #expect(try await web.holdings() == once)
            }
        }
    }

    @Test("Other words in an old form are another thing, and not lost", arguments: Adding.all.filter { !$0.endsSeries })
    func otherWords(adding: Adding) async throws {
        try await withWeb { web in
            let form = try await web.form(adding, of: web.test.ana)
            _ = try await web.post(form.action, fields: form.fields, as: web.test.ana)
            let once = try await web.holdings()[adding.table] ?? 0
            let other = form.saying("What comes after \(adding.words)", at: adding.wordsField)
            let answer = try await web.post(other.action, fields: other.fields, as: web.test.ana)
            #expect(answer.status == .seeOther, "\(answer.words)")
            #expect(try await web.holdings()[adding.table] == once + 1)
        }
    }

    @Test(
        "What is written beside them counts as words too",
        arguments: [("a check-in", "blockers"), ("a goal", "description"), ("an amendment", "reason")])
    func beside(name: String, field: String) async throws {
        try await withWeb { web in
            let adding = try #require(Adding.all.first { $0.name == name })
            let form = try await web.form(adding, of: web.test.ana)
            _ = try await web.post(form.action, fields: form.fields, as: web.test.ana)
            let once = try await web.holdings()[adding.table] ?? 0
            let more = form.saying("What was forgotten the first time", at: field)
            #expect(try await web.post(more.action, fields: more.fields, as: web.test.ana).status == .seeOther)
            #expect(try await web.holdings()[adding.table] == once + 1)
        }
    }

    @Test("What has a name of its own is added once too", arguments: Adding.named, TestEngines.all)
    func named(adding: Adding, engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            let form = try await web.form(adding, of: web.test.greta)
            let before = try await web.holdings()[adding.table] ?? 0
            for _ in 1...2 {
                let answer = try await web.post(form.action, fields: form.fields, as: web.test.greta)
                #expect(answer.status == .seeOther, "\(answer.words)")
                #expect(try await web.holdings()[adding.table] == before + 1)
            }
            // Typed into a form of its own, the name is taken.
            let second = try await web.form(adding, of: web.test.greta)
            #expect(
                try await web.post(second.action, fields: second.fields, as: web.test.greta).status
                    == .unprocessableContent)
            let other = form.saying("What comes after", at: adding.wordsField)
            #expect(try await web.post(other.action, fields: other.fields, as: web.test.greta).status == .seeOther)
            #expect(try await web.holdings()[adding.table] == before + 2)
        }
    }

    @Test("Each page has an id of its own for what it adds", arguments: Adding.all)
    func fresh(adding: Adding) async throws {
        try await withWeb { web in
            let place = try await web.place(adding, of: web.test.ana)
            let first = try await web.form(adding, in: place, as: web.test.ana)
            let second = try await web.form(adding, in: place, as: web.test.ana)
            #expect(ID<Never>(first.id) != nil && first.id != second.id)
        }
    }

    @Test("An id that is somebody else’s counts for nothing", arguments: Adding.all, TestEngines.all)
    func theirs(adding: Adding, engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            let mine = try await web.form(adding, of: web.test.ana)
            _ = try await web.post(mine.action, fields: mine.fields, as: web.test.ana)
            let row = try await web.row(mine.id, in: adding.table)
            // Rafael has a thing of his own, and sends the very same words under Ana's id.
            let ordinary = try await web.form(adding, of: web.test.rafael)
            let before = try await web.holdings()
            let answer = try await web.post(
                ordinary.action, fields: ordinary.naming(mine.id).fields, as: web.test.rafael)
            #expect(answer.status == .seeOther, "\(answer.words)")
            #expect(!(answer.location ?? "").contains(mine.id))
            #expect(try await web.holdings()[adding.table] == (before[adding.table] ?? 0) + 1)
            #expect(try await web.row(mine.id, in: adding.table) == row, "Ana's is as it was")
        }
    }

    @Test("One’s own id at another place counts for nothing", arguments: Adding.all.filter(\.isInSession))
    func elsewhere(adding: Adding) async throws {
        try await withWeb { web in
            let first = try await web.form(adding, of: web.test.ana)
            _ = try await web.post(first.action, fields: first.fields, as: web.test.ana)
            let other = try await web.form(adding, of: web.test.ana)
            #expect(other.action != first.action)
            let before = try await web.holdings()[adding.table] ?? 0
            _ = try await web.post(other.action, fields: other.naming(first.id).fields, as: web.test.ana)
            #expect(try await web.holdings()[adding.table] == before + 1)
        }
    }

    @Test("A form without an id, or with none that can be one, adds each time", arguments: Adding.all)
    func none(adding: Adding) async throws {
        try await withWeb { web in
            var place = try await web.place(adding, of: web.test.ana)
            for id in [nil, "", "x", "ZZ97e5f2b8c47a319f6d2e4b7c8a9d01", String(repeating: "0", count: 33)] {
                // One goes on with another manager once.
                if adding.endsSeries { place = try await web.place(adding, of: web.test.ana) }
                let form = try await web.form(adding, in: place, as: web.test.ana)
                let before = try await web.holdings()[adding.table] ?? 0
                let answer = try await web.post(form.action, fields: form.naming(id).fields, as: web.test.ana)
                #expect(answer.status == .seeOther, "\(id ?? "without"): \(answer.words)")
                #expect(try await web.holdings()[adding.table] == before + 1)
            }
        }
    }

    @Test("Sent by the same person at the same moment, it is added once", arguments: Adding.all, TestEngines.all)
    func together(adding: Adding, engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            let form = try await web.form(adding, of: web.test.ana)
            let before = try await web.holdings()
            let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for _ in 1...6 {
                    group.addTask { try await web.post(form.action, fields: form.fields, as: web.test.ana).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { $0 == .seeOther }, "\(statuses)")
            let after = try await web.holdings()
            #expect(after[adding.table] == (before[adding.table] ?? 0) + 1)
            #expect((after["mail"] ?? 0) - (before["mail"] ?? 0) == adding.letters)
            #expect((after["journal"] ?? 0) - (before["journal"] ?? 0) == adding.journaled)
        }
    }

    @Test("“Both” of two versions, chosen twice, makes one more", arguments: ["agenda", "evidence"])
    func both(part: String) async throws {
        try await withWeb { web in
            let place = try await web.make(.session(.agreed), of: web.test.ana)
            let (name, table) = part == "agenda" ? ("item", "agenda_item") : ("piece", "evidence")
            let path = "/sessions/\(place["id"] ?? "")/preparation/\(part)/\(place[name] ?? "")"
            func fields(_ words: String) -> [(String, String)] {
                [
                    ("version", "1"), ("title", words), ("minutes", "5"), ("presenter", web.test.ana.id.text),
                    ("ending", "plan"), ("kind", "challenge"), ("body", words),
                ]
            }
            _ = try await web.post(path, fields: fields("As Joost has it"), as: web.test.joost)
            let page = try await web.post(path, fields: fields("As Ana has it"), as: web.test.ana)
            #expect(page.status == .conflict)
            let form = try #require(PageForm.all(on: page.body).first { $0.action == path })
            let chosen = form.fields.filter { $0.name != "choice" } + [("choice", "both")]
            let before = try await web.holdings()[table] ?? 0
            for _ in 1...2 {
                #expect(try await web.post(path, fields: chosen, as: web.test.ana).status == .seeOther)
                #expect(try await web.holdings()[table] == before + 1)
            }
        }
    }
}

/// Something that a form adds: where the form stands, and what is written into it.
struct Adding: Sendable, CustomTestStringConvertible {
    let name: String
    let thing: Thing
    /// The page with the form, and where that is sent.
    let page: String
    let path: String
    let table: String
    let wordsField: String
    var more: [(name: String, value: String)] = []
    var letters = 0
    var journaled = 1

    let words = "Which clinics come first"

    var testDescription: String { name }
    var isInSession: Bool { path.hasPrefix("/sessions/{id}") }
    var endsSeries: Bool { path.hasPrefix("/series") }

    static let all = [
        Adding(
            name: "an agenda item", thing: .session(.agreed), page: "/sessions/{id}/preparation",
            path: "/sessions/{id}/preparation/agenda", table: "agenda_item", wordsField: "title", journaled: 0),
        evidence("achievement"), evidence("challenge"), evidence("support"),
        capture("takeaway"), capture("decision"), capture("feedback"), capture("parked"),
        Adding(
            name: "an action in the room", thing: .session(.running), page: "/sessions/{id}/run",
            path: "/sessions/{id}/captures", table: "action", wordsField: "body", more: [("kind", "action")]),
        Adding(
            name: "a next step", thing: .session(.closing), page: "/sessions/{id}/recap",
            path: "/sessions/{id}/actions", table: "action", wordsField: "body", journaled: 2),
        Adding(
            name: "a correction", thing: .session(.closing), page: "/sessions/{id}/recap",
            path: "/sessions/{id}/corrections", table: "recap_correction", wordsField: "wording"),
        Adding(
            name: "an amendment", thing: .session(.confirmed), page: "/sessions/{id}/recap",
            path: "/sessions/{id}/amendments", table: "amendment", wordsField: "body",
            more: [("reason", "The lease ran out")], letters: 1),
        Adding(
            name: "an ask", thing: .nothing, page: "/sessions/new?with={leila}", path: "/sessions", table: "session",
            wordsField: "title", more: [("day-1", "2026-12-03"), ("time-1", "14:00")], letters: 1),
        Adding(
            name: "a series", thing: .nothing, page: "/sessions/new?with={leila}", path: "/sessions", table: "session",
            wordsField: "title", more: [("day-1", "2026-12-03"), ("time-1", "14:00"), ("repeat", "weekly")], letters: 1,
            journaled: 2),
        Adding(
            name: "another manager", thing: .series, page: "/series/{id}", path: "/series/{id}/partner",
            table: "session", wordsField: "message",
            more: [("partner", "{leila}"), ("day-1", "2026-11-27"), ("time-1", "10:00")], letters: 2, journaled: 3),
        Adding(
            name: "a goal", thing: .nothing, page: "/goals/new", path: "/goals", table: "objective", wordsField: "title"
        ),
        Adding(name: "work", thing: .nothing, page: "/work/new", path: "/work", table: "work", wordsField: "title"),
        Adding(
            name: "a key result", thing: .ownOKR, page: "/goals/{id}/key-results/new", path: "/goals/{id}/key-results",
            table: "key_result", wordsField: "title", more: [("kind", "yes-no")], journaled: 2),
        Adding(
            name: "a check-in", thing: .ownKeyResult, page: "/key-results/{id}", path: "/key-results/{id}/check-ins",
            table: "check_in", wordsField: "comment", more: [("value", "60"), ("confidence", "7")]),
    ]

    /// What an administrator adds, each under a name of its own.
    static let named = [
        Adding(
            name: "a cycle", thing: .nothing, page: "/cycles/new", path: "/cycles", table: "cycle", wordsField: "name",
            more: [("startsOn", "2028-01-01"), ("endsOn", "2028-03-31")]),
        Adding(
            name: "a value", thing: .nothing, page: "/values", path: "/values", table: "core_value", wordsField: "name"),
        Adding(name: "a team", thing: .nothing, page: "/teams", path: "/teams", table: "team", wordsField: "name"),
    ]

    private static func evidence(_ kind: String) -> Adding {
        Adding(
            name: "evidence: \(kind)", thing: .session(.agreed), page: "/sessions/{id}/preparation",
            path: "/sessions/{id}/preparation/evidence", table: "evidence", wordsField: "body",
            more: [("kind", kind)], journaled: 0)
    }

    private static func capture(_ kind: String) -> Adding {
        Adding(
            name: "caught: \(kind)", thing: .session(.running), page: "/sessions/{id}/run",
            path: "/sessions/{id}/captures", table: "capture", wordsField: "body", more: [("kind", kind)])
    }
}

extension PageForm {
    /// The id that what it adds will have.
    fileprivate var id: String { fields.first { $0.name == "id" }?.value ?? "" }

    fileprivate func saying(_ words: String, at field: String) -> PageForm {
        var form = self
        form.fields = fields.filter { $0.name != field } + [(field, words)]
        return form
    }

    /// With another id, or with none.
    fileprivate func naming(_ id: String?) -> PageForm {
        var form = self
        form.fields = fields.filter { $0.name != "id" } + (id.map { [("id", $0)] } ?? [])
        return form
    }
}

extension TestWeb {
    fileprivate func place(_ adding: Adding, of person: Viewer) async throws -> Place {
        try await make(adding.thing, of: person)
    }

    /// The form as the page shows it to somebody, with everything filled in.
    fileprivate func form(_ adding: Adding, in place: Place, as person: Viewer) async throws -> PageForm {
        let page = try await get(adding.page.filled(from: place), as: person)
        var form = try #require(
            PageForm.all(on: page.body).first { $0.action == adding.path.filled(from: place) },
            "no form on \(adding.page): \(page.status)")
        for (name, value) in adding.more + [(adding.wordsField, adding.words)] {
            form = form.saying(value.filled(from: place), at: name)
        }
        return form
    }

    fileprivate func form(_ adding: Adding, of person: Viewer) async throws -> PageForm {
        try await form(adding, in: try await place(adding, of: person), as: person)
    }

    /// How many rows there are of everything that a form can add, and of what comes with that.
    fileprivate func holdings() async throws -> [String: Int] {
        let tables = [
            "agenda_item", "evidence", "capture", "action", "recap_correction", "amendment", "session", "session_time",
            "series", "mail", "objective", "work", "key_result", "check_in", "cycle", "core_value", "team",
        ]
        return try await test.database.read { tx in
            var counts: [String: Int] = [:]
            for table in tables {
                counts[table] = try tx.value(Int.self, "select count(*) from \(unchecked: table)") ?? 0
            }
            counts["journal"] = try tx.value(
                Int.self, "select count(*) from journal where verb <> 'signed-in'")
            return counts
        }
    }

    fileprivate func row(_ id: String, in table: String) async throws -> String {
        try await test.database.read { tx in
            try tx.rows("select * from \(unchecked: table) where id = \(id)").map { "\($0.values)" }.joined()
        }
    }

    fileprivate func has(_ id: String, in table: String) async throws -> Bool {
        try await !row(id, in: table).isEmpty
    }
}
