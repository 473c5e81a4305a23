public import Foundation
public import Storage

/// A session's preparation as one of the two sees it: the aims, what supports what, the agenda, the
/// evidence, and notes that are the reader's alone (practices 2 to 5).
public struct Preparation: Sendable {
    public let access: SessionAccess
    public let partnerZone: TimeZone
    /// What should be true at the end, then how both will know.
    public let aims: [Aim]
    public let alignment: Alignment
    /// In their order, without those that were taken off.
    public let agenda: [AgendaItem]
    public let takenOff: [AgendaItem]
    public let evidence: [Evidence]
    public let takenOut: [Evidence]
    /// Nil where somebody reads who is not their author.
    public let privateNotes: SessionText?
    /// What could go on the agenda, what weighs most first; then, while there is time left, the four topics.
    public let offers: [AgendaOffer]
    /// Suggestions that the viewer waved away.
    public let dismissed: [AgendaOffer]
    /// Where goals, work and priorities don't fit together, whether it is on the agenda already or not.
    public let gaps: [AgendaOffer]
    public let ranking: GoalRanking
    /// What earlier sessions of the two left open.
    public let carried: [Carried]
    /// What changed since they last met; nil where they never have.
    public let since: SinceLastTime?
    public let history: PreparationHistory
    /// The day that it is for whoever reads.
    public let today: Day
    /// How ready the session is, as far as its reader can see.
    public let readiness: Readiness
    /// The coach of whoever reads.
    public let coach: PersonalCoach

    public var session: Session { access.session }

    /// Whether it can still be changed.
    public var isOpen: Bool { [.asked, .agreed, .running].contains(session.state) }

    /// How many pieces are the viewer's alone until they are shared.
    public var draftCount: Int {
        aims.count { $0.draft != nil } + agenda.count { !$0.isShared } + evidence.count { !$0.isShared }
            + (ranking.isDraft ? 1 : 0)
    }

    /// What has come along so often that somebody has to decide.
    public var asking: [Carried] { carried.filter { $0.asks(today: today) } }

    /// The minutes of all items together.
    public var plannedMinutes: Int { agenda.plannedMinutes }

    /// The item of the agenda that was made from an offer, as far as the viewer sees it.
    public func item(from offer: AgendaOffer) -> AgendaItem? { agenda.first { $0.source == offer.key } }
}

/// What should be true when the session ends, or how both will know: what both read, and the viewer's draft
/// beside it.
public struct Aim: Sendable, Equatable {
    public let field: SessionField
    /// What both read and write; nil until one of them has shared theirs.
    public let shared: SessionText?
    /// What only the viewer reads; nil where there is nothing.
    public let draft: SessionText?

    /// Whether anything stands here that the viewer can read.
    public var isWritten: Bool { shared?.body.isEmpty == false || draft != nil }

    init(_ field: SessionField, from texts: [SessionText]) {
        self.field = field
        shared = texts.first { $0.field == field && $0.isShared }
        draft = texts.first { $0.field == field && !$0.isShared && !$0.body.isEmpty }
    }
}

/// When things happened to a session that its preparation mentions.
public struct PreparationHistory: Sendable, Equatable {
    public var accepted: Event?
    /// When the viewer last shared.
    public var iShared: Date?
    public var partnerShared: Date?

    public struct Event: Sendable, Equatable {
        public let by: ID<Person>?
        public let at: Date
    }
}

extension Sessions {
    /// The preparation as the viewer sees it.
    public func preparation(of id: ID<Session>, as viewer: Viewer) async throws -> Preparation {
        let now = product.now()
        return try await read(id, as: viewer) { access, tx in
            try Preparation(access, at: now, in: viewer.timeZone, tx)
        }
    }

    /// The preparation as the partner sees what the viewer has shared: no draft and no private note of
    /// either.
    public func previewForPartner(of id: ID<Session>, as viewer: Viewer) async throws -> Preparation {
        let now = product.now()
        return try await read(id, as: viewer) { access, tx in
            try Preparation(access, at: now, in: viewer.timeZone, tx).asPartnerSees(
                try SessionAccess(access.session, for: access.partner.id))
        }
    }
}

