import ArgumentParser
import Demo
import Foundation
import Storage
import StorageSQLite
import Throughline

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Fills an empty database with Larkfield, an invented company with a year of sessions.",
        discussion: """
            Prints a link for signing in as each of four people. The links last for thirty days and work as often as \
            one likes, so keep the demo apart from anything real.
            """)

    @OptionGroup var flags: SettingsFlags

    @Option(help: "How many people there are in the end; the ones beyond Larkfield’s own are generated.")
    var people = 0

    @Flag(help: "Do nothing but print new sign-in links where the database holds a company already.")
    var ifEmpty = false

    func validate() throws {
        guard (0...5_000).contains(people) else {
            throw ValidationError("--people takes a number up to 5000.")
        }
    }

    func run() async throws {
        let settings = try await Settings(flags)
        settings.warn()
        try await settings.withDatabase(.made) { database in
            try await Migrations.product.apply(to: database, now: Date())
            try await fill(database, settings)
        }
    }

    private func fill(_ database: any Database, _ settings: Settings) async throws {
        let demo = DemoCompany(database: database, address: settings.address)
        if try await demo.isTaken() {
            guard ifEmpty else {
                throw Failure(
                    "\(settings.database.description) holds a company already. Name an empty place with --data or --database."
                )
            }
        } else {
            try await make(in: database, settings)
            let counts = try await demo.counts()
            print(
                """
                Larkfield has \(counts.people) people in \(counts.teams) teams, \(counts.goals) goals, \
                \(counts.work) pieces of work, \(counts.sessions) sessions (\(counts.confirmed) confirmed) and \
                \(counts.commitments) commitments.
                """)
        }
        try await printLinks(of: demo)
    }

    /// Makes the company in a file of its own and brings it over in one transaction, so that a demo that is interrupted
    /// leaves nothing behind which looks like a whole one.
    private func make(in database: any Database, _ settings: Settings) async throws {
        try await withWorkingFile { working in
            let own = try SQLiteDatabase(path: working)
            try await closing(own) {
                try await Migrations.product.apply(to: own, now: Date())
                try await DemoCompany(database: own, address: settings.address).make(people: people) { part in
                    print("Making \(part) …")
                }
                try await TableCopy(shapeOf: own).run(from: own, to: database)
            }
        }
    }

    private func printLinks(of demo: DemoCompany) async throws {
        let links = try await demo.links()
        guard !links.isEmpty else { return }
        print("\nSign in as")
        let width = links.map { "\($0.name), \($0.part)".count }.max() ?? 0
        for link in links {
            let label = "\(link.name), \(link.part)".padding(toLength: width + 3, withPad: " ", startingAt: 0)
            print("  \(label)\(link.address)")
        }
        print("")
    }
}
