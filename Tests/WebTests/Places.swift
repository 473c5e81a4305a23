// Things to visit: sessions in every state with everything in them, goals, work, people, teams, links and mail, each made
// anew so that what one visit does spoils nothing for the next.
import Foundation
import HTTPTypes
import NIOCore
import Storage
import TestSupport

@testable import Throughline

/// Who comes to an address.
enum Visitor: String, CaseIterable {
    case signedOut
    /// The employee.
    case ana
    /// Ana's manager, and her partner.
    case joost
    /// The manager of Ana's manager.
    case leila
    /// A colleague in Ana's team, who reports to Joost too.
    case rafael
    /// Somebody of another part of the company.
    case yusuf
    /// The administrator.
    case greta

    func viewer(_ test: TestProduct) -> Viewer? {
        switch self {
        case .signedOut: nil
        case .ana: test.ana
        case .joost: test.joost
        case .leila: test.leila
        case .rafael: test.rafael
        case .yusuf: test.yusuf
        case .greta: test.greta
        }
    }
}

/// What an address is about.
enum Thing: Equatable {
    case nothing
    /// A session of an employee and Joost, with one of everything in it.
    case session(Session.State)
    /// A session whose employee wishes to move what was agreed.
    case moving
    /// A session whose recap waits for the answer to a correction that the employee asked for.
    case correction
    /// A goal of the employee's own.
    case goal
    case teamGoal
    case companyGoal
    /// A piece of work of the employee's.
    case work
    /// A cycle under way.
    case cycle
    /// A cycle that holds nothing.
    case emptyCycle
    /// A cycle that is being closed.
    case closingCycle
    /// An objective of the team in such a cycle.
    case closingOKR
    /// An objective of the team in a cycle, with a key result and a check-in of the employee's.
    case teamOKR(Stage)
    /// The same, of the employee's own, for them and their manager.
    case ownOKR
    /// The key result of ``teamOKR(_:)``, which the employee looks after.
    case keyResult
    case ownKeyResult
    case checkIn
    /// A link with which the employee checks in on ``keyResult``.
    case checkInLink
    case value(isRetired: Bool)
    case person(Person.State)
    case team
    case archivedTeam
    case link(SecretLink.Kind)
    /// The link in a reminder of the employee's, about two kinds of which one is stopped.
    case reminderLink
    /// A sign-in of the employee's.
    case signIn
    case failedMail
    /// The employee's calendar, to whoever has its address.
    case feed
    /// A series of the employee and Joost that goes on from one with Leila, with a pause and one left out.
    case series
    /// A session of the employee and Joost that is opened to Leila.
    case openedSession
    /// Days off of the employee's.
    case dayOff
}

/// The ids of a thing and of what is in it, by the names that they have in the addresses of routes: `id`, `item` …
typealias Place = [String: String]

