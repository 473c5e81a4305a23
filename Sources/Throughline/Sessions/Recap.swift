// The recap: what a session came to, assembled from what was captured, edited by both, confirmed by both.
public import Foundation
public import Storage

/// The words of a recap, which both people edit. The next steps stand beside them as actions.
public struct RecapWords: Sendable, Equatable, Codable {
    /// One takeaway a line.
    public var takeaways: String
    /// One decision a line.
    public var decisions: String
    /// The sentence that both say yes to.
    public var oath: String
    public var mailSubject: String
    public var mailWords: String

    public init(
        takeaways: String = "", decisions: String = "", oath: String = "", mailSubject: String = "",
        mailWords: String = ""
    ) {
        self.takeaways = takeaways
        self.decisions = decisions
        self.oath = oath
        self.mailSubject = mailSubject
        self.mailWords = mailWords
    }

    public var takeawayLines: [String] { Self.lines(takeaways) }
    public var decisionLines: [String] { Self.lines(decisions) }

    static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// The parts that people edit, each a field of the form.
    public enum Part: String, Sendable, CaseIterable {
        case takeaways
        case decisions
        case oath
        case mailSubject = "mail-subject"
        case mailWords = "mail-words"

        public var label: String {
            switch self {
            case .takeaways: "What we take away"
            case .decisions: "Decided"
            case .oath: "The sentence you both say yes to"
            case .mailSubject: "Subject of the e-mail"
            case .mailWords: "Opening words of the e-mail"
            }
        }

        /// Whether both of two wordings can stand, one under the other.
        public var holdsLines: Bool { self == .takeaways || self == .decisions || self == .mailWords }
    }

    public subscript(part: Part) -> String {
        get {
            switch part {
            case .takeaways: takeaways
            case .decisions: decisions
            case .oath: oath
            case .mailSubject: mailSubject
            case .mailWords: mailWords
            }
        }
        set {
            switch part {
            case .takeaways: takeaways = newValue
            case .decisions: decisions = newValue
            case .oath: oath = newValue
            case .mailSubject: mailSubject = newValue
            case .mailWords: mailWords = newValue
            }
        }
    }

    /// The words as they are kept.
    /// - Throws: ``Invalid`` at the parts' names.
    func checked() throws -> RecapWords {
        var typed = Typed()
        let checked = RecapWords(
            takeaways: Self.lines(typed.text(takeaways, "takeaways", missing: nil)).joined(separator: "\n"),
            decisions: Self.lines(typed.text(decisions, "decisions", missing: nil)).joined(separator: "\n"),
            oath: typed.line(
                oath, "oath", missing: "Write the sentence that you both say yes to.", atMost: Limit.oath),
            mailSubject: typed.line(mailSubject, "mail-subject", missing: "Give the e-mail a subject."),
            mailWords: typed.text(mailWords, "mail-words", missing: nil))
        try typed.check()
        return checked
    }
}

extension Limit {
    /// The sentence that both say yes to.
    public static let oath = 2_000
}

/// A recap in one of its versions.
public struct Recap: Sendable, Equatable, RowReadable {
    public let version: Int
    public let words: RecapWords
    public let changedBy: PersonName
    public let changedAt: Date
    /// What was last put together from the captures.
    let assembled: RecapWords?

    public init(row: inout Row) throws {
        version = try row.next()
        words = try RecapWords(row: &row)
        changedBy = try PersonName(row: &row)
        changedAt = try row.next()
        assembled = try? JSONDecoder().decode(RecapWords.self, from: Data(try row.next(String.self).utf8))
    }

    static func find(_ access: SessionAccess, in tx: any Transaction) throws -> Recap? {
        try tx.first(
            Recap.self,
            """
            select r.version, r.takeaways, r.decisions, r.oath, r.mail_subject, r.mail_words, p.id, p.name,
                r.changed_at, r.assembled
            from recap r join person p on p.id = r.changed_by where r.session = \(access.session.id)
            """)
    }

    /// The words with the sentence said anew, as the next steps are now; nil where people have edited it.
    fileprivate func withNextSteps(
        of access: SessionAccess, in tx: any Transaction
    ) throws -> (words: RecapWords, assembled: RecapWords)? {
        guard var assembled, words.oath == assembled.oath else { return nil }
        let source = RecapSource(
            session: access.session, captures: [], actions: try Action.all(of: access, in: tx).standing,
            subjects: try VerdictSubject.judged(in: access, tx), day: Day(changedAt, in: .gmt))
        var words = words
        words.oath = source.oath
        assembled.oath = source.oath
        return (words, assembled)
    }

    static func words(
        ofVersion version: Int, _ access: SessionAccess, in tx: any Transaction
    ) throws -> RecapWords? {
        try tx.first(
            RecapWords.self,
            """
            select takeaways, decisions, oath, mail_subject, mail_words from recap_version
            where session = \(access.session.id) and version = \(version)
            """)
    }
}

