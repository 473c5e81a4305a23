// Judges a question that someone will be asked for feedback: can it be answered with yes or no?

/// A closed question and how it could be asked so that the answer tells something.
struct ClosedQuestion: Equatable {
    /// The words that close it: the verb and its subject ("Am I").
    let mark: Range<Int>
    /// The whole question.
    let sentence: Range<Int>
    /// The same question in an open form.
    let openForm: String
}

/// The closed questions of a text, in order (practice 8). A polite request for a story ("Could you tell me
/// what …") and a question with a question word are open.
func closedQuestions(in text: String) -> [ClosedQuestion] {
    sentences(in: text).prefix(50).compactMap { sentence in
        let words = words(in: sentence.text)
        guard let found = closedQuestion(words) else { return nil }
        let mark = words.place(found.mark)
        return ClosedQuestion(
            mark: mark.lowerBound + sentence.range.lowerBound..<mark.upperBound + sentence.range.lowerBound,
            sentence: sentence.range, openForm: found.openForm)
    }
}

private func closedQuestion(_ words: [Word]) -> (mark: Range<Int>, openForm: String)? {
    guard words.count <= 60 else { return nil }
    if let tag = closingTag(words) { return (tag, "How do you see it?") }
    if let short = shortQuestion(words) { return short }
    for start in clauseStarts(words) {
        guard start + 1 < words.count else { continue }
        let verb = words[start]
        guard QuestionWords.auxiliaries.contains(verb.lower) else { continue }
        guard let subjectEnd = endOfSubject(words, from: start + 1) else { continue }
        let rest = subjectEnd..<lastWord(words)
        guard !asksForAStory(words, verb: verb, rest: rest),
            !asksForLeave(words, verb: verb, at: start + 1, rest)
        else { return nil }
        let parts = QuestionParts(words: words, verb: start, subject: start + 1..<subjectEnd, rest: rest)
        return (start..<subjectEnd, openForm(of: parts))
    }
    return nil
}

/// "Any feedback on the deck?": the same as "Do you have any …".
private func shortQuestion(_ words: [Word]) -> (mark: Range<Int>, openForm: String)? {
    guard words.count > 1, words[0].lower == "any", words.last?.lower == "?" else { return nil }
    let parts = QuestionParts(words: words, verb: 0, subject: 0..<1, rest: 0..<lastWord(words))
    return openHave(parts).map { (0..<min(2, words.count), $0) }
}

/// Where a question may begin: at the first word, behind an opening ("So," "In your view,"), or behind
/// the last comma or dash; not behind a question word.
private func clauseStarts(_ words: [Word]) -> [Int] {
    var starts = [0]
    for (index, word) in words.enumerated().prefix(24) {
        if QuestionWords.open.contains(word.lower) { break }
        if [",", ":", "-", "–", "—", "…"].contains(word.lower) { starts.append(index + 1) }
        if index == starts.last, QuestionWords.openings.contains(word.lower) { starts.append(index + 1) }
    }
    return starts
}

/// The end of the subject behind the verb: a pronoun, "there", or a short noun phrase with a determiner.
/// Nil when none stands there, as in a request or a statement.
private func endOfSubject(_ words: [Word], from start: Int) -> Int? {
    let first = words[start]
    if QuestionWords.pronouns.contains(first.lower) {
        let isDeterminer = ["this", "that", "these", "those"].contains(first.lower)
        guard isDeterminer, start + 2 < words.count, words[start + 1].isPlain,
            !QuestionWords.follows.contains(words[start + 1].lower)
        else { return start + 1 }
        return start + 2
    }
    if first.shape.contains(.capitalised), start > 0, first.isPlain { return start + 1 }
    guard QuestionWords.determiners.contains(first.lower) else { return nil }
    var end = start + 1
    while end < min(words.count, start + 4), words[end].isPlain,
        !QuestionWords.follows.contains(words[end].lower)
    {
        end += 1
        if end - start >= 2, end < words.count, endsPhrase(words, end) { break }
    }
    return end > start + 1 ? end : nil
}

/// Whether the word behind a noun can't belong to it any more.
private func endsPhrase(_ words: [Word], _ index: Int) -> Bool {
    let word = words[index]
    return !word.isPlain || QuestionWords.follows.contains(word.lower)
        || QuestionWords.gradable.contains(word.lower) || QuestionWords.commonVerbs.contains(word.stem)
}

