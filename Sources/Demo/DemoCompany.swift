// Larkfield, an invented company that sells booking software to clinics: its people, what they are after, and a year of
// strategy sessions, so that somebody who looks at the product for the first time finds it lived in.
public import Foundation
public import Storage
import Throughline

/// The demo company on an empty database, made through what people can do in the product, with a clock that is moved
/// through a year. Nothing in it is real.
public struct DemoCompany: Sendable {
    let database: any Database
    let address: String
    let now: Date

    /// - Parameters:
    ///   - database: brought to this version, and empty.
    ///   - address: where people reach the product, for links.
    ///   - now: the present moment; the year that is made ends here.
    public init(database: any Database, address: String, now: Date = Date()) {
        self.database = database
        self.address = address
        self.now = now
    }

    /// The people whose sign-in links are worth having, with what each is an example of.
    public static let guides: [(name: String, part: String, email: String)] = [
        (Who.ana.name, "employee", Who.ana.email),
        (Who.joost.name, "manager", Who.joost.email),
        (Who.leila.name, "VP", Who.leila.email),
        (Who.greta.name, "administrator", Who.greta.email),
    ]

    /// Whether the database holds a company already.
    public func isTaken() async throws -> Bool {
        try await database.read { tx in try tx.value(Int.self, "select 1 from company") != nil }
    }

    /// Makes the company.
    /// - Parameters:
    ///   - people: how many there are in the end. Below Larkfield's own number, it is Larkfield's own number.
    ///   - progress: told what is being made.
    public func make(
        people: Int = 0, progress: @Sendable (String) -> Void = { _ in }
    ) async throws {
        let almanac = Almanac(now: now)
        let clock = DemoClock(almanac.beginning)
        // Nobody knows the demo's passwords, which are 256 random bits each, so that a slow hash would protect nothing.
        let product = Product(
            database: database, address: address, passwords: Passwords(cost: .low), now: { clock.now })

        progress("people and teams")
        let cast = try await Cast.join(product, clock, almanac)
        let stage = Stage(product: product, clock: clock, cast: cast, almanac: almanac)
        let book = GoalBook(almanac)

        progress("a year of goals, work and strategy sessions")
        let scripts = Larkfield.sessions(almanac)
        var events = book.events(on: stage) + QuarterBook(book, on: stage).events
        for script in scripts { events += stage.events(of: script, book) }
        try await stage.play(events)

        let crowd = Crowd(almanac: almanac, cast: cast, scripted: scripts)
        if people > Who.allCases.count {
            progress("\(people - Who.allCases.count) colleagues, with a year of sessions each")
        }
        try await crowd.write(total: people, to: database)
        try await SeriesWriter(almanac: almanac, cast: cast).write(to: database)
        try await deliverMail(almanac)
        try await stopReminders()
        clock.now = now
    }

    /// Mail that would have gone long ago counts as sent; that of the last days goes out when the product is served.
    private func deliverMail(_ almanac: Almanac) async throws {
        let recent = now.adding(days: -3)
        try await database.write { tx in
            try tx.run(
                """
                update mail set state = 'sent', attempts = 1, sent_at = created_at + 2000
                where created_at < \(recent) or kind = 'invitation'
                """)
        }
    }

    /// Nobody reads the demo's mail, and whoever connects it to a mail server should not be surprised by what goes out.
    private func stopReminders() async throws {
        let product = Product(database: database, address: address, passwords: Passwords(cost: .low), now: { now })
        try await product.reminders.stopForEverybody()
    }

    /// A link with which to sign in as each of the guides, good for thirty days and as often as one likes. Empty where
    /// the company is not this one.
    public func links() async throws -> [(name: String, part: String, address: String)] {
        let present = now
        let product = Product(database: database, address: address, now: { present })
        var links: [(name: String, part: String, address: String)] = []
        for guide in Self.guides {
            do {
                let link = try await product.people.signInLink(forEmail: guide.email, reusable: true)
                links.append((guide.name, guide.part, link))
            } catch is NotFound {
                continue
            }
        }
        return links
    }

    /// What the database holds, in numbers.
    public func counts() async throws -> DemoCounts {
        try await database.read { tx in
            func count(_ sql: SQL) throws -> Int { try tx.value(Int.self, sql) ?? 0 }
            return DemoCounts(
                people: try count("select count(*) from person"), teams: try count("select count(*) from team"),
                goals: try count("select count(*) from objective"), work: try count("select count(*) from work"),
                sessions: try count("select count(*) from session"),
                confirmed: try count("select count(*) from session where state = 'confirmed'"),
                commitments: try count("select count(*) from action where removed_at is null"))
        }
    }
}

/// What the demo company consists of, in numbers.
public struct DemoCounts: Sendable, Equatable {
    public let people: Int
    public let teams: Int
    public let goals: Int
    public let work: Int
    public let sessions: Int
    /// Sessions whose recap both have confirmed.
    public let confirmed: Int
    public let commitments: Int
}
