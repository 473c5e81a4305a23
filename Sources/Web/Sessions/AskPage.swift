import Coach
import Foundation
import Markup
import Storage
import Throughline

/// Asking for a session: with whom, what for, how long, and when it could be.
struct AskPage {
    let viewer: Viewer
    let candidates: [Candidate]
    let now: Date
    var partner: ID<Person>?
    var purpose = Session.Purpose.planning
    /// How often, where somebody comes to make it a series.
    var rhythm = Rhythm.once
    /// A session that was cancelled, whose preparation comes along.
    var bringing: Session?
    var rejected: Rejected?
    var coach = PersonalCoach()

    /// An invitation that was left as drafted is drafted again, for what has been chosen since.
    private var fields: Fields {
        guard let rejected, Self.isUntouched(rejected.form) else { return Fields("ask", after: rejected) }
        let form = Form(fields: rejected.form.fields.filter { $0.name != "message" })
        return Fields("ask", after: Rejected(name: rejected.name, form: form, problems: rejected.problems))
    }

    private static func isUntouched(_ form: Form) -> Bool {
        form["message"].replacing("\r\n", with: "\n") == form["drafted"].replacing("\r\n", with: "\n")
    }

    private var chosen: Candidate? {
        let id = fields.value("partner", else: partner?.text ?? candidates.first?.person.id.text ?? "")
        return candidates.first { $0.person.id.text == id }
    }

    var page: Page {
        Page(
            title: "Ask for a session", place: .sessions,
            main: """
                <header class="open">
                <p class="kick">A strategy session</p>
                <h1>What should the two of you settle?</h1>
                <p class="lede">Say what it is for and when it could be. \(promise)</p>
                </header>
                \(candidates.isEmpty ? nobody : form)
                """)
    }

    private var promise: String {
        guard let chosen else { return "They get a mail with your words and answer with one click." }
        return "\(chosen.person.first) gets a mail with your words and answers with one click."
    }

    private var nobody: HTML {
        """
        <div class="empty"><p>There is nobody to ask yet.</p>
        <p class="meta">As soon as somebody else has joined, you can ask them here.</p>
        <a class="btn" href="\(Path.people)">See who is here</a></div>
        """
    }

    private var form: HTML {
        """
        <form class="stack loose" action="\(Path.sessions)" method="post" data-draft>
        \(fields.newID(at: now))
        <input type="hidden" name="drafted" value="\(drafted)">
        \(broughtAlong)
        \(fields.summary)
        <div class="parts">
        \(part("who", "Who", who))
        \(part("why", "What for", why))
        \(part("when", "When", when))
        \(part("words", "Your words", words))
        </div>
        <div class="bottom"><button class="btn go">Ask \(chosen?.person.first ?? "for it")</button>\
        <a class="btn quiet" href="\(Path.sessions)">Not now</a></div>
        </form>
        """
    }

    private var broughtAlong: HTML? {
        bringing.map { old in
            """
            <label class="tick"><input type="checkbox" name="bring" value="\(old.id)"\
            \(if: fields.isChosen("bring", old.id.text, else: true), " checked")><span>Bring along what you both prepared for \
            <span dir="auto">“\(old.title)”</span>; private notes stay private</span></label>
            """
        }
    }

    private func part(_ id: String, _ heading: String, _ body: HTML) -> HTML {
        """
        <section class="part" aria-labelledby="h-\(id)"><h2 id="h-\(id)">\(heading)</h2>
        <div class="body">\(body)</div></section>
        """
    }

    private var who: HTML {
        fields.labelled("partner", "Whom do you want to meet?") { attributes in
            let groups = Candidate.Relation.allCases.html { relation in
                let people = candidates.filter { $0.relation == relation }
                guard !people.isEmpty else { return HTML.empty }
                return "<optgroup label=\"\(relation.label)\">\(people.html(option))</optgroup>"
            }
            return "<select \(attributes)>\(groups)</select>"
        }
    }

