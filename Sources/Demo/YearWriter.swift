// One person's year, as rows: goals, work, and a session with their manager every four weeks.
import Foundation
import Storage
import Throughline

struct YearWriter {
    let member: Member
    let number: Int
    let almanac: Almanac
    var dice: Dice

    private var rows: [SQL] = []
    private var subjects: [Subject]

    /// A goal or a piece of work.
    struct Subject: RowReadable, Sendable {
        let column: String
        let id: String
        let title: String
        let since: Date

        init(column: String, id: String, title: String, since: Date) {
            self.column = column
            self.id = id
            self.title = title
            self.since = since
        }

        init(row: inout Row) throws {
            column = try row.next()
            id = try row.next()
            title = try row.next()
            since = try row.next()
        }

        static func load(of person: ID<Person>, from database: any Database) async throws -> [Subject] {
            try await database.read { tx in
                try tx.all(
                    Subject.self,
                    """
                    select 'objective', id, title, created_at from objective
                    where owner = \(person) and level = 'person' and state = 'open'
                    union all
                    select 'work', id, title, created_at from work where owner = \(person) and state = 'under way'
                    order by 1, 4
                    """)
            }
        }
    }

    init(member: Member, number: Int, almanac: Almanac, dice: Dice, subjects: [Subject]) {
        self.subjects = subjects
        self.member = member
        self.number = number
        self.almanac = almanac
        self.dice = dice
    }

    /// Everything that is to be written, in an order that the tables' references allow.
    mutating func statements(_ targets: LinkTargets) -> [SQL] {
        if member.isNew { writeGoals(targets.targets(of: member, number: number)) }
        // Spread over the working days and hours of four weeks.
        let ahead = member.isNew ? 1 + (number * 5 + number / 27) % 27 : 6 + number * 5 % 21
        let next = member.firstScripted ?? almanac.working(onOrAfter: almanac.today.adding(days: ahead))
        let time = ["09:30", "10:00", "11:00", "13:30", "14:00", "15:00", "16:00"][number % 7]
        var previous: ID<Session>?
        for back in stride(from: 13, through: member.firstScripted == nil ? 0 : 1, by: -1) {
            let day = almanac.working(onOrAfter: next.adding(days: -28 * back))
            // Before a script that is told far ahead, some of the year is still to come.
            guard back == 0 || day < almanac.today else { continue }
            let theme = Theme.all[(number * 5 + number / 9 + (13 - back) * 2) % Theme.all.count]
            previous = writeSession(theme, day, time, after: previous, isAhead: back == 0)
        }
        return rows
    }

    // MARK: Goals and work

    private mutating func writeGoals(_ targets: [ID<Objective>]) {
        guard let kind = member.kind else { return }
        let made = almanac.beginning.adding(days: 2)
        for offset in 0..<2 {
            let id = ID<Objective>(now: made, using: &dice)
            let (title, standing) = kind.goals[(number + offset * 3) % kind.goals.count]
            rows.append(
                """
                insert into objective (id, level, owner, title, priority, standing, due_on, created_by, created_at,
                    changed_by, changed_at)
                values (\(id), 'person', \(member.person), \(title), \(offset + 1), \(standing), \(almanac.quarterEnd),
                    \(member.person), \(made), \(member.person), \(made))
                """)
            for target in offset == 0 ? targets : Array(targets.prefix(1)) {
                rows.append("insert into objective_support (objective, supports) values (\(id), \(target))")
            }
            subjects.append(Subject(column: "objective", id: id.text, title: title, since: made))
            let work = ID<Work>(now: made, using: &dice)
            let (task, progress, hours) = kind.work[(number + offset * 2) % kind.work.count]
            rows.append(
                """
                insert into work (id, owner, title, standing, hours_a_week, created_at, changed_at)
                values (\(work), \(member.person), \(task), \(progress), \(hours), \(made), \(made))
                """)
            // One in nine serves nothing yet: somebody should ask what for.
            if (number + offset) % 9 != 4 {
                rows.append("insert into work_support (work, objective) values (\(work), \(id))")
            }
            subjects.append(Subject(column: "work", id: work.text, title: task, since: made))
        }
    }

    // MARK: A session

