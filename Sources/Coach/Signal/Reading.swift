// A sentence as the signal judge reads it: words with contractions opened up, their classes, and how they stand
// to one another. Built once per sentence; features and cues are both taken from it.

/// One unit of a sentence: usually a word, sometimes a half of a contraction ("we've" is "we" and "have").
package struct Piece: Sendable {
    /// In lower case, contraction opened.
    package let form: String
    let formHash: UInt64
    let stemHash: UInt64
    /// The word's function word, class and form, or shape: what is left when subjects are taken away.
    let pattern: UInt64
    let classes: [WordClass]
    let verbForm: Lexicon.Form
    let shape: Word.Shape
    /// The index of the word that it comes from.
    let word: Int

    func has(_ kind: WordClass) -> Bool { classes.contains(kind) }
    var isVerb: Bool { verbForm != .none }
    var isNumber: Bool { shape.contains(.number) }
    var isPunctuation: Bool { shape.contains(.punctuation) }
}

/// A sentence read for its signal.
package struct Reading: Sendable {
    package let words: [Word]
    package let pieces: [Piece]

    /// Sentences are read up to this many words; what a sentence is shows long before.
    static let wordLimit = 120
    static let scalarLimit = 2_000

    package init(_ sentence: String) {
        let scalars = Array(sentence.unicodeScalars.prefix(Reading.scalarLimit))
        words = Array(Coach.words(in: scalars, from: 0).prefix(Reading.wordLimit))
        pieces = Reading.pieces(of: words)
    }

    private static func pieces(of words: [Word]) -> [Piece] {
        var pieces: [Piece] = []
        pieces.reserveCapacity(words.count + 4)
        for (index, word) in words.enumerated() {
            // "Let's Meet" with two capitals is somebody's name, not a proposal.
            let isName =
                word.lower == "let's" && index + 1 < words.count
                && words[index + 1].shape.contains(.capitalised)
            for form in isName ? [word.lower] : Contractions.open(word.lower) {
                pieces.append(piece(form, of: word, at: index, after: pieces.last))
            }
        }
        return pieces
    }

    private static func piece(_ form: String, of word: Word, at index: Int, after previous: Piece?) -> Piece {
        let isWhole = form == word.lower
        let stem = isWhole ? word.stem : Coach.stem(form)
        let shape = isWhole ? word.shape : []
        var entry = Lexicon.Entry(classes: [], form: .none)
        if isWhole ? word.isPlain : true { entry = Lexicon.shared.entry(for: form, stem: stem) }
        // "the review", "our plan", "of work": after these a base form is a noun.
        if entry.form == .base || entry.form == .third, let previous, previous.makesNoun {
            entry.classes.removeAll(where: \.isVerb)
            entry.form = .none
        }
        let pattern: UInt64
        if FunctionWords.all.contains(form) {
            pattern = Hash.of(form)
        } else if shape.contains(.number) {
            pattern =
                shape.contains(.percent) ? 11 : shape.contains(.money) ? 12 : shape.contains(.year) ? 13 : 14
        } else if shape.contains(.punctuation) {
            pattern = Hash.of(form)
        } else if !shape.isDisjoint(with: [.url, .handle, .emoji]) {
            pattern = 15
        } else if let first = entry.classes.first {
            pattern = Hash.mix(UInt64(first.rawValue) + 100, UInt64(entry.form.rawValue))
        } else if shape.contains(.capitalised), index > 0 {
            pattern = 16
        } else {
            pattern = Hash.mix(17, ending(of: form))
        }
        return Piece(
            form: form, formHash: Hash.of(form), stemHash: Hash.of(stem), pattern: pattern,
            classes: entry.classes, verbForm: entry.form, shape: shape, word: index)
    }

    /// A number for the ending that tells an unknown word's part of speech.
    private static func ending(of form: String) -> UInt64 {
        if form.hasSuffix("ing") { return 1 }
        if form.hasSuffix("ed") { return 2 }
        if form.hasSuffix("ly") { return 3 }
        if form.hasSuffix("ion") || form.hasSuffix("ment") || form.hasSuffix("ness") || form.hasSuffix("ity") {
            return 4
        }
        if form.hasSuffix("able") || form.hasSuffix("ful") || form.hasSuffix("ive") || form.hasSuffix("al") {
            return 5
        }
        if form.hasSuffix("ous") || form.hasSuffix("less") || form.hasSuffix("ic") { return 5 }
        if form.hasSuffix("er") || form.hasSuffix("or") { return 6 }
        if form.hasSuffix("s") { return 7 }
        return 8
    }
}

