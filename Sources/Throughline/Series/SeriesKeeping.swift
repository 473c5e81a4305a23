// What two people can do with a series: look at it, change its rule from a day on, pause it, skip or move one of its
// sessions, and end it (practice 12).
public import Foundation
public import Storage

extension Product {
    public var series: SeriesKeeping { SeriesKeeping(product: self) }
}

/// What a person can do with the series they take part in. Every verb proves access before it reads anything else.
public struct SeriesKeeping: Sendable {
    let product: Product

    /// Proves that the viewer takes part in a series.
    /// - Throws: ``NotFound``.
    public func access(_ id: ID<Series>, as viewer: Viewer) async throws -> SeriesAccess {
        try await product.database.read { tx in try SeriesAccess.load(id, for: viewer, in: tx) }
    }

    /// Writes in one transaction, with access proven first.
    func write<Value: Sendable>(
        _ id: ID<Series>, as viewer: Viewer,
        _ body: @escaping @Sendable (SeriesAccess, any Transaction, Date) throws -> Value
    ) async throws -> Value {
        let now = product.now()
        return try await product.database.write { tx in
            try body(try SeriesAccess.load(id, for: viewer, in: tx), tx, now)
        }
    }

    // MARK: Proposing

    /// Proposes a series with its first session, where the ask repeats.
    static func propose(
        _ ask: Ask, employee: ID<Person>, manager: ID<Person>, goingOnFrom previous: ID<Series>?, at now: Date,
        in tx: any Transaction
    ) throws -> ID<Series>? {
        guard let cadence = ask.cadence, let first = ask.times.first else { return nil }
        let id = ID<Series>(now: now)
        try tx.run(
            """
            insert into series (id, employee, manager, proposed_by, purpose, purpose_words, title, place, state,
                previous, created_at, changed_at)
            values (\(id), \(employee), \(manager), \(ask.asker.id), \(ask.purpose), \(ask.purposeWords), \(ask.title),
                \(ask.place), 'proposed', \(previous), \(now), \(now))
            """)
        let wall = WallTime(first, in: ask.asker.timeZone)
        try SeriesRule(
            fromDay: wall.day, cadence: cadence, hour: wall.hour, minute: wall.minute, zone: ask.asker.timeZone,
            minutes: ask.minutes
        ).insert(for: id, by: ask.asker.id, at: now, in: tx)
        try tx.journal("proposed", id, "series", by: ask.asker.id, at: now, detail: ["rule": cadence.rule])
        return id
    }

    // MARK: The rule

