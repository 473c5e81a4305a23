import Foundation
import ICalendar
import Mail
import Storage

/// A session as calendars know it.
struct SessionEvent: Sendable, RowReadable {
    let session: ID<Session>
    let title: String
    let purpose: Session.Purpose
    let purposeWords: String
    let place: String
    let startsAt: Date
    let minutes: Int
    let state: Session.State
    let changedAt: Date
    let employee: Party
    let manager: Party
    /// What calendars have been told of it, if anything.
    let uid: String?
    let sequence: Int?
    let series: ID<Series>?
    let occurrence: WallTime?

    struct Party: Sendable {
        let id: ID<Person>
        let name: String
        let email: String

        var first: String { PersonName(id: id, name: name).first }
    }

    static let columns: SQL = """
        s.id, s.title, s.purpose, s.purpose_words, s.place, s.starts_at, s.minutes, s.state, s.changed_at,
        e.id, e.name, e.email, m.id, m.name, m.email, c.uid, c.sequence, s.series, s.occurrence
        """
    static let tables: SQL = """
        session s join person e on e.id = s.employee join person m on m.id = s.manager
            left join calendar_entry c on c.session = s.id
        """

    init(row: inout Row) throws {
        session = try row.next()
        title = try row.next()
        purpose = try row.next()
        purposeWords = try row.next()
        place = try row.next()
        startsAt = try row.next()
        minutes = try row.next()
        state = try row.next()
        changedAt = try row.next()
        employee = Party(id: try row.next(), name: try row.next(), email: try row.next())
        manager = Party(id: try row.next(), name: try row.next(), email: try row.next())
        uid = try row.next()
        sequence = try row.next()
        series = try row.next()
        occurrence = try row.next()
    }

    func partner(of person: ID<Person>) -> Party { employee.id == person ? manager : employee }

    /// The event in somebody's calendar.
    func event(_ sight: CalendarSight, in zone: TimeZone) -> CalendarEvent {
        let (partner, product, isTitled) = (partner(of: sight.person), sight.product, sight.isTitled)
        let address = "\(product.address)/sessions/\(session)"
        var event = CalendarEvent(
            uid: uid ?? product.calendarUID(of: session), sequence: sequence ?? 0, stamp: changedAt,
            start: LocalDateTime(startsAt, in: zone), zone: zone, minutes: minutes,
            summary: isTitled ? summary(with: partner) : "Strategy session")
        event.url = address
        event.description = isTitled ? "\(about)\n\n\(address)" : address
        event.location = isTitled ? place : ""
        // Somebody has asked to move it, and the other has not answered yet.
        event.status = state == .asked ? .tentative : .confirmed
        return event
    }

    /// The event as one of a series, in place of the one that the rule would give.
    func event(_ sight: CalendarSight, of segment: SeriesCalendar.Segment, _ series: Series) -> CalendarEvent {
        var event = event(sight, in: segment.rule.zone)
        event.uid = segment.uid
        event.sequence = series.sequence
        event.recurrenceID = occurrence?.local
        return event
    }

    private func summary(with partner: Party) -> String {
        title.isEmpty ? "Strategy session with \(partner.first)" : "\(title) (with \(partner.first))"
    }

    private var about: String {
        "Strategy session of \(employee.name) and \(manager.name). "
            + (purpose == .own ? purposeWords : purpose.label) + "."
    }
}

extension Product {
    /// The name that a session has in all calendars (RFC 7986 section 5.3 asks for something unique, and the host makes
    /// it so between installations).
    func calendarUID(of session: ID<Session>) -> String { "session-\(session)@\(host)" }

    /// Who invites: the product, as no mail goes out in a person's name. Answers are for the other person, by Reply-To.
    var organizer: CalendarEvent.Party {
        CalendarEvent.Party(
            name: mailSender?.name ?? "Throughline", email: mailSender?.email ?? "throughline@\(host)")
    }

    var host: String { URL(string: address)?.host() ?? "localhost" }
}
