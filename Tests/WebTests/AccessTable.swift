// Who may reach what: every route of the product, held against every kind of visitor. A route without a row here fails,
// and so does a row without a route.
import Foundation
import HTTPTypes
import Hummingbird
import Storage
import TestSupport
import Testing

@testable import Throughline
@testable import Web

/// Who may do something.
struct Rule: Sendable {
    let allowed: Set<Visitor>
    /// Those who may read the thing and learn that they may not do this with it, because it isn't theirs to do.
    var refused: Set<Visitor> = []

    static let anyone = Rule(allowed: Set(Visitor.allCases))
    static let noOne = Rule(allowed: [])
    static let signedIn = Rule(allowed: Set(Visitor.allCases).subtracting([.signedOut]))
    static let admin = Rule(allowed: [.greta])
    /// Both people of a session.
    static let bothPeople = Rule(allowed: [.ana, .joost])
    /// Whoever's answer is awaited; the other is told that it isn't theirs.
    static let managerAnswers = Rule(allowed: [.joost], refused: [.ana])
    static let employeeTakesBack = Rule(allowed: [.ana], refused: [.joost])
    static let employee = Rule(allowed: [.ana])
    /// Whose goal or work it is, and their manager.
    static let ownerAndManager = Rule(allowed: [.ana, .joost])
    /// Whose goal or work it is; their manager only reads it.
    static let owner = Rule(allowed: [.ana], refused: [.joost])
    /// A team's members, the managers of its members, and administrators; the others only read it.
    static let team = Rule(allowed: [.ana, .joost, .leila, .rafael, .greta], refused: [.yusuf])
    /// Who isn't of the team doesn't learn that it is there.
    var toOthersHidden: Rule { Rule(allowed: allowed.subtracting([.greta])) }
    static let adminAmongReaders = Rule(
        allowed: [.greta], refused: [.ana, .joost, .leila, .rafael, .yusuf])
}

/// One row of the table: a route, what its address is about, who may, and a form that who may can send.
struct AccessRow: Sendable, CustomTestStringConvertible {
    let method: HTTPRequest.Method
    let path: String
    let query: String
    let thing: Thing
    let rule: Rule
    let fields: [(String, String)]

    static func get(_ path: String, _ rule: Rule, of thing: Thing = .nothing, query: String = "") -> AccessRow {
        AccessRow(method: .get, path: path, query: query, thing: thing, rule: rule, fields: [])
    }

    static func post(
        _ path: String, _ rule: Rule, of thing: Thing = .nothing, _ fields: KeyValuePairs<String, String> = [:]
    ) -> AccessRow {
        AccessRow(
            method: .post, path: path, query: "", thing: thing, rule: rule, fields: fields.map { ($0.key, $0.value) })
    }

    var route: String { "\(method) \(path)" }
    var testDescription: String { "\(route) of \(thing)" }

    func address(_ place: Place) -> String { (path + query).filled(from: place) }
    func form(_ place: Place) -> [(String, String)] { fields.map { ($0.filled(from: place), $1.filled(from: place)) } }
}

enum AccessTable {
    /// From each address that only takes forms to the page above it. They read nothing, so they are anyone's.
    static let waysBack = Set(rows.filter { $0.method == .post }.map(\.path))
        .subtracting(rows.filter { $0.method == .get }.map(\.path)).map { "GET \($0)" }

    static let rows =
        open + people + teams + goals + cycles + keyResults + work + asking + preparing + running + recap + commitments
        + series + coach + calendar

    /// Calendars can’t sign in: whoever has the address reads it.
    private static let calendar: [AccessRow] = [
        .get("/calendar/{token}", .anyone, of: .feed),
        .get("/sessions/{id}/calendar.ics", .bothPeople, of: .session(.agreed)),
        .post("/settings/invitations", .signedIn, ["invitations": "on"]),
        .post("/settings/calendar", .signedIn, ["titles": "none"]),
        .post("/settings/calendar/end", .signedIn),
        .get("/sessions/from-calendar", .signedIn),
        // The form with a file has tests of its own; without one it is asked for.
        .post("/sessions/from-calendar", .signedIn),
        .post(
            "/sessions/from-calendar/asks", .signedIn,
            [
                "chosen": "0", "partner-0": "{joost}", "with-0": "Joost", "name-0": "One bet for spring",
                "purpose-0": "planning", "day-0": "2026-12-03", "time-0": "14:00", "minutes-0": "30",
                "repeat-0": "weekly", "words-0": "Every week", "id-0": "{new}",
            ]),
    ]

