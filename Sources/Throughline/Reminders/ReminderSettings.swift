public import Foundation
public import Storage

/// What people are reminded of, each kind theirs to stop.
public enum ReminderKind: String, Sendable, CaseIterable, SQLColumn {
    /// A session is near and not prepared.
    case prepare
    /// A recap waits for a yes.
    case confirm
    /// A promise is due or late.
    case action
    /// A key result's rhythm has passed without a check-in.
    case checkIn = "check-in"
}

/// What somebody wants to be reminded of, and when.
public struct ReminderSettings: Sendable, Equatable {
    public var hours: WorkingHours
    /// How many working hours ahead a session that isn't prepared is brought up.
    public var leadHours: Int
    public var kinds: Set<ReminderKind>

    public init(
        hours: WorkingHours = .standard, leadHours: Int = 8, kinds: Set<ReminderKind> = Set(ReminderKind.allCases)
    ) {
        self.hours = hours
        self.leadHours = leadHours
        self.kinds = kinds
    }

    /// The leads that people choose from, in working hours.
    public static let leads = [4, 8, 16, 24, 40]

    /// `on weekdays at 8:30, Lisbon time`
    public func time(in zone: TimeZone) -> String {
        let days = hours.daysInWords
        return "\(days == "every day" ? "" : "on ")\(days) at \(WorkingHours.clock(hours.starts)), \(zone.city) time"
    }
}

/// The settings as a form sends them.
public struct ReminderDraft: Sendable {
    /// Weekdays, `1` to `7`.
    public var days: [String]
    /// `08:30`
    public var starts: String
    public var ends: String
    /// One of ``ReminderSettings/leads``.
    public var lead: String
    /// Those of ``ReminderKind`` that are wanted.
    public var kinds: [String]

    public init(days: [String], starts: String, ends: String, lead: String, kinds: [String]) {
        self.days = days
        self.starts = starts
        self.ends = ends
        self.lead = lead
        self.kinds = kinds
    }

    /// - Throws: ``Invalid`` at `day`, `starts`, `ends`, `lead` or `kind`.
    func checked() throws -> ReminderSettings {
        var typed = Typed()
        let days = Set(days.compactMap { Int($0) }.filter { (1...7).contains($0) })
        if days.isEmpty { typed.note("day", "Choose at least one day. To get no mail at all, untick every reminder.") }
        let starts = typed.clock(starts, "starts", "Write when your day begins, such as 08:30.")
        let ends = typed.clock(ends, "ends", "Write when your day ends, such as 17:00.")
        if let starts, let ends, ends - starts < 60 {
            typed.note("ends", "Your day has to be an hour long at least, and to end after it begins.")
        }
        let lead = Int(lead).flatMap { ReminderSettings.leads.contains($0) ? $0 : nil }
        if lead == nil { typed.note("lead", "Choose how long before.") }
        let kinds = kinds.compactMap { typed.choice($0, "kind", "Choose from the list.", as: ReminderKind.self) }
        try typed.check()
        guard let starts, let ends, let lead else { throw Invalid("starts", "Write when you work.") }
        return ReminderSettings(
            hours: WorkingHours(days: days, starts: starts, ends: ends), leadHours: lead, kinds: Set(kinds))
    }
}

extension Typed {
    /// A time of day as browsers send it, in minutes after midnight.
    fileprivate mutating func clock(_ value: String, _ field: String, _ words: String) -> Int? {
        if let any = Day(year: 2000, month: 1, day: 1), let wall = WallTime(day: any, time: value) {
            return wall.hour * 60 + wall.minute
        }
        note(field, words)
        return nil
    }
}

extension ReminderSettings: RowReadable {
    static let columns: SQL = "r.days, r.starts_at, r.ends_at, r.lead_hours, r.muted"

    /// Reads ``columns``, all of them null for who never chose.
    public init(row: inout Row) throws {
        let days = try row.next(String?.self)
        let starts = try row.next(Int?.self)
        let ends = try row.next(Int?.self)
        let lead = try row.next(Int?.self)
        let muted = try row.next(String?.self)
        self.init()
        guard let days, let starts, let ends, let lead, let muted else { return }
        hours = WorkingHours(days: Set(days.compactMap(\.wholeNumberValue)), starts: starts, ends: ends)
        leadHours = lead
        kinds.subtract(muted.split(separator: " ").compactMap { ReminderKind(rawValue: String($0)) })
    }

    var storedDays: String { hours.days.sorted().map(String.init).joined() }

    /// By what is not wanted, so that a kind that comes with a new version is wanted first.
    var storedMutes: String {
        ReminderKind.allCases.filter { !kinds.contains($0) }.map(\.rawValue).joined(separator: " ")
    }
}
