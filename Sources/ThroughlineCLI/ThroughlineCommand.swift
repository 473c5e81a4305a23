import ArgumentParser

/// The program: one binary that serves the product and looks after its data.
@main
struct ThroughlineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "throughline",
        abstract: "Turns one-on-ones into strategy sessions, and strategy sessions into a record.",
        discussion: """
            Start with 'throughline serve': it fills an empty data folder with an empty product and prints a link \
            for setting it up. 'throughline demo' fills one with an invented company instead.

            Every setting can be given as a flag, as an environment variable (THROUGHLINE_PORT) or in a JSON file; \
            a flag wins over the environment, the environment over the file.
            """,
        version: Version.current,
        subcommands: [
            ServeCommand.self, DemoCommand.self, MigrateCommand.self, BackupCommand.self, RestoreCommand.self,
            ReindexCommand.self, DoctorCommand.self, PeopleCommand.self, CycleCommand.self, CoachCommand.self,
        ])
}

enum Version {
    static let current = "0.1.0"
}
