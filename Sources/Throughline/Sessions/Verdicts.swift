// 'Is this what the team needs most now?': the manager's answer for each goal and piece of work (practice 7).
import Foundation
public import Storage

/// What a manager says of one goal or piece of work in one session.
public struct Verdict: Sendable, Equatable {
    public let answer: Answer
    /// First, second, third …
    public let priority: Int?
    public let reason: String
    public let version: Int

    public enum Answer: String, Sendable, SQLColumn, CaseIterable {
        case keep
        case adjust
        case pause
        case drop

        public var label: String { rawValue.capitalized }
    }

    /// `Adjust, second`
    public var words: String {
        answer.label + (priority.map { ", " + Self.ordinal($0) } ?? "")
    }

    /// `first` … `twentieth`
    public static func ordinal(_ number: Int) -> String {
        let words = [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
            "eighteenth", "nineteenth", "twentieth",
        ]
        return words.indices.contains(number - 1) ? words[number - 1] : "\(number)th"
    }
}

/// A goal or a piece of work of the employee, with what it supports and the verdict in this session.
public struct VerdictSubject: Sendable, Equatable {
    public let kind: Kind
    /// The id of the objective or of the work, as text: both stand in one list.
    public let id: String
    public let title: String
    /// How it stands, in the owner's words and figures.
    public let standing: String
    public let dueOn: Day?
    public let hoursAWeek: Double?
    /// Titles of the objectives that it supports.
    public var supports: [String] = []
    public let verdict: Verdict?
    /// What was said of it in an earlier session, most recently.
    public var before: Verdict?
    /// Whether it has key results on which one can check in.
    public var isCheckable = false

    public enum Kind: String, Sendable {
        case objective
        case work
    }

    /// What the employee is after and works on, and what else was judged in this session. Four queries.
    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [VerdictSubject] {
        let judged = try ofVerdicts(in: access, tx)
        let verdicts = Dictionary(judged.map { ($0.id, $0.verdict) }, uniquingKeysWith: { first, _ in first })
        let present = try Goals.subjects(of: access.session.employee.id, in: tx).map { subject in
            VerdictSubject(subject, verdict: verdicts[subject.item.id] ?? nil)
        }
        return present + judged.filter { judged in !present.contains { $0.id == judged.id } }
    }

    /// The subjects that have a verdict in this session, each with the one before it.
    static func judged(in access: SessionAccess, _ tx: any Transaction) throws -> [VerdictSubject] {
        let judged = try ofVerdicts(in: access, tx)
        guard !judged.isEmpty else { return [] }
        let earlier = try tx.all(
            EarlierRow.self,
            """
            select coalesce(v.objective, v.work), v.answer, v.priority, v.reason, v.version
            from verdict v join session s on s.id = v.session
            where s.employee = \(access.session.employee.id) and s.manager = \(access.session.manager.id)
                and s.state = 'confirmed' and s.id <> \(access.session.id)
            order by v.given_at
            """)
        let latest = Dictionary(earlier.map { ($0.subject, $0.verdict) }, uniquingKeysWith: { $1 })
        return judged.map { subject in
            var subject = subject
            subject.before = latest[subject.id]
            return subject
        }
    }

    private static func ofVerdicts(in access: SessionAccess, _ tx: any Transaction) throws -> [VerdictSubject] {
        try tx.all(
            JudgedRow.self,
            """
            select case when v.work is null then 'objective' else 'work' end, coalesce(v.objective, v.work),
                coalesce(o.title, w.title), coalesce(o.standing, w.standing), v.answer, v.priority, v.reason, v.version
            from verdict v left join objective o on o.id = v.objective left join work w on w.id = v.work
            where v.session = \(access.session.id)
            order by coalesce(v.priority, 99), v.objective is null, v.id
            """
        ).map(\.subject)
    }

    private init(_ subject: Subject, verdict: Verdict?) {
        switch subject.item {
        case .goal(let goal):
            self.init(
                kind: .objective, id: goal.id.text, title: goal.title, standing: subject.standing,
                dueOn: goal.dueOn,
                hoursAWeek: nil, supports: subject.supports.map(\.title), verdict: verdict)
            isCheckable = goal.stage == .committed && subject.progress != nil
        case .work(let work):
            self.init(
                kind: .work, id: work.id.text, title: work.title, standing: work.standing, dueOn: nil,
                hoursAWeek: work.hoursAWeek, supports: subject.supports.map(\.title), verdict: verdict)
        }
    }

    fileprivate init(
        kind: Kind, id: String, title: String, standing: String, dueOn: Day?, hoursAWeek: Double?,
        supports: [String],
        verdict: Verdict?
    ) {
        self.kind = kind
        self.id = id
        self.title = title
        self.standing = standing
        self.dueOn = dueOn
        self.hoursAWeek = hoursAWeek
        self.supports = supports
        self.verdict = verdict
    }
}

extension Subject.Item {
    fileprivate var id: String {
        switch self {
        case .goal(let goal): goal.id.text
        case .work(let work): work.id.text
        }
    }
}

private struct JudgedRow: RowReadable {
    let subject: VerdictSubject

