import Markup
import Storage
import Throughline

/// All key results that somebody looks after on one form, so that a check-in on all of them is a matter of minutes, on a phone
/// too. What is left empty is left alone.
struct CheckInPage {
    let mine: [Cycles.Mine]
    let company: String
    let action: Path
    /// Who checks in through a link without signing in; nil where they are signed in.
    var guest: PersonName?
    /// The session that it is done for, and leads back to.
    var session: ID<Session>?
    var rejected: Rejected?
    /// Nil for a guest.
    var coach: PersonalCoach?

    var page: Page {
        Page(
            title: "Check in", place: guest == nil ? .goals : nil, width: guest == nil ? .full : .slim,
            main: """
                <header class="open">
                <p class="kick">\(guest.map { "For \($0.name)" } ?? company)</p>
                <h1>Check in</h1>
                <p class="lede">\(lede)</p>
                \(session.map { "<p><a href=\"\(Path.session($0))\">Back to the session</a></p>" as HTML })
                </header>
                \(mine.isEmpty ? "\(Fields("check-ins", after: rejected).summary)\(nothing)" : form)
                \(if: guest == nil, fromFile)
                """)
    }

    private var waiting: Int {
        mine.count { item in
            item.keyResult.latest.map { item.pace.today.days(since: $0.on) >= item.pace.rhythm } ?? true
        }
    }

    private var lede: HTML {
        if mine.isEmpty { return "Nothing waits for you." }
        let some = GoalWords.count(mine.count, "key result is yours", "key results are yours", isFirst: true)
        if waiting == 0 { return "\(some), and each was heard of in time." }
        return """
            \(some); <b>\(GoalWords.count(waiting, "waits", "wait")) for a word.</b> \
            Leave empty what you have nothing to say of.
            """
    }

    private var nothing: HTML {
        """
        <div class="empty"><p>No key result is yours to check in on.</p>
        <p class="meta">They are there once an objective is committed to and its cycle is under way.</p>
        \(if: guest == nil, "<a class=\"btn\" href=\"\(Path.myGoals)\">Your objectives</a>")</div>
        """
    }

    private var fromFile: HTML {
        """
        <p class="meta noprint">Do the values stand in a spreadsheet? <a href="\(Path.checkInImport)">Check in from a \
        file</a>.</p>
        """
    }

    private var form: HTML {
        let fields = Fields("check-ins", after: rejected)
        return """
            <form class="stack loose checks-in" action="\(action)" method="post">
            \(fields.summary)
            \(session.map { "<input type=\"hidden\" name=\"session\" value=\"\($0)\">" as HTML })
            <ul class="stack loose">\(mine.html { item($0, fields) })</ul>
            <p class="row send-bar"><span class="meta">Empty ones are left alone.</span><button class="btn go">Check in</button></p>
            </form>
            """
    }

    private func item(_ item: Cycles.Mine, _ fields: Fields) -> HTML {
        let result = item.keyResult
        let id = result.id
        let health = result.health(item.pace)
        return """
            <li id="k-\(id)"><fieldset class="stack"><legend class="stack tight"><span class="title" dir="auto">\(result.title)</span>
            <span class="meta" dir="auto">For “\(item.objective.title)”, \(item.cycle.name). \
            \(result.latest.map { "\(result.words(for: $0.value)), \(result.aim)." } ?? "\(result.aim.capitalizedFirst).")</span>
            <span class="row">\(OKRWords.mark(health)) <span class="meta">\(OKRWords.heard(result, item.pace, health))</span></span></legend>
            <input type="hidden" name="key-result" value="\(id)">
            <input type="hidden" name="id-\(id)" value="\(fields.value("id-\(id)", else: ID<CheckIn>().text))">
            \(CheckInFields(
                result: result, cycle: item.cycle, pace: item.pace, fields: fields, done: item.stepsDone,
                suffix: "-\(id)", coach: coach,
                readers: "Whoever reads “\(item.objective.title)”").html)
            </fieldset></li>
            """
    }
}

/// One's own objectives, cycle by cycle.
struct MyGoalsPage {
    let cycles: [(cycle: Cycle, pace: Pace, entries: [CycleEntry])]
    let viewer: Viewer

    var page: Page {
        let shown = cycles.filter { !$0.entries.isEmpty }
        return Page(
            title: "Your objectives", place: .goals,
            main: """
                <header class="open"><p class="kick">\(viewer.name)</p><h1>Your objectives</h1>
                <p class="lede">\(lede)</p>
                <div class="between">\(CycleWords.tabs(cycles.map(\.cycle), nil))</div></header>
                <p class="row noprint"><a class="btn go" href="\(Path.checkIn)">Check in on all that is yours</a>\
                <a class="btn quiet" href="\(Path.goals)">Your goals and work</a></p>
                \(if: shown.isEmpty, nothing)
                <div class="parts">\(shown.html(part))</div>
                """)
    }

