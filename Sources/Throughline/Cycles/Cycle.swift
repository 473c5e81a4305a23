public import Storage

/// A stretch of time that objectives are set for: a quarter, a year, or days of one's own choosing. Cycles may overlap: a
/// company's year above its teams' quarters.
public struct Cycle: Sendable, Equatable, RowReadable {
    public let id: ID<Cycle>
    public let name: String
    public let kind: Kind
    public let startsOn: Day
    /// The last day that belongs to it.
    public let endsOn: Day
    public let state: State
    /// How many days may lie between two check-ins.
    public let rhythm: Int
    public let version: Int

    static let columns: SQL = "c.id, c.name, c.kind, c.starts_on, c.ends_on, c.state, c.rhythm, c.version"

    public init(row: inout Row) throws {
        id = try row.next()
        name = try row.next()
        kind = try row.next()
        startsOn = try row.next()
        endsOn = try row.next()
        state = try row.next()
        rhythm = try row.next()
        version = try row.next()
    }

    public enum Kind: String, Sendable, SQLColumn, CaseIterable {
        case quarter
        case year
        case own
    }

    public enum State: String, Sendable, SQLColumn, CaseIterable {
        /// Objectives are being written.
        case draft
        /// Under way, with check-ins.
        case active
        /// Objectives are being scored.
        case closing
        case closed

        /// What may follow it.
        public var next: [State] {
            switch self {
            case .draft: [.active]
            case .active: [.closing]
            case .closing: [.closed, .active]
            case .closed: []
            }
        }
    }

    public func pace(on today: Day) -> Pace {
        Pace(startsOn: startsOn, endsOn: endsOn, rhythm: rhythm, today: today)
    }

    /// - Throws: ``NotFound``.
    static func find(_ id: ID<Cycle>, in tx: any Transaction) throws -> Cycle {
        guard let cycle = try tx.first(Cycle.self, "select \(columns) from cycle c where c.id = \(id)")
        else { throw NotFound() }
        return cycle
    }

    /// All of them, the newest first.
    static func all(in tx: any Transaction) throws -> [Cycle] {
        try tx.all(Cycle.self, "select \(columns) from cycle c order by c.starts_on desc, c.ends_on, c.id")
    }
}

/// How far an objective of a cycle has come.
public enum Stage: String, Sendable, SQLColumn, CaseIterable {
    /// Only those who may change it read it.
    case draft
    case proposed
    case committed
    /// Scored, with what was learnt. Nothing changes it any more.
    case closed
}

/// Who reads an objective, beside its owner and the owner's manager, who always do.
public enum Visibility: String, Sendable, SQLColumn, CaseIterable {
    case everyone
    /// The members of its team and their managers; of a person's own, those who share a team with them.
    case team
    /// Its owner and the owner's manager alone.
    case pair
}

/// A cycle as an administrator types it.
public struct CycleDraft: Sendable, Equatable {
    public var name: String
    public var kind: String
    public var startsOn: String
    public var endsOn: String
    public var rhythm: String

    public init(name: String, kind: String, startsOn: String, endsOn: String, rhythm: String = "7") {
        self.name = name
        self.kind = kind
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.rhythm = rhythm
    }

    public init(_ cycle: Cycle) {
        self.init(
            name: cycle.name, kind: cycle.kind.rawValue, startsOn: cycle.startsOn.iso, endsOn: cycle.endsOn.iso,
            rhythm: String(cycle.rhythm))
    }

    /// The quarter after a day, or the one it is in while that is young.
    public static func nextQuarter(after day: Day) -> CycleDraft {
        let first = Day(year: day.year, month: (day.month - 1) / 3 * 3 + 1, day: 1) ?? day
        let start = day.days(since: first) < 30 ? first : first.adding(months: 3)
        return CycleDraft(
            name: "Q\((start.month - 1) / 3 + 1) \(start.year)", kind: "quarter", startsOn: start.iso,
            endsOn: start.adding(months: 3).adding(days: -1).iso)
    }

    static let longestName = 60

    struct Checked {
        let name: String
        let kind: Cycle.Kind
        let startsOn: Day
        let endsOn: Day
        let rhythm: Int
    }

    /// - Throws: ``Invalid``.
    func checked() throws -> Checked {
        var typed = Typed()
        let name = typed.line(
            name, "name", missing: "Give the cycle a name, such as “Q1 2027”.", atMost: Self.longestName)
        let kind = typed.choice(kind, "kind", "Choose a quarter, a year, or dates of your own.", as: Cycle.Kind.self)
        let first = typed.day(startsOn, "startsOn", "Choose the first day, such as 2027-01-01.")
        let last = typed.day(endsOn, "endsOn", "Choose the last day, such as 2027-03-31.")
        let rhythm = typed.number(rhythm, "rhythm", in: 1...92, "Choose how often people check in.")
        if let first, let last {
            if last <= first {
                typed.note("endsOn", "The last day comes after the first.")
            } else if last.days(since: first) > 800 {
                typed.note("endsOn", "A cycle lasts two years at most. Choose an earlier last day.")
            }
        }
        try typed.check()
        guard let kind, let first, let last, let rhythm else { throw Invalid("", "Fill in every field.") }
        return Checked(name: name, kind: kind, startsOn: first, endsOn: last, rhythm: rhythm)
    }
}
