import Markup
import Storage
import Throughline

/// An objective of a cycle on its own page: its key results with progress, confidence and health, how they went, what it does
/// to the company's values, what it supports and what supports it, and what was said of it.
struct OKRPage {
    let model: ObjectivePageModel
    let okr: ObjectiveOKR
    let viewer: Viewer
    var rejected: Rejected?
    /// The session that one came from, to which a check-in leads back.
    var session: ID<Session>?
    var coach = PersonalCoach()

    private var objective: Objective { model.objective }
    private var isOpen: Bool { objective.state == .open && objective.stage != .closed }
    private var isOpenToWrite: Bool { model.mayWrite && isOpen }
    private var standing: Standing { Standing(okr.keyResults, pace: okr.pace) }

    var page: Page {
        Page(
            title: objective.title, place: .goals,
            main: """
                \(head)
                <div class="parts">
                \(if: !objective.description.isEmpty, """
                    <section class="part" aria-labelledby="h-about"><h2 id="h-about">What it means</h2>
                    <div class="body voice">\(paragraphs(objective.description))</div></section>
                    """)
                \(results)
                \(course)
                \(checkIns)
                \(values)
                \(supports)
                \(supportedBy)
                \(verdicts)
                \(if: model.mayWrite && objective.state == .open && objective.stage != .closed, ending)
                \(HistoryPart(history: okr.named(model.history), today: okr.pace.today, viewer: viewer).html)
                </div>
                """)
    }

    // MARK: The head

    private var head: HTML {
        let whose =
            switch objective.level {
            case .company: viewer.company
            case .team: objective.team?.name ?? "A team"
            case .person: objective.owner?.name ?? ""
            }
        return """
            <header class="open">
            <p class="kick"><a href="\(Path.cycle(okr.cycle.id))">\(okr.cycle.name)</a>, \
            \(CycleWords.day(okr.cycle, okr.pace)). <bdi>\(whose)</bdi></p>
            <h1 dir="auto">\(objective.title)</h1>
            <p class="lede">\(lede)</p>
            <p class="row">\(OKRWords.stage(objective))\(if: isOpen && objective.stage == .committed, OKRWords.mark(standing.health))\
            \(objective.owner.map { "<span class=\"pers\">\(avatar($0, small: true))\($0.name)</span> " as HTML })\
            <span class="seen">\(objective.visibility == .everyone ? Icon.company : objective.visibility == .team ? Icon.team : Icon.pair)\
            \(readers)</span></p>
            \(thread)
            \(if: objective.state == .dropped && objective.stage != .closed, "<p><span class=\"tag\">Dropped</span></p>")
            \(if: !objective.stateWords.isEmpty && objective.state != .open, "<p class=\"said\" dir=\"auto\">“\(objective.stateWords)”</p>")
            \(if: !objective.learnt.isEmpty, "<p class=\"said\" dir=\"auto\">“\(objective.learnt)”</p>")
            \(if: isOpenToWrite, CoachAside.onObjective(objective.title, by: coach).html)
            \(if: isOpenToWrite, stageForm)
            </header>
            """
    }

    /// Where it comes from, and where it goes on.
    private var thread: HTML {
        okr.passages.html { passage in
            """
            <p class="meta">\(passage.isLater ? "It goes on in" : "It comes from") \
            <a href="\(Path.cycle(passage.cycle))">\(passage.cycleName)</a>: \
            <a class="ref" href="\(Path.goal(passage.objective.id))" dir="auto">\(passage.objective.title)</a></p>
            """
        }
    }

    private var readers: String {
        objective.stage == .draft
            ? "A draft, for who looks after it and those who may change it"
            : OKRWords.visibility(objective, company: viewer.company)
    }

