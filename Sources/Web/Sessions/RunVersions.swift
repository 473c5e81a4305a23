import Markup
import Throughline

/// Two people wrote at once and a line can't hold both: the person chooses. Nothing is dropped meanwhile.
struct TwoVersionsPage {
    /// Where the choice is sent.
    let action: Path
    let back: Path
    /// The version that the choice is made on top of.
    let version: Int
    let choices: [Choice]
    /// Who wrote the other version; nil for oneself, elsewhere.
    let by: PersonName?
    /// When the other version was written.
    let at: String
    /// What is sent along unchanged.
    var also: [(name: String, value: String)] = []

    struct Choice {
        let field: String
        /// As it stands inside a sentence: `the notes on Feedback`.
        let label: String
        let mine: String
        let theirs: String
        /// Whether both can stand, one under the other.
        let holdsLines: Bool
    }

    var page: Page {
        let who = by.map { "You and \($0.first)" } ?? "You, here and elsewhere,"
        return Page(
            title: "Two versions", place: .sessions,
            main: """
                <header class="open"><p class="kick">Written at the same time</p>
                <h1>Which one stands?</h1>
                <p class="lede">\(who) changed \(choices.map(\.label).joined(separator: " and ")) at \(at). \
                Both are safe.</p></header>
                <form class="stack loose" action="\(action)" method="post">
                <input type="hidden" name="version" value="\(version)">
                \(also.html { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })
                \(choices.html(fieldset))
                <p class="row"><button class="btn go">Use what I chose</button>\
                <a class="btn quiet" href="\(back)">Leave it as \(by?.first ?? "it") has it</a></p>
                </form>
                """)
    }

    private func fieldset(_ choice: Choice) -> HTML {
        let theirName = by.map { "\($0.first)’s" } ?? "The other"
        return """
            <fieldset class="stack"><legend class="title">\(choice.label.prefix(1).uppercased() + choice.label.dropFirst())</legend>
            <div class="versions">
            \(option(choice, "Yours", choice.mine, isChosen: true))
            \(option(choice, theirName, choice.theirs))
            \(if: choice.holdsLines, option(choice, "Both, one under the other", choice.theirs + "\n" + choice.mine))
            </div></fieldset>
            """
    }

    private func option(_ choice: Choice, _ name: String, _ text: String, isChosen: Bool = false) -> HTML {
        """
        <label><span class="row"><input type="radio" name="\(choice.field)" value="\(text)"\(if: isChosen, " checked")>\
        <b>\(name)</b></span><span class="voice" dir="auto" style="white-space:pre-wrap">\(text)</span></label>
        """
    }
}