private func lastWord(_ words: [Word]) -> Int {
    var end = words.count
    while end > 0, words[end - 1].isPunctuation { end -= 1 }
    return end
}

/// "Could you tell me …", "Can you walk me through …", and anything with a question word inside a request.
private func asksForAStory(_ words: [Word], verb: Word, rest: Range<Int>) -> Bool {
    guard let next = rest.first, next < rest.upperBound else { return false }
    if QuestionWords.story.match(words, at: next) != nil { return true }
    let skips = ["please", "maybe", "perhaps", "also", "kindly"].contains(words[next].lower)
    if skips, next + 1 < rest.upperBound, QuestionWords.story.match(words, at: next + 1) != nil {
        return true
    }
    let isModal = ["can", "could", "would", "will"].contains(verb.lower)
    return isModal && words[rest].contains { QuestionWords.open.contains($0.lower) }
}

/// "Can we meet on Friday", "May I add something": asks for leave rather than for feedback.
private func asksForLeave(_ words: [Word], verb: Word, at subject: Int, _ rest: Range<Int>) -> Bool {
    guard ["can", "may", "will", "might"].contains(verb.lower), ["i", "we"].contains(words[subject].lower)
    else {
        return false
    }
    return !words[rest].contains {
        ["improve", "help", "do", "better", "differently", "more", "contribute"].contains($0.lower)
    }
}

/// "…, right?", "…, don't you think?": asks for a nod.
private func closingTag(_ words: [Word]) -> Range<Int>? {
    guard words.last?.lower == "?" else { return nil }
    let end = lastWord(words)
    guard end > 2, let comma = words[..<end].lastIndex(where: { $0.lower == "," }), end - comma <= 4,
        QuestionWords.tags.match(words, at: comma + 1) == end - comma - 1
    else { return nil }
    return comma + 1..<end
}

private struct QuestionParts {
    let words: [Word]
    let verb: Int
    let subject: Range<Int>
    let rest: Range<Int>

    var verbWord: String { words[verb].lower }
    var subjectText: String { text(subject) }
    var restText: String { text(rest) }

    func text(_ range: Range<Int>) -> String {
        var text = ""
        for word in words[range] {
            if !text.isEmpty, !word.isPunctuation { text += " " }
            text += word.text
        }
        return text
    }

    func rest(startsWith phrases: Phrases) -> Range<Int>? {
        guard let next = rest.first, let count = phrases.match(words, at: next) else { return nil }
        return min(next + count, rest.upperBound)..<rest.upperBound
    }
}

/// An open form of the same question. Built from the person's own words where the grammar is plain, else one of
/// the two that always fit.
private func openForm(of parts: QuestionParts) -> String {
    let subject = parts.subjectText
    let isMe = subject.lowercased() == "i"
    if ["am", "was"].contains(parts.verbWord), isMe { return "What is going well from where you stand?" }
    if subject.lowercased() == "there" { return openThere(parts) }
    if let form = openHave(parts) ?? openOpinion(parts) ?? openShould(parts) ?? openState(parts)
        ?? openAbility(parts)
    {
        return form
    }
    let isThing =
        parts.subject.count > 1 || ["it", "this", "that"].contains(subject.lowercased())
        || parts.words[parts.subject.lowerBound].shape.contains(.capitalised)
    if ["did", "does", "do"].contains(parts.verbWord), !isMe, isThing, !parts.rest.isEmpty {
        return openManner(parts)
    }
    if isMe { return "Where could I add more value?" }
    return "What is going well from where you stand?"
}

/// "Is there anything I should change" and "Are there any risks".
private func openThere(_ parts: QuestionParts) -> String {
    if let rest = parts.rest(startsWith: ["anything", "something", "any thing"]) {
        let clause = parts.text(rest)
        return clause.isEmpty ? "What is on your mind?" : "What is one thing \(clause)?"
    }
    if let rest = parts.rest(startsWith: ["any", "some", "a", "an"]), !rest.isEmpty {
        var noun = rest
        let tails: [[String]] = [["that", "you", "see"], ["you", "see"], ["you", "would", "change"]]
        for tail in tails
        where parts.words[noun].suffix(tail.count).map(\.lower) == tail && noun.count > tail.count {
            noun = noun.lowerBound..<noun.upperBound - tail.count
        }
        return "Which \(parts.text(noun)) do you see?"
    }
    return "What do you see from where you stand?"
}

