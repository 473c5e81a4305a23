import Markup

/// Objectives that support one another, drawn: the company's in the left column, the teams' in the middle, people's on the
/// right, each a link, and lines from what supports to what it supports. An objective with several parents has one place
/// and a line to each.
///
/// Nodes are HTML in a grid and the lines one picture behind them, so the server only needs to know rows. On a phone there
/// is no room for lines: a small map is hidden there, and a whole one says "Supports …" in each node.
struct NodeMap {
    struct Node {
        let id: String
        /// 0 for the company's, 1 for a team's, 2 for a person's.
        let column: Int
        let title: String
        /// Where it leads.
        let link: String
        /// What stands below its title.
        var note: HTML = ""
        /// What it supports, whether that is drawn or not.
        var supports: [(id: String, title: String)] = []
        var isOwn = false
        /// Drawn because something that was asked for supports it.
        var isContext = false
        /// What opens and closes it, beside it.
        var toggle: HTML = ""
    }

    /// What stands above each column.
    let headings: [String]
    let nodes: [Node]
    /// Whether it is a page's content, and not only a picture of what the page says in words.
    var isWhole = false

    fileprivate struct Placed {
        let node: Node
        let row: Int
    }

    /// Those lines that can be drawn: to the left, or within a column.
    fileprivate struct Edge {
        let from: Placed
        let to: Placed
    }

    /// Whether there is a line in it.
    var hasLines: Bool {
        let columns = Dictionary(nodes.map { ($0.id, $0.column) }, uniquingKeysWith: { first, _ in first })
        return nodes.contains { node in node.supports.contains { (columns[$0.id] ?? .max) <= node.column } }
    }

    var html: HTML {
        let layout = MapLayout(
            columns: headings.indices.map { column in nodes.filter { $0.column == column }.map(\.id) },
            parents: Dictionary(
                nodes.map { ($0.id, $0.supports.map(\.id)) }, uniquingKeysWith: { first, _ in first }))
        let placed = nodes.compactMap { node in layout.row[node.id].map { Placed(node: node, row: $0) } }
        let columns = headings.indices.map { column in
            placed.filter { $0.node.column == column }.sorted { $0.row < $1.row }
        }
        return """
            <div class="map\(if: isWhole, " whole")" style="--n:\(layout.rows)" data-map>
            <svg viewBox="0 0 100 \(layout.rows * Edge.height)" preserveAspectRatio="none" aria-hidden="true">\
            \(lines(placed, layout.rows))</svg>
            \(columns.enumerated().html { column, placed in
                placed.isEmpty ? "" : heading(column) + placed.html(spot)
            })
            </div>
            """
    }

    private func heading(_ column: Int) -> HTML {
        let place: HTML = "class=\"meta\" style=\"--r:1;--c:\(column + 1)\" dir=\"auto\""
        return isWhole ? "<h2 \(place)>\(headings[column])</h2>" : "<p \(place)>\(headings[column])</p>"
    }

    private func spot(_ placed: Placed) -> HTML {
        let node = placed.node
        let supports = node.supports.map { "“\($0.title)”" }
        return """
            <div class="spot" style="--r:\(placed.row + 2);--c:\(node.column + 1)">\
            <a class="node\(if: node.isContext, " faint")" id="n-\(node.id)" href="\(node.link)" data-column="\(node.column)">\
            <b dir="auto"\(if: node.title.count > 40, " title=\"\(node.title)\"")>\(node.title)</b>\(node.note)\
            \(if: !supports.isEmpty, "<span class=\"sup meta\">Supports \(Words.list(supports))</span>")</a>\
            \(node.toggle)</div>

            """
    }

    // MARK: Lines

    /// Each line by itself, so that those of one node can stand out. One's own come last, on top of the others.
    private func lines(_ placed: [Placed], _ rows: Int) -> HTML {
        let byID = Dictionary(placed.map { ($0.node.id, $0) }, uniquingKeysWith: { first, _ in first })
        let taken = Set(placed.filter { $0.node.column == 1 }.map(\.row))
        let edges = placed.flatMap { from in
            from.node.supports.compactMap { name in
                byID[name.id].flatMap { $0.node.column <= from.node.column ? Edge(from: from, to: $0) : nil }
            }
        }
        return (edges.filter { !$0.from.node.isOwn } + edges.filter(\.from.node.isOwn)).html { edge in
            """
            <path\(if: edge.from.node.isOwn, " class=\"on\"") data-from="\(edge.from.node.id)" data-to="\(edge.to.node.id)" \
            d="\(edge.path(past: taken, rows: rows))"/>
            """
        }
    }
}

extension NodeMap.Edge {
    /// A row's height in the picture's own units, of which its width has 100.
    fileprivate static let height = 22

    /// From the left side of what supports to the right side of what is supported.
    /// - Parameters:
    ///   - taken: the rows of the middle column that hold a node, which a line from the right must not cross.
    ///   - rows: how many rows there are.
    fileprivate func path(past taken: Set<Int>, rows: Int) -> String {
        let height = Self.height
        let (fromColumn, toColumn) = (from.node.column, to.node.column)
        let (fromY, toY) = (from.row * height + height / 2, to.row * height + height / 2)
        if fromColumn == toColumn { return Self.bow(fromColumn, fromY, toY) }
        let (fromX, toX) = ([0, 37, 74][fromColumn], [26, 63, 100][toColumn])
        guard fromColumn - toColumn == 2 else {
            return "M\(fromX) \(fromY)" + Self.bend(fromX, fromY, toX, toY)
        }
        // Through an empty place of the middle column, or else between two of its nodes, whichever is nearest.
        let empty = (0..<rows).filter { !taken.contains($0) }.map { (y: $0 * height + height / 2, cost: 0) }
        let between = (0...rows).map { (y: $0 * height, cost: 12) }
        func cost(_ lane: (y: Int, cost: Int)) -> Int { abs(lane.y - fromY) + abs(lane.y - toY) + lane.cost }
        let y = (empty + between).min { cost($0) < cost($1) }?.y ?? fromY
        return "M\(fromX) \(fromY)" + Self.bend(fromX, fromY, 63, y) + "H37" + Self.bend(37, y, toX, toY)
    }

    /// Straight where the heights are the same, else an S.
    private static func bend(_ fromX: Int, _ fromY: Int, _ toX: Int, _ toY: Int) -> String {
        if fromY == toY { return "H\(toX)" }
        let middle = "\((fromX + toX) / 2).5"
        return "C\(middle) \(fromY) \(middle) \(toY) \(toX) \(toY)"
    }

    /// Within a column: out into the gap beside it and back.
    private static func bow(_ column: Int, _ fromY: Int, _ toY: Int) -> String {
        let x = column == 0 ? 26 : [0, 37, 74][column]
        let out = column == 0 ? x + 6 : x - 6
        return "M\(x) \(fromY)C\(out) \(fromY) \(out) \(toY) \(x) \(toY)"
    }
}
