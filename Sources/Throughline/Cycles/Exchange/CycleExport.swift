import Foundation
public import Storage

/// What a cycle is written in, to be kept or read elsewhere. `docs/guide/exchange.md` describes both.
public enum ExchangeFormat: String, Sendable, CaseIterable {
    case csv
    case json
}

/// A file to be saved.
public struct ExportedFile: Sendable, Equatable {
    /// What it is called: `Q4-2026.csv`.
    public let name: String
    public let text: String

    /// - Parameter title: what it is about, of which plain letters and digits become its name.
    init(_ title: String, _ ending: String, _ text: String) {
        let plain = title.folding(options: .diacriticInsensitive, locale: nil).split {
            !$0.isASCII || !($0.isLetter || $0.isNumber)
        }.joined(separator: "-")
        name = "\(plain.isEmpty ? "cycle" : plain).\(ending)"
        self.text = text
    }
}

extension Cycles {
    /// A cycle with everything in it that the viewer may read. People stand in it by e-mail address for administrators, who
    /// see these elsewhere too, and by name for everybody else. Nine queries, however large the cycle is.
    /// - Throws: ``NotFound``.
    public func export(
        _ id: ID<Cycle>, in format: ExchangeFormat, as viewer: Viewer
    ) async throws -> ExportedFile {
        let readable = ObjectiveAccess.isReadable(by: viewer.id)
        return try await product.database.read { tx in
            let cycle = try Cycle.find(id, in: tx)
            return try Exporter(cycle, readable: readable, hasAddresses: viewer.isAdmin, in: tx).file(format)
        }
    }

    /// A cycle with everything that is in it, whoever may read it; for who runs the server and holds its database anyway.
    /// - Throws: ``NotFound`` where no cycle has that name.
    public func exportWhole(_ name: String, in format: ExchangeFormat) async throws -> ExportedFile {
        try await product.database.read { tx in
            guard let cycle = try Cycle.all(in: tx).first(where: { $0.name == name }) else { throw NotFound() }
            return try Exporter(cycle, readable: "1 = 1", hasAddresses: true, in: tx).file(format)
        }
    }
}

/// Puts a cycle's file together.
private struct Exporter {
    private let cycle: Cycle
    private var root = FileEntry(.cycle)

    init(_ cycle: Cycle, readable: SQL, hasAddresses: Bool, in tx: any Transaction) throws {
        self.cycle = cycle
        let people = try FilePerson.all(in: tx)
        let names = Dictionary(
            people.map { ($0.id, hasAddresses ? $0.email : $0.name) }, uniquingKeysWith: { first, _ in first })
        let objectives = try tx.all(
            StoredObjective.self,
            """
            select \(Objective.columns), o.created_by, o.committed_at, o.closed_at, o.choice
            from \(Objective.tables) where o.cycle = \(cycle.id) and \(readable) order by o.id
            """)
        let keys = Dictionary(
            objectives.enumerated().map { ($0.element.objective.id, "O\($0.offset + 1)") },
            uniquingKeysWith: { first, _ in first })
        let links = Dictionary(grouping: try StoredLink.all(of: cycle.id, readable, in: tx), by: \.objective)
        let values = Dictionary(grouping: try StoredStance.all(of: cycle.id, in: tx), by: \.objective)
        let results = try Self.results(of: cycle.id, names, in: tx)
        let places = Self.places(objectives.map(\.objective))
        root[.name] = cycle.name
        root[.kind] = cycle.kind.rawValue
        root[.startsOn] = cycle.startsOn.iso
        root[.endsOn] = cycle.endsOn.iso
        root[.rhythm] = String(cycle.rhythm)
        root[.state] = cycle.state.rawValue
        root.parts = objectives.map { item in
            let id = item.objective.id
            var entry = item.entry(names)
            entry[.key] = keys[id] ?? ""
            entry[.priority] = places[id].map(String.init) ?? ""
            let own = links[id] ?? []
            let inside = own.filter { $0.kind == .supports }.compactMap { keys[$0.other] }
            entry[.supports] = inside.sorted { Self.number($0) < Self.number($1) }.joined(separator: " ")
            entry.parts =
                own.filter { $0.kind == .continues || keys[$0.other] == nil }.map { $0.entry(names) }
                .sorted {
                    Self.order($0, .kind, .cycle, .level, .team, .owner, .title)
                        .lexicographicallyPrecedes(Self.order($1, .kind, .cycle, .level, .team, .owner, .title))
                }
            entry.parts += (values[id] ?? []).map { $0.entry(names) }
                .sorted { Self.order($0, .name).lexicographicallyPrecedes(Self.order($1, .name)) }
            entry.parts += results[id] ?? []
            return entry
        }
    }

