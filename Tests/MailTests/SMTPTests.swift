// Deliveries to a real mail server process, and to a folder.

import Foundation
import Mail
import TestSupport
import Testing

@Suite("Sending by SMTP")
struct SMTPTests {
    private static let from = "ana@larkfield.example"
    private let peer: MailPeer

    init() async throws {
        peer = try await MailPeer.shared()
    }

    private func client(
        _ port: String, _ security: SMTPSettings.Security = .none, timeout: Double = 20,
        _ change: (inout SMTPSettings) -> Void = { _ in }
    ) throws -> SMTPClient {
        var settings = SMTPSettings(
            host: "127.0.0.1", port: try peer.port(port), security: security, timeout: timeout,
            certificateFile: security == .none ? nil : peer.certificate)
        change(&settings)
        return SMTPClient(settings)
    }

    private func message(to email: String, text: String = "Hello.") throws -> Message {
        let from = try #require(MailAddress(name: "Ana", email: Self.from))
        let to = try #require(MailAddress(name: "Joost", email: email))
        return Message(
            id: MessageID(email.replacing("@", with: "."), at: "throughline.example"), date: Date(),
            from: from,
            to: [to], subject: "Test", text: text)
    }

    private func failure(
        _ client: SMTPClient, to email: String, from: String = Self.from, bytes: [UInt8]? = nil
    ) async throws -> MailError {
        let bytes = try bytes ?? message(to: email).encoded()
        do throws(MailError) {
            try await client.send(bytes, from: from, to: [email])
        } catch {
            return error
        }
        throw PeerFailure(what: "the message to \(email) was delivered")
    }

    // MARK: Delivered

    @Test("A message arrives octet for octet, once, at everyone it is for")
    func intact() async throws {
        let text = "Dots:\n.\n..\n.x\nFrom here\n" + String(repeating: "é–👩‍👩‍👧‍👦 ", count: 3000)
        let message = try message(to: "intact@larkfield.example", text: text)
        let both = ["intact@larkfield.example", "also@larkfield.example"]
        try await client("plain").send(message.encoded(), from: Self.from, to: both)
        let taken = try peer.taken(for: "intact@larkfield.example")
        #expect(taken.count == 1)
        #expect(taken.first?.from == Self.from)
        #expect(taken.first?.to == both)
        #expect(taken.first?.content == Data(message.encoded()))
    }

    @Test("Lines of dots in bytes that others wrote arrive as they were")
    func dots() async throws {
        let bytes = Array(
            (".first\r\nSubject: x\r\n\r\n.\r\n..\r\n" + String(repeating: ".\r\n", count: 70_000)).utf8)
        try await client("plain").send(bytes, from: Self.from, to: ["dots@larkfield.example"])
        #expect(try peer.taken(for: "dots@larkfield.example").map(\.content) == [Data(bytes)])
    }

    @Test("Several megabytes arrive whole")
    func large() async throws {
        var message = try message(to: "large@larkfield.example")
        message.attachments = [
            .init(
                name: "big.bin", type: "application/octet-stream",
                bytes: (0..<3_000_000).map { UInt8($0 & 255) })
        ]
        try await MailTransport.smtp(client("plain").settings).deliver(message)
        #expect(try peer.taken(for: "large@larkfield.example").map(\.content) == [Data(message.encoded())])
    }

