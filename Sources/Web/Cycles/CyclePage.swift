import Markup
import Storage
import Throughline

/// Where the goals of a cycle stand: one's own, one's teams' and the company's, each once, and below each, when it is opened,
/// what supports it. Searched and filtered, it looks through the whole cycle.
struct CyclePage {
    let model: CyclePageModel
    let viewer: Viewer

    private var cycle: Cycle { model.cycle }
    private var question: CycleQuestion { model.question }
    private var isFirstView: Bool { question.isFirstView }

    var page: Page {
        var shown = Shown(model.entries.map(\.objective.id))
        return Page(
            title: "\(title), \(cycle.name)", place: .goals,
            main: """
                \(head)
                \(CycleMap(model: model, viewer: viewer).small)
                \(CycleFilters(model: model, isMap: false).html)
                <div class="parts">
                \(sections.html { section($0, &shown) })
                \(if: model.entries.isEmpty, nothing)
                \(if: model.more > 0, more)
                \(elsewhere)
                </div>
                """)
    }

    // MARK: The head

    private var title: String {
        if let team = model.teams.first(where: { $0.id == question.team }) { return "Where \(team.name) stands" }
        if let person = model.person {
            return person.id == viewer.id ? "Where you stand" : "Where \(person.name) stands"
        }
        return "Where the goals stand"
    }

    private var head: HTML {
        """
        <header class="open">
        <p class="kick">\(viewer.company), \(cycle.name), \(CycleWords.day(cycle, model.pace))</p>
        <h1 dir="auto">\(title)</h1>
        <p class="lede">\(lede)</p>
        <div class="between">
        \(CycleWords.tabs(model.cycles, cycle))
        \(if: cycle.state != .closed, OKRWords.legend(model.pace))
        </div>
        </header>
        """
    }

    private var lede: HTML {
        if cycle.state == .closed {
            let scores = model.entries.compactMap(\.objective.score)
            guard !scores.isEmpty else { return "This cycle is closed." }
            let mean = scores.reduce(0, +) / Double(scores.count)
            return """
                This cycle is closed. \(GoalWords.count(scores.count, "objective", isFirst: true)) shown here, \
                with a mean score of <b>\(OKRWords.score((mean * 100).rounded() / 100))</b>.
                """
        }
        let results = model.entries.filter { $0.objective.stage == .committed }.flatMap(\.keyResults)
        let healths = results.map { $0.health(model.pace) }
        guard !healths.isEmpty else {
            return model.entries.isEmpty ? "No objectives here yet." : "Nothing here is committed to yet."
        }
        let quiet = healths.count { $0.kind == .quiet }
        let words = GoalWords.count(healths.count, "key result", isFirst: true)
        return """
            \(words) here: <b>\(OKRWords.counts(healths)).</b>\
            \(if: quiet > 0, " \(GoalWords.count(quiet, "has", "have", isFirst: true)) gone quiet, and quiet outranks green.")
            """
    }

    // MARK: Objectives

    private struct Section {
        let title: String
        let margin: String?
        let slug: String
        let entries: [CycleEntry]
        let add: Path?
    }

    /// Entries in the order in which they come, in sections by whose they are.
    private var sections: [Section] {
        var groups: [(Objective.Group, [CycleEntry])] = []
        for entry in model.entries {
            if groups.last?.0 == entry.objective.group {
                groups[groups.count - 1].1.append(entry)
            } else {
                groups.append((entry.objective.group, [entry]))
            }
        }
        return groups.map { group, entries in
            switch group {
            case .company:
                Section(title: viewer.company, margin: nil, slug: group.slug, entries: entries, add: nil)
            case .team(let team):
                Section(
                    title: entries[0].objective.team?.name ?? "A team",
                    margin: model.ownTeams.contains(team) ? "your team" : nil, slug: group.slug, entries: entries,
                    add: nil)
            case .person(let person):
                Section(
                    title: person == viewer.id ? "Yours" : entries[0].objective.owner?.name ?? "Somebody",
                    margin: nil, slug: "person-\(person)", entries: entries, add: nil)
            }
        }
    }

    private func section(_ section: Section, _ shown: inout Shown) -> HTML {
        var articles: HTML = ""
        for entry in section.entries { articles += article(entry, &shown) }
        return """
            <section class="part" aria-labelledby="h-\(section.slug)">
            <h2 id="h-\(section.slug)" dir="auto">\(section.title)</h2>
            \(section.margin.map { "<p class=\"margin meta\">\($0)</p>" as HTML })
            <div class="body">\(articles)</div>
            </section>
            """
    }

