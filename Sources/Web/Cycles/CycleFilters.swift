import Markup
import Storage
import Throughline

/// What to look for in a cycle, and as what to see it: the same above the list and above the map.
struct CycleFilters {
    let model: CyclePageModel
    /// Whether the map is shown.
    let isMap: Bool

    private var question: CycleQuestion { model.question }
    private var part: String? { isMap ? "map" : nil }

    var html: HTML {
        let fields = Fields("filter", after: nil)
        let teams =
            [(value: "", label: question.isFirstView ? "Mine and the company’s" : "Every team")]
            + model.teams.map { (value: $0.id.text, label: $0.name) }
        let healths =
            [(value: "", label: "Any health")]
            + Health.Kind.allCases.map { (value: $0.rawValue, label: OKRWords.words($0)) }
        let path = Path.cycle(model.cycle.id, part)
        return """
            <div class="between filters noprint">
            <form class="row end" action="\(path)" method="get" role="search">
            \(fields.input("q", "Words to look for", value: question.words, type: "search"))
            \(fields.select("team", "Team", options: teams, chosen: question.team?.text ?? ""))
            \(fields.select("health", "Health", options: healths, chosen: question.health?.rawValue ?? ""))
            \(fields.select("person", "Person", options: people, chosen: question.person?.text ?? ""))
            <button class="btn">Show</button>
            \(if: !question.isFirstView, "<a class=\"btn quiet\" href=\"\(path)\">Show all again</a>")
            </form>
            <nav class="tabs" aria-label="As what">\(view("List", nil))\(view("Map", "map"))</nav>
            </div>
            """
    }

    /// Whoever looks after something that is shown; of everybody at the company it would be no list to choose from.
    private var people: [(value: String, label: String)] {
        let owners = (model.entries + Array(model.below.values)).compactMap(\.objective.owner)
        let all = Dictionary((owners + [model.person].compactMap(\.self)).map { ($0.id, $0) }) { first, _ in first }
        return [(value: "", label: "Anybody")]
            + all.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map { (value: $0.id.text, label: $0.name) }
    }

    private func view(_ name: String, _ part: String?) -> HTML {
        """
        <a href="\(Path.cycle(model.cycle.id, question, part))"\(if: part == self.part, " aria-current=\"page\"")>\(name)</a>
        """
    }
}

extension CycleQuestion {
    /// Whether nothing in particular is asked for: the company's, one's teams' and one's own.
    var isFirstView: Bool { team == nil && !isSearch }
}
