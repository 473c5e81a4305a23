// One conversation with a mail server, held by libcurl on the calling thread.

import CCurl
import Foundation

/// Not `Sendable`: made, used and closed on one thread. A class, because libcurl's callbacks need something
/// that stays in its place.
final class SMTPSession {
    /// What to deliver.
    struct Errand: Sendable {
        let sender: String
        let recipients: [String]
        let bytes: [UInt8]
    }

    /// How far the conversation has come, as far as it matters for judging a failure.
    private enum Stage: Equatable {
        case connecting, greeting, securing, signingIn, sender
        case recipient(Int)
        case announcing, content
        /// libcurl has asked for more and been told that there is none: the final dot is on its way.
        case handedOver

        /// Whether a refusal at this stage is about the message rather than about us and our settings.
        var isAboutMessage: Bool {
            switch self {
            case .connecting, .greeting, .securing, .signingIn: false
            case .sender, .recipient, .announcing, .content, .handedOver: true
            }
        }
    }

    private struct Reply {
        var code: Int
        var text: String
    }

    private let settings: SMTPSettings
    private let errand: Errand?
    private let stop: StopSignal
    private let handle: UnsafeMutableRawPointer?
    private let errorText: UnsafeMutablePointer<CChar>
    private var recipientList: UnsafeMutablePointer<curl_slist>?
    private var stage = Stage.connecting
    /// The server's answer to the last thing that we said, if it has come.
    private var reply: Reply?
    private var isOver = false
    private var position = 0

    /// libcurl must be set up once before its first use; 7.84 and later do it safely from any thread.
    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init(_ settings: SMTPSettings, _ errand: Errand?, _ stop: StopSignal) {
        self.settings = settings
        self.errand = errand
        self.stop = stop
        handle = Self.libraryIsReady ? curl_easy_init() : nil
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    /// Ends the connection politely. Nothing may be asked of the session afterwards.
    func close() {
        if let handle { curl_easy_cleanup(handle) }
        curl_slist_free_all(recipientList)
        errorText.deallocate()
    }

    func perform() -> Result<Void, MailError> {
        guard let handle else { return .failure(.temporary("libcurl could not be set up on this machine.")) }
        blockBrokenPipeSignal()
        let configured = configure(handle)
        guard configured == CURLE_OK else {
            return .failure(.temporary("libcurl refused a setting (\(Self.name(of: configured)))."))
        }
        return outcome(curl_easy_perform(handle))
    }

    /// Writing to a connection that the server has closed must not end the process. libcurl's own guard
    /// works on the whole process and is off (CURLOPT_NOSIGNAL); this thread ends with the session.
    private func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    // MARK: Settings

    private func configure(_ handle: UnsafeMutableRawPointer) -> CURLcode {
        let milliseconds = Int((settings.timeout * 1000).rounded(.up))
        let seconds = Int(settings.timeout.rounded(.up))
        let context = Unmanaged.passUnretained(self).toOpaque()
        var strings: [(CURLoption, String)] = [
            (CURLOPT_URL, url), (CURLOPT_PROTOCOLS_STR, "smtp,smtps"), (CURLOPT_PROXY, ""),
        ]
        if let user = settings.user { strings.append((CURLOPT_USERNAME, user)) }
        if let password = settings.password {
            strings.append((CURLOPT_PASSWORD, password))
            // Otherwise libcurl prefers Kerberos and NTLM where a server names them, and fails without them.
            strings.append((CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN"))
        }
        if let file = settings.certificateFile { strings.append((CURLOPT_CAINFO, file)) }
        var numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_VERBOSE, 1), (CURLOPT_NOPROGRESS, 0),
            (CURLOPT_TIMEOUT_MS, milliseconds), (CURLOPT_CONNECTTIMEOUT_MS, milliseconds),
            (CURLOPT_SERVER_RESPONSE_TIMEOUT, seconds),
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
        ]
        if settings.security == .startTLS { numbers.append((CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))) }
        if let errand {
            strings.append((CURLOPT_MAIL_FROM, "<\(errand.sender)>"))
            numbers.append((CURLOPT_UPLOAD, 1))
            recipientList = errand.recipients.reduce(nil) { curl_slist_append($0, "<\($1)>") }
        } else {
            strings.append((CURLOPT_CUSTOMREQUEST, "NOOP"))
            numbers.append((CURLOPT_NOBODY, 1))
        }
        var codes = strings.map { ccurl_set_string(handle, $0, $1) }
        codes += numbers.map { ccurl_set_long(handle, $0, $1) }
        codes += [
            ccurl_set_list(handle, CURLOPT_MAIL_RCPT, recipientList),
            ccurl_set_error_buffer(handle, errorText),
            ccurl_set_read(handle, readContent, context),
            ccurl_set_write(handle, dropOutput, context),
            ccurl_set_debug(handle, noteExchange, context),
            ccurl_set_progress(handle, noteProgress, context),
        ]
        return codes.first { $0 != CURLE_OK } ?? CURLE_OK
    }

