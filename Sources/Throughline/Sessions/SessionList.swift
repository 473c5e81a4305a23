public import Foundation
public import Storage

/// A person's sessions, in the order in which they ask for something.
public struct SessionList: Sendable {
    public let needsAnswer: [SessionLine]
    /// Proposed by the viewer; the partner's answer is awaited.
    public let waits: [SessionLine]
    public let running: [SessionLine]
    public let upcoming: [SessionLine]
    /// Held, and not yet confirmed by both.
    public let closing: [SessionLine]
    /// Newest first, at most ``pageLength`` of them.
    public let past: [SessionLine]
    /// Everybody whom the viewer has had or asked a session with, by name.
    public let partners: [PersonName]
    /// Where the page after this one begins; nil if there is none.
    public let older: Date?

    public static let pageLength = 50

    public var isEmpty: Bool {
        needsAnswer.isEmpty && waits.isEmpty && running.isEmpty && upcoming.isEmpty && closing.isEmpty
            && past.isEmpty
    }
}

/// A session as a list shows it.
public struct SessionLine: Sendable, RowReadable {
    public let session: Session
    /// The first of the times that were proposed last, while asked.
    public let firstProposal: Date?
    public let confirmedByEmployee: Bool
    public let confirmedByManager: Bool
    /// When it was, or, for what was never held, when it was asked.
    public let at: Date
    /// How often it comes round, where it is one of a series.
    public let cadence: Cadence?

    public init(row: inout Row) throws {
        session = try Session(row: &row)
        firstProposal = try row.next()
        confirmedByEmployee = try row.next()
        confirmedByManager = try row.next()
        cadence = try row.next()
        at = session.startsAt ?? session.createdAt
    }

    static let columns: SQL = """
        \(Session.columns),
        case when s.state = 'asked' then (select min(t.starts_at) from session_time t where t.session = s.id
            and t.round = (select max(u.round) from session_time u where u.session = s.id)) end,
        \(confirmed(by: "s.employee")), \(confirmed(by: "s.manager")), \(SeriesRule.cadenceOfSession)
        """

    /// Whether a person has confirmed the newest version of the recap, as 0 or 1.
    private static func confirmed(by person: SQL) -> SQL {
        """
        case when s.state = 'confirmed' then 1 when exists (select 1 from recap_confirmation c join recap r
            on r.session = c.session and r.version = c.version
            where c.session = s.id and c.person = \(person)) then 1 else 0 end
        """
    }
}

/// What a person looks for among the sessions that are over.
public struct SessionSearch: Sendable, Equatable {
    public var partner: ID<Person>?
    /// Part of a title, in any case.
    public var words: String
    /// Only what was before.
    public var before: Date?

    public init(partner: ID<Person>? = nil, words: String = "", before: Date? = nil) {
        self.partner = partner
        self.words = words
        self.before = before
    }

    public var isEmpty: Bool { partner == nil && words.isEmpty }
}

extension Sessions {
    /// The viewer's sessions. A search narrows what is over; what still asks for something is always there.
    public func list(_ search: SessionSearch = SessionSearch(), as viewer: Viewer) async throws -> SessionList {
        try await product.database.read { tx in
            let open = try tx.all(
                SessionLine.self,
                """
                select \(SessionLine.columns) from \(Session.tables)
                where (s.employee = \(viewer.id) or s.manager = \(viewer.id))
                    and s.state in ('asked', 'agreed', 'running', 'closing')
                order by coalesce(s.starts_at, s.created_at), s.id
                """)
            let past = try Self.past(search, of: viewer, in: tx)
            let hasMore = past.count > SessionList.pageLength
            let shown = Array(past.prefix(SessionList.pageLength))
            func those(in state: Session.State) -> [SessionLine] { open.filter { $0.session.state == state } }
            let asked = those(in: .asked)
            return SessionList(
                needsAnswer: asked.filter { $0.session.turn == viewer.id },
                waits: asked.filter { $0.session.turn != viewer.id },
                running: those(in: .running), upcoming: those(in: .agreed), closing: those(in: .closing),
                past: shown, partners: try Self.partners(of: viewer, in: tx),
                older: hasMore ? shown.last?.at : nil)
        }
    }

    private static func past(
        _ search: SessionSearch, of viewer: Viewer, in tx: any Transaction
    ) throws -> [SessionLine] {
        var conditions: [SQL] = [
            "(s.employee = \(viewer.id) or s.manager = \(viewer.id))",
            "s.state in ('confirmed', 'declined', 'cancelled')",
        ]
        if let partner = search.partner {
            conditions.append("(s.employee = \(partner) or s.manager = \(partner))")
        }
        if let before = search.before {
            conditions.append("coalesce(s.starts_at, s.created_at) < \(before)")
        }
        let words = search.words.lowercased().replacing("\\", with: "\\\\").replacing("%", with: "\\%")
            .replacing("_", with: "\\_")
        if !words.isEmpty {
            conditions.append("lower(s.title) like \("%\(words)%") escape '\\'")
        }
        return try tx.all(
            SessionLine.self,
            """
            select \(SessionLine.columns) from \(Session.tables)
            where \(SQL(joining: conditions, separator: " and "))
            order by coalesce(s.starts_at, s.created_at) desc, s.id desc limit \(SessionList.pageLength + 1)
            """)
    }

    private static func partners(of viewer: Viewer, in tx: any Transaction) throws -> [PersonName] {
        try tx.all(
            PersonName.self,
            """
            select p.id, p.name from person p
            where p.id <> \(viewer.id) and exists (select 1 from session s
                where (s.employee = \(viewer.id) and s.manager = p.id)
                    or (s.manager = \(viewer.id) and s.employee = p.id))
            order by p.name, p.id
            """)
    }
}
