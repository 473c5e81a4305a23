// What the coach remarks on, field by field: the one call that pages, e-mail and command line make.

/// A field that the coach reads along with. The same words mean different things in different places: "Weekly"
/// says nothing over a meeting and a good deal in a note.
public enum CoachField: Sendable, Hashable {
    /// The title of a session or meeting, and the names of those who meet: they say nothing of its purpose either.
    case sessionTitle(people: [String] = [])
    /// The title of one item on an agenda.
    case agendaTitle
    /// The name of a piece of work.
    case workTitle
    /// A question to be put to someone for feedback.
    case feedbackQuestion
    /// An action that someone takes on; whether the fields beside it already name an owner and a day.
    case commitment(hasOwner: Bool, hasDate: Bool)
    /// An objective.
    case objective
    /// A key result of a dated cycle.
    case keyResult
    /// The name of a key result whose figures, steps or yes stand in fields of their own.
    case keyResultTitle
    /// Running text: notes, preparation, a comment.
    case note
    /// A brief as a whole, and how many words fit its reading time.
    case brief(wordBudget: Int)
}

/// The most remarks the coach makes on one field: more would be a marking, not a conversation.
public let remarkLimit = 2

/// What the coach has to say about a text, at most `remarkLimit` remarks, the weightier first. Empty when the text
/// is fine, empty, or when the coach is unsure.
///
/// Pure and quick: no network, no files, no state, the same answer on every run, in time linear in the length of
/// the text. Inside a type with a `remarks` of its own, call it as `Coach.remarks(on:as:)`.
///
/// - Parameters:
///   - text: What the person typed; any text at all.
///   - field: Where they typed it.
///   - dismissed: The keys of remarks that the person waved away on this field.
public func remarks(on text: String, as field: CoachField, dismissed: Set<String> = []) -> [Remark] {
    remarks(on: text, as: field) { dismissed.contains($0.key) }
}

/// The same, for a caller that knows dismissed remarks by something other than their keys.
///
/// - Parameter isDismissed: Whether the person waved this remark away on this field.
public func remarks(
    on text: String, as field: CoachField, isDismissed: (Remark) -> Bool
) -> [Remark] {
    Array(allRemarks(on: text, as: field).filter { !isDismissed($0) }.prefix(remarkLimit))
}

/// All that the coach sees in a text, the weightiest first: for a caller that chooses and limits by itself.
public func allRemarks(on text: String, as field: CoachField) -> [Remark] {
    switch field {
    case .sessionTitle(let people): return titleRemarks(text, people: people, isAgenda: false)
    case .agendaTitle: return titleRemarks(text, isAgenda: true)
    case .workTitle: return workRemarks(text)
    case .feedbackQuestion: return closedQuestions(in: text).map { .closedQuestion(text, $0) }
    case .commitment(let hasOwner, let hasDate):
        return commitmentRemarks(text, hasOwner: hasOwner, hasDate: hasDate)
    case .objective: return Remark.okr(text, as: .objective)
    case .keyResult: return Remark.okr(text, as: .keyResult)
    case .keyResultTitle: return Remark.okr(text, as: .keyResult, isMeasuredElsewhere: true)
    case .note: return remarks(onNote: text).map(\.remark)
    case .brief(let wordBudget): return briefRemarks(text, wordBudget: wordBudget)
    }
}

private func titleRemarks(_ text: String, people: [String] = [], isAgenda: Bool) -> [Remark] {
    switch judgeTitle(text, people: people) {
    case .empty(let marks): return [.emptyTitle(text, marks: marks)]
    case .status(let marks) where isAgenda: return [.statusTitle(text, marks: marks)]
    case .status, nil: return []
    }
}

/// A name that tells nothing, or work that can never be done.
private func workRemarks(_ text: String) -> [Remark] {
    if case .empty(let marks) = judgeTitle(text) { return [.emptyWork(text, marks: marks)] }
    return commitmentRemarks(text, hasOwner: true, hasDate: true)
}

private func commitmentRemarks(_ text: String, hasOwner: Bool, hasDate: Bool) -> [Remark] {
    let faults = judgeCommitment(text, hasOwner: hasOwner, hasDate: hasDate)
    return [
        faults.noFinishLine.map { .noFinishLine(text, mark: $0) },
        .unassigned(text, noOwner: faults.noOwner, noDate: faults.noDate),
    ].compactMap { $0 }
}
