// When a series' sessions are: worked out from its rules, pauses and exceptions, in one view of the data.
public import Foundation
public import Storage

/// One time that a series comes round.
///
/// It is named by the day and wall time that it has by the rule. Moved to another day it keeps that name, so that what
/// belongs to it is never taken for the one before or after.
public struct Occurrence: Sendable, Equatable {
    public let name: WallTime
    /// When it is: as the rule says, or where it was moved to.
    public let startsAt: Date
    public let minutes: Int
    public let standing: Standing
    /// Its session, where there is one already.
    public let session: ID<Session>?
    let sessionState: Session.State?
    /// Whether they meet then although one of them is away.
    let isMetAllTheSame: Bool

    public enum Standing: Sendable, Equatable {
        case planned
        /// Away from when it would be by the rule.
        case moved(from: Date, words: String)
        case skipped(words: String, by: PersonName)
        case paused(words: String)
    }

    /// Whether it is away from when it would be by the rule.
    var isMoved: Bool { if case .moved = standing { true } else { false } }

    /// Whether they meet then.
    public var isOn: Bool {
        switch standing {
        case .planned, .moved: true
        case .skipped, .paused: false
        }
    }
}

extension Occurrence {
    /// Whether its session is over, held or not.
    public var isOver: Bool { sessionState.map { ![.asked, .agreed, .running].contains($0) } ?? false }

    var endsAt: Date { startsAt.adding(minutes: minutes) }
}

/// All that decides when a series' sessions are.
public struct SeriesPlan: Sendable {
    /// In the order in which they hold.
    public let rules: [SeriesRule]
    public let pauses: [SeriesPause]
    public let exceptions: [SeriesException]
    let sessions: [SeriesSession]

    /// A session of the series.
    struct SeriesSession: RowReadable, Sendable {
        let id: ID<Session>
        let occurrence: WallTime?
        let state: Session.State
        let startsAt: Date?
        let minutes: Int
        let isMetAllTheSame: Bool

        init(row: inout Row) throws {
            id = try row.next()
            occurrence = try row.next()
            state = try row.next()
            startsAt = try row.next()
            minutes = try row.next()
            isMetAllTheSame = try row.next()
        }
    }

    init(_ series: ID<Series>, in tx: any Transaction) throws {
        self = try Self.all(of: [series], in: tx)[series] ?? SeriesPlan(rules: [])
    }

    /// The plans of several series: four queries, however many they are.
    static func all(of series: [ID<Series>], in tx: any Transaction) throws -> [ID<Series>: SeriesPlan] {
        let rules = try SeriesRule.all(of: series, in: tx)
        let pauses = try SeriesPause.all(of: series, in: tx)
        let exceptions = try SeriesException.all(of: series, in: tx)
        let sessions: [ID<Series>: [SeriesSession]] = try OfSeries.rows(
            """
            select s.series, s.id, s.occurrence, s.state, s.starts_at, s.minutes, \(DayOff.isMetAllTheSame)
            from session s where s.series in \(list: series) order by s.starts_at, s.id
            """, in: tx)
        return rules.reduce(into: [:]) { plans, each in
            let id = each.key
            plans[id] = SeriesPlan(
                rules: each.value, pauses: pauses[id] ?? [], exceptions: exceptions[id] ?? [],
                sessions: sessions[id] ?? [])
        }
    }

    init(
        rules: [SeriesRule], pauses: [SeriesPause] = [], exceptions: [SeriesException] = [],
        sessions: [SeriesSession] = []
    ) {
        self.rules = rules
        self.pauses = pauses
        self.exceptions = exceptions
        self.sessions = sessions
    }

    /// The rule that holds on a day: the last one that has begun, or the first of all.
    public func rule(on day: Day) -> SeriesRule? {
        rules.last { $0.fromDay <= day } ?? rules.first
    }

    /// The times by the rules alone on a day or after it, in order, as many as one likes.
    public func names(from day: Day, atMost count: Int) -> [WallTime] {
        var names: [WallTime] = []
        for (index, rule) in rules.enumerated() where names.count < count {
            let end = index + 1 < rules.count ? rules[index + 1].fromDay : nil
            var number = rule.cadence.number(onOrAfter: day, from: rule.fromDay)
            while names.count < count {
                let next = rule.cadence.day(number, from: rule.fromDay)
                if let end, next >= end { break }
                names.append(rule.wall(on: next))
                number += 1
            }
        }
        return names
    }

