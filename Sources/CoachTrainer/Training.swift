// Learns the coach's parameters from labelled sentences.

import Coach
import Foundation

/// A line of a training file.
struct LabelledSentence: Decodable {
    let text: String
    let label: String
    /// The kind of a move, where its author gave one.
    let kind: String?

    static func read(_ files: [String]) throws -> [LabelledSentence] {
        let decoder = JSONDecoder()
        return try files.flatMap { file in
            try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
                try decoder.decode(LabelledSentence.self, from: Data(line.utf8))
            }
        }
    }
}

/// A sentence taken apart, with the index of its label.
struct Sample {
    let features: [Feature]
    let label: Int
}

/// Learns one linear model.
struct Training {
    /// How often each label counts, whatever its number of sentences: as in the wild, softened.
    let shares: [Double]
    /// How many features are kept.
    let limit: Int
    /// Features seen in fewer sentences are left out: they'd be learnt by heart.
    let minimum = 2
    let penalty: Double

    static let signal = Training(
        shares: [1.2, 1.05, 0.9, 1, 0.75, 1.05], limit: 24_000, penalty: 1)
    static let moveKind = Training(shares: [1, 1, 1, 0.6], limit: 4_000, penalty: 1)

    /// The parameters as shipped text.
    func parameters(from samples: [Sample]) -> String {
        var counts: [UInt32: Int] = [:]
        for sample in samples { for feature in sample.features { counts[feature.key, default: 0] += 1 } }
        let keys = counts.filter { $0.value >= minimum }.keys.sorted()
        let rows = Dictionary(uniqueKeysWithValues: zip(keys, keys.indices))
        let optimiser = Optimiser(labels: shares.count, dimensions: keys.count, penalty: penalty)
        let weights = optimiser.fit(examples(samples, rows))
        return text(of: weights, keys: keys, counts: counts)
    }

    private func examples(_ samples: [Sample], _ rows: [UInt32: Int]) -> [Example] {
        var perLabel = [Double](repeating: 0, count: shares.count)
        for sample in samples { perLabel[sample.label] += 1 }
        return samples.map { sample in
            let evened = Double(samples.count) / Double(shares.count) / perLabel[sample.label]
            return Example(
                features: sample.features.compactMap { feature in
                    rows[feature.key].map { ($0, Double(feature.value)) }
                },
                label: sample.label, importance: evened * shares[sample.label])
        }
    }

    /// Keeps the features that move the sums most, and centres their weights, which changes no answer.
    private func text(of weights: [Double], keys: [UInt32], counts: [UInt32: Int]) -> String {
        let labels = shares.count
        var ranked: [(key: UInt32, weights: [Double], size: Double)] = keys.enumerated().map { row, key in
            let own = weights[row * labels..<(row + 1) * labels]
            let mean = own.reduce(0, +) / Double(labels)
            let centred = own.map { $0 - mean }
            let size = (centred.map(abs).max() ?? 0) * Double(counts[key] ?? 0).squareRoot()
            return (key, centred, size)
        }
        ranked.sort { ($1.size, $0.key) < ($0.size, $1.key) }
        let kept = ranked.prefix(limit).sorted { $0.key < $1.key }
        return Parameters.write(
            kept.map { ($0.key, $0.weights) }, bias: Array(weights[(keys.count * labels)...]))
    }
}

/// Both models of the signal judge.
struct SignalTraining {
    let signal: String
    let moveKind: String

    init(_ sentences: [LabelledSentence]) {
        let labels = Signal.allCases.map(\.rawValue)
        let kinds = MoveKind.allCases.map(\.rawValue)
        var samples: [Sample] = []
        var moves: [Sample] = []
        for sentence in sentences {
            let features = FeatureExtractor.features(of: Reading(sentence.text))
            if let label = labels.firstIndex(of: sentence.label) {
                samples.append(Sample(features: features, label: label))
            }
            if let kind = sentence.kind.flatMap({ kinds.firstIndex(of: $0) }) {
                moves.append(Sample(features: features, label: kind))
            }
        }
        signal = Training.signal.parameters(from: samples)
        moveKind = Training.moveKind.parameters(from: moves)
    }

    var judge: SignalJudge {
        SignalJudge(
            signal: Parameters.model(labels: Signal.allCases.count, from: signal),
            moveKind: Parameters.model(labels: MoveKind.allCases.count, from: moveKind))
    }

    /// A Swift file that holds the parameters.
    var source: String {
        """
        // swift-format-ignore-file
        // The parameters that the signal judge ships with. Written by script/train-coach from Training/coach;
        // change the training files or the trainer, not this file.

        enum SignalParameters {
            static let signal = #\"""
        \(signal)\"""#

            static let moveKind = #\"""
        \(moveKind)\"""#
        }

        """
    }
}
