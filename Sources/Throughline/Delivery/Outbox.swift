import Foundation
import Mail
import Markup
import Storage

/// Mail to send. A letter is queued in the transaction that gives reason for it, and sent later by a worker.
enum Outbox {
    /// Whom a letter goes to: nobody who has been let go.
    struct Recipient: RowReadable {
        let id: ID<Person>
        let name: String
        let email: String

        init(row: inout Row) throws {
            id = try row.next()
            name = try row.next()
            email = try row.next()
        }

        static func find(_ person: ID<Person>, in tx: any Transaction) throws -> Recipient? {
            try tx.first(
                Recipient.self,
                "select id, name, email from person where id = \(person) and state <> 'deactivated'")
        }
    }

    /// Queues a letter, once for each occasion: said twice, it stays one mail.
    /// - Parameters:
    ///   - kind: what people can choose to get or not: `recap`, `invitation`, `ask` …
    ///   - occasion: what the mail is about, unique for ever, such as `recap/SESSION/PERSON`.
    ///   - replyTo: whom an answer reaches; nil for nobody.
    ///   - calendar: what it tells the reader's calendar.
    ///   - unsubscribe: where its reader can stop such mail; empty where it can't be stopped.
    static func queue(
        _ letter: Letter, kind: String, occasion: String, to person: ID<Person>, replyTo: ID<Person>? = nil,
        calendar: Message.CalendarPart? = nil, unsubscribe: String = "", at now: Date, in tx: any Transaction
    ) throws {
        guard let recipient = try Recipient.find(person, in: tx) else { return }
        let reply = try replyTo.flatMap { try Recipient.find($0, in: tx) }
        let id = ID<Delivery>(now: now)
        try tx.run(
            """
            insert into mail (id, occasion, kind, recipient, to_name, to_email, reply_to_name,
                reply_to_email, subject, text_body, html_body, calendar_text, calendar_method, unsubscribe, created_at,
                next_attempt_at)
            values (\(id), \(occasion), \(kind), \(person), \(recipient.name),
                \(recipient.email), \(reply?.name ?? ""), \(reply?.email ?? ""), \(letter.subject), \(letter.text),
                \(letter.html.text), \(calendar?.text ?? ""), \(calendar?.method.rawValue ?? ""), \(unsubscribe), \(now),
                \(now))
            on conflict (occasion) do nothing
            """)
    }
}
