public import Live
public import Storage

extension Product {
    /// Tells the partners' pages who has left a session's pages without a word. For a process that serves pages, every
    /// few seconds.
    public func tellDepartures() async throws {
        let departures = live.departures()
        guard !departures.isEmpty else { return }
        try await database.write { tx in
            for departure in departures {
                try tx.announce(
                    Notice.present(departure.topic, Presence(person: departure.person, doing: .gone)).text)
            }
        }
    }
}

extension Sessions {
    /// Tells the partner's pages that the viewer is there, or writing in a place that both read. It is kept in memory
    /// only, for a minute at most.
    /// - Throws: ``NotFound``; ``TooManyTries``.
    public func appear(_ doing: Presence.Doing, in id: ID<Session>, as viewer: Viewer) async throws {
        let now = product.now()
        // That one is gone is always heard: it ends what was said before.
        if doing != .gone { try product.attempts.count([.presence(of: viewer.id)], at: now) }
        _ = try await access(id, as: viewer)
        let (topic, presence) = (Topic.session(id), Presence(person: viewer.id, doing: doing))
        guard !product.live.isKnown(presence, on: topic) else { return }
        try await product.database.write { tx in try tx.announce(Notice.present(topic, presence).text) }
    }

    /// What the partner is doing on this session's pages.
    public func presence(ofPartnerIn access: SessionAccess) -> Presence.Doing {
        let known = product.live.presences(on: .session(access.session.id))
        return known.first { $0.person == access.partner.id.text }?.doing ?? .gone
    }
}

extension Attempts.Limit {
    /// Far more than a page says by itself.
    static func presence(of person: ID<Person>) -> Self { Self(key: "presence \(person)", count: 90, minutes: 1) }
}
