// Nothing that is typed or sent makes the product fail: every field of every form, tried with what people and programs
// send by mistake or on purpose.
import Foundation
import HTTPTypes
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("Bad input")
struct BadInputTests {
    /// What fields are tried with. `{other}` is the id of something that isn't the sender's.
    private static let values: [(name: String, text: String)] = [
        ("empty", ""),
        ("only white space", " \t\r\n\u{2003}"),
        ("too long", String(repeating: "long é ", count: 3_600)),
        ("markup", "<script>alert(1)</script><b title=\"'>&amp;"),
        ("control characters", "a\u{0}b\u{1}\u{1B}[31m\u{7F}c"),
        ("NUL alone", "\u{0}"),
        ("right to left and combining", "\u{202E}مرحبا e\u{301}\u{302}\u{323} 👩‍👩‍👧 \u{FEFF}\u{FFFF}"),
        ("a day that isn't", "2026-02-30"),
        ("a day far off", "9999-99-99"),
        ("a year too far", "99999-12-31"),
        ("a moment that isn't", "2026-12-17T25:61"),
        ("minus one", "-1"),
        ("an exponent", "1e9"),
        ("a huge exponent", "1e999"),
        ("not a number", "NaN"),
        ("the greatest number", "9223372036854775807"),
        ("the least number", "-9223372036854775808"),
        ("beyond every number", "99999999999999999999999"),
        ("beyond 32 bits", "4294967297"),
        ("somebody else's id", "{other}"),
        ("an id of nothing", "0123456789abcdef0123456789abcdef"),
        ("a word", "nonsense"),
    ]

    /// PostgreSQL differs from SQLite in what texts and numbers it takes; the rest is the same code.
    private static func values(for engine: Engine) -> [(name: String, text: String)] {
        let kept: Set = [
            "control characters", "NUL alone", "the greatest number", "beyond 32 bits", "a day that isn't",
            "a year too far", "right to left and combining", "somebody else's id",
        ]
        return engine == .sqlite ? values : values.filter { kept.contains($0.name) }
    }

    /// Not every value is tried in every field at once: each form gets one in four, each field alone one in sixteen, and
    /// its neighbours get the others. All of them where THROUGHLINE_TEST_EVERYTHING is set, which takes minutes.
    private static func isTried(_ value: Int, _ field: Int, every: Int) -> Bool {
        everything || (value + field) % every == 0
    }

    fileprivate static let everything = ProcessInfo.processInfo.environment["THROUGHLINE_TEST_EVERYTHING"] != nil

