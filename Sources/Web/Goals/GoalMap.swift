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
            \(path(edges, nodes, rows, isOwn: false))\(path(edges, nodes, rows, isOwn: true))
            </svg>
            \(nodes.html { node in
                """
                <a class="node" style="grid-area:\(node.row + 2)/\(node.column + 1)" \
                href="#o-\(node.id)"><b dir="auto">\(shortened(node.entry.objective.title))</b>\
                \(if: (1...28).contains(node.entry.objective.standing.count),
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
            let wished = entries.enumerated().map {
                index, entry -> (entry: GoalsOverview.Entry, row: Double) in
                let targets = entry.supports.compactMap { rowOf[$0.id.text] }
                let mean = targets.isEmpty ? nil : Double(targets.reduce(0, +)) / Double(targets.count)
                return (entry, mean ?? Double(index))
            }
            // A stable order by the wished row, then pushed down to free rows, with room kept for those to come.
            var next = 0
            let sorted = wished.enumerated().sorted {
                ($0.element.row, $0.offset) < ($1.element.row, $1.offset)
            }
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

        /// From the left side of what supports to the right side of what is supported.
        /// - Parameters:
        ///   - taken: the rows of the middle column that hold a node, which a line from the right must not cross.
        ///   - rows: how many rows there are.
        func path(past taken: Set<Int>, rows: Int) -> String {
            let (fromX, toX) = ([0, 37, 74][from.column], [26, 63, 100][to.column])
            let (fromY, toY) = (from.row * 22 + 11, to.row * 22 + 11)
            guard from.column - to.column == 2 else {
                return "M\(fromX) \(fromY)" + bend(fromX, fromY, toX, toY)
            }
            // Through an empty place of the middle column, or else between two of its nodes, whichever is nearest.
            let empty = (0..<rows).filter { !taken.contains($0) }.map { (y: $0 * 22 + 11, cost: 0) }
            let between = (1..<rows).map { (y: $0 * 22, cost: 12) }
            let lane = (empty + between).min { left, right in
                detour(left.y, fromY, toY) + left.cost < detour(right.y, fromY, toY) + right.cost
            }
            let y = lane?.y ?? fromY
            return "M\(fromX) \(fromY)" + bend(fromX, fromY, 63, y) + "H37" + bend(37, y, toX, toY)
        }

        private func detour(_ y: Int, _ fromY: Int, _ toY: Int) -> Int { abs(y - fromY) + abs(y - toY) }

        /// Straight where the heights are the same, else an S.
        private func bend(_ fromX: Int, _ fromY: Int, _ toX: Int, _ toY: Int) -> String {
            if fromY == toY { return "H\(toX)" }
            let middle = "\((fromX + toX) / 2).5"
            return "C\(middle) \(fromY) \(middle) \(toY) \(toX) \(toY)"
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

    private func path(_ edges: [Edge], _ nodes: [Node], _ rows: Int, isOwn: Bool) -> HTML {
        let taken = Set(nodes.filter { $0.column == 1 }.map(\.row))
        let lines = edges.filter { $0.isOwn == isOwn }.map { $0.path(past: taken, rows: rows) }.joined()
        return lines.isEmpty ? "" : "<path\(if: isOwn, " class=\"on\"") d=\"\(lines)\"/>"
    }

    /// A node holds two lines or three of a title.
    private func shortened(_ title: String) -> String {
        guard title.count > 56 else { return title }
        let words = title.prefix(52)
        return (words.lastIndex(of: " ").map { String(words[..<$0]) } ?? String(words)) + " …"
    }
}
