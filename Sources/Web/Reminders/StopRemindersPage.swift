import Markup
import Throughline

/// Where the link in a reminder leads, without a sign-in: each kind that the mail was about, to stop or resume.
struct StopRemindersPage {
    let holder: ReminderHolder
    let kinds: [ReminderKind]
    let token: String

    private var wanted: [ReminderKind] { kinds.filter(holder.settings.kinds.contains) }

    var page: Page {
        Page(
            title: "Your reminders", width: .slim,
            main: """
                <header class="open">
                <p class="kick">For <bdi>\(holder.person.first)</bdi></p>
                <h1>Your reminders</h1>
                <p class="lede">\(lede)</p>
                </header>
                <div class="stack loose">
                <ul class="ruled offers">\(kinds.html(row))</ul>
                \(if: wanted.count > 1, """
                    <form action="\(Path.reminders(token, kinds))" method="post">\
                    <p class="row"><button class="btn go">Stop all of these</button></p></form>
                    """)
                <p class="meta">When they come, and everything else about them, is in <a class="ref" \
                href="\(Path.settings)#reminders">your settings</a>, once you have signed in.</p>
                </div>
                """)
    }

    private var lede: String {
        switch wanted.count {
        case 0: kinds.count == 1 ? "Stopped. None of this kind will be sent." : "Stopped. None of these will be sent."
        case kinds.count: "These come by mail. Stop what you don’t want."
        default: "Some of these come by mail, some are stopped."
        }
    }

    private func row(_ kind: ReminderKind) -> HTML {
        let isWanted = holder.settings.kinds.contains(kind)
        let path = Path.reminders(token, [kind], isWanted ? nil : "return")
        let name = "When " + kind.words.replacing(" my ", with: " your ").replacing(" I ", with: " you ")
        return """
            <li><p><b>\(name)</b><span class="meta">\(isWanted ? "Sent by mail" : "Stopped")</span></p>
            <form action="\(path)" method="post"><button class="btn sm">\(isWanted ? "Stop" : "Send again")\
            <span class="vh">: reminders \(kind.purpose)</span></button></form></li>
            """
    }
}