    @Test("No field of any form makes the server fail, whatever it holds", arguments: TestEngines.all)
    func fields(engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            let forms = try await PageForm.ofProduct
            var seen: Set<String> = []
            for row in AccessTable.rows where row.method == .post && seen.insert(row.route).inserted {
                guard let visitor = row.sender else { continue }
                var trial = try await Trial(row, forms[row.route], visitor, web)
                for (index, (name, value)) in Self.values(for: engine).enumerated() {
                    if Self.isTried(index, seen.count, every: 4) {
                        try await trial.send(value, called: name, in: trial.names)
                    }
                    for (place, field) in trial.names.enumerated()
                    where Self.isTried(index, seen.count + place, every: 16) {
                        try await trial.send(value, called: name, in: [field])
                    }
                }
                try await trial.sendOddly()
            }
        }
    }

    @Test("Every form that a page shows leads to a route of the table")
    func forms() async throws {
        try await withWeb { web in
            let routes = Set(AccessTable.rows.filter { $0.method == .post }.map(\.route))
            let forms = Set(try await PageForm.ofProduct.keys)
            #expect(forms.subtracting(routes).sorted() == [])
            // Those that no page of the fixture shows; their fields are those of the table.
            let unseen = [
                // Asked by the script; offered with the word that something was kept.
                "POST /coach", "POST /commitments/reopenings",
                // What the script sends when a row is dropped.
                "POST /sessions/{id}/preparation/agenda/order",
                // What the script says of who is there.
                "POST /sessions/{id}/presence",
                // Shown while the clock is stopped.
                "POST /sessions/{id}/run/resumption",
                // Shown while the product is empty.
                "POST /set-up/{token}",
            ]
            #expect(routes.subtracting(forms).sorted() == unseen)
        }
    }

    @Test("A form of more than a megabyte, of another kind, or one that can't be read, is refused as such")
    func malformed() async throws {
        try await withWeb { web in
            for row in AccessTable.rows where row.method == .post && !row.fields.isEmpty {
                guard let visitor = row.sender else { continue }
                let place = try await web.make(row.thing, of: web.test.ana, in: row)
                let cookie = try await web.signedIn(visitor)
                func send(_ body: ByteBuffer, _ type: String) async throws -> HTTPResponse.Status {
                    var headers = cookie
                    headers[.contentType] = type
                    return try await web.send(.post, row.address(place), as: nil, headers: headers, body: body).status
                }
                let form = "application/x-www-form-urlencoded"
                let before = try await web.fingerprint()
                let large = ByteBuffer(repeating: UInt8(ascii: "a"), count: (1 << 20) + 1)
                #expect(try await send(large, form) == .contentTooLarge, "\(row.route)")
                for text in ["a=%", "a=%4", "a=%zz", "a=%FF", "%FF=a", "a=%C0%80", "a=%ED%A0%80"] {
                    #expect(try await send(ByteBuffer(string: text), form) == .badRequest, "\(row.route) with \(text)")
                }
                for type in ["text/plain", "multipart/form-data; boundary=x", "application/json", "nonsense"] {
                    let status = try await send(ByteBuffer(string: "{\"a\": 1}"), type)
                    #expect(status == .unsupportedMediaType, "\(row.route) as \(type)")
                }
                #expect(try await web.fingerprint() == before, "\(row.route) changed something")
            }
        }
    }

    @Test("An address with an id that can't be one, or of nothing, leads nowhere")
    func addresses() async throws {
        try await withWeb { web in
            let ids = [
                "x", "%00", "..%2F..", "0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF",
                String(repeating: "a", count: 3_000), "%F0%9F%90%98", "%FF", "'%20or%201=1--",
            ]
            for row in AccessTable.rows where row.path.contains("{") {
                guard let visitor = row.sender else { continue }
                let place = try await web.make(row.thing, of: web.test.ana, in: row)
                let names = row.path.matches(of: /\{(\w+)\}/).map { String($0.1) }
                let headers = try await web.signedIn(visitor)
                for name in names {
                    for id in ids {
                        var wrong = place
                        wrong[name] = id
                        let address = row.path.filled(from: wrong)
                        let answer = try await web.send(row.method, address, row.form(place), headers: headers)
                        #expect(answer.status == .notFound, "\(row.method) \(address.prefix(120)): \(answer.status)")
                    }
                }
            }
        }
    }

    @Test("Nothing in an address's query makes a page fail", arguments: TestEngines.all)
    func queries(engine: Engine) async throws {
        try await withWeb(on: engine) { web in
            let names = [
                "q", "with", "purpose", "before", "state", "step", "team", "person", "level", "supports", "next",
                "health", "open", "cycle",
            ]
            var seen: Set<String> = []
            for row in AccessTable.rows where row.method == .get && seen.insert(row.path).inserted {
                guard let visitor = row.sender else { continue }
                let place = try await web.make(row.thing, of: web.test.ana, in: row)
                let headers = try await web.signedIn(visitor)
                for (name, value) in Self.values(for: engine) + [("broken", "%")] {
                    let text = name == "broken" ? "%FF%" : TestWeb.escaped(String(value.prefix(500)))
                    let query = names.map { "\($0)=\(text)" }.joined(separator: "&")
                    let address = row.path.filled(from: place) + "?" + query
                    let answer = try await web.send(.get, address, [], headers: headers)
                    #expect(answer.status.code < 500, "\(row.path) with \(name): \(answer.status)")
                    #expect(!answer.holdsMarkup, "\(row.path) with \(name)")
                }
            }
        }
    }
}

/// One route, tried again and again on a thing that is made anew whenever it has changed.
private struct Trial {
    let row: AccessRow
    let visitor: Visitor
    let web: TestWeb
    private let form: PageForm?
    private var place: Place
    private var headers: HTTPFields = [:]
    private let other: String

    init(_ row: AccessRow, _ form: PageForm?, _ visitor: Visitor, _ web: TestWeb) async throws {
        (self.row, self.form, self.visitor, self.web) = (row, form, visitor, web)
        place = try await web.make(row.thing, of: web.test.ana, in: row)
        other = try await web.make(row.thing, of: web.test.rafael, in: row)["id"] ?? ""
        try await signIn()
    }

    private mutating func signIn() async throws {
        headers = try await web.signedIn(visitor)
    }

    /// The form as somebody would send it.
    private var base: [(String, String)] {
        let own = row.form(place)
        let more = (form?.fields ?? []).map { ($0.name.filled(from: place), $0.value.filled(from: place)) }
        return own + more.filter { field in !own.contains { $0.0 == field.0 } }
    }

    /// Every field that is tried, by its name in the table.
    var names: [String] {
        var names = row.fields.map(\.0)
        for name in form?.names ?? [] where !names.contains(name) { names.append(name) }
        return names
    }

    /// Sends the form with `value` in some of its fields.
    mutating func send(_ value: String, called name: String, in names: [String]) async throws {
        let value = value.replacing("{other}", with: other)
        let names = names.map { $0.filled(from: place) }
        let fields = base.filter { !names.contains($0.0) } + names.map { ($0, value) }
        let typed = names.count == 1 ? names[0] : "all"
        try await send(fields, what: "\(typed) is \(name)", typed: typed)
    }

    /// Fields left out, sent twice, sent under odd names.
    mutating func sendOddly() async throws {
        for name in names where BadInputTests.everything || !name.contains("{") {
            let field = name.filled(from: place)
            try await send(base.filter { $0.0 != field }, what: "without \(field)", typed: field)
            try await send(base + base.filter { $0.0 == field } + [(field, "x")], what: "\(field) twice", typed: field)
        }
        try await send([], what: "nothing", typed: nil)
        try await send([("", ""), ("\u{0}", "\u{0}"), ("<b>", "<b>")], what: "odd names", typed: nil)
    }

