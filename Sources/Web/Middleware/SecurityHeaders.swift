import HTTPTypes
import Hummingbird

/// Headers that every answer has. The policy allows no script but the product's own file and nothing from elsewhere;
/// style attributes are allowed because bars and rails are as long as their numbers say.
struct SecurityHeaders: RouterMiddleware {
    let isSecure: Bool

    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // The preview of a letter has a policy of its own.
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = """
                default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; \
                img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'
                """
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }
}

extension HTTPField.Name {
    static let referrerPolicy = Self.named("Referrer-Policy")
    static let crossOriginOpenerPolicy = Self.named("Cross-Origin-Opener-Policy")
    static let permissionsPolicy = Self.named("Permissions-Policy")
    static let secFetchSite = Self.named("Sec-Fetch-Site")
    static let forwardedProto = Self.named("X-Forwarded-Proto")
    /// By which nginx and others are told to pass a stream on as it comes.
    static let xAccelBuffering = Self.named("X-Accel-Buffering")

    /// A header that swift-http-types doesn't name.
    private static func named(_ name: String) -> Self {
        guard let field = Self(name) else { preconditionFailure("\(name) is no header name") }
        return field
    }
}
