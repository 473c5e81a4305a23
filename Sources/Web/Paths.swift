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
    static let endOfSignIns: Path = "/settings/sign-ins/end"
    static func end(of signIn: ID<SignIn>) -> Path { "/settings/sign-ins/\(signIn)/end" }

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

    // Goals
    static let goals: Path = "/goals"

    // Sessions
    static let sessions: Path = "/sessions"
    static func session(_ id: ID<Session>, _ part: String? = nil) -> Path {
        Path(stringLiteral: "/sessions/\(id)" + (part.map { "/" + $0 } ?? ""))
    }

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
