import Foundation
public import Storage

/// Sharing a preparation: what was one's own draft becomes both people's.
extension Sessions {
    /// Shares every draft of the viewer's: aims, agenda items, evidence and the order of the goals. Private notes are never shared.
    ///
    /// Where the partner has shared an aim already, the viewer's goes under it. The partner gets a mail the
    /// first time.
    /// - Returns: how many pieces were shared; 0 when there was none, and then nothing happened.
    @discardableResult
    public func share(_ id: ID<Session>, as viewer: Viewer) async throws -> Int {
        try await write(id, as: viewer) { access, tx, now in
            try access.requirePreparing()
            let session = access.session.id
            var count = 0
            for field in SessionField.allCases where field.isDraftedFirst {
                count += try Self.shareDraft(of: field, access, at: now, in: tx) ? 1 : 0
            }
            count += try tx.run(
                """
                update agenda_item set shared_at = \(now), changed_at = \(now)
                where session = \(session) and author = \(access.me.id) and shared_at is null and removed_at is null
                """)
            count += try tx.run(
                """
                update evidence set shared_at = \(now), changed_at = \(now)
                where session = \(session) and author = \(access.me.id) and shared_at is null and removed_at is null
                """)
            let places = try tx.run(
                """
                update goal_rank set shared_at = \(now)
                where session = \(session) and person = \(access.me.id) and shared_at is null
                """)
            if places > 0 { count += 1 }
            guard count > 0 else { return 0 }
            try tx.journal(
                "shared", session, "session", by: access.me.id, at: now, detail: ["pieces": String(count)])
            try access.mail(
                SessionLetter.shared(access, in: access.partnerZone(in: tx), at: product.address),
                kind: "preparation",
                occasion: "preparation/\(session)/\(access.me.id)", at: now, in: tx)
            return count
        }
    }

    /// Moves an aim's draft to where both read it, and empties the draft; its versions stay its author's.
    private static func shareDraft(
        of field: SessionField, _ access: SessionAccess, at now: Date, in tx: any Transaction
    ) throws -> Bool {
        let aim = Aim(field, from: try texts(of: access, in: tx))
        guard let draft = aim.draft else { return false }
        let body = joined(aim.shared?.body ?? "", draft.body)
        if body.unicodeScalars.count > Limit.text {
            throw Refused(
                "Together with what \(access.partner.first) wrote, your aim is too long. Shorten it a little."
            )
        }
        _ = try save(
            body, to: field, author: "", basedOn: aim.shared?.version ?? 0, access, at: now, in: tx)
        _ = try save(
            "", to: field, author: access.me.id.text, basedOn: draft.version, access, at: now, in: tx)
        return true
    }

    /// One text under another, without the lines that stand there already.
    static func joined(_ upper: String, _ lower: String) -> String {
        let present = Set(upper.split(whereSeparator: \.isNewline))
        let added = lower.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { $0.isEmpty || !present.contains($0) }
        let rest = added.joined(separator: "\n").trimmingCharacters(in: .newlines)
        if upper.isEmpty { return rest }
        return rest.isEmpty ? upper : upper + "\n" + rest
    }
}
