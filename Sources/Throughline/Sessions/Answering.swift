public import Foundation
public import Storage

/// Answering an ask, and changing what was agreed: yes to one of the times, other times, or no with a word.
///
/// Each happens once. Of two people who act at the same moment one wins, and the other learns how it stands.

/// A session whose time is being agreed, as one of the two sees it.
public struct AskedSession: Sendable {
    public let access: SessionAccess
    public let partnerZone: TimeZone
    /// Every round of proposals, newest first. Only the first of them can be accepted.
    public let rounds: [ProposalRound]
    /// How often it is to come round, where it was asked for as the first of a series.
    public let cadence: Cadence?

    /// Whether the viewer's answer is awaited.
    public var isMyTurn: Bool { access.session.turn == access.me.id }
    public var iAsked: Bool { access.session.askedBy == access.me.id }
    /// The time that was agreed before one of them asked to move it.
    public var agreedBefore: Date? { access.session.startsAt }
}

/// Times that one of them proposed together.
public struct ProposalRound: Sendable, Equatable {
    public let number: Int
    public let by: ID<Person>
    public let times: [ProposedTime]

    /// The word that came with it; empty where there was none.
    public var words: String { times.first?.words ?? "" }
    /// How long that word may be.
    public static let longestWords = 500
}

/// One proposed time.
public struct ProposedTime: Sendable, Equatable, RowReadable {
    public let id: ID<SessionTime>
    public let startsAt: Date
    let round: Int
    let by: ID<Person>
    let words: String

    public init(row: inout Row) throws {
        id = try row.next()
        startsAt = try row.next()
        round = try row.next()
        by = try row.next()
        words = try row.next()
    }

    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [ProposedTime] {
        try tx.all(
            ProposedTime.self,
            """
            select id, starts_at, round, proposed_by, words from session_time
            where session = \(access.session.id) order by round desc, starts_at
            """)
    }
}

extension ProposalRound {
    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [ProposalRound] {
        var rounds: [ProposalRound] = []
        for time in try ProposedTime.all(of: access, in: tx) {
            if let last = rounds.last, last.number == time.round {
                rounds[rounds.count - 1] = ProposalRound(
                    number: last.number, by: last.by, times: last.times + [time])
            } else {
                rounds.append(ProposalRound(number: time.round, by: time.by, times: [time]))
            }
        }
        return rounds
    }
}

extension Sessions {
    /// What has been proposed for a session's time so far.
    public func asked(_ id: ID<Session>, as viewer: Viewer) async throws -> AskedSession {
        try await read(id, as: viewer) { access, tx in
            AskedSession(
                access: access, partnerZone: try access.partnerZone(in: tx),
                rounds: try ProposalRound.all(of: access, in: tx),
                cadence: try access.session.series.flatMap { series in
                    access.session.occurrence == nil ? try SeriesRule.all(of: series, in: tx).first?.cadence : nil
                })
        }
    }

