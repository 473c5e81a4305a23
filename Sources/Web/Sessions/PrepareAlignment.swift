import Markup
import Storage
import Throughline

/// What the team is after beside what the employee is working on, and the gaps on both sides.
extension PreparePage {
    var alignmentPart: HTML {
        part(.alignment, "Alignment", preparation.alignment.isEmpty ? nothingToAlign : alignmentBody)
    }

    private var isMine: Bool { preparation.access.part == .employee }
    private var employee: PersonName { session.employee }

    private var nothingToAlign: HTML {
        """
        <div class="empty"><p>No goals and no work yet.</p>
        <p class="meta">What the team is after stands here beside what \
        \(isMine ? "you are" : "\(employee.first) is") working on.</p>
        <a class="btn" href="\(Path.goals)">Go to Goals</a></div>
        """
    }

    private var alignmentBody: HTML {
        let alignment = preparation.alignment
        let placed = alignment.placedOnce
        return """
            \(if: !alignment.lines.isEmpty, alignmentHead)
            <ul class="align">\(zip(alignment.lines, placed).html { line($0, $1) })</ul>
            \(checkInOffer)
            \(alignment.looseGoals.html(looseGoal))
            \(alignment.looseWork.html(looseWork))
            \(alignment.idleGoals.html(idleGoal))
            \(if: alignment.lines.count > 1, ranking)
            """
    }

    /// The employee's key results are checked in on before one meets, and one comes back here.
    private var checkInOffer: HTML {
        let goals = preparation.alignment.goals
        guard isMine, isEditable, goals.contains(where: { $0.stage == .committed }) else { return "" }
        return "<p><a href=\"\(Path.checkIn(for: session.id))\">Check in on your key results</a></p>"
    }

    /// For the employee, the way to check in on a goal of theirs and back. Where the two meet, figures are as new as that.
    private func checkIn(on goal: Objective) -> HTML? {
        guard isMine, isEditable, goal.stage == .committed else { return nil }
        return """
             <a href="\(Path.checkIn(goal.id.text, in: session.id))">Check in<span class="vh"> on \(goal.title)</span></a>
            """
    }

    /// The same beside an item of the agenda, or an offer for it, that is about where a goal stands.
    func checkIn(about source: String) -> HTML? {
        preparation.alignment.goals.first { "goal-\($0.id)" == source }.flatMap(checkIn)
    }

    private var alignmentHead: HTML {
        """
        <div class="align-head meta" aria-hidden="true"><span>What the team is after</span>\
        <span>What \(isMine ? "you are" : "\(employee.first) is") working on</span></div>
        """
    }

    private func line(_ line: Alignment.Line, _ placed: [Alignment.Placed]) -> HTML {
        let objective = line.objective
        let theirs: HTML = """
            <div class="theirs"><h3 dir="auto">\(objective.title)</h3><p class="meta">\(origin(objective))</p></div>
            """
        guard !line.goals.isEmpty || !line.work.isEmpty else {
            return """
                <li\(if: line.isGap, " class=\"gap\"")>\(theirs)<div class="mine"><p class="meta">\(gapWords(line))</p>\
                \(if: line.isGap, gapButton("gap-\(objective.id)"))</div></li>
                """
        }
        guard !placed.isEmpty else {
            return "<li>\(theirs)<p class=\"meta\">Served by what stands above.</p></li>"
        }
        return "<li>\(theirs)<ul class=\"mine\">\(placed.html(mine))</ul></li>"
    }

    private func gapWords(_ line: Alignment.Line) -> String {
        if !line.through.isEmpty {
            let names = Words.list(line.through.map { "“\($0.title)”" })
            return "\(isMine ? "Yours" : "\(employee.first)’s") goes into it through \(names)."
        }
        return "Nothing of \(isMine ? "yours" : "\(employee.first)’s") supports this. "
            + "That may be right; say so when you meet if it isn’t."
    }

    private func origin(_ objective: Objective) -> String {
        let owner = objective.owner.map { ", with \($0.name)" } ?? ""
        let place = (objective.team?.name ?? "Company") + owner
        guard let priority = objective.priority else { return place }
        return "\(place), \(Self.ordinal(priority)) priority"
    }

