import Coach
import Markup
import Storage
import Throughline

/// A key result on its own page: how far it is, its targets with every reason, and every check-in with what it said first.
struct KeyResultPage {
    let model: KeyResultPageModel
    let viewer: Viewer
    var rejected: Rejected?
    /// The session for which a check-in was sent that couldn't be taken.
    var session: ID<Session>?
    var coach = PersonalCoach()

    private var result: KeyResult { model.keyResult }
    private var readers: String { OKRWords.visibility(model.objective, company: viewer.company) }

    var page: Page {
        let isLive = model.objective.stage == .committed
        return Page(
            title: result.title, place: .goals,
            main: """
                <header class="open">
                <p class="kick">A key result of <a href="\(Path.goal(model.objective.id))" dir="auto">\(model.objective.title)</a></p>
                <h1 dir="auto">\(result.title)</h1>
                <p class="lede">\(lede)</p>
                <p class="row">\(if: isLive, OKRWords.mark(result.health(model.pace)))\
                \(result.owner.map { "<span class=\"pers\">\(avatar($0, small: true))\($0.name)</span> " as HTML })\
                <span class="meta">\(result.ambition == .committed ? "Counted on" : "Reached for"), weight \(result.weight)</span></p>
                </header>
                <div class="parts">
                \(if: model.mayCheckIn, """
                    <section class="part noprint" id="check-in" aria-labelledby="h-check"><h2 id="h-check">Check in</h2>
                    <div class="body">\(CheckInForm(result: result, cycle: model.cycle, pace: model.pace, company: readers,
                        done: model.checkIns.first?.steps ?? [], rejected: rejected, session: session, coach: coach).html)</div></section>
                    """)
                \(course)
                \(checkIns)
                \(targets)
                \(if: model.mayWrite, change)
                </div>
                """)
    }

    private var lede: HTML {
        guard let latest = result.latest else { return "\(result.aim.capitalizedFirst). Nobody has checked in yet." }
        return """
            <b>\(result.words(for: latest.value))</b>, \(result.aim): <b>\(OKRWords.percent(result.progress)) of the way</b>. \
            \(CheckIn.words(forConfidence: latest.confidence).capitalizedFirst), \(latest.confidence) of 10 sure.
            """
    }

    private var course: HTML {
        let readings = model.checkIns.reversed().map(\.reading)
        guard !readings.isEmpty else { return "" }
        return """
            <section class="part" aria-labelledby="h-course"><h2 id="h-course">How it went</h2><div class="body"><div class="cols">
            \(Plot(
                title: "Progress", pace: model.pace,
                points: readings.map { (day: $0.on, share: result.measure.progress(at: $0.value)) },
                ideal: result.ambition == .committed ? 1 : 0.7, top: "all of it", bottom: "nothing").html)
            \(Plot(
                title: "Confidence", pace: model.pace,
                points: readings.map { (day: $0.on, share: Double($0.confidence) / 10) }, top: "it will",
                bottom: "it won’t").html)
            </div></div></section>
            """
    }

    private var checkIns: HTML {
        let originals = Dictionary(grouping: model.originals, by: \.checkIn)
        return """
            <section class="part" aria-labelledby="h-checkins"><h2 id="h-checkins">Check-ins</h2><div class="body">
            \(if: model.checkIns.isEmpty, "<p class=\"meta\">None yet. People check in \(CycleWords.rhythm(model.cycle.rhythm)).</p>")
            \(if: !model.checkIns.isEmpty, """
                <ul class="events">\(model.checkIns.html { checkIn in
                    CheckInWords.event(
                        checkIn, result, model.pace, namesResult: false, originals: originals[checkIn.id] ?? [])
                })</ul>
                """)
            \(if: model.mayCheckIn, model.checkIns.first { $0.by.id == viewer.id }.map(edit) ?? "")
            </div></section>
            """
    }

    /// The newest check-in of one's own, to be put right.
    private func edit(_ checkIn: CheckIn) -> HTML {
        let form = CheckInForm(
            result: result, cycle: model.cycle, pace: model.pace, company: readers, rejected: rejected,
            changes: checkIn,
            coach: coach)
        return """
            <details class="noprint"\(if: rejected?.name == form.name, " open")><summary class="sum">\
            Put your last check-in right \(Icon.chevron)</summary>
            <p class="hint">What it said first stays in sight.</p>\(form.html)</details>
            """
    }

    private var targets: HTML {
        """
        <section class="part" aria-labelledby="h-targets"><h2 id="h-targets">Its target</h2><div class="body"><ul class="events">
        \(model.targets.html { target in
            """
            <li><p class="meta">\(Day(target.at, in: viewer.timeZone).relative(to: model.pace.today)), \(target.by.name)\
            \(if: target.isEased, ", eased")\(if: target.isMidway, ", midway")</p>
            <p class="num">\(target.words.capitalizedFirst)</p>
            \(if: !target.reason.isEmpty, "<p class=\"said\" dir=\"auto\">“\(target.reason)”</p>")</li>
            """
        })</ul></div></section>
        """
    }

