import Foundation
import Storage

/// A piece of a text, with the words that were looked for marked in it.
public struct Excerpt: Sendable, Equatable {
    public let pieces: [Piece]

    public struct Piece: Sendable, Equatable {
        public let text: String
        public let isFound: Bool

        public init(_ text: String, isFound: Bool = false) {
            self.text = text
            self.isFound = isFound
        }
    }

    public var text: String { pieces.map(\.text).joined() }
    public var isEmpty: Bool { pieces.isEmpty }
    var hasFound: Bool { pieces.contains(where: \.isFound) }

    static let none = Excerpt(pieces: [])

    private init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// How many characters stand before the first word that was found, and how long it is at most.
    static let (lead, longest) = (60, 220)

    /// The whole of a line.
    init(line: String, finding words: SearchWords) {
        pieces = Self.marked(line[...], Self.found(words, in: line))
    }

    /// As much of a text as fits around the first word that was found, on one line. Where words begin and end is judged
    /// here as the engines judge it, near enough; where they differ, nothing is marked.
    init(around text: String, finding words: SearchWords) {
        let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let found = Self.found(words, in: text)
        let (start, end) = Self.window(of: text, around: found.first)
        var pieces = Self.marked(text[start..<end], found)
        if start > text.startIndex { pieces.insert(Piece("… "), at: 0) }
        if end < text.endIndex { pieces.append(Piece(" …")) }
        self.pieces = pieces
    }

    /// From the beginning of a word to the end of one.
    private static func window(
        of text: String, around first: Range<String.Index>?
    ) -> (String.Index, String.Index) {
        var start = text.startIndex
        if let first, let early = text.index(first.lowerBound, offsetBy: -lead, limitedBy: start), early > start {
            let space = text[early..<first.lowerBound].firstIndex(of: " ")
            start = space.map { text.index(after: $0) } ?? first.lowerBound
        }
        guard let late = text.index(start, offsetBy: longest, limitedBy: text.endIndex), late < text.endIndex else {
            return (start, text.endIndex)
        }
        // A word that is longer than all of this is cut.
        let end = text[start..<late].lastIndex(of: " ") ?? late
        return (start, end > start ? end : late)
    }

    private static func marked(_ text: Substring, _ found: [Range<String.Index>]) -> [Piece] {
        var pieces: [Piece] = []
        var position = text.startIndex
        for range in found where range.lowerBound >= position && range.upperBound <= text.endIndex {
            if position < range.lowerBound { pieces.append(Piece(String(text[position..<range.lowerBound]))) }
            pieces.append(Piece(String(text[range]), isFound: true))
            position = range.upperBound
        }
        if position < text.endIndex { pieces.append(Piece(String(text[position...]))) }
        return pieces
    }

    // MARK: Words

    /// Where the terms stand in a text, in order and without overlaps.
    private static func found(_ words: SearchWords, in text: String) -> [Range<String.Index>] {
        let tokens = Token.all(of: text)
        var ranges: [Range<String.Index>] = []
        for term in words.terms {
            let wanted = Token.all(of: term.text).map(\.folded)
            guard !wanted.isEmpty, tokens.count >= wanted.count else { continue }
            for start in 0...(tokens.count - wanted.count) {
                let there = tokens[start..<start + wanted.count]
                guard matches(there.map(\.folded), wanted, term), let first = there.first, let last = there.last
                else { continue }
                ranges.append(first.range.lowerBound..<last.range.upperBound)
            }
        }
        return ranges.sorted { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    }

    private static func matches(_ there: [String], _ wanted: [String], _ term: SearchWords.Term) -> Bool {
        guard let last = wanted.last, let lastThere = there.last else { return false }
        return there.dropLast() == wanted.dropLast()
            && (term.isBeginning ? lastThere.hasPrefix(last) : lastThere == last)
    }
}

/// A word of a text, and how it is compared: in small letters and without accents.
private struct Token {
    let range: Range<String.Index>
    let folded: String

    static func all(of text: String) -> [Token] {
        var tokens: [Token] = []
        var start: String.Index?
        func end(at index: String.Index) {
            guard let first = start else { return }
            tokens.append(Token(range: first..<index, folded: fold(text[first..<index])))
            start = nil
        }
        for index in text.indices {
            let character = text[index]
            if character.isLetter || character.isNumber {
                if start == nil { start = index }
            } else {
                end(at: index)
            }
        }
        end(at: text.endIndex)
        return tokens
    }

    private static func fold(_ word: Substring) -> String {
        if word.utf8.allSatisfy({ $0 < 0x80 }) { return word.lowercased() }
        var folded = String.UnicodeScalarView()
        for scalar in String(word).decomposedStringWithCanonicalMapping.unicodeScalars
        where scalar.properties.generalCategory != .nonspacingMark {
            folded.append(scalar)
        }
        return String(folded).lowercased()
    }
}
