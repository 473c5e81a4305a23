import Foundation
import Markup
import Storage
import Throughline

/// A series: its rule in words, when the two meet next, and everything that can be changed about it.
struct SeriesPage {
    let view: SeriesView
    let viewer: Viewer
    let candidates: [Candidate]
    var rejected: Rejected?

    private var series: Series { view.series }
    private var me: PersonName { view.access.me }
    private var partner: PersonName { view.access.partner }
    private var zone: TimeZone { viewer.timeZone }
    private var today: Day { Day(view.now, in: zone) }

    var page: Page {
        Page(
            title: series.title, place: .sessions, live: .series(series.id),
            main: """
                <header class="open">
                <p class="kick">A series with \(partner.name)</p>
                <h1 dir="auto">\(series.title)</h1>
                <p class="lede">\(lede)</p>
                </header>
                <div class="parts">
                \(if: series.state == .agreed, coming)
                \(if: series.state == .agreed, ruleChange)
                \(if: series.state == .agreed, pausing)
                \(held)
                \(history)
                \(if: series.state == .agreed, changes)
                </div>
                """)
    }

    private var lede: HTML {
        switch series.state {
        case .agreed:
            let rule = view.rule.map { "\($0.words.capitalizedFirst), \($0.minutes) minutes." } ?? ""
            let later = view.laterRules.html { " From \($0.fromDay.dayAndMonth): \($0.words)." }
            return "<b>\(rule)</b>\(later)"
        case .proposed:
            let rule = view.rule?.cadence.interval ?? ""
            let first: HTML = "its first session"
            let link = view.asked.map { "<a href=\"\(Path.session($0))\">\(first)</a>" as HTML } ?? first
            return "Proposed: \(rule). It holds once you have both agreed on when \(link) is."
        case .ended:
            let who = series.endedBy == me.id ? "You" : series.endedBy == partner.id ? partner.first : "One of you"
            let when = series.endedAt.map { " on \(Day($0, in: zone).full)" } ?? ""
            let words: HTML = series.endedWords.isEmpty ? "" : " <span dir=\"auto\">“\(series.endedWords)”</span>"
            return series.agreedAt == nil
                ? "It was proposed and never agreed to.\(words)" : "\(who) ended it\(when).\(words)"
        }
    }

    // MARK: What comes

    private var coming: HTML {
        """
        <section class="part todo" id="ahead" aria-labelledby="h-ahead"><h2 id="h-ahead">The next six</h2>
        <p class="margin"><span class="seen pair">\(Icon.pair)You and \(partner.first)</span></p>
        <div class="body"><ul class="ruled dues">\(view.ahead.html(line))</ul></div></section>
        """
    }

    private func line(_ line: SeriesLine) -> HTML {
        let occurrence = line.occurrence
        let day = WallTime(occurrence.startsAt, in: zone).day
        let state = state(occurrence)
        let there = elsewhere(occurrence.startsAt, for: partner, in: view.partnerZone, besides: zone)
        return """
            <li id="o-\(occurrence.name.iso)">
            <p class="when"><b>\(timeTag(occurrence.startsAt, in: zone, as: day.short))</b> \
            \(occurrence.startsAt.time(in: zone))</p>
            <div><h3>\(occurrence.session.map { "<a href=\"\(Path.session($0))\">\(state)</a>" as HTML } ?? "\(state)")</h3>
            \(if: occurrence.isOn && there != nil, "<p class=\"meta\">\(there ?? "")</p>")
            \(line.shifts.html(shift))
            \(note(occurrence))
            \(if: !line.away.isEmpty, question(line))
            \(change(line))</div>
            </li>
            """
    }

    private func state(_ occurrence: Occurrence) -> String {
        if occurrence.isOn, occurrence.isOver { return "Held before its time" }
        return switch occurrence.standing {
        case .planned: occurrence.session == nil ? "Planned" : "Next, to prepare"
        case .moved: occurrence.session == nil ? "Moved" : "Moved, to prepare"
        case .skipped: "Skipped"
        case .paused: "Paused"
        }
    }

    private func note(_ occurrence: Occurrence) -> HTML {
        switch occurrence.standing {
        case .planned: ""
        case .moved(let from, let words):
            "<p class=\"meta\" dir=\"auto\">It was to be on \(from.short(in: zone)).\(words.isEmpty ? "" : " “\(words)”")</p>"
        case .skipped(let words, let by):
            "<p class=\"meta\" dir=\"auto\">\(by.id == me.id ? "You" : by.first) left it out.\(words.isEmpty ? "" : " “\(words)”")</p>"
        case .paused(let words):
            "<p class=\"meta\" dir=\"auto\">\(words.isEmpty ? "The series is paused then." : "“\(words)”")</p>"
        }
    }

