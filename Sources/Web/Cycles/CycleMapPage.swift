import Markup
import Storage
import Throughline

/// The objectives of a cycle as a map. It begins with the company's, one's teams' and one's own, and grows by what is opened,
/// so that a cycle of hundreds can be read piece by piece; searched and filtered, it shows what was found beside what that
/// supports.
struct CycleMapPage {
    let model: CyclePageModel
    let viewer: Viewer

    private var cycle: Cycle { model.cycle }
    private var question: CycleQuestion { model.question }
    private var map: CycleMap { CycleMap(model: model, viewer: viewer) }

    var page: Page {
        Page(
            title: "Map of \(cycle.name)", place: .goals,
            main: """
                <header class="open">
                <p class="kick">\(viewer.company), \(cycle.name), \(CycleWords.day(cycle, model.pace))</p>
                <h1>How the objectives connect</h1>
                <p class="lede">\(lede)</p>
                <div class="between">
                \(CycleWords.tabs(model.cycles, cycle, part: "map"))
                \(if: cycle.state != .closed, OKRWords.legend(model.pace))
                </div>
                </header>
                \(CycleFilters(model: model, isMap: true).html)
                \(model.entries.isEmpty ? nothing : drawn)
                """)
    }

    private var lede: HTML {
        let whose =
            if let team = model.teams.first(where: { $0.id == question.team }) {
                team.name
            } else {
                model.person.map { $0.id == viewer.id ? "you" : $0.name }
            }
        let count = GoalWords.count(model.entries.count + model.more, "objective", isFirst: true)
        if question.isFirstView {
            return "The company’s, your teams’ and yours. Open one to see what supports it."
        }
        return
            "\(count) \(whose.map { "of \($0)" } ?? "found"), beside what \(model.entries.count == 1 ? "it supports" : "they support")."
    }

    private var drawn: HTML {
        """
        <section class="map-wrap" aria-label="Map">
        \(folding)
        \(map.whole.html)
        <p class="meta map-cap">A line leads from what supports to what it supports. The blue ones are yours. \
        <span class="needs-script">The arrow keys go along them.</span></p>
        \(if: model.more > 0, """
            <p class="note">\(Icon.info)\(GoalWords.count(model.more, "more objective fits", "more objectives fit", isFirst: true)) \
            that. Narrow it down with words, a team or a health.</p>
            """)
        </section>
        """
    }

    /// Everything on the first level opened at once, or closed again.
    private var folding: HTML {
        let closed = model.entries.filter { $0.hasSupporters && !question.open.contains($0.objective.id) }
        var all = question
        all.open += closed.map(\.objective.id)
        var none = question
        (none.open, none.whole) = ([], [])
        let show: HTML = "<a href=\"\(Path.cycle(cycle.id, all, "map"))\">Show what supports each of these</a>"
        let fold: HTML = "<a href=\"\(Path.cycle(cycle.id, none, "map"))\">Fold everything</a>"
        let offers = [closed.count > 1 ? show : nil, question.open.isEmpty ? nil : fold].compactMap(\.self)
        return offers.isEmpty ? "" : "<p class=\"row noprint folding\">\(offers.html { $0 })</p>"
    }

    private var nothing: HTML {
        """
        <div class="empty"><p>\(question.isFirstView ? "No objective of yours, your teams’ or the company’s in \(cycle.name) yet."
            : "Nothing in \(cycle.name) fits that.")</p>
        <p class="meta">\(question.isFirstView ? "Once there are some, you see here which supports which."
            : "Other words, or another team, may find it. What is not yours to read is not here.")</p>
        <a class="btn" href="\(Path.cycle(cycle.id))">Go to the list</a></div>
        """
    }
}

/// The map of what a cycle's page holds. It draws nothing that the list wouldn't show to the same person, and asks for nothing
/// more.
struct CycleMap {
    let model: CyclePageModel
    let viewer: Viewer

    private var question: CycleQuestion { model.question }

