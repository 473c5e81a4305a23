// The quality of objectives and key results: what each may lack, and the words that show it.

/// An objective (a state worth reaching) or a key result (the change by which one knows it is reached).
public enum OKRKind: String, Sendable, CaseIterable {
    case objective
    case keyResult = "key_result"
}

/// What an objective or key result may lack (practices 26 and 32).
public enum OKRFlag: String, Sendable, CaseIterable {
    /// An objective that carries the number that a key result should carry.
    case metric
    /// Names work, a project or a deliverable, not the state or change that the work is for.
    case task
    /// An objective by which no reader could tell what would be different.
    case vague
    /// A key result without a number, a threshold or a yes/no state that two people would agree on.
    case unmeasured
    /// A key result with a relative change or a level, and no value to start from.
    case noBaseline = "no_baseline"
    /// A key result without a date or cycle in its text. Advisory: the cycle it stands under may date it.
    case noDeadline = "no_deadline"
    /// Two or more objectives, or measures, in one.
    case compound
    /// A key result that measures output or attention without a link to value.
    case vanity
}

/// A flag and the words that raised it, in Unicode scalars; no words when the text lacks something.
public struct OKRFinding: Sendable, Hashable {
    public let flag: OKRFlag
    public let mark: Range<Int>?
}

/// What an objective or key result lacks, in the order of `OKRFlag`; empty for a good one.
///
/// Rules, no model: figures and what they measure, verbs of work against verbs of change, deliverables,
/// coordination. Time is linear in the length of the text.
public func judgeOKR(_ text: String, as kind: OKRKind) -> [OKRFinding] {
    let reading = OKRReading(text)
    guard reading.words.contains(where: \.isPlain) else { return [] }
    let findings =
        switch kind {
        case .objective: judgeObjective(reading)
        case .keyResult: judgeKeyResult(reading)
        }
    return OKRFlag.allCases.compactMap { flag in
        guard let found = findings[flag] else { return nil }
        return OKRFinding(flag: flag, mark: found.map(reading.words.place))
    }
}

/// Flags found, each with the range of words that raised it, if words did.
typealias Findings = [OKRFlag: Range<Int>?]

/// An objective or key result, read once for all its judges.
struct OKRReading {
    /// The words, without a leading tag such as "KR 2:" or "[P0]"; at most 120 of them.
    let words: [Word]
    /// Where dates and cycles stand, as word ranges.
    let dates: [Range<Int>]
    let figures: [Figure]
    /// Where the statement begins, behind a dated opening such as "Q2:" or "By June,".
    let start: Int
    /// Which words belong to a date.
    private let dated: Set<Int>

    init(_ text: String) {
        // What matters of a goal stands in its first lines; the rest of a pasted page isn't read.
        var words = Coach.words(in: String(text.unicodeScalars.prefix(2_000)))
        words.removeAll { $0.shape.contains(.emoji) && $0.lower != "→" || OKRWords.quotes.contains($0.lower) }
        words.removeFirst(OKRReading.tagLength(words))
        self.words = Array(words.prefix(120))
        dates = Deadline.all(in: self.words)
        dated = Set(dates.joined())
        figures = Coach.figures(in: self.words, dates: dates)
        start = OKRReading.start(self.words, dates)
    }

    func isDated(_ index: Int) -> Bool { dated.contains(index) }

    func lower(_ index: Int) -> String {
        words.indices.contains(index) ? words[index].lower : ""
    }

    /// The length of "[P0]", "KR 1.2:", "O1 -", "Objective:" before the statement.
    private static func tagLength(_ words: [Word]) -> Int {
        var length = 0
        while length < words.count, words[length].lower == "[" {
            guard let close = words[length...].prefix(6).firstIndex(where: { $0.lower == "]" }) else { break }
            length = close + 1
        }
        guard length < words.count else { return 0 }
        let first = words[length].lower
        let isTag =
            first.hasPrefix("kr") || ["objective", "key", "o", "o1", "o2", "o3", "goal"].contains(first)
        guard isTag,
            let colon = words[length...].prefix(5).firstIndex(where: {
                [":", "-", "–", "."].contains($0.lower)
            })
        else { return length }
        return colon + 1 < words.count ? colon + 1 : length
    }

    /// Skips "By June,", "Q3:", "In the summer term" and the like.
    private static func start(_ words: [Word], _ dates: [Range<Int>]) -> Int {
        if let lead = OKRWords.continuing.match(words, at: 0), lead < words.count { return lead }
        // "Significantly improve …": judged by its verb.
        if words.count > 1, words[0].lower.hasSuffix("ly"), words[0].isPlain,
            !OKRWords.notAdverbs.contains(words[0].lower)
        {
            return 1
        }
        guard let date = dates.first, date.lowerBound <= 2 else { return 0 }
        let lead = words[..<date.lowerBound]
        guard lead.allSatisfy({ OKRWords.beforeDate.contains($0.lower) }) else { return 0 }
        var start = date.upperBound
        while start < words.count,
            words[start].isPunctuation || ["targets", "target", "goals"].contains(words[start].lower)
        {
            start += 1
        }
        return start < words.count ? start : 0
    }
}
