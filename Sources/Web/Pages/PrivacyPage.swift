import Markup

/// Who can read what: the rules that the product keeps, and what it can't keep.
struct PrivacyPage {
    /// Nil for a reader who is not signed in.
    let company: String?

    private var everyone: String { company.map { "Everyone at \($0)" } ?? "Everyone at the company" }

    var page: Page {
        Page(
            title: "Who can read what",
            main: """
                <header class="open">
                <h1>Who can read what</h1>
                <p class="lede">Every field says who can read it. Here is all of it in one place, and what no product can \
                promise.</p>
                </header>
                <div class="parts">
                \(part("yours", "Yours", Self.yours))
                \(part("sessions", "A session", Self.sessions))
                \(part("company", "The company", companyRows))
                \(administrators)
                \(machine)
                </div>
                """)
    }

    private struct Row {
        let what: String
        let who: String
        var more = ""
    }

    private static let yours: [Row] = [
        Row(
            what: "Private notes", who: "Only you",
            more:
                "Not the other person, not your manager, not administrators, in any state of the session and after."
        ),
        Row(
            what: "Drafts of aims, agenda items and evidence", who: "Only you, until you share them",
            more: "From then on both of you; what was shared can’t be unshared."),
        Row(
            what: "What you type, until it is saved", who: "Whoever uses this browser",
            more: "It stays in the browser, for thirty days at most, so that nothing is lost. Signing out clears it."),
        Row(
            what: "Your sign-ins, and what others did to your account", who: "Only you"),
        Row(what: "Your language, and how you like to get a pre-read", who: "Only you"),
        Row(
            what: "Your calendar’s address", who: "Whoever you give it to",
            more: "It says when you have sessions; what about and with whom only if you chose so."),
        Row(
            what: "Your password", who: "Nobody",
            more: "Only a hash is kept, from which it can’t be read back."),
    ]

    private static let sessions: [Row] = [
        Row(what: "The invitation: purpose, title, words, times, answers", who: "The two of you"),
        Row(what: "What was shared of the preparation", who: "The two of you"),
        Row(what: "Notes of the five steps", who: "The two of you"),
        Row(what: "Verdicts on goals and work, with their reasons", who: "The two of you"),
        Row(what: "Feedback, decisions, actions, parked items", who: "The two of you"),
        Row(
            what: "The recap, its corrections and amendments", who: "The two of you",
            more: "It is e-mailed to both, once."),
        Row(
            what: "The record of past sessions, where the employee goes on with another manager",
            who: "The two of you, and the new manager as far as the employee opened it",
            more:
                "Nothing, the recaps, or all that was shared; it can be closed again. Private notes never go along."),
        Row(what: "Your days off", who: "You, and those whom you have sessions with"),
        Row(
            what: "That there is a session at all", who: "The two of you",
            more:
                "To everybody else, its address leads nowhere. A manager of yours who is not in it is everybody else."
        ),
    ]

    private var companyRows: [Row] {
        [
            Row(what: "Your name, pronouns, job, time zone, teams, manager and reports", who: everyone),
            Row(what: "Teams, their purpose and people", who: everyone),
            Row(what: "Objectives of the company and of teams", who: everyone),
            Row(
                what: "Your own goals and your work", who: "You and your manager",
                more: "In a session of yours, the other person sees those that are open, beside the team’s."),
            Row(
                what: "Your e-mail address", who: "You and administrators",
                more: "Mail about a session names it to the other person, as the address to answer to."),
        ]
    }

    private func part(_ id: String, _ title: String, _ rows: [Row]) -> HTML {
        """
        <section class="part" aria-labelledby="\(id)">
        <h2 id="\(id)">\(title)</h2>
        <div class="body">
        <table class="tbl"><caption class="vh">\(title): what, and who can read it</caption>
        <thead><tr><th scope="col">What</th><th scope="col">Who can read it</th></tr></thead>
        <tbody>\(rows.html { row in
            """
            <tr><th scope="row">\(row.what)</th><td><b>\(row.who)</b>\
            \(if: !row.more.isEmpty, " <span class=\"meta\">\(row.more)</span>")</td></tr>
            """
        })</tbody></table>
        </div>
        </section>
        """
    }

    private var administrators: HTML {
        """
        <section class="part" aria-labelledby="administrators">
        <h2 id="administrators">Administrators</h2>
        <div class="body">
        <p>They invite people, say who reports to whom, look after teams and the company’s objectives, and see who has been \
        invited or has left. Of mail they see to whom it went and when; what it says they see only of invitations and \
        letters about accounts. They read no session that they do not take part in; on the page of somebody who leaves they see \
        how many sessions and commitments are open, and not with whom or what about.</p>
        <p>An administrator can make a link with which a new password for you is chosen, because somebody must be able to \
        when you have forgotten yours. Whoever opens that link can sign in as you, and read what you can. So that it can’t \
        happen unseen, you get an e-mail, your settings say who made it and when, and using it signs you out \
        everywhere. The same holds for a change of your e-mail address, which the old address is told of.</p>
        </div>
        </section>
        """
    }

    private var machine: HTML {
        """
        <section class="part" aria-labelledby="machine">
        <h2 id="machine">The machine</h2>
        <div class="body">
        <p>Throughline runs on your company’s own machine and sends nothing anywhere but the e-mails that you know of. \
        Whoever has that machine has its database, its backups and the mail that waits to be sent, and a product can’t \
        hide them from its own machine. If that worries you, speak to the person who runs it about who may sign in \
        there and whether its disks are encrypted.</p>
        <p>The journal keeps who did what and when, without the words of anything private.</p>
        </div>
        </section>
        """
    }
}
