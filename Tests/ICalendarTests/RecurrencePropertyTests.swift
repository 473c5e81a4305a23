// Our expansion against that of python-dateutil and Python's own zones.

import Foundation
import ICalendar
import TestSupport
import Testing

@Suite("Random recurrences")
struct RecurrencePropertyTests {
    /// How many are tried: `THROUGHLINE_RECURRENCES`, or 1,000; `script/test` asks for 10,000.
    private static let cases =
        ProcessInfo.processInfo.environment["THROUGHLINE_RECURRENCES"].flatMap(Int.init) ?? 1_000

    @Test("Random rules in random time zones give the times that python-dateutil gives")
    func agreesWithDateutil() async throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        var randomness = Randomness(state: seed)
        let zones = TimeZone.knownTimeZoneIdentifiers.sorted()
        let cases = (0..<Self.cases).map { _ in RandomCase.random(using: &randomness, zones: zones) }

        let answer = try await Python.run("recurrence_peer.py", input: try JSONEncoder().encode(cases))
        let expected = try JSONDecoder().decode([[Time]?].self, from: answer)

        try #require(expected.count == cases.count)
        var wrong: [String] = []
        var compared = 0
        for (number, (each, theirs)) in zip(cases, expected).enumerated() {
            guard let theirs else { continue }
            compared += 1
            let ours = try Self.expand(each)
            guard ours != theirs else { continue }
            wrong.append(
                "seed \(seed), number \(number): \(each)\n  ours \(ours.prefix(9))\n  theirs \(theirs.prefix(9))")
        }
        #expect(wrong.isEmpty, "\(wrong.count) of \(compared) differ:\n\(wrong.prefix(5).joined(separator: "\n"))")
        #expect(compared > Self.cases * 9 / 10)
    }

    private static func expand(_ each: RandomCase) throws -> [Time] {
        let zone = try #require(TimeZone(identifier: each.zone))
        let start = try #require(LocalDateTime(basic: each.start.filter { $0 != "-" && $0 != ":" }))
        let before = try #require(LocalDateTime(basic: each.before.filter { $0 != "-" && $0 != ":" }))
        let rule = try RecurrenceRule(each.rule)
        return rule.occurrences(from: start, in: zone).prefix(each.count).filter { $0 < before }.map {
            Time(wall: $0.basic, seconds: Int($0.instant(in: zone).timeIntervalSince1970))
        }
    }

    @Test("What is left out before a day makes no difference to what comes after")
    func notBefore() throws {
        var randomness = Randomness(state: UInt64.random(in: 0..<1_000_000))
        for _ in 0..<1_000 {
            let each = RandomCase.random(
                using: &randomness, zones: ["Europe/Amsterdam", "America/New_York", "Asia/Tokyo"])
            let zone = try #require(TimeZone(identifier: each.zone))
            let start = try #require(LocalDateTime(basic: each.start.filter { $0 != "-" && $0 != ":" }))
            let rule = try RecurrenceRule(each.rule)
            let day = CalendarDate(
                daysSince1970: start.date.daysSince1970 + Int.random(in: -400...1_500, using: &randomness))
            let all = rule.occurrences(from: start, in: zone).prefix(1_600).filter { $0.date >= day }.prefix(4)
            let late = rule.occurrences(from: start, in: zone, notBefore: day).prefix(4)
            #expect(Array(all) == Array(late), "\(each) from \(day.basic)")
        }
    }

    /// One occurrence: `20261203T140000` on the wall, and the moment.
    private struct Time: Decodable, Equatable, CustomStringConvertible {
        let wall: String
        let seconds: Int

        init(wall: String, seconds: Int) {
            self.wall = wall
            self.seconds = seconds
        }

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            wall = try list.decode(String.self).filter { $0 != "-" && $0 != ":" }
            seconds = try list.decode(Int.self)
        }

        var description: String { "\(wall)=\(seconds)" }
    }
}
