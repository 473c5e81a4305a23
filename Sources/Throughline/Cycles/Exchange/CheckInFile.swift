import CSV
import Foundation
import Storage

/// Check-ins out of a CSV file, as they would come in.
public struct CheckInArrival: Sendable, Equatable {
    public let checkIns: [Item]
    /// How many are there already, exactly as the file says them.
    public let known: Int

    public struct Item: Sendable, Equatable {
        public let line: Int
        public let title: String
        public let day: Day
        /// `61%`, `Done`
        public let value: String
        public let confidence: Int
    }

    /// The largest file that is read.
    public static let mostBytes = 1_000_000
    /// The most check-ins that one file brings.
    public static let most = 2_000
}

/// The columns of such a file.
private enum CheckInColumn: String, CaseIterable {
    case id
    case keyResult = "key result"
    case objective
    /// What it aims for; for people.
    case aim
    case day
    case value
    case confidence
    case comment
    case blockers
}

extension Cycles {
    /// A file to fill in: a line for each key result that the viewer looks after. Two queries.
    public func checkInTemplate(as viewer: Viewer) async throws -> ExportedFile {
        let today = Day(product.now(), in: viewer.timeZone)
        let mine = try await product.database.read { tx in try Self.mine(of: viewer.id, today: today, in: tx) }
        var text = CSVText.byteOrderMark + CSVText.record(CheckInColumn.allCases.map(\.rawValue))
        for item in mine {
            let result = item.keyResult
            let aim =
                result.kind == .milestone
                ? "the numbers of the steps that are done, of "
                    + FileSteps.text(result.steps).replacing("\n", with: "; ")
                : result.aim
            text += CSVText.record(
                ["kr-\(result.id)"] + [result.title, item.objective.title, aim].map(FormulaGuard.guarded)
                    + [today.iso, "", "", "", ""])
        }
        return ExportedFile("Check-ins \(today.iso)", "csv", text)
    }

    /// Looks at what a file of check-ins would bring, and keeps nothing.
    /// - Throws: ``Invalid`` with everything that is wrong, each with its line.
    public func lookIntoCheckIns(_ bytes: [UInt8], as viewer: Viewer) async throws -> CheckInArrival {
        let file = try CheckInFile(bytes)
        let now = product.now()
        return try await product.database.read { tx in try file.checked(as: viewer, at: now, in: tx).arrival }
    }

    /// Checks in on everything that a file says, by the rules of checking in by hand: all of it, or, where anything is
    /// wrong, nothing. What is there already stays as it is, so that a file brought in twice is there once.
    /// - Throws: ``Invalid`` with everything that is wrong, each with its line.
    @discardableResult
    public func bringInCheckIns(_ bytes: [UInt8], as viewer: Viewer) async throws -> CheckInArrival {
        let file = try CheckInFile(bytes)
        let now = product.now()
        return try await product.database.write { tx in
            let (found, arrival) = try file.checked(as: viewer, at: now, in: tx)
            // In the order of the file, which counts where two are of one day.
            let ids = found.map { _ in ID<CheckIn>(now: now) }.sorted()
            for (id, item) in zip(ids, found) {
                try Self.keep(item.checked, of: item.access, id: id, .import, nil, as: viewer, at: now, in: tx)
            }
            return arrival
        }
    }
}

/// What a file of check-ins says, line by line, before it is held against what there is.
private struct CheckInFile: Sendable {
    private let rows: [Row]
    private let faults: [CSVFile.Problem]

    struct Row: Sendable {
        let line: Int
        private let cells: [CheckInColumn: String]

        init(line: Int, cells: [CheckInColumn: String]) {
            self.line = line
            self.cells = cells
        }

        subscript(column: CheckInColumn) -> String { cells[column] ?? "" }

        /// A line of the template that was left alone.
        var isEmpty: Bool {
            [.value, .confidence, .comment, .blockers].allSatisfy { self[$0].allSatisfy(\.isWhitespace) }
        }
    }

