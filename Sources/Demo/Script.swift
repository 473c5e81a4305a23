// A strategy session as it is told: who met, why, what they brought, what was said, and what became of it.
import Foundation
import Throughline

/// One session, from the ask to what was promised in it.
struct Script: Sendable {
    var employee: Who
    var manager: Who
    /// Who asked; the employee unless somebody else is named.
    var asker: Who?
    var day: Day
    var time = "14:00"
    var minutes = 50
    var purpose = Session.Purpose.planning
    var purposeWords = ""
    var title: String
    var message = ""
    var place = ""
    /// The other one proposed another time before they agreed.
    var wasMoved = false
    var desired = ""
    var measure = ""
    var agenda: [Item] = []
    var evidence: [Proof] = []
    /// What each wrote for their own eyes.
    var privateNotes: [Who: String] = [:]
    /// The shared goals, by title, in the order in which each of them would put them beforehand.
    var order: [Who: [String]] = [:]
    var notes: [Session.Step: String] = [:]
    var verdicts: [Judged] = []
    var caught: [Caught] = []
    var promises: [Promise] = []
    /// The sentence that both say yes to, where they changed what the product put together.
    var oath = ""
    var amendment: Added?
    var course = Course.confirmed

    /// How far it went.
    enum Course: Sendable {
        case confirmed
        /// The talk is over, and one of them has said yes.
        case closing(yesFrom: Who)
        /// Agreed and prepared; the day has not come.
        case agreed
        /// Nobody has answered yet.
        case asked
        case declined(String)
        case cancelled(by: Who, String)
    }

    /// An agenda item. Its author leads it unless somebody else is named.
    struct Item: Sendable {
        let title: String
        let minutes: Int
        let ending: AgendaItem.Ending
        let by: Who
        let led: Who
        let outcome: RoomItem.Outcome
        /// Written, but not shared yet.
        let isDraft: Bool

        init(
            _ title: String, _ minutes: Int, _ ending: AgendaItem.Ending, by: Who, led: Who? = nil,
            _ outcome: RoomItem.Outcome = .covered, isDraft: Bool = false
        ) {
            self.title = title
            self.minutes = minutes
            self.ending = ending
            self.by = by
            self.led = led ?? by
            self.outcome = outcome
            self.isDraft = isDraft
        }
    }

    /// A piece of evidence, by the employee.
    struct Proof: Sendable {
        let kind: Evidence.Kind
        let body: String
        var from = ""
        var to = ""
        var unit = ""
        var over = ""
        var anecdote = ""
        /// The title of the goal that it is about.
        var goal = ""
        var isDraft = false

        init(
            _ kind: Evidence.Kind, _ body: String, _ from: String = "", _ to: String = "", _ unit: String = "",
            over: String = "", anecdote: String = "", goal: String = "", isDraft: Bool = false
        ) {
            self.kind = kind
            self.body = body
            self.from = from
            self.to = to
            self.unit = unit
            self.over = over
            self.anecdote = anecdote
            self.goal = goal
            self.isDraft = isDraft
        }
    }

    /// The manager's answer for a goal or a piece of work, named by its title.
    struct Judged: Sendable {
        let title: String
        let answer: Verdict.Answer
        let priority: Int?
        let reason: String

        init(_ title: String, _ answer: Verdict.Answer, _ priority: Int? = nil, _ reason: String = "") {
            self.title = title
            self.answer = answer
            self.priority = priority
            self.reason = reason
        }
    }

    /// What was caught in the room.
    enum Caught: Sendable {
        case takeaway(String)
        case decision(String)
        case feedback(from: Who, String)
        case parked(String)

        var step: Session.Step {
            switch self {
            case .takeaway: .alignment
            case .decision: .future
            case .feedback: .feedback
            case .parked: .future
            }
        }
    }

    /// Something that one of them does by a day, and what became of it.
    struct Promise: Sendable {
        let who: Who
        let body: String
        /// Days after the talk.
        let due: Int
        let ending: Ending

        init(_ who: Who, _ body: String, due: Int, _ ending: Ending = .kept(-1)) {
            self.who = who
            self.body = body
            self.due = due
            self.ending = ending
        }

        enum Ending: Sendable {
            /// So many days after it was due; before, if negative.
            case kept(Int, String = "")
            case dropped(Int, String)
            case open
        }
    }

    /// An amendment, so many days after the talk.
    struct Added: Sendable {
        let by: Who
        let days: Int
        let body: String
        let reason: String
    }
}