extension String {
    /// An address or a value with every `{name}` filled in.
    func filled(from place: Place) -> String {
        place.reduce(self) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}

extension TestWeb {
    /// Makes a thing whose employee, author or owner is `employee`.
    func make(_ thing: Thing, of employee: Viewer) async throws -> Place {
        var place: Place = [
            "ana": test.ana.id.text, "joost": test.joost.id.text, "leila": test.leila.id.text,
            "rafael": test.rafael.id.text, "team": test.team.text, "new": ID<Never>().text,
        ]
        let made: Place
        switch thing {
        case .nothing: made = [:]
        case .session(let state): made = try await session(state, of: employee)
        case .moving: made = try await movingSession(of: employee)
        case .correction: made = try await correctedSession(of: employee)
        case .goal: made = try await goal("person", owner: employee.id, team: nil)
        case .teamGoal: made = try await goal("team", owner: nil, team: test.team)
        case .companyGoal: made = try await goal("company", owner: nil, team: nil)
        case .work:
            let served = try await goal("person", owner: employee.id, team: nil)["id"] ?? ""
            made = ["id": try await linkedWork(to: served, of: employee), "goal": served]
        case .cycle: made = ["id": try await okr(.committed, isOwn: false, of: employee).cycle]
        case .emptyCycle: made = ["id": try await emptyCycle(by: employee)]
        case .closingCycle: made = ["id": try await closing(of: employee).cycle]
        case .closingOKR:
            let (cycle, objective, next) = try await closing(of: employee)
            made = ["id": objective, "next": next, "cycle": cycle]
        case .teamOKR(let stage): made = ["id": try await okr(stage, isOwn: false, of: employee).objective]
        case .ownOKR: made = ["id": try await okr(.proposed, isOwn: true, of: employee).objective]
        case .keyResult: made = ["id": try await okr(.committed, isOwn: false, of: employee).result]
        case .ownKeyResult: made = ["id": try await okr(.committed, isOwn: true, of: employee).result]
        case .checkIn: made = ["id": try await okr(.committed, isOwn: false, of: employee).checkIn]
        case .checkInLink:
            let result = try await okr(.committed, isOwn: false, of: employee).result
            let address = try await test.product.cycles.checkInLink(for: employee.id)
            made = ["id": result, "token": String(address.split(separator: "/").last ?? "")]
        case .value(let isRetired): made = ["id": try await value(isRetired: isRetired)]
        case .person(let state): made = try await person(state)
        case .team: made = try await team()
        case .archivedTeam: made = try await team(isArchived: true)
        case .link(let kind): made = ["token": try await link(kind)]
        case .reminderLink: made = ["token": try await reminderToken(of: employee), "kinds": "prepare.action"]
        case .signIn:
            _ = try await test.signIn(employee)
            let id = try await test.database.read { tx in
                try tx.value(
                    String.self, "select id from sign_in where person = \(employee.id) order by id desc limit 1")
            }
            made = ["id": id ?? ""]
        case .feed:
            let address = try await test.product.calendars.openFeed(hasTitles: true, as: employee)
            made = ["token": address.split(separator: "/").last.map(String.init) ?? ""]
        case .failedMail: made = ["id": try await failedMail(to: employee)]
        case .series: made = try await series(of: employee)
        case .openedSession: made = try await openedSession(of: employee)
        case .dayOff: made = try await dayOff(of: employee)
        }
        return place.merging(made) { $1 }
    }

    private func reminderToken(of person: Viewer) async throws -> String {
        let draft = ReminderDraft(
            days: ["1", "2"], starts: "09:00", ends: "17:00", lead: "8", kinds: ["prepare", "confirm"])
        try await test.product.reminders.change(draft, as: person)
        return try await test.database.read { tx in
            try tx.value(String.self, "select token from reminder_setting where person = \(person.id)") ?? ""
        }
    }

    // MARK: Sessions

    private func session(_ state: Session.State, of employee: Viewer) async throws -> Place {
        let id = ID<Session>(now: test.clock.now)
        var place = try await emptySession(id, state, of: employee)
        try await fill(id, of: employee).forEach { place[$0] = $1 }
        let sessions = test.product.sessions
        guard [.running, .closing, .confirmed].contains(state) else { return place }
        try await sessions.start(id, as: employee)
        guard state != .running else { return place }
        try await sessions.finish(id, as: employee)
        guard state != .closing else { return place }
        _ = try await sessions.confirm(id, seen: 1, as: employee)
        _ = try await sessions.confirm(id, seen: 1, as: test.joost)
        return place
    }

    /// A session as asked, agreed or ended, without anything in it.
    private func emptySession(
        _ id: ID<Session>, _ state: Session.State, of employee: Viewer
    ) async throws -> Place {
        let (now, joost) = (test.clock.now, test.joost.id)
        let time = ID<SessionTime>(now: now)
        let isAsked = [.asked, .declined, .cancelled].contains(state)
        let present: Session.State = isAsked ? state : .agreed
        let startsAt = now.addingTimeInterval(86_400)
        try await test.database.write { tx in
            try tx.run(
                """
                insert into session (id, employee, manager, asked_by, purpose, title, minutes, state, turn,
                    starts_at, created_at, changed_at)
                values (\(id), \(employee.id), \(joost), \(employee.id), 'planning', 'Where onboarding puts its weight',
                    50, \(present), \(state == .asked ? joost : nil), \(isAsked ? nil : startsAt), \(now), \(now))
                """)
            try tx.run(
                """
                insert into session_time (id, session, round, starts_at, proposed_by)
                values (\(time), \(id), 1, \(startsAt), \(employee.id))
                """)
        }
        return ["id": id.text, "time": time.text, "field": "measure", "step": "1"]
    }

