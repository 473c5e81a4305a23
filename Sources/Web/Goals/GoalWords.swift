import Foundation
import Markup
import Storage
import Throughline

/// How goals and work are spoken of on every page that shows them.
enum GoalWords {
    /// `One goal`, `Three goals`, `12 goals`.
    static func count(_ number: Int, _ one: String, _ many: String? = nil, isFirst: Bool = false) -> String {
        let words = [
            "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve",
        ]
        let word = words.indices.contains(number) ? words[number] : String(number)
        return (isFirst ? word.capitalized : word) + " " + (number == 1 ? one : many ?? one + "s")
    }

    /// `First priority`
    static func priority(_ objective: Objective) -> String? {
        objective.priority.map { $0.ordinal.capitalized + " priority" }
    }

    /// `By 31 December`, `Was due 1 November`, with the year where it is another.
    static func due(_ objective: Objective, today: Day) -> HTML? {
        guard let day = objective.dueOn else { return nil }
        let words = day.dayAndMonth + (day.year == today.year ? "" : " \(day.year)")
        let isLate = objective.state == .open && day < today
        return isLate
            ? "<span class=\"late\">Was due \(words)</span> " as HTML : "<span>By \(words)</span> " as HTML
    }

    /// `About 10 hours a week`
    static func hours(_ work: Work) -> String? {
        guard let hours = work.hoursAWeek else { return nil }
        return hours == 0 ? "No set hours" : "About \(work.hours) \(hours == 1 ? "hour" : "hours") a week"
    }

    static func state(_ state: Work.State) -> String {
        switch state {
        case .underWay: "Under way"
        case .paused: "Paused"
        case .done: "Done"
        case .dropped: "Dropped"
        }
    }

    /// Whose a name is: `Ana’s`, `Thomas’s`.
    static func possessive(_ person: PersonName) -> String { person.first + "’s" }

    /// Links to objectives, as a sentence lists them.
    static func references(_ objectives: [ObjectiveName]) -> HTML {
        list(
            objectives.map { objective in
                "<a class=\"ref\" href=\"\(Path.goal(objective.id))\" dir=\"auto\">\(objective.title)</a>"
            })
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ items: [HTML]) -> HTML {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        var all: HTML = ""
        for (index, item) in items.dropLast().enumerated() { all += (index > 0 ? ", " : "") + item }
        return all + " and " + last
    }

    /// Who reads somebody's own goals and work.
    static func seen(owner: PersonName, manager: PersonName?, by viewer: Viewer) -> Seen {
        if owner.id != viewer.id { return .pair(with: owner.first) }
        return manager.map { .pair(with: $0.first) } ?? .onlyYou
    }

    static func seen(
        _ group: Objective.Group, manager: PersonName?, by viewer: Viewer, owner: PersonName
    ) -> Seen {
        if case .person = group { return seen(owner: owner, manager: manager, by: viewer) }
        return .company(viewer.company)
    }
}

/// What somebody typed over several lines: an empty line begins a paragraph, a line end is kept.
func paragraphs(_ text: String) -> HTML {
    text.split(separator: "\n\n").html { paragraph in
        let lines = paragraph.split(separator: "\n", omittingEmptySubsequences: true).map {
            HTML(text: String($0))
        }
        var all: HTML = ""
        for (index, line) in lines.enumerated() { all += (index > 0 ? "<br>" : "") + line }
        return "<p dir=\"auto\">\(all)</p>"
    }
}

/// A choice of an objective, grouped by whose it is. Behind its title stands the cycle, which so is heard with it and
/// still said once it is chosen; the label of a group is not, everywhere.
struct ObjectiveSelect {
    let choices: [GoalsOverview.Choice]
    let company: String
    /// What stands first and chooses nothing.
    let none: String

    func html(_ attributes: HTML, chosen: String) -> HTML {
        """
        <select \(attributes)><option value="">\(none)</option>\(groups.html { group in
            "<optgroup label=\"\(group.label)\">\(group.choices.html { choice in option(choice, chosen) })</optgroup>"
        })</select>
        """
    }

    private func option(_ choice: GoalsOverview.Choice, _ chosen: String) -> HTML {
        let id = choice.objective.id.text
        let cycle = choice.cycle.map { " (\($0))" } ?? ""
        return "<option value=\"\(id)\"\(if: id == chosen, " selected")>\(choice.objective.title)\(cycle)</option>"
    }

    /// Neighbours of one group together, in the order in which they came.
    private var groups: [(label: String, choices: [GoalsOverview.Choice])] {
        var groups: [(label: String, choices: [GoalsOverview.Choice])] = []
        for choice in choices {
            let label = label(choice)
            if groups.last?.label == label {
                groups[groups.count - 1].choices.append(choice)
            } else {
                groups.append((label, [choice]))
            }
        }
        return groups
    }

    private func label(_ choice: GoalsOverview.Choice) -> String {
        switch choice.objective.level {
        case .person: "Your own goals"
        case .team: choice.team ?? "A team"
        case .company: company
        }
    }
}
