import Markup
import Storage
import Throughline

/// How goals outside cycles connect: the company's, the teams', one's own. Shown while it is small enough to read; the words
/// "Supports …" below say the same, and stand alone on a phone.
struct GoalMap {
    let overview: GoalsOverview
    let isOwn: Bool
    /// Whether one's own goals stand below the map too.
    let showsOwn: Bool

    /// More rows than these are no picture any more.
    static let mostRows = 6

    var html: HTML {
        let columns = [overview.company.objectives, overview.teams.flatMap(\.objectives), overview.goals]
        guard (2...Self.mostRows).contains(columns.map(\.count).max() ?? 0) else { return "" }
        let team = overview.teams.count == 1 ? overview.teams[0].name : "Your teams"
        let map = NodeMap(
            headings: [overview.company.name, team, isOwn ? "You" : overview.person.first],
            nodes: columns.enumerated().flatMap { column, entries in entries.map { node($0, column) } })
        guard map.hasLines else { return "" }
        return """
            <section class="map-wrap" aria-labelledby="h-map">
            <h2 id="h-map" class="vh">How the objectives connect</h2>
            \(map.html)
            \(if: map.nodes.contains { $0.isOwn && !$0.supports.isEmpty }, """
                <p class="meta map-cap">The blue lines are \(isOwn ? "yours" : GoalWords.possessive(overview.person)).</p>
                """)
            </section>
            """
    }

    private func node(_ entry: GoalsOverview.Entry, _ column: Int) -> NodeMap.Node {
        let objective = entry.objective
        let standing = objective.standing
        return NodeMap.Node(
            id: objective.id.text, column: column, title: objective.title,
            link: column == 2 && !showsOwn ? Path.goal(objective.id).description : "#o-\(objective.id)",
            note: (1...28).contains(standing.count) ? "<span class=\"meta\" dir=\"auto\">\(standing)</span>" : "",
            supports: entry.supports.map { (id: $0.id.text, title: $0.title) }, isOwn: column == 2)
    }
}
