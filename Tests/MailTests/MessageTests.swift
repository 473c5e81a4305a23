// Messages, read back by a program that is not ours.

import Foundation
import Mail
import Testing

@Suite("A message")
struct MessageTests {
    private let ana: MailAddress
    private let joost: MailAddress

    init() throws {
        ana = try #require(MailAddress(name: "Ana Duarte", email: "ana@larkfield.example"))
        joost = try #require(MailAddress(name: "Joost Hendriks", email: "joost@larkfield.example"))
    }

    private func recap(_ change: (inout Message) -> Void = { _ in }) -> Message {
        var message = Message(
            id: MessageID("recap-42", at: "throughline.larkfield.example"),
            date: Date(timeIntervalSince1970: 1_795_101_060), from: ana, to: [joost],
            subject: "What we agreed on 19 November", text: "Decided: the pilot widens.\n",
            html: "<p>Decided: the pilot widens.</p>")
        change(&message)
        return message
    }

    private func lines(_ message: Message) -> [String] {
        String(decoding: message.encoded(), as: UTF8.self).components(separatedBy: "\r\n")
    }

    @Test("A recap says who, to whom, when and what, in text and in HTML")
    func plainRecap() async throws {
        let read = try await ReadMessage.read(recap { $0.replyTo = joost })
        #expect(read.from == [.init(name: "Ana Duarte", email: "ana@larkfield.example")])
        #expect(read.replyTo == [.init(name: "Joost Hendriks", email: "joost@larkfield.example")])
        #expect(read.to == [.init(name: "Joost Hendriks", email: "joost@larkfield.example")])
        #expect(read.headers["subject"] == "What we agreed on 19 November")
        #expect(read.headers["message-id"] == "<recap-42@throughline.larkfield.example>")
        #expect(read.headers["date"] == "Thu, 19 Nov 2026 15:11:00 +0000")
        #expect(read.headers["auto-submitted"] == "auto-generated")
        #expect(read.headers["mime-version"] == "1.0")
        #expect(read.body.type == "multipart/alternative")
        #expect(read.body.parts.map(\.type) == ["text/plain", "text/html"])
        #expect(read.body.parts.map(\.charset) == ["utf-8", "utf-8"])
        #expect(
            read.body.parts.map(\.text) == [
                "Decided: the pilot widens.\r\n", "<p>Decided: the pilot widens.</p>\r\n",
            ])
    }

    @Test(
        "Dates are right around leap days and the turn of the year",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 +0000"), (951_782_399, "Mon, 28 Feb 2000 23:59:59 +0000"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 +0000"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000"),
        ])
    func dates(seconds: Int, text: String) {
        let message = recap { $0.date = Date(timeIntervalSince1970: Double(seconds)) }
        #expect(lines(message).contains("Date: \(text)"))
    }

    @Test("Whatever people type arrives as they typed it, and never becomes a header")
    func nastyTexts() async throws {
        var random = SeededRandom(state: 20_261_119)
        var messages: [Message] = Nasty.pieces.map { piece in
            recap {
                $0.subject = piece
                $0.text = piece
                $0.html = piece
                $0.from = MailAddress(name: piece, email: "ana@larkfield.example") ?? ana
            }
        }
        for _ in 0..<400 {
            messages.append(
                recap {
                    $0.subject = Nasty.text(&random)
                    $0.text = Nasty.text(&random)
                    $0.html = Nasty.text(&random)
                    $0.from = MailAddress(name: Nasty.text(&random), email: "ana@larkfield.example") ?? ana
                    $0.to = (0..<Int.random(in: 1...5, using: &random)).compactMap {
                        MailAddress(name: Nasty.text(&random), email: "person-\($0)@larkfield.example")
                    }
                    $0.attachments = [
                        .init(name: Nasty.text(&random), type: "text/plain", bytes: [0, 13, 10, 255])
                    ]
                })
        }
        let read = try await ReadMessage.read(messages.map { $0.encoded() })
        #expect(read.count == messages.count)
        let known: Set = [
            "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        ]
        for (message, read) in zip(messages, read) {
            // Compared by scalars: Swift's == would overlook a changed normal form.
            expectSame(read.headers["subject"] ?? "", Nasty.asHeader(message.subject))
            expectSame(read.from.first?.name ?? "", Nasty.asHeader(message.from.name))
            #expect(read.to.map(\.email) == message.to.map(\.email))
            for (got, sent) in zip(read.to, message.to) { expectSame(got.name, Nasty.asHeader(sent.name)) }
            let texts = read.body.all.filter { $0.type.hasPrefix("text/") && $0.disposition == nil }
            #expect(texts.count == 2)
            expectSame(texts.first?.text ?? "", Nasty.asBody(message.text))
            expectSame(texts.last?.text ?? "", Nasty.asBody(message.html ?? ""))
            if let sent = message.attachments.first {
                let got = read.body.all.first { $0.disposition == "attachment" }
                let name = Nasty.asHeader(sent.name).replacing(/[\/\\]/, with: "_")
                expectSame(got?.filename ?? "", name.isEmpty ? "attachment" : name)
                #expect(got?.content == Data(sent.bytes))
            }
            #expect(Set(read.names).isSubset(of: known))
            #expect(Set(read.names).count == read.names.count)
            #expect(read.headerDefects.isEmpty)
            #expect(read.body.all.flatMap(\.defects).isEmpty)
        }
    }

    private func expectSame(_ got: String, _ wanted: String, at place: SourceLocation = #_sourceLocation) {
        #expect(
            got.unicodeScalars.elementsEqual(wanted.unicodeScalars),
            "\(got.debugDescription) is not \(wanted.debugDescription)", sourceLocation: place)
    }

    @Test(
        "Every line is short ASCII that ends in CRLF and that no server has to change",
        arguments: Nasty.pieces)
    func wireForm(piece: String) {
        let message = recap {
            $0.subject = piece
            $0.text = piece
            $0.html = piece
            $0.from = MailAddress(name: piece, email: "ana@larkfield.example") ?? ana
            $0.to = Array(repeating: $0.from, count: 20)
            $0.references = (0..<20).map { MessageID("recap-\($0)", at: "throughline.larkfield.example") }
            $0.attachments = [.init(name: piece, type: "text/plain", bytes: Array(piece.utf8))]
        }
        let bytes = message.encoded()
        #expect(bytes.allSatisfy { $0 == 9 || $0 == 10 || $0 == 13 || (0x20...0x7E).contains($0) })
        let lines = lines(message)
        #expect(lines.last == "")
        for line in lines {
            #expect(line.utf8.count <= 78)
            #expect(!line.utf8.contains(10) && !line.utf8.contains(13))
            #expect(!line.hasPrefix(".") && !line.hasPrefix("From "))
            #expect(line.isEmpty || line.contains { $0 != " " && $0 != "\t" }, "a line of blanks only")
        }
    }

    @Test("The longest address, id and link stay on lines of at most 998 characters")
    func longestValues() throws {
        let domain = String(repeating: "d.", count: 91) + "example"
        let long = try #require(
            MailAddress(name: "L", email: String(repeating: "l", count: 64) + "@" + domain))
        let message = recap {
            $0.to = [long, long]
            $0.id = MessageID(String(repeating: "i", count: 400), at: domain + domain)
            $0.unsubscribe = URL(string: "https://throughline.example/" + String(repeating: "u", count: 5000))
        }
        #expect(MessageID(message.id.text) == message.id)
        #expect(lines(message).allSatisfy { $0.utf8.count <= 998 })
        #expect(!lines(message).contains { $0.hasPrefix("List-Unsubscribe") })
    }

    @Test("The same message always has the same bytes, and another one another boundary")
    func deterministic() throws {
        let one = recap()
        #expect(one.encoded() == recap().encoded())
        let other = recap { $0.id = MessageID("recap-43", at: "throughline.larkfield.example") }
        let boundaries = [one, other].map { lines($0).first { $0.contains("boundary=") } }
        #expect(boundaries[0] != nil && boundaries[0] != boundaries[1])
    }

    @Test("A text that holds the message's own boundary does not end the part")
    func boundaryInText() async throws {
        let boundary = try #require(
            String(decoding: recap().encoded(), as: UTF8.self).firstMatch(of: /boundary="([^"]+)"/)?.1)
        let text = "before\r\n--\(boundary)--\r\nafter\r\n"
        let read = try await ReadMessage.read(recap { $0.text = text })
        #expect(read.body.parts.first?.text == text)
    }

    @Test("A link to unsubscribe over https offers one click; over http it is only a link")
    func unsubscribe() async throws {
        let secure = URL(string: "https://throughline.example/unsubscribe/a?b=c&d=é")
        let read = try await ReadMessage.read(recap { $0.unsubscribe = secure })
        #expect(
            read.headers["list-unsubscribe"] == "<https://throughline.example/unsubscribe/a?b=c&d=%C3%A9>")
        #expect(read.headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click")
        let open = try await ReadMessage.read(
            recap { $0.unsubscribe = URL(string: "http://localhost:8080/u") })
        #expect(open.headers["list-unsubscribe"] == "<http://localhost:8080/u>")
        #expect(open.headers["list-unsubscribe-post"] == nil)
        let none = try await ReadMessage.read(recap { $0.unsubscribe = URL(string: "javascript:alert(1)") })
        #expect(none.headers["list-unsubscribe"] == nil)
    }

    @Test("An amended recap names the recap that it answers")
    func thread() async throws {
        let first = MessageID("recap-1", at: "throughline.example")
        let second = MessageID("recap-2", at: "throughline.example")
        let read = try await ReadMessage.read(
            recap {
                $0.inReplyTo = second
                $0.references = [first, second]
                $0.isAutomatic = false
            })
        #expect(read.headers["in-reply-to"] == "<recap-2@throughline.example>")
        #expect(read.headers["references"] == "<recap-1@throughline.example> <recap-2@throughline.example>")
        #expect(read.headers["auto-submitted"] == nil)
    }

    @Test("An invitation is one of the alternatives, with its method, and files stand beside them")
    func invitation() async throws {
        let calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Café \r\n folded\r\nEND:VCALENDAR\r\n"
        let file = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0) })
        let read = try await ReadMessage.read(
            recap {
                $0.calendar = .init(method: .request, text: calendar)
                $0.attachments = [
                    .init(name: "session.ics", type: "text/calendar", bytes: Array(calendar.utf8)),
                    .init(name: "figures.bin", type: "nonsense\r\nX: y", bytes: Array(file)),
                    .init(name: "empty.eml", type: "message/rfc822", bytes: []),
                ]
            })
        #expect(read.body.type == "multipart/mixed")
        #expect(
            read.body.parts.map(\.type) == [
                "multipart/alternative", "text/calendar", "application/octet-stream",
                "application/octet-stream",
            ])
        #expect(read.body.parts[0].parts.map(\.type) == ["text/plain", "text/html", "text/calendar"])
        #expect(read.body.parts[0].parts[2].method == "REQUEST")
        #expect(read.body.parts[0].parts[2].text == calendar)
        #expect(read.body.parts.map(\.filename) == [nil, "session.ics", "figures.bin", "empty.eml"])
        #expect(read.body.parts[2].content == file)
        #expect(read.body.parts[3].content == Data())
    }

    @Test("A message without HTML is one plain part, and one without anybody in To says so")
    func bareMessage() async throws {
        let read = try await ReadMessage.read(
            recap {
                $0.html = nil
                $0.to = []
                $0.subject = " \r\n "
            })
        #expect(read.body.type == "text/plain")
        #expect(read.body.text == "Decided: the pilot widens.\r\n")
        #expect(read.headers["to"] == "undisclosed-recipients:;")
        #expect(read.headers["subject"] == nil)
    }

    @Test("A message survives being stored as JSON")
    func stored() throws {
        let message = recap {
            $0.calendar = .init(method: .cancel, text: "BEGIN:VCALENDAR\r\n")
            $0.unsubscribe = URL(string: "https://throughline.example/u")
        }
        let stored = try JSONEncoder().encode(message)
        #expect(try JSONDecoder().decode(Message.self, from: stored) == message)
        let spoilt = String(decoding: stored, as: UTF8.self)
            .replacing("joost@larkfield.example", with: "joost@larkfield.example>, <eve@example.com")
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Message.self, from: Data(spoilt.utf8))
        }
    }
}

