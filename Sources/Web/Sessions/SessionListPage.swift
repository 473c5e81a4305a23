import Foundation
import Markup
import Storage
import Throughline

/// All of a person's sessions: what needs them first, then what comes, then what was.
struct SessionListPage {
    let list: SessionList
    let search: SessionSearch
    let viewer: Viewer
    let now: Date

    private var zone: TimeZone { viewer.timeZone }

    var page: Page {
        Page(
            title: "Sessions", place: .sessions,
            main: """
                <header class="open">
                <h1>Sessions</h1>
                <p class="lede">\(lede)</p>
                <p class="row"><a class="btn go" href="\(Path.ask())">Ask for a session</a></p>
                </header>
                \(list.isEmpty && search == SessionSearch() ? empty : parts)
                """)
    }

    private var lede: HTML {
        let answers = list.needsAnswer.count
        let confirmations = list.closing.count { !$0.isConfirmed(by: viewer.id) }
        if let running = list.running.first {
            return "Your session with <b>\(partner(of: running).first)</b> is under way."
        }
        if answers > 0 {
            let asks = Words.counted(answers, "ask").capitalizedFirst
            return "<b>\(asks)</b> \(answers == 1 ? "waits" : "wait") for your answer."
        }
        if confirmations > 0 {
            let recaps = Words.counted(confirmations, "recap").capitalizedFirst
            return "<b>\(recaps)</b> \(confirmations == 1 ? "waits" : "wait") for your yes."
        }
        if let next = list.upcoming.first, let start = next.session.startsAt {
            return "Next you meet <b>\(partner(of: next).first)</b>, \(start.long(in: zone))."
        }
        return "Nothing waits for you."
    }

    private var empty: HTML {
        """
        <div class="empty"><p>No sessions yet.</p>
        <p class="meta">A session begins with an ask: with whom, what for, and when it could be. \
        What you prepare, agree and keep of it stays here for both of you.</p></div>
        """
    }

    private var parts: HTML {
        """
        <div class="parts">
        \(part("answer", "Needs your answer", list.needsAnswer))
        \(part("running", "Under way", list.running))
        \(part("confirm", "To confirm", list.closing))
        \(part("next", "Coming up", list.upcoming))
        \(part("waits", "Waiting", list.waits))
        \(past)
        </div>
        """
    }

    private func part(_ id: String, _ heading: String, _ lines: [SessionLine]) -> HTML {
        guard !lines.isEmpty else { return .empty }
        return """
            <section class="part todo" aria-labelledby="h-\(id)"><h2 id="h-\(id)">\(heading)</h2>
            <div class="body"><ul class="ruled dues">\(lines.html(line))</ul></div></section>
            """
    }

    // MARK: A line

    private func partner(of line: SessionLine) -> PersonName {
        line.session.employee.id == viewer.id ? line.session.manager : line.session.employee
    }

    private func line(_ line: SessionLine) -> HTML {
        """
        <li>
        <p class="when">\(when(line))</p>
        <div><h3 dir="auto"><a href="\(Path.session(line.session.id))">\(line.session.title)</a></h3>
        <p class="meta">\(note(line))\(series(line))</p></div>
        \(action(line))
        </li>
        """
    }

    private func series(_ line: SessionLine) -> HTML? {
        let isOver = [.confirmed, .declined, .cancelled].contains(line.session.state)
        guard !isOver, let series = line.session.series, let cadence = line.cadence else { return nil }
        return ", <a class=\"ref\" href=\"\(Path.series(series))\">\(cadence.words)</a>"
    }

    private func when(_ line: SessionLine) -> HTML {
        guard let moment = line.session.startsAt ?? line.firstProposal else { return "" }
        let day = WallTime(moment, in: zone).day.relative(to: Day(now, in: zone))
        return "<b>\(timeTag(moment, in: zone, as: day))</b> \(moment.time(in: zone))"
    }

    private func note(_ line: SessionLine) -> String {
        let (session, partner) = (line.session, partner(of: line))
        let length = "\(session.minutes) minutes"
        switch session.state {
        case .asked where session.turn == viewer.id:
            let verb =
                session.startsAt != nil
                ? "asks to move it"
                : session.askedBy == viewer.id
                    ? "proposes other times" : "asks"
            return "\(partner.name) \(verb), \(length)"
        case .asked:
            return "It waits for \(partner.name), \(length)"
        case .agreed, .running:
            return "With \(partner.name), \(length)" + (session.place.isEmpty ? "" : ", \(session.place)")
        case .closing:
            return closingNote(line, partner)
        case .confirmed:
            return "With \(partner.name), confirmed by both"
        case .declined:
            return "\(session.askedBy == viewer.id ? partner.name : "You") said no"
        case .cancelled:
            return "With \(partner.name), cancelled"
        }
    }

    private func closingNote(_ line: SessionLine, _ partner: PersonName) -> String {
        let theirs = line.isConfirmed(by: partner.id)
        if line.isConfirmed(by: viewer.id) { return "You have said yes; it waits for \(partner.first)" }
        return theirs ? "\(partner.first) has said yes; it waits for you" : "The recap waits for both of you"
    }

    private func action(_ line: SessionLine) -> HTML {
        let label: String? =
            switch line.session.state {
            case .asked where line.session.turn == viewer.id: "Answer"
            case .agreed: "Prepare"
            case .running: "Go in"
            case .closing: "Read the recap"
            default: nil
            }
        guard let label else { return .empty }
        return """
            <a class="btn sm act" href="\(Path.session(line.session.id))">\(label)<span class="vh">: \
            \(line.session.title)</span></a>
            """
    }

    // MARK: What was

    private var past: HTML {
        let years = Dictionary(grouping: list.past) { Day($0.at, in: zone).year }.sorted { $0.key > $1.key }
        let groups = years.html { year, lines in
            "<h3>\(year)</h3><ul class=\"ruled dues\">\(lines.html(line))</ul>"
        }
        return """
            <section class="part" aria-labelledby="h-past"><h2 id="h-past">Before</h2>
            <div class="body">
            \(if: !list.past.isEmpty || !search.isEmpty, searchForm)
            \(list.past.isEmpty ? nothing : groups)
            \(list.older.map { older in
                "<p><a class=\"btn\" href=\"\(Path.sessions(searching(before: older)))\">Earlier sessions</a></p>" as HTML
            })
            </div></section>
            """
    }

    private var nothing: HTML {
        search == SessionSearch()
            ? """
            <div class="empty"><p>No session is over yet.</p>
            <p class="meta">A session comes here once both of you have confirmed its recap.</p></div>
            """
            : """
            <div class="empty"><p>Nothing found.</p>
            <p class="meta">No session that is over fits what you look for.</p>
            <a class="btn" href="\(Path.sessions)">Show all of them</a></div>
            """
    }

    private func searching(before: Date) -> SessionSearch {
        SessionSearch(partner: search.partner, words: search.words, before: before)
    }

    private var searchForm: HTML {
        let fields = Fields("find", after: nil)
        let people = [(value: "", label: "Anybody")] + list.partners.map { ($0.id.text, $0.name) }
        return """
            <form class="row end" role="search" action="\(Path.sessions)" method="get" aria-label="Earlier sessions">
            \(fields.select("with", "With", options: people, chosen: search.partner?.text ?? ""))
            \(fields.input("q", "Words in the name", value: search.words, type: "search"))
            <button class="btn">Find</button>
            </form>
            """
    }
}

extension SessionLine {
    func isConfirmed(by person: ID<Person>) -> Bool {
        person == session.employee.id ? confirmedByEmployee : confirmedByManager
    }
}
