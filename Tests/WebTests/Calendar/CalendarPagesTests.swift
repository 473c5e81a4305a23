import Foundation
import HTTPTypes
import NIOCore
import Storage
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

@Suite("Bringing one-on-ones")
struct UploadPagesTests {
    private static let file = """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Amsterdam:20261103T140000
        DURATION:PT30M
        RRULE:FREQ=WEEKLY;BYDAY=TU
        SUMMARY:Where <we> stand
        ORGANIZER:mailto:ana@larkfield.example
        ATTENDEE:mailto:joost@larkfield.example
        END:VEVENT
        END:VCALENDAR
        """

    private func send(_ file: String?, _ web: TestWeb) async throws -> TestAnswer {
        let name = file == nil ? "" : "mine.ics"
        let body = """
            --limit\r\nContent-Disposition: form-data; name="file"; filename="\(name)"\r\n\
            Content-Type: text/calendar\r\n\r\n\(file ?? "")\r\n--limit--\r\n
            """
        return try await web.send(
            .post, "/sessions/from-calendar", as: web.test.ana,
            headers: [.contentType: "multipart/form-data; boundary=limit"], body: ByteBuffer(string: body))
    }

    /// The fields of the form with what was found.
    private func fields(_ page: String) -> [(String, String)] {
        let form = page.split(separator: "action=\"/sessions/from-calendar/asks\"").last ?? ""
        return form.matches(of: /<input type="hidden" name="([^"]+)" value="([^"]*)">/).map {
            (String($0.1), String($0.2).replacing("&lt;", with: "<").replacing("&gt;", with: ">"))
        }
    }

    @Test("A file is read, its meetings are shown, and the chosen ones are asked for")
    func whole() async throws {
        try await withWeb { web in
            let page = try await send(Self.file, web)
            #expect(page.status == .ok)
            #expect(page.body.contains("With Joost") && page.body.contains("Where &lt;we&gt; stand"))
            #expect(page.body.contains("Every week on Tuesday at 14:00, from Tuesday 17 November on"))
            let hidden = fields(page.body)
            let named = hidden + [("chosen", "0"), ("purpose-0", "planning")]
            let flagged = try await web.post(
                "/sessions/from-calendar/asks", fields: named + [("name-0", "Meeting")], as: web.test.ana)
            #expect(flagged.status == .unprocessableContent)
            #expect(flagged.body.contains("aria-invalid=\"true\"") && flagged.body.contains("Keep my words"))
            #expect(fields(flagged.body).map(\.1) == hidden.map(\.1))
            let asked = try await web.post(
                "/sessions/from-calendar/asks", fields: named + [("name-0", "Which clinics we open next")],
                as: web.test.ana)
            #expect(asked.status == .seeOther && asked.location == "/sessions")
            let series = try await web.test.database.read { tx in
                try tx.value(String.self, "select rule from series_rule")
            }
            #expect(series == "FREQ=WEEKLY;BYDAY=TU")
        }
    }

    @Test("A file in which nothing is the viewer's says by which address they were looked for")
    func strange() async throws {
        try await withWeb { web in
            let page = try await send(Self.file.replacing("ana@larkfield", with: "anna@larkfield"), web)
            #expect(page.status == .ok)
            #expect(page.body.contains("no meeting of ana@larkfield.example and one other person"))
        }
    }

    @Test("No file, no calendar and a file that is too large are said so at the field")
    func refused() async throws {
        try await withWeb { web in
            for (file, words) in [
                (nil, "Choose a file that ends in .ics."), ("Name;Date", "Line 1: this is no calendar file"),
                (String(repeating: "x", count: (1 << 20) + 5), "The file is larger than 1 MB."),
            ] {
                let answer = try await send(file, web)
                #expect(answer.status == .unprocessableContent && answer.body.contains(words), "\(words)")
            }
            let huge = try await send(String(repeating: "x", count: 2 << 20), web)
            #expect(huge.status == .contentTooLarge)
        }
    }

    @Test("A form that isn't built as it should be is refused")
    func malformed() async throws {
        try await withWeb { web in
            for (type, body, status) in [
                ("multipart/form-data", "x", 415), ("multipart/form-data; boundary=", "x", 415),
                ("text/plain", "x", 415),
                ("multipart/form-data; boundary=b", "--b\r\nno end", 400),
                ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n", 422),
                ("multipart/form-data; boundary=b", "nothing", 422),
            ] {
                let answer = try await web.send(
                    .post, "/sessions/from-calendar", as: web.test.ana, headers: [.contentType: type],
                    body: ByteBuffer(string: body))
                #expect(answer.status.code == status, "\(type): \(body)")
            }
        }
    }
}