    @Test("Twenty messages at a time all arrive")
    func concurrent() async throws {
        let client = try client("plain")
        try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                let message = try message(to: "crowd-\(number)@larkfield.example")
                group.addTask { try await MailTransport.smtp(client.settings).deliver(message) }
            }
            try await group.waitForAll()
        }
        for number in 0..<20 { #expect(try peer.taken(for: "crowd-\(number)@larkfield.example").count == 1) }
    }

    @Test(
        "With STARTTLS the message travels encrypted, after signing in",
        arguments: [
            ("starttls", "PLAIN"), ("login", "LOGIN"),
        ])
    func startTLS(port: String, mechanism: String) async throws {
        let client = try client(port, .startTLS) {
            $0.user = "ana"
            $0.password = "correct horse é \"\\"
            $0.clientName = "throughline.larkfield.example"
        }
        let email = "signed-in-\(port)@larkfield.example"
        try await client.check()
        try await client.send(message(to: email).encoded(), from: Self.from, to: [email])
        let taken = try peer.taken(for: email)
        #expect(taken.map(\.secure) == [true])
        #expect(taken.map(\.mechanism) == [mechanism])
        #expect(taken.map(\.greeting) == ["throughline.larkfield.example"])
    }

    @Test("With implicit TLS the message travels encrypted")
    func implicitTLS() async throws {
        let email = "tls@larkfield.example"
        let client = try client("tls", .tls) { $0.host = "localhost" }
        try await client.send(message(to: email).encoded(), from: Self.from, to: [email])
        #expect(try peer.taken(for: email).map(\.secure) == [true])
    }

    @Test(
        "A server that hangs up after its yes, or says yes in its own way, has the message",
        arguments: ["drop-after-answer@larkfield.example", "odd-yes@larkfield.example"])
    func unusualYes(email: String) async throws {
        try await client("plain").send(message(to: email).encoded(), from: Self.from, to: [email])
        #expect(try peer.taken(for: email).count == 1)
    }

    // MARK: Not delivered for now

    @Test("Nothing is sent over a connection that cannot be trusted or encrypted")
    func untrusted() async throws {
        let email = "untrusted@larkfield.example"
        let stranger = try client("starttls", .startTLS) { $0.certificateFile = nil }
        expect(try await failure(stranger, to: email), .temporary, "certificate")
        let strangerTLS = try client("tls", .tls) { $0.certificateFile = nil }
        expect(try await failure(strangerTLS, to: email), .temporary, "certificate")
        expect(
            try await failure(client("plain", .startTLS), to: email), .temporary, "does not offer STARTTLS")
        expect(try await failure(client("plain", .tls), to: email), .temporary, "secure connection")
        let nowhere = try client("tls", .tls) { $0.certificateFile = "/nowhere.pem" }
        expect(try await failure(nowhere, to: email), .temporary, "certificates")
        #expect(try peer.taken(for: email).isEmpty)
    }

    @Test("A wrong password is a matter of settings, and is not repeated in the reason")
    func wrongPassword() async throws {
        let client = try client("starttls", .startTLS) {
            $0.user = "ana"
            $0.password = "secret-word-1"
        }
        let error = try await failure(client, to: "password@larkfield.example")
        expect(error, .temporary, "refused the sign-in: “535")
        #expect(!error.reason.contains("secret-word-1"))
        await #expect(throws: error) { try await client.check() }
        #expect(!"\(client) \(String(reflecting: client))".contains("secret-word-1"))
        var dumped = ""
        dump(client, to: &dumped)
        #expect(!dumped.contains("secret-word-1"))
    }

    @Test("A server that asks for a sign-in is a matter of settings, even where it refuses the recipient")
    func signInWanted() async throws {
        expect(try await failure(client("plain"), to: "relay@larkfield.example"), .temporary, "sign-in: “530")
        let email = "no-user@larkfield.example"
        expect(try await failure(client("starttls", .startTLS), to: email), .temporary, "sign-in: “530")
    }

    @Test("A password in a server's answer does not reach the reason")
    func echo() async throws {
        let client = try client("plain") {
            $0.user = "ana"
            $0.password = "secret-word-1"
        }
        let error = try await failure(client, to: "echo@larkfield.example")
        expect(error, .temporary, "451")
        #expect(!error.reason.contains("secret-word-1"))
        #expect(!error.reason.contains(Data("secret-word-1".utf8).base64EncodedString()))
    }

    @Test("Nobody at the port, a server too busy, or one that will not talk can be tried again later")
    func unreachable() async throws {
        expect(
            try await failure(client("closed"), to: "a@larkfield.example"), .temporary, "cannot be reached")
        expect(try await failure(client("busy"), to: "a@larkfield.example"), .temporary, "421")
        expect(try await failure(client("unwilling"), to: "a@larkfield.example"), .temporary, "554")
        let unknown = try client("plain") { $0.host = "no-such-host.invalid" }
        expect(try await failure(unknown, to: "a@larkfield.example"), .temporary, "No address was found")
        await #expect(throws: MailError.self) { try await client("closed").check() }
    }

    @Test(
        "A full mailbox or a 4xx at the end can be tried again later",
        arguments: [
            ("full", "452 4.2.2 The mailbox is full"), ("busy-at-end", "451 4.3.0 Try later"),
        ])
    func temporaryAnswer(name: String, answer: String) async throws {
        let error = try await failure(client("plain"), to: "\(name)@larkfield.example")
        expect(error, .temporary, answer)
    }

    /// More than the buffers between the two programs hold, so that sending it takes until it is read.
    private static let endless = Array(String(repeating: "A line of some length.\r\n", count: 700_000).utf8)

    @Test("A connection dropped in the middle of the message can be tried again")
    func dropMidway() async throws {
        let error = try await failure(
            client("plain"), to: "drop-midway@larkfield.example", bytes: Self.endless)
        expect(error, .temporary, "ended before the message was handed over")
    }

    @Test(
        "A server slower than the time-out is given up, and in time",
        arguments: [
            ("silent", "silent"), ("plain", "slow"), ("plain", "stall-midway"),
        ])
    func slow(port: String, name: String) async throws {
        let email = "\(name)@larkfield.example"
        let start = ContinuousClock.now
        let bytes = name == "stall-midway" ? Self.endless : nil
        let error = try await failure(client(port, timeout: 1), to: email, bytes: bytes)
        expect(error, .temporary, "time-out of 1 s")
        #expect(ContinuousClock.now - start < .seconds(25))
    }

    @Test("Cancelling ends an attempt that waits for the server")
    func cancelled() async throws {
        let client = try client("silent", timeout: 30)
        let start = ContinuousClock.now
        let attempt = Task { try await failure(client, to: "cancelled@larkfield.example") }
        try await Task.sleep(for: .milliseconds(300))
        attempt.cancel()
        expect(try await attempt.value, .temporary, "stopped")
        #expect(ContinuousClock.now - start < .seconds(25))
    }

    @Test(
        "Cancelling after the whole message was handed over still waits for the answer",
        .timeLimit(.minutes(15)))
    func cancelledAtEnd() async throws {
        let email = "pause-at-end@larkfield.example"
        let client = try client("plain")
        let bytes = try message(to: email).encoded()
        let attempt = Task { try await client.send(bytes, from: Self.from, to: [email]) }
        // The server has read it all now, and answers three seconds later.
        while try peer.taken(for: email).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        attempt.cancel()
        try await attempt.value
        #expect(try peer.taken(for: email).count == 1)
    }

    @Test("Forty slow servers at a time hold up nobody")
    func poolStaysFree() async throws {
        let slow = try client("silent", timeout: 3)
        let start = ContinuousClock.now
        let attempts = (0..<40).map { _ in Task { try await failure(slow, to: "pool@larkfield.example") } }
        for attempt in attempts { expect(try await attempt.value, .temporary, "time-out of 3 s") }
        // One after another on the few threads of the pool they would take minutes.
        #expect(ContinuousClock.now - start < .seconds(25))
    }

    // MARK: Never delivered

    @Test(
        "A refusal of the sender, the recipient or the message is final",
        arguments: [
            (
                "nobody@larkfield.example",
                "recipient nobody@larkfield.example: “550 5.1.1 Nobody of that name”"
            ),
            ("no-data@larkfield.example", "the message: “503"),
            ("spam@larkfield.example", "the message: “554 5.7.1 That looks like spam”"),
        ])
    func refused(email: String, reason: String) async throws {
        expect(try await failure(client("plain"), to: email), .permanent, reason)
    }

    @Test("A refused sender is final")
    func refusedSender() async throws {
        let from = "refused-sender@larkfield.example"
        let error = try await failure(client("plain"), to: "a@larkfield.example", from: from)
        expect(error, .permanent, "sender \(from): “550")
    }

    @Test("When one of two recipients is refused, nobody gets it and the reason names the one")
    func oneOfTwo() async throws {
        let email = "one-of-two@larkfield.example"
        let bytes = try message(to: email).encoded()
        let both = [email, "nobody@larkfield.example"]
        let client = try client("plain")
        do throws(MailError) {
            try await client.send(bytes, from: Self.from, to: both)
            Issue.record("it was delivered")
        } catch {
            expect(error, .permanent, "recipient nobody@larkfield.example")
        }
        #expect(try peer.taken(for: email).isEmpty)
    }

    @Test("Bytes and addresses that servers would understand in different ways are not sent")
    func malformed() async throws {
        let client = try client("plain")
        let email = "malformed@larkfield.example"
        let long = "Subject: x\r\n\r\n" + String(repeating: "x", count: 999) + "\r\n"
        for text in ["a\n.\nb\r\n", "a\rb\r\n", "a\0b\r\n", "é\r\n", "a\r", long] {
            await #expect(throws: MailError.self) {
                try await client.send(Array(text.utf8), from: Self.from, to: [email])
            }
        }
        let bytes = try message(to: email).encoded()
        for to in [[], [email, "x@y.example>\r\nDATA"], ["é@larkfield.example"]] {
            await #expect(throws: MailError.self) { try await client.send(bytes, from: Self.from, to: to) }
        }
        #expect(try peer.taken(for: email).isEmpty)
    }

    // MARK: Nobody knows

    @Test("When the answer to the whole message is missing, it may have been delivered")
    func uncertain() async throws {
        expect(
            try await failure(client("plain"), to: "drop-at-end@larkfield.example"), .uncertain,
            "did not answer")
        expect(
            try await failure(client("plain", timeout: 1), to: "slow-at-end@larkfield.example"), .uncertain,
            "did not answer")
    }

    private enum Kind { case temporary, permanent, uncertain }

    private func expect(
        _ error: MailError, _ kind: Kind, _ words: String, at place: SourceLocation = #_sourceLocation
    ) {
        let found: Kind =
            switch error {
            case .temporary: .temporary
            case .permanent: .permanent
            case .uncertain: .uncertain
            }
        #expect(found == kind, "\(error)", sourceLocation: place)
        #expect(error.reason.contains(words), sourceLocation: place)
    }
}

