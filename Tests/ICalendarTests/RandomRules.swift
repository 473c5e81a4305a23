// Random rules, starts and zones, the same ones for the same seed.

import Foundation
import ICalendar

struct Randomness: RandomNumberGenerator {
    var state: UInt64

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

struct RandomCase: Encodable {
    let rule: String
    let start: String
    let zone: String
    var count = 25
    /// No occurrences from here on are compared.
    var before = "2045-01-01T00:00:00"

    static func random(using randomness: inout Randomness, zones: [String]) -> RandomCase {
        let year = Int.random(in: 2008...2030, using: &randomness)
        let month = Int.random(in: 1...12, using: &randomness)
        // Every tenth start is late in a month, and every third in the small hours, where clocks change.
        let day = Int.random(in: Int.random(in: 1...10, using: &randomness) == 1 ? 26...28 : 1...28, using: &randomness)
        let hour = Int.random(in: Int.random(in: 1...3, using: &randomness) == 1 ? 0...3 : 0...23, using: &randomness)
        let start = pad(year, month, day, "-") + "T" + pad(hour, [0, 15, 30, 45].random(&randomness), 0, ":")
        var rules = RuleMaker(randomness: randomness, year: year)
        let rule = rules.rule(weekday: weekday(year, month, day))
        randomness = rules.randomness
        return RandomCase(rule: rule, start: start, zone: zones.random(&randomness))
    }

    private static func weekday(_ year: Int, _ month: Int, _ day: Int) -> String {
        CalendarDate(year: year, month: month, day: day)?.weekday.code ?? "MO"
    }

    private static func pad(_ first: Int, _ second: Int, _ third: Int, _ separator: String) -> String {
        [first, second, third].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: separator)
    }
}

/// Makes rules that RFC 5545 allows and whose meaning it leaves no doubt about. Left out are those that dateutil reads
/// in a way of its own: a BYDAY that mixes MO and 2TU, which it takes as “and”.
private struct RuleMaker {
    var randomness: Randomness
    let year: Int

    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    mutating func rule(weekday: String) -> String {
        let frequency = ["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"].random(&randomness)
        var parts = ["FREQ=\(frequency)"]
        // Not a multiple of 7, with which a daily rule may never meet its weekday.
        if chance(2) { parts.append("INTERVAL=\([2, 3, 4, 5, 6, 9, 12].random(&randomness))") }
        switch frequency {
        case "DAILY": parts += narrowing()
        case "WEEKLY": parts += weekly(weekday)
        case "MONTHLY": parts += days(inYear: false)
        default: parts += days(inYear: true)
        }
        if let end = end() { parts.append(end) }
        return parts.shuffled(using: &randomness).joined(separator: ";")
    }

    private mutating func narrowing() -> [String] {
        var parts: [String] = []
        if chance(4) { parts.append("BYMONTH=" + list(1...12, atMost: 4)) }
        if chance(4) { parts.append("BYDAY=" + weekdays(atMost: 4)) }
        if chance(6) { parts.append("BYMONTHDAY=" + monthDays(upTo: 28, atMost: 5)) }
        return parts
    }

    /// WKST matters to every second week. BYSETPOS comes with weeks that start on the day of the start: from the first
    /// week dateutil takes only what is left of it, where the RFC means the whole.
    private mutating func weekly(_ weekday: String) -> [String] {
        var parts: [String] = []
        if chance(4) { parts.append("BYMONTH=" + list(1...12, atMost: 4)) }
        guard chance(2) else { return parts }
        parts.append("BYDAY=" + weekdays(atMost: 5))
        if chance(4) {
            parts += ["WKST=\(weekday)", "BYSETPOS=" + ["1", "-1", "1,-1", "1,2", "-2,-1"].random(&randomness)]
        } else if chance(2) {
            parts.append("WKST=" + Self.weekdays.random(&randomness))
        }
        return parts
    }

    private mutating func days(inYear: Bool) -> [String] {
        var parts: [String] = []
        if chance(inYear ? 2 : 5) { parts.append("BYMONTH=" + list(1...12, atMost: 4)) }
        let hasMonths = !parts.isEmpty
        switch Int.random(in: 0...4, using: &randomness) {
        case 0: break
        case 1: parts.append("BYMONTHDAY=" + monthDays(upTo: 31, atMost: 4))
        case 2: parts.append("BYDAY=" + weekdays(atMost: 5))
        case 3:
            let most = inYear && !hasMonths ? 52 : 5
            let ordinals = (0..<Int.random(in: 1...3, using: &randomness)).map { _ in
                "\([1, 2, 3, 4, -1, -2, most, -most].random(&randomness))" + Self.weekdays.random(&randomness)
            }
            parts.append("BYDAY=" + ordinals.joined(separator: ","))
        default:
            parts.append("BYMONTHDAY=" + monthDays(upTo: 31, atMost: 9))
            parts.append("BYDAY=" + weekdays(atMost: 4))
        }
        if parts.count > (hasMonths ? 1 : 0), chance(3) {
            parts.append("BYSETPOS=" + ["1", "-1", "1,-1", "1,3", "-2,-1"].random(&randomness))
        }
        return parts
    }

    private mutating func end() -> String? {
        switch Int.random(in: 0...4, using: &randomness) {
        case 0: "COUNT=\(Int.random(in: 1...40, using: &randomness))"
        case 1:
            "UNTIL=\(year + Int.random(in: 0...3, using: &randomness))"
                + ["0329T010000Z", "1025T003000Z", "0630T120000Z", "1231T235959Z"].random(&randomness)
        default: nil
        }
    }

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 1...one, using: &randomness) == 1 }

    private mutating func list(_ range: ClosedRange<Int>, atMost most: Int) -> String {
        let count = Int.random(in: 1...most, using: &randomness)
        return range.shuffled(using: &randomness).prefix(count).map(String.init).joined(separator: ",")
    }

    private mutating func monthDays(upTo last: Int, atMost most: Int) -> String {
        let days = Array(1...last) + Array(-last ... -1)
        return days.shuffled(using: &randomness).prefix(Int.random(in: 1...most, using: &randomness))
            .map(String.init).joined(separator: ",")
    }

    private mutating func weekdays(atMost most: Int) -> String {
        Self.weekdays.shuffled(using: &randomness).prefix(Int.random(in: 1...most, using: &randomness))
            .joined(separator: ",")
    }
}

extension Array {
    fileprivate func random(_ randomness: inout Randomness) -> Element {
        self[Int.random(in: 0..<count, using: &randomness)]
    }
}
