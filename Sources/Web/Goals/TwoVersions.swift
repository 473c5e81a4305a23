import Foundation
import Markup
import Storage
import Throughline

/// What was typed beside what somebody else has saved meanwhile: for each field that differs, the person chooses. The
/// choice is an ordinary save on top of the newer version, so nothing typed is lost and nobody's words vanish unseen.
struct TwoVersions {
    let title: String
    /// Where the choice is sent: the address of an ordinary save.
    let action: Path
    let cancel: Path
    /// Who saved first; nil where it was oneself, in another window.
    let other: PersonName?
    let at: String
    /// The version that the choice is based on.
    let version: Int
    let fields: [Field]

    struct Field {
        let name: String
        let label: String
        let mine: String
        let theirs: String
        /// How a value is shown, where it is not what people read: a person's id, a day.
        var shown: @Sendable (String) -> String = { $0 }
        /// Whether both texts can be kept, one under the other.
        var holdsBoth = false

        /// Line ends and space at the ends are no difference.
        var differs: Bool { Self.normal(mine) != Self.normal(theirs) }

        private static func normal(_ text: String) -> String {
            text.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    var page: Page {
        let differing = fields.filter(\.differs)
        let who = other.map { "\($0.name)" } ?? "You, in another window,"
        return Page(
            title: "Two versions of \(title)", place: .goals,
            main: """
                <header class="open">
                <p class="kick" dir="auto">\(title)</p>
                <h1>Two versions</h1>
                <p class="lede">\(who) saved this at \(at), after you had opened it. Both are safe; choose what it \
                should say.</p>
                </header>
                <form class="stack loose" action="\(action)" method="post">
                <input type="hidden" name="version" value="\(version)">
                \(fields.filter { !$0.differs }.html { field in
                    "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.theirs)\">"
                })
                \(differing.html(choice))
                <p class="row"><button class="btn go">Save what I chose</button>\
                <a class="btn quiet" href="\(cancel)">Leave it as \(other.map { "\($0.first) saved it" } ?? "it is")</a></p>
                </form>
                """)
    }

    private func choice(_ field: Field) -> HTML {
        let theirs = other.map(GoalWords.possessive) ?? "The other window’s"
        return """
            <fieldset class="f"><legend>\(field.label)</legend>
            <div class="versions">
            \(version(field, field.mine, "Yours", isChosen: true))
            \(version(field, field.theirs, theirs, isChosen: false))
            \(if: field.holdsBoth && !field.mine.isEmpty && !field.theirs.isEmpty,
                version(field, field.theirs + "\n\n" + field.mine, "Both, one under the other", isChosen: false))
            </div></fieldset>
            """
    }

    private func version(_ field: Field, _ value: String, _ label: String, isChosen: Bool) -> HTML {
        let shown = field.shown(value)
        return """
            <label><span class="row"><input type="radio" name="\(field.name)" value="\(value)"\
            \(if: isChosen, " checked")><b>\(label)</b></span>
            <span class="voice" dir="auto">\(shown.isEmpty ? "Left empty" : lines(shown))</span></label>
            """
    }

    private func lines(_ text: String) -> HTML {
        var all: HTML = ""
        for (index, line) in text.replacing("\r\n", with: "\n").split(
            separator: "\n", omittingEmptySubsequences: false
        )
        .enumerated() {
            all += (index > 0 ? "<br>" : "") + HTML(text: String(line))
        }
        return all
    }
}
