// The figures of a text that measure something, apart from dates, versions, names and denominators.

/// A figure that could be a starting point or a target, and what it counts.
struct Figure: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case percent
        case money
        case duration
        /// "2x", "double", "half", "a third": relative to something.
        case multiple
        case count
    }

    /// As word indices.
    var words: Range<Int>
    var kind: Kind
    var isZero = false
    /// Three times in five ("9 in 10", "6 of the 8") or of a known whole.
    var isShare = false
    /// Describes what is measured ("within 7 days", "more than two months") rather than how much of it.
    var isCondition = false
}

/// Finds the figures of a text. `dates` are word ranges that date the text.
func figures(in words: [Word], dates: [Range<Int>]) -> [Figure] {
    var found: [Figure] = []
    var date = dates.makeIterator()
    var nextDate = date.next()
    var index = 0
    while index < words.count {
        while let range = nextDate, range.upperBound <= index { nextDate = date.next() }
        if let range = nextDate, range.contains(index) {
            index = range.upperBound
            continue
        }
        if let figure = figure(words, at: index) {
            found.append(figure)
            index = figure.words.upperBound
        } else {
            index += 1
        }
    }
    return found
}

private func figure(_ words: [Word], at index: Int) -> Figure? {
    let word = words[index]
    if let fraction = fraction(words, at: index) { return fraction }
    if let multiple = FigureWords.multiples.match(words, at: index),
        !(index + 1 < words.count && words[index + 1].lower == "down"), !isName(words, at: index)
    {
        return Figure(words: index..<index + multiple, kind: .multiple)
    }
    if FigureWords.zero.contains(word.lower), !isLimit(words, behind: index) {
        return Figure(words: index..<index + 1, kind: .count, isZero: true)
    }
    let isWordNumber = FigureWords.numbers.contains(word.lower)
    guard word.isNumber || isWordNumber, !isLabel(words, index) else { return nil }
    var figure = Figure(words: index..<index + 1, kind: kind(of: word))
    figure.isZero = ["0", "0%", "zero"].contains(word.lower)
    extend(&figure, words)
    figure.isCondition = isCondition(words, figure)
    return figure
}

/// "the Double Owl pathway": a word of number in a name.
private func isName(_ words: [Word], at index: Int) -> Bool {
    guard index > 0, index + 1 < words.count else { return false }
    return words[index].shape.contains(.capitalised) && words[index + 1].shape.contains(.capitalised)
        && words[index - 1].isPlain && !words[index - 1].shape.contains(.capitalised)
}

/// "no more than 5", "no later than": a limit, not zero.
private func isLimit(_ words: [Word], behind index: Int) -> Bool {
    index + 2 < words.count && words[index + 2].lower == "than"
}

private func kind(of word: Word) -> Figure.Kind {
    if word.shape.contains(.percent) { return .percent }
    if word.shape.contains(.money) { return .money }
    let unit = word.lower.drop { !$0.isLetter }
    if unit == "x" { return .multiple }
    if FigureWords.stuckDurations.contains(String(unit)) { return .duration }
    return .count
}

/// Takes the unit and the whole behind a figure into it: "15 %", "5 percent", "9 in 10", "200 ms".
private func extend(_ figure: inout Figure, _ words: [Word]) {
    var end = figure.words.upperBound
    if end < words.count, FigureWords.scales.contains(words[end].lower) { end += 1 }
    if end < words.count {
        let unit = words[end].lower
        if FigureWords.percents.contains(unit) {
            figure.kind = .percent
            end += 1
            if unit == "percentage", end < words.count, words[end].lower.hasPrefix("point") { end += 1 }
        } else if FigureWords.currencies.contains(unit) {
            figure.kind = .money
            end += 1
        } else if figure.kind == .count, FigureWords.durations.contains(unit) {
            figure.kind = .duration
            end += 1
        } else if FigureWords.times.contains(unit), end + 1 < words.count,
            FigureWords.comparatives.contains(words[end + 1].lower)
        {
            figure.kind = .multiple
            end += 1
        }
    }
    // "9 in 10", "1 out of 6", "6 of the 8".
    if let whole = wholeBehind(words, end) {
        figure.isShare = true
        end = whole
    }
    figure.words = figure.words.lowerBound..<end
}