    func file(_ format: ExchangeFormat) -> ExportedFile {
        ExportedFile(cycle.name, format.rawValue, format == .csv ? CycleCSV.text(root) : CycleJSON.text(root))
    }

    private static func number(_ key: String) -> Int { Int(key.dropFirst()) ?? 0 }

    /// By bytes, so that it is the same on either engine and in every language.
    private static func order(_ entry: FileEntry, _ fields: FileField...) -> [UInt8] {
        Array(fields.map { entry[$0] }.joined(separator: "\u{0}").utf8)
    }

    /// First, second, third … among the objectives of a group in this cycle: what else the group has put first is not in
    /// the file.
    private static func places(_ objectives: [Objective]) -> [ID<Objective>: Int] {
        var places: [ID<Objective>: Int] = [:]
        for (_, group) in Dictionary(grouping: objectives.filter { $0.priority != nil }, by: \.group) {
            let ordered = group.sorted { ($0.priority ?? 0, $0.id) < ($1.priority ?? 0, $1.id) }
            for (index, objective) in ordered.enumerated() { places[objective.id] = index + 1 }
        }
        return places
    }

    /// The key results of a cycle's objectives with all that was said of them. Four queries.
    private static func results(
        of cycle: ID<Cycle>, _ names: [ID<Person>: String], in tx: any Transaction
    ) throws -> [ID<Objective>: [FileEntry]] {
        let inCycle: SQL = "join objective m on m.id = k.objective where m.cycle = \(cycle) and k.removed_at is null"
        let results = try tx.all(
            StoredResult.self,
            """
            select \(KeyResult.columns), k.created_by, k.created_at from \(KeyResult.tables) \(inCycle)
            order by k.position, k.id
            """)
        let targets = Dictionary(
            grouping: try tx.all(
                StoredTarget.self,
                """
                select t.key_result, t.words, t.is_midway, t.is_eased, t.reason, t.set_by, t.set_at
                from key_result_target t join key_result k on k.id = t.key_result \(inCycle) order by t.set_at, t.id
                """), by: \.result)
        let checkIns = Dictionary(
            grouping: try tx.all(
                StoredCheckIn.self,
                """
                select i.id, i.key_result, i.as_of, i.value, i.steps, i.confidence, i.comment, i.blockers, i.source,
                    i.created_by, i.created_at
                from check_in i join key_result k on k.id = i.key_result \(inCycle)
                order by i.as_of, i.created_at, i.id
                """), by: \.result)
        let originals = Dictionary(
            grouping: try tx.all(
                StoredOriginal.self,
                """
                select v.check_in, v.as_of, v.value, v.steps, v.confidence, v.comment, v.blockers, v.changed_at
                from check_in_version v join check_in i on i.id = v.check_in join key_result k on k.id = i.key_result
                \(inCycle) order by v.check_in, v.version
                """), by: \.checkIn)
        let entries = results.map { item in
            var entry = item.entry(names)
            entry.parts = (targets[item.result.id] ?? []).map { $0.entry(names) }
            entry.parts += (checkIns[item.result.id] ?? []).map { checkIn in
                var entry = checkIn.entry(names)
                entry.parts = (originals[checkIn.id] ?? []).map(\.entry)
                return entry
            }
            return (item.result.objective, entry)
        }
        return Dictionary(grouping: entries, by: \.0).mapValues { $0.map(\.1) }
    }
}

/// Somebody as files name them.
struct FilePerson: RowReadable {
    let id: ID<Person>
    let email: String
    let name: String

    init(row: inout Row) throws {
        id = try row.next()
        email = try row.next()
        name = try row.next()
    }

