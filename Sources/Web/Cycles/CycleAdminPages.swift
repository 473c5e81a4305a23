import Markup
import Storage
import Throughline

/// All cycles, and, for administrators, how they are made and moved on.
struct CyclesPage {
    let cycles: [Cycle]
    /// Those that hold nothing; none for who is no administrator.
    let removable: Set<ID<Cycle>>
    let viewer: Viewer

    var page: Page {
        Page(
            title: "Cycles", place: .goals,
            main: """
                <header class="open"><p class="kick">\(viewer.company)</p><h1>Cycles</h1>
                <p class="lede">The stretches of time that objectives are set for. They may overlap: a year of the company’s \
                above the quarters of its teams.</p></header>
                <div class="stack loose">
                \(cycles.isEmpty ? nothing : "<ul class=\"ruled offers\">\(cycles.html(row))</ul>")
                \(if: viewer.isAdmin, """
                    <p class="row"><a class="btn go" href="\(Path.newCycle)">Plan a cycle</a>\
                    <a class="btn" href="\(Path.cycleImport)">Bring one in from a file</a>\
                    <a class="btn quiet" href="\(Path.values)">What \(viewer.company) holds to</a></p>
                    """)
                </div>
                """)
    }

    private var nothing: HTML {
        """
        <div class="empty"><p>No cycle yet.</p><p class="meta">A cycle gives objectives a beginning, an end and a rhythm of \
        check-ins. Administrators plan it; goals that are there already can be put into it.</p></div>
        """
    }

    private func row(_ cycle: Cycle) -> HTML {
        """
        <li><p><b><a href="\(Path.cycle(cycle.id))">\(cycle.name)</a> <span class="tag">\(CycleWords.state(cycle.state))</span></b>
        <span class="meta">\(cycle.startsOn.dayAndMonth) \(cycle.startsOn.year) to \(cycle.endsOn.dayAndMonth) \(cycle.endsOn.year), \
        check-ins \(CycleWords.rhythm(cycle.rhythm))</span></p>
        \(if: viewer.isAdmin && (cycle.state != .closed || removable.contains(cycle.id)), """
            <div class="row">\(if: cycle.state != .closed, link("Change", "edit", cycle))
            \(cycle.state.next.html { button($0, cycle) })
            \(if: removable.contains(cycle.id), link("Remove", "removal", cycle))</div>
            """)</li>
        """
    }

    private func link(_ label: String, _ part: String, _ cycle: Cycle) -> HTML {
        """
        <a class="btn sm" href="\(Path.cycle(cycle.id, part))">\(label)<span class="vh"> \(cycle.name)</span></a>
        """
    }

    private func button(_ state: Cycle.State, _ cycle: Cycle) -> HTML {
        let label: String =
            switch (cycle.state, state) {
            case (.draft, .active): "Begin it"
            case (.active, .closing): "Begin to close it"
            case (.closing, .closed): "Close it"
            default: "Go back to check-ins"
            }
        return """
            <form action="\(Path.cycle(cycle.id, "state"))" method="post"><button class="btn sm" name="state" \
            value="\(state.rawValue)">\(label)<span class="vh">: \(cycle.name)</span></button></form>
            """
    }
}

/// The form for a cycle.
struct CycleFormPage {
    let cycle: Cycle?
    let draft: CycleDraft
    let viewer: Viewer
    var rejected: Rejected?

    var page: Page {
        let fields = Fields("cycle", after: rejected)
        return Page(
            title: cycle.map { "Change \($0.name)" } ?? "Plan a cycle", place: .goals,
            main: """
                <header class="open"><p class="kick"><a href="\(Path.cycles)">Cycles</a></p>
                <h1>\(cycle.map { "Change \($0.name)" } ?? "Plan a cycle")</h1></header>
                <form class="stack" action="\(cycle.map { Path.cycle($0.id) } ?? .cycles)" method="post">
                \(fields.summary)
                \(cycle.map { "<input type=\"hidden\" name=\"version\" value=\"\(fields.value("version", else: String($0.version)))\">" as HTML }
                    ?? fields.newID())
                \(fields.input("name", "What is it called?", value: draft.name, hint: "“Q1 2027”", isRequired: true))
                \(fields.choices("kind", "What is it?", options: Cycle.Kind.allCases.map {
                    (value: $0.rawValue, label: HTML(text: CycleWords.kind($0))) }, chosen: draft.kind, style: .segments))
                <div class="row end">
                \(fields.input("startsOn", "First day", value: draft.startsOn, type: "date"))
                \(fields.input("endsOn", "Last day", value: draft.endsOn, type: "date"))
                \(fields.select("rhythm", "How often do people check in?", options: rhythms, chosen: draft.rhythm,
                    hint: "Twice as long without a word, and a key result counts as quiet."))
                </div>
                <p class="row"><button class="btn go">\(cycle == nil ? "Plan it" : "Save it")</button>\
                <a class="btn quiet" href="\(Path.cycles)">Leave it</a></p>
                </form>
                \(cycle.map { """
                    <p class="meta">Planned by mistake? <a href="\(Path.cycle($0.id, "removal"))">Remove the cycle</a>, as long as \
                    it holds nothing.</p>
                    """ as HTML })
                """)
    }

    private var rhythms: [(value: String, label: String)] {
        var days = [7, 14, 30]
        if let own = Int(draft.rhythm), !days.contains(own) { days.append(own) }
        return days.map { (value: String($0), label: CycleWords.rhythm($0).capitalizedFirst) }
    }
}