extension RecapWords: RowReadable {
    public init(row: inout Row) throws {
        takeaways = try row.next()
        decisions = try row.next()
        oath = try row.next()
        mailSubject = try row.next()
        mailWords = try row.next()
    }
}

/// A yes to one version.
public struct RecapConfirmation: Sendable, Equatable, RowReadable {
    public let person: ID<Person>
    public let version: Int
    public let at: Date

    public init(row: inout Row) throws {
        person = try row.next()
        version = try row.next()
        at = try row.next()
    }

    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [RecapConfirmation] {
        try tx.all(
            RecapConfirmation.self,
            """
            select person, version, confirmed_at from recap_confirmation
            where session = \(access.session.id) order by confirmed_at, version
            """)
    }
}

/// All that the recap page shows to one of the two, in one view of the data.
public struct RecapView: Sendable {
    public let access: SessionAccess
    public let recap: Recap
    public let actions: [Action]
    /// Those that were taken out while there was still time, the latest last.
    public let removedActions: [Action]
    public let confirmations: [RecapConfirmation]
    public let corrections: [RecapCorrection]
    public let amendments: [Amendment]
    /// What each heard from the other.
    public let feedback: [Capture]
    /// The notes of the talk, and the viewer's private ones.
    public let texts: [SessionText]
    /// What is offered to the next session.
    public let carryOver: [CarryOver]
    /// The session that follows, if one is proposed.
    public let following: Following?
    public let now: Date

    public var session: Session { access.session }
    public var isFrozen: Bool { session.state == .confirmed }

    /// The person's yes to what the recap says now.
    public func yes(of person: PersonName) -> RecapConfirmation? {
        confirmations.first { $0.person == person.id && $0.version == recap.version }
    }

    /// The person's yes to an earlier version, which a later edit took back.
    public func voidedYes(of person: PersonName) -> RecapConfirmation? {
        guard yes(of: person) == nil else { return nil }
        return confirmations.last { $0.person == person.id }
    }

    /// The shared notes of a step; empty where there are none.
    public func notes(on step: Session.Step) -> String {
        texts.first { $0.field == .notes(on: step) && $0.isShared }?.body ?? ""
    }

    public var privateNotes: SessionText {
        texts.first { $0.field == .privateNotes } ?? SessionText(empty: .privateNotes, isShared: false)
    }

    public var openCorrections: [RecapCorrection] { corrections.filter { $0.outcome == .open } }
}

/// How a save of a recap ended.
public enum RecapSave: Sendable, Equatable {
    /// - Parameter voided: those whose yes to the version before no longer stands.
    case saved(voided: [PersonName])
    case merged(voided: [PersonName])
    case unchanged
    case collided(RecapCollision)
}

/// Two edits of the same words. Nothing was written: both are here, to choose from.
public struct RecapCollision: Sendable, Equatable {
    /// What the viewer typed, with the other's changes to other lines.
    public let mine: RecapWords
    public let theirs: RecapWords
    public let parts: [RecapWords.Part]
    public let version: Int
    public let by: PersonName
    public let at: Date
}

extension Sessions {
    /// The recap of a session that is over.
    /// - Throws: ``Conflict`` while there is none.
    public func recap(_ id: ID<Session>, as viewer: Viewer) async throws -> RecapView {
        let now = product.now()
        return try await read(id, as: viewer) { access, tx in try Self.recapView(access, at: now, in: tx) }
    }

    static func recapView(_ access: SessionAccess, at now: Date, in tx: any Transaction) throws -> RecapView {
        try access.require(
            .closing, .confirmed,
            orSay:
                "This session is \(access.session.state.words); its recap is put together when the talk ends."
        )
        guard let recap = try Recap.find(access, in: tx) else { throw NotFound() }
        let all = try Action.all(of: access, in: tx)
        let actions = all.standing
        let captures = try Capture.all(of: access, in: tx).filter { $0.removedAt == nil }
        return RecapView(
            access: access, recap: recap, actions: actions,
            removedActions: all.filter { $0.removedAt != nil },
            confirmations: try RecapConfirmation.all(of: access, in: tx),
            corrections: try RecapCorrection.all(of: access, in: tx),
            // What is amended is frozen.
            amendments: access.session.state == .confirmed ? try Amendment.all(of: access, in: tx) : [],
            feedback: captures.filter { $0.kind == .feedback },
            texts: try texts(of: access, in: tx),
            carryOver: try CarryOver.all(of: access, in: tx),
            following: try Following.find(after: access, in: tx), now: now)
    }