    private var lede: HTML {
        if objective.stage == .closed {
            return """
                Closed with a score of <b>\(objective.score.map(OKRWords.score) ?? "none")</b>\
                \(standing.progress.map { ", having come \(OKRWords.percent($0)) of the way" } ?? "").
                """
        }
        guard let progress = standing.progress else {
            guard let rollUp = okr.rollUp else {
                return "No key results yet: nothing would show that it is reached."
            }
            return """
                <b>\(OKRWords.percent(rollUp)) of the way</b>, by what supports it and everyone may read. It has no key \
                results of its own.
                """
        }
        let confidence = standing.confidence.map { value in
            let rounded = Int(value.rounded())
            return " Those who look after it say: \(CheckIn.words(forConfidence: rounded)), "
                + "\(Figure.text((value * 10).rounded() / 10)) of 10 sure."
        }
        return """
            <b>\(OKRWords.percent(progress)) of the way</b>, with \(OKRWords.percent(okr.pace.elapsed)) of the time gone.\
            \(confidence ?? "")
            """
    }

    private var stageForm: HTML {
        let action = Path.goal(objective.id, "stage")
        let buttons: HTML =
            switch objective.stage {
            case .draft: "<button class=\"btn go\" name=\"stage\" value=\"proposed\">Propose it</button>"
            case .proposed:
                """
                <button class="btn go" name="stage" value="committed">Commit to it</button>
                <button class="btn" name="stage" value="draft">Take it back to a draft</button>
                """
            default: ""
            }
        return """
            <form class="row noprint" action="\(action)" method="post">\(buttons)\
            <a class="btn\(if: objective.stage != .committed, " quiet")" href="\(Path.goal(objective.id, "edit"))">Change its words</a></form>
            """
    }

    // MARK: Key results

    private var results: HTML {
        let none: HTML = """
            <div class="empty"><p>No key result yet.</p><p class="meta">A key result is a figure, a row of steps or a yes \
            that would convince somebody who was not there. Two or three are plenty.</p>\
            \(if: isOpenToWrite, "<a class=\"btn\" href=\"\(Path.goal(objective.id, "key-results/new"))\">Add a key result</a>")</div>
            """
        return """
            <section class="part" id="key-results" aria-labelledby="h-results"><h2 id="h-results">Key results</h2>
            <div class="body">
            \(okr.keyResults.isEmpty ? none : "<ul class=\"krs\">\(okr.keyResults.html(row))</ul>")
            \(if: isOpenToWrite && !okr.keyResults.isEmpty, """
                <p class="row noprint"><a class="btn" href="\(Path.goal(objective.id, "key-results/new"))">Add a key result</a></p>
                """)
            </div></section>
            """
    }

    private func row(_ result: KeyResult) -> HTML {
        let eased = okr.easings[result.id].map { reason in
            "<p class=\"meta eased\" dir=\"auto\">Its target was eased: “\(reason)”</p>" as HTML
        }
        let form = CheckInForm(
            result: result, cycle: okr.cycle, pace: okr.pace,
            company: OKRWords.visibility(objective, company: viewer.company), done: okr.stepsDone[result.id] ?? [],
            rejected: rejected, session: session, coach: coach)
        let isRejected = rejected?.name == form.name
        return OKRWords.row(
            result, okr.pace, isOpen: objective.stage == .committed && isOpen,
            more: """
                \(eased)\(if: okr.checkable.contains(result.id), """
                    <details class="checkin noprint"\(if: isRejected, " open")><summary class="sum">Check in\
                    <span class="vh"> on \(result.title)</span> \(Icon.chevron)</summary>
                    \(form.html)</details>
                    """)
                """)
    }

    // MARK: How it went