    /// Changes when the sessions are, from a day on; what was before stays as it was. A session that was made for a time
    /// after that day moves to the first one by the new rule, with all that is prepared for it. The partner is told.
    /// - Throws: ``Invalid`` at `from`, `time`, `zone`, `minutes`, `repeat`, `every` and `unit`; ``Conflict``.
    public func change(_ draft: RuleDraft, in id: ID<Series>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requireAgreed()
            let plan = try SeriesPlan(id, in: tx)
            let rule = try draft.checked(now: now)
            if let present = plan.rules.last, present == rule { return }
            let late = plan.upcoming(after: now).filter { $0.name.day >= rule.fromDay }
            try tx.run("delete from series_rule where series = \(id) and from_day >= \(rule.fromDay)")
            try rule.insert(for: id, by: viewer.id, at: now, in: tx)
            try access.note(
                "changed-rule", detail: ["from": rule.fromDay.iso, "rule": rule.cadence.rule], at: now, in: tx)
            try follow(rule, of: id, late, as: viewer, at: now, in: tx)
            try SeriesMaking.makeNext(of: id, at: now, in: tx)
            if let clash = try SeriesMaking.clash(in: id, for: viewer, at: now, in: tx) { throw Invalid("from", clash) }
            try tell(
                access, "Changed",
                "\(access.me.first) changed when you meet: from \(rule.fromDay.full) on, \(rule.words).",
                occasion: "rule/\(id)/\(access.series.sequence + 1)", at: now, in: tx)
        }
    }

    /// The first session that was made for a time under another rule goes to the first time by the new one; any others
    /// are left out.
    private func follow(
        _ rule: SeriesRule, of id: ID<Series>, _ late: [Occurrence], as viewer: Viewer, at now: Date,
        in tx: any Transaction
    ) throws {
        for (index, occurrence) in late.enumerated() {
            guard let session = occurrence.session else { continue }
            let access = try SessionAccess.load(session, for: viewer, in: tx)
            guard index == 0, access.session.state == .agreed else {
                try product.sessions.end(access, "We meet at other times now.", at: now, in: tx)
                continue
            }
            // The first by the new rule that nobody has left out, and that has had no session of its own.
            let place = try SeriesPlan(id, in: tx).ahead(of: now, count: 60).first {
                $0.name.day >= rule.fromDay && $0.isOn && ($0.session == nil || $0.session == session)
            }
            guard let place else { continue }
            try tx.run(
                """
                update session set occurrence = \(place.name), minutes = \(rule.minutes) where id = \(session)
                """)
            guard place.startsAt != access.session.startsAt else { continue }
            try access.reschedule(to: place.startsAt, words: "", at: now, in: tx)
        }
    }

    // MARK: Pausing

    /// No sessions from one day to another, whether by the rule or moved there; one that was moved away stays. One that was
    /// made for then is skipped; what is prepared for it goes along to the first one after. The partner is told.
    /// - Throws: ``Invalid`` at `from`, `until` and `words`; ``Conflict``.
    public func pause(
        from: String, until: String, words: String, in id: ID<Series>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requireAgreed()
            var typed = Typed()
            let days = typed.days(from: from, until: until, at: now, in: viewer.timeZone)
            let words = typed.text(words, "words", missing: nil, atMost: Session.longestEndingWords)
            try typed.check()
            guard let days else { return }
            let plan = try SeriesPlan(id, in: tx)
            if plan.pauses.contains(where: { $0.fromDay == days.from && $0.untilDay == days.until }) { return }
            guard plan.pauses.count < Self.mostPauses else {
                throw Refused("A series holds \(Self.mostPauses) pauses at a time. End one first.")
            }
            try tx.run(
                """
                insert into series_pause (id, series, from_day, until_day, words, created_by, created_at)
                values (\(ID<SeriesPause>(now: now)), \(id), \(days.from), \(days.until), \(words), \(viewer.id), \(now))
                """)
            try access.note(
                "paused", detail: ["from": days.from.iso, "until": days.until.iso], at: now, in: tx)
            let why = words.isEmpty ? "We pause until \(days.until.dayAndMonth)." : words
            // One that is under way goes on.
            let falling = plan.meetings(after: now, count: Self.mostPaused).filter {
                $0.startsAt > now && (days.from...days.until).contains(plan.day(of: $0))
            }
            // First those without a session, or the end of one before could make them theirs.
            for occurrence in falling where occurrence.session == nil && occurrence.isMoved {
                try SeriesMaking.skip(occurrence.name, of: id, words: why, by: viewer.id, at: now, in: tx)
            }
            for session in falling.compactMap(\.session) {
                try product.sessions.end(
                    try SessionAccess.load(session, for: viewer, in: tx), why, at: now, in: tx)
            }
            try SeriesMaking.makeNext(of: id, at: now, in: tx)
            try tell(
                access, "Paused",
                "\(access.me.first) paused it from \(days.from.full) to \(days.until.full)."
                    + (words.isEmpty ? "" : " “\(words)”"),
                occasion: "pause/\(id)/\(access.series.sequence + 1)", at: now, in: tx)
        }
    }

    static let mostPauses = 20
    /// As many as there can be in the two years that a pause can last, and some more.
    private static let mostPaused = 120

    /// Takes a pause back; the partner is told. Said twice, it changes nothing more.
    /// - Throws: ``NotFound`` when it isn't this series'; ``Refused`` when one that was moved is at a time of the pause.
    public func endPause(_ pause: ID<SeriesPause>, in id: ID<Series>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let isThere = try tx.value(
                Int.self, "select 1 from series_pause where id = \(pause) and series = \(id)")
            guard isThere != nil else { throw NotFound() }
            try access.requireAgreed()
            let changed = try tx.run(
                "update series_pause set removed_at = \(now) where id = \(pause) and removed_at is null")
            guard changed == 1 else { return }
            if let clash = try SeriesMaking.clash(in: id, for: viewer, at: now, in: tx) { throw Refused(clash) }
            try access.note("ended-pause", at: now, in: tx)
            try SeriesMaking.makeNext(of: id, at: now, in: tx)
            try tell(
                access, "Goes on", "\(access.me.first) ended the pause.",
                occasion: "pause-ended/\(pause)", at: now, in: tx)
        }
    }

    // MARK: One of them

    /// Leaves one out, with a word why. Where it has its session already, that is ended, and what is prepared goes along
    /// to the next. The partner is told.
    /// - Throws: ``NotFound`` for a time that the series doesn't have; ``Conflict``.
    public func skip(
        _ name: String, saying words: String, in id: ID<Series>, as viewer: Viewer
    ) async throws {
        var typed = Typed()
        let words = typed.text(words, "words", missing: nil, atMost: Session.longestEndingWords)
        try typed.check()
        try await write(id, as: viewer) { access, tx, now in
            let occurrence = try access.occurrence(named: name, at: now, in: tx)
            guard occurrence.isOn else { return }
            if let session = occurrence.session {
                try product.sessions.end(
                    try SessionAccess.load(session, for: viewer, in: tx), words, at: now, in: tx)
                return
            }
            try SeriesMaking.skip(occurrence.name, of: id, words: words, by: viewer.id, at: now, in: tx)
            try tellOf(occurrence, access, .skipped(words), at: now, in: tx)
        }
    }

    /// Gives one another time. It stays the one that it is, also when it comes after others then. The partner is told, and
    /// of one that has its session already both are.
    /// - Throws: ``Invalid`` at `day-1` and `time-1`; ``NotFound`` for a time that the series doesn't have.
    public func move(
        _ name: String, to draft: TimeDraft, in id: ID<Series>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let occurrence = try access.occurrence(named: name, at: now, in: tx)
            var typed = Typed()
            let times = typed.times([draft], in: viewer.timeZone, at: now, missing: "Choose the day and the time.")
            try typed.check()
            guard let startsAt = times.first, startsAt != occurrence.startsAt || !occurrence.isOn else { return }
            try SeriesMaking.requireFree([startsAt], for: occurrence.name, of: id, at: now, in: tx)
            let session = try occurrence.session.map { try SessionAccess.load($0, for: viewer, in: tx) }
            if let session {
                try session.require(.agreed, orSay: session.standing)
                try session.reschedule(to: startsAt, words: "", at: now, in: tx)
            }
            try SeriesMaking.move(
                occurrence.name, of: id, to: startsAt, words: "", by: viewer.id, at: now, in: tx)
            try SeriesMaking.makeNext(of: id, at: now, in: tx)
            if let session {
                try product.sessions.tellMoved(session, to: startsAt, "", at: now, in: tx)
            } else {
                try tellOf(occurrence, access, .moved(to: startsAt), at: now, in: tx)
            }
        }
    }

    /// Puts one back that was skipped or moved, as the rule has it, where it has no session yet.
    /// - Throws: ``NotFound``; ``Refused`` when its session was ended, and when its time by the rule has passed or is taken.
    public func restore(_ name: String, in id: ID<Series>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let occurrence = try access.occurrence(named: name, at: now, in: tx)
            guard occurrence.session == nil else {
                throw Refused("It has a session of its own. Open that to change it.")
            }
            let changed = try tx.run(
                "delete from series_exception where series = \(id) and occurrence = \(occurrence.name)")
            guard changed == 1 else { return }
            let back = try SeriesPlan(id, in: tx).occurrence(occurrence.name)
            guard back.startsAt > now else { throw Refused("\(back.startsAt.long(in: viewer.timeZone)) has passed.") }
            try SeriesMaking.refusing {
                try SeriesMaking.requireFree([back.startsAt], for: back.name, of: id, at: now, in: tx)
            }
            try access.note("restored-occurrence", detail: ["occurrence": occurrence.name.iso], at: now, in: tx)
            try SeriesMaking.makeNext(of: id, at: now, in: tx)
            try tellOf(back, access, .back, at: now, in: tx)
        }
    }

    // MARK: Ending

    /// Ends a series. The session that comes next stays as the last one, unless it is cancelled as well. The partner is
    /// told. Said twice, it changes nothing more.
    public func end(
        _ words: String, cancellingNext: Bool, in id: ID<Series>, as viewer: Viewer
    ) async throws {
        var typed = Typed()
        let words = typed.text(words, "words", missing: nil, atMost: Session.longestEndingWords)
        try typed.check()
        try await write(id, as: viewer) { access, tx, now in
            if access.series.state == .ended { return }
            try access.requireAgreed()
            try end(access, words, cancellingNext: cancellingNext, as: viewer, at: now, in: tx)
        }
    }

    func end(
        _ access: SeriesAccess, _ words: String, cancellingNext: Bool, as viewer: Viewer, at now: Date,
        in tx: any Transaction
    ) throws {
        let id = access.series.id
        let coming = try SeriesPlan(id, in: tx).upcoming(after: now)
        try tx.run(
            """
            update series set state = 'ended', ended_at = \(now), ended_by = \(viewer.id), ended_words = \(words)
            where id = \(id)
            """)
        try access.note("ended", at: now, in: tx)
        if cancellingNext {
            for session in coming.compactMap(\.session) {
                try product.sessions.end(
                    try SessionAccess.load(session, for: viewer, in: tx), words, at: now, in: tx)
            }
        }
        try tell(
            access, "Ended", "\(access.me.first) ended the series." + (words.isEmpty ? "" : " “\(words)”"),
            occasion: "series-ended/\(id)", at: now, in: tx)
    }

    // MARK: Telling

    /// A letter to the partner about the series.
    func tell(
        _ access: SeriesAccess, _ what: String, _ words: String, occasion: String, at now: Date,
        in tx: any Transaction
    ) throws {
        let letter = Letter(
            subject: "\(what): \(access.series.title)".cut(to: Limit.line), preview: words,
            kick: "From \(access.me.name)", title: access.series.title,
            blocks: [
                .paragraph(words),
                .button(label: "See when you meet", address: "\(product.address)/series/\(access.series.id)"),
            ],
            smallPrint: [
                "You get this because \(access.me.name) has strategy sessions with you. A reply reaches \(access.me.first)."
            ])
        try Outbox.queue(
            letter, kind: "answer", occasion: occasion, to: access.partner.id, replyTo: access.me.id, at: now, in: tx)
    }

    /// What can become of one that has no session yet.
    private enum Change {
        case skipped(String)
        case moved(to: Date)
        case back
    }

    private func tellOf(
        _ occurrence: Occurrence, _ access: SeriesAccess, _ change: Change, at now: Date, in tx: any Transaction
    ) throws {
        let zone = try PersonZone.find([access.partner.id], in: tx)[access.partner.id] ?? .gmt
        let session = "the session of \(occurrence.startsAt.long(in: zone))"
        let (what, words) =
            switch change {
            case .skipped(let words): ("Skipped", "skips \(session)." + (words.isEmpty ? "" : " “\(words)”"))
            case .moved(let moment): ("Moved", "moves \(session) to \(moment.long(in: zone)).")
            case .back: ("Back", "puts \(session) back.")
            }
        try tell(
            access, what, "\(access.me.first) \(words)",
            occasion: "occurrence/\(access.series.id)/\(access.series.sequence + 1)", at: now, in: tx)
    }
}

