import Markup
import Storage
import Throughline

/// The company's teams.
struct TeamsPage {
    let teams: [TeamSummary]
    let viewer: Viewer
    let rejected: Rejected?

    var page: Page {
        Page(
            title: "Teams", place: .people,
            main: """
                <header class="open">
                <p class="kick">\(viewer.company)</p>
                <h1>Teams</h1>
                <p class="lede">People who work towards the same objectives.</p>
                </header>
                <div class="stack loose">
                \(peopleTabs(isOnTeams: true))
                \(teams.isEmpty ? nothing : "<ul class=\"ruled offers\">\(teams.html(row))</ul>")
                \(if: viewer.isAdmin, form)
                </div>
                """)
    }

    private var nothing: HTML {
        """
        <div class="empty"><p>No teams yet.</p>
        <p class="meta">A team has people and objectives of its own. Administrators make teams.</p></div>
        """
    }

    private func row(_ each: TeamSummary) -> HTML {
        """
        <li><p><b dir="auto"><a href="\(Path.team(each.team.id))">\(each.team.name)</a>\
        \(if: each.team.archivedAt != nil, " <span class=\"tag\">put away</span>")</b>\
        <span class="voice" dir="auto">\(each.team.purpose)</span></p>
        <p class="meta num">\(each.size == 1 ? "1 person" : "\(each.size) people")</p></li>
        """
    }

    private var form: HTML {
        let fields = Fields("new-team", after: rejected)
        return """
            <section class="stack" aria-labelledby="new">
            <h2 id="new">Make a team</h2>
            <form class="stack" action="\(Path.teams)" method="post">
            \(fields.summary)
            \(fields.newID())
            \(fields.teamFields(name: "", purpose: "", company: viewer.company))
            <p class="row"><button class="btn go">Make this team</button></p>
            </form></section>
            """
    }
}

/// One team and its people.
struct TeamPage {
    let profile: TeamProfile
    let viewer: Viewer
    let rejected: Rejected?

    private var team: Team { profile.team }

    var page: Page {
        Page(
            title: team.name, place: .people,
            main: """
                <header class="open">
                <p class="kick"><a href="\(Path.teams)">Teams</a>\(if: team.archivedAt != nil, ", put away")</p>
                <h1 dir="auto">\(team.name)</h1>
                \(if: !team.purpose.isEmpty, "<p class=\"lede\" dir=\"auto\">\(team.purpose)</p>")
                </header>
                <div class="parts">
                <section class="part" aria-labelledby="members">
                <h2 id="members">People</h2>
                <p class="margin meta num">\(profile.members.count)</p>
                <div class="body">
                \(profile.members.isEmpty ? nobody : "<ul class=\"ruled offers\">\(profile.members.html(row))</ul>")
                \(if: viewer.isAdmin && !profile.others.isEmpty, addition)
                </div>
                </section>
                \(if: viewer.isAdmin, administration)
                </div>
                """)
    }

    private var nobody: HTML {
        """
        <div class="empty"><p>Nobody is in this team yet.</p>
        <p class="meta">Administrators say who is in a team.</p></div>
        """
    }

    private func row(_ each: PersonSummary) -> HTML {
        """
        <li><div class="pers">\(avatar(each.person))<p>\
        <b dir="auto"><a href="\(Path.person(each.person.id))">\(each.person.name)</a>\
        \(if: each.state == .invited, " <span class=\"tag\">invited</span>")</b>\
        <span class="meta" dir="auto">\(each.job)</span></p></div>
        \(if: viewer.isAdmin, """
            <form action="\(Path.removal(of: each.person.id, from: team.id))" method="post">\
            <button class="btn sm">Take out<span class="vh"> \(each.person.name)</span></button></form>
            """)</li>
        """
    }

    private var addition: HTML {
        let fields = Fields("member", after: rejected)
        return """
            <form class="row end" action="\(Path.team(team.id, "members"))" method="post">
            \(fields.select(
                "person", "Take somebody in",
                options: [("", "Choose …")] + profile.others.map { ($0.id.text, $0.name) }, chosen: ""))
            <button class="btn">Take them in</button>
            </form>
            """
    }

    private var administration: HTML {
        let fields = Fields("team", after: rejected)
        let isArchived = team.archivedAt != nil
        return """
            <section class="part" aria-labelledby="team">
            <h2 id="team">Name and purpose</h2>
            <p class="margin meta">for administrators</p>
            <form class="body" action="\(Path.team(team.id))" method="post">
            \(fields.summary)
            \(fields.teamFields(name: team.name, purpose: team.purpose, company: viewer.company))
            <p class="row"><button class="btn">Save the team</button></p>
            </form>
            </section>
            <section class="part" aria-labelledby="archive">
            <h2 id="archive">\(isArchived ? "Put away" : "Its end")</h2>
            <p class="margin meta">for administrators</p>
            <form class="body" action="\(Path.team(team.id, isArchived ? "restoration" : "archival"))" method="post">
            <p>\(isArchived
                ? "This team is in no list any more. Its people and goals are as they were."
                : "A team that is put away leaves the lists. Its goals and everybody’s records stay, and it can come back.")\
            </p>
            <p class="row"><button class="btn">\(isArchived ? "Take it out again" : "Put this team away")</button></p>
            </form>
            </section>
            """
    }
}

extension Fields {
    fileprivate func teamFields(name: String, purpose: String, company: String) -> HTML {
        input("name", "What is it called?", value: name, seen: .company(company), isRequired: true)
            + area(
                "purpose", "What is it for?", value: purpose, rows: 2, hint: "In a sentence or two.",
                seen: .company(company))
    }
}
