import Foundation
import Markup
import Storage
import Throughline

/// The recap of a session, from 'does that sound right?' to the record.
struct RecapPage {
    let view: RecapView
    let zone: TimeZone
    var rejected: Rejected?
    var coach = PersonalCoach()

    var session: Session { view.session }
    var me: PersonName { view.access.me }
    var partner: PersonName { view.access.partner }
    var words: RecapWords { view.recap.words }
    var pair: HTML { Seen.pair(with: partner.first).html }
    /// What every form that changes words is based on.
    var version: HTML {
        let fields = Fields("words", after: rejected)
        return """
            <input type="hidden" name="version" \
            value="\(fields.value("version", else: String(view.recap.version)))">
            """
    }

    var page: Page {
        Page(
            title: "Recap: \(session.title)", place: .sessions, live: .init(view.access),
            main: """
                \(opening)
                <div class="parts">
                \(takeaways)
                \(decisions)
                \(nextSteps)
                \(feedback)
                \(RecapAgreement(page: self).html)
                \(view.isFrozen ? amendments : letter)
                \(notes)
                \(RecapNext(page: self).html)
                </div>
                """)
    }

    // MARK: Opening

    private var opening: HTML {
        let day = view.day(in: zone)
        let talked = zip2(session.startedAt, session.endedAt).map { Int($1.timeIntervalSince($0) / 60) }
        let minutes = max(1, talked ?? session.minutes)
        return """
            <header class="open">
            <p class="kick">\(session.employee.name) and \(session.manager.name), \
            <time datetime="\(day.iso)">\(day.full)</time>, \(Words.counted(minutes, "minute"))</p>
            <h1 dir="auto">\(session.title)</h1>
            \(stages)
            </header>
            """
    }

    private var stages: HTML {
        let asksMe = view.openCorrections.contains { $0.author.id != me.id }
        let asksThem = view.openCorrections.contains { $0.author.id == me.id }
        let waitsForMe = asksMe || (view.yes(of: me) == nil && !asksThem)
        let waits = waitsForMe ? "waits for you" : "waits for \(partner.first)"
        return """
            <ol class="stages life" aria-label="Where this session stands">
            <li class="done"><span>Ask<span class="vh">, done</span></span></li>
            <li class="done"><a href="\(Path.session(session.id))">Prepare<span class="vh">, done</span></a></li>
            <li class="done"><span>Meet<span class="vh">, done</span></span></li>
            \(view.isFrozen
                ? "<li class=\"done\"><span>Confirm<span class=\"vh\">, done</span></span></li><li class=\"now\" aria-current=\"step\"><span>Record</span></li>" as HTML
                : "<li class=\"now\" aria-current=\"step\"><span>Confirm</span><small>\(waits)</small></li><li><span>Record</span></li>")
            </ol>
            """
    }

    // MARK: What was said

    private var takeaways: HTML {
        let lines = words.takeawayLines
        return """
            <section class="part" id="takeaways" aria-labelledby="h-take">
            <h2 id="h-take">What we take away</h2>
            <p class="margin">\(pair)</p>
            <div class="body">
            \(lines.isEmpty
                ? "<p class=\"meta\">No takeaway was written down.</p>" as HTML
                : "<ul class=\"voice takes\">\(lines.html { "<li dir=\"auto\">\($0)</li>" })</ul>")
            \(editor(.takeaways, "What we take away", hint: "One takeaway a line."))
            </div></section>
            """
    }

    private var decisions: HTML {
        let lines = words.decisionLines
        return """
            <section class="part" id="decided" aria-labelledby="h-dec">
            <h2 id="h-dec">Decided</h2>
            <div class="body">
            \(lines.isEmpty
                ? "<p class=\"meta\">Nothing was decided.</p>" as HTML
                : "<ol class=\"voice decided\">\(lines.html { "<li dir=\"auto\">\($0)</li>" })</ol>")
            \(editor(.decisions, "Decided", hint: "One decision a line."))
            </div></section>
            """
    }

