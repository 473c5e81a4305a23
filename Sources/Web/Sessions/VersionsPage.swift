import Foundation
import Markup
import Throughline

/// Two people changed the same thing at once: both versions, to choose from. Neither is lost by itself.
///
/// The form goes where the save went, with what was typed, the other's version number, and `choice`: `mine`
/// or `theirs`. The button `both` asks for both, one under the other.
struct VersionsPage {
    /// What was changed, as its label says.
    let what: String
    let partner: PersonName
    /// When the other version was saved.
    let at: Date?
    let zone: TimeZone
    let mine: HTML
    let theirs: HTML
    let action: Path
    let back: Path
    /// What was typed, and what else the route needs; with `version` as it is now.
    let fields: [(name: String, value: String)]
    var canKeepBoth = true
    /// The other version is one's own too, from another window.
    var isMyself = false

    var page: Page {
        Page(
            title: "Two versions", place: .sessions,
            main: """
                <header class="open">
                <h1>Two versions</h1>
                <p class="lede">\(who) changed <b>\(what)</b>. Both are safe; choose what stands.</p>
                </header>
                <form class="stack loose" action="\(action)" method="post">
                \(fields.html { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })
                <div class="versions">
                \(version("mine", "Yours", "just now", mine, isChosen: true))
                \(version("theirs", isMyself ? "What is there" : "\(partner.first)’s", at.map { $0.time(in: zone) } ?? "", theirs, isChosen: false))
                </div>
                <p class="row"><button class="btn go">Use the one I chose</button>\
                \(if: canKeepBoth, "<button class=\"btn\" name=\"both\" value=\"1\">Keep both</button>")\
                <a class="btn quiet" href="\(back)">Leave it as it is there</a></p>
                </form>
                """)
    }

    private var who: String {
        isMyself ? "You, here and in another window," : "You and \(partner.first) both"
    }

    private func version(
        _ value: String, _ whose: String, _ when: String, _ body: HTML, isChosen: Bool
    ) -> HTML {
        """
        <label><span class="row"><input type="radio" name="choice" value="\(value)"\(if: isChosen, " checked")>\
        <b>\(whose)</b><span class="meta">\(when)</span></span><span class="voice" dir="auto">\(body)</span></label>
        """
    }

    /// Text of several lines, inside a line of the page.
    static func lines(_ text: String) -> HTML {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().html { "\(if: $0 > 0, "<br>")\($1)" }
    }
}
