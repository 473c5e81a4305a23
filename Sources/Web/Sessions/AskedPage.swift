import Foundation
import Markup
import Storage
import Throughline

/// A session whose time is being agreed: what is asked, the times to choose from, and how to answer.
struct AskedPage {
    let asked: AskedSession
    let viewer: Viewer
    let now: Date
    var rejected: Rejected?

    private var session: Session { asked.access.session }
    private var partner: PersonName { asked.access.partner }
    private var zone: TimeZone { viewer.timeZone }
    private var newest: ProposalRound? { asked.rounds.first }

    var page: Page {
        Page(
            title: session.title, place: .sessions, live: .init(asked.access),
            main: """
                <header class="open">
                <p class="kick">With \(partner.name), \(session.minutes) minutes\
                \(if: !session.place.isEmpty, ", \(session.place)")</p>
                <h1 dir="auto">\(session.title)</h1>
                <p class="lede">\(lede)</p>
                \(SessionStages(session: session, zone: zone, now: now).html)
                </header>
                <div class="parts">
                \(invitation)
                \(asked.isMyTurn ? answer : waiting)
                \(earlier)
                \(changes)
                </div>
                """)
    }

    /// That the ask is for more than this once.
    private var again: HTML? {
        guard let series = session.series, session.occurrence == nil, let cadence = asked.cadence else { return nil }
        return """
            <p>And then again, \(cadence.interval), beginning with the time that you agree on. \
            <a class="ref" href="\(Path.series(series))">The series</a></p>
            """
    }

    private var lede: HTML {
        if let agreed = asked.agreedBefore {
            let who = newest?.by == asked.access.me.id ? "You ask" : "\(partner.first) asks"
            return
                "\(who) to move it; you had agreed on <b>\(agreed.long(in: zone))</b>. What is prepared is kept."
        }
        if asked.isMyTurn {
            return asked.iAsked
                ? "\(partner.first) proposes <b>other times</b>. The answer is yours."
                : "\(partner.first) asks you for \(session.minutes) minutes. The answer is yours."
        }
        return "You have proposed \(times(newest?.times.count ?? 0)). It waits for <b>\(partner.first)</b>."
    }

    private func times(_ count: Int) -> String {
        count == 1 ? "a time" : Words.counted(count, "time")
    }

    private var invitation: HTML {
        let from = asked.iAsked ? "you" : partner.first
        return """
            <section class="part" aria-labelledby="h-ask"><h2 id="h-ask">What for</h2>
            <p class="margin"><span class="seen pair">\(Icon.pair)You and \(partner.first)</span></p>
            <div class="body"><p class="voice" dir="auto">\(session.purposeLabel)</p>
            \(if: !session.message.isEmpty, message)
            \(again)
            <p class="meta">Asked by \(from) on \(Day(session.createdAt, in: zone).long)</p></div></section>
            """
    }

    private var message: HTML {
        let paragraphs = session.message.split(separator: "\n", omittingEmptySubsequences: true)
        return "<div class=\"voice\" dir=\"auto\">\(paragraphs.html { "<p>\($0)</p>" })</div>"
    }

    // MARK: Answering

    private var answer: HTML {
        let fields = Fields("acceptance", after: rejected)
        let open = newest?.times.filter { $0.startsAt > now } ?? []
        return """
            <section class="part todo" aria-labelledby="h-when"><h2 id="h-when">When</h2>
            <div class="body">
            \(newest.map(said))
            \(if: open.isEmpty, passed)
            \(if: !open.isEmpty, acceptance(open, fields))
            \(otherTimes(summary: "Propose other times", button: "Propose these"))
            </div></section>
            """
    }

    /// The word that came with a proposal.
    private func said(_ round: ProposalRound) -> HTML {
        guard !round.words.isEmpty else { return "" }
        return "<blockquote class=\"said\" dir=\"auto\"><p>“\(round.words)”</p></blockquote>"
    }

    private var passed: HTML {
        """
        <div class="note risk">\(Icon.clock)<p><b>All proposed times have passed.</b> Propose others.</p></div>
        """
    }

    private func acceptance(_ times: [ProposedTime], _ fields: Fields) -> HTML {
        let chosen = fields.value("time", else: times.count == 1 ? times.first?.id.text ?? "" : "")
        return """
            <form class="stack" action="\(Path.session(session.id, "acceptance"))" method="post">
            \(fields.summary)
            <fieldset class="f"><legend>Which suits you?</legend>
            \(times.html { time in
                """
                <label class="tick"><input type="radio" name="time" value="\(time.id)" required\
                \(if: chosen == time.id.text, " checked")><span>\(line(time.startsAt))</span></label>
                """
            })\(fields.error("time"))</fieldset>
            <p class="row"><button class="btn go">Yes, that suits me</button></p>
            </form>
            """
    }

    private func line(_ time: Date) -> HTML {
        let there = elsewhere(time, for: partner, in: asked.partnerZone, besides: zone)
        return """
            \(span(from: time, minutes: session.minutes, in: zone))\
            \(there.map { " <span class=\"meta\">(\($0))</span>" as HTML })
            """
    }

