// What a body may do inside a transaction, on PostgreSQL.
internal import Storage

final class PostgreSQLTransaction: Transaction {
    private let session: Session
    /// The first statement that failed. From then on PostgreSQL only takes a rollback.
    private(set) var failure: ServerFailure?
    var isOver = false

    var engine: Engine { .postgresql }

    init(_ session: Session) {
        self.session = session
    }

    func rows(_ sql: SQL) throws -> [Row] {
        try attempt { try session.rows(sql) }
    }

    func run(_ sql: SQL) throws -> Int {
        try attempt { try session.run(sql) }
    }

    func runScript(_ text: String) throws {
        try attempt { try session.command(text) }
    }

    func announce(_ words: String) throws {
        _ = try run("select pg_notify(\(Listener.channel), \(words))")
    }

    private func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        guard !isOver else { throw StorageError.failed("a transaction is used after its end") }
        guard failure == nil else {
            throw StorageError.failed(
                "a statement of this transaction has failed; nothing more can be done in it")
        }
        do {
            return try body()
        } catch let failure as ServerFailure {
            self.failure = failure
            throw failure.storageError
        } catch let error as StorageError {
            failure = ServerFailure(refused: error)
            throw error
        }
    }
}
