import Foundation
import Hummingbird
import Throughline

/// Searching in what the viewer may read.
struct SearchRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/search", use: show)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let typed = request.searched("q", most: Limit.line).trimmingCharacters(in: .whitespacesAndNewlines)
        return SearchPage(
            typed: typed, results: try await product.search.results(for: typed, as: context.viewer),
            viewer: context.viewer, today: Day(product.now(), in: context.viewer.timeZone), hasKeys: context.hasKeys
        ).page.response(in: context)
    }
}
