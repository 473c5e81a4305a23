// What the model sees of a sentence: words, patterns, classes and cues, each as a number with a weight to learn.

/// One thing seen in a sentence.
package struct Feature: Sendable {
    /// Names the thing; 24 bits.
    package var key: UInt32
    /// How much of it; groups of features share a fixed amount, so that long sentences don't shout.
    package var value: Float
    /// The words in which it was seen, or empty when it belongs to the sentence as a whole.
    package var words: Range<Int>
}

/// Takes the features out of a reading. The trainer and the judge both call this and nothing else.
package struct FeatureExtractor {
    private let reading: Reading
    private var features: [Feature] = []

    package static func features(of reading: Reading) -> [Feature] {
        var extractor = FeatureExtractor(reading: reading)
        extractor.features.reserveCapacity(reading.pieces.count * 12 + 40)
        extractor.extract()
        return extractor.features
    }

    private init(reading: Reading) {
        self.reading = reading
    }

    /// The amounts were chosen by cross-validation, and by training on one author's files to judge another's.
    private mutating func extract() {
        let pieces = reading.pieces
        group(
            1, amount: 1.2,
            pieces.indices.filter { !pieces[$0].isNumber }.map { seen(pieces[$0].stemHash, $0) })
        group(2, amount: 1.0, runs(of: 2) { $0.isNumber ? $0.pattern : $0.formHash })
        group(3, amount: 1.0, runs(of: 2) { $0.pattern })
        group(4, amount: 1.0, runs(of: 3) { $0.pattern })
        classes(pieces)
        opening(pieces)
        let cues = Cues(pieces: pieces)
        group(8, amount: 1.3, cues.clause.map { (UInt64($0.id), $0.pieces) })
        group(9, amount: 1.5, cues.phrases.map { (UInt64($0.id), $0.pieces) })
        group(10, amount: 1.0, cues.quantities.map { (UInt64($0.id), $0.pieces) })
    }

    /// Something seen, and the pieces it was seen in.
    private typealias Sight = (hash: UInt64, pieces: Range<Int>)

    private func seen(_ hash: UInt64, _ piece: Int) -> Sight {
        (hash, piece..<piece + 1)
    }

    /// Every run of `length` pieces, named by what `part` takes of each.
    private func runs(of length: Int, _ part: (Piece) -> UInt64) -> [Sight] {
        let pieces = reading.pieces
        guard pieces.count >= length else { return [] }
        let parts = pieces.map(part)
        return (0...(pieces.count - length)).map { start in
            var hash = parts[start]
            for offset in 1..<length { hash = Hash.mix(hash, parts[start + offset]) }
            return (hash, start..<start + length)
        }
    }

    private mutating func classes(_ pieces: [Piece]) {
        var sights: [Sight] = []
        var keys: Set<UInt64> = []
        for (index, piece) in pieces.enumerated() where sights.count < 60 {
            for kind in piece.classes {
                let own = UInt64(kind.rawValue)
                let key = kind.isVerb ? Hash.mix(own, UInt64(piece.verbForm.rawValue) + 7) : own
                if keys.insert(key).inserted { sights.append(seen(key, index)) }
            }
            let number = piece.pattern + 1000
            if piece.isNumber, keys.insert(number).inserted { sights.append(seen(number, index)) }
        }
        group(5, amount: 1.3, sights)
        // Two classes in one sentence, in the order in which they came.
        var pairs: [Sight] = []
        for (position, first) in sights.prefix(24).enumerated() {
            for second in sights.prefix(24).dropFirst(position + 1) {
                pairs.append((Hash.mix(first.hash, second.hash), first.pieces))
            }
        }
        group(6, amount: 0.8, pairs)
    }

    /// How the sentence opens. How long it is says nothing: that differs from writer to writer.
    private mutating func opening(_ pieces: [Piece]) {
        guard let first = pieces.first else { return }
        let firstWord = first.isNumber ? first.pattern : first.formHash
        var start: [Sight] = [(first.formHash, 0..<1), (Hash.mix(1, first.pattern), 0..<1)]
        for kind in first.classes {
            start.append(
                (Hash.mix(2, Hash.mix(UInt64(kind.rawValue), UInt64(first.verbForm.rawValue))), 0..<1))
        }
        if pieces.count > 1 {
            start.append((Hash.mix(3, Hash.mix(firstWord, pieces[1].formHash)), 0..<2))
            start.append((Hash.mix(4, Hash.mix(first.pattern, pieces[1].pattern)), 0..<2))
        }
        if pieces.count > 2 {
            let two = Hash.mix(first.pattern, pieces[1].pattern)
            start.append((Hash.mix(5, Hash.mix(two, pieces[2].pattern)), 0..<3))
        }
        group(7, amount: 1.0, start)
    }

    /// Adds a group of features that share `amount` between them, each counted once.
    private mutating func group(_ id: UInt64, amount: Float, _ sights: [Sight]) {
        var new = sights.map { sight in
            let key = UInt32(truncatingIfNeeded: Hash.mix(id, sight.hash) >> 20) & 0xFF_FFFF
            return Feature(key: key, value: 0, words: words(of: sight.pieces))
        }
        new.sort { ($0.key, $0.words.lowerBound) < ($1.key, $1.words.lowerBound) }
        let start = features.count
        for feature in new where features.count == start || features[features.count - 1].key != feature.key {
            features.append(feature)
        }
        let share = amount / Float(max(features.count - start, 1)).squareRoot()
        for index in start..<features.count { features[index].value = share }
    }

    private func words(of pieces: Range<Int>) -> Range<Int> {
        guard !pieces.isEmpty else { return 0..<0 }
        return reading.pieces[pieces.lowerBound].word..<reading.pieces[pieces.upperBound - 1].word + 1
    }
}