    /// Says yes to one of the times that the partner proposed last. Saying it twice is saying it once.
    /// - Throws: ``Conflict`` when it stands otherwise meanwhile; ``Refused`` when the time has passed or is
    /// taken by another of the series.
    public func accept(_ time: ID<SessionTime>, in id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let session = access.session
            let times = try ProposedTime.all(of: access, in: tx)
            guard let chosen = times.first(where: { $0.id == time }) else {
                throw Invalid("time", "Choose one of the times.")
            }
            if session.state == .agreed, session.startsAt == chosen.startsAt { return }
            try access.requireTurn()
            guard chosen.round == times.first?.round, chosen.by != access.me.id else {
                throw Conflict(
                    "\(access.partner.first) has proposed other times meanwhile. Choose one of those.")
            }
            guard chosen.startsAt > now else {
                throw Refused(
                    "\(chosen.startsAt.long(in: viewer.timeZone)) has passed. Propose another time.")
            }
            if let (series, occurrence) = access.placeInSeries {
                // Another of the series may have been put there since it was proposed.
                try SeriesMaking.refusing {
                    try SeriesMaking.requireFree([chosen.startsAt], for: occurrence, of: series, at: now, in: tx)
                }
            }
            try access.move(
                to: .agreed, setting: "turn = null", "starts_at = \(chosen.startsAt)",
                "sequence = sequence + \(session.startsAt == nil ? 0 : 1)", at: now, in: tx)
            try tx.journal(
                "accepted", session.id, "session", by: access.me.id, at: now,
                detail: ["time": WallTime(chosen.startsAt, in: .gmt).iso])
            try SeriesMaking.timeAgreed(chosen.startsAt, for: access, at: now, in: tx)
            let invitation = try Invitation.settle(session.id, of: product, at: now, in: tx)
            let zone = try access.partnerZone(in: tx)
            try access.mail(
                SessionLetter.accepted(access, chosen.startsAt, in: zone, at: product.address),
                kind: "answer",
                occasion: "accepted/\(session.id)/\(chosen.round)", invitation, at: now, in: tx)
            try invitation?.mail(toWhoChangedIt: access, at: now, in: tx)
        }
    }

    /// Proposes other times: in answer to the partner's, in place of one's own, or to move what was agreed.
    /// The answer is the partner's then. The same times sent again change nothing.
    /// - Throws: ``Invalid`` at `day-1`, `time-1`, `words` and so on; ``Conflict``.
    /// - Parameter words: a word that goes with it; may be empty.
    public func propose(
        _ drafts: [TimeDraft], saying words: String = "", in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let session = access.session
            try access.require(.asked, .agreed, orSay: access.standing)
            var typed = Typed()
            let times = typed.times(drafts, in: viewer.timeZone, at: now)
            let words = typed.text(words, "words", missing: nil, atMost: ProposalRound.longestWords)
            if session.state == .agreed, times == session.startsAt.map({ [$0] }) {
                typed.note("day-1", "That is when you meet already. Propose another time.")
            }
            try typed.check()
            if let (series, occurrence) = access.placeInSeries {
                try SeriesMaking.requireFree(times, for: occurrence, of: series, at: now, in: tx)
            }
            let newest = try ProposalRound.all(of: access, in: tx).first
            let isRepeated =
                newest?.by == access.me.id && newest?.times.map(\.startsAt) == times && newest?.words == words
            if session.state == .asked, isRepeated { return }

            let round = (newest?.number ?? 0) + 1
            if session.state == .agreed {
                try access.move(to: .asked, setting: "turn = \(access.partner.id)", at: now, in: tx)
            } else {
                try tx.run(
                    """
                    update session set turn = \(access.partner.id), changed_at = \(now) where id = \(session.id)
                    """)
            }
            try Self.insert(times, saying: words, round: round, of: session.id, by: access.me.id, at: now, in: tx)
            try tx.journal(
                "proposed", session.id, "session", by: access.me.id, at: now, detail: ["round": String(round)]
            )
            try access.mail(
                SessionLetter.proposed(
                    access, times, saying: words, insteadOf: session.startsAt, in: access.partnerZone(in: tx),
                    at: product.address),
                kind: "answer", occasion: "proposed/\(session.id)/\(round)", at: now, in: tx)
        }
    }

    /// Takes back one's own wish to move an agreed session, so that it stays as it was.
    /// - Throws: ``Conflict``; ``Refused`` when the agreed time has passed.
    public func keepAgreedTime(in id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let session = access.session
            if session.state == .agreed { return }
            try access.require(.asked, orSay: access.standing)
            guard let agreed = session.startsAt, session.turn == access.partner.id else {
                throw Conflict(
                    "\(access.partner.first) has proposed another time meanwhile; the answer is yours.")
            }
            guard agreed > now else {
                throw Refused("\(agreed.long(in: viewer.timeZone)) has passed. Propose another time.")
            }
            try access.move(to: .agreed, setting: "turn = null", at: now, in: tx)
            let round = try ProposalRound.all(of: access, in: tx).first?.number ?? 0
            try access.mail(
                SessionLetter.kept(access, agreed, in: access.partnerZone(in: tx), at: product.address),
                kind: "answer", occasion: "kept/\(session.id)/\(round)", at: now, in: tx)
        }
    }

    /// Ends a session that has not been held, with a word why: who was asked declines, who asked withdraws,
    /// and what was agreed once is cancelled by either. Said again, it changes nothing.
    /// - Throws: ``Conflict`` when it has begun, or the partner has ended it meanwhile.
    public func end(_ words: String, in id: ID<Session>, as viewer: Viewer) async throws {
        var typed = Typed()
        let words = typed.text(words, "words", missing: nil, atMost: Session.longestEndingWords)
        try typed.check()
        try await write(id, as: viewer) { access, tx, now in
            try end(access, words, at: now, in: tx)
        }
    }

    /// Ends it as ``end(_:in:as:)`` does, with words that have been checked.
    func end(_ access: SessionAccess, _ words: String, at now: Date, in tx: any Transaction) throws {
        let session = access.session
        if try Ended.find(session.id, in: tx)?.by == access.me.id { return }
        try access.require(.asked, .agreed, orSay: access.standing)
        let wasAgreed = session.startsAt != nil
        let isDecline = !wasAgreed && session.askedBy != access.me.id
        try access.move(
            to: isDecline ? .declined : .cancelled, setting: "turn = null", "ending_words = \(words)",
            "sequence = sequence + 1", at: now, in: tx)
        try tx.journal("ended", session.id, "session", by: access.me.id, at: now)
        let next = try SeriesMaking.sessionEnded(access, words: words, at: now, in: tx)
        let invitation = try Invitation.settle(session.id, of: product, at: now, in: tx)
        let isSkip = wasAgreed && session.occurrence != nil
        let what =
            isDecline ? "has said no" : isSkip ? "skips it" : wasAgreed ? "has cancelled" : "has withdrawn the ask"
        let zone = try access.partnerZone(in: tx)
        let nextStart = try next.flatMap {
            try tx.value(Date?.self, "select starts_at from session where id = \($0)") ?? nil
        }
        try access.mail(
            SessionLetter.ended(
                access, what, words, next: nextStart.map { $0.long(in: zone) }, at: product.address),
            kind: "answer", occasion: "ended/\(session.id)", invitation, at: now, in: tx)
        try invitation?.mail(toWhoChangedIt: access, at: now, in: tx)
    }

    /// Moves an agreed session to another time, at once; both are told. What is prepared stays with it, and one of a
    /// series stays the one that it is. Said twice, it is moved once.
    /// - Throws: ``Invalid`` at `day-1` and `time-1`; ``Conflict`` when it stands otherwise meanwhile.
    public func reschedule(
        to draft: TimeDraft, saying words: String, in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.require(.agreed, orSay: access.standing)
            var typed = Typed()
            let times = typed.times([draft], in: viewer.timeZone, at: now, missing: "Choose the day and the time.")
            let words = typed.text(words, "words", missing: nil, atMost: Session.longestEndingWords)
            try typed.check()
            guard let startsAt = times.first, startsAt != access.session.startsAt else { return }
            if let (series, occurrence) = access.placeInSeries {
                try SeriesMaking.requireFree([startsAt], for: occurrence, of: series, at: now, in: tx)
            }
            try access.reschedule(to: startsAt, words: words, at: now, in: tx)
            if let (series, occurrence) = access.placeInSeries {
                try SeriesMaking.move(
                    occurrence, of: series, to: startsAt, words: words, by: viewer.id, at: now, in: tx)
                try SeriesMaking.makeNext(of: series, at: now, in: tx)
            }
            try tellMoved(access, to: startsAt, words, at: now, in: tx)
        }
    }

    /// Tells both that a session has another time.
    func tellMoved(
        _ access: SessionAccess, to startsAt: Date, _ words: String, at now: Date, in tx: any Transaction
    ) throws {
        let invitation = try Invitation.settle(access.session.id, of: product, at: now, in: tx)
        let zones = try PersonZone.find(access.session.people.map(\.id), in: tx)
        for reader in access.session.people {
            try Outbox.queue(
                SessionLetter.moved(
                    access, to: startsAt, words, reader: reader, in: zones[reader.id] ?? .gmt, at: product.address),
                kind: "answer", occasion: "moved/\(access.session.id)/\(access.session.sequence + 1)/\(reader.id)",
                to: reader.id, replyTo: access.session.people.first { $0.id != reader.id }?.id,
                calendar: try invitation?.part(for: reader.id, at: now, in: tx), at: now, in: tx)
        }
    }

    /// Who ended a session that was declined or cancelled, and when.
    public func ending(_ id: ID<Session>, as viewer: Viewer) async throws -> SessionEnding {
        try await read(id, as: viewer) { access, tx in
            let ended = try Ended.find(id, in: tx)
            return SessionEnding(access: access, by: ended?.by, at: ended?.at)
        }
    }
}

