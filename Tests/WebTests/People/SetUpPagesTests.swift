import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Throughline

@Suite("Set-up pages")
struct SetUpPagesTests {
    @Test("An empty product says how to set it up, and its link does so, once")
    func setUp() async throws {
        try await withWeb { web in
            try await empty(web.test)
            let address = try #require(try await web.test.product.setUp.linkIfNeeded())
            let path = address.replacing("http://localhost:8080", with: "")
            let before = try await web.get("/sign-in", as: nil)
            #expect(before.body.contains("Throughline is not set up yet"))

            let wrong = try await web.post(
                path,
                [
                    "company": "Larkfield", "name": "", "email": "greta", "password": "short",
                    "time-zone": "UTC",
                ],
                as: nil)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.body.contains("value=\"Larkfield\""))
            for field in ["name", "email", "password"] {
                #expect(wrong.body.contains("id=\"set-up-\(field)-error\""), "\(field)")
            }

            let password = "seven larks at dawn"
            let fields: KeyValuePairs = [
                "company": "Larkfield", "name": "Greta Olsen", "email": "greta@larkfield.example",
                "password": password, "password-again": password, "time-zone": "Europe/Oslo",
            ]
            let right = try await web.post(path, fields, as: nil)
            #expect(right.location == "/people/new")
            #expect(right.headers[values: .setCookie].contains { $0.hasPrefix("throughline=") })
            let twice = try await web.post(path, fields, as: nil)
            #expect(twice.status == .gone)
            let after = try await web.get("/sign-in", as: nil)
            #expect(after.body.contains("I have forgotten my password"))
        }
    }

    /// Takes everybody out of a test product.
    private func empty(_ test: TestProduct) async throws {
        try await test.database.write { tx in
            try tx.run("update person set manager = null")
            for table in ["journal", "sign_in", "team_member", "team", "person", "company"] {
                try tx.run("delete from \(unchecked: table)")
            }
        }
    }
}
