public import Foundation
public import Storage

/// What somebody said of a key result at one time: how far it is, how sure they are, and why.
public struct CheckIn: Sendable, Equatable, RowReadable {
    public let id: ID<CheckIn>
    public let keyResult: ID<KeyResult>
    public let reading: Reading
    /// The ids of a milestone's steps that are done.
    public let steps: [String]
    public let comment: String
    public let blockers: String
    public let by: PersonName
    public let at: Date
    /// 1 until it is changed.
    public let version: Int
    public let source: Source

    static let columns: SQL = """
        i.id, i.key_result, i.as_of, i.value, i.confidence, i.steps, i.comment, i.blockers, ib.id, ib.name,
        i.created_at, i.version, i.source
        """
    static let tables: SQL = "check_in i join person ib on ib.id = i.created_by"

    public init(row: inout Row) throws {
        id = try row.next()
        keyResult = try row.next()
        reading = Reading(on: try row.next(), value: try row.next(), confidence: try row.next())
        steps = try row.next(String.self).split(separator: " ").map(String.init)
        comment = try row.next()
        blockers = try row.next()
        by = try PersonName(row: &row)
        at = try row.next()
        version = try row.next()
        source = try row.next()
    }

    /// Where it was made.
    public enum Source: String, Sendable, SQLColumn {
        case page
        case session
        case link
        case `import`
    }

    /// What a confidence means in words.
    public static func words(forConfidence confidence: Int) -> String {
        switch confidence {
        case ...0: "it won’t"
        case 1...2: "hardly"
        case 3...4: "rather not"
        case 5: "could go either way"
        case 6...7: "likely"
        case 8...9: "very likely"
        default: "it will"
        }
    }
}

/// A check-in as somebody types it.
public struct CheckInDraft: Sendable, Equatable {
    /// A figure; `1` or `0` for done or not. Of a milestone it isn't read.
    public var value: String
    /// The ids of a milestone's steps that are ticked.
    public var steps: [String]
    /// Those that stood ticked when the form was opened, so that it says what was ticked and unticked since; nil where
    /// ``steps`` says all by itself.
    public var shownSteps: [String]?
    public var confidence: String
    public var comment: String
    public var blockers: String
    /// The day that the value is of; empty for today.
    public var asOf: String

    public init(
        value: String = "", steps: [String] = [], shownSteps: [String]? = nil, confidence: String = "",
        comment: String = "", blockers: String = "", asOf: String = ""
    ) {
        self.value = value
        self.steps = steps
        self.shownSteps = shownSteps
        self.confidence = confidence
        self.comment = comment
        self.blockers = blockers
        self.asOf = asOf
    }

    struct Checked {
        let reading: Reading
        let steps: [String]
        let comment: String
        let blockers: String
    }

    /// - Parameters:
    ///   - done: the steps that are done so far, by the newest check-in.
    ///   - last: what was said last, where a value that isn't said stays as it is.
    ///   - suffix: what the names of its fields end with, where a form holds several check-ins.
    func checked(
        _ result: KeyResult, _ cycle: Cycle, today: Day, done: [String] = [], keeping last: Reading? = nil,
        _ typed: inout Typed, suffix: String = ""
    ) -> Checked? {
        let before = typed.problems.count
        let ids = result.kind == .milestone ? stepsDone(of: result, before: done, &typed, suffix) : []
        let value = value(of: result, ids, keeping: last, today, &typed, suffix)
        let sure = typed.number(
            confidence, "confidence" + suffix, in: 0...10, "Choose how sure you are, from 0 to 10.")
        let comment = typed.text(comment, "comment" + suffix, missing: nil, atMost: 1_000)
        let blockers = typed.text(blockers, "blockers" + suffix, missing: nil, atMost: 1_000)
        let day = day(in: cycle, today, &typed, suffix)
        guard typed.problems.count == before, let sure else { return nil }
        return Checked(
            reading: Reading(on: day, value: value, confidence: sure), steps: ids, comment: comment,
            blockers: blockers)
    }

    private func value(
        of result: KeyResult, _ steps: [String], keeping last: Reading?, _ today: Day, _ typed: inout Typed,
        _ suffix: String
    ) -> Double {
        if result.kind == .milestone { return Self.share(of: steps, result.steps) }
        let isUnsaid = value.allSatisfy(\.isWhitespace)
        // What was said last doesn't tell of a day before that.
        if isUnsaid, let last, (Day(asOf) ?? today) >= last.on { return last.value }
        if result.kind == .yesNo {
            if let isDone = ["0": 0.0, "1": 1.0][value] { return isDone }
            typed.note("value" + suffix, "Choose whether it is done.")
        } else {
            if let figure = Figure.read(value) { return figure }
            typed.note("value" + suffix, Figure.problem(self.value, "Say where it is now"))
        }
        return 0
    }