    private static func ordinal(_ number: Int) -> String {
        let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
        return words.indices.contains(number - 1) ? words[number - 1] : "\(number)th"
    }

    private func mine(_ placed: Alignment.Placed) -> HTML {
        let note: String
        switch placed.item {
        case .goal(let goal):
            let whose = isMine ? "Your goal" : "\(employee.first)’s goal"
            note = goal.standing.isEmpty ? whose : "\(whose), \(goal.standing)"
        case .work(let work):
            let hours = work.hoursAWeek.map { "About \(DecimalText.text($0)) hours a week" }
            let parts = [hours, work.standing.isEmpty ? nil : work.standing].compactMap { $0 }
            note = parts.isEmpty ? "Work under way" : parts.joined(separator: ", ")
        }
        let checkIn: HTML? = if case .goal(let goal) = placed.item { checkIn(on: goal) } else { nil }
        let also: HTML =
            placed.also.isEmpty ? "" : ". Also supports \(Words.list(placed.also.map { "“\($0)”" }))"
        return """
            <li><span class="voice" dir="auto">\(placed.title)</span><span class="meta" dir="auto">\(note)\(also)\(checkIn)</span></li>
            """
    }

    // MARK: Gaps

    /// One click puts a gap on the agenda, and another takes it off again.
    private func gapButton(_ key: String) -> HTML {
        guard isEditable, let gap = preparation.gaps.first(where: { $0.key == key }) else { return "" }
        if let item = preparation.item(from: gap) {
            return """
                <div class="row"><span class="tag">\(Icon.check)On the agenda</span>\
                <form action="\(Path.agendaItem(item.id, in: session.id, "removal"))" method="post" data-inplace>\
                <input type="hidden" name="back" value="alignment">\
                <button class="btn quiet sm">\(Icon.undo)Take it off<span class="vh">: \(gap.title)</span></button></form></div>
                """
        }
        return """
            <form action="\(Path.preparation(session.id, "agenda/offers"))" method="post" data-inplace>\
            <input type="hidden" name="back" value="alignment">\
            <button class="btn sm" name="offer" value="\(gap.key)">Put it on the agenda\
            <span class="vh">: \(gap.title), \(gap.minutes) minutes, ends with \(gap.ending.label)</span></button></form>
            """
    }

    private func idleGoal(_ goal: Objective) -> HTML {
        """
        <div class="note">\(Icon.hill)<p><b>No work of \(isMine ? "yours" : "\(employee.first)’s") serves</b> \
        <b dir="auto">\(goal.title)</b>. It moves by itself, or not at all.</p>\(gapButton("idle-\(goal.id)"))</div>
        """
    }

    // MARK: Which matters most

    /// Each puts the shared goals in order, unseen by the other; then the differences show.
    private var ranking: HTML {
        let ranking = preparation.ranking
        let differences = ranking.differences(among: preparation.alignment.rankable)
        return """
            <div class="stack tight" id="ranking"><h3>Which of these matters most?</h3>
            <p class="hint">\(rankingWords(differences.count))</p>
            \(if: !differences.isEmpty, "<ul class=\"ruled offers\">\(differences.html(difference))</ul>")
            \(if: isEditable, rankingForm)</div>
            """
    }

    private func rankingWords(_ differences: Int) -> String {
        let ranking = preparation.ranking
        switch (ranking.iShared, ranking.partnerShared) {
        case (true, true) where differences == 0: return "You both put them in the same order."
        case (true, true):
            return "You and \(partner.first) would put \(Words.counted(differences, "goal")) in different places."
        case (true, false):
            return "You have shared your order. You both see both when \(partner.first) has shared theirs."
        case (false, true): return "\(partner.first) has shared an order. You see it when you have shared yours."
        case (false, false):
            return "Each of you puts them in order, unseen by the other. When both have shared, the differences show."
        }
    }

