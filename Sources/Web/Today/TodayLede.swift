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
        return "<b>\(when)</b> you and \(row.partner.first) meet about “\(row.session.title)”. \(readiness)"
    }

    /// The same rule as on the session's own page says what is missing.
    private var readiness: HTML {
        guard let missing = view.outlook?.readiness.missing, !missing.isEmpty else { return "You are ready." }
        if missing.count == 1 {
            return "You are nearly ready; still to do is <b>\(missing[0].part.name)</b>: \(missing[0].shortWords)."
        }
        return "You are not ready yet; still to do are <b>\(Words.list(missing.map(\.part.name)))</b>."
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

extension Readiness.Part {
    /// As a sentence says it.
    fileprivate var name: String {
        switch self {
        case .purpose: "a name that says what for"
        case .aims: "its aims"
        case .alignment: "alignment"
        case .agenda: "the agenda"
        case .evidence: "evidence"
        }
    }
}