    /// A part's words to change, folded away.
    func editor(_ part: RecapWords.Part, _ label: String, hint: String, rows: Int = 4) -> HTML {
        guard !view.isFrozen else { return "" }
        let fields = Fields("words", after: rejected)
        let isOpen = rejected?.name == "words" && rejected?.form.has(part.rawValue) == true
        return """
            <details class="noprint"\(if: isOpen, " open")>
            <summary class="sum">Change the words<span class="vh"> of: \(label)</span> \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.recap(session.id))" method="post" data-writing="recap">
            \(version)
            \(fields.area(part.rawValue, label, value: words[part], rows: rows, hint: hint, seen: .pair(with: partner.first)))
            <p class="row"><button class="btn">Save the words</button>\(voidingWarning)</p>
            </form></details>
            """
    }

    /// Said before it happens: an edit takes a yes back.
    var voidingWarning: HTML {
        let yeses = session.people.filter { view.yes(of: $0) != nil }
        guard !yeses.isEmpty else { return "" }
        let names = yeses.map { $0.id == me.id ? "you" : $0.first }.joined(separator: " and ")
        let have = yeses.count == 1 && yeses[0].id != me.id ? "has" : "have"
        return """
            <span class="meta">\(names.prefix(1).uppercased() + names.dropFirst()) \(have) said yes to the wording above; \
            a new one needs it again.</span>
            """
    }

    private var nextSteps: HTML {
        let forms = ActionForms(session: session, zone: zone, now: view.now, coach: coach, rejected: rejected)
        let rows = view.actions.html { action in
            """
            <tr><td>\(avatar(action.owner))\(action.owner.first)</td>\
            <th scope="row" class="voice" dir="auto">\(action.body)\(if: !view.isFrozen, forms.change(action))</th>\
            <td class="num">\(action.dueOn.short)\(if: view.isFrozen, settlement(action))</td></tr>
            """
        }
        return """
            <section class="part" id="next-steps" aria-labelledby="h-act">
            <h2 id="h-act">Next steps</h2>
            <div class="body">
            \(view.actions.isEmpty ? "<p class=\"meta\">Nobody took anything on.</p>" : table(rows))
            \(if: !view.isFrozen, forms.add + forms.removed(view.removedActions))
            </div></section>
            """
    }

    private func table(_ rows: HTML) -> HTML {
        """
        <table class="tbl acts"><caption class="vh">Who does what by when</caption>
        <thead><tr><th scope="col">Who</th><th scope="col">Does what</th><th scope="col">By</th></tr></thead>
        <tbody>\(rows)</tbody></table>
        """
    }

    private func settlement(_ action: Action) -> HTML {
        if action.state != .open {
            let by = action.settledBy.map { $0.id == action.owner.id ? "" : ", says \($0.first)" } ?? ""
            return
                "<br><span class=\"tag\">\(action.state == .kept ? Icon.check : Icon.cross)\(action.state.rawValue)\(by)</span>"
        }
        return """
            <form class="noprint" action="\(Path.settlement(action.id))" method="post" data-inplace>
            <input type="hidden" name="back" value="recap"><button class="btn sm" name="outcome" value="kept">Mark as kept\
            <span class="vh">: \(action.body)</span></button></form>
            """
    }

    private var feedback: HTML {
        guard !view.feedback.isEmpty else { return "" }
        let items = view.feedback.html { capture in
            """
            <li><h3>\(capture.giver?.first ?? "") to \(capture.receiver?.first ?? "")</h3>\
            <p class="said" dir="auto">“\(capture.body)”</p></li>
            """
        }
        return """
            <section class="part" aria-labelledby="h-fb">
            <h2 id="h-fb">Feedback</h2>
            <p class="margin meta">kept with you both, not in the e-mail</p>
            <div class="body"><ul class="caught">\(items)</ul></div></section>
            """
    }

    // MARK: Notes

    /// What was written in the room, folded away; and private notes, which stay open for good and are never printed.
    private var notes: HTML {
        let steps = Session.Step.allCases.filter { !view.notes(on: $0).isEmpty }
        let shared = steps.html { step in
            """
            <h3>\(step.name)</h3><p class="voice" dir="auto" style="white-space:pre-line">\(view.notes(on: step))</p>
            """
        }
        return """
            <section class="part\(if: !view.isFrozen, " off") noprint" aria-labelledby="h-notes">
            <h2 id="h-notes">Notes</h2>
            <p class="margin meta">from the talk, not in the e-mail</p>
            <div class="body">
            \(steps.isEmpty
                ? "<p class=\"meta\">No notes were written that you both can read.</p>" as HTML
                : "<details><summary class=\"sum\">What you both wrote \(Icon.chevron)</summary><div class=\"stack\">\(shared)</div></details>")
            \(privateNotes)
            </div></section>
            """
    }

