public import Foundation
public import Storage

/// One thing to talk about: how long, who leads it, and what it should end with (practice 4).
///
/// It is its author's draft until it is shared; then it is both people's, to change, move and take off.
public struct AgendaItem: Sendable, Equatable, PreparedPiece {
    public let id: ID<AgendaItem>
    public let author: PersonName
    public let title: String
    public let minutes: Int
    public let presenter: ID<Person>
    public let ending: Ending
    public let sharedAt: Date?
    /// The session that it was carried over from.
    public let origin: ID<Session>?
    public let timesCarried: Int
    /// What it was made from, as ``AgendaOffer/key`` names it; empty for one that somebody wrote.
    public let source: String
    /// Counts the saves, so that a save on top of an older one is noticed.
    public let version: Int
    public let createdAt: Date
    public let changedAt: Date
    public let removedAt: Date?

    public var isShared: Bool { sharedAt != nil }

    /// What an item should end with.
    public enum Ending: String, Sendable, SQLColumn, CaseIterable {
        case decide
        case feedback
        case align
        case plan
        case inform
    }

    static let columns: SQL = """
        i.id, a.id, a.name, i.title, i.minutes, i.presenter, i.ending, i.shared_at, i.origin, i.times_carried,
        i.source, i.version, i.created_at, i.changed_at, i.removed_at
        """
    static let tables: SQL = "agenda_item i join person a on a.id = i.author"
    static let alias: SQL = "i"
    static let order: SQL = "i.position, i.id"
    static let table = "agenda_item"
    static let kind = "agenda-item"
    static let most = 40
    static let fullWords = "An agenda holds \(most) items. Take one off before you add another."

    public init(row: inout Row) throws {
        id = try row.next()
        author = try PersonName(row: &row)
        title = try row.next()
        minutes = try row.next()
        presenter = try row.next()
        ending = try row.next()
        sharedAt = try row.next()
        origin = try row.next()
        timesCarried = try row.next()
        source = try row.next()
        version = try row.next()
        createdAt = try row.next()
        changedAt = try row.next()
        removedAt = try row.next()
    }
}

/// What somebody typed into an agenda item.
public struct AgendaDraft: Sendable, Equatable {
    public var title: String
    public var minutes: String
    public var presenter: String
    public var ending: String

    public init(title: String, minutes: String, presenter: String, ending: String) {
        self.title = title
        self.minutes = minutes
        self.presenter = presenter
        self.ending = ending
    }
}

/// How a save of a shared piece ended.
public enum PieceOutcome<Piece: Sendable>: Sendable {
    case saved(version: Int)
    /// The partner has changed it meanwhile. Nothing was written; this is how it stands now.
    case collided(theirs: Piece)
}

/// A draft whose every part has been checked.
struct AgendaContent: Equatable {
    let title: String
    let minutes: Int
    let presenter: ID<Person>
    let ending: AgendaItem.Ending

    init(_ draft: AgendaDraft, for access: SessionAccess) throws {
        var typed = Typed()
        let title = typed.line(draft.title, "title", missing: "Say what you want to talk about.")
        let minutes = typed.number(draft.minutes, "minutes", in: 1...480, "Give it from 1 to 480 minutes.")
        let presenter = [access.me.id, access.partner.id].first { $0.text == draft.presenter }
        if presenter == nil { typed.note("presenter", "Choose which of you leads it.") }
        let ending = typed.choice(
            draft.ending, "ending", "Choose what it should end with.", as: AgendaItem.Ending.self)
        try typed.check()
        guard let minutes, let presenter, let ending else { throw Invalid(typed.problems) }
        self.init(title: title, minutes: minutes, presenter: presenter, ending: ending)
    }

    init(title: String, minutes: Int, presenter: ID<Person>, ending: AgendaItem.Ending) {
        self.title = title
        self.minutes = minutes
        self.presenter = presenter
        self.ending = ending
    }

    init(_ item: AgendaItem) {
        self.init(title: item.title, minutes: item.minutes, presenter: item.presenter, ending: item.ending)
    }
}

