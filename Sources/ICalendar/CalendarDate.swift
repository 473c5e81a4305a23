// Days as RFC 5545 counts them: the Gregorian calendar, on integers.

/// A DATE (RFC 5545 section 3.3.4): a day of the Gregorian calendar, in no time zone.
public struct CalendarDate: Sendable, Hashable, Comparable {
    /// 1 to 9999.
    public let year: Int
    public let month: Int
    public let day: Int

    /// Fails for a day that no calendar has, such as 30 February.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    public init(daysSince1970 days: Int) {
        // Years that begin in March, so that leap days come last, in eras of 400 years.
        let shifted = days + 719_468
        let era = shifted.quotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1 January 1970; negative before.
    public var daysSince1970: Int { Self.days(toYear: year, month: month) + day - 1 }

    public var weekday: Weekday { Weekday(daysSince1970: daysSince1970) }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// Days from 1 January 1970 to the first of a month.
    static func days(toYear year: Int, month: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.quotient(by: 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// How many days a month has; `month` is 1 to 12.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A day of the week, by its two letters in RFC 5545 section 3.3.10. Monday is 1.
public enum Weekday: Int, Sendable, Hashable, CaseIterable {
    case monday = 1
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday
    case sunday

    init(daysSince1970 days: Int) {
        // 1 January 1970 was a Thursday.
        self = Self.allCases[(days + 3).remainder(by: 7)]
    }

    /// `MO` to `SU`.
    public var code: String { Self.codes[rawValue - 1] }

    /// Reads `MO` to `SU`, in small letters too.
    public init?(code: some StringProtocol) {
        guard let index = Self.codes.firstIndex(of: code.uppercased()) else { return nil }
        self = Self.allCases[index]
    }

    private static let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
}

extension Int {
    /// Division that rounds down, also below zero.
    func quotient(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// What the division leaves, from 0 up to the divisor.
    func remainder(by divisor: Int) -> Int { self - quotient(by: divisor) * divisor }
}