@Suite("Mail settings")
struct SMTPSettingsTests {
    @Test("The usual port goes with the security")
    func ports() {
        #expect(SMTPSettings(host: "mail.example").port == 587)
        #expect(SMTPSettings(host: "mail.example", security: .tls).port == 465)
        #expect(SMTPSettings(host: "mail.example", security: .none).port == 25)
    }

    @Test(
        "What cannot work is said before anything is sent",
        arguments: [
            (SMTPSettings(host: ""), "host"), (SMTPSettings(host: "mail.example/evil"), "host"),
            (SMTPSettings(host: "mail.example", port: 0), "port"),
            (SMTPSettings(host: "mail.example", port: 70000), "port"),
            (SMTPSettings(host: "mail.example", timeout: 0), "time-out"),
            (SMTPSettings(host: "mail.example", timeout: .nan), "time-out"),
            (SMTPSettings(host: "mail.example", user: "ana"), "both"),
            (SMTPSettings(host: "mail.example", password: "x"), "both"),
            (SMTPSettings(host: "mail.example", user: "a\0b", password: "x"), "control"),
            (
                SMTPSettings(host: "mail.example", security: .none, user: "ana", password: "x"),
                "open connection"
            ),
            (SMTPSettings(host: "mail.example", clientName: "a b"), "greet"),
        ])
    func problems(settings: SMTPSettings, word: String) async {
        #expect(settings.problem?.contains(word) == true)
        await #expect(throws: MailError.temporary(settings.problem ?? "")) {
            try await SMTPClient(settings).check()
        }
    }

    @Test(
        "Settings that can work have no problem",
        arguments: [
            SMTPSettings(host: "mail.example"),
            SMTPSettings(host: "::1", security: .none, user: "a", password: "b"),
            SMTPSettings(host: "localhost", security: .none, user: "a", password: "b"),
            SMTPSettings(host: "10.0.0.1", port: 2525, security: .none),
        ])
    func fine(settings: SMTPSettings) {
        #expect(settings.problem == nil)
    }
}

