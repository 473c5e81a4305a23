import Foundation
import Markup
import Throughline

/// What people settle about their calendar, on the settings page.
struct CalendarPart {
    let settings: CalendarSettings
    let viewer: Viewer
    let now: Date

    var html: HTML {
        """
        <section class="part" aria-labelledby="calendar">
        <h2 id="calendar">Your calendar</h2>
        <div class="body stack loose">
        \(invitations)
        \(feed)
        </div>
        </section>
        """
    }

    private var invitations: HTML {
        """
        <form class="stack" action="\(Path.invitationsByMail)" method="post">
        <label class="tick"><input type="checkbox" name="invitations" value="on"\
        \(if: settings.getsInvitations, " checked")><span>Put sessions into my calendar by mail<br>\
        <span class="hint">An invitation comes when a time is agreed, moved or called off.</span></span></label>
        <p class="row"><button class="btn">Save</button></p>
        </form>
        """
    }

    private var feed: HTML {
        """
        <div class="stack">
        <h3>An address to subscribe to</h3>
        <p>Your calendar program reads your sessions from a secret address and keeps up with what changes. \
        Whoever has the address can read it too.</p>
        \(settings.feed.map(open))
        \(opening)
        </div>
        """
    }

    private func open(_ feed: CalendarFeed) -> HTML {
        let zone = viewer.timeZone
        let read: String = feed.readAt.map { "Last read \(when($0))." } ?? "No calendar has read it yet."
        return """
            <div class="note" role="note">\(Icon.link)<p><b>One is open</b>, \
            \(feed.hasTitles ? "with titles" : "without titles"), since \(Day(feed.createdAt, in: zone).dayAndMonth). \
            \(read)</p>
            <form action="\(Path.endOfFeed)" method="post"><button class="btn sm stop">Close it</button></form></div>
            """
    }

    private func when(_ moment: Date) -> String {
        let wall = WallTime(moment, in: viewer.timeZone)
        let day = wall.day.relative(to: Day(now, in: viewer.timeZone))
        let words = ["Today", "Yesterday"].contains(day) ? day.lowercased() : "on \(day)"
        return "\(words), about \(wall.time)"
    }

    private var opening: HTML {
        """
        <form class="stack" action="\(Path.feed)" method="post">
        <fieldset class="f"><legend>What it says</legend>
        <label class="tick"><input type="radio" name="titles" value="all" checked><span>What each session is about, \
        and with whom</span></label>
        <label class="tick"><input type="radio" name="titles" value="none"><span>Only that there is a session, and when<br>\
        <span class="hint">For a calendar that colleagues can look into.</span></span></label>
        </fieldset>
        <p class="row"><button class="btn">\(settings.feed == nil ? "Make an address" : "Make a new address")</button>\
        \(if: settings.feed != nil, "<span class=\"meta\">The present one then works no more.</span>")</p>
        </form>
        """
    }
}

/// A new feed's address, shown once.
struct FeedPage {
    let address: String
    let hasTitles: Bool

    /// Calendar programs of desks and phones take this to mean “subscribe”.
    private var webcal: String {
        address.firstIndex(of: ":").map { "webcal" + address[$0...] } ?? address
    }

    var page: Page {
        Page(
            title: "Your calendar’s address",
            main: """
                <header class="open">
                <p class="kick">Your settings</p>
                <h1>Your calendar’s address</h1>
                <p class="lede">It is shown <b>this once</b>. Whoever has it can read \
                \(hasTitles ? "when you have sessions, what they are about and with whom" : "when you have sessions").</p>
                </header>
                <div class="stack loose">
                <div class="f"><label for="feed-address">Subscribe to this address in your calendar program</label>
                <input id="feed-address" type="text" readonly value="\(address)" autocomplete="off"></div>
                <p class="row"><button class="btn go" type="button" data-copy="\(address)">Copy the address</button>\
                <a class="btn" href="\(webcal)">Open it in your calendar</a>\
                <a class="btn quiet" href="\(Path.settings)#calendar">Back to your settings</a></p>
                <p class="meta">In Google Calendar it is “From URL” under “Other calendars”, in Outlook “Subscribe from \
                web”, in Apple’s Calendar “New Calendar Subscription”. Calendars look for changes every few hours.</p>
                </div>
                """)
    }
}
