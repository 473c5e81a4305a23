// What is derived of key results and objectives, and never typed: progress, health, the trend of confidence. Pure functions;
// docs/guide/okrs.md says the same in plain words.
import Foundation

/// How far a key result is from where it began to where it should be: by a figure, by steps, or by a yes.
public enum Measure: Sendable, Equatable {
    case raise(from: Double, to: Double)
    case lower(from: Double, to: Double)
    /// Stay between two bounds, both of which count as inside.
    case keep(low: Double, high: Double)
    /// The value is the share of its steps that is done.
    case milestone
    /// The value is 0 or 1.
    case yesNo

    /// From 0 to 1, whatever the value is. Without a value, 0.
    ///
    /// Where there is no way to go (from and to are the same, or lie the wrong way round), it is 1 once the target is
    /// reached and 0 before.
    public func progress(at value: Double?) -> Double {
        guard let value, value.isFinite else { return 0 }
        switch self {
        case .raise(let from, let to):
            return Self.share(value - from, of: to - from, isReached: value >= to)
        case .lower(let from, let to):
            return Self.share(from - value, of: from - to, isReached: value <= to)
        case .keep(let low, let high):
            if low <= value, value <= high { return 1 }
            // As far outside as the band is wide counts as nothing.
            let distance = value < low ? low - value : value - high
            return high > low ? 1 - (distance / (high - low)).clamped : 0
        case .milestone, .yesNo:
            return value.clamped
        }
    }

    private static func share(_ part: Double, of whole: Double, isReached: Bool) -> Double {
        if isReached { return 1 }
        return whole > 0 ? (part / whole).clamped : 0
    }

    /// Whether progress is expected to grow with time. What has to stay within bounds is expected to do so all along,
    /// and a yes comes when it comes.
    var hasPace: Bool {
        switch self {
        case .raise, .lower, .milestone: true
        case .keep, .yesNo: false
        }
    }

    /// Whether a new target asks less than an old one: a nearer end, a wider band, or another baseline.
    func isEased(from old: Measure) -> Bool {
        switch (old, self) {
        case (.raise(let from, let to), .raise(let newFrom, let newTo)): newTo < to || newFrom < from
        case (.lower(let from, let to), .lower(let newFrom, let newTo)): newTo > to || newFrom > from
        case (.keep(let low, let high), .keep(let newLow, let newHigh)): newLow < low || newHigh > high
        case (.milestone, .milestone), (.yesNo, .yesNo): false
        default: true
        }
    }
}

extension Double {
    /// Itself between 0 and 1; 0 for what is no number.
    var clamped: Double { self > 0 ? Swift.min(self, 1) : 0 }
}

/// Whether a key result is one to be met, or one to be reached for.
public enum Ambition: String, Sendable, CaseIterable {
    /// Counted on: all of it is expected.
    case committed
    /// Reached for: seven tenths of it would be a good result.
    case aspirational

    /// The share of the whole way that is expected at the end.
    var expectation: Double { self == .committed ? 1 : 0.7 }
}

/// What a check-in said of a key result.
public struct Reading: Sendable, Equatable {
    /// The day that the value is of.
    public let on: Day
    public let value: Double
    /// From 0, it won't, to 10, it will.
    public let confidence: Int

    public init(on: Day, value: Double, confidence: Int) {
        self.on = on
        self.value = value
        self.confidence = confidence
    }
}

/// Where a cycle stands on a day.
public struct Pace: Sendable, Equatable {
    public let startsOn: Day
    public let endsOn: Day
    /// How many days may lie between two check-ins.
    public let rhythm: Int
    public let today: Day

    public init(startsOn: Day, endsOn: Day, rhythm: Int, today: Day) {
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.rhythm = rhythm
        self.today = today
    }

    /// How many days the cycle lasts.
    public var length: Int { endsOn.days(since: startsOn) + 1 }
    /// The number of the day within the cycle, from 0 before it to its length.
    public var day: Int { min(max(today.days(since: startsOn) + 1, 0), length) }
    /// The share of the cycle that has passed, with today, from 0 to 1.
    public var elapsed: Double { (Double(day) / Double(length)).clamped }
    /// The share that had passed on another day.
    public func elapsed(on day: Day) -> Double {
        Pace(startsOn: startsOn, endsOn: endsOn, rhythm: rhythm, today: day).elapsed
    }

    /// From so many days without a check-in on, a key result is quiet: twice its rhythm.
    public var patience: Int { rhythm * 2 }
}

/// How a key result or an objective is doing.
public enum Health: Sendable, Hashable {
    case onTrack
    /// Nobody has checked in yet.
    case pending
    case atRisk
    /// The last check-in is so many days ago that what it said no longer counts.
    case quiet(days: Int)
    case offTrack

    /// Without the days, for filters and counts.
    public enum Kind: String, Sendable, CaseIterable {
        case onTrack = "on-track"
        case atRisk = "at-risk"
        case offTrack = "off-track"
        case quiet
        case pending
    }

    public var kind: Kind {
        switch self {
        case .onTrack: .onTrack
        case .pending: .pending
        case .atRisk: .atRisk
        case .quiet: .quiet
        case .offTrack: .offTrack
        }
    }

    /// The greater, the more it needs somebody.
    var urgency: Int {
        switch self {
        case .onTrack: 0
        case .pending: 1
        case .atRisk: 2
        case .quiet: 3
        case .offTrack: 4
        }
    }

