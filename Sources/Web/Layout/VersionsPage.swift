import Foundation
import Markup
import Throughline

/// Somebody else has saved the same thing meanwhile: both versions, to choose from. The choice is an ordinary save on
/// top of the newer version, so nothing typed is lost and nobody's words vanish unseen.
struct VersionsPage {
    var place = Page.Place.sessions
    /// What it is about, above the heading.
    var kick = "Written at the same time"
    /// Who wrote the other version; nil for oneself, in another window.
    let other: PersonName?
    /// When the other version was written, as a time; nil where nobody knows.
    var at: String?
    /// Where the choice is sent: the address of an ordinary save.
    let action: Path
    let back: Path
    let choices: [Choice]
    /// What is sent along unchanged, the version that the choice is made on top of among it.
    let also: [(name: String, value: String)]

    /// One thing to choose: a radio for each version of it.
    struct Choice {
        let field: String
        /// As the form's label has it.
        let label: String
        let options: [Option]
    }

    struct Option {
        let value: String
        let whose: Whose
        let shown: HTML
    }

    enum Whose {
        case mine
        case theirs
        case both
    }

    var page: Page {
        Page(
            title: "Two versions", place: place,
            main: """
                <header class="open">
                <p class="kick" dir="auto">\(kick)</p>
                <h1>Two versions</h1>
                <p class="lede">\(who) saved this\(at.map { " at \($0)" } ?? ""), after you had opened it. Both are safe; \
                choose what stands.</p>
                </header>
                <form class="stack loose" action="\(action)" method="post">
                \(also.html { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })
                \(choices.html(fieldset))
                <p class="row"><button class="btn go">Save what I chose</button>\
                <a class="btn quiet" href="\(back)">Leave it as \(other.map { "\($0.first) saved it" } ?? "it is there")</a></p>
                </form>
                """)
    }

    private var who: String { other?.name ?? "You, in another window," }

    private func fieldset(_ choice: Choice) -> HTML {
        """
        <fieldset class="f"><legend>\(choice.label)</legend>
        <div class="versions">\(choice.options.html { option(choice, $0) })</div></fieldset>
        """
    }

    private func option(_ choice: Choice, _ option: Option) -> HTML {
        """
        <label><span class="row"><input type="radio" name="\(choice.field)" value="\(option.value)"\
        \(if: option.whose == .mine, " checked")><b>\(name(option.whose))</b></span>
        <span class="voice" dir="auto">\(option.shown)</span></label>
        """
    }

    private func name(_ whose: Whose) -> String {
        switch whose {
        case .mine: "Yours"
        case .theirs: other.map { "\($0.first)’s" } ?? "The other window’s"
        case .both: "Both"
        }
    }
}

extension VersionsPage.Choice {
    /// Whose text a field gets.
    /// - Parameters:
    ///   - holdsBoth: whether both can stand, one under the other.
    ///   - shown: how a value reads, where it is not what people read: a person's id, a day.
    init(
        _ field: String, _ label: String, mine: String, theirs: String, holdsBoth: Bool = false,
        shown: (String) -> String = { $0 }
    ) {
        func option(_ value: String, _ whose: VersionsPage.Whose) -> VersionsPage.Option {
            VersionsPage.Option(value: value, whose: whose, shown: Self.lines(shown(value)))
        }
        self.field = field
        self.label = label
        options =
            [option(mine, .mine), option(theirs, .theirs)]
            + (holdsBoth && !mine.isEmpty && !theirs.isEmpty ? [option(Merge.both(theirs, mine), .both)] : [])
    }

    /// Which of two things that a form makes as a whole is kept: the route reads `choice`, which is `mine`, `theirs`
    /// or `both`.
    init(_ label: String, mine: HTML, theirs: HTML, both: HTML?) {
        field = "choice"
        self.label = label
        options =
            [.init(value: "mine", whose: .mine, shown: mine), .init(value: "theirs", whose: .theirs, shown: theirs)]
            + (both.map { [.init(value: "both", whose: .both, shown: $0)] } ?? [])
    }

    /// Text of several lines, inside a line of the page.
    static func lines(_ text: String) -> HTML {
        guard text.contains(where: { !$0.isWhitespace }) else { return "<span class=\"meta\">Left empty</span>" }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.enumerated().html { "\(if: $0 > 0, "<br>")\($1)" }
    }
}
