import Foundation

/// Keeps a second server from one SQLite file: each would not hear of the other's writes.
///
/// The lock is on a file beside the database, and the system lets go of it when the process ends, however it ends. The file
/// itself stays, because whoever removed it could remove another's.
final class ServingLock: Sendable {
    private let file: Int32

    /// - Throws: ``Failure`` when somebody else holds the lock, or it can't be had.
    init(for database: URL) throws {
        let path = database.resolvingSymlinksInPath().filePath + ".lock"
        file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Failure(
                "\(path) can't be written: \(String(cString: strerror(errno))). Is its folder there, and may this user "
                    + "write to it?")
        }
        guard Self.lock(file) else {
            let reason = errno
            close(file)
            guard reason == EWOULDBLOCK else {
                throw Failure(
                    "\(path) can't be locked: \(String(cString: strerror(reason))). An SQLite file belongs on a disk of the "
                        + "machine that serves it.")
            }
            throw Failure(
                "Another 'throughline serve' (or 'restore') uses \(database.filePath). Stop it first: one server alone may "
                    + "serve an SQLite file. Several may share a PostgreSQL.")
        }
    }

    deinit { close(file) }

    private static func lock(_ file: Int32) -> Bool {
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }
}

extension Settings {
    /// Holds the database for this process alone while `body` runs. PostgreSQL is made to be shared.
    func holding<Value>(_ body: () async throws -> Value) async throws -> Value {
        guard case .sqlite(let file) = database else { return try await body() }
        try makeDataFolder()
        let lock = try ServingLock(for: file)
        defer { withExtendedLifetime(lock) {} }
        return try await body()
    }
}
