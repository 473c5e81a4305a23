import HTTPTypes
import Hummingbird
import Live
import Throughline

/// Reads the cookies: who is asking, in which colours, with which keys, and the word to show.
struct Authentication: RouterMiddleware {
    let product: Product
    let cookie: SignInCookie

    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.address = product.address
        context.moment = product.live.moment.description
        let cookies = request.cookies
        context.theme = cookies["theme"].flatMap { Theme(rawValue: $0.value) } ?? .auto
        context.hasKeys = cookies["keys"]?.value != "off"
        context.toast = cookies[Toast.cookieName].flatMap { Toast(cookie: $0.value) }
        if let token = cookies[cookie.name]?.value {
            context.viewer = try await product.signIns.viewer(holding: token)
        }
        return try await next(request, context)
    }
}

/// The cookie that a signed-in browser holds. Behind TLS it is bound to this very host (RFC 6265bis, section 4.1.3).
struct SignInCookie: Sendable {
    let isSecure: Bool

    var name: String { isSecure ? "__Host-throughline" : "throughline" }

    func set(_ token: String) -> HTTPField {
        field(token, maxAge: 400 * 86_400)
    }

    var cleared: HTTPField { field("", maxAge: 0) }

    private func field(_ value: String, maxAge: Int) -> HTTPField {
        HTTPField(
            name: .setCookie,
            value: "\(name)=\(value); Path=/; Max-Age=\(maxAge); HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")")
    }
}