    /// The coach answers whoever is signed in, about their own words, and forgets them.
    private static let coach: [AccessRow] = [
        .post("/coach", .signedIn, ["field": "note", "text": "Met with Kwame twice."]),
        .post("/coach/dismissals", .signedIn, ["remark": "note-0123456789abcdef0123456789abcdef"]),
    ]

    private static let open: [AccessRow] = [
        .get("/healthz", .anyone),
        .get("/readyz", .anyone),
        .get("/assets/{name}", .anyone),
        .get("/service-worker.js", .anyone),
        .get("/offline", .anyone),
        .post("/theme", .anyone, ["theme": "dark"]),
        .post("/keys", .anyone, ["keys": "off"]),
        // What each finds has tests of its own.
        .get("/search", .signedIn, query: "?q=onboarding"),
        .get("/help", .anyone),
        .get("/privacy", .anyone),
        .get("/sign-in", .anyone),
        // The answer to a wrong password has a test of its own; the form is for everybody.
        .post("/sign-in", .anyone, ["email": "nobody@larkfield.example", "password": "no such password"]),
        .get("/sign-in/{token}", .anyone, of: .link(.signIn)),
        .post("/sign-in/{token}", .anyone, of: .link(.signIn)),
        .get("/forgotten-password", .anyone),
        .post("/forgotten-password", .anyone, ["email": "{new}@larkfield.example"]),
        .get("/password-reset/{token}", .anyone, of: .link(.passwordReset)),
        .post(
            "/password-reset/{token}", .anyone, of: .link(.passwordReset),
            ["password": "four plain words here", "password-again": "four plain words here"]),
        .get("/check-in/{token}", .anyone, of: .checkInLink),
        .post(
            "/check-in/{token}", .anyone, of: .checkInLink,
            ["key-result": "{id}", "value-{id}": "11", "confidence-{id}": "7"]),
        .get("/invitations/{token}", .anyone, of: .link(.invitation)),
        .post(
            "/invitations/{token}", .anyone, of: .link(.invitation),
            [
                "name": "Pim Vos", "time-zone": "Europe/Amsterdam", "password": "four plain words here",
                "password-again": "four plain words here",
            ]),
        // Whoever holds a reminder can stop such mail, and nothing else.
        .get("/reminders/{token}/{kinds}", .anyone, of: .reminderLink),
        .post("/reminders/{token}/{kinds}", .anyone, of: .reminderLink),
        .post("/reminders/{token}/{kinds}/return", .anyone, of: .reminderLink),
        // The product is set up: nobody sets it up again.
        .get("/set-up/{token}", .noOne, of: .link(.setUp)),
        .post("/set-up/{token}", .noOne, of: .link(.setUp), ["company": "Other"]),
    ]

    private static let people: [AccessRow] = [
        .get("/", .signedIn),
        .post("/sign-out", .signedIn),
        .get("/settings", .signedIn),
        .post(
            "/settings/profile", .signedIn,
            ["name": "A. Name", "time-zone": "Europe/Amsterdam", "locale": "en-GB", "pre-read": "email"]),
        // The old password is asked for, and is wrong here: 422 to everybody who may ask.
        .post("/settings/password", .signedIn, ["old": "wrong"]),
        .post(
            "/settings/reminders", .signedIn,
            ["kind": "prepare", "day": "1", "starts": "09:00", "ends": "17:00", "lead": "8"]),
        .post("/settings/sign-ins/end", .signedIn),
        .post("/settings/sign-ins/{id}/end", .employee, of: .signIn),
        .get("/people", .signedIn),
        .get("/people/new", .admin),
        .post("/people", .admin, ["name": "Noor Bakker", "email": "{new}@larkfield.example", "role": "member"]),
        .get("/people/{id}", .signedIn, of: .person(.active)),
        .get("/people/{id}", .signedIn, of: .person(.deactivated)),
        .get("/people/{id}", .admin, of: .person(.invited)),
        .post("/people/{id}/place", .admin, of: .person(.active), ["role": "member", "manager": "{joost}"]),
        .post("/people/{id}/email", .admin, of: .person(.active), ["email": "{new}@larkfield.example"]),
        .post("/people/{id}/invitation", .admin, of: .person(.invited)),
        .post("/people/{id}/password-reset", .admin, of: .person(.active)),
        .post("/people/{id}/deactivation", .admin, of: .person(.active)),
        .post("/people/{id}/reactivation", .admin, of: .person(.deactivated)),
        .get("/mail", .admin, of: .failedMail),
        .post("/mail/{id}/retry", .admin, of: .failedMail),
    ]