    private var lede: HTML {
        let all = cycles.flatMap { item in
            item.entries.filter { $0.objective.stage == .committed }.flatMap(\.keyResults).map { $0.health(item.pace) }
        }
        if all.isEmpty { return "Nothing of yours is committed to yet." }
        return "\(GoalWords.count(all.count, "key result", isFirst: true)): <b>\(OKRWords.counts(all)).</b>"
    }

    private var nothing: HTML {
        let open = cycles.first { $0.cycle.state == .active } ?? cycles.first
        return """
            <div class="empty"><p>No objective of yours in a cycle yet.</p>
            <p class="meta">Write one down, or put a goal that you have into a cycle: change it, and choose the cycle.</p>
            \(open.map { "<a class=\"btn\" href=\"\(Path.newGoal(.person(viewer.id), in: $0.cycle.id))\">Write one down in \($0.cycle.name)</a>" as HTML })
            </div>
            """
    }

    private func part(_ item: (cycle: Cycle, pace: Pace, entries: [CycleEntry])) -> HTML {
        """
        <section class="part" aria-labelledby="h-\(item.cycle.id)"><h2 id="h-\(item.cycle.id)"><a href="\(Path.cycle(item.cycle.id))">\
        \(item.cycle.name)</a></h2><p class="margin meta">\(CycleWords.day(item.cycle, item.pace))</p>
        <div class="body">\(item.entries.html { entry in
            let objective = entry.objective
            let isOpen = objective.stage == .committed
            return """
                <article class="obj" aria-labelledby="t-\(objective.id)"><header>
                <div class="between"><h3 id="t-\(objective.id)" dir="auto"><a href="\(Path.goal(objective.id))">\(objective.title)</a></h3>\
                \(if: isOpen, OKRWords.mark(entry.standing(item.pace).health))</div>
                <p class="meta">\(OKRWords.stage(objective))\(if: !entry.supports.isEmpty, "<span>Supports \(GoalWords.references(entry.supports))</span>")</p>
                </header>
                \(if: !entry.keyResults.isEmpty, "<ul class=\"krs\">\(entry.keyResults.html { OKRWords.row($0, item.pace, isOpen: isOpen) })</ul>")
                \(if: entry.keyResults.isEmpty, "<p class=\"meta\">No key results yet.</p>")
                </article>
                """
        })</div></section>
        """
    }
}

/// What an objective could support, looked for by words: in a cycle of hundreds, no list could be read through.
struct LinkGoalPage {
    let objective: Objective
    let words: String
    let found: [GoalsOverview.Choice]
    let viewer: Viewer
    var rejected: Rejected?

    var page: Page {
        let fields = Fields("supports", after: rejected)
        return Page(
            title: "What it supports", place: .goals,
            main: """
                <header class="open"><p class="kick"><a href="\(Path.goal(objective.id))" dir="auto">\(objective.title)</a></p>
                <h1>What does it support?</h1></header>
                <div class="stack loose">
                <form class="row end" action="\(Path.goal(objective.id, "supports/new"))" method="get" role="search">
                \(Fields("look", after: nil).input("q", "Words of its title", value: words, type: "search"))
                <button class="btn">Look</button></form>
                \(fields.error("supports"))
                \(if: found.isEmpty, "<p class=\"meta\">Nothing that it could support has these words.</p>")
                <ul class="ruled">\(found.html { choice in
                    """
                    <li class="between"><p><a class="voice" href="\(Path.goal(choice.objective.id))" dir="auto">\(choice.objective.title)</a>\
                    <span class="meta" dir="auto"> \(place(of: choice))</span></p>
                    <form action="\(Path.goal(objective.id, "supports"))" method="post"><button class="btn sm" name="supports" \
                    value="\(choice.objective.id)">It supports this<span class="vh">: \(choice.objective.title), \(place(of: choice))</span></button></form></li>
                    """
                })</ul>
                <p><a href="\(Path.goal(objective.id))">Back to the objective</a></p>
                </div>
                """)
    }

    /// `Customer Growth, Q4 2026`
    private func place(of choice: GoalsOverview.Choice) -> String {
        let whose = choice.team ?? (choice.objective.level == .company ? viewer.company : "yours")
        return [whose, choice.cycle].compactMap(\.self).joined(separator: ", ")
    }
}
