import Foundation
import Markup
import Storage
import Throughline

/// Everybody at the company, by name.
struct PeoplePage {
    /// Those whom the search found.
    let people: [PersonSummary]
    /// How many there are without a search.
    let count: Int
    let search: String
    let viewer: Viewer

    var page: Page {
        Page(
            title: "People", place: .people,
            main: """
                <header class="open">
                <p class="kick">\(viewer.company)</p>
                <h1>People</h1>
                <p class="lede">\(lede)</p>
                </header>
                <div class="stack loose">
                \(peopleTabs(isOnTeams: false))
                <div class="row tools">
                <form class="row end" action="\(Path.people)" method="get" role="search">
                <div class="f"><label for="people-q">Name, job, team or manager</label>\
                <input id="people-q" type="search" name="q" value="\(search)" dir="auto"></div>
                <button class="btn">Find</button>
                \(if: !search.isEmpty, "<a class=\"btn quiet\" href=\"\(Path.people)\">Show everybody</a>")
                </form>
                \(if: viewer.isAdmin, "<a class=\"btn go\" href=\"\(Path.newInvitation)\">Invite somebody</a>")
                </div>
                \(people.isEmpty ? nothing : list)
                </div>
                """)
    }

    private var lede: String {
        if !search.isEmpty { return "\(people.count) of \(count) people match “\(search)”." }
        return count == 1 ? "You are the first one here." : "\(count) people, from A to Z."
    }

    private var nothing: HTML {
        """
        <div class="empty"><p>Nobody matches “\(search)”.</p>
        <p class="meta">Try a part of the name, or the team.</p>
        <a class="btn" href="\(Path.people)">Show everybody</a></div>
        """
    }

    /// With many people, a heading for each letter; with few, none.
    private var list: HTML {
        guard people.count > 30 else { return "<ul class=\"ruled folk\">\(people.html(row))</ul>" }
        var groups: [(letter: String, people: [PersonSummary])] = []
        for each in people {
            let letter = Self.letter(of: each.person.name)
            if groups.last?.letter == letter {
                groups[groups.count - 1].people.append(each)
            } else {
                groups.append((letter, [each]))
            }
        }
        return groups.html { group in
            """
            <section class="stack tight"><h2>\(group.letter)</h2>
            <ul class="ruled folk">\(group.people.html(row))</ul></section>
            """
        }
    }

    private static func letter(of name: String) -> String {
        guard let first = name.first else { return "" }
        // Without its accents, É stands among the Es.
        return String(first).decomposedStringWithCanonicalMapping.unicodeScalars.first
            .map { String($0).uppercased() } ?? ""
    }

    private func row(_ each: PersonSummary) -> HTML {
        """
        <li><div class="pers">\(avatar(each.person))<p>\
        <b dir="auto"><a href="\(Path.person(each.person.id))">\(each.person.name)</a> \(tags(each))</b>\
        <span class="meta" dir="auto">\(each.job)</span></p></div>
        <p class="meta">\(each.teams.enumerated().html { index, team in
            "\(if: index > 0, ", ")<a href=\"\(Path.team(team.id))\">\(team.name)</a>"
        })</p>
        <p class="meta">\(each.manager.map { manager in
            "reports to <a href=\"\(Path.person(manager.id))\">\(manager.name)</a>" as HTML
        })</p></li>
        """
    }

    private func tags(_ each: PersonSummary) -> HTML {
        guard viewer.isAdmin else { return "" }
        return switch each.state {
        case .invited: "<span class=\"tag\">invited</span>"
        case .deactivated: "<span class=\"tag\">has left</span>"
        case .active: each.role == .admin ? "<span class=\"tag\">administrator</span>" : ""
        }
    }
}

/// From people to teams and back.
func peopleTabs(isOnTeams: Bool) -> HTML {
    """
    <nav class="tabs" aria-label="People and teams">\
    <a href="\(Path.people)"\(if: !isOnTeams, " aria-current=\"page\"")>People</a>\
    <a href="\(Path.teams)"\(if: isOnTeams, " aria-current=\"page\"")>Teams</a></nav>
    """
}