    /// Above the list, while nothing in particular is asked for and it is small enough to read.
    var small: HTML {
        guard question.isFirstView, question.open.isEmpty else { return "" }
        let nodes = model.entries.map { node($0, link: "#o-\($0.objective.id)") }
        let rows = (0...2).map { column in nodes.count { $0.column == column } }.max() ?? 0
        let map = NodeMap(headings: headings, nodes: nodes)
        guard (2...GoalMap.mostRows).contains(rows), map.hasLines else { return "" }
        let isOwn = map.nodes.contains { $0.isOwn && !$0.supports.isEmpty }
        return """
            <section class="map-wrap" aria-labelledby="h-map">
            <h2 id="h-map" class="vh">How the objectives connect</h2>
            \(map.html)
            <p class="meta map-cap">\(if: isOwn, "The blue lines are yours. ")<a href="\(Path.cycle(model.cycle.id, "map"))">\
            Go on in the map</a></p>
            </section>
            """
    }

    /// Everything that the model holds, each once, with what opens and closes it; and what it supports beyond that.
    var whole: NodeMap {
        let entries =
            model.entries + model.below.values.sorted { $0.objective.id < $1.objective.id }
        let shown = Set(entries.map(\.objective.id))
        var nodes = entries.map { entry in
            var node = node(entry, link: Path.goal(entry.objective.id).description)
            node.toggle = entry.hasSupporters ? toggle(entry.objective) : ""
            return node
        }
        nodes += context(of: entries, besides: shown) + rests
        return NodeMap(headings: headings, nodes: nodes, isWhole: true)
    }

    private var headings: [String] {
        let isNear = question.isFirstView && question.open.isEmpty
        return [viewer.company, isNear ? "Your teams" : "Teams", isNear ? "You" : "People"]
    }

    private func node(_ entry: CycleEntry, link: String) -> NodeMap.Node {
        let objective = entry.objective
        let isOwn = objective.level == .person && objective.owner?.id == viewer.id
        let whose = objective.team?.name ?? (isOwn ? nil : objective.owner?.name)
        let mark =
            objective.stage == .committed ? OKRWords.mark(entry.standing(model.pace).health) : OKRWords.stage(objective)
        return NodeMap.Node(
            id: objective.id.text, column: Self.column(objective.level), title: objective.title, link: link,
            note:
                "<span class=\"by\">\(mark)\(whose.map { "<span class=\"meta\" dir=\"auto\">\($0)</span>" as HTML })</span>",
            supports: entry.supports.map { (id: $0.id.text, title: $0.title) }, isOwn: isOwn)
    }

    static func column(_ level: Objective.Level) -> Int {
        switch level {
        case .company: 0
        case .team: 1
        case .person: 2
        }
    }

    /// What is supported by what is shown and wasn't asked for itself: its title alone, so that lines lead somewhere.
    private func context(of entries: [CycleEntry], besides shown: Set<ID<Objective>>) -> [NodeMap.Node] {
        var seen = shown
        return entries.flatMap(\.supports).compactMap { name in
            guard seen.insert(name.id).inserted else { return nil }
            return NodeMap.Node(
                id: name.id.text, column: Self.column(name.level), title: name.title,
                link: Path.goal(name.id).description, isContext: true)
        }
    }

    /// Where more supports an opened objective than is shown, a node that leads to all of it.
    private var rests: [NodeMap.Node] {
        model.moreBelow.sorted { $0.key < $1.key }.compactMap { id, count in
            guard let entry = model.entry(id) else { return nil }
            var question = question
            question.whole.append(id)
            return NodeMap.Node(
                id: "more-\(id)", column: min(Self.column(entry.objective.level) + 1, 2),
                title: GoalWords.count(count, "more supports it", "more support it", isFirst: true),
                link: "\(Path.cycle(model.cycle.id, question, "map"))#n-\(id)",
                supports: [(id: id.text, title: entry.objective.title)], isContext: true)
        }
    }

    private func toggle(_ objective: Objective) -> HTML {
        var question = question
        let isOpen = question.open.contains(objective.id)
        question.open = isOpen ? question.open.filter { $0 != objective.id } : question.open + [objective.id]
        question.whole.removeAll { $0 == objective.id }
        return """
            <a class="fold noprint" href="\(Path.cycle(model.cycle.id, question, "map"))#n-\(objective.id)" \
            aria-expanded="\(isOpen ? "true" : "false")">\(isOpen ? Icon.minus : Icon.plus)\
            <span class="vh">\(isOpen ? "Hide" : "Show") what supports “\(objective.title)”</span></a>
            """
    }
}
