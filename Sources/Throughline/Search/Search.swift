import Foundation
import Storage

extension Product {
    public var search: Search { Search(product: self) }
}

/// Looks for words in what somebody may read: objectives, key results, their sessions and what was promised in them.
///
/// Access is proven in the queries themselves, by the rules that the lists use: an objective's by
/// ``ObjectiveAccess/isReadable(by:)``, a session's by being one of its two people or by what was opened
/// (``HistoryGrant/opens``), a draft's and a private note's by being its author. What doesn't pass is not counted either.
public struct Search: Sendable {
    let product: Product

    /// - Parameter typed: as it was typed; see ``SearchWords``. Where it holds no word, nothing is found.
    public func results(for typed: String, as viewer: Viewer) async throws -> SearchResults {
        let words = SearchWords(Typed.cleaned(typed))
        guard !words.isEmpty else { return .nothing(for: words) }
        return try await product.database.read { tx in
            let objectives = try Self.objectives(words, viewer, in: tx)
            return SearchResults(
                words: words, objectives: Found(objectives.filter { $0.keyResult == nil }),
                keyResults: Found(objectives.filter { $0.keyResult != nil }),
                sessions: Found(try Self.sessions(words, viewer, in: tx)),
                commitments: Found(try Self.commitments(words, viewer, in: tx)))
        }
    }

    /// What has all the words in its title comes first. No figure of the whole index is in the order, such as how rare a
    /// word is: it would say something of texts that the viewer may not read.
    private static func order(_ words: SearchWords, in tx: any Transaction) -> SQL {
        "case when \(tx.finds(words, in: .title)) then 0 else 1 end"
    }

    private static var limit: Int { Found<FoundSession>.most + 1 }
}

// MARK: - Objectives and key results

extension Search {
    /// Those of each kind, one more than are shown: first by their title, then the open ones, then the newest.
    private static func objectives(
        _ words: SearchWords, _ viewer: Viewer, in tx: any Transaction
    ) throws -> [FoundObjective] {
        let rows = try tx.all(
            ObjectiveRow.self,
            """
            with ranked as (
                select e.number, row_number() over (partition by e.source order by \(order(words, in: tx)),
                    case when o.state = 'open' and (o.stage is null or o.stage <> 'closed') then 0 else 1 end,
                    o.id desc, e.thing desc) as place
                from search_entry e join objective o on o.id = e.objective left join person w on w.id = o.owner
                where \(tx.finds(words, in: .anywhere)) and \(ObjectiveAccess.isReadable(by: viewer.id)))
            select e.source, e.thing, e.title, e.body, o.id, o.title, o.level, t.name, w.name, y.name, o.state, o.stage
            from ranked r join search_entry e on e.number = r.number join objective o on o.id = e.objective
                left join team t on t.id = o.team left join person w on w.id = o.owner
                left join cycle y on y.id = o.cycle
            where r.place <= \(limit) order by r.place
            """)
        return rows.map { $0.found(words) }
    }

    private struct ObjectiveRow: RowReadable {
        let source: String
        let thing: String
        let title: String
        let body: String
        let objective: ID<Objective>
        let objectiveTitle: String
        let level: Objective.Level
        let team: String?
        let owner: String?
        let cycle: String?
        let state: Objective.State
        let stage: Stage?

        init(row: inout Row) throws {
            source = try row.next()
            thing = try row.next()
            title = try row.next()
            body = try row.next()
            objective = try row.next()
            objectiveTitle = try row.next()
            level = try row.next()
            team = try row.next()
            owner = try row.next()
            cycle = try row.next()
            state = try row.next()
            stage = try row.next()
        }

        func found(_ words: SearchWords) -> FoundObjective {
            let about = Excerpt(around: body, finding: words)
            return FoundObjective(
                objective: objective, keyResult: source == "key_result" ? ID(thing) : nil,
                title: Excerpt(line: title, finding: words), about: about.hasFound ? about : .none,
                objectiveTitle: objectiveTitle, level: level, team: team, owner: owner, cycle: cycle, state: state,
                stage: stage)
        }
    }
}

// MARK: - Sessions

extension Search {
    /// The sessions that a viewer may read something of, and how much: 2 their own, 1 the whole record, 0 the recap.
    private static func readable(by viewer: Viewer) -> SQL {
        """
        readable (session, reach) as (
            select s.id, 2 from session s where s.employee = \(viewer.id)
            union all select s.id, 2 from session s where s.manager = \(viewer.id)
            union all select s.id, max(case when h.scope = 'whole' then 1 else 0 end)
                from history_grant h join session s on s.employee = h.employee and s.manager = h.manager
                where h.reader = \(viewer.id) and \(HistoryGrant.opens) group by s.id)
        """
    }

    /// Of those sessions, the entries `e` that the viewer may read. The sessions come first, by `cross join`, which SQLite
    /// keeps to: what is looked through then grows with what the viewer may read and not with what there is.
    private static func entries(of viewer: Viewer) -> SQL {
        """
        from readable q cross join search_entry e cross join session s
        where e.session = q.session and s.id = q.session
            and (e.author = '' or (q.reach = 2 and e.author = \(viewer.id)))
        """
    }

