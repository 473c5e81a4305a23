public import Foundation
public import Storage

/// Asking for a strategy session (practice 1): with whom, what for, how long, and when it could be.

/// What somebody typed to ask for a session.
public struct AskDraft: Sendable, Equatable {
    /// The id that the session will have, made when the form was shown. Sent twice, it is asked for once.
    public var id: String
    public var partner: String
    public var purpose: String
    public var purposeWords: String
    public var title: String
    /// The title was flagged, and is meant as it is.
    public var keepsTitle: Bool
    /// Minutes; what is typed where one takes none of the offered lengths.
    public var minutes: String
    public var times: [TimeDraft]
    public var place: String
    public var message: String
    /// The words that the form came with. Left as they were, they are drafted anew for the final purpose
    /// and title.
    public var draftedMessage: String
    /// How often it repeats, beginning with this one.
    public var rhythm: Rhythm
    /// A session of the two that was cancelled, whose preparation comes along; empty for none.
    public var bring: String

    public init(
        id: String = "", partner: String, purpose: String, purposeWords: String = "", title: String,
        keepsTitle: Bool = false, minutes: String, times: [TimeDraft], place: String = "",
        message: String = "",
        draftedMessage: String = "", rhythm: Rhythm = .once, bring: String = ""
    ) {
        self.id = id
        self.partner = partner
        self.purpose = purpose
        self.purposeWords = purposeWords
        self.title = title
        self.keepsTitle = keepsTitle
        self.minutes = minutes
        self.times = times
        self.place = place
        self.message = message
        self.draftedMessage = draftedMessage
        self.rhythm = rhythm
        self.bring = bring
    }
}

/// A proposed time as it was typed: `2026-12-03` and `14:00` on the wall of whoever types.
public struct TimeDraft: Sendable, Equatable {
    public var day: String
    public var time: String

    public init(day: String, time: String) {
        self.day = day
        self.time = time
    }

    /// How many times one can propose at once.
    public static let most = 3
}

/// Someone whom the viewer could ask.
public struct Candidate: Sendable, Equatable, RowReadable {
    public let person: PersonName
    public let job: String
    public let timeZone: TimeZone
    public let relation: Relation

    /// What they are to the viewer.
    public enum Relation: String, Sendable, SQLColumn, CaseIterable {
        case manager
        case report
        case colleague
    }

    public init(row: inout Row) throws {
        person = try PersonName(row: &row)
        job = try row.next()
        timeZone = TimeZones.stored(try row.next())
        relation = try row.next()
    }
}

extension Sessions {
    /// Everybody whom the viewer could ask: the manager first, then reports, then anybody active, by name.
    public func candidates(for viewer: Viewer) async throws -> [Candidate] {
        let found = try await product.database.read { tx in
            try tx.all(
                Candidate.self,
                """
                select p.id, p.name, p.job, p.time_zone,
                    case when p.id = me.manager then 'manager' when p.manager = me.id then 'report'
                        else 'colleague' end
                from person p join person me on me.id = \(viewer.id)
                where p.state = 'active' and p.id <> me.id
                order by p.name, p.id
                """)
        }
        return Candidate.Relation.allCases.flatMap { relation in found.filter { $0.relation == relation } }
    }

    /// Asks somebody for a session. They get a mail, and the answer is theirs.
    ///
    /// The viewer is the manager's part only where the other reports to them; everybody else asks as an
    /// employee.
    /// - Throws: ``Invalid`` for anything typed that can't be taken, at `partner`, `purpose`, `title`,
    ///   `minutes`, `day-1`, `time-1` and so on.
    public func ask(_ draft: AskDraft, as viewer: Viewer) async throws -> ID<Session> {
        let now = product.now()
        return try await product.database.write { tx in try ask(draft, as: viewer, at: now, in: tx) }
    }

    func ask(_ draft: AskDraft, as viewer: Viewer, at now: Date, in tx: any Transaction) throws -> ID<Session> {
        let partner = try ID<Person>(draft.partner).flatMap { try Partner.find($0, for: viewer, in: tx) }
        let ask = try Ask(draft, from: viewer, to: partner, at: now)
        let id = ID<Session>(draft.id) ?? ID<Session>(now: now)
        guard let new = try tx.newID(id, in: "session", unless: ask.isSame, at: now) else { return id }
        try insert(ask, new, at: now, in: tx)
        return new
    }

