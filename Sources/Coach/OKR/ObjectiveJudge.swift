// Judges an objective: is it one state worth reaching, told so that a reader would know it?

func judgeObjective(_ reading: OKRReading) -> Findings {
    var findings: Findings = [:]
    if let mark = metric(reading) { findings[.metric] = .some(mark) }
    let work = work(reading, hasMetric: findings[.metric] != nil)
    if let work { findings[.task] = .some(work) }
    if let joint = compound(reading, isWork: work != nil) { findings[.compound] = .some(joint) }
    if findings[.metric] == nil, findings[.task] == nil, let mark = vagueness(reading) {
        findings[.vague] = .some(mark)
    }
    return findings
}

// MARK: Metric

/// The figure that sets a target.
private func metric(_ reading: OKRReading) -> Range<Int>? {
    let words = reading.words
    if let rank = ObjectiveWords.ranks.first(in: words), isRankTarget(reading, rank) { return rank }
    for figure in reading.figures {
        let word = reading.lower(figure.words.lowerBound)
        if figure.isZero {
            // "No" and "without" tell a state in words; "zero falls" sets a target.
            if ["zero", "0", "0%"].contains(word), figure.words.lowerBound == reading.start {
                return figure.words
            }
            continue
        }
        if isTarget(reading, figure) { return reading.counted(figure) }
    }
    return nil
}

private func isRankTarget(_ reading: OKRReading, _ rank: Range<Int>) -> Bool {
    let before = reading.words[..<rank.lowerBound].map(\.lower)
    return before.contains {
        ["be", "become", "reach", "enter", "rank", "get", "in", "into", "among"].contains($0)
    }
        && !before.contains("our")
}

private func isTarget(_ reading: OKRReading, _ figure: Figure) -> Bool {
    let words = reading.words
    let start = figure.words.lowerBound
    switch figure.kind {
    case .percent:
        return true
    case .money:
        return true
    case .multiple:
        return true
    case .duration:
        let before = words[max(0, start - 2)..<start].map(\.lower)
        let isBound = before.contains { ObjectiveWords.bounds.contains($0) }
        return isBound && opensWithChange(reading)
    case .count:
        if figure.isShare { return true }
        let isCompany = start > 0 && words[start - 1].lower == "with" && !words[start].isNumber
        if isCompany { return false }
        if start <= reading.start + 1, ObjectiveWords.isPlainFigure(words[start]) {
            return isCounted(reading, figure)
        }
        let before = words[max(0, start - 3)..<start].map(\.lower)
        if before.contains(where: { ObjectiveWords.bounds.contains($0) }), opensWithChange(reading) {
            return true
        }
        return ObjectiveWords.isPlainFigure(words[start]) && opensWithCounting(reading, before: start)
    }
}

private func opensWithChange(_ reading: OKRReading) -> Bool {
    let first = reading.lower(reading.start)
    return OKRWords.change.contains(first) || ObjectiveWords.counting.contains(first)
        || reading.words.contains {
            ["average", "rate", "score", "time", "cost", "turnover"].contains($0.lower)
        }
}

private func opensWithCounting(_ reading: OKRReading, before index: Int) -> Bool {
    let first = reading.lower(reading.start)
    return index - reading.start <= 6
        && (ObjectiveWords.counting.contains(first) || OKRWords.change.contains(first)
            || OKRWords.outputVerbs.contains(first)
            || OKRWords.work.match(reading.words, at: reading.start) != nil)
}

/// "50 community meetings", not "Two worlds meet".
private func isCounted(_ reading: OKRReading, _ figure: Figure) -> Bool {
    reading.words[figure.words.lowerBound].isNumber
        || ObjectiveWords.counting.contains(reading.lower(reading.start))
        || OKRWords.outputVerbs.contains(reading.lower(reading.start))
}

// MARK: Task

private func work(_ reading: OKRReading, hasMetric: Bool) -> Range<Int>? {
    let words = reading.words
    for start in reading.openings() {
        if reading.lower(start) == "deliver", reading.lower(start + 1) == "on" { return nil }
        guard let count = OKRWords.work.match(words, at: start), !reading.isNoun(at: start) else { continue }
        if namesVersion(reading, start) { return nil }
        if isAim(reading, verb: start, behind: start + count, hasMetric: hasMetric) { return nil }
        return start..<start + count
    }
    if let count = OKRWords.effort.match(words, at: reading.start), count > 1,
        ["work", "explore", "investigate", "support"].contains(reading.lower(reading.start))
    {
        return reading.start..<reading.start + count
    }
    return certification(reading) ?? deliverable(reading, hasMetric: hasMetric)
}