extension SeriesAccess {
    /// A coming occurrence by its name, as a form sends it.
    /// - Throws: ``NotFound`` where the series has none of that name to come; ``Conflict`` when it isn't agreed.
    func occurrence(named name: String, at now: Date, in tx: any Transaction) throws -> Occurrence {
        try requireAgreed()
        let plan = try SeriesPlan(series.id, in: tx)
        guard let wall = WallTime(name), plan.has(wall) else { throw NotFound() }
        let occurrence = plan.occurrence(wall)
        guard occurrence.startsAt > now else { throw Conflict("Its time has passed.") }
        return occurrence
    }
}

extension SeriesPlan {
    /// The occurrences to come that have a session which can still be changed.
    func upcoming(after now: Date) -> [Occurrence] {
        sessions.filter { [.asked, .agreed].contains($0.state) && ($0.startsAt ?? now) > now }
            .compactMap(\.occurrence).map(occurrence).sorted { $0.startsAt < $1.startsAt }
    }
}

/// A new rule, as it was typed.
public struct RuleDraft: Sendable, Equatable {
    /// The first day by it.
    public var from: String
    public var time: String
    /// On whose wall the time holds: a zone's name.
    public var zone: String
    public var minutes: String
    public var rhythm: Rhythm

    public init(from: String, time: String, zone: String, minutes: String, rhythm: Rhythm) {
        self.from = from
        self.time = time
        self.zone = zone
        self.minutes = minutes
        self.rhythm = rhythm
    }

