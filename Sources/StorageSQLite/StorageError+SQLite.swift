// SQLite's result codes in the words of `StorageError`.
internal import GRDB
internal import GRDBSQLite
internal import Storage

extension StorageError {
    init(_ error: DatabaseError) {
        self.init(code: error.extendedResultCode.rawValue, message: error.message ?? "")
    }

    /// What a step of `statement` failed with.
    init(stepping statement: OpaquePointer) {
        let connection = sqlite3_db_handle(statement)
        let code = sqlite3_extended_errcode(connection)
        let message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? ""
        // Only of constraints is it certain that the message names columns and no values: full-text search
        // quotes what was looked for.
        let isSafe = code & 0xFF == SQLITE_CONSTRAINT
        self.init(code: code, message: isSafe ? message : String(cString: sqlite3_errstr(code)))
    }

    private init(code: CInt, message: String) {
        switch code & 0xFF {
        case SQLITE_CONSTRAINT:
            self = Self.constraint(code: code, message: message)
        case SQLITE_BUSY, SQLITE_LOCKED:
            self = .unavailable("another program has kept the database file locked for too long")
        case SQLITE_CANTOPEN:
            self = .unavailable(
                "the database file can't be opened; is its folder there, and may this user write to it?")
        case SQLITE_MISUSE where message.contains("closed"):
            self = .unavailable("the database is closed")
        case SQLITE_FULL:
            self = .failed("the disk is full")
        case SQLITE_CORRUPT:
            self = .failed("the database file is damaged; restore a backup")
        case SQLITE_NOTADB:
            self = .failed("the file is not an SQLite database")
        case SQLITE_READONLY:
            self = .failed("this may only read: \(message)")
        default:
            self = .failed("SQLite error \(code): \(message)")
        }
    }

    private static func constraint(code: CInt, message: String) -> Self {
        switch code {
        case notUniqueColumn, notUniquePrimaryKey, notUniqueRowID:
            let prefix = "UNIQUE constraint failed: "
            return .notUnique(
                constraint: message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message)
        default:
            return .constraint(message)
        }
    }
}

// SQLite defines its extended codes as expressions, which Swift doesn't import.
private let notUniquePrimaryKey = SQLITE_CONSTRAINT | 6 << 8
private let notUniqueColumn = SQLITE_CONSTRAINT | 8 << 8
private let notUniqueRowID = SQLITE_CONSTRAINT | 10 << 8