/// "Release 24.10 gives admins nothing to complain about".
private func namesVersion(_ reading: OKRReading, _ start: Int) -> Bool {
    reading.lower(start) == "release" && start + 1 < reading.words.count && reading.words[start + 1].isNumber
        && reading.hasFiniteVerb(from: start + 2)
}

/// A verb of work that opens an aim all the same: "Build a product our users would miss", "Deliver world-class
/// service", "Run a clinic where nobody waits".
private func isAim(_ reading: OKRReading, verb: Int, behind: Int, hasMetric: Bool) -> Bool {
    let name = reading.lower(verb)
    if hasMetric { return isCountedAim(reading, name, behind: behind) }
    if ObjectiveWords.openVerbs.contains(name) { return !isFiniteWork(reading, verb: verb, behind: behind) }
    if ObjectiveWords.makers.contains(name) { return makesState(reading, behind: behind) }
    if ["modernise", "modernize"].contains(name) {
        return behind >= reading.words.count || ["and", ",", "our"].contains(reading.lower(behind))
    }
    return ["fix", "repair", "remove"].contains(name)
        && reading.words[behind...].contains { ObjectiveWords.conditions.contains($0.lower) }
}

/// A counted target is a metric alone, unless what is counted is output: "Train 200 volunteers".
private func isCountedAim(_ reading: OKRReading, _ verb: String, behind: Int) -> Bool {
    if reading.figures.contains(where: { $0.kind == .percent }) { return true }
    guard OKRWords.outputVerbs.contains(verb) || ObjectiveWords.trainers.contains(verb) else {
        return !ObjectiveWords.finishers.contains(verb)
    }
    let object = reading.words[behind...].prefix(6)
    let isOutput = object.contains { OKRWords.isOutput($0) || ObjectiveWords.worked.contains($0.lower) }
    let isSale =
        object.contains { OKRWords.deals.contains($0.lower) }
        && !["interview", "train", "survey"].contains(verb)
    return !isOutput || isSale
}

/// Whether what is built or delivered is a state rather than a thing.
private func makesState(_ reading: OKRReading, behind: Int) -> Bool {
    let words = reading.words
    if ObjectiveWords.clichés.first(in: words) != nil { return true }
    let object = words[behind..<max(behind, reading.purpose() ?? reading.endOfObject(from: behind))]
    let rest = words[behind...]
    let things = object.filter { OKRWords.deliverables.contains($0.lower) }
    if ["deliver", "provide"].contains(words[behind - 1].lower), things.allSatisfy(isPlatform) {
        return true
    }
    if object.contains(where: { ObjectiveWords.abstract.contains($0.lower) }), things.allSatisfy(isPlatform) {
        return true
    }
    if things.isEmpty, object.prefix(3).contains(where: { ObjectiveWords.states.contains($0.lower) }) {
        return true
    }
    if rest.prefix(2).contains(where: { ["ourselves", "us", "itself"].contains($0.lower) }) { return true }
    if rest.contains(where: { $0.lower == "proud" }) { return true }
    if words[object.endIndex...].contains(where: { ObjectiveWords.wishes.contains($0.lower) }) { return true }
    return rest.contains { ObjectiveWords.owners.contains($0.lower) }
        && rest.contains { ObjectiveWords.wishes.contains($0.lower) }
}

/// Things that are as often a quality as a deliverable.
private func isPlatform(_ word: Word) -> Bool {
    ["support", "site", "feature", "features"].contains(word.lower)
}

/// "Move all servers to …", "do the website", "Open a second bakery", "Set up …": finite, whatever else the verb does.
private func isFiniteWork(_ reading: OKRReading, verb: Int, behind: Int) -> Bool {
    let words = reading.words
    switch reading.lower(verb) {
    case "do", "open":
        return ["a", "the", "an", "our", "new"].contains(reading.lower(behind)) && words.count <= 12
    case "move":
        return words[behind...].contains { $0.lower == "to" || $0.lower == "from" || $0.lower == "into" }
            && !words[behind...].contains { ["through", "as", "easily"].contains($0.lower) }
    case "set": return ["up"].contains(reading.lower(verb + 1))
    case "start", "close", "share", "choose", "connect", "enable", "measure":
        return words[behind...].prefix(5).contains { OKRWords.deliverables.contains($0.lower) }
    default: return false
    }
}

