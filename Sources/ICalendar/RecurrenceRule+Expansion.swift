// The times that a recurrence rule gives, one after the other.

public import Foundation

extension RecurrenceRule {
    /// The times of the rule from `start` on, as clocks on the wall show them, without end where the rule has none.
    ///
    /// The time of day is that of `start`. As RFC 5545 section 3.8.5.3 leaves open what a start means that doesn't
    /// follow the rule, such a start is not among them. A rule that can't come round, such as 30 February, gives
    /// nothing; the sequence ends with the year 2999.
    /// - Parameters:
    ///   - zone: where the clocks hang; it decides what UNTIL, a moment, leaves out.
    ///   - day: leaves out what is before this day. It takes no time to pass over years of it, except for a rule with
    ///     COUNT, which has to count.
    public func occurrences(
        from start: LocalDateTime, in zone: TimeZone, notBefore day: CalendarDate? = nil
    ) -> Occurrences {
        Occurrences(rule: self, start: start, zone: zone, notBefore: day)
    }

    /// The times of a rule, worked out one period after the other.
    public struct Occurrences: Sequence, IteratorProtocol, Sendable {
        private let start: LocalDateTime
        private let zone: TimeZone
        private let end: End
        /// Up to here UNTIL leaves out nothing, whatever the clocks do.
        private let isSurelyIncluded: LocalDateTime?
        private let periods: Periods
        /// What is before it is left out.
        private let firstDay: Int
        private var period = 0
        /// The rest of the present period, as days since 1970.
        private var days: ArraySlice<Int> = []
        private var given = 0
        private var isOver = false

        /// So many periods in a row without an occurrence mean that there will be none. The longest wait that isn't
        /// for ever is that of a 29 February on a certain weekday, counted in days: 40 years.
        private static let patience = 20_000
        private static let lastYear = 2999

        init(rule: RecurrenceRule, start: LocalDateTime, zone: TimeZone, notBefore day: CalendarDate?) {
            self.start = start
            self.zone = zone
            end = rule.end
            periods = Periods(rule: rule, start: start.date)
            firstDay = Swift.max(periods.firstDay, day?.daysSince1970 ?? periods.firstDay)
            isSurelyIncluded =
                if case .until(let moment) = rule.end {
                    LocalDateTime(moment.addingTimeInterval(-86_400), in: zone)
                } else { nil }
            if case .count = rule.end { return }
            period = periods.number(on: firstDay)
        }

        public mutating func next() -> LocalDateTime? {
            while let time = nextOfAll() {
                if time.date.daysSince1970 >= firstDay { return time }
            }
            return nil
        }

        private mutating func nextOfAll() -> LocalDateTime? {
            if isOver { return nil }
            var empty = 0
            while days.isEmpty {
                guard empty < Self.patience, let found = periods.days(inPeriod: period, upToYear: Self.lastYear) else {
                    isOver = true
                    return nil
                }
                days = found.drop { $0 < periods.firstDay }
                period += 1
                empty += 1
            }
            guard let day = days.popFirst() else { return nil }
            let time = LocalDateTime(CalendarDate(daysSince1970: day), secondOfDay: start.secondOfDay)
            guard isIncluded(time) else {
                isOver = true
                return nil
            }
            given += 1
            return time
        }

        private func isIncluded(_ time: LocalDateTime) -> Bool {
            switch end {
            case .never: true
            case .count(let count): given < count
            case .until(let moment):
                isSurelyIncluded.map { time < $0 } ?? false || time.instant(in: zone) <= moment
            case .untilLocal(let local): time <= local
            case .untilDay(let day): time.date <= day
            }
        }
    }

    /// The periods of a rule, each a day, week, month or year, and the days that the rule chooses in them.
    /// BYSETPOS counts within a period.
    struct Periods: Sendable {
        let rule: RecurrenceRule
        let start: CalendarDate
        let firstDay: Int
        /// BYDAY without numbers, or all weekdays.
        private let plainWeekdays: Set<Weekday>

        init(rule: RecurrenceRule, start: CalendarDate) {
            self.rule = rule
            self.start = start
            firstDay = start.daysSince1970
            plainWeekdays = Set(rule.byDay.filter { $0.ordinal == nil }.map(\.weekday))
        }

        /// The period that a day is in, or the last one before it.
        func number(on day: Int) -> Int {
            let date = CalendarDate(daysSince1970: day)
            let passed =
                switch rule.frequency {
                case .daily: day - firstDay
                case .weekly: (day - firstWeek).quotient(by: 7)
                case .monthly: (date.year - start.year) * 12 + date.month - start.month
                case .yearly: date.year - start.year
                }
            return max(0, passed / rule.interval)
        }

        /// The first day of the week that the start is in.
        private var firstWeek: Int {
            firstDay - (start.weekday.rawValue - rule.weekStart.rawValue).remainder(by: 7)
        }

