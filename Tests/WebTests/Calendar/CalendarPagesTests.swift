import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("Calendar pages")
struct CalendarPagesTests {
    /// Opens a feed and returns its path.
    private func open(_ web: TestWeb, titles: String = "all") async throws -> String {
        let page = try await web.post("/settings/calendar", ["titles": titles], as: web.test.ana)
        #expect(page.status == .ok && page.headers[.cacheControl] == "no-store")
        let found = try #require(page.body.firstMatch(of: /value="http:\/\/localhost:8080(\/calendar\/[^"]+\.ics)"/))
        return String(found.1)
    }

    @Test("A calendar reads the feed without signing in, and is told when nothing has changed")
    func feed() async throws {
        try await withWeb { web in
            _ = try await web.test.agreedSession()
            let path = try await open(web)
            let answer = try await web.get(path, as: nil)
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "private, no-cache")
            #expect(answer.body.contains("SUMMARY:Where onboarding puts its weight (with Joost)"))

            let tag = try #require(answer.headers[.eTag])
            for known in [tag, "W/" + tag, "\"other\", \(tag)"] {
                let again = try await web.get(path, as: nil, headers: [.ifNoneMatch: known])
                #expect(again.status == .notModified && again.body.isEmpty && again.headers[.eTag] == tag)
            }
            let other = try await web.get(path, as: nil, headers: [.ifNoneMatch: "\"other\""])
            #expect(other.status == .ok)
        }
    }

    @Test("The address is shown once: the settings say that there is one, not which")
    func shownOnce() async throws {
        try await withWeb { web in
            let path = try await open(web, titles: "none")
            let settings = try await web.get("/settings", as: web.test.ana).body
            #expect(settings.contains("without titles") && settings.contains("Close it"))
            #expect(!settings.contains(path))
            _ = try await web.post("/settings/calendar/end", as: web.test.ana)
            #expect(try await web.get(path, as: nil).status == .notFound)
            let closed = try await web.get("/settings", as: web.test.ana).body
            #expect(!closed.contains("Close it"))
        }
    }

    @Test("An address that was never one, or has lost its ending, leads nowhere")
    func unknown() async throws {
        try await withWeb { web in
            let path = try await open(web)
            for wrong in ["/calendar/x.ics", "/calendar/.ics", "/calendar/%00.ics", String(path.dropLast(4))] {
                let answer = try await web.get(wrong, as: nil)
                #expect(answer.status == .notFound, "\(wrong)")
            }
        }
    }

    @Test("A session is saved as a file, once a time is agreed")
    func file() async throws {
        try await withWeb { web in
            let id = try await web.test.agreedSession()
            let prepare = try await web.get("/sessions/\(id)/preparation", as: web.test.joost)
            #expect(prepare.body.contains("href=\"/sessions/\(id)/calendar.ics\""))
            let answer = try await web.get("/sessions/\(id)/calendar.ics", as: web.test.joost)
            #expect(answer.headers[.contentDisposition] == "attachment; filename=\"strategy-session.ics\"")
            let calendar = try await ReadCalendar.read(answer.body)
            #expect(calendar.events.map(\.summary) == ["Where onboarding puts its weight (with Ana)"])
            try await web.test.product.sessions.end("", in: id, as: web.test.ana)
            let off = try await web.get("/sessions/\(id)/calendar.ics", as: web.test.joost)
            #expect(off.status == .notFound)
        }
    }

    @Test("Who wants no invitations by mail says so in the settings")
    func invitations() async throws {
        try await withWeb { web in
            func isTicked() async throws -> Bool {
                let page = try await web.get("/settings", as: web.test.ana).body
                return page.contains("name=\"invitations\" value=\"on\" checked")
            }
            #expect(try await isTicked())
            _ = try await web.post("/settings/invitations", [:], as: web.test.ana)
            #expect(try await !isTicked())
            _ = try await web.post("/settings/invitations", ["invitations": "on"], as: web.test.ana)
            #expect(try await isTicked())
        }
    }
}
