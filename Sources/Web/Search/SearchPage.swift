import Foundation
import Markup
import Storage
import Throughline

/// What was found, by kind, with where it stands and the words marked.
struct SearchPage {
    let typed: String
    let results: SearchResults
    let viewer: Viewer
    let today: Day
    /// Whether the key `/` leads here on this device.
    let hasKeys: Bool

    var page: Page {
        Page(
            title: typed.isEmpty ? "Search" : "Search: \(typed)", place: .search,
            main: """
                <header class="open">
                <p class="kick">\(viewer.company)</p>
                <h1>Search</h1>
                \(form)
                </header>
                <div class="stack loose" id="found">
                \(found)
                </div>
                """)
    }

    private var form: HTML {
        """
        <form class="row end looking" action="\(Path.search)" method="get" role="search" data-search>
        <div class="f"><label for="search-q">Words in objectives, in your sessions, and in what was promised there</label>
        <input id="search-q" type="search" name="q" value="\(typed)" dir="auto" maxlength="\(Limit.line)" \
        autocomplete="off"\(if: hasKeys, " aria-keyshortcuts=\"/\"")\(if: typed.isEmpty, " autofocus")></div>
        <button class="btn go">\(Icon.search)Search</button>
        </form>
        """
    }

    /// Always begins with the line that says how it went, so that it is read out when it changes.
    private var found: HTML {
        "<p class=\"lede\" role=\"status\">\(lede)</p>\n" + (results.isEmpty ? whatNext : parts)
    }

    private var lede: String {
        if typed.isEmpty {
            return "You find what you may read, and nobody finds your drafts and private notes but you."
        }
        if results.words.isEmpty { return "There is no word in “\(typed)”." }
        return results.isEmpty ? "Nothing that you may read holds “\(typed)”." : counts
    }

    /// Where there is nothing to show.
    private var whatNext: HTML {
        if typed.isEmpty {
            return """
                <p>All the words must stand in one text. The last may be only the beginning of a word: <b>onbo</b> finds \
                “onboarding”. Capitals and accents make no difference. Words in quotation marks stand one after the other: \
                <b>“first week”</b>.</p>
                """
        }
        if results.words.isEmpty { return "<p>Type at least one letter or figure.</p>" }
        let advice =
            results.words.terms.count > 1 || typed.contains("\"")
            ? "All the words must stand in one text. Try fewer of them, or only the beginning of one."
            : "Try only the beginning of the word, or another one for the same thing."
        return """
            <div class="stack"><p>\(advice)</p>
            <p class="row"><a class="btn" href="\(Path.sessions)">Your sessions</a>\
            <a class="btn" href="\(Path.goals)">All goals</a></p></div>
            """
    }

    // MARK: What was found

    private var parts: HTML {
        """
        <div class="parts">
        \(part("objectives", "Objectives", results.objectives, objective))
        \(part("key-results", "Key results", results.keyResults, objective))
        \(part("sessions", "Sessions", results.sessions, session))
        \(part("commitments", "Commitments", results.commitments, commitment))
        </div>
        """
    }

    /// `One objective, three sessions and more than 20 commitments hold “first week”.`
    private var counts: String {
        let counts = [
            counted(results.objectives, "objective"), counted(results.keyResults, "key result"),
            counted(results.sessions, "session"), counted(results.commitments, "commitment"),
        ].compactMap { $0 }
        let isOne =
            counts.count == 1
            && results.objectives.items.count + results.keyResults.items.count + results.sessions.items.count
                + results.commitments.items.count == 1
        return "\(Words.list(counts).capitalizedFirst) \(isOne ? "holds" : "hold") “\(typed)”."
    }

    private func counted<Item>(_ found: Found<Item>, _ noun: String) -> String? {
        if found.items.isEmpty { return nil }
        return (found.hasMore ? "more than " : "") + Words.counted(found.items.count, noun)
    }

    private func part<Item>(
        _ id: String, _ heading: String, _ found: Found<Item>, _ line: (Item) -> HTML
    ) -> HTML {
        guard !found.items.isEmpty else { return "" }
        return """
            <section class="part" aria-labelledby="h-\(id)"><h2 id="h-\(id)">\(heading)</h2>
            <div class="body"><ul class="ruled finds">\(found.items.html(line))</ul>
            \(if: found.hasMore, "<p class=\"meta\">These are the first \(found.items.count). Add a word to narrow it down.</p>")
            </div></section>
            """
    }

    private func objective(_ found: FoundObjective) -> HTML {
        let place: Path = found.keyResult.map { .keyResult($0) } ?? .goal(found.objective)
        let parent: HTML =
            found.keyResult == nil
            ? ""
            : "<span>Of <a class=\"ref\" href=\"\(Path.goal(found.objective))\" dir=\"auto\">\(found.objectiveTitle)</a></span>"
        return """
            <li><h3 dir="auto"><a href="\(place)">\(marked(found.title))</a></h3>
            \(if: !found.about.isEmpty, "<p class=\"find\" dir=\"auto\">\(marked(found.about))</p>")
            <p class="meta from">\(parent)<span dir="auto">\(group(found))</span>\
            <span dir="auto">\(found.cycle ?? "In no cycle")</span>\(standing(found))</p></li>
            """
    }