    static func all(in tx: any Transaction) throws -> [FilePerson] {
        try tx.all(FilePerson.self, "select id, email, name from person order by id")
    }
}

private struct StoredObjective: RowReadable {
    let objective: Objective
    let by: ID<Person>
    let committedAt: Date?
    let closedAt: Date?
    let choice: ClosingDraft.Choice?

    init(row: inout Row) throws {
        objective = try Objective(row: &row)
        by = try row.next()
        committedAt = try row.next()
        closedAt = try row.next()
        choice = try row.next()
    }

    func entry(_ names: [ID<Person>: String]) -> FileEntry {
        var entry = FileEntry(.objective)
        entry[.level] = objective.level.rawValue
        entry[.team] = objective.team?.name ?? ""
        entry[.owner] = objective.owner.flatMap { names[$0.id] } ?? ""
        entry[.title] = objective.title
        entry[.description] = objective.description
        entry[.stage] = objective.stage?.rawValue ?? ""
        entry[.state] = objective.state.rawValue
        entry[.stateWords] = objective.stateWords
        entry[.visibility] = objective.chosenVisibility?.rawValue ?? ""
        entry[.standing] = objective.standing
        entry[.dueOn] = objective.dueOn?.iso ?? ""
        entry[.score] = objective.score.map(FileNumber.text) ?? ""
        entry[.learnt] = objective.learnt
        entry[.choice] = choice?.rawValue ?? ""
        entry[.by] = names[by] ?? ""
        entry[.at] = FileMoment.text(objective.createdAt)
        entry[.changedBy] = names[objective.changedBy.id] ?? ""
        entry[.changedAt] = FileMoment.text(objective.changedAt)
        entry[.committedAt] = committedAt.map(FileMoment.text) ?? ""
        entry[.closedAt] = closedAt.map(FileMoment.text) ?? ""
        return entry
    }
}

/// Which way an objective leads to another.
enum FileLinkKind: String, SQLColumn {
    case supports
    case continues
}

private struct StoredLink: RowReadable {
    let kind: FileLinkKind
    let objective: ID<Objective>
    let other: ID<Objective>
    let cycle: String?
    let level: Objective.Level
    let team: String?
    let owner: ID<Person>?
    let title: String

    init(row: inout Row) throws {
        kind = try row.next()
        objective = try row.next()
        other = try row.next()
        cycle = try row.next()
        level = try row.next()
        team = try row.next()
        owner = try row.next()
        title = try row.next()
    }

    /// What the objectives of a cycle lead to, as far as that may be read.
    static func all(
        of cycle: ID<Cycle>, _ readable: SQL, in tx: any Transaction
    ) throws -> [StoredLink] {
        let other: SQL = """
            left join person w on w.id = o.owner left join team t on t.id = o.team left join cycle c on c.id = o.cycle
            where m.cycle = \(cycle) and \(readable)
            """
        return try tx.all(
            StoredLink.self,
            """
            select 'supports', m.id, o.id, c.name, o.level, t.name, o.owner, o.title from objective m
            join objective_support s on s.objective = m.id join objective o on o.id = s.supports \(other)
            union all
            select 'continues', m.id, o.id, c.name, o.level, t.name, o.owner, o.title from objective m
            join objective o on o.id = m.continues \(other)
            """)
    }

    func entry(_ names: [ID<Person>: String]) -> FileEntry {
        var entry = FileEntry(.link)
        entry[.kind] = kind.rawValue
        entry[.cycle] = cycle ?? ""
        entry[.level] = level.rawValue
        entry[.team] = team ?? ""
        // Whose it is tells objectives apart only where they are people's.
        entry[.owner] = level == .person ? owner.flatMap { names[$0] } ?? "" : ""
        entry[.title] = title
        return entry
    }
}

private struct StoredStance: RowReadable {
    let objective: ID<Objective>
    let name: String
    let stance: CoreValue.Stance
    let why: String
    let by: ID<Person>
    let at: Date

    init(row: inout Row) throws {
        objective = try row.next()
        name = try row.next()
        stance = try row.next()
        why = try row.next()
        by = try row.next()
        at = try row.next()
    }

