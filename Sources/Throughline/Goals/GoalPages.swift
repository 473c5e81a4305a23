public import Foundation
public import Storage

/// An objective on its own page: how it stands, what it supports, what supports it as far as the viewer may read that,
/// and what became of it so far.
public struct ObjectivePageModel: Sendable {
    public let objective: Objective
    public let mayWrite: Bool
    public let supports: [ObjectiveName]
    /// What supports it, without what the viewer may not read: not even as a number.
    public let supportedBy: [Supporter]
    public let work: [Work]
    /// What it may yet be said to support. Empty where the viewer may not.
    public let choices: [GoalsOverview.Choice]
    /// How many priorities its group has.
    public let priorities: Int
    public let history: [History]
    /// Who reads somebody's own goal beside them.
    public let manager: PersonName?
    /// Its key results and what else it has in its cycle; nil where it stands in none.
    public let okr: ObjectiveOKR?

    public struct Supporter: Sendable, Equatable, RowReadable {
        public let objective: ObjectiveName
        /// The team's or the owner's name.
        public let of: String

        public init(row: inout Row) throws {
            objective = try ObjectiveName(row: &row)
            of = try row.next()
        }
    }
}

/// A piece of work on its own page.
public struct WorkPageModel: Sendable, Equatable {
    public let work: Work
    public let mayWrite: Bool
    public let supports: [ObjectiveName]
    public let choices: [GoalsOverview.Choice]
    public let history: [History]
    /// Who reads it beside its owner.
    public let manager: PersonName?
}

/// What the form for an objective needs to know.
public struct ObjectiveFormModel: Sendable, Equatable {
    public let group: Objective.Group
    /// The company's name, the team's, or the viewer's.
    public let groupName: String
    /// Nil for a new one.
    public let objective: Objective?
    /// Who may be named to look after it.
    public let people: [PersonName]
    /// What it may support, for a new one.
    public let choices: [GoalsOverview.Choice]
    /// Who reads somebody's own goal beside them.
    public let manager: PersonName?
    /// The cycles that it may be put into, and the one that it stands in.
    public let cycles: [Cycle]
}

extension Goals {
    /// An objective's own page. Eight queries at most, and twelve of one in a cycle.
    /// - Throws: ``NotFound``.
    public func page(of id: ID<Objective>, as viewer: Viewer) async throws -> ObjectivePageModel {
        let today = Day(product.now(), in: viewer.timeZone)
        return try await product.database.read { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            let objective = access.objective
            // One in a cycle is linked on a page of its own, and has no rank.
            let isOpenToWrite = access.mayWrite && objective.state == .open && objective.cycle == nil
            return ObjectivePageModel(
                objective: objective, mayWrite: access.mayWrite,
                supports: try tx.all(
                    ObjectiveName.self,
                    """
                    select o.id, o.title, o.level from objective_support s join objective o on o.id = s.supports
                    left join person w on w.id = o.owner
                    where s.objective = \(id) and \(ObjectiveAccess.isReadable(by: viewer.id)) order by o.id
                    """),
                supportedBy: try tx.all(
                    ObjectivePageModel.Supporter.self,
                    """
                    select o.id, o.title, o.level, coalesce(t.name, w.name, \(viewer.company))
                    from objective_support s join objective o on o.id = s.objective
                    left join team t on t.id = o.team left join person w on w.id = o.owner
                    where s.supports = \(id) and o.state = 'open' and \(ObjectiveAccess.isReadable(by: viewer.id))
                    order by o.id
                    """),
                work: try tx.all(
                    Work.self,
                    """
                    select \(Work.columns) from work_support s join work w on w.id = s.work
                    join person p on p.id = w.owner
                    where s.objective = \(id) and w.state in ('under way', 'paused')
                        and (w.owner = \(viewer.id) or p.manager = \(viewer.id))
                    order by w.id
                    """),
                choices: isOpenToWrite ? try Self.choices(for: objective, viewer, in: tx) : [],
                priorities: isOpenToWrite ? try Self.ranking(of: objective.group, in: tx).count : 0,
                history: try History.of(id, "objective", in: tx),
                manager: objective.level == .person && objective.cycle == nil
                    ? try Self.manager(of: objective.owner?.id ?? viewer.id, in: tx) : nil,
                okr: try ObjectiveOKR.load(access, viewer, today: today, in: tx))
        }
    }

