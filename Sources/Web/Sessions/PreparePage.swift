import Foundation
import Markup
import Storage
import Throughline

/// Preparing a session: purpose, aims, alignment, agenda, evidence and private notes, and how ready it all
/// is.
///
/// Each piece is a form of its own, so that it is saved by itself. The parts of the page are in files of
/// their own.
///
/// A class, since its many parts are closures that would each hold a copy of all that was prepared.
final class PreparePage {
    let preparation: Preparation
    /// Whose clock times are read on.
    let zone: TimeZone
    let now: Date
    let rejected: Rejected?
    /// Set when the viewer looks at what the partner sees; the page's reader is the partner then.
    let previewFor: PersonName?

    init(
        preparation: Preparation, zone: TimeZone, now: Date, rejected: Rejected? = nil, previewFor: PersonName? = nil
    ) {
        self.preparation = preparation
        self.zone = zone
        self.now = now
        self.rejected = rejected
        self.previewFor = previewFor
    }

    var session: Session { preparation.session }
    var me: PersonName { preparation.access.me }
    var partner: PersonName { preparation.access.partner }
    var coach: PersonalCoach { preparation.coach }
    var isEditable: Bool { previewFor == nil && preparation.isOpen }

    var page: Page {
        Page(
            title: "Prepare: \(session.title)", place: .sessions, live: .init(preparation.access),
            main: """
                <header class="open">
                <p class="kick">\(kick)</p>
                <h1 dir="auto">\(session.title)</h1>
                \(SessionStages(session: session, zone: zone, now: now, asked: askedWords).html)
                \(note)
                </header>
                <div class="split">
                <aside class="aside" aria-label="Readiness and sharing">\(aside)</aside>
                <div class="stack loose">
                <div class="parts">
                \(sincePart)
                \(purposePart)
                \(aimsPart)
                \(alignmentPart)
                \(carriedPart)
                \(agendaPart)
                \(evidencePart)
                \(notesPart)
                </div>
                \(changes)
                </div>
                </div>
                """)
    }

    private var kick: HTML {
        guard let start = session.startsAt, session.state != .asked else {
            return "With \(partner.name), no time agreed yet"
        }
        let place = session.place.isEmpty ? "" : ", \(session.place)"
        return "With \(partner.name), \(span(from: start, minutes: session.minutes, in: zone))\(place)"
    }

    private var askedWords: String {
        guard let accepted = preparation.history.accepted else { return "" }
        let day = Day(accepted.at, in: zone)
        return
            "\(accepted.by == me.id ? "You" : partner.first) said yes, \(day.day) \(day.monthName.prefix(3))"
    }

    private var note: HTML? {
        if let previewFor {
            return """
                <div class="note" role="note">\(Icon.info)<p><b>This is what \(previewFor.first) sees</b> of what you have \
                shared, with whatever both of you wrote. Your drafts and your private notes are not in it, and neither \
                are \(previewFor.first)’s.</p>
                <p><a class="btn sm" href="\(Path.preparation(session.id))">Back to your own</a></p></div>
                """
        }
        if session.state == .running {
            return """
                <div class="note" role="note">\(Icon.info)<p><b>The session has begun.</b></p>
                <p><a class="btn go" href="\(Path.run(session.id))">Go in</a></p></div>
                """
        }
        guard !preparation.isOpen else { return nil }
        return """
            <div class="note" role="note">\(Icon.info)<p><b>The session has been held.</b> \
            What was prepared is kept as it was. <a href="\(Path.session(session.id))">Read the recap</a></p></div>
            """
    }

    // MARK: The column at the side

    private var aside: HTML {
        guard previewFor == nil else { return readinessSection }
        return """
            \(readinessSection)
            \(if: preparation.isOpen, sharingSection)
            \(if: session.state == .agreed, startSection)
            \(seriesSection)
            \(sinceAside)
            """
    }

    private var readinessSection: HTML {
        let readiness = preparation.readiness
        let checks = readiness.checks.html { check in
            """
            <li\(if: !check.isDone, " class=\"no\"")>\(check.isDone ? Icon.check : Icon.minus)\
            <a href="#\(check.part.rawValue)">\(check.words)\
            <span class="vh">\(check.isDone ? ", done" : ", to do")</span></a></li>
            """
        }
        return """
            <section aria-labelledby="h-ready"><h2 id="h-ready">\(readinessWords(readiness.missing.count))</h2>
            <ul class="checks">\(checks)</ul></section>
            """
    }

