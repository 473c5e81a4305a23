// What a text measures: each figure or pair of figures ("from 30 to 45") that says how much of something.

/// One measure of a key result.
struct Measure: Equatable {
    /// From its first figure to its last, as word indices.
    var words: Range<Int>
    var target: Figure
    /// Whether the text says where it starts: "from 30 to 45", "24 now, 8 by June", "up from none".
    var hasBaseline: Bool
}

extension OKRReading {
    /// The measures of the text in order. Figures that only describe what is measured are left out, unless there is
    /// nothing else.
    func measures() -> [Measure] {
        let counted = figures.filter { !$0.isCondition && isMeasuring($0) }
        var used = counted.isEmpty ? figures.filter { isMeasuring($0) } : counted
        // "half as many: 12 instead of 24" measures once; so does "up from none".
        let isMany = used.count > 2
        used.removeAll { $0.kind == .multiple && isMany }
        let first = used.first?.words.lowerBound ?? 0
        used.removeAll {
            $0.words.lowerBound > first && lower($0.words.lowerBound - 1) == "with" && $0.kind == .count
                && !lower($0.words.lowerBound).hasSuffix("+")
        }
        if used.contains(where: { !isForWhom($0) }) { used.removeAll(where: isForWhom) }
        used.removeAll { $0.isZero && lower($0.words.lowerBound - 1) == "from" }
        var measures: [Measure] = []
        var index = 0
        while index < used.count {
            let figure = used[index]
            if index + 1 < used.count, isPair(figure, used[index + 1]) {
                let target = used[index + 1]
                measures.append(
                    Measure(
                        words: figure.words.lowerBound..<target.words.upperBound, target: target,
                        hasBaseline: true))
                index += 2
            } else {
                measures.append(Measure(words: figure.words, target: figure, hasBaseline: tellsStart(figure)))
                index += 1
            }
        }
        return measures
    }

    /// The "+" of "60%+", written without a space.
    func isSuffix(_ index: Int) -> Bool {
        index > 0 && lower(index) == "+" && words[index].range.lowerBound == words[index - 1].range.upperBound
    }

    /// "For 3 critical endpoints", "for 90% of accounts": says whom a measure holds for.
    private func isForWhom(_ figure: Figure) -> Bool {
        lower(figure.words.lowerBound - 1) == "for" && (figure.kind == .count || figure.kind == .percent)
    }

    /// "No", "never" and "without" count as zero only where a key result hangs on them; "one" inside a phrase never.
    private func isMeasuring(_ figure: Figure) -> Bool {
        guard figure.isZero else { return true }
        let word = lower(figure.words.lowerBound)
        return ["zero", "0", "0%", "none"].contains(word) || ["no", "nobody", "nothing"].contains(word)
    }

    /// Whether two figures that follow each other are a start and a target.
    private func isPair(_ first: Figure, _ second: Figure) -> Bool {
        let gap = words[first.words.upperBound..<second.words.lowerBound]
        guard gap.count <= 14 else { return false }
        let between = gap.map(\.lower)
        if hasArrow(between, before: words[second.words.lowerBound]) { return true }
        if between.contains(where: {
            $0 == "from" || $0 == "instead" || $0 == "was" || $0 == "versus" || $0 == "vs"
        }),
            !between.contains("and"), !between.contains(","), !between.contains(";"), !between.contains("to")
        {
            return true
        }
        if let from = between.lastIndex(of: "from"), from > 0, ["up", "down"].contains(between[from - 1]),
            !between.contains("and"), !between.contains(";")
        {
            return true
        }
        if let to = between.lastIndex(of: "to"), OKRReading.isQualifier(between[(to + 1)...]) {
            if follows(first, "from", within: 3) { return true }
            let isApart = between[..<to].contains { ["and", ",", ";", "up"].contains($0) }
            return !isApart && (to <= 2 || to <= 6 && first.kind == second.kind)
        }
        if tellsNow(first), !between.contains("and"), !between.contains(";") { return true }
        if tellsThen(second, between) { return true }
        return false
    }

    private func hasArrow(_ between: [String], before second: Word) -> Bool {
        if between.contains("→") || between.contains("⇒") || between.contains("➔") { return true }
        if between.contains(">"), between.contains("-") || between.contains("=") || between.contains("–") {
            return true
        }
        return second.lower.hasPrefix(">") && (between.last == "-" || between.last == "=")
    }

    /// Small words that may stand between "to" and the target.
    private static func isQualifier(_ words: ArraySlice<String>) -> Bool {
        words.allSatisfy {
            [
                "under", "below", "about", "around", "at", "most", "least", "over", "above", "or", "less",
                "than", "more",
                "a", "an", "the", "<", ">", "just", "only", "nearly", "almost", "$", "up", "no", "within",
            ].contains($0)
        }
    }

    private func follows(_ figure: Figure, _ word: String, within distance: Int) -> Bool {
        let end = figure.words.lowerBound
        return words[max(0, end - distance)..<end].contains { $0.lower == word }
    }

    /// "640 now", "19 days today", "8% last spring", "12% in 2024", "58% at last count".
    private func tellsNow(_ figure: Figure) -> Bool {
        let start = figure.words.upperBound
        let behind = words[start..<min(words.count, start + 4)].map(\.lower)
        for word in behind {
            if [",", ";", "and", "("].contains(word) { break }
            if OKRWords.nowWords.contains(word) { return true }
        }
        guard
            let date = dates.first(where: {
                $0.lowerBound > figure.words.lowerBound && $0.lowerBound <= start + 3
            })
        else { return follows(figure, "currently", within: 3) || follows(figure, "now", within: 3) }
        // A date right behind it, and a comma before the next figure.
        return lower(date.upperBound) == "," || lower(date.upperBound) == "-"
            || lower(date.upperBound) == "→"
    }

    /// The second figure looks back: "12 instead of January's 24", "(last year 22 failed)", "(now 40)".
    private func tellsThen(_ second: Figure, _ between: [String]) -> Bool {
        guard let open = between.lastIndex(of: "(") else { return false }
        return between[open...].contains { OKRWords.nowWords.contains($0) || $0 == "from" || $0 == "was" }
            || ["now", "today", "currently"].contains(lower(second.words.upperBound))
    }

    /// A single figure whose start is told in words: "up from none", "above the current 212".
    private func tellsStart(_ figure: Figure) -> Bool {
        if follows(figure, "current", within: 3) || follows(figure, "currently", within: 3) { return true }
        if follows(figure, "today's", within: 3) { return true }
        let start = figure.words.upperBound
        // "From three times a week to daily": the target is a word.
        if follows(figure, "from", within: 2),
            words[start..<min(words.count, start + 6)].contains(where: { $0.lower == "to" })
        {
            return true
        }
        return words.indices.contains { index in
            index >= start && words[index].lower == "from"
                && ["none", "zero", "nothing", "0", "scratch"].contains(lower(index + 1))
        }
    }
}

extension OKRWords {
    static let nowWords: Set<String> = list(
        """
        now, today, currently, current, present, last, previous, previously, baseline, before, already,
        was, were
        """)
}
