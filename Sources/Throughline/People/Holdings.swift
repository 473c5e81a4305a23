// What is to be handed over when somebody leaves.
public import Storage

/// What a person still looks after, as far as the viewer may know: objectives and key results that they may read, by name,
/// and of what people agreed with one another how much there is, but not with whom or what about.
public struct Holdings: Sendable, Equatable {
    /// Those that are open, objectives first.
    public let goals: [Goal]
    /// Commitments of theirs that are open.
    public let commitments: Int
    /// Sessions that are agreed and not begun.
    public let sessions: Int
    public let series: Int

    public struct Goal: Sendable, Equatable {
        public let kind: Kind
        public let title: String
    }

    public enum Kind: Sendable, Equatable {
        case objective(ID<Objective>)
        case keyResult(ID<KeyResult>)
    }

    public var isEmpty: Bool { goals.isEmpty && commitments + sessions + series == 0 }
}

extension Holdings {
    /// Two queries.
    static func load(of person: ID<Person>, for viewer: Viewer, in tx: any Transaction) throws -> Holdings {
        let agreed = try tx.first(Agreed.self, agreed(by: person))
        return Holdings(
            goals: try tx.all(Goal.self, goals(of: person, for: viewer)), commitments: agreed?.commitments ?? 0,
            sessions: agreed?.sessions ?? 0, series: agreed?.series ?? 0)
    }

    private static func goals(of person: ID<Person>, for viewer: Viewer) -> SQL {
        let open: SQL = """
            o.state = 'open' and (o.stage is null or o.stage <> 'closed')
                and \(ObjectiveAccess.isReadable(by: viewer.id))
            """
        return """
            select 1 as place, o.id as id, o.title as title
            from objective o left join person w on w.id = o.owner
            where o.owner = \(person) and \(open)
            union all
            select 2, k.id, k.title
            from key_result k join objective o on o.id = k.objective left join person w on w.id = o.owner
            where k.owner = \(person) and k.removed_at is null and \(open)
            order by place, title, id
            """
    }

    private static func agreed(by person: ID<Person>) -> SQL {
        """
        select (select count(*) from action a join session s on s.id = a.session
                where a.owner = \(person) and a.state = 'open' and a.removed_at is null
                    and (s.state = 'confirmed' or exists (select 1 from carried k where k.action = a.id))),
            (select count(*) from session
                where (employee = \(person) or manager = \(person)) and state = 'agreed'),
            (select count(*) from series
                where (employee = \(person) or manager = \(person)) and state = 'agreed')
        """
    }

    private struct Agreed: RowReadable {
        let commitments: Int
        let sessions: Int
        let series: Int

        init(row: inout Row) throws {
            commitments = try row.next()
            sessions = try row.next()
            series = try row.next()
        }
    }
}

extension Holdings.Goal: RowReadable {
    public init(row: inout Row) throws {
        let place: Int = try row.next()
        kind = place == 1 ? .objective(try row.next()) : .keyResult(try row.next())
        title = try row.next()
    }
}