    /// That somebody's clock shows another time than before.
    private func shift(_ shift: SeriesLine.Shift) -> HTML {
        let length = abs(shift.minutes) == 60 ? "an hour" : "\(abs(shift.minutes)) minutes"
        let direction = shift.minutes > 0 ? "later" : "earlier"
        return """
            <p class="meta">The clocks change: for \(shift.person.id == me.id ? "you" : shift.person.first) \
            it is \(length) \(direction) than the time before.</p>
            """
    }

    private func question(_ line: SeriesLine) -> HTML {
        let names = line.away.map { $0.id == me.id ? "You" : $0.first }
        let verb = names.count > 1 || names == ["You"] ? "are" : "is"
        let same = line.occurrence.session.map { session in
            """
            <form action="\(Path.session(session, "time/confirmation"))" method="post">\
            <input type="hidden" name="back" value="series"><button class="btn sm">Meet all the same</button></form>
            """ as HTML
        }
        return """
            <p class="tag">\(Icon.risk)\(Words.list(names)) \(verb) away that day: move it or skip it?</p>\(same)
            """
    }

    private func change(_ line: SeriesLine) -> HTML {
        let occurrence = line.occurrence
        let name = occurrence.name.iso
        let hidden: HTML = "<input type=\"hidden\" name=\"occurrence\" value=\"\(name)\">"
        let when = occurrence.startsAt.short(in: zone)
        guard occurrence.isOn, !occurrence.isOver else {
            if case .skipped = occurrence.standing, occurrence.session == nil { return restoration(hidden, when) }
            return ""
        }
        let fields = Fields("move-\(name)", after: rejected)
        let skipping = Fields("skip-\(name)", after: rejected)
        let isOpen = fields.wasRejected || skipping.wasRejected || !line.away.isEmpty
        let wall = WallTime(occurrence.startsAt, in: zone)
        return """
            <details\(if: isOpen, " open")><summary class="sum">Move or skip\
            <span class="vh"> the one of \(when)</span> \(Icon.chevron)</summary>
            <form class="row end" action="\(Path.series(series.id, "moves"))" method="post">\(hidden)
            \(fields.input("day-1", "Move it to", value: wall.day.iso, type: "date", attributes: TimeFields.bounds(today)))
            \(fields.input("time-1", "From", value: wall.time, type: "time"))
            <button class="btn sm">Move it<span class="vh">: \(when)</span></button></form>
            <form class="row end" action="\(Path.series(series.id, "skips"))" method="post">\(hidden)
            \(skipping.input("words", "Or skip it, because", value: ""))
            <button class="btn sm">Skip it<span class="vh">: \(when)</span></button></form>
            <p class="hint">\(partner.first) gets a mail. What is prepared goes along to the next one.</p></details>
            """
    }

    private func restoration(_ hidden: HTML, _ when: String) -> HTML {
        """
        <form action="\(Path.series(series.id, "skips/removal"))" method="post">\(hidden)\
        <button class="btn sm">\(Icon.undo)Meet after all<span class="vh">: \(when)</span></button></form>
        """
    }

    // MARK: The rule

    private var ruleChange: HTML {
        let fields = Fields("rule", after: rejected)
        let rule = view.rules.last
        let next = view.ahead.first { $0.occurrence.isOn }?.occurrence.name
        return """
            <section class="part" id="rule" aria-labelledby="h-rule"><h2 id="h-rule">The rule</h2>
            <div class="body">
            \(if: view.rules.count > 1, rulesSoFar)
            <details\(if: fields.wasRejected, " open")><summary class="sum">Change it from a day on \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.series(series.id, "rules"))" method="post">
            \(fields.summary)
            <p class="hint">What was before stays as it was. The session that comes next moves along with what you both \
            prepared for it, and \(partner.first) gets a mail.</p>
            <div class="cols">
            \(fields.input(
                "from", "First day by the new rule", value: next?.day.iso ?? "", type: "date",
                attributes: TimeFields.bounds(today)))
            \(fields.input("time", "At", value: rule?.time ?? "", type: "time"))
            \(fields.input(
                "minutes", "Minutes", value: String(rule?.minutes ?? 50), type: "number",
                attributes: "min=\"5\" max=\"480\" inputmode=\"numeric\""))
            \(fields.select(
                "zone", "Whose clock holds when the clocks change", options: zones,
                chosen: rule?.zone.identifier ?? zone.identifier))
            </div>
            \(RhythmFields(fields: fields, chosen: rule?.cadence.rhythm ?? .once, offersOnce: false).html)
            <p class="row"><button class="btn">Change the rule</button></p>
            </form></details></div></section>
            """
    }

