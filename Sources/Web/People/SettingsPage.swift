import Foundation
import Markup
import Storage
import Throughline

/// A person's own settings.
struct SettingsPage {
    let view: SettingsView
    let viewer: Viewer
    let now: Date
    let rejected: Rejected?

    private var person: Person { view.person }

    var page: Page {
        Page(
            title: "Your settings",
            main: """
                <header class="open">
                <p class="kick">\(person.email)</p>
                <h1>Your settings</h1>
                <p class="lede">Who you are to the others, and where you are signed in. \
                <a href="\(Path.person(person.id))">Your page, as others see it</a></p>
                </header>
                <div class="parts">
                \(profile)
                \(daysOff)
                \(password)
                \(signIns)
                \(events)
                </div>
                """)
    }

    private var profile: HTML {
        let fields = Fields("profile", after: rejected)
        let everyone = Seen.company(viewer.company)
        return """
            <section class="part" aria-labelledby="profile">
            <h2 id="profile">Profile</h2>
            <form class="body" action="\(Path.profile)" method="post">
            \(fields.summary)
            <div class="cols">
            \(fields.input(
                "name", "Your name", value: person.name, seen: everyone, isRequired: true,
                attributes: "autocomplete=\"name\""))
            \(fields.input("pronouns", "Your pronouns, if you like", value: person.pronouns, seen: everyone))
            \(fields.input("job", "What you do", value: person.job, seen: everyone))
            \(fields.timeZone(chosen: person.timeZone.identifier, company: viewer.company))
            \(fields.select(
                "locale", "Language and region", options: Locales.offered.map { ($0.tag, $0.label) },
                chosen: person.locale, hint: "Pages are in English for now; we keep it for later.", seen: .onlyYou))
            </div>
            \(fields.choices(
                "pre-read", "What is to be read before a meeting reaches you",
                options: [("email", "By e-mail"), ("page", "Only on your Today page"), ("none", "Not at all")],
                chosen: person.preRead.rawValue))
            <p>\(Seen.onlyYou.html)</p>
            <p class="row"><button class="btn go">Save your profile</button></p>
            </form>
            </section>
            """
    }

    private var daysOff: HTML {
        let fields = Fields("days-off", after: rejected)
        let rows = view.daysOff.html { dayOff in
            let days =
                dayOff.fromDay == dayOff.untilDay
                ? dayOff.fromDay.full : "\(dayOff.fromDay.long) to \(dayOff.untilDay.full)"
            return """
                <li><p><b>\(days)</b></p><form action="\(Path.removal(of: dayOff.id))" method="post">\
                <button class="btn sm">Remove<span class="vh"> \(days)</span></button></form></li>
                """
        }
        return """
            <section class="part" aria-labelledby="days-off">
            <h2 id="days-off">Days off</h2>
            <div class="body">
            <div class="f-top"><p>When you are away. A session on such a day becomes a question to both of you: move it \
            or skip it? Nothing is skipped by itself.</p>\
            <span class="seen pair">\(Icon.pair)Whom you have sessions with</span></div>
            \(if: !view.daysOff.isEmpty, "<ul class=\"ruled offers\">\(rows)</ul>")
            <form class="stack" action="\(Path.daysOff)" method="post">
            \(fields.summary)
            <div class="row end">
            \(fields.input("from", "Away from", value: "", type: "date"))
            \(fields.input("until", "Until and including", value: "", type: "date"))
            <button class="btn">Add these days</button></div>
            </form></div>
            </section>
            """
    }

    private var password: HTML {
        let fields = Fields("password", after: rejected)
        let old = fields.input(
            "old", "Your present password", value: "", type: "password", isRequired: true,
            attributes: "autocomplete=\"current-password\"")
        return """
            <section class="part" aria-labelledby="password">
            <h2 id="password">Password</h2>
            <form class="body" action="\(Path.password)" method="post">
            \(fields.summary)
            <input type="hidden" name="username" value="\(person.email)" autocomplete="username">
            \(view.hasPassword ? old : "<p>You have no password yet; you came in by a link.</p>")
            <div class="cols">\(fields.newPassword("Your new password"))</div>
            <p class="row"><button class="btn">Change your password</button>\
            <span class="meta">Every other browser is then signed out.</span></p>
            </form>
            </section>
            """
    }

    private var signIns: HTML {
        """
        <section class="part" aria-labelledby="sign-ins">
        <h2 id="sign-ins">Signed in</h2>
        <p class="margin meta">\(view.signIns.count == 1 ? "here only" : "in \(view.signIns.count) places")</p>
        <div class="body">
        <div class="f-top"><p>Each browser that can read what you can. Sign out those that you don’t know.</p>\
        \(Seen.onlyYou.html)</div>
        <ul class="ruled offers">\(view.signIns.html(row))</ul>
        <form action="\(Path.endOfSignIns)" method="post">
        <p class="row"><button class="btn stop">Sign out everywhere</button>\
        <span class="meta">Here too: you sign in again with your password.</span></p></form>
        </div>
        </section>
        """
    }

    private func row(_ signIn: SignIn) -> HTML {
        let zone = viewer.timeZone
        let lastSeen = WallTime(signIn.lastSeenAt, in: zone)
        let isThis = signIn.id == viewer.signIn
        return """
            <li><p><b>\(signIn.device)\(if: isThis, ", this one")</b>\
            <span class="meta">Since \(signIn.createdAt.short(in: zone)). Last used \
            \(lastSeen.day.relative(to: Day(now, in: zone)).lowercasedFirst), about \(lastSeen.time).</span></p>
            <form action="\(Path.end(of: signIn.id))" method="post"><button class="btn sm">Sign out\
            <span class="vh"> \(signIn.device), signed in \(signIn.createdAt.short(in: zone))</span></button></form></li>
            """
    }

    private var events: HTML {
        let nothing: HTML = "<p>Nobody but you has touched your account.</p>"
        let rows: HTML = """
            <ul class="ruled stack">\(view.events.html { event in
                """
                <li><p class="meta">\(event.at.long(in: viewer.timeZone))</p><p>\(words(for: event))</p></li>
                """
            })</ul>
            """
        return """
            <section class="part" aria-labelledby="account">
            <h2 id="account">Done by others</h2>
            <p class="margin meta">in the past year</p>
            <div class="body">
            \(view.events.isEmpty ? nothing : rows)
            </div>
            </section>
            """
    }

    private func words(for event: AccountEvent) -> String {
        let who = event.by ?? "Somebody at the machine that Throughline runs on"
        return switch event.verb {
        case "changed-email": "\(who) changed the address that you sign in with."
        case "link-for-password": "\(who) made a link with which a new password for you could be chosen."
        case "link-to-sign-in": "\(who) made a link with which one could sign in as you."
        case "reactivated": "\(who) let you in again."
        default: "\(who) changed something: \(event.verb)."
        }
    }
}

extension String {
    /// For a word that begins a sentence elsewhere: 'Today' becomes 'today', a weekday keeps its capital.
    fileprivate var lowercasedFirst: String {
        ["Today", "Yesterday", "Tomorrow"].contains(self) ? lowercased() : self
    }
}