extension Preparation {
    /// Ten queries.
    init(_ access: SessionAccess, at now: Date, in zone: TimeZone, _ tx: any Transaction) throws {
        let texts = try Sessions.texts(of: access, in: tx)
        let items = try AgendaItem.all(of: access, in: tx)
        let pieces = try Evidence.all(of: access, in: tx)
        let marks = try PreparationMarks.load(access, in: tx)
        let past = try PairHistory.load(access, since: marks.held.first, in: tx)
        self.access = access
        today = Day(now, in: zone)
        partnerZone = marks.partnerZone
        aims = [Aim(.desired, from: texts), Aim(.measure, from: texts)]
        alignment = try Goals.alignment(of: access.session.employee.id, in: tx)
        agenda = items.filter { $0.removedAt == nil }
        takenOff = items.filter { $0.removedAt != nil }
        evidence = pieces.filter { $0.removedAt == nil }
        takenOut = pieces.filter { $0.removedAt != nil }
        privateNotes =
            texts.first { $0.field == .privateNotes } ?? SessionText(empty: .privateNotes, isShared: false)
        carried = try Carried.all(of: access, in: tx)
        since = SinceLastTime(past, marks.held)
        ranking = marks.ranking
        gaps = alignment.gaps(access, marks.ranking)
        history = marks.history
        let suggestions = Suggestions(
            session: access.session, carried: carried, history: past, goals: alignment.goals, work: alignment.work,
            today: today, now: now
        ).ranked
        let taken = Set(agenda.map(\.source))
        let titles = Set(agenda.map { $0.title.lowercased() })
        func isOpen(_ offer: AgendaOffer) -> Bool {
            !taken.contains(offer.key) && !titles.contains(offer.title.lowercased())
        }
        dismissed = suggestions.filter { marks.dismissed.contains($0.key) && isOpen($0) }
        let hasTime = agenda.plannedMinutes < access.session.minutes
        let topics = hasTime ? AgendaOffer.topics(for: access.session.minutes) : []
        offers = (suggestions.filter { !marks.dismissed.contains($0.key) } + topics).filter(isOpen)
        readiness = Readiness(access.session, aims, alignment, agenda, evidence, carried, today)
        coach = try PersonalCoach(for: access.me.id, in: tx)
    }

    /// Only what is shared, addressed to the partner.
    fileprivate func asPartnerSees(_ partner: SessionAccess) -> Preparation {
        Preparation(sharedPartOf: self, for: partner)
    }

    private init(sharedPartOf mine: Preparation, for partner: SessionAccess) {
        access = partner
        partnerZone = mine.partnerZone
        aims = mine.aims.map { Aim($0.field, from: [$0.shared].compactMap { $0 }) }
        alignment = mine.alignment
        agenda = mine.agenda.filter(\.isShared)
        takenOff = []
        evidence = mine.evidence.filter(\.isShared)
        takenOut = []
        privateNotes = nil
        offers = []
        dismissed = []
        carried = mine.carried
        since = mine.since
        today = mine.today
        ranking = mine.ranking.isOpen ? mine.ranking.turned : GoalRanking()
        gaps = mine.alignment.gaps(partner, ranking)
        history = PreparationHistory(
            accepted: mine.history.accepted, iShared: mine.history.partnerShared,
            partnerShared: mine.history.iShared)
        readiness = Readiness(partner.session, aims, alignment, agenda, evidence, carried, today)
        // It has nothing to say where nothing can be written.
        coach = PersonalCoach()
    }
}

extension Sessions {
    /// What somebody typed about what a session is for.
    public struct PurposeDraft: Sendable, Equatable {
        public var purpose: String
        public var purposeWords: String
        public var title: String
        /// The title was flagged, and is meant as it is.
        public var keepsTitle: Bool
        /// The title that was there when the form was shown.
        public var basedOn: String

        public init(purpose: String, purposeWords: String, title: String, keepsTitle: Bool, basedOn: String) {
            self.purpose = purpose
            self.purposeWords = purposeWords
            self.title = title
            self.keepsTitle = keepsTitle
            self.basedOn = basedOn
        }
    }

    /// Changes what a session is for and what it is called; both people see it at once.
    /// - Throws: ``Invalid`` at `purpose`, `purpose-words` and `title`.
    /// - Returns: how the session stands now if the partner has changed its title meanwhile; nothing was
    ///   written then.
    public func savePurpose(
        _ draft: PurposeDraft, of id: ID<Session>, as viewer: Viewer
    ) async throws -> Session? {
        try await write(id, as: viewer) { access, tx, now in
            try access.require(
                .asked, .agreed, orSay: "The session has begun; its purpose and name stay as they are.")
            let session = access.session
            var typed = Typed()
            let (purpose, words) = typed.purpose(draft.purpose, words: draft.purposeWords)
            let isUnchanged = draft.title == session.title
            let title = typed.title(
                draft.title, keeps: draft.keepsTitle || isUnchanged, people: session.people.map(\.name))
            try typed.check()
            guard let purpose else { throw Invalid(typed.problems) }
            if session.title == title, session.purpose == purpose, session.purposeWords == words {
                return nil
            }
            let basedOn = Typed.cleaned(draft.basedOn)
            if session.title != title, session.title != basedOn { return session }
            try tx.run(
                """
                update session set purpose = \(purpose), purpose_words = \(words), title = \(title),
                    changed_at = \(now)
                where id = \(session.id)
                """)
            try tx.journal(
                "renamed", session.id, "session", by: access.me.id, at: now,
                detail: ["from": session.title, "to": title])
            return nil
        }
    }
}
