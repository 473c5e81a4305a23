// What two people decide about something that has come along too often: do it, delegate it, or drop it.
public import Foundation
public import Storage

/// What was decided about something that came along.
public struct CarriedAnswer: Sendable, Equatable {
    public let kind: Kind
    /// Of what was dropped: why.
    public let words: String
    /// Of what was delegated: to whom.
    public let delegate: String
    /// Of what was taken on or delegated: by when.
    public let dueOn: Day?
    /// The action that the answer made.
    public let action: ID<Action>?
    public let by: PersonName
    public let at: Date

    public enum Kind: String, Sendable, SQLColumn, CaseIterable {
        /// It stands first on the agenda.
        case first
        /// One of the two does it by a day.
        case action
        /// Somebody else does it by a day.
        case delegated
        case dropped
    }

    /// Reads the columns of ``Carried``; all null where nothing has been decided.
    init?(row: inout Row) throws {
        let kind: Kind? = try row.next()
        words = try row.next()
        delegate = try row.next()
        dueOn = try row.next()
        action = try row.next()
        let by = try PersonName(optional: &row)
        let at: Date? = try row.next()
        guard let kind, let by, let at else { return nil }
        (self.kind, self.by, self.at) = (kind, by, at)
    }
}

/// An answer as it was typed.
public struct CarriedAnswerDraft: Sendable, Equatable {
    /// One of ``CarriedAnswer/Kind``.
    public var answer: String
    /// Of an action: the id of one of the two.
    public var owner: String
    /// Of an action or a delegation: `2026-12-03`.
    public var dueOn: String
    /// Who takes it on, by name.
    public var delegate: String
    /// Why it is dropped.
    public var words: String

    public init(
        answer: String, owner: String = "", dueOn: String = "", delegate: String = "", words: String = ""
    ) {
        self.answer = answer
        self.owner = owner
        self.dueOn = dueOn
        self.delegate = delegate
        self.words = words
    }
}

extension Carried {
    /// A decision as a line of the recap; nil where there is none, or where the agenda says it.
    var answerInWords: String? {
        guard let answer else { return nil }
        let what = "“\(title.withoutStop)”, carried \(CountWords.times(times)),"
        let by = answer.dueOn.map { ", by \($0.dayAndMonth)" } ?? ""
        switch answer.kind {
        case .first: return nil
        case .action: return "\(what) is a next step now\(by)."
        case .delegated: return "\(what) goes to \(answer.delegate)\(by)."
        case .dropped: return "\(what) is dropped: \(answer.words.withoutStop)."
        }
    }
}

extension CountWords {
    /// `once`, `twice`, `three times`
    public static func times(_ count: Int) -> String {
        switch count {
        case 1: "once"
        case 2: "twice"
        default: of(count) + " times"
        }
    }
}

