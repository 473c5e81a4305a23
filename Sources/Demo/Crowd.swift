// The rest of Larkfield's sessions, and colleagues in any number: made up from lists, and written straight into the
// tables, many to a transaction, because a year of two hundred people through the product's verbs would take minutes.
import Foundation
import Storage
import Throughline

struct Crowd: Sendable {
    let almanac: Almanac
    let cast: Cast
    /// The sessions that are told in words of their own.
    let scripted: [Script]

    /// How many people report to one manager.
    static let span = 8

    /// Gives every pair of Larkfield's that has no script a year of sessions, then adds colleagues until there are
    /// `total` people.
    func write(total: Int, to database: any Database) async throws {
        var dice = Dice(seed: 20_260)
        var members: [Member] = []
        for who in Who.allCases {
            guard let manager = who.entry.manager else { continue }
            let days = scripted.filter { $0.employee == who && $0.manager == manager }.map(\.day)
            // Who has half a dozen scripts has a year; before a single one, the rest of the year is made up.
            guard days.count < 6 else { continue }
            members.append(
                Member(person: cast[who].id, manager: cast[manager].id, isNew: false, firstScripted: days.min()))
        }
        var titles = try await LinkTargets.load(from: database)
        let groups = newGroups(count: max(0, total - Who.allCases.count), &dice)
        for group in groups {
            let statements = group.statements(almanac)
            try await database.write { tx in for statement in statements { try tx.run(statement) } }
            titles.add(group)
            members += group.members
        }
        for (index, member) in members.enumerated() {
            let subjects = member.isNew ? [] : try await YearWriter.Subject.load(of: member.person, from: database)
            var writer = YearWriter(
                member: member, number: index, almanac: almanac, dice: dice.fork(), subjects: subjects)
            let statements = writer.statements(titles)
            try await database.write { tx in for statement in statements { try tx.run(statement) } }
        }
    }

    /// Teams of up to eight, each with a manager who reports to one of Larkfield's heads.
    private func newGroups(count: Int, _ dice: inout Dice) -> [NewGroup] {
        var names = NameList(taken: Set(Who.allCases.map(\.name)))
        let heads: [Who] = [.kwame, .siobhan, .yusuf, .tomasz, .joost, .leila]
        var groups: [NewGroup] = []
        var left = count
        while left > 0 {
            let size = min(Self.span + 1, left)
            let kind = TeamKind.all[groups.count % TeamKind.all.count]
            let round = groups.count / TeamKind.all.count
            let place = NewGroup.places[(groups.count + round) % NewGroup.places.count]
            let head = heads[groups.count % heads.count]
            groups.append(
                NewGroup(
                    name: "\(kind.name), \(place)" + (round > 7 ? " \(round)" : ""), kind: kind,
                    people: (0..<size).map { _ in names.next(&dice) }, head: cast[head].id, made: almanac.beginning))
            left -= size
        }
        return groups
    }
}

/// Somebody with a manager, to be given a year.
struct Member: Sendable {
    let person: ID<Person>
    let manager: ID<Person>
    /// Needs goals and work, too.
    let isNew: Bool
    /// From when on their sessions are told elsewhere.
    var firstScripted: Day?
    var team: ID<Team>?
    var kind: TeamKind?
}

/// A team that is made up: its first person leads it.
struct NewGroup: Sendable {
    let name: String
    let kind: TeamKind
    let people: [(id: ID<Person>, entry: NameList.Entry)]
    let head: ID<Person>
    let team: ID<Team>
    let objective: ID<Objective>
    let made: Date

    static let places = [
        "Utrecht", "Ghent", "Leeds", "Lisbon", "Lyon", "Hamburg", "Malmö", "Cork", "Valencia", "Kraków", "Turin",
    ]

    init(name: String, kind: TeamKind, people: [NameList.Entry], head: ID<Person>, made: Date) {
        self.name = name
        self.kind = kind
        self.people = people.map { (ID<Person>(now: made), $0) }
        self.head = head
        self.made = made
        team = ID<Team>(now: made)
        objective = ID<Objective>(now: made)
    }

    var members: [Member] {
        people.enumerated().map { index, person in
            Member(
                person: person.id, manager: index == 0 ? head : people[0].id, isNew: true, team: team, kind: kind)
        }
    }

    func statements(_ almanac: Almanac) -> [SQL] {
        var statements: [SQL] = [
            "insert into team (id, name, purpose, created_at) values (\(team), \(name), \(kind.purpose), \(made))"
        ]
        for (index, person) in people.enumerated() {
            let (entry, manager) = (person.entry, index == 0 ? head : people[0].id)
            let job = index == 0 ? kind.lead : kind.jobs[index % kind.jobs.count]
            statements += [
                """
                insert into person (id, email, name, job, time_zone, locale, role, state, manager, created_at)
                values (\(person.id), \(Who.email(entry.name)), \(entry.name), \(job), \(entry.zone), \(entry.locale),
                    'member', 'active', \(manager), \(made))
                """,
                "insert into team_member (team, person, joined_at) values (\(team), \(person.id), \(made))",
                """
                insert into journal (id, at, person, verb, object_kind, object)
                values (\(ID<Never>(now: made)), \(made), \(person.id), 'joined', 'person', \(person.id))
                """,
            ]
        }
        statements.append(
            """
            insert into objective (id, level, team, owner, title, priority, standing, due_on, created_by, created_at,
                changed_by, changed_at)
            values (\(objective), 'team', \(team), \(people[0].id), \(kind.objective), 1, \(kind.standing),
                \(almanac.quarterEnd), \(people[0].id), \(made), \(people[0].id), \(made))
            """)
        return statements
    }
}

/// What people's goals can support.
struct LinkTargets: Sendable {
    private var company: [ID<Objective>]
    private var teams: [ID<Team>: ID<Objective>] = [:]

    static func load(from database: any Database) async throws -> LinkTargets {
        let company = try await database.read { tx in
            try tx.values(ID<Objective>.self, "select id from objective where level = 'company' order by priority")
        }
        return LinkTargets(company: company)
    }

    private init(company: [ID<Objective>]) { self.company = company }

    mutating func add(_ group: NewGroup) { teams[group.team] = group.objective }

    func targets(of member: Member, number: Int) -> [ID<Objective>] {
        let team = member.team.flatMap { teams[$0] }
        let above = company.isEmpty ? nil : company[number % company.count]
        return [team, above].compactMap { $0 }
    }
}

/// The same made-up choices every time.
struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func fork() -> Dice { Dice(seed: next()) }

    mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &self)]
    }
}
