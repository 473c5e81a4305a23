import Coach
import Foundation
import Markup
import Storage
import Throughline

/// Achievements, challenges and needs, each with what bears it out.
extension PreparePage {
    var evidencePart: HTML {
        let pieces = preparation.evidence
        return part(
            .evidence, "Evidence", margin: seenByBoth.html,
            """
            \(if: pieces.isEmpty, noEvidence)
            \(if: !pieces.isEmpty, "<ul class=\"ruled evi\">\(pieces.html(piece))</ul>")
            \(isEditable ? pieces.first(where: \.isBare).map(need) : nil)
            \(if: isEditable, addEvidenceForm)
            \(if: isEditable && !preparation.takenOut.isEmpty, takenOut)
            """)
    }

    private var noEvidence: HTML {
        isEditable
            ? """
            <p class="hint">What went well, what is hard, and what you need, each with a number, an anecdote or a link. \
            Two or three are plenty.</p>
            """
            : "<p class=\"meta\">Nothing shared yet.</p>"
    }

    // MARK: A piece

    private func piece(_ evidence: Evidence) -> HTML {
        """
        <li id="evidence-\(evidence.id)">
        <h3>\(evidence.kind.icon)\(evidence.kind.label(for: evidence.author, me: me))</h3>
        \(voice(evidence.body))
        \(evidence.metric.map(figure))
        \(if: !evidence.anecdote.isEmpty, anecdote(evidence.anecdote))
        \(if: !evidence.link.isEmpty, link(evidence.link))
        \(evidence.objective.map { "<p class=\"meta\"><a class=\"ref\" href=\"\(Path.goal($0.id))\">\($0.title)</a></p>" as HTML })
        \(if: isEditable, pieceFoot(evidence))
        </li>
        """
    }

    private func figure(_ metric: Metric) -> HTML {
        let isPercent = metric.unit.hasPrefix("%")
        let sign = isPercent ? "%" : ""
        let unit = isPercent ? metric.unit.dropFirst().trimmingCharacters(in: .whitespaces) : metric.unit
        let rest = [unit, metric.period].filter { !$0.isEmpty }.joined(separator: ", ")
        return """
            <p class="fig num"><b>\(DecimalText.text(metric.from))\(sign)</b> \(Icon.arrow)<span class="vh">to</span> \
            <b>\(DecimalText.text(metric.to))\(sign)</b> <span class="meta">\(rest)</span></p>
            """
    }

    private func anecdote(_ text: String) -> HTML {
        "<blockquote class=\"said\" dir=\"auto\">\(text.paragraphs)</blockquote>"
    }

    private func link(_ address: String) -> HTML {
        let host = URLComponents(string: address)?.host ?? address
        return """
            <p class="meta"><a href="\(address)" rel="noopener noreferrer nofollow">\(host)</a></p>
            """
    }

    private func pieceFoot(_ evidence: Evidence) -> HTML {
        let form = "evidence-\(evidence.id)"
        let hint = evidence.author.id == me.id ? coachHint(coach.remarks(on: evidence.body, as: .note)) : nil
        let fields = Fields(form, after: rejected)
        return """
            \(if: !evidence.isShared, "<p>\(Seen.draft.html)</p>")
            <div class="row">
            <details\(if: fields.wasRejected, " open")><summary class="sum">Change it \(Icon.chevron) \(hint)</summary>
            <form class="stack" action="\(Path.evidence(evidence.id, in: session.id))" method="post" id="f-\(form)" data-inplace>
            <input type="hidden" name="version" value="\(fields.value("version", else: String(evidence.version)))">
            \(controls(fields, of: evidence))
            <p class="row"><button class="btn sm">Save it</button></p>
            </form>
            <form action="\(Path.evidence(evidence.id, in: session.id, "removal"))" method="post" data-inplace>\
            <button class="btn quiet sm" aria-label="Take out: \(evidence.kind.label(for: evidence.author, me: me)), \
            \(evidence.body.prefix(60))">Take it out</button></form></details>
            </div>
            """
    }

