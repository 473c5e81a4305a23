import ArgumentParser
import Foundation
import Storage

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Brings the database to this version.",
        discussion: """
            'serve' does so by itself. Run it alone to see what will change, with --dry-run. Where there is no database, it \
            makes an empty one; with --dry-run it says so.
            """)

    @OptionGroup var flags: SettingsFlags

    @Flag(help: "Only say what is missing.")
    var dryRun = false

    func run() async throws {
        let settings = try await Settings(flags)
        settings.warn()
        let steps = try await settings.withDatabase(dryRun ? .refused : .made) { database in
            dryRun
                ? try await Migrations.product.pending(in: database)
                : try await Migrations.product.apply(to: database, now: Date())
        }
        for step in steps { print("\(dryRun ? "missing" : "applied") \(step.number) \(step.name)") }
        if steps.isEmpty { print("The database is up to date.") }
    }
}