    private static let teams: [AccessRow] = [
        .get("/teams", .signedIn),
        .post("/teams", .admin, ["name": "Team {new}"]),
        .get("/teams/{id}", .signedIn, of: .team),
        .post("/teams/{id}", .admin, of: .team, ["name": "Team {new}"]),
        .post("/teams/{id}/archival", .admin, of: .team),
        .get("/teams/{id}", .signedIn, of: .archivedTeam),
        .post("/teams/{id}/restoration", .admin, of: .archivedTeam),
        .post("/teams/{id}/members", .admin, of: .team, ["person": "{ana}"]),
        .post("/teams/{id}/members/{person}/removal", .admin, of: .team),
    ]

    private static let goals: [AccessRow] =
        [
            .get("/goals", .signedIn),
            .get("/goals", .signedIn, query: "?team={team}"),
            .get("/goals", .ownerAndManager, query: "?person={ana}"),
            .get("/goals/new", .signedIn, query: "?level=person"),
            .get("/goals/new", .adminAmongReaders, query: "?level=company"),
            .get("/goals/new", .team, query: "?level=team&team={team}"),
            .post("/goals", .signedIn, ["level": "person", "title": "The first week runs itself"]),
            .post("/goals", .team, ["level": "team", "team": "{team}", "title": "The first week runs itself"]),
            .post("/goals", .adminAmongReaders, ["level": "company", "title": "The first week runs itself"]),
        ] + goalRows(.goal, read: .ownerAndManager, write: .owner)
        + goalRows(.teamGoal, read: .signedIn, write: .team)
        + goalRows(.companyGoal, read: .signedIn, write: .adminAmongReaders)

    private static func goalRows(_ thing: Thing, read: Rule, write: Rule) -> [AccessRow] {
        [
            .get("/goals/{id}", read, of: thing),
            .get("/goals/{id}/edit", write, of: thing),
            .post("/goals/{id}", write, of: thing, ["version": "1", "title": "The first month runs itself"]),
            .post("/goals/{id}/state", write, of: thing, ["state": "reached"]),
            .post("/goals/{id}/priority", write, of: thing, ["priority": "1"]),
            .post("/goals/{id}/supports/removal", write, of: thing, ["supports": "{goal}"]),
        ]
            + (thing == .companyGoal
                ? [] : [.post("/goals/{id}/supports", write, of: thing, ["supports": "{goal}"])])
    }

    private static let cycles: [AccessRow] = [
        .get("/cycles", .signedIn, of: .cycle),
        .get("/cycles/new", .admin),
        .post(
            "/cycles", .admin,
            ["name": "Q {new}", "kind": "quarter", "startsOn": "2027-01-01", "endsOn": "2027-03-31", "rhythm": "7"]),
        .get("/cycles/{id}", .signedIn, of: .cycle),
        .get("/cycles/{id}", .signedIn, of: .cycle, query: "?q=clinics&health=at-risk&team={team}"),
        .get("/cycles/{id}/map", .signedIn, of: .cycle),
        .get("/cycles/{id}/presentation", .signedIn, of: .cycle),
        .get("/cycles/{id}/edit", .admin, of: .cycle),
        .post(
            "/cycles/{id}", .admin, of: .cycle,
            [
                "version": "1", "name": "Q {new}", "kind": "own", "startsOn": "2026-10-01", "endsOn": "2026-12-20",
                "rhythm": "14",
            ]),
        .post("/cycles/{id}/state", .admin, of: .cycle, ["state": "closing"]),
        .get("/cycles/{id}/removal", .admin, of: .cycle),
        .get("/cycles/{id}/removal", .admin, of: .emptyCycle),
        .post("/cycles/{id}/removal", .admin, of: .emptyCycle),
        .get("/cycles/{id}/closing", .signedIn, of: .cycle),
        .get("/cycles/{id}/closing", .signedIn, of: .closingCycle),
        .post(
            "/goals/{id}/closing", .team, of: .closingOKR,
            ["score": "0.7", "learnt": "Start earlier", "choice": "keep", "next": "{next}"]),
        .get("/cycles/{id}/look-back", .signedIn, of: .cycle),
        .get("/cycles/{id}/export.csv", .signedIn, of: .cycle),
        .get("/cycles/{id}/export.json", .signedIn, of: .cycle),
        .get("/cycles/import", .admin),
        // Files have tests of their own; without one it is asked for.
        .post("/cycles/import", .admin),
        .get("/values", .signedIn, of: .value(isRetired: true)),
        .get("/values", .signedIn, of: .value(isRetired: false)),
        .post("/values", .admin, ["name": "Value {new}"]),
        .post("/values/{id}", .admin, of: .value(isRetired: false), ["version": "1", "name": "Value {new}"]),
        .post("/values/{id}/archival", .admin, of: .value(isRetired: false)),
        .post("/values/{id}/restoration", .admin, of: .value(isRetired: true)),
    ]