@Suite("A message id")
struct MessageIDTests {
    @Test(
        "Only ids that are safe as a file name and in a header are taken",
        arguments: [
            "", "@", "a", "a@", "@b", "a@b@c", "../../etc/passwd@b", "a/b@c", ".a@b", "a..b@c", "a@b.",
            "a b@c",
            "a@b\r\nX: y", "é@b", "a@b>", String(repeating: "a", count: 200) + "@b",
        ])
    func refused(text: String) {
        #expect(MessageID(text) == nil)
    }

    @Test(
        "An id made from anything can be read back",
        arguments: [
            ("42", "throughline.example"), ("", ""), ("../../x", "localhost:8080"), ("é", "bücher.example"),
            ("...", "..."), ("a..b", ".c."),
            (String(repeating: "x.", count: 300), String(repeating: "y", count: 300)),
        ])
    func made(unique: String, host: String) {
        let id = MessageID(unique, at: host)
        #expect(MessageID(id.text) == id)
        #expect(id == MessageID(unique, at: host))
    }
}

@Suite("An address")
struct MailAddressTests {
    @Test(
        "Usual and unusual addresses are taken",
        arguments: [
            "ana@larkfield.example", "a@b.co", "ana.duarte+recap@sub.larkfield.example",
            "o'neill@example.com",
            "root@localhost", "x@xn--bcher-kva.example", "1@2.example", "a-b@c-d.example",
            String(repeating: "l", count: 64) + "@example.com",
        ])
    func taken(email: String) {
        #expect(MailAddress.problem(email) == nil)
        #expect(MailAddress(name: "N", email: email)?.email == email)
    }

