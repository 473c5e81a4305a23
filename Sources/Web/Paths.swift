import Foundation
import Storage
import Throughline

/// Every address of the product, in one place. Addresses are nouns; what one does to them is the method.
struct Path: Sendable, CustomStringConvertible, ExpressibleByStringInterpolation {
    let description: String

    init(stringLiteral value: String) { description = value }

    static let today: Path = "/"
    static let todayLive: Path = "/live"
    static let help: Path = "/help"
    static let privacy: Path = "/privacy"
    static let theme: Path = "/theme"
    static let keys: Path = "/keys"
    static let search: Path = "/search"

    static let mail: Path = "/mail"

    // MARK: People

    static let signOut: Path = "/sign-out"
    static let forgottenPassword: Path = "/forgotten-password"

    static func signIn(next: String? = nil) -> Path {
        guard let next, next != "/" else { return "/sign-in" }
        return Path(stringLiteral: "/sign-in?next=" + queryEncoded(next))
    }

    /// Where a secret link leads.
    static func link(_ kind: SecretLink.Kind, _ token: String) -> Path {
        Path(stringLiteral: "/\(kind.folder)/\(token)")
    }

    /// A place of this product that a browser named, and never another site's: a single slash first, and only
    /// characters that an address has (RFC 3986).
    static func local(_ text: String) -> Path? {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 2_000,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return Path(stringLiteral: text)
    }

    static let settings: Path = "/settings"
    static let profile: Path = "/settings/profile"
    static let password: Path = "/settings/password"
    static let reminderSettings: Path = "/settings/reminders"
    static let endOfSignIns: Path = "/settings/sign-ins/end"
    static func end(of signIn: ID<SignIn>) -> Path { "/settings/sign-ins/\(signIn)/end" }

    static let invitationsByMail: Path = "/settings/invitations"
    static let feed: Path = "/settings/calendar"
    static let endOfFeed: Path = "/settings/calendar/end"
    static let upload: Path = "/sessions/from-calendar"
    static let uploadAsks: Path = "/sessions/from-calendar/asks"
    static func calendarFile(_ id: ID<Session>) -> Path { .session(id, "calendar.ics") }

    /// The link in a reminder.
    static func reminders(_ token: String, _ kinds: [ReminderKind], _ part: String? = nil) -> Path {
        let names = kinds.map(\.rawValue).joined(separator: ".")
        return Path(stringLiteral: "/reminders/\(token)/\(names)" + (part.map { "/" + $0 } ?? ""))
    }

    static let people: Path = "/people"
    static let newInvitation: Path = "/people/new"
    static func person(_ id: ID<Person>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/people/\(id)" + (part.map { "/" + $0 } ?? ""))
    }

    /// Where one asks somebody for a session.
    static func sessionRequest(with person: ID<Person>) -> Path { "/sessions/new?with=\(person)" }

    static let teams: Path = "/teams"
    static func team(_ id: ID<Team>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/teams/\(id)" + (part.map { "/" + $0 } ?? ""))
    }
    static func removal(of person: ID<Person>, from team: ID<Team>) -> Path {
        "/teams/\(team)/members/\(person)/removal"
    }

    // MARK: Goals
    static let goals: Path = "/goals"
    static func goals(team: ID<Team>) -> Path { Path(stringLiteral: "/goals?team=\(team)") }
    static func goals(person: ID<Person>) -> Path { Path(stringLiteral: "/goals?person=\(person)") }
    static func goal(_ id: ID<Objective>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/goals/\(id)" + (part.map { "/" + $0 } ?? ""))
    }
    static func newGoal(_ group: Objective.Group) -> Path {
        switch group {
        case .company: "/goals/new?level=company"
        case .team(let team): Path(stringLiteral: "/goals/new?level=team&team=\(team)")
        case .person: "/goals/new?level=person"
        }
    }
    static func newGoal(_ group: Objective.Group, in cycle: ID<Cycle>) -> Path {
        Path(stringLiteral: "\(newGoal(group))&cycle=\(cycle)")
    }

