// A message as the bytes that travel: RFC 5322 headers and RFC 2045 parts, all of it ASCII.

import Foundation

extension Message {
    /// The message with CRLF line ends, no line over 998 characters, and nothing but ASCII.
    ///
    /// Control characters in header values become spaces, so no value can start a header of its own; in
    /// texts all but tab and line ends are left out. The same message always gives the same bytes.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        for field in headerFields { bytes += "\(field)\r\n".utf8 }
        body.append(to: &bytes)
        return bytes
    }

    private var headerFields: [String] {
        var fields = [HeaderField.plain("Date", Self.dateText(date)), HeaderField.addresses("From", [from])]
        if let replyTo { fields.append(HeaderField.addresses("Reply-To", [replyTo])) }
        fields.append(HeaderField.addresses("To", to))
        if let subject = HeaderField.text("Subject", subject) { fields.append(subject) }
        fields.append(HeaderField.ids("Message-ID", [id]))
        if let inReplyTo { fields.append(HeaderField.ids("In-Reply-To", [inReplyTo])) }
        if !references.isEmpty { fields.append(HeaderField.ids("References", references)) }
        if isAutomatic { fields.append(HeaderField.plain("Auto-Submitted", "auto-generated")) }
        fields += unsubscribeFields
        fields.append(HeaderField.plain("MIME-Version", "1.0"))
        return fields
    }

    /// RFC 2369 section 3.2 and RFC 8058 section 3.1.
    private var unsubscribeFields: [String] {
        guard let url = unsubscribe, let scheme = url.scheme?.lowercased() else { return [] }
        let text = url.absoluteString
        let isSafe = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>\"".utf8.contains($0) }
        guard ["https", "http", "mailto"].contains(scheme), isSafe, text.utf8.count <= 900 else { return [] }
        let field = HeaderField.plain("List-Unsubscribe", "<\(text)>")
        guard scheme == "https" else { return [field] }
        return [field, HeaderField.plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
    }

    private var body: MIMEPart {
        var forms = [MIMEPart.text("plain", text)]
        if let html { forms.append(.text("html", html)) }
        if let calendar { forms.append(.text("calendar", calendar.text, method: calendar.method.rawValue)) }
        let content = MIMEPart.joined("alternative", boundary: boundary(1), forms)
        return .joined("mixed", boundary: boundary(2), [content] + attachments.map(MIMEPart.attachment))
    }

    /// Neither quoted-printable nor base64 can hold `=_`, so no part can hold a boundary by chance
    /// (RFC 2045 section 6.7). The hash keeps apart messages that are forwarded inside one another.
    private func boundary(_ level: Int) -> String {
        // FNV-1a, 64 bits.
        let hash = id.text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return "=_\(level)_\(String(hash, radix: 16))"
    }

    /// The date and time of RFC 5322 section 3.3, in UTC.
    private static func dateText(_ date: Date) -> String {
        var calendar = Foundation.Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let part = calendar.dateComponents(
            [.year, .month, .day, .weekday, .hour, .minute, .second], from: date)
        func two(_ number: Int?) -> String {
            let number = number ?? 0
            return number < 10 ? "0\(number)" : "\(number)"
        }
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let day = "\(days[(part.weekday ?? 1) - 1]), \(two(part.day)) \(months[(part.month ?? 1) - 1])"
        return "\(day) \(part.year ?? 1970) \(two(part.hour)):\(two(part.minute)):\(two(part.second)) +0000"
    }
}

/// A part of a message's body: its own headers and content, or several parts in one.
private enum MIMEPart {
    case leaf(headers: [String], content: [UInt8])
    case multi(header: String, boundary: String, parts: [MIMEPart])

    static func text(_ subtype: String, _ text: String, method: String? = nil) -> MIMEPart {
        var pieces = [" text/\(subtype);", " charset=utf-8"]
        if let method { pieces = [" text/\(subtype);", " method=\(method);", " charset=utf-8"] }
        return .leaf(
            headers: [
                HeaderField.folded("Content-Type", pieces),
                HeaderField.plain("Content-Transfer-Encoding", "quoted-printable"),
            ],
            content: quotedPrintable(text))
    }

    static func attachment(_ file: Message.Attachment) -> MIMEPart {
        let halves = file.type.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isType =
            halves.count == 2 && file.type.utf8.count <= 100
            && halves.allSatisfy {
                !$0.isEmpty && $0.allSatisfy { isLetterOrDigit($0) || "+-._".utf8.contains($0) }
            }
        // A message or a multipart may not travel as base64 (RFC 2045 section 6.4).
        let isLeaf = !["message/", "multipart/"].contains { file.type.lowercased().hasPrefix($0) }
        let lines = Data(file.bytes).base64EncodedString(
            options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
        return .leaf(
            headers: [
                HeaderField.plain("Content-Type", isType && isLeaf ? file.type : "application/octet-stream"),
                HeaderField.attachment(named: file.name),
                HeaderField.plain("Content-Transfer-Encoding", "base64"),
            ],
            content: Array(lines.utf8) + (lines.isEmpty ? [] : Array("\r\n".utf8)))
    }

    /// Several parts in one; a single part stays as it is.
    static func joined(_ subtype: String, boundary: String, _ parts: [MIMEPart]) -> MIMEPart {
        if parts.count == 1, let only = parts.first { return only }
        let header = HeaderField.folded(
            "Content-Type", [" multipart/\(subtype);", " boundary=\"\(boundary)\""])
        return .multi(header: header, boundary: boundary, parts: parts)
    }

    func append(to bytes: inout [UInt8]) {
        switch self {
        case .leaf(let headers, let content):
            for header in headers { bytes += "\(header)\r\n".utf8 }
            bytes += "\r\n".utf8
            bytes += content
        case .multi(let header, let boundary, let parts):
            bytes += "\(header)\r\n".utf8
            for part in parts {
                bytes += "\r\n--\(boundary)\r\n".utf8
                part.append(to: &bytes)
            }
            bytes += "\r\n--\(boundary)--\r\n".utf8
        }
    }
}
