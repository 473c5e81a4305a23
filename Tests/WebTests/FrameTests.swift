import HTTPTypes
import TestSupport
import Testing

@Suite("The frame of every page")
struct FrameTests {
    @Test("Today is shown to who is signed in, and asks others to sign in")
    func today() async throws {
        try await withWeb { web in
            let mine = try await web.get("/", as: web.test.ana)
            #expect(mine.status == .ok)
            #expect(mine.body.contains("Ana Duarte, your menu"))
            let theirs = try await web.get("/", as: nil)
            #expect(theirs.status == .seeOther)
            #expect(theirs.location == "/sign-in")
        }
    }

    @Test("An address that leads nowhere says so")
    func notFound() async throws {
        try await withWeb { web in
            let answer = try await web.get("/nowhere", as: web.test.ana)
            #expect(answer.status == .notFound)
            #expect(answer.body.contains("There is nothing here"))
            #expect(answer.headers[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
        }
    }

    @Test("A refused page says so in its title, and one begins at the first field that something is wrong with")
    func refused() async throws {
        try await withWeb { web in
            let answer = try await web.post("/settings/days-off", ["from": "", "until": "soon"], as: web.test.ana)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.body.contains("<title>Please check: "))
            #expect(answer.body.ranges(of: " autofocus").count == 1)
            let field = answer.body.firstRange(of: #/<input[^>]* autofocus[^>]*>/#).map { String(answer.body[$0]) }
            #expect(field?.contains("name=\"from\"") == true, "\(field ?? "none")")
        }
    }

    @Test("A form sent from another site changes nothing")
    func crossSite() async throws {
        try await withWeb { web in
            let answer = try await web.post(
                "/theme", ["theme": "dark"], as: web.test.ana, headers: [.init("Sec-Fetch-Site")!: "cross-site"])
            #expect(answer.status == .forbidden)
        }
    }
}