/// "Do you have any feedback on …".
private func openHave(_ parts: QuestionParts) -> String? {
    guard let rest = parts.rest(startsWith: ["have any", "have some", "have", "see any", "got any", "any"]),
        ["do", "have", "any"].contains(parts.verbWord), let noun = rest.first
    else { return nil }
    let topic = noun + 1 < rest.upperBound ? " " + parts.text(noun + 1..<rest.upperBound) : ""
    switch parts.words[noun].stem {
    case "feedback", "comment", "suggestion", "idea", "advic", "advice", "thought", "input", "tip":
        let about = topic.hasPrefix(" for me") || topic.hasPrefix(" for us") ? "" : topic
        return "What is one thing you would change\(about.replacing(prefix: " on ", with: " about "))?"
    case "concern", "worry", "doubt": return "What concerns you most\(topic)?"
    case "question": return "What is still unclear\(topic.replacing(prefix: " on ", with: " about "))?"
    default: return nil
    }
}

/// "Do you think …", "Are you happy with …", "Do you like …", "Do you agree with …".
private func openOpinion(_ parts: QuestionParts) -> String? {
    guard ["you"].contains(parts.subjectText.lowercased()) else { return nil }
    if let rest = parts.rest(startsWith: [
        "happy with", "satisfied with", "okay with", "ok with", "pleased with", "comfortable with",
        "content with",
    ]), !rest.isEmpty {
        return "What works for you in \(parts.text(rest)), and what would you change?"
    }
    if let rest = parts.rest(startsWith: ["like", "enjoy"]), !rest.isEmpty {
        return "What do you like about \(parts.text(rest)), and what would you change?"
    }
    if let rest = parts.rest(startsWith: ["agree with"]), !rest.isEmpty {
        return "Where do you agree with \(parts.text(rest)), and where not?"
    }
    if let rest = parts.rest(startsWith: [
        "noticed any", "seen any", "heard any", "noticed", "seen", "heard",
    ]), !rest.isEmpty {
        return "What have you \(parts.words[parts.rest.lowerBound].lower) of \(parts.text(rest))?"
    }
    if let rest = parts.rest(startsWith: [
        "think i should", "think we should", "feel i should", "feel we should",
    ]),
        !rest.isEmpty
    {
        let who = parts.words[rest.lowerBound - 2].lower == "i" ? "I" : "we"
        return "What would tip the balance on whether \(who) \(parts.text(rest))?"
    }
    if parts.rest(startsWith: ["think", "feel", "believe", "feel that", "think that"]) != nil {
        return "What is going well from where you stand?"
    }
    return nil
}

/// "Should we …": asks what the choice depends on.
private func openShould(_ parts: QuestionParts) -> String? {
    guard ["should", "shall", "must", "ought"].contains(parts.verbWord), !parts.rest.isEmpty else {
        return nil
    }
    return "What would tip the balance on whether \(parts.subjectText) \(parts.restText)?"
}

/// "Could I have done anything differently" asks what; "Can I help you more" asks how.
private func openAbility(_ parts: QuestionParts) -> String? {
    guard ["can", "could"].contains(parts.verbWord), ["i", "we"].contains(parts.subjectText.lowercased()),
        !parts.rest.isEmpty
    else { return nil }
    let subject = parts.subjectText.lowercased() == "i" ? "I" : "we"
    guard let any = parts.rest.first(where: { ["anything", "something"].contains(parts.words[$0].lower) })
    else {
        return "How \(parts.verbWord) \(subject) \(parts.restText)?"
    }
    let before = parts.text(parts.rest.lowerBound..<any)
    let after = parts.text(any + 1..<parts.rest.upperBound)
    let rest = [before, after].filter { !$0.isEmpty }.joined(separator: " ")
    return "What \(parts.verbWord) \(subject) \(rest)?"
}

