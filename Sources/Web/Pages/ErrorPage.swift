import HTTPTypes
import Markup

/// What people see when something can't be shown or done: why, the way back, and what they had typed.
struct ErrorPage {
    let failure: Failure
    /// The page that they came from; nil where it can’t be told.
    var back: Path?
    var typed = TypedWords.none

    var page: Page {
        Page(
            title: failure.title, isError: true,
            main: """
                <header class="open">
                <p class="kick">\(failure.status.code)</p>
                <h1>\(failure.title)</h1>
                <p class="lede">\(failure.words)</p>
                </header>
                \(failure.id.map { id in
                    "<p>Tell your administrator this number, which leads to the cause in the log: <b class=\"num\">\(id)</b></p>"
                })
                <div class="stack loose">
                \(typed.html)
                <p class="row">\(ways)</p>
                </div>
                """)
    }

    private var ways: HTML {
        guard let back, back.description != Path.today.description else {
            return "<a class=\"btn go\" href=\"\(Path.today)\">Go to Today</a>"
        }
        return """
            <a class="btn go" href="\(back)">Back to the page you were on</a>\
            <a class="btn" href="\(Path.today)">Go to Today</a>
            """
    }
}
