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
        if before.contains(where: { ["under", "within", "below", "less"].contains($0) }) { return true }
        return before.contains { ObjectiveWords.bounds.contains($0) } && opensWithChange(reading)
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
    // "Use templates to improve speed": the means, named before the end.
    if reading.lower(reading.start) == "use", reading.purpose() != nil {
        return reading.start..<reading.start + 1
    }
    if let told = reading.toldByUs() { return makesState(reading, behind: told.upperBound) ? nil : told }
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
    // "Design, build and run …": so many verbs name a project.
    if commands(reading, from: verb) > 2 { return false }
    if hasMetric { return isCountedAim(reading, name, behind: behind) }
    if ObjectiveWords.openVerbs.contains(name) { return !isFiniteWork(reading, verb: verb, behind: behind) }
    if ObjectiveWords.makers.contains(name) { return makesState(reading, behind: behind) }
    if ["modernise", "modernize"].contains(name) {
        return behind >= reading.words.count || ["and", ",", "our"].contains(reading.lower(behind))
    }
    return ["fix", "repair", "remove"].contains(name)
        && reading.words[behind...].contains { ObjectiveWords.conditions.contains($0.lower) }
}

/// How many verbs stand in a row before their object.
private func commands(_ reading: OKRReading, from start: Int) -> Int {
    var count = 0
    var at = start
    while ObjectiveWords.isCommand(reading.words, at) {
        count += 1
        at += 1
        let joint = at
        while [",", "and", "&"].contains(reading.lower(at)) { at += 1 }
        if at == joint { break }
    }
    return count
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
    case "start" where reading.lower(verb + 1).hasSuffix("ing"): return true
    // "Prepare students for …" is an aim, "Prepare the budget" a piece of work.
    case "prepare":
        return !words[behind...].prefix(3).contains { ObjectiveWords.generic.contains($0.lower) }
            || !words[behind...].contains { $0.lower == "for" }
    case "start", "close", "convert", "share", "choose", "connect", "enable", "measure":
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
    // "In order to …" pads; a plain "to …" may be what makes it concrete, unless it is "to increase revenue".
    let purpose = reading.purpose().flatMap {
        reading.lower($0) != "to" || isGeneric(words[($0 + 1)...]) ? $0 : nil
    }
    let content = words.indices.prefix(purpose ?? words.count).filter { index in
        words[index].isPlain && !reading.isDated(index) && !ObjectiveWords.light.contains(words[index].lower)
    }
    if ObjectiveWords.clichés.first(in: words) != nil, content.count <= 7 {
        return ObjectiveWords.clichés.first(in: words)
    }
    // "In their first week" says when one would see it.
    let isTimed = words.indices.contains {
        words[$0].lower == "first" && ["their", "our", "the", "your"].contains(reading.lower($0 - 1))
            && $0 > reading.start + 3
    }
    if isTimed { return nil }
    let specific = content.filter { !ObjectiveWords.isEmpty(words[$0]) }
    guard let first = content.first, let last = content.last else {
        return words.isEmpty ? nil : 0..<words.count
    }
    let isBareImprovement = ObjectiveWords.improving.contains(reading.lower(reading.start))
    if specific.isEmpty { return first..<last + 1 }
    if let predicate = emptyPredicate(reading) { return predicate }
    // "Developer setup efficiency": a heading.
    let isHeading =
        content.count <= 4 && last == reading.endOfPhrase(from: reading.start) - 1 && !reading.hasFiniteVerb(from: 0)
        && !ObjectiveWords.isCommand(words, reading.start)
    if isHeading, ObjectiveWords.abstract.contains(words[last].lower) { return first..<last + 1 }
    let lead = leadOfAim(reading)
    if isPraisedThing(reading, behind: lead), specific.count <= 2 { return first..<last + 1 }
    // "Manage money better", "invest more in people": more of what, better how?
    if content.count <= 4, words.count <= 6, reading.purpose() == nil, !reading.hasClause(),
        ["better", "more", "smarter", "harder"].contains(where: {
            $0 == words[last].lower || $0 == reading.lower(reading.start + 1)
        })
    {
        return first..<last + 1
    }
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

/// Words that any organisation could say of anything.
private func isGeneric(_ words: ArraySlice<Word>) -> Bool {
    words.allSatisfy {
        !$0.isPlain || ObjectiveWords.isEmpty($0) || ObjectiveWords.light.contains($0.lower)
            || ObjectiveWords.gains.contains($0.lower) || $0.lower.hasSuffix("ly")
    }
}

/// Where the aim stands behind "We have", "To" and its verb.
private func leadOfAim(_ reading: OKRReading) -> Int {
    var at = reading.start
    while ["we", "to", "have", "has", "will", "our", "team"].contains(reading.lower(at)) { at += 1 }
    let isVerb =
        ObjectiveWords.emptyVerbs.contains(reading.lower(at))
        || ["laid", "set", "built", "got"].contains(reading.lower(at))
    if isVerb { at += 1 }
    return reading.lower(at) == "up" ? at + 1 : at
}

/// "The most efficient team", "a world-class platform", "a strong base": praise for a thing that anyone has.
private func isPraisedThing(_ reading: OKRReading, behind lead: Int) -> Bool {
    guard lead > reading.start, !reading.hasClause(), reading.purpose() == nil else { return false }
    let phrase = lead..<max(lead, reading.endOfPhrase(from: lead))
    guard let head = phrase.last(where: { reading.words[$0].isPlain }) else { return false }
    let isThing =
        ObjectiveWords.generic.contains(reading.lower(head)) || ObjectiveWords.abstract.contains(reading.lower(head))
    let specific = phrase.filter {
        reading.words[$0].isPlain && !ObjectiveWords.isEmpty(reading.words[$0])
            && !ObjectiveWords.light.contains(reading.lower($0)) && !ObjectiveWords.isPraise(reading.lower($0))
    }
    return isThing && specific.count <= 1 && phrase.contains { ObjectiveWords.isPraise(reading.lower($0)) }
}

/// "… is improved for everyone", "… continues to grow": a subject of which nothing is told but praise.
private func emptyPredicate(_ reading: OKRReading) -> Range<Int>? {
    let words = reading.words
    guard !ObjectiveWords.isCommand(words, reading.start), !reading.hasClause(),
        let verb = words.indices.dropFirst(reading.start + 1).first(where: {
            ["is", "are", "continues", "continue", "becomes", "become"].contains(words[$0].lower)
        }), verb <= reading.start + 5
    else { return nil }
    let predicate = words.indices.dropFirst(verb + 1).filter {
        words[$0].isPlain && !ObjectiveWords.light.contains(words[$0].lower)
    }
    guard let first = predicate.first, let last = predicate.last,
        predicate.contains(where: {
            ObjectiveWords.abstract.contains(words[$0].lower) || ObjectiveWords.isPraise(words[$0].lower)
        }),
        predicate.allSatisfy({ ObjectiveWords.isEmpty(words[$0]) || ObjectiveWords.isPraise(words[$0].lower) })
    else { return nil }
    return first..<last + 1
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
    if !isWork, let joint = listOfValues(reading) ?? pairedImprovements(reading) { return joint }
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

/// "Improve system reliability and developer productivity": one verb, two things to improve.
private func pairedImprovements(_ reading: OKRReading) -> Range<Int>? {
    let words = reading.words
    let first = reading.lower(reading.start)
    guard ObjectiveWords.improving.contains(first) || OKRWords.change.contains(first),
        let and = words.indices.first(where: { ["and", "&"].contains(words[$0].lower) })
    else { return nil }
    let left = reading.start + 1..<and
    let right = and + 1..<max(and + 1, reading.endOfStatement())
    let isPhrase = { (range: Range<Int>) in
        range.filter { words[$0].isPlain && !reading.isDeterminer(words[$0].lower) }.count >= 2
            && range.count <= 4
            && range.allSatisfy { words[$0].isPlain && reading.endOfPhrase(from: $0) > $0 && !reading.isFinite($0) }
    }
    return isPhrase(left) && isPhrase(right) && !ObjectiveWords.isCommand(words, and + 1) ? and..<and + 1 : nil
}

/// A second subject with a verb of its own behind "and", "while", a comma or a semicolon.
private func secondClause(_ reading: OKRReading) -> Range<Int>? {
    let words = reading.words
    let consequence =
        words.indices.first { reading.lower($0) == "so" && reading.lower($0 + 1) == "that" } ?? words.count
    for index in words.indices.prefix(consequence).dropFirst(3)
    where ObjectiveWords.clauseJoints.contains(words[index].lower) {
        let isComma = words[index].lower == ","
        let isMeanwhile =
            words[index].lower == "while"
            && words[index...].prefix(5).contains { ["is", "are"].contains($0.lower) }
        if isMeanwhile { continue }
        guard index > reading.start, reading.hasVerb(in: reading.start..<index),
            reading.startsClause(at: index + 1), !isInsideClause(reading, index)
        else { continue }
        if isComma, ObjectiveWords.afterComma.contains(reading.lower(index + 1)) { continue }
        return index..<index + 1
    }
    return nil
}

/// "The ease with which pets and owners are reunited": the joint stands in a clause that has no verb yet.
private func isInsideClause(_ reading: OKRReading, _ joint: Int) -> Bool {
    let opener = (reading.start..<joint).last { ["which", "that", "who", "where", "how"].contains(reading.lower($0)) }
    guard let opener else { return false }
    return !(opener + 1..<joint).contains { reading.isFinite($0) }
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
            // "This leads to …" goes on about the same.
            let goesOn = ["this", "that", "it", "they", "these", "so", "which"].contains(lower(index + 1))
            if before >= 3, after >= 3, isClosed, !goesOn { return index..<index + 1 }
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
