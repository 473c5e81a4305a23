import Foundation
import Markup
import Throughline

/// Parts that the pages of a session share: when it is, who with, where it stands, and fields for times.

/// A moment with its machine-readable form: `Thursday 19 November, 14:00`.
func timeTag(_ moment: Date, in zone: TimeZone, as words: String? = nil) -> HTML {
    "<time datetime=\"\(WallTime(moment, in: zone).iso)\">\(words ?? moment.long(in: zone))</time>"
}

/// From when to when: `Thursday 19 November, 14:00 to 14:50`.
func span(from start: Date, minutes: Int, in zone: TimeZone) -> HTML {
    "\(timeTag(start, in: zone)) to \(start.adding(minutes: minutes).time(in: zone))"
}

/// What the partner's clock shows, where it isn't what the viewer's shows.
func elsewhere(
    _ moment: Date, for partner: PersonName, in theirs: TimeZone, besides mine: TimeZone
) -> String? {
    let (here, there) = (WallTime(moment, in: mine), WallTime(moment, in: theirs))
    guard here != there else { return nil }
    let day = here.day == there.day ? "" : " on \(there.day.weekdayName)"
    return "\(there.time)\(day) for \(partner.first)"
}

/// Where a session stands, from the ask to the record.
struct SessionStages {
    let session: Session
    let zone: TimeZone
    let now: Date
    /// Under “Ask”: who said yes, and when.
    var asked = ""

    private static let names = ["Ask", "Prepare", "Meet", "Confirm", "Record"]

    private var current: Int {
        switch session.state {
        case .asked, .declined, .cancelled: 0
        case .agreed: 1
        case .running: 2
        case .closing: 3
        case .confirmed: 4
        }
    }

    var html: HTML {
        let stages = Self.names.enumerated().html { index, name in
            let small = small(index)
            let note: HTML? = small.isEmpty ? nil : "<small>\(small)</small>"
            if index < current {
                return "<li class=\"done\"><span>\(name)<span class=\"vh\">, done</span></span>\(note)</li>"
            }
            return
                "<li\(if: index == current, " class=\"now\" aria-current=\"step\"")><span>\(name)</span>\(note)</li>"
        }
        return "<ol class=\"stages life\" aria-label=\"Where this session stands\">\(stages)</ol>"
    }

    private func small(_ stage: Int) -> String {
        guard let start = session.startsAt else { return "" }
        switch stage {
        case 0: return asked
        case 1 where session.state == .agreed: return timeLeft(until: start)
        case 2: return "\(WallTime(start, in: zone).day.short.prefix(3)) \(start.time(in: zone))"
        default: return ""
        }
    }

    private func timeLeft(until start: Date) -> String {
        let days = Day(start, in: zone).days(since: Day(now, in: zone))
        switch days {
        case ..<0: return "The time has passed"
        case 0: return start > now ? "Today" : "It is time"
        case 1: return "Tomorrow"
        default: return "\(days) days left"
        }
    }
}

/// Lines for up to three proposed times.
struct TimeFields {
    let fields: Fields
    let zone: TimeZone
    let now: Date
    /// What stands there before anybody types.
    var stored: [TimeDraft] = []

    var html: HTML {
        let today = Day(now, in: zone)
        return (1...TimeDraft.most).html { number in
            let stored = stored.count >= number ? stored[number - 1] : TimeDraft(day: "", time: "")
            let bounds = Self.bounds(today)
            let choice = number == 1 ? "" : ", \(number == 2 ? "second" : "third") choice"
            return """
                <div class="row end">
                \(fields.input("day-\(number)", "Day\(choice)", value: stored.day, type: "date", attributes: bounds))
                \(fields.input("time-\(number)", "From\(choice)", value: stored.time, type: "time"))
                </div>
                """
        }
    }

    /// A word that goes with the proposal.
    static func words(_ fields: Fields, for partner: PersonName) -> HTML {
        fields.area(
            "words", "A word with it, if you like", value: "", rows: 2, seen: .pair(with: partner.first))
    }

    /// A session is today at the earliest, and within a year.
    static func bounds(_ today: Day) -> HTML { "min=\"\(today.iso)\" max=\"\(today.adding(days: 366).iso)\"" }

    static func drafts(in form: Form) -> [TimeDraft] {
        (1...TimeDraft.most).map { TimeDraft(day: form["day-\($0)"], time: form["time-\($0)"]) }
    }
}
