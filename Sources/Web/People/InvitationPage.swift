import Foundation
import Markup
import Throughline

/// Where somebody who was invited comes in.
struct InvitationPage {
    let view: InvitationView
    let token: String
    let rejected: Rejected?

    var page: Page {
        let person = view.person
        let fields = Fields("join", after: rejected)
        return Page(
            title: "Join \(view.company)", width: .slim,
            main: """
                <header class="open">
                <p class="kick">\(view.company)</p>
                <h1>Welcome, \(person.personName.first).</h1>
                <p class="lede">Check your name and choose a password; then you are in.</p>
                </header>
                <form class="stack" action="\(Path.link(.invitation, token))" method="post">
                \(fields.summary)
                \(fields.input(
                    "name", "Your name", value: person.name, seen: .company(view.company), isRequired: true,
                    attributes: "autocomplete=\"name\""))
                \(fields.input(
                    "pronouns", "Your pronouns, if you like", value: person.pronouns, seen: .company(view.company)))
                <div class="f"><label for="join-email">You sign in with</label>\
                <input id="join-email" name="username" type="email" value="\(person.email)" readonly \
                autocomplete="username"></div>
                \(fields.newPassword("Choose a password"))
                \(fields.timeZone(chosen: person.timeZone.identifier, company: view.company))
                <p class="row"><button class="btn go">Join \(view.company)</button></p>
                <p class="meta"><a href="\(Path.privacy)">Who can read what you write here</a></p>
                </form>
                """)
    }
}
