import CSV
import Foundation

/// A cycle's file as CSV: one line for each thing, whose first column says what it is. `key` names a thing within the file
/// and `of` what it belongs to, by that thing's key.
enum CycleCSV {
    /// The columns, the structural ones first.
    static let columns = ["row", "key", "of"] + FileField.allCases.filter { $0 != .key }.map(\.column)

    static func text(_ cycle: FileEntry) -> String {
        var text = CSVText.byteOrderMark + CSVText.record(columns)
        write(cycle, key: "", of: "", to: &text)
        return text
    }

    private static func write(_ entry: FileEntry, key: String, of parent: String, to text: inout String) {
        let cells = FileField.allCases.filter { $0 != .key }.map { field in
            // What people wrote is guarded. A figure below zero is a figure.
            field.form == .number ? entry[field] : FormulaGuard.guarded(entry[field])
        }
        text += CSVText.record([entry.kind.rawValue, key, parent] + cells)
        var counts: [FileKind: Int] = [:]
        for part in entry.parts {
            counts[part.kind, default: 0] += 1
            let number = counts[part.kind] ?? 0
            let own =
                switch part.kind {
                case .objective: part[.key]
                case .keyResult: "\(key)-K\(number)"
                case .checkIn: "\(key)-C\(number)"
                default: ""
                }
            write(part, key: own, of: key, to: &text)
        }
    }

    // MARK: Reading

    /// The cycle that a file holds; nil where there is none to be checked further.
    static func read(_ bytes: [UInt8], _ problems: inout FileProblems) -> FileEntry? {
        let file = CSVFile(bytes)
        for problem in file.problems { problems.note(line: problem.line, problem.words) }
        guard let head = file.records.first else {
            if file.problems.isEmpty {
                problems.note(line: 1, "There is nothing here. Choose a file that was exported.")
            }
            return nil
        }
        var reader = Reader(head: head)
        reader.checkHead(&problems)
        guard reader.isReadable else { return nil }
        for record in file.records.dropFirst() { reader.take(record, &problems) }
        return reader.cycle(line: head.line, &problems)
    }

    private struct Reader {
        /// The name of each column, as it is in the file.
        let names: [String]
        private let fields: [FileField?]
        private let head: CSVFile.Record
        private var entries: [FileEntry] = []
        private var parents: [(key: String, line: Int)] = []
        private var byKey: [String: Int] = [:]

        init(head: CSVFile.Record) {
            self.head = head
            names = head.cells.map { $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            let known = Dictionary(
                FileField.allCases.map { ($0.column, $0) }, uniquingKeysWith: { first, _ in first })
            fields = names.map { known[$0] }
        }

        var isReadable: Bool { names.contains("row") }

        func checkHead(_ problems: inout FileProblems) {
            guard isReadable else {
                problems.note(
                    line: head.line,
                    "There is no column called “row”. The first line names the columns; keep it as exported.")
                return
            }
            for (index, name) in names.enumerated() where !name.isEmpty {
                if names.prefix(index).contains(name) {
                    problems.note(line: head.line, "Two columns are called “\(name)”. Take one out.")
                } else if fields[index] == nil, !["row", "of"].contains(name) {
                    problems.note(
                        line: head.line,
                        "There is no column called “\(name)”. Name it as the guide does, or take it out.")
                }
            }
        }

        mutating func take(_ record: CSVFile.Record, _ problems: inout FileProblems) {
            if record.cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { return }
            func cell(_ name: String) -> String {
                guard let index = names.firstIndex(of: name), index < record.cells.count else { return "" }
                return record.cells[index].trimmingCharacters(in: .whitespaces)
            }
            if record.cells.dropFirst(names.count).contains(where: { !$0.isEmpty }) {
                problems.note(
                    line: record.line,
                    "There are more cells than columns. A comma inside a cell needs quotation marks around it.")
            }
            guard let kind = FileKind(rawValue: cell("row").lowercased()) else {
                let kinds = FileKind.allCases.map(\.rawValue).joined(separator: ", ")
                problems.note(line: record.line, "row", "Say what this line is: \(kinds).")
                return
            }
            var entry = FileEntry(kind)
            entry.line = record.line
            let own = Set(kind.fields)
            for (field, cell) in zip(fields, record.cells) {
                guard let field, field != .key, !cell.isEmpty else { continue }
                guard own.contains(field) else {
                    if !cell.allSatisfy(\.isWhitespace) {
                        problems.note(entry, field, "\(kind.words.capitalizedFirst) has none. Empty this cell.")
                    }
                    continue
                }
                entry[field] = FormulaGuard.unguarded(cell)
            }
            let key = cell("key")
            if kind == .objective { entry[.key] = key }
            if !key.isEmpty, byKey.updateValue(entries.count, forKey: key) != nil {
                problems.note(entry, .key, "Another line has the key “\(key)”. Give each its own.")
            }
            entries.append(entry)
            parents.append((cell("of"), record.line))
        }

        /// Everything put where it belongs.
        mutating func cycle(line: Int, _ problems: inout FileProblems) -> FileEntry? {
            let cycles = entries.indices.filter { entries[$0].kind == .cycle }
            for other in cycles.dropFirst() {
                problems.note(entries[other], nil, "A file holds one cycle. Put this one into a file of its own.")
            }
            guard let root = cycles.first else {
                problems.note(line: line, "No line is a cycle. Add one whose first cell says “cycle”.")
                return nil
            }
            var parts: [[Int]] = Array(repeating: [], count: entries.count)
            for index in entries.indices {
                guard let wanted = entries[index].kind.parent else { continue }
                if wanted == .cycle {
                    parts[root].append(index)
                    continue
                }
                let key = parents[index].key
                if let parent = byKey[key], entries[parent].kind == wanted {
                    parts[parent].append(index)
                } else {
                    let words =
                        key.isEmpty
                        ? "Say what this belongs to: the key of \(wanted.words)."
                        : "No \(wanted.rawValue) in this file has the key “\(key)”."
                    problems.note(line: entries[index].line, "of", words)
                }
            }
            return whole(root, parts)
        }

        private func whole(_ index: Int, _ parts: [[Int]]) -> FileEntry {
            var entry = entries[index]
            entry.parts = parts[index].map { whole($0, parts) }
            return entry
        }
    }
}
