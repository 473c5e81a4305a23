// Judges a key result: is it a change that two people would measure alike, with a place to start from?

func judgeKeyResult(_ reading: OKRReading) -> Findings {
    let measures = reading.measures()
    var findings: Findings = [:]
    let work = reading.work(measures)
    if let work { findings[.task] = .some(work.mark) }
    if work?.isEffort ?? !isMeasured(reading, measures) { findings[.unmeasured] = .some(softWords(reading)) }
    if findings[.task] == nil, findings[.unmeasured] == nil, let mark = missingBaseline(reading, measures) {
        findings[.noBaseline] = .some(mark)
    }
    if Deadline.first(in: reading.words) == nil { findings[.noDeadline] = .some(nil) }
    if let joint = work == nil ? compoundMeasures(reading, measures) : compoundWork(reading) {
        findings[.compound] = .some(joint)
    }
    if let mark = vanity(reading, measures, isWork: work != nil) { findings[.vanity] = .some(mark) }
    return findings
}

// MARK: Measure

/// A number, zero, or a yes/no state.
private func isMeasured(_ reading: OKRReading, _ measures: [Measure]) -> Bool {
    if !measures.isEmpty { return true }
    let words = reading.words
    // "Increase the number of pets that are licensed": how many stays open, whatever else is said.
    if OKRWords.quantity.contains(reading.lower(reading.start)), OKRWords.comparedWithPast.first(in: words) == nil,
        !words.contains(where: { $0.lower == "from" || FigureWords.zero.contains($0.lower) })
    {
        return false
    }
    let isSoft = words.contains { OKRWords.soft.contains($0.lower) }
    if words.contains(where: { FigureWords.zero.contains($0.lower) }), !isSoft { return true }
    if let event = words.indices.first(where: {
        !reading.isDated($0) && OKRWords.events.contains(words[$0].lower)
    }),
        !isSoft || event <= 3 && event > 0 && words[event].lower.hasSuffix("s")
    {
        return true
    }
    // "Ensure that …" promises a state, no change.
    let opensWithChange =
        OKRWords.change.contains(reading.lower(reading.start)) && reading.lower(reading.start) != "ensure"
    // "From 'requires improvement' to 'good'".
    if let from = words.firstIndex(where: { $0.lower == "from" }), from > 0, !opensWithChange,
        words[from...].contains(where: { $0.lower == "to" }),
        words[..<from].contains(where: { OKRWords.change.contains($0.lower) })
    {
        return true
    }
    if OKRWords.universal.contains(reading.lower(reading.start)), !isSoft { return true }
    if !isSoft, !opensWithChange, words.contains(where: { ["every", "each", "all"].contains($0.lower) }) {
        return true
    }
    if OKRWords.comparedWithPast.first(in: words) != nil { return true }
    if ["retain", "keep"].contains(reading.lower(reading.start)), words.contains(where: { $0.lower == "all" }) {
        return true
    }
    // A plain state told with a verb can be checked; a wish or a feeling can't.
    return !opensWithChange && !isSoft && (reading.hasPassive() || reading.hasFiniteVerb(from: 1))
}

/// The words that leave it open what would count.
private func softWords(_ reading: OKRReading) -> Range<Int>? {
    if let index = reading.words.firstIndex(where: { OKRWords.soft.contains($0.lower) }) {
        return index..<index + 1
    }
    // "Improve guest satisfaction": the verb promises a change and doesn't say how much.
    return OKRWords.change.contains(reading.lower(reading.start)) ? reading.start..<reading.start + 1 : nil
}

// MARK: Baseline

/// The figure that needs a starting value and has none.
private func missingBaseline(_ reading: OKRReading, _ measures: [Measure]) -> Range<Int>? {
    let words = reading.words
    if measures.contains(where: \.hasBaseline) { return nil }
    if measures.isEmpty { return OKRWords.comparedWithPast.first(in: words) }
    if OKRWords.kept.contains(reading.lower(reading.start))
        || OKRWords.kept.contains(reading.lower(reading.start + 1))
    {
        return nil
    }
    if words.contains(where: { ["stays", "remains", "holds", "keeps", "maintains"].contains($0.lower) }) {
        return nil
    }
    guard let measure = measures.first(where: { !isExempt(reading, $0) }) else { return nil }
    // "Close 25 deals of more than $500K each": the second figure is a term of the first.
    if measure.target.kind == .money, let first = measures.first, first != measure, first.target.kind == .count,
        compoundMeasures(reading, measures) == nil
    {
        return nil
    }
    return measure.words.count == measure.target.words.count ? reading.counted(measure.target) : measure.words
}

