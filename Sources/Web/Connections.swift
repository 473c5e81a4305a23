// How many connections there may be, and how long each may keep silent.
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

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

/// Closes a connection whose client doesn't bring its request to an end. Once it has, an answer may take as long as it likes:
/// event streams have no end, and notice by their signs of life that nobody is there any more. Between requests the
/// server's own limit holds.
final class RequestDeadlines: ChannelInboundHandler, RemovableChannelHandler {
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
struct ConnectionLimit: AvailableConnectionsDelegate {
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
