import Foundation
import Storage
import Throughline

/// Every address of the product, in one place. Addresses are nouns; what one does to them is the method.
struct Path: Sendable, CustomStringConvertible, ExpressibleByStringInterpolation {
    let description: String

    init(stringLiteral value: String) { description = value }

    static let today: Path = "/"
    static let help: Path = "/help"
    static let privacy: Path = "/privacy"
    static let theme: Path = "/theme"

    // People
    static let people: Path = "/people"
    static let settings: Path = "/settings"
    static let signOut: Path = "/sign-out"
    static let mail: Path = "/mail"

    static func signIn(next: String? = nil) -> Path {
        guard let next, next != "/" else { return "/sign-in" }
        return Path(stringLiteral: "/sign-in?next=" + queryEncoded(next))
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

    private static func queryEncoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