    private var course: HTML {
        let course = Course(okr)
        guard !course.rows.isEmpty else { return "" }
        let expectation = Weighted.mean(
            okr.keyResults.map { (value: $0.ambition == .committed ? 1 : 0.7, weight: $0.weight) })
        return """
            <section class="part" aria-labelledby="h-course"><h2 id="h-course">How it went</h2>
            <p class="margin meta">the straight line is an even pace, the upright one today</p>
            <div class="body">
            <div class="cols">
            \(Plot(
                title: "Progress", pace: okr.pace, points: course.rows.map { (day: $0.day, share: $0.progress) },
                ideal: expectation ?? 1, top: "all of it", bottom: "nothing").html)
            \(Plot(
                title: "Confidence", pace: okr.pace,
                points: course.rows.compactMap { row in row.confidence.map { (day: row.day, share: $0 / 10) } },
                top: "it will", bottom: "it won’t").html)
            </div>
            <details><summary class="sum">The figures \(Icon.chevron)</summary>
            <table class="tbl num"><caption class="vh">Progress and confidence by day</caption>
            <thead><tr><th scope="col">Day</th><th scope="col">Progress</th><th scope="col">At an even pace</th>\
            <th scope="col">Confidence</th></tr></thead>
            <tbody>\(course.rows.reversed().html { row in
                """
                <tr><th scope="row">\(OKRWords.day(row.day, okr.pace.today))</th><td>\(OKRWords.percent(row.progress))</td>\
                <td>\(OKRWords.percent(okr.pace.elapsed(on: row.day) * (expectation ?? 1)))</td>\
                <td>\(row.confidence.map { Figure.text(($0 * 10).rounded() / 10) + " of 10" } ?? "not said")</td></tr>
                """
            })</tbody></table></details>
            </div></section>
            """
    }

