// An e-mail as the product thinks of it. `encoded()` turns it into bytes for the wire.

public import Foundation

/// One e-mail: who, to whom, what. Equal messages encode to equal bytes.
public struct Message: Sendable, Hashable, Codable {
    public var id: MessageID
    /// When it was written, to the second.
    public var date: Date
    public var from: MailAddress
    public var replyTo: MailAddress?
    public var to: [MailAddress]
    public var subject: String
    /// The plain form, which every message has.
    public var text: String
    /// The same in HTML, for readers that prefer it.
    public var html: String?
    /// The same as a calendar object, shown by mail readers as an invitation.
    public var calendar: CalendarPart?
    public var attachments: [Attachment]
    /// The message that this one answers.
    public var inReplyTo: MessageID?
    /// The conversation so far, oldest first.
    public var references: [MessageID]
    /// Where the reader can stop such messages. An `https` address also gets the one-click header of
    /// RFC 8058: a POST to it must unsubscribe without a further question. Left out beyond 900 characters.
    public var unsubscribe: URL?
    /// Whether the product wrote it of its own accord (RFC 3834), so that no out-of-office answer comes back.
    public var isAutomatic: Bool

    public init(
        id: MessageID, date: Date, from: MailAddress, replyTo: MailAddress? = nil, to: [MailAddress],
        subject: String, text: String, html: String? = nil, calendar: CalendarPart? = nil,
        attachments: [Attachment] = [], inReplyTo: MessageID? = nil, references: [MessageID] = [],
        unsubscribe: URL? = nil, isAutomatic: Bool = true
    ) {
        self.id = id
        self.date = date
        self.from = from
        self.replyTo = replyTo
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.calendar = calendar
        self.attachments = attachments
        self.inReplyTo = inReplyTo
        self.references = references
        self.unsubscribe = unsubscribe
        self.isAutomatic = isAutomatic
    }

    /// A calendar object as one of the alternatives (RFC 6047 section 2.4).
    public struct CalendarPart: Sendable, Hashable, Codable {
        /// What the receiver's calendar should do with it; the same word as the object's METHOD.
        public enum Method: String, Sendable, Hashable, Codable {
            case publish = "PUBLISH"
            case request = "REQUEST"
            case reply = "REPLY"
            case cancel = "CANCEL"
        }

        public var method: Method
        /// The whole object, from BEGIN:VCALENDAR to END:VCALENDAR.
        public var text: String

        public init(method: Method, text: String) {
            self.method = method
            self.text = text
        }
    }

    /// A file that travels with the message.
    public struct Attachment: Sendable, Hashable, Codable {
        /// The name to save it under; folder separators and control characters are replaced.
        public var name: String
        /// The media type, such as `text/calendar`; anything malformed becomes `application/octet-stream`.
        public var type: String
        public var bytes: [UInt8]

        public init(name: String, type: String, bytes: [UInt8]) {
            self.name = name
            self.type = type
            self.bytes = bytes
        }
    }
}