    private func group(_ found: FoundObjective) -> String {
        switch found.level {
        case .company: viewer.company
        case .team: found.team ?? "A team"
        case .person: found.owner ?? "Somebody"
        }
    }

    private func standing(_ found: FoundObjective) -> HTML {
        switch (found.state, found.stage) {
        case (.reached, _): "<span class=\"tag\">reached</span>"
        case (.dropped, _): "<span class=\"tag\">dropped</span>"
        case (_, .closed): "<span class=\"tag\">closed</span>"
        case (_, .draft): "<span class=\"tag\">draft</span>"
        case (_, .proposed): "<span class=\"tag\">proposed</span>"
        default: ""
        }
    }

    private func session(_ found: FoundSession) -> HTML {
        let places = found.places.html { place in
            """
            <p class="find" dir="auto"><b class="meta">\(if: place.isMineAlone, Icon.lock)\
            \(label(place))\(if: place.isMineAlone, "<span class=\"vh\"> (only you can read this)</span>")</b> \
            \(marked(place.excerpt))</p>
            """
        }
        return """
            <li><h3 dir="auto"><a href="\(path(found.session, found.isOpened))">\(marked(found.title))</a></h3>
            \(places)
            \(if: found.hasMorePlaces, "<p class=\"meta\">And in more places of this session.</p>")
            <p class="meta from"><span>\(people(found))</span>\
            <span>\(timeTag(found.at, in: viewer.timeZone, as: day(found.at)))</span>\(standing(found.state))</p></li>
            """
    }

    private func people(_ found: FoundSession) -> String {
        if found.isOpened { return "\(found.employee.name) with \(found.manager.name), opened to you" }
        return "With \(found.employee.id == viewer.id ? found.manager.name : found.employee.name)"
    }

    private func standing(_ state: Session.State) -> HTML {
        switch state {
        case .asked: "<span class=\"tag\">asked</span>"
        case .agreed: "<span class=\"tag\">being prepared</span>"
        case .running: "<span class=\"tag\">under way</span>"
        case .closing: "<span class=\"tag\">to be confirmed</span>"
        case .confirmed: ""
        case .declined: "<span class=\"tag\">declined</span>"
        case .cancelled: "<span class=\"tag\">cancelled</span>"
        }
    }

    private func label(_ place: FoundSession.Place) -> String {
        let name = place.part.label
        return place.isMineAlone && place.part != .privateNotes ? "Your draft: \(name.lowercased())" : name
    }

    private func commitment(_ found: FoundCommitment) -> HTML {
        let isOpen = found.state == .open
        let isLate = isOpen && found.dueOn < today
        let due = found.dueOn.relative(to: today)
        let day = abs(found.dueOn.days(since: today)) <= 1 ? due.lowercased() : due
        return """
            <li><h3 dir="auto"><a href="\(path(found.session, found.isOpened))">\(marked(found.body))</a></h3>
            \(if: !found.ending.isEmpty, "<p class=\"find\" dir=\"auto\">\(marked(found.ending))</p>")
            <p class="meta from"><span>\(found.owner.id == viewer.id ? "Yours" : found.owner.name + "’s"), \
            <span\(if: isLate, " class=\"late\"")>due \(day)</span></span>\
            <span>Agreed in <span dir="auto">\(found.sessionTitle)</span>, \(self.day(found.at))</span>\
            \(if: !isOpen, "<span class=\"tag\">\(found.state.rawValue)</span>")</p></li>
            """
    }

    /// What was opened to somebody is read in the record; whose session it is comes to the page that fits where it stands.
    private func path(_ id: ID<Session>, _ isOpened: Bool) -> Path { isOpened ? .record(id) : .session(id) }

    private func day(_ moment: Date) -> String { Day(moment, in: viewer.timeZone).relative(to: today) }

    private func marked(_ excerpt: Excerpt) -> HTML {
        excerpt.pieces.html { $0.isFound ? "<mark>\($0.text)</mark>" : HTML(text: $0.text) }
    }
}

extension SessionPart {
    /// What a page calls it.
    fileprivate var label: String {
        switch self {
        case .title: "Its name"
        case .invitation: "Invitation"
        case .desired: "What should be true when it ends"
        case .measure: "How both will know"
        case .agenda: "Agenda"
        case .evidence: "Evidence"
        case .notes1: "Notes on the context"
        case .notes2: "Notes on goals and alignment"
        case .notes3: "Notes on feedback"
        case .notes4: "Notes on the future"
        case .notes5: "Notes on the summary"
        case .takeaway: "Takeaway"
        case .decision: "Decided"
        case .feedback: "Feedback"
        case .parked: "Parked"
        case .recap: "Recap"
        case .amendment: "Added later"
        case .privateNotes: "Your private notes"
        }
    }
}
