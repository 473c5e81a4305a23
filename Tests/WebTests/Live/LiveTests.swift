// Open pages over a real socket: what they are told, by whom, and when it ends.
import Foundation
import HTTPTypes
import Live
import Storage
import TestSupport
import Testing
import Throughline

@Suite("Open pages", .timeLimit(.minutes(15)))
struct LiveTests {
    private func follow(_ id: ID<Session>, as viewer: Viewer, _ web: TestWeb, _ port: Int) async throws -> OpenStream {
        let stream = try OpenStream(port: port, path: "/sessions/\(id)/live", cookie: web.cookie(of: viewer))
        _ = try await stream.next("ready")
        return stream
    }

    private func noneFollow(_ web: TestWeb) async throws {
        for _ in 0..<3_000 where web.test.product.live.followerCount > 0 {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(web.test.product.live.followerCount == 0)
    }

    @Test(
        "What one person writes is hinted at on the other's page, and nothing of it is in the hint",
        arguments: TestEngines.all)
    func hints(engine: Engine) async throws {
        try await withServer(on: engine) { web, port in
            let id = try await web.test.runningSession()
            let stream = try await follow(id, as: web.test.ana, web, port)
            let answer = try await web.post(
                "/sessions/\(id)/captures", ["kind": "decision", "body": "A secret plan", "shown": "now"],
                as: web.test.joost)
            #expect(answer.status == .seeOther)
            let hint = try await stream.next("changed")
            #expect(hint.data == ["capture"])
            #expect(!stream.text.contains("secret"))
            #expect(!stream.text.contains(web.test.joost.id.text))
            let page = try await web.get("/sessions/\(id)/run", as: web.test.ana)
            #expect(page.body.contains("A secret plan"))
            // The page knows that it shows this already.
            let moment = try #require(hint.id)
            #expect(page.body.contains("data-moment=\"\(moment)\""))
        }
    }

    @Test("Today and the page of a series are told when the other acts", arguments: TestEngines.all)
    func elsewhere(engine: Engine) async throws {
        try await withServer(on: engine) { web, port in
            let place = try await web.make(.series, of: web.test.ana)
            let series = try #require(place["id"])
            let streams = try ["/live", "/series/\(series)/live"].map { path in
                try OpenStream(port: port, path: path, cookie: web.cookie(of: web.test.ana))
            }
            for stream in streams { _ = try await stream.next("ready") }
            let answer = try await web.post(
                "/series/\(series)/pauses", ["from": "2026-12-20", "until": "2026-12-31", "words": "A secret"],
                as: web.test.joost)
            #expect(answer.status == .seeOther)
            for stream in streams {
                let hint = try await stream.next("changed")
                #expect(hint.data == ["series"] && !stream.text.contains("secret"))
            }
            let page = try await web.get("/series/\(series)", as: web.test.ana).body
            #expect(page.contains("data-live=\"/series/\(series)/live\"") && !page.contains("data-presence"))
            // Who may no longer read is told so, and hears no more.
            try await web.test.product.people.deactivate(web.test.ana.id, as: web.test.greta)
            for stream in streams {
                _ = try await stream.next("over")
                try await stream.end()
            }
            try await noneFollow(web)
        }
    }

    @Test("A stream says of itself what it is, and that nobody may keep it")
    func headers() async throws {
        try await withServer { web, port in
            let id = try await web.test.runningSession()
            let stream = try await follow(id, as: web.test.ana, web, port)
            let head = stream.text.lowercased()
            for line in [
                "200 ok", "content-type: text/event-stream", "cache-control: no-store", "nosniff", "retry: 2000",
            ] {
                #expect(head.contains(line), "\(line) in \(head)")
            }
            _ = try await stream.next("beat")
        }
    }

    @Test("Who takes no part in a session follows nothing of it")
    func strangers() async throws {
        try await withServer { web, port in
            let id = try await web.test.runningSession()
            for viewer in [web.test.leila, web.test.greta, web.test.yusuf] {
                let stream = try OpenStream(port: port, path: "/sessions/\(id)/live", cookie: web.cookie(of: viewer))
                for _ in 0..<6_000 where !stream.text.contains("\r\n\r\n") {
                    try await Task.sleep(for: .milliseconds(5))
                }
                #expect(stream.text.hasPrefix("HTTP/1.1 404"))
            }
            #expect(web.test.product.live.followerCount == 0)
        }
    }

    @Test("Signed out everywhere, one's streams end, and the other's go on", arguments: TestEngines.all)
    func signedOut(engine: Engine) async throws {
        try await withServer(on: engine) { web, port in
            let id = try await web.test.runningSession()
            let (mine, theirs) = (
                try await follow(id, as: web.test.ana, web, port), try await follow(id, as: web.test.joost, web, port)
            )
            #expect(try await web.post("/settings/sign-ins/end", as: web.test.ana).status == .seeOther)
            _ = try await mine.next("over")
            try await mine.end()
            #expect(!theirs.isOver)
        }
    }

    @Test("Of somebody who is deactivated every stream ends")
    func deactivated() async throws {
        try await withServer { web, port in
            let id = try await web.test.runningSession()
            let stream = try await follow(id, as: web.test.ana, web, port)
            try await web.test.product.people.deactivate(web.test.ana.id, as: web.test.greta)
            _ = try await stream.next("over")
            try await stream.end()
            try await noneFollow(web)
        }
    }

    @Test("Access that is lost without a word is noticed within a minute")
    func lostSilently() async throws {
        try await withServer { web, port in
            let id = try await web.test.runningSession()
            let stream = try await follow(id, as: web.test.ana, web, port)
            try await web.test.database.write { tx in
                try tx.run("delete from sign_in where person = \(web.test.ana.id)")
            }
            web.test.clock.now = web.test.clock.now.addingTimeInterval(61)
            _ = try await stream.next("over")
            try await stream.end()
        }
    }

    @Test("Who leaves is forgotten at once, a hundred of them too")
    func leaves() async throws {
        try await withServer { web, port in
            let id = try await web.test.runningSession()
            var streams: [OpenStream] = []
            for number in 0..<100 {
                streams.append(
                    try await follow(id, as: number.isMultiple(of: 2) ? web.test.ana : web.test.joost, web, port))
            }
            #expect(web.test.product.live.followerCount == 100)
            for stream in streams { stream.close() }
            try await noneFollow(web)
        }
    }

    @Test("A server that is told to stop doesn't wait for open pages")
    func stops() async throws {
        let (stream, began) = try await withServer { web, port in
            let id = try await web.test.runningSession()
            let stream = try await follow(id, as: web.test.ana, web, port)
            return (stream, ContinuousClock.now)
        }
        // It would wait for ever; the machine may be busy with other tests.
        #expect(ContinuousClock.now - began < .seconds(30))
        try await stream.end()
    }

    @Test("Each is told that the other is there, and where they write, and nothing of themselves")
    func presence() async throws {
        try await withServer { web, port in
            let id = try await web.test.runningSession()
            let ana = try await follow(id, as: web.test.ana, web, port)
            #expect(try await ana.next("presence").data == ["", ""])
            let joost = try await follow(id, as: web.test.joost, web, port)
            _ = try await joost.next("presence")
            func says(_ doing: String) async throws -> HTTPResponse.Status {
                try await web.post("/sessions/\(id)/presence", ["doing": doing], as: web.test.joost).status
            }
            #expect(try await says("here") == .noContent)
            #expect(try await ana.next("presence").data == ["Joost is here", ""])
            #expect(try await says("notes-3") == .noContent)
            #expect(try await ana.next("presence").data == ["Joost is here", ", writing in Feedback notes"])
            // Private notes are no place that anybody can be seen at.
            for place in ["private", "notes-9", "notes-", "private-notes", "", "<b>"] {
                #expect(try await says(place) == .badRequest, "\(place)")
            }
            #expect(try await says("gone") == .noContent)
            #expect(try await ana.next("presence").data == ["", ""])
            #expect(!joost.text.contains("Joost"))
        }
    }

    @Test("Who closes their page without a word is seen to be gone")
    func leavesSilently() async throws {
        try await withServer { web, port in
            let id = try await web.test.runningSession()
            let ana = try await follow(id, as: web.test.ana, web, port)
            _ = try await ana.next("presence")
            let joost = try await follow(id, as: web.test.joost, web, port)
            _ = try await web.post("/sessions/\(id)/presence", ["doing": "here"], as: web.test.joost)
            #expect(try await ana.next("presence").data == ["Joost is here", ""])
            joost.close()
            // The clock stands still here, so that nothing runs out by itself.
            #expect(try await ana.next("presence").data == ["", ""])
        }
    }

    @Test("A page that is opened learns at once that the partner is there already")
    func presenceOnOpening() async throws {
        try await withServer { web, port in
            let id = try await web.test.runningSession()
            _ = try await web.post("/sessions/\(id)/presence", ["doing": "captures"], as: web.test.joost)
            let stream = try await follow(id, as: web.test.ana, web, port)
            #expect(try await stream.next("presence").data == ["Joost is here", ", writing something down"])
        }
    }
}

@Suite("The clock of the room")
struct ClockTests {
    @Test("Either stops the clock and lets it go on, without a script")
    func pauses() async throws {
        try await withWeb { web in
            let id = try await web.test.runningSession()
            web.test.clock.advance(minutes: 2)
            #expect(
                try await web.post("/sessions/\(id)/run/pause", as: web.test.joost).location == "/sessions/\(id)/run")
            web.test.clock.advance(minutes: 9)
            let stopped = try await web.get("/sessions/\(id)/run", as: web.test.ana)
            #expect(stopped.body.contains("The clock is stopped."))
            #expect(stopped.body.contains("03:00"))
            #expect(!stopped.body.contains("data-ends"))
            #expect(stopped.body.contains("Let the clock go on"))
            _ = try await web.post("/sessions/\(id)/run/resumption", as: web.test.ana)
            let going = try await web.get("/sessions/\(id)/run", as: web.test.joost)
            #expect(going.body.contains("03:00"))
            #expect(going.body.contains("data-ends"))
            #expect(going.body.contains("Stop the clock"))
        }
    }

    @Test("A page that goes along with the session goes on doing so after a form was sent from it")
    func goesAlong() async throws {
        try await withWeb { web in
            let id = try await web.test.runningSession()
            let fields: KeyValuePairs = ["kind": "decision", "body": "We widen", "shown": "now"]
            #expect(
                try await web.post("/sessions/\(id)/captures", fields, as: web.test.ana).location
                    == "/sessions/\(id)/run#capture")
            let looking: KeyValuePairs = ["kind": "decision", "body": "We wait", "shown": "3"]
            #expect(
                try await web.post("/sessions/\(id)/captures", looking, as: web.test.ana).location
                    == "/sessions/\(id)/run?step=3#capture")
        }
    }
}
