// The demo company: that it can be made on both engines and on any day, and what a newcomer finds in it.
import Demo
import Foundation
import Storage
import TestSupport
import Testing
import Throughline

@Suite struct DemoCompanyTests {
    @Test("Whoever opens the demo finds something to do, and the record of a year", arguments: TestEngines.all)
    func isLivedIn(engine: Engine) async throws {
        try await withDemo(on: engine) { demo, product, viewer in
            let links = try await demo.links()
            #expect(links.map(\.name) == ["Ana Duarte", "Joost Hendriks", "Leila Farahani", "Greta Olsen"])

            let ana = try await product.today.view(for: viewer("Ana Duarte"))
            #expect(ana.needs.map(\.kind) == [.confirm])
            #expect(ana.next?.partner.name == "Joost Hendriks")
            #expect(ana.commitments.contains { $0.isMine && $0.action.dueOn < Day(Self.tuesday, in: .gmt) })

            let joost = try await product.today.view(for: viewer("Joost Hendriks"))
            #expect(joost.needs.map(\.kind) == [.answer])

            let counts = try await demo.counts()
            #expect(counts.people == 26)
            #expect(counts.confirmed > 300)
        }
    }

    @Test("In Ana’s next preparation a number is missing, work serves nothing, and something was carried too often")
    func isNearlyPrepared() async throws {
        try await withDemo(on: .sqlite) { _, product, viewer in
            let ana = try await viewer("Ana Duarte")
            let next = try #require(try await product.today.view(for: ana).next)
            let preparation = try await product.sessions.preparation(of: next.session.id, as: ana)
            #expect(preparation.readiness.missing.map(\.part) == [.alignment, .agenda, .evidence])
            #expect(!preparation.asking.isEmpty && preparation.since != nil && !preparation.offers.isEmpty)
            #expect(preparation.gaps.contains { if case .ranks = $0.reason { true } else { false } })
            #expect(preparation.draftCount == 1)
        }
    }

    @Test("The demo can be made on any day of the year", arguments: [4, 44, 190, 255])
    func isMadeOnAnyDay(daysLater: Int) async throws {
        try await withDemo(on: .sqlite, now: Self.tuesday.adding(days: daysLater)) { _, product, viewer in
            let ana = try await viewer("Ana Duarte")
            let next = try await product.today.view(for: ana).next
            #expect(next?.session.state == .agreed)
        }
    }

    @Test("A year of mail stays where it is; only the last days’ goes out")
    func mailIsOld() async throws {
        try await withDemo(on: .sqlite) { _, product, _ in
            let oldest = try await product.database.read { tx in
                try tx.value(Date.self, "select min(created_at) from mail where state <> 'sent'")
            }
            let first = try #require(oldest)
            #expect(first > Self.tuesday.adding(days: -4))
        }
    }

    @Test("Colleagues are added until there are as many as one asks for")
    func hasColleagues() async throws {
        try await withDemo(on: .sqlite, people: 40) { demo, product, viewer in
            let counts = try await demo.counts()
            #expect(counts.people == 40)
            let spans = try await product.database.read { tx in
                try tx.values(Int.self, "select count(*) from person where manager is not null group by manager")
            }
            #expect(spans.allSatisfy { $0 <= 9 })
        }
    }

    @Test("The demo is never made over somebody’s data")
    func isRefused() async throws {
        try await withProduct(on: .sqlite) { test in
            let demo = DemoCompany(database: test.database, address: "http://localhost:8080", now: Self.tuesday)
            let isTaken = try await demo.isTaken()
            #expect(isTaken)
            await #expect(throws: Refused.self) { try await demo.make() }
            let links = try await demo.links()
            #expect(links.isEmpty)
        }
    }

    /// Tuesday 17 November 2026, 9:42 in Amsterdam.
    static let tuesday = Date(timeIntervalSince1970: 1_794_904_920)
}

/// Runs `body` with a demo company of its own, the product on it, and a way to be somebody by name.
private func withDemo(
    on engine: Engine, now: Date = DemoCompanyTests.tuesday, people: Int = 0,
    _ body: (DemoCompany, Product, (String) async throws -> Viewer) async throws -> Void
) async throws {
    try await withDatabase(on: engine) { database in
        let demo = DemoCompany(database: database, address: "http://localhost:8080", now: now)
        try await demo.make(people: people)
        let product = Product(database: database, address: "http://localhost:8080", now: { now })
        try await body(demo, product) { name in
            let id = try await database.read { tx in
                try tx.value(ID<Person>.self, "select id from person where name = \(name)")
            }
            return Viewer(
                id: try #require(id), name: name, role: .member, timeZone: TimeZones.stored("Europe/Amsterdam"),
                company: "Larkfield")
        }
    }
}
