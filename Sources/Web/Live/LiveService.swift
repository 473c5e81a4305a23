import Live
public import Logging
public import ServiceLifecycle
import Storage
public import Throughline

/// Keeps the live pages going: hears what is written anywhere, lets presences run out, and gives signs of life.
public struct LiveService: Service {
    private let product: Product
    private let logger: Logger
    private let pace: Duration

    /// One sign of life in so many turns.
    private static let turnsABeat = 10

    /// - Parameter pace: how often it looks round.
    public init(product: Product, logger: Logger, pace: Duration = .seconds(2)) {
        self.product = product
        self.logger = logger
        self.pace = pace
    }

    public func run() async throws {
        product.listen()
        var turn = 0
        while true {
            do { try await cancelWhenGracefulShutdown { try await Task.sleep(for: pace) } } catch { return }
            product.live.expire(at: product.now())
            do {
                try await product.tellDepartures()
            } catch {
                logger.warning("nobody was told who left", metadata: ["error": "\(error)"])
            }
            turn += 1
            guard turn % Self.turnsABeat == 0 else { continue }
            product.live.beat()
            logger.debug("live", metadata: ["followers": "\(product.live.followerCount)"])
        }
    }
}
