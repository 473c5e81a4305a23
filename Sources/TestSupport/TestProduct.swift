// A product with a small company in it, for tests.
public import Foundation
public import Storage
import Synchronization
public import Throughline

/// A clock that tests set.
public final class TestClock: Sendable {
    private let time: Mutex<Date>

    public init(_ start: Date) { time = Mutex(start) }

    public var now: Date {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    public func advance(minutes: Int) { now = now.addingTimeInterval(Double(minutes) * 60) }
    public func advance(days: Int) { now = now.addingTimeInterval(Double(days) * 86_400) }
}

/// The product on a fresh database, with six people of Larkfield. Tuesday 17 November 2026, 9:42 in Amsterdam.
///
/// Ana reports to Joost, Joost to Leila. Rafael reports to Joost too. Yusuf reports to nobody and meets nobody. Greta
/// is the administrator. All but Yusuf and Greta are in the team Customer Growth.
public struct TestProduct: Sendable {
    public let product: Product
    public let database: CountingDatabase
    public let clock: TestClock
    public let ana: Viewer
    public let joost: Viewer
    public let leila: Viewer
    public let rafael: Viewer
    public let yusuf: Viewer
    public let greta: Viewer
    public let team: ID<Team>

    public var everyone: [Viewer] { [ana, joost, leila, rafael, yusuf, greta] }

    /// A cookie token for somebody.
    public func signIn(_ viewer: Viewer) async throws -> String {
        let now = clock.now
        return try await database.write { tx in
            try SignIns.begin(for: viewer.id, device: "A test", at: now, in: tx)
        }
    }
}

/// Runs `body` with a product of its own.
public func withProduct<Value>(
    on engine: Engine, isolation: isolated (any Actor)? = #isolation,
    _ body: (TestProduct) async throws -> Value
) async throws -> Value {
    try await withDatabase(on: engine) { base in
        let clock = TestClock(Date(timeIntervalSince1970: 1_794_904_920))
        let database = CountingDatabase(base)
        let product = Product(
            database: JournalCheckingDatabase(database), address: "http://localhost:8080",
            passwords: Passwords(cost: .low)
        ) {
            clock.now
        }
        let test = try await fill(product, database, clock)
        database.reset()
        let value = try await body(test)
        // Whatever was written, the search has it too. A test may have closed its database.
        let faults = (try? await base.read { tx in try SearchIndex.faults(in: tx) }) ?? 0
        guard faults == 0 else { throw SearchFallsBehind(texts: faults) }
        return value
    }
}

/// A test has written texts that its index of the search lacks, or has otherwise.
struct SearchFallsBehind: Error {
    let texts: Int
}

private func fill(_ product: Product, _ database: CountingDatabase, _ clock: TestClock) async throws -> TestProduct {
    let now = clock.now
    let zone = "Europe/Amsterdam"
    return try await database.write { tx in
        try tx.run("insert into company (id, name, created_at) values (1, 'Larkfield', \(now))")
        func add(_ name: String, manager: Viewer?, role: Role = .member) throws -> Viewer {
            let id = ID<Person>(now: now)
            let email = name.split(separator: " ")[0].lowercased() + "@larkfield.example"
            try tx.run(
                """
                insert into person (id, email, name, time_zone, locale, role, state, manager, created_at)
                values (\(id), \(email), \(name), \(zone), 'en-GB', \(role), 'active', \(manager?.id), \(now))
                """)
            return Viewer(
                id: id, name: name, role: role, timeZone: TimeZones.stored(zone), company: "Larkfield")
        }
        let leila = try add("Leila Farahani", manager: nil)
        let joost = try add("Joost Hendriks", manager: leila)
        let ana = try add("Ana Duarte", manager: joost)
        let rafael = try add("Rafael Lima", manager: joost)
        let yusuf = try add("Yusuf Demir", manager: nil)
        let greta = try add("Greta Olsen", manager: nil, role: .admin)
        let team = ID<Team>(now: now)
        try tx.run(
            "insert into team (id, name, purpose, created_at) values (\(team), 'Customer Growth', '', \(now))")
        for member in [leila, joost, ana, rafael] {
            try tx.run(
                "insert into team_member (team, person, joined_at) values (\(team), \(member.id), \(now))")
        }
        return TestProduct(
            product: product, database: database, clock: clock, ana: ana, joost: joost, leila: leila,
            rafael: rafael, yusuf: yusuf, greta: greta, team: team)
    }
}