    private mutating func writeSession(
        _ theme: Theme, _ day: Day, _ time: String, after previous: ID<Session>?, isAhead: Bool
    ) -> ID<Session> {
        let start = almanac.moment(day, time)
        let asked = almanac.moment(almanac.working(onOrBefore: min(day, almanac.today).adding(days: -8)), "10:20")
        let answered = asked.adding(minutes: 200)
        let shared = almanac.moment(almanac.working(onOrBefore: min(day, almanac.today).adding(days: -2)), "15:10")
        let id = ID<Session>(now: asked, using: &dice)
        let ended = start.adding(minutes: theme.minutes - 3)
        let confirmed = ended.adding(minutes: 26)
        let state: Session.State = isAhead ? .agreed : .confirmed
        let words = Filled(
            theme: theme, dates: Dates(day: day, almanac: almanac), subjects: subjects.filter { $0.since < asked })
        rows.append(
            """
            insert into session (id, employee, manager, asked_by, purpose, title, message, place, minutes, state,
                starts_at, started_at, ended_at, confirmed_at, previous, created_at, changed_at)
            values (\(id), \(member.person), \(member.manager), \(member.person), \(theme.purpose),
                \(words(theme.title)), \(words(theme.message)), \(number % 3 == 0 ? "Video call" : "The small room"),
                \(theme.minutes), \(state), \(start), \(isAhead ? nil : start), \(isAhead ? nil : ended),
                \(isAhead ? nil : confirmed), \(previous), \(asked), \(isAhead ? shared : confirmed))
            """)
        rows.append(
            """
            insert into session_time (id, session, round, starts_at, proposed_by)
            values (\(ID<SessionTime>(now: asked, using: &dice)), \(id), 1, \(start), \(member.person))
            """)
        journal(asked, member.person, "asked", id)
        journal(answered, member.manager, "accepted", id)
        writePreparation(theme, words, id, shared)
        guard !isAhead else { return id }
        writeTalk(theme, words, id, day, start)
        writeRecap(theme, words, id, ended, confirmed)
        return id
    }

    private mutating func writePreparation(_ theme: Theme, _ words: Filled, _ id: ID<Session>, _ at: Date) {
        for (field, text) in [(SessionField.desired, theme.desired), (.measure, theme.measure)] {
            write(words(text), to: field, of: id, at)
        }
        for (index, item) in theme.items.enumerated() {
            let presenter = item.isManagers ? member.manager : member.person
            rows.append(
                """
                insert into agenda_item (id, session, author, title, minutes, presenter, ending, position, outcome,
                    shared_at, created_at, changed_at)
                values (\(ID<AgendaItem>(now: at, using: &dice)), \(id), \(member.person), \(words(item.title)),
                    \(item.minutes), \(presenter), \(item.ending), \(Double(index + 1)),
                    \(at < almanac.now.adding(days: -3) ? "covered" : "open"), \(at), \(at), \(at))
                """)
        }
        let from = Int.random(in: theme.gain.from, using: &dice)
        let to = Int.random(in: theme.gain.to, using: &dice)
        evidence(.achievement, words(theme.gain.body), id, at, metric: (Double(from), Double(to), theme.gain.unit))
        evidence(.challenge, words(theme.challenge), id, at, anecdote: words(theme.anecdote))
        evidence(.support, words(theme.support), id, at)
        journal(at, member.person, "shared", id)
    }

    private mutating func evidence(
        _ kind: Evidence.Kind, _ body: String, _ id: ID<Session>, _ at: Date,
        metric: (from: Double, to: Double, unit: String)? = nil, anecdote: String = ""
    ) {
        rows.append(
            """
            insert into evidence (id, session, author, kind, body, metric_from, metric_to, metric_unit, metric_period,
                anecdote, shared_at, created_at, changed_at)
            values (\(ID<Evidence>(now: at, using: &dice)), \(id), \(member.person), \(kind), \(body), \(metric?.from),
                \(metric?.to), \(metric?.unit ?? ""), \(metric == nil ? "" : "since we last met"), \(anecdote), \(at),
                \(at), \(at))
            """)
    }

    private mutating func write(_ body: String, to field: SessionField, of id: ID<Session>, _ at: Date) {
        rows.append(
            """
            insert into session_text (session, field, author, version, body, changed_by, changed_at)
            values (\(id), \(field), '', 1, \(body), \(member.person), \(at))
            """)
        rows.append(
            """
            insert into session_text_version (session, field, author, version, body, changed_by, changed_at)
            values (\(id), \(field), '', 1, \(body), \(member.person), \(at))
            """)
    }

    private mutating func writeTalk(
        _ theme: Theme, _ words: Filled, _ id: ID<Session>, _ day: Day, _ start: Date
    ) {
        let plan = Session.Step.plan(minutes: theme.minutes)
        for step in Session.Step.allCases {
            let minutes = plan[step] ?? 1
            rows.append(
                """
                insert into session_step (session, step, minutes, spent_milliseconds)
                values (\(id), \(step.rawValue), \(minutes), \(Int64(minutes) * 54_000))
                """)
        }
        write(words(theme.note), to: .notes2, of: id, start.adding(minutes: 12))
        let present = subjects.filter { $0.since < start }
        for (index, subject) in present.enumerated() {
            let isLast = index == present.count - 1
            let answer: Verdict.Answer = isLast && (number + day.month) % 4 == 0 ? .adjust : .keep
            rows.append(
                """
                insert into verdict (id, session, \(unchecked: subject.column), answer, priority, reason, given_by,
                    given_at)
                values (\(ID<Verdict>(now: start, using: &dice)), \(id), \(subject.id), \(answer), \(index + 1),
                    \(index == 0 ? words(theme.reason) : ""), \(member.manager), \(start.adding(minutes: 14)))
                """)
        }
        capture("takeaway", 2, words(theme.takeaway), id, start.adding(minutes: 16))
        capture("decision", 4, words(theme.decision), id, start.adding(minutes: 30))
        capture("feedback", 3, words(theme.praise), id, start.adding(minutes: 22), from: member.manager)
        capture("feedback", 3, words(theme.wish), id, start.adding(minutes: 24), from: member.person)
        for (index, promise) in theme.promises.enumerated() {
            writePromise(
                promise.isManagers, words(promise.body), 9 + index * 8, id, day, start.adding(minutes: 34 + index))
        }
    }

