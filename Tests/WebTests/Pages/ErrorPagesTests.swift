// What people see when something goes wrong: where they are, how to go on, and their own words.
import Foundation
import HTTPTypes
import Logging
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("Error pages")
struct ErrorPagesTests {
    /// An invitation for somebody who has joined already: an administrator's form that is answered with a conflict.
    private func conflict(
        _ web: TestWeb, _ fields: KeyValuePairs<String, String> = [:], headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        let answer = try await web.post(form(web), fields, as: web.test.greta, headers: headers)
        #expect(answer.status == .conflict)
        return answer
    }

    private func form(_ web: TestWeb) -> String { "/people/\(web.test.yusuf.id)/invitation" }

    @Test("Whoever is signed in keeps the navigation, and gets a way back")
    func frame() async throws {
        try await withWeb { web in
            let from = "/people/\(web.test.yusuf.id)?from=list"
            let written = try await conflict(web, headers: [.referer: "http://localhost\(from)"])
            #expect(written.body.contains("aria-label=\"Main\"") && written.body.contains("Greta Olsen, your menu"))
            #expect(written.body.contains("href=\"\(from)\">Back to the page you were on"))
            #expect(!written.body.contains("What you typed"))
            let read = try await web.get("/nowhere", as: web.test.ana, headers: [.referer: "http://localhost/goals"])
            #expect(read.status == .notFound && read.body.contains("aria-label=\"Main\""))
            #expect(read.body.contains("href=\"/goals\">Back to the page you were on"))
            // As the browser knows it, where a proxy in front asks by another name.
            let proxied = try await conflict(web, headers: [.referer: "http://localhost:8080\(from)"])
            #expect(proxied.body.contains("href=\"\(from)\">Back to the page you were on"))
            // A page that was only loaded again leads nowhere but to Today.
            let again = try await web.get("/nowhere", as: web.test.ana, headers: [.referer: "http://localhost/nowhere"])
            #expect(!again.body.contains("Back to the page"))
        }
    }

    @Test(
        "A page of another site is no way back; the form’s own address leads to one",
        arguments: [
            nil, "https://evil.example/goals", "http://localhost//evil.example", "http://localhost/\\evil.example",
            "http://localhost.evil.example/goals", "http://evil.example/?http://localhost/goals", "//evil.example",
            "javascript:alert(1)", "http://localhost",
        ])
    func foreign(referer: String?) async throws {
        try await withWeb { web in
            let answer = try await conflict(web, headers: referer.map { [.referer: $0] } ?? [:])
            #expect(answer.body.contains("href=\"\(form(web))\">Back to the page you were on"))
            #expect(!answer.body.contains("evil"))
            #expect(try await web.get(form(web), as: web.test.greta).location == "/people/\(web.test.yusuf.id)")
        }
    }