    /// One more than are shown: first by their title, then the newest.
    private static func sessions(
        _ words: SearchWords, _ viewer: Viewer, in tx: any Transaction
    ) throws -> [FoundSession] {
        let rows = try tx.all(
            SessionRow.self,
            """
            with \(readable(by: viewer)),
            found as (
                select s.id, s.title, s.state, coalesce(s.starts_at, s.created_at) as at, s.employee, s.manager,
                    q.reach, e.number, e.part, e.author, e.body,
                    case when e.part = 'title' then 0 else 1 end as rank
                \(entries(of: viewer)) and e.part <> 'action'
                    and (q.reach = 2 or e.part in \(list: SessionPart.ofRecap)
                        or (q.reach = 1 and e.part in \(list: SessionPart.ofRecord)))
                    and (s.state = 'running' or e.part not in \(list: SessionPart.untilRecap))
                    and \(tx.finds(words, in: .anywhere, amongFew: true))),
            ranked as (select f.*, min(f.rank) over (partition by f.id) as best from found f),
            placed as (
                select r.*, dense_rank() over (order by r.best, r.at desc, r.id desc) as place,
                    row_number() over (partition by r.id order by r.rank, r.number desc) as nth
                from ranked r)
            select l.id, l.title, l.state, l.at, p.id, p.name, m.id, m.name, l.reach, l.part, l.author, l.body
            from placed l join person p on p.id = l.employee join person m on m.id = l.manager
            where l.place <= \(limit) and l.nth <= \(FoundSession.mostPlaces + 2)
            order by l.place, l.nth
            """)
        return SessionRow.bySession(rows).compactMap { $0.first?.found(with: $0, words) }
    }

    private struct SessionRow: RowReadable {
        let id: ID<Session>
        let title: String
        let state: Session.State
        let at: Date
        let employee: PersonName
        let manager: PersonName
        let reach: Int
        let part: SessionPart
        let author: String
        let body: String

        init(row: inout Row) throws {
            id = try row.next()
            title = try row.next()
            state = try row.next()
            at = try row.next()
            employee = try PersonName(row: &row)
            manager = try PersonName(row: &row)
            reach = try row.next()
            part = try row.next()
            author = try row.next()
            body = try row.next()
        }

        static func bySession(_ rows: [SessionRow]) -> [[SessionRow]] {
            rows.reduce(into: []) { groups, row in
                if groups.last?.first?.id == row.id {
                    groups[groups.count - 1].append(row)
                } else {
                    groups.append([row])
                }
            }
        }

        func found(with rows: [SessionRow], _ words: SearchWords) -> FoundSession {
            let places = rows.filter { $0.part != .title }
            return FoundSession(
                session: id, title: Excerpt(line: title, finding: words), state: state, at: at, employee: employee,
                manager: manager, isOpened: reach < 2,
                places: places.prefix(FoundSession.mostPlaces).map { row in
                    FoundSession.Place(
                        part: row.part, isMineAlone: !row.author.isEmpty,
                        excerpt: Excerpt(around: row.body, finding: words))
                },
                hasMorePlaces: places.count > FoundSession.mostPlaces)
        }
    }
}

// MARK: - Commitments

extension Search {
    /// One more than are shown: the open ones first, then those due last.
    private static func commitments(
        _ words: SearchWords, _ viewer: Viewer, in tx: any Transaction
    ) throws -> [FoundCommitment] {
        let rows = try tx.all(
            CommitmentRow.self,
            """
            with \(readable(by: viewer)),
            found as (
                select e.thing, e.title, e.body, s.id, s.title as session_title,
                    coalesce(s.starts_at, s.created_at) as at, q.reach
                \(entries(of: viewer)) and e.part = 'action' and \(tx.finds(words, in: .anywhere, amongFew: true)))
            select f.thing, f.title, f.body, f.id, f.session_title, f.at, f.reach, p.id, p.name, a.due_on, a.state
            from found f join action a on a.id = f.thing join person p on p.id = a.owner
            order by case when a.state = 'open' then 0 else 1 end, a.due_on desc, a.id desc limit \(limit)
            """)
        return rows.map { $0.found(words) }
    }

    private struct CommitmentRow: RowReadable {
        let action: ID<Action>
        let body: String
        let ending: String
        let session: ID<Session>
        let sessionTitle: String
        let at: Date
        let reach: Int
        let owner: PersonName
        let dueOn: Day
        let state: Action.State

        init(row: inout Row) throws {
            action = try row.next()
            body = try row.next()
            ending = try row.next()
            session = try row.next()
            sessionTitle = try row.next()
            at = try row.next()
            reach = try row.next()
            owner = try PersonName(row: &row)
            dueOn = try row.next()
            state = try row.next()
        }

        func found(_ words: SearchWords) -> FoundCommitment {
            let ending = Excerpt(around: ending, finding: words)
            return FoundCommitment(
                action: action, session: session, body: Excerpt(line: body, finding: words),
                ending: ending.hasFound ? ending : .none, owner: owner, dueOn: dueOn, state: state,
                sessionTitle: sessionTitle, at: at, isOpened: reach < 2)
        }
    }
}