    /// A team's are read by everyone and changed by the team; one's own are read by the owner and their manager.
    private static let keyResults: [AccessRow] = [
        .get("/goals/mine", .signedIn, of: .keyResult),
        .get("/goals/check-in", .signedIn, of: .keyResult),
        .post(
            "/goals/check-in", .team, of: .keyResult,
            ["key-result": "{id}", "value-{id}": "11", "confidence-{id}": "7"]),
        .get("/goals/check-in/template.csv", .signedIn, of: .keyResult),
        .get("/goals/check-in/import", .signedIn),
        .post("/goals/check-in/import", .signedIn),
        .get("/goals/{id}", .signedIn, of: .teamOKR(.proposed)),
        .get("/goals/{id}", .team.toOthersHidden, of: .teamOKR(.draft)),
        .get("/goals/{id}", .signedIn, of: .teamOKR(.committed)),
        .get("/goals/{id}", .ownerAndManager, of: .ownOKR),
        .post("/goals/{id}/stage", .team, of: .teamOKR(.proposed), ["stage": "committed"]),
        .post("/goals/{id}/stage", .owner, of: .ownOKR, ["stage": "committed"]),
        .post("/goals/{id}/values", .team, of: .teamOKR(.committed)),
        .get("/goals/{id}/supports/new", .team, of: .teamOKR(.committed)),
        .get("/goals/{id}/key-results/new", .team, of: .teamOKR(.committed)),
        .post("/goals/{id}/key-results", .team, of: .teamOKR(.committed), newKeyResult),
        .post("/goals/{id}/key-results", .owner, of: .ownOKR, newKeyResult),
        .get("/key-results/{id}", .signedIn, of: .keyResult),
        .get("/key-results/{id}", .ownerAndManager, of: .ownKeyResult),
        .post(
            "/key-results/{id}", .team, of: .keyResult,
            [
                "version": "1", "title": "Clinics that go", "kind": "metric", "direction": "lower", "start": "14",
                "target": "8", "weight": "1", "ambition": "committed", "unit": "%",
            ]),
        .post("/key-results/{id}/removal", .team, of: .keyResult, ["reason": "Counted twice"]),
        .post("/key-results/{id}/check-ins", .team, of: .keyResult, ["value": "11", "confidence": "7"]),
        .post("/key-results/{id}/check-ins", .owner, of: .ownKeyResult, ["value": "11", "confidence": "7"]),
        // A check-in is put right by who made it.
        .post(
            "/check-ins/{id}", Rule(allowed: [.ana], refused: [.joost, .leila, .rafael, .yusuf, .greta]), of: .checkIn,
            ["version": "1", "value": "11", "confidence": "7"]),
    ]

    private static let newKeyResult: KeyValuePairs<String, String> = [
        "title": "Clinics that book", "kind": "metric", "direction": "raise", "start": "0", "target": "10",
        "weight": "1",
        "ambition": "committed",
    ]

    private static let work: [AccessRow] = [
        .get("/work/new", .signedIn),
        .post("/work", .signedIn, ["title": "Help-centre migration"]),
        .get("/work/{id}", .ownerAndManager, of: .work),
        .get("/work/{id}/edit", .owner, of: .work),
        .post("/work/{id}", .owner, of: .work, ["version": "1", "title": "The migration"]),
        .post("/work/{id}/state", .owner, of: .work, ["state": "paused"]),
        .post("/work/{id}/supports", .owner, of: .work, ["supports": "{goal}"]),
        .post("/work/{id}/supports/removal", .owner, of: .work, ["supports": "{goal}"]),
    ]

    private static let asking: [AccessRow] =
        [
            .get("/sessions", .signedIn),
            .get("/sessions/{id}", .bothPeople, of: .moving),
            .get("/sessions/new", .signedIn),
            .post("/sessions", .signedIn, [:]),
            .post("/sessions/{id}/acceptance", .managerAnswers, of: .session(.asked), ["time": "{time}"]),
            .post(
                "/sessions/{id}/proposals", .bothPeople, of: .session(.asked),
                ["day-1": "2026-11-27", "time-1": "10:00"]),
            .post("/sessions/{id}/agreed-time", .employeeTakesBack, of: .moving),
            .post("/sessions/{id}/decline", .bothPeople, of: .session(.asked), ["words": "Not now."]),
            .post("/sessions/{id}/withdrawal", .bothPeople, of: .session(.asked)),
            .post("/sessions/{id}/cancellation", .bothPeople, of: .session(.agreed)),
            .post(
                "/sessions/{id}/time", .bothPeople, of: .session(.agreed),
                ["day-1": "2026-11-27", "time-1": "10:00"]),
            .post("/sessions/{id}/time/confirmation", .bothPeople, of: .session(.agreed)),
        ]
        + Session.State.allCases.flatMap { state in
            ["/sessions/{id}", "/sessions/{id}/preparation", "/sessions/{id}/run"].map {
                AccessRow.get($0, .bothPeople, of: .session(state))
            }
        }

