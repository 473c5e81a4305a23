// Small hand-made signs of what a sentence does: who acts, in what tense, towards what, with which fixed phrases and
// which quantities. Each is something for the model to weigh; none decides alone.

/// The cues of one sentence, with the pieces that show each.
struct Cues {
    /// A cue's name as a number, and the pieces that show it; none when it belongs to the whole sentence.
    typealias Cue = (id: UInt64, pieces: Range<Int>)

    /// What the main clause does, and the mood of the sentence as a whole.
    private(set) var clause: [Cue] = []
    private(set) var phrases: [Cue] = []
    /// Figures, changes, effects on people, and the outer shape.
    private(set) var quantities: [Cue] = []

    private let pieces: [Piece]
    private static let whole = 0..<0

    init(pieces: [Piece]) {
        self.pieces = pieces
        guard !pieces.isEmpty else { return }
        readClause()
        readMood()
        readPhrases()
        readQuantities()
        readShape()
    }

    /// One number for a kind of cue and what tells cues of that kind apart.
    private static func id(_ kind: UInt64, _ parts: UInt64...) -> UInt64 {
        parts.reduce(kind, Hash.mix)
    }

    private func form(_ index: Int) -> String {
        pieces.indices.contains(index) ? pieces[index].form : ""
    }

    private func has(_ index: Int, _ kind: WordClass) -> Bool {
        pieces.indices.contains(index) && pieces[index].has(kind)
    }

    /// The first of the `count` pieces behind `index` that fits.
    private func next(_ count: Int, after index: Int, where fits: (Piece) -> Bool) -> Int? {
        (index + 1..<min(index + 1 + count, pieces.count)).first { fits(pieces[$0]) }
    }

    // MARK: The main clause

    private mutating func readClause() {
        let read = Clause(pieces: pieces)
        let (subject, tense) = (read.subject.rawValue, read.tense.rawValue)
        let span = min(read.verb, pieces.count)..<min(read.verb + 3, pieces.count)
        clause.append((Cues.id(1, subject), 0..<read.verb))
        clause.append((Cues.id(2, tense), span))
        clause.append((Cues.id(3, subject, tense), span))
        guard let main = read.main else { return }
        for kind in pieces[main].classes where kind.isVerb {
            clause.append((Cues.id(4, UInt64(kind.rawValue), tense), main..<main + 1))
            clause.append((Cues.id(5, UInt64(kind.rawValue), subject, tense), main..<main + 1))
        }
        if read.tense == .isNow || read.tense == .was { readComplement(behind: main, tense) }
    }

    /// What something is said to be: hard, important, good, a reason, a document.
    private mutating func readComplement(behind start: Int, _ tense: UInt64) {
        for index in start..<min(start + 5, pieces.count) {
            for kind in pieces[index].classes where Cues.judging.contains(kind) {
                clause.append((Cues.id(6, UInt64(kind.rawValue), tense), start..<index + 1))
            }
            if pieces[index].isPunctuation { return }
        }
    }

    private static let judging: Set<WordClass> = [
        .goodWord, .badWord, .hardWord, .importanceWord, .causeNoun, .problemNoun, .goalNoun, .riskNoun,
        .comparative,
        .roleNoun, .documentNoun, .lessonNoun, .choiceNoun, .doubtWord, .openWord, .metricNoun,
    ]

    /// Which of a few traits the sentence has together.
    private mutating func readMood() {
        let isFirst = pieces.contains { $0.has(.firstPerson) }
        let isPast = pieces.contains { $0.verbForm == .past || $0.form == "was" || $0.form == "were" }
        let isModal = pieces.contains { $0.has(.modalVerb) }
        let gives = pieces.contains { $0.has(.causeLink) || $0.has(.meanVerb) && $0.isVerb }
        let judges = pieces.contains {
            $0.has(.badWord) || $0.has(.hardWord) || $0.has(.riskNoun) || $0.has(.problemNoun)
        }
        let praises = pieces.contains { $0.has(.goodWord) }
        let asks = pieces.last?.form == "?"
        func bits(_ traits: [Bool]) -> UInt64 { traits.reduce(0) { $0 * 2 + ($1 ? 1 : 0) } }
        clause.append((Cues.id(7, bits([isFirst, isPast, isModal, gives, judges])), Cues.whole))
        clause.append((Cues.id(8, bits([isFirst, isPast, praises, asks])), Cues.whole))
        if !isFirst, !isPast, !isModal { quantities.append((Cues.id(9, judges ? 1 : 0), Cues.whole)) }
    }

