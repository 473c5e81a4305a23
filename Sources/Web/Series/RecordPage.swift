import Foundation
import Markup
import Throughline

/// The record of a session, as somebody reads it who was not in it and to whom the employee opened it.
struct RecordPage {
    let record: OpenedRecord
    let zone: TimeZone

    private var session: Session { record.session }

    var page: Page {
        Page(
            title: "Record: \(session.title)", place: .sessions,
            main: """
                <header class="open">
                <p class="kick">\(session.employee.name) and \(session.manager.name)\
                \(session.startsAt.map { ", " + Day($0, in: zone).full } ?? "")</p>
                <h1 dir="auto">\(session.title)</h1>
                <p class="lede">\(lede)</p>
                </header>
                <div class="parts">
                \(part("take", "What they took away", lines(record.words.takeawayLines)))
                \(part("decided", "Decided", lines(record.words.decisionLines)))
                \(part("steps", "Next steps", steps))
                \(part("oath", "What they agreed", "<p class=\"voice\" dir=\"auto\">\(record.words.oath)</p>"))
                \(record.whole.map(rest))
                \(if: !record.amendments.isEmpty, part("later", "Added later", amendments))
                </div>
                """)
    }

    private var lede: HTML {
        let what =
            record.scope == .recaps ? "You read the recap that both confirmed." : "You read all that the two shared."
        return "\(session.employee.first) opened it to you. \(what) Private notes are not part of it."
    }

    private func part(_ id: String, _ heading: String, _ body: HTML) -> HTML {
        """
        <section class="part" aria-labelledby="h-\(id)"><h2 id="h-\(id)">\(heading)</h2>
        <div class="body">\(body)</div></section>
        """
    }

    private func lines(_ lines: [String]) -> HTML {
        lines.isEmpty
            ? "<p class=\"meta\">Nothing was written down.</p>"
            : "<ul class=\"voice takes\">\(lines.html { "<li dir=\"auto\">\($0)</li>" })</ul>"
    }

    private var steps: HTML {
        guard !record.actions.isEmpty else { return "<p class=\"meta\">Nobody took anything on.</p>" }
        let rows = record.actions.html { action in
            let state: String = action.state == .open ? "open" : action.state.rawValue
            return """
                <tr><td>\(avatar(action.owner))\(action.owner.first)</td>\
                <th scope="row" class="voice" dir="auto">\(action.body)</th>\
                <td class="num">\(action.dueOn.short)<br><span class="tag">\(state)</span></td></tr>
                """
        }
        return """
            <table class="tbl acts"><caption class="vh">Who does what by when</caption>
            <thead><tr><th scope="col">Who</th><th scope="col">Does what</th><th scope="col">By</th></tr></thead>
            <tbody>\(rows)</tbody></table>
            """
    }

    private var amendments: HTML {
        let items = record.amendments.html { amendment in
            """
            <li><p class="voice" dir="auto">\(amendment.body)</p><p class="meta">\(amendment.author.first), \
            \(amendment.createdAt.long(in: zone)). <span dir="auto">Because: \(amendment.reason)</span></p></li>
            """
        }
        return "<ul class=\"ruled\">\(items)</ul>"
    }

    // MARK: The whole record

    private func rest(_ whole: OpenedRecord.Whole) -> HTML {
        let aims = whole.aims.html { text in
            "<h3>\(text.field == .desired ? "What should be true" : "How both would know")</h3>\(voice(text.body))"
        }
        let agenda = whole.agenda.html { item in
            "<li dir=\"auto\">\(item.title) <span class=\"meta\">\(item.minutes) minutes</span></li>"
        }
        let evidence = whole.evidence.html { piece in
            let metric =
                piece.metric.map { " (\(DecimalText.text($0.from)) to \(DecimalText.text($0.to)) \($0.unit))" } ?? ""
            return "<li dir=\"auto\">\(piece.body)\(metric)</li>"
        }
        let verdicts = whole.verdicts.html { subject in
            let reason = subject.verdict.map { $0.reason.isEmpty ? "" : ". \($0.reason)" } ?? ""
            return """
                <li><p><b>\(subject.verdict?.words ?? "")</b> <span class="voice" dir="auto">\(subject.title)</span>\
                <span class="meta" dir="auto">\(reason)</span></p></li>
                """
        }
        let feedback = whole.feedback.html { capture in
            """
            <li><h3>\(capture.giver?.first ?? "") to \(capture.receiver?.first ?? "")</h3>\
            <p class="said" dir="auto">“\(capture.body)”</p></li>
            """
        }
        let notes = whole.notes.html { voice($0.body) }
        return """
            \(if: !whole.aims.isEmpty, part("aims", "Aims", "<div class=\"stack\">\(aims)</div>"))
            \(if: !whole.agenda.isEmpty, part("agenda", "Agenda", "<ol class=\"voice decided\">\(agenda)</ol>"))
            \(if: !whole.evidence.isEmpty, part("evidence", "Evidence", "<ul class=\"voice takes\">\(evidence)</ul>"))
            \(if: !whole.verdicts.isEmpty, part("verdicts", "Goals and work", "<ul class=\"ruled\">\(verdicts)</ul>"))
            \(if: !whole.feedback.isEmpty, part("feedback", "Feedback", "<ul class=\"caught\">\(feedback)</ul>"))
            \(if: !whole.notes.isEmpty, part("notes", "Notes both wrote", "<div class=\"stack\">\(notes)</div>"))
            """
    }

    private func voice(_ text: String) -> HTML {
        "<div class=\"voice\" dir=\"auto\">\(text.paragraphs)</div>"
    }
}
