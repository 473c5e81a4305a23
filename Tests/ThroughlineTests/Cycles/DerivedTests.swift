// The formulas of docs/guide/okrs.md, as tables.
import Testing

@testable import Throughline

private func day(_ text: String) -> Day { Day(text) ?? Day(daysSince1970: 0) }

/// The fourth quarter of 2026 on a day, with a check-in every week.
private func pace(_ today: String, rhythm: Int = 7) -> Pace {
    Pace(startsOn: day("2026-10-01"), endsOn: day("2026-12-31"), rhythm: rhythm, today: day(today))
}

@Suite("What is derived of key results")
struct DerivedTests {
    @Test(
        "Progress is the share of the way from where it began to where it should be, never below 0 or above 1",
        arguments: [
            (Measure.raise(from: 38, to: 75), 61.0, 23.0 / 37),
            (.raise(from: 38, to: 75), 38, 0),
            (.raise(from: 38, to: 75), 20, 0),
            (.raise(from: 38, to: 75), 75, 1),
            (.raise(from: 38, to: 75), 90, 1),
            (.raise(from: -10, to: 10), 0, 0.5),
            (.lower(from: 19, to: 7), 11, 8.0 / 12),
            (.lower(from: 19, to: 7), 25, 0),
            (.lower(from: 19, to: 7), 3, 1),
            // No way to go: reached or not.
            (.raise(from: 5, to: 5), 4.9, 0),
            (.raise(from: 5, to: 5), 5, 1),
            (.lower(from: 5, to: 5), 5, 1),
            (.lower(from: 5, to: 5), 5.1, 0),
            (.keep(low: 10, high: 20), 10, 1),
            (.keep(low: 10, high: 20), 20, 1),
            (.keep(low: 10, high: 20), 25, 0.5),
            (.keep(low: 10, high: 20), 5, 0.5),
            (.keep(low: 10, high: 20), 31, 0),
            (.keep(low: 10, high: 10), 10, 1),
            (.keep(low: 10, high: 10), 10.1, 0),
            (.milestone, 0.4, 0.4),
            (.milestone, 1.5, 1),
            (.yesNo, 0, 0),
            (.yesNo, 1, 1),
        ])
    func progress(measure: Measure, value: Double, expected: Double) {
        #expect(abs(measure.progress(at: value) - expected) < 1e-12)
    }

    @Test("Without a check-in, progress is nothing")
    func withoutValue() {
        for measure in [Measure.raise(from: 0, to: 0), .keep(low: 0, high: 1), .milestone, .yesNo] {
            #expect(measure.progress(at: nil) == 0)
        }
    }

    @Test("Whatever the figures are, progress stays between 0 and 1")
    func bounds() {
        var random = SystemRandomNumberGenerator()
        let odd = [
            0, -0.0, 1, -1, .infinity, -.infinity, .nan, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
            .leastNonzeroMagnitude, 1e12, -1e12,
        ]
        func figure() -> Double {
            Bool.random(using: &random)
                ? odd.randomElement(using: &random) ?? 0 : .random(in: -1e6...1e6, using: &random)
        }
        for _ in 0..<20_000 {
            let (one, other, value) = (figure(), figure(), figure())
            let measures: [Measure] = [
                .raise(from: one, to: other), .lower(from: one, to: other), .keep(low: one, high: other), .milestone,
                .yesNo,
            ]
            for measure in measures {
                let progress = measure.progress(at: value)
                #expect((0...1).contains(progress), "\(measure) at \(value)")
            }
        }
    }

    @Test("Nearer a target, progress never shrinks")
    func monotonic() {
        for _ in 0..<2_000 {
            let from = Double.random(in: -100...100)
            let to = from + .random(in: 0...100)
            let values = (0..<8).map { _ in Double.random(in: -300...300) }.sorted()
            let raised = values.map { Measure.raise(from: from, to: to).progress(at: $0) }
            let lowered = values.map { Measure.lower(from: to, to: from).progress(at: $0) }
            #expect(zip(raised, raised.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(zip(lowered, lowered.dropFirst()).allSatisfy { $0 >= $1 })
        }
    }