    private func difference(_ difference: GoalRanking.Difference) -> HTML {
        """
        <li><p><span class="voice" dir="auto">\(difference.goal.title)</span>\
        <span class="meta">\(Verdict.ordinal(difference.mine)) for you, \(Verdict.ordinal(difference.theirs)) for \
        \(partner.first)</span></p>\(gapButton("rank-\(difference.goal.id)"))</li>
        """
    }

    private var rankingForm: HTML {
        let fields = Fields("ranking", after: rejected)
        let goals = preparation.alignment.rankable
        let ranking = preparation.ranking
        let places =
            [(value: "", label: "No place")]
            + goals.indices.map { (value: String($0 + 1), label: Verdict.ordinal($0 + 1).capitalizedFirst) }
        let isOpen = fields.wasRejected || ranking.isDraft
        return """
            <details\(if: isOpen, " open")><summary class="sum">\(ranking.mine.isEmpty ? "Put them in order" : "Your order") \
            \(Icon.chevron)</summary>
            <form class="stack tight" action="\(Path.preparation(session.id, "ranking"))" method="post" id="ranking-form" \
            data-inplace>
            <p>\((ranking.iShared ? seenByBoth : Seen.draft).html)</p>
            \(goals.html { goal in
                fields.select(
                    "place-\(goal.id)", goal.title, options: places,
                    chosen: ranking.mine[goal.id].map { String($0) } ?? "")
            })
            <p class="row"><button class="btn sm">Keep my order</button></p></form></details>
            """
    }

    // MARK: What supports nothing

    private func looseGoal(_ goal: Objective) -> HTML {
        """
        <div class="note">\(Icon.target)<p><b dir="auto">\(goal.title)</b> supports nothing that the team or the \
        company is after. That may be right.</p>\
        \(if: isMine && previewFor == nil, "<p><a href=\"\(Path.goal(goal.id))\">Say what it supports</a></p>")</div>
        """
    }

    private func looseWork(_ work: Work) -> HTML {
        let hours = work.hoursAWeek.map {
            let whose = isMine ? "your" : "\(employee.first)’s"
            return " It takes about \(DecimalText.text($0)) hours of \(whose) week."
        }
        return """
            <div class="note">\(Icon.link)<p><b dir="auto">\(work.title)</b> <b>supports no goal.</b>\(hours ?? "")</p>
            \(if: isEditable && isMine, linkForm(work))\(gapButton("work-\(work.id)"))</div>
            """
    }

    private func linkForm(_ work: Work) -> HTML {
        let fields = Fields("link-\(work.id)", after: rejected)
        let goals = preparation.alignment.linkable
        let options =
            [(value: "", label: "Choose a goal")] + goals.map { ($0.id.text, $0.title) }
            + [(value: "pause", label: "Nothing: propose to pause it")]
        return """
            <form class="row end" action="\(Path.preparation(session.id, "alignment"))" method="post" data-inplace>
            <input type="hidden" name="work" value="\(work.id)">
            \(fields.select("supports", "What does it serve?", options: options, chosen: ""))
            <button class="btn">Link it</button></form>
            """
    }
}

extension Alignment {
    /// A goal or a piece of work under the first objective that it supports, with the others that it supports too.
    struct Placed {
        let item: Subject.Item
        let title: String
        var also: [String] = []
    }

    /// What stands under each of ``lines``, each goal and each piece of work once.
    var placedOnce: [[Placed]] {
        var lineOf: [String: (line: Int, index: Int)] = [:]
        var placed: [[Placed]] = lines.map { _ in [] }
        for (number, line) in lines.enumerated() {
            let items =
                line.goals.map { (id: $0.id.text, item: Subject.Item.goal($0), title: $0.title) }
                + line.work.map { (id: $0.id.text, item: Subject.Item.work($0), title: $0.title) }
            for entry in items {
                if let place = lineOf[entry.id] {
                    placed[place.line][place.index].also.append(line.objective.title)
                } else {
                    lineOf[entry.id] = (number, placed[number].count)
                    placed[number].append(Placed(item: entry.item, title: entry.title))
                }
            }
        }
        return placed
    }
}
