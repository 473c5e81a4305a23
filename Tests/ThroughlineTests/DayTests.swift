import Foundation
import Testing

@testable import Throughline

@Suite("Days and wall times")
struct DayTests {
    @Test("Every day of two centuries is what Foundation's calendar says it is")
    func days() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        for number in stride(from: 0, to: 73_000, by: 7) {
            let day = Day(daysSince1970: number)
            let moment = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekOfYear], from: moment)
            let expected = [parts.year, parts.month, parts.day, parts.weekOfYear]
            #expect([day.year, day.month, day.day, day.week] == expected)
            #expect(day.daysSince1970 == number)
            #expect(Day(day.iso) == day)
        }
    }

    @Test("Every IANA name is a time zone, older spellings by their present name, and nothing else is one")
    func zoneNames() {
        for name in TimeZones.offered + ["Asia/Kolkata", "Africa/Asmera", "Etc/GMT+5", "Japan", "GMT", "UTC"] {
            #expect(TimeZones.chosen(name) == name)
        }
        #expect(TimeZones.chosen("Asia/Calcutta") == "Asia/Kolkata")
        #expect(TimeZones.chosen("Europe/Kiev") == "Europe/Kyiv")
        #expect(TimeZones.offered.contains("Asia/Kolkata") && !TimeZones.offered.contains("Asia/Calcutta"))
        for name in ["", "nonsense", "GMT+3", "PST", "+03:00", "../../etc/passwd", "posix/Europe/Amsterdam"] {
            #expect(TimeZones.chosen(name) == nil)
        }
    }

    @Test("A wall shows the time that was asked for, on both sides of a clock change")
    func clockChange() throws {
        let zone = try #require(TimeZones.named("Europe/Amsterdam"))
        for text in ["2026-03-29T01:59", "2026-03-29T03:00", "2026-10-25T01:30", "2026-10-25T03:00"] {
            let wall = try #require(WallTime(text))
            #expect(WallTime(wall.moment(in: zone), in: zone) == wall)
        }
    }
}
