// The structure of an objective or key result: where it opens, where a phrase ends, what is joined to what.

extension OKRReading {
    /// Where a command may open: at the start, and behind a short lead such as "People:" or "We will".
    func openings() -> [Int] {
        var openings = [start]
        let lead = words[start...].prefix(5).map(\.lower)
        if let colon = lead.firstIndex(of: ":"), start + colon + 1 < words.count {
            openings.append(start + colon + 1)
        }
        var at = start
        while OKRReading.leads.contains(lower(at)) || lower(at).hasSuffix("ly"),
            at < start + 3
        {
            at += 1
        }
        if at > start, at < words.count { openings.append(at) }
        return openings
    }

    /// Whether a word that could be a verb is a noun here: "test coverage of 85%", "support tickets reopened".
    func isNoun(at index: Int) -> Bool {
        guard OKRWords.nounOrVerb.contains(lower(index)) else { return false }
        let next = lower(index + 1)
        if OKRWords.metricNouns.contains(next) { return true }
        if ["how", "what", "why", "which", "whether"].contains(next) { return false }
        guard index + 1 < words.count, !isDeterminer(next), !words[index + 1].isNumber,
            !FigureWords.numbers.contains(next)
        else { return false }
        if ["for", "of", "is", "are", "was", "has"].contains(next) { return true }
        if OKRWords.metricNouns.contains(lower(index + 2)) { return true }
        // "Staff morale is much higher": the verb comes later.
        return [
            "is", "are", "rises", "falls", "drops", "grows", "rise", "fall", "drop", "goes", "go", "closed",
            "leave",
        ]
        .contains(lower(index + 2)) || ["is", "are"].contains(lower(index + 3))
    }

    /// Words that may stand before the verb of a command.
    private static let leads: Set<String> = list(
        """
        we, i, to, will, also, finally, then, and, team, should, must, start, begin, keep
        """)

    func isDeterminer(_ word: String) -> Bool { OKRWords.determiners.contains(word) }

    /// The end of the noun phrase that starts at `start`: the first preposition, conjunction, mark or date.
    func endOfPhrase(from start: Int) -> Int {
        var end = start
        while end < words.count,
            !words[end].isPunctuation || words[end].lower == "&" || words[end].lower == "/",
            !OKRReading.closers.contains(words[end].lower), !isDated(end)
        {
            end += 1
        }
        return end
    }

    /// A figure with what it counts, to be shown: "5 paying customers".
    func counted(_ figure: Figure) -> Range<Int> {
        guard figure.kind == .count else { return figure.words }
        let end = min(endOfPhrase(from: figure.words.upperBound), figure.words.upperBound + 3)
        return figure.words.lowerBound..<max(figure.words.upperBound, end)
    }

    private static let closers: Set<String> = list(
        """
        for, of, in, on, at, to, with, by, from, and, or, that, which, who, so, across, over, until,
        before, after, within, into, as, per, under, above, than, between, through
        """)

    /// The end of the text without a closing date and marks.
    func endOfStatement() -> Int {
        var end = words.count
        while end > 0 {
            let word = words[end - 1]
            let isLead = [
                "by", "in", "before", "until", "the", "end", "of", "on", "for", "during", "at", "to",
            ]
            guard word.isPunctuation || isDated(end - 1) || isLead.contains(word.lower) else { break }
            end -= 1
        }
        return end
    }

    /// Whether a verb in the present or past stands behind `start`, by form or from a list.
    func hasFiniteVerb(from start: Int) -> Bool {
        hasFiniteVerb(in: start..<max(start, words.count))
    }

    func hasFiniteVerb(in range: Range<Int>) -> Bool {
        range.contains { OKRReading.finite.contains(lower($0)) }
    }

    static let finite: Set<String> = list(
        """
        is, are, was, were, be, been, has, have, had, can, could, will, would, do, does, did, becomes,
        become, feel, feels, see, sees, know, knows, trust, trusts, use, uses, get, gets, find, finds,
        leave, leaves, stay, stays, stop, stops, start, starts, want, wants, love, loves, go, goes, come,
        comes, rises, rise, falls, fall, drops, drop, grows, grow, need, needs, say, says, report, rate,
        rates, complete, completes, hear, recommend, return, choose, understand, understands, works,
        arrive, arrives, sign, signs, earn, earns, makes, make, win, wins, forget, learn, keep, keeps,
        rediscover, eat, pay, pays, give, gives, take, takes, turn, turns, believe, reach, reaches,
        remain, remains, increases, decreases, improves, shrinks, climbs, doubles, moves, accepts,
        approves, renews, can't, don't, doesn't, isn't, aren't, won't, never, runs, ends, fear, spend,
        spends, enjoy, enjoys, feature, belong, think, thinks, call, calls, ask, asks, buy, buys, live,
        lives, join, joins, survive, survives, read, reads, act, solve, solves, run, trends, trend, accepts,
        allows, helps, tell, tells, installs, starts, loads, passes, shows, works, collaborate, collaborates,
        continues, continue
        """)

