import Foundation
import ICalendar
import Mail
import Storage

/// Sessions put into people's calendars by mail (RFC 5546, RFC 6047): a REQUEST when a time is agreed or moved, a CANCEL
/// when it is off. What calendars were last told is kept, so that nothing is told twice and the sequence only grows.
struct Invitation {
    let method: Message.CalendarPart.Method
    private let event: SessionEvent
    private let sequence: Int
    private let uid: String
    private let product: Product

    /// Compares how a session stands with what calendars were told, and notes the difference as told.
    /// - Returns: what to tell now; nil where they know, and for a session of a series, of which ``SeriesTelling`` tells.
    static func settle(
        _ session: ID<Session>, of product: Product, at now: Date, in tx: any Transaction
    ) throws -> Invitation? {
        let found = try tx.first(
            SessionEvent.self,
            """
            select \(SessionEvent.columns) from \(SessionEvent.tables)
            where s.id = \(session) and s.starts_at is not null and s.series is null
            """
        )
        guard let event = found else { return nil }
        let told = try tx.first(
            Told.self,
            "select sequence, starts_at, minutes, is_cancelled from calendar_entry where session = \(session)")
        let isOff = event.state == .cancelled || event.state == .declined
        if let told {
            let isSame = told.startsAt == event.startsAt && told.minutes == event.minutes
            guard told.isCancelled != isOff || (!isOff && !isSame) else { return nil }
        } else if isOff {
            // Calendars can't forget what they never knew, except those that were told before entries were kept.
            return nil
        }
        let uid = event.uid ?? product.calendarUID(of: session)
        let sequence = told.map { $0.sequence + 1 } ?? 0
        try tx.run(
            """
            insert into calendar_entry (session, uid, sequence, starts_at, minutes, is_cancelled, told_at)
            values (\(session), \(uid), \(sequence), \(event.startsAt), \(event.minutes), \(isOff), \(now))
            on conflict (session) do update set sequence = excluded.sequence, starts_at = excluded.starts_at,
                minutes = excluded.minutes, is_cancelled = excluded.is_cancelled, told_at = excluded.told_at
            """)
        return Invitation(
            method: isOff ? .cancel : .request, event: event, sequence: sequence, uid: uid, product: product)
    }

    /// What calendars were told.
    private struct Told: RowReadable {
        let sequence: Int
        let startsAt: Date
        let minutes: Int
        let isCancelled: Bool

        init(row: inout Row) throws {
            sequence = try row.next()
            startsAt = try row.next()
            minutes = try row.next()
            isCancelled = try row.next()
        }
    }

    /// Whether it moves something that calendars have already.
    var isChange: Bool { sequence > 0 }

    /// What goes with a mail to one of the two; nil for somebody who wants none of it.
    func part(for person: ID<Person>, at now: Date, in tx: any Transaction) throws -> Message.CalendarPart? {
        let found = try tx.first(
            Reader.self, "select time_zone, calendar_mail from person where id = \(person) and state = 'active'")
        guard let reader = found, reader.wantsMail else { return nil }
        var event = event.event(CalendarSight(person: person, product: product), in: reader.zone)
        event.uid = uid
        event.sequence = sequence
        event.stamp = now
        event.status = method == .cancel ? .cancelled : .confirmed
        event.organizer = product.organizer
        event.attendees = [self.event.employee, self.event.manager].map {
            CalendarEvent.Party(name: $0.name, email: $0.email, hasAccepted: true)
        }
        let object = CalendarObject(method: method == .cancel ? .cancel : .request, events: [event])
        return Message.CalendarPart(method: method, text: object.text)
    }

    /// A mail for whoever changed the session, and so gets no other: their calendar has to know as well.
    func mail(toWhoChangedIt access: SessionAccess, at now: Date, in tx: any Transaction) throws {
        guard let part = try part(for: access.me.id, at: now, in: tx),
            let zone = try PersonZone.find([access.me.id], in: tx)[access.me.id]
        else { return }
        try Outbox.queue(
            SessionLetter.calendar(access, self, event.startsAt, in: zone, at: product.address), kind: "calendar",
            occasion: "calendar/\(event.session)/\(sequence)/\(access.me.id)", to: access.me.id,
            replyTo: access.partner.id, calendar: part, at: now, in: tx)
    }

    private struct Reader: RowReadable {
        let zone: TimeZone
        let wantsMail: Bool

        init(row: inout Row) throws {
            zone = TimeZones.stored(try row.next())
            wantsMail = try row.next()
        }
    }
}

extension SessionLetter {
    /// For who has just said yes or called it off: only so that their calendar knows.
    static func calendar(
        _ access: SessionAccess, _ invitation: Invitation, _ time: Date, in zone: TimeZone, at address: String
    ) -> Letter {
        let session = access.session
        let isOff = invitation.method == .cancel
        let what = isOff ? "Off" : invitation.isChange ? "Moved" : "Agreed"
        let when = "\(time.long(in: zone)) (\(zone.identifier))"
        return Letter(
            subject: "\(what): \(session.title)", preview: when, kick: "With \(access.partner.name)",
            title: session.title,
            blocks: [
                .paragraph(
                    isOff
                        ? "You have called off the session of \(when). Your calendar takes it out."
                        : "You meet \(access.partner.first) on \(when), for \(session.minutes) minutes. "
                            + "Your calendar takes it in."),
                .button(label: "Open the session", address: "\(address)/sessions/\(session.id)"),
            ],
            smallPrint: [
                "You get this so that your calendar knows. Your settings say whether it comes.",
                "A reply reaches \(access.partner.first).",
            ])
    }
}