    /// Writes what was asked for, and mails it.
    /// - Parameter previous: the series that a new one goes on from.
    func insert(
        _ ask: Ask, _ id: ID<Session>, goingOnFrom previous: ID<Series>? = nil, at now: Date, in tx: any Transaction
    ) throws {
        let (employee, manager) =
            ask.partner.reportsToAsker
            ? (ask.partner.name.id, ask.asker.id) : (ask.asker.id, ask.partner.name.id)
        let new = NewSession(
            id: id, employee: employee, manager: manager, askedBy: ask.asker.id, purpose: ask.purpose,
            purposeWords: ask.purposeWords, title: ask.title, message: ask.message, place: ask.place,
            minutes: ask.minutes, times: ask.times,
            previous: try Self.lastHeld(by: employee, and: manager, in: tx),
            series: try SeriesKeeping.propose(
                ask, employee: employee, manager: manager, goingOnFrom: previous, at: now, in: tx))
        _ = try new.insert(at: now, in: tx)
        if let skipped = ask.bringing { try Self.bring(skipped, to: new, by: ask.asker, at: now, in: tx) }
        let access = try SessionAccess.load(id, for: ask.asker, in: tx)
        try Outbox.queue(
            SessionLetter.asked(
                access, ask.times, repeating: ask.cadence, in: ask.partner.timeZone, at: product.address),
            kind: "ask", occasion: "asked/\(id)/1", to: ask.partner.name.id, replyTo: ask.asker.id, at: now,
            in: tx)
    }

    /// Brings along what was prepared for a session of the two that was cancelled.
    /// - Throws: ``NotFound`` for one that isn't theirs.
    private static func bring(
        _ skipped: ID<Session>, to new: NewSession, by asker: Viewer, at now: Date, in tx: any Transaction
    ) throws {
        let old = try SessionAccess.load(skipped, for: asker, in: tx).session
        guard old.employee.id == new.employee, old.manager.id == new.manager, old.state == .cancelled else {
            throw NotFound()
        }
        try Preparing.moveAlong(from: old.id, to: new.id, at: now, in: tx)
    }

    static func insert(
        _ times: [Date], saying words: String = "", round: Int, of session: ID<Session>, by person: ID<Person>,
        at now: Date,
        in tx: any Transaction
    ) throws {
        for time in times {
            try tx.run(
                """
                insert into session_time (id, session, round, starts_at, proposed_by, words)
                values (\(ID<SessionTime>(now: now)), \(session), \(round), \(time), \(person), \(words))
                """)
        }
    }
}

/// Whom a session is asked of, as asking needs to know them.
struct Partner: RowReadable {
    let name: PersonName
    let timeZone: TimeZone
    let reportsToAsker: Bool

    init(row: inout Row) throws {
        name = try PersonName(row: &row)
        timeZone = TimeZones.stored(try row.next())
        reportsToAsker = try row.next()
    }

    /// An active person other than the viewer.
    static func find(_ id: ID<Person>, for viewer: Viewer, in tx: any Transaction) throws -> Partner? {
        try tx.first(
            Partner.self,
            """
            select id, name, time_zone, case when manager = \(viewer.id) then 1 else 0 end
            from person where id = \(id) and state = 'active' and id <> \(viewer.id)
            """)
    }
}

/// An ask whose every part has been checked.
struct Ask {
    let asker: Viewer
    let partner: Partner
    let purpose: Session.Purpose
    let purposeWords: String
    let title: String
    let minutes: Int
    let times: [Date]
    let place: String
    let message: String
    /// Nil for a session that is held once.
    let cadence: Cadence?
    /// A cancelled session whose preparation comes along.
    let bringing: ID<Session>?

    init(_ draft: AskDraft, from asker: Viewer, to partner: Partner?, at now: Date) throws {
        var typed = Typed()
        if partner == nil { typed.note("partner", "Choose whom you want to meet.") }
        let (purpose, purposeWords) = typed.purpose(draft.purpose, words: draft.purposeWords)
        let title = typed.title(
            draft.title, keeps: draft.keepsTitle,
            people: [asker.name] + (partner.map { [$0.name.name] } ?? []))
        let minutes = typed.number(
            draft.minutes, "minutes", in: 5...480, "Say how long, in minutes, from 5 to 480.")
        let times = typed.times(draft.times, in: asker.timeZone, at: now)
        let place = typed.line(draft.place, "place", missing: nil)
        let message = typed.text(draft.message, "message", missing: nil, atMost: Session.longestMessage)
        let drafted = typed.text(
            draft.draftedMessage, "message", missing: nil, atMost: Session.longestMessage)
        let cadence = typed.cadence(draft.rhythm, from: times.first, in: asker.timeZone)
        try typed.check()
        guard let partner, let purpose, let minutes else { throw Invalid(typed.problems) }
        self.asker = asker
        self.partner = partner
        self.purpose = purpose
        self.purposeWords = purposeWords
        self.title = title
        self.minutes = minutes
        self.times = times
        self.place = place
        self.cadence = cadence
        bringing = ID<Session>(draft.bring)
        self.message =
            message.isEmpty || message == drafted
            ? Session.invitation(
                to: partner.name, from: PersonName(id: asker.id, name: asker.name), purpose: purpose,
                purposeWords: purposeWords, title: title, minutes: minutes)
            : message
    }

