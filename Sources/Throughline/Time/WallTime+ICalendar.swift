import ICalendar

/// Our wall times and those of calendar files.

extension WallTime {
    init(_ local: LocalDateTime) {
        self.init(day: Day(local.date), hour: local.hour, minute: local.minute)
    }

    /// The same as calendar files and recurrence rules know it.
    var local: LocalDateTime {
        LocalDateTime(day.date, hour: hour, minute: minute) ?? LocalDateTime(startOf: day.date)
    }
}
