// Running a session: start it, walk through its steps, end it, and go back to it.
public import Foundation
public import Storage

/// All that the room shows to one of the two, in one view of the data.
public struct Room: Sendable {
    public let access: SessionAccess
    public let steps: [StepTime]
    /// The step that the viewer looks at, which need not be the one that the session is in.
    public let shown: Session.Step
    public let texts: [SessionText]
    /// Only on the step that asks for verdicts.
    public let subjects: [VerdictSubject]
    public let agenda: [RoomItem]
    public let captures: [Capture]
    public let actions: [Action]
    /// What changed since the two last met; only on the first step.
    public let since: SinceLastTime?
    /// The server's present moment, by which its clocks run.
    public let now: Date

    public var session: Session { access.session }
    /// The step that the session is in.
    public var step: Session.Step { session.step ?? .context }
    public var isLookingElsewhere: Bool { shown != step }
    /// Whether the clock stands still.
    public var isPaused: Bool { session.stepEnteredAt == nil }

    public func time(of step: Session.Step) -> StepTime? { steps.first { $0.step == step } }

    /// A text of the viewer's, empty where nothing is written yet.
    public func text(_ field: SessionField) -> SessionText {
        texts.first { $0.field == field && $0.isShared != field.isPrivate }
            ?? SessionText(empty: field, isShared: !field.isPrivate)
    }
}

/// An agenda item as the room shows it.
public struct RoomItem: Sendable, Equatable, RowReadable {
    public let id: ID<RoomItem>
    public let title: String
    public let minutes: Int
    public let presenter: PersonName
    public let outcome: Outcome

    public enum Outcome: String, Sendable, SQLColumn, CaseIterable {
        case open
        case covered
        /// Not reached: it is offered to the next session.
        case deferred
    }

    public init(row: inout Row) throws {
        id = try row.next()
        title = try row.next()
        minutes = try row.next()
        presenter = try PersonName(row: &row)
        outcome = try row.next()
    }

    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [RoomItem] {
        try tx.all(
            RoomItem.self,
            """
            select i.id, i.title, i.minutes, p.id, p.name, i.outcome
            from agenda_item i join person p on p.id = i.presenter
            where i.session = \(access.session.id) and i.shared_at is not null and i.removed_at is null
            order by i.position, i.id
            """)
    }
}

/// How a move between steps ended.
public enum StepMove: Sendable, Equatable {
    case moved
    /// The partner had moved already; this is where the session is.
    case wasElsewhere(Session.Step)
}

extension Session {
    /// Whether it is agreed for another day than that of a moment. An hour or two around midnight is none.
    public func isForAnotherDay(than moment: Date, in zone: TimeZone) -> Bool {
        guard let startsAt, abs(startsAt.timeIntervalSince(moment)) > 2 * 3_600 else { return false }
        return Day(startsAt, in: zone) != Day(moment, in: zone)
    }
}

extension Sessions {
    /// How long extensions are, in minutes.
    public static let extensions = [2, 5]

    /// The room of a session that is running.
    /// - Parameter step: which step to look at; nil for the one the session is in.
    /// - Throws: ``Conflict`` when it isn't running.
    public func room(_ id: ID<Session>, lookingAt step: Session.Step?, as viewer: Viewer) async throws -> Room {
        let now = product.now()
        return try await read(id, as: viewer) { access, tx in
            try access.requireRunning()
            let shown = step ?? access.session.step ?? .context
            return Room(
                access: access, steps: try StepTime.all(of: access, in: tx), shown: shown,
                texts: try Self.texts(of: access, in: tx),
                subjects: shown == .alignment ? try VerdictSubject.all(of: access, in: tx) : [],
                agenda: try RoomItem.all(of: access, in: tx),
                captures: try Capture.all(of: access, in: tx),
                actions: try Action.all(of: access, in: tx),
                since: shown == .context ? try SinceLastTime.load(access, in: tx) : nil, now: now)
        }
    }

