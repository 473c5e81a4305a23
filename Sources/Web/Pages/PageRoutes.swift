import Foundation
import HTTPTypes
import Hummingbird
import Throughline

/// Pages that belong to no practice: health, assets, colours, help, who can read what.
struct PageRoutes {
    let product: Product

    func add(to open: RouterGroup<PageContext>) {
        open.get("/healthz") { _, _ in "ok\n" }
        open.get("/readyz", use: ready)
        open.get("/assets/{name}", use: asset)
        open.get("/service-worker.js", use: serviceWorker)
        open.get("/offline") { _, context in OfflinePage().page.response(in: context.anonymous) }
        open.post("/theme", use: chooseTheme)
        open.get("/help") { _, context in HelpPage().page.response(in: context) }
        open.get("/privacy") { _, context in
            PrivacyPage(company: context.viewer?.company).page.response(in: context)
        }
    }

    private func ready(_ request: Request, _ context: PageContext) async throws -> String {
        try await product.checkDatabase()
        return "ready\n"
    }

    private func asset(_ request: Request, _ context: PageContext) throws -> Response {
        guard let response = Assets.response(for: request.uri.path) else { throw NotFound() }
        return response
    }

    /// At the root, because a service worker only sees pages below its own address.
    private func serviceWorker(_ request: Request, _ context: PageContext) throws -> Response {
        guard var response = Assets.response(for: Assets.serviceWorker) else { throw NotFound() }
        response.headers[.cacheControl] = "no-cache"
        return response
    }

    private func chooseTheme(_ request: Request, _ context: PageContext) async throws -> Response {
        let form = try await request.form(in: context)
        let theme = Theme(rawValue: form["theme"]) ?? .auto
        var response = redirect(to: request.refererPath)
        response.headers.append(
            .init(
                name: .setCookie,
                value: "theme=\(theme.rawValue); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"))
        return response
    }
}

extension Request {
    /// The page of this product that the request was sent from; Today if it can't be told.
    var refererPath: Path {
        guard let referer = headers[.referer], let host = head.authority,
            let range = referer.range(of: "://\(host)/")
        else { return .today }
        return Path.local("/" + referer[range.upperBound...]) ?? .today
    }
}