    /// - Throws: ``Invalid`` where there is nothing to be checked further.
    init(_ bytes: [UInt8]) throws {
        let file = CSVFile(bytes)
        var problems = FileProblems()
        guard let head = file.records.first else {
            for problem in file.problems { problems.note(line: problem.line, problem.words) }
            try problems.check()
            throw Invalid("", "There is nothing here. Choose a file, or paste its lines.")
        }
        let names = head.cells.map { $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        let columns = names.map { CheckInColumn(rawValue: $0) }
        for (name, column) in zip(names, columns) where column == nil && !name.isEmpty {
            problems.note(
                line: head.line,
                "There is no column called “\(name)”. Name it as in the file to fill in, or take it out.")
        }
        for wanted in [CheckInColumn.value, .confidence] where !columns.contains(wanted) {
            problems.note(
                line: head.line, "A column called “\(wanted.rawValue)” is missing. The first line names the columns.")
        }
        if !columns.contains(.id), !columns.contains(.keyResult) {
            problems.note(line: head.line, "A column called “key result” is missing. It says what each line is about.")
        }
        try problems.check()
        rows = file.records.dropFirst().map { record in
            var cells: [CheckInColumn: String] = [:]
            for (column, cell) in zip(columns, record.cells) {
                if let column, !cell.isEmpty { cells[column] = FormulaGuard.unguarded(cell) }
            }
            return Row(line: record.line, cells: cells)
        }
        let tooWide = file.records.filter { $0.cells.dropFirst(columns.count).contains { !$0.isEmpty } }
        faults =
            file.problems
            + tooWide.map {
                .init(
                    line: $0.line,
                    words: "There are more cells than columns. A comma inside a cell needs quotation marks around it.")
            }
    }

    typealias Found = (access: KeyResultAccess, checked: CheckInDraft.Checked)

    func checked(
        as viewer: Viewer, at now: Date, in tx: any Transaction
    ) throws -> (found: [Found], arrival: CheckInArrival) {
        var problems = FileProblems()
        for fault in faults { problems.note(line: fault.line, fault.words) }
        let filled = rows.filter { !$0.isEmpty }
        if filled.isEmpty, faults.isEmpty {
            throw Invalid("", "No line holds a value yet. Fill in at least one.")
        }
        if filled.count > CheckInArrival.most {
            throw Invalid(
                "",
                "The file holds \(filled.count) check-ins; \(CheckInArrival.most) is the most at once. Split it in two."
            )
        }
        let known = try Candidates(viewer, in: tx)
        let today = Day(now, in: viewer.timeZone)
        var found: [Found] = []
        var items: [CheckInArrival.Item] = []
        var same = 0
        for row in filled {
            guard let access = known.find(row, &problems) else { continue }
            do {
                let cycle = try Cycles.requireCheckable(access, viewer, in: tx)
                var typed = Typed()
                let checked = row.draft(access.keyResult).checked(access.keyResult, cycle, today: today, &typed)
                for problem in typed.problems {
                    problems.note(line: row.line, Self.column(of: problem.field), problem.words)
                }
                guard let checked else { continue }
                if try Self.isThere(checked, access.keyResult.id, viewer, in: tx)
                    || found.contains(where: {
                        $0.access.keyResult.id == access.keyResult.id && $0.checked.isSame(checked)
                    })
                {
                    same += 1
                    continue
                }
                found.append((access, checked))
                items.append(
                    .init(
                        line: row.line, title: access.keyResult.title, day: checked.reading.on,
                        value: access.keyResult.words(for: checked.reading.value),
                        confidence: checked.reading.confidence))
            } catch let refused as Refused {
                problems.note(line: row.line, CheckInColumn.keyResult.rawValue, refused.words)
            }
        }
        try problems.check()
        return (found, CheckInArrival(checkIns: items, known: same))
    }

    private static func column(of field: String) -> String {
        switch field {
        case "asOf": CheckInColumn.day.rawValue
        case "steps": CheckInColumn.value.rawValue
        default: field
        }
    }

    /// Whether the viewer has said just this already.
    private static func isThere(
        _ checked: CheckInDraft.Checked, _ result: ID<KeyResult>, _ viewer: Viewer, in tx: any Transaction
    ) throws -> Bool {
        try tx.all(
            CheckIn.self,
            """
            select \(CheckIn.columns) from \(CheckIn.tables)
            where i.key_result = \(result) and i.created_by = \(viewer.id) and i.as_of = \(checked.reading.on)
            """
        ).contains { present in
            present.reading == checked.reading && present.steps == checked.steps && present.comment == checked.comment
                && present.blockers == checked.blockers
        }
    }
}

extension CheckInDraft.Checked {
    fileprivate func isSame(_ other: Self) -> Bool {
        reading == other.reading && steps == other.steps && comment == other.comment && blockers == other.blockers
    }
}

extension CheckInFile.Row {
    /// The line as a form would send it.
    fileprivate func draft(_ result: KeyResult) -> CheckInDraft {
        var draft = CheckInDraft(
            value: self[.value].trimmingCharacters(in: .whitespaces),
            confidence: self[.confidence].trimmingCharacters(in: .whitespaces), comment: self[.comment],
            blockers: self[.blockers], asOf: self[.day].trimmingCharacters(in: .whitespaces))
        switch result.kind {
        case .metric: break
        case .yesNo:
            switch draft.value.lowercased() {
            case "yes", "done", "true": draft.value = "1"
            case "no", "not yet", "false": draft.value = "0"
            default: break
            }
        case .milestone:
            draft.steps = draft.value.split { ", ;".contains($0) }.map(String.init)
        }
        return draft
    }
}

/// The key results of cycles under way that somebody reads, to be found by id or by title.
private struct Candidates {
    private let byID: [ID<KeyResult>: KeyResultAccess]
    private let byTitle: [String: [KeyResultAccess]]
    private let viewer: Viewer

