// The next session, proposed when one ends, with what is carried over to it (practice 12).
public import Foundation
public import Storage

/// Something of one session that the next can take up.
public struct CarryOver: Sendable, Equatable {
    public let kind: Kind
    /// What the form sends: the kind and the id.
    public let value: String
    public let title: String
    /// The session in which it was first raised, where that is an earlier one, and when that was.
    public let origin: ID<Session>?
    public let originStartsAt: Date?
    /// How often it has been put off already.
    public let timesCarried: Int

    public enum Kind: String, Sendable {
        case parked
        /// An agenda item that was not reached.
        case deferred
        /// An agenda item that nobody ticked.
        case unticked
        case action
        /// It had come along, and nothing became of it.
        case waiting
    }

    /// Whether it is brought along unless somebody says otherwise.
    public var isBroughtByDefault: Bool { kind == .parked || kind == .deferred }

    /// What a session that is over leaves open.
    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [CarryOver] {
        try Leftover.all(of: access.session.id, in: tx).map { CarryOver($0, after: access.session.id) }
    }

    private init(_ leftover: Leftover, after session: ID<Session>) {
        kind =
            switch leftover.how {
            case .parked: .parked
            case .deferred: .deferred
            case .open: .unticked
            case .action: .action
            case .waiting: .waiting
            }
        value = "\(leftover.kind.rawValue)-\(leftover.root)"
        title = leftover.title
        origin = leftover.origin == session ? nil : leftover.origin
        originStartsAt = origin == nil ? nil : leftover.originStartsAt
        timesCarried = leftover.times - 1
    }
}

/// The session that follows another.
public struct Following: Sendable, Equatable, RowReadable {
    public let id: ID<Session>
    public let state: Session.State
    public let minutes: Int
    /// When it is, or the time that is proposed.
    public let startsAt: Date?
    /// Whose answer is awaited, if it is proposed.
    public let turn: PersonName?

    public var isAgreed: Bool { state != .asked }

    public init(row: inout Row) throws {
        id = try row.next()
        state = try row.next()
        minutes = try row.next()
        startsAt = try row.next()
        turn = try PersonName(optional: &row)
    }

    static func find(after access: SessionAccess, in tx: any Transaction) throws -> Following? {
        let session = access.session
        return try tx.first(
            Following.self,
            """
            select s.id, s.state, s.minutes,
                coalesce(s.starts_at, (select min(t.starts_at) from session_time t where t.session = s.id
                    and t.round = (select max(u.round) from session_time u where u.session = s.id))),
                p.id, p.name
            from session s left join person p on p.id = s.turn
            where s.previous = \(session.id) and s.employee = \(session.employee.id)
                and s.manager = \(session.manager.id) and s.state not in ('declined', 'cancelled')
            order by s.created_at limit 1
            """)
    }
}

/// A time to meet again.
public struct SuggestedTime: Sendable, Equatable {
    /// `In two weeks`
    public let label: String
    public let startsAt: Date

    /// The same weekday at the same time on the wall, in a month, two weeks and a quarter, none of them past.
    public static func after(_ session: Session, now: Date, zone: TimeZone) -> [SuggestedTime] {
        let wall = WallTime(session.startsAt ?? now, in: zone)
        return [("In a month", 28), ("In two weeks", 14), ("In a quarter", 91)].map { label, days in
            var day = wall.day.adding(days: days)
            var moment = WallTime(day: day, hour: wall.hour, minute: wall.minute).moment(in: zone)
            if moment <= now {
                // Long after: counted from now, on the same weekday.
                let today = Day(now, in: zone)
                day = today.adding(days: days + (wall.day.weekday - today.weekday + 7) % 7)
                moment = WallTime(day: day, hour: wall.hour, minute: wall.minute).moment(in: zone)
            }
            return SuggestedTime(label: label, startsAt: moment)
        }
    }
}

