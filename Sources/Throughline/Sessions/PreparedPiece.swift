import Foundation
import Storage

/// What agenda items and evidence have in common: each is its author's draft until it is shared, then both people's, and
/// what was taken away can be put back.
protocol PreparedPiece: RowReadable, Sendable {
    static var columns: SQL { get }
    static var tables: SQL { get }
    /// What `tables` calls its table.
    static var alias: SQL { get }
    static var order: SQL { get }
    static var table: String { get }
    /// What the journal calls it.
    static var kind: String { get }
    /// How many a session can hold, those that were taken away not counted.
    static var most: Int { get }
    /// What is said to whoever adds one more.
    static var fullWords: String { get }
    var id: ID<Self> { get }
    var isShared: Bool { get }
    var removedAt: Date? { get }
}

extension PreparedPiece {
    /// Those that the viewer may see, in their order: those that are shared, and the viewer's own drafts. Those that were
    /// taken away come too.
    static func all(of access: SessionAccess, in tx: any Transaction) throws -> [Self] {
        try tx.all(
            Self.self,
            """
            select \(columns) from \(tables)
            where \(alias).session = \(access.session.id) and \(access.canSee(alias)) order by \(order)
            """)
    }

    /// - Throws: ``NotFound`` when the viewer may not see such a piece of this session.
    static func find(_ id: ID<Self>, of access: SessionAccess, in tx: any Transaction) throws -> Self {
        let found = try tx.first(
            Self.self,
            """
            select \(columns) from \(tables)
            where \(alias).id = \(id) and \(alias).session = \(access.session.id) and \(access.canSee(alias))
            """)
        guard let found else { throw NotFound() }
        return found
    }

    /// - Throws: ``Refused`` when the session holds as many as it can. The partner's drafts are not counted.
    static func requireRoom(in access: SessionAccess, _ tx: any Transaction) throws {
        let count = try tx.value(
            Int.self,
            """
            select count(*) from \(unchecked: table) \(alias) where \(alias).session = \(access.session.id)
                and \(alias).removed_at is null and \(access.canSee(alias))
            """)
        guard (count ?? 0) < most else { throw Refused(fullWords) }
    }
}

extension Sessions {
    /// Takes a piece away, or puts it back. Said twice, it happens once.
    /// - Throws: ``Refused`` when there is no room to put it back.
    func setRemoved<Piece: PreparedPiece>(
        _: Piece.Type, _ piece: ID<Piece>, _ isRemoved: Bool, in id: ID<Session>, as viewer: Viewer
    ) async throws {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            try Self.setRemoved(try Piece.find(piece, of: access, in: tx), isRemoved, access, at: now, in: tx)
        }
    }

    static func setRemoved<Piece: PreparedPiece>(
        _ present: Piece, _ isRemoved: Bool, _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws {
        guard (present.removedAt != nil) != isRemoved else { return }
        if !isRemoved { try Piece.requireRoom(in: access, tx) }
        try tx.run(
            """
            update \(unchecked: Piece.table) set removed_at = \(isRemoved ? now : nil), version = version + 1,
                changed_at = \(now)
            where id = \(present.id)
            """)
        guard present.isShared else { return }
        try tx.journal(
            isRemoved ? "removed" : "restored", present.id, Piece.kind, by: access.me.id, at: now)
    }
}

extension SessionAccess {
    /// The condition under which the viewer sees a piece of the preparation: it is shared, or their own
    /// draft.
    func canSee(_ table: SQL) -> SQL {
        "(\(table).shared_at is not null or \(table).author = \(me.id))"
    }

    /// Refuses changes to the preparation once the session is over.
    func requirePreparing() throws {
        try require(
            .asked, .agreed, .running,
            orSay: session.state == .closing || session.state == .confirmed
                ? "The session has been held; what was prepared is kept as it was."
                : "This session will not be held; what was prepared is kept as it was.")
    }
}