    private func article(_ entry: CycleEntry, _ shown: inout Shown) -> HTML {
        let objective = entry.objective
        let isOpen = objective.stage == .committed
        return """
            <article class="obj" id="o-\(objective.id)" aria-labelledby="t-\(objective.id)">
            <header>
            <div class="between"><h3 id="t-\(objective.id)" dir="auto"><a href="\(Path.goal(objective.id))">\
            \(objective.title)</a></h3>\(if: isOpen, OKRWords.mark(entry.standing(model.pace).health))</div>
            <p class="meta">\(byline(entry))</p>
            </header>
            \(if: !objective.learnt.isEmpty, "<p class=\"said\" dir=\"auto\">“\(objective.learnt)”</p>")
            \(entry.keyResults.isEmpty ? withoutResults(entry)
                : "<ul class=\"krs\">\(entry.keyResults.html { OKRWords.row($0, model.pace, isOpen: isOpen) })</ul>")
            \(below(entry, &shown))
            </article>
            """
    }

    private func byline(_ entry: CycleEntry) -> HTML {
        let objective = entry.objective
        return """
            \(objective.owner.map { "<span class=\"pers\">\(avatar($0, small: true))\($0.name)</span> " as HTML })\
            \(OKRWords.stage(objective))\
            \(if: !entry.supports.isEmpty, "<span>Supports \(GoalWords.references(entry.supports))</span>")
            """
    }

    private func withoutResults(_ entry: CycleEntry) -> HTML {
        guard let rollUp = entry.rollUp else {
            return "<p class=\"meta\">No key results yet: nothing would show that it is reached.</p>"
        }
        return """
            <p class="pr num rolled">\(OKRWords.bar(rollUp, model.pace))<span><b>\(OKRWords.percent(rollUp))</b> \
            <span class="meta">of the way, by what supports it and everyone may read</span></span></p>
            """
    }

    // MARK: What supports it

    /// What is on the page already: an objective with several parents has one place, and is named at the others.
    struct Shown {
        var ids: Set<ID<Objective>>
        init(_ ids: [ID<Objective>]) { self.ids = Set(ids) }
    }

    private func below(_ entry: CycleEntry, _ shown: inout Shown) -> HTML {
        let id = entry.objective.id
        guard entry.hasSupporters else { return "" }
        let isOpen = question.open.contains(id)
        var items: HTML = ""
        if isOpen {
            for supporter in model.supporters[id] ?? [] {
                guard let found = model.entry(supporter) else { continue }
                items += shown.ids.insert(supporter).inserted ? node(found, &shown) : mention(found.objective)
            }
            items += rest(of: id)
        }
        return """
            <p class="noprint"><a class="sum" href="\(toggle(id, isOpen: isOpen))" \
            aria-expanded="\(isOpen ? "true" : "false")">\(isOpen ? "Hide" : "Show") what supports it\
            <span class="vh">: \(entry.objective.title)</span> \(Icon.chevron)</a></p>
            \(if: isOpen, "<ul class=\"ruled under\">\(items)</ul>")
            """
    }

    /// Where more supports it than is shown, the way to all of it.
    private func rest(of id: ID<Objective>) -> HTML {
        guard let count = model.moreBelow[id] else { return "" }
        var question = question
        question.whole.append(id)
        return """
            <li><a href="\(Path.cycle(cycle.id, question))#o-\(id)">\(GoalWords.count(
                count, "more supports it", "more support it", isFirst: true))</a></li>
            """
    }

    /// An objective that is shown in another place of the page.
    private func mention(_ objective: Objective) -> HTML {
        """
        <li class="meta">“<a class="ref" href="#o-\(objective.id)" dir="auto">\(objective.title)</a>” supports this too; \
        it is shown elsewhere on this page.</li>
        """
    }

    private func node(_ entry: CycleEntry, _ shown: inout Shown) -> HTML {
        let objective = entry.objective
        let standing = entry.standing(model.pace)
        let whose = objective.team?.name ?? objective.owner?.name ?? viewer.company
        let progress = standing.progress ?? entry.rollUp
        return """
            <li id="o-\(objective.id)"><div class="nodeline">
            <p class="kr"><a class="voice" href="\(Path.goal(objective.id))" dir="auto">\(objective.title)</a>\
            <span class="meta" dir="auto">\(whose) \(OKRWords.stage(objective))</span></p>
            <p class="pr num">\(progress.map { value in
                """
                \(OKRWords.bar(value, model.pace, isQuiet: standing.health?.kind == .quiet))<span class="meta">\
                \(OKRWords.percent(value)) of the way\(standing.confidence.map {
                    ", \(Figure.text(($0 * 10).rounded() / 10)) of 10 sure" } ?? "")</span>
                """ as HTML
            })</p>
            \(if: objective.stage == .committed, OKRWords.mark(standing.health))</div>
            \(below(entry, &shown))</li>
            """
    }

    /// The same page with one objective opened or closed.
    private func toggle(_ id: ID<Objective>, isOpen: Bool) -> String {
        var question = question
        question.open = isOpen ? question.open.filter { $0 != id } : question.open + [id]
        return "\(Path.cycle(cycle.id, question))#o-\(id)"
    }

    // MARK: The rest

