// The page that finds: what it shows of what was found, and what it says where there is nothing.
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("Search page")
struct SearchPagesTests {
    @Test("Every page leads to the search, and the empty page says how words are looked for")
    func empty() async throws {
        try await withWeb { web in
            for path in ["/", "/sessions", "/goals", "/people", "/help"] {
                let page = try await web.get(path, as: web.test.ana).body
                #expect(page.contains("href=\"/search\""), "\(path)")
            }
            for path in ["/search", "/search?q=", "/search?q=%20%20", "/search?q=%FF", "/search?x=1"] {
                let page = try await web.get(path, as: web.test.ana)
                #expect(page.status == .ok && page.body.contains("All the words must stand in one text"), "\(path)")
                #expect(page.body.contains(" autofocus"))
            }
            let help = try await web.get("/help", as: web.test.ana).body
            #expect(help.contains("Go to the search"))
        }
    }

    @Test("What was found stands by kind, with where it is from and its words marked, and nothing in it is HTML")
    func found() async throws {
        try await withWeb { web in
            let test = web.test
            _ = try await test.objective("Whether <script>harbour</script> & co", of: test.ana)
            let id = try await test.agreedSession(title: "The \"harbour\" plan")
            _ = try await test.agendaItem("<b>Harbours</b> in spring", of: id)
            let page = try await web.get("/search?q=harb", as: test.ana).body
            for heading in ["Objectives", "Sessions"] { #expect(page.contains("\">\(heading)</h2>"), "\(heading)") }
            for heading in ["Key results", "Commitments"] {
                #expect(!page.contains("\">\(heading)</h2>"), "\(heading)")
            }
            #expect(page.contains("Whether &lt;script&gt;<mark>harbour</mark>&lt;/script&gt; &amp; co"))
            #expect(page.contains("The &quot;<mark>harbour</mark>&quot; plan"))
            #expect(page.contains("&lt;b&gt;<mark>Harbours</mark>&lt;/b&gt; in spring"))
            #expect(page.contains("href=\"/sessions/\(id)\"") && page.contains("With Joost Hendriks"))
            #expect(page.contains("One objective and one session hold “harb”."))
        }
    }

    @Test("Where nothing is found, the page says so and what to do next")
    func nothing() async throws {
        try await withWeb { web in
            let page = try await web.get("/search?q=zebra+crossing", as: web.test.ana).body
            #expect(page.contains("Nothing that you may read holds “zebra crossing”."))
            #expect(page.contains("Try fewer of them") && page.contains("href=\"/sessions\""))
            let one = try await web.get("/search?q=%3Cb%3Ezebra", as: web.test.ana).body
            #expect(one.contains("holds “&lt;b&gt;zebra”") && one.contains("value=\"&lt;b&gt;zebra\""))
            let marks = try await web.get("/search?q=%22+*", as: web.test.ana).body
            #expect(marks.contains("There is no word in “"))
        }
    }

    @Test(
        "Whatever is typed gets an answer",
        arguments: [
            "AND", "%22", "a%22b", "NEAR(a+b)", "*", "a*", "%00", "a%00b", "a%0Ab", "'", "%27%20or%201=1--", "title:x",
            "%F0%9F%98%80",
            "%CC%81", "^a", "(", String(repeating: "a+", count: 400), String(repeating: "x", count: 3_000),
        ])
    func anything(typed: String) async throws {
        try await withWeb { web in
            _ = try await web.test.agreedSession()
            let page = try await web.get("/search?q=\(typed)", as: web.test.ana)
            #expect(page.status == .ok)
            #expect(page.body.contains("<h1>Search</h1>"))
        }
    }

    @Test("Nobody finds another’s private notes or drafts, administrators neither")
    func privacy() async throws {
        try await withWeb { web in
            let test = web.test
            let id = try await test.agreedSession()
            _ = try await test.product.sessions.save(
                "The quagga is mine", to: .privateNotes, basedOn: 0, in: id, as: test.ana)
            let mine = try await web.get("/search?q=quagga", as: test.ana).body
            #expect(mine.contains("The <mark>quagga</mark> is mine") && mine.contains("only you can read this"))
            for viewer in test.everyone where viewer.id != test.ana.id {
                let theirs = try await web.get("/search?q=quagga", as: viewer).body
                #expect(theirs.contains("Nothing that you may read") && !theirs.contains("is mine"), "\(viewer.name)")
            }
        }
    }

    @Test("A page of results takes five queries")
    func queries() async throws {
        try await withWeb { web in
            for number in 1...30 { _ = try await web.test.objective("Harbour \(number)", of: web.test.ana) }
            let id = try await web.test.agreedSession()
            for number in 1...30 { _ = try await web.test.agendaItem("Harbour \(number)", of: id) }
            web.test.database.reset()
            let page = try await web.get("/search?q=harbour", as: web.test.ana)
            #expect(page.body.contains("Add a word to narrow it down"))
            #expect(web.test.database.count <= 5, "\(web.test.database.statements)")
        }
    }
}
