import Foundation
import HTTPTypes
import Mail
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

@Suite("Sign-in pages")
struct SignInPagesTests {
    private func givePassword(_ web: TestWeb) async throws {
        try await web.test.product.people.changePassword(
            from: "", to: "seven larks at dawn", again: "seven larks at dawn", as: web.test.ana)
    }

    private func signIn(_ web: TestWeb, _ password: String, next: String = "") async throws -> TestAnswer {
        try await web.post(
            "/sign-in", ["email": "ana@larkfield.example", "password": password, "next": next], as: nil)
    }

    @Test("Signing in sets a cookie that scripts can't read, and goes on where one was")
    func signsIn() async throws {
        try await withWeb { web in
            try await givePassword(web)
            let answer = try await signIn(web, "seven larks at dawn", next: "/goals?x=1")
            #expect(answer.status == .seeOther)
            #expect(answer.location == "/goals?x=1")
            let cookie = try #require(answer.headers[.setCookie])
            #expect(
                cookie.hasPrefix("throughline=") && cookie.contains("HttpOnly")
                    && cookie.contains("SameSite=Lax"))
        }
    }

    @Test(
        "Nobody is sent to another site",
        arguments: [
            "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example",
            "javascript:alert(1)",
            "/\r\nSet-Cookie: a=b", "/\t/evil.example", "evil", "%2F%2Fevil.example", "/\\/evil.example",
            " //evil.example",
        ])
    func staysHere(next: String) async throws {
        try await withWeb { web in
            try await givePassword(web)
            let answer = try await signIn(web, "seven larks at dawn", next: next)
            #expect(answer.location == "/")
        }
    }

    @Test(
        "Nor who is signed in already",
        arguments: ["//evil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "https:evil"])
    func staysSignedIn(next: String) async throws {
        try await withWeb { web in
            let answer = try await web.get("/sign-in?next=\(next)", as: web.test.ana)
            #expect(answer.location == "/")
        }
    }

    @Test("A form that comes after the sign-in has ended is told why, and its page again after signing in")
    func endedMeanwhile() async throws {
        try await withWeb { web in
            try await givePassword(web)
            let page = "/people/\(web.test.joost.id)?from=list"
            let sent = try await web.post(
                "/teams", ["name": "Data & Co"], as: nil, headers: [.referer: "http://localhost\(page)"])
            #expect(sent.status == .unauthorized, "the script drops its draft of whatever is fine")
            #expect(sent.body.contains("You were signed out meanwhile, so nothing that you sent since then was saved."))
            #expect(!sent.body.contains("Data &amp; Co"))
            #expect(sent.body.contains("<input type=\"hidden\" name=\"next\" value=\"\(page)\">"))
            let wrong = try await signIn(web, "seven larks at dusk", next: page)
            #expect(wrong.body.contains("value=\"\(page)\""))
            let right = try await signIn(web, "seven larks at dawn", next: page)
            #expect(right.location == page)
            // The script, told so, leads to the same explanation; whoever only follows a link is told nothing.
            let address = "/sign-in?next=\(TestWeb.escaped(page))"
            for (from, isTold) in [(page, true), ("/goals", false)] {
                let shown = try await web.get(address, as: nil, headers: [.referer: "http://localhost\(from)"])
                #expect(shown.body.contains("You were signed out meanwhile") == isTold)
            }
            let script = try await web.post("/teams", as: nil, headers: [.accept: "application/json"])
            #expect(script.status == .unauthorized && script.headers[.contentType] == "application/problem+json")
        }
    }

    @Test(
        "After a form from nobody knows where, one is led to the page above it, and never to another site",
        arguments: [
            nil, "https://evil.example/goals", "http://localhost//evil.example", "http://localhost/\\evil.example",
            "http://localhost@evil.example/goals", "http://localhost.evil.example/goals", "//evil.example",
        ])
    func unknownPage(referer: String?) async throws {
        try await withWeb { web in
            let form = "/people/\(web.test.yusuf.id)/place"
            let sent = try await web.post(form, as: nil, headers: referer.map { [.referer: $0] } ?? [:])
            #expect(sent.body.contains("name=\"next\" value=\"\(form)\""))
            #expect(!sent.body.contains("evil"))
            #expect(try await web.get(form, as: web.test.ana).location == "/people/\(web.test.yusuf.id)")
        }
    }

    @Test("A wrong password keeps the address and says nothing of who exists")
    func wrong() async throws {
        try await withWeb { web in
            try await givePassword(web)
            let answer = try await signIn(web, "seven larks at dusk")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.body.contains("value=\"ana@larkfield.example\""))
            #expect(!answer.body.contains("dusk"))
            let unknown = try await web.post(
                "/sign-in", ["email": "x@larkfield.example", "password": "seven larks at dusk"], as: nil)
            #expect(unknown.body.replacing("x@larkfield", with: "ana@larkfield") == answer.body)
        }
    }

    @Test("Too many tries are told how long to wait")
    func limited() async throws {
        try await withWeb { web in
            try await givePassword(web)
            for _ in 0..<10 { _ = try await signIn(web, "not this one") }
            let answer = try await signIn(web, "seven larks at dawn")
            #expect(answer.status == .tooManyRequests)
            #expect(answer.body.contains("Wait 15 minutes"))
        }
    }

    @Test("Whatever is sent to the sign-in form, it answers in words")
    func badInput() async throws {
        try await withWeb { web in
            let long = String(repeating: "é", count: 5_000)
            for (email, password) in [
                ("", ""), (long, long), ("<script>", "\u{202E}"), ("a@b\u{0}", "\u{0}\u{7}"),
            ] {
                let answer = try await web.post("/sign-in", ["email": email, "password": password], as: nil)
                #expect(answer.status == .unprocessableContent)
                #expect(!answer.body.contains("<script>"))
            }
        }
    }

    @Test("Signing out ends the sign-in, and so does signing out everywhere")
    func signsOut() async throws {
        try await withWeb { web in
            let answer = try await web.post("/sign-out", as: web.test.ana)
            #expect(answer.location == "/sign-in")
            #expect(answer.headers[values: .setCookie].contains { $0.hasPrefix("throughline=;") })
            #expect(try await web.get("/settings", as: web.test.ana).location == "/sign-in?next=%2Fsettings")
            _ = try await web.post("/settings/sign-ins/end", as: web.test.joost)
            #expect(try await web.get("/settings", as: web.test.joost).status == .seeOther)
            #expect(try await web.get("/settings", as: web.test.leila).status == .ok)
        }
    }

    @Test("Looking at a sign-in link doesn't use it up; its button does")
    func link() async throws {
        try await withWeb { web in
            let address = try await web.test.product.people.signInLink(for: web.test.ana.id)
            let path = address.replacing("http://localhost:8080", with: "")
            for _ in 0..<2 {
                let page = try await web.get(path, as: nil)
                #expect(page.status == .ok)
                #expect(page.body.contains("Sign in as Ana Duarte"))
            }
            let answer = try await web.post(path, as: nil)
            #expect(answer.location == "/")
            #expect(answer.headers[.setCookie]?.hasPrefix("throughline=") == true)
            let again = try await web.post(path, as: nil)
            #expect(again.status == .gone)
            #expect(again.body.contains("This link has been used"))
            #expect(try await web.get("/sign-in/nonsense", as: nil).status == .notFound)
        }
    }

    @Test(
        "A forgotten password is answered alike for everybody, and no mail is promised where no mail server is set up")
    func forgotten() async throws {
        let server = WebSettings(mail: .smtp(.init(host: "mail.larkfield.example", user: "u", password: "p")))
        for (settings, isMailed) in [(WebSettings(), false), (server, true)] {
            try await withWeb(settings: settings) { web in
                let form = try await web.get("/forgotten-password", as: nil)
                let known = try await web.post("/forgotten-password", ["email": "ana@larkfield.example"], as: nil)
                let unknown = try await web.post("/forgotten-password", ["email": "x@larkfield.example"], as: nil)
                #expect(known.status == .ok)
                #expect(known.status == unknown.status && known.body == unknown.body)
                #expect(known.body.contains("If somebody here has that address, a link"))
                let wrong = try await web.post("/forgotten-password", ["email": "ana"], as: nil)
                #expect(wrong.status == .unprocessableContent)
                #expect(wrong.body.contains("value=\"ana\""))
                #expect(form.body.contains("We send a link there") == isMailed)
                #expect(known.body.contains("is on its way to it") == isMailed)
                for page in [form, known, wrong] {
                    #expect(page.body.contains("No mail server is set up, so no mail reaches you.") == !isMailed)
                    #expect(page.body.contains("Ask an administrator of Throughline at your company") == !isMailed)
                    #expect(page.body.contains("<code>throughline people reset</code>") == !isMailed)
                }
            }
        }
    }

    @Test("A reset link leads to a new password and straight in")
    func reset() async throws {
        try await withWeb { web in
            let address = try await web.test.product.people.resetLink(forEmail: "ana@larkfield.example")
            let path = address.replacing("http://localhost:8080", with: "")
            let wrong = try await web.post(path, ["password": "short", "password-again": "short"], as: nil)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.body.contains("this one has 5"))
            #expect(!wrong.body.contains("value=\"short\""))
            let password = "seven larks at dawn"
            let answer = try await web.post(
                path, ["password": password, "password-again": password], as: nil)
            #expect(answer.status == .seeOther)
            #expect(try await web.get("/", as: web.test.ana).status == .seeOther, "other sign-ins have ended")
            let twice = try await web.post(path, ["password": password, "password-again": password], as: nil)
            #expect(twice.status == .gone)
            #expect(try await signIn(web, password).status == .seeOther)
        }
    }

    @Test("An invitation lets somebody in once")
    func invitation() async throws {
        try await withWeb { web in
            let address = try await web.test.product.people.invite(
                email: "noor@larkfield.example", name: "Noor <b>de Wit", role: .member, by: web.test.greta)
            let path = address.replacing("http://localhost:8080", with: "")
            let page = try await web.get(path, as: nil)
            #expect(page.body.contains("Noor &lt;b&gt;de Wit"))
            let wrong = try await web.post(
                path, ["name": "", "pronouns": "they/them", "time-zone": "Nowhere", "password": "x"], as: nil)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.body.contains("value=\"they/them\""))
            #expect(wrong.body.contains("id=\"join-name-error\""))
            let answer = try await web.post(
                path,
                [
                    "name": "Noor", "time-zone": "Europe/Lisbon", "password": "noor likes tall ships",
                    "password-again": "noor likes tall ships",
                ], as: nil)
            #expect(answer.location == "/")
            #expect(try await web.get(path, as: nil).status == .gone)
        }
    }
}