extension Piece {
    /// Whether a base form behind this piece is a noun.
    fileprivate var makesNoun: Bool {
        switch form {
        case "the", "a", "an", "our", "my", "your", "their", "its", "his", "her", "this", "that", "these",
            "those",
            "of", "in", "on", "for", "with", "by", "from", "at", "new", "first", "next", "last", "any", "no",
            "some",
            "each", "every", "more", "most", "all", "both", "two", "three", "other", "same", "'s":
            return true
        default:
            return shape.contains(.number)
        }
    }
}

/// Opens contractions, so that "we've" and "we have" are read alike.
enum Contractions {
    static func open(_ word: String) -> [String] {
        guard word.utf8.contains(UInt8(ascii: "'")) else {
            return bare[word] ?? [word]
        }
        if let known = irregular[word] { return known }
        for (ending, opened) in endings where word.hasSuffix(ending) {
            let stem = String(word.dropLast(ending.count))
            if !stem.isEmpty { return [stem, opened] }
        }
        return [word]
    }

    private static let endings: [(String, String)] = [
        ("n't", "not"), ("'ve", "have"), ("'ll", "will"), ("'re", "are"), ("'m", "am"), ("'d", "would"),
        ("'s", "'s"),
    ]
    private static let irregular: [String: [String]] = [
        "can't": ["can", "not"], "won't": ["will", "not"], "shan't": ["shall", "not"],
        "let's": ["let", "us"],
        "it's": ["it", "is"], "that's": ["that", "is"], "there's": ["there", "is"], "here's": ["here", "is"],
        "what's": ["what", "is"], "who's": ["who", "is"], "where's": ["where", "is"], "how's": ["how", "is"],
        "he's": ["he", "is"], "she's": ["she", "is"], "o'clock": ["o'clock"],
    ]
    /// As typed in a hurry.
    private static let bare: [String: [String]] = [
        "cant": ["can", "not"], "dont": ["do", "not"], "didnt": ["did", "not"], "doesnt": ["does", "not"],
        "isnt": ["is", "not"], "wasnt": ["was", "not"], "wont": ["will", "not"], "couldnt": ["could", "not"],
        "havent": ["have", "not"], "im": ["i", "am"], "ive": ["i", "have"], "weve": ["we", "have"],
        "youre": ["you", "are"], "thats": ["that", "is"], "cannot": ["can", "not"], "gonna": ["going", "to"],
        "wanna": ["want", "to"], "pls": ["please"], "plz": ["please"], "thx": ["thanks"],
        "lets": ["let", "us"],
        "shouldnt": ["should", "not"], "wouldnt": ["would", "not"], "arent": ["are", "not"],
    ]
}

/// Words that carry grammar rather than a subject; patterns keep them as they are.
enum FunctionWords {
    static let all: Set<String> = Set(
        """
        the a an this that these those it its i we you he she they me us them my our your their his her one
        there here what how why when where who which whether if unless because since as so but although though while
        whereas however and or nor than then also too only even just still yet already now not no never any
        is are was were be been being am have has had do does did will would can could should shall may might must
        to of in on at for with from into by about over under between through across after before during until
        without within against up down out off more most less fewer least all both each every some many few several
        much very too other another such same own new first last next let please need needs want wants 's
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}

/// A fixed hash (FNV-1a with a finish): the same on every machine and in every run, unlike `Hasher`.
enum Hash {
    static func of(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }

    static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var hash = first &* 0x9e37_79b9_7f4a_7c15 ^ (second &+ 0x7f4a_7c15_9e37_79b9)
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        return hash ^ (hash >> 27)
    }
}
