import Foundation
import Storage

/// A cycle's file that can be taken in: everything found, every value checked.
struct CheckedCycleFile {
    var cycle: CycleDraft.Checked?
    var state = Cycle.State.draft
    var objectives: [CheckedObjective] = []
    /// How many links to what isn't here are left out, because that was asked for.
    var linksLeft = 0
}

struct CheckedObjective {
    let entry: FileEntry
    var level = Objective.Level.company
    var team: ID<Team>?
    var owner: ID<Person>?
    var title = ""
    var description = ""
    var stage = Stage.draft
    var state = Objective.State.open
    var stateWords = ""
    var visibility: Visibility?
    var priority: Int?
    var standing = ""
    var dueOn: Day?
    /// The places in the file of those that it supports.
    var supports: [Int] = []
    /// Those outside the file.
    var others: [ID<Objective>] = []
    var continues: ID<Objective>?
    var score: Double?
    var learnt = ""
    var choice: ClosingDraft.Choice?
    var by: ID<Person>
    var at: Date
    var changedBy: ID<Person>
    var changedAt: Date
    var committedAt: Date?
    var closedAt: Date?
    var stances: [CheckedStance] = []
    var results: [CheckedResult] = []

    /// Whether people still work towards it.
    var isOpen: Bool { stage != .closed && state == .open }

    /// Those that it is ranked among.
    var group: Objective.Group {
        switch (level, team, owner) {
        case (.team, let team?, _): .team(team)
        case (.person, _, let owner?): .person(owner)
        default: .company
        }
    }
}

struct CheckedStance {
    let value: ID<CoreValue>
    let stance: CoreValue.Stance
    let why: String
    let by: ID<Person>
    let at: Date
}

struct CheckedResult {
    let draft: KeyResultDraft.Checked
    let owner: ID<Person>?
    let steps: [KeyResult.Step]
    let by: ID<Person>
    let at: Date
    var targets: [CheckedTarget] = []
    var checkIns: [CheckedCheckIn] = []

    /// The steps as the row keeps them.
    var stepsText: String {
        guard draft.kind == .milestone, let data = try? JSONEncoder().encode(steps) else { return "[]" }
        return String(decoding: data, as: UTF8.self)
    }
}

struct CheckedTarget {
    let words: String
    let isMidway: Bool
    let isEased: Bool
    let reason: String
    let by: ID<Person>
    let at: Date
}

struct CheckedCheckIn {
    let said: CheckInDraft.Checked
    let source: CheckIn.Source
    let by: ID<Person>
    let at: Date
    var originals: [(said: CheckInDraft.Checked, at: Date)] = []
}

/// Checks a cycle's file: everything in it, by the rules of the forms, and gathers all that is wrong.
struct CycleFileChecker {
    private(set) var problems: FileProblems
    private let viewer: Viewer
    private let now: Date
    private let leavesLinks: Bool
    private let people: [String: [ID<Person>]]
    private let teams: [String: ID<Team>]
    private let values: [String: ID<CoreValue>]
    private let outside: [String: [ID<Objective>]]
    private let owners: FileOwners

    /// - Parameter readable: which objectives a link may lead to. Six queries, and one for each team that the file names.
    init(
        _ root: FileEntry, _ problems: FileProblems, leavesLinks: Bool, readable: SQL, as viewer: Viewer, at now: Date,
        in tx: any Transaction
    ) throws {
        self.problems = problems
        self.viewer = viewer
        self.now = now
        self.leavesLinks = leavesLinks
        let people = try FilePerson.all(in: tx)
        let found = Dictionary(
            grouping: people.map { ($0.email.lowercased(), $0.id) } + people.map { ($0.name.lowercased(), $0.id) },
            by: \.0
        ).mapValues { $0.map(\.1) }
        self.people = found
        teams = Dictionary(
            try tx.all(TeamName.self, "select id, name from team").map { ($0.name, $0.id) },
            uniquingKeysWith: { first, _ in first })
        values = Dictionary(
            try tx.all(CoreValue.self, "select \(CoreValue.columns) from core_value v").map { ($0.name, $0.id) },
            uniquingKeysWith: { first, _ in first })
        outside = try Self.outside(root, readable, in: tx)
        owners = try FileOwners(Set(root.parts(.objective).compactMap { [teams] in teams[$0[.team]] }), viewer, in: tx)
    }

    // MARK: What stands outside the file

    private static func key(
        _ cycle: String, _ level: String, _ team: String, _ owner: String, _ title: String
    ) -> String {
        [cycle, level, team, owner, title].joined(separator: "\u{0}")
    }

