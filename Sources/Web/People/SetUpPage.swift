import Markup
import Throughline

/// Where an empty product becomes a company's.
struct SetUpPage {
    let token: String
    let rejected: Rejected?

    var page: Page {
        let fields = Fields("set-up", after: rejected)
        return Page(
            title: "Set up Throughline", width: .slim,
            main: """
                <header class="open">
                <h1>Set up Throughline</h1>
                <p class="lede">Name your company and become its first administrator. Then you invite the others.</p>
                </header>
                <form class="stack" action="\(Path.link(.setUp, token))" method="post">
                \(fields.summary)
                \(fields.input(
                    "company", "What is your company called?", value: "", isRequired: true,
                    attributes: "autocomplete=\"organization\""))
                \(fields.input("name", "Your name", value: "", isRequired: true, attributes: "autocomplete=\"name\""))
                \(fields.input(
                    "email", "Your e-mail address", value: "", type: "email", hint: "You sign in with it.",
                    isRequired: true,
                    attributes: "autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\""))
                \(fields.newPassword("Choose a password"))
                \(fields.timeZone(chosen: TimeZones.ofThisMachine))
                <p class="row"><button class="btn go">Set up Throughline</button></p>
                <p class="meta">As an administrator you invite people and look after teams. You read no more of \
                anybody’s sessions than before.</p>
                </form>
                """)
    }
}

/// What the sign-in page says while there is nobody to sign in.
enum SetUpNeeded {
    static let main: HTML = """
        <header class="open">
        <h1>Throughline is not set up yet.</h1>
        <p class="lede">When it was started, it printed a link for setting it up. Open that link; it names the company \
        and makes the first administrator.</p>
        </header>
        <p class="meta">The link is on the terminal or in the log of the machine that Throughline runs on. Each start \
        prints a new one, until it has been used.</p>
        """
}