extension Sessions {
    /// Adds an item as the viewer's draft.
    /// - Parameter item: an id made when the form was shown. Sent twice, it is added once.
    /// - Returns: the id that the item has.
    @discardableResult
    public func addItem(
        _ draft: AgendaDraft, as item: ID<AgendaItem>, to id: ID<Session>, as viewer: Viewer
    ) async throws -> ID<AgendaItem> {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let content = try AgendaContent(draft, for: access)
            let same: SQL = "\(access.isMine) and title = \(content.title)"
            guard let new = try tx.newID(item, in: "agenda_item", unless: same, at: now) else { return item }
            try Self.add(content, as: new, access, at: now, in: tx)
            return new
        }
    }

    /// Saves an item that was changed on top of `version`.
    public func saveItem(
        _ draft: AgendaDraft, to item: ID<AgendaItem>, basedOn version: Int, in id: ID<Session>,
        as viewer: Viewer
    ) async throws -> PieceOutcome<AgendaItem> {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let present = try AgendaItem.find(item, of: access, in: tx)
            let content = try AgendaContent(draft, for: access)
            if AgendaContent(present) == content { return .saved(version: present.version) }
            guard present.version == version else { return .collided(theirs: present) }
            try tx.run(
                """
                update agenda_item set title = \(content.title), minutes = \(content.minutes),
                    presenter = \(content.presenter), ending = \(content.ending), version = \(version + 1),
                    changed_at = \(now)
                where id = \(item)
                """)
            if present.isShared {
                try tx.journal("changed", item, "agenda-item", by: access.me.id, at: now)
            }
            return .saved(version: version + 1)
        }
    }

    /// Takes an item off the agenda. It can be put back.
    public func removeItem(_ item: ID<AgendaItem>, from id: ID<Session>, as viewer: Viewer) async throws {
        try await setRemoved(AgendaItem.self, item, true, in: id, as: viewer)
    }

    /// Puts an item back on the agenda.
    public func restoreItem(_ item: ID<AgendaItem>, in id: ID<Session>, as viewer: Viewer) async throws {
        try await setRemoved(AgendaItem.self, item, false, in: id, as: viewer)
    }

    /// Moves an item to a place among those that the viewer sees, 0 for the first. Said twice, it is moved
    /// once.
    public func moveItem(
        _ item: ID<AgendaItem>, to place: Int, in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            var order = try AgendaItem.all(of: access, in: tx).filter { $0.removedAt == nil }.map(\.id)
            guard let from = order.firstIndex(of: item) else { throw NotFound() }
            order.remove(at: from)
            order.insert(item, at: min(max(place, 0), order.count))
            try Self.arrange(order, access, at: now, in: tx)
        }
    }

    /// Puts the items in this order. What the viewer doesn't see stays where it is, and so does what isn't
    /// named.
    public func arrangeItems(_ order: [ID<AgendaItem>], in id: ID<Session>, as viewer: Viewer) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            try Self.arrange(order, access, at: now, in: tx)
        }
    }

    /// Hands the named items' own positions round among them, in the new order.
    static func arrange(
        _ order: [ID<AgendaItem>], _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws {
        let places = try tx.all(
            Place.self,
            """
            select i.id, i.position, case when i.shared_at is null then 0 else 1 end from agenda_item i
            where i.session = \(access.session.id) and \(access.canSee("i")) order by i.position, i.id
            """)
        var seen: Set<ID<AgendaItem>> = []
        let order = order.filter { id in places.contains { $0.item == id } && seen.insert(id).inserted }
        let positions = places.filter { order.contains($0.item) }
        let moved = zip(order, positions).filter { $0 != $1.item }
        guard !moved.isEmpty else { return }
        for (item, place) in moved {
            try tx.run("update agenda_item set position = \(place.position) where id = \(item)")
        }
        // That one's own drafts have changed places is nobody's business.
        guard moved.contains(where: { _, place in place.isShared }) else { return }
        try tx.journal("arranged", access.session.id, "session", by: access.me.id, at: now)
    }

    /// Adds an item after all others.
    static func add(
        _ content: AgendaContent, as item: ID<AgendaItem>, from source: Source = Source(key: ""),
        _ access: SessionAccess,
        at now: Date, in tx: any Transaction
    ) throws {
        let session = access.session.id
        try AgendaItem.requireRoom(in: access, tx)
        // Drafts of the partner's and items that were taken off keep their places, or two could end up sharing one.
        let last = try tx.value(
            Double.self, "select coalesce(max(i.position), 0.0) from agenda_item i where i.session = \(session)")
        try tx.run(
            """
            insert into agenda_item (id, session, author, title, minutes, presenter, ending, position, origin,
                times_carried, source, created_at, changed_at)
            values (\(item), \(session), \(access.me.id), \(content.title), \(content.minutes),
                \(content.presenter), \(content.ending), \((last ?? 0) + 1), \(source.origin),
                \(source.times), \(source.key), \(now), \(now))
            """)
    }

    /// What an item is made from.
    struct Source {
        let key: String
        var origin: ID<Session>?
        /// How often it has been carried.
        var times = 0
    }

    private struct Place: RowReadable {
        let item: ID<AgendaItem>
        let position: Double
        let isShared: Bool

        init(row: inout Row) throws {
            item = try row.next()
            position = try row.next()
            isShared = try row.next()
        }
    }
}
