// A session with the server: libpq's connection and the statements prepared on it.
internal import CPostgreSQL
internal import Foundation
internal import Storage

/// Owns a libpq connection; used from one thread only.
final class Session {
    private let connection: OpaquePointer
    /// The names of prepared statements, by their text.
    private var statements: [String: String] = [:]
    private var statementCount = 0

    private static let mostStatements = 256
    /// Statements with more values than this have long lists in them, of any length: they would crowd the cache.
    private static let mostValuesOfPreparedStatement = 300

    /// Connects.
    /// - Throws: ``StorageError/unavailable(_:)`` when the server can't be reached or refuses.
    init(_ settings: ConnectionSettings) throws {
        connection = try Self.connect(settings)
        // From here on `deinit` frees the connection.
        guard PQstatus(connection) == CONNECTION_OK else {
            throw StorageError.unavailable("PostgreSQL can't be reached: \(Self.message(of: connection))")
        }
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        try checkServer()
        do {
            try setUp()
        } catch let failure as ServerFailure {
            throw failure.storageError
        }
    }

    deinit {
        PQfinish(connection)
    }

    /// Whether the connection stands and no transaction is open on it.
    var isReadyForTransaction: Bool {
        PQstatus(connection) == CONNECTION_OK && PQtransactionStatus(connection) == PQTRANS_IDLE
    }

    private static func connect(_ settings: ConnectionSettings) throws -> OpaquePointer {
        let keywords = settings.parameters.map { strdup($0.keyword) }
        let values = settings.parameters.map { strdup($0.value) }
        defer { (keywords + values).forEach { free($0) } }
        let connection = PQconnectdbParams(
            keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
        guard let connection else { throw StorageError.unavailable("there is no memory for a connection") }
        return connection
    }

    private func checkServer() throws {
        guard PQserverVersion(connection) >= 120_000 else {
            throw StorageError.failed("the PostgreSQL server is older than version 12; use a newer one")
        }
        let encoding = PQparameterStatus(connection, "server_encoding").map { String(cString: $0) }
        guard encoding == "UTF8" else {
            throw StorageError.failed(
                "the PostgreSQL database is encoded in \(encoding ?? "?"); make one with encoding 'UTF8'")
        }
    }

    private func setUp() throws {
        // A wait for a lock ends as soon as it does on SQLite. The time limit on idling is for a body that
        // hangs: others must not wait for it for ever. What has been committed must be on disk, whatever the
        // server's default.
        try command(
            """
            set lock_timeout = '5s';
            set idle_in_transaction_session_timeout = '60s';
            set extra_float_digits = 1;
            select set_config('synchronous_commit', 'on', false)
            where current_setting('synchronous_commit') = 'off'
            """)
    }

    private static func message(of connection: OpaquePointer) -> String {
        let text = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

extension Session {
    /// Runs one or more statements without values.
    /// - Throws: ``ServerFailure``.
    func command(_ text: String) throws {
        let result = PQexec(connection, text)
        defer { PQclear(result) }
        try check(result)
        // A commit of a transaction that had failed is a rollback, and no error to PostgreSQL.
        guard text != "commit" || String(cString: PQcmdStatus(result)) == "COMMIT" else {
            throw ServerFailure(state: "25P02", message: "a failed transaction can't be committed")
        }
    }

    /// Runs one statement with values.
    /// - Throws: ``ServerFailure``; ``StorageError/constraint(_:)`` for a value that can't be stored.
    func rows(_ sql: SQL) throws -> [Row] {
        let result = try execute(sql)
        defer { PQclear(result) }
        return decodeRows(result)
    }

    /// - Returns: how many rows the statement changed.
    func run(_ sql: SQL) throws -> Int {
        let result = try execute(sql)
        defer { PQclear(result) }
        guard !String(cString: PQcmdStatus(result)).hasPrefix("SELECT") else { return 0 }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// Waits for announcements on a channel that was asked for with `listen`.
    /// - Parameter stop: a file that becomes readable when there is nothing more to wait for.
    /// - Throws: ``ServerFailure`` when the connection is lost.
    func announcements(orUntil stop: CInt) throws -> [String] {
        var files = [
            pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
        ]
        poll(&files, 2, -1)
        guard PQconsumeInput(connection) == 1 else {
            throw ServerFailure(state: "08006", message: "the listening connection broke")
        }
        var words: [String] = []
        while let notice = PQnotifies(connection) {
            words.append(String(cString: notice.pointee.extra))
            PQfreemem(notice)
        }
        return words
    }

    func forgetStatements() {
        statements = [:]
        // Should this fail, those left are only in the way: no name is used twice.
        try? command("deallocate all")
    }

    private func execute(_ sql: SQL) throws -> OpaquePointer? {
        let statement = try Statement(sql)
        let values = statement.values.map { strdup($0) }
        defer { values.forEach { free($0) } }
        let pointers = values.map { UnsafePointer($0) }
        let count = CInt(pointers.count)
        let result =
            if pointers.count <= Self.mostValuesOfPreparedStatement {
                PQexecPrepared(connection, try prepared(statement.text), count, pointers, nil, nil, 0)
            } else {
                PQexecParams(connection, statement.text, count, nil, pointers, nil, nil, 0)
            }
        do {
            try check(result)
        } catch {
            PQclear(result)
            throw error
        }
        return result
    }

    private func prepared(_ text: String) throws -> String {
        if let name = statements[text] { return name }
        if statements.count >= Self.mostStatements {
            try command("deallocate all")
            statements = [:]
        }
        statementCount += 1
        let name = "s\(statementCount)"
        let result = PQprepare(connection, name, text, 0, nil)
        defer { PQclear(result) }
        try check(result)
        statements[text] = name
        return name
    }

    private func check(_ result: OpaquePointer?) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: throw ServerFailure(result, isConnected: PQstatus(connection) == CONNECTION_OK)
        }
    }
}

/// A statement as PostgreSQL wants it.
struct Statement {
    private(set) var text = ""
    private(set) var values: [String] = []

    /// Each value's type is written at its place, so that a statement means the same whatever is around it
    /// (`$1 is null`, `select $1`). A null is written out: of no type, it fits wherever SQLite takes it.
    init(_ sql: SQL) throws {
        for part in sql.parts {
            switch part {
            case .text(let piece): text += piece
            case .value(.null): text += "null"
            case .value(let value): try add(value)
            }
        }
    }

    private mutating func add(_ value: SQLValue) throws {
        try value.checkStorable()
        let place = "$\(values.count + 1)"
        switch value {
        case .null: return
        case .integer(let number):
            text += place + "::int8"
            values.append(String(number))
        case .real(let number):
            text += place + "::float8"
            values.append("\(number)")
        case .text(let words):
            text += place + "::text"
            values.append(words)
        }
    }
}
