// A linear model over features: a weight for each feature and label, and a softmax over their sums.

/// Weights by feature, one for each label.
package struct LinearModel: Sendable {
    package let labels: Int
    /// Open addressing: the slot of a key starts at its hash and runs on to the next free one.
    private var keys: [UInt32]
    private var weights: [Float]
    private let mask: Int
    /// Added to each label's sum.
    let bias: [Float]

    private static let free = UInt32.max

    package init(labels: Int, bias: [Float], entries: [(key: UInt32, weights: [Float])]) {
        var capacity = 16
        while capacity < entries.count * 2 { capacity *= 2 }
        self.labels = labels
        self.bias = bias
        mask = capacity - 1
        keys = Array(repeating: LinearModel.free, count: capacity)
        weights = Array(repeating: 0, count: capacity * labels)
        for entry in entries {
            var slot = LinearModel.start(of: entry.key) & mask
            while keys[slot] != LinearModel.free { slot = (slot + 1) & mask }
            keys[slot] = entry.key
            for label in 0..<labels { weights[slot * labels + label] = entry.weights[label] }
        }
    }

    private static func start(of key: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(key) &* 0x9e37_79b9_7f4a_7c15) >> 32)
    }

    /// Where the weights of a feature start, or nil for a feature that was never learnt.
    private func row(of key: UInt32) -> Int? {
        var slot = LinearModel.start(of: key) & mask
        while keys[slot] != key {
            if keys[slot] == LinearModel.free { return nil }
            slot = (slot + 1) & mask
        }
        return slot * labels
    }

    /// The weight of a feature for a label.
    package func weight(of key: UInt32, for label: Int) -> Float {
        row(of: key).map { weights[$0 + label] } ?? 0
    }

    /// The chance of each label; they add up to 1.
    package func probabilities(of features: [Feature]) -> [Float] {
        var sums = bias
        for feature in features {
            guard let row = row(of: feature.key) else { continue }
            for label in 0..<labels { sums[label] += weights[row + label] * feature.value }
        }
        return LinearModel.softmax(sums)
    }

    static func softmax(_ sums: [Float]) -> [Float] {
        let top = sums.max() ?? 0
        let powers = sums.map { exponential($0 - top) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }

    /// e to the power of `value`, for values of 0 and below, without a platform's mathematics library,
    /// so that the same bytes come out everywhere.
    static func exponential(_ value: Float) -> Float {
        guard value > -30 else { return 0 }
        // (1 + x/1024 + ...)^1024 with a short series inside.
        let x = Double(value) / 1024
        var power = 1 + x + x * x / 2 + x * x * x / 6
        for _ in 0..<10 { power *= power }
        return Float(power)
    }
}
