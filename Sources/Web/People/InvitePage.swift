import Markup
import Storage
import Throughline

/// Where administrators invite somebody.
struct InvitePage {
    let managers: [PersonName]
    let teams: [TeamName]
    let isMailed: Bool
    let rejected: Rejected?

    var page: Page {
        let fields = Fields("invite", after: rejected)
        return Page(
            title: "Invite somebody", place: .people,
            main: """
                <header class="open">
                <p class="kick"><a href="\(Path.people)">People</a></p>
                <h1>Invite somebody</h1>
                <p class="lede">\(lede)</p>
                </header>
                <form class="stack loose" action="\(Path.people)" method="post">
                \(fields.summary)
                <div class="cols">
                \(fields.input("name", "Their name", value: "", isRequired: true, attributes: "autocomplete=\"off\""))
                \(fields.input(
                    "email", "Their e-mail address", value: "", type: "email", isRequired: true,
                    attributes: "autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\""))
                \(fields.input("job", "What they do, if you like", value: ""))
                \(fields.select(
                    "manager", "Reports to", options: [("", "Nobody")] + managers.map { ($0.id.text, $0.name) },
                    chosen: ""))
                \(fields.select(
                    "team", "Team", options: [("", "None yet")] + teams.map { ($0.id.text, $0.name) }, chosen: ""))
                </div>
                \(fields.roles(chosen: .member))
                <p class="row"><button class="btn go">Invite them</button>\
                <a class="btn quiet" href="\(Path.people)">Not now</a></p>
                </form>
                """)
    }

    private var lede: String {
        isMailed
            ? "They get a link by e-mail, choose a password, and are in. You see the link too, to pass it on yourself."
            : "You get a link to hand over, because no mail server is set up. With it they choose a password, and are in."
    }
}

/// A link that was just made, shown this once.
struct MadeLinkPage {
    let link: MadeLink
    let isMailed: Bool
    let viewer: Viewer

    var page: Page {
        Page(
            title: title, place: .people,
            main: """
                <header class="open">
                <p class="kick"><a href="\(Path.person(link.person.id))">\(link.person.name)</a></p>
                <h1>\(title)</h1>
                <p class="lede">\(lede)</p>
                </header>
                <div class="stack">
                <div class="row end">
                <div class="f grow"><label for="made-link">The link</label>\
                <input id="made-link" value="\(link.address)" readonly></div>
                <button class="btn" type="button" data-copy="\(link.address)">Copy the link</button>
                </div>
                <p class="meta">It works once, until \(link.expiresAt.long(in: viewer.timeZone)). Give it to nobody but \
                \(link.person.first): whoever opens it first is \(link.person.first) to Throughline.</p>
                <p class="row"><a class="btn go" href="\(Path.people)">Back to people</a>\
                \(if: link.kind == .invitation, "<a class=\"btn\" href=\"\(Path.newInvitation)\">Invite another</a>")</p>
                </div>
                """)
    }

    private var lede: HTML {
        guard isMailed else {
            return """
                No mail server is set up, so no mail reaches them. Hand this link over yourself. It also stands with \
                the <a href="\(Path.mail)">mail that was sent</a>.
                """
        }
        return """
            It is on its way to \(link.email). If that mail can’t be waited for, pass the link on yourself: it is shown \
            only here, only now.
            """
    }

    private var title: String {
        link.kind == .invitation
            ? "\(link.person.first) is invited" : "A link for \(link.person.first)’s new password"
    }
}
