import Foundation
import Markup
import Throughline

/// What becomes of a session that doesn't happen when it was agreed: moved, skipped or cancelled, each in one step. What
/// is prepared stays with it, or goes along.
struct NotThen {
    let session: Session
    let partner: PersonName
    let zone: TimeZone
    let now: Date
    let rejected: Rejected?

    private var hasPassed: Bool {
        session.startsAt.map { $0.adding(minutes: session.minutes) < now } ?? false
    }

    var html: HTML {
        """
        <section class="bottom" id="not-then" aria-labelledby="h-not-then"><div class="stack">
        <h2 id="h-not-then">\(hasPassed ? "What became of it?" : "Not then?")</h2>
        \(if: hasPassed, "<p>Its time has passed, and nobody started it. If you are together, start it above.</p>")
        \(moving)
        \(proposing)
        \(EndingForm(
            session: session, partner: partner, path: "cancellation",
            summary: session.occurrence == nil ? "Cancel this session" : "Skip it this time",
            button: session.occurrence == nil ? "Cancel it" : "Skip it", rejected: rejected).html)
        </div></section>
        """
    }

    private var moving: HTML {
        let fields = Fields("time", after: rejected)
        let day = session.startsAt.map { WallTime($0, in: zone) }
        return """
            <details\(if: fields.wasRejected || hasPassed, " open")><summary class="sum">\
            Moved: you have settled another time \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.session(session.id, "time"))" method="post">
            <p class="hint">It holds at once; both of you get a mail. Times are those of your time zone, \
            \(zone.identifier).</p>
            <div class="row end">
            \(fields.input(
                "day-1", "Day", value: hasPassed ? "" : day?.day.iso ?? "", type: "date",
                attributes: TimeFields.bounds(Day(now, in: zone))))
            \(fields.input("time-1", "From", value: day?.time ?? "", type: "time"))
            </div>
            \(fields.input("words", "A word why, if you like", value: "", seen: .pair(with: partner.first)))
            <p class="row"><button class="btn">Move it</button></p>
            </form></details>
            """
    }

    private var proposing: HTML {
        let fields = Fields("proposals", after: rejected)
        return """
            <details\(if: fields.wasRejected, " open")><summary class="sum">Ask \(partner.first) to move it \
            \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.session(session.id, "proposals"))" method="post">
            <p class="hint">\(partner.first) has to agree; what is prepared is kept. \
            Times are those of your time zone, \(zone.identifier).</p>
            \(TimeFields(fields: fields, zone: zone, now: now).html)
            \(TimeFields.words(fields, for: partner))
            <p class="row"><button class="btn">Ask \(partner.first) to move it</button></p>
            </form></details>
            """
    }
}
