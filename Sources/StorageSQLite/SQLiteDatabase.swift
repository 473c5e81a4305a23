// The product's data in one SQLite file: many readers beside one writer, through GRDB.
internal import Foundation
private import GRDB
public import Storage
private import Synchronization

/// The product's data in one SQLite file.
///
/// The file is in WAL mode with `synchronous = FULL`: what ``write(_:)`` has returned survives a kill of the
/// process and a loss of power. Each read sees the data as of its first query, and neither waits for the
/// writer nor holds it up.
public final class SQLiteDatabase: Storage.Database {
    /// Where the file is.
    public let path: String
    private let pool: DatabasePool
    private let threads: ReadingThreads
    private let isClosed = Mutex(false)
    /// SQLite has one server, so whoever listens is in this process.
    private let listeners = Mutex<[@Sendable (Announcement) -> Void]>([])

    public var engine: Engine { .sqlite }

    /// One for each core, but at least two and at most four. What is read is in memory nearly always, so more would only
    /// take the cores and their caches from each other.
    public static var usualReaders: Int { min(4, max(2, ProcessInfo.processInfo.activeProcessorCount)) }

    /// Opens the file at `path`, or makes a new one that only this user of the machine can read.
    ///
    /// - Parameters:
    ///   - readers: how many reads may run at once; further ones wait their turn.
    ///   - patience: how long a write waits for another program that has the file locked.
    /// - Throws: ``StorageError`` when the file can't be opened or isn't a database.
    public init(path: String, readers: Int = SQLiteDatabase.usualReaders, patience: Duration = .seconds(5)) throws {
        self.path = path
        threads = ReadingThreads(count: readers)
        pool = try Self.mappingErrors {
            Self.createPrivately(path)
            let configuration = Self.configuration(readers: readers, patience: patience)
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL, with which the last commits can be lost when power fails.
            try pool.writeWithoutTransaction { try $0.execute(sql: "pragma synchronous = full") }
            return pool
        }
    }

    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try checkOpen()
        return try await threads.run { [pool] in
            try Self.mappingErrors {
                // GRDB's own read prepares the statements of its transaction anew each time.
                try pool.unsafeRead { database in try SQLiteTransaction.read(body, on: database) }
            }
        }
    }

    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try checkOpen()
        let (value, announcements) = try await Self.mappingErrors {
            // Immediate, so that two processes can't both read first and then wait for each other's write.
            try await pool.write { database in
                try SQLiteTransaction.run(body, on: database)
            }
        }
        if !announcements.isEmpty {
            let listeners = listeners.withLock { $0 }
            for words in announcements { for hear in listeners { hear(.said(words)) } }
        }
        return value
    }

    public func listen(_ hear: @escaping @Sendable (Announcement) -> Void) {
        listeners.withLock { $0.append(hear) }
    }

    /// Waits for what is under way, then closes the file. Where no other program has it open, the file alone holds
    /// everything afterwards, and the side files are gone.
    public func close() async {
        isClosed.withLock { $0 = true }
        listeners.withLock { $0 = [] }
        let pool = pool
        // Waits for readers and the writer, so it must not hold a thread of the cooperative pool.
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                Self.closeWriterLast(pool)
                continuation.resume()
            }
        }
    }

    /// The connection that closes last moves what stands in the write-ahead log into the database and removes the log,
    /// and only the writer can. GRDB closes the writer before the readers, so the readers are made to go first.
    private static func closeWriterLast(_ pool: DatabasePool) {
        try? pool.barrierWriteWithoutTransaction { _ in }
        pool.invalidateReadOnlyConnections()
        try? pool.close()
    }

    private func checkOpen() throws {
        guard !isClosed.withLock({ $0 }) else { throw StorageError.unavailable("the database is closed") }
    }
}

