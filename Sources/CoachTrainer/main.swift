// Trains the coach from the authored sentences, and measures it. Run by script/train-coach.

import Coach
import Foundation

let usage = """
    CoachTrainer train OUT.swift DATA.jsonl…          writes the parameters that the coach ships with
    CoachTrainer check DATA.jsonl…                    cross-validates on the data
    CoachTrainer figures FOLDER                       prints the tables of docs/guide/coach.md from the folder's files
    CoachTrainer measure HELD-OUT.jsonl               measures the shipped coach on sentences it hasn't seen
    CoachTrainer measure HELD-OUT.jsonl DATA.jsonl…   the same for a coach trained on the data
    With ERRORS=1 in the environment, check and measure print each wrong answer too.
    """

func show(_ measurement: Measurement) {
    print(measurement.report())
    if ProcessInfo.processInfo.environment["ERRORS"] != nil { measurement.printErrors() }
}

func run(_ arguments: [String]) throws {
    guard arguments.count >= 2 else { return print(usage) }
    let files = Array(arguments.dropFirst())
    switch arguments[0] {
    case "train" where files.count >= 2:
        let sentences = try LabelledSentence.read(Array(files.dropFirst()))
        try SignalTraining(sentences).source.write(toFile: files[0], atomically: true, encoding: .utf8)
        print("Wrote \(files[0]) from \(sentences.count) sentences.")
    case "check":
        show(Measurement.crossValidating(try LabelledSentence.read(files)))
    case "figures":
        try Figures(folder: files[0]).printAll()
    case "measure":
        let data = try LabelledSentence.read(Array(files.dropFirst()))
        var measurement = Measurement()
        measurement.add(
            try LabelledSentence.read([files[0]]),
            judgedBy: data.isEmpty ? SignalJudge() : SignalTraining(data).judge)
        show(measurement)
    default:
        print(usage)
    }
}

do {
    try run(Array(CommandLine.arguments.dropFirst()))
} catch {
    print("The trainer stopped: \(error)")
    exit(1)
}
