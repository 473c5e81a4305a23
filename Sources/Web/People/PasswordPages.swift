import Markup
import Throughline

/// Where one asks for a link to choose a new password. The answer is the same whether somebody has the
/// address or not.
struct ForgottenPasswordPage {
    /// Whether a mail server brings the link to whom it is for.
    let isMailed: Bool
    let rejected: Rejected?
    var isSent = false

    var page: Page {
        Page(title: "A new password", width: .slim, main: isSent ? (isMailed ? sent : kept) : form)
    }

    private var form: HTML {
        let fields = Fields("forgotten", after: rejected)
        return """
            <header class="open">
            <h1>A new password</h1>
            <p class="lede">\(lede)</p>
            </header>
            <form class="stack" action="\(Path.forgottenPassword)" method="post">
            \(fields.summary)
            \(if: !isMailed, byHand)
            \(fields.input(
                "email", "E-mail address", value: "", type: "email",
                hint: isMailed ? nil : "Asked for here, a link stands with the mail that administrators read. Tell one of them.",
                isRequired: true,
                attributes: "autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\""))
            <p class="row"><button class="btn go">\(isMailed ? "Send me a link" : "Ask for a link")</button>\
            <a class="btn quiet" href="\(Path.signIn())">Back to signing in</a></p>
            </form>
            """
    }

    private var lede: String {
        isMailed
            ? "Write the address that you sign in with. We send a link there, with which you choose a new password."
            : "No mail server is set up, so no mail reaches you. Somebody hands you the link with which you choose a new one."
    }

    /// Who makes a link where none can be sent.
    private var byHand: HTML {
        """
        <p>Ask an administrator of Throughline at your company: they make a link for you on your page under People. Who runs \
        the server makes one with <code>throughline people reset</code> and your address.</p>
        """
    }

    private var kept: HTML {
        """
        <header class="open">
        <h1>Ask an administrator.</h1>
        <p class="lede">No mail server is set up, so no mail reaches you. If somebody here has that address, a link for it \
        now stands with the mail that administrators read. It works for one hour.</p>
        </header>
        \(byHand)
        <p class="row"><a class="btn" href="\(Path.signIn())">Back to signing in</a></p>
        """
    }

    private var sent: HTML {
        """
        <header class="open">
        <h1>Look in your mail.</h1>
        <p class="lede">If somebody here has that address, a link is on its way to it. It works for one hour.</p>
        </header>
        <p>Nothing after a few minutes? Look among unwanted mail, check the address, or ask somebody who looks after \
        Throughline at your company: they can make a link for you.</p>
        <p class="row"><a class="btn" href="\(Path.signIn())">Back to signing in</a></p>
        """
    }
}

/// Where one chooses a new password by a link.
struct NewPasswordPage {
    let person: Person
    let token: String
    let rejected: Rejected?

    var page: Page {
        let fields = Fields("new-password", after: rejected)
        return Page(
            title: "Choose a new password", width: .slim,
            main: """
                <header class="open">
                <h1>Choose a new password</h1>
                <p class="lede">Every browser that is signed in as you is signed out; this one is signed in.</p>
                </header>
                <form class="stack" action="\(Path.link(.passwordReset, token))" method="post">
                \(fields.summary)
                <div class="f"><label for="new-password-email">You sign in with</label>\
                <input id="new-password-email" name="username" type="email" value="\(person.email)" readonly \
                autocomplete="username"></div>
                \(fields.newPassword("Your new password"))
                <p class="row"><button class="btn go">Set this password</button></p>
                </form>
                """)
    }
}
