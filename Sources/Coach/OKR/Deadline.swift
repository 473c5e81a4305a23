// Finds what can be read as a date or a dated cycle: "30 June", "Q3", "this season", "by Easter".

/// The dates and cycles in a text.
enum Deadline {
    /// Where the first date that lies ahead stands, as a range of word indices. "Last year" is a starting point, no
    /// deadline, and "within 14 days of …" is a measure.
    static func first(in words: [Word]) -> Range<Int>? {
        all(in: words).first { !isPast(words, $0) }
    }

    /// Every date or cycle, those behind us included, none overlapping.
    static func all(in words: [Word]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < words.count {
            if let end = end(words, index) {
                found.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return found
    }

    private static func isPast(_ words: [Word], _ range: Range<Int>) -> Bool {
        let first = words[range.lowerBound].lower
        let before = range.lowerBound > 0 ? words[range.lowerBound - 1].lower : ""
        return DateWords.past.contains(before) || DateWords.past.contains(first)
    }

    /// The end of the date that starts at `index`, if one does.
    private static func end(_ words: [Word], _ index: Int) -> Int? {
        if let count = DateWords.phrases.match(words, at: index) { return index + count }
        return month(words, index) ?? code(words, index) ?? period(words, index) ?? edge(words, index)
            ?? span(words, index) ?? numeric(words, index)
    }

    /// "30 September", "Sept 30th, 2026", "mid-August", "the May survey".
    private static func month(_ words: [Word], _ index: Int) -> Int? {
        var at = index
        let startsWithDay = isDay(words[index]) && index + 1 < words.count
        if startsWithDay {
            at += 1
            if words[at].lower == "of", at + 1 < words.count { at += 1 }
        }
        guard isMonth(words, at, besideDay: startsWithDay) else { return nil }
        var end = at + 1
        // "January's 24" are 24 of something.
        if words[at].lower.hasSuffix("'s") { return end }
        if !startsWithDay, end < words.count, isDay(words[end]) { end += 1 }
        if end + 1 < words.count, words[end].lower == ",", words[end + 1].shape.contains(.year) { end += 2 }
        if end < words.count, words[end].shape.contains(.year) { end += 1 }
        return end
    }

    private static func isDay(_ word: Word) -> Bool {
        guard word.isNumber else { return false }
        let digits = word.lower.prefix { $0.isNumber }
        guard let day = Int(digits), (1...31).contains(day) else { return false }
        return ["", "st", "nd", "rd", "th", "."].contains(word.lower.dropFirst(digits.count))
    }

    /// "may" and "march" are months only with a capital or beside a word that dates.
    private static func isMonth(_ words: [Word], _ index: Int, besideDay: Bool) -> Bool {
        let word = words[index]
        var name = word.lower
        for prefix in ["mid-", "end-", "early-", "late-", "until-"] where name.hasPrefix(prefix) {
            name = String(name.dropFirst(prefix.count))
        }
        if name.hasSuffix("'s") { name = String(name.dropLast(2)) }
        guard DateWords.months.contains(name) else { return false }
        guard DateWords.ambiguousMonths.contains(name) else { return true }
        if besideDay || name != word.lower { return true }
        let before = index > 0 ? words[index - 1].lower : ""
        if DateWords.beforeMonth.contains(before) { return true }
        if index + 1 < words.count, isDay(words[index + 1]) || words[index + 1].shape.contains(.year) {
            return true
        }
        return word.shape.contains(.capitalised) && index > 0
    }

    /// "Q3", "H1", "FY26", "EOQ2", "sprint 18", "2026".
    private static func code(_ words: [Word], _ index: Int) -> Int? {
        let lower = words[index].lower
        if DateWords.isCycleCode(lower) {
            let isYearNext = index + 1 < words.count && words[index + 1].shape.contains(.year)
            return index + (isYearNext ? 2 : 1)
        }
        if ["sprint", "pi", "cycle", "iteration", "week"].contains(lower), index + 1 < words.count,
            words[index + 1].isNumber, words[index + 1].lower.allSatisfy(\.isNumber)
        {
            return index + 2
        }
        if words[index].shape.contains(.year), index > 0,
            DateWords.beforeYear.contains(words[index - 1].lower)
        {
            return index + 1
        }
        return nil
    }

    /// "this quarter", "next season", "the autumn term", "by summer".
    private static func period(_ words: [Word], _ index: Int) -> Int? {
        guard DateWords.pointers.contains(words[index].lower) else { return nil }
        var at = index + 1
        var skipped = 0
        while at < words.count, skipped < 3 {
            if DateWords.periods.contains(words[at].lower) {
                let isCount =
                    DateWords.weakPointers.contains(words[index].lower) && skipped == 0
                    && !DateWords.seasons.contains(words[at].lower)
                guard !isCount else { return nil }
                var end = at + 1
                while end < words.count, DateWords.periods.contains(words[end].lower) { end += 1 }
                return end
            }
            guard DateWords.insidePeriod.contains(words[at].lower) else { return nil }
            at += 1
            skipped += 1
        }
        return nil
    }

    /// "within the next six months", "over the coming 3 quarters": counted from today.
    private static func span(_ words: [Word], _ index: Int) -> Int? {
        guard ["within", "in", "over", "during"].contains(words[index].lower) else { return nil }
        var at = index + 1
        if at + 1 < words.count, words[at].lower == "the", ["next", "coming"].contains(words[at + 1].lower) {
            at += 2
        }
        // "Within six months" closes a statement; "within six months of joining" describes what is measured.
        let isOpen = at == index + 1
        guard at + 1 < words.count, words[at].isNumber || FigureWords.numbers.contains(words[at].lower),
            ["weeks", "months", "quarters", "years"].contains(words[at + 1].lower)
        else { return nil }
        if isOpen {
            let isLast = at + 2 == words.count || [",", "."].contains(words[at + 2].lower)
            guard isLast, index > 3, words[..<index].contains(where: \.isNumber) else { return nil }
        }
        return at + 2
    }

    /// "by the end of the project", "before the start of term", "year end".
    private static func edge(_ words: [Word], _ index: Int) -> Int? {
        let lower = words[index].lower
        if ["end", "start", "close", "beginning", "middle"].contains(lower), index > 0 {
            let lead = words[max(0, index - 2)..<index].map(\.lower)
            guard lead.contains(where: DateWords.beforeEdge.contains) else { return nil }
            var end = index + 1
            while end < min(words.count, index + 4),
                ["of", "the", "our", "this", "next"].contains(words[end].lower)
            {
                end += 1
            }
            return end < words.count && words[end].isPlain ? end + 1 : end
        }
        guard index + 1 < words.count, ["end", "close"].contains(words[index + 1].lower),
            DateWords.periods.contains(lower) || lower == "fy"
        else { return nil }
        return index + 2
    }

    /// "30.6.", "31/12/2026", "2026-03-31": a day and a month in figures.
    private static func numeric(_ words: [Word], _ index: Int) -> Int? {
        let word = words[index]
        guard word.isNumber, word.lower.count <= 10 else { return nil }
        // One mark throughout: "4.5/5" is a rating.
        let marks = Set(word.lower.filter { "./-".contains($0) })
        let parts = word.lower.split(whereSeparator: { marks.contains($0) })
        guard marks.count == 1, parts.allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return nil }
        if parts.count == 3 { return index + 1 }
        guard parts.count == 2, index > 0, ["by", "on", "until", "before"].contains(words[index - 1].lower),
            index + 1 < words.count ? words[index + 1].isPunctuation : true,
            let day = Int(parts[0]), let month = Int(parts[1])
        else { return nil }
        return (1...31).contains(day) && (1...31).contains(month) && min(day, month) <= 12 ? index + 1 : nil
    }
}

private enum DateWords {
    static let months: Set<String> = list(
        """
        january, february, march, april, may, june, july, august, september, october, november, december,
        jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec
        """)
    static let ambiguousMonths: Set<String> = ["march", "may", "mar", "sep", "dec", "jan"]
    static let beforeMonth: Set<String> = list(
        """
        by, in, until, till, end, of, early, late, mid, before, this, next, on, the, during, through,
        from, since, last, for
        """)
    static let beforeYear: Set<String> = list(
        """
        in, by, for, until, during, of, the, throughout, through, before, fy, end, year, our, this,
        calendar, to
        """)
    static let past: Set<String> = ["last", "previous", "past", "prior", "since", "recent"]
    static let phrases = Phrases(
        """
        tomorrow, today, tonight, next week, this week, next month, eod, end of day, end of week,
        year end, year-end, year's end, half year, half-year, month end, month-end, quarter end,
        quarter-end, eoy, eoq, eom, eofy, year to date, christmas, xmas, easter, thanksgiving, ramadan,
        new year, new year's, new year's eve, black friday, cyber monday, labor day, labour day,
        halloween, diwali, eid, hanukkah, passover, pentecost, midsummer, carnival, independence day,
        memorial day, valentine's day, birthday, monday, tuesday, wednesday, thursday, friday, in two weeks,
        in a week, in three weeks, in a fortnight, in a month, in two months, within a week,
        within two weeks, within the month, by the weekend, by next session, before our next session,
        at our next session, by our next session, before we next meet, this quarter, next quarter,
        per end of year, second half, first half, fourth quarter, third quarter, second quarter,
        first quarter, peak week, half term, half-term, fiscal year, financial year, academic year,
        school year
        """)
    static let pointers: Set<String> = list(
        """
        this, next, the, current, coming, by, before, in, until, during, our, over, all, throughout, end,
        last, at, of
        """)
    /// Pointers that need a season behind them: "in summer", but not "in a week" or "the month".
    static let weakPointers: Set<String> = [
        "the", "by", "before", "in", "until", "our", "over", "at", "of", "all",
    ]
    static let insidePeriod: Set<String> = list(
        """
        the, this, next, coming, current, fiscal, financial, calendar, school, academic, spring, summer,
        autumn, fall, winter, first, second, third, fourth, half, whole, full, wedding, growing, harvest,
        football, ski, tax, budget, upcoming, end, of, 2025, 2026, 2027, 2028, early, late, mid
        """)
    static let periods: Set<String> = list(
        """
        quarter, season, seasons, year, term, half, month, semester, trimester, sprint, cycle, summer,
        winter, spring, autumn, fall, holidays, harvest, week, iteration, release, election, fy, hy
        """)
    static let seasons: Set<String> = ["summer", "winter", "spring", "autumn", "fall", "harvest", "holidays"]
    static let beforeEdge: Set<String> = [
        "by", "at", "before", "until", "till", "the", "from", "per", "for", ",",
    ]

    /// "q3", "h1", "fy26", "eoq3", "q1/26", "cy2026".
    static func isCycleCode(_ word: String) -> Bool {
        let letters = word.prefix { $0.isLetter }
        let rest = word.dropFirst(letters.count)
        switch letters {
        case "q", "eoq": return rest.first.map { "1234".contains($0) } ?? false && rest.count <= 8
        case "h", "eoh":
            return (rest.first == "1" || rest.first == "2") && (rest.count == 1 || rest.contains("/"))
        case "fy", "cy", "eofy": return rest.allSatisfy { $0.isNumber || $0 == "/" || $0 == "-" || $0 == "q" }
        default: return false
        }
    }
}