    /// What an objective could support and doesn't yet, with some words in its title; the first thirty.
    /// - Throws: ``NotFound``, ``Refused``, ``Conflict``.
    public func supportable(
        by id: ID<Objective>, words: String, as viewer: Viewer
    ) async throws -> (objective: Objective, found: [GoalsOverview.Choice]) {
        try await product.database.read { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            try access.requireOpenAndWritable()
            let parts = words.folded.split(separator: " ")
            let found = try Self.choices(for: access.objective, viewer, in: tx).filter { choice in
                let text = "\(choice.objective.title) \(choice.team ?? "")".folded
                return parts.allSatisfy(text.contains)
            }
            return (access.objective, Array(found.prefix(30)))
        }
    }

    /// A piece of work's own page. Five queries at most.
    /// - Throws: ``NotFound``.
    public func page(of id: ID<Work>, as viewer: Viewer) async throws -> WorkPageModel {
        try await product.database.read { tx in
            let access = try WorkAccess.load(id, for: viewer, in: tx)
            let supports = try tx.all(
                ObjectiveName.self,
                """
                select o.id, o.title, o.level from work_support s join objective o on o.id = s.objective
                left join person w on w.id = o.owner
                where s.work = \(id) and \(ObjectiveAccess.isReadable(by: viewer.id)) order by o.id
                """)
            let taken = Set(supports.map(\.id))
            return WorkPageModel(
                work: access.work, mayWrite: access.mayWrite, supports: supports,
                choices: access.mayWrite
                    ? try Self.choices(below: .person, viewer, in: tx).filter {
                        !taken.contains($0.objective.id)
                    } : [],
                history: try History.of(id, "work", in: tx),
                manager: try Self.manager(of: access.work.owner.id, in: tx))
        }
    }

    /// The form for a new objective of a group.
    /// - Throws: ``NotFound``, ``Refused``.
    public func form(for group: Objective.Group, as viewer: Viewer) async throws -> ObjectiveFormModel {
        try await product.database.read { tx in
            let access = try GroupAccess.load(group, for: viewer, in: tx)
            try access.requireWritable()
            return ObjectiveFormModel(
                group: group, groupName: access.name, objective: nil,
                people: try Self.eligible(for: group, viewer, in: tx),
                choices: try Self.choices(below: group.level, viewer, in: tx),
                manager: group.isPrivate ? try Self.manager(of: viewer.id, in: tx) : nil,
                cycles: try Self.cycles(with: nil, in: tx))
        }
    }

    /// The form that changes an objective.
    /// - Throws: ``NotFound``, ``Refused``.
    public func form(of id: ID<Objective>, as viewer: Viewer) async throws -> ObjectiveFormModel {
        try await product.database.read { tx in
            let access = try ObjectiveAccess.load(id, for: viewer, in: tx)
            try access.requireWritable()
            let objective = access.objective
            // Who looks after it stays to be chosen, even if they have left the team.
            var people = try Self.eligible(for: objective.group, viewer, in: tx)
            if let owner = objective.owner, !people.contains(owner) { people.append(owner) }
            return ObjectiveFormModel(
                group: objective.group,
                groupName: objective.team?.name
                    ?? (objective.level == .company ? viewer.company : viewer.name),
                objective: objective, people: people, choices: [],
                manager: objective.level == .person ? try Self.manager(of: viewer.id, in: tx) : nil,
                cycles: try Self.cycles(with: objective.cycle, in: tx))
        }
    }

