// 'Something is off': one asks for another wording, the other takes it over or keeps theirs with a word.
//
// A correction voids nothing, but nobody can say yes while one is open: a yes to words that are in dispute would not
// mean much. Its author can take it back at any time.
public import Foundation
public import Storage

/// Another wording that one of the two asks for.
public struct RecapCorrection: Sendable, Equatable, RowReadable {
    public let id: ID<RecapCorrection>
    public let author: PersonName
    public let part: Part
    /// The line that it would replace, as it was; empty when a line is missing.
    public let original: String
    public let action: ID<Action>?
    /// The wording that is asked for.
    public let body: String
    public let createdAt: Date
    public let outcome: Outcome
    /// The word that came with the answer.
    public let answer: String
    public let answeredAt: Date?

    public enum Part: String, Sendable, SQLColumn {
        case oath
        case takeaways
        case decisions
        case action
    }

    public enum Outcome: String, Sendable, SQLColumn {
        case open
        case taken
        case kept
        case withdrawn
    }

    public init(row: inout Row) throws {
        id = try row.next()
        author = try PersonName(row: &row)
        part = try row.next()
        original = try row.next()
        action = try row.next()
        body = try row.next()
        createdAt = try row.next()
        outcome = try row.next()
        answer = try row.next()
        answeredAt = try row.next()
    }

    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [RecapCorrection] {
        try tx.all(
            RecapCorrection.self,
            """
            select c.id, p.id, p.name, c.part, c.original, c.action, c.body, c.created_at, c.outcome, c.answer,
                c.answered_at
            from recap_correction c join person p on p.id = c.author
            where c.session = \(access.session.id) order by c.created_at, c.id
            """)
    }

    static func find(
        _ id: ID<RecapCorrection>, of access: SessionAccess, in tx: any Transaction
    ) throws -> RecapCorrection {
        guard let found = try all(of: access, in: tx).first(where: { $0.id == id }) else { throw NotFound() }
        return found
    }
}

/// What a correction is about, as a choice of the form.
public struct CorrectionTarget: Sendable, Equatable {
    /// `oath`, `takeaways-0` for a missing one, `takeaways-2` for the second, `action-ID`.
    public let value: String
    public let label: String
    let part: RecapCorrection.Part
    let original: String
    var action: ID<Action>?
}

extension RecapView {
    /// Everything that something can be off with.
    public var correctionTargets: [CorrectionTarget] { Self.targets(recap.words, actions) }

    static func targets(_ words: RecapWords, _ actions: [Action]) -> [CorrectionTarget] {
        var targets = [
            CorrectionTarget(
                value: "oath", label: "The sentence you both say yes to", part: .oath, original: words.oath)
        ]
        func add(_ part: RecapCorrection.Part, _ name: String, _ lines: [String]) {
            for (index, line) in lines.enumerated() {
                targets.append(
                    CorrectionTarget(
                        value: "\(part.rawValue)-\(index + 1)", label: "\(name): \(line.cut(to: 70))",
                        part: part,
                        original: line))
            }
            targets.append(
                CorrectionTarget(
                    value: "\(part.rawValue)-0", label: "\(name): one is missing", part: part, original: ""))
        }
        add(.takeaways, "Takeaway", words.takeawayLines)
        add(.decisions, "Decision", words.decisionLines)
        for action in actions {
            targets.append(
                CorrectionTarget(
                    value: "action-\(action.id)",
                    label: "Next step of \(action.owner.first): \(action.body.cut(to: 60))",
                    part: .action, original: action.body, action: action.id))
        }
        return targets
    }
}