/// "Get ISO 9001 certified": done once.
private func certification(_ reading: OKRReading) -> Range<Int>? {
    guard ["get", "achieve", "obtain", "become", "pass", "gain"].contains(reading.lower(reading.start)) else {
        return nil
    }
    return reading.words.firstIndex { ObjectiveWords.certificates.contains($0.lower) }.map { $0..<$0 + 1 }
}

/// A deliverable standing alone: "Training programme for shift supervisors", "new website for the parish".
private func deliverable(_ reading: OKRReading, hasMetric: Bool) -> Range<Int>? {
    let words = reading.words
    let start = reading.start
    guard !hasMetric, !reading.hasFiniteVerb(from: start), words.count <= 14 else { return nil }
    let end = reading.endOfPhrase(from: start)
    guard end > start, let head = words[start..<end].last(where: \.isPlain),
        OKRWords.deliverables.contains(head.lower), !OKRWords.change.contains(reading.lower(start)),
        !ObjectiveWords.emptyVerbs.contains(reading.lower(start)),
        reading.lower(start) == head.lower
            || !ObjectiveWords.isCommand(words, start),
        !words[start..<end].contains(where: { ObjectiveWords.abstract.contains($0.lower) })
    else { return nil }
    return start..<end
}

// MARK: Vague

/// The empty words of an objective that holds nothing else.
private func vagueness(_ reading: OKRReading) -> Range<Int>? {
    let words = reading.words
    // "In order to …" pads; a plain "to …" may be what makes it concrete.
    let purpose = reading.purpose().flatMap { reading.lower($0) == "to" ? nil : $0 }
    let content = words.indices.prefix(purpose ?? words.count).filter { index in
        words[index].isPlain && !reading.isDated(index) && !ObjectiveWords.light.contains(words[index].lower)
    }
    if ObjectiveWords.clichés.first(in: words) != nil, content.count <= 7 {
        return ObjectiveWords.clichés.first(in: words)
    }
    let specific = content.filter { !ObjectiveWords.isEmpty(words[$0]) }
    guard let first = content.first, let last = content.last else {
        return words.isEmpty ? nil : 0..<words.count
    }
    let isBareImprovement = ObjectiveWords.improving.contains(reading.lower(reading.start))
    if specific.isEmpty { return first..<last + 1 }
    let isEmptyLead = ObjectiveWords.emptyVerbs.contains(reading.lower(reading.start))
    let abstract = content.filter { ObjectiveWords.abstract.contains(words[$0].lower) }
    if isEmptyLead, specific.count <= 1, abstract.count >= 2, !reading.hasClause() {
        return first..<last + 1
    }
    // "Improve documentation": better in which way?
    if isBareImprovement, reading.purpose() == nil, content.count <= 5, specific.count <= 3,
        words.count <= 10, !reading.hasClause()
    {
        return first..<last + 1
    }
    return nil
}

// MARK: Compound

private func compound(_ reading: OKRReading, isWork: Bool) -> Range<Int>? {
    let words = reading.words
    if let joint = reading.parallelSentence() { return joint }
    let opens = reading.start
    let isCommand = isWork || ObjectiveWords.isCommand(words, opens)
    if isCommand {
        if let joint = reading.secondCommand(after: opens, isCommand: { ObjectiveWords.isCommand(words, $0) }) {
            return joint
        }
        if !isWork, let joint = pairedStates(reading) { return joint }
    }
    if !isWork, let joint = listOfValues(reading) { return joint }
    return isWork ? nil : secondClause(reading)
}

/// "Be the safest depot and the cheapest one to run", "loved by developers, trusted by CFOs and feared by …".
private func pairedStates(_ reading: OKRReading) -> Range<Int>? {
    let words = reading.words
    guard ["be", "become", "grow", "win"].contains(reading.lower(reading.start)) else { return nil }
    for index in words.indices.dropFirst(2) where ["and", "&", "+"].contains(words[index].lower) {
        let isSuperlative =
            reading.lower(index + 1) == "the"
            && (reading.lower(index + 2).hasSuffix("est")
                || ["most", "best"].contains(reading.lower(index + 2)))
        let isBy = reading.lower(index + 2) == "by" && words[..<index].contains { $0.lower == "by" }
        if isSuperlative || isBy { return index..<index + 1 }
    }
    return nil
}

