public import Foundation
public import Storage

extension Product {
    public var today: Today { Today(product: self) }
}

/// What a person sees first: what needs them, the next session and how ready it is, what was promised.
public struct Today: Sendable {
    let product: Product

    /// Everything that the page shows, in one view of the data.
    public func view(for viewer: Viewer) async throws -> TodayView {
        let now = product.now()
        return try await product.database.read { tx in
            let sessions = try TodaySession.live(of: viewer.id, in: tx)
            // Only the next session is looked at closely.
            let outlook = try TodayView.next(of: sessions, now: now).map { next in
                try SessionOutlook(of: next.session, for: viewer.id, today: Day(now, in: viewer.timeZone), in: tx)
            }
            return TodayView(
                now: now,
                sessions: sessions,
                outlook: outlook,
                daysOff: try DayOff.all(
                    of: [viewer.id] + sessions.map(\.partner.id), from: Day(now, in: .gmt).adding(days: -1), in: tx),
                commitments: try Commitments.openCommitments(of: viewer, in: tx),
                goals: try TodayGoal.open(of: viewer.id, in: tx),
                hasManager: try tx.value(
                    Bool.self, "select case when manager is null then 0 else 1 end from person where id = \(viewer.id)")
                    ?? false)
        }
    }
}

/// What Today shows.
public struct TodayView: Sendable {
    public let now: Date
    /// Every session that has not ended, soonest first.
    public let sessions: [TodaySession]
    /// How ready ``next`` is; nil where there is none.
    public let outlook: SessionOutlook?
    /// When the viewer and those whom they meet are away.
    public let daysOff: [DayOff]
    /// What the viewer owes and is owed, the next due first.
    public let commitments: [Commitment]
    public let goals: [TodayGoal]
    public let hasManager: Bool

    /// The session to look forward to: the one that runs, or the next that both have agreed to. One whose time has
    /// passed without being started counts for a day; then it needs to be moved, and is listed under what needs you.
    public var next: TodaySession? { Self.next(of: sessions, now: now) }

    static func next(of sessions: [TodaySession], now: Date) -> TodaySession? {
        sessions.first { $0.session.state == .running }
            ?? sessions.first { $0.session.state == .agreed && !isForgotten($0, now) }
    }

    /// What waits for the viewer, most urgent first.
    public var needs: [Need] {
        sessions.compactMap { need(in: $0) }
    }

    private func need(in row: TodaySession) -> Need? {
        switch row.session.state {
        case .asked:
            row.session.turn == row.me.id ? Need(kind: .answer, row: row) : nil
        case .closing:
            if row.partnersCorrections > 0 {
                Need(kind: .answerCorrection, row: row)
            } else if !row.iConfirmed {
                Need(kind: .confirm, row: row)
            } else {
                nil
            }
        case .agreed:
            Self.isForgotten(row, now)
                ? Need(kind: .moveForgotten, row: row)
                : away(for: row).map { Need(kind: .moveForDayOff(of: $0), row: row) }
        case .running, .confirmed, .declined, .cancelled:
            nil
        }
    }

    /// Who is away when a session is to be.
    private func away(for row: TodaySession) -> PersonName? {
        guard let start = row.session.startsAt, start > now, !row.isMetAllTheSame else { return nil }
        return daysOff.first { [row.me.id, row.partner.id].contains($0.person.id) && $0.covers(start) }?.person
    }

    private static func isForgotten(_ row: TodaySession, _ now: Date) -> Bool {
        guard let end = row.session.startsAt?.adding(minutes: row.session.minutes) else { return false }
        return now.timeIntervalSince(end) > 86_400
    }
}

/// One thing that waits for somebody.
public struct Need: Sendable {
    public let kind: Kind
    public let row: TodaySession

    public enum Kind: Sendable, Equatable {
        /// A session was asked for, or another time proposed.
        case answer
        /// A recap waits for a yes.
        case confirm
        /// The partner asks for other words in the recap.
        case answerCorrection
        /// The time of a session has passed, and nobody started it.
        case moveForgotten
        /// Somebody is away on the day of a session.
        case moveForDayOff(of: PersonName)
    }
}

/// A session that has not ended, with what Today says of it.
public struct TodaySession: Sendable, RowReadable {
    public let session: Session
    public let me: PersonName
    public let partner: PersonName
    /// The first of the times that are proposed now, while it is asked.
    public let firstProposal: Date?
    public let iConfirmed: Bool
    public let partnerConfirmed: Bool
    /// Corrections by the partner that nobody has answered.
    public let partnersCorrections: Int
    /// Whether they meet although one of them is away.
    let isMetAllTheSame: Bool

    public init(row: inout Row) throws {
        session = try Session(row: &row)
        let viewer = try row.next(ID<Person>.self)
        let access = try SessionAccess(session, for: viewer)
        (me, partner) = (access.me, access.partner)
        firstProposal = try row.next()
        iConfirmed = try row.next()
        partnerConfirmed = try row.next()
        partnersCorrections = try row.next()
        isMetAllTheSame = try row.next()
    }

    /// The viewer's sessions that have not ended, soonest first. What only sessions of some state have is only looked for
    /// there.
    static func live(of viewer: ID<Person>, in tx: any Transaction) throws -> [TodaySession] {
        let proposed: SQL = """
            (select min(t.starts_at) from session_time t where t.session = s.id
                and t.round = (select max(n.round) from session_time n where n.session = s.id))
            """
        let confirmed: SQL = """
            recap_confirmation c join recap r on r.session = c.session and r.version = c.version
            where c.session = s.id
            """
        let sessions = try tx.all(
            TodaySession.self,
            """
            select \(Session.columns), \(viewer),
                case when s.state = 'asked' then \(proposed) end,
                case when s.state = 'closing' and exists (select 1 from \(confirmed) and c.person = \(viewer))
                    then 1 else 0 end,
                case when s.state = 'closing' and exists (select 1 from \(confirmed) and c.person <> \(viewer))
                    then 1 else 0 end,
                case when s.state = 'closing' then (select count(*) from recap_correction k where k.session = s.id
                    and k.answered_at is null and k.author <> \(viewer)) else 0 end,
                case when s.state = 'agreed' then \(DayOff.isMetAllTheSame) else 0 end
            from \(Session.tables)
            where (s.employee = \(viewer) or s.manager = \(viewer))
                and s.state in ('asked', 'agreed', 'running', 'closing')
            """)
        return sessions.sorted { ($0.soonest, $0.session.createdAt) < ($1.soonest, $1.session.createdAt) }
    }

    private var soonest: Date { session.startsAt ?? firstProposal ?? .distantFuture }
}

/// One of the viewer's own goals.
public struct TodayGoal: Sendable, RowReadable {
    public let id: ID<Objective>
    public let title: String
    public let standing: String
    public let dueOn: Day?
    public let changedAt: Date

    public init(row: inout Row) throws {
        id = try row.next()
        title = try row.next()
        standing = try row.next()
        dueOn = try row.next()
        changedAt = try row.next()
    }

    /// - Note: The levels that are no person's are named, so that SQLite goes by the owner and not through all goals of
    ///   the level.
    static func open(of viewer: ID<Person>, in tx: any Transaction) throws -> [TodayGoal] {
        try tx.all(
            TodayGoal.self,
            """
            select id, title, standing, due_on, changed_at from objective
            where owner = \(viewer) and level <> 'team' and level <> 'company' and state = 'open'
            order by coalesce(priority, 99), created_at limit 6
            """)
    }
}
