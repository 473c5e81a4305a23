// What the coach says about titles, questions and commitments.

extension Remark {
    /// A title that could stand over any meeting (practice 1).
    static func emptyTitle(_ text: String, marks: [Range<Int>]) -> Remark {
        Remark(
            rule: "title.empty", label: "title without purpose", in: text, marks: marks,
            seen: "\(text.quoted) could be any meeting.",
            why: "A title with a purpose lets both of you prepare for the same thing.",
            question: "What should be true when it ends?",
            starters: ["Decide …", "Agree how we …", "Get feedback on …", "Plan …"])
    }

    /// A piece of work whose name tells nothing of it.
    static func emptyWork(_ text: String, marks: [Range<Int>]) -> Remark {
        Remark(
            rule: "work.empty", label: "could be any work", in: text, marks: marks,
            seen: "\(text.quoted) could take up anyone’s week.",
            why: "A name that says what it leads to is easier to put beside the goals.",
            question: "What will be there once it is done?",
            starters: ["… can …", "… is ready for …"])
    }

    /// An agenda item that announces a report (practices 4 and 18).
    static func statusTitle(_ text: String, marks: [Range<Int>]) -> Remark {
        Remark(
            rule: "title.status", label: "status on the agenda", in: text, marks: marks,
            seen: "\(text.quotedFirst(of: marks)) announces news that can be read beforehand.",
            why: "Sent ahead, it leaves the time together for what the news calls for.",
            question: "What should the two of you decide, or see differently, once it is read?",
            starters: ["Decide whether …", "What the delay means for …", "Choose between …"])
    }

    /// A question that yes or no would answer (practice 8).
    static func closedQuestion(_ text: String, _ closed: ClosedQuestion) -> Remark {
        var starters = [closed.openForm]
        for form in ["What is going well from where you stand?", "Where could I add more value?"]
        where form != closed.openForm { starters.append(form) }
        return Remark(
            rule: "question.closed", label: "closed question", in: text, marks: [closed.mark],
            about: closed.sentence,
            seen: "\(text.excerpt(closed.mark).quoted) can be answered with yes or no.",
            why: "A question that opens with what or how brings back a story you can use.",
            question: "What would you most like to hear about?",
            starters: Array(starters.prefix(2)))
    }

    /// A commitment that never ends (practice 10).
    static func noFinishLine(_ text: String, mark: Range<Int>) -> Remark {
        Remark(
            rule: "commitment.finish", label: "no finish line", in: text, marks: [mark],
            seen: "\(text.excerpt(mark).quoted) can go on for ever.",
            why: "With a finish line, both of you can say next time that it is done.",
            question: "What will the two of you be able to see when it is done?",
            starters: ["Send … to …", "Decide … and tell …", "Have … ready for …"])
    }

    /// A commitment that nobody holds yet, or without a day.
    static func unassigned(_ text: String, noOwner: Bool, noDate: Bool) -> Remark? {
        let why = "One name and one day are what make it easy to pick up again."
        switch (noOwner, noDate) {
        case (true, true):
            return Remark(
                rule: "commitment.owner-date", label: "no owner, no date", in: text,
                seen: "It has neither a name nor a day yet.", why: why,
                question: "Who will do it, and by when?", starters: ["I will … by …", "… sends … by Friday"])
        case (true, false):
            return Remark(
                rule: "commitment.owner", label: "no owner", in: text,
                seen: "It has no name yet.", why: "What everyone holds is easily dropped by all.",
                question: "Which one of you will do it?", starters: ["I will …"])
        case (false, true):
            return Remark(
                rule: "commitment.date", label: "no date", in: text,
                seen: "It has no day yet.", why: "A day tells you both when to look again.",
                question: "By when will it be done?",
                starters: ["By Friday, …", "Before our next session, …"])
        case (false, false): return nil
        }
    }
}

extension String {
    /// The first of the marked parts, in quotes; the whole text when nothing is marked.
    func quotedFirst(of marks: [Range<Int>]) -> String {
        guard let first = marks.first else { return quoted }
        return excerpt(first).quoted
    }
}