    private var nothing: HTML {
        let add: HTML =
            "<a class=\"btn\" href=\"\(Path.newGoal(.person(viewer.id), in: cycle.id))\">Write down an objective</a>"
        return """
            <div class="empty"><p>\(isFirstView ? "No objective of yours, your teams’ or the company’s in \(cycle.name) yet."
                : "Nothing in \(cycle.name) fits that.")</p>
            <p class="meta">\(isFirstView
                ? "An objective says what should be true when the cycle ends; its key results show whether it is."
                : "Other words, or another team, may find it. What is not yours to read is not here.")</p>
            \(if: isFirstView && cycle.state != .closed, add)</div>
            """
    }

    private var more: HTML {
        """
        <p class="note">\(Icon.info)\(GoalWords.count(model.more, "more objective fits", "more objectives fit", isFirst: true)) \
        that. Narrow it down with words, a team or a health.</p>
        """
    }

    private var elsewhere: HTML {
        let isOpen = cycle.state == .draft || cycle.state == .active
        return """
            <section class="part noprint" aria-labelledby="h-elsewhere">
            <h2 id="h-elsewhere">Elsewhere</h2>
            <div class="body">
            <ul class="stack tight plain">
            \(if: cycle.state == .active || cycle.state == .closing, "<li><a href=\"\(Path.checkIn)\">Check in on all that is yours</a></li>")
            <li><a href="\(Path.myGoals)">Your objectives in every cycle</a></li>
            \(if: isOpen, "<li><a href=\"\(Path.newGoal(.person(viewer.id), in: cycle.id))\">Write down an objective of yours</a></li>")
            \(if: isOpen, model.teams.filter { model.ownTeams.contains($0.id) }.html { team in
                "<li><a href=\"\(Path.newGoal(.team(team.id), in: cycle.id))\">Write down one of <bdi>\(team.name)</bdi>’s</a></li>"
            })
            \(if: isOpen && viewer.isAdmin, "<li><a href=\"\(Path.newGoal(.company, in: cycle.id))\">Write down one of \(viewer.company)’s</a></li>")
            <li><a href="\(Path.cycle(cycle.id, "presentation"))">Show it to a room</a></li>
            \(if: cycle.state == .closing, "<li><a href=\"\(Path.cycle(cycle.id, "closing"))\">Score what is yours and close it</a></li>")
            \(if: cycle.state == .closing || cycle.state == .closed, "<li><a href=\"\(Path.cycle(cycle.id, "look-back"))\">Look back on how it was followed</a></li>")
            <li>Save it, as far as you read it, as <a href="\(Path.export(cycle.id, in: .csv))" download>CSV<span class="vh"> \
            for spreadsheets</span></a> or <a href="\(Path.export(cycle.id, in: .json))" download>JSON</a></li>
            \(if: viewer.isAdmin, "<li><a href=\"\(Path.cycleImport)\">Bring a cycle in from a file</a></li>")
            <li><a href="\(Path.values)">What \(viewer.company) holds to</a></li>
            <li><a href="\(Path.cycles)">All cycles</a></li>
            </ul>
            </div>
            </section>
            """
    }
}

/// How cycles are spoken of.
enum CycleWords {
    /// `day 48 of 92`
    static func day(_ cycle: Cycle, _ pace: Pace) -> String {
        switch cycle.state {
        case .draft: "a draft, from \(cycle.startsOn.dayAndMonth) to \(cycle.endsOn.dayAndMonth)"
        case .active where pace.day == 0: "begins on \(cycle.startsOn.dayAndMonth)"
        case .active: "day \(pace.day) of \(pace.length)"
        case .closing: "being closed"
        case .closed: "closed"
        }
    }

    static func state(_ state: Cycle.State) -> String {
        switch state {
        case .draft: "Draft"
        case .active: "Under way"
        case .closing: "Being closed"
        case .closed: "Closed"
        }
    }

    static func kind(_ kind: Cycle.Kind) -> String {
        switch kind {
        case .quarter: "A quarter"
        case .year: "A year"
        case .own: "Own dates"
        }
    }

    static func rhythm(_ days: Int) -> String {
        switch days {
        case 1: "every day"
        case 7: "every week"
        case 14: "every two weeks"
        case 28...31: "every month"
        default: "every \(days) days"
        }
    }

    /// The newest cycles, and the one that is shown.
    /// - Parameter part: which page of a cycle the links lead to; nil for the list.
    static func tabs(_ cycles: [Cycle], _ present: Cycle?, part: String? = nil) -> HTML {
        var shown = Array(cycles.prefix(5))
        if let present, !shown.contains(present) { shown.append(present) }
        return """
            <nav class="tabs" aria-label="Cycle">\(shown.reversed().html { cycle in
                """
                <a href="\(Path.cycle(cycle.id, part))"\(if: cycle.id == present?.id, " aria-current=\"page\"")>\(cycle.name)\
                \(if: cycle.state == .draft, ", draft")</a>
                """
            })</nav>
            """
    }
}
