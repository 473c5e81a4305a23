public import Storage

/// What a preparation still wants, in the order of its page.
public struct Readiness: Sendable, Equatable {
    public let checks: [Check]

    public var missing: [Check] { checks.filter { !$0.isDone } }

    /// One thing that a session should not begin without.
    public struct Check: Sendable, Equatable {
        public let part: Part
        public let words: String
        public let isDone: Bool
    }

    /// A part of the preparation; its raw value is the part's place on the page.
    public enum Part: String, Sendable, CaseIterable {
        case purpose
        case aims
        case alignment
        case agenda
        case evidence
    }
}

extension Preparation {
    /// How ready the session is, as far as its reader can see.
    public var readiness: Readiness {
        Readiness(checks: [purposeCheck, aimsCheck, alignmentCheck, agendaCheck, evidenceCheck])
    }

    private var purposeCheck: Readiness.Check {
        let problem = SessionTitle.problem(session.title, people: session.people.map(\.name))
        return Readiness.Check(
            part: .purpose, words: problem == nil ? "Purpose" : "Purpose: its name could be any meeting’s",
            isDone: problem == nil)
    }

    private var aimsCheck: Readiness.Check {
        let unwritten = aims.filter { !$0.isWritten }
        let words =
            switch (unwritten.count, unwritten.first?.field) {
            case (0, _): "What should be true at the end"
            case (1, .measure): "Aims: how you will both know"
            default: "Aims: what should be true at the end"
            }
        return Readiness.Check(part: .aims, words: words, isDone: unwritten.isEmpty)
    }

    private var alignmentCheck: Readiness.Check {
        let loose = alignment.looseWork
        let words =
            switch loose.count {
            case 0 where alignment.isEmpty: "Goals and work: nothing to put side by side yet"
            case 0: "Goals and work side by side"
            case 1: "Alignment: “\(loose[0].title)” supports no goal"
            default: "Alignment: \(CountWords.of(loose.count)) pieces of work support no goal"
            }
        return Readiness.Check(part: .alignment, words: words, isDone: loose.isEmpty && !alignment.isEmpty)
    }

    private var agendaCheck: Readiness.Check {
        let (planned, length) = (plannedMinutes, session.minutes)
        if agenda.isEmpty {
            return Readiness.Check(part: .agenda, words: "Agenda: nothing on it yet", isDone: false)
        }
        let words =
            planned > length
            ? "Agenda: \(planned - length) minutes too many" : "Agenda, \(planned) of \(length) minutes"
        return Readiness.Check(part: .agenda, words: words, isDone: planned <= length)
    }

    private var evidenceCheck: Readiness.Check {
        let bare = evidence.filter(\.isBare)
        let words =
            switch bare.count {
            case 0 where evidence.isEmpty: "Evidence: nothing yet"
            case 0: "Evidence"
            case 1: "Evidence: one piece needs a number"
            default: "Evidence: \(CountWords.of(bare.count)) pieces need a number"
            }
        return Readiness.Check(part: .evidence, words: words, isDone: bare.isEmpty && !evidence.isEmpty)
    }
}

/// Small numbers as words, as they read in a sentence.
public enum CountWords {
    /// `one` to `twelve`, then figures.
    public static func of(_ count: Int) -> String {
        small.indices.contains(count) ? small[count] : String(count)
    }

    private static let small = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ]
}