/// The next session, as it was typed.
public struct FollowingDraft: Sendable, Equatable {
    /// What it is for.
    public var title: String
    /// A suggested time, in milliseconds since 1970, or `own`.
    public var when: String
    /// One's own time, on one's own wall: `2026-12-17T14:00`.
    public var own: String
    /// The ``CarryOver/value`` of everything that comes along.
    public var carry: [String]

    public init(title: String, when: String, own: String = "", carry: [String] = []) {
        self.title = title
        self.when = when
        self.own = own
        self.carry = carry
    }

    fileprivate func checked(
        _ access: SessionAccess, now: Date, zone: TimeZone
    ) throws -> (title: String, startsAt: Date) {
        var typed = Typed()
        let title = typed.line(title, "title", missing: "Say what you meet for.")
        let startsAt: Date?
        if when == "own" {
            startsAt = WallTime(own)?.moment(in: zone)
            if startsAt == nil { typed.note("own", "Choose a day and a time, such as Thursday at 14:00.") }
        } else {
            startsAt =
                SuggestedTime.after(access.session, now: now, zone: zone)
                .first { String($0.startsAt.milliseconds) == when }?.startsAt
            if startsAt == nil { typed.note("when", "Choose one of the times, or give your own.") }
        }
        if let startsAt, when == "own" {
            if startsAt <= now { typed.note("own", "That time has passed. Choose a later one.") }
            if startsAt > now.adding(days: 800) {
                typed.note("own", "That is years away. Choose a nearer day.")
            }
        }
        try typed.check()
        guard let startsAt else { throw Invalid("when", "Choose a time.") }
        return (title, startsAt)
    }
}

extension Sessions {
    /// Proposes the next session to the partner, with what is carried over on its agenda. Said twice, or by both at
    /// once, there is one.
    /// - Returns: the session that follows.
    /// - Throws: ``Invalid`` at `title`, `when` or `own`; ``NotFound`` for something to carry that isn't here.
    public func proposeNext(
        _ draft: FollowingDraft, after id: ID<Session>, as viewer: Viewer
    ) async throws -> ID<Session> {
        let address = product.address
        return try await write(id, as: viewer) { access, tx, now in
            try access.require(
                .closing, .confirmed,
                orSay: "This session is \(access.session.state.words); the next comes after it.")
            if let following = try Following.find(after: access, in: tx) { return following.id }
            let checked = try draft.checked(access, now: now, zone: viewer.timeZone)
            let offered = try CarryOver.all(of: access, in: tx)
            guard Set(draft.carry).isSubset(of: offered.map(\.value)) else { throw NotFound() }
            let session = access.session
            let next = ID<Session>(now: now)
            let new = NewSession(
                id: next, employee: session.employee.id, manager: session.manager.id, askedBy: viewer.id,
                purpose: session.purpose, purposeWords: session.purposeWords, title: checked.title,
                place: session.place, minutes: session.minutes, times: [checked.startsAt], previous: session.id)
            _ = try new.insert(at: now, in: tx)
            let carried = offered.filter { draft.carry.contains($0.value) }
            try Self.putOnAgenda(carried.map(\.value), of: next, as: viewer, at: now, in: tx)
            try Outbox.queue(
                SessionLetter.asked(
                    try SessionAccess.load(next, for: viewer, in: tx), [checked.startsAt],
                    carrying: carried.map(\.title), in: try access.partnerZone(in: tx), at: address),
                kind: "ask", occasion: "asked/\(next)/1", to: access.partner.id,
                replyTo: viewer.id, at: now, in: tx)
            return next
        }
    }

    /// Puts what came along to the next session on its agenda, where somebody asked for that.
    private static func putOnAgenda(
        _ keys: [String], of next: ID<Session>, as viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws {
        guard !keys.isEmpty else { return }
        let access = try SessionAccess.load(next, for: viewer, in: tx)
        let carried = try Carried.all(of: access, in: tx)
        for key in keys {
            if let thing = carried.first(where: { $0.key == key }) { try put(thing, access, at: now, in: tx) }
        }
    }
}
