// Tells the work that a key result names from the change that the work should cause.

/// Work to do where a change was asked for.
struct Work {
    let mark: Range<Int>
    /// Effort without an end: nothing by which one could say that it is done.
    var isEffort = false
}

extension OKRReading {
    /// The work that a key result names, if it names any. A text that tells where a measure starts and where it is
    /// to end names a change, whatever its verb.
    func work(_ measures: [Measure]) -> Work? {
        // Hiring stays work, however many there are now.
        let isChange = measures.contains { $0.hasBaseline && !$0.target.isZero }
        if isChange, !["hire", "recruit"].contains(lower(start)) { return nil }
        for opening in openings() {
            if let work = work(at: opening, measures) { return work }
        }
        if let told = toldByUs(), !isDeal(told, measures) { return Work(mark: told) }
        return completion(measures) ?? namedDeliverable(measures)
    }

    /// "We have delivered a report", "Identified three areas": work told as done by those who did it.
    func toldByUs() -> Range<Int>? {
        var at = start
        if ["the", "our"].contains(lower(at)), lower(at + 1) == "team" { at += 1 }
        let isOurs = ["we", "i", "we've", "i've", "team"].contains(lower(at))
        if isOurs { at += 1 }
        if ["have", "has", "had"].contains(lower(at)) { at += 1 }
        while lower(at).hasSuffix("ly") || ["also", "all"].contains(lower(at)) { at += 1 }
        guard words.indices.contains(at), OKRWords.isToldWork(words[at]), at + 1 < words.count else { return nil }
        let next = words[at + 1]
        let isObject =
            isDeterminer(next.lower) || next.isNumber || FigureWords.numbers.contains(next.lower)
            || next.isPlain && OKRWords.workDone.contains(lower(at)) && !hasFiniteVerb(from: at + 1)
        return isOurs || isObject ? start..<at + 1 : nil
    }

    /// "We signed 3 customers": work whose object is a result after all.
    private func isDeal(_ told: Range<Int>, _ measures: [Measure]) -> Bool {
        guard let measure = measures.first else { return false }
        return measure.target.kind == .percent && !isWhole(measure) || measure.target.kind == .duration
    }

    /// The work that a verb at `start` names.
    private func work(at start: Int, _ measures: [Measure]) -> Work? {
        if let effort = effort(at: start, measures) { return effort }
        switch lower(start) {
        case "keep": return upkeep(at: start, measures)
        case "improve": return improvementByWork(at: start, measures)
        case "optimise", "optimize", "streamline", "simplify": return polish(at: start, measures)
        case "have", "get", "got": return workByOthers(at: start, measures)
        default: break
        }
        if let search = OKRWords.search.match(words, at: start), measures.isEmpty {
            return Work(mark: start..<start + search)
        }
        if OKRWords.isWorkGerund(words[start]), measures.isEmpty { return Work(mark: start..<start + 1) }
        guard let count = OKRWords.work.match(words, at: start), !isNoun(at: start) || plansFor(start) else {
            return nil
        }
        let behind = start + count
        if measures.isEmpty, createsState(verb: start, behind: behind) { return nil }
        return isOutcome(verb: start, behind: behind, measures) ? nil : Work(mark: start..<behind)
    }

    /// Whether it opens by saying what to do: "Write the playbook", where "Support contacts per clinic" and "Setup steps
    /// finished" name what is counted.
    var isCommand: Bool {
        guard OKRWords.work.match(words, at: start) != nil || OKRWords.effort.match(words, at: start) != nil else {
            return false
        }
        let isObject =
            words.indices.contains(start + 1) && (isDeterminer(lower(start + 1)) || words[start + 1].isNumber)
        return isObject || !OKRWords.nounOrVerb.contains(lower(start)) && lower(start) != "setup"
    }

    /// "Plan for a workshop": a command, where "Plan for 2026" names a plan.
    private func plansFor(_ start: Int) -> Bool {
        lower(start + 1) == "for" && ["a", "an", "the", "our"].contains(lower(start + 2))
    }

    /// "Work closely with Sales", "Explore opportunities": a verb of effort and no figure to end it.
    private func effort(at start: Int, _ measures: [Measure]) -> Work? {
        guard let count = OKRWords.effort.match(words, at: start), !isNoun(at: start) else { return nil }
        let isAid = ["support", "help"].contains(lower(start))
        guard measures.allSatisfy({ $0.target.isZero || isAid && $0.target.kind == .count }) else {
            return nil
        }
        if count == 1, lower(start + 1) == "to", !["work", "continue"].contains(lower(start)) { return nil }
        let isFinite = ["investigate", "research"].contains(lower(start))
        return Work(
            mark: start..<start + count,
            isEffort: measures.isEmpty || measures.allSatisfy(\.target.isZero) && !isFinite)
    }

