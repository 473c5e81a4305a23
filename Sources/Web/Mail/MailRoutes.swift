import Hummingbird
import Mail
import Storage
import Throughline

/// What became of mail, for administrators.
struct MailRoutes {
    let product: Product
    let transport: MailTransport

    func add(to signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("/mail", use: list)
        signedIn.post("/mail/{id}/retry", use: retry)
    }

    private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = request.uri.queryParameters
        let search = DeliverySearch(
            state: query["state"].flatMap { Delivery.State(rawValue: String($0)) },
            before: query["before"].flatMap { ID<Delivery>($0) })
        return MailPage(
            found: try await product.deliveries.page(search, as: context.viewer), search: search,
            transport: transport, viewer: context.viewer, now: product.now()
        ).page.response(in: context)
    }

    private func retry(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard let id = context.parameters.get("id").flatMap({ ID<Delivery>($0) }) else { throw NotFound() }
        let wasGivenUp = try await product.deliveries.retry(id, as: context.viewer)
        return redirect(
            to: .mail(.init()), fragment: "m-\(id)",
            saying: wasGivenUp ? "It is tried again within seconds." : "It had not been given up.")
    }
}

extension MailTransport {
    /// Whether mail reaches people; elsewhere it only becomes files.
    var isServer: Bool { if case .smtp = self { true } else { false } }
}