    init(_ viewer: Viewer, in tx: any Transaction) throws {
        struct Found: RowReadable {
            let result: KeyResult
            let objective: Objective
            let isOfTeam: Bool

            init(row: inout Row) throws {
                result = try KeyResult(row: &row)
                objective = try Objective(row: &row)
                isOfTeam = try row.next()
            }
        }
        let found = try tx.all(
            Found.self,
            """
            select \(KeyResult.columns), \(Objective.columns), \(ObjectiveAccess.isOfTeam("o.team", viewer.id))
            from \(KeyResult.tables) join objective o on o.id = k.objective left join team t on t.id = o.team
            left join person w on w.id = o.owner join person c on c.id = o.changed_by join cycle y on y.id = o.cycle
            where y.state in ('active', 'closing') and k.removed_at is null
                and \(ObjectiveAccess.isReadable(by: viewer.id))
            order by k.id
            """)
        let all = found.map { item in
            KeyResultAccess(
                keyResult: item.result,
                objective: ObjectiveAccess(
                    objective: item.objective,
                    mayWrite: ObjectiveAccess.mayWrite(to: item.objective.group, isOfTeam: item.isOfTeam, viewer)))
        }
        self.viewer = viewer
        byID = Dictionary(all.map { ($0.keyResult.id, $0) }, uniquingKeysWith: { first, _ in first })
        byTitle = Dictionary(grouping: all, by: { Self.plain($0.keyResult.title) })
    }

    private static func plain(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The key result that a line is about.
    func find(_ row: CheckInFile.Row, _ problems: inout FileProblems) -> KeyResultAccess? {
        let id = row[.id].trimmingCharacters(in: .whitespaces).lowercased()
        if !id.isEmpty {
            if let found = ID<KeyResult>(id.hasPrefix("kr-") ? String(id.dropFirst(3)) : id).flatMap({ byID[$0] }) {
                return found
            }
            problems.note(
                line: row.line, "id",
                "No key result of a cycle under way has this id. Take it from the file to fill in, or leave it empty.")
            return nil
        }
        let title = Self.plain(row[.keyResult])
        guard !title.isEmpty else {
            problems.note(line: row.line, "key result", "Say which key result this is about.")
            return nil
        }
        let objective = Self.plain(row[.objective])
        let all = (byTitle[title] ?? []).filter {
            objective.isEmpty || Self.plain($0.objective.objective.title) == objective
        }
        let own = all.filter { $0.mayCheckIn(viewer) }
        let found = own.isEmpty ? all : own
        if found.count == 1 { return found[0] }
        problems.note(
            line: row.line, "key result",
            found.isEmpty
                ? "No key result of a cycle under way is called this. Write its title as it stands on its page."
                : "Several key results are called this. Write the objective too, or the id from the file to fill in.")
        return nil
    }
}