    /// Saves the parts of a recap that were edited on top of `version`. A stale save is merged line by line with what
    /// came between. An edit makes a new version, so that earlier yeses no longer count.
    /// - Throws: ``Invalid`` at the parts' names; ``Conflict`` once it is confirmed.
    public func edit(
        _ parts: [RecapWords.Part: String], basedOn version: Int, in id: ID<Session>, as viewer: Viewer
    ) async throws -> RecapSave {
        try await write(id, as: viewer) { access, tx, now in
            let present = try access.openRecap(in: tx)
            guard let base = try Recap.words(ofVersion: version, access, in: tx) else {
                throw Conflict("The recap has changed since you read it. Read it again, then change it.")
            }
            var words = base
            for (part, text) in parts { words[part] = text }
            words = try words.checked()
            if words == present.words { return .unchanged }
            guard version != present.version else {
                return .saved(voided: try renewRecap(access, with: words, at: now, in: tx))
            }
            let (merged, collisions) = words.merged(with: present.words, base: base)
            guard collisions.isEmpty else {
                return .collided(
                    RecapCollision(
                        mine: merged, theirs: present.words, parts: collisions, version: present.version,
                        by: present.changedBy, at: present.changedAt))
            }
            if merged == present.words { return .unchanged }
            return .merged(voided: try renewRecap(access, with: merged, at: now, in: tx))
        }
    }

    /// Makes a new version of a recap that waits, so that earlier yeses no longer count. While the talk still runs there
    /// is nothing to renew.
    ///
    /// Where the next steps have changed, and nobody has edited the sentence that both say yes to, it says them anew.
    /// - Parameter words: the new words; nil where only the next steps have changed.
    /// - Returns: those whose yes to the version before no longer stands.
    @discardableResult
    func renewRecap(
        _ access: SessionAccess, with words: RecapWords? = nil, assembled: RecapWords? = nil, at now: Date,
        in tx: any Transaction
    ) throws -> [PersonName] {
        guard access.session.state != .running || assembled != nil,
            let present = try Recap.find(access, in: tx)
        else { return [] }
        let session = access.session.id
        let byChange = try words == nil && assembled == nil ? present.withNextSteps(of: access, in: tx) : nil
        let words = words ?? byChange?.words ?? present.words
        let assembled = assembled ?? byChange?.assembled ?? present.assembled ?? RecapWords()
        let version = present.version + 1
        let voided = try tx.all(
            PersonName.self,
            """
            select p.id, p.name from recap_confirmation c join person p on p.id = c.person
            where c.session = \(session) and c.version = \(present.version)
            """)
        let changed = try tx.run(
            """
            update recap set version = \(version), takeaways = \(words.takeaways), decisions = \(words.decisions),
                oath = \(words.oath), mail_subject = \(words.mailSubject), mail_words = \(words.mailWords),
                assembled = \(assembled.json), changed_by = \(access.me.id),
                changed_at = \(now)
            where session = \(session) and version = \(present.version)
            """)
        guard changed == 1 else { throw Conflict("Somebody was faster. Here is how the recap stands now.") }
        try Self.keep(words, version, access, at: now, in: tx)
        try tx.journal(
            "edited", session, "recap", by: access.me.id, at: now, detail: ["version": String(version)])
        if voided.contains(where: { $0.id == access.partner.id }) {
            try access.mail(
                SessionLetter.readAgain(access, at: product.address), kind: "answer",
                occasion: "read-again/\(session)/\(version)", at: now, in: tx)
        }
        return voided
    }

    static func keep(
        _ words: RecapWords, _ version: Int, _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws {
        try tx.run(
            """
            insert into recap_version (session, version, takeaways, decisions, oath, mail_subject, mail_words,
                changed_by, changed_at)
            values (\(access.session.id), \(version), \(words.takeaways), \(words.decisions), \(words.oath),
                \(words.mailSubject), \(words.mailWords), \(access.me.id), \(now))
            """)
    }
}

extension SessionAccess {
    /// The recap while it can still be changed.
    func openRecap(in tx: any Transaction) throws -> Recap {
        try require(
            .closing,
            orSay: session.state == .confirmed
                ? "You both confirmed this recap, so it stays as it is. Add an amendment below it instead."
                : "This session is \(session.state.words); it has no recap to change.")
        guard let recap = try Recap.find(self, in: tx) else { throw NotFound() }
        return recap
    }
}

extension RecapWords {
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// These words with another edit of the same base: part by part, line by line.
    /// - Returns: the merge, in which a part that collides stays as it is here; and the parts that collide.
    func merged(with theirs: RecapWords, base: RecapWords) -> (words: RecapWords, collisions: [Part]) {
        var words = self
        var collisions: [Part] = []
        for part in Part.allCases {
            if let merged = Merge.lines(base: base[part], mine: self[part], theirs: theirs[part]) {
                words[part] = merged
            } else {
                collisions.append(part)
            }
        }
        return (words, collisions)
    }
}
