// Prints the tables of docs/guide/coach.md that can be made from the project's own files. Run by script/bench coach.

import Coach
import Foundation

/// The figures of the coach, as Markdown tables.
struct Figures {
    /// The folder of training files.
    let folder: String

    func printAll() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix("signal-") && $0.hasSuffix(".jsonl") }.sorted()
        let all = try LabelledSentence.read(names.map(path))
        let crossValidated = Measurement.crossValidating(all)
        try printSignal(all, crossValidated, names)
        printSurety(crossValidated)
        try printOKRs()
        printSpeed(all)
    }

    private func path(_ name: String) -> String { "\(folder)/\(name)" }

    // MARK: Signal

    private func printSignal(_ all: [LabelledSentence], _ crossValidated: Measurement, _ names: [String]) throws {
        let labels = Signal.allCases.map(\.rawValue)
        row(["judged sentences", "how many", "macro-F1"] + labels)
        rule(3 + labels.count)
        signalRow("authored, five-fold cross-validation", crossValidated)
        var others = Measurement()
        let held = "signal-train.jsonl"
        let rest = try LabelledSentence.read(names.filter { $0 != held }.map(path))
        others.add(try LabelledSentence.read([path(held)]), judgedBy: SignalTraining(rest).judge)
        signalRow("one author's file, trained on the other files only", others)
        print("")
    }

    private func signalRow(_ name: String, _ measurement: Measurement) {
        let scores = Signal.allCases.map { figure(measurement.score(of: $0).f1) }
        row([name, grouped(measurement.answers.count), figure(measurement.macroF1)] + scores)
    }

    private func printSurety(_ measurement: Measurement) {
        row(["label", "confidence from", "cross-validated"])
        rule(3)
        for label in [Signal.activity, .handoff, .outcome, .insight, .move, .context] {
            let sure = measurement.whenSure(of: label)
            row([label.rawValue, figure(Double(label.surety)), "\(sure.right) of \(sure.sure)"])
        }
        print("\nThe kind of a move is right in \(measurement.kinds.right) of \(measurement.kinds.all).\n")
    }

    // MARK: OKR quality

    private func printOKRs() throws {
        row(["texts", "how many", "precision", "recall", "F1", "good ones left in peace"])
        rule(6)
        for name in ["okr-train.jsonl", "okr-hard.jsonl"] {
            let texts = try LabelledOKR.read(path(name))
            let found = OKRMeasurement(texts)
            row([
                "`\(name)`", grouped(texts.count), figure(found.precision), figure(found.recall), figure(found.f1),
                "\(found.clean) of \(found.good)",
            ])
        }
        print("")
    }

    // MARK: Speed

    private func printSpeed(_ sentences: [LabelledSentence]) {
        let judge = SignalJudge()
        _ = judge.judge("The first use reads the parameters.")
        let start = workedSoFar()
        for sentence in sentences { _ = judge.judge(sentence.text) }
        let each = (workedSoFar() - start) / Double(sentences.count) * 1_000
        print(
            "A sentence takes \(String(format: "%.3f", each)) ms of one core, over \(grouped(sentences.count)) of them."
        )
    }

    /// The seconds that the processor has spent on this thread; other work on the machine doesn't count.
    private func workedSoFar() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    // MARK: Markdown

    private func row(_ cells: [String]) { print("| " + cells.joined(separator: " | ") + " |") }
    private func rule(_ cells: Int) { row([String](repeating: "---", count: cells)) }
    private func figure(_ value: Double) -> String { String(format: "%.2f", value) }
    private func grouped(_ number: Int) -> String {
        number < 1_000 ? String(number) : "\(number / 1_000)," + String(format: "%03d", number % 1_000)
    }
}

/// A line of an OKR file.
struct LabelledOKR: Decodable {
    let kind: String
    let text: String
    let flags: [String]

    static func read(_ file: String) throws -> [LabelledOKR] {
        let decoder = JSONDecoder()
        return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
            try decoder.decode(LabelledOKR.self, from: Data(line.utf8))
        }
    }
}

/// How often the flags on labelled OKRs are the right ones, without the advisory one about dates.
struct OKRMeasurement {
    private var right = 0
    private var given = 0
    private var there = 0
    /// Texts without a flag, and how many of them got none.
    private(set) var good = 0
    private(set) var clean = 0

    init(_ texts: [LabelledOKR]) {
        for text in texts {
            guard let kind = OKRKind(rawValue: text.kind) else { continue }
            let truth = Set(text.flags.compactMap { OKRFlag(rawValue: $0) }).subtracting([.noDeadline])
            let found = Set(judgeOKR(text.text, as: kind).map(\.flag)).subtracting([.noDeadline])
            right += truth.intersection(found).count
            given += found.count
            there += truth.count
            guard truth.isEmpty else { continue }
            good += 1
            clean += found.isEmpty ? 1 : 0
        }
    }

    var precision: Double { Double(right) / Double(max(given, 1)) }
    var recall: Double { Double(right) / Double(max(there, 1)) }
    var f1: Double { 2 * Double(right) / Double(max(given + there, 1)) }
}
