// Events as other programs write them.

public import Foundation

/// A meeting found in somebody's calendar file.
public struct ReadEvent: Sendable, Hashable {
    public let uid: String
    public let summary: String
    public let location: String
    public let start: LocalDateTime
    public let zone: TimeZone
    /// How long, where the file says so.
    public let minutes: Int?
    public let rule: RecurrenceRule?
    /// Times of the rule at which there is none.
    public let exceptions: Set<LocalDateTime>
    /// For one occurrence that differs from its series: its time by the rule.
    public let recurrenceID: LocalDateTime?
    /// The addresses of all who come, the organiser's among them, in small letters.
    public let people: Set<String>
    public let isCancelled: Bool
    /// Where it begins in the file.
    public let line: Int

    /// The times from a moment on at which it takes place.
    /// - Parameter count: how many at most.
    public func times(after moment: Date, atMost count: Int) -> [LocalDateTime] {
        guard let rule else { return start.instant(in: zone) > moment ? [start] : [] }
        let day = LocalDateTime(moment, in: zone).date
        var found: [LocalDateTime] = []
        for time in rule.occurrences(from: start, in: zone, notBefore: day) where !exceptions.contains(time) {
            if time.instant(in: zone) > moment { found.append(time) }
            if found.count >= count { break }
        }
        return found
    }
}

extension CalendarFile {
    /// The meetings of the file, and what couldn't be read, each with its line. All-day events are no meetings and are
    /// left out.
    /// - Parameter zone: for times that name no time zone (RFC 5545 section 3.3.5, form 1).
    public func events(in zone: TimeZone) -> (events: [ReadEvent], problems: [CalendarProblem]) {
        var events: [ReadEvent] = []
        var problems = remarks
        for calendar in calendars {
            let zones = ZoneTable(calendar, floating: zone)
            for component in calendar.all("VEVENT") {
                do throws(CalendarProblem) {
                    if let event = try ReadEvent(component, zones: zones) { events.append(event) }
                } catch {
                    problems.append(error)
                }
            }
        }
        return (events, problems)
    }
}

extension ReadEvent {
    /// - Returns: nil for an event that takes whole days.
    fileprivate init?(_ component: CalendarComponent, zones: ZoneTable) throws(CalendarProblem) {
        guard let startLine = component.line("DTSTART") else {
            throw CalendarProblem(line: component.number, reason: "this event has no DTSTART, so no time.")
        }
        if startLine.parameter("VALUE")?.uppercased() == "DATE" || CalendarDate(basic: startLine.value) != nil {
            return nil
        }
        let (start, zone) = try zones.time(of: startLine)
        self.start = start
        self.zone = zone
        uid = component.line("UID")?.text ?? ""
        summary = component.line("SUMMARY")?.text ?? ""
        location = component.line("LOCATION")?.text ?? ""
        isCancelled = component.line("STATUS")?.value.uppercased() == "CANCELLED"
        people = Set(
            component.lines.filter {
                $0.name == "ATTENDEE" && $0.parameter("CUTYPE")?.uppercased() != "ROOM"
                    && $0.parameter("CUTYPE")?.uppercased() != "RESOURCE" || $0.name == "ORGANIZER"
            }
            .compactMap(Self.address))
        minutes = try Self.minutes(component, from: start.instant(in: zone), zones: zones)
        rule = try Self.rule(component)
        exceptions = try Self.exceptions(component, in: zone, zones: zones)
        recurrenceID = try component.line("RECURRENCE-ID").flatMap { line throws(CalendarProblem) in
            if CalendarDate(basic: line.value) != nil { return nil }
            let (time, otherZone) = try zones.time(of: line)
            return LocalDateTime(time.instant(in: otherZone), in: zone)
        }
        line = component.number
    }

    /// The address of an ORGANIZER or ATTENDEE: `mailto:ana@example.com`, or EMAIL where the value is something else.
    private static func address(_ line: ContentLine) -> String? {
        let value = line.value.lowercased()
        let address =
            value.hasPrefix("mailto:") ? String(value.dropFirst(7)) : line.parameter("EMAIL")?.lowercased() ?? value
        return address.contains("@") ? address.trimmingCharacters(in: .whitespaces) : nil
    }

    private static func rule(_ component: CalendarComponent) throws(CalendarProblem) -> RecurrenceRule? {
        guard let line = component.line("RRULE") else { return nil }
        do throws(RecurrenceRule.Problem) {
            return try RecurrenceRule(line.value)
        } catch {
            throw CalendarProblem(line: line.number, reason: "in the rule, \(error)")
        }
    }

    private static func minutes(
        _ component: CalendarComponent, from start: Date, zones: ZoneTable
    ) throws(CalendarProblem) -> Int? {
        if let line = component.line("DTEND") {
            if CalendarDate(basic: line.value) != nil { return nil }
            let (end, zone) = try zones.time(of: line)
            return max(0, Int(end.instant(in: zone).timeIntervalSince(start) / 60))
        }
        guard let line = component.line("DURATION") else { return nil }
        guard let minutes = duration(line.value) else {
            throw CalendarProblem(
                line: line.number, reason: "“\(line.value.shortened)” is no length of time such as PT50M.")
        }
        return minutes
    }

    /// Reads `PT1H30M`, `P1D`, `P2W` (RFC 5545 section 3.3.6), in minutes.
    private static func duration(_ text: String) -> Int? {
        var rest = text.uppercased()[...]
        if rest.first == "+" { rest.removeFirst() }
        guard rest.popFirst() == "P", !rest.isEmpty else { return nil }
        var seconds = 0
        var number = ""
        for character in rest {
            switch character {
            case "T" where number.isEmpty: continue
            case "0"..."9" where number.count < 7: number.append(character)
            default:
                let units: [Character: Int] = ["W": 604_800, "D": 86_400, "H": 3600, "M": 60, "S": 1]
                guard let unit = units[character], let count = Int(number) else { return nil }
                seconds += count * unit
                number = ""
            }
        }
        return number.isEmpty ? seconds / 60 : nil
    }

    private static func exceptions(
        _ component: CalendarComponent, in zone: TimeZone, zones: ZoneTable
    ) throws(CalendarProblem) -> Set<LocalDateTime> {
        var exceptions: Set<LocalDateTime> = []
        for line in component.lines where line.name == "EXDATE" {
            for value in line.value.split(separator: ",") where CalendarDate(basic: value) == nil {
                var one = line
                one.value = String(value)
                let (time, otherZone) = try zones.time(of: one)
                exceptions.insert(otherZone == zone ? time : LocalDateTime(time.instant(in: otherZone), in: zone))
            }
        }
        return exceptions
    }
}
