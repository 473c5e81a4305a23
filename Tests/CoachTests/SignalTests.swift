// The signal judge: what it tells apart, what it marks, and that no input upsets it.

import Foundation
import Testing

@testable import Coach

@Suite("Telling reporting from leading")
struct SignalTests {
    private let judge = SignalJudge()

    @Test(
        "Plain cases get the label that anyone would give",
        arguments: [
            ("Still busy moving the files to the new server.", Signal.activity),
            ("Met the caterers twice and drafted the menu.", .activity),
            ("Complaints fell from 40 a week to 12 after we changed the label.", .outcome),
            ("Our goal is to bring the waiting time below ten days by June.", .outcome),
            ("Orders are late because two teams each wait for the other to confirm.", .insight),
            ("The real problem isn't the price, it's that nobody trusts the delivery date.", .insight),
            ("I recommend that we close the second depot before winter.", .move),
            ("Please approve the extra £5,000 by Friday.", .move),
            ("We decided to drop the Saturday course and keep the evening one.", .move),
            ("Any thoughts?", .handoff),
            ("I'm not sure how to proceed, what would you do?", .handoff),
            ("Thanks for making the time today.", .context),
            ("Agenda", .context),
        ])
    func plainCases(sentence: String, label: Signal) {
        #expect(judge.judge(sentence).label == label)
    }

    @Test("An activity that names its effect on someone is an outcome")
    func shippingWithAnEffect() {
        #expect(judge.judge("Released the new version to all customers.").label == .activity)
        #expect(
            judge.judge("Released the new version, so customers no longer wait a day for their invoice.")
                .label
                == .outcome)
    }

    @Test(
        "A move says what kind it is, and nothing else does",
        arguments: [
            ("Please sign the contract by Tuesday.", MoveKind.ask),
            ("We have decided to stop printing the catalogue.", .decision),
            ("We should hire a second nurse for the night shift.", .recommendation),
        ])
    func kinds(sentence: String, kind: MoveKind) {
        #expect(judge.judge(sentence).move == kind)
        #expect(judge.judge("Met the caterers twice and drafted the menu.").move == nil)
    }

    @Test("The marked words lie inside the sentence, in order, apart, and are the telling ones")
    func marks() {
        for sentence in [
            "Any thoughts on the 👩‍👧 rota?", "We decided to close the old shop in Ghent.", "ok", "…?!",
        ] {
            let marks = judge.judge(sentence).marks
            #expect(marks.count <= 3)
            #expect(zip(marks, marks.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
            #expect(marks.allSatisfy { !$0.isEmpty && $0.upperBound <= sentence.unicodeScalars.count })
        }
        let decided = judge.judge("We decided to close the old shop in Ghent.")
        #expect(decided.marks.contains { $0.overlaps(3..<10) })
    }

    @Test("Text without words is background, and the coach stays silent about it")
    func nothingToRead() {
        for text in ["", "   ", "...", "\u{0}\u{1}", "\n"] {
            let judgement = judge.judge(text)
            #expect(judgement.label == .context)
            #expect(!judgement.isSure)
        }
    }

    @Test("The same sentence gets the same answer from every judge")
    func sameAnswer() {
        let sentence = "We moved the clinic to Saturdays, and 900 more people came."
        let first = judge.judge(sentence)
        for _ in 0..<20 { #expect(SignalJudge().judge(sentence) == first) }
        #expect(first.confidence > 0 && first.confidence <= 1)
    }

    @Test("Parameters come back from their text as they were, to within a step")
    func parameters() {
        let entries: [(key: UInt32, weights: [Double])] = [(7, [2, -2, 0]), (0xFF_FFFF, [0.5, -0.01, 1])]
        let text = Parameters.write(entries, bias: [0.25, -1.5, 0])
        let model = Parameters.model(labels: 3, from: text)
        #expect(zip(model.bias, [0.25, -1.5, 0]).allSatisfy { abs($0 - $1) < 0.001 })
        for entry in entries {
            for (label, weight) in entry.weights.enumerated() {
                #expect(abs(model.weight(of: entry.key, for: label) - Float(weight)) < 0.05)
            }
        }
        #expect(model.weight(of: 8, for: 0) == 0)
    }

    @Test("Any bytes end in an answer")
    func anyBytes() {
        var random = Steps(seed: 7)
        for _ in 0..<400 {
            let bytes = (0..<Int(random.next() % 300)).map { _ in
                UInt8(truncatingIfNeeded: random.next() >> 11)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let count = text.unicodeScalars.count
            for sentence in sentences(in: text) {
                #expect(sentence.range.upperBound <= count && !sentence.range.isEmpty)
                let judgement = judge.judge(sentence.text)
                #expect(judgement.confidence.isFinite)
                #expect(judgement.marks.allSatisfy { $0.upperBound <= sentence.range.count })
            }
        }
    }

    @Test(
        "A megabyte of anything is read in time linear in its length",
        arguments: [
            "a", ". ", "!", "- ", "www.)))", "🎉 A", "é’", "1.", "we met and then\n",
        ])
    func megabyte(unit: String) {
        func time(_ size: Int) -> Duration {
            let text = String(repeating: unit, count: size / unit.utf8.count)
            let start = workedSoFar()
            _ = sentences(in: text).count
            _ = words(in: text).count
            _ = judge.judge(text)
            return workedSoFar() - start
        }
        _ = time(1_000)
        let small = time(100_000)
        let large = time(1_000_000)
        // Ten times the text may take ten times as long; forty leaves room for a busy machine.
        #expect(large < max(small * 40, .milliseconds(200)))
    }
}

/// The time that the processor has spent on this thread; other work on the machine doesn't count.
private func workedSoFar() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// A small generator of numbers that repeats itself in every run.
private struct Steps {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 16
    }
}
