public import Foundation
import Storage

/// Something that somebody may have to be reminded of.
public struct ReminderMatter: Sendable, Equatable {
    public let kind: ReminderKind
    /// The session, action or cycle.
    public let object: String
    /// What the session or cycle is called, or what was promised.
    public let title: String
    /// Whom it is with; empty where it is nobody else's matter.
    public let partner: String
    public let standing: Standing

    public enum Standing: Sendable, Equatable {
        /// A session that lacks something.
        case unprepared(startsAt: Date, missing: [String])
        /// A talk that is over, and whose recap waits.
        case unconfirmed(since: Date)
        /// A promise, and when it was given.
        case promised(due: Day, at: Date)
        /// Key results of a cycle whose rhythm has passed, those that wait longest first; when the last of them began to
        /// wait, and how many days may lie between two check-ins.
        case unheard(keyResults: [String], last: Day, rhythm: Int)
    }

    public init(kind: ReminderKind, object: String, title: String, partner: String, standing: Standing) {
        self.kind = kind
        self.object = object
        self.title = title
        self.partner = partner
        self.standing = standing
    }
}

/// What somebody was reminded of before.
public struct ReminderNote: Sendable, Equatable {
    public let kind: ReminderKind
    public let object: String
    /// On the person's calendar.
    public let day: Day

    public init(kind: ReminderKind, object: String, day: Day) {
        self.kind = kind
        self.object = object
        self.day = day
    }
}

/// One mail of reminders.
public struct ReminderMail: Sendable, Equatable {
    /// The most urgent first; never empty.
    public let matters: [ReminderMatter]
    /// Whether it comes on top of the day's mail, because it can't wait for the next day's.
    public let isExtra: Bool
}

/// What to remind somebody of now: a function of values and the present moment alone.
///
/// - A session that isn't prepared is brought up on the working day on which it comes within the lead, and on each
///   after that. On its own day that is urgent.
/// - A recap that waits for a yes: the first working day after the talk, then every third, four times at most.
/// - A promise: once on the working day before it is due, or on the day itself; once it is late, on the first
///   working day after, then every fifth, four times at most. One that has been late for two months is left in peace.
/// - Key results that wait for a check-in, all of a cycle at once: on the first working day on which one does, then every
///   third (of a shorter rhythm as often as it says), four times at most after the last of them began to wait.
///
/// All of a day goes into one mail, when the person's working day begins, or as soon in it as the server is up.
/// What becomes urgent after that gets a mail of its own. Outside working hours nothing is sent; what is still of use
/// comes with the next working day.
public struct ReminderRule: Sendable {
    public let settings: ReminderSettings
    public let time: WorkingTime
    public let now: Date

    /// How long before a session a reminder is of no use any more, in seconds.
    static let tooLate: TimeInterval = 15 * 60
    static let mostOften = 4
    /// How often somebody at work is looked after, in seconds.
    static let betweenLooks = 3600

    public init(_ settings: ReminderSettings, in zone: TimeZone, daysOff: [ClosedRange<Day>] = [], at now: Date) {
        self.settings = settings
        time = WorkingTime(settings.hours, in: zone, daysOff: daysOff)
        self.now = now
    }

    private var today: Day { Day(now, in: time.zone) }

    /// - Parameter notes: what the person was reminded of in the past three months.
    public func mail(about matters: [ReminderMatter], after notes: [ReminderNote]) -> ReminderMail? {
        guard time.isOpen(at: now) else { return nil }
        let todays = notes.filter { $0.day == today }
        let due = matters.filter { matter in
            settings.kinds.contains(matter.kind) && !todays.contains { $0.isAbout(matter) }
                && isDue(matter, after: notes.filter { $0.isAbout(matter) }.map(\.day))
        }.sorted { rank($0) < rank($1) }
        if todays.isEmpty { return due.isEmpty ? nil : ReminderMail(matters: due, isExtra: false) }
        let urgent = due.filter(isUrgent)
        return urgent.isEmpty ? nil : ReminderMail(matters: urgent, isExtra: true)
    }

    /// When to look again: within the hour at work, otherwise when work begins, and after six hours at the latest,
    /// because people move and change their hours.
    public var nextLook: Date {
        if time.isOpen(at: now) { return now.addingTimeInterval(Double(Self.betweenLooks)) }
        let latest = now.addingTimeInterval(6 * 3600)
        return min(time.opening(after: now) ?? latest, latest)
    }

    func isUrgent(_ matter: ReminderMatter) -> Bool {
        guard case .unprepared(let startsAt, _) = matter.standing else { return false }
        return Day(startsAt, in: time.zone) == today
    }

    private func rank(_ matter: ReminderMatter) -> (Int, Date, String) {
        switch matter.standing {
        case .unprepared(let startsAt, _): (0, startsAt, matter.object)
        case .unconfirmed(let since): (1, since, matter.object)
        case .promised(let due, _): (2, time.opening(due), matter.object)
        case .unheard(_, let last, _): (3, time.opening(last), matter.object)
        }
    }

    private func isDue(_ matter: ReminderMatter, after days: [Day]) -> Bool {
        switch matter.standing {
        case .unprepared(let startsAt, let missing):
            return !missing.isEmpty && isNear(startsAt)
        case .unconfirmed(let since):
            let first = Day(since, in: time.zone)
            return first < today && isTimeAgain(days, every: 3)
        case .promised(let due, _):
            if due >= today {
                guard let next = time.workingDay(after: today) else { return false }
                return due == today || (due <= next && !days.contains { $0 >= due.adding(days: -7) })
            }
            return today.days(since: due) <= 60 && isTimeAgain(days.filter { $0 > due }, every: 5)
        case .unheard(_, let last, let rhythm):
            return days.count { $0 >= last } < Self.mostOften && isLongEnough(since: days.max(), days: min(3, rhythm))
        }
    }

    /// Whether a session comes within the lead today, and isn't about to begin.
    func isNear(_ startsAt: Date) -> Bool {
        startsAt > now.addingTimeInterval(Self.tooLate)
            && time.minutes(from: time.closing(today), to: startsAt) < settings.leadHours * 60
    }

    private func isTimeAgain(_ days: [Day], every count: Int) -> Bool {
        days.count < Self.mostOften && isLongEnough(since: days.max(), days: count)
    }

    private func isLongEnough(since last: Day?, days count: Int) -> Bool {
        last.map { time.workingDays(after: $0, through: today) >= count } ?? true
    }
}

extension ReminderNote {
    func isAbout(_ matter: ReminderMatter) -> Bool { kind == matter.kind && object == matter.object }
}
