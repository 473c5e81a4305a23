// Judges a commitment or action: could two people agree that it has been done?

/// What a commitment leaves open.
struct CommitmentFaults: Equatable {
    /// The words without a finish line ("improve", "look into"); nil when it ends in something.
    var noFinishLine: Range<Int>?
    var noOwner: Bool
    var noDate: Bool
}

/// What a commitment leaves open (practice 10). Owner and date usually stand in fields of their own; `hasOwner`
/// and `hasDate` say so. A name or a day in the text counts too.
func judgeCommitment(_ text: String, hasOwner: Bool, hasDate: Bool) -> CommitmentFaults {
    let words = words(in: text)
    guard words.contains(where: \.isPlain) else {
        return CommitmentFaults(noFinishLine: nil, noOwner: false, noDate: false)
    }
    return CommitmentFaults(
        noFinishLine: openEnd(words).map(words.place),
        noOwner: !hasOwner && !namesOwner(words),
        noDate: !hasDate && Deadline.first(in: words) == nil)
}

/// The words that begin without an end, unless something else in the text says where it ends.
private func openEnd(_ words: [Word]) -> Range<Int>? {
    guard let range = CommitmentWords.openEnded.first(in: words), range.lowerBound <= 4,
        isLead(words[..<range.lowerBound])
    else { return nil }
    let behind = Array(words[range.upperBound...])
    if CommitmentWords.finished.first(in: behind) != nil { return nil }
    if hasFigure(behind) { return nil }
    return range
}

/// Only a subject and small words may stand before the verb: "I will try to", "Ana:", "We should".
private func isLead(_ words: ArraySlice<Word>) -> Bool {
    words.allSatisfy {
        $0.isPunctuation || $0.shape.contains(.capitalised) || $0.shape.contains(.handle)
            || CommitmentWords.lead.contains($0.lower)
    }
}

/// A figure that is no date: "to 40%", "three", "v2".
private func hasFigure(_ words: [Word]) -> Bool {
    let dates = Deadline.all(in: words)
    return words.indices.contains { index in
        words[index].isNumber && !dates.contains { $0.contains(index) }
    }
}

/// "I will …", "Ana: …", "@ana …", "Ana sends …".
private func namesOwner(_ words: [Word]) -> Bool {
    guard let first = words.first else { return false }
    if words.contains(where: { $0.shape.contains(.handle) && $0.text.hasPrefix("@") }) { return true }
    if words.prefix(3).contains(where: { ["i", "i'll", "i'm", "me", "my"].contains($0.lower) }) {
        return true
    }
    guard first.shape.contains(.capitalised), words.count > 1 else { return false }
    let next = words[1].lower
    return next == ":" || next == "to" || next == "will" || next == "and" && words.count > 3
        || CommitmentWords.thirdPerson.contains(next)
}

private enum CommitmentWords {
    static let openEnded = Phrases(
        """
        improve, improving, enhance, strengthen, boost, optimise, optimize, develop my, grow my,
        communicate, communicate better, communicate more, collaborate, work on, work more, work better,
        work towards, work with, look into, look at, looking into, have a look, take a look, explore,
        investigate, think about, think through, consider, reflect on, try to, try and, try harder,
        aim to, focus on, focus more, concentrate on, continue, keep going, keep working, keep on,
        keep pushing, keep improving, support, help, help out, assist, engage, engage more, be more,
        be better, be less, become more, get better, do better, do more, follow up, follow up on,
        follow up with, touch base, connect with, align with, sync with, liaise with, coordinate, drive,
        push, raise awareness, stay on top, keep an eye, monitor, manage, handle, deal with,
        take care of, sort out, figure out, research, dig into, learn more, learn about, read up,
        get up to speed, be proactive, step up, own, take ownership, spend more time, pay more attention,
        pay attention, see if, see what, see how, discuss, talk about, chat about, start thinking,
        start working, reach out, make progress, move forward, progress, ensure quality, be mindful,
        revisit
        """)
    /// Words that say what will be in hand when it is done, or how one will know.
    static let finished = Phrases(
        """
        send, sends, write, writes, writing, draft, decide, decides, choose, choosing, publish,
        publishing, share, sharing, sign, signed, book, booking, submit, submitting, deliver, present,
        presenting, finish, finishing, complete, completed, agree, agreed, approve, approved, name, list,
        report back, come back, propose, proposing, recommend, hand over, hire, ship, release, launch,
        close, closed, merge, merged, deploy, so that, until, such that, by asking, by sending,
        by writing, by booking, by holding, by showing, by adding, done when, enough that, and tell,
        with a decision, with an answer, with a proposal, each week, every week, every monday,
        every friday, every morning, every month, once a week, twice a week, weekly, an answer,
        the answer, whether, draft of, a list, one page, one-page, one-pager, proposal, summary,
        certificate, course, exam
        """)
    static let lead: Set<String> = list(
        """
        i, i'll, i'm, we, we'll, you, he, she, they, will, would, should, shall, must, need, needs, want,
        wants, going, to, am, are, is, and, also, please, the, team, let's, just, have, has, both, start,
        really, more, promise, commit, plan, plans
        """)
    static let thirdPerson: Set<String> = list(
        """
        sends, writes, drafts, decides, asks, names, books, shares, calls, prepares, checks, talks,
        meets, signs, tests, reviews, sets, brings, gives, makes, takes, finds, closes, fixes, orders,
        invites, updates, confirms, proposes, arranges, looks, works, follows
        """)
}
