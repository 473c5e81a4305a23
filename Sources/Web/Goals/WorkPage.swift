import Coach
import Markup
import Storage
import Throughline

/// A piece of work: how it stands, what it serves, and how it goes on.
struct WorkPage {
    let model: WorkPageModel
    let viewer: Viewer
    let today: Day
    var rejected: Rejected?
    var coach = PersonalCoach()

    private var work: Work { model.work }

    var page: Page {
        Page(
            title: work.title, place: .goals,
            main: """
                \(head)
                <div class="parts">
                \(SupportsPart(
                    title: "Serves", verb: "serve", supports: model.supports, choices: model.choices, company: viewer.company,
                    add: Path.work(work.id, "supports"), remove: Path.work(work.id, "supports/removal"),
                    mayWrite: model.mayWrite,
                    none: work.state.isCurrent
                        ? "It supports no goal yet. That may be right; then say so in your next session."
                        : "It served no goal.",
                    rejected: rejected).html)
                \(if: model.mayWrite, next)
                \(HistoryPart(history: model.history, today: today, viewer: viewer).html)
                </div>
                """)
    }

    private var head: HTML {
        let isMine = work.owner.id == viewer.id
        return """
            <header class="open">
            <p class="kick">\(isMine ? "A piece of your work" : "A piece of \(GoalWords.possessive(work.owner)) work")</p>
            <h1 dir="auto">\(work.title)</h1>
            \(if: !work.standing.isEmpty, "<p class=\"lede\" dir=\"auto\">\(work.standing)</p>")
            <p class="row"><span class="tag">\(GoalWords.state(work.state))</span> \
            \(GoalWords.hours(work).map { "<span class=\"meta\">\($0)</span> " as HTML })\
            \(GoalWords.seen(owner: work.owner, manager: model.manager, by: viewer).html)</p>
            \(if: model.mayWrite && work.state.isCurrent && isMine,
                CoachAside(remarks: coach.remarks(on: work.title, as: .workTitle), isAtField: false).html)
            \(if: !work.stateWords.isEmpty, "<p class=\"said\" dir=\"auto\">“\(work.stateWords)”</p>")
            \(if: model.mayWrite,
                "<p class=\"row\"><a class=\"btn go\" href=\"\(Path.work(work.id, "edit"))\">Change it</a></p>")
            </header>
            """
    }

    private var next: HTML {
        let fields = Fields("state", after: rejected)
        let buttons = Work.State.allCases.filter {
            $0 != work.state && !(work.state == .done && $0 == .dropped)
        }
        .map { state in
            """
            <button class="btn\(if: state == .dropped, " stop")" name="state" value="\(state.rawValue)">\
            \(verb(state))</button>
            """ as HTML
        }
        return """
            <section class="part" id="state" aria-labelledby="h-state">
            <h2 id="h-state">How it goes on</h2>
            <div class="body"><form class="stack" action="\(Path.work(work.id, "state"))" method="post">
            \(fields.input("words", "In a sentence: why?", value: "",
                seen: GoalWords.seen(owner: work.owner, manager: model.manager, by: viewer), isVoice: true))
            <p class="row">\(buttons)</p></form></div></section>
            """
    }

    private func verb(_ state: Work.State) -> String {
        switch state {
        case .underWay: "Take it up again"
        case .paused: "Pause it"
        case .done: "It is done"
        case .dropped: "Drop it"
        }
    }
}

/// The form that adds or changes a piece of work.
struct WorkFormPage {
    let viewer: Viewer
    /// Nil for a new one.
    let work: Work?
    let choices: [GoalsOverview.Choice]
    let manager: PersonName?
    var rejected: Rejected?
    var coach = PersonalCoach()

    var page: Page {
        let fields = Fields("work", after: rejected)
        let stored = work.map(WorkDraft.init) ?? WorkDraft()
        let me = PersonName(id: viewer.id, name: viewer.name)
        let seen = GoalWords.seen(owner: me, manager: manager, by: viewer)
        let title = work == nil ? "A piece of your work" : "Change it"
        return Page(
            title: title, place: .goals,
            main: """
                <header class="open">
                \(work.map { "<p class=\"kick\" dir=\"auto\">\($0.title)</p>" as HTML })
                <h1>\(title)</h1>
                \(if: work == nil, "<p class=\"lede\">What takes your week, and what does it serve?</p>")
                </header>
                <div class="split">
                \(if: work == nil, aside)
                <form class="stack" action="\(work.map { Path.work($0.id) } ?? .workList)" method="post">
                \(fields.summary)
                \(hidden(fields))
                \(fields.input("title", "What is it called?", value: stored.title, seen: seen, isVoice: true,
                    isRequired: true, coached: Coached(.workTitle, by: coach)))
                <div class="row end">
                \(fields.input("standing", "How does it stand?", value: stored.standing,
                    hint: "In words and figures: “60% done”.", seen: seen, isVoice: true))
                \(fields.input("hoursAWeek", "Hours a week", value: stored.hoursAWeek, hint: "About; 2.5 will do.",
                    attributes: "inputmode=\"decimal\""))
                </div>
                \(if: work == nil && !choices.isEmpty, supports(fields))
                <p class="row"><button class="btn go">\(work == nil ? "Add it" : "Save it")</button>\
                <a class="btn quiet" href="\(work.map { Path.work($0.id) } ?? .goals)">Leave it</a></p>
                </form>
                </div>
                """)
    }

    private var aside: HTML {
        """
        <aside class="aside" aria-label="About work">
        <section><h2>What to write down</h2><p>Whatever takes a part of your week, however small. Three to eight \
        pieces are what most people have.</p></section>
        <section><h2>If it serves nothing</h2><p>Leave it so. It then stands out in your next session, where the two of \
        you can keep it, pause it or drop it.</p></section>
        </aside>
        """
    }

    private func hidden(_ fields: Fields) -> HTML {
        guard let work else {
            return fields.newID()
        }
        let version = fields.value("version", else: String(work.version))
        return "<input type=\"hidden\" name=\"version\" value=\"\(version)\">"
    }

    private func supports(_ fields: Fields) -> HTML {
        let select = ObjectiveSelect(choices: choices, company: viewer.company, none: "Nothing yet")
        return fields.labelled(
            "supports", "What does it serve?", hint: "More can be added when it is written down."
        ) { attributes in select.html(attributes, chosen: fields.value("supports", else: "")) }
    }
}
