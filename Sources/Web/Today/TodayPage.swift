import Foundation
import Markup
import Throughline

/// The page one lands on. It says the next thing first, in a sentence made from how things really stand.
struct TodayPage {
    let viewer: Viewer
    let view: TodayView

    private var zone: TimeZone { viewer.timeZone }
    private var today: Day { Day(view.now, in: zone) }

    var page: Page {
        Page(
            title: "Today", place: .today, live: .today,
            main: """
                <header class="open">
                <p class="kick"><time datetime="\(today.iso)">\(today.long)</time>, week \(today.week)</p>
                <h1>\(greeting), \(PersonName(id: viewer.id, name: viewer.name).first).</h1>
                <p class="lede">\(TodayLede(view: view, zone: zone, today: today).html)</p>
                </header>
                <div class="parts">
                \(next)
                \(needs)
                \(commitments)
                \(goals)
                </div>
                """)
    }

    private var greeting: String {
        switch WallTime(view.now, in: zone).hour {
        case 5..<12: "Good morning"
        case 12..<18: "Good afternoon"
        default: "Good evening"
        }
    }

    // MARK: The next session

    private var next: HTML {
        guard let row = view.next, let startsAt = row.session.startsAt else { return noSession }
        let session = row.session
        let end = startsAt.adding(minutes: session.minutes)
        return """
            <section class="part" aria-labelledby="h-next">
            <h2 id="h-next">\(session.state == .running ? "Running now" : "Next session")</h2>
            <p class="margin meta">\(TodayLede.distance(from: today, to: Day(startsAt, in: zone)))</p>
            <div class="body">
            <div class="stack tight">
            <h3 class="title" dir="auto"><a href="\(Path.session(session.id))">\(session.title)</a></h3>
            <p class="meta"><time datetime="\(WallTime(startsAt, in: zone).iso)">\(startsAt.long(in: zone))</time> to \
            \(end.time(in: zone))\(session.place.isEmpty ? "" : ", \(session.place)")</p>
            <p class="pers meta">\(avatar(row.partner))<span>with \(row.partner.name)\(series(row))</span></p>
            </div>
            \(session.state == .running ? nil : stages(row))
            \(session.state == .running ? nil : carried(row))
            <p class="row">\(nextAction(row))</p>
            </div>
            </section>
            """
    }

    private func series(_ row: TodaySession) -> HTML? {
        guard let series = row.session.series, let cadence = view.outlook?.cadence else { return nil }
        return ", <a class=\"ref\" href=\"\(Path.series(series))\">\(cadence.words)</a>"
    }

    private func stages(_ row: TodaySession) -> HTML {
        guard let checks = view.outlook?.readiness.checks else { return "" }
        let current = checks.firstIndex { !$0.isDone }
        return """
            <ol class="stages" aria-label="How ready you are">\(checks.enumerated().html { index, check in
                let name = check.part.rawValue.capitalizedFirst
                return check.isDone
                    ? "<li class=\"done\"><span>\(name)<span class=\"vh\">, done</span></span></li>"
                    : """
                        <li\(if: index == current, " class=\"now\"")><a href="\(Path.preparation(row.session.id))#\(check.part.rawValue)">\
                        \(name)<span class="vh">, to do</span></a><small>\(check.shortWords)</small></li>
                        """
            })</ol>
            """
    }

    /// What came along from earlier sessions, where something did.
    private func carried(_ row: TodaySession) -> HTML? {
        guard let outlook = view.outlook, outlook.carried > 0 else { return nil }
        let all = "\(Words.counted(outlook.carried, "thing").capitalizedFirst) came along from earlier sessions"
        let link = "\(Path.preparation(row.session.id))#carried"
        guard outlook.asking > 0 else { return "<p class=\"meta\"><a href=\"\(link)\">\(all)</a>.</p>" }
        let one = outlook.asking == 1
        return """
            <p class="note risk">\(Icon.stale)<span>\(all); <b>\(CountWords.of(outlook.asking)) of them \
            \(one ? "has" : "have")</b> come along too often. \
            <a href="\(link)">Do it, delegate it or drop it</a></span></p>
            """
    }

