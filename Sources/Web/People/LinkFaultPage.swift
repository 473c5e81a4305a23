import HTTPTypes
import Markup
import Throughline

/// What people see when a secret link opens nothing any more, and what they can do instead.
struct LinkFaultPage {
    let fault: LinkFault
    let kind: SecretLink.Kind

    var status: HTTPResponse.Status { fault == .unknown ? .notFound : .gone }

    var page: Page {
        Page(
            title: title, width: .slim,
            main: """
                <header class="open">
                <h1>\(title)</h1>
                <p class="lede">\(words)</p>
                </header>
                <p class="row"><a class="btn go" href="\(Path.signIn())">Sign in</a>\
                \(if: kind == .passwordReset, """
                    <a class="btn" href="\(Path.forgottenPassword)">Ask for a new link</a>
                    """)</p>
                """)
    }

    private var title: String {
        switch fault {
        case .unknown: "This link leads nowhere"
        case .used: "This link has been used"
        case .expired: "This link has run out"
        }
    }

    private var words: String {
        switch (fault, kind) {
        case (.unknown, _):
            "Perhaps a piece of it got lost on the way. Copy it whole from the message that it came in."
        case (.used, .setUp), (.expired, .setUp):
            "The product is set up, or was started again since; then the newest link, on the terminal, is the one "
                + "that works."
        case (.used, .invitation):
            "You have joined already. Sign in with the password that you chose then."
        case (.expired, .invitation):
            "Invitations work for seven days. Ask whoever invited you to send another."
        case (.used, .passwordReset):
            "A new password was chosen with it. If that was not you, ask for a new link at once."
        case (.expired, .passwordReset):
            "Such links work for one hour, and end when the password is changed. Ask for a new one."
        case (.used, .signIn), (.expired, .signIn):
            "Sign in with your password, or ask whoever gave you the link for a new one."
        }
    }
}