    /// The condition under which a session is the one that was asked for by this: of the same person, in the same words,
    /// at the same times.
    var isSame: SQL {
        let proposed: SQL = "select count(*) from session_time t where t.session = session.id and t.round = 1"
        return """
            asked_by = \(asker.id) and (employee = \(partner.name.id) or manager = \(partner.name.id))
                and title = \(title) and message = \(message) and (\(proposed)) = \(times.count)
                and (\(proposed) and t.starts_at in \(list: times)) = \(times.count)
            """
    }
}

/// Gives proposed times their own kind of id.
public enum SessionTime {}

extension Typed {
    /// A purpose, with its words where it is one's own.
    mutating func purpose(_ value: String, words: String) -> (Session.Purpose?, String) {
        let purpose = choice(value, "purpose", "Choose what the session is for.", as: Session.Purpose.self)
        guard purpose == .own else { return (purpose, "") }
        return (purpose, line(words, "purpose-words", missing: "Say in a few words what it is for."))
    }

    /// A title that says what the session is for, or that is kept on purpose.
    mutating func title(_ value: String, keeps: Bool, people: [String]) -> String {
        let title = line(value, "title", missing: nil)
        guard title.isEmpty || !keeps, let problem = SessionTitle.problem(title, people: people) else {
            return title
        }
        note("title", problem)
        return title
    }

    /// How often it repeats, where it does; what is wrong with it stands at `repeat`, `every` and `unit`.
    mutating func cadence(_ rhythm: Rhythm, from first: Date?, in zone: TimeZone) -> Cadence? {
        guard !rhythm.isOnce, let first else { return nil }
        do {
            return try rhythm.cadence(from: WallTime(first, in: zone).day)
        } catch let invalid as Invalid {
            for problem in invalid.problems { note(problem.field, problem.words) }
        } catch {
            note("repeat", "Choose how often you meet.")
        }
        return nil
    }

    /// One to three moments in the future, at fields `day-1`, `time-1` and so on. Lines left empty count
    /// for nothing.
    /// - Parameter missing: what to say where all of them are empty.
    mutating func times(
        _ drafts: [TimeDraft], in zone: TimeZone, at now: Date, missing: String = "Propose at least one day and time."
    ) -> [Date] {
        let before = problems.count
        var times: [Date] = []
        for (index, draft) in drafts.prefix(TimeDraft.most).enumerated() {
            guard let time = time(draft, number: index + 1, in: zone, at: now) else { continue }
            if times.contains(time) {
                note("time-\(index + 1)", "You have proposed this time already.")
            } else {
                times.append(time)
            }
        }
        if times.isEmpty, problems.count == before { note("day-1", missing) }
        return times.sorted()
    }

    private mutating func time(_ draft: TimeDraft, number: Int, in zone: TimeZone, at now: Date) -> Date? {
        let (dayText, timeText) = (
            draft.day.trimmingCharacters(in: .whitespaces), draft.time.trimmingCharacters(in: .whitespaces)
        )
        if dayText.isEmpty, timeText.isEmpty { return nil }
        guard let day = Day(dayText) else {
            note("day-\(number)", "Choose a day, such as \(Day(now, in: zone).adding(days: 7).iso).")
            return nil
        }
        guard let wall = WallTime(day: day, time: timeText) else {
            note("time-\(number)", "Choose a time, such as 14:00.")
            return nil
        }
        let moment = wall.moment(in: zone)
        guard moment > now else {
            let year = day.year == Day(now, in: zone).year ? "" : " \(day.year)"
            note("day-\(number)", "\(day.long)\(year), \(wall.time) has passed. Choose a later time.")
            return nil
        }
        guard moment <= now.adding(days: 366) else {
            note("day-\(number)", "That is more than a year away. Choose a day within the year.")
            return nil
        }
        return moment
    }
}
