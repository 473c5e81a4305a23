/// Three-way merge of texts, line by line, as in diff3 (Khanna, Kunal and Pierce, 2007): where only one side changed
/// a stretch of the base, that side's wording is taken; where both changed the same stretch differently, there is no
/// merge and a person must choose.
public enum Merge {
    /// The text that keeps both changes; nil where they touch the same or adjoining lines, and where both together are
    /// longer than a text may be.
    public static func lines(base: String, mine: String, theirs: String) -> String? {
        if mine == theirs || theirs == base { return mine }
        if mine == base { return theirs }
        let base = base.split(separator: "\n", omittingEmptySubsequences: false)
        let mine = mine.split(separator: "\n", omittingEmptySubsequences: false)
        let theirs = theirs.split(separator: "\n", omittingEmptySubsequences: false)
        guard let merged = merge(base, mine, theirs) else { return nil }
        let text = merged.joined(separator: "\n")
        return text.unicodeScalars.count <= Limit.text ? text : nil
    }

    /// Both texts as one: what they share stands once, and where they differ `first` comes before `second`.
    public static func both(_ first: String, _ second: String) -> String {
        let first = first.split(separator: "\n", omittingEmptySubsequences: false)
        let second = second.split(separator: "\n", omittingEmptySubsequences: false)
        var lines: [Substring] = []
        var position = 0
        for change in changes(from: first, to: second) {
            lines += first[position..<change.range.upperBound] + change.lines
            position = change.range.upperBound
        }
        return (lines + first[position...]).joined(separator: "\n")
    }

    private static func merge(_ base: [Substring], _ mine: [Substring], _ theirs: [Substring]) -> [Substring]? {
        let mineChanges = changes(from: base, to: mine)
        let theirChanges = changes(from: base, to: theirs)
        var merged: [Substring] = []
        var position = 0
        var (m, t) = (0, 0)
        while m < mineChanges.count || t < theirChanges.count {
            let mineNext = m < mineChanges.count ? mineChanges[m] : nil
            let theirNext = t < theirChanges.count ? theirChanges[t] : nil
            if let mineNext, let theirNext, mineNext.touches(theirNext) {
                // The same change made twice is no collision.
                guard mineNext == theirNext else { return nil }
                t += 1
                continue
            }
            let takesMine = (mineNext?.range.lowerBound ?? .max) <= (theirNext?.range.lowerBound ?? .max)
            guard let next = takesMine ? mineNext : theirNext else { break }
            merged += base[position..<next.range.lowerBound]
            merged += next.lines
            position = next.range.upperBound
            if takesMine { m += 1 } else { t += 1 }
        }
        return merged + base[position...]
    }

    /// A stretch of the base, and the lines that stand in its place.
    private struct Change: Equatable {
        let range: Range<Int>
        let lines: [Substring]

        /// Whether two changes meet. Adjoining ones count: who wrote first would decide the order of the lines.
        func touches(_ other: Change) -> Bool {
            range.lowerBound <= other.range.upperBound && other.range.lowerBound <= range.upperBound
        }
    }

    /// The most lines among which single changes are told apart; finding them takes time and memory that grow with the
    /// square of how many changed.
    private static let mostLines = 1_000

    private static func changes(from base: [Substring], to other: [Substring]) -> [Change] {
        let start = zip(base, other).prefix { $0 == $1 }.count
        let same = zip(base[start...].reversed(), other[start...].reversed()).prefix { $0 == $1 }.count
        let (endB, endO) = (base.count - same, other.count - same)
        guard endB - start + endO - start <= mostLines else {
            return [Change(range: start..<endB, lines: Array(other[start..<endO]))]
        }
        let difference = other[start..<endO].difference(from: base[start..<endB])
        let removed = Set(difference.removals.map { $0.offset + start })
        let inserted = Set(difference.insertions.map { $0.offset + start })
        var changes: [Change] = []
        var (b, o) = (start, start)
        while b < endB || o < endO {
            let (startB, startO) = (b, o)
            while b < endB, removed.contains(b) { b += 1 }
            while o < endO, inserted.contains(o) { o += 1 }
            if b > startB || o > startO {
                changes.append(Change(range: startB..<b, lines: Array(other[startO..<o])))
            } else {
                b += 1
                o += 1
            }
        }
        return changes
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
