// Where reads run: a limited number of threads, never those of the cooperative pool.
internal import Dispatch
internal import Synchronization

/// Runs pieces of work at once, up to a limit; the others wait their turn, and no thread waits with them.
///
/// GRDB's own asynchronous read changes threads four times, this one twice, which halves the time of a short
/// read.
final class ReadingThreads: Sendable {
    private let queue = DispatchQueue(label: "sqlite-reading", attributes: .concurrent)
    private let state: Mutex<(free: Int, waiting: [@Sendable () -> Void])>

    init(count: Int) {
        state = Mutex((count, []))
    }

    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            start { continuation.resume(with: Result { try work() }) }
        }
    }

    private func start(_ job: @escaping @Sendable () -> Void) {
        let isFree = state.withLock { state in
            guard state.free > 0 else {
                state.waiting.append(job)
                return false
            }
            state.free -= 1
            return true
        }
        guard isFree else { return }
        queue.async { [self] in
            job()
            while let next = nextJob() { next() }
        }
    }

    /// What this thread does next, or nil when it is to end.
    private func nextJob() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
