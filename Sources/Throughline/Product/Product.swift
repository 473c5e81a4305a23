public import Foundation
public import Live
public import Storage

/// The product: what people can do in it, on one database. Knows no HTTP, no HTML and no database engine.
///
/// Each practice is reached as a member (`product.sessions`, `product.goals`), declared in its own folder.
public struct Product: Sendable {
    public let database: any Database
    /// The present moment. A value, so that tests can choose it.
    public let now: @Sendable () -> Date
    /// Where people reach the product: scheme, host and port, without a slash at the end. For links in mail.
    public let address: String
    /// Hashes passwords, few at a time.
    let passwords: Passwords
    /// Tells open pages that something changed.
    public let live = Hub()
    /// Keeps count of tries to sign in and to have mail sent.
    let attempts = Attempts()

    public init(
        database: any Database,
        address: String,
        passwords: Passwords = Passwords(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.address = address
        self.passwords = passwords
        self.now = now
    }

    /// Asks the database for a sign of life.
    /// - Throws: ``StorageError/unavailable(_:)`` when it can't be reached.
    public func checkDatabase() async throws {
        _ = try await database.read { tx in try tx.value(Int.self, "select 1") }
    }
}