@Suite("Mail into a folder")
struct MailFolderTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "mail folder \(UUID().uuidString)")

    private func message(_ text: String) throws -> Message {
        let ana = try #require(MailAddress(name: "Ana", email: "ana@larkfield.example"))
        return Message(
            id: MessageID("invite-1", at: "throughline.example"), date: Date(timeIntervalSince1970: 0),
            from: ana,
            to: [ana], subject: "Welcome", text: text)
    }

    @Test("A message delivered twice is there once, whole, and for us alone to read")
    func twice() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let transport = MailTransport.folder(folder.appending(path: "inner").path(percentEncoded: false))
        let message = try message("Hello.")
        try await transport.deliver(message)
        try await transport.deliver(message)
        let inner = folder.appending(path: "inner").path(percentEncoded: false)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: inner) == ["invite-1@throughline.example.eml"]
        )
        let file = "\(inner)/invite-1@throughline.example.eml"
        #expect(FileManager.default.contents(atPath: file) == Data(message.encoded()))
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    }

    @Test("Twenty deliveries of one message at a time leave one whole file")
    func concurrent() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path(percentEncoded: false)
        let message = try message(String(repeating: "Hello again.\n", count: 10_000))
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 { group.addTask { try await MailTransport.folder(path).deliver(message) } }
            try await group.waitForAll()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 1)
        let file = "\(path)/\(message.id).eml"
        #expect(FileManager.default.contents(atPath: file) == Data(message.encoded()))
    }

    @Test("A folder that cannot be written gives a reason that names it, and leaves nothing behind")
    func unwritable() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "a file \(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let transport = MailTransport.folder(file.path(percentEncoded: false))
        let message = try message("Hello.")
        do throws(MailError) {
            try await transport.deliver(message)
            Issue.record("it was delivered")
        } catch {
            guard case .temporary(let reason) = error else { throw error }
            #expect(reason.contains(file.lastPathComponent))
        }
    }
}