    /// One of everything that a session holds, all of it shared.
    private func fill(_ id: ID<Session>, of employee: Viewer) async throws -> Place {
        let now = test.clock.now
        let (item, piece) = (ID<AgendaItem>(now: now), ID<Evidence>(now: now))
        let (capture, action, parked) = (ID<Capture>(now: now), ID<Action>(now: now), ID<Capture>(now: now))
        let by = employee.id
        try await test.database.write { tx in
            try tx.run(
                """
                insert into agenda_item (id, session, author, title, minutes, presenter, ending, position, shared_at,
                    created_at, changed_at)
                values (\(item), \(id), \(by), 'Hiring in Ghent', 10, \(by), 'align', 1.0, \(now), \(now), \(now))
                """)
            try tx.run(
                """
                insert into evidence (id, session, author, kind, body, shared_at, created_at, changed_at)
                values (\(piece), \(id), \(by), 'achievement', 'The import works', \(now), \(now), \(now))
                """)
            for (key, kind) in [(capture, "takeaway"), (parked, "parked")] {
                try tx.run(
                    """
                    insert into capture (id, session, kind, step, body, author, created_at)
                    values (\(key), \(id), \(kind), 1, 'Clinics with one owner', \(by), \(now))
                    """)
            }
            try tx.run(
                """
                insert into action (id, session, step, body, owner, due_on, author, created_at)
                values (\(action), \(id), 1, 'Write the case', \(by), '2026-12-03', \(by), \(now))
                """)
        }
        try await fillAside(id, of: employee)
        let carried = try await fillCarried(id, from: [capture.text, parked.text, item.text, piece.text], by: by)
        let work = try await test.currentWork("Help-centre migration", of: employee)
        return [
            "item": item.text, "piece": piece.text, "capture": capture.text, "action": action.text,
            "parked": parked.text, "carried": carried, "work": work,
            "goal": try await test.objective("First week", of: employee),
        ]
    }

    /// What was taken out, a draft, and a next step that was kept.
    private func fillAside(_ id: ID<Session>, of employee: Viewer) async throws {
        let (now, by) = (test.clock.now, employee.id)
        try await test.database.write { tx in
            try tx.run(
                """
                insert into agenda_item (id, session, author, title, minutes, presenter, ending, position, shared_at,
                    created_at, changed_at, removed_at)
                values (\(ID<AgendaItem>(now: now)), \(id), \(by), 'Taken off', 5, \(by), 'plan', 2.0, \(now), \(now),
                    \(now), \(now))
                """)
            for removedAt in [now, nil] {
                try tx.run(
                    """
                    insert into evidence (id, session, author, kind, body, shared_at, created_at, changed_at, removed_at)
                    values (\(ID<Evidence>(now: now)), \(id), \(by), 'challenge', 'The lease', \(removedAt), \(now),
                        \(now), \(removedAt))
                    """)
            }
            try tx.run(
                """
                insert into capture (id, session, kind, step, body, author, created_at, removed_at)
                values (\(ID<Capture>(now: now)), \(id), 'decision', 1, 'Taken out', \(by), \(now), \(now))
                """)
            for isKept in [true, false] {
                try tx.run(
                    """
                    insert into action (id, session, step, body, owner, due_on, author, created_at, state, settled_by,
                        settled_at, removed_at)
                    values (\(ID<Action>(now: now)), \(id), 1, 'Ask Leila', \(by), '2026-11-18', \(by), \(now),
                        \(isKept ? "kept" : "open"), \(isKept ? by : nil), \(isKept ? now : nil),
                        \(isKept ? nil : now))
                    """)
            }
        }
    }

