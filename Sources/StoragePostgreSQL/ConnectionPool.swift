// Hands out connections, first come, first served.
internal import Storage
internal import Synchronization

final class ConnectionPool: Sendable {
    private let size: Int
    private let patience: Duration
    private let settings: ConnectionSettings
    private let state = Mutex(State())

    private struct State {
        var idle: [Connection] = []
        /// Idle and lent ones.
        var count = 0
        var waiting: [Waiting] = []
        var nextNumber = 0
        var isClosed = false
        /// Waits for the last lent connection to come back.
        var closing: [CheckedContinuation<Void, Never>] = []
    }

    private struct Waiting {
        let number: Int
        let continuation: CheckedContinuation<Connection, any Error>
    }

    init(size: Int, patience: Duration, settings: ConnectionSettings) {
        self.size = size
        self.patience = patience
        self.settings = settings
    }

    /// Lends a connection to `body`.
    /// - Throws: what `body` throws; ``StorageError/unavailable(_:)`` when none came free in time, or the
    ///   pool is closed.
    func withConnection<Value: Sendable>(
        _ body: @Sendable (Connection) async throws -> Value
    ) async throws -> Value {
        let connection = try await borrow()
        defer { giveBack(connection) }
        return try await body(connection)
    }

    /// Refuses new borrowers, waits until all connections are back, and ends them.
    func close() async {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.continuation.resume(throwing: Self.closed) }
        await withCheckedContinuation { continuation in
            state.withLock { $0.closing.append(continuation) }
            finishClosing()
        }
        let connections = state.withLock { state in
            defer { state.idle = [] }
            state.count = 0
            return state.idle
        }
        for connection in connections { await connection.disconnect() }
    }

    private static let closed = StorageError.unavailable("the database is closed")

    private func borrow() async throws -> Connection {
        try Task.checkCancellation()
        if let connection = try state.withLock({ try take(&$0) }) { return connection }
        return try await waitForConnection()
    }

    private func take(_ state: inout State) throws -> Connection? {
        guard !state.isClosed else { throw Self.closed }
        if let connection = state.idle.popLast() { return connection }
        guard state.count < size else { return nil }
        state.count += 1
        return Connection(settings: settings)
    }

    private func waitForConnection() async throws -> Connection {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        let alarm = Task { [patience, size] in
            try await Task.sleep(for: patience)
            let words =
                "all \(size) connections to PostgreSQL stayed busy for \(patience); try again in a moment"
            self.giveUp(number, throwing: StorageError.unavailable(words))
        }
        defer { alarm.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Connection, any Error>? in
                    // Cancelled before there was anything for the handler to remove.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    do {
                        if let connection = try take(&state) { return .success(connection) }
                    } catch {
                        return .failure(error)
                    }
                    state.waiting.append(Waiting(number: number, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            giveUp(number, throwing: CancellationError())
        }
    }

    private func giveUp(_ number: Int, throwing error: any Error) {
        let waiting = state.withLock { state -> Waiting? in
            guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiting.remove(at: index)
        }
        waiting?.continuation.resume(throwing: error)
    }

    private func giveBack(_ connection: Connection) {
        let next = state.withLock { state -> Waiting? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.idle.append(connection)
            return nil
        }
        next?.continuation.resume(returning: connection)
        finishClosing()
    }

    /// Lets those who close the pool go on, once all connections are back.
    private func finishClosing() {
        let closing = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard state.isClosed, state.idle.count == state.count else { return [] }
            defer { state.closing = [] }
            return state.closing
        }
        for one in closing { one.resume() }
    }
}
