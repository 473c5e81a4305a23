/// What changed between two texts, word by word, to be read: what stayed, what went and what came.
public struct TextDifference: Sendable, Equatable {
    public let runs: [Run]

    public struct Run: Sendable, Equatable {
        public let kind: Kind
        public let text: String
    }

    public enum Kind: Sendable {
        case same
        case removed
        case added
    }

    public var isEmpty: Bool { runs.allSatisfy { $0.kind == .same } }

    /// Below this share of common words the two are told one after the other: words picked out here and there could
    /// not be read.
    private static let likeness = 0.5

    public init(from old: String, to new: String) {
        let (before, after) = (old.split(whereSeparator: \.isWhitespace), new.split(whereSeparator: \.isWhitespace))
        guard Self.mayBeAlike(before, after), let change = Self.change(from: before, to: after) else {
            runs = [Run(kind: .removed, text: old), Run(kind: .added, text: new)].filter { !$0.text.isEmpty }
            return
        }
        var words: [(Kind, Substring)] = before.map { (.same, $0) }
        for case .remove(let offset, _, _) in change.removals { words[offset].0 = .removed }
        // Removed words stay where they were, so an insertion counts the others only.
        for case .insert(let offset, let word, _) in change.insertions {
            var (index, count) = (0, 0)
            while index < words.count, count < offset || words[index].0 == .removed {
                if words[index].0 != .removed { count += 1 }
                index += 1
            }
            words.insert((.added, word), at: index)
        }
        runs = words.reduce(into: []) { runs, word in
            if let last = runs.last, last.kind == word.0 {
                runs[runs.count - 1] = Run(kind: last.kind, text: last.text + " " + word.1)
            } else {
                runs.append(Run(kind: word.0, text: String(word.1)))
            }
        }
    }

    /// Whether the two have words enough in common, in whatever order. Quickly told, where the difference is not.
    private static func mayBeAlike(_ before: [Substring], _ after: [Substring]) -> Bool {
        var counts: [Substring: Int] = [:]
        for word in before { counts[word, default: 0] += 1 }
        let common = after.count { word in
            guard let count = counts[word], count > 0 else { return false }
            counts[word] = count - 1
            return true
        }
        return isAlike(common, before, after)
    }

    private static func isAlike(_ common: Int, _ before: [Substring], _ after: [Substring]) -> Bool {
        common > 0 && Double(2 * common) >= likeness * Double(before.count + after.count)
    }

    /// What to remove and what to insert; nil where too few words stay where they were.
    private static func change(
        from before: [Substring], to after: [Substring]
    ) -> CollectionDifference<Substring>? {
        let change = after.difference(from: before)
        return isAlike(before.count - change.removals.count, before, after) ? change : nil
    }
}