extension Sessions {
    /// Asks for another wording. Sent twice, it is asked once.
    /// - Parameter version: of the recap that was seen; the lines are counted in it.
    /// - Throws: ``Invalid`` at `about` or `wording`.
    public func correct(
        _ about: String, to wording: String, seen version: Int, correction: ID<RecapCorrection>,
        in id: ID<Session>,
        as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let recap = try access.openRecap(in: tx)
            guard let words = try Recap.words(ofVersion: version, access, in: tx) else {
                throw Conflict(
                    "The recap has changed since you read it. Read it again, then say what is off.")
            }
            let targets = RecapView.targets(words, try Action.all(of: access, in: tx).standing)
            var typed = Typed()
            let wording = typed.line(
                wording, "wording", missing: "Write what it should say.", atMost: Limit.capture)
            let target = targets.first { $0.value == about }
            if target == nil { typed.note("about", "Choose what is off.") }
            if let target, target.original == wording {
                typed.note("wording", "This is what it says already.")
            }
            try typed.check()
            let same: SQL = "\(access.isMine) and body = \(wording)"
            guard let target, let new = try tx.newID(correction, in: "recap_correction", unless: same, at: now)
            else { return }
            try tx.run(
                """
                insert into recap_correction (id, session, author, version, part, original, action, body, created_at)
                values (\(new), \(id), \(viewer.id), \(recap.version), \(target.part), \(target.original),
                    \(target.action), \(wording), \(now))
                """)
            try tx.journal("corrected", new, "recap-correction", by: viewer.id, at: now)
        }
    }

    /// Answers the partner's correction by taking its wording over, which makes a new version. Said twice, it happens
    /// once.
    /// - Throws: ``Conflict`` when it is of a next step that was removed meanwhile.
    /// - Returns: those whose yes to the version before no longer stands.
    public func takeOver(
        _ correction: ID<RecapCorrection>, in id: ID<Session>, as viewer: Viewer
    ) async throws -> [PersonName] {
        try await write(id, as: viewer) { access, tx, now in
            let found = try RecapCorrection.find(correction, of: access, in: tx)
            guard found.outcome != .taken else { return [] }
            let recap = try access.openRecap(in: tx)
            try Self.answer(found, with: .taken, words: "", mustBeTheirs: true, access, at: now, in: tx)
            if let action = found.action {
                let present = try Action.find(action, of: access, in: tx)
                guard present.removedAt == nil else {
                    throw Conflict(
                        "“\(present.body)” was removed meanwhile. Bring it back, or keep the words as they are.")
                }
                try Self.write(
                    (found.body, present.owner, present.dueOn), over: present, access, at: now, in: tx)
                return try renewRecap(access, at: now, in: tx)
            }
            return try renewRecap(access, with: recap.words.taking(found), at: now, in: tx)
        }
    }

    /// Answers the partner's correction by keeping the words as they are.
    /// - Throws: ``Invalid`` at `answer` without a word why.
    public func keepWords(
        despite correction: ID<RecapCorrection>, saying words: String, in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let found = try RecapCorrection.find(correction, of: access, in: tx)
            guard found.outcome != .kept else { return }
            _ = try access.openRecap(in: tx)
            var typed = Typed()
            let words = typed.line(
                words, "answer", missing: "Say in a word why you keep it; \(found.author.first) reads it.",
                atMost: Limit.capture)
            try typed.check()
            try Self.answer(found, with: .kept, words: words, mustBeTheirs: true, access, at: now, in: tx)
        }
    }

    /// Takes one's own correction back.
    public func withdraw(
        _ correction: ID<RecapCorrection>, in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            let found = try RecapCorrection.find(correction, of: access, in: tx)
            guard found.outcome != .withdrawn else { return }
            _ = try access.openRecap(in: tx)
            try Self.answer(found, with: .withdrawn, words: "", mustBeTheirs: false, access, at: now, in: tx)
        }
    }

    private static func answer(
        _ correction: RecapCorrection, with outcome: RecapCorrection.Outcome, words: String,
        mustBeTheirs: Bool,
        _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws {
        guard (correction.author.id != access.me.id) == mustBeTheirs else {
            throw Refused(
                mustBeTheirs
                    ? "\(access.partner.first) answers this; you can take it back."
                    : "Only \(correction.author.first) can take this back; you can answer it.")
        }
        let changed = try tx.run(
            """
            update recap_correction set outcome = \(outcome), answer = \(words), answered_at = \(now)
            where id = \(correction.id) and outcome = 'open'
            """)
        guard changed == 1 else {
            throw Conflict("This was answered already. Here is how the recap stands now.")
        }
        try tx.journal(
            "answered", correction.id, "recap-correction", by: access.me.id, at: now,
            detail: ["outcome": outcome.rawValue])
    }
}

extension RecapWords {
    /// With a correction's wording in place of the line that it is about; added where that line is gone or was missing.
    func taking(_ correction: RecapCorrection) -> RecapWords {
        var words = self
        switch correction.part {
        case .oath: words.oath = correction.body
        case .takeaways:
            words.takeaways = Self.replacing(correction.original, by: correction.body, in: takeaways)
        case .decisions:
            words.decisions = Self.replacing(correction.original, by: correction.body, in: decisions)
        case .action: break
        }
        return words
    }

    private static func replacing(_ original: String, by wording: String, in text: String) -> String {
        var lines = lines(text)
        if let index = lines.firstIndex(of: original) {
            lines[index] = wording
        } else {
            lines.append(wording)
        }
        return lines.joined(separator: "\n")
    }
}
