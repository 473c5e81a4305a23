import HTTPTypes
import Hummingbird
import Markup
import Storage
import Throughline

/// A form that was not taken, and the status that says why.
struct Rejection {
    let rejected: Rejected
    let status: HTTPResponse.Status

    /// - Throws: the error itself, when it is none that is told at the form.
    init(_ error: any Error, of form: Form, named name: String) throws {
        switch error {
        case let invalid as Invalid:
            rejected = Rejected(name: name, form: form, problems: invalid.problems)
            status = .unprocessableContent
        case let refused as Refused:
            rejected = Rejected(name: name, form: form, problems: [Problem(field: "", words: refused.words)])
            status = .unprocessableContent
        case let tries as TooManyTries:
            rejected = Rejected(name: name, form: form, problems: [Problem(field: "", words: tries.words)])
            status = .tooManyRequests
        default:
            throw error
        }
    }
}

extension Parameters {
    /// The id in an address.
    /// - Throws: ``NotFound`` when it can't be one.
    func id<Entity>(_ name: Substring = "id", of type: Entity.Type = Entity.self) throws -> ID<Entity> {
        guard let id = self[name].flatMap({ ID<Entity>($0) }) else { throw NotFound() }
        return id
    }
}

extension Fields {
    /// The two fields of a new password.
    func newPassword(_ label: String) -> HTML {
        input(
            "password", label, value: "", type: "password",
            hint: "At least 10 characters. A few words in a row are easy to remember.", isRequired: true,
            attributes: "autocomplete=\"new-password\"")
            + input(
                "password-again", "The same once more", value: "", type: "password",
                hint: "So that a slip of the finger doesn’t lock you out.", isRequired: true,
                attributes: "autocomplete=\"new-password\"")
    }

    /// Where somebody's days begin and end.
    /// - Parameter company: whose people read it; nil before there is one.
    func timeZone(chosen: String, company: String? = nil) -> HTML {
        // A zone that is offered no longer must not turn into the first of the list by being saved.
        let names = TimeZones.offered.contains(chosen) ? TimeZones.offered : [chosen] + TimeZones.offered
        return select(
            "time-zone", "Time zone", options: names.map { ($0, $0.replacing("_", with: " ")) },
            chosen: chosen,
            hint: "Sessions are shown in your time.", seen: company.map(Seen.company))
    }
}
