import Foundation
import Markup
import Storage
import Throughline

/// One person: who they are, whom they work with, and, for administrators, what to do about them.
struct PersonPage {
    let profile: PersonProfile
    let viewer: Viewer
    let now: Date
    let rejected: Rejected?

    private var person: Person { profile.person }
    private var first: String { person.personName.first }
    private var isMe: Bool { person.id == viewer.id }

    var page: Page {
        Page(
            title: person.name, place: .people,
            main: """
                <header class="open">
                <p class="kick" dir="auto">\(kick)</p>
                <h1 dir="auto">\(person.name)</h1>
                <p class="lede">\(lede)</p>
                \(deed)
                </header>
                <div class="parts">
                \(company)
                \(profile.administration.map(administration))
                </div>
                """)
    }

    private var kick: String {
        [person.job, person.pronouns].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private var lede: String {
        switch person.state {
        case .invited: "Invited; \(first) has not come yet."
        case .deactivated: "\(first) no longer works at \(viewer.company). What you agreed together stays."
        case .active where isMe: "This is how others see you. It is \(now.time(in: person.timeZone)) for you."
        case .active: "It is \(now.time(in: person.timeZone)) for \(first) now\(difference)."
        }
    }

    /// How far apart the two clocks are.
    private var difference: String {
        let seconds = person.timeZone.secondsFromGMT(for: now) - viewer.timeZone.secondsFromGMT(for: now)
        guard seconds != 0 else { return ", as it is for you" }
        let minutes = abs(seconds) / 60
        let (hours, rest) = (minutes / 60, minutes % 60)
        let length = [
            hours == 0 ? nil : hours == 1 ? "1 hour" : "\(hours) hours", rest == 0 ? nil : "\(rest) minutes",
        ].compactMap { $0 }.joined(separator: " and ")
        return ", \(length) \(seconds > 0 ? "ahead of" : "behind") you"
    }

    private var deed: HTML {
        if isMe {
            return "<p class=\"row\"><a class=\"btn\" href=\"\(Path.settings)\">Change your settings</a></p>"
        }
        guard person.state == .active else { return "" }
        return """
            <p class="row"><a class="btn go" href="\(Path.sessionRequest(with: person.id))">\
            Ask \(first) for a session</a></p>
            """
    }

    private var company: HTML {
        """
        <section class="part" aria-labelledby="company">
        <h2 id="company">At \(viewer.company)</h2>
        <div class="body">
        <div class="cols">
        <section class="stack tight"><h3>Reports to</h3>\
        \(profile.manager.map(names) ?? "<p>Nobody.</p>")</section>
        <section class="stack tight"><h3>\(profile.teams.count > 1 ? "Teams" : "Team")</h3>\(teams)</section>
        <section class="stack tight"><h3>Reports to \(first)</h3>\(reports)</section>
        <section class="stack tight"><h3>Time zone</h3>\
        <p>\(person.timeZone.identifier.replacing("_", with: " "))</p></section>
        </div>
        </div>
        </section>
        """
    }

    private func names(_ name: PersonName) -> HTML {
        "<p class=\"pers\">\(avatar(name, small: true))<a dir=\"auto\" href=\"\(Path.person(name.id))\">\(name.name)</a></p>"
    }

    private var reports: HTML {
        profile.reports.isEmpty ? "<p>Nobody.</p>" : profile.reports.html(names)
    }

    private var teams: HTML {
        guard !profile.teams.isEmpty else { return "<p>None.</p>" }
        return profile.teams.html { team in
            "<p><a dir=\"auto\" href=\"\(Path.team(team.id))\">\(team.name)</a></p>"
        }
    }

    // MARK: For administrators

    private func administration(_ more: PersonProfile.Administration) -> HTML {
        place(more) + access(more) + leaving(HoldingsPart(holdings: more.holdings, first: first).html)
    }

    private func place(_ more: PersonProfile.Administration) -> HTML {
        let fields = Fields("place", after: rejected)
        // Whoever has left stays in the list while somebody still reports to them.
        let gone = profile.manager.flatMap { manager in
            more.managers.contains { $0.id == manager.id }
                ? nil : (manager.id.text, "\(manager.name), who has left")
        }
        let managers =
            [("", "Nobody")] + more.managers.map { ($0.id.text, $0.name) } + [gone].compactMap { $0 }
        return """
            <section class="part" aria-labelledby="place">
            <h2 id="place">Place</h2>
            <p class="margin meta">for administrators</p>
            <form class="body" action="\(Path.person(person.id, "place"))" method="post">
            \(fields.summary)
            <div class="cols">
            \(fields.input(
                "job", "What \(first) does", value: person.job, seen: .company(viewer.company)))
            \(fields.select(
                "manager", "Reports to", options: managers, chosen: profile.manager?.id.text ?? ""))
            </div>
            \(fields.roles(chosen: person.role))
            <p class="row"><button class="btn">Save \(first)’s place</button>\
            <a class="btn quiet" href="\(Path.teams)">Teams have pages of their own</a></p>
            </form>
            </section>
            """
    }

    private func access(_ more: PersonProfile.Administration) -> HTML {
        let fields = Fields("email", after: rejected)
        return """
            <section class="part" aria-labelledby="access">
            <h2 id="access">Signing in</h2>
            <p class="margin meta">for administrators</p>
            <div class="body">
            <form class="row end" action="\(Path.person(person.id, "email"))" method="post">
            \(fields.input(
                "email", "\(first)’s e-mail address", value: person.email, type: "email",
                hint: "They sign in with it. Only they and administrators see it. The old address is told of a change.",
                isRequired: true, attributes: "autocomplete=\"off\" autocapitalize=\"none\""))
            <button class="btn">Change the address</button>
            </form>
            \(linkForm(more))
            </div>
            </section>
            """
    }

    private func linkForm(_ more: PersonProfile.Administration) -> HTML {
        switch person.state {
        case .invited:
            """
            <form class="stack tight" action="\(Path.person(person.id, "invitation"))" method="post">
            <p>\(invitationWords(more))</p>
            <p class="row"><button class="btn">Make a new invitation</button>\
            <span class="meta">It is shown to you, to pass on yourself, and e-mailed where a mail server is set up.</span></p></form>
            """
        case .active:
            """
            <form class="stack tight" action="\(Path.person(person.id, "password-reset"))" method="post">
            <p class="row"><button class="btn">Make a link for a new password</button></p>
            <p class="meta">It is shown to you, to pass on yourself, and e-mailed to \(first) where a mail server is set \
            up. Whoever opens it can choose \(first)’s password, so it is noted on \(first)’s settings page that you made it.</p></form>
            """
        case .deactivated:
            "<p>Nobody can sign in as \(first) while they are away.</p>"
        }
    }

    private func invitationWords(_ more: PersonProfile.Administration) -> String {
        guard let end = more.invitationEndsAt else { return "There is no invitation that works." }
        return end > now
            ? "The last invitation works until \(end.long(in: viewer.timeZone))."
            : "The last invitation ran out on \(end.long(in: viewer.timeZone))."
    }

    private func leaving(_ holdings: HTML) -> HTML {
        let fields = Fields("leaving", after: rejected)
        let isGone = person.state == .deactivated
        return """
            <section class="part" aria-labelledby="leaving">
            <h2 id="leaving">\(isGone ? "Coming back" : "Leaving")</h2>
            <p class="margin meta">for administrators</p>
            <div class="body">
            \(fields.summary)
            \(isGone ? holdings + comingBack : goingAway(holdings, isOpen: fields.wasRejected))
            </div>
            </section>
            """
    }

    private var comingBack: HTML {
        """
        <form class="stack tight" action="\(Path.person(person.id, "reactivation"))" method="post">
        <p>\(first) gets back in with the password they had, or by a new invitation if they never chose one.</p>
        <p class="row"><button class="btn">Let \(first) in again</button></p></form>
        """
    }

    private func goingAway(_ holdings: HTML, isOpen: Bool) -> HTML {
        """
        <details\(if: isOpen, " open")><summary class="sum">\(first) no longer works here \(Icon.chevron)</summary>
        \(holdings)
        <form class="stack" action="\(Path.person(person.id, "deactivation"))" method="post">
        <p>\(first) is signed out everywhere and can’t sign in; open links for them end. Sessions, recaps and goals stay \
        with those they were shared with, and \(first)’s private notes stay private. \(reportsWords)</p>
        <p class="row"><button class="btn stop">Deactivate \(person.name)</button></p></form></details>
        """
    }

    private var reportsWords: String {
        switch profile.reports.count {
        case 0: "Nobody reports to \(first)."
        case 1: "\(profile.reports[0].name) still reports to \(first) until you choose somebody else."
        case let count: "The \(count) people who report to \(first) still do until you choose somebody else."
        }
    }
}

extension Fields {
    /// What somebody may do.
    func roles(chosen: Role) -> HTML {
        choices(
            "role", "May",
            options: [
                (Role.member.rawValue, "Take part"),
                (Role.admin.rawValue, "Take part, invite people and look after teams"),
            ], chosen: chosen.rawValue)
    }
}
