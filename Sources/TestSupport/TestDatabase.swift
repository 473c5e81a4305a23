// Fresh databases for tests, on either engine.
public import Foundation
public import Storage
internal import StoragePostgreSQL
internal import StorageSQLite
internal import Synchronization

/// The engines that tests run on: `@Test(arguments: TestEngines.all) func example(engine: Engine) async
/// throws`.
public enum TestEngines {
    /// SQLite, and PostgreSQL where `THROUGHLINE_TEST_POSTGRESQL` names a server (`script/test` sees to it).
    public static let all: [Engine] = postgreSQL == nil ? [.sqlite] : [.sqlite, .postgresql]

    /// The URL of a PostgreSQL server whose databases tests may fill.
    public static let postgreSQL = ProcessInfo.processInfo.environment["THROUGHLINE_TEST_POSTGRESQL"]
}

/// Runs `body` on a database of its own, which is gone afterwards.
///
/// - Parameters:
///   - migrations: brought to the database before `body` runs; nil for an empty database.
///   - connections: how many reads and writes may run at once.
public func withDatabase<Value>(
    on engine: Engine, migrations: Migrations? = .product, connections: Int = 4,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (any Database) async throws -> Value
) async throws -> Value {
    await gate.enter()
    defer { gate.leave() }
    switch engine {
    case .sqlite:
        return try await withFolder { folder in
            let path = folder.appending(path: "test.sqlite").path()
            return try await use(SQLiteDatabase(path: path, readers: connections), migrations, body)
        }
    case .postgresql:
        return try await withSchema { url in
            try await use(PostgreSQLDatabase(url: url, connections: connections), migrations, body)
        }
    }
}

/// Runs `body` with the URL of an empty schema of the test server, which is gone afterwards.
public func withSchema<Value>(
    isolation: isolated (any Actor)? = #isolation,
    _ body: (String) async throws -> Value
) async throws -> Value {
    guard let server = TestEngines.postgreSQL else {
        throw StorageError.unavailable("THROUGHLINE_TEST_POSTGRESQL names no server")
    }
    let name = "test_\(ID<Never>())"
    try await onServer(server, "create schema \(unchecked: name)")
    let separator = server.contains("?") ? "&" : "?"
    do {
        let value = try await body("\(server)\(separator)options=-csearch_path%3D\(name)")
        try await onServer(server, "drop schema \(unchecked: name) cascade")
        return value
    } catch {
        try? await onServer(server, "drop schema \(unchecked: name) cascade")
        throw error
    }
}

private func onServer(_ url: String, _ statement: SQL) async throws {
    let database = try PostgreSQLDatabase(url: url, connections: 1)
    do {
        try await database.write { tx in _ = try tx.run(statement) }
        await database.close()
    } catch {
        await database.close()
        throw error
    }
}

private func use<Value>(
    _ database: any Database, _ migrations: Migrations?,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (any Database) async throws -> Value
) async throws -> Value {
    do {
        try await migrations?.apply(to: database, now: Date(milliseconds: 1_700_000_000_000))
        let value = try await body(database)
        await database.close()
        return value
    } catch {
        await database.close()
        throw error
    }
}

/// Tests run side by side, all of them at once; so many databases may be open at a time.
private let gate = Gate(width: 12)

/// Lets in a limited number of tasks; the others wait their turn.
private final class Gate: Sendable {
    private let state: Mutex<(free: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(width: Int) {
        state = Mutex((width, []))
    }

    func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free == 0 else {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiting.isEmpty { state.free += 1 }
            return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
        }
        next?.resume()
    }
}

/// Runs `body` with an empty folder, which is gone afterwards.
public func withFolder<Value>(
    isolation: isolated (any Actor)? = #isolation,
    _ body: (URL) async throws -> Value
) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(
        path: "throughline-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// A database that counts the statements sent to it, for tests of how many a page needs.
public final class CountingDatabase: Database {
    private let base: any Database
    private let counter = Counter()

    public init(_ base: any Database) {
        self.base = base
    }

    public var engine: Engine { base.engine }

    /// The statements since the start, or since ``reset()``.
    public var statements: [String] { counter.statements.withLock { $0 } }

    /// How many statements there were since the start, or since ``reset()``.
    public var count: Int { statements.count }

    public func reset() {
        counter.statements.withLock { $0 = [] }
    }

    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await base.read { [counter] tx in try body(CountingTransaction(base: tx, counter: counter)) }
    }

    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await base.write { [counter] tx in try body(CountingTransaction(base: tx, counter: counter)) }
    }

    public func listen(_ hear: @escaping @Sendable (Announcement) -> Void) {
        base.listen(hear)
    }

    public func close() async {
        await base.close()
    }
}

private final class Counter: Sendable {
    let statements = Mutex<[String]>([])

    func add(_ statement: String) {
        statements.withLock { $0.append(statement) }
    }
}

private struct CountingTransaction: Transaction {
    let base: any Transaction
    let counter: Counter

    var engine: Engine { base.engine }

    func rows(_ sql: SQL) throws -> [Row] {
        counter.add(sql.text(.numbered))
        return try base.rows(sql)
    }

    func run(_ sql: SQL) throws -> Int {
        counter.add(sql.text(.numbered))
        return try base.run(sql)
    }

    func runScript(_ text: String) throws {
        counter.add(text)
        try base.runScript(text)
    }

    func announce(_ words: String) throws {
        try base.announce(words)
    }

    func finds(_ words: SearchWords, in place: SearchPlace, amongFew few: Bool) -> SQL {
        base.finds(words, in: place, amongFew: few)
    }
}