    private func nextAction(_ row: TodaySession) -> HTML {
        let session = row.session
        if session.state == .running {
            return "<a class=\"btn go\" href=\"\(Path.session(session.id, "run"))\">Back into the room</a>"
        }
        let isReady = view.outlook?.readiness.missing.isEmpty == true
        return """
            <a class="btn go" href="\(Path.session(session.id, "preparation"))">\
            \(isReady ? "Open the preparation" : "Finish preparing")</a>
            <a class="btn quiet" href="\(Path.session(session.id, "preparation/preview"))">\
            Read it as \(row.partner.first) will see it</a>
            """
    }

    private var noSession: HTML {
        """
        <section class="part" aria-labelledby="h-next">
        <h2 id="h-next">Next session</h2>
        <div class="body"><div class="empty">
        <p>No session is planned.</p>
        <p class="meta">A session has a purpose and looks forward. Ask for one when you want clarity, feedback, \
        or a plan; the invitation is written for you.</p>
        <a class="btn go" href="\(Path.ask())">Ask for a session</a>
        </div></div>
        </section>
        """
    }

    // MARK: What needs the viewer

    private var needs: HTML {
        let needs = view.needs
        return """
            <section class="part todo" aria-labelledby="h-needs">
            <h2 id="h-needs">Needs you</h2>
            \(if: !needs.isEmpty, "<p class=\"margin meta\">\(Words.counted(needs.count, "thing"))</p>")
            <div class="body">\(needs.isEmpty
                ? "<p class=\"meta\">Nothing waits for you. What others ask of you appears here.</p>"
                : "<ul class=\"ruled dues\">\(needs.html(item))</ul>" as HTML)</div>
            </section>
            """
    }

    private func item(_ need: Need) -> HTML {
        let session = need.row.session
        let partner = need.row.partner.first
        let when: String
        let title: String
        let words: String
        let action: (label: String, path: Path)
        switch need.kind {
        case .answer:
            when = need.row.firstProposal.map { Day($0, in: zone).relative(to: today) } ?? "Today"
            title =
                session.askedBy == need.row.me.id
                ? "\(partner) proposes another time" : "\(partner) asks for a session"
            words = "“\(session.title)”, \(session.minutes) minutes"
            action = ("Read and answer", .session(session.id))
        case .confirm:
            when = "Today"
            title = "Confirm what you agreed with \(partner)"
            words =
                "“\(session.title)”. "
                + (need.row.partnerConfirmed
                    ? "\(partner) has said yes; it is final once you do." : "It is final when both of you say yes.")
            action = ("Read the recap", .session(session.id, "recap"))
        case .answerCorrection:
            when = "Today"
            title = "\(partner) asks for other words in the recap"
            words = "“\(session.title)”. Nothing is final until you answer."
            action = ("Read them", .session(session.id, "recap"))
        case .moveForgotten:
            when = session.startsAt.map { Day($0, in: zone).relative(to: today) } ?? ""
            title = "The session with \(partner) didn’t start"
            words = "“\(session.title)”. What became of it? Move it, skip it, or start it now."
            action = ("Decide", .session(session.id))
        case .moveForDayOff(let person):
            when = session.startsAt.map { Day($0, in: zone).relative(to: today) } ?? ""
            title = person.id == viewer.id ? "You are away that day" : "\(person.first) is away that day"
            words = "“\(session.title)” with \(need.row.partner.name). Move it or skip it?"
            action = ("Decide", .session(session.id))
        }
        return """
            <li><p class="when"><b>\(when)</b></p>
            <div><h3>\(title)</h3><p class="meta" dir="auto">\(words)</p></div>
            <div class="act row"><a class="btn sm" href="\(action.path)">\(action.label)<span class="vh">: \(title)</span></a>\
            \(allTheSame(need))</div></li>
            """
    }