    private func readinessWords(_ missing: Int) -> String {
        switch missing {
        case 0: "Ready"
        case 1: "Ready but for one thing"
        case 2...4: "\(Words.counted(missing, "thing").capitalizedFirst) to do"
        default: "Everything is still ahead"
        }
    }

    private var sharingSection: HTML {
        let count = preparation.draftCount
        let last = preparation.history.iShared
        let drafts = Words.counted(count, "draft")
        let soFar: HTML =
            if let last {
                "\(partner.first) can read what you shared up to \(moment(last))."
            } else {
                "You have shared nothing yet."
            }
        let rest: HTML =
            count == 0
            ? "Nothing is yours alone but your private notes."
            : "<b>\(drafts.capitalizedFirst)</b> \(count == 1 ? "is" : "are") still yours alone."
        return """
            <section aria-labelledby="h-share"><h2 id="h-share">Shared with \(partner.first)</h2>
            <p>\(soFar) \(rest)</p>
            \(if: count > 0, shareForm(count == 1 ? "Share the draft" : "Share the \(drafts)"))
            <p><a href="\(Path.preparation(session.id, "preview"))">See what \(partner.first) sees</a></p></section>
            """
    }

    private func shareForm(_ label: String) -> HTML {
        """
        <form action="\(Path.preparation(session.id, "sharing"))" method="post" data-inplace>\
        <button class="btn go">\(label)</button></form>
        """
    }

    /// `Monday, 16:10`, or with the date when it is longer ago.
    func moment(_ date: Date) -> String {
        let wall = WallTime(date, in: zone)
        let days = Day(now, in: zone).days(since: wall.day)
        if days == 0 { return "\(wall.time) today" }
        return days < 7 ? "\(wall.day.weekdayName), \(wall.time)" : "\(wall.day.dayAndMonth), \(wall.time)"
    }

    private var startSection: HTML {
        let isGo = preparation.draftCount == 0
        return """
            <section aria-labelledby="h-start"><h2 id="h-start">When you are together</h2>
            <form action="\(Path.session(session.id, "run"))" method="post">\
            <button class="btn\(if: isGo, " go")">Start the session</button></form>
            \(StartPage.otherDay(session, now: now, in: zone))
            <p><a class="more" href="\(Path.calendarFile(session.id))">\(Icon.download)Save it as a calendar file</a></p>\
            </section>
            """
    }

    private var seriesSection: HTML? {
        session.series.map { series in
            """
            <section aria-labelledby="h-series"><h2 id="h-series">One of a series</h2>
            <p><a class="ref" href="\(Path.series(series))">When you meet, and how to change it</a></p></section>
            """
        }
    }

    // MARK: Pieces that the parts share

    /// A part of the page. What isn't done yet has a hollow knot.
    func part(
        _ part: Readiness.Part, _ heading: String, margin: HTML? = nil, _ body: HTML
    ) -> HTML {
        let isDone = preparation.readiness.checks.first { $0.part == part }?.isDone ?? true
        return """
            <section class="part\(if: !isDone, " todo")" id="\(part.rawValue)" aria-labelledby="h-\(part.rawValue)">
            <h2 id="h-\(part.rawValue)">\(heading)</h2>
            \(margin.map { "<p class=\"margin\">\($0)</p>" as HTML })
            <div class="body">\(body)</div></section>
            """
    }

    var seenByBoth: Seen { .pair(with: partner.first) }

    /// The save button for those without the script, and the place where the script says that it has saved.
    func saveLine(_ label: String = "Save") -> HTML {
        """
        <p class="row"><button class="btn sm" data-plain>\(label)</button>\
        <span class="saved" role="status" data-saved></span></p>
        """
    }

    /// Text that a person typed, to read.
    func voice(_ text: String) -> HTML {
        "<div class=\"voice\" dir=\"auto\">\(text.paragraphs)</div>"
    }

    func name(of person: ID<Person>) -> String {
        person == me.id ? me.first : partner.first
    }

    // MARK: At the end

    private var changes: HTML? {
        guard isEditable, session.state == .agreed || session.state == .asked else { return nil }
        guard session.state == .agreed else {
            return """
                <div class="bottom"><a class="btn" href="\(Path.session(session.id))">Back to the ask</a></div>
                """
        }
        return NotThen(session: session, partner: partner, zone: zone, now: now, rejected: rejected).html
    }
}