    /// What came along: something that has to be decided, something suggested, something dropped, something waved away.
    /// - Returns: the id of the first.
    private func fillCarried(_ id: ID<Session>, from roots: [String], by: ID<Person>) async throws -> String {
        let now = test.clock.now
        let ids = roots.map { _ in ID<Carried>(now: now) }
        try await test.database.write { tx in
            for (number, root) in roots.enumerated() {
                let isDropped = number == 2
                try tx.run(
                    """
                    insert into carried (id, session, kind, root, title, origin, raised_by, times, minutes, presenter,
                        ending, answer, words, answered_by, answered_at, carried_at)
                    values (\(ids[number]), \(id), 'parked', \(root), \("Thing \(number)"), \(id), \(by),
                        \(number == 0 ? 3 : 1), 5, \(by), 'align', \(isDropped ? "dropped" : nil), '',
                        \(isDropped ? by : nil), \(isDropped ? now : nil), \(now))
                    """)
            }
            for person in [by, test.joost.id] {
                try tx.run(
                    """
                    insert into suggestion_dismissal (session, person, suggestion, dismissed_at)
                    values (\(id), \(person), \("parked-" + roots[3]), \(now))
                    """)
            }
        }
        return ids[0].text
    }

    private func movingSession(of employee: Viewer) async throws -> Place {
        let place = try await session(.agreed, of: employee)
        let id = try ID<Session>(place["id"] ?? "") ?? { throw NotFound() }()
        try await test.product.sessions.propose(
            [TimeDraft(day: "2026-11-27", time: "10:00")], in: id, as: employee)
        return place
    }

    private func correctedSession(of employee: Viewer) async throws -> Place {
        var place = try await session(.closing, of: employee)
        let id = try ID<Session>(place["id"] ?? "") ?? { throw NotFound() }()
        let correction = ID<RecapCorrection>(now: test.clock.now)
        try await test.product.sessions.correct(
            "oath", to: "We do it.", seen: 1, correction: correction, in: id, as: employee)
        place["correction"] = correction.text
        return place
    }

    // MARK: Series

    private func series(of employee: Viewer) async throws -> Place {
        let (now, by, joost, leila) = (test.clock.now, employee.id, test.joost.id, test.leila.id)
        let (before, id) = (ID<Series>(now: now), ID<Series>(now: now))
        let (pause, session) = (ID<SeriesPause>(now: now), ID<Session>(now: now))
        let startsAt = WallTime("2026-11-26T14:00")?.moment(in: employee.timeZone) ?? now
        try await test.database.write { tx in
            for (series, manager, previous) in [(before, leila, nil), (id, joost, before)] {
                try tx.run(
                    """
                    insert into series (id, employee, manager, proposed_by, purpose, title, state, previous, created_at,
                        changed_at, agreed_at, ended_at)
                    values (\(series), \(by), \(manager), \(by), 'planning', 'What matters next',
                        \(previous == nil ? "ended" : "agreed"), \(previous), \(now), \(now), \(now),
                        \(previous == nil ? now : nil))
                    """)
                try tx.run(
                    """
                    insert into series_rule (series, from_day, rule, wall_time, time_zone, minutes, changed_by, changed_at)
                    values (\(series), '2026-11-26', 'FREQ=WEEKLY;BYDAY=TH', '14:00', 'Europe/Amsterdam', 50, \(by), \(now))
                    """)
            }
            try tx.run(
                """
                insert into series_pause (id, series, from_day, until_day, created_by, created_at)
                values (\(pause), \(id), '2026-12-17', '2026-12-18', \(by), \(now))
                """)
            try tx.run(
                """
                insert into day_off (id, person, from_day, until_day, created_at)
                values (\(ID<DayOff>(now: now)), \(joost), '2026-11-26', '2026-11-26', \(now))
                """)
            try tx.run(
                """
                insert into series_exception (series, occurrence, kind, words, changed_by, changed_at)
                values (\(id), '2026-12-03T14:00', 'skipped', 'The fair', \(by), \(now))
                """)
            try tx.run(
                """
                insert into session (id, employee, manager, asked_by, purpose, title, minutes, state, starts_at, series,
                    occurrence, created_at, changed_at)
                values (\(session), \(by), \(joost), \(by), 'planning', 'What matters next', 50, 'agreed', \(startsAt),
                    \(id), '2026-11-26T14:00', \(now), \(now))
                """)
        }
        return ["id": id.text, "pause": pause.text, "session": session.text]
    }

