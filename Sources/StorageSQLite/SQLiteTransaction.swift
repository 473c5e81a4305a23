// What a body may do inside a transaction, on SQLite. Statements come from GRDB's cache; values are bound and
// read through SQLite's own functions, because a page makes some ten queries and this is where their time
// goes.
internal import GRDB
internal import GRDBSQLite
internal import Storage

final class SQLiteTransaction: Storage.Transaction {
    private let database: GRDB.Database
    /// The first statement that failed. From then on the transaction can only be given up, as it is on
    /// PostgreSQL.
    private var failure: (any Error)?
    private var isOver = false
    private var announcements: [String] = []

    var engine: Engine { .sqlite }

    private init(_ database: GRDB.Database) {
        self.database = database
    }

    /// Runs `body`, and throws if any of its statements failed, even where the body carried on.
    /// - Returns: what the body returns, and what is to be announced once it is committed.
    static func run<Value>(
        _ body: (any Storage.Transaction) throws -> Value, on database: GRDB.Database
    ) throws -> (value: Value, announcements: [String]) {
        let transaction = SQLiteTransaction(database)
        defer { transaction.isOver = true }
        let value = try body(transaction)
        if let failure = transaction.failure { throw failure }
        return (value, transaction.announcements)
    }

    /// Runs `body` in one view of the data, on a connection that can only read.
    static func read<Value>(
        _ body: (any Storage.Transaction) throws -> Value, on database: GRDB.Database
    ) throws -> Value {
        try database.cachedStatement(sql: "begin deferred").execute()
        defer { try? database.cachedStatement(sql: "commit").execute() }
        return try run(body, on: database).value
    }

    func rows(_ sql: Storage.SQL) throws -> [Storage.Row] {
        try attempt {
            var rows: [Storage.Row] = []
            try step(sql) { statement in
                rows.append(Storage.Row(try Self.columns(of: statement)))
            }
            return rows
        }
    }

    func run(_ sql: Storage.SQL) throws -> Int {
        try attempt {
            let before = sqlite3_total_changes64(database.sqliteConnection)
            try step(sql) { _ in }
            // The count of changes is that of the last statement that changed something, which may be an
            // earlier one.
            let hasChanged = sqlite3_total_changes64(database.sqliteConnection) != before
            return hasChanged ? database.changesCount : 0
        }
    }

    func runScript(_ text: String) throws {
        try attempt { try database.execute(sql: text) }
    }

    func announce(_ words: String) throws {
        try attempt {
            if !announcements.contains(words) { announcements.append(words) }
        }
    }

    private func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        guard !isOver else { throw StorageError.failed("a transaction is used after its end") }
        guard failure == nil else {
            throw StorageError.failed(
                "a statement of this transaction has failed; nothing more can be done in it")
        }
        do {
            return try body()
        } catch {
            let error = (error as? DatabaseError).map(StorageError.init) ?? error
            failure = error
            throw error
        }
    }
}

extension SQLiteTransaction {
    /// Statements with more values than this have long lists in them, of any length: they would crowd the cache.
    private static var mostValuesOfCachedStatement: Int { 300 }

    private func step(_ sql: Storage.SQL, row: (OpaquePointer) throws -> Void) throws {
        let values = sql.values
        let text = sql.text(.questionMarks)
        let prepared =
            values.count <= Self.mostValuesOfCachedStatement
            ? try database.cachedStatement(sql: text) : try database.makeStatement(sql: text)
        let statement = prepared.sqliteStatement
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() {
            try Self.bind(value, at: CInt(index + 1), of: statement)
        }
        try withExtendedLifetime(prepared) {
            while true {
                switch sqlite3_step(statement) {
                case SQLITE_ROW: try row(statement)
                case SQLITE_DONE: return
                case SQLITE_INTERRUPT: throw CancellationError()
                default: throw StorageError(stepping: statement)
                }
            }
        }
    }

    private static func bind(_ value: SQLValue, at index: CInt, of statement: OpaquePointer) throws {
        try value.checkStorable()
        let code =
            switch value {
            case .null:
                sqlite3_bind_null(statement, index)
            case .integer(let number):
                sqlite3_bind_int64(statement, index, number)
            case .real(let number):
                sqlite3_bind_double(statement, index, number)
            case .text(let text):
                bind(text, at: index, of: statement)
            }
        guard code == SQLITE_OK else { throw StorageError(stepping: statement) }
    }

    private static func bind(_ text: String, at index: CInt, of statement: OpaquePointer) -> CInt {
        // SQLite copies the bytes before the call returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        var text = text
        return text.withUTF8 { bytes in
            // An empty string may have no address, and no address would mean null.
            guard let start = bytes.baseAddress else {
                return sqlite3_bind_text(statement, index, "", 0, transient)
            }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
                sqlite3_bind_text64(
                    statement, index, start, sqlite3_uint64(bytes.count), transient, UInt8(SQLITE_UTF8))
            }
        }
    }

    private static func columns(of statement: OpaquePointer) throws -> [SQLValue] {
        let count = sqlite3_data_count(statement)
        var values: [SQLValue] = []
        values.reserveCapacity(Int(count))
        for column in 0..<count {
            switch sqlite3_column_type(statement, column) {
            case SQLITE_NULL: values.append(.null)
            case SQLITE_INTEGER: values.append(.integer(sqlite3_column_int64(statement, column)))
            case SQLITE_FLOAT: values.append(.real(sqlite3_column_double(statement, column)))
            case SQLITE_TEXT: values.append(.text(text(of: statement, column)))
            default: throw RowError("column \(column + 1) holds a blob, which the product never stores")
            }
        }
        return values
    }

    private static func text(of statement: OpaquePointer, _ column: CInt) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