    private static func cycles(with present: ID<Cycle>?, in tx: any Transaction) throws -> [Cycle] {
        try Cycle.all(in: tx).filter { $0.state == .draft || $0.state == .active || $0.id == present }
    }

    /// What the form for new work needs: what it may serve, and who will read it beside the viewer.
    public func workForm(
        as viewer: Viewer
    ) async throws -> (choices: [GoalsOverview.Choice], manager: PersonName?) {
        try await product.database.read { tx in
            (try Self.choices(below: .person, viewer, in: tx), try Self.manager(of: viewer.id, in: tx))
        }
    }

    /// The form that changes a piece of work.
    /// - Throws: ``NotFound``, ``Refused``.
    public func form(of id: ID<Work>, as viewer: Viewer) async throws -> (work: Work, manager: PersonName?) {
        try await product.database.read { tx in
            let access = try WorkAccess.load(id, for: viewer, in: tx)
            try access.requireWritable()
            return (access.work, try Self.manager(of: viewer.id, in: tx))
        }
    }

    private static func manager(of person: ID<Person>, in tx: any Transaction) throws -> PersonName? {
        try tx.first(
            PersonName.self,
            "select m.id, m.name from person p join person m on m.id = p.manager where p.id = \(person)")
    }

    /// The open objectives that something of `level` may support: the viewer's own goals for a personal one, their
    /// teams' and the other teams' objectives, the company's.
    private static func choices(
        below level: Objective.Level, _ viewer: Viewer, in tx: any Transaction
    ) throws -> [GoalsOverview.Choice] {
        try tx.all(
            GoalsOverview.Choice.self,
            """
            select \(GoalsOverview.Choice.columns) from \(Objective.tables) left join cycle y on y.id = o.cycle
            where o.state = 'open' and t.archived_at is null and \(ObjectiveAccess.isReadable(by: viewer.id))
                and (o.level = 'company'
                or (o.level = 'team' and \(level != .company) = 1)
                or (o.level = 'person' and \(level == .person) = 1 and o.owner = \(viewer.id)))
            order by case when o.level = 'person' then 0 when o.level = 'company' then 3
                when exists (select 1 from team_member m where m.team = o.team and m.person = \(viewer.id))
                then 1 else 2 end, t.name, \(Objective.order)
            """)
    }

    /// The choices without itself, what it supports already, and what supports it, which would close a loop.
    private static func choices(
        for objective: Objective, _ viewer: Viewer, in tx: any Transaction
    ) throws -> [GoalsOverview.Choice] {
        let taken = try tx.values(
            ID<Objective>.self,
            """
            with recursive below (id) as (
                select objective from objective_support where supports = \(objective.id)
                union select s.objective from objective_support s join below on s.supports = below.id)
            select id from below union select supports from objective_support where objective = \(objective.id)
            """)
        let left = Set(taken + [objective.id])
        return try choices(below: objective.level, viewer, in: tx).filter { !left.contains($0.objective.id) }
    }
}

/// Something that happened to a goal or a piece of work, in words.
public struct History: Sendable, Equatable {
    public let at: Date
    /// Who did it; nil for the product itself.
    public let who: PersonName?
    /// What they did, to follow their name: 'marked it reached'.
    public let words: String

    /// The newest fifty things that happened to an object that the viewer has been proven to read.
    static func of<Entity>(_ object: ID<Entity>, _ kind: String, in tx: any Transaction) throws -> [History] {
        try tx.all(
            Entry.self,
            """
            select j.at, p.id, p.name, j.verb, j.detail from journal j left join person p on p.id = j.person
            where j.object = \(object) and j.object_kind = \(kind)
            order by j.at desc, case when j.verb = 'added' then 1 else 0 end, j.id desc limit 50
            """
        ).map { History(at: $0.at, who: $0.who, words: words($0.verb, $0.detail)) }
    }

    private struct Entry: RowReadable {
        let at: Date
        let who: PersonName?
        let verb: String
        let detail: [String: String]