    private var checkIns: HTML {
        guard !okr.checkIns.isEmpty else { return "" }
        let titles = Dictionary(okr.keyResults.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let newest = okr.checkIns.prefix(12)
        return """
            <section class="part" aria-labelledby="h-checkins"><h2 id="h-checkins">Check-ins</h2>
            <div class="body"><ul class="events">\(newest.html { checkIn in
                titles[checkIn.keyResult].map { CheckInWords.event(checkIn, $0, okr.pace, namesResult: true) } ?? ""
            })</ul>
            \(if: okr.checkIns.count > newest.count, "<p class=\"meta\">The rest stand on the pages of the key results.</p>")
            </div></section>
            """
    }

    // MARK: Values

    private var values: HTML {
        guard !okr.values.isEmpty else { return "" }
        let said = okr.values.filter { $0.stance != nil }
        guard isOpenToWrite || !said.isEmpty else { return "" }
        let fields = Fields("values", after: rejected)
        return """
            <section class="part" id="values" aria-labelledby="h-values"><h2 id="h-values">Our values</h2>
            <p class="margin meta">what it does to what we hold to</p>
            <div class="body">
            \(if: !said.isEmpty, """
                <ul class="ruled">\(said.html { held in
                    """
                    <li><p><b dir="auto">\(held.value.name)</b> <span class="tag">\(held.stance?.rawValue.capitalizedFirst ?? "")</span></p>\
                    \(if: !held.why.isEmpty, "<p class=\"voice\" dir=\"auto\">\(held.why)</p>")</li>
                    """
                })</ul>
                """)
            \(if: isOpenToWrite, """
                <details class="noprint"\(if: fields.wasRejected, " open")><summary class="sum">\
                \(said.isEmpty ? "Hold it against each" : "Weigh it again") \(Icon.chevron)</summary>
                <form class="stack" action="\(Path.goal(objective.id, "values"))" method="post">\(fields.summary)
                \(okr.values.html { stance($0, fields) })
                <p class="row"><button class="btn">Save what it does</button></p></form></details>
                """)
            </div></section>
            """
    }

    private func stance(_ held: ValueStance, _ fields: Fields) -> HTML {
        let id = held.value.id
        let options: [(value: String, label: HTML)] =
            [(value: "", label: "Not said")]
            + CoreValue.Stance.allCases.map { (value: $0.rawValue, label: HTML(text: $0.rawValue.capitalizedFirst)) }
        return """
            <div class="stack tight"><input type="hidden" name="value" value="\(id)">
            \(fields.choices("stance-\(id)", held.value.name, options: options, chosen: held.stance?.rawValue ?? "", style: .segments))
            \(fields.input("why-\(id)", "Why, in a sentence", value: held.why, isVoice: true))</div>
            """
    }

    // MARK: What supports what

    private var supports: HTML {
        """
        <section class="part" id="supports" aria-labelledby="h-supports"><h2 id="h-supports">Supports</h2>
        <div class="body">
        \(if: model.supports.isEmpty, "<p class=\"meta\">Nothing yet\(if: objective.level == .company, "; the company’s stand at the top").</p>")\
        \(if: !model.supports.isEmpty, "<ul class=\"ruled\">\(model.supports.html(supported))</ul>")
        \(if: isOpenToWrite, "<p class=\"row noprint\"><a class=\"btn\" href=\"\(Path.goal(objective.id, "supports/new"))\">Link it to another</a></p>")
        </div></section>
        """
    }

    private func supported(_ other: ObjectiveName) -> HTML {
        """
        <li class="between"><a class="ref voice" href="\(Path.goal(other.id))" dir="auto">\(other.title)</a>
        \(if: isOpenToWrite, """
            <form action="\(Path.goal(objective.id, "supports/removal"))" method="post" data-inplace>\
            <button class="btn quiet sm" name="supports" value="\(other.id)">Take off<span class="vh"> the link to \
            \(other.title)</span></button></form>
            """)</li>
        """
    }

    private var supportedBy: HTML {
        let items =
            model.supportedBy.map { supporter in
                """
                <li><p class="voice"><a class="ref" href="\(Path.goal(supporter.objective.id))" dir="auto">\
                \(supporter.objective.title)</a></p><p class="meta" dir="auto">\(supporter.of)</p></li>
                """ as HTML
            }
            + model.work.map { work in
                """
                <li><p class="voice"><a class="ref" href="\(Path.work(work.id))" dir="auto">\(work.title)</a></p>\
                <p class="meta">\(work.owner.name)</p></li>
                """ as HTML
            }
        return """
            <section class="part" aria-labelledby="h-by"><h2 id="h-by">Supported by</h2>
            <div class="body">\(if: items.isEmpty, "<p class=\"meta\">Nothing that you can read supports it yet.</p>")\
            \(if: !items.isEmpty, "<ul class=\"ruled\">\(items)</ul>")</div>
            </section>
            """
    }

    /// Said in sessions, and shown to the two people of each alone.
    private var verdicts: HTML {
        guard !okr.verdicts.isEmpty else { return "" }
        return """
            <section class="part" aria-labelledby="h-verdicts"><h2 id="h-verdicts">In your sessions</h2>
            <p class="margin meta">only the two people of a session see what was said in it</p>
            <div class="body"><ul class="events">\(okr.verdicts.html { said in
                """
                <li><p class="meta">\(OKRWords.moment(said.at, okr.pace.today, in: viewer.timeZone)), in <a class="ref" href="\(Path.session(said.session))" dir="auto">\
                \(said.title)</a></p>
                <p dir="auto">\(said.by.id == viewer.id ? "You" : said.by.name) said: \(said.verdict.words.lowercased()).</p>\
                \(if: !said.verdict.reason.isEmpty, "<p class=\"said\" dir=\"auto\">“\(said.verdict.reason)”</p>")</li>
                """
            })</ul></div></section>
            """
    }

    private var ending: HTML {
        let fields = Fields("state", after: rejected)
        return """
            <section class="part noprint" id="state" aria-labelledby="h-end"><h2 id="h-end">If it should stop</h2>
            <div class="body"><details\(if: fields.wasRejected, " open")><summary class="sum">Drop it before the cycle ends \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.goal(objective.id, "state"))" method="post">
            \(fields.summary)\(fields.input("words", "In a sentence: why?", value: "", isVoice: true))
            <p class="row"><button class="btn stop" name="state" value="dropped">Drop it</button></p></form></details></div></section>
            """
    }
}

/// Progress and confidence of an objective on each day on which somebody checked in.
struct Course {
    struct Row {
        let day: Day
        let progress: Double
        let confidence: Double?
    }

    let rows: [Row]