    /// The steps that are done now: those that were, with what was ticked and unticked in the form. So a step that somebody
    /// else called done meanwhile stays done.
    private func stepsDone(
        of result: KeyResult, before: [String], _ typed: inout Typed, _ suffix: String
    ) -> [String] {
        let all = result.steps.map(\.id)
        if !Set(steps).isSubset(of: all) {
            typed.note("steps" + suffix, "Its steps have changed. Look again at which are done.")
        }
        guard let shownSteps else { return all.filter(steps.contains) }
        let (ticked, shown) = (Set(steps), Set(shownSteps))
        let done = Set(before).union(ticked.subtracting(shown)).subtracting(shown.subtracting(ticked))
        return all.filter(done.contains)
    }

    private func day(in cycle: Cycle, _ today: Day, _ typed: inout Typed, _ suffix: String) -> Day {
        guard !asOf.isEmpty,
            let day = typed.day(asOf, "asOf" + suffix, "Choose a day, such as \(today.iso).")
        else { return today }
        if day > today {
            typed.note("asOf" + suffix, "That day has not come yet. Choose today or an earlier one.")
        } else if day < cycle.startsOn.adding(days: -31) {
            typed.note("asOf" + suffix, "\(cycle.name) began on \(cycle.startsOn.dayAndMonth). Choose a later day.")
        }
        return day
    }

    /// The share of a milestone that is done, by what its steps count for.
    static func share(of done: [String], _ steps: [KeyResult.Step]) -> Double {
        Weighted.mean(steps.map { (value: done.contains($0.id) ? 1 : 0, weight: $0.share) }) ?? 0
    }
}

