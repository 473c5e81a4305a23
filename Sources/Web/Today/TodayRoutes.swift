import Hummingbird
import Markup
import Throughline

/// Today: what needs me, the next session and how ready it is, and what is owed to me.
struct TodayRoutes {
    let product: Product

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/", use: show)
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        Page(title: "Today", place: .today, main: "<h1>Today</h1>").response(in: context)
    }
}