        /// The chosen days of a period, in order; nil once the calendar ends.
        func days(inPeriod number: Int, upToYear lastYear: Int) -> [Int]? {
            let step = number * rule.interval
            let days: [Int]
            switch rule.frequency {
            case .daily:
                days = [firstDay + step].filter(isInMonths).filter(isOnMonthDays).filter(isOnPlainWeekdays)
                if CalendarDate(daysSince1970: firstDay + step).year > lastYear { return nil }
            case .weekly:
                let first = firstWeek + 7 * step
                if CalendarDate(daysSince1970: first).year > lastYear { return nil }
                days = week(from: first)
            case .monthly:
                let month = start.year * 12 + start.month - 1 + step
                if month / 12 > lastYear { return nil }
                days = monthOfRule(year: month / 12, month: month % 12 + 1)
            case .yearly:
                if start.year + step > lastYear { return nil }
                days = year(start.year + step)
            }
            return rule.bySetPos.isEmpty ? days : chosen(from: days)
        }

        private func week(from first: Int) -> [Int] {
            (first..<first + 7).filter { day in
                rule.byDay.isEmpty ? Weekday(daysSince1970: day) == start.weekday : isOnPlainWeekdays(day)
            }.filter(isInMonths)
        }

        private func monthOfRule(year: Int, month: Int) -> [Int] {
            guard rule.byMonth.isEmpty || rule.byMonth.contains(month) else { return [] }
            return self.month(month, of: year, orElse: start.day)
        }

        /// BYDAY counts within the months of BYMONTH, and without that within the year.
        private func year(_ year: Int) -> [Int] {
            if rule.byMonthDay.isEmpty, rule.byDay.isEmpty {
                return (rule.byMonth.isEmpty ? [start.month] : rule.byMonth).flatMap {
                    month($0, of: year, orElse: start.day)
                }
            }
            if !rule.byMonth.isEmpty { return rule.byMonth.flatMap { month($0, of: year, orElse: start.day) } }
            let first = CalendarDate.days(toYear: year, month: 1)
            let end = CalendarDate.days(toYear: year + 1, month: 1)
            let weekdays = rule.byDay.isEmpty ? Array(first..<end) : onWeekdays(first..<end)
            return weekdays.filter(isOnMonthDays)
        }

        /// The days of a month by BYMONTHDAY and BYDAY, which narrow each other; without them one day.
        private func month(_ month: Int, of year: Int, orElse day: Int) -> [Int] {
            let first = CalendarDate.days(toYear: year, month: month)
            let end = first + CalendarDate.length(ofMonth: month, year: year)
            if rule.byMonthDay.isEmpty, rule.byDay.isEmpty {
                return first + day - 1 < end ? [first + day - 1] : []
            }
            if rule.byMonthDay.isEmpty { return onWeekdays(first..<end) }
            let days = rule.byMonthDay.map { $0 > 0 ? first + $0 - 1 : end + $0 }
                .filter { (first..<end).contains($0) }
            let onDays = Set(days).sorted()
            return rule.byDay.isEmpty ? onDays : onDays.filter(Set(onWeekdays(first..<end)).contains)
        }

        /// The days of a month or a year that BYDAY names.
        private func onWeekdays(_ range: Range<Int>) -> [Int] {
            var days: Set<Int> = []
            for each in rule.byDay {
                let first =
                    range.lowerBound
                    + (each.weekday.rawValue - Weekday(daysSince1970: range.lowerBound).rawValue)
                    .remainder(by: 7)
                let all = Array(stride(from: first, to: range.upperBound, by: 7))
                guard let ordinal = each.ordinal else {
                    days.formUnion(all)
                    continue
                }
                let index = ordinal > 0 ? ordinal - 1 : all.count + ordinal
                if all.indices.contains(index) { days.insert(all[index]) }
            }
            return days.sorted()
        }

        private func chosen(from days: [Int]) -> [Int] {
            let indices = rule.bySetPos.map { $0 > 0 ? $0 - 1 : days.count + $0 }
            return Set(indices.filter(days.indices.contains)).sorted().map { days[$0] }
        }

        private func isInMonths(_ day: Int) -> Bool {
            rule.byMonth.isEmpty || rule.byMonth.contains(CalendarDate(daysSince1970: day).month)
        }

        private func isOnMonthDays(_ day: Int) -> Bool {
            if rule.byMonthDay.isEmpty { return true }
            let date = CalendarDate(daysSince1970: day)
            let fromEnd = date.day - CalendarDate.length(ofMonth: date.month, year: date.year) - 1
            return rule.byMonthDay.contains { $0 == date.day || $0 == fromEnd }
        }

        private func isOnPlainWeekdays(_ day: Int) -> Bool {
            rule.byDay.isEmpty || plainWeekdays.contains(Weekday(daysSince1970: day))
        }
    }
}