    private var zones: [(value: String, label: String)] {
        var seen: Set<String> = []
        let zones = [view.rules.last?.zone ?? zone, zone, view.partnerZone]
            .filter { seen.insert($0.identifier).inserted }
        return zones.map { (value: $0.identifier, label: "\($0.city) time") }
    }

    private var rulesSoFar: HTML {
        let rows = view.rules.html { rule in
            "<li><p><b>From \(rule.fromDay.full)</b><br>\(rule.words), \(rule.minutes) minutes</p></li>"
        }
        return "<ul class=\"ruled\">\(rows)</ul>"
    }

    // MARK: Pausing

    private var pausing: HTML {
        let fields = Fields("pause", after: rejected)
        let rows = view.pauses.html { pause in
            """
            <li><p><b>\(pause.fromDay.dayAndMonth) to \(pause.untilDay.full)</b><span class="meta" dir="auto">\
            \(pause.by.id == me.id ? "You" : pause.by.first) paused it\(pause.words.isEmpty ? "" : ": “\(pause.words)”")</span></p>
            <form action="\(Path.series(series.id, "pauses/\(pause.id)/removal"))" method="post">\
            <button class="btn sm">End this pause<span class="vh"> of \(pause.fromDay.full)</span></button></form></li>
            """
        }
        return """
            <section class="part" id="pauses" aria-labelledby="h-pause"><h2 id="h-pause">Pauses</h2>
            <div class="body">
            \(view.pauses.isEmpty ? "<p class=\"meta\">None planned.</p>" : "<ul class=\"ruled offers\">\(rows)</ul>" as HTML)
            <details\(if: fields.wasRejected, " open")><summary class="sum">Pause the series \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.series(series.id, "pauses"))" method="post">
            \(fields.summary)
            <div class="cols">
            \(fields.input("from", "From", value: "", type: "date"))
            \(fields.input("until", "Until and including", value: "", type: "date"))
            </div>
            \(fields.input("words", "A word why, if you like", value: "", seen: .pair(with: partner.first)))
            <p class="row"><button class="btn">Pause it</button></p>
            </form></details></div></section>
            """
    }

    // MARK: What was

    private var held: HTML {
        guard !view.held.isEmpty || series.previous != nil else { return "" }
        let rows = view.held.html { line in
            """
            <li><p class="when"><b>\(timeTag(line.startsAt, in: zone, as: WallTime(line.startsAt, in: zone).day.relative(to: today)))</b></p>
            <div><h3 dir="auto"><a href="\(Path.session(line.id))">\(line.title)</a></h3></div></li>
            """
        }
        return """
            <section class="part" aria-labelledby="h-held"><h2 id="h-held">So far</h2>
            <div class="body">
            \(view.held.isEmpty ? "<p class=\"meta\">None of it has been held yet.</p>" : "<ul class=\"ruled dues\">\(rows)</ul>" as HTML)
            \(if: view.access.isEmployee, lineage ?? "")
            </div></section>
            """
    }

    private var lineage: HTML? {
        guard let previous = series.previous, let before = view.earlier.first?.person else { return nil }
        return """
            <p><a class="ref" href="\(Path.series(previous))">It goes on from your series with \(before.name)</a></p>
            """
    }

    // MARK: What is opened of before

    private var history: HTML? {
        let earlier = view.earlier.filter { $0.opened != nil || (view.access.isEmployee && series.state != .ended) }
        guard !earlier.isEmpty else { return nil }
        return """
            <section class="part" id="history" aria-labelledby="h-history"><h2 id="h-history">From before</h2>
            <div class="body stack">\(earlier.html { view.access.isEmployee ? opening(of: $0) : opened(of: $0) })</div>
            </section>
            """
    }

    private func opening(of earlier: EarlierPartner) -> HTML {
        let before = earlier.person
        let fields = Fields("history-\(before.id)", after: rejected)
        return """
            <form class="stack" action="\(Path.series(series.id, "history"))" method="post">
            <input type="hidden" name="with" value="\(before.id)">
            \(fields.choices(
                "share", "What may \(partner.first) read of your sessions with \(before.name)?",
                options: Self.shares, chosen: earlier.opened?.scope.rawValue ?? "nothing"))
            <p class="hint">Private notes never go along, whatever you choose; neither yours nor \(before.first)’s. \
            \(before.first) is told what you open.</p>
            <p class="row"><button class="btn">Save what \(partner.first) may read\
            \(if: view.earlier.count > 1, "<span class=\"vh\"> of your sessions with \(before.name)</span>")</button></p>
            </form>
            """
    }

