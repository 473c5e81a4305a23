// What the coach says about a text, and how it points at the words it speaks of.

/// One thing the coach noticed in a text: the words that gave it away, why they matter, a question that leads on
/// and ways to begin. A remark never scores and never rewrites, and the writer may dismiss it (`key`).
public struct Remark: Sendable, Hashable {
    /// Names this remark on these words, the same on every run and every machine. A page remembers the keys that
    /// a person dismissed and passes them back; the remark stays away until the marked words change.
    public let key: String

    /// What the text reads as, in a few plain words: the heading beside the field, and the label on the command
    /// line ("no finish line").
    public let label: String

    /// The words that decided it, in Unicode scalars from the start of the text, ascending and apart. Empty when
    /// the text lacks something rather than says something.
    public let marks: [Range<Int>]

    /// What was seen, in a sentence that quotes the marked words.
    public let seen: String

    /// Why it matters, in a sentence.
    public let why: String

    /// One question that leads on.
    public let question: String

    /// Ways to begin; the writer picks one or none.
    public let starters: [String]

    /// All of it on one line, for the command line and a screen reader's live region.
    public var line: String { "\(seen) \(why) \(question)" }
}

extension Remark {
    /// A remark whose key is its rule and the words it is about (those it marks, unless told otherwise), so that it
    /// outlives an edit elsewhere in the text but not an edit of the words themselves.
    init(
        rule: String, label: String, in text: String, marks: [Range<Int>] = [],
        about: Range<Int>? = nil, seen: String, why: String, question: String, starters: [String]
    ) {
        let words = (about.map { [$0] } ?? marks).map { text.excerpt($0).lowercased() }
        self.init(
            key: ([rule] + words).joined(separator: ":"), label: label, marks: marks,
            seen: seen, why: why, question: question, starters: starters)
    }

    /// The same remark about a part of a longer text that starts at `offset`.
    func moved(by offset: Int) -> Remark {
        Remark(
            key: key, label: label,
            marks: marks.map { $0.lowerBound + offset..<$0.upperBound + offset },
            seen: seen, why: why, question: question, starters: starters)
    }
}

extension String {
    /// The text between two places counted in Unicode scalars; places beyond the end are brought back to it.
    func excerpt(_ range: Range<Int>) -> String {
        let scalars = unicodeScalars
        let start =
            scalars.index(
                scalars.startIndex, offsetBy: range.lowerBound, limitedBy: scalars.endIndex)
            ?? scalars.endIndex
        let end = scalars.index(start, offsetBy: range.count, limitedBy: scalars.endIndex) ?? scalars.endIndex
        return String(scalars[start..<end])
    }

    /// In curly quotes on one line, cut at 60 characters.
    var quoted: String {
        let flat = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return flat.count <= 60 ? "“\(flat)”" : "“\(flat.prefix(57))…”"
    }
}
