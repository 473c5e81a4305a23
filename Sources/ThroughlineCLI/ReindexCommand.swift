import ArgumentParser
import Storage

struct ReindexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reindex",
        abstract: "Builds the index of the search anew.",
        discussion: """
            The database keeps the index itself, so this is only needed where 'doctor' says that something is missing from \
            it: after the tables were changed by other means. Works while the product is being served.
            """)

    @OptionGroup var flags: SettingsFlags

    func run() async throws {
        let settings = try await Settings(flags)
        settings.warn()
        let count = try await settings.withDatabase(.refused) { database in
            try await settings.requireCurrent(database)
            return try await database.write { tx in try SearchIndex.rebuild(in: tx) }
        }
        print("\(count) texts can be found.")
    }
}