    // MARK: Cycles
    static let cycles: Path = "/cycles"
    static let newCycle: Path = "/cycles/new"
    static let values: Path = "/values"
    static let myGoals: Path = "/goals/mine"
    static let checkIn: Path = "/goals/check-in"
    /// The form for all that is one's own, which leads back to a session.
    static func checkIn(for session: ID<Session>?) -> Path {
        session.map { Path(stringLiteral: "\(checkIn)?session=\($0)") } ?? checkIn
    }
    static let checkInImport: Path = "/goals/check-in/import"
    static let checkInTemplate: Path = "/goals/check-in/template.csv"
    static let cycleImport: Path = "/cycles/import"
    static func export(_ id: ID<Cycle>, in format: ExchangeFormat) -> Path { .cycle(id, "export.\(format.rawValue)") }
    static func cycle(_ id: ID<Cycle>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/cycles/\(id)" + (part.map { "/" + $0 } ?? ""))
    }
    static func cycle(_ id: ID<Cycle>, _ question: CycleQuestion, _ part: String? = nil) -> Path {
        let query =
            [
                question.words.isEmpty ? nil : "q=" + queryEncoded(question.words),
                question.team.map { "team=\($0)" }, question.person.map { "person=\($0)" },
                question.health.map { "health=\($0.rawValue)" },
            ].compactMap { $0 } + question.open.map { "open=\($0)" } + question.whole.map { "all=\($0)" }
        return Path(stringLiteral: "\(cycle(id, part))" + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
    }
    static func value(_ id: ID<CoreValue>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/values/\(id)" + (part.map { "/" + $0 } ?? ""))
    }
    static func keyResult(_ id: ID<KeyResult>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/key-results/\(id)" + (part.map { "/" + $0 } ?? ""))
    }
    static func checkIn(token: String) -> Path { Path(stringLiteral: "/check-in/\(token)") }
    /// An objective's page, from which a check-in leads back to a session.
    static func checkIn(_ objective: String, in session: ID<Session>) -> Path {
        Path(stringLiteral: "/goals/\(objective)?session=\(session)#key-results")
    }
    static func checkIn(_ id: ID<CheckIn>) -> Path { Path(stringLiteral: "/check-ins/\(id)") }

    static let workList: Path = "/work"
    static let newWork: Path = "/work/new"
    static func work(_ id: ID<Work>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/work/\(id)" + (part.map { "/" + $0 } ?? ""))
    }

    // Sessions
    static let sessions: Path = "/sessions"
    static func session(_ id: ID<Session>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/sessions/\(id)" + (part.map { "/" + $0 } ?? ""))
    }

    // MARK: Asking and preparing

    /// - Parameters:
    ///   - bringing: a session that was cancelled, whose preparation is to come along.
    ///   - repeating: how often, where it is to come round.
    static func ask(
        of person: ID<Person>? = nil, for purpose: Session.Purpose? = nil, bringing: ID<Session>? = nil,
        repeating: Rhythm.Choice? = nil
    ) -> Path {
        let query = [
            person.map { "with=\($0)" }, purpose.map { "purpose=\($0.rawValue)" }, bringing.map { "bring=\($0)" },
            repeating.map { "repeat=\($0.rawValue)" },
        ].compactMap { $0 }
        return Path(stringLiteral: "/sessions/new" + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
    }

    static func preparation(_ id: ID<Session>, _ part: String? = nil) -> Path {
        .session(id, "preparation" + (part.map { "/" + $0 } ?? ""))
    }

    static func agendaItem(_ item: ID<AgendaItem>, in id: ID<Session>, _ part: String? = nil) -> Path {
        .preparation(id, "agenda/\(item)" + (part.map { "/" + $0 } ?? ""))
    }

    static func carried(_ thing: ID<Carried>, in id: ID<Session>, _ part: String) -> Path {
        .preparation(id, "carried/\(thing)/\(part)")
    }

    static func evidence(_ piece: ID<Evidence>, in id: ID<Session>, _ part: String? = nil) -> Path {
        .preparation(id, "evidence/\(piece)" + (part.map { "/" + $0 } ?? ""))
    }

    static func sessions(_ search: SessionSearch) -> Path {
        var query: [String] = []
        if let partner = search.partner { query.append("with=\(partner)") }
        if !search.words.isEmpty { query.append("q=" + queryEncoded(search.words)) }
        if let before = search.before { query.append("before=\(before.milliseconds)") }
        return Path(stringLiteral: "/sessions" + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
    }

    // MARK: Running, recap, commitments

    static func run(_ id: ID<Session>, step: Session.Step? = nil) -> Path {
        .session(id, "run" + (step.map { "?step=\($0.rawValue)" } ?? ""))
    }
    static func runPart(_ id: ID<Session>, _ part: String) -> Path { .session(id, "run/\(part)") }
    static func notes(_ id: ID<Session>, _ step: Session.Step) -> Path { .session(id, "run/notes/\(step.rawValue)") }
    static func capture(_ capture: ID<Capture>, of id: ID<Session>, _ part: String? = nil) -> Path {
        .session(id, "captures/\(capture)" + (part.map { "/" + $0 } ?? ""))
    }
    static func action(_ action: ID<Action>, of id: ID<Session>, _ part: String? = nil) -> Path {
        .session(id, "actions/\(action)" + (part.map { "/" + $0 } ?? ""))
    }
    static func recap(_ id: ID<Session>, _ part: String? = nil) -> Path {
        .session(id, "recap" + (part.map { "/" + $0 } ?? ""))
    }
    static func recapCopy(_ id: ID<Session>) -> Path { .session(id, "recap.md") }
    static func correction(_ correction: ID<RecapCorrection>, of id: ID<Session>, _ part: String) -> Path {
        .session(id, "corrections/\(correction)/\(part)")
    }
    static let commitments: Path = "/commitments"
    static let settlements: Path = "/commitments/settlements"
    static let reopenings: Path = "/commitments/reopenings"
    static func settlement(_ action: ID<Action>) -> Path { Path(stringLiteral: "/actions/\(action)/settlement") }
    static func reopening(_ action: ID<Action>) -> Path { Path(stringLiteral: "/actions/\(action)/reopening") }

    // MARK: Series

    static func series(_ id: ID<Series>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/series/\(id)" + (part.map { "/" + $0 } ?? ""))
    }
    /// A session that was opened to somebody who was not in it.
    static func record(_ id: ID<Session>) -> Path { .session(id, "record") }
    static let daysOff: Path = "/settings/days-off"
    static func removal(of dayOff: ID<DayOff>) -> Path { "/settings/days-off/\(dayOff)/removal" }

    // MARK: The coach

    static let coachDismissals: Path = "/coach/dismissals"

    // MARK: Mail

    static func mail(_ search: DeliverySearch) -> Path {
        let query = [search.state.map { "state=\($0.rawValue)" }, search.before.map { "before=\($0)" }]
            .compactMap { $0 }
        return Path(stringLiteral: "/mail" + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
    }
    static func retry(_ id: ID<Delivery>) -> Path { "/mail/\(id)/retry" }

    private static func queryEncoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