    private func controls(_ fields: Fields, of evidence: Evidence?) -> HTML {
        """
        \(fields.summary)
        \(fields.choices(
            "kind", "What is it?", options: Evidence.Kind.allCases.map { ($0.rawValue, $0.icon + HTML(text: $0.choice)) },
            chosen: evidence?.kind.rawValue ?? Evidence.Kind.achievement.rawValue, style: .segments))
        \(fields.area(
            "body", "In a sentence or two", value: evidence?.body ?? "", rows: 2,
            seen: evidence?.isShared == true ? seenByBoth : .draft, coached: Coached(.note, by: coach)))
        \(metricRow(fields, evidence?.metric))
        \(fields.area("anecdote", "Or an anecdote", value: evidence?.anecdote ?? "", rows: 2))
        \(fields.input("link", "Or a link", value: evidence?.link ?? "", type: "url", attributes: "placeholder=\"https://\""))
        \(fields.select(
            "objective", "Which goal is it about?",
            options: [(value: "", label: "None in particular")] + goalOptions(evidence),
            chosen: evidence?.objective?.id.text ?? ""))
        """
    }

    /// The goals of the alignment, and the one that is chosen already should it be closed by now.
    private func goalOptions(_ evidence: Evidence?) -> [(value: String, label: String)] {
        var options = preparation.alignment.linkable.map { (value: $0.id.text, label: $0.title) }
        if let chosen = evidence?.objective, !options.contains(where: { $0.value == chosen.id.text }) {
            options.append((chosen.id.text, chosen.title))
        }
        return options
    }

    private func metricRow(_ fields: Fields, _ metric: Metric?) -> HTML {
        """
        <div class="need"><div class="row end num">
        \(fields.input("from", "From", value: metric.map { DecimalText.text($0.from) } ?? "", attributes: "inputmode=\"decimal\""))
        \(fields.input("to", "To", value: metric.map { DecimalText.text($0.to) } ?? "", attributes: "inputmode=\"decimal\""))
        \(fields.input("unit", "Unit", value: metric?.unit ?? ""))
        \(fields.input("period", "Over", value: metric?.period ?? ""))
        </div></div>
        """
    }

    /// The first piece that nothing bears out yet, and a row to put a number to it.
    private func need(_ evidence: Evidence) -> HTML {
        let fields = Fields("need-\(evidence.id)", after: rejected)
        let line = evidence.body.split(whereSeparator: \.isNewline).first ?? ""
        let words = line.count > 80 ? line.prefix(78) + "…" : line.hasSuffix(".") ? line.dropLast() : line
        return """
            <form class="stack" action="\(Path.evidence(evidence.id, in: session.id))" method="post" data-inplace>
            <input type="hidden" name="form" value="need">
            <input type="hidden" name="version" value="\(evidence.version)">
            <input type="hidden" name="kind" value="\(evidence.kind.rawValue)">
            <input type="hidden" name="body" value="\(evidence.body)">
            <input type="hidden" name="objective" value="\(evidence.objective?.id.text ?? "")">
            <h3 dir="auto">\(words): put a number to it</h3>
            \(metricRow(fields, nil))
            <p class="row"><button class="btn sm">Add the number</button></p>
            </form>
            """
    }

    // MARK: Adding, and putting back

    private var addEvidenceForm: HTML {
        let fields = Fields("new-evidence", after: rejected)
        return """
            <details\(if: fields.wasRejected, " open")><summary class="btn sm">\(Icon.plus)Add evidence</summary>
            <form class="stack" action="\(Path.preparation(session.id, "evidence"))" method="post" id="new-evidence" data-inplace>
            \(fields.newID(at: now))
            \(controls(fields, of: nil))
            <p class="row"><button class="btn">Add to the evidence</button></p>
            </form></details>
            """
    }

    private var takenOut: HTML {
        let isFresh = preparation.takenOut.contains { isJustNow($0.removedAt) }
        let list = preparation.takenOut.html { evidence in
            """
            <li><p class="voice" dir="auto">\(evidence.body)</p>\
            <form action="\(Path.evidence(evidence.id, in: session.id, "restoration"))" method="post" data-inplace>\
            <button class="btn sm" aria-label="Put back: \(evidence.body.prefix(60))">\(Icon.undo)Put it back</button></form></li>
            """
        }
        return """
            <details id="taken-out"\(if: isFresh, " open")><summary class="sum">Taken out \(Icon.chevron)</summary>
            <ul class="ruled offers">\(list)</ul></details>
            """
    }
}

extension Evidence.Kind {
    var icon: HTML {
        switch self {
        case .achievement: Icon.star
        case .challenge: Icon.hill
        case .support: Icon.hand
        }
    }

    /// As one chooses it.
    var choice: String {
        switch self {
        case .achievement: "Achievement"
        case .challenge: "Challenge"
        case .support: "Support I need"
        }
    }

    /// As one reads it.
    func label(for author: PersonName, me: PersonName) -> String {
        guard self == .support, author.id != me.id else { return choice }
        return "Support \(author.first) needs"
    }
}
