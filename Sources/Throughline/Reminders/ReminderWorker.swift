public import Logging

/// Looks after everybody's reminders, a minute at a time. Several servers may run one each on the same database: what
/// is due is decided and queued in one transaction.
public struct ReminderWorker: Sendable {
    private let product: Product
    private let logger: Logger

    public init(product: Product, logger: Logger) {
        self.product = product
        self.logger = logger
    }

    /// Looks until `pause` throws, which is how it is told to stop.
    /// - Parameter pause: waits for so long between two looks.
    public func run(
        pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async {
        while true {
            var wait = Duration.seconds(60)
            do {
                // After a full round there may be more; the pause lets others write meanwhile.
                if try await product.reminders.lookAfterDue() == Reminders.batch { wait = .milliseconds(100) }
            } catch {
                if !(error is CancellationError) {
                    logger.warning("reminders can’t be looked after", metadata: ["error": "\(error)"])
                }
            }
            do { try await pause(wait) } catch { return }
        }
    }
}
