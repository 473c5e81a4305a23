// Saying yes to a recap. When both have said yes to the same version, it is frozen and mailed, in the same transaction.
import Foundation
public import Storage

/// What a yes led to.
public enum ConfirmationOutcome: Sendable, Equatable {
    /// It is kept; the other's yes is awaited.
    case waits
    /// Both have said yes: the recap is final.
    case final
}

extension Sessions {
    /// Says yes to the version of the recap that was read. Said twice, it counts once.
    /// - Throws: ``Conflict`` when the recap has changed since; ``Refused`` while a correction waits for its answer.
    public func confirm(
        _ id: ID<Session>, seen version: Int, as viewer: Viewer
    ) async throws -> ConfirmationOutcome {
        let address = product.address
        return try await write(id, as: viewer) { access, tx, now in
            if access.session.state == .confirmed { return .final }
            let recap = try access.openRecap(in: tx)
            guard recap.version == version else {
                throw Conflict(
                    "\(recap.changedBy.first) changed the recap at \(recap.changedAt.time(in: viewer.timeZone)). "
                        + "Read it again before you say yes.")
            }
            let open = try RecapCorrection.all(of: access, in: tx).filter { $0.outcome == .open }
            if let correction = open.first {
                throw Refused(
                    correction.author.id == viewer.id
                        ? "You asked for another wording, which waits for \(access.partner.first). Take it back to say yes."
                        : "\(correction.author.first) asked for another wording. Answer that first.")
            }
            let added = try tx.run(
                """
                insert into recap_confirmation (session, person, version, confirmed_at)
                values (\(id), \(viewer.id), \(version), \(now)) on conflict (session, person, version) do nothing
                """)
            if added == 1 {
                try tx.journal(
                    "confirmed", id, "recap", by: viewer.id, at: now, detail: ["version": String(version)])
            }
            let yeses = try RecapConfirmation.all(of: access, in: tx).filter { $0.version == version }
            guard access.session.people.allSatisfy({ person in yeses.contains { $0.person == person.id } })
            else {
                return .waits
            }
            try access.move(to: .confirmed, setting: "confirmed_at = \(now)", at: now, in: tx)
            try Self.carryOver(from: id, by: viewer.id, at: now, in: tx)
            try Self.queueRecap(try access.confirmed(at: now, in: tx), address: address, at: now, in: tx)
            return .final
        }
    }

    /// Queues the recap to both, each once for ever.
    private static func queueRecap(
        _ view: RecapView, address: String, at now: Date, in tx: any Transaction
    ) throws {
        let people = view.session.people
        let zones = try PersonZone.find(people.map(\.id), in: tx)
        for person in people {
            try Outbox.queue(
                view.letter(to: person, zone: zones[person.id] ?? .gmt, address: address), kind: "recap",
                occasion: "recap/\(view.session.id)/\(person.id)", to: person.id,
                replyTo: view.access.session.people.first { $0.id != person.id }?.id, at: now, in: tx)
        }
    }
}

extension SessionAccess {
    /// The recap as it stands right after it was confirmed, in the same transaction.
    fileprivate func confirmed(at now: Date, in tx: any Transaction) throws -> RecapView {
        let session = try tx.first(
            Session.self, "select \(Session.columns) from \(Session.tables) where s.id = \(session.id)")
        guard let session else { throw NotFound() }
        return try Sessions.recapView(try SessionAccess(session, for: me.id), at: now, in: tx)
    }
}

/// In which time zone somebody reads times.
struct PersonZone: RowReadable {
    let id: ID<Person>
    let zone: TimeZone

    init(row: inout Row) throws {
        id = try row.next()
        zone = TimeZones.stored(try row.next())
    }

    static func find(_ people: [ID<Person>], in tx: any Transaction) throws -> [ID<Person>: TimeZone] {
        let found = try tx.all(
            PersonZone.self, "select id, time_zone from person where id in \(list: people)")
        return Dictionary(found.map { ($0.id, $0.zone) }, uniquingKeysWith: { first, _ in first })
    }
}