    private static let preparing: [AccessRow] = [
        .get("/sessions/{id}/preparation/preview", .bothPeople, of: .session(.agreed)),
        preparation(
            "purpose", ["purpose": "growth", "title": "One bet for spring", "was": "Where onboarding puts its weight"]),
        preparation("texts/{field}", ["version": "0", "draft": "1", "body": "Six clinics"]),
        preparation("sharing", [:]),
        .post(
            "/sessions/{id}/preparation/alignment", .owner, of: .session(.agreed),
            ["work": "{work}", "supports": "{goal}"]),
        preparation(
            "agenda", ["id": "{new}", "title": "Hiring", "minutes": "5", "presenter": "{ana}", "ending": "plan"]),
        preparation("agenda/order", ["order": "{item}"]),
        preparation("agenda/offers", ["offer": "parked-{parked}"]),
        preparation("dismissals", ["offer": "parked-{parked}"]),
        preparation("dismissals/withdrawal", ["offer": "parked-{piece}"]),
        preparation("ranking", [:]),
        preparation("carried/{carried}/answer", ["answer": "dropped", "words": "He is back."]),
        preparation("carried/{carried}/reopening", [:]),
        preparation(
            "agenda/{item}",
            ["version": "1", "title": "Hiring", "minutes": "5", "presenter": "{ana}", "ending": "plan"]),
        preparation("agenda/{item}/place", ["place": "0"]),
        preparation("agenda/{item}/removal", [:]),
        preparation("agenda/{item}/restoration", [:]),
        preparation("evidence", ["id": "{new}", "kind": "achievement", "body": "It works"]),
        preparation(
            "evidence/{piece}", ["form": "", "version": "1", "kind": "achievement", "body": "It works well"]),
        preparation("evidence/{piece}/removal", [:]),
        preparation("evidence/{piece}/restoration", [:]),
    ]

    private static func preparation(_ part: String, _ fields: KeyValuePairs<String, String>) -> AccessRow {
        .post("/sessions/{id}/preparation/\(part)", .bothPeople, of: .session(.agreed), fields)
    }

    private static let running: [AccessRow] = [
        .post("/sessions/{id}/run", .bothPeople, of: .session(.agreed)),
        room("run/step", ["from": "1", "step": "2"]),
        room("run/extension", ["step": "1", "extended": "0", "minutes": "2"]),
        room("run/pause", [:]),
        room("run/resumption", [:]),
        .get("/live", .signedIn),
        .get("/series/{id}/live", .bothPeople, of: .series),
        .get("/sessions/{id}/live", .bothPeople, of: .session(.running)),
        .get("/sessions/{id}/live", .bothPeople, of: .session(.confirmed)),
        room("presence", ["doing": "here"]),
        room("run/ending", [:]),
        .post("/sessions/{id}/run/reopening", .bothPeople, of: .session(.closing)),
        room("run/notes/{step}", ["version": "0", "body": "Where we are"]),
        room("run/private", ["version": "0", "body": "Be plain"]),
        room("run/agenda", ["outcome-{item}": "covered"]),
        .post(
            "/sessions/{id}/verdicts", .managerAnswers, of: .session(.running),
            ["subject": "{goal}", "answer-{goal}": "keep", "version-{goal}": "0"]),
        room("captures", ["id": "{new}", "kind": "decision", "body": "We widen it"]),
        room("captures/{capture}", ["version": "1", "body": "Clinics with two owners"]),
        room("captures/{capture}/removal", [:]),
        room("captures/{capture}/return", [:]),
        room("actions", ["id": "{new}", "body": "Ask Leila", "owner": "{joost}", "due": "2026-12-04"]),
        room("actions/{action}", ["version": "1", "body": "Write it", "owner": "{ana}", "due": "2026-12-04"]),
        room("actions/{action}/removal", [:]),
        room("actions/{action}/return", [:]),
    ]

    private static func room(_ part: String, _ fields: KeyValuePairs<String, String>) -> AccessRow {
        AccessRow(
            method: .post, path: "/sessions/{id}/\(part)", query: "", thing: .session(.running), rule: .bothPeople,
            fields: fields.map { ($0.key, $0.value) })
    }

