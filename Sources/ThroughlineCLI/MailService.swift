import ServiceLifecycle
import Throughline

/// The outbox worker as a service: told to stop, it finishes what is under way and looks for no more.
struct MailService: Service {
    let worker: OutboxWorker

    func run() async throws {
        await worker.run { wait in
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: wait) }
        }
    }
}
