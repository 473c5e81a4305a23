// Judges the title of a session or of an agenda item: does it say what the meeting is for?

/// What a title leaves unsaid.
enum TitleFault: Equatable {
    /// Could stand over any meeting; the words that name the meeting and nothing else.
    case empty(marks: [Range<Int>])
    /// Announces a report ("Status update", "Update on the migration") without what it should lead to.
    case status(marks: [Range<Int>])
}

/// The fault of a title, or nil when it names a purpose, a topic, or leaves one unsure (practice 1).
/// - Parameter names: the names of those who meet, where they are known.
func judgeTitle(_ text: String, people names: [String] = []) -> TitleFault? {
    let words = words(in: text).filter { !TitleWords.isIgnored($0) }
    guard !words.isEmpty, words.count <= 14 else { return nil }
    let known = Set(names.flatMap { Coach.words(in: $0) }.filter { !$0.isPunctuation }.map(\.lower))
    let named = words.indices.filter { known.contains(words[$0].lower) }
    let people = peopleInTitle(words).union(named)
    var empty: [Range<Int>] = []
    var index = 0
    while index < words.count {
        if let count = TitleWords.meeting.match(words, at: index) {
            empty.append(words.place(index..<index + count))
            index += count
        } else if people.contains(index) || TitleWords.isFiller(words[index]) {
            index += 1
        } else {
            return judgeStatus(words)
        }
    }
    if empty.isEmpty {
        // "Joost <> Ana": only who meets.
        guard people.count > 1 || !named.isEmpty, let first = people.min(), let last = people.max() else { return nil }
        empty = [words.place(first..<last + 1)]
    }
    return .empty(marks: empty)
}

/// A topic with nothing but "update" or "status" at its edge.
private func judgeStatus(_ words: [Word]) -> TitleFault? {
    guard TitleWords.purpose.first(in: words) == nil, let last = words.indices.last else { return nil }
    if let count = TitleWords.status.match(words, at: 0) {
        let follows = count < words.count ? words[count].lower : ""
        guard ["on", "of", "about", "for", "from", "re"].contains(follows) else { return nil }
        return .status(marks: [words.place(0..<count)])
    }
    for start in max(0, last - 1)...last {
        if let count = TitleWords.status.match(words, at: start), start + count == words.count {
            return .status(marks: [words.place(start..<words.count)])
        }
    }
    return nil
}

/// The words that name who meets: behind "with", joined by "&" or "/" to another name, or behind "1:1".
private func peopleInTitle(_ words: [Word]) -> Set<Int> {
    var people: Set<Int> = []
    func isName(_ index: Int) -> Bool {
        guard words.indices.contains(index) else { return false }
        let word = words[index]
        return word.shape.contains(.capitalised) && !word.shape.contains(.allCaps)
            && word.shape.isDisjoint(with: [.mixed, .number])
            && TitleWords.meeting.match(words, at: index) == nil
    }
    func add(from start: Int) {
        var index = start
        while isName(index) {
            people.insert(index)
            index += 1
        }
    }
    for (index, word) in words.enumerated() {
        if TitleWords.with.contains(word.lower) { add(from: index + 1) }
        if let count = TitleWords.oneToOne.match(words, at: index) { add(from: index + count) }
        guard TitleWords.joints.contains(word.lower),
            isName(index + 1) || TitleWords.isPerson(words, index + 1)
        else { continue }
        var before = index - 1
        while before >= 0, isName(before) || TitleWords.joints.contains(words[before].lower) { before -= 1 }
        guard before < index - 1 else { continue }
        people.formUnion(before + 1..<index)
        add(from: index + 1)
    }
    return people
}

private enum TitleWords {
    /// Names of a meeting that tell nothing but that people meet.
    static let meeting = Phrases(
        """
        1:1, 1-1, 1/1, 1on1, 1-on-1, 1 on 1, 1-to-1, 1 to 1, one on one, one-on-one, one to one,
        one-to-one, o3, 1:1s, catch up, catch-up, catchup, catching up, catch ups, check in, check-in,
        checkin, checking in, check-ins, sync, syncs, sync up, sync-up, syncup, synch, resync,
        touch base, touchbase, touching base, touchpoint, touch point, touch-base, huddle, standup,
        stand-up, stand up, chat, call, meeting, meetup, meet, discussion, discuss, talk, conversation,
        weekly, biweekly, bi-weekly, fortnightly, monthly, daily, quarterly, regroup, jour fixe, jf,
        coffee, follow up, follow-up, followup, session, connect, ping, round table, roundtable, update,
        updates, status, agenda, aob, any other business, misc, miscellaneous, various, varia, general,
        stuff, things, other, others, other topics, topics, questions, quick question, wrap up, wrap-up,
        recap, debrief, how are things, how's it going, strategy session, strategy meeting, strategy talk
        """)
    static let oneToOne = Phrases(
        """
        1:1, 1-1, 1/1, 1on1, 1-on-1, 1 on 1, 1-to-1, one on one, one-on-one, one to one, one-to-one, o3
        """)
    static let status = Phrases(
        """
        update, updates, status, status update, status updates, status report, progress update,
        progress report, progress, project update, project updates, project status
        """)
    /// Words that say what the item is to end in.
    static let purpose = Phrases(
        """
        decide, decision, decisions, agree, agreement, choose, choice, align, plan, planning, approve,
        approval, resolve, unblock, settle, feedback, advice, prioritise, prioritize, review, confirm,
        pick, fix, improve, change, changes, whether, why, how, what, which, who, should, next steps,
        go live, go-live, options, risk, risks, learn, learnt
        """)
    static let with: Set<String> = ["with", "w", "wth", "between", "for"]
    static let joints: Set<String> = ["&", "/", "<>", "<", ">", "x", "+", "and", "|", "-", "–", "↔"]
    private static let filler: Set<String> = list(
        """
        a, an, the, our, my, your, his, her, their, with, w, and, or, for, to, of, on, in, at, re,
        between, quick, short, brief, regular, recurring, usual, team, group, all, some, few, let's,
        lets, let, us, next, this, last, new, another, informal, friendly, virtual, online, zoom, skype,
        phone, video, please, tbd, placeholder, hold, time, slot, today, tomorrow, week, weeks, week's,
        month, months, quarter, year, day, morning, afternoon, evening, lunch, min, mins, minutes, h, hr,
        hour, half, early, late, end, start, up, just, little, bit, any, catch, me, you, we, i, manager,
        boss, lead, colleague, colleagues, employee, report, reports, direct, everyone, folks, monday,
        tuesday, wednesday, thursday, friday, mon, tue, wed, thu, fri, january, february, march, april,
        may, june, july, august, september, october, november, december, jan, feb, mar, apr, jun, jul,
        aug, sep, sept, oct, nov, dec, q1, q2, q3, q4, h1, h2, no, nr, &, <, >, <>, x, +, /, |, -, –, ↔
        """)

    static func isFiller(_ word: Word) -> Bool {
        word.isNumber || filler.contains(word.lower)
    }

    static func isPerson(_ words: [Word], _ index: Int) -> Bool {
        words.indices.contains(index)
            && ["me", "you", "us", "manager", "boss", "team"].contains(words[index].lower)
    }

    /// Marks other than those that join names, and emoji, tell nothing about a title.
    static func isIgnored(_ word: Word) -> Bool {
        if word.shape.contains(.emoji) { return !joints.contains(word.lower) }
        return word.isPunctuation && !joints.contains(word.lower)
    }
}
