public import Foundation
import ICalendar
public import Storage

extension Product {
    /// Sessions in people's own calendars.
    public var calendars: Calendars { Calendars(product: self) }
}

/// What somebody has settled about calendars.
public struct CalendarSettings: Sendable, Equatable {
    /// Whether mail about a session's time brings an invitation for the calendar.
    public let getsInvitations: Bool
    /// The feed that is open, if one is.
    public let feed: CalendarFeed?
}

/// A secret address at which somebody's calendar reads their sessions.
public struct CalendarFeed: Sendable, Equatable, RowReadable {
    /// Whether it says what a session is about and with whom.
    public let hasTitles: Bool
    public let createdAt: Date
    /// When a calendar last read it, to the hour.
    public let readAt: Date?

    public init(row: inout Row) throws {
        hasTitles = try row.next()
        createdAt = try row.next()
        readAt = try row.next()
    }
}

/// A calendar file to hand out.
public struct CalendarText: Sendable, Equatable {
    public let text: String
    /// The same for the same text, in the form that HTTP wants (RFC 9110 section 8.8.3).
    public let tag: String

    init(_ object: CalendarObject) {
        text = object.text
        tag = "\"\(Secrets.hash(ofToken: text).prefix(32))\""
    }
}

/// The feed, single sessions as files, and what people settle about them.
public struct Calendars: Sendable {
    let product: Product

    /// How far back a feed reaches, in days.
    static let pastDays = 180
    /// The most sessions that a feed holds.
    static let most = 1_000

    static func settings(of person: ID<Person>, in tx: any Transaction) throws -> CalendarSettings {
        CalendarSettings(
            getsInvitations: try tx.value(Bool.self, "select calendar_mail from person where id = \(person)") ?? true,
            feed: try tx.first(
                CalendarFeed.self,
                """
                select has_titles, created_at, read_at from calendar_feed
                where person = \(person) and ended_at is null order by created_at desc, id desc limit 1
                """))
    }

