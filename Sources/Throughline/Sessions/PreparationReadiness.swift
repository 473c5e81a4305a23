import Storage

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

/// What the readiness of a session is judged by, as far as somebody can see it. The one rule for every page.
struct ReadinessFacts {
    let session: Session
    let hasDesired: Bool
    let hasMeasure: Bool
    let alignment: AlignmentFacts
    let items: Int
    let plannedMinutes: Int
    /// Things that have come along so often that somebody has to decide.
    let asking: Int
    let evidence: Int
    /// Pieces of evidence that nothing bears out.
    let bareEvidence: Int

    var readiness: Readiness {
        Readiness(checks: [purposeCheck, aimsCheck, alignmentCheck, agendaCheck, evidenceCheck])
    }

    private var purposeCheck: Readiness.Check {
        let problem = SessionTitle.problem(session.title, people: session.people.map(\.name))
        return Readiness.Check(
            part: .purpose, words: problem == nil ? "Purpose" : "Purpose: its name could be any meeting’s",
            isDone: problem == nil)
    }

    private var aimsCheck: Readiness.Check {
        let words =
            switch (hasDesired, hasMeasure) {
            case (true, true): "What should be true at the end"
            case (true, false): "Aims: how you will both know"
            default: "Aims: what should be true at the end"
            }
        return Readiness.Check(part: .aims, words: words, isDone: hasDesired && hasMeasure)
    }

    private var alignmentCheck: Readiness.Check {
        let looseWork = alignment.looseWork
        let words =
            switch looseWork.count {
            case 0 where !alignment.hasGoals: "Goals and work: nothing to put side by side yet"
            case 0: "Goals and work side by side"
            case 1: "Alignment: “\(looseWork[0])” supports no goal"
            default: "Alignment: \(CountWords.of(looseWork.count)) pieces of work support no goal"
            }
        return Readiness.Check(part: .alignment, words: words, isDone: looseWork.isEmpty && alignment.hasGoals)
    }

    private var agendaCheck: Readiness.Check {
        let length = session.minutes
        let words =
            if items == 0 {
                "Agenda: nothing on it yet"
            } else if plannedMinutes > length {
                "Agenda: \(plannedMinutes - length) minutes too many"
            } else if asking > 0 {
                "Agenda: \(CountWords.of(asking)) carried over too often"
            } else {
                "Agenda, \(plannedMinutes) of \(length) minutes"
            }
        return Readiness.Check(
            part: .agenda, words: words, isDone: items > 0 && plannedMinutes <= length && asking == 0)
    }

    private var evidenceCheck: Readiness.Check {
        let words =
            switch bareEvidence {
            case 0 where evidence == 0: "Evidence: nothing yet"
            case 0: "Evidence"
            case 1: "Evidence: one piece needs a number"
            default: "Evidence: \(CountWords.of(bareEvidence)) pieces need a number"
            }
        return Readiness.Check(part: .evidence, words: words, isDone: bareEvidence == 0 && evidence > 0)
    }
}

extension Readiness {
    /// How ready a session is that has been prepared so far.
    init(
        _ session: Session, _ aims: [Aim], _ alignment: Alignment, _ agenda: [AgendaItem], _ evidence: [Evidence],
        _ carried: [Carried], _ today: Day
    ) {
        self =
            ReadinessFacts(
                session: session, hasDesired: aims.first?.isWritten == true, hasMeasure: aims.last?.isWritten == true,
                alignment: AlignmentFacts(alignment), items: agenda.count, plannedMinutes: agenda.plannedMinutes,
                asking: carried.count { $0.asks(today: today) }, evidence: evidence.count,
                bareEvidence: evidence.count(where: \.isBare)
            ).readiness
    }
}

extension [AgendaItem] {
    /// The minutes of all of them together.
    var plannedMinutes: Int { reduce(0) { $0 + $1.minutes } }
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