    @Test("What was typed is shown to be copied, and nothing that the page had sent along")
    func typed() async throws {
        try await withWeb { web in
            let id = ID<KeyResult>().text
            let answer = try await conflict(
                web,
                [
                    "key-result": "Churn <b>falls</b>\r\n\r\n  to 3 %", "why-\(id)": "“Because” & so", "value": "41.5",
                    "startsOn": "2027-01-01", "version": "1734", "goal": id, "learnt": " \n",
                    "password": "one quiet harbour",
                    "old": "two quiet harbours",
                ])
            let body = answer.body.replacing("\r\n", with: "\n")
            #expect(body.contains("What you typed"))
            #expect(body.contains("Key result</dt>") && body.contains(">Churn &lt;b&gt;falls&lt;/b&gt;\n\n  to 3 %<"))
            #expect(body.contains("Why</dt>") && body.contains(">“Because” &amp; so<") && body.contains(">41.5<"))
            #expect(body.contains("Starts on</dt>"))
            for hidden in [">1734<", id, "harbour", "Learnt", "<b>falls"] {
                #expect(!body.contains(hidden), "\(hidden)")
            }
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test("The words of a session’s form come back when the other was faster")
    func session() async throws {
        try await withWeb { web in
            let place = try await web.make(.session(.confirmed), of: web.test.ana)
            let path = "/sessions/\(place["id"] ?? "")/decline"
            let answer = try await web.post(path, ["words": "Not before the audit."], as: web.test.ana)
            #expect(answer.status == .conflict && answer.body.contains(">Not before the audit.<"))
        }
    }

    @Test("The script gets problem details as before")
    func script() async throws {
        try await withWeb { web in
            let answer = try await conflict(web, ["words": "Typed words"], headers: [.accept: "application/json"])
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(!answer.body.contains("Typed words"))
        }
    }

    @Test("What came from another site, or from nobody, is not shown again")
    func strangers() async throws {
        try await withWeb { web in
            let site: HTTPFields = [.init("Sec-Fetch-Site")!: "cross-site"]
            let foreign = try await web.post("/theme", ["words": "Typed words"], as: web.test.ana, headers: site)
            #expect(foreign.status == .forbidden)
            let nobody = try await web.post(form(web), ["words": "Typed words"], as: nil)
            #expect(nobody.status == .unauthorized)
            for answer in [foreign, nobody] { #expect(!answer.body.contains("Typed words")) }
        }
    }

    @Test("A form that is too large, or can’t be read, is told so within the frame")
    func unreadable() async throws {
        try await withWeb { web in
            let type: HTTPFields = [.contentType: "application/x-www-form-urlencoded; charset=utf-8"]
            let large = ByteBuffer(string: "name=" + String(repeating: "a", count: 1 << 20))
            for (body, status) in [
                (large, HTTPResponse.Status.contentTooLarge), (ByteBuffer(string: "name=%F"), .badRequest),
            ] {
                let answer = try await web.send(.post, "/values", as: web.test.greta, headers: type, body: body)
                #expect(answer.status == status && answer.body.contains("aria-label=\"Main\""))
                #expect(!answer.body.contains("What you typed"))
            }
        }
    }

    @Test("What fails on our side keeps the words too, and doesn’t promise that nothing was changed")
    func ours() async throws {
        try await withWeb { web in
            try await web.test.database.write { tx in try tx.run("alter table core_value rename to elsewhere") }
            let written = try await web.post(
                "/values", ["name": "Candour", "meaning": "We say it."], as: web.test.greta)
            #expect(written.status == .internalServerError && written.body.contains(">We say it.<"))
            #expect(written.body.contains("may have been saved or not"))
            let read = try await web.get("/values", as: web.test.greta)
            #expect(read.status == .internalServerError && !read.body.contains("may have been saved"))
        }
    }

    @Test("Of a database that can’t be reached it is said what holds: of a page, and of a change")
    func unavailable() {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let error = StorageError.unavailable("the connection broke while a change was being saved")
        let read = Failure(error, isWrite: false, logger: logger)
        #expect(read.words == "Nothing was changed. Wait a moment, then load this page again.")
        let write = Failure(error, isWrite: true, logger: logger)
        #expect(write.status == .serviceUnavailable && write.words.contains("may have been saved or not"))
        #expect(!write.words.contains("Nothing was"))
    }

    @Test("Of every form of the product, texts count as typed, and passwords and hidden fields don’t")
    func fields() async throws {
        try await withWeb { web in
            var fields: Set<SentField> = []
            for row in AccessTable.rows where row.method == .get {
                let place = try await web.make(row.thing, of: web.test.ana, in: row)
                let steps = row.path.hasSuffix("/run") ? (1...5).map { "?step=\($0)" } : [""]
                for visitor in [Visitor.ana, .joost, .greta] where row.rule.allowed.contains(visitor) {
                    for step in steps {
                        let page = try await web.visit(.get, row.address(place) + step, as: visitor)
                        fields.formUnion(SentField.all(on: page.body))
                    }
                }
            }
            #expect(fields.count > 100)
            let texts = Set(fields.filter(\.isText).map(\.name))
            // What is typed on one page is passed on by another.
            for field in fields where field.isText || !texts.contains(field.name) {
                let value = field.isText ? "Some words" : field.value
                let isTyped = TypedWords.isTyped(name: field.name, value: value)
                #expect(isTyped == field.isText, "\(field)")
            }
        }
    }
}

/// A control of a page that sends something.
private struct SentField: Hashable {
    let name: String
    let type: String
    let value: String

    var isText: Bool { type != "hidden" && type != "password" }

    static func all(on page: String) -> [SentField] {
        page.matches(of: #/<(input|textarea)\b([^>]*)>/#).compactMap { tag in
            func attribute(_ name: String) -> String? {
                tag.2.components(separatedBy: " \(name)=\"").dropFirst().first.map { String($0.prefix { $0 != "\"" }) }
            }
            guard let name = attribute("name"), !tag.2.contains(" readonly") else { return nil }
            let type = attribute("type") ?? String(tag.1)
            guard !["radio", "checkbox", "file", "submit"].contains(type) else { return nil }
            return SentField(name: name, type: type, value: type == "password" ? "a secret" : attribute("value") ?? "")
        }
    }
}
