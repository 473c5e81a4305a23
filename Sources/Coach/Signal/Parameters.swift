// How learnt parameters are written as text and read back: plain ASCII that a compiler takes in at once.
//
// A text is a head and records. A head gives the number of labels, the largest weight and the biases; a record gives
// the key of a feature in four signs and one sign for each weight, as the signed square root of its share of the
// largest weight. Line ends are skipped.

/// Writes and reads the parameters of a linear model as text.
package enum Parameters {
    /// The signs from "#" to "~" without the backslash: 91 of them, worth 0 to 90.
    private static let base = 91
    private static let middle = 45

    package static func write(_ entries: [(key: UInt32, weights: [Double])], bias: [Double]) -> String {
        let largest = entries.flatMap(\.weights).map(abs).max() ?? 1
        var signs: [UInt8] = []
        append(Int((largest * 1_000).rounded()), digits: 4, to: &signs)
        for value in bias { append(Int((value * 10_000).rounded()) + 10_000_000, digits: 4, to: &signs) }
        for entry in entries {
            append(Int(entry.key), digits: 4, to: &signs)
            for weight in entry.weights { signs.append(sign(of: level(of: weight, largest: largest))) }
        }
        var text = ""
        for start in stride(from: 0, to: signs.count, by: 100) {
            text += String(decoding: signs[start..<min(start + 100, signs.count)], as: UTF8.self) + "\n"
        }
        return text
    }

    package static func model(labels: Int, from text: String) -> LinearModel {
        var digits: [Int] = []
        digits.reserveCapacity(text.utf8.count)
        for byte in text.utf8 where byte >= 35 { digits.append(Int(byte) - (byte > 92 ? 36 : 35)) }
        var position = 0
        func number() -> Int {
            var value = 0
            for _ in 0..<4 where position < digits.count {
                value = value * base + digits[position]
                position += 1
            }
            return value
        }
        let largest = Float(number()) / 1_000
        let bias = (0..<labels).map { _ in Float(number() - 10_000_000) / 10_000 }
        var entries: [(key: UInt32, weights: [Float])] = []
        entries.reserveCapacity((digits.count - position) / (4 + labels))
        while position + 4 + labels <= digits.count {
            let key = UInt32(truncatingIfNeeded: number())
            let weights = (0..<labels).map { label in
                let share = Float(digits[position + label] - middle) / Float(middle)
                return share * abs(share) * largest
            }
            position += labels
            entries.append((key, weights))
        }
        return LinearModel(labels: labels, bias: bias, entries: entries)
    }

    private static func level(of weight: Double, largest: Double) -> Int {
        let share = (abs(weight) / largest).squareRoot()
        let steps = Int((share * Double(middle)).rounded())
        return middle + (weight < 0 ? -steps : steps)
    }

    private static func append(_ value: Int, digits: Int, to signs: inout [UInt8]) {
        var rest = value
        var reversed: [UInt8] = []
        for _ in 0..<digits {
            reversed.append(sign(of: rest % base))
            rest /= base
        }
        signs += reversed.reversed()
    }

    private static func sign(of digit: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: digit + (digit >= 57 ? 36 : 35))
    }
}
