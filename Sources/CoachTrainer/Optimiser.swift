// Finds the weights of a linear model: multinomial logistic regression with a quadratic penalty, by L-BFGS.
// One thread, one order of additions: the same input gives the same bits.

import Foundation

/// A training sentence as numbers.
struct Example {
    var features: [(index: Int, value: Double)]
    var label: Int
    var importance: Double
}

struct Optimiser {
    var labels: Int
    var dimensions: Int
    /// The weight of the quadratic penalty.
    var penalty: Double
    var rounds = 60

    /// The weights, `dimensions` rows of `labels`, then one bias for each label.
    func fit(_ examples: [Example]) -> [Double] {
        let size = (dimensions + 1) * labels
        var point = [Double](repeating: 0, count: size)
        var (value, gradient) = loss(at: point, examples)
        var steps: [(s: [Double], y: [Double], rho: Double)] = []
        for round in 0..<rounds {
            let direction = direction(gradient, steps)
            var rate = round == 0 ? 0.05 : 1.0
            let slope = dot(gradient, direction)
            var next = point
            var nextValue = value
            var nextGradient = gradient
            for _ in 0..<20 {
                for index in 0..<size { next[index] = point[index] + rate * direction[index] }
                (nextValue, nextGradient) = loss(at: next, examples)
                if nextValue <= value + 1e-4 * rate * slope { break }
                rate *= 0.5
            }
            var s = [Double](repeating: 0, count: size)
            var y = s
            for index in 0..<size {
                s[index] = next[index] - point[index]
                y[index] = nextGradient[index] - gradient[index]
            }
            let curvature = dot(s, y)
            if curvature > 1e-12 { steps.append((s, y, 1 / curvature)) }
            if steps.count > 8 { steps.removeFirst() }
            let gain = value - nextValue
            (point, value, gradient) = (next, nextValue, nextGradient)
            if gain < 1e-6 * abs(value) { break }
        }
        return point
    }

    private func direction(
        _ gradient: [Double], _ steps: [(s: [Double], y: [Double], rho: Double)]
    ) -> [Double] {
        var q = gradient
        var alphas: [Double] = []
        for step in steps.reversed() {
            let alpha = step.rho * dot(step.s, q)
            alphas.append(alpha)
            for index in q.indices { q[index] -= alpha * step.y[index] }
        }
        if let last = steps.last {
            let scale = 1 / (last.rho * dot(last.y, last.y))
            for index in q.indices { q[index] *= scale }
        }
        for (step, alpha) in zip(steps, alphas.reversed()) {
            let beta = step.rho * dot(step.y, q)
            for index in q.indices { q[index] += (alpha - beta) * step.s[index] }
        }
        for index in q.indices { q[index] = -q[index] }
        return q
    }

    private func loss(at point: [Double], _ examples: [Example]) -> (Double, [Double]) {
        var gradient = [Double](repeating: 0, count: point.count)
        var total = 0.0
        let biasRow = dimensions * labels
        for index in 0..<biasRow {
            total += 0.5 * penalty * point[index] * point[index]
            gradient[index] = penalty * point[index]
        }
        var sums = [Double](repeating: 0, count: labels)
        point.withUnsafeBufferPointer { point in
            gradient.withUnsafeMutableBufferPointer { gradient in
                for example in examples {
                    for label in 0..<labels { sums[label] = point[biasRow + label] }
                    for (index, amount) in example.features {
                        for label in 0..<labels { sums[label] += point[index * labels + label] * amount }
                    }
                    let top = sums.max() ?? 0
                    var norm = 0.0
                    for label in 0..<labels {
                        sums[label] = exponential(sums[label] - top)
                        norm += sums[label]
                    }
                    total -= example.importance * logarithm(sums[example.label] / norm)
                    for label in 0..<labels {
                        let miss = sums[label] / norm - (label == example.label ? 1 : 0)
                        sums[label] = miss * example.importance
                        gradient[biasRow + label] += sums[label]
                    }
                    for (index, amount) in example.features {
                        for label in 0..<labels { gradient[index * labels + label] += sums[label] * amount }
                    }
                }
            }
        }
        return (total, gradient)
    }

    private func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
}

private func exponential(_ value: Double) -> Double { exp(value) }
private func logarithm(_ value: Double) -> Double { log(max(value, 1e-300)) }