    static let shares: [(value: String, label: HTML)] = [
        ("nothing", "Nothing"), ("recaps", "The recaps"), ("whole", "All that we both shared"),
    ]

    private func opened(of earlier: EarlierPartner) -> HTML {
        let rows = earlier.sessions.html { line in
            """
            <li><p class="when"><b>\(timeTag(line.startsAt, in: zone, as: WallTime(line.startsAt, in: zone).day.relative(to: today)))</b></p>
            <div><h3 dir="auto"><a href="\(Path.record(line.id))">\(line.title)</a></h3></div></li>
            """
        }
        let scope = earlier.opened?.scope == .whole ? "what was shared in" : "the recaps of"
        return """
            <div><p>\(partner.first) lets you read \(scope) the sessions with \(earlier.person.name). \
            No private notes are among them.</p>
            \(earlier.sessions.isEmpty
                ? "<p class=\"meta\">None of them was confirmed.</p>" : "<ul class=\"ruled dues\">\(rows)</ul>" as HTML)
            </div>
            """
    }

    // MARK: Larger changes

    private var changes: HTML {
        """
        <section class="part off" id="changes" aria-labelledby="h-changes"><h2 id="h-changes">Not as before</h2>
        <div class="body">
        \(if: view.access.isEmployee, handover)
        \(ending)
        </div></section>
        """
    }

    private var handover: HTML {
        let fields = Fields("handover", after: rejected)
        let people = candidates.filter { $0.person.id != partner.id && $0.relation != .report }
        guard !people.isEmpty else { return "" }
        let next = view.ahead.first { $0.occurrence.isOn }.map { WallTime($0.occurrence.startsAt, in: zone) }
        return """
            <details\(if: fields.wasRejected, " open")><summary class="sum">Go on with another manager \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.series(series.id, "partner"))" method="post">
            \(fields.summary)
            \(fields.newID(at: view.now))
            \(fields.select(
                "partner", "With whom?",
                options: [("", "Choose somebody")] + people.map { ($0.person.id.text, $0.person.name) },
                chosen: people.first { $0.relation == .manager }?.person.id.text ?? ""))
            <div class="row end">
            \(fields.input(
                "day-1", "When you could first meet", value: next?.day.iso ?? "", type: "date",
                attributes: TimeFields.bounds(today)))
            \(fields.input("time-1", "From", value: next?.time ?? "", type: "time"))
            </div>
            \(fields.choices(
                "share", "What may they read of your sessions with \(partner.first)?", options: Self.shares,
                chosen: "nothing"))
            \(view.earlier.html { earlier in
                fields.choices(
                    "share-\(earlier.person.id)", "And of those with \(earlier.person.name)?", options: Self.shares,
                    chosen: "nothing")
            })
            <p class="hint">You can change this at any time. Private notes never go along, whoever wrote them. \
            \(partner.first) is told\(view.earlier.isEmpty ? "" : "; whoever came before, too, of what you open").</p>
            \(fields.area("message", "A word to them, if you like", value: "", rows: 3))
            \(cancelNext(fields))
            <p class="row"><button class="btn">Ask them to go on with it</button></p>
            </form></details>
            """
    }

    private func cancelNext(_ fields: Fields) -> HTML {
        guard let next = view.ahead.first(where: { $0.occurrence.session != nil && $0.occurrence.isOn })
        else { return "" }
        return """
            <label class="tick"><input type="checkbox" name="cancel-next" value="yes"\
            \(if: fields.isChosen("cancel-next", "yes", else: false), " checked")><span>Cancel the session with \
            \(partner.first) of \(next.occurrence.startsAt.long(in: zone)) as well</span></label>
            """
    }

    private var ending: HTML {
        let fields = Fields("ending", after: rejected)
        return """
            <details\(if: fields.wasRejected, " open")><summary class="sum">End the series \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.series(series.id, "ending"))" method="post">
            \(fields.summary)
            \(fields.area(
                "words", "A word why, if you like", value: "", rows: 2, seen: .pair(with: partner.first)))
            \(cancelNext(fields))
            <p class="row"><button class="btn stop">End it</button></p>
            </form></details>
            """
    }
}