    func checked(now: Date) throws -> SeriesRule {
        var typed = Typed()
        let zone = TimeZones.named(typed.timeZone(zone, "zone"))
        let minutes = typed.number(minutes, "minutes", in: 5...480, "Say how long, in minutes, from 5 to 480.")
        let times = typed.times(
            [TimeDraft(day: from, time: time)], in: zone ?? .gmt, at: now, missing: "Choose the first day and the time."
        )
        let cadence = typed.cadence(rhythm, from: times.first, in: zone ?? .gmt)
        if rhythm.isOnce { typed.note("repeat", "Choose how often you meet.") }
        if !typed.problems.isEmpty { throw Invalid(typed.problems.map(\.renamed)) }
        guard let zone, let minutes, let first = times.first, let cadence else {
            throw Invalid("from", "Choose a day.")
        }
        let wall = WallTime(first, in: zone)
        return SeriesRule(
            fromDay: wall.day, cadence: cadence, hour: wall.hour, minute: wall.minute, zone: zone, minutes: minutes)
    }
}

extension Problem {
    /// The one time of a rule has fields of its own names.
    fileprivate var renamed: Problem {
        switch field {
        case "day-1": Problem(field: "from", words: words)
        case "time-1": Problem(field: "time", words: words)
        default: self
        }
    }
}

extension SeriesRule {
    /// `every two weeks on Tuesday at 10:00, Lisbon time`
    public var words: String { "\(cadence.words) at \(time), \(zone.city) time" }
}

extension Typed {
    /// From one day to another, at `from` and `until`: not long ago, and not for ever.
    mutating func days(
        from: String, until: String, at now: Date, in zone: TimeZone
    ) -> (from: Day, until: Day)? {
        let from = day(from, "from", "Choose the first day.")
        let until = day(until, "until", "Choose the last day.")
        guard let from, let until else { return nil }
        let today = Day(now, in: zone)
        if until < from { note("until", "That is before the first day. Choose a later one.") }
        if until < today { note("until", "That has passed. Choose a later day.") }
        if from < today.adding(days: -366) { note("from", "That is more than a year ago. Choose a later day.") }
        if until > today.adding(days: 730) { note("until", "That is years away. Choose a nearer day.") }
        return (from, until)
    }
}
