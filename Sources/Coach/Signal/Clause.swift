// The main clause of a sentence: who is spoken of, and in what tense and mood.

/// Who does what in the first clause of a sentence.
struct Clause {
    /// Who is spoken of first.
    enum Subject: UInt64 {
        case nobody, i, we, you, they, it, there, people, team, metric, product, problem, name, other
    }

    /// What the first finite verb group does.
    enum Tense: UInt64 {
        case noVerb, past, present, future, perfect, progressive, perfectProgressive, passivePast,
            passivePresent
        case isNow, was, can, should, would, may, imperative, have, toDo
    }

    private let pieces: [Piece]
    /// Where the first finite verb stands, or the number of pieces if there is none.
    let verb: Int
    private(set) var subject = Subject.nobody
    private(set) var tense = Tense.noVerb
    /// The piece that carries the meaning of the verb group: "working" in "have been working".
    private(set) var main: Int?

    init(pieces: [Piece]) {
        self.pieces = pieces
        verb = pieces.firstIndex(where: Clause.isFinite) ?? pieces.count
        subject = subject(before: verb)
        (tense, main) = tense(at: verb)
    }

    private static func isFinite(_ piece: Piece) -> Bool {
        if piece.has(.beVerb) || piece.has(.modalVerb) || piece.has(.haveVerb) || piece.has(.doVerb) {
            return piece.form != "been" && piece.form != "being" && piece.form != "having"
        }
        return piece.isVerb && piece.verbForm != .ing
    }

    private func subject(before end: Int) -> Subject {
        if end == 0 { return .nobody }
        for index in 0..<end {
            switch pieces[index].form {
            case "i", "my": return .i
            case "we", "our", "us": return .we
            case "you", "your": return .you
            case "they", "he", "she", "their", "his", "her": return .they
            case "it", "this", "that", "these", "those": return .it
            case "there": return .there
            default: break
            }
            let piece = pieces[index]
            if piece.has(.peopleNoun) { return .people }
            if piece.has(.teamNoun) { return .team }
            if piece.has(.metricNoun) { return .metric }
            if piece.has(.problemNoun) || piece.has(.riskNoun) || piece.has(.causeNoun) { return .problem }
            if piece.has(.productNoun) || piece.has(.artefactNoun) { return .product }
        }
        let hasName = pieces[..<end].contains { $0.shape.contains(.capitalised) }
        return hasName && end > 1 ? .name : .other
    }

    private func tense(at start: Int) -> (Tense, main: Int?) {
        guard start < pieces.count else { return (.noVerb, nil) }
        let first = pieces[start]
        let next = skipAdverbs(from: start + 1)
        if first.has(.modalVerb) {
            switch first.form {
            case "will", "shall": return (.future, next)
            case "can", "cannot": return (.can, next)
            case "should", "must", "ought": return (.should, next)
            case "would": return (.would, next)
            default: return (.may, next)
            }
        }
        if first.has(.beVerb) { return beTense(at: start, next: next) }
        if first.has(.haveVerb) {
            guard let next else { return (.have, nil) }
            if pieces[next].form == "been" { return perfectOfBe(from: next) }
            if pieces[next].form == "to" { return (.toDo, skipAdverbs(from: next + 1)) }
            return pieces[next].verbForm == .past ? (.perfect, next) : (.have, next)
        }
        if first.has(.doVerb) { return (first.form == "did" ? .past : .present, next) }
        if first.verbForm == .past { return (.past, start) }
        if first.has(.needVerb), let next, pieces[next].form == "to" {
            return (.toDo, skipAdverbs(from: next + 1))
        }
        if start == 0 || (start == 1 && ["please", "to", "also", "and", "just"].contains(pieces[0].form)) {
            return (first.verbForm == .base ? .imperative : .present, start)
        }
        return (.present, start)
    }

    private func beTense(at start: Int, next: Int?) -> (Tense, main: Int?) {
        let isPast = pieces[start].form == "was" || pieces[start].form == "were"
        guard let next else { return (isPast ? .was : .isNow, nil) }
        if pieces[next].verbForm == .ing { return (.progressive, next) }
        if pieces[next].verbForm == .past { return (isPast ? .passivePast : .passivePresent, next) }
        return (isPast ? .was : .isNow, next)
    }

    private func perfectOfBe(from been: Int) -> (Tense, main: Int?) {
        guard let next = skipAdverbs(from: been + 1) else { return (.perfect, nil) }
        if pieces[next].verbForm == .ing { return (.perfectProgressive, next) }
        return (.perfect, next)
    }

    /// The next piece that is no adverb and no "not".
    private func skipAdverbs(from start: Int) -> Int? {
        var index = start
        while index < pieces.count, index < start + 3,
            pieces[index].form.hasSuffix("ly") || pieces[index].has(.negation)
                || pieces[index].has(.progressAdverb)
                || ["now", "also", "both", "always", "even", "all"].contains(pieces[index].form)
        {
            index += 1
        }
        return index < pieces.count ? index : nil
    }
}
