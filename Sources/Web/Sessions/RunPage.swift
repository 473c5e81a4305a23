import Foundation
import Markup
import Storage
import Throughline

/// The room: five steps on the server's clock, with what is written and caught in each.
struct RunPage {
    let room: Room
    let zone: TimeZone
    var rejected: Rejected?
    var coach = PersonalCoach()

    var session: Session { room.session }
    var partner: PersonName { room.access.partner }
    private var time: StepTime? { room.time(of: room.shown) }

    /// What forms say of the page they stand on: the step that one looks at by choice, or this word on a page that goes
    /// along with the session. So a page that was sent from stays where it was.
    static let now = "now"
    var shown: String { room.isLookingElsewhere ? String(room.shown.rawValue) : Self.now }

    var page: Page {
        let day = session.startsAt.map { Day($0, in: zone).long } ?? ""
        return Page(
            title: "In session: \(room.shown.name.lowercased())", place: .sessions,
            width: .lean(
                doc: session.title, end: "<a class=\"btn sm\" href=\"\(Path.session(session.id))\">Leave</a>",
                mainClass: "run"),
            live: .init(room.access),
            main: """
                <h1 class="vh">Session with \(partner.name), \(day)</h1>
                \(rail)
                <div class="run-grid">
                \(top)
                <section class="run-main stack loose" aria-label="\(room.shown.name)">
                \(since)
                \(if: room.shown == .alignment, RunVerdicts(page: self).html)
                \(notes)
                \(agenda)
                </section>
                <aside class="run-side stack loose" aria-label="Capture">\(RunCaptures(page: self).html)</aside>
                </div>
                """)
    }

    // MARK: Where we are

    private var rail: HTML {
        let items = room.steps.html { time in
            let step = time.step
            let isNow = step == room.step
            let entered = isNow ? session.stepEnteredAt : nil
            let elapsed = time.elapsedShare(enteredAt: entered, now: room.now)
            let ends = entered.map { time.ends(enteredAt: $0).milliseconds }
            let state = step < room.step ? "done" : isNow ? "now" : ""
            return """
                <li class="\(state)" style="--w:\(time.allottedMinutes)\
                \(if: step >= room.step && elapsed > 0, ";--p:\(elapsed.three)")"\
                \(ends.map { runs(from: $0 - Int64(time.allottedMinutes) * 60_000, to: $0) })>\
                <a href="\(Path.run(session.id, step: step))"\(if: isNow, " aria-current=\"step\"")>\(step.name)\
                \(if: step < room.step, "<span class=\"vh\">, done</span>")\
                \(if: room.isLookingElsewhere && step == room.shown, "<span class=\"vh\">, you look at this one</span>")\
                </a><small>\(time.allottedMinutes) min</small></li>
                """
        }
        return "<nav aria-label=\"Steps of the session\"><ol class=\"rail\">\(items)</ol></nav>"
    }

    /// By which the script lets the line grow.
    private func runs(from start: Int64, to end: Int64) -> HTML {
        " data-from=\"\(String(start))\" data-to=\"\(String(end))\""
    }

    private var top: HTML {
        let prompt = room.shown.prompt(for: room.access.part, partner: partner.first)
        return """
            <section class="run-top" aria-labelledby="h-step">
            <div class="run-clock">\(room.isLookingElsewhere ? elsewhere : clock)</div>
            <div class="run-ask">
            <h2 id="h-step">\(prompt.question)</h2>
            <p class="hint">\(prompt.hint)</p>
            <ul class="stack tight openers">\(prompt.openers.html { "<li class=\"said\">“\($0)”</li>" })</ul>
            \(moves)
            </div>
            </section>
            """
    }

    private var elsewhere: HTML {
        """
        <p class="lede">You look at \(room.shown.name). The session is in \
        <a href="\(Path.run(session.id))">\(room.step.name)</a>.</p>
        """
    }

    private var clock: HTML {
        guard let time else { return "" }
        guard let entered = session.stepEnteredAt else { return stoppedClock(time) }
        let ends = time.ends(enteredAt: entered)
        let seconds = Int((ends.timeIntervalSince(room.now)).rounded(.up))
        let isOver = seconds < 0
        return """
            <p class="clock\(if: isOver, " over")" role="timer" aria-label="\(isOver ? "Over time by" : "Time left in this step")" \
            data-clock data-ends="\(ends.milliseconds.description)" data-now="\(room.now.milliseconds.description)">\
            \(seconds.clock)</p>
            <p class="meta">\(isOver ? "over the time of this step." : "left in this step.") \(ending)</p>
            <p class="vh" role="status" data-clock-status></p>
            """
    }

