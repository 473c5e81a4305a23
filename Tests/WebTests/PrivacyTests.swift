// Words that one person alone may read, looked for everywhere that anybody else can look.
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("What only one person reads")
struct PrivacyTests {
    @Test("Private notes and drafts are nobody else's, on no page, in no copy, in no mail and not in the journal")
    func secrets() async throws {
        try await withWeb { web in
            let place = try await web.make(.session(.agreed), of: web.test.ana)
            try await web.writeSecrets(of: .ana, in: place)
            try await web.writeSecrets(of: .joost, in: place)
            let id = try #require(ID<Session>(place["id"] ?? ""))
            let sessions = web.test.product.sessions
            for author in [Visitor.ana, .joost] {
                let mine = try await web.visit(.get, "/sessions/\(id)/preparation", as: author).body
                #expect(author.secrets.allSatisfy(mine.contains), "its author reads it")
            }
            try await web.lookEverywhere(place)
            try await sessions.start(id, as: web.test.ana)
            for author in [Visitor.ana, .joost] {
                let room = try await web.visit(.get, "/sessions/\(id)/run", as: author).body
                #expect(room.contains(author.secret("private")), "its author reads it")
            }
            try await web.lookEverywhere(place)
            try await sessions.finish(id, as: web.test.joost)
            try await web.lookEverywhere(place)
            for person in [web.test.ana, web.test.joost] { _ = try await sessions.confirm(id, seen: 1, as: person) }
            try await sessions.amend(
                id, body: "Ghent comes later.", reason: "The lease.", amendment: ID(), as: web.test.ana)
            try await web.lookEverywhere(place)
            try await web.lookInRows()
        }
    }

    @Test("Administrators see that mail was sent about a session, and nothing of what it says")
    func mail() async throws {
        try await withWeb { web in
            let place = try await web.make(.session(.closing), of: web.test.ana)
            let id = try #require(ID<Session>(place["id"] ?? ""))
            let words = "zebra crossing"
            try await web.test.database.write { tx in
                try tx.run("update session set title = \(words), place = \(words) where id = \(id)")
            }
            let edit = [("version", "1"), ("oath", words), ("takeaways", words), ("mail_subject", words)]
            _ = try await web.visit(.post, "/sessions/\(id)/recap", edit, as: .ana)
            for person in [Visitor.ana, .joost] {
                for version in ["1", "2"] {
                    _ = try await web.visit(.post, "/sessions/\(id)/confirmation", [("version", version)], as: person)
                }
            }
            _ = try await web.visit(
                .post, "/sessions/\(id)/amendments", [("body", words), ("reason", words)], as: .ana)
            let next = [("title", words), ("when", "own"), ("own", "2026-12-17T14:00")]
            _ = try await web.visit(.post, "/sessions/\(id)/next", next, as: .ana)
            let sent = try await web.test.database.read { tx in
                try tx.value(Int.self, "select count(*) from mail where html_body like \("%" + words + "%")")
            }
            #expect((sent ?? 0) >= 4, "the words are in the mail")
            for query in ["", "?state=waiting", "?state=failed", "?state=sent"] {
                let page = try await web.visit(.get, "/mail" + query, as: .greta)
                #expect(page.status == .ok && !page.body.contains("zebra"))
            }
        }
    }
}

extension Visitor {
    /// A word that nothing else holds.
    fileprivate func secret(_ kind: String) -> String { "secret-\(self)-\(kind)" }

    fileprivate static let kinds = ["private", "desired", "measure", "item", "evidence", "anecdote", "unit"]
    fileprivate var secrets: [String] { Self.kinds.map(secret) }
}

extension TestWeb {
    /// Somebody's private notes, and a draft of each kind.
    fileprivate func writeSecrets(of author: Visitor, in place: Place) async throws {
        let path = "/sessions/{id}/preparation/".filled(from: place)
        let person = author.viewer(test)?.id.text ?? ""
        let forms: [(String, [(String, String)])] = [
            ("texts/private", [("version", "0"), ("body", author.secret("private"))]),
            ("texts/desired", [("version", "0"), ("draft", "1"), ("body", author.secret("desired"))]),
            ("texts/measure", [("version", "0"), ("draft", "1"), ("body", author.secret("measure"))]),
            (
                "agenda",
                [
                    ("title", author.secret("item")), ("minutes", "5"), ("presenter", person), ("ending", "plan"),
                ]
            ),
            (
                "evidence",
                [
                    ("kind", "support"), ("body", author.secret("evidence")), ("anecdote", author.secret("anecdote")),
                    ("from", "1"), ("to", "2"), ("unit", author.secret("unit")),
                ]
            ),
        ]
        for (part, fields) in forms {
            let answer = try await visit(.post, path + part, fields, as: author)
            #expect(answer.status == .seeOther, "\(part): \(answer.words)")
        }
    }

    /// Looks at every page of the product as everybody, and in every copy.
    fileprivate func lookEverywhere(_ place: Place) async throws {
        for visitor in Visitor.allCases {
            let headers = try await signedIn(visitor)
            for path in Self.pages(place) {
                let page = try await send(.get, path, [], headers: headers).body
                let isCopy = ["/preview", "/mail", ".md"].contains { path.hasSuffix($0) }
                for author in [Visitor.ana, .joost] where author != visitor || isCopy {
                    let found = author.secrets.filter(page.holds)
                    #expect(found == [], "\(visitor) reads on \(path)")
                }
            }
        }
    }

    /// The address of every page, about this session and what it is about.
    private static func pages(_ place: Place) -> [String] {
        var pages: [String] = []
        for row in AccessTable.rows where row.method == .get && !row.path.contains("{token}") {
            var place = place
            if row.path.hasPrefix("/people/") { place["id"] = place["ana"] }
            if row.path.hasPrefix("/teams/") { place["id"] = place["team"] }
            if row.path.hasPrefix("/goals/") { place["id"] = place["goal"] }
            if row.path.hasPrefix("/work/") { place["id"] = place["work"] }
            let page = row.address(place)
            let steps = page.hasSuffix("/run") ? (1...5).map { "?step=\($0)" } : [""]
            for page in steps.map({ page + $0 }) where !pages.contains(page) { pages.append(page) }
        }
        return pages + ["/sessions?q=secret", "/people?q=secret"]
    }

    /// Looks at what is kept for others to read later: mail, and the journal.
    fileprivate func lookInRows() async throws {
        for table in ["mail", "journal", "recap", "recap_version", "amendment"] {
            let rows = try await test.database.read { tx in
                "\(try tx.rows("select * from \(unchecked: table)").map(\.values))"
            }
            #expect(rows.count > 2, "\(table) holds something")
            #expect(!rows.contains("secret-"), "\(table)")
        }
    }
}
