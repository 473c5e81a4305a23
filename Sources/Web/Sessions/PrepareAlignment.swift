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
        return """
            \(if: !alignment.lines.isEmpty, alignmentHead)
            <ul class="align">\(alignment.lines.html(line))</ul>
            \(alignment.looseGoals.html(looseGoal))
            \(alignment.looseWork.html(looseWork))
            """
    }

    private var alignmentHead: HTML {
        """
        <div class="align-head meta" aria-hidden="true"><span>What the team is after</span>\
        <span>What \(isMine ? "you are" : "\(employee.first) is") working on</span></div>
        """
    }

    private func line(_ line: Alignment.Line) -> HTML {
        let objective = line.objective
        let theirs: HTML = """
            <div class="theirs"><h3 dir="auto">\(objective.title)</h3><p class="meta">\(origin(objective))</p></div>
            """
        guard !line.goals.isEmpty || !line.work.isEmpty else {
            return
                "<li\(if: line.isGap, " class=\"gap\"")>\(theirs)<p class=\"meta\">\(gapWords(line))</p></li>"
        }
        return "<li>\(theirs)<ul class=\"mine\">\(line.goals.html(goal))\(line.work.html(work))</ul></li>"
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

    private func goal(_ goal: Objective) -> HTML {
        let standing = goal.standing.isEmpty ? "" : ", \(goal.standing)"
        return mine(goal.title, isMine ? "Your goal\(standing)" : "\(employee.first)’s goal\(standing)")
    }

    private func work(_ work: Work) -> HTML {
        let hours = work.hoursAWeek.map { "About \(DecimalText.text($0)) hours a week" }
        let parts = [hours, work.standing.isEmpty ? nil : work.standing].compactMap { $0 }
        return mine(work.title, parts.isEmpty ? "Work under way" : parts.joined(separator: ", "))
    }

    private func mine(_ title: String, _ note: String) -> HTML {
        "<li><span class=\"voice\" dir=\"auto\">\(title)</span><span class=\"meta\">\(note)</span></li>"
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
            \(if: isEditable && isMine, linkForm(work))</div>
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