/// How a session ended that was never held.
public struct SessionEnding: Sendable {
    public let access: SessionAccess
    public let by: ID<Person>?
    public let at: Date?
}

private struct Ended: RowReadable {
    let by: ID<Person>?
    let at: Date

    static func find(_ session: ID<Session>, in tx: any Transaction) throws -> Ended? {
        try tx.first(
            Ended.self,
            """
            select person, at from journal
            where object = \(session) and object_kind = 'session' and verb = 'ended' order by at desc, id desc limit 1
            """)
    }

    init(row: inout Row) throws {
        by = try row.next()
        at = try row.next()
    }
}

extension Session {
    /// How long the word may be that a session is declined or cancelled with.
    public static let longestEndingWords = 500
}

extension SessionAccess {
    /// Which of which series it is, once that is agreed.
    var placeInSeries: (series: ID<Series>, occurrence: WallTime)? {
        guard let series = session.series, let occurrence = session.occurrence else { return nil }
        return (series, occurrence)
    }

    /// Gives an agreed session another time, exactly once.
    func reschedule(to startsAt: Date, words: String, at now: Date, in tx: any Transaction) throws {
        let changed = try tx.run(
            """
            update session set starts_at = \(startsAt), sequence = sequence + 1, changed_at = \(now)
            where id = \(session.id) and state = 'agreed' and sequence = \(session.sequence)
            """)
        guard changed == 1 else { throw Conflict("Somebody was faster. Here is how the session stands now.") }
        try tx.journal(
            "rescheduled", session.id, "session", by: me.id, at: now,
            detail: ["to": WallTime(startsAt, in: .gmt).iso, "words": words])
    }

