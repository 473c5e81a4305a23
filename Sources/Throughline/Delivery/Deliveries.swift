public import Storage

extension Product {
    /// What becomes of mail.
    public var deliveries: Deliveries { Deliveries(product: self) }
}

/// What administrators do about mail. They see whom it goes to and what became of it; what passes between two
/// people stays between them.
public struct Deliveries: Sendable {
    let product: Product

    /// A page of deliveries.
    /// - Throws: ``NotFound`` for anyone but administrators.
    public func page(_ search: DeliverySearch, as viewer: Viewer) async throws -> DeliveryPage {
        try await product.database.read { tx in
            try People.requireAdmin(viewer, in: tx)
            let found = try tx.all(Delivery.self, Self.query(search))
            return DeliveryPage(
                deliveries: Array(found.prefix(DeliveryPage.size)), hasMore: found.count > DeliveryPage.size,
                counts: try Self.counts(in: tx))
        }
    }

    /// Puts a message that was given up back in the queue, as if it were new. One that waits, is under way or
    /// has been sent stays as it is.
    /// - Returns: whether it was given up.
    /// - Throws: ``NotFound``, also for anyone but administrators.
    @discardableResult
    public func retry(_ id: ID<Delivery>, as viewer: Viewer) async throws -> Bool {
        let now = product.now()
        return try await product.database.write { tx in
            try People.requireAdmin(viewer, in: tx)
            guard let state = try tx.value(Delivery.State.self, "select state from mail where id = \(id)")
            else {
                throw NotFound()
            }
            guard state == .failed else { return false }
            try tx.run(
                """
                update mail set state = 'waiting', attempts = 0, unsure = 0, next_attempt_at = \(now)
                where id = \(id)
                """)
            try tx.journal("retried", id, "mail", by: viewer.id, at: now)
            return true
        }
    }

    /// One more than a page holds, to know whether there are more. Words that are not for administrators
    /// never leave the database.
    private static func query(_ search: DeliverySearch) -> SQL {
        var conditions: [SQL] = ["1 = 1"]
        if let state = search.state { conditions.append("state = \(state)") }
        if let before = search.before { conditions.append("id < \(before)") }
        let isOpen: SQL = "kind in \(list: Delivery.openKinds)"
        return """
            select id, created_at, to_name, to_email, kind, state, attempts, next_attempt_at, sent_at, last_problem,
                case when \(isOpen) then subject end, case when \(isOpen) then text_body end
            from mail where \(SQL(joining: conditions, separator: " and "))
            order by id desc limit \(DeliveryPage.size + 1)
            """
    }

    private static func counts(in tx: any Transaction) throws -> [Delivery.State: Int] {
        var counts: [Delivery.State: Int] = [:]
        for row in try tx.rows("select state, count(*) from mail group by state") {
            var row = row
            let state = try row.next(Delivery.State.self)
            counts[state] = try row.next(Int.self)
        }
        return counts
    }
}
