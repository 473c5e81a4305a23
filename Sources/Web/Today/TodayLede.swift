import Foundation
import Markup
import Throughline

/// The two lines at the top of Today: the next session and what is missing for it, then what waits.
struct TodayLede {
    let view: TodayView
    let zone: TimeZone
    let today: Day

    var html: HTML {
        let sentences = [aboutSession, aboutNeeds, aboutLate].compactMap { $0 }
        if sentences.isEmpty { return "Nothing waits for you, and no session is planned." }
        return sentences.enumerated().html { index, sentence in index == 0 ? sentence : " \(sentence)" }
    }

    private var aboutSession: HTML? {
        guard let row = view.next, let startsAt = row.session.startsAt else { return nil }
        if row.session.state == .running {
            return "You and \(row.partner.first) are in a session <b>now</b>."
        }
        let day = Day(startsAt, in: zone)
        let when = day.days(since: today) < 7 && day > today ? "On \(day.weekdayName)" : Self.said(day, today)
        return "<b>\(when)</b> you and \(row.partner.first) meet about “\(row.session.title)”. \(readiness(row))"
    }

    private func readiness(_ row: TodaySession) -> HTML {
        var missing: [String] = []
        if !row.hasAims { missing.append("its aims") }
        if row.agendaItems == 0 { missing.append("an agenda") }
        if row.evidence == 0 { missing.append("evidence") }
        if missing.isEmpty {
            return row.agendaMinutes > row.session.minutes
                ? "You are nearly ready: the agenda is <b>\(row.agendaMinutes - row.session.minutes) minutes too long</b>."
                : "You are ready."
        }
        let isOne = missing.count == 1
        return """
            You are \(isOne ? "nearly ready" : "not ready yet"): <b>\(Words.list(missing))</b> \
            \(isOne ? "is" : "are") missing.
            """
    }

    private var aboutNeeds: HTML? {
        let count = view.needs.count
        guard count > 0 else { return nil }
        return "<b>\(Words.counted(count, "thing").capitalizedFirst)</b> \(count == 1 ? "waits" : "wait") for you."
    }

    private var aboutLate: HTML? {
        let late = view.commitments.filter { $0.isMine && $0.action.dueOn < today }.count
        guard late > 0 else { return nil }
        return "<b>\(Words.counted(late, "commitment").capitalizedFirst)</b> of yours \(late == 1 ? "is" : "are") late."
    }

    private static func said(_ day: Day, _ today: Day) -> String {
        switch day.days(since: today) {
        case 0: "Today"
        case 1: "Tomorrow"
        default: "On \(day.dayAndMonth)"
        }
    }

    /// `in 2 days`, `today`, `3 days ago`
    static func distance(from today: Day, to day: Day) -> String {
        switch day.days(since: today) {
        case 0: "today"
        case 1: "tomorrow"
        case let days where days > 0: "in \(days) days"
        case let days: "\(Words.counted(-days, "day")) ago"
        }
    }
}
