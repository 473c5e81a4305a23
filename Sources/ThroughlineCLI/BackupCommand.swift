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
        settings.warn()
        try await settings.withDatabase(.refused) { database in
            try await settings.requireCurrent(database)
            do {
                try await write(database)
            } catch let error as StorageError {
                throw Failure("No backup was made: \(error.sentence)")
            }
        }
        print("Everything is in \(file).")
    }

    private func write(_ database: any Database) async throws {
        if let sqlite = database as? SQLiteDatabase { return try await sqlite.backup(to: file) }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw StorageError.failed("there is a file at \(file) already; name another one for the backup")
        }
        try await withWorkingFile { working in
            let target = try SQLiteDatabase(path: working)
            try await closing(target) {
                try await Migrations.product.apply(to: target, now: Date())
                try await TableCopy(shapeOf: target).run(from: database, to: target)
                try await target.backup(to: file)
            }
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Fills an empty database from a backup.",
        discussion: """
            The database named by --database (or the one in the data folder) must be empty or missing, so that nothing \
            is overwritten: stop the server and move the old one away first, with the files -wal and -shm beside it if \
            there are any. A backup of one engine can be restored into the other. The backup is only read.
            """)

    @Argument(help: "A file that 'backup' wrote.", completion: .file())
    var file: String

    @OptionGroup var flags: SettingsFlags

    func run() async throws {
        guard FileManager.default.fileExists(atPath: file) else {
            throw Failure("There is no file at \(file).")
        }
        let settings = try await Settings(flags)
        settings.warn()
        let rows = try await settings.holding {
            if case .sqlite(let target) = settings.database { try Settings.refuseSideFiles(of: target) }
            return try await withWorkingFile { working in
                let source = try await openCopy(at: working)
                return try await closing(source) { try await fill(settings, from: source) }
            }
        }
        print("Restored \(rows) rows to \(settings.database.description).")
    }

    /// The backup itself is never written to: an older one is brought to this version in a copy.
    private func openCopy(at working: String) async throws -> SQLiteDatabase {
        do {
            try SQLiteDatabase.copyBackup(at: file, to: working)
            let copy = try SQLiteDatabase(path: working)
            do {
                try await Migrations.product.apply(to: copy, now: Date())
            } catch {
                await copy.close()
                throw error
            }
            return copy
        } catch MigrationError.databaseIsNewer {
            throw Failure("\(file) was written by a newer version of the product. Install that version to restore it.")
        } catch let error as StorageError {
            throw Failure("\(file) can't be restored: \(error.sentence)")
        }
    }

    /// - Returns: how many rows were copied.
    private func fill(_ settings: Settings, from source: SQLiteDatabase) async throws -> Int {
        try await settings.withDatabase(.made) { target in
            try await Migrations.product.apply(to: target, now: Date())
            let copy = try await TableCopy(shapeOf: source)
            guard try await copy.isEmpty(target) else {
                throw Failure(
                    "\(settings.database.description) holds data already. Move it away, or name another one with "
                        + "--database.")
            }
            return try await copy.run(from: source, to: target)
        }
    }
}

/// Runs `body` with the path of a database file of its own, in a folder that only this user can look into, and removes it.
func withWorkingFile<Value>(_ body: (_ path: String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "throughline-\(UUID().uuidString)")
    do {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
        throw Failure("No working folder can be made at \(folder.filePath). TMPDIR may name a better place.")
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.appending(path: "working.sqlite").filePath)
}

/// Runs `body` and closes the database, however it ends.
func closing<Value>(_ database: SQLiteDatabase, _ body: () async throws -> Value) async throws -> Value {
    do {
        let value = try await body()
        await database.close()
        return value
    } catch {
        await database.close()
        throw error
    }
}