    /// Starts the talk. Said by both at once, it starts once. On another day than was agreed, it moves to now first, so that
    /// calendars and every list say when it was.
    /// - Throws: ``Conflict`` when it can't start, or is over.
    public func start(_ id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            if access.session.state == .running { return }
            try access.require(
                .agreed, orSay: "This session is \(access.session.state.words); it can’t be started now.")
            let access = try bringForward(access, as: viewer, at: now, in: tx)
            try access.move(
                to: .running,
                setting: "started_at = \(now)", "step = 1", "step_entered_at = \(now)", at: now, in: tx)
            let plan = Session.Step.plan(minutes: access.session.minutes)
            for step in Session.Step.allCases {
                try tx.run(
                    """
                    insert into session_step (session, step, minutes)
                    values (\(id), \(step.rawValue), \(plan[step] ?? 1))
                    """)
            }
        }
    }

    private func bringForward(
        _ access: SessionAccess, as viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws -> SessionAccess {
        guard access.session.isForAnotherDay(than: now, in: viewer.timeZone) else { return access }
        let minute = Date(milliseconds: now.milliseconds / 60_000 * 60_000)
        try access.reschedule(to: minute, words: "", at: now, in: tx)
        if let (series, occurrence) = access.placeInSeries {
            try SeriesMaking.move(occurrence, of: series, to: minute, words: "", by: viewer.id, at: now, in: tx)
        }
        try tellMoved(access, to: minute, "", at: now, in: tx)
        return try SessionAccess.load(access.session.id, for: viewer, in: tx)
    }

    /// Moves the session from the step that the viewer saw it in to another, forwards or back. A clock that stood still
    /// goes on. Nothing else depends on a step being left.
    public func move(
        _ id: ID<Session>, from seen: Session.Step, to target: Session.Step, as viewer: Viewer
    ) async throws -> StepMove {
        try await write(id, as: viewer) { access, tx, now in
            try access.requireRunning()
            guard let present = access.session.step, present == seen, present != target else {
                return access.session.step == target ? .moved : .wasElsewhere(access.session.step ?? .context)
            }
            let changed = try tx.run(
                """
                update session set step = \(target.rawValue), step_entered_at = \(now), changed_at = \(now)
                where id = \(id) and state = 'running' and step = \(seen.rawValue)
                """)
            guard changed == 1 else { return .wasElsewhere(present) }
            try Self.addTimeSpent(access, until: now, in: tx)
            try tx.journal(
                "stepped", id, "session", by: viewer.id, at: now,
                detail: ["from": String(seen.rawValue), "to": String(target.rawValue)])
            return .moved
        }
    }

    /// Stops the clock: what passes until it goes on counts for no step. Said twice, it stops once.
    public func pause(_ id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requireRunning()
            guard access.session.stepEnteredAt != nil else { return }
            try tx.run(
                """
                update session set step_entered_at = null, changed_at = \(now)
                where id = \(id) and state = 'running'
                """)
            try Self.addTimeSpent(access, until: now, in: tx)
            try tx.journal("paused", id, "session", by: viewer.id, at: now)
        }
    }

    /// Lets the clock go on. Said twice, it goes on once.
    public func resume(_ id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requireRunning()
            guard access.session.stepEnteredAt == nil else { return }
            try tx.run(
                """
                update session set step_entered_at = \(now), changed_at = \(now)
                where id = \(id) and state = 'running'
                """)
            try tx.journal("resumed", id, "session", by: viewer.id, at: now)
        }
    }

    /// Adds minutes to a step, once for each time that the viewer saw how much had been added.
    /// - Parameter minutes: one of ``extensions``.
    public func extend(
        _ id: ID<Session>, step: Session.Step, by minutes: Int = 2, alreadyExtendedBy seen: Int, as viewer: Viewer
    ) async throws {
        guard Self.extensions.contains(minutes) else {
            throw Refused("A step gets two or five minutes more at a time.")
        }
        try await write(id, as: viewer) { access, tx, now in
            try access.requireRunning()
            guard seen < 240 else {
                throw Refused("This step has been given four more hours. Plan another session.")
            }
            let changed = try tx.run(
                """
                update session_step set extended_minutes = \(seen + minutes)
                where session = \(id) and step = \(step.rawValue) and extended_minutes = \(seen)
                """)
            guard changed == 1 else { return }
            try tx.journal(
                "extended", id, "session", by: viewer.id, at: now,
                detail: ["step": String(step.rawValue), "minutes": String(minutes)])
        }
    }

    /// Ends the talk and puts the recap together. Said twice, it ends once.
    public func finish(_ id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            if access.session.state == .closing || access.session.state == .confirmed { return }
            try access.requireRunning()
            try access.move(
                to: .closing, setting: "ended_at = \(now)", "step = null", "step_entered_at = null", at: now,
                in: tx)
            try Self.addTimeSpent(access, until: now, in: tx)
            try assembleRecap(access, zone: viewer.timeZone, at: now, in: tx)
            try GoalMove.keep(access, in: tx)
            try SeriesMaking.sessionHeld(access, at: now, in: tx)
            try Self.carryOver(from: id, by: viewer.id, at: now, in: tx)
        }
    }

    /// Goes back from the recap into the room, to its last step.
    /// - Throws: ``Refused`` once somebody has said yes to the recap.
    public func reopen(_ id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            if access.session.state == .running { return }
            try access.require(
                .closing,
                orSay: "This session is \(access.session.state.words); the room can’t be opened again.")
            let yes = try tx.first(
                PersonName.self,
                """
                select p.id, p.name from recap_confirmation c
                join recap r on r.session = c.session and r.version = c.version
                join person p on p.id = c.person where c.session = \(id) order by c.confirmed_at
                """)
            if let yes {
                let who = yes.id == viewer.id ? "You have" : "\(yes.first) has"
                throw Refused(
                    "\(who) said yes to this recap, so the talk stays closed. Change the recap instead.")
            }
            try access.move(
                to: .running,
                setting: "ended_at = null", "step = 5", "step_entered_at = \(now)", at: now, in: tx)
        }
    }

    /// Notes which agenda items were covered and which were not reached.
    /// - Throws: ``NotFound`` for an item that isn't on this agenda.
    public func note(
        outcomes: [ID<RoomItem>: RoomItem.Outcome], in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requireRunning()
            let items = try RoomItem.all(of: access, in: tx)
            for (item, outcome) in outcomes {
                guard let present = items.first(where: { $0.id == item }) else { throw NotFound() }
                guard present.outcome != outcome else { continue }
                try tx.run(
                    "update agenda_item set outcome = \(outcome), changed_at = \(now) where id = \(item)")
                try tx.journal(
                    "noted", item, "agenda-item", by: viewer.id, at: now,
                    detail: ["outcome": outcome.rawValue])
            }
        }
    }

    /// Adds the time since the present step was entered to what was spent in it.
    private static func addTimeSpent(_ access: SessionAccess, until now: Date, in tx: any Transaction) throws {
        guard let step = access.session.step, let entered = access.session.stepEnteredAt else { return }
        let spent = max(0, now.milliseconds - entered.milliseconds)
        try tx.run(
            """
            update session_step set spent_milliseconds = spent_milliseconds + \(spent)
            where session = \(access.session.id) and step = \(step.rawValue)
            """)
    }
}

extension SessionAccess {
    func requireRunning() throws {
        try require(
            .running,
            orSay: "This session is \(session.state.words); what is done in the room needs it running.")
    }
}

extension Session.State {
    /// How a sentence says it: 'This session is …'.
    public var words: String {
        switch self {
        case .asked: "still being agreed"
        case .agreed: "agreed and not started"
        case .running: "running"
        case .closing: "over, and its recap waits to be confirmed"
        case .confirmed: "confirmed and on record"
        case .declined: "declined"
        case .cancelled: "cancelled"
        }
    }
}
