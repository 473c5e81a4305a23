// What the coach knows about English words: which verbs do work, which report a change, which words judge, ask,
// doubt, thank or reason. Sentences about unseen subjects are recognised by these classes, not by their nouns.

/// A group of words that say the same kind of thing.
enum WordClass: UInt8, CaseIterable, Sendable {
    // Verbs.
    case workVerb, meetVerb, launchVerb, planVerb, riseVerb, fallVerb, effectVerb, reachVerb, enableVerb,
        useVerb
    case learnVerb, meanVerb, thinkVerb, adviseVerb, decideVerb, askVerb, stopVerb, chooseVerb, wantVerb,
        needVerb
    case beVerb, haveVerb, doVerb, modalVerb, tendVerb, failVerb, contributeVerb, describeVerb, startVerb
    case sayVerb, winVerb, harmVerb, existVerb, moveVerb
    // Nouns.
    case metricNoun, peopleNoun, teamNoun, artefactNoun, meetingNoun, problemNoun, causeNoun, goalNoun,
        choiceNoun
    case timeNoun, moneyNoun, helpNoun, opinionNoun, documentNoun, placeNoun, roleNoun, lessonNoun, effortNoun
    case riskNoun, productNoun, partNoun
    // Judgement and degree.
    case goodWord, badWord, hardWord, certaintyWord, hedgeWord, comparative, degreeWord, importanceWord,
        newWord
    case generalWord, changeAdverb, negation, quantifier, increaseNoun, doubtWord, statusWord
    // Joints of a sentence.
    case causeLink, contrastLink, conditionLink, resultLink, purposeLink, timeLink, additionLink
    // People and places in the talk.
    case firstPerson, secondPerson, thirdPerson, demonstrative, expletive, questionWord, indefinite, relative
    // Phrases of dealing with one another.
    case thanksWord, greetingWord, openWord, monthName, weekday, clockWord, bigNumber, smallNumber, ordinal,
        progressAdverb
    case nextWord, pastTime, preposition, article
}

/// Looks words up in the classes.
struct Lexicon: Sendable {
    /// How a verb stands in the sentence.
    enum Form: UInt8, Sendable {
        case base, third, past, ing, none
    }

    struct Entry: Sendable {
        var classes: [WordClass]
        var form: Form
    }

    static let shared = Lexicon()

    private let byWord: [String: [WordClass]]
    private let byStem: [String: [WordClass]]
    private let irregular: [String: (lemma: String, form: Form)]

    private init() {
        var byWord: [String: [WordClass]] = [:]
        var byStem: [String: [WordClass]] = [:]
        for (kind, list) in Lexicon.verbs + Lexicon.nouns {
            for word in list.split(whereSeparator: \.isWhitespace) {
                let stem = Coach.stem(String(word))
                if byStem[stem]?.contains(kind) != true { byStem[stem, default: []].append(kind) }
            }
        }
        for (kind, list) in Lexicon.words {
            for word in list.split(whereSeparator: \.isWhitespace) {
                byWord[String(word), default: []].append(kind)
            }
        }
        var irregular: [String: (lemma: String, form: Form)] = [:]
        for line in Lexicon.irregularVerbs.split(whereSeparator: \.isWhitespace) {
            let forms = line.split(separator: "/").map(String.init)
            guard let lemma = forms.first else { continue }
            for past in forms.dropFirst() { irregular[past] = (lemma, .past) }
        }
        self.byWord = byWord
        self.byStem = byStem
        self.irregular = irregular
    }

    /// The classes of a word in lower case and the form it has if it is a verb.
    func entry(for word: String, stem: String) -> Entry {
        var classes = byWord[word] ?? []
        if let (lemma, form) = irregular[word] {
            classes += byStem[Coach.stem(lemma)] ?? []
            return Entry(classes: classes, form: form)
        }
        guard let stemmed = byStem[stem] else {
            return Entry(classes: classes, form: classes.isEmpty ? Lexicon.guessedForm(of: word) : .none)
        }
        classes += stemmed
        guard stemmed.contains(where: \.isVerb) else { return Entry(classes: classes, form: .none) }
        return Entry(classes: classes, form: Lexicon.form(of: word, stem: stem))
    }

    /// The form of a word that isn't listed: most words with these endings are verbs.
    private static func guessedForm(of word: String) -> Form {
        if word.utf8.count > 4, word.hasSuffix("ed") { return .past }
        if word.utf8.count > 5, word.hasSuffix("ing") { return .ing }
        return .none
    }

    /// The form that the ending of a word shows.
    static func form(of word: String, stem: String) -> Form {
        if word.hasSuffix("ing"), word != stem { return .ing }
        if word.hasSuffix("ed"), word != stem { return .past }
        if word.hasSuffix("s"), word != stem, !word.hasSuffix("ss") { return .third }
        return .base
    }
}

extension WordClass {
    var isVerb: Bool { rawValue <= WordClass.moveVerb.rawValue }
}