    private mutating func send(_ fields: [(String, String)], what: String, typed: String?) async throws {
        let answer = try await web.send(.post, row.address(place), fields, headers: headers)
        func comment() -> Comment { "\(row.testDescription): \(what): \(answer.status) \(answer.words)" }
        #expect(answer.status.code < 500, comment())
        #expect(!answer.holdsMarkup, comment())
        if answer.status == .unprocessableContent, typed != "all" { expectMessage(answer.body, fields, typed, comment) }
        guard answer.status.code < 400 else { return }
        if let next = answer.location, fields.contains(where: { $0.1.contains("<script>") }),
            row.rule.allowed != Rule.anyone.allowed
        {
            let page = try await web.send(.get, next, [], headers: headers)
            #expect(page.status.code < 500 && !page.holdsMarkup, comment())
        }
        place = try await web.make(row.thing, of: web.test.ana, in: row)
        if row.path.hasPrefix("/sign") || row.path.hasPrefix("/settings") { try await signIn() }
    }

    /// What can't be taken is told at its field or above the form, and the rest of what was typed is still there.
    private func expectMessage(
        _ page: String, _ fields: [(String, String)], _ typed: String?, _ comment: () -> Comment
    ) {
        let isTold =
            page.holds("aria-invalid=\"true\"") || page.holds("role=\"alert\"")
            || page.holds("class=\"err\"")
        guard isTold else {
            // A rule said no, in words of its own, on a page of its own.
            let isRefused = page.holds("That can’t be done")
            #expect(isRefused, comment())
            return
        }
        let kept = ["title", "body", "words", "reason", "wording", "answer", "name", "job", "description", "standing"]
        for (name, value) in fields where kept.contains(name) && name != typed && !value.isEmpty {
            let isKept = page.holds(value)
            #expect(isKept, "\(comment()) lost \(name)")
        }
    }
}

extension TestAnswer {
    /// Whether markup that was typed came out as markup.
    fileprivate var holdsMarkup: Bool { body.holds("<script>alert") }
}

extension AccessRow {
    /// Who sends the forms of this row in tests: the first who may.
    var sender: Visitor? { Visitor.allCases.first { rule.allowed.contains($0) } }
}

extension PageForm {
    /// The forms of all pages, looked for once.
    fileprivate static var ofProduct: [String: PageForm] {
        get async throws { try await search.value }
    }

    private static let search = Task { try await withWeb { web in try await web.forms() } }
}

extension TestWeb {
    /// The forms of all pages, by the route that they lead to, with ids replaced by their names.
    fileprivate func forms() async throws -> [String: PageForm] {
        var forms: [String: PageForm] = [:]
        for row in AccessTable.rows where row.method == .get {
            let place = try await make(row.thing, of: test.ana, in: row)
            let path = row.address(place)
            let steps = path.hasSuffix("/run") ? (1...5).map { "?step=\($0)" } : [""]
            for visitor in [Visitor.ana, .joost, .greta, .signedOut] where row.rule.allowed.contains(visitor) {
                for step in steps {
                    let page = try await visit(.get, path + step, as: visitor)
                    guard page.headers[.contentType]?.hasPrefix("text/html") == true else { continue }
                    for form in PageForm.all(on: page.body) { try await collect(form, place, into: &forms) }
                }
            }
        }
        return forms
    }

    private func collect(_ form: PageForm, _ place: Place, into forms: inout [String: PageForm]) async throws {
        let route = AccessTable.route(to: form.action)
        var known = forms[route] ?? PageForm(action: route)
        for name in form.names.map({ $0.named(by: place) }) where !known.names.contains(name) {
            known.names.append(name)
        }
        for field in form.fields {
            let (name, value) = (field.name.named(by: place), field.value.named(by: place))
            if !known.fields.contains(where: { $0.name == name }) { known.fields.append((name, value)) }
        }
        forms[route] = known
    }
}

extension AccessTable {
    /// The POST route that an address belongs to, `POST /goals/{id}`; the address itself where there is none.
    static func route(to address: String) -> String {
        let parts = address.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        let fitting = Set(rows.filter { $0.method == .post }.map(\.path)).filter { path in
            let template = path.split(separator: "/")
            return template.count == parts.count
                && zip(template, parts).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        let best = fitting.min { $0.count { $0 == "{" } < $1.count { $0 == "{" } }
        return best.map { "POST \($0)" } ?? address
    }
}

extension String {
    /// With every id replaced by the name that it has in a place.
    fileprivate func named(by place: Place) -> String {
        guard utf8.count >= 32 else { return self }
        let ids = place.filter { $0.value.utf8.count >= 32 }.sorted { $0.key < $1.key }
        return ids.reduce(self) { $0.replacing($1.value, with: "{\($1.key)}") }
    }
}