/// "Is the handover clear enough" asks how clear it is.
private func openState(_ parts: QuestionParts) -> String? {
    guard ["is", "are", "was", "were"].contains(parts.verbWord) else { return nil }
    let rest = parts.words[parts.rest].filter {
        !["still", "really", "now", "very", "quite"].contains($0.lower)
    }
    guard let adjective = rest.first, QuestionWords.gradable.contains(adjective.lower) else { return nil }
    let tail = rest.dropFirst().filter { $0.lower != "enough" }.map(\.text).joined(separator: " ")
    let subject = parts.subjectText
    let form = "How \(adjective.lower) \(parts.verbWord) \(subject)"
    return tail.isEmpty ? "\(form)?" : "\(form) \(tail)?"
}

/// "Did the launch go well" and "Does my report help you".
private func openManner(_ parts: QuestionParts) -> String {
    if parts.words[parts.rest].contains(where: { ["go", "gone", "went"].contains($0.lower) }) {
        return "What went well in \(parts.subjectText), and what would you change?"
    }
    let dropped = ["well", "enough", "ok", "okay", "clearly", "properly"]
    var rest = parts.rest
    while let last = rest.last, dropped.contains(parts.words[last].lower) { rest = rest.lowerBound..<last }
    guard !rest.isEmpty, !["have", "has"].contains(parts.verbWord) else {
        return "What is going well from where you stand?"
    }
    return "How \(parts.verbWord) \(parts.subjectText) \(parts.text(rest)), and where not yet?"
}

extension String {
    fileprivate func replacing(prefix: String, with other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}

private enum QuestionWords {
    static let auxiliaries: Set<String> = list(
        """
        am, is, are, was, were, do, does, did, have, has, had, can, could, will, would, should, shall,
        may, might, must, isn't, aren't, wasn't, weren't, don't, doesn't, didn't, haven't, hasn't, can't,
        couldn't, won't, wouldn't, shouldn't
        """)
    static let open: Set<String> = [
        "what", "how", "why", "which", "who", "whom", "whose", "when", "where", "what's", "how's", "where's",
        "who's",
    ]
    static let openings: Set<String> = list(
        """
        so, and, but, also, ok, okay, hi, hey, hello, well, first, overall, generally, honestly, lately,
        now, please, or, then
        """)
    static let pronouns: Set<String> = list(
        """
        i, you, we, he, she, they, it, there, this, that, these, those, anyone, anybody, everyone,
        anything, everything, something, someone
        """)
    static let determiners: Set<String> = list(
        """
        the, my, our, your, his, her, their, its, a, an, any, all, each, every, both
        """)
    /// Words that can't stand inside a subject.
    static let follows: Set<String> = list(
        """
        is, are, was, been, be, to, for, in, on, at, with, from, about, by, and, or, not, still, really,
        too, more, less, very, right, wrong, going, doing, working, meeting, getting, helping, enough, well, now, ever,
        always, often, clear, okay, ok, good, fine
        """)
    static let gradable: Set<String> = list(
        """
        clear, useful, helpful, realistic, fair, easy, hard, difficult, good, ready, happy, comfortable,
        confident, manageable, sustainable, effective, valuable, relevant, visible, open, safe, fast,
        quick, slow, strong, long, short, accurate, reliable, complete, important, likely, heavy, high,
        low, close, far, stressful, satisfied, transparent, productive, supportive, available,
        responsive, ambitious, achievable, understandable
        """)
    static let commonVerbs: Set<String> = list(
        """
        go, help, work, meet, make, give, fit, feel, cover, answer, bring, serve, support, match, show,
        sound, look, need, want, get, read, land, add, run, align, reach
        """)
    /// Requests that open with a modal verb and still ask for a story.
    static let story = Phrases(
        """
        tell, describe, explain, share, walk, give me an example, give an example, give me examples,
        give us an example, name, list, say more, say a bit, show, elaborate, talk me, talk us,
        help me understand, help us understand, think of, recall, point, give me one, give me two,
        like to tell, be willing to share
        """)
    static let tags = Phrases(
        """
        right, correct, ok, okay, yes, no, don't you think, isn't it, aren't i, am i, are you, don't you,
        do you, wasn't it, isn't that so, agreed, is it, won't you, haven't i, didn't i
        """)
}
