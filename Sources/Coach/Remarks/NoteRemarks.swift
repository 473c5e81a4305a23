// What the coach says about running text: notes line by line, and a brief as a whole.

/// A remark on a note, and where in the note it belongs.
public struct NoteRemark: Sendable, Hashable {
    /// The line, counted from 1.
    public let line: Int
    /// The place on that line in Unicode scalars, counted from 1.
    public let column: Int
    /// The remark; its marks count from the start of the whole note.
    public let remark: Remark
}

/// All remarks on a note in the order of its text, without a limit: for plain files, not for a page.
///
/// A heading is judged as a title; a line that begins with "Objective:" or "KR 1:" as that; every other sentence by
/// what it gives its reader.
public func remarks(onNote text: String) -> [NoteRemark] {
    let judge = SignalJudge()
    return sentences(in: text).flatMap { sentence in
        remarks(on: sentence, judge).map { remark in
            let moved = remark.moved(by: sentence.range.lowerBound)
            let offset = remark.marks.first?.lowerBound ?? 0
            return NoteRemark(line: sentence.line, column: sentence.column + offset, remark: moved)
        }
    }
}

private func remarks(on sentence: Sentence, _ judge: SignalJudge) -> [Remark] {
    if sentence.form == .heading { return remarks(on: sentence.text, as: .sessionTitle()) }
    if let kind = okrTag(sentence.text) { return Remark.okr(sentence.text, as: kind) }
    return Remark.signal(sentence.text, judge.judge(sentence.text)).map { [$0] } ?? []
}

/// What a line says it is: "Objective: …", "O1: …", "Key result: …", "KR 2.1: …".
private func okrTag(_ text: String) -> OKRKind? {
    let opening = words(in: String(text.prefix(40)))
    guard let colon = opening.prefix(4).firstIndex(where: { $0.lower == ":" }), let first = opening.first
    else {
        return nil
    }
    if first.lower == "objective" || ["o1", "o2", "o3", "o4", "o5"].contains(first.lower) {
        return .objective
    }
    if first.lower.hasPrefix("kr"), first.lower.dropFirst(2).allSatisfy({ $0.isNumber || $0 == "." }) {
        return .keyResult
    }
    return first.lower == "key" && colon > 1 && opening[1].lower == "result" ? .keyResult : nil
}

/// The remarks on a brief as a whole (practices 15 to 18): what it lacks before what it says too much of.
func briefRemarks(_ text: String, wordBudget: Int) -> [Remark] {
    let judge = SignalJudge()
    let judged = sentences(in: text).prefix(400).map { ($0, judge.judge($0.text)) }
    let signals = judged.map(\.1.label).filter { $0 != .context }
    let count = words(in: text).filter { !$0.isPunctuation && !$0.shape.contains(.emoji) }.count
    var remarks: [Remark] = []
    if let status = allStatus(text, judged) { remarks.append(status) }
    if remarks.isEmpty, signals.count >= 3, !signals.contains(.outcome) { remarks.append(.noOutcome(text)) }
    if signals.count >= 3, !signals.contains(.move) { remarks.append(.noMove(text)) }
    if wordBudget > 0, count > wordBudget {
        remarks.append(.overBudget(text, words: count, budget: wordBudget))
    }
    for (sentence, judgement) in judged where judgement.label == .handoff {
        if let remark = Remark.signal(sentence.text, judgement) {
            remarks.append(remark.moved(by: sentence.range.lowerBound))
        }
    }
    return remarks
}

/// Every sentence that says something reports activity, and the coach is sure of most of them.
private func allStatus(_ text: String, _ judged: [(Sentence, SignalJudgement)]) -> Remark? {
    let telling = judged.filter { $0.1.label != .context }
    guard telling.count >= 2, telling.allSatisfy({ $0.1.label == .activity }) else { return nil }
    let sure = telling.filter(\.1.isSure)
    guard sure.count * 2 > telling.count else { return nil }
    let marks = sure.prefix(2).compactMap { sentence, judgement in
        judgement.marks.first.map {
            $0.lowerBound + sentence.range.lowerBound..<$0.upperBound + sentence.range.lowerBound
        }
    }
    return .allStatus(text, marks: marks)
}

extension Remark {
    /// The remark on a sentence that reports work or hands the thinking over; nil for any other, and when the
    /// coach isn't sure (practice 21).
    public static func signal(_ text: String, _ judgement: SignalJudgement) -> Remark? {
        guard judgement.isSure else { return nil }
        // The key is the sentence, so that a better judge, with other marks, keeps what was dismissed away.
        let sentence = 0..<text.unicodeScalars.count
        switch judgement.label {
        case .activity:
            return Remark(
                rule: "signal.activity", label: "reads as activity", in: text, marks: judgement.marks,
                about: sentence, seen: "\(text.quotedFirst(of: judgement.marks)) reports work.",
                why: "What it changed, or what you make of it, is what your reader can act on.",
                question: "What is different for someone because of it?",
                starters: [
                    "The most important outcome I'm focused on right now is …", "What I'm seeing is …",
                    "My recommendation is …",
                ])
        case .handoff:
            return Remark(
                rule: "signal.handoff", label: "hands over the thinking", in: text, marks: judgement.marks,
                about: sentence, seen: "\(text.quoted) leaves the weighing to your reader.",
                why:
                    "A view of your own, even a tentative one, gives them something to agree with or to change.",
                question: "What would you do if it were yours to decide?",
                starters: [
                    "My recommendation is to …", "What I need from you is …",
                    "The trade-off I'm weighing is …",
                ])
        case .outcome, .insight, .move, .context: return nil
        }
    }

    static func allStatus(_ text: String, marks: [Range<Int>]) -> Remark {
        Remark(
            rule: "brief.status", label: "all status", in: text, marks: marks,
            seen: marks.isEmpty
                ? "All of it reports work."
                : "\(text.quotedFirst(of: marks)) and the rest report work.",
            why: "Status can go ahead in writing and leave the time together for what it means.",
            question: "What is the one result all of this is for?",
            starters: ["The most important outcome I'm focused on right now is …", "What I'm seeing is …"])
    }

    static func noOutcome(_ text: String) -> Remark {
        Remark(
            rule: "brief.outcome", label: "no outcome named", in: text,
            seen: "No result is named yet.",
            why: "A reader who knows what you are driving can place everything else.",
            question: "Which result matters most right now, and what does it do for the business?",
            starters: ["The most important outcome I'm focused on right now is …"])
    }

    static func noMove(_ text: String) -> Remark {
        Remark(
            rule: "brief.move", label: "no ask", in: text,
            seen: "It doesn't yet ask, recommend or decide anything.",
            why: "A reader who knows what you need can give it.",
            question: "What should your reader decide, back or know after this?",
            starters: ["My recommendation is …", "What I need from you is …", "The decision I'm making is …"])
    }

    static func overBudget(_ text: String, words: Int, budget: Int) -> Remark {
        Remark(
            key: "brief.budget", label: "over the word budget", marks: [],
            seen: "It has \(words) words; \(budget) fit the reading time.",
            why: "What comes first is read; what comes last may not be.",
            question: "Which part could go ahead as status?", starters: [])
    }
}
