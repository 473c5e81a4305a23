// Putting a recap together from what was captured in the room. Pure, but for the function that stores it.
import Foundation
import Storage

/// What was caught in the room, as a recap is put together from it.
struct RecapSource {
    let session: Session
    let captures: [Capture]
    let actions: [Action]
    let subjects: [VerdictSubject]
    /// What had come along, with what was decided about it.
    var carried: [Carried] = []
    /// The day of the talk.
    let day: Day

    var words: RecapWords {
        let takeaways = captures.filter { $0.kind == .takeaway }.map(\.body)
        let decisions =
            captures.filter { $0.kind == .decision }.map(\.body) + subjects.compactMap(\.changeInWords)
            + carried.compactMap(\.answerInWords)
        let names = session.people.map(\.first).joined(separator: ", ")
        return RecapWords(
            takeaways: takeaways.joined(separator: "\n"), decisions: decisions.joined(separator: "\n"),
            oath: oath,
            mailSubject: "What we agreed on \(day.dayAndMonth): \(session.title)".cut(to: Limit.line),
            mailWords: """
                \(names),

                this is what you agreed on \(day.long), in the words that you both said yes to.
                """)
    }

    /// `Ana focuses on “…”, and takes on “…” by 3 December. Joost takes on “…” by 20 November.`
    var oath: String {
        let sentences = session.people.compactMap(promise)
        guard !sentences.isEmpty else { return "We leave with no next steps, and that is what we meant." }
        return sentences.joined(separator: " ").cut(to: Limit.oath)
    }

    private func promise(of person: PersonName) -> String? {
        let focus = person.id == session.employee.id ? focus.map { "focuses on “\($0)”" } : nil
        let due = actions.filter { $0.owner.id == person.id }.map {
            "“\($0.body.withoutStop)” by \($0.dueOn.dayAndMonth)"
        }
        let takesOn = due.isEmpty ? nil : "takes on " + due.inWords
        let clauses = [focus, takesOn].compactMap { $0 }
        return clauses.isEmpty ? nil : "\(person.first) " + clauses.joined(separator: ", and ") + "."
    }

    /// What the manager ranks highest of what goes on.
    private var focus: String? {
        subjects
            .filter { $0.verdict?.answer == .keep || $0.verdict?.answer == .adjust }
            .filter { $0.verdict?.priority != nil }
            .min { ($0.verdict?.priority ?? 99) < ($1.verdict?.priority ?? 99) }?.title
    }
}

extension VerdictSubject {
    /// What a verdict changes, as a decision; nil where things stay as they were.
    var changeInWords: String? {
        guard let verdict else { return nil }
        let priority = verdict.priority.map { Verdict.ordinal($0) + " priority" }
        let isRanked = verdict.priority != nil && verdict.priority != before?.priority
        let change: String
        switch verdict.answer {
        case .keep:
            guard isRanked || before.map({ $0.answer != .keep }) == true else { return nil }
            let again = before.map { $0.answer == .pause || $0.answer == .drop } == true
            change = (again ? "goes on again" : "stays") + (priority.map { ", as \($0)" } ?? "")
        case .adjust:
            change = "is adjusted" + (priority.map { " and becomes \($0)" } ?? "")
        case .pause:
            change = "pauses"
        case .drop:
            change = "is dropped"
        }
        let reason = verdict.reason.isEmpty ? "." : ": \(verdict.reason.withoutStop)."
        return "“\(title)” \(change)\(reason)"
    }
}

extension Sessions {
    /// Puts the recap together when the talk ends. After the talk was gone back to, what people have edited since stays,
    /// and what was caught since is added.
    func assembleRecap(
        _ access: SessionAccess, zone: TimeZone, at now: Date, in tx: any Transaction
    ) throws {
        let started = access.session.startedAt ?? now
        let source = RecapSource(
            session: access.session,
            captures: try Capture.all(of: access, in: tx).filter { $0.removedAt == nil },
            actions: try Action.all(of: access, in: tx).standing,
            subjects: try VerdictSubject.judged(in: access, tx), carried: try Carried.all(of: access, in: tx),
            day: Day(started, in: zone))
        let new = source.words
        guard let present = try Recap.find(access, in: tx) else {
            try tx.run(
                """
                insert into recap (session, version, takeaways, decisions, oath, mail_subject, mail_words, assembled,
                    changed_by, changed_at)
                values (\(access.session.id), 1, \(new.takeaways), \(new.decisions), \(new.oath), \(new.mailSubject),
                    \(new.mailWords), \(new.json), \(access.me.id), \(now))
                """)
            try Self.keep(new, 1, access, at: now, in: tx)
            return
        }
        let base = present.assembled ?? RecapWords()
        var (words, collisions) = present.words.merged(with: new, base: base)
        for part in collisions where part.holdsLines {
            let known = Set(RecapWords.lines(base[part]) + RecapWords.lines(words[part]))
            let added = RecapWords.lines(new[part]).filter { !known.contains($0) }
            words[part] = (RecapWords.lines(words[part]) + added).joined(separator: "\n")
        }
        try renewRecap(access, with: words, assembled: new, at: now, in: tx)
    }
}

extension String {
    /// Without the full stop at its end, to stand inside a sentence.
    var withoutStop: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }

    /// At most `limit` scalars, with an ellipsis where something had to go.
    func cut(to limit: Int) -> String {
        guard utf8.count > limit, unicodeScalars.count > limit else { return self }
        var cut = ""
        var count = 1
        for character in self {
            count += character.unicodeScalars.count
            if count > limit { break }
            cut.append(character)
        }
        return cut + "…"
    }
}

extension [String] {
    /// `a, b and c`
    var inWords: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
