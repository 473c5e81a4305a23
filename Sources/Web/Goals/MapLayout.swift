/// In which row of its column each node of a ``NodeMap`` stands: near what it supports, so that lines are short and cross
/// little. A function of names alone; the same names in the same order give the same rows.
struct MapLayout {
    /// By node, from 0.
    private(set) var row: [String: Int] = [:]
    private(set) var rows = 0

    /// - Parameters:
    ///   - columns: the nodes of each column. The first column keeps its order; in the others, order decides only between
    ///     nodes that would stand in the same place.
    ///   - parents: by node, what it has lines to.
    init(columns: [[String]], parents: [String: [String]]) {
        rows = columns.map(\.count).max() ?? 0
        let ordered = Self.order(columns, parents)
        guard let widest = ordered.indices.max(by: { ordered[$0].count < ordered[$1].count }) else { return }
        for (index, id) in ordered[widest].enumerated() { row[id] = index }
        let neighbours = Self.neighbours(parents)
        let others = ordered.indices.filter { $0 != widest }.sorted { abs($0 - widest) < abs($1 - widest) }
        for column in others { place(ordered[column], near: neighbours) }
    }

    // MARK: Order

    /// Each column by the mean place of what its nodes support; what supports nothing that is drawn comes last.
    private static func order(_ columns: [[String]], _ parents: [String: [String]]) -> [[String]] {
        // From 0 at the top to 1 at the bottom, so that places in columns of different lengths compare.
        var place: [String: Double] = [:]
        var ordered: [[String]] = []
        for (number, column) in columns.enumerated() {
            let sorted = number == 0 ? column : sort(column, parents, place)
            for (index, id) in sorted.enumerated() {
                place[id] = (Double(index) + 0.5) / Double(sorted.count)
            }
            ordered.append(sorted)
        }
        return ordered
    }

    private static func sort(
        _ column: [String], _ parents: [String: [String]], _ place: [String: Double]
    ) -> [String] {
        var keys = place
        var rounds: [String: Int] = [:]
        let index = Dictionary(
            column.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        func mean(_ id: String) -> Double? {
            let known = (parents[id] ?? []).compactMap { keys[$0] }
            return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        }
        // What supports another of the same column stands right below it: one more round for each step between them.
        var waiting = column
        for round in 0..<column.count {
            let found = waiting.compactMap { id in mean(id).map { (id, $0) } }
            if found.isEmpty { break }
            for (id, key) in found { (keys[id], rounds[id]) = (key, round) }
            waiting.removeAll { keys[$0] != nil }
        }
        func rank(_ id: String) -> (Double, Int, Int) { (keys[id] ?? .infinity, rounds[id] ?? 0, index[id] ?? 0) }
        return column.sorted { rank($0) < rank($1) }
    }

    private static func neighbours(_ parents: [String: [String]]) -> [String: [String]] {
        var all = parents
        for (id, supported) in parents { for parent in supported { all[parent, default: []].append(id) } }
        return all
    }

    // MARK: Rows

    /// Puts a column's nodes as near as can be to the mean row of their neighbours that have theirs, in their order, one to
    /// a row: neighbours that crowd one another share the shift (isotonic regression by pooling).
    private mutating func place(_ column: [String], near neighbours: [String: [String]]) {
        var blocks: [(sum: Double, count: Int)] = []
        var wish = 0.0
        for (index, id) in column.enumerated() {
            let known = (neighbours[id] ?? []).compactMap { row[$0] }
            wish = known.isEmpty ? (index == 0 ? 0 : wish + 1) : Double(known.reduce(0, +)) / Double(known.count)
            blocks.append((wish - Double(index), 1))
            while blocks.count > 1 {
                let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
                guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
                blocks.removeLast()
                blocks[blocks.count - 1] = (before.sum + last.sum, before.count + last.count)
            }
        }
        let shifts = blocks.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
        let room = rows - column.count
        for (index, id) in column.enumerated() {
            row[id] = index + min(max(Int(shifts[index].rounded()), 0), room)
        }
    }
}