extension Cycles {
    /// Checks in on a key result.
    /// - Parameters:
    ///   - id: chosen when the form was made, so that a form sent twice checks in once.
    ///   - session: the session in which it is made; its people are the viewer and their partner.
    /// - Throws: ``NotFound``, ``Refused``, ``Conflict``, ``Invalid``.
    public func checkIn(
        on keyResult: ID<KeyResult>, _ draft: CheckInDraft, id: ID<CheckIn>? = nil, from source: CheckIn.Source = .page,
        in session: ID<Session>? = nil, as viewer: Viewer
    ) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let access = try KeyResultAccess.load(keyResult, for: viewer, in: tx)
            let cycle = try Self.requireCheckable(access, viewer, in: tx)
            if let session { _ = try SessionAccess.load(session, for: viewer, in: tx) }
            var typed = Typed()
            let checked = draft.checked(
                access.keyResult, cycle, today: Day(now, in: viewer.timeZone),
                done: try CheckIn.stepsDone(of: access.keyResult, in: tx), &typed)
            try typed.check()
            guard let checked else { return }
            try Self.keep(checked, of: access, id: id, source, session, as: viewer, at: now, in: tx)
        }
    }

    /// Checks in on several key results at once: all that say something, or, where one can't be taken, none.
    /// - Parameters:
    ///   - drafts: by key result. One that says nothing is left out; of one without a value, that stays as it is.
    ///   - session: the session for which they are made; its people are the viewer and their partner.
    /// - Returns: how many check-ins were made.
    /// - Throws: ``NotFound`` for the session, ``Conflict``; ``Invalid`` at `value-ID`, `confidence-ID` …, and at no field
    ///   for what isn't theirs to check in on, or not any more.
    @discardableResult
    public func checkIn(
        on drafts: [(keyResult: ID<KeyResult>, id: ID<CheckIn>?, draft: CheckInDraft)],
        from source: CheckIn.Source = .page, in session: ID<Session>? = nil, as viewer: Viewer
    ) async throws -> Int {
        let now = product.now()
        return try await product.database.write { tx in
            if let session { _ = try SessionAccess.load(session, for: viewer, in: tx) }
            return try Self.checkIn(on: drafts, from: source, session, as: viewer, at: now, in: tx)
        }
    }

    static func checkIn(
        on drafts: [(keyResult: ID<KeyResult>, id: ID<CheckIn>?, draft: CheckInDraft)],
        from source: CheckIn.Source, _ session: ID<Session>? = nil, as viewer: Viewer, at now: Date,
        in tx: any Transaction
    ) throws -> Int {
        var typed = Typed()
        var kept: [(KeyResultAccess, ID<CheckIn>?, CheckInDraft.Checked)] = []
        for item in drafts where !item.draft.isEmpty {
            guard let (access, cycle) = try checkable(item.keyResult, viewer, &typed, in: tx) else { continue }
            let checked = item.draft.checked(
                access.keyResult, cycle, today: Day(now, in: viewer.timeZone),
                done: try CheckIn.stepsDone(of: access.keyResult, in: tx), keeping: access.keyResult.latest, &typed,
                suffix: "-\(item.keyResult)")
            if let checked { kept.append((access, item.id, checked)) }
        }
        try typed.check()
        for (access, id, checked) in kept {
            try keep(checked, of: access, id: id, source, session, as: viewer, at: now, in: tx)
        }
        return kept.count
    }

    /// What somebody may check in on; nil, with a note, where they may not. A form for many lists only what they may, so
    /// it has become somebody else's, or was closed, since the form was opened: the rest of it is to be kept.
    private static func checkable(
        _ id: ID<KeyResult>, _ viewer: Viewer, _ typed: inout Typed, in tx: any Transaction
    ) throws -> (KeyResultAccess, Cycle)? {
        var name = "One key result"
        do {
            let access = try KeyResultAccess.load(id, for: viewer, in: tx)
            name = "“\(access.keyResult.title)”"
            return (access, try requireCheckable(access, viewer, in: tx))
        } catch let refused as Refused {
            typed.note("", "\(name): \(refused.words) The rest is kept as you typed it. Send it again.")
        } catch is NotFound {
            typed.note("", "\(name) is no longer there for you. The rest is kept as you typed it. Send it again.")
        }
        return nil
    }

    /// Changes a check-in of one's own. What it said before is kept.
    /// - Throws: ``NotFound``, ``Refused``, ``Conflict``, ``Invalid``.
    public func change(
        _ id: ID<CheckIn>, to draft: CheckInDraft, basedOn version: Int, as viewer: Viewer
    ) async throws {
        let now = product.now()
        try await product.database.write { tx in
            let found = try tx.first(
                CheckIn.self, "select \(CheckIn.columns) from \(CheckIn.tables) where i.id = \(id)")
            guard let present = found else { throw NotFound() }
            let access = try KeyResultAccess.load(present.keyResult, for: viewer, in: tx)
            guard present.by.id == viewer.id else {
                throw Refused("A check-in is changed by who made it. Make one of your own instead.")
            }
            let cycle = try Self.requireCheckable(access, viewer, in: tx)
            var typed = Typed()
            var draft = draft
            if draft.asOf.isEmpty { draft.asOf = present.reading.on.iso }
            let checked = draft.checked(access.keyResult, cycle, today: Day(now, in: viewer.timeZone), &typed)
            try typed.check()
            guard let checked else { return }
            let isSame =
                checked.reading == present.reading && checked.steps == present.steps
                && checked.comment == present.comment && checked.blockers == present.blockers
            if isSame { return }
            guard present.version == version else {
                throw Conflict("This check-in was changed meanwhile. Look again at what it says now.")
            }
            try tx.run(
                """
                insert into check_in_version (check_in, version, value, steps, confidence, comment, blockers, as_of,
                    changed_at)
                select id, version, value, steps, confidence, comment, blockers, as_of, \(now) from check_in
                where id = \(id)
                """)
            try tx.run(
                """
                update check_in set value = \(checked.reading.value), steps = \(checked.steps.joined(separator: " ")),
                    confidence = \(checked.reading.confidence), comment = \(checked.comment),
                    blockers = \(checked.blockers), as_of = \(checked.reading.on), version = version + 1,
                    changed_at = \(now)
                where id = \(id) and version = \(version)
                """)
            try Self.refresh(present.keyResult, in: tx)
            try tx.journal("changed", id, "check-in", by: viewer.id, at: now)
        }
    }

    /// Which key result a check-in is of.
    /// - Throws: ``NotFound`` where the viewer may not read it.
    public func keyResult(of id: ID<CheckIn>, as viewer: Viewer) async throws -> ID<KeyResult> {
        try await product.database.read { tx in
            guard
                let result = try tx.value(
                    ID<KeyResult>.self, "select key_result from check_in where id = \(id)")
            else { throw NotFound() }
            return try KeyResultAccess.load(result, for: viewer, in: tx).keyResult.id
        }
    }

    /// - Throws: ``Refused`` where the viewer doesn't look after it, or it isn't time to check in.
    static func requireCheckable(
        _ access: KeyResultAccess, _ viewer: Viewer, in tx: any Transaction
    ) throws -> Cycle {
        let objective = access.objective.objective
        guard access.mayCheckIn(viewer) else {
            let who = access.keyResult.owner ?? objective.owner
            throw Refused("\(who?.name ?? "Somebody else") looks after this. Ask them to check in.")
        }
        guard let cycleID = objective.cycle, objective.stage == .committed else {
            throw Refused(
                "People check in on what they have committed to. This is \(objective.stage?.rawValue ?? "in no cycle")."
            )
        }
        let cycle = try Cycle.find(cycleID, in: tx)
        guard cycle.state == .active || cycle.state == .closing else {
            throw Refused("\(cycle.name) is \(cycle.state == .draft ? "not under way yet" : "closed").")
        }
        return cycle
    }

    static func keep(
        _ checked: CheckInDraft.Checked, of access: KeyResultAccess, id: ID<CheckIn>?, _ source: CheckIn.Source,
        _ session: ID<Session>?, as viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws {
        let result = access.keyResult.id
        let same: SQL = """
            created_by = \(viewer.id) and key_result = \(result) and value = \(checked.reading.value)
                and confidence = \(checked.reading.confidence) and comment = \(checked.comment)
                and blockers = \(checked.blockers) and steps = \(checked.steps.joined(separator: " "))
            """
        guard let new = try tx.newID(id ?? ID(now: now), in: "check_in", unless: same, at: now) else { return }
        try tx.run(
            """
            insert into check_in (id, key_result, value, steps, confidence, comment, blockers, as_of, source, session,
                created_by, created_at, changed_at)
            values (\(new), \(result), \(checked.reading.value), \(checked.steps.joined(separator: " ")),
                \(checked.reading.confidence), \(checked.comment), \(checked.blockers), \(checked.reading.on),
                \(source), \(session), \(viewer.id), \(now), \(now))
            """)
        try refresh(result, in: tx)
        try tx.journal("added", new, "check-in", by: viewer.id, at: now, detail: ["keyResult": result.text])
    }

    /// Puts the newest check-ins of a key result on its row. Called by every write that adds or changes one, in its own
    /// transaction. Two queries.
    static func refresh(_ id: ID<KeyResult>, in tx: any Transaction) throws {
        struct Entry: RowReadable {
            let day: Day
            let value: Double
            let confidence: Int
            let by: ID<Person>
            let steps: String
            let kind: KeyResult.Kind
            let all: String

            init(row: inout Row) throws {
                day = try row.next()
                value = try row.next()
                confidence = try row.next()
                by = try row.next()
                steps = try row.next()
                kind = try row.next()
                all = try row.next()
            }

            /// Of a milestone, by the steps that there are now.
            var reading: Reading {
                let done = steps.split(separator: " ").map(String.init)
                let value = kind == .milestone ? CheckInDraft.share(of: done, KeyResult.steps(all)) : value
                return Reading(on: day, value: value, confidence: confidence)
            }
        }
        let newest = try tx.all(
            Entry.self,
            """
            select i.as_of, i.value, i.confidence, i.created_by, i.steps, k.kind, k.steps
            from check_in i join key_result k on k.id = i.key_result where i.key_result = \(id)
            order by i.as_of desc, i.created_at desc, i.id desc limit \(Trail.length)
            """)
        let latest = newest.first
        try tx.run(
            """
            update key_result set value = \(latest?.reading.value), confidence = \(latest?.confidence),
                checked_on = \(latest?.day), checked_by = \(latest?.by),
                check_ins = (select count(*) from check_in where key_result = \(id)),
                trail = \(Trail.text(newest.reversed().map(\.reading)))
            where id = \(id)
            """)
    }
}