    static func all(of cycle: ID<Cycle>, in tx: any Transaction) throws -> [StoredStance] {
        try tx.all(
            StoredStance.self,
            """
            select s.objective, v.name, s.stance, s.why, s.given_by, s.given_at from objective_value s
            join core_value v on v.id = s.value join objective m on m.id = s.objective where m.cycle = \(cycle)
            """)
    }

    func entry(_ names: [ID<Person>: String]) -> FileEntry {
        var entry = FileEntry(.value)
        entry[.name] = name
        entry[.stance] = stance.rawValue
        entry[.why] = why
        entry[.by] = names[by] ?? ""
        entry[.at] = FileMoment.text(at)
        return entry
    }
}

private struct StoredResult: RowReadable {
    let result: KeyResult
    let by: ID<Person>
    let at: Date

    init(row: inout Row) throws {
        result = try KeyResult(row: &row)
        by = try row.next()
        at = try row.next()
    }

    func entry(_ names: [ID<Person>: String]) -> FileEntry {
        var entry = FileEntry(.keyResult)
        entry[.title] = result.title
        entry[.kind] = result.kind.rawValue
        entry[.owner] = result.owner.flatMap { names[$0.id] } ?? ""
        entry[.direction] = result.direction?.rawValue ?? ""
        entry[.from] = result.start.map(FileNumber.text) ?? ""
        entry[.to] = result.target.map(FileNumber.text) ?? ""
        entry[.unit] = result.unit
        entry[.steps] = FileSteps.text(result.steps)
        entry[.weight] = String(result.weight)
        entry[.ambition] = result.ambition.rawValue
        entry[.by] = names[by] ?? ""
        entry[.at] = FileMoment.text(at)
        return entry
    }
}

private struct StoredTarget: RowReadable {
    let result: ID<KeyResult>
    let words: String
    let isMidway: Bool
    let isEased: Bool
    let reason: String
    let by: ID<Person>
    let at: Date

    init(row: inout Row) throws {
        result = try row.next()
        words = try row.next()
        isMidway = try row.next()
        isEased = try row.next()
        reason = try row.next()
        by = try row.next()
        at = try row.next()
    }

    func entry(_ names: [ID<Person>: String]) -> FileEntry {
        var entry = FileEntry(.target)
        entry[.words] = words
        entry[.midway] = isMidway ? "yes" : ""
        entry[.eased] = isEased ? "yes" : ""
        entry[.reason] = reason
        entry[.by] = names[by] ?? ""
        entry[.at] = FileMoment.text(at)
        return entry
    }
}

private struct StoredCheckIn: RowReadable {
    let id: ID<CheckIn>
    let result: ID<KeyResult>
    let said: Said
    let source: CheckIn.Source
    let by: ID<Person>
    let at: Date

    init(row: inout Row) throws {
        id = try row.next()
        result = try row.next()
        said = try Said(row: &row)
        source = try row.next()
        by = try row.next()
        at = try row.next()
    }

    func entry(_ names: [ID<Person>: String]) -> FileEntry {
        var entry = FileEntry(.checkIn)
        said.fill(&entry)
        entry[.source] = source.rawValue
        entry[.by] = names[by] ?? ""
        entry[.at] = FileMoment.text(at)
        return entry
    }
}

private struct StoredOriginal: RowReadable {
    let checkIn: ID<CheckIn>
    let said: Said
    let at: Date

    init(row: inout Row) throws {
        checkIn = try row.next()
        said = try Said(row: &row)
        at = try row.next()
    }

    var entry: FileEntry {
        var entry = FileEntry(.original)
        said.fill(&entry)
        entry[.at] = FileMoment.text(at)
        return entry
    }
}

/// What a check-in says, now or before it was changed.
private struct Said: RowReadable {
    let day: Day
    let value: Double
    let done: String
    let confidence: Int
    let comment: String
    let blockers: String

    init(row: inout Row) throws {
        day = try row.next()
        value = try row.next()
        done = try row.next()
        confidence = try row.next()
        comment = try row.next()
        blockers = try row.next()
    }

    func fill(_ entry: inout FileEntry) {
        entry[.day] = day.iso
        entry[.value] = FileNumber.text(value)
        entry[.done] = done
        entry[.confidence] = String(confidence)
        entry[.comment] = comment
        entry[.blockers] = blockers
    }
}