    /// The objectives of the cycles that links of a file name, by what a link says of them.
    private static func outside(
        _ root: FileEntry, _ readable: SQL, in tx: any Transaction
    ) throws -> [String: [ID<Objective>]] {
        struct Found: RowReadable {
            let id: ID<Objective>
            let key: String

            init(row: inout Row) throws {
                id = try row.next()
                key = try CycleFileChecker.key(
                    row.next(String?.self) ?? "", row.next(), row.next(String?.self) ?? "",
                    row.next(String?.self) ?? "", row.next())
            }
        }
        let names = Set(root.parts(.objective).flatMap { $0.parts(.link) }.map { $0[.cycle] })
        guard !names.isEmpty else { return [:] }
        let found = try tx.all(
            Found.self,
            """
            select o.id, c.name, o.level, t.name, case when o.level = 'person' then o.owner end, o.title
            from objective o left join cycle c on c.id = o.cycle left join team t on t.id = o.team
            left join person w on w.id = o.owner
            where (c.name in \(list: names.sorted()) or (o.cycle is null and 1 = \(names.contains("") ? 1 : 0)))
                and \(readable)
            """)
        return Dictionary(grouping: found, by: \.key).mapValues { $0.map(\.id) }
    }

    // MARK: Single fields

    private mutating func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ entry: FileEntry, _ field: FileField, else missing: Value? = nil
    ) -> Value? {
        if entry[field].isEmpty, let missing { return missing }
        if let value = Value(rawValue: entry[field].lowercased()) { return value }
        let all = Value.allCases.map(\.rawValue).joined(separator: ", ")
        problems.note(entry, field, "Write one of these: \(all).")
        return nil
    }

    /// Checks some fields as a form would, and says what is wrong where it stands in the file.
    private mutating func typed<Value>(
        _ entry: FileEntry, naming names: [String: FileField] = [:], _ body: (inout Typed) throws -> Value
    ) -> Value? {
        var typed = Typed()
        do {
            let value = try body(&typed)
            try typed.check()
            return value
        } catch let invalid as Invalid {
            for problem in invalid.problems {
                let field = names[problem.field] ?? FileField(rawValue: problem.field)
                problems.note(entry, field, problem.words)
            }
        } catch {
            problems.note(entry, nil, "This can’t be taken as it is.")
        }
        return nil
    }

    private mutating func moment(_ entry: FileEntry, _ field: FileField) -> Date? {
        if entry[field].isEmpty { return nil }
        if let moment = FileMoment.read(entry[field]) { return moment }
        problems.note(entry, field, "Write a moment such as 2026-11-17T08:42:00Z, or a day such as 2026-11-17.")
        return nil
    }

    private mutating func person(_ entry: FileEntry, _ field: FileField) -> ID<Person>? {
        let text = entry[field]
        if text.isEmpty { return nil }
        if let found = found(text) { return found }
        problems.note(
            entry, field,
            people[text.lowercased()] == nil
                ? "Nobody here is “\(text)”. Invite them first, or write the e-mail address of somebody who is here."
                : "Several people are called “\(text)”. Write an e-mail address.")
        return nil
    }

    /// The one person who has this address or name.
    private func found(_ text: String) -> ID<Person>? {
        let found = Set(people[text.lowercased()] ?? [])
        return found.count == 1 ? found.first : nil
    }

    private mutating func maker(_ entry: FileEntry) -> (by: ID<Person>, at: Date) {
        (person(entry, .by) ?? viewer.id, moment(entry, .at) ?? now)
    }

    private mutating func refuse(_ entry: FileEntry, _ field: FileField, _ words: String) {
        if !entry[field].isEmpty { problems.note(entry, field, words) }
    }

    // MARK: The whole

    mutating func check(_ root: FileEntry) -> CheckedCycleFile {
        var file = CheckedCycleFile()
        file.cycle = typed(root) { _ in
            try CycleDraft(
                name: root[.name], kind: root[.kind].isEmpty ? "own" : root[.kind], startsOn: root[.startsOn],
                endsOn: root[.endsOn], rhythm: root[.rhythm].isEmpty ? "7" : root[.rhythm]
            ).checked()
        }
        file.state = choice(root, .state, else: .draft) ?? .draft
        let entries = root.parts(.objective)
        var places: [String: Int] = [:]
        for (index, entry) in entries.enumerated() where !entry[.key].isEmpty {
            if entry[.key].contains(where: \.isWhitespace) {
                problems.note(entry, .key, "A key is one word, such as O1.")
            } else if places[entry[.key]] == nil {
                places[entry[.key]] = index
            } else if !entry.path.isEmpty {
                // Of a CSV file it has been said, of keys of every kind.
                problems.note(entry, .key, "Another objective has this key too. Give each its own.")
            }
        }
        file.objectives = entries.map { objective($0) }
        for index in entries.indices {
            file.objectives[index].supports = supports(of: index, file.objectives, places)
            links(of: index, &file)
        }
        findLoops(file.objectives)
        return file
    }

    private mutating func objective(_ entry: FileEntry) -> CheckedObjective {
        let (by, at) = maker(entry)
        var checked = CheckedObjective(
            entry: entry, by: by, at: at, changedBy: person(entry, .changedBy) ?? by,
            changedAt: moment(entry, .changedAt) ?? at)
        place(entry, &checked)
        let texts = typed(entry) { typed in
            (
                title: typed.line(
                    entry[.title], "title", missing: "Say in a sentence what should be true in the end."),
                description: typed.text(entry[.description], "description", missing: nil),
                stateWords: typed.line(entry[.stateWords], "stateWords", missing: nil),
                standing: typed.line(entry[.standing], "standing", missing: nil),
                dueOn: entry[.dueOn].isEmpty
                    ? nil : typed.day(entry[.dueOn], "dueOn", "Write a day such as 2026-12-31, or nothing."),
                learnt: typed.line(entry[.learnt], "learnt", missing: nil, atMost: 500)
            )
        }
        if let texts {
            (checked.title, checked.description) = (texts.title, texts.description)
            (checked.stateWords, checked.standing, checked.dueOn) = (texts.stateWords, texts.standing, texts.dueOn)
            checked.learnt = texts.learnt
        }
        standing(entry, &checked)
        checked.stances = entry.parts(.value).compactMap { stance($0) }
        for (index, stance) in entry.parts(.value).enumerated()
        where entry.parts(.value).prefix(index).contains(where: { $0[.name] == stance[.name] }) {
            problems.note(stance, .name, "The objective is held against this value twice. Take one out.")
        }
        let results = entry.parts(.keyResult)
        if results.count > Cycles.mostKeyResults {
            problems.note(
                results[Cycles.mostKeyResults], nil,
                "An objective has \(Cycles.mostKeyResults) key results at most. Three are plenty.")
        }
        checked.results = results.compactMap { result($0) }
        checkOwners(entry, checked)
        return checked
    }

    /// Who looks after what is open could be named on a form. What has ended is as it was: nobody types that.
    private mutating func checkOwners(_ entry: FileEntry, _ checked: CheckedObjective) {
        guard checked.isOpen else { return }
        if let team = checked.team, owners.isPutAway(team) {
            problems.note(
                entry, .team, "The team “\(entry[.team])” is put away. Bring it back first, or write another.")
        }
        if let words = owners.refusal(checked.owner, for: checked) { problems.note(entry, .owner, words) }
        for part in entry.parts(.keyResult) {
            guard let owner = found(part[.owner]), let words = owners.refusal(ofKeyResult: owner, of: checked) else {
                continue
            }
            problems.note(part, .owner, words)
        }
    }

    /// Whose it is and who reads it.
    private mutating func place(_ entry: FileEntry, _ checked: inout CheckedObjective) {
        checked.owner = person(entry, .owner)
        guard let level: Objective.Level = choice(entry, .level) else { return }
        checked.level = level
        switch level {
        case .team:
            checked.team = teams[entry[.team]]
            if checked.team == nil {
                problems.note(
                    entry, .team,
                    entry[.team].isEmpty
                        ? "Write the name of the team whose it is."
                        : "There is no team called “\(entry[.team])” here. Make it first, or write the name of one that is here."
                )
            }
        case .company, .person:
            refuse(entry, .team, "Only an objective of a team has one. Empty this, or change the level.")
            if level == .person, entry[.owner].isEmpty {
                problems.note(entry, .owner, "Write the e-mail address of the person whose it is.")
            }
        }
        if !entry[.visibility].isEmpty {
            checked.visibility = choice(entry, .visibility)
            if level == .company, let visibility = checked.visibility, visibility != .everyone {
                problems.note(
                    entry, .visibility, "Everyone reads the company’s objectives. Write everyone, or nothing.")
            }
        }
    }

    /// How far it is, and what came of it.
    private mutating func standing(_ entry: FileEntry, _ checked: inout CheckedObjective) {
        checked.stage = choice(entry, .stage, else: .draft) ?? .draft
        if !entry[.score].isEmpty {
            if let score = Double(entry[.score]), (0...1).contains(score) {
                checked.score = score
            } else {
                problems.note(entry, .score, "Write a score from 0 to 1, such as 0.7.")
            }
        }
        checked.committedAt = moment(entry, .committedAt) ?? (checked.stage == .committed ? now : nil)
        checked.closedAt = moment(entry, .closedAt)
        if checked.stage == .closed {
            checked.choice = choice(entry, .choice)
            checked.closedAt = checked.closedAt ?? now
        } else {
            for field in [FileField.score, .learnt, .choice, .closedAt] {
                refuse(entry, field, "Only a closed objective has this. Empty it, or write closed as its stage.")
            }
        }
        // Outside its cycle's pages it counts as reached from seven tenths on.
        let usual: Objective.State =
            checked.stage == .closed ? ((checked.score ?? 0) >= 0.7 ? .reached : .dropped) : .open
        checked.state = choice(entry, .state, else: usual) ?? .open
        if !entry[.priority].isEmpty {
            checked.priority = typed(entry) { typed in
                typed.number(
                    entry[.priority], "priority", in: 1...Goals.mostPriorities,
                    "Write a place from 1 to \(Goals.mostPriorities), or nothing.")
            }.flatMap(\.self)
            if checked.stage == .closed || checked.state != .open {
                problems.note(entry, .priority, "Only an open objective has a place among the priorities. Empty this.")
            }
        }
    }

    private mutating func stance(_ entry: FileEntry) -> CheckedStance? {
        let (by, at) = maker(entry)
        let value = values[entry[.name]]
        if value == nil {
            problems.note(
                entry, .name, "There is no value called “\(entry[.name])” here. Write it down among the values first.")
        }
        let stance: CoreValue.Stance? = choice(entry, .stance)
        let why = typed(entry) { typed in
            typed.line(
                entry[.why], "why",
                missing: stance == .conflicts
                    ? "Say in a sentence how it conflicts, so that it can be weighed." : nil, atMost: 500)
        }
        guard let value, let stance, let why else { return nil }
        return CheckedStance(value: value, stance: stance, why: why, by: by, at: at)
    }

    // MARK: Key results

    private mutating func result(_ entry: FileEntry) -> CheckedResult? {
        let (by, at) = maker(entry)
        let owner = person(entry, .owner)
        let steps = FileSteps.read(entry[.steps])
        let kind = KeyResult.Kind(rawValue: entry[.kind])
        let isMetric = kind == .metric
        for field in [FileField.direction, .from, .to, .unit] where !isMetric {
            refuse(entry, field, "Only a figure has one. Empty this, or write metric as its kind.")
        }
        if kind != .milestone {
            refuse(entry, .steps, "Only a milestone has steps. Empty this, or write milestone as its kind.")
        }
        if Set(steps.map(\.id)).count < steps.count {
            problems.note(entry, .steps, "Two steps have the same number. Give each its own.")
        }
        let draft = typed(entry, naming: ["start": .from, "target": .to]) { _ in
            try KeyResultDraft(
                title: entry[.title], kind: entry[.kind], weight: entry[.weight].isEmpty ? "1" : entry[.weight],
                ambition: entry[.ambition].isEmpty ? "committed" : entry[.ambition], direction: entry[.direction],
                start: entry[.from], target: entry[.to], unit: entry[.unit],
                steps: steps.map { "\($0.title) (\($0.share))" }.joined(separator: "\n")
            ).checked(eligible: [])
        }
        let targets = entry.parts(.target).compactMap { target($0) }
        // What was typed, with the numbers that the file gives the steps.
        let numbered = zip(draft?.steps ?? [], steps).map {
            KeyResult.Step(id: $1.id, title: $0.title, share: $0.share)
        }
        let checkIns = entry.parts(.checkIn).compactMap { checkIn($0, kind, numbered) }
        guard let draft else { return nil }
        return CheckedResult(
            draft: draft, owner: owner, steps: numbered, by: by, at: at, targets: targets, checkIns: checkIns)
    }

    private mutating func target(_ entry: FileEntry) -> CheckedTarget? {
        let (by, at) = maker(entry)
        let isEased = flag(entry, .eased)
        let isMidway = flag(entry, .midway)
        let texts = typed(entry) { typed in
            (
                words: typed.line(entry[.words], "words", missing: "Say what was aimed for.", atMost: 500),
                reason: typed.line(
                    entry[.reason], "reason",
                    missing: isEased ? "This asked less than before. Say why in a sentence." : nil, atMost: 500)
            )
        }
        guard let texts else { return nil }
        return CheckedTarget(
            words: texts.words, isMidway: isMidway, isEased: isEased, reason: texts.reason, by: by, at: at)
    }

    private mutating func flag(_ entry: FileEntry, _ field: FileField) -> Bool {
        switch entry[field].lowercased() {
        case "yes", "true", "1": return true
        case "", "no", "false", "0": return false
        default:
            problems.note(entry, field, "Write yes, or nothing.")
            return false
        }
    }

    private mutating func checkIn(
        _ entry: FileEntry, _ kind: KeyResult.Kind?, _ steps: [KeyResult.Step]
    ) -> CheckedCheckIn? {
        let (by, at) = maker(entry)
        let source = CheckIn.Source(rawValue: entry[.source].isEmpty ? "import" : entry[.source])
        if source == nil { problems.note(entry, .source, "Write one of these: page, session, link, import.") }
        let said = said(entry, kind, steps)
        let originals = entry.parts(.original).map { original in
            (said: self.said(original, kind, steps), at: moment(original, .at) ?? now)
        }
        guard let said, let source, originals.allSatisfy({ $0.said != nil }) else { return nil }
        return CheckedCheckIn(
            said: said, source: source, by: by, at: at,
            originals: originals.compactMap { item in item.said.map { ($0, item.at) } })
    }

    /// A day, a value and how sure somebody was. What a form asks of the day is not asked here: a cycle may have got
    /// other days since.
    private mutating func said(
        _ entry: FileEntry, _ kind: KeyResult.Kind?, _ steps: [KeyResult.Step]
    ) -> CheckInDraft.Checked? {
        let last = Day(now, in: viewer.timeZone).adding(days: 1)
        let done = entry[.done].split(separator: " ").map(String.init)
        let text = entry[.value]
        var value: Double? = FileChecks.figure(text)
        var words: String?
        switch kind {
        case .metric: words = value == nil ? "Say where it was in digits, such as 61 or 0.5." : nil
        case .yesNo: words = value == 0 || value == 1 ? nil : "Write 1 for done or 0 for not."
        case .milestone where text.isEmpty: value = CheckInDraft.share(of: done, steps)
        case .milestone: words = value.map((0...1).contains) == true ? nil : "Write a share from 0 to 1, or nothing."
        case nil: value = value ?? 0
        }
        if let words { problems.note(entry, .value, words) }
        if kind != .milestone { refuse(entry, .done, "Only a milestone has steps that are done. Empty this.") }
        if done.contains(where: { $0.count > 6 || !$0.allSatisfy(\.isNumber) }) {
            problems.note(entry, .done, "Write the numbers of the steps that are done, with spaces between them.")
        }
        let rest = typed(entry) { typed in
            let day = typed.day(entry[.day], "day", "Write the day that this is of, such as 2026-11-17.")
            if let day, day > last { typed.note("day", "That day has not come yet. Write an earlier one.") }
            return (
                day: day,
                sure: typed.number(
                    entry[.confidence], "confidence", in: 0...10, "Write how sure you were, from 0 to 10."),
                comment: typed.text(entry[.comment], "comment", missing: nil, atMost: 1_000),
                blockers: typed.text(entry[.blockers], "blockers", missing: nil, atMost: 1_000)
            )
        }
        guard words == nil, let value, let rest, let day = rest.day, let sure = rest.sure else { return nil }
        return CheckInDraft.Checked(
            reading: Reading(on: day, value: value, confidence: sure), steps: done, comment: rest.comment,
            blockers: rest.blockers)
    }

    // MARK: What supports what

    private mutating func supports(
        of index: Int, _ objectives: [CheckedObjective], _ places: [String: Int]
    ) -> [Int] {
        let objective = objectives[index]
        let entry = objective.entry
        var supported: [Int] = []
        for key in entry[.supports].split(separator: " ").map(String.init) {
            guard let place = places[key] else {
                problems.note(entry, .supports, "No objective in this file has the key “\(key)”.")
                continue
            }
            let target = objectives[place]
            if place == index {
                problems.note(entry, .supports, "An objective can’t support itself. Take “\(key)” out.")
            } else if target.level > objective.level {
                problems.note(
                    entry, .supports, "“\(key)” stands below it. An objective supports what stands beside or above it.")
            } else if target.level == .person, target.owner != objective.owner {
                problems.note(entry, .supports, "“\(key)” is somebody else’s own. Take it out.")
            } else if !supported.contains(place) {
                supported.append(place)
            }
        }
        return supported
    }

    private mutating func links(of index: Int, _ file: inout CheckedCycleFile) {
        let objective = file.objectives[index]
        for link in objective.entry.parts(.link) {
            guard let kind = FileLinkKind(rawValue: link[.kind]) else {
                problems.note(link, .kind, "Write supports or continues.")
                continue
            }
            guard let level: Objective.Level = choice(link, .level) else { continue }
            let owner = level == .person ? person(link, .owner) : nil
            if level == .person, owner == nil {
                if link[.owner].isEmpty { problems.note(link, .owner, "Write whose it is.") }
                continue
            }
            let key = Self.key(link[.cycle], level.rawValue, link[.team], owner?.text ?? "", link[.title])
            let found = outside[key] ?? []
            if found.isEmpty, leavesLinks {
                file.linksLeft += 1
            } else if found.isEmpty {
                problems.note(
                    link, .title,
                    "There is no such objective here. Bring its cycle in first, or choose to leave out such links.")
            } else if found.count > 1 {
                problems.note(
                    link, .title,
                    "Several objectives there are called this. Change the name of one, or take the link out.")
            } else if kind == .supports, level > objective.level || (level == .person && owner != objective.owner) {
                problems.note(link, .level, "An objective supports what stands beside or above it.")
            } else if kind == .supports {
                file.objectives[index].others.append(found[0])
            } else if objective.continues == nil {
                file.objectives[index].continues = found[0]
            }
        }
        if file.objectives[index].supports.count + file.objectives[index].others.count > Goals.mostSupported {
            problems.note(
                objective.entry, .supports,
                "An objective supports \(Goals.mostSupported) others at most. Take some out.")
        }
    }

    /// What is left once everything is taken away that supports nothing left, or that nothing left supports, goes round in
    /// a loop.
    private mutating func findLoops(_ objectives: [CheckedObjective]) {
        var left = Set(objectives.indices)
        var didChange = true
        while didChange {
            let supported = Set(left.flatMap { objectives[$0].supports })
            let next = left.filter { index in
                supported.contains(index) && objectives[index].supports.contains(where: left.contains)
            }
            didChange = next.count < left.count
            left = next
        }
        for index in left.sorted() {
            problems.note(
                objectives[index].entry, .supports,
                "It supports itself through others. What supports what can’t go round in a loop.")
        }
    }
}