    /// "Keep the backlog tidy"; "Keep uptime above 99%" is a level.
    private func upkeep(at start: Int, _ measures: [Measure]) -> Work? {
        guard measures.isEmpty, !words.contains(where: { OKRWords.levels.contains($0.lower) || $0.isNumber })
        else {
            return nil
        }
        return Work(mark: start..<start + 1, isEffort: true)
    }

    /// "Improve documentation by writing more of it".
    private func improvementByWork(at start: Int, _ measures: [Measure]) -> Work? {
        guard measures.isEmpty, let by = words.firstIndex(where: { $0.lower == "by" }),
            lower(by + 1).hasSuffix("ing")
        else { return nil }
        return Work(mark: start..<start + 1, isEffort: true)
    }

    /// "Optimise the mail campaigns": work on a thing, where "optimise delivery" would be a change.
    private func polish(at start: Int, _ measures: [Measure]) -> Work? {
        let object = start + 1..<endOfPhrase(from: start + 1)
        guard measures.isEmpty, let head = object.last, OKRWords.isThing(words[head]) else { return nil }
        return Work(mark: start..<start + 1)
    }

    /// "Build better culture" names no deliverable, but a state that nobody could measure.
    private func createsState(verb: Int, behind: Int) -> Bool {
        guard OKRWords.makers.contains(lower(verb)) else { return false }
        let object = behind..<endOfPhrase(from: behind)
        return object.contains { OKRWords.soft.contains(lower($0)) }
            && !object.contains { OKRWords.deliverables.contains(lower($0)) }
    }

    /// "Have the new menu printed", "Get the handbook signed off", "Have a finished playbook": work all the same.
    private func workByOthers(at start: Int, _ measures: [Measure]) -> Work? {
        let near = measures.filter { $0.words.lowerBound <= start + 3 }
        guard start + 2 < words.count, !near.contains(where: { $0.target.kind == .percent }) else {
            return nil
        }
        for index in start + 2..<min(words.count, start + 12) {
            let isDone =
                OKRWords.workDone.contains(lower(index)) || ["approved", "signed"].contains(lower(index))
            let isDoing =
                OKRWords.workers.contains(lower(index - 1))
                && (OKRWords.work.match(words, at: index) != nil || lower(index) == "fill")
            if isDone || isDoing { return Work(mark: start..<index + 1) }
        }
        guard near.isEmpty, ["a", "an", "the", "our"].contains(lower(start + 1)) else { return nil }
        let object = start + 2..<max(start + 2, endOfPhrase(from: start + 2))
        return isDeliverable(object) ? Work(mark: start..<object.upperBound) : nil
    }

    private func isDeliverable(_ object: Range<Int>) -> Bool {
        object.contains { OKRWords.deliverables.contains(lower($0)) }
            && !object.contains { OKRWords.soft.contains(lower($0)) }
    }

    /// A verb of work whose object is a result after all: "Deliver 95% of orders on time", "Close 25 deals".
    private func isOutcome(verb: Int, behind: Int, _ measures: [Measure]) -> Bool {
        guard !measures.isEmpty else { return false }
        let name = lower(verb)
        let near = words[behind..<min(words.count, behind + 9)].map(\.lower)
        // "Update the ads to increase clicks by 30%": the change is named after all.
        if let purpose = purpose(), OKRWords.change.contains(lower(purpose + 1)),
            measures.contains(where: { $0.words.lowerBound > purpose })
        {
            return true
        }
        if let first = measures.first, first.target.kind == .money,
            first.words.lowerBound <= behind + 1
        {
            return true
        }
        if name == "make" {
            return measures.contains { $0.target.kind == .multiple || $0.target.kind == .percent }
        }
        if OKRWords.closers.contains(name), near.contains(where: OKRWords.deals.contains),
            measures.contains(where: { $0.words.lowerBound < behind + 3 })
        {
            return true
        }
        if OKRWords.collectors.contains(name) {
            return near.contains(where: OKRWords.gains.contains)
                && measures.contains { $0.words.lowerBound <= behind + 1 && $0.target.kind != .percent }
        }
        guard OKRWords.deliveryVerbs.contains(name) else { return false }
        // "Ship 90% of orders the same day", but "Migrate 100% of services"; "Answer tickets within 2 hours".
        if let share = measures.first(where: { $0.target.kind == .percent }), !isWhole(share) { return true }
        return measures.contains { $0.target.kind == .duration && $0.words.lowerBound > behind }
    }

    func isWhole(_ measure: Measure) -> Bool {
        lower(measure.target.words.lowerBound) == "100%"
    }