    /// Whether a rule gives this name.
    public func has(_ name: WallTime) -> Bool {
        names(from: name.day, atMost: 1).first == name
    }

    /// What comes after `now`, in the order in which it comes, with what is skipped and paused.
    ///
    /// An earlier one that was moved past the following ones is among them, in its new place.
    public func ahead(of now: Date, count: Int) -> [Occurrence] {
        guard let first = rules.first else { return [] }
        let today = Day(now, in: rule(on: Day(now, in: first.zone))?.zone ?? first.zone)
        let late = exceptions.filter { $0.startsAt.map { $0 > now } ?? false }.map(\.occurrence).filter(has)
        let regular = names(from: today.adding(days: -1), atMost: count + exceptions.count + 3)
        let all = Set(regular + late).map(occurrence).filter { $0.startsAt > now }
        return Array(all.sorted { ($0.startsAt, $0.name) < ($1.startsAt, $1.name) }.prefix(count))
    }

    /// The next one that they meet for. Looks past whatever is skipped and paused, and past one that was held before
    /// its time.
    public func next(after now: Date) -> Occurrence? {
        for count in [6, 60, 600] {
            if let found = ahead(of: now, count: count).first(where: { $0.isOn && !$0.isOver }) { return found }
        }
        return nil
    }

    /// Those that they meet for and have not held: under way, by the clock, or to come.
    func meetings(after now: Date, count: Int) -> [Occurrence] {
        ahead(of: now.adding(minutes: -Self.longest), count: count).filter { $0.isOn && !$0.isOver && $0.endsAt > now }
    }

    /// The most minutes that a session lasts.
    private static let longest = 480

    /// The day on which one is, by the clock that its rule goes by.
    func day(of occurrence: Occurrence) -> Day {
        Day(occurrence.startsAt, in: rule(on: occurrence.name.day)?.zone ?? .gmt)
    }

    /// The later of two to come that would be at the same time, within the year that a session can be moved ahead; nil
    /// where each has its time for itself.
    func clash(after now: Date) -> Occurrence? {
        let on = meetings(after: now, count: Self.yearOfWeeks)
        return zip(on, on.dropFirst()).first { $1.startsAt < $0.endsAt }?.1
    }

    /// As many as come within the year that a session can be moved ahead, and some more.
    static let yearOfWeeks = 60

    /// An occurrence with what became of it.
    public func occurrence(_ name: WallTime) -> Occurrence {
        let rule = rule(on: name.day)
        let zone = rule?.zone ?? .gmt
        let planned = name.moment(in: zone)
        let exception = exceptions.first { $0.occurrence == name }
        let session = sessions.first { $0.occurrence == name }
        let pause = pauses.first { $0.covers(name.day) }
        let standing: Occurrence.Standing =
            if let exception, let moved = exception.startsAt {
                .moved(from: planned, words: exception.words)
                    .unlessBack(moved, planned)
            } else if let exception {
                .skipped(words: exception.words, by: exception.by)
            } else if let pause {
                .paused(words: pause.words)
            } else {
                .planned
            }
        return Occurrence(
            name: name, startsAt: exception?.startsAt ?? planned,
            minutes: session?.minutes ?? rule?.minutes ?? 50, standing: standing, session: session?.id,
            sessionState: session?.state, isMetAllTheSame: session?.isMetAllTheSame ?? false)
    }

    /// A session of the series that is under way or about to be: nothing further is made until it is over.
    func present(at now: Date) -> SeriesSession? {
        sessions.first { session in
            guard [.asked, .agreed, .running].contains(session.state), let start = session.startsAt else {
                return false
            }
            return start <= now && now < start.adding(days: 1)
        }
    }
}

extension Occurrence.Standing {
    /// Moved back to where the rule has it, it is as planned.
    fileprivate func unlessBack(_ moved: Date, _ planned: Date) -> Occurrence.Standing {
        moved == planned ? .planned : self
    }
}