    private func openedSession(of employee: Viewer) async throws -> Place {
        let place = try await session(.confirmed, of: employee)
        let (id, now) = (ID<HistoryGrant>(now: test.clock.now), test.clock.now)
        try await test.database.write { tx in
            try tx.run("delete from history_grant where employee = \(employee.id)")
            try tx.run(
                """
                insert into history_grant (id, employee, manager, reader, scope, granted_at)
                values (\(id), \(employee.id), \(test.joost.id), \(test.leila.id), 'whole', \(now.adding(days: 30)))
                """)
        }
        return place
    }

    private func dayOff(of employee: Viewer) async throws -> Place {
        let (id, now) = (ID<DayOff>(now: test.clock.now), test.clock.now)
        try await test.database.write { tx in
            try tx.run(
                """
                insert into day_off (id, person, from_day, until_day, created_at)
                values (\(id), \(employee.id), '2026-12-24', '2026-12-25', \(now))
                """)
        }
        return ["id": id.text]
    }

    // MARK: Goals

    private func goal(_ level: String, owner: ID<Person>?, team: ID<Team>?) async throws -> Place {
        let (now, by) = (test.clock.now, owner ?? test.greta.id)
        let (id, other) = (ID<Objective>(now: now), ID<Objective>(now: now))
        try await test.database.write { tx in
            for (id, level, owner, team) in [(id, level, owner, team), (other, "company", nil, nil)] {
                try tx.run(
                    """
                    insert into objective (id, level, owner, team, title, created_by, created_at, changed_by, changed_at)
                    values (\(id), \(level), \(owner), \(team), 'The first week runs itself', \(by), \(now), \(by), \(now))
                    """)
            }
            if level != "company" {
                try tx.run("insert into objective_support (objective, supports) values (\(id), \(other))")
            }
        }
        return ["id": id.text, "goal": other.text]
    }

    private func okr(
        _ stage: Stage, isOwn: Bool, of employee: Viewer
    ) async throws -> (cycle: String, objective: String, result: String, checkIn: String) {
        let (now, by) = (test.clock.now, employee.id)
        let (cycle, objective) = (try await emptyCycle(by: employee), ID<Objective>(now: now))
        let (result, checkIn) = (ID<KeyResult>(now: now), ID<CheckIn>(now: now))
        try await test.database.write { tx in
            try tx.run(
                """
                insert into objective (id, level, owner, team, title, created_by, created_at, changed_by, changed_at,
                    cycle, stage)
                values (\(objective), \(isOwn ? "person" : "team"), \(by), \(isOwn ? nil : test.team), 'Clinics stay', \(by),
                    \(now), \(by), \(now), \(cycle), \(stage))
                """)
            try tx.run(
                """
                insert into key_result (id, objective, title, kind, owner, direction, start_value, target_value, unit,
                    position, value, confidence, checked_on, checked_by, check_ins, trail, created_by, created_at,
                    changed_at)
                values (\(result), \(objective), 'Clinics that leave', 'metric', \(by), 'lower', 14.0, 9.0, '%', 1, 12.0, 6,
                    '2026-11-12', \(by), 1, '20769 12.0 6', \(by), \(now), \(now))
                """)
            try tx.run(
                """
                insert into check_in (id, key_result, value, confidence, as_of, created_by, created_at, changed_at)
                values (\(checkIn), \(result), 12.0, 6, '2026-11-12', \(by), \(now), \(now))
                """)
        }
        return (cycle, objective.text, result.text, checkIn.text)
    }

    private func emptyCycle(by employee: Viewer) async throws -> String {
        let (id, now, by) = (ID<Cycle>(now: test.clock.now), test.clock.now, employee.id)
        try await test.database.write { tx in
            try tx.run(
                """
                insert into cycle (id, name, kind, starts_on, ends_on, state, created_by, created_at, changed_at)
                values (\(id), \("Q " + id.text), 'quarter', '2026-10-01', '2026-12-31', 'active', \(by), \(now), \(now))
                """)
        }
        return id.text
    }

    private func closing(of employee: Viewer) async throws -> (cycle: String, objective: String, next: String) {
        let next = try await okr(.committed, isOwn: false, of: employee).cycle
        let made = try await okr(.committed, isOwn: false, of: employee)
        try await test.database.write { tx in
            try tx.run("update cycle set state = 'closing' where id = \(made.cycle)")
        }
        return (made.cycle, made.objective, next)
    }