extension CheckIn {
    /// By key result, the ids of the steps that its newest check-in says are done. One query; none where no key result
    /// consists of steps.
    static func stepsDone(
        of results: [KeyResult], in tx: any Transaction
    ) throws -> [ID<KeyResult>: [String]] {
        struct Found: RowReadable {
            let result: ID<KeyResult>
            let steps: String?

            init(row: inout Row) throws {
                result = try row.next()
                steps = try row.next()
            }
        }
        let milestones = results.filter { $0.kind == .milestone && $0.checkIns > 0 }.map(\.id)
        guard !milestones.isEmpty else { return [:] }
        let found = try tx.all(
            Found.self,
            """
            select k.id, (select i.steps from check_in i where i.key_result = k.id
                order by i.as_of desc, i.created_at desc, i.id desc limit 1)
            from key_result k where k.id in \(list: milestones)
            """)
        return Dictionary(
            found.map { ($0.result, ($0.steps ?? "").split(separator: " ").map(String.init)) },
            uniquingKeysWith: { first, _ in first })
    }

    static func stepsDone(of result: KeyResult, in tx: any Transaction) throws -> [String] {
        try stepsDone(of: [result], in: tx)[result.id] ?? []
    }
}

extension CheckInDraft {
    /// Whether nothing was said: a row of a form that was left as it was.
    var isEmpty: Bool {
        Set(steps) == Set(shownSteps ?? [])
            && [value, confidence, comment, blockers].allSatisfy { $0.allSatisfy(\.isWhitespace) }
    }
}