    private static let recap: [AccessRow] =
        [
            .get("/sessions/{id}/recap", .bothPeople, of: .correction),
            .post("/sessions/{id}/recap", .bothPeople, of: .session(.closing), ["version": "1", "oath": "We do it."]),
            .post("/sessions/{id}/confirmation", .bothPeople, of: .session(.closing), ["version": "1"]),
            .post(
                "/sessions/{id}/corrections", .bothPeople, of: .session(.closing),
                ["about": "oath", "wording": "We do it all.", "version": "1", "id": "{new}"]),
            .post("/sessions/{id}/corrections/{correction}/adoption", .managerAnswers, of: .correction),
            .post(
                "/sessions/{id}/corrections/{correction}/refusal", .managerAnswers, of: .correction,
                ["answer": "It is right as it is."]),
            .post("/sessions/{id}/corrections/{correction}/withdrawal", .employeeTakesBack, of: .correction),
            .post(
                "/sessions/{id}/amendments", .bothPeople, of: .session(.confirmed),
                ["body": "Ghent comes later.", "reason": "The lease.", "id": "{new}"]),
            .post(
                "/sessions/{id}/next", .bothPeople, of: .session(.closing),
                ["title": "One bet for spring", "when": "own", "own": "2026-12-17T14:00"]),
        ]
        + [Session.State.closing, .confirmed].flatMap { state in
            ["recap", "recap/mail", "recap.md"].map {
                AccessRow.get("/sessions/{id}/\($0)", .bothPeople, of: .session(state))
            }
        }

    private static let series: [AccessRow] =
        [
            .get("/series/{id}", .bothPeople, of: .series),
            .post(
                "/series/{id}/rules", .bothPeople, of: .series,
                [
                    "from": "2026-12-01", "time": "10:00", "zone": "Europe/Lisbon", "minutes": "50",
                    "repeat": "two-weeks",
                ]),
            .post(
                "/series/{id}/pauses", .bothPeople, of: .series,
                ["from": "2026-12-21", "until": "2027-01-03", "words": "Winter"]),
            .post("/series/{id}/pauses/{pause}/removal", .bothPeople, of: .series),
            .post("/series/{id}/skips", .bothPeople, of: .series, ["occurrence": "2026-12-10T14:00", "words": "Fair"]),
            .post("/series/{id}/skips/removal", .bothPeople, of: .series, ["occurrence": "2026-12-03T14:00"]),
            .post(
                "/series/{id}/moves", .bothPeople, of: .series,
                ["occurrence": "2026-12-10T14:00", "day-1": "2026-12-11", "time-1": "09:00"]),
            .post("/series/{id}/ending", .bothPeople, of: .series, ["words": "It has served us."]),
            .post(
                "/series/{id}/partner", .owner, of: .series,
                [
                    "id": "{new}", "partner": "{leila}", "share": "recaps", "day-1": "2026-11-27",
                    "time-1": "10:00",
                ]),
            .post("/series/{id}/history", .owner, of: .series, ["with": "{leila}", "share": "recaps"]),
            .post(
                "/series/{id}/history", Rule(allowed: [], refused: [.joost]), of: .series,
                ["with": "{rafael}", "share": "recaps"]),
            // Whoever was in it reads the recap; this is for the one to whom it was opened.
            .get("/sessions/{id}/record", Rule(allowed: [.leila]), of: .openedSession),
            .get("/sessions/{id}/recap", .bothPeople, of: .openedSession),
            .get("/sessions/{id}/recap.md", .bothPeople, of: .openedSession),
            .get("/sessions/{id}/preparation", .bothPeople, of: .openedSession),
            .get("/sessions/{id}", .bothPeople, of: .openedSession),
            .post("/settings/days-off", .signedIn, ["from": "2026-12-21", "until": "2026-12-31"]),
            .get("/settings", .signedIn, of: .dayOff),
            .post("/settings/days-off/{id}/removal", .employee, of: .dayOff),
        ]

    private static let commitments: [AccessRow] = [
        .get("/", .signedIn, of: .session(.confirmed)),
        .get("/commitments", .signedIn, of: .session(.confirmed)),
        .post("/commitments/settlements", .bothPeople, of: .session(.confirmed), ["kept": "{action}"]),
        .post("/actions/{action}/settlement", .bothPeople, of: .session(.confirmed), ["outcome": "kept"]),
        .post("/commitments/reopenings", .bothPeople, of: .session(.confirmed), ["action": "{action}"]),
        .post("/actions/{action}/reopening", .bothPeople, of: .session(.confirmed)),
    ]
}

@Suite("Who may reach what")
struct AccessTableTests {
    @Test("Every route is in the table, and every row of the table is a route")
    func complete() async throws {
        try await withWeb { web in
            let routes = Set(buildRouter(product: web.test.product).routes.map(\.description))
            let rows = Set(AccessTable.rows.map(\.route)).union(AccessTable.waysBack)
            #expect(routes.subtracting(rows).sorted() == [], "routes without a row")
            #expect(rows.subtracting(routes).sorted() == [], "rows without a route")
        }
    }

