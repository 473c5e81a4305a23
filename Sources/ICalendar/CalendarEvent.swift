// Events as we write them: VEVENT in a VCALENDAR (RFC 5545 section 3.6.1), with the methods of RFC 5546.

public import Foundation

/// A meeting: one, or with a rule one that comes round.
public struct CalendarEvent: Sendable, Hashable {
    /// What it is in every calendar for ever (section 3.8.4.7).
    public var uid: String
    /// Grows with every change that matters to those who come (section 3.8.7.4).
    public var sequence: Int
    /// When this was written down (section 3.8.7.2).
    public var stamp: Date
    public var start: LocalDateTime
    public var zone: TimeZone
    public var minutes: Int
    public var summary: String
    public var description = ""
    public var location = ""
    /// Where to read more.
    public var url: String?
    public var status = Status.confirmed
    public var organizer: Party?
    public var attendees: [Party] = []
    public var rule: RecurrenceRule?
    /// Times of the rule at which there is none (section 3.8.5.1), in ``zone``.
    public var exceptions: [LocalDateTime] = []
    /// The time by the rule of the one occurrence that this is about (section 3.8.4.4), in ``zone``.
    public var recurrenceID: LocalDateTime?
    /// Whether it leaves its time free for others.
    public var isTransparent = false

    public enum Status: String, Sendable, Hashable {
        case confirmed = "CONFIRMED"
        case tentative = "TENTATIVE"
        case cancelled = "CANCELLED"
    }

    /// Somebody with an e-mail address.
    public struct Party: Sendable, Hashable {
        public var name: String
        public var email: String
        /// Whether they have said yes (PARTSTAT, section 3.2.12).
        public var hasAccepted: Bool

        public init(name: String, email: String, hasAccepted: Bool = false) {
            self.name = name
            self.email = email
            self.hasAccepted = hasAccepted
        }
    }

    public init(
        uid: String, sequence: Int = 0, stamp: Date, start: LocalDateTime, zone: TimeZone, minutes: Int, summary: String
    ) {
        self.uid = uid
        self.sequence = sequence
        self.stamp = stamp
        self.start = start
        self.zone = zone
        self.minutes = minutes
        self.summary = summary
    }

    var component: CalendarComponent {
        var lines = [
            ContentLine("UID", text: uid),
            ContentLine("DTSTAMP", raw: stamp.utc),
            ContentLine("SEQUENCE", raw: String(sequence)),
            zone.line("DTSTART", [start]),
            ContentLine("DURATION", raw: "PT\(minutes)M"),
            ContentLine("SUMMARY", text: summary),
            ContentLine("STATUS", raw: status.rawValue),
            ContentLine("TRANSP", raw: isTransparent ? "TRANSPARENT" : "OPAQUE"),
        ]
        if let recurrenceID { lines.append(zone.line("RECURRENCE-ID", [recurrenceID])) }
        if let rule { lines.append(ContentLine("RRULE", raw: rule.description)) }
        if !exceptions.isEmpty { lines.append(zone.line("EXDATE", exceptions)) }
        if !description.isEmpty { lines.append(ContentLine("DESCRIPTION", text: description)) }
        if !location.isEmpty { lines.append(ContentLine("LOCATION", text: location)) }
        if let url { lines.append(ContentLine("URL", raw: url)) }
        if let organizer {
            lines.append(ContentLine("ORGANIZER", organizer.commonName, raw: "mailto:\(organizer.email)"))
        }
        lines += attendees.map { attendee in
            let parameters: [ContentLine.Parameter] = [
                .init("CUTYPE", "INDIVIDUAL"), .init("ROLE", "REQ-PARTICIPANT"),
                .init("PARTSTAT", attendee.hasAccepted ? "ACCEPTED" : "NEEDS-ACTION"), .init("RSVP", "FALSE"),
            ]
            return ContentLine("ATTENDEE", parameters + attendee.commonName, raw: "mailto:\(attendee.email)")
        }
        return CalendarComponent("VEVENT", lines)
    }