    /// The path, if any, is the name that libcurl greets with.
    private var url: String {
        let scheme = settings.security == .tls ? "smtps" : "smtp"
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        return "\(scheme)://\(host):\(settings.port)/\(settings.clientName ?? "")"
    }

    // MARK: What libcurl tells us

    /// The next piece of the message; 0 octets mean that there is no more.
    fileprivate func read(into buffer: UnsafeMutableRawPointer, capacity: Int) -> Int {
        guard let bytes = errand?.bytes else { return 0 }
        let count = min(capacity, bytes.count - position)
        stage = count == 0 ? .handedOver : .content
        reply = nil
        UnsafeMutableRawBufferPointer(start: buffer, count: capacity)
            .copyBytes(from: bytes[position..<position + count])
        position += count
        return count
    }

    /// Follows the commands. Only their first word is looked at: the rest may be a password.
    fileprivate func noteSent(_ command: String) {
        // What comes after the goodbye does not count any more.
        if isOver || command.hasPrefix("QUIT\r\n") {
            isOver = true
            return
        }
        reply = nil
        if command.hasPrefix("EHLO ") || command.hasPrefix("HELO ") { stage = .greeting }
        if command.hasPrefix("STARTTLS") { stage = .securing }
        if command.hasPrefix("AUTH ") { stage = .signingIn }
        if command.hasPrefix("MAIL FROM:") { stage = .sender }
        if command.hasPrefix("RCPT TO:") {
            if case .recipient(let index) = stage {
                stage = .recipient(index + 1)
            } else {
                stage = .recipient(0)
            }
        }
        if case .recipient = stage, command.hasPrefix("DATA\r\n") { stage = .announcing }
    }

    /// Collects an answer, which may take several lines (RFC 5321 section 4.2.1).
    fileprivate func noteReceived(_ line: String) {
        guard !isOver, let code = Int(line.prefix(3)), (200...599).contains(code) else { return }
        let text = String(line.dropFirst(4))
        if reply?.code == code { reply?.text += " \(text)" } else { reply = Reply(code: code, text: text) }
    }

    /// An answer that is on its way is always waited for: without it nobody knows whether to send again.
    fileprivate var wantsToStop: Bool {
        stop.isRaised && stage != .handedOver
    }

    // MARK: Judgement

    private func outcome(_ code: CURLcode) -> Result<Void, MailError> {
        if code == CURLE_OK { return .success(()) }
        if let reply {
            if stage == .handedOver, (200...299).contains(reply.code) { return .success(()) }
            if reply.code >= 400 { return .failure(refusal(reply)) }
        }
        if stage == .handedOver {
            return .failure(
                .uncertain("\(server) took the whole message but did not answer (\(detail(code)))."))
        }
        return .failure(.temporary(failure(code)))
    }

    private func refusal(_ reply: Reply) -> MailError {
        let answer = "“\(reply.code) \(quotable(reply.text))”"
        // RFC 4954 section 6: all of these say that we, not the message, have to change.
        if stage == .signingIn || [530, 534, 535, 538].contains(reply.code) {
            return .temporary("\(server) refused the sign-in: \(answer). Check the mail user and password.")
        }
        if reply.code < 500 { return .temporary("\(server) put off \(subject): \(answer).") }
        if stage.isAboutMessage { return .permanent("\(server) refused \(subject): \(answer).") }
        return .temporary("\(server) refused \(subject): \(answer). Check the mail settings.")
    }