    /// Work told as done: "New pricing page live", "Index creation is completed", "100% of staff complete the
    /// course".
    private func completion(_ measures: [Measure]) -> Work? {
        let end = endOfStatement()
        guard end > 1, !measures.contains(where: { $0.target.kind == .percent && !isWhole($0) }) else {
            return nil
        }
        let isCounted = measures.allSatisfy { $0.target.kind == .count && !$0.target.isZero && !$0.hasBaseline }
        if isCounted, !OKRWords.change.contains(lower(start)),
            let done = toldAsDone(before: end, isCounted: !measures.isEmpty)
        {
            return done
        }
        let last = end - 1
        if OKRWords.workDone.contains(lower(last)), words.count <= 14,
            !["going", "go", "goes"].contains(lower(last - 1)),
            !words[..<last].indices.contains(where: {
                OKRWords.comparing.contains(lower($0)) && lower($0 - 1) != "at"
            })
        {
            return Work(mark: last..<end)
        }
        let course = (1..<end).first { index in
            OKRWords.attending.contains(lower(index))
                && words[index...].contains { OKRWords.courses.contains($0.lower) }
        }
        return course.map { Work(mark: $0..<$0 + 1) }
    }

    /// "All policies are updated to …", "Billing flow in place", "SOC 2 completed".
    private func toldAsDone(before end: Int, isCounted: Bool) -> Work? {
        for index in 1..<end {
            let isPassive =
                OKRWords.forms.contains(lower(index - 1)) && OKRWords.workDone.contains(lower(index))
                && !["can", "that", "which", "who"].contains(lower(index - 2))
            let isTold =
                OKRWords.done.match(words, at: index) != nil
                && words[..<index].allSatisfy {
                    OKRWords.forms.contains($0.lower)
                        || !OKRReading.finite.contains($0.lower) && !["who", "that", "which"].contains($0.lower)
                }
            if isPassive || isTold { return Work(mark: index..<index + 1) }
        }
        guard !isCounted, !hasFiniteVerb(from: 0), !OKRWords.soft.contains(lower(0)),
            let done = (1..<end).first(where: { OKRWords.workDone.contains(lower($0)) })
        else { return nil }
        return Work(mark: done..<done + 1)
    }

    /// A deliverable standing alone: "Support for GraphQL", "100 slides of market research", "Customer journey map".
    private func namedDeliverable(_ measures: [Measure]) -> Work? {
        let end = endOfPhrase(from: start)
        guard end > start, measures.count <= 1 else { return nil }
        if let measure = measures.first { return countedDeliverable(measure) }
        if let paper = paperwork() { return paper }
        if OKRWords.rhythm.match(words, at: start) != nil, end > start + 1,
            OKRWords.isOutput(words[start + 1])
        {
            return Work(mark: start..<start + 2)
        }
        if headsDeliverable(end) { return Work(mark: start..<end) }
        guard !hasFiniteVerb(from: start), !OKRWords.change.contains(lower(start)),
            !OKRWords.universal.contains(lower(start)), OKRWords.comparedWithPast.first(in: words) == nil,
            !words[start...].contains(where: {
                ["up", "down"].contains($0.lower) || OKRWords.soft.contains($0.lower)
                    || FigureWords.zero.contains($0.lower)
                    || OKRWords.events.contains($0.lower)
            }),
            words[start..<end].contains(where: \.isPlain),
            !words[start..<end].dropFirst().contains(where: { $0.isPlain && $0.lower.hasSuffix("ed") })
        else { return nil }
        return Work(mark: start..<end)
    }

    /// "Refresher training on required stops": a deliverable, and what it is about.
    private func headsDeliverable(_ end: Int) -> Bool {
        guard OKRWords.deliverables.contains(lower(end - 1)), !hasFiniteVerb(in: start..<end),
            !OKRWords.change.contains(lower(start)), !OKRWords.universal.contains(lower(start)),
            !words[start...].contains(where: { OKRWords.events.contains($0.lower) })
        else { return false }
        return ["of", "for", "on", "with", "about", "to"].contains(lower(end))
    }

    /// "100 slides of market research": so many pieces of work, and no verb.
    private func countedDeliverable(_ measure: Measure) -> Work? {
        let noun = measure.words.upperBound
        guard measure.words.lowerBound == start, measure.target.kind == .count, !measure.target.isZero,
            noun < words.count, !hasFiniteVerb(from: noun + 1)
        else { return nil }
        let phrase = noun..<max(noun, endOfPhrase(from: noun))
        return phrase.contains { OKRWords.made.contains(lower($0)) } ? Work(mark: start..<noun + 1) : nil
    }

    /// "Handbook outlines the requirements", "The site has a status page": a paper or tool, told as a state.
    private func paperwork() -> Work? {
        for index in words.indices.dropFirst().prefix(8) {
            if OKRWords.contains.contains(lower(index)),
                words[..<index].contains(where: { OKRWords.papers.contains($0.lower) })
            {
                return Work(mark: index..<index + 1)
            }
            guard ["has", "have"].contains(lower(index)), ["a", "an"].contains(lower(index + 1)) else {
                continue
            }
            let object = index + 2..<max(index + 2, endOfPhrase(from: index + 2))
            if let head = object.last, OKRWords.deliverables.contains(lower(head)), isDeliverable(object) {
                return Work(mark: index..<object.upperBound)
            }
        }
        return nil
    }
}