    init(_ okr: ObjectiveOKR) {
        var latest: [ID<KeyResult>: Reading] = [:]
        var rows: [Row] = []
        for checkIn in okr.checkIns.reversed() {
            latest[checkIn.keyResult] = checkIn.reading
            let day = checkIn.reading.on
            let progress = Weighted.mean(
                okr.keyResults.map { (value: $0.measure.progress(at: latest[$0.id]?.value), weight: $0.weight) })
            let confidence = Weighted.mean(
                okr.keyResults.compactMap { result in
                    latest[result.id].map { (value: Double($0.confidence), weight: result.weight) }
                })
            if rows.last?.day == day { rows.removeLast() }
            rows.append(Row(day: day, progress: progress ?? 0, confidence: confidence))
        }
        self.rows = rows
    }
}

/// A check-in in words.
enum CheckInWords {
    static func event(
        _ checkIn: CheckIn, _ result: KeyResult, _ pace: Pace, namesResult: Bool,
        originals: [KeyResultPageModel.Original] = []
    ) -> HTML {
        let steps = result.steps.filter { checkIn.steps.contains($0.id) }.map(\.title)
        return """
            <li><p class="meta">\(checkIn.reading.on.relative(to: pace.today)), \(checkIn.by.name)\
            \(if: checkIn.version > 1, ", changed since")\(if: checkIn.source == .session, ", in a session")</p>
            <p dir="auto">\(if: namesResult, "<a href=\"\(Path.keyResult(result.id))\">\(result.title)</a>: ")\
            <b class="num">\(result.words(for: checkIn.reading.value))</b>, \(checkIn.reading.confidence) of 10 sure \
            (\(CheckIn.words(forConfidence: checkIn.reading.confidence))).</p>
            \(if: !steps.isEmpty, "<p class=\"meta\" dir=\"auto\">Done: \(steps.joined(separator: ", "))</p>")
            \(if: !checkIn.comment.isEmpty, "<div class=\"voice\">\(paragraphs(checkIn.comment))</div>")
            \(if: !checkIn.blockers.isEmpty, "<p class=\"meta\" dir=\"auto\">In the way: \(checkIn.blockers)</p>")
            \(originals.html { original in
                """
                <p class="meta" dir="auto">Said first: \(result.words(for: original.reading.value)), \
                \(original.reading.confidence) of 10 sure\(if: !original.comment.isEmpty, ", “\(original.comment)”")</p>
                """
            })</li>
            """
    }
}

/// The form with which somebody checks in on one key result.
struct CheckInForm {
    let result: KeyResult
    let cycle: Cycle
    let pace: Pace
    /// Who reads what is written.
    let company: String
    /// The ids of its steps that are done so far.
    var done: [String] = []
    var rejected: Rejected?
    /// The check-in that is changed; nil for a new one.
    var changes: CheckIn?
    /// The session in which it is made.
    var session: ID<Session>?
    /// Who reads along with what changed.
    var coach: PersonalCoach?

    var name: String { changes.map { "check-in-\($0.id)" } ?? "check-in-\(result.id)" }

    var html: HTML {
        let fields = Fields(name, after: rejected)
        let action = changes.map { Path.checkIn($0.id) } ?? Path.keyResult(result.id, "check-ins")
        return """
            <form class="stack" action="\(action)" method="post">
            \(fields.summary)
            \(changes.map { "<input type=\"hidden\" name=\"version\" value=\"\(fields.value("version", else: String($0.version)))\">" as HTML }
                ?? fields.newID())
            \(session.map { "<input type=\"hidden\" name=\"session\" value=\"\($0)\">" as HTML })
            \(CheckInFields(result: result, cycle: cycle, pace: pace, fields: fields, done: done, changes: changes, coach: coach, readers: company).html)
            <p class="row"><button class="btn">\(changes == nil ? "Check in" : "Change it")</button></p></form>
            """
    }
}

/// The fields of one check-in, in a form that may hold several.
struct CheckInFields {
    let result: KeyResult
    let cycle: Cycle
    let pace: Pace
    let fields: Fields
    /// The ids of its steps that are done so far.
    var done: [String] = []
    var changes: CheckIn?
    /// What the names of its fields end with.
    var suffix = ""
    /// Nil where nobody is signed in.
    var coach: PersonalCoach?
    let readers: String