    /// The time from which its time zone has to be known, and the last time, nil where it goes on without end.
    fileprivate var span: (first: Date, last: Date?) {
        let first = [start, recurrenceID ?? start].min() ?? start
        guard let rule else { return (first.instant(in: zone), start.instant(in: zone)) }
        switch rule.end {
        case .never: return (first.instant(in: zone), nil)
        case .until(let moment): return (first.instant(in: zone), moment)
        case .untilLocal(let local): return (first.instant(in: zone), local.instant(in: zone))
        case .untilDay(let day): return (first.instant(in: zone), LocalDateTime(startOf: day).instant(in: zone))
        case .count:
            let last = Array(rule.occurrences(from: start, in: zone)).last
            return (first.instant(in: zone), (last ?? start).instant(in: zone))
        }
    }
}

extension CalendarEvent.Party {
    fileprivate var commonName: [ContentLine.Parameter] { name.isEmpty ? [] : [.init("CN", name)] }
}

/// A calendar to send, to download or to subscribe to.
public struct CalendarObject: Sendable {
    /// What whoever receives it should do with it (RFC 5546 section 1.4); nil for a calendar to read.
    public var method: Method?
    /// What the calendar is called, where one subscribes to it.
    public var name: String
    public var events: [CalendarEvent]

    public enum Method: String, Sendable, Hashable {
        case publish = "PUBLISH"
        case request = "REQUEST"
        case cancel = "CANCEL"
    }

    public init(method: Method? = nil, name: String = "", events: [CalendarEvent]) {
        self.method = method
        self.name = name
        self.events = events
    }

    /// The whole object, with a VTIMEZONE for every zone that its events name.
    public var text: String {
        var lines = [
            ContentLine("VERSION", raw: "2.0"),
            ContentLine("PRODID", text: "-//Throughline//Strategy sessions//EN"),
            ContentLine("CALSCALE", raw: "GREGORIAN"),
        ]
        if let method { lines.append(ContentLine("METHOD", raw: method.rawValue)) }
        if !name.isEmpty {
            // RFC 7986, and what came before it.
            lines += [
                ContentLine("NAME", text: name), ContentLine("X-WR-CALNAME", text: name),
                ContentLine("REFRESH-INTERVAL", [.init("VALUE", "DURATION")], raw: "PT1H"),
                ContentLine("X-PUBLISHED-TTL", raw: "PT1H"),
            ]
        }
        return CalendarComponent("VCALENDAR", lines, zones + events.map(\.component)).text
    }

    private var zones: [CalendarComponent] {
        var spans: [TimeZone: (first: Date, last: Date?)] = [:]
        for event in events where !event.zone.isUTC {
            let span = event.span
            guard let known = spans[event.zone] else {
                spans[event.zone] = span
                continue
            }
            let last = known.last.flatMap { known in span.last.map { max(known, $0) } }
            spans[event.zone] = (min(known.first, span.first), last)
        }
        return spans.sorted { $0.key.identifier < $1.key.identifier }.map { zone, span in
            zone.component(from: span.first, to: span.last)
        }
    }
}

extension TimeZone {
    /// Whether times in it are written with a Z.
    var isUTC: Bool { ["GMT", "UTC", "Etc/UTC", "Etc/GMT", "Etc/UCT", "Etc/Zulu"].contains(identifier) }

    /// A property with one or more times of this zone (RFC 5545 section 3.3.5, form 2 or 3).
    fileprivate func line(_ name: String, _ times: [LocalDateTime]) -> ContentLine {
        if isUTC { return ContentLine(name, raw: times.map { "\($0.basic)Z" }.joined(separator: ",")) }
        return ContentLine(
            name, [.init("TZID", identifier)], raw: times.map(\.basic).joined(separator: ","))
    }
}