/// What the company holds to.
struct ValuesPage {
    let values: [CoreValue]
    let viewer: Viewer
    var rejected: Rejected?

    var page: Page {
        let held = values.filter { $0.retiredAt == nil }
        let retired = values.filter { $0.retiredAt != nil }
        return Page(
            title: "What we hold to", place: .goals,
            main: """
                <header class="open"><p class="kick">\(viewer.company)</p><h1>What we hold to</h1>
                <p class="lede">Each objective can be held against these: whether it supports a value, conflicts with it, or \
                leaves it alone, and why.</p></header>
                <div class="stack loose">
                \(if: held.isEmpty, """
                    <div class="empty"><p>No value is written down yet.</p><p class="meta">Three to five that people would \
                    recognise do more than ten. Administrators write them down.</p></div>
                    """)
                \(if: !held.isEmpty, "<ul class=\"ruled\">\(held.html(item))</ul>")
                \(if: viewer.isAdmin, add)
                \(if: viewer.isAdmin && !retired.isEmpty, """
                    <section class="stack tight"><h2>Put away</h2><ul class="ruled">\(retired.html { value in
                        """
                        <li class="between"><span dir="auto">\(value.name)</span><form action="\(Path.value(value.id, "restoration"))" \
                        method="post"><button class="btn quiet sm">Take out again<span class="vh"> \(value.name)</span></button></form></li>
                        """
                    })</ul></section>
                    """)
                <p><a href="\(Path.goals)">Goals and work</a></p></div>
                """)
    }

    private func item(_ value: CoreValue) -> HTML {
        let fields = Fields("value-\(value.id)", after: rejected)
        return """
            <li class="stack tight"><h2 dir="auto">\(value.name)</h2>
            \(if: !value.description.isEmpty, "<div class=\"voice\">\(paragraphs(value.description))</div>")
            \(if: viewer.isAdmin, """
                <details\(if: fields.wasRejected, " open")><summary class="sum">Change it<span class="vh">: \(value.name)</span> \(Icon.chevron)</summary>
                <form class="stack" action="\(Path.value(value.id))" method="post">\(fields.summary)
                <input type="hidden" name="version" value="\(value.version)">
                \(inputs(fields, value.name, value.description))
                <p class="row"><button class="btn">Save it</button></p></form>
                <form action="\(Path.value(value.id, "archival"))" method="post"><button class="btn quiet sm">Put it away\
                <span class="vh">: \(value.name)</span></button></form></details>
                """)</li>
            """
    }

    private var add: HTML {
        let fields = Fields("value", after: rejected)
        return """
            <section class="stack" aria-labelledby="h-add"><h2 id="h-add">Write down a value</h2>
            <form class="stack" action="\(Path.values)" method="post">\(fields.summary)
            \(fields.newID())
            \(inputs(fields, "", ""))
            <p class="row"><button class="btn go">Write it down</button></p></form></section>
            """
    }

    private func inputs(_ fields: Fields, _ name: String, _ description: String) -> HTML {
        fields.input("name", "The value", value: name, hint: "“We say what is”", isVoice: true)
            + fields.area("description", "What it means on a Tuesday", value: description, rows: 2)
    }
}

/// A cycle for a room: large, quiet, without anything to press. It holds what everyone may read: who shows it doesn't know
/// who will look.
struct PresentationPage {
    let model: CyclePageModel
    let viewer: Viewer

    var page: Page {
        Page(
            title: "\(model.cycle.name) in \(viewer.company)", place: .goals,
            width: .lean(
                doc: "\(model.cycle.name), \(CycleWords.day(model.cycle, model.pace))",
                end: "<a class=\"btn sm\" href=\"\(Path.cycle(model.cycle.id))\">Back</a>", mainClass: "presentation"),
            main: """
                <h1>\(viewer.company), \(model.cycle.name)</h1>
                \(if: model.entries.isEmpty, "<p class=\"lede\">\(nothing)</p>")
                \(model.entries.html(slide))
                \(if: model.leftOut > 0, "<p class=\"meta\">\(leftOut)</p>")
                """)
    }

    private var nothing: String {
        model.leftOut > 0 ? "Nothing that everyone may read is committed to yet." : "Nothing is committed to yet."
    }

    private var leftOut: String {
        let some = GoalWords.count(model.leftOut, "objective", isFirst: true)
        return "\(some) that only you and some others may read \(model.leftOut == 1 ? "is" : "are") left out."
    }

    private func slide(_ entry: CycleEntry) -> HTML {
        let objective = entry.objective
        let standing = entry.standing(model.pace)
        let isOpen = objective.stage == .committed
        return """
            <section class="slide" aria-labelledby="s-\(objective.id)">
            <p class="kick"><bdi>\(objective.team?.name ?? (objective.level == .company ? viewer.company : objective.owner?.name ?? ""))</bdi>\
            \(objective.owner.map { objective.level == .person ? "" : ", \($0.name)" } ?? "")</p>
            <h2 id="s-\(objective.id)" dir="auto">\(objective.title)</h2>
            \(isOpen ? OKRWords.mark(standing.health) : OKRWords.stage(objective))
            <ul class="krs">\(entry.keyResults.html { OKRWords.row($0, model.pace, isOpen: isOpen) })</ul>
            \(entry.keyResults.isEmpty ? entry.rollUp.map { value in
                "<p class=\"meta\">\(OKRWords.percent(value)) of the way, by what supports it.</p>" as HTML } : nil)
            </section>
            """
    }
}
