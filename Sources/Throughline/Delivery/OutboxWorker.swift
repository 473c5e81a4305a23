import Foundation
public import Logging
public import Mail
import Storage

/// Sends what is in the outbox, and tries again what could not be sent.
///
/// Several servers may run one each on the same database: a message is claimed before it is sent, so that no
/// two send it. What is sure and what is not:
/// - A message is never lost: it stays in the outbox until a server took charge of it or it is marked as failed.
/// - Once a server has said yes, it is never sent again, as long as the yes can be written down before the claim runs
///   out (``claimLength``); the worker keeps trying to.
/// - Without an answer nobody knows. Such a message, and one whose worker was killed, is sent again under the same
///   Message-ID, at most ``DeliveryPatience/unsureAttempts`` times in all. So mail goes out at least once.
public struct OutboxWorker: Sendable {
    /// Hands over one message.
    public typealias Deliver = @Sendable (Message) async throws(MailError) -> Void

    /// How long a message stays with the worker that claimed it, in seconds. Much longer than a delivery may
    /// take (``SMTPSettings/timeout``), so that clocks of servers may differ by a few minutes.
    static let claimLength: TimeInterval = 300
    /// How many messages are under way at once.
    static let width = 8

    private let product: Product
    private let from: MailAddress
    private let deliver: Deliver
    private let forgetsSecrets: Bool
    private let logger: Logger
    /// The host in Message-IDs: that of the product's address.
    private let host: String

    /// A worker that sends by `transport`.
    /// - Parameter from: whom mail comes from.
    public init(product: Product, from: MailAddress, transport: MailTransport, logger: Logger) {
        let isServer = if case .smtp = transport { true } else { false }
        self.init(product: product, from: from, forgetsSecrets: isServer, logger: logger) {
            message throws(MailError) in try await transport.deliver(message)
        }
    }

    /// A worker that sends by calling `deliver`.
    /// - Parameter forgetsSecrets: whether letters with secret links are emptied once they are sent, as nobody needs
    ///   them here any more.
    init(
        product: Product, from: MailAddress, forgetsSecrets: Bool = false, logger: Logger,
        deliver: @escaping Deliver
    ) {
        self.product = product
        self.from = from
        self.forgetsSecrets = forgetsSecrets
        self.logger = logger
        self.deliver = deliver
        host = MessageID("", at: URL(string: product.address)?.host() ?? "").host
    }

