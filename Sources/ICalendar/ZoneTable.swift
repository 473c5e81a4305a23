// Time zones as calendar files name them: by their IANA name, by the name that Windows has for them, or by a name of the
// file's own, which its VTIMEZONE explains.

import Foundation

/// The time zones of one VCALENDAR.
struct ZoneTable {
    private let zones: [String: TimeZone]
    private let floating: TimeZone

    init(_ calendar: CalendarComponent, floating: TimeZone) {
        self.floating = floating
        var zones: [String: TimeZone] = [:]
        for component in calendar.all("VTIMEZONE") {
            guard let name = component.line("TZID")?.text else { continue }
            let location = component.line("X-LIC-LOCATION")?.text
            zones[name] = Self.known(name) ?? location.flatMap(Self.known) ?? Self.alike(component)
        }
        self.zones = zones
    }

    /// The time of a DTSTART or its like, and where it holds.
    func time(of line: ContentLine) throws(CalendarProblem) -> (LocalDateTime, TimeZone) {
        let value = line.value.trimmingCharacters(in: .whitespaces).uppercased()
        if value.hasSuffix("Z"), let time = LocalDateTime(basic: value.dropLast()) { return (time, .gmt) }
        guard let time = LocalDateTime(basic: value) else {
            throw CalendarProblem(
                line: line.number, reason: "“\(line.value.shortened)” is no time such as 20261203T140000.")
        }
        guard let name = line.parameter("TZID") else { return (time, floating) }
        guard let zone = zones[name] ?? Self.known(name) else {
            throw CalendarProblem(
                line: line.number,
                reason: "the time zone “\(name.shortened)” isn’t known, and the file doesn’t explain it.")
        }
        return (time, zone)
    }

    /// By IANA name, also at the end of a longer one (`/example.org/20070129/Europe/Berlin`), or by that of Windows.
    private static func known(_ name: String) -> TimeZone? {
        let name = name.trimmingCharacters(in: CharacterSet(charactersIn: "\"' "))
        if let windows = windows[name] { return TimeZone(identifier: windows) }
        let parts = name.split(separator: "/")
        for count in [parts.count, 3, 2] where count <= parts.count {
            let identifier = parts.suffix(count).joined(separator: "/")
            if identifier.contains("/") || ["UTC", "GMT"].contains(identifier),
                let zone = TimeZone(identifier: identifier)
            {
                return zone
            }
        }
        return nil
    }

    /// The zone whose clocks do what a VTIMEZONE says, in this year and the next: the rules of the past matter to nobody
    /// who wants to know when to meet.
    private static func alike(_ component: CalendarComponent) -> TimeZone? {
        let observances = component.components.prefix(50).compactMap(Observance.init)
        guard !observances.isEmpty else { return nil }
        let year = LocalDateTime(Date(), in: .gmt).date.year
        let first = CalendarDate.days(toYear: year, month: 1)
        // Every fourth day at noon tells all rules apart that are in use.
        let walls = stride(from: first, to: first + 730, by: 4).map {
            LocalDateTime(CalendarDate(daysSince1970: $0), secondOfDay: 43_200)
        }
        let offsets = Observance.offsets(of: observances, at: walls)
        return (preferred + TimeZone.knownTimeZoneIdentifiers).lazy.compactMap { TimeZone(identifier: $0) }.first {
            zone in
            zip(walls, offsets).allSatisfy { wall, offset in
                zone.secondsFromGMT(for: Date(seconds: wall.secondsOnTheWall - offset)) == offset
            }
        }
    }

    /// Of zones that are alike, the one that most people mean.
    private static let preferred = [
        "UTC", "Europe/London", "Europe/Berlin", "Europe/Athens", "America/New_York", "America/Chicago",
        "America/Denver",
        "America/Los_Angeles", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
    ]

    /// Part of a VTIMEZONE: from when on which offset holds.
    private struct Observance {
        let start: LocalDateTime
        let rule: RecurrenceRule?
        let offset: Int

        init?(_ component: CalendarComponent) {
            guard let start = component.line("DTSTART").flatMap({ LocalDateTime(basic: $0.value) }),
                let offset = component.line("TZOFFSETTO").flatMap({ Self.seconds($0.value) })
            else { return nil }
            self.start = start
            self.offset = offset
            rule = component.line("RRULE").flatMap { try? RecurrenceRule($0.value) }
        }

