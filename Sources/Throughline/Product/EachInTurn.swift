extension Sequence where Element: Sendable {
    /// Does something for each, one after the other. Where it fails for one, the others still have their turn: what is
    /// done again every minute must not stop at the same one each time.
    /// - Throws: the first failure, once all have had their turn; `CancellationError` at once.
    func eachInTurn(_ work: (Element) async throws -> Void) async throws {
        var failure: (any Error)?
        for element in self {
            do {
                try await work(element)
            } catch let cancelled as CancellationError {
                throw cancelled
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }
}