    /// "is documented", "are funded": a state that one can check.
    func hasPassive() -> Bool {
        guard words.count > 1 else { return false }
        return words.indices.dropFirst().contains { index in
            ["is", "are", "been", "be"].contains(words[index - 1].lower) && words[index].lower.hasSuffix("ed")
                && !OKRWords.soft.contains(words[index].lower)
        }
    }

    /// Whether the words from `start` to the next joint name something apart from figures, units, dates and
    /// small words: the sign of a second measure rather than a second value of the first.
    func namesSomething(from start: Int, around measure: Measure) -> Bool {
        var index = start
        while index < words.count {
            if measure.words.contains(index) || isDated(index) {
                index += 1
                continue
            }
            let word = words[index]
            if index > measure.words.upperBound, OKRWords.joints.contains(word.lower) { return false }
            if word.isPlain, !OKRReading.small.contains(word.lower),
                !FigureWords.durations.contains(word.lower)
            {
                return true
            }
            index += 1
        }
        return false
    }

    private static let alsoAdjectives: Set<String> = [
        "secure", "open", "free", "complete", "live", "clean", "lead", "present",
    ]

    private static let small: Set<String> = list(
        """
        a, an, the, at, in, on, of, by, to, or, and, less, more, most, least, than, under, over, below,
        above, fewer, today, now, last, this, next, both, up, down, per, only, about, around, for, from,
        due, each, nearly, almost, k, m, again, then, count
        """)

    /// Where the statement of what it is for begins: "in order to attract …", "so that …", "to increase …".
    func purpose() -> Int? {
        words.indices.dropFirst(start + 2).first { index in
            switch words[index].lower {
            case "in": return lower(index + 1) == "order"
            case "so": return ["that", "as", "we", "they", "people", "our"].contains(lower(index + 1))
            case "to":
                let verb =
                    lower(index + 1).hasSuffix("ly") || lower(index + 1) == "better" ? index + 2 : index + 1
                return ObjectiveWords.isCommand(words, verb) && !["be", "put"].contains(lower(verb))
            default: return false
            }
        }
    }

    private func isJoint(_ index: Int) -> Bool { ["and", ",", "&", "/", "or"].contains(lower(index)) }

    /// Words that point back at the object of the first command.
    private static let backward: Set<String> = [
        "it", "them", "they", "its", "their", "this", "these", "those", "ones", "one",
    ]
    private static let holding: Set<String> = [
        "maintaining", "keeping", "preserving", "retaining", "sustaining", "ensuring", "staying", "holding", "being",
        "having", "remaining", "protecting",
    ]
    private static let findings: Set<String> = ["ones", "resulting", "findings", "same"]

    /// The joint before a second command with an object of its own: "… and hire a head of retail". A command that
    /// shares the first one's object ("design and test a flow") or refers back to it ("and publish it") is none.
    func secondCommand(after start: Int, isCommand: (Int) -> Bool) -> Range<Int>? {
        let purpose = purpose() ?? words.count
        var isInClause = false
        var index = start + 1
        while index + 1 < words.count {
            defer { index += 1 }
            // Behind a purpose only ", and" brings one back to the main line.
            if index + 1 >= purpose, lower(index) != "," || lower(index + 1) != "and" { continue }
            if ["how", "what", "why", "that", "which", "who", "where"].contains(lower(index))
                || lower(index) == "by" && lower(index + 1).hasSuffix("ly")
                || lower(index) == "by" && lower(index + 1).hasSuffix("ing")
            {
                isInClause = true
            }
            // Behind a clause only a comma brings one back to the main line.
            if isInClause, lower(index) != "," { continue }
            guard ["and", ",", ";", "&", "+", "while", "plus", "then", "."].contains(lower(index)) else {
                continue
            }
            var verb = index + 1
            while verb < words.count,
                ["and", "also", "then", "to", "finally", "successfully", ","].contains(lower(verb))
            {
                verb += 1
            }
            // "While maintaining growth" sets a condition, "while cleaning up" a second aim.
            let isGerund =
                lower(index) == "while" && lower(verb).hasSuffix("ing") && !OKRReading.holding.contains(lower(verb))
            guard verb < words.count, isCommand(verb) || isGerund, !isNoun(at: verb) else { continue }
            // "secure" and "open" are verbs only with an object behind them.
            if OKRReading.alsoAdjectives.contains(lower(verb)), !isDeterminer(lower(verb + 1)) { continue }
            let ownObject = (start + 1..<index).contains { at in
                words[at].isPlain && !isDeterminer(lower(at)) && !(isCommand(at) && isJoint(at - 1))
                    && !["and", "then", "also"].contains(lower(at))
            }
            let back = [lower(verb + 1), lower(verb + 2), lower(verb + 3)]
            let refersBack =
                back.prefix(2).contains(where: OKRReading.backward.contains)
                || back.contains(where: OKRReading.findings.contains)
            let hasObject = verb + 1 < words.count && !words[verb + 1].isPunctuation
            if ownObject || isGerund, hasObject, !refersBack { return index..<index + 1 }
        }
        return nil
    }
}