/// Zero, all of them, and a count that starts from nothing.
private func isExempt(_ reading: OKRReading, _ measure: Measure) -> Bool {
    let target = measure.target
    if target.isZero { return true }
    let words = reading.words
    if reading.lower(target.words.lowerBound) == "100%" {
        return !OKRWords.growth.contains(reading.lower(target.words.upperBound))
    }
    let isMoney = target.kind == .money
    guard target.kind == .count || isMoney else {
        // An event whose figure is only a term of it: "signs a contract worth $2M".
        return target.kind != .percent && isEvent(reading, before: target.words.lowerBound)
    }
    let isWhole =
        target.words.lowerBound > 0
        && ["all", "both"].contains(reading.lower(target.words.lowerBound - 1))
    if isWhole { return true }
    if isEvent(reading, before: words.count) || isCountedActor(reading, target) { return true }
    var phrase = target.words.upperBound
    if ["in", "of"].contains(reading.lower(phrase)) { phrase += 1 }
    let near = words[target.words.lowerBound..<max(phrase, reading.endOfPhrase(from: phrase))]
    let isDeal =
        ["close", "sign", "win", "land"].contains(reading.lower(reading.start))
        && near.contains { OKRWords.deals.contains($0.lower) }
    if isDeal { return true }
    if OKRWords.fromLaunch.first(in: words) != nil { return true }
    let before = words[max(0, target.words.lowerBound - 3)..<target.words.lowerBound]
    return near.contains { OKRWords.fromNothing.contains($0.lower) }
        || before.contains { OKRWords.fromNothing.contains($0.lower) }
}

/// "At least 3 of them will post about us": so many do something that they didn't do before.
private func isCountedActor(_ reading: OKRReading, _ target: Figure) -> Bool {
    guard target.kind == .count, target.words.lowerBound <= reading.start + 3,
        !OKRWords.change.contains(reading.lower(reading.start))
    else {
        return false
    }
    let behind = target.words.upperBound..<min(reading.words.count, target.words.upperBound + 14)
    return behind.contains {
        [
            "will", "have", "chose", "come", "say", "using", "running", "adopting", "reach", "adopt", "join", "tell",
            "collaborate", "agree", "contribute", "volunteer", "take",
        ]
        .contains(reading.lower($0))
    }
}

private func isEvent(_ reading: OKRReading, before end: Int) -> Bool {
    let words = reading.words
    if OKRWords.change.contains(reading.lower(reading.start)) { return false }
    return words[..<max(0, end)].indices.contains { index in
        index > 0 && !reading.isDated(index) && OKRWords.events.contains(words[index].lower)
    }
}

// MARK: Compound

/// Two measures side by side.
private func compoundMeasures(_ reading: OKRReading, _ measures: [Measure]) -> Range<Int>? {
    guard measures.count > 1 else { return nil }
    for (first, second) in zip(measures, measures.dropFirst()) {
        let gap = first.words.upperBound..<second.words.lowerBound
        guard gap.lowerBound <= gap.upperBound,
            let joint = gap.first(where: { OKRWords.joints.contains(reading.lower($0)) && !reading.isSuffix($0) })
        else { continue }
        // "3 workflows with 80% of tasks completed": the share says which ones count.
        let isQuality = reading.lower(joint) == "with" && second.target.kind == .percent && first.target.kind == .count
        if isQuality { continue }
        let isPair = first.words.count > 1 && second.hasBaseline
        if isPair || reading.namesSomething(from: joint + 1, around: second) { return joint..<joint + 1 }
    }
    return nil
}

/// Two pieces of work side by side: "Launch the portal and train the staff".
private func compoundWork(_ reading: OKRReading) -> Range<Int>? {
    if let joint = reading.secondCommand(
        after: reading.start, isCommand: { OKRWords.work.match(reading.words, at: $0) != nil })
    {
        return joint
    }
    // "The training is finished and the track is open".
    return reading.words.indices.dropFirst(3).first { index in
        ["and", ";"].contains(reading.lower(index)) && isTold(reading, reading.start..<index)
            && reading.startsClause(at: index + 1) && isTold(reading, index + 1..<reading.words.count)
    }
    .map { $0..<$0 + 1 }
}

