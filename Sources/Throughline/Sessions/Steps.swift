// The five steps of the talk (practices 6 to 10): what each asks of both people, and its share of the time.
public import Foundation
public import Storage

extension Session.Step {
    public var name: String {
        switch self {
        case .context: "Context"
        case .alignment: "Goals and alignment"
        case .feedback: "Feedback"
        case .future: "Future"
        case .confirm: "Confirm"
        }
    }

    public var next: Session.Step? { Session.Step(rawValue: rawValue + 1) }

    /// What each person is asked in a step.
    public struct Prompt: Sendable, Equatable {
        /// The step's question, large.
        public let question: String
        /// How to go about it.
        public let hint: String
        /// Openers, in words one can say aloud.
        public let openers: [String]
    }

    /// What the step asks of one of the two.
    /// - Parameter partner: the other one's first name.
    public func prompt(for part: SessionAccess.Part, partner: String) -> Prompt {
        switch (self, part) {
        case (.context, .employee):
            Prompt(
                question: "What are we here to settle?",
                hint:
                    "Say in two sentences why you asked for this hour and what should be true when it ends.",
                openers: [
                    "Thank you for making time for this.",
                    "What I would like us to leave with is …",
                    "Is there anything you want to add before we start?",
                ])
        case (.context, _):
            Prompt(
                question: "What are we here to settle?",
                hint: "Thank \(partner) for preparing. Say what this hour is for, and that it looks forward.",
                openers: [
                    "Thank you for what you sent ahead.",
                    "Today I want us to look at where you go from here.",
                    "Which item must we not run out of time for?",
                ])
        case (.alignment, .employee):
            Prompt(
                question: "Is this what the team needs most now?",
                hint:
                    "\(partner) answers for each goal and project; you add what can’t be seen from where they stand.",
                openers: [
                    "Here is what this one would cost us to stop.",
                    "Which of these would you miss least?",
                    "What has changed above you that I should know?",
                ])
        case (.alignment, _):
            Prompt(
                question: "Is this what the team needs most now?",
                hint:
                    "For each goal and project, you answer; \(partner) adds what you can’t see from where you stand.",
                openers: [
                    "Knowing what you know now, would we start this again?",
                    "What would you stop to do this well?",
                ])
        case (.feedback, .employee):
            Prompt(
                question: "What do you see that I don’t?",
                hint: "Ask openly, listen to the end, and write down what you hear in \(partner)’s words.",
                openers: [
                    "What is going well from where you stand?",
                    "Where could I add more value?",
                    "What is one thing you would like to see me do differently?",
                ])
        case (.feedback, _):
            Prompt(
                question: "What helps \(partner) most to hear?",
                hint:
                    "One thing that works and should go on, one that would add value, each with an example.",
                openers: [
                    "When you …, it meant that …",
                    "Where could I make your work easier?",
                    "What do you need from me that you aren’t getting?",
                ])
        case (.future, .employee):
            Prompt(
                question: "Where does the next quarter go?",
                hint:
                    "Name your focus, the next step on each project, a skill to grow, and the support you need.",
                openers: [
                    "My focus for the next quarter is …",
                    "The skill I want to grow is …, by …",
                    "What would help me most is …",
                ])
        case (.future, _):
            Prompt(
                question: "Where does the next quarter go?",
                hint:
                    "Agree the focus and the next steps. Whatever support you promise becomes an action with your name.",
                openers: [
                    "What would make the next quarter a good one for you?",
                    "What can I take off your desk?",
                    "Who should you meet?",
                ])
        case (.confirm, .employee):
            Prompt(
                question: "Does that sound right?",
                hint: "Say back what you take away, what was decided, and who does what by when.",
                openers: [
                    "I focus on …, grow …, and come back on … in two weeks. Does that sound right?",
                    "Did I miss anything that you expect?",
                ])
        case (.confirm, _):
            Prompt(
                question: "Does that sound right?",
                hint:
                    "Let \(partner) sum up first; add what is missing. Each action gets one name and a day.",
                openers: [
                    "What do you take away from this?",
                    "I owe you … by … Is there anything else?",
                ])
        }
    }

    /// How many hundredths of the time each step gets.
    private var share: Int {
        switch self {
        case .context: 10
        case .alignment: 30
        case .feedback: 16
        case .future: 28
        case .confirm: 16
        }
    }

    /// Each step's minutes of a session; they add up to it exactly (largest remainders), and none is left without.
    public static func plan(minutes: Int) -> [Session.Step: Int] {
        var plan: [Session.Step: Int] = [:]
        for step in allCases { plan[step] = minutes * step.share / 100 }
        let missing = minutes - plan.values.reduce(0, +)
        // Ties go to the later step: the end of a meeting is what gets squeezed.
        let byRemainder = allCases.sorted { left, right in
            (minutes * left.share % 100, left.rawValue) > (minutes * right.share % 100, right.rawValue)
        }
        for step in byRemainder.prefix(missing) { plan[step, default: 0] += 1 }
        for step in allCases where plan[step] == 0 {
            guard let longest = allCases.max(by: { plan[$0, default: 0] < plan[$1, default: 0] }) else {
                break
            }
            plan[longest, default: 0] -= 1
            plan[step] = 1
        }
        return plan
    }
}

/// A step's time in one session.
public struct StepTime: Sendable, Equatable, RowReadable {
    public let step: Session.Step
    /// Planned, in minutes.
    public let minutes: Int
    /// Added while it ran, in minutes.
    public let extendedMinutes: Int
    /// Spent before it was last entered, in milliseconds.
    public let spentMilliseconds: Int64

    public init(row: inout Row) throws {
        let number: Int = try row.next()
        guard let step = Session.Step(rawValue: number) else { throw RowError("there is no step \(number)") }
        self.step = step
        minutes = try row.next()
        extendedMinutes = try row.next()
        spentMilliseconds = try row.next()
    }

    /// Planned and added, in minutes.
    public var allottedMinutes: Int { minutes + extendedMinutes }

    /// What is left of it while its clock stands still, in seconds; negative once its time is up.
    public var secondsLeft: TimeInterval { Double(allottedMinutes) * 60 - Double(spentMilliseconds) / 1000 }

    /// When its time is up, if it runs since `entered`.
    public func ends(enteredAt entered: Date) -> Date {
        entered.addingTimeInterval(secondsLeft)
    }

    /// How much of its time has gone, from 0 to 1.
    public func elapsedShare(enteredAt entered: Date?, now: Date) -> Double {
        let running = entered.map { now.timeIntervalSince($0) } ?? 0
        let spent = Double(spentMilliseconds) / 1000 + max(0, running)
        return min(1, max(0, spent / (Double(allottedMinutes) * 60)))
    }

    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [StepTime] {
        try tx.all(
            StepTime.self,
            """
            select step, minutes, extended_minutes, spent_milliseconds from session_step
            where session = \(access.session.id) order by step
            """)
    }
}
