import Foundation
public import Storage

extension Product {
    public var sessions: Sessions { Sessions(product: self) }
}

/// What a person can do with strategy sessions. Every verb proves access before it reads anything else.
public struct Sessions: Sendable {
    let product: Product

    /// The session, if the viewer takes part in it.
    /// - Throws: ``NotFound``.
    public func access(_ id: ID<Session>, as viewer: Viewer) async throws -> SessionAccess {
        try await product.database.read { tx in try SessionAccess.load(id, for: viewer, in: tx) }
    }

    /// Reads in one view of the data, with access proven first.
    func read<Value: Sendable>(
        _ id: ID<Session>, as viewer: Viewer,
        _ body: @escaping @Sendable (SessionAccess, any Transaction) throws -> Value
    ) async throws -> Value {
        try await product.database.read { tx in
            try body(try SessionAccess.load(id, for: viewer, in: tx), tx)
        }
    }

    /// Writes in one transaction, with access proven first.
    func write<Value: Sendable>(
        _ id: ID<Session>, as viewer: Viewer,
        _ body: @escaping @Sendable (SessionAccess, any Transaction, Date) throws -> Value
    ) async throws -> Value {
        let now = product.now()
        return try await product.database.write { tx in
            try body(try SessionAccess.load(id, for: viewer, in: tx), tx, now)
        }
    }
}
