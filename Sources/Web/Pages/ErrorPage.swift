import HTTPTypes
import Markup

/// What people see when something can't be shown or done.
struct ErrorPage {
    let failure: Failure

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
                <p class="row"><a class="btn go" href="\(Path.today)">Go to Today</a></p>
                """)
    }
}
