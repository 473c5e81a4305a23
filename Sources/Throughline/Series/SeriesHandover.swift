// A changed partner: the employee goes on with another manager, and decides what that one may read of what was.
import Foundation
public import Storage

/// Going on with another manager, as it was typed.
public struct HandoverDraft: Sendable, Equatable {
    /// The id that the first session with the new partner will have, made when the form was shown. Sent twice, they are
    /// asked once.
    public var id: String
    public var partner: String
    /// What the new partner may read of the sessions so far: `nothing`, `recaps` or `whole`.
    public var share: String
    /// What they may read of the sessions with partners before that, by the partner's id; who isn't named stays as it is.
    public var earlier: [String: String]
    /// When the first session with them could be.
    public var time: TimeDraft
    public var message: String
    /// The session that was agreed with the old partner is cancelled.
    public var cancelsNext: Bool

    public init(
        id: String = "", partner: String, share: String, earlier: [String: String] = [:], time: TimeDraft,
        message: String = "", cancelsNext: Bool = false
    ) {
        self.id = id
        self.partner = partner
        self.share = share
        self.earlier = earlier
        self.time = time
        self.message = message
        self.cancelsNext = cancelsNext
    }
}

extension SeriesKeeping {
    /// Ends a series and asks somebody else to go on with it, at the same rhythm. Only the employee can. The new series
    /// holds once the new partner agrees to its first time. Nobody's private notes go along.
    /// - Returns: the first session with the new partner.
    /// - Throws: ``Refused`` for the manager; ``Invalid`` at `partner`, `share`, `day-1`, `time-1` and `message`.
    public func handOver(_ draft: HandoverDraft, in id: ID<Series>, as viewer: Viewer) async throws -> ID<Session> {
        let session = ID<Session>(draft.id) ?? ID<Session>(now: product.now())
        return try await write(id, as: viewer) { access, tx, now in
            guard access.isEmployee else {
                throw Refused("Whom the sessions go on with is for \(access.partner.first) to say.")
            }
            let same: SQL = """
                asked_by = \(viewer.id) and manager = \(ID<Person>(draft.partner))
                    and exists (select 1 from series r where r.id = session.series and r.previous = \(id))
                """
            guard let new = try tx.newID(session, in: "session", unless: same, at: now) else { return session }
            try access.requireAgreed()
            let scope = try Self.scope(draft.share, at: "share")
            let ask = try ask(draft, access, as: viewer, at: now, in: tx)
            let partner = ask.partner.name
            try product.sessions.insert(ask, new, goingOnFrom: id, at: now, in: tx)
            // The partner until now learns of it from the letter that the series has ended.
            try HistoryGrant.set(scope, of: viewer.id, with: access.partner.id, to: partner.id, at: now, in: tx)
            for before in try access.partnersBefore(in: tx) where before.id != partner.id {
                guard let share = draft.earlier[before.id.text] else { continue }
                let scope = try Self.scope(share, at: "share-\(before.id)")
                try open(scope, of: access, with: before, to: partner, at: now, in: tx)
            }
            try end(
                access, "I go on with \(partner.first).\(Self.words(scope, partner))",
                cancellingNext: draft.cancelsNext, as: viewer, at: now, in: tx)
            return new
        }
    }

