import Foundation
import Storage
import StoragePostgreSQL
import StorageSQLite

extension Settings {
    /// Opens the database, making the data folder and an SQLite file where they are missing.
    func openDatabase() throws -> any Database {
        try FileManager.default.createDirectory(
            at: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        switch database {
        case .sqlite(let file): return try SQLiteDatabase(path: file.path())
        case .postgreSQL(let uri): return try PostgreSQLDatabase(url: uri)
        }
    }
}
