import Storage

/// What lies ahead of a session: how ready it is, as its own page judges it, and what has come along to it. Today says it
/// of the next session, and reminders of those that are near.
public struct SessionOutlook: Sendable {
    public let readiness: Readiness
    /// What has come along from earlier sessions, and how much of it somebody has to decide about.
    public let carried: Int
    public let asking: Int
    /// How often it comes round, where it is one of a series.
    public let cadence: Cadence?

    /// Three queries, which count what the page of the preparation would read. The partner's drafts are not counted.
    init(
        of session: Session, for viewer: ID<Person>, today: Day, in tx: any Transaction
    ) throws {
        guard let counts = try tx.first(Counts.self, Counts.query(session.id, viewer, today)) else { throw NotFound() }
        let alignment = try AlignmentFacts.load(of: session.employee.id, in: tx)
        (carried, asking, cadence) = (counts.carried, counts.asking, counts.cadence)
        readiness =
            ReadinessFacts(
                session: session, hasDesired: counts.desired > 0, hasMeasure: counts.measure > 0, alignment: alignment,
                items: counts.items, plannedMinutes: counts.minutes, asking: counts.asking, evidence: counts.evidence,
                bareEvidence: counts.bareEvidence
            ).readiness
    }
}

private struct Counts: RowReadable {
    let items: Int
    let minutes: Int
    let evidence: Int
    let bareEvidence: Int
    let desired: Int
    let measure: Int
    let carried: Int
    let asking: Int
    let cadence: Cadence?

    init(row: inout Row) throws {
        items = try row.next()
        minutes = try row.next()
        evidence = try row.next()
        bareEvidence = try row.next()
        desired = try row.next()
        measure = try row.next()
        carried = try row.next()
        asking = try row.next()
        cadence = try row.next()
    }

    /// Each a subquery of its own, which costs an engine less than tables made on the way, although what is counted in two
    /// ways is gone through twice.
    static func query(_ session: ID<Session>, _ viewer: ID<Person>, _ today: Day) -> SQL {
        let items: SQL = """
            agenda_item a where a.session = s.id and a.removed_at is null
                and (a.shared_at is not null or a.author = \(viewer))
            """
        let evidence: SQL = """
            evidence v where v.session = s.id and v.removed_at is null
                and (v.shared_at is not null or v.author = \(viewer))
            """
        let texts: SQL = """
            session_text x where x.session = s.id and (x.author = '' or x.author = \(viewer)) and x.body <> ''
            """
        let carried: SQL = """
            carried k left join action x on k.kind = 'action' and x.id = k.root
            where k.session = s.id and k.answer is null
                and (k.kind <> 'action' or (x.state = 'open' and x.removed_at is null))
            """
        return """
            select (select count(*) from \(items)), (select coalesce(sum(a.minutes), 0) from \(items)),
                (select count(*) from \(evidence)),
                (select count(*) from \(evidence) and v.kind <> 'support' and v.anecdote = '' and v.link = ''
                    and (v.metric_from is null or v.metric_to is null)),
                (select count(*) from \(texts) and x.field = \(SessionField.desired)),
                (select count(*) from \(texts) and x.field = \(SessionField.measure)),
                (select count(*) from \(carried)),
                (select count(*) from \(carried) and k.times >= \(Carried.patience)
                    and (k.kind <> 'action' or x.due_on < \(today))),
                \(SeriesRule.cadenceOfSession)
            from session s where s.id = \(session)
            """
    }
}
