import Foundation
import HTTPTypes
import Hummingbird
import Throughline

/// What is the same whoever asks: health and assets. These come before anybody is asked who they are, so that a probe or
/// a picture costs no query.
struct ImpersonalRoutes {
    private let writes: WriteProof

    init(product: Product) { writes = WriteProof(of: product.database) }

    func add(to router: Router<PageContext>) {
        router.get("/healthz") { _, _ in "ok\n" }
        router.get("/readyz", use: ready)
        router.get("/assets/{name}", use: asset)
        router.get("/service-worker.js", use: serviceWorker)
    }

    private func ready(_ request: Request, _ context: PageContext) async throws -> String {
        try await writes.check()
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
}

/// Pages that belong to no practice: colours, help, who can read what.
struct PageRoutes {
    func add(to open: RouterGroup<PageContext>) {
        open.get("/offline") { _, context in OfflinePage().page.response(in: context.anonymous) }
        open.post("/theme", use: chooseTheme)
        open.post("/keys", use: chooseKeys)
        open.get("/help") { _, context in HelpPage(hasKeys: context.hasKeys).page.response(in: context) }
        open.get("/privacy") { _, context in
            PrivacyPage(company: context.viewer?.company).page.response(in: context)
        }
    }

    private func chooseTheme(_ request: Request, _ context: PageContext) async throws -> Response {
        let form = try await request.form(in: context)
        return remembering(
            "theme", (Theme(rawValue: form["theme"]) ?? .auto).rawValue,
            on: request.pageBefore(at: context.address) ?? .today)
    }

    private func chooseKeys(_ request: Request, _ context: PageContext) async throws -> Response {
        let form = try await request.form(in: context)
        return remembering("keys", form["keys"] == "off" ? "off" : "on", on: .help, at: "keyboard")
    }

    /// Keeps a choice on this device for a year.
    private func remembering(_ name: String, _ choice: String, on page: Path, at fragment: String? = nil) -> Response {
        var response = redirect(to: page, fragment: fragment)
        response.headers.append(
            .init(
                name: .setCookie, value: "\(name)=\(choice); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"))
        return response
    }
}
