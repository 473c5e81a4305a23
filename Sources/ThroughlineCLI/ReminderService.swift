import ServiceLifecycle
import Throughline

/// The worker for reminders as a service: told to stop, it finishes the person at hand.
struct ReminderService: Service {
    let worker: ReminderWorker

    func run() async throws {
        await worker.run { wait in
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: wait) }
        }
    }
}
