import ArgumentParser
import Foundation
import Storage
import StoragePostgreSQL
import StorageSQLite

extension Settings {
    /// What a command does where there is no database.
    enum Missing {
        /// It says so, and makes nothing.
        case refused
        /// It makes the data folder and an empty database.
        case made
    }

    /// Opens the database for `body` and closes it again, however that ends: a database that is left open keeps its last
    /// writes in a file beside it.
    /// - Throws: what `body` throws; ``Failure`` where the database can't be opened or used.
    func withDatabase<Value>(
        _ missing: Missing, _ body: (any Database) async throws -> Value
    ) async throws -> Value {
        do {
            let database = try open(missing)
            do {
                if missing == .refused { try await requireFilled(database) }
                let value = try await body(database)
                await database.close()
                return value
            } catch {
                await database.close()
                throw error
            }
        } catch {
            throw Failure(explaining: error, of: self.database) ?? error
        }
    }

    /// Refuses a database that 'migrate' or 'serve' has not brought to this version yet.
    func requireCurrent(_ database: any Database) async throws {
        let missing = try await Migrations.product.pending(in: database)
        guard missing.isEmpty else {
            throw Failure(
                "The database is \(missing.count) steps behind this version. Run 'throughline migrate' first.")
        }
    }

    /// Makes the data folder for this user of the machine alone, unless it is there.
    func makeDataFolder() throws {
        do {
            try FileManager.default.createDirectory(
                at: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                "The data folder \(data.filePath) can't be made. May this user write to the folder above it? Make it "
                    + "by hand, or name another one with --data.")
        }
    }

    private func open(_ missing: Missing) throws -> any Database {
        switch (database, missing) {
        case (.sqlite(let named), .refused):
            let file = named.resolvingSymlinksInPath()
            try Self.refuseOldSpelling(of: file)
            guard file.isFilledFile, try Self.isOurs(file) else { throw Failure(Self.nothing(at: file.filePath)) }
            return try SQLiteDatabase(path: file.filePath)
        case (.sqlite(let named), .made):
            let file = named.resolvingSymlinksInPath()
            try Self.refuseOldSpelling(of: file)
            try makeDataFolder()
            if !file.isFilledFile {
                try Self.refuseSideFiles(of: file)
            } else {
                _ = try Self.isOurs(file)
            }
            return try SQLiteDatabase(path: file.filePath)
        case (.postgreSQL(let uri), .refused):
            return try PostgreSQLDatabase(url: uri)
        case (.postgreSQL(let uri), .made):
            try makeDataFolder()
            return try PostgreSQLDatabase(url: uri)
        }
    }

    /// Earlier versions wrote a space in a file's name as `%20`. A new database beside such a one would look as if all were
    /// lost.
    private static func refuseOldSpelling(of file: URL) throws {
        let old = file.deletingLastPathComponent().filePath + "/" + (file.path() as NSString).lastPathComponent
        guard old != file.filePath, !file.isFilledFile, FileManager.default.fileExists(atPath: old) else { return }
        throw Failure(
            "The database lies at \(old), as earlier versions wrote its name. Rename it to \(file.filePath), with the files "
                + "-wal and -shm beside it if there are any.")
    }

    /// A new database beside another one's last writes would destroy them.
    static func refuseSideFiles(of file: URL) throws {
        guard let stray = SQLiteDatabase.sideFiles(of: file.filePath).first else { return }
        throw Failure(
            """
            Beside \(file.filePath) lies \(stray), which may hold the last writes of another database; they would be \
            lost. If that database was moved away, move this file to it, under its new name. If it is in use, stop \
            what uses it. Else move the file away.
            """)
    }

    /// Whether an SQLite file holds the product's tables; not when it holds none yet.
    /// - Throws: ``Failure`` when it holds those of another program, which is no place for ours.
    private static func isOurs(_ file: URL) throws -> Bool {
        // Asked first, because SQLite opens such a file all the same and leaves side files that nobody else can write.
        for path in [file.filePath, file.deletingLastPathComponent().filePath]
        where !FileManager.default.isWritableFile(atPath: path) {
            throw Failure(
                "\(path) can't be written to. Give the database and its folder to the user that runs the product.")
        }
        let tables = try SQLiteDatabase.tables(inFileAt: file.filePath)
        if tables.contains("migration") { return true }
        guard tables.isEmpty else {
            throw Failure(
                "\(file.filePath) is the database of another program, and was left as it is. Check --data and --database."
            )
        }
        return false
    }

    /// SQLite was asked before it was opened, since opening changes the file.
    private func requireFilled(_ database: any Database) async throws {
        guard database.engine == .postgresql else { return }
        let found = try await database.read { tx in
            try tx.value(Int.self, "select count(*) from pg_tables where tablename = 'migration'")
        }
        guard found ?? 0 > 0 else { throw Failure(Self.nothing(at: self.database.description)) }
    }

    private static func nothing(at place: String) -> String {
        "There is no database at \(place). Check --data and --database; 'throughline serve' makes a new one."
    }
}

extension URL {
    /// The path as the file system has it: `path()` would write a space as `%20`.
    var filePath: String { path(percentEncoded: false) }

    fileprivate var isFilledFile: Bool {
        let size = try? FileManager.default.attributesOfItem(atPath: resolvingSymlinksInPath().filePath)[.size]
        return size as? Int ?? 0 > 0
    }
}