    @Test("A weighted mean stays between its parts, and where all weights are zero each counts the same")
    func weights() {
        #expect(Weighted.mean([]) == nil)
        #expect(Weighted.mean([(value: 0.2, weight: 0), (value: 0.8, weight: 0)]) == 0.5)
        #expect(Weighted.mean([(value: 0.25, weight: 1), (value: 0.75, weight: 3)]) == 0.625)
        #expect(Weighted.mean([(value: 0.25, weight: 0), (value: 0.75, weight: 3)]) == 0.75)
        for _ in 0..<5_000 {
            let parts = (0..<Int.random(in: 1...8)).map { _ in
                (value: Double.random(in: 0...1), weight: Int.random(in: 0...100))
            }
            let mean = Weighted.mean(parts) ?? -1
            #expect((0...1.000_000_001).contains(mean))
        }
    }

    @Test("A cycle has passed by days, today among them")
    func elapsed() {
        #expect(pace("2026-11-17").day == 48)
        #expect(pace("2026-11-17").length == 92)
        #expect(pace("2026-09-01").elapsed == 0)
        #expect(pace("2026-12-31").elapsed == 1)
        #expect(pace("2027-02-01").elapsed == 1)
    }

    @Test(
        "Health is that of pace or of confidence, whichever is worse; quiet outranks both, and nothing said is pending",
        arguments: [
            // The value, the confidence, the day it is of, and what follows on 17 November, when 0.52 has passed.
            (61.0, 7, "2026-11-13", Health.Kind.onTrack),
            (54.0, 7, "2026-11-13", .onTrack),
            (53.0, 7, "2026-11-13", .atRisk),
            (46.5, 7, "2026-11-13", .atRisk),
            (45.0, 7, "2026-11-13", .offTrack),
            (38.0, 10, "2026-11-13", .offTrack),
            (75.0, 5, "2026-11-13", .atRisk),
            (75.0, 6, "2026-11-13", .onTrack),
            (75.0, 2, "2026-11-13", .offTrack),
            (75.0, 10, "2026-11-04", .onTrack),
            // Stale beats green, and every other colour.
            (75.0, 10, "2026-11-03", .quiet),
            (38.0, 0, "2026-11-03", .quiet),
        ])
    func health(value: Double, confidence: Int, on: String, expected: Health.Kind) {
        let reading = Reading(on: day(on), value: value, confidence: confidence)
        let health = Health.of(.raise(from: 38, to: 75), .committed, reading, pace("2026-11-17"))
        #expect(health.kind == expected)
    }

    @Test("Who has never checked in is pending, however late it is")
    func pending() {
        #expect(Health.of(.milestone, .committed, nil, pace("2026-12-31")) == .pending)
    }

    @Test("A rhythm of two weeks has four weeks' patience")
    func rhythm() {
        let reading = Reading(on: day("2026-10-25"), value: 75, confidence: 9)
        let measure = Measure.raise(from: 38, to: 75)
        #expect(Health.of(measure, .committed, reading, pace("2026-11-17", rhythm: 14)) == .onTrack)
        #expect(Health.of(measure, .committed, reading, pace("2026-11-17", rhythm: 7)) == .quiet(days: 23))
    }

    @Test("Of what is reached for, seven tenths are expected in the end")
    func aspirational() {
        let reading = Reading(on: day("2026-12-30"), value: 0.65, confidence: 8)
        let measure = Measure.raise(from: 0, to: 1)
        #expect(Health.of(measure, .aspirational, reading, pace("2026-12-31")) == .onTrack)
        #expect(Health.of(measure, .committed, reading, pace("2026-12-31")) == .offTrack)
    }

    @Test("What is to be kept is on track inside its bounds on any day, and at risk just outside")
    func kept() {
        let measure = Measure.keep(low: 10, high: 20)
        func health(_ value: Double) -> Health {
            Health.of(
                measure, .committed, Reading(on: day("2026-10-05"), value: value, confidence: 8), pace("2026-10-06"))
        }
        #expect(health(10) == .onTrack)
        #expect(health(21) == .atRisk)
        #expect(health(40) == .offTrack)
    }