    private func otherTimes(summary: String, button: String) -> HTML {
        let fields = Fields("proposals", after: rejected)
        return """
            <details\(if: fields.wasRejected, " open")><summary class="sum">\(summary) \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.session(session.id, "proposals"))" method="post">
            \(fields.summary)
            <p class="hint">Times are those of your time zone, \(zone.identifier).</p>
            \(TimeFields(fields: fields, zone: zone, now: now).html)
            \(TimeFields.words(fields, for: partner))
            <p class="row"><button class="btn">\(button)</button></p>
            </form></details>
            """
    }

    // MARK: Waiting

    private var waiting: HTML {
        """
        <section class="part todo" aria-labelledby="h-when"><h2 id="h-when">When</h2>
        <div class="body">
        <p>You proposed:</p>
        <ul class="ruled">\((newest?.times ?? []).html { "<li>\(line($0.startsAt))</li>" })</ul>
        \(newest.map(said))
        \(if: asked.agreedBefore.map { $0 > now } ?? false, keepAgreed)
        \(otherTimes(summary: "Change what you propose", button: "Propose these instead"))
        <p class="row"><a class="btn" href="\(Path.preparation(session.id))">Prepare meanwhile</a></p>
        </div></section>
        """
    }

    private var keepAgreed: HTML {
        """
        <form action="\(Path.session(session.id, "agreed-time"))" method="post"><button class="btn">\
        Keep \(asked.agreedBefore.map { $0.long(in: zone) } ?? "") after all</button></form>
        """
    }

    private var earlier: HTML? {
        let rounds = asked.rounds.dropFirst()
        guard !rounds.isEmpty else { return nil }
        let list = rounds.html { round -> HTML in
            let who = round.by == asked.access.me.id ? "You" : partner.first
            return """
                <li><p><b>\(who) proposed</b></p><ul class="inline meta">\
                \(round.times.html { "<li>\(line($0.startsAt))</li>" })</ul>\(said(round))</li>
                """
        }
        return """
            <section class="part" aria-labelledby="h-earlier"><h2 id="h-earlier">Before</h2>
            <div class="body"><ol class="ruled">\(list)</ol></div></section>
            """
    }

    // MARK: Ending it

    private var changes: HTML {
        let (path, summary, button): (String, String, String) =
            if asked.agreedBefore != nil {
                ("cancellation", "Cancel this session", "Cancel it")
            } else if asked.iAsked {
                ("withdrawal", "Withdraw the ask", "Withdraw it")
            } else {
                ("decline", "Say no, with a word why", "Say no to \(partner.first)")
            }
        return """
            <section class="part off" aria-labelledby="h-no"><h2 id="h-no">Not after all</h2>
            <div class="body">\(EndingForm(
                session: session, partner: partner, path: path, summary: summary, button: button,
                rejected: rejected).html)</div></section>
            """
    }
}

/// Ending a session that has not been held, with a word why.
struct EndingForm {
    let session: Session
    let partner: PersonName
    let path: String
    let summary: String
    let button: String
    let rejected: Rejected?

    var html: HTML {
        let fields = Fields("ending", after: rejected)
        return """
            <details\(if: fields.wasRejected, " open")><summary class="sum">\(summary) \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.session(session.id, path))" method="post">
            \(fields.area(
                "words", "A word why, if you like", value: "", rows: 2, seen: .pair(with: partner.first)))
            <p class="row"><button class="btn stop">\(button)</button></p>
            </form></details>
            """
    }
}

/// A session that was declined, withdrawn or cancelled: who said so, and why.
struct EndedPage {
    let ending: SessionEnding
    let viewer: Viewer

    private var session: Session { ending.access.session }
    private var partner: PersonName { ending.access.partner }

    var page: Page {
        Page(
            title: session.title, place: .sessions,
            main: """
                <header class="open">
                <p class="kick">With \(partner.name), \(session.minutes) minutes</p>
                <h1 dir="auto">\(session.title)</h1>
                <p class="lede">\(lede)</p>
                </header>
                <div class="stack loose">
                \(if: !session.endingWords.isEmpty, words)
                \(next)
                <p class="row"><a class="btn\(if: session.occurrence == nil, " go")" \
                href="\(Path.ask(of: partner.id, for: session.purpose, bringing: session.startsAt == nil ? nil : session.id))">\
                Ask again</a>\
                <a class="btn quiet" href="\(Path.sessions)">All sessions</a></p>
                </div>
                """)
    }

    private var lede: String {
        let isMine = ending.by == ending.access.me.id
        let when = ending.at.map { " on \(Day($0, in: viewer.timeZone).long)" } ?? ""
        let who = isMine ? "You" : partner.first
        if session.state == .declined { return "\(who) said no\(when)." }
        if let agreed = session.startsAt {
            let verb = session.occurrence == nil ? "cancelled" : "skipped"
            return "\(who) \(verb) it\(when). It was to be on \(agreed.long(in: viewer.timeZone))."
        }
        return "\(who) withdrew the ask\(when)."
    }

    /// Where what was prepared has gone.
    private var next: HTML? {
        if let series = session.series, session.occurrence != nil {
            return """
                <p>What was prepared for it waits in the next session of the series. \
                <a class="ref" href="\(Path.series(series))">When you meet next</a></p>
                """
        }
        guard session.startsAt != nil else { return nil }
        return "<p>What was prepared for it is kept, and comes along when one of you asks again.</p>"
    }

    private var words: HTML {
        "<blockquote class=\"said\" dir=\"auto\"><p>“\(session.endingWords)”</p></blockquote>"
    }
}