    private func stoppedClock(_ time: StepTime) -> HTML {
        let seconds = Int(time.secondsLeft.rounded(.up))
        let isOver = seconds < 0
        return """
            <p class="clock stopped\(if: isOver, " over")" role="timer" \
            aria-label="\(isOver ? "Stopped, over time by" : "Stopped, time left in this step")">\(seconds.clock)</p>
            <p class="meta"><b>The clock is stopped.</b> What passes now counts for no step. \(ending)</p>
            """
    }

    /// `The session ends at 14:50, in 37 minutes.`
    private var ending: String {
        let ends = (session.startedAt ?? room.now).adding(minutes: session.minutes)
        let minutes = Int((ends.timeIntervalSince(room.now) / 60).rounded())
        let time = ends.time(in: zone)
        switch minutes {
        case 1...: return "The session ends at \(time), in \(Words.counted(minutes, "minute"))."
        case 0: return "The session ends now, at \(time)."
        default: return "The session was to end at \(time), \(Words.counted(-minutes, "minute")) ago."
        }
    }

    /// The buttons: on to the next step, more time, the end.
    private var moves: HTML {
        let forward: HTML
        if room.isLookingElsewhere {
            forward = stepForm(to: room.shown, "Move you both to this step")
        } else if let next = room.step.next {
            forward = stepForm(to: next, "On to \(next.phrase)")
        } else {
            forward = endForm("End the talk and read the recap", isMain: true)
        }
        let back = Session.Step(rawValue: room.step.rawValue - 1)
        return """
            <div class="row">\(forward)
            \(if: !room.isLookingElsewhere, extendForm)
            \(if: !room.isLookingElsewhere, pauseForm)
            \(room.isLookingElsewhere ? nil : back.map { stepForm(to: $0, "Back to \($0.phrase)", isMain: false) })
            \(if: room.isLookingElsewhere || room.step.next != nil, endForm("End the talk here", isMain: false))
            </div>
            """
    }

    private func stepForm(to step: Session.Step, _ label: String, isMain: Bool = true) -> HTML {
        """
        <form action="\(Path.runPart(session.id, "step"))" method="post" data-inplace>
        <input type="hidden" name="from" value="\(room.step.rawValue)">
        <button class="btn \(isMain ? "go" : "quiet")" name="step" value="\(step.rawValue)">\(label)</button>
        </form>
        """
    }

    private var extendForm: HTML {
        """
        <form action="\(Path.runPart(session.id, "extension"))" method="post" data-inplace>
        <input type="hidden" name="step" value="\(room.step.rawValue)">
        <input type="hidden" name="extended" value="\(time?.extendedMinutes ?? 0)">
        <button class="btn quiet" name="minutes" value="2">Two more minutes here</button>
        <button class="btn quiet" name="minutes" value="5">Five more</button>
        </form>
        """
    }

    private var pauseForm: HTML {
        let (part, label) = room.isPaused ? ("resumption", "Let the clock go on") : ("pause", "Stop the clock")
        return """
            <form action="\(Path.runPart(session.id, part))" method="post" data-inplace>\
            <button class="btn quiet">\(label)</button></form>
            """
    }

    private func endForm(_ label: String, isMain: Bool) -> HTML {
        """
        <form action="\(Path.runPart(session.id, "ending"))" method="post">\
        <button class="btn \(isMain ? "go" : "quiet")">\(label)</button></form>
        """
    }

    // MARK: What is written

    private var notes: HTML {
        let shared = SessionField.notes(on: room.shown)
        return """
            <section class="stack" aria-labelledby="h-notes">
            <h2 class="vh" id="h-notes">Notes</h2>
            <div class="cols">
            \(textForm(shared, "Notes on this step", at: .notes(session.id, room.shown), seen: .pair(with: partner.first)))
            \(textForm(.privateNotes, "Private notes", at: .runPart(session.id, "private"), seen: .onlyYou))
            </div></section>
            """
    }