    /// Says whether mail may put sessions into the viewer's calendar.
    public func setInvitations(_ isOn: Bool, as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let changed = try tx.run(
                "update person set calendar_mail = \(isOn) where id = \(viewer.id) and calendar_mail <> \(isOn)")
            guard changed == 1 else { return }
            try tx.journal(
                "set-calendar-mail", viewer.id, "person", by: viewer.id, at: now, detail: ["on": String(isOn)])
        }
    }

    /// Opens a feed for the viewer. One that was open ends: its address stops working.
    /// - Returns: the address, which is kept nowhere.
    public func openFeed(hasTitles: Bool, as viewer: Viewer) async throws -> String {
        let (now, token) = (product.now(), Secrets.newToken())
        try await product.database.write { tx in
            try Self.endFeeds(of: viewer.id, at: now, in: tx)
            let id = ID<CalendarFeed>(now: now)
            try tx.run(
                """
                insert into calendar_feed (id, person, token_hash, has_titles, created_at)
                values (\(id), \(viewer.id), \(Secrets.hash(ofToken: token)), \(hasTitles), \(now))
                """)
            try tx.journal(
                "opened-feed", id, "calendar-feed", by: viewer.id, at: now, detail: ["titles": String(hasTitles)])
        }
        return "\(product.address)/calendar/\(token).ics"
    }

    /// Ends the viewer's feed. Without one, nothing changes.
    public func endFeed(as viewer: Viewer) async throws {
        let now = product.now()
        try await product.database.write { tx in try Self.endFeeds(of: viewer.id, at: now, in: tx) }
    }

    private static func endFeeds(of person: ID<Person>, at now: Date, in tx: any Transaction) throws {
        let open = try tx.values(
            ID<CalendarFeed>.self, "select id from calendar_feed where person = \(person) and ended_at is null")
        for id in open {
            try tx.run("update calendar_feed set ended_at = \(now) where id = \(id)")
            try tx.journal("ended-feed", id, "calendar-feed", by: person, at: now)
        }
    }

    /// The feed with that secret, for whoever holds it.
    /// - Throws: ``NotFound``, also for a feed that has ended and for a person who may no longer sign in.
    public func feed(_ token: String) async throws -> CalendarText {
        let now = product.now()
        let (found, object) = try await product.database.read { tx -> (OpenFeed, CalendarObject) in
            guard
                let found = try tx.first(
                    OpenFeed.self,
                    """
                    select f.id, f.has_titles, f.read_at, p.id, p.time_zone
                    from calendar_feed f join person p on p.id = f.person
                    where f.token_hash = \(Secrets.hash(ofToken: token)) and f.ended_at is null and p.state = 'active'
                    """)
            else { throw NotFound() }
            return (found, try self.object(for: found, at: now, in: tx))
        }
        // Calendars ask all day long; that they still do is worth a write only now and then.
        if found.readAt.map({ now.timeIntervalSince($0) > 3600 }) ?? true {
            try await product.database.write { tx in
                try tx.run("update calendar_feed set read_at = \(now) where id = \(found.id)")
            }
        }
        return CalendarText(object)
    }

    private func object(for feed: OpenFeed, at now: Date, in tx: any Transaction) throws -> CalendarObject {
        let sight = CalendarSight(person: feed.person, product: product, isTitled: feed.hasTitles)
        let sessions = try tx.all(
            SessionEvent.self,
            """
            select \(SessionEvent.columns) from \(SessionEvent.tables)
            where (s.employee = \(feed.person) or s.manager = \(feed.person))
                and s.state in ('asked', 'agreed', 'running', 'closing', 'confirmed')
                and s.starts_at > \(now.adding(days: -Self.pastDays))
            order by s.starts_at, s.id limit \(Self.most)
            """)
        let calendars = try series(of: feed.person, in: tx)
        return CalendarObject(
            name: "Strategy sessions",
            events: try calendars.flatMap { try Self.events($0, beside: sessions, sight) }
                + sessions.map { Self.event($0, calendars, sight, in: feed.zone) })
    }

    private func series(of person: ID<Person>, in tx: any Transaction) throws -> [SeriesCalendar] {
        let series = try tx.all(
            Series.self,
            """
            select \(Series.columns) from \(Series.tables)
            where (r.employee = \(person) or r.manager = \(person)) and r.agreed_at is not null order by r.id
            """)
        let plans = try SeriesPlan.all(of: series.map(\.id), in: tx)
        return series.compactMap { series in plans[series.id].map { SeriesCalendar(series, $0, of: product) } }
    }

    /// What a series brings besides the sessions that are there already, which stand for themselves.
    private static func events(
        _ calendar: SeriesCalendar, beside sessions: [SessionEvent], _ sight: CalendarSight
    ) throws -> [CalendarEvent] {
        let made = Set(sessions.filter { $0.series == calendar.series.id }.compactMap(\.occurrence).map(\.local))
        return try calendar.segments.filter { !$0.isEmpty }.flatMap { try calendar.events($0, sight) }
            .filter { event in event.recurrenceID.map { !made.contains($0) } ?? true }
    }

    /// A session, as one of its series where it is one.
    private static func event(
        _ session: SessionEvent, _ calendars: [SeriesCalendar], _ sight: CalendarSight, in zone: TimeZone
    ) -> CalendarEvent {
        guard let name = session.occurrence, let calendar = calendars.first(where: { $0.series.id == session.series }),
            let segment = calendar.segments.first(where: { !$0.isEmpty && $0.holds(name) })
        else { return session.event(sight, in: zone) }
        return session.event(sight, of: segment, calendar.series)
    }

    /// One session as a file, for one of its two people.
    /// - Throws: ``NotFound``, also while no time has been agreed.
    public func file(of id: ID<Session>, as viewer: Viewer) async throws -> CalendarText {
        try await product.sessions.read(id, as: viewer) { access, tx in
            let found = try tx.first(
                SessionEvent.self,
                """
                select \(SessionEvent.columns) from \(SessionEvent.tables)
                where s.id = \(access.session.id) and s.starts_at is not null and s.state not in ('declined', 'cancelled')
                """)
            guard let event = found else { throw NotFound() }
            return CalendarText(
                CalendarObject(
                    events: [event.event(CalendarSight(person: viewer.id, product: product), in: viewer.timeZone)]))
        }
    }

    private struct OpenFeed: Sendable, RowReadable {
        let id: ID<CalendarFeed>
        let hasTitles: Bool
        let readAt: Date?
        let person: ID<Person>
        let zone: TimeZone

        init(row: inout Row) throws {
            id = try row.next()
            hasTitles = try row.next()
            readAt = try row.next()
            person = try row.next()
            zone = TimeZones.stored(try row.next())
        }
    }
}
