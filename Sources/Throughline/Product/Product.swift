public import Foundation
public import Live
public import Mail
public import Storage

/// The product: what people can do in it, on one database. Knows no HTTP, no HTML and no database engine.
///
/// Each practice is reached as a member (`product.sessions`, `product.goals`), declared in its own folder.
public struct Product: Sendable {
    public let database: any Database
    /// The present moment. A value, so that tests can choose it.
    public let now: @Sendable () -> Date
    /// Where people reach the product: scheme, host and port, without a slash at the end. For links in mail.
    public let address: String
    /// Whom mail comes from, which is whom calendars name as the organiser; nil where no mail is sent.
    let mailSender: MailAddress?
    /// Hashes passwords, few at a time.
    let passwords: Passwords
    /// Tells open pages that something changed.
    public let live = Hub()
    /// Keeps count of tries to sign in and to have mail sent.
    let attempts = Attempts()

    public init(
        database: any Database,
        address: String,
        mailSender: MailAddress? = nil,
        passwords: Passwords = Passwords(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.address = address
        self.mailSender = mailSender
        self.passwords = passwords
        self.now = now
    }
}
