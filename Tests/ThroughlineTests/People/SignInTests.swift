import Foundation
import Storage
import TestSupport
import Testing

@testable import Throughline

@Suite("Signing in")
struct SignInTests {
    private static let password = "seven larks at dawn"

    /// Gives Ana a password.
    private func givePassword(_ test: TestProduct) async throws {
        try await test.product.people.changePassword(
            from: "", to: Self.password, again: Self.password, as: test.ana)
    }

    private func signIn(
        _ test: TestProduct, email: String = "ana@larkfield.example", password: String
    ) async throws
        -> Viewer?
    {
        let token = try await test.product.signIns.signIn(
            email: email, password: password, device: "A test", client: "192.0.2.1")
        return try await test.product.signIns.viewer(holding: token)
    }

    @Test("The right password signs in, however the address is written", arguments: TestEngines.all)
    func right(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            try await givePassword(test)
            #expect(try await signIn(test, password: Self.password)?.id == test.ana.id)
            #expect(
                try await signIn(test, email: " ANA@Larkfield.example", password: Self.password)?.id
                    == test.ana.id)
        }
    }

    @Test("A wrong password and an unknown address are answered alike", arguments: TestEngines.all)
    func wrong(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            try await givePassword(test)
            let wrong = await #expect(throws: Invalid.self) {
                try await signIn(test, password: "seven larks at dusk")
            }
            let unknown = await #expect(throws: Invalid.self) {
                try await signIn(test, email: "nobody@larkfield.example", password: Self.password)
            }
            let passwordless = await #expect(throws: Invalid.self) {
                try await signIn(test, email: "joost@larkfield.example", password: Self.password)
            }
            try await test.product.people.deactivate(test.ana.id, as: test.greta)
            let gone = await #expect(throws: Invalid.self) { try await signIn(test, password: Self.password) }
            #expect(wrong == unknown)
            #expect(wrong == passwordless)
            #expect(wrong == gone)
        }
    }

    @Test(
        "After ten wrong passwords even the right one waits, for that address alone",
        arguments: TestEngines.all)
    func limited(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            try await givePassword(test)
            for _ in 0..<10 {
                await #expect(throws: Invalid.self) { try await signIn(test, password: "a wrong password") }
            }
            await #expect(throws: TooManyTries.self) { try await signIn(test, password: Self.password) }
            test.clock.advance(minutes: 16)
            #expect(try await signIn(test, password: Self.password) != nil)
        }
    }

    @Test("A sign-in ends after thirty days without use, and use prolongs it", arguments: TestEngines.all)
    func lasts(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let token = try await test.signIn(test.ana)
            test.clock.advance(days: 29)
            #expect(try await test.product.signIns.viewer(holding: token) != nil)
            test.clock.advance(days: 29)
            #expect(try await test.product.signIns.viewer(holding: token) != nil)
            test.clock.advance(days: 31)
            #expect(try await test.product.signIns.viewer(holding: token) == nil)
        }
    }

    @Test("One ends one's own sign-ins, one or all, and nobody else's", arguments: TestEngines.all)
    func ends(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let signIns = test.product.signIns
            let tokens = [try await test.signIn(test.ana), try await test.signIn(test.ana)]
            let theirs = try await test.signIn(test.joost)
            let viewer = try #require(try await signIns.viewer(holding: tokens[0]))
            let other = try #require(try await signIns.viewer(holding: tokens[1])?.signIn)
            await #expect(throws: NotFound.self) { try await signIns.end(other, as: test.joost) }

            try await signIns.end(other, as: viewer)
            #expect(try await signIns.viewer(holding: tokens[1]) == nil)
            await #expect(throws: NotFound.self) { try await signIns.end(other, as: viewer) }
            #expect(try await test.product.people.settings(as: viewer).signIns.map(\.id) == [viewer.signIn])

            try await signIns.endAll(as: viewer)
            #expect(try await signIns.viewer(holding: tokens[0]) == nil)
            #expect(try await signIns.viewer(holding: theirs) != nil)
        }
    }

    @Test("A new password asks for the old one, and ends the other sign-ins", arguments: TestEngines.all)
    func changes(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let people = test.product.people
            try await givePassword(test)
            let elsewhere = try await test.signIn(test.ana)
            let here = try await test.signIn(test.ana)
            let viewer = try #require(try await test.product.signIns.viewer(holding: here))
            let refusal = await #expect(throws: Invalid.self) {
                try await people.changePassword(
                    from: "not the old one", to: "nine larks at dusk", again: "nine larks at dusk", as: viewer
                )
            }
            #expect(refusal?.problems.map(\.field) == ["old"])
            let slip = await #expect(throws: Invalid.self) {
                try await people.changePassword(
                    from: Self.password, to: "nine larks at dusk", again: "nine larks at dust", as: viewer)
            }
            #expect(slip?.problems.map(\.field) == ["password-again"])

            try await people.changePassword(
                from: Self.password, to: "nine larks at dusk", again: "nine larks at dusk", as: viewer)
            #expect(try await test.product.signIns.viewer(holding: here) != nil)
            #expect(try await test.product.signIns.viewer(holding: elsewhere) == nil)
            await #expect(throws: Invalid.self) { try await signIn(test, password: Self.password) }
            #expect(try await signIn(test, password: "nine larks at dusk") != nil)
        }
    }

    @Test(
        "A sign-in link works once, a reusable one again and again, and looking uses neither up",
        arguments: TestEngines.all)
    func links(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let signIns = test.product.signIns
            let once = try token(await test.product.people.signInLink(for: test.ana.id))
            for _ in 0..<2 { #expect(try await signIns.person(ofLink: once).id == test.ana.id) }
            let cookie = try await signIns.signIn(withLink: once, device: "A test")
            #expect(try await signIns.viewer(holding: cookie)?.id == test.ana.id)
            await #expect(throws: LinkFault.used) {
                try await signIns.signIn(withLink: once, device: "A test")
            }

            let often = try token(
                await test.product.people.signInLink(forEmail: "ana@larkfield.example", reusable: true))
            for _ in 0..<2 { _ = try await signIns.signIn(withLink: often, device: "A test") }

            let late = try token(await test.product.people.signInLink(for: test.ana.id))
            test.clock.advance(days: 2)
            await #expect(throws: LinkFault.expired) { try await signIns.person(ofLink: late) }
            await #expect(throws: LinkFault.unknown) { try await signIns.person(ofLink: "made up") }

            try await test.product.people.deactivate(test.ana.id, as: test.greta)
            await #expect(throws: LinkFault.self) {
                try await signIns.signIn(withLink: often, device: "A test")
            }
        }
    }

    @Test("No token is kept in the database", arguments: TestEngines.all)
    func hashed(engine: Engine) async throws {
        try await withProduct(on: engine) { test in
            let cookie = try await test.signIn(test.ana)
            let link = try token(await test.product.people.signInLink(for: test.ana.id))
            let kept = try await test.database.read { tx in
                try tx.values(String.self, "select token_hash from sign_in")
                    + tx.values(String.self, "select token_hash from link")
            }
            #expect(kept.count == 2)
            #expect(!kept.contains(cookie) && !kept.contains(link))
        }
    }
}

/// The token at the end of a link's address.
func token(_ address: String) throws -> String {
    String(try #require(address.split(separator: "/").last))
}
