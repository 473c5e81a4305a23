// Judges the signal of a sentence: what it gives the one who reads it.

/// What a sentence gives its reader.
public enum Signal: String, CaseIterable, Sendable {
    /// Reports work, effort or progress, with no result and no reading of it.
    case activity
    /// Names a result that matters, reached or being driven.
    case outcome
    /// Reads the facts: a cause, a pattern, a risk, something learnt.
    case insight
    /// Leads: recommends, asks for something named, decides, weighs a trade-off.
    case move
    /// Hands the thinking to the reader.
    case handoff
    /// None of these: thanks, background, headings, logistics.
    case context
}

/// What kind of move a sentence makes.
public enum MoveKind: String, CaseIterable, Sendable {
    case recommendation, ask, decision, tradeOff
}

/// What the coach makes of a sentence.
public struct SignalJudgement: Sendable, Equatable {
    public let label: Signal
    /// The kind of move, when `label` is `.move`.
    public let move: MoveKind?
    /// How likely the label is to be right, from 0 to 1.
    public let confidence: Double
    /// The words that decided it, in Unicode scalars from the start of the sentence; in order, apart, at most three.
    public let marks: [Range<Int>]
    /// Whether the coach is sure enough to speak: where it is, it's right nine times in ten.
    public let isSure: Bool
}

/// Tells reporting from leading, a sentence at a time. A value without state: the same answer on every run.
public struct SignalJudge: Sendable {
    private let signal: LinearModel
    private let moveKind: LinearModel

    public init() {
        signal = SignalJudge.shippedSignal
        moveKind = SignalJudge.shippedMoveKind
    }

    /// A judge with other parameters than the shipped ones, for training and for measuring.
    package init(signal: LinearModel, moveKind: LinearModel) {
        self.signal = signal
        self.moveKind = moveKind
    }

    // Read once, on first use.
    private static let shippedSignal = Parameters.model(
        labels: Signal.allCases.count, from: SignalParameters.signal)
    private static let shippedMoveKind = Parameters.model(
        labels: MoveKind.allCases.count, from: SignalParameters.moveKind)

    /// Judges one sentence. Any text ends in an answer; only its first 2,000 scalars are read.
    public func judge(_ sentence: String) -> SignalJudgement {
        let reading = Reading(sentence)
        guard reading.words.contains(where: { !$0.isPunctuation }) else {
            return SignalJudgement(label: .context, move: nil, confidence: 1, marks: [], isSure: false)
        }
        let features = FeatureExtractor.features(of: reading)
        let chances = signal.probabilities(of: features)
        let best = SignalJudge.indexOfLargest(chances)
        let label = Signal.allCases[best]
        let confidence = Double(chances[best])
        return SignalJudgement(
            label: label, move: label == .move ? kind(of: features) : nil, confidence: confidence,
            marks: marks(of: best, in: reading, features), isSure: confidence >= label.surety)
    }

    private func kind(of features: [Feature]) -> MoveKind {
        MoveKind.allCases[SignalJudge.indexOfLargest(moveKind.probabilities(of: features))]
    }

    private static func indexOfLargest(_ values: [Float]) -> Int {
        var best = 0
        for index in values.indices where values[index] > values[best] { best = index }
        return best
    }
}

extension Signal {
    /// The confidence from which on the coach is sure of this label, so that nine in ten of its answers are right.
    /// Measured by cross-validation and on sentences from the wild; see docs/guide/coach.md.
    public var surety: Double {
        switch self {
        case .activity: 0.76
        case .handoff: 0.68
        case .outcome, .insight, .move, .context: 0.75
        }
    }
}

extension SignalJudge {
    /// The words that spoke most for a label: those that carry at least half of what the strongest word carries.
    private func marks(of label: Int, in reading: Reading, _ features: [Feature]) -> [Range<Int>] {
        var weights = [Float](repeating: 0, count: reading.words.count)
        for feature in features where !feature.words.isEmpty {
            let share =
                signal.weight(of: feature.key, for: label) * feature.value / Float(feature.words.count)
            for word in feature.words { weights[word] += share }
        }
        for (index, word) in reading.words.enumerated() where word.isPunctuation && word.text != "?" {
            weights[index] = 0
        }
        guard let strongest = weights.max(), strongest > 0 else { return [] }
        var runs: [(words: ClosedRange<Int>, weight: Float)] = []
        for (index, weight) in weights.enumerated() where weight >= strongest / 2 {
            if let last = runs.last, last.words.upperBound + 2 >= index {
                runs[runs.count - 1] = (last.words.lowerBound...index, last.weight + weight)
            } else {
                runs.append((index...index, weight))
            }
        }
        let kept = runs.enumerated().sorted {
            ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
        }.prefix(3)
        return kept.map(\.offset).sorted().map { run in
            let words = runs[run].words
            return reading.words[words.lowerBound].range
                .lowerBound..<reading.words[words.upperBound].range.upperBound
        }
    }
}