    /// The health of a key result.
    ///
    /// Never checked in is pending. Quiet outranks whatever the last check-in said. Otherwise the worse of two: its pace
    /// (at least as far as time has come, give or take a tenth, is on track; three tenths behind is off) and the
    /// confidence (5 or less is at risk, 2 or less is off).
    public static func of(_ measure: Measure, _ ambition: Ambition, _ latest: Reading?, _ pace: Pace) -> Health {
        guard let latest else { return .pending }
        let silence = min(pace.today, pace.endsOn).days(since: latest.on)
        if silence >= pace.patience { return .quiet(days: pace.today.days(since: latest.on)) }
        let byPace = ofPace(measure, ambition, latest.value, pace)
        let byConfidence: Health =
            switch latest.confidence {
            case ...2: .offTrack
            case 3...5: .atRisk
            default: .onTrack
            }
        return byPace.urgency >= byConfidence.urgency ? byPace : byConfidence
    }

    private static func ofPace(_ measure: Measure, _ ambition: Ambition, _ value: Double, _ pace: Pace) -> Health {
        let progress = measure.progress(at: value)
        let expected = measure.hasPace ? pace.elapsed * ambition.expectation : (pace.elapsed < 1 ? 0 : 1)
        if case .keep = measure { return progress >= 1 ? .onTrack : (progress > 0 ? .atRisk : .offTrack) }
        let behind = expected - progress
        // Binary fractions: a tenth behind is on track, a hair more isn't.
        if behind <= 0.1 + 1e-9 { return .onTrack }
        return behind <= 0.3 + 1e-9 ? .atRisk : .offTrack
    }

    /// The health of what consists of several: the one that needs somebody most. Nil of nothing.
    public static func worst(of parts: some Sequence<Health>) -> Health? {
        parts.max { left, right in
            if case .quiet(let one) = left, case .quiet(let other) = right { return one < other }
            return left.urgency < right.urgency
        }
    }
}

/// Whether people grow more or less sure.
public enum Trend: Sendable, Equatable {
    case rising
    case falling
    case steady

    /// The newest confidence beside the mean of up to three before it: a whole point or more is a trend. Nil while there
    /// is nothing to compare.
    public static func ofConfidence(_ readings: [Reading]) -> Trend? {
        guard let last = readings.last, readings.count > 1 else { return nil }
        let before = readings.dropLast().suffix(3).map { Double($0.confidence) }
        let change = Double(last.confidence) - before.reduce(0, +) / Double(before.count)
        if change >= 1 { return .rising }
        return change <= -1 ? .falling : .steady
    }
}

/// Sums over parts that have weights.
public enum Weighted {
    /// The weighted mean; where all weights are zero, the plain mean; nil of nothing. With parts from 0 to 1 it is from 0
    /// to 1.
    public static func mean(_ parts: [(value: Double, weight: Int)]) -> Double? {
        guard !parts.isEmpty else { return nil }
        let weights = parts.reduce(0.0) { $0 + Double(max($1.weight, 0)) }
        guard weights > 0 else { return parts.reduce(0.0) { $0 + $1.value } / Double(parts.count) }
        return parts.reduce(0.0) { $0 + $1.value * Double(max($1.weight, 0)) } / weights
    }
}

/// What is known of an objective through its key results.
public struct Standing: Sendable, Equatable {
    /// The weighted mean of its key results' progress; nil without any.
    public let progress: Double?
    /// That of the key result that needs somebody most; nil without any. A weight of zero doesn't hide it.
    public let health: Health?
    /// The weighted mean of the newest confidences, where there are any.
    public let confidence: Double?

    public init(_ keyResults: [KeyResult], pace: Pace) {
        progress = Weighted.mean(keyResults.map { (value: $0.progress, weight: $0.weight) })
        health = Health.worst(of: keyResults.map { $0.health(pace) })
        confidence = Weighted.mean(
            keyResults.compactMap { result in
                result.latest.map { (value: Double($0.confidence), weight: result.weight) }
            })
    }

    /// `61% of the way, 7 of 10 sure`, as a session shows it.
    static func words(_ keyResults: [KeyResult]) -> String {
        let progress = Weighted.mean(keyResults.map { (value: $0.progress, weight: $0.weight) }) ?? 0
        let sure = Weighted.mean(
            keyResults.compactMap { result in
                result.latest.map { (value: Double($0.confidence), weight: result.weight) }
            })
        let words = "\(Int((progress * 100).rounded()))% of the way"
        return sure.map { words + ", \(Figure.text(($0 * 10).rounded() / 10)) of 10 sure" } ?? words
    }

    /// The score that is offered when the cycle closes: the progress, to a tenth.
    public var proposedScore: Double? { progress.map { ($0 * 10).rounded() / 10 } }
}

/// A roll-up: the progress of an objective that has no key results of its own.
public enum RollUp {
    /// The mean of what supports it: downwards along the links, through objectives without key results of their own, to
    /// the first that have some, each counted once however many ways lead to it.
    /// - Parameters:
    ///   - supporters: by objective, what supports it. Without loops or with them, it ends.
    ///   - progress: of the objectives that have key results.
    /// - Returns: nil where nothing below has key results.
    public static func progress<Key: Hashable & Comparable>(
        of root: Key, supporters: [Key: [Key]], progress: [Key: Double]
    ) -> Double? {
        if let own = progress[root] { return own }
        var seen: Set<Key> = [root]
        var waiting = supporters[root] ?? []
        var found: [(Key, Double)] = []
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted else { continue }
            if let value = progress[next] {
                found.append((next, value))
            } else {
                waiting += supporters[next] ?? []
            }
        }
        // In one order, so that the same figures give the same sum to the last bit.
        let values = found.sorted { $0.0 < $1.0 }.map { (value: $0.1, weight: 1) }
        return Weighted.mean(values)
    }
}
