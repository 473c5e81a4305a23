import HTTPTypes
import Hummingbird

/// Refuses writes that another site's page sends (cross-site request forgery), by what the browser itself says of
/// where a request comes from. Browsers too old for `Sec-Fetch-Site` send `Origin`; a client that sends neither is no
/// browser and carries no cookie by accident.
///
/// Besides the host that the request names, the configured address counts as here: a proxy in front may pass on another
/// host than the one that the browser knows.
struct OriginCheck: RouterMiddleware {
    /// Where people reach the product: scheme, host and port.
    let address: String

    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard isSafe(request) else {
            throw HTTPError(.forbidden, message: "This form was sent from another site. Nothing was changed.")
        }
        return try await next(request, context)
    }

    private func isSafe(_ request: Request) -> Bool {
        if [.get, .head, .options].contains(request.method) { return true }
        if let site = request.headers[.secFetchSite] { return site == "same-origin" || site == "none" }
        guard let origin = request.headers[.origin] else { return true }
        if origin == address { return true }
        guard let host = request.head.authority else { return false }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }
}
