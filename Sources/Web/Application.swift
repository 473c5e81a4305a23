import Foundation
public import Hummingbird
import HummingbirdCore
public import Logging
public import Mail
import NIOCore
import NIOHTTPTypes
public import Storage
import Synchronization
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

/// How long the server waits for a client that says nothing. Each connection takes a descriptor, of which there is an end.
public struct Patience: Sendable {
    /// For the whole head of the first request.
    public var head: Duration
    /// For the whole of a request, once its head is there.
    public var body: Duration
    /// Between requests. Longer than the two minutes that proxies keep a connection for the next one, so that it is they who
    /// close it, and never under a request that is on its way.
    public var idle: Duration

    public init(head: Duration = .seconds(10), body: Duration = .seconds(120), idle: Duration = .seconds(150)) {
        self.head = head
        self.body = body
        self.idle = idle
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
    router.add(middleware: ReadinessCheck(database: product.database))
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

// MARK: Connections

/// Closes a connection whose client doesn't bring its request to an end. Once it has, an answer may take as long as it likes:
/// event streams have no end, and notice by their signs of life that nobody is there any more. Between requests the
/// server's own limit holds.
private final class RequestDeadlines: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let patience: Patience
    private var deadline: Scheduled<Void>?

    init(_ patience: Patience) { self.patience = patience }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { close(context.channel, after: patience.head) }
    }

    func channelActive(context: ChannelHandlerContext) {
        close(context.channel, after: patience.head)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: close(context.channel, after: patience.body)
        case .body: break
        case .end: stop()
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    private func close(_ channel: any Channel, after time: Duration) {
        stop()
        deadline = channel.eventLoop.scheduleTask(in: TimeAmount(time)) { channel.close(promise: nil) }
    }

    private func stop() {
        deadline?.cancel()
        deadline = nil
    }
}

/// Accepts no more connections than there are descriptors for, less what the database, files and mail need. Who comes then
/// waits in the system's queue until somebody goes.
private struct ConnectionLimit: AvailableConnectionsDelegate {
    private let most: Int
    private let logger: Logger
    private var open = 0
    private var nextWarning = ContinuousClock.now

    init(descriptors: Int, logger: Logger) {
        most = max(8, descriptors - min(128, descriptors / 2))
        self.logger = logger
    }

    mutating func connectionOpened() {
        open += 1
        guard open >= most, ContinuousClock.now >= nextWarning else { return }
        nextWarning = .now + .seconds(600)
        logger.warning(
            """
            \(open) connections are open, as many as the limit for open files leaves room for. New ones wait. Raise it: \
            LimitNOFILE in the systemd unit, or ulimit -n.
            """)
    }

    mutating func connectionClosed() { open -= 1 }

    func isAcceptingNewConnections() -> Bool { open < most }
}

// MARK: Readiness

/// Proves that the database takes writes, by one that changes nothing.
/// - Throws: ``StorageError`` when it doesn't: the file or its folder is not to be written to, or the disk is full.
public func proveWritable(_ database: any Database) async throws {
    try await database.write { tx in try tx.runScript("update migration set name = name where number = 1") }
}

/// Lets `/readyz` say that all is well only when the database takes writes. A write costs more than monitoring is worth, so
/// what is found holds for a few seconds, however often it is asked.
private struct ReadinessCheck: RouterMiddleware {
    let database: any Database
    private let found = Found()

    init(database: any Database) { self.database = database }

    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        if request.uri.path == "/readyz" { try await check() }
        return try await next(request, context)
    }

    private func check() async throws {
        let now = ContinuousClock.now
        if let last = found.last.withLock({ $0 }), now - last < .seconds(5) { return }
        try await proveWritable(database)
        found.last.withLock { $0 = now }
    }

    /// When a write last succeeded. Only good news is kept.
    private final class Found: Sendable {
        let last = Mutex<ContinuousClock.Instant?>(nil)
    }
}
