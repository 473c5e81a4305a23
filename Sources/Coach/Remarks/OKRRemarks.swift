// What the coach says about objectives and key results.

extension Remark {
    /// The remarks on an objective or key result, the weightiest first. A flag that only repeats another ("no
    /// number" on a task) and the advisory one about dates stay silent, and those about figures where these stand
    /// elsewhere.
    static func okr(_ text: String, as kind: OKRKind, isMeasuredElsewhere: Bool = false) -> [Remark] {
        var findings = judgeOKR(text, as: kind)
        // Beside fields for where it starts and is to end, a title need only name what is counted.
        if isMeasuredElsewhere, !OKRReading(text).isCommand { findings.removeAll { $0.flag == .task } }
        let isTask = findings.contains { $0.flag == .task }
        return findings.compactMap { finding in
            if isTask, [.unmeasured, .vanity, .metric].contains(finding.flag) { return nil }
            if isMeasuredElsewhere, [.unmeasured, .noBaseline].contains(finding.flag) { return nil }
            return okr(text, finding, kind)
        }
    }

    private static func okr(_ text: String, _ finding: OKRFinding, _ kind: OKRKind) -> Remark? {
        let marks = finding.mark.map { [$0] } ?? []
        let words = text.quotedFirst(of: marks)
        switch (finding.flag, kind) {
        case (.metric, _):
            return Remark(
                rule: "okr.metric", label: "number in the objective", in: text, marks: marks,
                seen: "\(words) is a measure.",
                why: "An objective says what will be true; its key results say how much of it.",
                question: "What will be different for someone once you get there?",
                starters: ["… can …", "… trust us to …"])
        case (.task, .objective):
            return Remark(
                rule: "okr.task.objective", label: "task", in: text, marks: marks,
                seen: "\(words) names work to do.",
                why: "Work can be finished without anything changing for anyone.",
                question: "Who will be better off once it is done, and how?",
                starters: ["… can … without …", "… no longer have to …"])
        case (.task, .keyResult):
            return Remark(
                rule: "okr.task", label: "task", in: text, marks: marks,
                seen: "\(words) names work to do.",
                why: "A key result shows what the work changed; the work itself fits well beneath it.",
                question: "What should move because of it, from where to where?",
                starters: ["… from … to …", "Share of … up from … to …"])
        case (.vague, _):
            return Remark(
                rule: "okr.vague", label: "vague", in: text, marks: marks,
                seen: "\(words) could stand in anyone's plan.",
                why: "The clearer the picture, the easier it is to see what helps and what doesn't.",
                question: "What would someone notice on the day it is reached?",
                starters: ["… can … without …", "… choose us because …"])
        case (.unmeasured, _):
            return Remark(
                rule: "okr.unmeasured", label: "no measure", in: text, marks: marks,
                seen: marks.isEmpty
                    ? "It has no number and no yes or no in it yet."
                    : "\(words) leaves open how much.",
                why: "Two people should come to the same answer on whether it is reached.",
                question: "What would you count, and where does it stand today?",
                starters: ["… from … to …", "… approves … by …"])
        case (.noBaseline, _):
            return Remark(
                rule: "okr.baseline", label: "no starting point", in: text, marks: marks,
                seen: "\(words) doesn't say where it starts.",
                why: "With today's value beside it, everyone can tell how far it is.",
                question: "Where does it stand today?",
                starters: ["from … to …", "(today: …)"])
        case (.compound, .objective):
            return Remark(
                rule: "okr.compound.objective", label: "two objectives", in: text, marks: marks,
                seen: "\(words) joins two aims.",
                why: "Apart, each can have an owner, and neither hides behind the other.",
                question: "Which of them matters more this cycle?", starters: [])
        case (.compound, .keyResult):
            return Remark(
                rule: "okr.compound", label: "two measures", in: text, marks: marks,
                seen: "\(words) joins two of them.",
                why: "Apart, each can move at its own pace and be scored on its own.",
                question: "Would they read better as two key results?", starters: [])
        case (.vanity, _):
            return Remark(
                rule: "okr.vanity", label: "volume, not value", in: text, marks: marks,
                seen: "\(words) counts attention or output.",
                why: "It can grow while nobody is better served.",
                question: "What should it lead people to do?",
                starters: ["Share of … who … up from … to …"])
        case (.noDeadline, _): return nil
        }
    }
}