    @Test("Whoever asks for an address that only takes forms is led to a page")
    func waysBack() async throws {
        try await withWeb { web in
            let waysBack = Set(AccessTable.waysBack)
            for row in AccessTable.rows where row.method == .post && waysBack.contains("GET \(row.path)") {
                let place = try await web.make(row.thing, of: web.test.ana, in: row)
                var address = row.address(place)
                for _ in 0..<3 {
                    let answer = try await web.visit(.get, address, [], as: .greta)
                    guard answer.status == .seeOther, let next = answer.location else {
                        // Greta may not read the session that it is about; what counts is that it is a page.
                        #expect(answer.status == .ok || answer.status == .notFound, "\(row.route): \(address)")
                        break
                    }
                    #expect(next.count < address.count || next == "/", "\(row.route): \(address) to \(next)")
                    address = String(next.prefix { $0 != "?" })
                }
            }
            let answer = try await web.visit(.get, "/settings/days-off", [], as: .ana)
            #expect(answer.status == .seeOther && answer.location == "/settings")
        }
    }

    @Test("Who may not is told that there is nothing, or to sign in, and changes nothing")
    func forbidden() async throws {
        try await withWeb { web in
            for row in AccessTable.rows {
                let place = try await web.make(row.thing, of: web.test.ana, in: row)
                for visitor in Visitor.allCases where !row.rule.allowed.contains(visitor) {
                    try await web.expectNothing(row, place, visitor)
                }
            }
        }
    }

    @Test("Who may can")
    func allowed() async throws {
        try await withWeb { web in
            for row in AccessTable.rows {
                for visitor in Visitor.allCases where row.rule.allowed.contains(visitor) {
                    let place = try await web.make(row.thing, of: web.test.ana, in: row)
                    let answer = try await web.visit(row.method, row.address(place), row.form(place), as: visitor)
                    let isFine = answer.status.code < 400 || answer.status == .unprocessableContent
                    #expect(
                        isFine && answer.location?.hasPrefix("/sign-in?") != true,
                        "\(row.testDescription) as \(visitor): \(answer.status) \(answer.words)")
                    let mayBeWrong = [
                        "POST /sign-in", "POST /settings/password", "POST /sessions", "POST /sessions/from-calendar",
                        "POST /sessions/from-calendar/asks", "POST /cycles/import", "POST /goals/check-in/import",
                    ]
                    #expect(
                        answer.status != .unprocessableContent || mayBeWrong.contains(row.route),
                        "the form of \(row.testDescription) as \(visitor): \(answer.words)")
                }
            }
        }
    }

    @Test("What belongs to one session isn't there in another, not even for who is in both")
    func mixed() async throws {
        try await withWeb { web in
            let children = ["item", "piece", "capture", "action", "correction", "parked", "time"]
            for row in AccessTable.rows where row.method == .post && row.path.hasPrefix("/sessions/{id}") {
                guard let child = children.first(where: { row.path.contains("{\($0)}") }) else { continue }
                let theirs = try await web.make(row.thing, of: web.test.rafael, in: row)
                var place = try await web.make(row.thing, of: web.test.ana, in: row)
                place[child] = theirs[child]
                let before = try await web.fingerprint()
                let answer = try await web.post(
                    row.address(place), fields: row.form(place), as: web.test.joost)
                #expect(answer.status == .notFound, "\(row.testDescription): \(answer.status) \(answer.words)")
                #expect(try await web.fingerprint() == before, "\(row.testDescription) changed something")
            }
        }
    }

    @Test("What a form names of another session isn't taken")
    func mixedFields() async throws {
        try await withWeb { web in
            for row in AccessTable.rows where row.method == .post && row.path.hasPrefix("/sessions/{id}") {
                let named = ["{item}", "{goal}", "{work}", "{time}", "{action}"].filter { name in
                    row.fields.contains { $0.1.contains(name) || $0.0.contains(name) }
                }
                guard !named.isEmpty else { continue }
                let theirs = try await web.make(row.thing, of: web.test.rafael, in: row)
                let place = try await web.make(row.thing, of: web.test.ana, in: row)
                var mixed = place
                for name in named.map({ String($0.dropFirst().dropLast()) }) { mixed[name] = theirs[name] }
                let before = try await web.fingerprint()
                _ = try await web.post(row.address(place), fields: row.form(mixed), as: web.test.joost)
                _ = try await web.post(row.address(place), fields: row.form(mixed), as: web.test.ana)
                #expect(try await web.fingerprint() == before, "\(row.testDescription) changed something")
            }
        }
    }

    @Test("A secret link that is unknown, used or run out opens nothing")
    func links() async throws {
        try await withWeb { web in
            for row in AccessTable.rows where row.path.hasSuffix("/{token}") {
                let before = try await web.writtenRows()
                let unknown = try await web.send(
                    row.method, row.path.filled(from: ["token": "no-such-token"]), row.fields, headers: [:])
                #expect(unknown.status == .notFound, "\(row.route): \(unknown.status)")
                #expect(try await web.writtenRows() == before)
                guard row.method == .post else { continue }
                let place = try await web.make(row.thing, of: web.test.ana)
                for _ in 1...2 {
                    let answer = try await web.send(row.method, row.address(place), row.form(place), headers: [:])
                    if answer.status == .seeOther { continue }
                    #expect(answer.status == .gone, "\(row.route): \(answer.status)")
                }
                let again = try await web.send(row.method, row.address(place), row.form(place), headers: [:])
                #expect(again.status == .gone, "\(row.route) used: \(again.status)")
                let late = try await web.make(row.thing, of: web.test.ana)
                web.test.clock.advance(days: 8)
                let past = try await web.send(row.method, row.address(late), row.form(late), headers: [:])
                #expect(past.status == .gone, "\(row.route) run out: \(past.status)")
            }
        }
    }
}