        init(row: inout Row) throws {
            at = try row.next()
            who = try PersonName(id: row.next(), name: row.next())
            verb = try row.next()
            let json = try row.next(String.self)
            detail = (try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))) ?? [:]
        }
    }

    /// What a journal entry says. Somebody's own goals have no details in the journal, so the words do without.
    static func words(_ verb: String, _ detail: [String: String]) -> String {
        switch verb {
        case "added": "added it"
        case "changed": changed(detail)
        case "linked": detail["title"].map { "linked it to “\($0)”" } ?? "linked it to another goal"
        case "unlinked":
            detail["title"].map { "took off the link to “\($0)”" } ?? "took off a link to another goal"
        case "ranked": ranked(detail["priority"])
        case "reached": detail["words"].map { "marked it reached: “\($0)”" } ?? "marked it reached"
        case "dropped": detail["words"].map { "dropped it: “\($0)”" } ?? "dropped it"
        case "reopened": detail["words"].map { "opened it again: “\($0)”" } ?? "opened it again"
        case "moved": moved(to: detail["to"])
        case "proposed": "proposed it"
        case "committed": "committed to it"
        case "taken-back": "took it back to a draft"
        case "held": "held it against the values"
        case "added-key-result": "added the key result" + named(detail["title"])
        case "changed-key-result": "changed the key result" + named(detail["title"])
        case "removed-key-result":
            "took off the key result" + named(detail["title"]) + because(detail["reason"])
        case "changed-target":
            "set a new target for the key result" + named(detail["title"])
                + (detail["to"].map { ", \($0)" } ?? "") + because(detail["reason"])
        case "scored": detail["score"].map { "closed it with a score of \($0)" } ?? "closed it with a score"
        case "imported": "brought it in from a file"
        case "continued": "went on with it in the next cycle"
        default: "changed it"
        }
    }

    private static func changed(_ detail: [String: String]) -> String {
        let fields = (detail["fields"] ?? "").split(separator: " ").map { field in
            switch field {
            case "title": detail["title"].map { "its title to “\($0)”" } ?? "its title"
            case "standing":
                detail["standing"].map { $0.isEmpty ? "where it stands" : "where it stands to “\($0)”" }
                    ?? "where it stands"
            case "dueOn":
                detail["dueOn"].flatMap(Day.init).map { "its day to \($0.dayAndMonth) \($0.year)" }
                    ?? "its day"
            case "owner":
                detail["owner"].map { $0.isEmpty ? "who looks after it" : "who looks after it to \($0)" }
                    ?? "who looks after it"
            case "hoursAWeek": "the hours it takes"
            case "cycle": "the cycle that it stands in"
            case "visibility": "who reads it"
            default: "the words about it"
            }
        }
        return "changed " + (fields.isEmpty ? "it" : fields.joinedInWords)
    }

    private static func named(_ title: String?) -> String { title.map { " “\($0)”" } ?? "" }

    private static func because(_ reason: String?) -> String {
        reason.flatMap { $0.isEmpty ? nil : ": “\($0)”" } ?? ""
    }

    private static func ranked(_ priority: String?) -> String {
        guard let priority else { return "changed its place among the priorities" }
        guard let place = Int(priority) else { return "took it off the priorities" }
        return "made it the \(place.ordinal) priority"
    }

    private static func moved(to state: String?) -> String {
        switch state.flatMap(Work.State.init) {
        case .underWay: "took it up again"
        case .paused: "paused it"
        case .done: "called it done"
        case .dropped: "dropped it"
        case nil: "changed how it stands"
        }
    }
}

extension [String] {
    /// `a`, `a and b`, `a, b and c`.
    public var joinedInWords: String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}

extension Int {
    /// `first` to `twentieth`; beyond that `21st`-like figures are never needed.
    public var ordinal: String {
        let words = [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
            "eighteenth", "nineteenth", "twentieth",
        ]
        return (1...words.count).contains(self) ? words[self - 1] : "number \(self)"
    }
}