    private var change: HTML {
        let isOpen = rejected?.name == "key-result" || rejected?.name == "removal"
        let fields = Fields("removal", after: rejected)
        let remarks = coach.remarks(on: result.title, as: .keyResultTitle)
        return """
            <section class="part noprint" aria-labelledby="h-change"><h2 id="h-change">Change it</h2><div class="body">
            <details\(if: isOpen, " open")><summary class="sum">Change its words or its target \(Icon.chevron)\(coachHint(remarks))</summary>
            \(KeyResultForm(
                objective: model.objective, result: result, people: model.people, rejected: rejected, coach: coach).html)
            </details>
            <details\(if: fields.wasRejected, " open")><summary class="sum">Take it off the objective \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.keyResult(result.id, "removal"))" method="post">
            \(fields.input("reason", "In a sentence: why?", value: "", isVoice: true))
            <p class="row"><button class="btn stop">Take it off</button></p></form></details>
            </div></section>
            """
    }
}

/// A new key result.
struct NewKeyResultPage {
    let objective: Objective
    let people: [PersonName]
    let viewer: Viewer
    var rejected: Rejected?
    var coach = PersonalCoach()

    var page: Page {
        Page(
            title: "A key result", place: .goals,
            main: """
                <header class="open"><p class="kick"><a href="\(Path.goal(objective.id))" dir="auto">\(objective.title)</a></p>
                <h1>A key result</h1>
                <p class="lede">What would convince somebody who was not there?</p></header>
                <div class="split">
                <aside class="aside" aria-label="About key results">
                <section><h2>What makes a good one</h2><p>It tells an end, not the work: “Support contacts per clinic, from \
                9.2 to 4” does; “Launch the help centre” doesn’t.</p></section>
                <section><h2>Counted on or reached for</h2><p>Others build on what is counted on. Of what is reached for, seven \
                tenths would be a good result, and its health says so.</p></section>
                </aside>
                \(KeyResultForm(objective: objective, result: nil, people: people, rejected: rejected, coach: coach).html)
                </div>
                """)
    }
}

/// The fields of a key result.
struct KeyResultForm {
    let objective: Objective
    let result: KeyResult?
    let people: [PersonName]
    var rejected: Rejected?
    var coach = PersonalCoach()

    var html: HTML {
        let fields = Fields("key-result", after: rejected)
        let draft = result.map(KeyResultDraft.init) ?? KeyResultDraft()
        let action = result.map { Path.keyResult($0.id) } ?? Path.goal(objective.id, "key-results")
        let kind = fields.value("kind", else: draft.kind)
        return """
            <form class="stack key-result" action="\(action)" method="post">
            \(fields.summary)
            \(hidden(fields))
            \(fields.input("title", "What would show it?", value: draft.title, hint: "“Setup steps finished without help”.",
                isVoice: true, isRequired: true, coached: .keyResult(by: coach)))
            \(if: result == nil, fields.choices("kind", "How is it measured?", options: kinds, chosen: kind, style: .segments))
            \(if: result == nil || kind == "metric", metric(fields, draft))
            \(if: result == nil || kind == "milestone", """
                <div class="only-milestone">\(fields.area("steps", "The steps, in order", value: draft.steps, rows: 4,
                    hint: "One on each line. “Tried in Ghent (3)” counts three times as much as a step without a figure."))</div>
                """)
            <div class="row end">
            \(fields.select("owner", "Who looks after it?", options: owners, chosen: draft.owner))
            \(fields.select("ambition", "Counted on, or reached for?", options: [
                (value: "committed", label: "Counted on"), (value: "aspirational", label: "Reached for")],
                chosen: draft.ambition))
            \(fields.input("weight", "Weight", value: draft.weight, hint: "0 to 100, beside the others",
                attributes: "inputmode=\"numeric\""))
            </div>
            \(if: result != nil, fields.input("reason", "Why does the target change?", value: "",
                hint: "Needed where it asks less than before. It stays beside the target, for all who read it.", isVoice: true))
            <p class="row"><button class="btn\(if: result == nil, " go")">\(result == nil ? "Add it" : "Save it")</button>\
            \(if: result == nil, "<a class=\"btn quiet\" href=\"\(Path.goal(objective.id))\">Leave it</a>")</p>
            </form>
            """
    }

    private func hidden(_ fields: Fields) -> HTML {
        guard let result else {
            return fields.newID()
        }
        return """
            <input type="hidden" name="version" value="\(fields.value("version", else: String(result.version)))">\
            <input type="hidden" name="kind" value="\(result.kind.rawValue)">
            """
    }

    private func metric(_ fields: Fields, _ draft: KeyResultDraft) -> HTML {
        """
        <div class="stack only-metric">
        \(fields.select("direction", "Which way?", options: [
            (value: "raise", label: "Raise it"), (value: "lower", label: "Lower it"),
            (value: "keep", label: "Keep it between two bounds")], chosen: draft.direction))
        <div class="row end">
        \(fields.input("start", "From", value: draft.start, hint: "or the lower bound", attributes: "inputmode=\"decimal\""))
        \(fields.input("target", "To", value: draft.target, hint: "or the upper bound", attributes: "inputmode=\"decimal\""))
        \(fields.input("unit", "Unit", value: draft.unit, hint: "“%”, “days”, or nothing"))
        </div></div>
        """
    }

    private var kinds: [(value: String, label: HTML)] {
        [
            (value: "metric", label: "By a figure"), (value: "milestone", label: "In steps"),
            (value: "yes-no", label: "Done or not"),
        ]
    }

    private var owners: [(value: String, label: String)] {
        [(value: "", label: "Whoever looks after the objective")]
            + people.map { (value: $0.id.text, label: $0.name) }
    }
}
