// The product's data on a PostgreSQL server, through libpq and a pool of connections of our own.
internal import CPostgreSQL
public import Storage
internal import Synchronization

/// The product's data on a PostgreSQL server (12 or newer, a database in UTF-8).
///
/// Writes run as `SERIALIZABLE` and are tried again when they collide. Reads run as `REPEATABLE READ READ
/// ONLY`: one view of the data from first query to last, which never fails for another's sake and never makes
/// a write fail; a serialisable read could do both, for an order of events that no page depends on.
public final class PostgreSQLDatabase: Database {
    private let pool: ConnectionPool
    private let settings: ConnectionSettings
    private let listeners = Mutex<[Listener]>([])

    public var engine: Engine { .postgresql }

    /// Notes where the server is; the first read or write connects.
    ///
    /// - Parameters:
    ///   - url: `postgresql://user:password@host:port/database?…`, in whatever form libpq takes.
    ///   - connections: how many there are at most; a read or write needs one.
    ///   - patience: how long a read or write waits for a free connection.
    /// - Throws: ``StorageError/failed(_:)`` when `url` can't be read. Its text is in no message, as it may
    ///   hold a
    ///   password.
    public init(url: String, connections: Int = 8, patience: Duration = .seconds(5)) throws {
        settings = try ConnectionSettings(url: url)
        pool = ConnectionPool(size: max(1, connections), patience: patience, settings: settings)
    }

    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await run(.read, body)
    }

    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await run(.write, body)
    }

    /// Hears on a connection of its own, beside those of the pool. The first thing heard is that something may
    /// have been missed, as it is after every break.
    public func listen(_ hear: @escaping @Sendable (Announcement) -> Void) {
        listeners.withLock { $0.append(Listener(settings, hear)) }
    }

    public func close() async {
        let listeners = listeners.withLock { listeners in
            defer { listeners = [] }
            return listeners
        }
        for listener in listeners { listener.stop() }
        await pool.close()
    }

    private func run<Value: Sendable>(
        _ kind: TransactionKind, _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        var retries = Retries()
        while true {
            let outcome = try await pool.withConnection { connection in
                try await connection.run(kind, body)
            }
            switch outcome {
            case .done(let value): return value
            case .again(let reason): try await retries.wait(after: reason)
            }
        }
    }
}

/// How often, and how soon, a transaction of which nothing was kept is tried again.
private struct Retries {
    private static let mostCollisions = 20
    private static let mostLostConnections = 1
    private var collisions = 0
    private var lostConnections = 0

    /// - Throws: ``StorageError/unavailable(_:)`` after the last try.
    mutating func wait(after reason: ReasonToRetry) async throws {
        switch reason {
        case .statementsOutdated:
            collisions += 1
        case .collision:
            collisions += 1
            // Twice as long each time, and by chance, so that those who collided don't meet again.
            let longest = 4.0 * Double(1 << min(collisions, 6))
            try await Task.sleep(for: .milliseconds(Double.random(in: 0...longest)))
        case .connectionLost(let words):
            lostConnections += 1
            guard lostConnections <= Self.mostLostConnections else { throw StorageError.unavailable(words) }
        }
        guard collisions < Self.mostCollisions else {
            throw StorageError.unavailable(
                "others kept changing the same records; gave up after \(collisions) tries")
        }
    }
}
