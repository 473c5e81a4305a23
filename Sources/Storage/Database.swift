/// A place that keeps the product's data. Two engines conform: SQLite and PostgreSQL.
public protocol Database: Sendable {
    var engine: Engine { get }

    /// Reads in one consistent view of the data.
    ///
    /// The body runs on a thread of the engine's, so it may block but must not wait for other tasks.
    /// - Throws: what the body throws, or ``StorageError``.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value

    /// Writes in one serialisable transaction: all of it is kept, or, when the body throws, none.
    ///
    /// PostgreSQL runs the body again when transactions collide (40001, 40P01), so it must have no effects but those
    /// on the transaction. When the call returns, the data is on disk.
    /// - Throws: what the body throws, or ``StorageError``.
    @discardableResult
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value

    /// Calls `hear` with what transactions announce, once they are committed: those of this process, and on
    /// PostgreSQL those of every other server on the same data. Goes on until the database is closed.
    ///
    /// - Parameter hear: called on a thread of the engine's or on that of whoever wrote; it must not wait.
    func listen(_ hear: @escaping @Sendable (Announcement) -> Void)

    /// Waits for what is under way, then lets go of files and connections.
    func close() async
}

/// What those who listen to a database hear.
public enum Announcement: Sendable, Equatable {
    /// A committed transaction has announced this.
    case said(String)
    /// Something may have been announced that nobody could hear: a connection was down meanwhile.
    case missed
}

/// Which engine keeps the data.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite
    case postgresql
}

/// What can be done inside ``Database/read(_:)`` and ``Database/write(_:)``. Never leaves the body it was given to.
///
/// A statement that fails takes the whole transaction with it, even where the body catches the error: where a row may
/// be there already, write `on conflict do nothing`, or catch the error outside the transaction.
public protocol Transaction {
    var engine: Engine { get }

    /// All rows of a query.
    func rows(_ sql: SQL) throws -> [Row]

    /// Runs a statement.
    /// - Returns: how many rows it changed.
    @discardableResult
    func run(_ sql: SQL) throws -> Int

    /// Runs several statements without values, for migrations.
    func runScript(_ text: String) throws

    /// Tells everyone who listens, on this server and on others, once this write is committed, and not at all
    /// if it isn't. Said twice in one transaction, it is heard once.
    /// - Parameter words: at most 4,000 bytes. Whoever can reach the database can hear them, so they say that
    ///   something changed and never what.
    func announce(_ words: String) throws

    /// A condition on `search_entry`, which the query calls `e`: that it holds every one of the words. Each engine
    /// asks its own index (see ``SearchIndex``).
    /// - Parameter few: whether the query narrows the entries down by other means, so that each of those few is to be
    ///   asked; else it begins with what has the words.
    func finds(_ words: SearchWords, in place: SearchPlace, amongFew few: Bool) -> SQL
}

extension Transaction {
    /// The condition for a query that begins with what has the words.
    public func finds(_ words: SearchWords, in place: SearchPlace) -> SQL {
        finds(words, in: place, amongFew: false)
    }

    @inlinable
    public func all<Value: RowReadable>(_ type: Value.Type = Value.self, _ sql: SQL) throws -> [Value] {
        try rows(sql).map { row in
            var row = row
            return try Value(row: &row)
        }
    }

    public func first<Value: RowReadable>(_ type: Value.Type = Value.self, _ sql: SQL) throws -> Value? {
        guard var row = try rows(sql).first else { return nil }
        return try Value(row: &row)
    }

    /// The first column of every row.
    @inlinable
    public func values<Value: SQLReadable>(_ type: Value.Type = Value.self, _ sql: SQL) throws -> [Value] {
        try rows(sql).map { row in
            var row = row
            return try row.next()
        }
    }

    /// The first column of the first row.
    ///
    /// Nil when there is no row, or it holds null.
    public func value<Value: SQLReadable>(_ type: Value.Type = Value.self, _ sql: SQL) throws -> Value? {
        guard var row = try rows(sql).first else { return nil }
        return try row.next()
    }
}

/// What can go wrong in storage. Messages name constraints and causes, never anybody's values.
public enum StorageError: Error, Sendable, Equatable {
    /// A unique constraint refused the row; `constraint` names it (PostgreSQL) or its columns (SQLite).
    case notUnique(constraint: String)
    /// A foreign key, check or not-null constraint refused the row.
    case constraint(String)
    /// The engine can't be reached now, or stayed busy past its time limit.
    case unavailable(String)
    /// Anything else: SQL that is wrong, a disk that is full, a file that is damaged.
    case failed(String)
}
