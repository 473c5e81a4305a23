import Markup

/// What people see when the server can't be reached. The service worker keeps it, so it says nothing about anyone.
struct OfflinePage {
    var page: Page {
        Page(
            title: "You are offline", width: .slim,
            main: """
                <header class="open">
                <h1>Throughline can’t be reached.</h1>
                <p class="lede">Either you are offline, or the machine that it runs on is. \
                What you typed is kept on this device and goes up when you are back.</p>
                </header>
                <p class="row"><a class="btn go" href="\(Path.today)">Try again</a></p>
                """)
    }
}
