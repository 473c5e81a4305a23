public import Hummingbird
public import Logging
public import Mail
public import Throughline

/// How the product shows itself on the web.
public struct WebSettings: Sendable {
    public var host: String
    public var port: Int
    /// Where mail goes, for administrators to read.
    public var mail: MailTransport

    public init(host: String = "127.0.0.1", port: Int = 8080, mail: MailTransport = .folder("data/mail")) {
        self.host = host
        self.port = port
        self.mail = mail
    }
}

/// Puts the web application together: every route and every middleware is named here and nowhere else.
public func buildApplication(
    product: Product, settings: WebSettings, logger: Logger
) -> some ApplicationProtocol {
    Application(
        router: buildRouter(product: product, mail: settings.mail),
        configuration: .init(
            address: .hostname(settings.host, port: settings.port), serverName: nil),
        logger: logger)
}

/// The routes, for the application and for the test that holds each of them against the access table.
func buildRouter(
    product: Product, mail: MailTransport = WebSettings().mail
) -> Router<PageContext> {
    let isSecure = product.address.hasPrefix("https://")
    let cookie = SignInCookie(isSecure: isSecure)

    let router = Router(context: PageContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: SecurityHeaders(isSecure: isSecure))
    router.add(middleware: ErrorPages())
    router.add(middleware: OriginCheck())
    ImpersonalRoutes(product: product).add(to: router)
    router.add(middleware: Authentication(product: product, cookie: cookie))

    let open = router.group()
    let signedIn = router.group().group(context: SignedInContext.self)
    PageRoutes().add(to: open)
    TodayRoutes(product: product).add(to: signedIn)
    SearchRoutes(product: product).add(to: signedIn)
    GoalRoutes(product: product).add(to: signedIn)
    CycleRoutes(product: product).add(to: signedIn)
    ExchangeRoutes(product: product).add(to: signedIn)
    CheckInLinkRoutes(product: product).add(to: open)
    SignInRoutes(product: product, cookie: cookie).add(to: open, signedIn)
    SetUpRoutes(product: product, cookie: cookie).add(to: open)
    InvitationRoutes(product: product, cookie: cookie).add(to: open)
    PasswordRoutes(product: product, cookie: cookie).add(to: open)
    ReminderRoutes(product: product).add(to: open)
    SettingsRoutes(product: product, cookie: cookie).add(to: signedIn)
    CalendarRoutes(product: product).add(to: open, signedIn)
    UploadRoutes(product: product).add(to: signedIn)
    PeopleRoutes(product: product).add(to: signedIn)
    TeamRoutes(product: product).add(to: signedIn)
    SessionRoutes(product: product).add(to: signedIn)
    SeriesRoutes(product: product).add(to: signedIn)
    PreparationRoutes(product: product).add(to: signedIn)
    RunRoutes(product: product).add(to: signedIn)
    LiveRoutes(product: product).add(to: signedIn)
    RecapRoutes(product: product).add(to: signedIn)
    CommitmentRoutes(product: product).add(to: signedIn)
    CoachRoutes(product: product).add(to: signedIn)
    MailRoutes(product: product, transport: mail).add(to: signedIn)
    router.addWaysBack()
    return router
}
