import Logging
import ServiceLifecycle
import Throughline

/// Keeps series going while the product is served: when the time of a session has passed, held or not, the next of its
/// series is made, and calendars are told of what has changed. Any number of servers may do so.
struct SeriesService: Service {
    let product: Product
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    try await logging("Series could not be kept up") { try await product.series.keepUp() }
                    try await logging("Calendars could not be told") { try await product.calendars.tellOfSeries() }
                    try await Task.sleep(for: .seconds(60))
                }
            }
        } catch is CancellationError {
            // Told to stop.
        }
    }

    /// - Throws: only when it is told to stop.
    private func logging(_ failed: String, _ work: () async throws -> Int) async throws {
        do {
            _ = try await work()
        } catch let cancelled as CancellationError {
            throw cancelled
        } catch {
            logger.error("\(failed): \(error)")
        }
    }
}
