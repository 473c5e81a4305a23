// One place in the pool: a thread, and a session with the server that is replaced when it breaks.
internal import Storage

enum TransactionKind: Sendable {
    case read
    case write

    var begin: String {
        switch self {
        case .read: "begin isolation level repeatable read read only"
        case .write: "begin isolation level serializable read write"
        }
    }
}

/// How a transaction ended, when not with an error.
enum Outcome<Value: Sendable>: Sendable {
    case done(Value)
    /// Nothing of it was kept, and the same again may succeed.
    case again(ReasonToRetry)
}

enum ReasonToRetry: Sendable {
    /// Another transaction was in the way.
    case collision
    /// The schema has changed since a statement was prepared.
    case statementsOutdated
    case connectionLost(String)
}

actor Connection {
    private let thread = ConnectionThread()
    private let settings: ConnectionSettings
    private var session: Session?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(settings: ConnectionSettings) {
        self.settings = settings
    }

    deinit {
        thread.stop()
    }

    func disconnect() {
        session = nil
    }

    /// Runs `body` in a transaction, which is over when this returns, whatever happens.
    /// - Throws: what `body` throws, or ``StorageError``.
    func run<Value: Sendable>(
        _ kind: TransactionKind, _ body: @Sendable (any Transaction) throws -> Value
    ) throws -> Outcome<Value> {
        let session = try begin(kind)
        defer {
            if !session.isReadyForTransaction { self.session = nil }
        }
        let transaction = PostgreSQLTransaction(session)
        let result = Result { try body(transaction) }
        transaction.isOver = true

        if let failure = transaction.failure {
            rollBack(session)
            if let reason = reasonToRetry(failure) { return .again(reason) }
            _ = try result.get()
            throw failure.storageError
        }
        guard case .success(let value) = result else {
            rollBack(session)
            return .done(try result.get())
        }
        return try commit(value, kind, on: session)
    }

    /// Begins on the present session, or, when that has gone stale unnoticed, on a new one.
    private func begin(_ kind: TransactionKind) throws -> Session {
        if let session, (try? session.command(kind.begin)) != nil { return session }
        session = nil
        let fresh = try Session(settings)
        do {
            try fresh.command(kind.begin)
        } catch let failure as ServerFailure {
            throw failure.storageError
        }
        session = fresh
        return fresh
    }

    private func commit<Value: Sendable>(
        _ value: Value, _ kind: TransactionKind, on session: Session
    ) throws -> Outcome<Value> {
        do {
            try session.command("commit")
            return .done(value)
        } catch let failure as ServerFailure {
            if kind == .read { return .done(value) }
            if failure.isConnectionLost {
                self.session = nil
                throw StorageError.unavailable(
                    "the connection to PostgreSQL broke while a change was being saved, so it isn't known "
                        + "whether it was kept: look before you try again")
            }
            rollBack(session)
            if let reason = reasonToRetry(failure) { return .again(reason) }
            throw failure.storageError
        }
    }

    private func rollBack(_ session: Session) {
        // Where this fails the session is not ready afterwards, and is replaced; the server then rolls back
        // by itself.
        try? session.command("rollback")
    }

    private func reasonToRetry(_ failure: ServerFailure) -> ReasonToRetry? {
        if failure.isConnectionLost {
            session = nil
            return .connectionLost("the connection to PostgreSQL broke")
        }
        if failure.isCollision { return .collision }
        if failure.isOutdatedStatement {
            session?.forgetStatements()
            return .statementsOutdated
        }
        return nil
    }
}