    private func textForm(_ field: SessionField, _ label: String, at path: Path, seen: Seen) -> HTML {
        let fields = Fields(field.rawValue, after: rejected)
        let text = room.text(field)
        let saved = text.changedAt.map { "Saved at \($0.time(in: zone))" } ?? ""
        return """
            <form class="stack tight" action="\(path)" method="post" data-autosave\(if: !field.isPrivate, writing("notes-\(room.shown.rawValue)"))>
            \(fields.area("body", label, value: text.body, rows: 4, seen: seen, isPrivate: field.isPrivate))
            <input type="hidden" name="version" value="\(fields.value("version", else: String(text.version)))">
            <input type="hidden" name="step" value="\(shown)">
            <p class="saved" role="status" data-saved>\(saved)</p>
            <p><button class="btn sm" data-plain>Save \(field.isPrivate ? "your private notes" : "the notes")</button></p>
            </form>
            """
    }

    /// Where the partner is told that one is writing.
    private func writing(_ place: String) -> HTML { " data-writing=\"\(place)\"" }

    // MARK: The agenda

    private var agenda: HTML {
        guard !room.agenda.isEmpty else { return "" }
        let items = room.agenda.html { item in
            """
            <li><p><span class="voice" dir="auto">\(item.title)</span>\
            <span class="meta">\(item.minutes) minutes, \(item.presenter.first)</span></p>
            <form class="stack tight" action="\(Path.runPart(session.id, "agenda"))" method="post" data-autosave>\
            <input type="hidden" name="shown" value="\(shown)">\
            <fieldset><legend class="vh">\(item.title)</legend><div class="seg">\
            \(RoomItem.Outcome.allCases.html { outcome in
                """
                <label><input type="radio" name="outcome-\(item.id)" value="\(outcome.rawValue)"\
                \(if: outcome == item.outcome, " checked")>\(outcome.label)</label>
                """
            })</div></fieldset>\
            <p class="row" data-plain><button class="btn sm">Save<span class="vh">: \(item.title)</span></button></p>\
            <span class="saved" role="status" data-saved></span></form></li>
            """
        }
        return """
            <section id="agenda" aria-labelledby="h-agenda">
            <div class="between"><h2 id="h-agenda">On the agenda</h2>\(Seen.pair(with: partner.first).html)</div>
            <ul class="ruled offers">\(items)</ul>
            <p class="meta">What is not reached comes along to the next session.</p>
            </section>
            """
    }
}

/// Before the talk: one button, and what it does.
struct StartPage {
    let access: SessionAccess
    let zone: TimeZone
    let now: Date

    /// Said before it happens: started on another day than was agreed, it moves there.
    static func otherDay(_ session: Session, now: Date, in zone: TimeZone) -> HTML? {
        guard let planned = session.startsAt, session.isForAnotherDay(than: now, in: zone) else { return nil }
        return "<p class=\"meta\">It is planned for \(timeTag(planned, in: zone)). Started now, it moves to today.</p>"
    }

    var page: Page {
        let session = access.session
        return Page(
            title: session.title, place: .sessions,
            width: .lean(
                doc: session.title, end: "<a class=\"btn sm\" href=\"\(Path.session(session.id))\">Back</a>",
                mainClass: "run"),
            live: .init(access),
            main: """
                <header class="open">
                <p class="kick">With \(access.partner.name), \(session.startsAt.map { $0.long(in: zone) } ?? "")</p>
                <h1 dir="auto">\(session.title)</h1>
                <p class="lede">When you sit together, start the clock. Its five steps share \
                \(Words.counted(session.minutes, "minute")), and either of you can move on, go back, or take two minutes more.</p>
                </header>
                <div class="stack tight">
                <form action="\(Path.run(session.id))" method="post"><p class="row">\
                <button class="btn go">Start the session</button></p></form>
                \(Self.otherDay(session, now: now, in: zone))
                </div>
                """)
    }
}

extension Session.Step {
    /// As it stands inside a sentence.
    fileprivate var phrase: String {
        switch self {
        case .context: "the context"
        case .alignment: "goals and alignment"
        case .feedback: "feedback"
        case .future: "the future"
        case .confirm: "the summary"
        }
    }
}

extension RoomItem.Outcome {
    fileprivate var label: String {
        switch self {
        case .open: "Open"
        case .covered: "Covered"
        case .deferred: "Not reached"
        }
    }
}

extension Int {
    /// Seconds as `06:42`, or `+0:48` past zero.
    fileprivate var clock: String {
        let minutes = abs(self) / 60
        let seconds = abs(self) % 60
        let tail = (seconds < 10 ? ":0" : ":") + String(seconds)
        return self < 0 ? "+\(minutes)\(tail)" : (minutes < 10 ? "0" : "") + "\(minutes)\(tail)"
    }
}

extension Double {
    /// With three digits after the point, for style attributes.
    fileprivate var three: String {
        let thousandths = Int((self * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
