import Foundation
public import Storage

/// Something that could go on the agenda, and why. Nothing adds itself (practice 4).
public struct AgendaOffer: Sendable, Equatable {
    /// Names the offer in forms, and later the source of the item: `action-ID`, `goal-ID`, `topic-1` …
    public let key: String
    public let title: String
    public let minutes: Int
    public let ending: AgendaItem.Ending
    /// Who leads it unless somebody says otherwise; nil for whoever puts it there.
    let presenter: ID<Person>?
    public let reason: Reason
    /// The session that it comes from, if any.
    public let origin: Origin?

    /// Why it is offered.
    public enum Reason: Sendable, Equatable {
        /// One of the four topics that a strategy session begins with.
        case topic
        /// Something that one of them does, and that is still open.
        case action(owner: ID<Person>, due: Day, times: Int)
        /// An agenda item that was not covered, and how often it has come along.
        case carried(by: ID<Person>, times: Int)
        /// Parked, and in how many sessions.
        case parked(by: ID<Person>, times: Int, sessions: Int)
        /// Support that somebody asked for last time.
        case asked(by: ID<Person>)
        /// Another wording of the last recap, which nobody has answered.
        case correction(by: ID<Person>)
        /// Nobody has said how a goal stands, for so many weeks.
        case quiet(weeks: Int)
        /// What was last said of a goal or a piece of work, longer than a quarter ago.
        case oldVerdict(Verdict.Answer)
        /// Work that serves no goal.
        case looseWork
        /// A goal of the employee's that no work serves.
        case idleGoal
        /// A goal of the team or the company that nothing of the employee's serves.
        case unserved
        /// A goal that the two would put in different places.
        case ranks(mine: Int, theirs: Int)
    }

    init(
        key: String, title: String, minutes: Int, ending: AgendaItem.Ending, presenter: ID<Person>? = nil,
        reason: Reason, origin: Origin? = nil
    ) {
        self.key = key
        self.title = title.asLine
        self.minutes = max(1, minutes)
        self.ending = ending
        self.presenter = presenter
        self.reason = reason
        self.origin = origin
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
                key: "topic-\(index + 1)", title: topic.title, minutes: minutes * topic.share / 100,
                ending: topic.ending, reason: .topic)
        }
    }
}

extension Sessions {
    /// Puts offers on the viewer's agenda: as drafts, or, where both have had them before them already, shared. Those
    /// that are no longer offered are left out, so that a second click adds nothing.
    /// - Returns: how many were added.
    @discardableResult
    public func takeOffers(_ keys: [String], in id: ID<Session>, as viewer: Viewer) async throws -> Int {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let preparation = try Preparation(access, at: now, in: viewer.timeZone, tx)
            let taken = (preparation.offers + preparation.gaps).filter { offer in
                keys.contains(offer.key) && preparation.item(from: offer) == nil
            }
            for offer in taken {
                if let carried = preparation.carried.first(where: { $0.key == offer.key }) {
                    try Self.put(carried, access, at: now, in: tx)
                } else {
                    try Self.add(
                        AgendaContent(
                            title: offer.title, minutes: offer.minutes, presenter: offer.presenter ?? access.me.id,
                            ending: offer.ending),
                        as: ID<AgendaItem>(now: now), from: Source(key: offer.key, origin: offer.origin?.session),
                        access, at: now, in: tx)
                }
            }
            return taken.count
        }
    }

    /// Puts a piece of the viewer's own work that serves no goal on the agenda, to be finished or paused. Once.
    /// - Throws: ``NotFound`` when it isn't theirs, or serves a goal.
    public func proposePause(of work: ID<Work>, in id: ID<Session>, as viewer: Viewer) async throws {
        let preparation = try await preparation(of: id, as: viewer)
        guard preparation.access.part == .employee, preparation.alignment.looseWork.contains(where: { $0.id == work })
        else { throw NotFound() }
        try await takeOffers(["work-\(work)"], in: id, as: viewer)
    }

    /// Waves a suggestion away, for this session and for the viewer alone.
    /// - Throws: ``NotFound`` for what is not suggested.
    public func dismiss(_ suggestion: String, in id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let preparation = try Preparation(access, at: now, in: viewer.timeZone, tx)
            if preparation.dismissed.contains(where: { $0.key == suggestion }) { return }
            guard preparation.offers.contains(where: { $0.key == suggestion }) else { throw NotFound() }
            // What somebody has no wish to talk about is theirs alone, so the journal does not say it.
            try tx.run(
                """
                insert into suggestion_dismissal (session, person, suggestion, dismissed_at)
                values (\(id), \(viewer.id), \(suggestion), \(now))
                on conflict (session, person, suggestion) do nothing
                """)
        }
    }

    /// Brings a suggestion back that the viewer waved away. Said of anything else, it changes nothing.
    public func bringBack(_ suggestion: String, in id: ID<Session>, as viewer: Viewer) async throws {
        let suggestion = Typed.cleaned(suggestion)
        guard suggestion.utf8.count <= Limit.line else { return }
        try await write(id, as: viewer) { access, tx, _ in
            try access.requirePreparing()
            try tx.run(
                """
                delete from suggestion_dismissal
                where session = \(id) and person = \(viewer.id) and suggestion = \(suggestion)
                """)
        }
    }
}
