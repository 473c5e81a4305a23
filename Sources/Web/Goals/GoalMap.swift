import Markup
import Storage
import Throughline

/// How the objectives connect, drawn: the company's on the left, the team's in the middle, one's own on the right.
/// Shown while it is small enough to read; the words "Supports …" below say the same, and stand alone on a phone.
struct GoalMap {
    let overview: GoalsOverview
    let isOwn: Bool

    private static let mostRows = 6

    private struct Node {
        let entry: GoalsOverview.Entry
        let column: Int
        let row: Int
        var id: String { entry.objective.id.text }
    }

    var html: HTML {
        let columns = [overview.company.objectives, overview.teams.flatMap(\.objectives), overview.goals]
        let rows = columns.map(\.count).max() ?? 0
        guard (2...Self.mostRows).contains(rows), columns.filter({ !$0.isEmpty }).count > 1 else { return "" }
        let nodes = place(columns, rows)
        let edges = edges(nodes)
        guard !edges.isEmpty else { return "" }
        let team = overview.teams.count == 1 ? overview.teams[0].name : "Your teams"
        let mine = isOwn ? "You" : overview.person.first
        return """
            <section class="map-wrap" aria-labelledby="h-map">
            <h2 id="h-map" class="vh">How the objectives connect</h2>
            <div class="map" style="grid-template-rows:1.75rem repeat(\(rows),6rem)">
            <p class="meta">\(overview.company.name)</p><p class="meta">\(team)</p><p class="meta">\(mine)</p>
            <svg viewBox="0 0 100 \(rows * 22)" preserveAspectRatio="none" aria-hidden="true" \
            style="height:\(rows * 6)rem">
            \(path(edges.filter { !$0.isOwn }, isOwn: false))\(path(edges.filter(\.isOwn), isOwn: true))
            </svg>
            \(nodes.html { node in
                """
                <a class="node" style="grid-area:\(node.row + 2)/\(node.column + 1)" \
                href="#o-\(node.id)"><b dir="auto">\(node.entry.objective.title)</b>\
                \(if: !node.entry.objective.standing.isEmpty,
                    "<span class=\"meta\" dir=\"auto\">\(node.entry.objective.standing)</span>")</a>
                """
            })
            </div>
            \(if: edges.contains(where: \.isOwn), """
                <p class="meta map-cap">The blue lines are \(isOwn ? "yours" : GoalWords.possessive(overview.person)).</p>
                """)
            </section>
            """
    }

    /// Each column from the top, a team's objective as near as may be to what it supports, so that lines cross less.
    private func place(_ columns: [[GoalsOverview.Entry]], _ rows: Int) -> [Node] {
        var rowOf: [String: Int] = [:]
        var nodes: [Node] = []
        for (column, entries) in columns.enumerated() {
            let wished = entries.enumerated().map { index, entry -> (entry: GoalsOverview.Entry, row: Double) in
                let targets = entry.supports.compactMap { rowOf[$0.id.text] }
                let mean = targets.isEmpty ? nil : Double(targets.reduce(0, +)) / Double(targets.count)
                return (entry, mean ?? Double(index))
            }
            // A stable order by the wished row, then pushed down to free rows, with room kept for those to come.
            var next = 0
            let sorted = wished.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }
            for (index, item) in sorted.enumerated() {
                let left = sorted.count - index - 1
                let row = min(max(next, Int(item.element.row.rounded())), rows - 1 - left)
                rowOf[item.element.entry.objective.id.text] = row
                nodes.append(Node(entry: item.element.entry, column: column, row: row))
                next = row + 1
            }
        }
        return nodes
    }

    private struct Edge {
        let from: Node
        let to: Node
        var isOwn: Bool { from.column == 2 }

        /// From the left side of what supports to the right side of what is supported, curved where the rows differ.
        var path: String {
            let (fromX, toX) = ([0, 37, 74][from.column], [26, 63, 100][to.column])
            let (fromY, toY) = (from.row * 22 + 11, to.row * 22 + 11)
            if fromY == toY { return "M\(fromX) \(fromY)H\(toX)" }
            // The bend lies in the gap beside what is supported.
            let start = toX + 11
            let middle = "\(toX + 5).5"
            return "M\(fromX) \(fromY)H\(start)C\(middle) \(fromY) \(middle) \(toY) \(toX) \(toY)"
        }
    }

    private func edges(_ nodes: [Node]) -> [Edge] {
        let byID = Dictionary(nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return nodes.flatMap { node in
            node.entry.supports.compactMap { name in
                byID[name.id.text].flatMap { $0.column < node.column ? Edge(from: node, to: $0) : nil }
            }
        }
    }

    private func path(_ edges: [Edge], isOwn: Bool) -> HTML {
        guard !edges.isEmpty else { return "" }
        return "<path\(if: isOwn, " class=\"on\"") d=\"\(edges.map(\.path).joined())\"/>"
    }
}
