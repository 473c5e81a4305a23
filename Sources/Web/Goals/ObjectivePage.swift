import Coach
import Foundation
import Markup
import Storage
import Throughline

/// One objective: how it stands, what it supports and what supports it, how it ends, and what became of it so far.
struct ObjectivePage {
    let model: ObjectivePageModel
    let viewer: Viewer
    let today: Day
    var rejected: Rejected?
    var coach = PersonalCoach()

    private var objective: Objective { model.objective }
    private var isOpen: Bool { objective.state == .open }
    private var isOpenToWrite: Bool { model.mayWrite && isOpen }
    private var hasPriority: Bool {
        model.priorities > 0 || objective.level != .person || rejected?.name == "priority"
    }
    private var isMine: Bool { objective.level == .person && objective.owner?.id == viewer.id }

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
                \(supports)
                \(supportedBy)
                \(if: isOpenToWrite && hasPriority, priority)
                \(if: model.mayWrite, ending)
                \(HistoryPart(history: model.history, today: today, viewer: viewer).html)
                </div>
                """)
    }

    private var head: HTML {
        return """
            <header class="open">
            <p class="kick">\(kick)</p>
            <h1 dir="auto">\(objective.title)</h1>
            \(if: !objective.standing.isEmpty, "<p class=\"lede\" dir=\"auto\">\(objective.standing)</p>")
            <p class="row">\(if: !isOpen, "<span class=\"tag\">\(objective.state.rawValue.capitalized)</span> ")\
            \(if: objective.level != .person, objective.owner.map { owner in
                "<span class=\"pers\">\(avatar(owner, small: true))\(owner.name)</span> "
            } ?? "")\
            \(GoalWords.due(objective, today: today).map { "<span class=\"meta\">\($0)</span> " as HTML })\
            \(seen.html)</p>
            \(if: isOpenToWrite, CoachAside.onObjective(objective.title, by: coach).html)
            \(if: !isOpen && !objective.stateWords.isEmpty, "<p class=\"said\" dir=\"auto\">“\(objective.stateWords)”</p>")
            \(if: isOpenToWrite, "<p class=\"row\"><a class=\"btn go\" href=\"\(Path.goal(objective.id, "edit"))\">Change it</a></p>")
            </header>
            """
    }

    private var seen: Seen {
        let owner = objective.owner ?? PersonName(id: viewer.id, name: viewer.name)
        return GoalWords.seen(objective.group, manager: model.manager, by: viewer, owner: owner)
    }

    private var kick: String {
        let whose =
            switch objective.level {
            case .company: viewer.company
            case .team: objective.team?.name ?? "A team"
            case .person:
                isMine
                    ? "A goal of yours"
                    : "A goal of \(objective.owner.map(GoalWords.possessive) ?? "somebody’s")"
            }
        return objective.priority.map { "\(whose), \($0.ordinal) priority" } ?? whose
    }

    // MARK: What supports what

    private var supports: HTML {
        SupportsPart(
            title: "Supports", verb: "support", supports: model.supports, choices: model.choices,
            company: viewer.company,
            add: Path.goal(objective.id, "supports"), remove: Path.goal(objective.id, "supports/removal"),
            mayWrite: isOpenToWrite,
            none: objective.level == .company
                ? "The company’s objectives stand at the top; they may support each other."
                : "Nothing yet. What of the team’s or the company’s does it help to reach?",
            rejected: rejected
        ).html
    }

    private var supportedBy: HTML {
        let none =
            objective.level == .person
            ? "No goal or work of \(isMine ? "yours" : objective.owner.map(GoalWords.possessive) ?? "theirs") supports it yet."
            : "Nothing that you can read supports it yet. Others may support it with goals of their own."
        let items =
            model.supportedBy.map { supporter in
                """
                <li><p class="voice"><a class="ref" href="\(Path.goal(supporter.objective.id))" dir="auto">\
                \(supporter.objective.title)</a></p><p class="meta" dir="auto">\(supporter.of)</p></li>
                """ as HTML
            }
            + model.work.map { work in
                let facts = [work.owner.name, GoalWords.hours(work)?.lowercased()].compactMap { $0 }.joined(
                    separator: ", ")
                return """
                    <li><p class="voice"><a class="ref" href="\(Path.work(work.id))" dir="auto">\(work.title)</a></p>\
                    <p class="meta">\(facts)</p></li>
                    """ as HTML
            }
        return """
            <section class="part" aria-labelledby="h-by"><h2 id="h-by">Supported by</h2>
            <div class="body">\(if: items.isEmpty, "<p class=\"meta\">\(none)</p>")\
            \(if: !items.isEmpty, "<ul class=\"ruled\">\(items)</ul>")</div>
            </section>
            """
    }

    // MARK: Its place and its end

    private var priority: HTML {
        """
        <section class="part" id="priority" aria-labelledby="h-priority"><h2 id="h-priority">Priority</h2>
        <div class="body"><form class="row end" action="\(Path.goal(objective.id, "priority"))" method="post" data-inplace>
        <div class="f"><label for="priority-place">Its place</label>\
        \(PrioritySelect(objective: objective, count: model.priorities + (objective.priority == nil ? 1 : 0))
            .html("id=\"priority-place\" name=\"priority\""))\
        \(Fields("priority", after: rejected).error("priority"))</div>
        <button class="btn">Move it there</button></form>
        <p class="hint">The others move over to make room.</p></div></section>
        """
    }

    private var ending: HTML {
        let fields = Fields("state", after: rejected)
        let words = fields.input(
            "words", isOpen ? "In a sentence: what came of it, or why?" : "In a sentence: why?", value: "",
            seen: seen, isVoice: true)
        let buttons: HTML =
            isOpen
            ? """
            <button class="btn" name="state" value="reached">It is reached</button>
            <button class="btn stop" name="state" value="dropped">Drop it</button>
            """
            : "<button class=\"btn\" name=\"state\" value=\"open\">Open it again</button>"
        return """
            <section class="part" id="state" aria-labelledby="h-end">
            <h2 id="h-end">\(isOpen ? "When it ends" : "Not over after all?")</h2>
            <div class="body"><form class="stack" action="\(Path.goal(objective.id, "state"))" method="post">
            \(fields.summary)\(words)
            <p class="row">\(buttons)</p></form></div></section>
            """
    }
}

/// What something supports, with the forms that add and take off links.
struct SupportsPart {
    let title: String
    /// 'support' of a goal, 'serve' of work.
    let verb: String
    let supports: [ObjectiveName]
    let choices: [GoalsOverview.Choice]
    let company: String
    let add: Path
    let remove: Path
    let mayWrite: Bool
    let none: String
    let rejected: Rejected?

    var html: HTML {
        """
        <section class="part" id="supports" aria-labelledby="h-supports"><h2 id="h-supports">\(title)</h2>
        <div class="body">
        \(if: supports.isEmpty, "<p class=\"meta\">\(none)</p>")\
        \(if: !supports.isEmpty, "<ul class=\"ruled\">\(supports.html(item))</ul>")
        \(if: mayWrite && (!choices.isEmpty || rejected?.name == "supports"), form)
        </div></section>
        """
    }

    private func item(_ objective: ObjectiveName) -> HTML {
        """
        <li class="between"><a class="ref voice" href="\(Path.goal(objective.id))" dir="auto">\(objective.title)</a>
        \(if: mayWrite, """
            <form action="\(remove)" method="post" data-inplace><button class="btn quiet sm" name="supports" \
            value="\(objective.id)">Take off<span class="vh"> the link to \(objective.title)</span></button></form>
            """)</li>
        """
    }

    private var form: HTML {
        let fields = Fields("supports", after: rejected)
        let select = ObjectiveSelect(choices: choices, company: company, none: "Choose a goal")
        return """
            <form class="stack" action="\(add)" method="post" data-inplace>
            \(fields.labelled("supports", "What\(supports.isEmpty ? "" : " else") does it \(verb)?") {
                attributes in select.html(attributes, chosen: fields.value("supports", else: ""))
            })
            <p class="row"><button class="btn">Link it</button></p></form>
            """
    }
}

/// What happened, newest first.
struct HistoryPart {
    let history: [History]
    let today: Day
    let viewer: Viewer

    var html: HTML {
        """
        <section class="part" aria-labelledby="h-history"><h2 id="h-history">History</h2>
        <div class="body"><ul class="events">\(history.html { entry in
            """
            <li><p class="meta"><time datetime="\(WallTime(entry.at, in: viewer.timeZone).iso)">\
            \(OKRWords.moment(entry.at, today, in: viewer.timeZone))</time></p>
            <p dir="auto">\(name(entry.who)) \(entry.words)</p></li>
            """
        })</ul></div></section>
        """
    }

    private func name(_ person: PersonName?) -> String {
        guard let person else { return "Throughline" }
        return person.id == viewer.id ? "You" : person.name
    }
}