    init(row: inout Row) throws {
        let kind: String = try row.next()
        subject = VerdictSubject(
            kind: kind == "work" ? .work : .objective, id: try row.next(), title: try row.next(),
            standing: try row.next(), dueOn: nil, hoursAWeek: nil, supports: [],
            verdict: try Verdict(row: &row))
    }
}

private struct EarlierRow: RowReadable {
    let subject: String
    let verdict: Verdict

    init(row: inout Row) throws {
        subject = try row.next()
        verdict = try Verdict(row: &row)
    }
}

extension Verdict: RowReadable {
    public init(row: inout Row) throws {
        answer = try row.next()
        priority = try row.next()
        reason = try row.next()
        version = try row.next()
    }
}

/// A verdict as it was typed, on top of the version that was seen (0 for none).
public struct VerdictDraft: Sendable, Equatable {
    /// The id of the objective or of the work.
    public var subject: String
    public var answer: String
    public var priority: String
    public var reason: String
    public var version: Int

    public init(subject: String, answer: String, priority: String, reason: String, version: Int) {
        self.subject = subject
        self.answer = answer
        self.priority = priority
        self.reason = reason
        self.version = version
    }
}

extension Sessions {
    /// Keeps the manager's answers. A subject without an answer is left as it is.
    /// - Throws: ``Refused`` for the employee; ``Invalid`` at `answer-ID`, `priority-ID` or `reason-ID`, also where an
    ///   answer was changed elsewhere meanwhile; ``NotFound`` for what is not the employee's.
    /// - Returns: the version of each subject's answer, as it is kept now.
    @discardableResult
    public func judge(
        _ drafts: [VerdictDraft], in id: ID<Session>, as viewer: Viewer
    ) async throws -> [String: Int] {
        try await write(id, as: viewer) { access, tx, now in
            try access.requireRunning()
            guard access.part == .manager else {
                throw Refused(
                    "\(access.partner.first) answers this; say what you think, and write it in the notes.")
            }
            let subjects = try VerdictSubject.all(of: access, in: tx)
            var typed = Typed()
            var changes: [(VerdictSubject, Verdict)] = []
            for draft in drafts {
                guard let subject = subjects.first(where: { $0.id == draft.subject }) else {
                    throw NotFound()
                }
                guard let verdict = draft.checked(&typed, against: subject) else { continue }
                changes.append((subject, verdict))
            }
            try typed.check()
            var versions: [String: Int] = [:]
            for subject in subjects { versions[subject.id] = subject.verdict?.version }
            for (subject, verdict) in changes {
                try Self.keep(verdict, of: subject, access, at: now, in: tx)
                versions[subject.id] = verdict.version
            }
            return versions
        }
    }

    private static func keep(
        _ verdict: Verdict, of subject: VerdictSubject, _ access: SessionAccess, at now: Date,
        in tx: any Transaction
    ) throws {
        let session = access.session.id
        let column: SQL = subject.kind == .work ? "work" : "objective"
        try tx.run(
            """
            insert into verdict (id, session, \(column), answer, priority, reason, given_by, version, given_at)
            values (\(ID<Verdict>(now: now)), \(session), \(subject.id), \(verdict.answer), \(verdict.priority),
                \(verdict.reason), \(access.me.id), \(verdict.version), \(now))
            on conflict (session, \(column)) do update set answer = excluded.answer, priority = excluded.priority,
                reason = excluded.reason, given_by = excluded.given_by, version = excluded.version,
                given_at = excluded.given_at
            """)
        try tx.journal(
            "judged", session, "session", by: access.me.id, at: now,
            detail: [subject.kind.rawValue: subject.id, "answer": verdict.answer.rawValue])
    }
}

extension VerdictDraft {
    /// With what a refusal begins that more typing won't mend: the page has to be read again.
    public static let changedElsewhere = "This was changed elsewhere"

    /// The verdict to keep; nil where there is nothing to do or something is wrong.
    fileprivate func checked(_ typed: inout Typed, against subject: VerdictSubject) -> Verdict? {
        let present = subject.verdict
        if answer.isEmpty {
            if !reason.allSatisfy(\.isWhitespace) || !priority.isEmpty {
                typed.note(
                    "answer-\(subject.id)", "Choose keep, adjust, pause or drop for “\(subject.title)”.")
            }
            return nil
        }
        let answer = typed.choice(
            self.answer, "answer-\(subject.id)", "Choose keep, adjust, pause or drop.",
            as: Verdict.Answer.self)
        let priority =
            self.priority.isEmpty
            ? nil
            : typed.number(
                self.priority, "priority-\(subject.id)", in: 1...20,
                "Choose a priority from first to twentieth, or none.")
        let reason = typed.line(self.reason, "reason-\(subject.id)", missing: nil, atMost: 500)
        guard let answer else { return nil }
        if let present, present.answer == answer, present.priority == priority, present.reason == reason {
            return nil
        }
        guard version == (present?.version ?? 0) else {
            typed.note(
                "answer-\(subject.id)",
                "\(Self.changedElsewhere) to “\(present?.words ?? "no answer")”. Save again to put yours in its place."
            )
            return nil
        }
        return Verdict(answer: answer, priority: priority, reason: reason, version: version + 1)
    }
}
