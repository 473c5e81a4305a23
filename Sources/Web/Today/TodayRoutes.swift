import Hummingbird
import Throughline

/// Today: what needs me, the next session and how ready it is, and what was promised.
struct TodayRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/", use: show)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let view = try await product.today.view(for: context.viewer)
        return TodayPage(viewer: context.viewer, view: view).page.response(in: context)
    }
}