private func wholeBehind(_ words: [Word], _ start: Int) -> Int? {
    var at = start
    while at < words.count, at - start < 3,
        ["in", "of", "out", "the", "our", "every"].contains(words[at].lower)
    {
        at += 1
    }
    guard at > start, at < words.count, words[start].lower != "the",
        words[at].isNumber || FigureWords.numbers.contains(words[at].lower),
        !words[at].shape.contains(.year), !words[at].shape.contains(.percent)
    else { return nil }
    return at + 1
}

/// "half of", "by a third", "two thirds", "three quarters of".
private func fraction(_ words: [Word], at index: Int) -> Figure? {
    var at = index
    if ["a", "an", "one", "two", "three", "2", "3"].contains(words[at].lower) { at += 1 }
    guard at < words.count, FigureWords.fractions.contains(words[at].lower) else { return nil }
    let before = index > 0 ? words[index - 1].lower : ""
    let after = at + 1 < words.count ? words[at + 1].lower : ""
    let isQuantified = at > index && words[index].lower != "a" && words[index].lower != "an"
    let isShare = after == "of" || isQuantified
    let isChange = ["by", "in", "up", "down", "fell", "falls"].contains(before)
    let isHalf =
        words[at].lower == "half" && (after == "as" || after == "the" || before == "grows" || isChange)
    guard isShare || isHalf || isChange && at > index else { return nil }
    if words[at].lower == "quarter" && !isShare && before != "by" { return nil }
    return Figure(words: index..<at + 1, kind: isShare ? .percent : .multiple)
}

/// Versions, standards, names, ordinals and the like: numbers that measure nothing.
private func isLabel(_ words: [Word], _ index: Int) -> Bool {
    let word = words[index]
    if word.shape.contains(.percent) || word.shape.contains(.money) { return false }
    if isLabelShape(word) { return true }
    if kind(of: word) == .multiple { return false }
    if word.shape.contains(.year), index > 0, words[index - 1].lower != "reach" { return true }
    let after = index + 1 < words.count ? words[index + 1].lower : ""
    if ["am", "pm", "o'clock", "a.m", "version", "release", "edition"].contains(after) { return true }
    guard index > 0 else { return after == "dispatchers" }
    let before = words[index - 1]
    // "Release 3 major features" counts them; "Release 3 gives …" has a name.
    let isCommand = index == 1 && before.lower == "release" && word.lower.allSatisfy(\.isNumber) && !isVerb(after)
    if FigureWords.labels.contains(before.lower), !isCommand {
        let isSpan =
            before.lower == "year" && index > 1
            && ["last", "this", "next", "a", "per", "previous"].contains(words[index - 2].lower)
        return !isSpan
    }
    // "rooms 201 to 240": the second half of a label.
    if ["to", "and", "or", "-", "–"].contains(before.lower), index > 2,
        FigureWords.labels.contains(words[index - 3].lower),
        words[index - 2].isNumber, words[index - 3].lower != "the"
    {
        return true
    }
    // "the 30, 60 and 90-day marks"
    if isListedLabel(words, index) { return true }
    // "per 1,000 passengers"
    if ["per", "/"].contains(before.lower) { return true }
    guard word.isNumber, !word.lower.contains(","), index > 1 || before.shape.contains(.allCaps) else {
        return false
    }
    let isName =
        before.shape.contains(.capitalised) && before.isPlain && !before.lower.hasSuffix("'s")
        && !FigureWords.metricNames.contains(before.lower) && before.lower != "i"
    return isName && !FigureWords.durations.contains(after) && !FigureWords.percents.contains(after)
        && after != "to" && after != "-" && after != "→"
}

private func isVerb(_ word: String) -> Bool { word.isEmpty || OKRReading.finite.contains(word) }

/// A figure in a row that ends in a label: the first two of "30, 60 and 90-day".
private func isListedLabel(_ words: [Word], _ index: Int) -> Bool {
    var at = index + 1
    while at < min(words.count, index + 8), words[at].isNumber || [",", "and", "or", "&"].contains(words[at].lower) {
        if words[at].isNumber, isLabelShape(words[at]) { return true }
        at += 1
    }
    return false
}