    @Test(
        "What cannot be delivered or could do harm is refused, with a reason",
        arguments: [
            ("", "Write an e-mail address"), ("ana", "one @"), ("a@b@c.example", "one @"),
            ("@example.com", "before the @"),
            ("ana@", "after the @"), ("a b@example.com", "no spaces"),
            ("ana@example.com\r\nBcc: x@y.example", "no spaces"),
            ("ana@example.com\0", "no spaces"), (".a@example.com", "dot"), ("a..b@example.com", "dot"),
            ("\"a\"@example.com", "cannot have"), ("a<b@example.com", "cannot have"),
            ("a,b@example.com", "cannot have"),
            ("ana@gmail", "ending is missing"), ("ana@1.2.3.4", "not a number"),
            ("ana@[1.2.3.4]", "no domain name"),
            ("ana@-a.example", "no domain name"), ("ana@a-.example", "no domain name"),
            ("ana@a..example", "no domain name"),
            ("ana@example.com.", "no domain name"), ("josé@example.com", "unaccented"),
            ("ana@bücher.example", "xn--"),
            ("ana@example.com\u{A0}", "xn--"), ("ana@exa\u{301}mple.com", "xn--"),
            (String(repeating: "l", count: 65) + "@example.com", "64"),
            ("ana@" + String(repeating: "d.", count: 125) + "example", "254"),
            ("ana@" + String(repeating: "d", count: 64) + ".example", "no domain name"),
        ])
    func refused(email: String, reason: String) {
        #expect(
            MailAddress.problem(email)?.contains(reason) == true,
            "\(MailAddress.problem(email) ?? "accepted")")
        #expect(MailAddress(email: email) == nil)
    }
}