    /// How the session stands, for who comes too late to change it.
    var standing: String {
        switch session.state {
        case .asked: "It waits for an answer."
        case .agreed: "A time has been agreed meanwhile."
        case .running: "The session has begun."
        case .closing, .confirmed: "The session has been held."
        case .declined:
            "\(session.askedBy == me.id ? partner.first : "You") said no to this session meanwhile."
        case .cancelled: "This session has been cancelled meanwhile."
        }
    }

    /// Refuses to answer for the partner, or after the fact.
    func requireTurn() throws {
        try require(.asked, orSay: standing)
        guard session.turn == me.id else {
            throw Conflict("The answer is \(partner.first)’s now.")
        }
    }

    func partnerZone(in tx: any Transaction) throws -> TimeZone {
        let name = try tx.value(String.self, "select time_zone from person where id = \(partner.id)")
        return TimeZones.stored(name ?? "GMT")
    }

    /// Queues a letter to the partner; a reply reaches the viewer.
    /// - Parameter invitation: what the partner's calendar should know.
    func mail(
        _ letter: Letter, kind: String, occasion: String, _ invitation: Invitation? = nil, at now: Date,
        in tx: any Transaction
    ) throws {
        try Outbox.queue(
            letter, kind: kind, occasion: occasion, to: partner.id, replyTo: me.id,
            calendar: try invitation?.part(for: partner.id, at: now, in: tx), at: now, in: tx)
    }
}