extension Sessions {
    /// Decides what becomes of something that came along. Said twice, it is decided once.
    /// - Throws: ``Invalid`` at `answer`, `owner`, `due`, `delegate` or `words`; ``Conflict`` where the partner has
    ///   decided otherwise, or it has been done meanwhile.
    public func answer(
        _ carried: ID<Carried>, _ draft: CarriedAnswerDraft, in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let present = try Carried.find(carried, of: access, in: tx)
            var typed = Typed()
            let kind = typed.choice(
                draft.answer, "answer", "Choose: do it now, delegate it, or drop it.", as: CarriedAnswer.Kind.self)
            try typed.check()
            guard let kind else { return }
            if let answer = present.answer {
                if answer.kind == kind { return }
                throw Conflict("\(answer.by.id == viewer.id ? "You" : answer.by.first) decided this already.")
            }
            guard present.isOpen else { throw Conflict("“\(present.title)” has been done or dropped meanwhile.") }
            let decided = try Self.decide(present, kind, draft, access, viewer.timeZone, at: now, in: tx)
            let changed = try tx.run(
                """
                update carried set answer = \(kind), words = \(decided.words), delegate = \(decided.delegate),
                    due_on = \(decided.dueOn), action = \(decided.action), answered_by = \(viewer.id),
                    answered_at = \(now)
                where id = \(carried) and answer is null
                """)
            guard changed == 1 else { throw Conflict("Somebody was faster. Here is how it stands now.") }
            try tx.journal(
                "answered", carried, "carried", by: viewer.id, at: now, detail: ["answer": kind.rawValue])
        }
    }

    /// What an answer leaves behind.
    private struct Decided {
        var words = ""
        var delegate = ""
        var dueOn: Day?
        var action: ID<Action>?
    }

    private static func decide(
        _ carried: Carried, _ kind: CarriedAnswer.Kind, _ draft: CarriedAnswerDraft, _ access: SessionAccess,
        _ zone: TimeZone, at now: Date, in tx: any Transaction
    ) throws -> Decided {
        let today = Day(now, in: zone)
        var decided = Decided()
        switch kind {
        case .first:
            try putFirst(carried, access, at: now, in: tx)
            return decided
        case .action:
            decided = try takeOn(
                ActionDraft(body: carried.title, owner: draft.owner, dueOn: draft.dueOn), today, access, at: now, in: tx
            )
            try settle(carried, "Taken on anew.", access, at: now, in: tx)
        case .delegated:
            var typed = Typed()
            let delegate = typed.line(
                draft.delegate, "delegate", missing: "Say who takes it on.", atMost: Limit.name)
            if typed.problems.isEmpty, Day(draft.dueOn) == nil {
                typed.note("due", "Choose the day by which it is done.")
            }
            try typed.check()
            let words = "Hand over to \(delegate): \(carried.title)".cut(to: Limit.capture - 1)
            decided = try takeOn(
                ActionDraft(body: words, owner: access.me.id.text, dueOn: draft.dueOn), today, access, at: now, in: tx)
            decided.delegate = delegate
            try settle(carried, "Goes to \(delegate).", access, at: now, in: tx)
        case .dropped:
            var typed = Typed()
            decided.words = typed.line(
                draft.words, "words", missing: "Say in a word why it is dropped; you both read it.",
                atMost: Limit.capture)
            try typed.check()
            try settle(carried, decided.words, access, at: now, in: tx)
        }
        try takeOff(carried, access, at: now, in: tx)
        return decided
    }

    private static func takeOn(
        _ draft: ActionDraft, _ today: Day, _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws -> Decided {
        let checked = try draft.checked(access, today: today)
        let id = ID<Action>(now: now)
        try insert(checked, as: id, access, at: now, in: tx)
        return Decided(dueOn: checked.dueOn, action: id)
    }

    /// The action that came along is over; what was decided stands in its place.
    private static func settle(
        _ carried: Carried, _ words: String, _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws {
        guard let action = carried.action else { return }
        try tx.run(
            """
            update action set state = 'dropped', settled_words = \(words), settled_by = \(access.me.id),
                settled_at = \(now)
            where id = \(action.id) and state = 'open'
            """)
        try tx.journal("settled", action.id, "action", by: access.me.id, at: now, detail: ["outcome": "dropped"])
    }

    /// What is decided needs no place on the agenda any more.
    private static func takeOff(
        _ carried: Carried, _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws {
        let items = try AgendaItem.all(of: access, in: tx)
        for item in items where item.source == carried.key && item.removedAt == nil {
            try setRemoved(item, true, access, at: now, in: tx)
        }
    }

    private static func putFirst(
        _ carried: Carried, _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws {
        let items = try AgendaItem.all(of: access, in: tx).filter { $0.removedAt == nil }
        let present = items.first { $0.source == carried.key }?.id
        let item = try present ?? put(carried, access, at: now, in: tx)
        try arrange([item] + items.map(\.id).filter { $0 != item }, access, at: now, in: tx)
    }

    /// Puts something that came along on the agenda. Both have seen it already, so it is no draft.
    @discardableResult
    static func put(
        _ carried: Carried, _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws -> ID<AgendaItem> {
        let item = ID<AgendaItem>(now: now)
        let title = (carried.kind == .action ? "Come back on: " : "") + carried.title
        try add(
            AgendaContent(
                title: title.asLine, minutes: min(carried.minutes, access.session.minutes),
                presenter: carried.presenter, ending: carried.ending),
            as: item, from: Source(key: carried.key, origin: carried.origin.session, times: carried.times), access,
            at: now, in: tx)
        try tx.run("update agenda_item set shared_at = \(now) where id = \(item)")
        try tx.journal(
            "carried", item, "agenda-item", by: access.me.id, at: now, detail: ["from": carried.origin.session.text])
        return item
    }

    /// Takes a decision back, as long as the session has not been held: the next step that it made goes, the one that it
    /// ended is open again, and what it took off the agenda is put back. What it put on the agenda stays there.
    /// - Throws: ``Conflict`` when the next step that it made has been settled meanwhile.
    public func takeBack(_ carried: ID<Carried>, in id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let present = try Carried.find(carried, of: access, in: tx)
            guard let answer = present.answer else { return }
            try tx.run(
                """
                update carried set answer = null, words = '', delegate = '', due_on = null, action = null,
                    answered_by = null, answered_at = null
                where id = \(carried)
                """)
            if let made = try answer.action.map({ try Action.find($0, of: access, in: tx) }), made.removedAt == nil {
                guard made.state == .open else {
                    throw Conflict("“\(made.body)” has been settled meanwhile, so it stays.")
                }
                try tx.run("update action set removed_at = \(now) where id = \(made.id)")
                try tx.journal("removed", made.id, "action", by: viewer.id, at: now)
            }
            for item in try AgendaItem.all(of: access, in: tx)
            where item.source == present.key && item.removedAt == answer.at {
                try Self.setRemoved(item, false, access, at: now, in: tx)
            }
            if let action = present.action, !action.isOpen, answer.kind != .first {
                try tx.run(
                    """
                    update action set state = 'open', settled_words = '', settled_by = null, settled_at = null
                    where id = \(action.id) and settled_at = \(answer.at)
                    """)
            }
            try tx.journal(
                "reopened", carried, "carried", by: viewer.id, at: now, detail: ["before": answer.kind.rawValue])
        }
    }
}