    @Test("Done or not is not expected before the last day")
    func yesNo() {
        let notYet = Reading(on: day("2026-12-28"), value: 0, confidence: 8)
        #expect(Health.of(.yesNo, .committed, notYet, pace("2026-12-30")) == .onTrack)
        #expect(Health.of(.yesNo, .committed, notYet, pace("2026-12-31")) == .offTrack)
    }

    @Test("An objective is as well as the key result that needs somebody most")
    func worst() {
        #expect(Health.worst(of: [Health]()) == nil)
        #expect(Health.worst(of: [.onTrack, .pending]) == .pending)
        #expect(Health.worst(of: [.onTrack, .quiet(days: 20), .atRisk]) == .quiet(days: 20))
        #expect(Health.worst(of: [.quiet(days: 20), .offTrack]) == .offTrack)
        #expect(Health.worst(of: [.quiet(days: 20), .quiet(days: 31)]) == .quiet(days: 31))
    }

    @Test(
        "Confidence rises or falls when the newest differs by a point or more from the mean of up to three before",
        arguments: [
            ([7], Trend?.none), ([7, 7], .steady), ([7, 8], .rising), ([5, 6, 7, 8], .rising), ([8, 7, 8, 7], .steady),
            ([8, 8, 8, 5], .falling), ([0, 0, 9, 9, 9, 9], .steady),
        ])
    func trend(confidences: [Int], expected: Trend?) {
        let readings = confidences.enumerated().map { index, confidence in
            Reading(on: day("2026-10-01").adding(days: index), value: 0, confidence: confidence)
        }
        #expect(Trend.ofConfidence(readings) == expected)
    }

    @Test("A roll-up counts what supports it once, through what has no key results of its own")
    func rollUp() {
        let supporters = ["top": ["a", "b"], "a": ["c"], "b": ["c", "d"], "d": ["top"]]
        #expect(RollUp.progress(of: "top", supporters: supporters, progress: ["c": 0.25, "b": 0.75]) == 0.5)
        #expect(RollUp.progress(of: "top", supporters: supporters, progress: ["c": 0.4]) == 0.4)
        #expect(RollUp.progress(of: "top", supporters: supporters, progress: ["top": 0.1, "c": 0.4]) == 0.1)
        #expect(RollUp.progress(of: "top", supporters: supporters, progress: [:]) == nil)
    }

    @Test("Figures are read as people write them, and written as they are read")
    func figures() {
        let written: [(String, Double?)] = [
            ("61", 61), (" 61.5 ", 61.5), ("61,5", 61.5), ("61%", 61), ("-3", -3), ("−3", -3), ("1 200", 1_200),
            ("", nil),
            ("1e9", nil), ("NaN", nil), ("inf", nil), ("0x10", nil), ("1.2.3", nil), ("99999999999999", nil),
            ("-", nil), ("1,700", nil), ("-12,000", nil), ("1,700,000", nil), ("0,125", 0.125), ("1700,25", 1_700.25),
            ("-0", 0),
        ]
        for (text, value) in written { #expect(Figure.read(text) == value, "\(text)") }
        #expect(Figure.text(61) == "61")
        #expect(Figure.text(0.125) == "0.125")
        #expect(Figure.text(11, "days") == "11 days")
        #expect(Figure.text(61.5, "%") == "61.5%")
        for _ in 0..<2_000 {
            let value = (Double.random(in: -1e6...1e6) * 10_000).rounded() / 10_000
            #expect(Figure.read(Figure.text(value)) == value)
        }
    }

    @Test("The line of a key result is read as it was written")
    func trail() {
        let readings = (0..<12).map { index in
            Reading(on: day("2026-10-01").adding(days: index), value: Double(index) / 3 - 1, confidence: index % 11)
        }
        #expect(Trail.readings(Trail.text(readings)) == readings)
        #expect(Trail.readings("") == [])
        #expect(Trail.readings("nonsense;1 2;3 4 5") == [Reading(on: Day(daysSince1970: 3), value: 4, confidence: 5)])
    }
}