    private func ask(
        _ draft: HandoverDraft, _ access: SeriesAccess, as viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws -> Ask {
        let partner = try ID<Person>(draft.partner).flatMap { try Partner.find($0, for: viewer, in: tx) }
        if partner?.name.id == access.partner.id {
            throw Invalid("partner", "You meet \(access.partner.first) already. Choose somebody else.")
        }
        if let partner, partner.reportsToAsker {
            throw Invalid("partner", "\(partner.name.first) reports to you. Choose somebody whom you report to.")
        }
        let series = access.series
        let rule = try SeriesRule.all(of: series.id, in: tx).last
        return try Ask(
            AskDraft(
                partner: draft.partner, purpose: series.purpose.rawValue, purposeWords: series.purposeWords,
                title: series.title, keepsTitle: true, minutes: String(rule?.minutes ?? 50), times: [draft.time],
                place: series.place, message: draft.message, rhythm: rule?.cadence.rhythm ?? .once),
            from: viewer, to: partner, at: now)
    }

    /// Changes what the partner of a series may read of the sessions with one of the partners before. Only the employee
    /// can. The partner before is told where that is more than it was.
    /// - Parameters:
    ///   - share: `nothing`, `recaps` or `whole`.
    ///   - before: the partner before, by their id.
    /// - Throws: ``Refused`` for the manager, ``NotFound`` where that is no partner before, ``Invalid`` at `share`.
    public func openHistory(
        _ share: String, with before: String, in id: ID<Series>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            guard access.isEmployee else {
                throw Refused("What you may read of before is for \(access.partner.first) to say.")
            }
            guard let before = try access.partnersBefore(in: tx).first(where: { $0.id.text == before }) else {
                throw NotFound()
            }
            try open(
                try Self.scope(share, at: "share"), of: access, with: before, to: access.partner, at: now, in: tx)
        }
    }

    private func open(
        _ scope: HistoryGrant.Scope?, of access: SeriesAccess, with before: PersonName, to reader: PersonName,
        at now: Date, in tx: any Transaction
    ) throws {
        let me = access.me
        let isMore = try HistoryGrant.set(scope, of: me.id, with: before.id, to: reader.id, at: now, in: tx)
        guard isMore, let scope else { return }
        let what =
            scope == .recaps
            ? "the recaps that you both confirmed" : "what you both shared; private notes stay private"
        let words = "\(me.first) meets \(reader.name) now, who may read of your sessions: \(what)."
        let letter = Letter(
            subject: "Opened: your sessions with \(me.first)".cut(to: Limit.line), preview: words,
            kick: "From \(me.name)", title: "Your sessions with \(me.first)", blocks: [.paragraph(words)],
            smallPrint: [
                "You get this because you had strategy sessions with \(me.name). A reply reaches \(me.first)."
            ])
        try Outbox.queue(
            letter, kind: "answer", occasion: "opened-history/\(me.id)/\(reader.id)/\(before.id)/\(now.milliseconds)",
            to: before.id, replyTo: me.id, at: now, in: tx)
    }

    private static func scope(_ share: String, at field: String) throws -> HistoryGrant.Scope? {
        if share == "nothing" { return nil }
        guard let scope = HistoryGrant.Scope(rawValue: share) else {
            throw Invalid(field, "Choose what they may read.")
        }
        return scope
    }

    private static func words(_ scope: HistoryGrant.Scope?, _ reader: PersonName) -> String {
        switch scope {
        case nil: ""
        case .recaps: " \(reader.first) may read the recaps that we both confirmed."
        case .whole: " \(reader.first) may read what we both shared; private notes stay private."
        }
    }
}

extension SeriesAccess {
    /// Whom the employee met in the series that this one goes on from, and before those; the last one first, without
    /// the partner of this one.
    func partnersBefore(in tx: any Transaction) throws -> [PersonName] {
        guard series.previous != nil else { return [] }
        return try tx.all(
            PersonName.self,
            """
            with recursive line (id, previous, manager, depth) as (
                select r.id, r.previous, r.manager, 0 from series r where r.id = \(series.id)
                union all
                select b.id, b.previous, b.manager, line.depth + 1 from line join series b on b.id = line.previous
                where b.employee = \(series.employee.id) and line.depth < \(Self.mostBefore)
            )
            select p.id, p.name from line join person p on p.id = line.manager
            where line.depth > 0 and p.id <> \(series.manager.id)
            group by p.id, p.name order by min(line.depth)
            """)
    }

    /// So many series back are looked at.
    private static let mostBefore = 50
}
