import ICalendar

/// Our wall times and those of calendar files.

extension WallTime {
    init(_ local: LocalDateTime) {
        self.init(
            day: Day(daysSince1970: local.date.daysSince1970), hour: local.hour, minute: local.minute)
    }

    /// The same as calendar files and recurrence rules know it.
    var local: LocalDateTime {
        let date = CalendarDate(daysSince1970: day.daysSince1970)
        return LocalDateTime(date, hour: hour, minute: minute) ?? LocalDateTime(startOf: date)
    }
}
