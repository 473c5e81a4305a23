import Foundation
public import Hummingbird
public import Logging
public import Mail
import NIOCore
public import Storage
public import Throughline

/// How the product shows itself on the web.
public struct WebSettings: Sendable {
    public var host: String
    public var port: Int
    /// Where mail goes, for administrators to read.
    public var mail: MailTransport
    /// How many files and connections the process may have open.
    public var descriptors: Int
    public var patience: Patience

    public init(
        host: String = "127.0.0.1", port: Int = 8080, mail: MailTransport = .folder("data/mail"),
        descriptors: Int = 1024, patience: Patience = Patience()
    ) {
        self.host = host
        self.port = port
        self.mail = mail
        self.descriptors = descriptors
        self.patience = patience
    }

    /// In words, why a server with these settings could not listen; nil when `error` is about something else.
    public func reasonNotToListen(_ error: any Error) -> String? {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            "Port \(port) on \(host) is taken by another program. Stop that one, or choose another port with --port."
        case EACCES:
            "Port \(port) is for the administrator of the machine. Choose one from 1024 on with --port."
        case EADDRNOTAVAIL:
            "\(host) is no address of this machine. Choose another with --host, such as 127.0.0.1."
        case .some:
            nil
        case nil:
            "\(error)".contains("host") && !(error is StorageError)
                ? "The host \(host) can't be found. Choose another with --host, such as 127.0.0.1." : nil
        }
    }
}

/// Puts the web application together: every route and every middleware is named here and nowhere else.
///
/// - Parameter whenListening: called once, as soon as the server can be reached.
public func buildApplication(
    product: Product, settings: WebSettings, logger: Logger,
    whenListening: @escaping @Sendable () async -> Void = {}
) -> some ApplicationProtocol {
    let patience = settings.patience
    return Application(
        router: buildRouter(product: product, mail: settings.mail),
        server: .http1(
            configuration: .init(
                additionalChannelHandlers: [RequestDeadlines(patience)], idleTimeout: TimeAmount(patience.idle))),
        configuration: .init(
            address: .hostname(settings.host, port: settings.port), serverName: nil,
            availableConnectionsDelegate: ConnectionLimit(descriptors: settings.descriptors, logger: logger)),
        onServerRunning: { _ in await whenListening() },
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
    router.add(middleware: OriginCheck(address: product.address))
    ImpersonalRoutes(product: product).add(to: router)
    router.add(middleware: Authentication(product: product, cookie: cookie))
    // Once more: whoever is signed in reads what went wrong within the frame that they know.
    router.add(middleware: ErrorPages())

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
    PasswordRoutes(product: product, cookie: cookie, isMailed: mail.isServer).add(to: open)
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
    MadeLinkRoutes(product: product, isMailed: mail.isServer).add(to: signedIn)
    MailRoutes(product: product, transport: mail).add(to: signedIn)
    router.addWaysBack()
    return router
}