    /// The answer to "you are away that day" that changes nothing.
    private func allTheSame(_ need: Need) -> HTML? {
        guard case .moveForDayOff = need.kind else { return nil }
        return """
            <form action="\(Path.session(need.row.session.id, "time/confirmation"))" method="post" data-inplace>\
            <button class="btn sm">Meet all the same</button></form>
            """
    }

    // MARK: Promises

    private var commitments: HTML {
        let mine = view.commitments.filter(\.isMine)
        let owed = view.commitments.filter { !$0.isMine }
        guard !mine.isEmpty || !owed.isEmpty else {
            return """
                <section class="part todo" aria-labelledby="h-vows">
                <h2 id="h-vows">Open commitments</h2>
                <div class="body"><p class="meta">None. What you and others promise in a session is kept here until it is done.</p></div>
                </section>
                """
        }
        return """
            <section class="part todo" aria-labelledby="h-vows">
            <h2 id="h-vows">Open commitments</h2>
            <form class="body" action="\(Path.settlements)" method="post" data-inplace>
            <input type="hidden" name="back" value="today">
            <div class="cols">
            <div><h3>You said you would</h3>\(vows(mine, nobody: "Nothing is open."))</div>
            <div><h3>You are owed</h3>\(vows(owed, nobody: "Nobody owes you anything."))</div>
            </div>
            <p class="row"><button class="btn sm">Mark the ticked ones as kept</button>\
            <a class="btn quiet sm" href="\(Path.commitments)">See all commitments</a></p>
            </form>
            </section>
            """
    }

    private func vows(_ vows: [Commitment], nobody: String) -> HTML {
        if vows.isEmpty { return "<p class=\"meta\">\(nobody)</p>" }
        return """
            <ul class="vows">\(vows.html { vow in
                """
                <li><input type="checkbox" id="v-\(vow.action.id)" name="kept" value="\(vow.action.id)">\
                <div><label class="voice" dir="auto" for="v-\(vow.action.id)">\(vow.action.body)</label>\
                <p class="meta">\(due(vow.action.dueOn))<a class="ref" href="\(Path.recap(vow.action.session))">\
                from \(Day(vow.sessionStartsAt, in: zone).dayAndMonth), with \(vow.partner.first)</a></p></div></li>
                """
            })</ul>
            """
    }

    private func due(_ day: Day) -> HTML {
        let late = today.days(since: day)
        return late > 0
            ? "<span class=\"late\">\(Words.counted(late, "day")) late</span>"
            : "<span>\(day.relative(to: today))</span>"
    }

    // MARK: Goals

    private var goals: HTML {
        """
        <section class="part todo" aria-labelledby="h-goals">
        <h2 id="h-goals">Goals</h2>
        <div class="body">\(view.goals.isEmpty ? noGoals : goalList)</div>
        </section>
        """
    }

    private var goalList: HTML {
        """
        <ul class="ruled offers">\(view.goals.html { goal in
            """
            <li><p><a class="voice" dir="auto" href="\(Path.goal(goal.id))">\(goal.title)</a>\
            <span class="meta" dir="auto">\(standing(of: goal))</span></p></li>
            """
        })</ul>
        """
    }

    private func standing(of goal: TodayGoal) -> String {
        let quiet = today.days(since: Day(goal.changedAt, in: zone))
        let standing = goal.standing.isEmpty ? "Nobody has said how it stands" : goal.standing
        let due = goal.dueOn.map { ", due \($0.relative(to: today))" } ?? ""
        return standing + due + (quiet >= 14 ? ". Quiet for \(quiet) days" : "")
    }

    private var noGoals: HTML {
        """
        <div class="empty"><p>You have no goals yet.</p>
        <p class="meta">Two or three are enough to show, in a session, what your work serves.</p>
        <a class="btn" href="\(Path.goals)">Write down the first</a></div>
        """
    }
}

extension Readiness.Check {
    /// What is missing, after the part's name: `10 minutes too many`.
    var shortWords: String {
        words.split(separator: ": ", maxSplits: 1).dropFirst().first.map(String.init) ?? "to do"
    }
}
