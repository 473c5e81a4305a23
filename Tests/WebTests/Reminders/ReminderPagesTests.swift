import Foundation
import HTTPTypes
import NIOCore
import Storage
import TestSupport
import Testing
import Throughline

@Suite("Reminders in a browser")
struct ReminderPagesTests {
    @Test("Settings say in words what they come to, and come back with what is wrong")
    func settings() async throws {
        try await withWeb { web in
            let ana = web.test.ana
            let first = try await web.get("/settings", as: ana)
            #expect(first.body.contains("On weekdays at 8:30, Amsterdam time, in one mail a day at most."))
            let wrong = try await web.post(
                "/settings/reminders", ["kind": "prepare", "starts": "10:15", "ends": "late", "lead": "8"], as: ana)
            #expect(wrong.status == .unprocessableContent)
            for words in [
                "Choose at least one day.", "Write when your day ends, such as 17:00.", "value=\"10:15\"",
                "value=\"late\"", "value=\"prepare\" checked",
            ] {
                #expect(wrong.body.contains(words), "\(words)")
            }
            #expect(!wrong.body.contains("value=\"confirm\" checked"))
            let right = try await web.post(
                "/settings/reminders",
                ["kind": "action", "day": "1", "day": "2", "starts": "10:15", "ends": "16:00", "lead": "16"], as: ana)
            #expect(right.location == "/settings#reminders")
            let page = try await web.get("/settings", as: ana)
            #expect(page.body.contains("On Monday and Tuesday at 10:15, Amsterdam time, in one mail a day at most."))
            _ = try await web.post(
                "/settings/reminders", ["day": "1", "starts": "10:15", "ends": "16:00", "lead": "16"], as: ana)
            #expect(try await web.get("/settings", as: ana).body.contains("You get no reminders."))
        }
    }

    @Test("A mail program stops a kind with one request, without a sign-in, a cookie or a redirect")
    func oneClick() async throws {
        try await withWeb { web in
            let (ana, path) = (web.test.ana, try await link(web))
            let looked = try await web.get(path, as: nil)
            #expect(looked.status == .ok && looked.body.contains("Stop all of these"))
            #expect(try await web.test.product.reminders.settings(as: ana).kinds.count == 3)
            // RFC 8058, section 3.1: both kinds of form are sent.
            for (type, body) in [
                ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
                (
                    "multipart/form-data; boundary=b",
                    "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
                ),
            ] {
                let answer = try await web.send(
                    .post, path, as: nil, headers: [.contentType: type], body: ByteBuffer(string: body))
                #expect(answer.status == .ok && answer.location == nil)
                #expect(try await web.test.product.reminders.settings(as: ana).kinds == [.confirm])
                let again = try await web.post(path + "/return", as: nil)
                #expect(again.status == .ok)
                #expect(try await web.test.product.reminders.settings(as: ana).kinds.count == 3)
            }
        }
    }

    @Test("A link that nobody was sent, or with kinds that there are none of, leads nowhere")
    func wrong() async throws {
        try await withWeb { web in
            let path = try await link(web)
            let token = path.split(separator: "/")[1]
            for other in [
                "/reminders/nonsense/prepare", "/reminders/\(token)/dance", "/reminders/\(token)/prepare.",
                "/reminders/\(token)/.", "/reminders/%00/prepare",
            ] {
                #expect(try await web.get(other, as: web.test.ana).status == .notFound, "\(other)")
                #expect(try await web.post(other, as: nil).status == .notFound, "\(other)")
            }
            #expect(try await web.get("/reminders/\(token)", as: nil).status == .notFound)
        }
    }

    /// The link in a reminder of Ana's, to prepare and to come back on a promise.
    private func link(_ web: TestWeb) async throws -> String {
        let test = web.test
        let draft = ReminderDraft(
            days: ["1"], starts: "09:00", ends: "17:00", lead: "8", kinds: ["prepare", "confirm", "action"])
        try await test.product.reminders.change(draft, as: test.ana)
        var other = draft
        other.starts = "09:01"
        try await test.product.reminders.change(other, as: test.ana)
        let token = try await test.database.read { tx in
            try tx.value(String.self, "select token from reminder_setting where person = \(test.ana.id)") ?? ""
        }
        return "/reminders/\(token)/prepare.action"
    }
}
