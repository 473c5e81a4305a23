import Foundation
import Markup
import Storage
import Throughline

/// Where the goals stand: the company's, the teams', one's own and one's work, and the gaps between them.
struct GoalsPage {
    let overview: GoalsOverview
    let question: GoalsQuestion
    let viewer: Viewer
    let today: Day

    private var yours: String { isOwn ? "yours" : GoalWords.possessive(overview.person) }
    private var isOwn: Bool { overview.person.id == viewer.id }
    /// Whether what one person supports is told of every objective: not of other teams', where it would be noise.
    private var tellsGaps: Bool {
        // Of somebody who has written down nothing, it would be said of every one.
        overview.isOpen && question.team == nil && !(overview.goals.isEmpty && overview.work.isEmpty)
    }
    private var lines: [ID<Objective>: Alignment.Line] {
        Dictionary(
            overview.alignment.lines.map { ($0.objective.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var page: Page {
        let lines = lines
        return Page(
            title: title, place: .goals,
            main: """
                \(head)
                \(if: overview.isOpen, GoalMap(overview: overview, isOwn: isOwn, showsOwn: question.team == nil).html)
                <div class="parts">
                \(if: question.team == nil, own)
                \(overview.teams.html { section($0, margin: teamMargin, lines) })
                \(section(overview.company, margin: nil, lines))
                \(others)
                </div>
                """)
    }

    // MARK: The head

    private var title: String {
        if let team = shownTeam { return "\(team)’s goals" }
        return isOwn ? "Where the goals stand" : "\(GoalWords.possessive(overview.person)) goals and work"
    }

    private var shownTeam: String? { question.team == nil ? nil : overview.teams.first?.name }

    private var teamMargin: String? {
        if question.team != nil { return nil }
        return isOwn ? "your team" : "\(GoalWords.possessive(overview.person)) team"
    }

    private var head: HTML {
        """
        <header class="open">
        <p class="kick">\(kick)</p>
        <h1 dir="auto">\(title)</h1>
        <p class="lede">\(lede)</p>
        <div class="between">
        <nav class="tabs" aria-label="Which goals">\(tab("Open", isOpen: true))\
        \(tab("Reached and dropped", isOpen: false))</nav>
        \(if: overview.isOpen && isOwn && question.team == nil, cycles)
        </div>
        </header>
        """
    }

    /// The ways to the objectives of cycles; for administrators also while there is none yet.
    private var cycles: HTML {
        if overview.cycles.isEmpty {
            return viewer.isAdmin
                ? "<p><a href=\"\(Path.cycles)\">Plan a cycle of objectives and key results</a></p>" : ""
        }
        let current = overview.cycles.filter { $0.state != .closed }.prefix(3).reversed()
        return """
            <ul class="inline">\(current.html { "<li><a href=\"\(Path.cycle($0.id))\">\($0.name)</a></li>" })\
            <li><a href="\(Path.checkIn)">Check in</a></li><li><a href="\(Path.cycles)">All cycles</a></li></ul>
            """
    }

    private var kick: String {
        if isOwn { return "\(viewer.company), \(today.full)" }
        return
            "\(overview.person.name) reports to you. You read these, and \(overview.person.first) changes them."
    }

    private func tab(_ label: String, isOpen: Bool) -> HTML {
        var query: [String] = []
        if let team = question.team { query.append("team=\(team)") }
        if let person = question.person { query.append("person=\(person)") }
        if !isOpen { query.append("state=closed") }
        let path = Path(stringLiteral: "/goals" + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
        return "<a href=\"\(path)\"\(if: isOpen == overview.isOpen, " aria-current=\"page\"")>\(label)</a>"
    }

    private var lede: HTML {
        if !overview.isOpen {
            return "What was reached and what was dropped, with the words that were said about it."
        }
        if question.team != nil { return "What this team is after, beside what the company is after." }
        let goals = overview.goals.count
        let work = overview.work.filter { $0.work.state == .underWay }.count
        if goals == 0, work == 0 {
            return isOwn
                ? "Write down what you are after and what you are working on, and see what it has to do with the team."
                : "\(overview.person.first) has written down no goals and no work yet."
        }
        let who = isOwn ? "You have" : "\(overview.person.first) has"
        var sentences: HTML = """
            \(who) \(GoalWords.count(goals, "goal")) and \
            \(GoalWords.count(work, "piece of work", "pieces of work")) under way.
            """
        let looseWork = overview.alignment.looseWork.count
        if looseWork > 0 {
            let words = GoalWords.count(
                looseWork, "piece of work supports", "pieces of work support", isFirst: true)
            sentences += " <b>\(words) no goal.</b>"
        }
        let gaps = overview.alignment.gaps.filter { $0.level == .team }.count
        if gaps > 0 {
            let some = GoalWords.count(
                gaps, "objective of the team has", "objectives of the team have", isFirst: true)
            sentences +=
                " \(some) nothing of \(yours) behind \(gaps == 1 ? "it" : "them"). That may be right."
        }
        return sentences
    }

    // MARK: One's own

    private var seen: Seen { GoalWords.seen(owner: overview.person, manager: overview.manager, by: viewer) }

    private var own: HTML {
        """
        <section class="part" aria-labelledby="h-own">
        <h2 id="h-own">\(isOwn ? "Your goals" : "\(GoalWords.possessive(overview.person)) goals")</h2>
        <p class="margin">\(seen.html)</p>
        <div class="body">
        \(overview.goals.isEmpty ? noGoals : overview.goals.html { article($0, nil) })
        \(if: isOwn && overview.isOpen && !overview.goals.isEmpty, """
            <p class="row"><a class="btn go" href="\(Path.newGoal(.person(viewer.id)))">Write down a goal</a></p>
            \(order(of: overview.goals))
            """)
        </div>
        </section>
        <section class="part" id="work" aria-labelledby="h-work">
        <h2 id="h-work">\(isOwn ? "Your work" : "\(GoalWords.possessive(overview.person)) work")</h2>
        <p class="margin">\(seen.html)</p>
        <div class="body">
        \(overview.work.isEmpty ? noWork : "<ul class=\"ruled\">\(overview.work.html(workItem))</ul>")
        \(if: overview.isOpen, overview.alignment.looseWork.html(looseWork))
        \(if: isOwn && overview.isOpen && !overview.work.isEmpty, """
            <p class="row"><a class="btn" href="\(Path.newWork)">Add a piece of work</a></p>
            """)
        </div>
        </section>
        """
    }

    private var noGoals: HTML {
        if !overview.isOpen { return "<p class=\"meta\">None has been reached or dropped yet.</p>" }
        if !isOwn {
            return """
                <p class="meta">None yet. Goals are written by \(overview.person.first), and read by you. A session is a \
                good place to find the first.</p>
                """
        }
        let reader =
            overview.manager.map { "You and \($0.first) read them; nobody else does." }
            ?? "Only you read them."
        return """
            <div class="empty"><p>No goal of yours yet.</p>
            <p class="meta">A goal says what should be true in the end, how it stands, and what of the team’s it \
            supports. \(reader)</p>
            <a class="btn go" href="\(Path.newGoal(.person(viewer.id)))">Write down a goal</a></div>
            """
    }

    private var noWork: HTML {
        if !overview.isOpen { return "<p class=\"meta\">None is done or dropped yet.</p>" }
        if !isOwn { return "<p class=\"meta\">None yet.</p>" }
        return """
            <div class="empty"><p>No work written down yet.</p>
            <p class="meta">List what takes your week. Work that supports no goal, and goals that no work supports, then \
            stand out before your next session.</p>
            <a class="btn" href="\(Path.newWork)">Add a piece of work</a></div>
            """
    }

    private func workItem(_ entry: GoalsOverview.WorkEntry) -> HTML {
        let work = entry.work
        let facts = [
            work.state == .underWay ? nil : GoalWords.state(work.state), GoalWords.hours(work),
            work.standing.isEmpty ? nil : work.standing,
        ].compactMap { $0 }
        return """
            <li id="w-\(work.id)" class="stack tight"><p class="voice"><a href="\(Path.work(work.id))" dir="auto">\
            \(work.title)</a></p>
            <p class="meta inline">\(facts.html { "<span dir=\"auto\">\($0)</span> " })\
            \(if: !entry.supports.isEmpty, "<span>Serves \(GoalWords.references(entry.supports))</span>")</p>
            \(if: !overview.isOpen && !work.stateWords.isEmpty, "<p class=\"said\" dir=\"auto\">“\(work.stateWords)”</p>")
            </li>
            """
    }

    private func looseWork(_ work: Work) -> HTML {
        let hours = work.hoursAWeek.map { hours in
            let week = isOwn ? "your week" : "\(GoalWords.possessive(overview.person)) week"
            return " It takes about \(work.hours) \(hours == 1 ? "hour" : "hours") of \(week)."
        }
        let id = "loose-\(work.id)"
        let select = ObjectiveSelect(
            choices: overview.choices, company: viewer.company, none: "Choose a goal")
        return """
            <div class="note">\(Icon.link)
            <p><b><bdi>\(work.title)</bdi> supports no goal.</b>\(hours ?? "")</p>
            \(if: isOwn && !overview.choices.isEmpty, """
                <form class="row end" action="\(Path.work(work.id, "supports"))" method="post" data-inplace>
                <input type="hidden" name="back" value="goals">
                <div class="f"><label for="\(id)">What does it serve?</label>\
                \(select.html("id=\"\(id)\" name=\"supports\"", chosen: ""))</div>
                <button class="btn">Link it</button></form>
                """)
            </div>
            """
    }

    // MARK: The teams' and the company's

    private func section(
        _ section: GoalsOverview.Section, margin: String?, _ lines: [ID<Objective>: Alignment.Line]
    ) -> HTML {
        let id = section.group.slug
        return """
            <section class="part" id="\(id)" aria-labelledby="h-\(id)">
            <h2 id="h-\(id)" dir="auto">\(section.name)</h2>
            \(margin.map { "<p class=\"margin meta\">\($0)</p>" as HTML })
            <div class="body">
            \(section.objectives.isEmpty
                ? none(section) : section.objectives.html { article($0, lines[$0.objective.id]) })
            \(if: section.mayWrite && overview.isOpen && !section.objectives.isEmpty, """
                <p class="row"><a class="btn" href="\(Path.newGoal(section.group))">Add an objective\
                <span class="vh"> of \(section.name)</span></a></p>
                \(order(of: section.objectives))
                """)
            </div>
            </section>
            """
    }

    private func none(_ section: GoalsOverview.Section) -> HTML {
        if !overview.isOpen { return "<p class=\"meta\">None has been reached or dropped yet.</p>" }
        let isCompany = section.group == .company
        let add: HTML = "<a class=\"btn\" href=\"\(Path.newGoal(section.group))\">Add the first objective</a>"
        let who =
            isCompany
            ? "Administrators write them down." : "Its members and their managers write them down."
        return """
            <div class="empty"><p>No objective of \(section.name) yet.</p>
            <p class="meta">Objectives are what everybody’s goals and work are held against. \
            Everyone at \(viewer.company) can read them. \(who)</p>
            \(if: section.mayWrite, add)</div>
            """
    }

    /// An objective, how it stands, and what it has to do with the person's own.
    private func article(_ entry: GoalsOverview.Entry, _ line: Alignment.Line?) -> HTML {
        let objective = entry.objective
        return """
            <article class="obj" id="o-\(objective.id)" aria-labelledby="t-\(objective.id)">
            <header>
            <h3 id="t-\(objective.id)" dir="auto"><a href="\(Path.goal(objective.id))">\(objective.title)</a></h3>
            <p class="meta">\(if: objective.level != .person, objective.owner.map { owner in
                "<span class=\"pers\">\(avatar(owner, small: true))\(owner.name)</span> "
            } ?? "")\
            \(GoalWords.priority(objective).map { "<span>\($0)</span> " as HTML })\
            \(GoalWords.due(objective, today: today))\
            \(if: !overview.isOpen && objective.stage != .closed, "<span class=\"tag\">\(objective.state.rawValue.capitalized)</span> ")\
            \(OKRWords.stage(objective))\
            \(if: !entry.supports.isEmpty, "<span>Supports \(GoalWords.references(entry.supports))</span>")</p>
            </header>
            \(standing(objective))
            \(if: !overview.isOpen && !objective.stateWords.isEmpty,
                "<p class=\"said\" dir=\"auto\">“\(objective.stateWords)”</p>")
            \(if: tellsGaps, share(of: objective, line))
            </article>
            """
    }

    /// How somebody has said that it stands. In a cycle check-ins say more, so there it stands with its day.
    private func standing(_ objective: Objective) -> HTML? {
        guard !objective.standing.isEmpty else { return nil }
        let day = Day(objective.changedAt, in: viewer.timeZone)
        return """
            <p class="voice" dir="auto">\(objective.standing)\
            \(if: objective.cycle != nil, " <span class=\"meta\">written on \(day.dayAndMonth)\(if: day.year != today.year, " \(day.year)")</span>")</p>
            """
    }

    /// What of the person's supports an objective, or that nothing does.
    private func share(of objective: Objective, _ line: Alignment.Line?) -> HTML {
        guard let line else { return lacks(objective) }
        if line.isGap { return "<p class=\"meta\">Nothing of \(yours) supports this. That may be right.</p>" }
        if !line.through.isEmpty {
            return """
                <p class="meta">What \(isOwn ? "you do" : "\(overview.person.first) does") reaches it through \
                \(GoalWords.references(line.through))</p>
                """
        }
        let goals = line.goals.map { goal in
            "<a class=\"ref\" href=\"\(Path.goal(goal.id))\" dir=\"auto\">\(goal.title)</a>" as HTML
        }
        let work = line.work.map { work in
            "<a class=\"ref\" href=\"\(Path.work(work.id))\" dir=\"auto\">\(work.title)</a>" as HTML
        }
        return "<p class=\"meta\">Of \(yours): \(GoalWords.list(goals + work))</p>"
    }

    /// What a person's own goal has not: anything that it supports, or work that serves it.
    private func lacks(_ goal: Objective) -> HTML {
        let isLoose = overview.alignment.looseGoals.contains { $0.id == goal.id }
        let isIdle = overview.alignment.idleGoals.contains { $0.id == goal.id }
        let words = [
            isLoose ? "It supports nothing of the team’s or the company’s yet." : nil,
            isIdle ? "No work of \(yours) serves it yet." : nil,
        ].compactMap { $0 }.joined(separator: " ")
        return words.isEmpty ? HTML.empty : "<p class=\"meta\">\(words)</p>"
    }

    /// A place for each objective of a group, to put them in order with the keyboard and without script.
    private func order(of entries: [GoalsOverview.Entry]) -> HTML {
        guard entries.count > 1 else { return "" }
        return """
            <details><summary class="sum">Put them in order \(Icon.chevron)</summary>
            <ul class="ruled">\(entries.html { entry in
                """
                <li><form class="row end" action="\(Path.goal(entry.objective.id, "priority"))" method="post" data-inplace>
                <input type="hidden" name="back" value="goals">
                <div class="f"><label for="p-\(entry.objective.id)" dir="auto">\(entry.objective.title)</label>\
                \(PrioritySelect(objective: entry.objective, count: entries.count)
                    .html("id=\"p-\(entry.objective.id)\" name=\"priority\""))</div>
                <button class="btn sm">Move<span class="vh"> \(entry.objective.title)</span></button></form></li>
                """
            })</ul></details>
            """
    }

    // MARK: Other people and teams

    private var others: HTML {
        let isElsewhere = question.team != nil || !isOwn
        guard !overview.reports.isEmpty || !overview.otherTeams.isEmpty || isElsewhere else { return "" }
        return """
            <section class="part" aria-labelledby="h-others">
            <h2 id="h-others">Elsewhere</h2>
            <div class="body">
            \(if: isElsewhere, "<p><a href=\"\(Path.goals)\">Your own goals, work and teams</a></p>")
            \(if: !overview.reports.isEmpty, """
                <div class="stack tight"><h3>Who reports to you</h3>
                <ul class="inline">\(overview.reports.html { person in
                    "<li><a class=\"pers\" href=\"\(Path.goals(person: person.id))\">\(avatar(person, small: true))\(person.name)</a></li>"
                })</ul></div>
                """)
            \(if: !overview.otherTeams.isEmpty, """
                <div class="stack tight"><h3>Other teams</h3>
                <ul class="inline">\(overview.otherTeams.html { team in
                    "<li><a href=\"\(Path.goals(team: team.id))\" dir=\"auto\">\(team.name)</a></li>"
                })</ul></div>
                """)
            </div>
            </section>
            """
    }
}

/// A place among the priorities of a group.
struct PrioritySelect {
    let objective: Objective
    /// How many places there are to choose from.
    let count: Int

    func html(_ attributes: HTML) -> HTML {
        let places = max(count, objective.priority ?? 0)
        return """
            <select \(attributes)><option value="">No priority</option>\
            \((1...max(1, min(places, Goals.mostPriorities))).html { place in
                "<option value=\"\(place)\"\(if: place == objective.priority, " selected")>\(place.ordinal.capitalized)</option>"
            })</select>
            """
    }
}

extension Objective.Group {
    /// A name for the part of a page that shows it.
    var slug: String {
        switch self {
        case .company: "company"
        case .team(let team): "team-\(team)"
        case .person: "own"
        }
    }
}