    private var privateNotes: HTML {
        let fields = Fields("private", after: rejected)
        let text = view.privateNotes
        return """
            <form class="private-box" action="\(Path.runPart(session.id, "private"))" method="post" data-autosave>
            \(fields.area("body", "Private notes", value: text.body, seen: .onlyYou, isPrivate: true))
            <input type="hidden" name="version" value="\(fields.value("version", else: String(text.version)))">
            <p class="saved" role="status" data-saved>\(text.changedAt.map { "Saved \($0.short(in: zone))" } ?? "")</p>
            <p><button class="btn sm" data-plain>Save your private notes</button></p></form>
            """
    }

    // MARK: The e-mail

    private var letter: HTML {
        let fields = Fields("words", after: rejected)
        let isOpen = ["mail-subject", "mail-words"].contains {
            rejected?.name == "words" && rejected?.form.has($0) == true
        }
        return """
            <section class="part off noprint" id="letter" aria-labelledby="h-mail">
            <h2 id="h-mail">The e-mail</h2>
            <p class="margin meta">goes once, when you both have said yes</p>
            <div class="body">
            <div class="letter">
            <dl class="letter-head">
            <div><dt>To</dt><dd>\(session.people.map(\.name).joined(separator: ", "))</dd></div>
            <div><dt>Subject</dt><dd dir="auto">\(words.mailSubject)</dd></div>
            </dl>
            <div class="voice">\(words.mailParagraphs.html { "<p dir=\"auto\">\($0)</p>" })
            <p><b>Then:</b> what you take away, what was decided, the next steps, and the sentence above.</p></div>
            </div>
            <p class="row"><a class="btn sm" href="\(Path.recap(session.id, "mail"))">See it as it will arrive</a></p>
            <details\(if: isOpen, " open")><summary class="sum">Edit the words of the e-mail \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.recap(session.id))" method="post">\(version)
            \(fields.input("mail-subject", "Subject", value: words.mailSubject, isVoice: true))
            \(fields.area("mail-words", "Opening words", value: words.mailWords, seen: .pair(with: partner.first)))
            <p class="row"><button class="btn">Save the e-mail’s words</button>\(voidingWarning)</p></form></details>
            </div></section>
            """
    }

    // MARK: What was added later

    private var amendments: HTML {
        let fields = Fields("amendment", after: rejected)
        let items = view.amendments.html { amendment in
            """
            <li><p class="voice" dir="auto">\(RecapWords(mailWords: amendment.body).mailParagraphs.html { "<span>\($0)</span><br>" })</p>\
            <p class="meta">\(amendment.author.first), \(amendment.createdAt.long(in: zone)). \
            <span dir="auto">Because: \(amendment.reason)</span></p></li>
            """
        }
        return """
            <section class="part" id="amendments" aria-labelledby="h-later">
            <h2 id="h-later">Added later</h2>
            <p class="margin">\(pair)</p>
            <div class="body">
            \(view.amendments.isEmpty ? "<p class=\"meta\">Nothing was added since you both confirmed.</p>" as HTML : "<ul class=\"ruled\">\(items)</ul>")
            <details class="noprint"\(if: fields.wasRejected, " open")>
            <summary class="sum">Add an amendment \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.session(session.id, "amendments"))" method="post">
            \(fields.newID(at: view.now))
            \(fields.area(
                "body", "What should the record say as well?", value: "",
                hint: "It stands below what you both confirmed, for good. \(partner.first) gets it by e-mail.",
                seen: .pair(with: partner.first)))
            \(fields.input("reason", "Why", value: "", isVoice: true))
            <p class="row"><button class="btn">Add it to the record</button></p></form></details>
            <p class="row noprint"><a class="btn quiet" href="\(Path.recap(session.id, "mail"))">\(Icon.mail)The e-mail that went out</a></p>
            </div></section>
            """
    }
}

/// Both, or neither.
private func zip2<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
    guard let first, let second else { return nil }
    return (first, second)
}