/// "Improve quality, speed and collaboration": values in a row behind one verb.
private func listOfValues(_ reading: OKRReading) -> Range<Int>? {
    let words = reading.words
    guard
        ObjectiveWords.improving.contains(reading.lower(reading.start))
            || OKRWords.change.contains(reading.lower(reading.start)),
        words.count <= 10, reading.purpose() == nil
    else { return nil }
    let commas = words.indices.filter { words[$0].lower == "," && !reading.isDated($0) }
    guard let comma = commas.first, let and = words.lastIndex(where: { $0.lower == "and" }), and > comma
    else { return nil }
    return and..<and + 1
}

/// A second subject with a verb of its own behind "and", "while", a comma or a semicolon.
private func secondClause(_ reading: OKRReading) -> Range<Int>? {
    let words = reading.words
    for index in words.indices.dropFirst(3) where ObjectiveWords.clauseJoints.contains(words[index].lower) {
        let isComma = words[index].lower == ","
        let isMeanwhile =
            words[index].lower == "while"
            && words[index...].prefix(5).contains { ["is", "are"].contains($0.lower) }
        if isMeanwhile { continue }
        guard index > reading.start, reading.hasVerb(in: reading.start..<index),
            reading.startsClause(at: index + 1)
        else { continue }
        if isComma, ObjectiveWords.afterComma.contains(reading.lower(index + 1)) { continue }
        return index..<index + 1
    }
    return nil
}

extension OKRReading {
    /// Two sentences, or two parts held by ";" or "+", each with something to say.
    func parallelSentence() -> Range<Int>? {
        for index in words.indices where [".", ";", "+", "!"].contains(words[index].lower) {
            let before = words[start..<max(start, index)].filter { $0.isPlain }.count
            let after = words[(index + 1)...].filter { $0.isPlain }.count
            let isPoint = words[index].lower == "."
            let isClosed =
                !isPoint || index + 1 < words.count && words[index + 1].shape.contains(.capitalised)
            if before >= 3, after >= 3, isClosed { return index..<index + 1 }
        }
        return nil
    }

    /// The end of an object that may hold "and": the first preposition, mark or date.
    func endOfObject(from start: Int) -> Int {
        var end = endOfPhrase(from: start)
        while end < words.count, ["and", "or", ","].contains(lower(end)) { end = endOfPhrase(from: end + 1) }
        return end
    }

    func hasVerb(in range: Range<Int>) -> Bool {
        range.contains {
            words.indices.contains($0) && (isFinite($0) || ObjectiveWords.isCommand(words, $0) && $0 == start)
        }
    }

    func isFinite(_ index: Int) -> Bool {
        let lower = words[index].lower
        if OKRReading.finite.contains(lower) { return true }
        return words[index].isPlain && ObjectiveWords.clauseVerbs.contains(words[index].stem)
    }

    /// Whether a subject and its verb follow within a few words: not a verb at once ("and stay"), not a
    /// phrase without a verb ("and their reports").
    func startsClause(at start: Int) -> Bool {
        var at = start
        while ["also", "the", "our", "every", "all", "and", "that"].contains(lower(at)) { at += 1 }
        guard at < words.count, words[at].isPlain, !isFinite(at),
            !ObjectiveWords.noSubject.contains(lower(at))
        else {
            return false
        }
        if ObjectiveWords.isCommand(words, at), isDeterminer(lower(at + 1)) { return false }
        var verb = at + 1
        while verb < min(words.count, at + 5) {
            let lower = words[verb].lower
            if words[verb].isPunctuation
                || ["who", "that", "which", "to", "without", "where"].contains(lower)
            {
                return false
            }
            if isFinite(verb) { return true }
            verb += 1
        }
        return false
    }

    /// A subordinate clause or purpose: something that makes a bare improvement concrete.
    func hasClause() -> Bool {
        words[start...].contains {
            ["so", "that", "where", "who", "until", "without", "because"].contains($0.lower)
        }
    }
}
