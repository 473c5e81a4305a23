public import Storage
import Synchronization

/// Proves that the database takes writes, by one that changes nothing.
/// - Throws: ``StorageError`` when it doesn't: the file or its folder is not to be written to, or the disk is full.
public func proveWritable(_ database: any Database) async throws {
    try await database.write { tx in try tx.runScript("update migration set name = name where number = 1") }
}

/// Whether the database takes writes. A write costs more than monitoring is worth, so good news holds for a few seconds,
/// however often it is asked; bad news is looked into each time.
final class WriteProof: Sendable {
    private let database: any Database
    private let lastWrite = Mutex<ContinuousClock.Instant?>(nil)

    init(of database: any Database) { self.database = database }

    /// - Throws: ``StorageError`` when it takes none.
    func check() async throws {
        let now = ContinuousClock.now
        if let last = lastWrite.withLock({ $0 }), now - last < .seconds(5) { return }
        try await proveWritable(database)
        lastWrite.withLock { $0 = now }
    }
}
