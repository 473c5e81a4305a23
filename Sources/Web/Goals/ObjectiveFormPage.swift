import Coach
import Markup
import Storage
import Throughline

/// The form that adds or changes an objective.
struct ObjectiveFormPage {
    let model: ObjectiveFormModel
    let viewer: Viewer
    /// What a new one supports, as a link to the form may say.
    var supports = ""
    /// The cycle of a new one, as a link to the form may say.
    var cycle = ""
    var rejected: Rejected?
    var coach = PersonalCoach()

    private var isOwn: Bool { model.group == .person(viewer.id) }
    private var seen: Seen {
        let me = PersonName(id: viewer.id, name: viewer.name)
        return GoalWords.seen(model.group, manager: model.manager, by: viewer, owner: me)
    }

    var page: Page {
        let fields = Fields("objective", after: rejected)
        let stored = model.objective.map(ObjectiveDraft.init) ?? ObjectiveDraft()
        let title =
            model.objective == nil
            ? (isOwn ? "A goal of yours" : "An objective of \(model.groupName)") : "Change it"
        let action = model.objective.map { Path.goal($0.id) } ?? .goals
        return Page(
            title: title, place: .goals,
            main: """
                <header class="open">
                <p class="kick" dir="auto">\(model.objective?.title ?? model.groupName)</p>
                <h1 dir="auto">\(title)</h1>
                </header>
                <div class="split">
                \(if: model.objective == nil, aside)
                <form class="stack" action="\(action)" method="post">
                \(fields.summary)
                \(hidden(fields))
                \(fields.input("title", "What should be true in the end?", value: stored.title,
                    hint: "An end, not a task: “The first week runs itself”.", seen: seen, isVoice: true,
                    isRequired: true, coached: Coached(.objective, by: coach)))
                \(fields.input("standing", "How does it stand now?", value: stored.standing,
                    hint: "In words and figures: “61% of 75%”.", seen: seen, isVoice: true,
                    coached: Coached(.note, by: coach)))
                <div class="row end">
                \(fields.input("dueOn", "By when?", value: stored.dueOn, type: "date", seen: seen))
                \(if: !isOwn, fields.select("owner", "Who looks after it?", options: people, chosen: stored.owner))
                </div>
                \(if: !model.cycles.isEmpty, placement(fields))
                \(fields.area("description", "What does it mean?", value: stored.description,
                    hint: "Why it matters now, and what would show that it is reached.", seen: seen))
                \(if: model.objective == nil && !model.choices.isEmpty, supports(fields))
                <p class="row"><button class="btn go">\(model.objective == nil ? "Write it down" : "Save it")</button>\
                <a class="btn quiet" href="\(model.objective.map { Path.goal($0.id) } ?? .goals)">Leave it</a></p>
                </form>
                </div>
                """)
    }

    private var aside: HTML {
        """
        <aside class="aside" aria-label="About goals">
        <section><h2>What makes a good one</h2><p>It names an end that others can see, and a figure that tells how far \
        it is. “Receptionists book unaided on day one, 57% of 85%” does; “Improve the training” doesn’t.</p></section>
        <section><h2>What it does</h2><p>\(isOwn
            ? "In a session it stands beside what the team is after, and you are told whether it is what the team needs most."
            : "Everyone sees it beside their own goals and work, and can say what of theirs supports it.")</p></section>
        </aside>
        """
    }

    private func hidden(_ fields: Fields) -> HTML {
        if let objective = model.objective {
            let version = fields.value("version", else: String(objective.version))
            return "<input type=\"hidden\" name=\"version\" value=\"\(version)\">"
        }
        return """
            \(fields.newID())
            <input type="hidden" name="level" value="\(model.group.levelName)">
            <input type="hidden" name="team" value="\(model.group.teamID?.text ?? "")">
            """
    }

    private func supports(_ fields: Fields) -> HTML {
        let select = ObjectiveSelect(choices: model.choices, company: viewer.company, none: "Nothing yet")
        return fields.labelled(
            "supports", "What does it support?", hint: "More can be added when it is written down."
        ) { attributes in select.html(attributes, chosen: fields.value("supports", else: supports)) }
    }

    /// The cycle that it stands in, and who reads it. A company without cycles never sees this.
    private func placement(_ fields: Fields) -> HTML {
        let objective = model.objective
        let none = objective?.cycle == nil ? [(value: "", label: "None: a goal of its own")] : []
        let cycles = none + model.cycles.map { (value: $0.id.text, label: $0.name) }
        var readers = [(value: "everyone", label: "Everyone at \(viewer.company)")]
        switch model.group {
        case .company: break
        case .team:
            readers += [
                (value: "team", label: "The team and its managers"),
                (value: "pair", label: "Its owner and their manager"),
            ]
        case .person:
            readers += [
                (value: "team", label: "Who shares a team with you"), (value: "pair", label: "You and your manager"),
            ]
        }
        let isPerson = model.group.levelName == "person"
        let chosen = objective?.visibility.rawValue ?? (isPerson ? "pair" : "everyone")
        return """
            <div class="row end">
            \(fields.select("cycle", "In which cycle?", options: cycles, chosen: objective?.cycle?.text ?? cycle))
            \(if: readers.count > 1, fields.select("visibility", "Who reads it?", options: readers, chosen: chosen))
            </div>
            """
    }

    private var people: [(value: String, label: String)] {
        [(value: "", label: "Nobody yet")] + model.people.map { (value: $0.id.text, label: $0.name) }
    }
}

extension Objective.Group {
    var levelName: String {
        switch self {
        case .company: "company"
        case .team: "team"
        case .person: "person"
        }
    }

    var teamID: ID<Team>? {
        if case .team(let team) = self { team } else { nil }
    }
}