extension TestWeb {
    func make(_ thing: Thing, of employee: Viewer, in row: AccessRow) async throws -> Place {
        var place = try await make(thing, of: employee)
        place["name"] = String(Assets.style.dropFirst("/assets/".count))
        return place
    }

    /// Holds one visit of who may not against the table.
    fileprivate func expectNothing(_ row: AccessRow, _ place: Place, _ visitor: Visitor) async throws {
        let headers = try await signedIn(visitor)
        let before = try await writtenRows()
        let answer = try await send(row.method, row.address(place), row.form(place), headers: headers)
        func what() -> Comment { "\(row.testDescription) as \(visitor): \(answer.status) \(answer.words)" }
        if row.rule.refused.contains(visitor) {
            #expect([.unprocessableContent, .conflict].contains(answer.status), what())
        } else if row.path.hasSuffix("/{token}") {
            #expect([.notFound, .gone].contains(answer.status), what())
        } else if visitor == .signedOut && row.method == .post {
            #expect(answer.status == .unauthorized && answer.body.contains("You were signed out meanwhile"), what())
        } else if visitor == .signedOut {
            #expect(answer.status == .seeOther && answer.location?.hasPrefix("/sign-in") == true, what())
        } else {
            #expect(answer.status == .notFound, what())
        }
        #expect(try await writtenRows() == before, "\(row.testDescription) as \(visitor) wrote something")
    }

    func post(_ path: String, fields: [(String, String)], as viewer: Viewer) async throws -> TestAnswer {
        try await send(.post, path, fields, headers: [.cookie: "throughline=\(try await test.signIn(viewer))"])
    }

    /// What the database holds of content, in short: the same before and after when nothing has changed. Sign-ins and
    /// what the journal says of them come and go with every visit.
    /// - Parameter session: look at this one only, which is faster; nil for all.
    func fingerprint(of session: String? = nil) async throws -> [String] {
        let parts = [
            "session_text", "agenda_item", "evidence", "verdict", "capture", "action", "recap_version",
            "recap_confirmation", "recap_correction", "amendment", "carried", "suggestion_dismissal", "goal_rank",
        ]
        return try await test.database.read { tx in
            func rows(_ table: String, _ condition: SQL) throws -> String {
                // Without an order of their own, PostgreSQL gives rows in any.
                let rows = try tx.rows("select * from \(unchecked: table) where \(condition)").map { "\($0.values)" }
                    .sorted()
                return "\(table) \("\(rows)".hashValue)"
            }
            func count(_ table: String, _ condition: SQL) throws -> String {
                let count = try tx.value(Int.self, "select count(*) from \(unchecked: table) where \(condition)")
                return "\(table) \(count ?? 0)"
            }
            let all: SQL = "1 = 1"
            return try parts.map { try rows($0, session.map { "session = \($0)" } ?? all) }
                + [
                    rows("session", session.map { "id = \($0) or previous = \($0)" } ?? all),
                    count("mail", all), count("work_support", all), count("journal", "verb <> 'signed-in'"),
                ]
        }
    }
}

extension TestAnswer {
    /// What a page says first, to tell what went wrong.
    var words: String {
        let lede = body.firstMatch(of: /<p class="lede">([^<]*)/).map { String($0.1) } ?? ""
        let errors = body.matches(of: /<p class="err"[^>]*>.*?<\/svg>([^<]*)/).map { String($0.1) }
        return ([location ?? "", lede] + errors).filter { !$0.isEmpty }.joined(separator: " | ")
    }
}
