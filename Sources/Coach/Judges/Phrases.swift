// Lists of words and phrases that the judges look for, found in one step a word.

/// A set of words and phrases, matched against the lower-case words of a text.
struct Phrases: Sendable, ExpressibleByArrayLiteral {
    private let byFirstWord: [String: [[String]]]

    /// Phrases as one would type them; words in a phrase are parted by single spaces.
    init(_ phrases: [String]) {
        var byFirstWord: [String: [[String]]] = [:]
        for phrase in phrases {
            let parts = phrase.split(separator: " ").map(String.init)
            guard let first = parts.first else { continue }
            byFirstWord[first, default: []].append(Array(parts.dropFirst()))
        }
        self.byFirstWord = byFirstWord.mapValues { $0.sorted { $0.count > $1.count } }
    }

    /// Phrases parted by commas.
    init(_ commaSeparated: String) {
        self.init(Array(list(commaSeparated)))
    }

    init(arrayLiteral elements: String...) {
        self.init(elements)
    }

    /// How many words the longest phrase that starts at `index` has; nil when none does.
    func match(_ words: [Word], at index: Int) -> Int? {
        guard index < words.count, let rests = byFirstWord[words[index].lower] else { return nil }
        for rest in rests where index + rest.count < words.count {
            var fits = true
            for offset in rest.indices where words[index + 1 + offset].lower != rest[offset] {
                fits = false
                break
            }
            if fits { return rest.count + 1 }
        }
        return nil
    }

    /// The stems of the phrases of one word, without those of the words named.
    func stems(without excluded: Set<String>) -> Set<String> {
        Set(byFirstWord.filter { $1.contains([]) && !excluded.contains($0) }.map { Coach.stem($0.key) })
    }

    func contains(_ word: Word) -> Bool {
        byFirstWord[word.lower]?.contains { $0.isEmpty } ?? false
    }

    /// Where the first phrase stands at or behind `start`, as a range of word indices.
    func first(in words: [Word], from start: Int = 0) -> Range<Int>? {
        guard start < words.count else { return nil }
        for index in start..<words.count {
            if let count = match(words, at: index) { return index..<index + count }
        }
        return nil
    }

    /// Every phrase found, none overlapping, as ranges of word indices.
    func all(in words: [Word]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < words.count {
            if let count = match(words, at: index) {
                found.append(index..<index + count)
                index += count
            } else {
                index += 1
            }
        }
        return found
    }
}

extension [Word] {
    /// The place in the text of a range of words.
    func place(_ range: Range<Int>) -> Range<Int> {
        guard let first = range.first, let last = range.last, last < count else { return 0..<0 }
        return self[first].range.lowerBound..<self[last].range.upperBound
    }
}

/// The entries of a list as one would type it, parted by commas: quicker to read, and to compile, than an array.
func list(_ commaSeparated: String) -> Set<String> {
    Set(
        commaSeparated.split(separator: ",").map { entry in
            entry.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        })
}
