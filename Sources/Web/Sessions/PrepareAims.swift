import Coach
import Markup
import Throughline

/// What the session is for and what it is called; what should be true when it ends; and notes for oneself.
extension PreparePage {
    var purposePart: HTML {
        let canChange = isEditable && session.state != .running
        return part(.purpose, "Purpose", canChange ? purposeForm : purposeText)
    }

    private var people: [String] { session.people.map(\.name) }

    private var purposeText: HTML {
        """
        <p>\(session.purposeLabel)</p>
        \(if: !session.message.isEmpty, voice(session.message))
        """
    }

    private var purposeForm: HTML {
        let fields = Fields("purpose-form", after: rejected)
        return """
            <form class="stack" action="\(Path.preparation(session.id, "purpose"))" method="post" data-inplace>
            <input type="hidden" name="was" value="\(fields.value("was", else: session.title))">
            \(fields.choices(
                "purpose", "What is this session for?",
                options: Session.Purpose.allCases.map { ($0.rawValue, HTML(text: $0.label)) },
                chosen: session.purpose.rawValue))
            <div class="only-own">\(fields.input("purpose-words", "Your own words", value: session.purposeWords))</div>
            \(fields.sessionTitle(value: session.title, people: people, seen: seenByBoth, coach: coach))
            <p class="row"><button class="btn sm">Save purpose and name</button></p>
            </form>
            """
    }

    // MARK: Aims

    var aimsPart: HTML {
        part(.aims, "Aims", preparation.aims.html { aim in isEditable ? aimForms(aim) : aimText(aim) })
    }

    private func aimText(_ aim: Aim) -> HTML {
        let body = aim.shared?.body ?? ""
        return """
            <div class="stack tight"><h3>\(aim.field.question)</h3>
            \(body.isEmpty ? "<p class=\"meta\">Nothing shared yet.</p>" : voice(body))</div>
            """
    }

    private func aimForms(_ aim: Aim) -> HTML {
        guard let shared = aim.shared else { return aimForm(aim.field, aim.draft, isDraft: true) }
        let joint = aimForm(aim.field, shared, isDraft: false)
        guard let draft = aim.draft else { return joint }
        return joint + aimForm(aim.field, draft, isDraft: true, besides: true)
    }

    private func aimForm(
        _ field: SessionField, _ text: SessionText?, isDraft: Bool, besides: Bool = false
    ) -> HTML {
        let name = "\(field.rawValue)-\(isDraft ? "draft" : "shared")"
        // Where there is one form, whatever was sent for this aim was typed in it.
        let isOnly = !besides && preparation.aims.contains { $0.field == field && $0.draft?.version == text?.version }
        let sent = rejected.map { $0.name == "\(field.rawValue)-shared" && isOnly ? $0.renamed(name) : $0 }
        let fields = Fields(name, after: sent)
        return """
            <form class="stack tight" action="\(Path.preparation(session.id, "texts/\(field.rawValue)"))" method="post" \
            id="\(name)" data-autosave data-refresh>
            <input type="hidden" name="version" value="\(fields.value("version", else: String(text?.version ?? 0)))">
            \(if: isDraft, "<input type=\"hidden\" name=\"draft\" value=\"1\">")
            \(fields.area(
                "body", besides ? "Yours, not shared yet" : field.question, value: text?.body ?? "", rows: 2,
                hint: besides ? "When you share, it goes under what both of you read above." : nil,
                seen: isDraft ? .draft : seenByBoth, coached: Coached(.note, by: coach)))
            \(saveLine())
            </form>
            """
    }

    // MARK: Private notes

    var notesPart: HTML {
        guard let notes = preparation.privateNotes, previewFor == nil else { return .empty }
        let fields = Fields("private", after: rejected)
        return """
            <section class="part" id="notes" aria-labelledby="h-notes"><h2 id="h-notes">Private notes</h2>
            <div class="body"><form class="private-box stack tight" \
            action="\(Path.preparation(session.id, "texts/private"))" method="post" id="private-notes" data-autosave>
            <input type="hidden" name="version" value="\(fields.value("version", else: String(notes.version)))">
            \(fields.area(
                "body", "For your eyes in the room", value: notes.body, rows: 3,
                hint: "Not \(partner.first), not your administrators. Left out of whatever you share.",
                seen: .onlyYou))
            \(saveLine())
            </form></div></section>
            """
    }
}

extension SessionField {
    /// As its label asks it.
    var question: String {
        switch self {
        case .desired: "What should be true when it ends?"
        case .measure: "How will you both know?"
        case .privateNotes: "Private notes"
        default: "Notes"
        }
    }
}