    /// What an answer was about.
    private var subject: String {
        switch stage {
        case .connecting: return "the connection"
        case .greeting: return "our greeting"
        case .securing: return "STARTTLS"
        case .signingIn: return "the sign-in"
        case .sender: return "the sender \(errand?.sender ?? "")"
        case .recipient(let index):
            guard let errand, errand.recipients.indices.contains(index) else { return "a recipient" }
            return "the recipient \(errand.recipients[index])"
        case .announcing, .content, .handedOver: return "the message"
        }
    }

    private func failure(_ code: CURLcode) -> String {
        switch code {
        case CURLE_ABORTED_BY_CALLBACK:
            "The attempt was stopped before the message was handed over."
        case CURLE_COULDNT_RESOLVE_HOST:
            "No address was found for the mail server \(settings.host). Check its name."
        case CURLE_COULDNT_CONNECT:
            "\(server) cannot be reached (\(detail(code))). Check that it runs, and its host and port."
        case CURLE_OPERATION_TIMEDOUT:
            "\(server) did not finish within the time-out of \(Int(settings.timeout.rounded(.up))) s."
        case CURLE_USE_SSL_FAILED:
            "\(server) does not offer STARTTLS, without which nothing is sent. Check the mail security."
        case CURLE_PEER_FAILED_VERIFICATION:
            "The certificate of \(server) is not to be trusted (\(detail(code)))."
        case CURLE_SSL_CACERT_BADFILE:
            "The file of trusted mail certificates cannot be read (\(detail(code)))."
        case CURLE_SSL_CONNECT_ERROR:
            "No secure connection to \(server) was made (\(detail(code))). Check the mail security and port."
        case CURLE_LOGIN_DENIED:
            "\(server) offers no way to sign in that we know (\(detail(code)))."
        default:
            "The connection to \(server) ended before the message was handed over (\(detail(code)))."
        }
    }

    private var server: String { "\(settings.host):\(settings.port)" }

    private func detail(_ code: CURLcode) -> String {
        let text = quotable(String(cString: errorText))
        return text.isEmpty ? Self.name(of: code) : text
    }

    private static func name(of code: CURLcode) -> String {
        curl_easy_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
    }

    /// Foreign text made fit for a log: short, on one line, and without the password in any form sent.
    private func quotable(_ text: String) -> String {
        var text = HeaderField.clean(text)
        let user = settings.user ?? ""
        let password = settings.password ?? ""
        let secrets = [
            password, Data(password.utf8).base64EncodedString(),
            Data("\0\(user)\0\(password)".utf8).base64EncodedString(),
        ]
        for secret in secrets where !password.isEmpty {
            text = text.replacingOccurrences(of: secret, with: "[password]")
        }
        return text.count > 300 ? "\(text.prefix(300))…" : text
    }
}

// MARK: libcurl's callbacks

// Each gets the session back from the context pointer, which `perform` keeps alive.

private func session(_ context: UnsafeMutableRawPointer?) -> SMTPSession? {
    context.map { Unmanaged<SMTPSession>.fromOpaque($0).takeUnretainedValue() }
}

private let readContent: curl_read_callback = { buffer, size, count, context in
    guard let session = session(context), let buffer else { return Int(CURL_READFUNC_ABORT) }
    return session.read(into: buffer, capacity: size * count)
}

private let dropOutput: curl_write_callback = { _, size, count, _ in size * count }

private let noteExchange: curl_debug_callback = { _, kind, bytes, count, context in
    guard let session = session(context), let bytes else { return 0 }
    guard kind == CURLINFO_HEADER_IN || kind == CURLINFO_HEADER_OUT else { return 0 }
    let text = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    if kind == CURLINFO_HEADER_OUT {
        session.noteSent(text)
    } else {
        for line in text.split(whereSeparator: \.isNewline) { session.noteReceived(String(line)) }
    }
    return 0
}

private let noteProgress: curl_xferinfo_callback = { context, _, _, _, _ in
    session(context)?.wantsToStop == true ? 1 : 0
}
