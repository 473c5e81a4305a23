// Hands messages to a mail server.

import Foundation
import Synchronization

/// Sends by SMTP (RFC 5321). Each call opens a connection of its own, on a thread of its own, so that a slow
/// server holds up nobody else.
public struct SMTPClient: Sendable {
    public let settings: SMTPSettings

    public init(_ settings: SMTPSettings) {
        self.settings = settings
    }

    /// Sends an encoded message to all of `to`, or to none when the server refuses one of them.
    ///
    /// Returns once the server has taken charge of the message. Cancelling the task ends the attempt unless
    /// the whole message was handed over already: then the answer is waited for.
    ///
    /// - Parameters:
    ///   - bytes: as `Message.encoded()` gives them: ASCII, CRLF line ends, lines of at most 998.
    ///   - from: the address that failure notices go to.
    public func send(_ bytes: [UInt8], from: String, to: [String]) async throws(MailError) {
        if to.isEmpty { throw .permanent("The message has nobody to go to.") }
        for address in [from] + to {
            if let problem = MailAddress.problem(address) { throw .permanent("“\(address)”: \(problem)") }
        }
        if let problem = Self.problem(bytes) { throw .permanent(problem) }
        try await run(SMTPSession.Errand(sender: from, recipients: to, bytes: bytes))
    }

    /// Connects, secures the connection, signs in and leaves again, without sending anything: to find out
    /// whether the settings work.
    public func check() async throws(MailError) {
        try await run(nil)
    }

    private func run(_ errand: SMTPSession.Errand?) async throws(MailError) {
        if let problem = settings.problem { throw .temporary(problem) }
        let stop = StopSignal()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (done: CheckedContinuation<Result<Void, MailError>, Never>) in
                let thread = Thread {
                    let session = SMTPSession(settings, errand, stop)
                    done.resume(returning: session.perform())
                    // Says goodbye to the server, which nobody needs to wait for.
                    session.close()
                }
                thread.name = "SMTP"
                thread.start()
            }
        } onCancel: {
            stop.raise()
        }
        try result.get()
    }

    /// Bytes that servers would read in different ways are not sent at all (RFC 5321 sections 2.3.8 and
    /// 4.5.3.1.6): a lone line feed beside a dot can end a message early.
    private static func problem(_ bytes: [UInt8]) -> String? {
        var length = 0
        var previous: UInt8 = 0
        for byte in bytes {
            let endsLine = byte == UInt8(ascii: "\n")
            if endsLine != (previous == UInt8(ascii: "\r")) {
                return "The message has a line break that is not CRLF."
            }
            if byte == 0 || byte >= 0x80 { return "The message has an octet that is not ASCII." }
            length = endsLine ? 0 : length + 1
            if length > 999 { return "The message has a line of more than 998 characters." }
            previous = byte
        }
        if previous == UInt8(ascii: "\r") { return "The message has a line break that is not CRLF." }
        return nil
    }
}

/// Tells a session on another thread that its answer is no longer wanted.
final class StopSignal: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }

    func raise() { raised.store(true, ordering: .relaxed) }
}
