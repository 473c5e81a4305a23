public import Foundation
import ICalendar

/// What the clock on somebody's wall shows at a moment.
public struct WallTime: Sendable, Hashable {
    public let day: Day
    public let hour: Int
    public let minute: Int

    public init(day: Day, hour: Int, minute: Int) {
        self.day = day
        self.hour = hour
        self.minute = minute
    }

    public init(_ moment: Date, in zone: TimeZone) {
        self.init(LocalDateTime(moment, in: zone))
    }

    /// Reads `2026-11-19T14:00`, as a browser's date-and-time field sends it.
    public init?(_ text: some StringProtocol) {
        guard let end = text.utf8.firstIndex(of: UInt8(ascii: "T")), let day = Day(text[..<end]) else { return nil }
        self.init(day: day, time: text[text.utf8.index(after: end)...])
    }

    /// Reads a day and `14:00` (seconds, if given, are left out).
    public init?(day: Day, time: some StringProtocol) {
        let letters = Array(time.utf8)
        let colon = UInt8(ascii: ":")
        guard letters.count == 5 || letters.count == 8 && letters[5] == colon, letters[2] == colon,
            let hour = Int(digits: letters[0..<2]), let minute = Int(digits: letters[3..<5]), (0...23).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        self.init(day: day, hour: hour, minute: minute)
    }

    /// The moment at which a wall in `zone` shows this. In the hour that a clock change skips, the time after it; in the
    /// hour that it repeats, the first.
    public func moment(in zone: TimeZone) -> Date { local.instant(in: zone) }

    /// `14:00`
    public var time: String { "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)" }

    /// `2026-11-19T14:00`, for fields and `<time>`.
    public var iso: String { "\(day.iso)T\(time)" }
}

extension Date {
    /// `Thursday 19 November, 14:00`
    public func long(in zone: TimeZone) -> String {
        let wall = WallTime(self, in: zone)
        return "\(wall.day.long), \(wall.time)"
    }

    /// `Thu 19 Nov, 14:00`
    public func short(in zone: TimeZone) -> String {
        let wall = WallTime(self, in: zone)
        return "\(wall.day.short), \(wall.time)"
    }

    public func time(in zone: TimeZone) -> String { WallTime(self, in: zone).time }

    public func adding(minutes: Int) -> Date { addingTimeInterval(Double(minutes) * 60) }
    public func adding(days: Int) -> Date { addingTimeInterval(Double(days) * 86_400) }
}
