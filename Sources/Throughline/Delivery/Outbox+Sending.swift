import Foundation
import Mail
import Storage

/// The outbox as the worker sees it: what is due, whose it is for now, and what became of it.
extension Outbox {
    /// A message that one worker has claimed, and that is nobody else's until then.
    struct Claim: Sendable, RowReadable {
        let id: ID<Delivery>
        let messageID: String
        let kind: String
        let to: (name: String, email: String)
        let replyTo: (name: String, email: String)
        let subject: String
        let text: String
        let html: String
        let calendar: Message.CalendarPart?
        /// Where its reader can stop such mail; empty where it can't be stopped.
        let unsubscribe: String
        let queuedAt: Date
        let until: Date
        /// How many tries there were, the one that begins now included.
        let attempts: Int
        /// How many earlier tries may have delivered it.
        let unsure: Int

        init(row: inout Row) throws {
            id = try row.next()
            messageID = try row.next()
            kind = try row.next()
            to = (try row.next(), try row.next())
            replyTo = (try row.next(), try row.next())
            subject = try row.next()
            text = try row.next()
            html = try row.next()
            let calendarText = try row.next(String.self)
            let method = Message.CalendarPart.Method(rawValue: try row.next(String.self))
            calendar = method.map { Message.CalendarPart(method: $0, text: calendarText) }
            unsubscribe = try row.next()
            queuedAt = try row.next()
            until = try row.next()
            attempts = try row.next()
            unsure = try row.next()
        }
    }

    static func isAnythingDue(at now: Date, in tx: any Transaction) throws -> Bool {
        try tx.value(Int.self, "select 1 from mail where \(isDue(at: now)) limit 1") != nil
    }

    /// Takes messages that are due for this worker alone. A message whose worker did not come back in time is
    /// among them; as nobody knows how far it came, it may have been delivered.
    /// - Parameter host: the part of a Message-ID that says where it comes from.
    static func claim(
        atMost count: Int, until: Date, host: String, at now: Date, in tx: any Transaction
    ) throws -> [Claim] {
        try tx.all(
            Claim.self,
            """
            update mail set state = 'sending', claimed_until = \(until), attempts = attempts + 1,
                unsure = unsure + case when state = 'sending' then 1 else 0 end,
                message_id = coalesce(message_id, id || '@' || \(host))
            where id in (select id from mail where \(isDue(at: now)) order by next_attempt_at, id limit \(count))
            returning id, message_id, kind, to_name, to_email, reply_to_name, reply_to_email, subject, text_body,
                html_body, calendar_text, calendar_method, unsubscribe, created_at, claimed_until, attempts, unsure
            """)
    }

    private static func isDue(at now: Date) -> SQL {
        "(state = 'waiting' and next_attempt_at <= \(now) or state = 'sending' and claimed_until <= \(now))"
    }

    /// Notes that a message has been handed over. That is so even if the claim has run out meanwhile.
    /// - Parameter forgetsWords: lets go of what it says, which may hold a secret link.
    static func noteSent(_ claim: Claim, forgetsWords: Bool, at now: Date, in tx: any Transaction) throws {
        try tx.run(
            """
            update mail set state = 'sent', sent_at = \(now), claimed_until = null, last_problem = ''
            where id = \(claim.id) and state <> 'sent'
            """)
        if forgetsWords {
            try tx.run("update mail set text_body = '', html_body = '' where id = \(claim.id)")
        }
    }

    /// Notes that a try has failed, if the message is still this worker's.
    /// - Parameter nextAttemptAt: nil to give up.
    static func noteFailure(
        _ claim: Claim, _ problem: String, isUnsure: Bool, nextAttemptAt: Date?, in tx: any Transaction
    ) throws {
        try tx.run(
            """
            update mail set state = \(nextAttemptAt == nil ? Delivery.State.failed : .waiting), claimed_until = null,
                unsure = unsure + \(isUnsure ? 1 : 0), last_problem = \(problem),
                next_attempt_at = coalesce(\(nextAttemptAt), next_attempt_at)
            where id = \(claim.id) and state = 'sending' and claimed_until = \(claim.until)
            """)
    }

    /// Gives a message back untried, because this worker is stopping.
    static func giveBack(_ claim: Claim, in tx: any Transaction) throws {
        try tx.run(
            """
            update mail set state = 'waiting', claimed_until = null, attempts = attempts - 1
            where id = \(claim.id) and state = 'sending' and claimed_until = \(claim.until)
            """)
    }
}