    var html: HTML {
        let sure = fields.value("confidence" + suffix, else: changes.map { String($0.reading.confidence) } ?? "")
        let name = "confidence" + suffix
        return """
            \(value)
            <fieldset class="f"><legend>How sure are you that it gets there by \(OKRWords.day(cycle.endsOn, pace.today))?</legend>
            <div class="scale eleven">\((0...10).html { number in
                """
                <label><input type="radio" name="\(name)" value="\(number)"\(if: sure == String(number), " checked")\
                \(if: fields.problem(name) != nil, " aria-invalid=\"true\"")>\(number)</label>
                """
            })</div><div class="ends" aria-hidden="true"><span>it won’t</span><span>it will</span></div>
            \(fields.error(name))</fieldset>
            \(fields.area("comment" + suffix, "What changed, in a sentence?", value: changes?.comment ?? "", rows: 2,
                hint: "Name the cause, not the effort.", coached: coach.map(Coached.note)))
            \(fields.input("blockers" + suffix, "What is in the way?", value: changes?.blockers ?? "", isVoice: true))
            <p class="seen">\(Icon.company)\(readers)</p>
            """
    }

    private var value: HTML {
        let asOf = fields.input(
            "asOf" + suffix, "As of", value: changes?.reading.on.iso ?? pace.today.iso, type: "date",
            attributes: "max=\"\(pace.today.iso)\"")
        switch result.kind {
        case .metric:
            return """
                <div class="row end">\(fields.input(
                    "value" + suffix, "Where is it now?", value: changes.map { Figure.text($0.reading.value) } ?? "",
                    hint: hint,
                    attributes: "inputmode=\"decimal\" autocomplete=\"off\""))\(asOf)</div>
                """
        case .yesNo:
            let options: [(value: String, label: HTML)] = [(value: "0", label: "Not yet"), (value: "1", label: "Done")]
            let chosen = (changes?.reading ?? result.latest).map { $0.value >= 1 ? "1" : "0" } ?? ""
            return """
                <div class="row end">\(fields.choices(
                    "value" + suffix, "Is it done?", options: options, chosen: changes == nil && !suffix.isEmpty ? "" : chosen,
                    style: .segments))\(asOf)</div>
                """
        case .milestone:
            return steps + asOf
        }
    }

    private var hint: String {
        let aim = (result.unit.isEmpty ? "" : "In \(result.unit), ") + result.aim
        guard let latest = result.latest, !suffix.isEmpty else { return aim }
        return "\(aim). Left empty, it stays at \(result.words(for: latest.value))"
    }

    /// Those that are done stand ticked; beside them, unseen, stands which these were, so that it is known what was ticked
    /// and unticked since.
    private var steps: HTML {
        let ticked = changes?.steps ?? done
        let name = "steps" + suffix
        let there = result.steps.map(\.id).filter(ticked.contains)
        let shown = fields.value("shown" + suffix, else: there.joined(separator: " "))
        // A row that has come since the form was opened wasn't sent with it.
        let wasSent = changes != nil || fields.value("shown" + suffix, else: "not sent") != "not sent"
        return """
            <fieldset class="f"><legend>Which steps are done?</legend>\(result.steps.html { step in
                """
                <label class="tick"><input type="checkbox" name="\(name)" value="\(step.id)"\
                \(if: wasSent ? fields.isChosen(name, step.id, else: ticked.contains(step.id)) : ticked.contains(step.id), " checked")>\
                <span dir="auto">\(step.title)</span></label>
                """
            })\(if: changes == nil, "<input type=\"hidden\" name=\"shown\(suffix)\" value=\"\(shown)\">")\
            \(fields.error(name))</fieldset>
            """
    }
}