/// Who may look after what a file brings, by the rules of the forms.
private struct FileOwners {
    private let here: Set<ID<Person>>
    private let members: [ID<Team>: Set<ID<Person>>]
    private let putAway: Set<ID<Team>>

    init(_ teams: Set<ID<Team>>, _ viewer: Viewer, in tx: any Transaction) throws {
        func eligible(_ group: Objective.Group) throws -> Set<ID<Person>> {
            Set(try Goals.eligible(for: group, viewer, in: tx).map(\.id))
        }
        here = try eligible(.company)
        members = try Dictionary(uniqueKeysWithValues: teams.map { ($0, try eligible(.team($0))) })
        putAway = Set(try tx.values(ID<Team>.self, "select id from team where archived_at is not null"))
    }

    func isPutAway(_ team: ID<Team>) -> Bool { putAway.contains(team) }

    /// Why somebody can't look after an objective; nil where they can, or nobody does.
    func refusal(_ owner: ID<Person>?, for objective: CheckedObjective) -> String? {
        guard let owner else { return nil }
        if !here.contains(owner) {
            return objective.level == .person
                ? "This person has left. Write whose it is now."
                : "This person has left. Write somebody else, or nothing."
        }
        guard let team = objective.team, members[team]?.contains(owner) == false else { return nil }
        return "This person isn’t in the team. Write one of its members, or nothing."
    }

    func refusal(ofKeyResult owner: ID<Person>, of objective: CheckedObjective) -> String? {
        if Cycles.isForOwnerAlone(objective.level, objective.visibility ?? objective.level.usualVisibility) {
            return owner == objective.owner
                ? nil : "Nobody but the owner of its objective can look after it. Write them, or nothing."
        }
        return refusal(owner, for: objective)
    }
}

enum FileChecks {
    /// A figure as files and people write it.
    static func figure(_ text: String) -> Double? {
        if let value = Figure.read(text) { return value }
        guard let value = Double(text), value.isFinite, abs(value) <= 1e12 else { return nil }
        return value
    }
}
