// libpq's calls block, so each connection has a thread of its own, never one of the cooperative pool.
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Runs an actor's jobs, one after the other, on a thread that does nothing else.
final class ConnectionThread: SerialExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let isStopped = Mutex(false)
    private let changes = DispatchSemaphore(value: 0)

    init() {
        let thread = Thread { self.work() }
        thread.name = "postgresql"
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        changes.signal()
    }

    /// Ends the thread. Only when the actor is gone, as no job runs from then on.
    func stop() {
        isStopped.withLock { $0 = true }
        changes.signal()
    }

    private func work() {
        while true {
            changes.wait()
            let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let job {
                job.runSynchronously(on: asUnownedSerialExecutor())
            } else if isStopped.withLock({ $0 }) {
                return
            }
        }
    }
}