    /// Sends until `pause` throws, which is how it is told to stop: what is under way is finished first.
    /// Cancelling the task ends what is under way too, as far as it can be called back.
    /// - Parameter pause: waits for so long between two looks into the outbox.
    public func run(
        pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async {
        while true {
            let wait: Duration
            do {
                // After a full round there may be more; otherwise the next is soon after something was
                // queued.
                wait = try await sendDue() == Self.width ? .milliseconds(1) : .seconds(2)
            } catch {
                if !(error is CancellationError) {
                    logger.warning("mail can’t be read from the database", metadata: ["error": "\(error)"])
                }
                wait = .seconds(15)
            }
            do { try await pause(wait) } catch { return }
        }
    }

    /// Sends some of what is due, and waits for it.
    /// - Returns: how many messages were tried.
    /// - Throws: `StorageError` when the outbox can't be read. What goes wrong with a message is noted with it.
    @discardableResult
    public func sendDue() async throws -> Int {
        let now = product.now()
        // Reading is cheap; most of the time there is nothing.
        guard try await product.database.read({ tx in try Outbox.isAnythingDue(at: now, in: tx) }) else {
            return 0
        }
        let until = now.addingTimeInterval(Self.claimLength)
        let claims = try await product.database.write { [host] tx in
            try Outbox.claim(atMost: Self.width, until: until, host: host, at: now, in: tx)
        }
        await withTaskGroup { group in
            for claim in claims { group.addTask { await send(claim) } }
        }
        return claims.count
    }

    // MARK: One message

    private func send(_ claim: Outbox.Claim) async {
        do throws(MailError) {
            try await handOver(claim)
            let forgetsWords = forgetsSecrets && Delivery.secretKinds.contains(claim.kind)
            let now = product.now()
            await note(claim) { tx in
                try Outbox.noteSent(claim, forgetsWords: forgetsWords, at: now, in: tx)
            }
        } catch {
            await noteFailure(claim, error)
        }
    }

    private func handOver(_ claim: Outbox.Claim) async throws(MailError) {
        guard claim.unsure < DeliveryPatience.unsureAttempts else {
            throw .uncertain("The server stopped \(claim.unsure) times while sending this.")
        }
        guard let to = MailAddress(name: claim.to.name, email: claim.to.email) else {
            throw .permanent(MailAddress.problem(claim.to.email) ?? "Nothing can be sent to this address.")
        }
        try await deliver(
            Message(
                id: MessageID(claim.messageID) ?? MessageID(claim.id.text, at: host), date: claim.queuedAt,
                from: from, replyTo: MailAddress(name: claim.replyTo.name, email: claim.replyTo.email),
                to: [to],
                subject: claim.subject, text: claim.text, html: claim.html, calendar: claim.calendar,
                attachments: claim.calendar.map { [Self.file($0)] } ?? [],
                unsubscribe: claim.unsubscribe.isEmpty ? nil : URL(string: claim.unsubscribe)))
    }

    /// The same once more as a file, for mail programs that pass over the part (RFC 6047 section 2.4 asks for the part).
    private static func file(_ calendar: Message.CalendarPart) -> Message.Attachment {
        Message.Attachment(
            name: calendar.method == .cancel ? "cancelled.ics" : "invitation.ics", type: "application/ics",
            bytes: Array(calendar.text.utf8))
    }

    private func noteFailure(_ claim: Outbox.Claim, _ error: MailError) async {
        let isUnsure = if case .uncertain = error { true } else { false }
        if Task.isCancelled, case .temporary = error {
            await note(claim) { tx in try Outbox.giveBack(claim, in: tx) }
            return
        }
        let unsure = claim.unsure + (isUnsure ? 1 : 0)
        let triesAgain = DeliveryPatience.triesAgain(after: error, attempts: claim.attempts, unsure: unsure)
        let delay = DeliveryPatience.delay(afterAttempts: claim.attempts, luck: .random(in: 0...1))
        let next = triesAgain ? product.now().addingTimeInterval(delay) : nil
        logger.warning(
            triesAgain ? "mail will be tried again" : "mail was given up",
            metadata: [
                "mail": "\(claim.id)", "kind": "\(claim.kind)", "attempt": "\(claim.attempts)",
                "problem": "\(error.reason)",
            ])
        await note(claim) { tx in
            try Outbox.noteFailure(
                claim, error.description, isUnsure: isUnsure, nextAttemptAt: next, in: tx)
        }
    }

    /// Writes down what became of a message, again and again while the database can't be reached and the
    /// message is still ours. Being told to stop doesn't stop a single try, only their repetition.
    private func note(
        _ claim: Outbox.Claim, _ write: @escaping @Sendable (any Transaction) throws -> Void
    ) async {
        let database = product.database
        let start = ContinuousClock.now
        var wait = Duration.milliseconds(200)
        while true {
            // A task of its own is not cancelled along with this one.
            let result = await Task { try await database.write(write) }.result
            guard case .failure(let error) = result else { return }
            logger.error(
                "what became of mail can’t be written down",
                metadata: ["mail": "\(claim.id)", "error": "\(error)"])
            if Task.isCancelled || ContinuousClock.now - start > .seconds(Self.claimLength) { return }
            try? await Task.sleep(for: wait)
            wait = min(wait * 2, .seconds(10))
        }
    }
}

extension MessageID {
    /// What comes after the @.
    fileprivate var host: String { text.split(separator: "@").last.map(String.init) ?? "localhost" }
}
