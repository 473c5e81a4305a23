// What a clock on the wall shows, and which moment that is in a time zone.

public import Foundation

/// A DATE-TIME with local time (RFC 5545 section 3.3.5, form 1): what a clock on the wall shows.
public struct LocalDateTime: Sendable, Hashable, Comparable {
    public let date: CalendarDate
    /// Seconds since midnight by the clock on the wall, below 86,400.
    let secondOfDay: Int

    public var hour: Int { secondOfDay / 3600 }
    public var minute: Int { secondOfDay % 3600 / 60 }
    public var second: Int { secondOfDay % 60 }

    /// Fails for an hour over 23 or a minute or second over 59.
    public init?(_ date: CalendarDate, hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        self.init(date, secondOfDay: hour * 3600 + minute * 60 + second)
    }

    init(_ date: CalendarDate, secondOfDay: Int) {
        self.date = date
        self.secondOfDay = secondOfDay
    }

    /// The first second of a day.
    public init(startOf date: CalendarDate) { self.init(date, secondOfDay: 0) }

    /// What walls in `zone` show at `moment`.
    public init(_ moment: Date, in zone: TimeZone) {
        self.init(secondsOnTheWall: moment.wholeSeconds + zone.secondsFromGMT(for: moment))
    }

    init(secondsOnTheWall seconds: Int) {
        let days = seconds.quotient(by: 86_400)
        self.init(CalendarDate(daysSince1970: days), secondOfDay: seconds - days * 86_400)
    }

    /// Seconds since 1 January 1970 by this clock.
    var secondsOnTheWall: Int { date.daysSince1970 * 86_400 + secondOfDay }

    /// The moment at which walls in `zone` show this, as RFC 5545 section 3.3.5 has it: a time that comes twice is the
    /// first; one that is skipped is read by the offset from before the gap, so 02:30 becomes 03:30.
    public func instant(in zone: TimeZone) -> Date {
        let wall = secondsOnTheWall
        // Around a change the offsets a day before and after are the only candidates, the earlier first.
        let before = zone.secondsFromGMT(for: Date(seconds: wall - 86_400))
        if zone.secondsFromGMT(for: Date(seconds: wall - before)) == before { return Date(seconds: wall - before) }
        let after = zone.secondsFromGMT(for: Date(seconds: wall + 86_400))
        if zone.secondsFromGMT(for: Date(seconds: wall - after)) == after { return Date(seconds: wall - after) }
        return Date(seconds: wall - before)
    }

    public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
        (left.date, left.secondOfDay) < (right.date, right.secondOfDay)
    }
}

// MARK: As text

extension CalendarDate {
    /// Reads `20261203`.
    public init?(basic text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 8, let year = Int(digits: digits[0..<4]), let month = Int(digits: digits[4..<6]),
            let day = Int(digits: digits[6..<8])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `20261203`
    public var basic: String { padded(year, 4) + padded(month, 2) + padded(day, 2) }
}

extension LocalDateTime {
    /// Reads `20261203T140000`. A leap second counts as the second before it (RFC 5545 section 3.3.12).
    public init?(basic text: some StringProtocol) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CalendarDate(basic: parts[0]) else { return nil }
        let digits = Array(parts[1].utf8)
        guard digits.count == 6, let hour = Int(digits: digits[0..<2]), let minute = Int(digits: digits[2..<4]),
            let second = Int(digits: digits[4..<6])
        else { return nil }
        self.init(date, hour: hour, minute: minute, second: second == 60 ? 59 : second)
    }

    /// `20261203T140000`
    public var basic: String { "\(date.basic)T\(padded(hour, 2))\(padded(minute, 2))\(padded(second, 2))" }
}

extension Date {
    init(seconds: Int) { self.init(timeIntervalSince1970: Double(seconds)) }

    /// Seconds since 1970, rounded down; a moment beyond all calendars becomes the last one that fits.
    var wholeSeconds: Int {
        Int(min(max(timeIntervalSince1970.rounded(.down), -62_135_596_800), 253_402_300_799))
    }

    /// Reads `20261203T140000Z` (RFC 5545 section 3.3.5, form 2).
    public init?(utc text: some StringProtocol) {
        guard text.hasSuffix("Z"), let local = LocalDateTime(basic: text.dropLast()) else { return nil }
        self.init(seconds: local.secondsOnTheWall)
    }

    /// `20261203T140000Z`, without the fraction of the second.
    public var utc: String { "\(LocalDateTime(secondsOnTheWall: wholeSeconds).basic)Z" }
}

extension Int {
    /// The number that so many ASCII digits make, at most 18; nil where anything else stands among them.
    public init?(digits: ArraySlice<UInt8>) {
        guard digits.count <= 18 else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = 10 * number + Int(digit - UInt8(ascii: "0"))
        }
        self = number
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
