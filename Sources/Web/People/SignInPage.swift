import Markup
import Throughline

/// Where people sign in.
struct SignInPage {
    /// Where to go afterwards.
    let next: String
    let isSetUp: Bool
    /// Whether somebody tried to save something who isn’t signed in any more.
    var wasSignedOut = false
    let rejected: Rejected?

    var page: Page {
        Page(title: "Sign in", width: .slim, main: isSetUp ? form : SetUpNeeded.main)
    }

    private var form: HTML {
        let fields = Fields("sign-in", after: rejected)
        return """
            <header class="open">
            <h1>Sign in</h1>
            <p class="lede">\(goesOn ? "Then you go on where you were." : "Good to see you.")</p>
            </header>
            <form class="stack" action="\(Path.signIn())" method="post">
            \(if: wasSignedOut, signedOut)
            \(fields.summary)
            <input type="hidden" name="next" value="\(next)">
            \(fields.input(
                "email", "E-mail address", value: "", type: "email", isRequired: true,
                attributes: "autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\""))
            \(fields.input(
                "password", "Password", value: "", type: "password", isRequired: true,
                attributes: "autocomplete=\"current-password\""))
            <p class="row"><button class="btn go">Sign in</button>\
            <a class="btn quiet" href="\(Path.forgottenPassword)">I have forgotten my password</a></p>
            <p class="meta">No account? Somebody who looks after Throughline at your company can invite you.</p>
            </form>
            """
    }

    private var goesOn: Bool { wasSignedOut || !(next.isEmpty || next == "/") }

    /// True with and without a script, and of forms whose drafts aren’t kept.
    private var signedOut: HTML {
        """
        <div class="note risk" role="alert" tabindex="-1">\(Icon.risk)\
        <p>You were signed out meanwhile, so nothing that you sent since then was saved. What you typed comes back on \
        that page if this browser has kept it.</p></div>
        """
    }
}

/// Where a sign-in link leads: one button, so that looking at the link doesn't use it up.
struct SignInLinkPage {
    let person: PersonName
    let token: String

    var page: Page {
        Page(
            title: "Sign in as \(person.name)", width: .slim,
            main: """
                <header class="open">
                <h1>Hello, \(person.first).</h1>
                <p class="lede">This link signs you in on this device.</p>
                </header>
                <form class="stack" action="\(Path.link(.signIn, token))" method="post">
                <p class="row"><button class="btn go">Sign in as \(person.name)</button></p>
                <p class="meta">If you are not \(person.name), close this page; the link is not yours.</p>
                </form>
                """)
    }
}