    private func value(isRetired: Bool) async throws -> String {
        let (id, now) = (ID<CoreValue>(now: test.clock.now), test.clock.now)
        try await test.database.write { tx in
            try tx.run(
                """
                insert into core_value (id, name, position, created_at, retired_at)
                values (\(id), \("Value " + id.text), 1, \(now), \(isRetired ? now : nil))
                """)
        }
        return id.text
    }

    private func linkedWork(to goal: String, of owner: Viewer) async throws -> String {
        let work = try await test.currentWork("Help-centre migration", of: owner)
        try await test.database.write { tx in
            try tx.run("insert into work_support (work, objective) values (\(work), \(goal))")
        }
        return work
    }

    // MARK: People

    private func person(_ state: Person.State) async throws -> Place {
        let (id, now) = (ID<Person>(now: test.clock.now), test.clock.now)
        try await test.database.write { tx in
            try tx.run(
                """
                insert into person (id, email, name, time_zone, locale, role, state, created_at, deactivated_at)
                values (\(id), \(id.text + "@larkfield.example"), 'Pim Vos', 'Europe/Amsterdam', 'en-GB', 'member',
                    \(state), \(now), \(state == .deactivated ? now : nil))
                """)
        }
        return ["id": id.text]
    }

    private func team(isArchived: Bool = false) async throws -> Place {
        let (id, now, member) = (ID<Team>(now: test.clock.now), test.clock.now, test.yusuf.id)
        try await test.database.write { tx in
            try tx.run(
                """
                insert into team (id, name, purpose, created_at, archived_at)
                values (\(id), \("Team " + id.text), '', \(now), \(isArchived ? now : nil))
                """)
            try tx.run("insert into team_member (team, person, joined_at) values (\(id), \(member), \(now))")
        }
        return ["id": id.text, "person": member.text]
    }

    private func link(_ kind: SecretLink.Kind) async throws -> String {
        let now = test.clock.now
        let holder = try await person(kind == .invitation ? .invited : .active)["id"] ?? ""
        return try await test.database.write { tx in
            try SecretLink.issue(kind, for: kind == .setUp ? nil : ID(holder), by: nil, at: now, in: tx).token
        }
    }

    private func failedMail(to reader: Viewer) async throws -> String {
        let (now, occasion) = (test.clock.now, "recap/\(ID<Never>())")
        let letter = Letter(subject: "A recap", title: "Hello", blocks: [.paragraph("What was agreed.")])
        return try await test.database.write { tx in
            try Outbox.queue(letter, kind: "recap", occasion: occasion, to: reader.id, at: now, in: tx)
            try tx.run("update mail set state = 'failed', attempts = 3 where occasion = \(occasion)")
            return try tx.value(String.self, "select id from mail where occasion = \(occasion)") ?? ""
        }
    }

    // MARK: Visiting

    /// Sends a request in a browser that was just signed in, so that no visit ends another's sign-in.
    func visit(
        _ method: HTTPRequest.Method, _ path: String, _ fields: [(String, String)] = [], as visitor: Visitor
    ) async throws -> TestAnswer {
        try await send(method, path, fields, headers: signedIn(visitor))
    }

    /// The cookie of a browser that was just signed in.
    func signedIn(_ visitor: Visitor) async throws -> HTTPFields {
        guard let viewer = visitor.viewer(test) else { return [:] }
        return [.cookie: "throughline=\(try await test.signIn(viewer))"]
    }

    /// Sends a form, or loads a page.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ fields: [(String, String)], headers: HTTPFields
    ) async throws -> TestAnswer {
        guard method == .post else { return try await send(method, path, as: nil, headers: headers, body: nil) }
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        let body = fields.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.joined(separator: "&")
        return try await send(.post, path, as: nil, headers: headers, body: ByteBuffer(string: body))
    }

    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }

    /// How many rows were ever written, rolled-back writes among them. It stands still while nothing is written.
    /// - Precondition: the engine is SQLite.
    func writtenRows() async throws -> Int {
        try await test.database.write { tx in try tx.value(Int.self, "select total_changes()") ?? 0 }
    }
}