    private mutating func capture(
        _ kind: String, _ step: Int, _ body: String, _ id: ID<Session>, _ at: Date, from giver: ID<Person>? = nil
    ) {
        let receiver = giver.map { $0 == member.person ? member.manager : member.person }
        rows.append(
            """
            insert into capture (id, session, kind, step, body, giver, receiver, author, created_at)
            values (\(ID<Capture>(now: at, using: &dice)), \(id), \(kind), \(step), \(body), \(giver), \(receiver),
                \(member.person), \(at))
            """)
    }

    private mutating func writePromise(
        _ isManagers: Bool, _ body: String, _ days: Int, _ id: ID<Session>, _ day: Day, _ at: Date
    ) {
        let owner = isManagers ? member.manager : member.person
        let due = almanac.day(day, plus: days)
        // Mostly in time, one in six late by some days.
        let lateness = Int.random(in: 0..<6, using: &dice) == 0 ? 4 : -1
        let settled = almanac.moment(almanac.day(due, plus: lateness), "16:20")
        let isKept = settled < almanac.now
        rows.append(
            """
            insert into action (id, session, step, body, owner, due_on, state, settled_by, settled_at, author, created_at)
            values (\(ID<Action>(now: at, using: &dice)), \(id), 5, \(body), \(owner), \(due),
                \(isKept ? """
                    kept
                    """ : "open"), \(isKept ? owner : nil), \(isKept ? settled : nil), \(member.person), \(at))
            """)
    }

    private mutating func writeRecap(
        _ theme: Theme, _ words: Filled, _ id: ID<Session>, _ ended: Date, _ confirmed: Date
    ) {
        let subject = "What we agreed: \(words(theme.title))"
        let mail = "This is what you agreed, in the words that you both said yes to."
        let columns: SQL = """
            \(words(theme.takeaway)), \(words(theme.decision)), \(words(theme.oath)), \(subject), \(mail)
            """
        rows.append(
            """
            insert into recap (session, version, takeaways, decisions, oath, mail_subject, mail_words, assembled,
                changed_by, changed_at)
            values (\(id), 1, \(columns), '{}', \(member.manager), \(ended))
            """)
        rows.append(
            """
            insert into recap_version (session, version, takeaways, decisions, oath, mail_subject, mail_words,
                changed_by, changed_at)
            values (\(id), 1, \(columns), \(member.manager), \(ended))
            """)
        for (person, at) in [(member.manager, ended.adding(minutes: 5)), (member.person, confirmed)] {
            rows.append(
                """
                insert into recap_confirmation (session, person, version, confirmed_at)
                values (\(id), \(person), 1, \(at))
                """)
            journal(at, person, "confirmed", id, kind: "recap")
        }
    }

    private mutating func journal(
        _ at: Date, _ person: ID<Person>, _ verb: String, _ id: ID<Session>, kind: String = "session"
    ) {
        rows.append(
            """
            insert into journal (id, at, person, verb, object_kind, object)
            values (\(ID<Never>(now: at, using: &dice)), \(at), \(person), \(verb), \(kind), \(id))
            """)
    }
}

/// A theme's words with what differs from session to session filled in.
struct Filled {
    let theme: Theme
    let dates: Dates
    let subjects: [YearWriter.Subject]

    func callAsFunction(_ text: String) -> String {
        guard text.contains("{") else { return text }
        // Quoted, because the titles are sentences of their own.
        let goal = subjects.first { $0.column == "objective" }.map { "“\($0.title)”" } ?? "the team’s first goal"
        let work = subjects.first { $0.column == "work" }.map { "“\($0.title)”" } ?? "the daily work"
        let filled = text.replacing("{goal}", with: goal).replacing("{work}", with: work)
            .replacing("{month}", with: dates.day.monthName).replacing("{next month}", with: dates.month(1))
            .replacing("{quarter}", with: dates.quarter()).replacing("{next quarter}", with: dates.quarter(1))
            .replacing("{date}", with: dates.plus(17))
        return filled.prefix(1).uppercased() + filled.dropFirst()
    }
}
