import ArgumentParser
import Foundation
import Storage
import StorageSQLite

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes a copy of all data to one file.",
        discussion: """
            Works while the product is being served, and copies one consistent moment. The copy is an SQLite file on \
            either engine, checked when it is complete; 'restore' reads it into either engine. It holds everything \
            that people wrote: keep it as safe as the database.
            """)

    @Argument(help: "The file to write. It must not exist yet.", completion: .file())
    var file: String

    @OptionGroup var flags: SettingsFlags

    func run() async throws {
        let settings = try await Settings(flags)
        let database = try settings.openDatabase()
        try await settings.requireCurrent(database)
        if let sqlite = database as? SQLiteDatabase {
            try await sqlite.backup(to: file)
        } else {
            try await copy(database)
        }
        await database.close()
        print("Everything is in \(file).")
    }

    private func copy(_ database: any Database) async throws {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw Failure("There is a file at \(file) already; name another one for the backup.")
        }
        let working = file + ".working"
        try? FileManager.default.removeItem(atPath: working)
        defer {
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: working + suffix) }
        }
        let target = try SQLiteDatabase(path: working)
        try await Migrations.product.apply(to: target, now: Date())
        try await TableCopy(shapeOf: target).run(from: database, to: target)
        try await target.backup(to: file)
        await target.close()
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Fills an empty database from a backup.",
        discussion: """
            The database named by --database (or the one in the data folder) must be empty or missing, so that nothing \
            is overwritten: move the old one away first. A backup of one engine can be restored into the other.
            """)

    @Argument(help: "A file that 'backup' wrote.", completion: .file())
    var file: String

    @OptionGroup var flags: SettingsFlags

    func run() async throws {
        guard FileManager.default.fileExists(atPath: file) else {
            throw Failure("There is no file at \(file).")
        }
        let settings = try await Settings(flags)
        // The backup itself is never written to: an older one is brought to this version in a copy.
        let working = FileManager.default.temporaryDirectory.appending(path: "restore-\(UUID().uuidString)").path()
        defer {
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: working + suffix) }
        }
        let original = try SQLiteDatabase(path: file)
        try await original.backup(to: working)
        await original.close()

        let source = try SQLiteDatabase(path: working)
        try await Migrations.product.apply(to: source, now: Date())
        let target = try settings.openDatabase()
        try await Migrations.product.apply(to: target, now: Date())
        let copy = try await TableCopy(shapeOf: source)
        guard try await copy.isEmpty(target) else {
            throw Failure(
                "\(settings.database.description) holds data already. Move it away, or name another one with --database."
            )
        }
        let rows = try await copy.run(from: source, to: target)
        await source.close()
        await target.close()
        print("Restored \(rows) rows to \(settings.database.description).")
    }
}