private func isTold(_ reading: OKRReading, _ range: Range<Int>) -> Bool {
    range.contains { ["is", "are"].contains(reading.lower($0)) }
}

// MARK: Vanity

private func vanity(_ reading: OKRReading, _ measures: [Measure], isWork: Bool) -> Range<Int>? {
    let words = reading.words
    if isWork { return countedOutput(reading, measures) }
    guard !measures.isEmpty, let found = OKRWords.hardVanity.first(in: words) ?? OKRWords.vanity.first(in: words)
    else { return nil }
    // Less of it is no vanity, nor is bearing it.
    if ["reduce", "decrease", "cut", "lower", "fewer", "less", "support", "serve", "handle"]
        .contains(reading.lower(reading.start))
    {
        return nil
    }
    // "30% of traffic from mobile" is a share; "traffic up by 30%" is more of the same.
    let isShare = measures.contains {
        $0.target.kind == .percent && reading.lower($0.words.lowerBound + 1) == "of"
    }
    if isShare { return nil }
    if OKRWords.hardVanity.first(in: words) != nil { return found }
    let isTied = words.indices.contains { !found.contains($0) && OKRWords.value.contains(words[$0].lower) }
    if isTied { return nil }
    // "4.5 stars" is a rating.
    if words[found.lowerBound].lower == "stars", let figure = measures.first?.target.words.lowerBound,
        words[figure].lower.contains("."), words[figure].lower.count <= 3
    {
        return nil
    }
    return found
}

/// "Publish 12 posts", "Post every day", "weekly visits": output by the piece.
private func countedOutput(_ reading: OKRReading, _ measures: [Measure]) -> Range<Int>? {
    let words = reading.words
    // "We present …": the verb behind its subject.
    let start = reading.openings().first { OKRWords.isOutputVerb(words[$0]) } ?? reading.start
    let isHours = { (figure: Figure) in words[figure.words].contains { $0.lower == "hours" } }
    if let measure = measures.first(where: {
        ($0.target.kind == .count || isHours($0.target)) && !$0.target.isZero
    }) {
        let verb = reading.lower(start)
        if isHours(measure.target) {
            return OKRWords.outputVerbs.contains(verb) || verb == "train" ? measure.words : nil
        }
        if ["post", "tweet", "blog"].contains(verb) { return measure.words }
        let lead = words[start..<max(start, measure.words.lowerBound)].map(\.lower)
        guard !lead.contains("with"), !lead.contains("to"), !lead.contains("for") else { return nil }
        let isFirst = lead.dropFirst().allSatisfy(OKRWords.limits.contains)
        if OKRWords.contacts.contains(verb), isFirst || measure.words.lowerBound <= start + 2 {
            return measure.words
        }
        let isVerbless = measure.words.lowerBound == start
        var near = measure.words.upperBound..<min(words.count, measure.words.upperBound + 5)
        let isTold = near.contains { OKRWords.workDone.contains(words[$0].lower) }
        guard isVerbless || isTold || OKRWords.isOutputVerb(words[start]), measure.words.lowerBound - start <= 6
        else {
            return nil
        }
        // "30 people complete the training" counts people.
        if isVerbless, let act = near.first(where: { OKRReading.finite.contains(words[$0].lower) }) {
            near = near.lowerBound..<act
        }
        let isContact = OKRWords.contacts.contains(verb) || ["train", "speak", "talk"].contains(verb)
        let output = near.first { OKRWords.isOutput(words[$0]) && (isContact || !OKRWords.isPerson(words[$0])) }
        return output.map { measure.words.lowerBound..<$0 + 1 }
    }
    if let rhythm = OKRWords.rhythm.first(in: words) {
        guard rhythm.count > 1 || rhythm.lowerBound == start else { return nil }
        let isOutput = words.contains { OKRWords.isOutput($0) } || reading.lower(start) == "post"
        let isSpeech =
            ["post", "tweet", "send", "publish", "blog"].contains(reading.lower(start))
            || OKRWords.broadcasts.contains(where: { name in words.contains { $0.stem == name } })
        return isOutput && isSpeech ? rhythm : nil
    }
    return nil
}