/// "24/7", "1970s", "3.x", "4x100", "2nd", "3-year".
private func isLabelShape(_ word: Word) -> Bool {
    let lower = word.lower
    if lower == "24/7" || lower.hasSuffix(".x") { return true }
    let tail = String(lower.drop { !$0.isLetter })
    if ["st", "nd", "rd", "th"].contains(tail), lower.first?.isNumber == true { return true }
    if tail == "s", lower.hasSuffix("0s"), !lower.contains(".") { return true }
    if tail.hasPrefix("x"), tail.count > 1 { return true }
    // "four-hour", "3-year", "20-person": part of a name, not a measure.
    return word.shape.contains(.hyphenated) && tail.count > 1
}

/// Whether a figure only says which cases are meant: "reopened within 7 days", "in arrears by more than two months".
private func isCondition(_ words: [Word], _ figure: Figure) -> Bool {
    guard figure.kind == .duration, figure.words.lowerBound > 0 else { return false }
    var at = figure.words.lowerBound - 1
    if FigureWords.determiners.contains(words[at].lower), at > 0 { at -= 1 }
    return FigureWords.beforeCondition.contains(words[at].lower)
}

enum FigureWords {
    static let zero: Set<String> = ["zero", "no", "none", "nobody", "never", "nothing", "without"]
    static let numbers: Set<String> = list(
        """
        two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, fifteen, twenty, thirty,
        forty, fifty, sixty, seventy, eighty, ninety, hundred, thousand, dozen, dozens, hundreds,
        million
        """)
    static let fractions: Set<String> = ["half", "third", "thirds", "quarter", "quarters", "tenth", "fifth"]
    static let multiples = Phrases(
        """
        double, doubles, doubling, triple, triples, tripling, quadruple, halve, halves, halving, halved,
        doubled, tripled, twice, twofold, threefold, tenfold, in half, by half, one in ten, one in five,
        one in three, one in four, one in two
        """)
    static let scales: Set<String> = ["million", "thousand", "billion", "m", "k", "bn", "mio"]
    static let percents: Set<String> = [
        "%", "percent", "percentage", "pp", "ppt", "pct", "points", "point", "bps",
    ]
    static let currencies: Set<String> = [
        "dollars", "euros", "pounds", "eur", "usd", "gbp", "chf", "cents", "pence",
    ]
    static let durations: Set<String> = list(
        """
        ms, s, sec, secs, second, seconds, min, mins, minute, minutes, h, hr, hrs, hour, hours, d, day,
        days, week, weeks, month, months, year, years, business, working, calendar
        """)
    static let stuckDurations: Set<String> = [
        "ms", "s", "sec", "min", "mins", "h", "hr", "hrs", "d", "days", "wks",
    ]
    static let times: Set<String> = ["times", "x"]
    static let comparatives: Set<String> = [
        "faster", "more", "higher", "better", "as", "fewer", "cheaper", "lower",
    ]
    static let labels: Set<String> = list(
        """
        version, iso, soc, type, phase, level, tier, ward, line, year, grade, terminal, gate, room,
        rooms, stage, series, step, part, chapter, section, article, hub, district, group, grp, category,
        class, release, windows, scope, severity, sev, priority, dss, unit, building, floor, route,
        press, model, size, top, turning, aged, age, p, v, option, wave, batch, lot, zone, area, key,
        stages, phases, steps, the, page, rfc, appendix, item, milestone, tranche, web, industry, over-,
        gen
        """)
    static let metricNames: Set<String> = list(
        """
        nps, csat, enps, arr, mrr, dau, mau, wau, cac, ltv, mttr, mtbf, roi, gmv, aov, ces, ctr, cpa,
        cpl, kpi, sla, slo, ebitda, roas, dso, fte, mql, mqls, sql, sqls, score, churn, usd, eur, gbp,
        chf, ttv, ttfb, lcp, apdex, psat
        """)
    static let determiners: Set<String> = [
        "the", "their", "its", "his", "her", "a", "first", "than", "more", "last",
    ]
    static let beforeCondition: Set<String> = [
        "within", "after", "over", "than", "first", "more", "inside", "for", "past", "every",
    ]
}