    private func option(_ candidate: Candidate) -> HTML {
        let isChosen = candidate.person.id == chosen?.person.id
        let job = candidate.job.isEmpty ? "" : ", \(candidate.job)"
        return """
            <option value="\(candidate.person.id)"\(if: isChosen, " selected")>\(candidate.person.name + job)</option>
            """
    }

    private var why: HTML {
        """
        \(fields.choices(
            "purpose", "What is this session for?",
            options: Session.Purpose.allCases.map { ($0.rawValue, HTML(text: $0.label)) }, chosen: purpose.rawValue))
        <div class="only-own">\(fields.input(
            "purpose-words", "Your own words, if none of these fits", value: ""))</div>
        \(fields.sessionTitle(
            value: "", people: people,
            hint: "Say what should be true when it ends: “Which bet we place in the first quarter”.", coach: coach))
        """
    }

    private var people: [String] { [viewer.name] + (chosen.map { [$0.person.name] } ?? []) }

    private var when: HTML {
        """
        \(fields.choices(
            "length", "How long?",
            options: [
                ("25", "25 minutes"), ("50", "50 minutes"), ("80", "80 minutes"), ("own", "Another length"),
            ], chosen: "50"))
        <div class="only-length">\(fields.input(
            "minutes", "Minutes, if it is another length", value: "", type: "number",
            attributes: "min=\"5\" max=\"480\" inputmode=\"numeric\""))</div>
        <div class="stack"><h3>One to three times that would suit you</h3>
        <p class="hint">\(zoneWords)</p>
        \(TimeFields(fields: fields, zone: viewer.timeZone, now: now).html)</div>
        <div class="stack"><h3>And again?</h3>
        <p class="hint">Once you agree on the first time, the next ones follow it. Each can be moved or skipped.</p>
        \(RhythmFields(fields: fields, chosen: rhythm).html)</div>
        \(fields.input("place", "Where, or which call", value: ""))
        """
    }

    private var zoneWords: String {
        let mine = "Times are those of your time zone, \(viewer.timeZone.identifier)."
        guard let chosen, chosen.timeZone.secondsFromGMT(for: now) != viewer.timeZone.secondsFromGMT(for: now)
        else { return mine }
        return mine + " It is \(now.time(in: viewer.timeZone)) for you now, and"
            + " \(now.time(in: chosen.timeZone)) for \(chosen.person.first) in \(chosen.timeZone.city)."
    }

    private var words: HTML {
        fields.area(
            "message", "What the invitation says", value: drafted, rows: 7,
            hint: "Drafted for you. Left as it is, it follows the purpose and the name that you choose.",
            seen: chosen.map { .pair(with: $0.person.first) })
    }

    private var drafted: String {
        let length = fields.value("length", else: "50")
        let minutes = Int(length == "own" ? fields.value("minutes", else: "") : length) ?? 50
        let purpose = Session.Purpose(rawValue: fields.value("purpose", else: purpose.rawValue)) ?? purpose
        let title = fields.value("title", else: "")
        return Session.invitation(
            to: chosen?.person, from: PersonName(id: viewer.id, name: viewer.name), purpose: purpose,
            purposeWords: fields.value("purpose-words", else: ""), title: title, minutes: minutes)
    }

    /// What the form sent, as the capability takes it.
    static func draft(_ form: Form) -> AskDraft {
        let length = form["length"]
        return AskDraft(
            id: form["id"], partner: form["partner"], purpose: form["purpose"],
            purposeWords: form["purpose-words"],
            title: form["title"], keepsTitle: form["keep-title"] == "yes",
            minutes: length == "own" || length.isEmpty ? form["minutes"] : length,
            times: TimeFields.drafts(in: form), place: form["place"], message: form["message"],
            draftedMessage: form["drafted"], rhythm: RhythmFields.rhythm(in: form), bring: form["bring"])
    }
}

extension Candidate.Relation {
    fileprivate var label: String {
        switch self {
        case .manager: "Your manager"
        case .report: "Reporting to you"
        case .colleague: "Everybody else"
        }
    }
}
