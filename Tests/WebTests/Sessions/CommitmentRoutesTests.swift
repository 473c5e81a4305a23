import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Throughline

@testable import Web

@Suite("Commitments in a browser")
struct CommitmentRoutesTests {
    @Test("Mine and owed to me, kept and opened again")
    func whole() async throws {
        try await withWeb { web in
            let test = web.test
            _ = try await test.confirmedSession()
            let lists = try await test.product.commitments.lists(of: test.ana)
            let mine = try #require(lists.mine.first?.action.id)
            let owed = try #require(lists.owedToMe.first?.action.id)
            _ = try await web.get("/commitments", as: test.ana)
            test.database.reset()
            let page = try await web.get("/commitments", as: test.ana)
            #expect(test.database.count <= 3)
            #expect(page.body.contains("Write the case") && page.body.contains("Ask Leila for backing"))
            #expect(
                try await web.post(
                    "/commitments/settlements", ["kept": mine.text, "back": "today"], as: test.ana
                ).location == "/")
            #expect(
                try await web.post("/actions/\(mine)/reopening", as: test.joost).location == "/commitments")
            let dropped = try await web.post(
                "/actions/\(owed)/settlement", ["outcome": "dropped", "words": ""], as: test.ana)
            #expect(dropped.status == .unprocessableContent)
            #expect(dropped.body.contains("Say in a word why it is dropped"))
            #expect(
                try await web.post("/actions/\(owed)/settlement", ["outcome": "kept"], as: test.ana).status
                    == .seeOther)
            let settled = try await web.get("/commitments", as: test.joost)
            #expect(settled.body.contains("Open it again"))
        }
    }

    @Test("What was ticked on Today leads back there, with a way to take it back")
    func undo() async throws {
        try await withWeb { web in
            let test = web.test
            _ = try await test.confirmedSession()
            let mine = try #require(try await test.product.commitments.lists(of: test.ana).mine.first?.action.id)
            let today = try await web.get("/", as: test.ana)
            #expect(today.body.contains("name=\"back\" value=\"today\""))
            let kept = try await web.post(
                "/commitments/settlements", ["kept": mine.text, "back": "today"], as: test.ana)
            let toast = try #require(kept.headers[.setCookie]?.prefix { $0 != ";" })
            let cookie = "throughline=\(try await test.signIn(test.ana)); \(toast)"
            let page = try await web.send(.get, "/", as: nil, headers: [.cookie: cookie], body: nil)
            #expect(page.body.contains("One commitment marked as kept."))
            #expect(page.body.contains("<form class=\"toast\" action=\"/commitments/reopenings\" method=\"post\""))
            #expect(page.body.contains("name=\"action\" value=\"\(mine)\""))
            let undone = try await web.post(
                "/commitments/reopenings", ["action": mine.text, "back": "today"], as: test.ana)
            #expect(undone.location == "/")
            #expect(try await test.product.commitments.lists(of: test.ana).mine.first?.action.id == mine)
        }
    }

    @Test("A word whose way back leads elsewhere is shown without it")
    func toastFromElsewhere() {
        #expect(Toast(cookie: "Done.https%3A%2F%2Fevil%2Eexample.a.b")?.undo == nil)
        #expect(Toast(cookie: "Done.%2F%2Fevil%2Eexample")?.undo == nil)
        #expect(Toast(cookie: "Done.%2Fhere.a")?.undo == nil)
        #expect(Toast(cookie: "Done.%2Fhere.a.b")?.undo?.path.description == "/here")
        #expect(Toast(cookie: "")?.words == nil)
    }

    @Test("Another's commitments are not there")
    func foreign() async throws {
        try await withWeb { web in
            let test = web.test
            _ = try await test.confirmedSession()
            let mine = try #require(
                try await test.product.commitments.lists(of: test.ana).mine.first?.action.id)
            for other in [test.leila, test.greta, test.yusuf] {
                #expect(
                    try await web.post("/actions/\(mine)/settlement", ["outcome": "kept"], as: other).status
                        == .notFound)
                #expect(try await web.post("/actions/\(mine)/reopening", as: other).status == .notFound)
                #expect(
                    try await web.post("/commitments/reopenings", ["action": mine.text], as: other).status
                        == .notFound)
                #expect(
                    try await web.post("/commitments/settlements", ["kept": mine.text], as: other).status
                        == .notFound)
                #expect(!(try await web.get("/commitments", as: other)).body.contains("Write the case"))
            }
            #expect(
                try await web.post("/commitments/settlements", ["kept": "x"], as: test.ana).status
                    == .notFound)
        }
    }
}
