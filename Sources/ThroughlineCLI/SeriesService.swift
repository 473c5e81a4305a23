import Logging
import ServiceLifecycle
import Throughline

/// Keeps series going while the product is served: when the time of a session has passed, held or not, the next of its
/// series is made. Any number of servers may do so.
struct SeriesService: Service {
    let product: Product
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    do {
                        try await product.series.keepUp()
                    } catch is CancellationError {
                        return
                    } catch {
                        logger.error("The next sessions of series could not be made: \(error)")
                    }
                    try await Task.sleep(for: .seconds(600))
                }
            }
        } catch is CancellationError {
            // Told to stop.
        }
    }
}
