// Says how well a judge does on labelled sentences that it hasn't learnt from.

import Coach
import Foundation

/// Answers of a judge beside the labels that people gave.
struct Measurement {
    struct Answer {
        let truth: Signal
        let judgement: SignalJudgement
        let text: String
    }

    private(set) var answers: [Answer] = []
    private(set) var kinds: (right: Int, all: Int) = (0, 0)

    mutating func add(_ sentences: [LabelledSentence], judgedBy judge: SignalJudge) {
        for sentence in sentences {
            guard let truth = Signal(rawValue: sentence.label) else { continue }
            let judgement = judge.judge(sentence.text)
            answers.append(Answer(truth: truth, judgement: judgement, text: sentence.text))
            if let kind = sentence.kind, let answered = judgement.move {
                kinds.all += 1
                if answered.rawValue == kind { kinds.right += 1 }
            }
        }
    }

    /// Trains on four fifths and judges the fifth that was held back, five times.
    static func crossValidating(_ sentences: [LabelledSentence], folds: Int = 5) -> Measurement {
        var measurement = Measurement()
        for fold in 0..<folds {
            let held = sentences.filter { foldIndex(of: $0.text, folds) == fold }
            let rest = sentences.filter { foldIndex(of: $0.text, folds) != fold }
            measurement.add(held, judgedBy: SignalTraining(rest).judge)
        }
        return measurement
    }

    /// Spreads sentences over the folds by their text, the same way in every run.
    private static func foldIndex(of text: String, _ folds: Int) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int((hash >> 33) % UInt64(folds))
    }

    func score(of label: Signal) -> (precision: Double, recall: Double, f1: Double) {
        let right = Double(answers.filter { $0.truth == label && $0.judgement.label == label }.count)
        let given = Double(answers.filter { $0.judgement.label == label }.count)
        let there = Double(answers.filter { $0.truth == label }.count)
        let f1 = given + there == 0 ? 0 : 2 * right / (given + there)
        return (right / max(given, 1), right / max(there, 1), f1)
    }

    var macroF1: Double {
        Signal.allCases.map { score(of: $0).f1 }.reduce(0, +) / Double(Signal.allCases.count)
    }

    /// How often the judge was right when it was sure of a label, and how often it was sure.
    func whenSure(of label: Signal) -> (right: Int, sure: Int) {
        let sure = answers.filter { $0.judgement.label == label && $0.judgement.isSure }
        return (sure.filter { $0.truth == label }.count, sure.count)
    }

    private func rightOf(_ label: Signal, from confidence: Double) -> String {
        let given = answers.filter { $0.judgement.label == label && $0.judgement.confidence >= confidence }
        let right = given.filter { $0.truth == label }.count
        return "\(right) of \(given.count)".padding(toLength: 13, withPad: " ", startingAt: 0)
    }

    func report() -> String {
        var lines = ["sentences \(answers.count)   macro-F1 \(figure(macroF1))", ""]
        lines.append("label      precision  recall  F1     right when sure")
        for label in Signal.allCases {
            let score = score(of: label)
            let sure = whenSure(of: label)
            let name = label.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
            let figures = "\(figure(score.precision))      \(figure(score.recall))   \(figure(score.f1))"
            lines.append("\(name) \(figures)  \(sure.right) of \(sure.sure)")
        }
        lines.append("\nright from a confidence of  0.5          0.6          0.7          0.8")
        for label in Signal.allCases {
            let name = label.rawValue.padding(toLength: 26, withPad: " ", startingAt: 0)
            lines.append(name + [0.5, 0.6, 0.7, 0.8].map { rightOf(label, from: $0) }.joined())
        }
        if kinds.all > 0 { lines.append("\nkind of move right: \(kinds.right) of \(kinds.all)") }
        return lines.joined(separator: "\n")
    }

    func figure(_ value: Double) -> String {
        String(format: "%.3f", value)
    }
}

extension Measurement {
    /// Prints each wrong answer, to learn from.
    func printErrors() {
        for answer in answers where answer.truth != answer.judgement.label {
            print(
                "\(answer.truth) -> \(answer.judgement.label) \(figure(answer.judgement.confidence)): \(answer.text)"
            )
        }
    }
}
