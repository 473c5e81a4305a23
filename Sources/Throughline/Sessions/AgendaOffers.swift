public import Foundation
public import Storage

/// What could go on the agenda: the four topics of a strategy session while it is empty, and what earlier
/// sessions of the two left open. Nothing adds itself (practice 4).
public struct AgendaOffer: Sendable, Equatable {
    /// Names the offer in a form: `topic-1`, `action-ID`, `item-ID`, `parked-ID`.
    public let key: String
    public let title: String
    public let minutes: Int
    public let ending: AgendaItem.Ending
    public let reason: Reason

    /// Why it is offered.
    public enum Reason: Sendable, Equatable {
        /// One of the four topics that a strategy session begins with.
        case topic
        /// An action that is still open, with its owner and the day it was due.
        case action(from: Origin, owner: ID<Person>, due: Day)
        /// Put off last time, and how often by now.
        case deferred(from: Origin, times: Int)
        /// Parked last time.
        case parked(from: Origin)
    }

    /// The session that it comes from.
    public struct Origin: Sendable, Equatable {
        public let session: ID<Session>
        public let startsAt: Date
    }

    /// The session that it comes from, if any.
    public var origin: Origin? {
        switch reason {
        case .topic: nil
        case .action(let origin, _, _), .deferred(let origin, _), .parked(let origin): origin
        }
    }

    /// What to offer. What is on the agenda already, under whatever case its title has, is offered no more.
    static func all(items: [AgendaItem], leftovers: [Leftover], minutes: Int) -> [AgendaOffer] {
        let present = items.filter { $0.removedAt == nil }
        let titles = Set(present.map { $0.title.lowercased() })
        let topics = items.isEmpty || present.isEmpty ? topics(for: minutes) : []
        return (leftovers.compactMap { $0.offer(for: minutes) } + topics)
            .filter { !titles.contains($0.title.lowercased()) }
    }

    /// The four topics, each with its share of the time. What is left of the time is for confirming what
    /// was agreed.
    static func topics(for minutes: Int) -> [AgendaOffer] {
        let topics: [(title: String, share: Int, ending: AgendaItem.Ending)] = [
            ("Responsibilities, and how they are going", 24, .feedback),
            ("How goals and work serve the team’s mission", 24, .align),
            ("Growth and development", 20, .plan),
            ("Next steps on the key projects", 20, .decide),
        ]
        return topics.enumerated().map { index, topic in
            AgendaOffer(
                key: "topic-\(index + 1)", title: topic.title, minutes: max(1, minutes * topic.share / 100),
                ending: topic.ending, reason: .topic)
        }
    }
}

/// Something that earlier sessions of the same two people left open.
struct Leftover: RowReadable, Sendable {
    let kind: String
    let id: String
    let title: String
    let owner: ID<Person>?
    let due: Day?
    let timesCarried: Int
    let origin: AgendaOffer.Origin

    init(row: inout Row) throws {
        kind = try row.next()
        id = try row.next()
        title = try row.next()
        owner = try row.next()
        due = try row.next()
        timesCarried = try row.next()
        origin = AgendaOffer.Origin(session: try row.next(), startsAt: try row.next())
    }

    /// Open actions from any of their sessions; deferred items and parked thoughts from the one before this.
    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [Leftover] {
        let session = access.session
        return try tx.all(
            Leftover.self,
            """
            select 'action', a.id, a.body, a.owner, a.due_on, 0, s.id, s.starts_at
            from action a join session s on s.id = a.session
            where s.employee = \(session.employee.id) and s.manager = \(session.manager.id) and s.id <> \(session.id)
                and s.state in ('closing', 'confirmed') and a.state = 'open' and a.removed_at is null
            union all
            select 'item', i.id, i.title, i.presenter, null, i.times_carried, s.id, s.starts_at
            from agenda_item i join session s on s.id = i.session
            where s.id = \(session.previous) and i.outcome = 'deferred' and i.shared_at is not null
                and i.removed_at is null and \(isTheirs(session))
            union all
            select 'parked', c.id, c.body, c.author, null, 0, s.id, s.starts_at
            from capture c join session s on s.id = c.session
            where s.id = \(session.previous) and c.kind = 'parked' and c.removed_at is null and \(isTheirs(session))
            order by 8, 2
            """)
    }

    /// The session before is one of the same two people's, whatever it is linked to.
    private static func isTheirs(_ session: Session) -> SQL {
        "s.employee = \(session.employee.id) and s.manager = \(session.manager.id)"
    }

    func offer(for minutes: Int) -> AgendaOffer? {
        let title = String(title.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(Limit.line))
        let share = max(1, min(10, minutes / 5))
        func offer(_ ending: AgendaItem.Ending, _ reason: AgendaOffer.Reason) -> AgendaOffer {
            AgendaOffer(key: "\(kind)-\(id)", title: title, minutes: share, ending: ending, reason: reason)
        }
        switch kind {
        case "action":
            guard let owner, let due else { return nil }
            return offer(.inform, .action(from: origin, owner: owner, due: due))
        case "item":
            return offer(.decide, .deferred(from: origin, times: timesCarried + 1))
        default:
            return offer(.align, .parked(from: origin))
        }
    }
}

extension Sessions {
    /// Puts offers on the viewer's agenda, as drafts. Those that are no longer offered are left out, so
    /// that a second click adds nothing.
    /// - Returns: how many were added.
    @discardableResult
    public func takeOffers(_ keys: [String], in id: ID<Session>, as viewer: Viewer) async throws -> Int {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let items = try AgendaItem.all(of: access, in: tx)
            let offers = AgendaOffer.all(
                items: items, leftovers: try Leftover.all(of: access, in: tx), minutes: access.session.minutes
            )
            let taken = offers.filter { keys.contains($0.key) }
            for offer in taken {
                let content = AgendaContent(
                    title: offer.title, minutes: offer.minutes, presenter: offer.presenter(for: access),
                    ending: offer.ending)
                var times = 0
                if case .deferred(_, let count) = offer.reason { times = count }
                try Self.add(
                    content, as: ID<AgendaItem>(now: now), origin: offer.origin?.session, timesCarried: times,
                    access, at: now, in: tx)
            }
            return taken.count
        }
    }
}

extension Sessions {
    /// Puts a piece of the viewer's own work on the agenda, to be finished or paused, as a draft. Once.
    /// - Throws: ``NotFound`` when it isn't theirs, or not under way.
    public func proposePause(of work: ID<Work>, in id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let title = try tx.value(
                String.self,
                "select title from work where id = \(work) and owner = \(viewer.id) and state = 'under way'")
            guard let title else { throw NotFound() }
            let words = String("\(title): finish it or pause it".prefix(Limit.line))
            let items = try AgendaItem.all(of: access, in: tx).filter { $0.removedAt == nil }
            guard !items.contains(where: { $0.title == words }) else { return }
            try Self.add(
                AgendaContent(
                    title: words, minutes: max(1, min(8, access.session.minutes / 5)),
                    presenter: access.partner.id,
                    ending: .decide),
                as: ID<AgendaItem>(now: now), access, at: now, in: tx)
        }
    }
}

extension AgendaOffer {
    /// Who leads it unless somebody says otherwise: whose action it is, else who puts it there.
    func presenter(for access: SessionAccess) -> ID<Person> {
        if case .action(_, let owner, _) = reason, owner == access.partner.id { return owner }
        return access.me.id
    }
}