        /// Which offset holds at each of some times, given in order.
        static func offsets(of observances: [Observance], at walls: [LocalDateTime]) -> [Int] {
            guard let last = walls.last else { return [] }
            // Rules out of Outlook begin in 1601.
            let changes = observances.flatMap { observance -> [(LocalDateTime, Int)] in
                guard let rule = observance.rule else { return [(observance.start, observance.offset)] }
                let times = rule.occurrences(from: observance.start, in: .gmt).prefix(2_000).prefix { $0 <= last }
                return times.map { ($0, observance.offset) }
            }.sorted { $0.0 < $1.0 }
            var index = 0
            var offset = changes.first?.1 ?? 0
            return walls.map { wall in
                while index < changes.count, changes[index].0 <= wall {
                    offset = changes[index].1
                    index += 1
                }
                return offset
            }
        }

        /// Reads `+0100` and `-033015` (RFC 5545 section 3.3.14).
        private static func seconds(_ text: String) -> Int? {
            guard let sign = text.first, sign == "+" || sign == "-", [4, 6].contains(text.count - 1),
                let digits = Int(text.dropFirst())
            else { return nil }
            let (hours, minutes, seconds) =
                text.count == 5 ? (digits / 100, digits % 100, 0) : (digits / 10_000, digits / 100 % 100, digits % 100)
            guard hours < 24, minutes < 60, seconds < 60 else { return nil }
            return (hours * 3600 + minutes * 60 + seconds) * (sign == "-" ? -1 : 1)
        }
    }

    /// The names that Outlook and Exchange use, as the Unicode CLDR pairs them with the largest place of each.
    private static let windows = [
        "UTC": "UTC", "GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik",
        "W. Europe Standard Time": "Europe/Berlin", "Central Europe Standard Time": "Europe/Budapest",
        "Central European Standard Time": "Europe/Warsaw", "Romance Standard Time": "Europe/Paris",
        "GTB Standard Time": "Europe/Bucharest", "FLE Standard Time": "Europe/Kyiv",
        "E. Europe Standard Time": "Europe/Chisinau", "Turkey Standard Time": "Europe/Istanbul",
        "Russian Standard Time": "Europe/Moscow", "Israel Standard Time": "Asia/Jerusalem",
        "Egypt Standard Time": "Africa/Cairo", "South Africa Standard Time": "Africa/Johannesburg",
        "W. Central Africa Standard Time": "Africa/Lagos", "E. Africa Standard Time": "Africa/Nairobi",
        "Morocco Standard Time": "Africa/Casablanca", "Arab Standard Time": "Asia/Riyadh",
        "Arabian Standard Time": "Asia/Dubai", "Iran Standard Time": "Asia/Tehran",
        "Pakistan Standard Time": "Asia/Karachi", "India Standard Time": "Asia/Kolkata",
        "Sri Lanka Standard Time": "Asia/Colombo", "Nepal Standard Time": "Asia/Kathmandu",
        "Bangladesh Standard Time": "Asia/Dhaka", "SE Asia Standard Time": "Asia/Bangkok",
        "China Standard Time": "Asia/Shanghai", "Singapore Standard Time": "Asia/Singapore",
        "Taipei Standard Time": "Asia/Taipei", "W. Australia Standard Time": "Australia/Perth",
        "Tokyo Standard Time": "Asia/Tokyo", "Korea Standard Time": "Asia/Seoul",
        "Cen. Australia Standard Time": "Australia/Adelaide", "AUS Central Standard Time": "Australia/Darwin",
        "AUS Eastern Standard Time": "Australia/Sydney", "E. Australia Standard Time": "Australia/Brisbane",
        "Tasmania Standard Time": "Australia/Hobart", "New Zealand Standard Time": "Pacific/Auckland",
        "Hawaiian Standard Time": "Pacific/Honolulu", "Alaskan Standard Time": "America/Anchorage",
        "Pacific Standard Time": "America/Los_Angeles", "US Mountain Standard Time": "America/Phoenix",
        "Mountain Standard Time": "America/Denver", "Central Standard Time": "America/Chicago",
        "Canada Central Standard Time": "America/Regina", "Central America Standard Time": "America/Guatemala",
        "Central Standard Time (Mexico)": "America/Mexico_City", "Eastern Standard Time": "America/New_York",
        "US Eastern Standard Time": "America/Indianapolis", "SA Pacific Standard Time": "America/Bogota",
        "Venezuela Standard Time": "America/Caracas", "Atlantic Standard Time": "America/Halifax",
        "Newfoundland Standard Time": "America/St_Johns", "SA Western Standard Time": "America/La_Paz",
        "Pacific SA Standard Time": "America/Santiago", "E. South America Standard Time": "America/Sao_Paulo",
        "Argentina Standard Time": "America/Buenos_Aires", "SA Eastern Standard Time": "America/Cayenne",
        "Azores Standard Time": "Atlantic/Azores",
    ]
}
