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
    public let offers: [AgendaOffer]
    public let history: PreparationHistory

    public var session: Session { access.session }

    /// Whether it can still be changed.
    public var isOpen: Bool { [.asked, .agreed, .running].contains(session.state) }

    /// The minutes of all items together.
    public var plannedMinutes: Int { agenda.reduce(0) { $0 + $1.minutes } }

    /// How many pieces are the viewer's alone until they are shared.
    public var draftCount: Int {
        aims.count { $0.draft != nil } + agenda.count { !$0.isShared } + evidence.count { !$0.isShared }
    }

    /// Open actions of a person's from earlier sessions of the two.
    public func openActions(of person: ID<Person>) -> Int {
        offers.count { offer in
            guard case .action(_, let owner, _) = offer.reason else { return false }
            return owner == person
        }
    }
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

    static func load(_ access: SessionAccess, in tx: any Transaction) throws -> PreparationHistory {
        let rows = try tx.all(
            EventRow.self,
            """
            select verb, person, at from journal
            where object = \(access.session.id) and object_kind = 'session' and verb in ('accepted', 'shared')
            order by at, id
            """)
        var history = PreparationHistory()
        for row in rows {
            switch row.verb {
            case "accepted": history.accepted = Event(by: row.by, at: row.at)
            case _ where row.by == access.me.id: history.iShared = row.at
            default: history.partnerShared = row.at
            }
        }
        return history
    }

    private struct EventRow: RowReadable {
        let verb: String
        let by: ID<Person>?
        let at: Date

        init(row: inout Row) throws {
            verb = try row.next()
            by = try row.next()
            at = try row.next()
        }
    }
}

extension Sessions {
    /// The preparation as the viewer sees it.
    public func preparation(of id: ID<Session>, as viewer: Viewer) async throws -> Preparation {
        try await read(id, as: viewer) { access, tx in try Preparation(access, in: tx) }
    }

    /// The preparation as the partner sees what the viewer has shared: no draft and no private note of
    /// either.
    public func previewForPartner(of id: ID<Session>, as viewer: Viewer) async throws -> Preparation {
        try await read(id, as: viewer) { access, tx in
            try Preparation(access, in: tx).asPartnerSees(
                try SessionAccess(access.session, for: access.partner.id))
        }
    }
}

extension Preparation {
    /// Nine queries.
    init(_ access: SessionAccess, in tx: any Transaction) throws {
        let texts = try Sessions.texts(of: access, in: tx)
        let items = try AgendaItem.all(of: access, in: tx)
        let pieces = try Evidence.all(of: access, in: tx)
        let leftovers = try Leftover.all(of: access, in: tx)
        self.access = access
        partnerZone = try access.partnerZone(in: tx)
        aims = [Aim(.desired, from: texts), Aim(.measure, from: texts)]
        alignment = try Goals.alignment(of: access.session.employee.id, in: tx)
        agenda = items.filter { $0.removedAt == nil }
        takenOff = items.filter { $0.removedAt != nil }
        evidence = pieces.filter { $0.removedAt == nil }
        takenOut = pieces.filter { $0.removedAt != nil }
        privateNotes =
            texts.first { $0.field == .privateNotes } ?? SessionText(empty: .privateNotes, isShared: false)
        offers = AgendaOffer.all(items: items, leftovers: leftovers, minutes: access.session.minutes)
        history = try PreparationHistory.load(access, in: tx)
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
        history = PreparationHistory(
            accepted: mine.history.accepted, iShared: mine.history.partnerShared,
            partnerShared: mine.history.iShared)
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
