// A changed partner: the employee goes on with another manager, and decides what that one may read of what was.
public import Foundation
public import Storage

/// Going on with another manager, as it was typed.
public struct HandoverDraft: Sendable, Equatable {
    /// The id that the first session with the new partner will have, so that a second click makes no other.
    public var id: String
    public var partner: String
    /// What the new partner may read of the sessions so far: `nothing`, `recaps` or `whole`.
    public var share: String
    /// When the first session with them could be.
    public var time: TimeDraft
    public var message: String
    /// The session that was agreed with the old partner is cancelled.
    public var cancelsNext: Bool

    public init(
        id: String = "", partner: String, share: String, time: TimeDraft, message: String = "",
        cancelsNext: Bool = false
    ) {
        self.id = id
        self.partner = partner
        self.share = share
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
            if let asker = try tx.value(ID<Person>.self, "select asked_by from session where id = \(session)") {
                guard asker == viewer.id else { throw NotFound() }
                return session
            }
            try access.requireAgreed()
            let scope = try Self.scope(draft.share)
            let ask = try ask(draft, access, as: viewer, at: now, in: tx)
            try product.sessions.insert(ask, session, goingOnFrom: id, at: now, in: tx)
            try HistoryGrant.set(
                scope, of: viewer.id, with: access.partner.id, to: ask.partner.name.id, at: now, in: tx)
            try end(
                access, "I go on with \(ask.partner.name.first).\(Self.words(scope, ask.partner.name))",
                cancellingNext: draft.cancelsNext, as: viewer, at: now, in: tx)
            return session
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

    /// Changes what the partner of a series may read of the sessions with the partner before. Only the employee can.
    /// - Parameter share: `nothing`, `recaps` or `whole`.
    /// - Throws: ``Refused`` for the manager, ``NotFound`` where there was no partner before.
    public func openHistory(_ share: String, in id: ID<Series>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            guard access.isEmployee else {
                throw Refused("What you may read of before is for \(access.partner.first) to say.")
            }
            guard let before = try access.partnerBefore(in: tx) else { throw NotFound() }
            try HistoryGrant.set(
                try Self.scope(share), of: viewer.id, with: before.id, to: access.partner.id, at: now, in: tx)
        }
    }

    private static func scope(_ share: String) throws -> HistoryGrant.Scope? {
        if share == "nothing" { return nil }
        guard let scope = HistoryGrant.Scope(rawValue: share) else {
            throw Invalid("share", "Choose what they may read.")
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
    /// Whom the employee met in the series that this one goes on from.
    func partnerBefore(in tx: any Transaction) throws -> PersonName? {
        guard let previous = series.previous else { return nil }
        return try tx.first(
            PersonName.self,
            """
            select p.id, p.name from series b join person p on p.id = b.manager
            where b.id = \(previous) and b.employee = \(series.employee.id)
            """)
    }
}