extension SQLiteDatabase {
    /// Writes a compact copy of the whole database to a new file while this one goes on serving, and checks
    /// the copy.
    ///
    /// The copy is made beside `path` and moved there when it is complete and sound, so a file of that name
    /// is always a whole one.
    /// - Throws: ``StorageError/failed(_:)`` when the file exists already, can't be written, or the copy
    ///   isn't sound.
    public func backup(to path: String) async throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StorageError.failed("there is a file at \(path) already; name another one for the backup")
        }
        let partial = path + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        Self.createPrivately(partial)
        guard FileManager.default.fileExists(atPath: partial) else {
            throw StorageError.failed(
                "the backup can't be written to \(path); is its folder there, and may this user write to it?")
        }
        do {
            try await copy(to: partial)
            let problems = try await Self.problems(inFileAt: partial)
            guard problems.isEmpty else {
                throw StorageError.failed("the backup is damaged: \(problems.joined(separator: "; "))")
            }
            try Self.flush(partial)
            try Self.rename(partial, to: path)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }

    /// Examines every page, index and reference of the database. Reads the whole file.
    /// - Returns: what is wrong, in SQLite's words; empty when the database is sound.
    public func checkIntegrity() async throws -> [String] {
        try await Self.problems(inFileAt: path)
    }

    /// The names of the tables in a file, which is only read: opening it with ``init(path:readers:patience:)`` would
    /// bring it into another mode.
    public static func tables(inFileAt path: String) throws -> [String] {
        try mappingErrors {
            let file = try openForReading(path)
            let names = try file.read { database in
                try String.fetchAll(database, sql: "select name from sqlite_master where type = 'table'")
            }
            try file.close()
            return names
        }
    }

    /// Copies a file that ``backup(to:)`` has written to `copy`, which only this user of the machine can read. The file
    /// itself is never opened as a database, and so never changed: it may be on a disk that can't be written to.
    /// - Throws: ``StorageError/failed(_:)`` when one of the two can't be read or written, or the file is a database
    ///   in use.
    public static func copyBackup(at path: String, to copy: String) throws {
        if let log = sideFiles(of: path).first {
            throw StorageError.failed(
                "beside \(path) lies \(log), so it is a database in use and no backup of one. Stop what uses it, or back "
                    + "it up with: throughline backup FILE --database sqlite:\(path)")
        }
        createPrivately(copy)
        guard let source = FileHandle(forReadingAtPath: path) else {
            throw StorageError.failed("the backup at \(path) can't be read; may this user read it?")
        }
        guard let target = FileHandle(forWritingAtPath: copy) else {
            throw StorageError.failed("the working copy at \(copy) can't be written")
        }
        defer {
            try? source.close()
            try? target.close()
        }
        do {
            while let part = try source.read(upToCount: 1 << 20), !part.isEmpty { try target.write(contentsOf: part) }
        } catch {
            throw StorageError.failed("the backup at \(path) can't be copied to \(copy); is there room for it?")
        }
    }

    /// The files beside a database that hold its last writes, or tell of them, as far as they are there. A clean stop
    /// leaves none.
    public static func sideFiles(of path: String) -> [String] {
        ["-wal", "-shm", "-journal"].map { path + $0 }.filter(FileManager.default.fileExists)
    }

    /// Copies through a connection of its own, so that a long copy takes no reader from the pool.
    private func copy(to copy: String) async throws {
        let path = path
        try await Self.mappingErrors {
            let source = try Self.openForReading(path)
            try await source.writeWithoutTransaction { database in
                try database.execute(sql: "vacuum into ?", arguments: [copy])
            }
            try source.close()
        }
    }

    private static func problems(inFileAt path: String) async throws -> [String] {
        try await mappingErrors {
            let file = try openForReading(path)
            let problems = try await file.writeWithoutTransaction { database in
                let damage = try String.fetchAll(database, sql: "pragma integrity_check(20)").filter {
                    $0 != "ok"
                }
                let orphans = try GRDB.Row.fetchAll(
                    database,
                    sql: "select \"table\", parent, count(*) from pragma_foreign_key_check group by 1, 2")
                return damage
                    + orphans.map { row in
                        let (table, parent, count): (String?, String?, Int?) = (row[0], row[1], row[2])
                        return "\(count ?? 0) rows of \(table ?? "?") refer to no row of \(parent ?? "?")"
                    }
            }
            try file.close()
            return problems
        }
    }

    private static func openForReading(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Makes sure that the bytes of a finished file are on disk.
    private static func flush(_ path: String) throws {
        guard let file = FileHandle(forUpdatingAtPath: path) else {
            throw StorageError.failed("the backup at \(path) can't be opened")
        }
        defer { try? file.close() }
        try file.synchronize()
    }

    /// Moves a file within a folder, and notes the move on disk.
    private static func rename(_ path: String, to final: String) throws {
        do {
            try FileManager.default.moveItem(atPath: path, toPath: final)
        } catch {
            throw StorageError.failed("the backup can't be moved to \(final)")
        }
        let folder = open((final as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY)
        guard folder >= 0 else { return }
        fsync(folder)
        Foundation.close(folder)
    }
}

extension SQLiteDatabase {
    private static func configuration(readers: Int, patience: Duration) -> Configuration {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.foreignKeysEnabled = true
        // For other processes on the same file, such as a backup; inside the process writers wait in a queue.
        configuration.busyMode = .timeout(patience / .seconds(1))
        configuration.maximumReaderCount = readers
        configuration.prepareDatabase { database in
            // Gives room back after a burst of writes.
            try database.execute(sql: "pragma journal_size_limit = 67108864")
            // Six megabytes of pages a connection: what the pages of a large company read over and over.
            try database.execute(sql: "pragma cache_size = -6000")
            // As on PostgreSQL: `like` tells cases apart, and `lower` knows letters beyond ASCII.
            try database.execute(sql: "pragma case_sensitive_like = on")
            database.add(function: lower)
        }
        return configuration
    }

    private static let lower = DatabaseFunction("lower", argumentCount: 1, pure: true) { arguments in
        arguments.first.flatMap(String.fromDatabaseValue)?.lowercased()
    }

    /// Makes an empty file that only its owner can read, unless there is one; SQLite gives its side files the
    /// same mode.
    private static func createPrivately(_ path: String) {
        let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        if file >= 0 { Foundation.close(file) }
    }

    private static func mappingErrors<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    private static func mappingErrors<Value: Sendable>(
        _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }
}