    // MARK: Phrases

    private mutating func readPhrases() {
        for index in pieces.indices {
            for phrase in CuePhrases.starting(with: pieces[index].formHash)
            where matches(phrase.words, at: index) {
                phrases.append((Cues.id(10, UInt64(phrase.id)), index..<index + phrase.words.count))
            }
        }
    }

    private func matches(_ words: [String], at start: Int) -> Bool {
        guard start + words.count <= pieces.count else { return false }
        return words.indices.allSatisfy { words[$0] == "*" || pieces[start + $0].form == words[$0] }
    }

    // MARK: Quantities and change

    private mutating func readQuantities() {
        for index in pieces.indices {
            readFigure(at: index)
            readChange(at: index)
            readEffect(at: index)
        }
    }

    /// "2.7 million users", "62 percent", "more than 50".
    private mutating func readFigure(at index: Int) {
        let piece = pieces[index]
        if piece.isNumber {
            if let who = next(3, after: index, where: { $0.has(.peopleNoun) }) {
                quantities.append((Cues.id(11), index..<who + 1))
            }
            if piece.shape.contains(.percent) || form(index + 1) == "percent" {
                quantities.append((Cues.id(12), index..<index + 1))
            }
        }
        if ["more", "fewer", "less"].contains(piece.form), form(index + 1) == "than" {
            let isCount = next(1, after: index + 1) { $0.isNumber || $0.has(.smallNumber) } != nil
            quantities.append((Cues.id(13, isCount ? 1 : 0), index..<index + 2))
        }
    }

    /// "fell from 40 to 12", "up to 9%".
    private mutating func readChange(at index: Int) {
        let piece = pieces[index]
        if ["from", "to", "by"].contains(piece.form),
            next(3, after: index, where: { $0.isNumber && !$0.shape.contains(.year) }) != nil
        {
            let changes = pieces[max(0, index - 5)..<index].contains {
                $0.has(.riseVerb) || $0.has(.fallVerb) || $0.has(.increaseNoun) || $0.form == "up"
                    || $0.form == "down"
            }
            if changes { quantities.append((Cues.id(14), max(0, index - 1)..<index + 2)) }
            if piece.form == "from" { quantities.append((Cues.id(15), index..<index + 2)) }
        }
        if piece.has(.metricNoun),
            let change = next(
                4, after: index,
                where: {
                    $0.isVerb && ($0.has(.riseVerb) || $0.has(.fallVerb) || $0.has(.reachVerb))
                })
        {
            quantities.append((Cues.id(16, pieces[change].verbForm == .past ? 1 : 0), index..<change + 1))
        }
    }

    /// "helping more families", "lets nurses".
    private mutating func readEffect(at index: Int) {
        let piece = pieces[index]
        guard piece.isVerb, piece.has(.enableVerb) || piece.has(.effectVerb),
            let who = next(4, after: index, where: { $0.has(.peopleNoun) })
        else { return }
        quantities.append((Cues.id(17, UInt64(piece.verbForm.rawValue)), index..<who + 1))
    }

    // MARK: Outer shape

    private mutating func readShape() {
        let hasVerb = pieces.contains {
            $0.isVerb || $0.has(.beVerb) || $0.has(.modalVerb) || $0.has(.haveVerb)
        }
        if !hasVerb { quantities.append((Cues.id(18, pieces.count < 6 ? 1 : 0), Cues.whole)) }
        if let last = pieces.last, ["?", ":", "!"].contains(last.form) {
            quantities.append((Cues.id(19, last.formHash), pieces.count - 1..<pieces.count))
        }
    }
}
