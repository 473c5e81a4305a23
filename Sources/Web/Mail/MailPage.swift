import Foundation
import Mail
import Markup
import Storage
import Throughline

/// The mail that went out or will, newest first: to whom and what became of it. What passes between two
/// people is theirs and not shown; letters about coming in are, where there is no mail server to bring them.
struct MailPage {
    let found: DeliveryPage
    let search: DeliverySearch
    let transport: MailTransport
    let viewer: Viewer
    let now: Date

    private var zone: TimeZone { viewer.timeZone }

    private var isFolder: Bool { !transport.isServer }

    var page: Page {
        Page(
            title: "Mail",
            main: """
                <header class="open">
                <p class="kick">\(viewer.company)</p>
                <h1>Mail</h1>
                <p class="lede">\(lede)</p>
                </header>
                <div class="stack loose">
                \(way)
                \(tabs)
                \(found.deliveries.isEmpty ? nothing : list)
                </div>
                """)
    }

    private var lede: String {
        let failed = found.counts[.failed] ?? 0
        let waiting = (found.counts[.waiting] ?? 0) + (found.counts[.sending] ?? 0)
        if failed > 0 {
            return
                "\(Words.counted(failed, "message").capitalizedFirst) could not be sent. Mend what stands in the "
                + "way, then try \(failed == 1 ? "it" : "them") again."
        }
        if waiting > 0 { return "\(Words.counted(waiting, "message").capitalizedFirst) on the way." }
        if found.counts.isEmpty { return "Nothing has been sent yet." }
        return isFolder ? "Everything is in the folder; nothing was sent." : "Everything has been sent."
    }

    // MARK: Where mail goes

    private var way: HTML {
        switch transport {
        case .smtp(let settings):
            "<p class=\"meta\">Mail goes out through \(settings.host), port \(settings.port).</p>"
        case .folder(let path):
            """
            <div class="note risk">\(Icon.mail)
            <p><b>No mail server is set up.</b> Each message becomes a file in \(code(path)) on this machine, and \
            reaches nobody. Until that changes, hand over the links below yourself.</p>
            <details><summary class="sum">How to set one up \(Icon.chevron)</summary>
            <p>Start the product with these in its environment, or in its settings file:</p>
            <ul class="stack tight">
            <li>\(code("THROUGHLINE_MAIL_SMTP_HOST")): the name of your mail server</li>
            <li>\(code("THROUGHLINE_MAIL_SMTP_USER")) and \(code("THROUGHLINE_MAIL_SMTP_PASSWORD")), if it wants a \
            sign-in</li>
            <li>\(code("THROUGHLINE_MAIL_FROM")): whom mail comes from, such as \
            Throughline &lt;throughline@example.com&gt;</li>
            </ul>
            <p>The settings are all in docs/configuration.md. Messages that are files already stay so.</p>
            </details></div>
            """
        }
    }

    private func code(_ text: String) -> HTML { "<code>\(text)</code>" }

    // MARK: The list

    private var tabs: HTML {
        let states: [Delivery.State?] = [nil] + Delivery.State.allCases
        let links = states.html { state in
            let count = state.map { found.counts[$0] ?? 0 } ?? found.counts.values.reduce(0, +)
            let isHere = state == search.state
            return """
                <a href="\(Path.mail(.init(state: state)))"\(if: isHere, " aria-current=\"page\"")>\
                \(state.map(words) ?? "All") <span class="num">\(count)</span></a>
                """
        }
        return "<nav class=\"tabs\" aria-label=\"Which mail\">\(links)</nav>"
    }

    private var nothing: HTML {
        let words: String =
            switch search.state {
            case nil: search.before == nil ? "No mail yet." : "There is nothing older."
            case .waiting: "Nothing waits."
            case .sending: "Nothing is being sent at this moment."
            case .sent: "Nothing was sent yet."
            case .failed: "Nothing failed."
            }
        return """
            <div class="empty"><p>\(words)</p>
            <p class="meta">Invitations, asks and recaps show up here as soon as they are written.</p></div>
            """
    }

    private var list: HTML {
        """
        <h2 class="vh">\(search.state.map(words) ?? "All") mail, newest first</h2>
        <ul class="ruled dues">\(found.deliveries.html(line))</ul>
        \(if: found.hasMore || search.before != nil, pager)
        """
    }

    private var pager: HTML {
        let older = found.hasMore ? found.deliveries.last : nil
        return """
            <nav class="row" aria-label="Further mail">
            \(if: search.before != nil, "<a class=\"btn\" href=\"\(Path.mail(.init(state: search.state)))\">Newest</a>")
            \(older.map { last in
                """
                <a class="btn" href="\(Path.mail(.init(state: search.state, before: last.id)))">Older</a>
                """ as HTML
            })
            </nav>
            """
    }

    private func line(_ delivery: Delivery) -> HTML {
        """
        <li id="m-\(delivery.id)">
        <p class="when"><time datetime="\(WallTime(delivery.queuedAt, in: zone).iso)">\
        <b>\(Day(delivery.queuedAt, in: zone).relative(to: Day(now, in: zone)))</b> \
        \(delivery.queuedAt.time(in: zone))</time></p>
        <div class="stack tight">
        <h3 dir="auto">\(delivery.letter?.subject ?? delivery.kindWords)</h3>
        <p class="meta">\(if: delivery.letter != nil, "\(delivery.kindWords), t")\
        \(if: delivery.letter == nil, "T")o <bdi>\(delivery.name)</bdi>, \(delivery.email)</p>
        \(standing(delivery))
        \(content(delivery))
        </div>
        \(if: delivery.state == .failed, """
            <form class="act" action="\(Path.retry(delivery.id))" method="post">\
            <button class="btn sm">Try again<span class="vh">: to \(delivery.name)</span></button></form>
            """)
        </li>

        """
    }

    private func standing(_ delivery: Delivery) -> HTML {
        """
        <p class="row"><span class="hp \(delivery.state.tone)">\(delivery.state.icon)\(words(delivery.state))</span>\
        <span class="meta">\(history(delivery))</span></p>
        \(if: !delivery.problem.isEmpty, "<p class=\"meta\" dir=\"auto\">\(delivery.problem)</p>")
        """
    }

    /// A message in the folder has reached nobody, so it isn't called sent.
    private func words(_ state: Delivery.State) -> String {
        switch state {
        case .waiting: "Waiting"
        case .sending: "Being sent"
        case .sent: isFolder ? "In the folder" : "Sent"
        case .failed: "Failed"
        }
    }

    private func history(_ delivery: Delivery) -> String {
        let tries = Words.counted(delivery.attempts, "try", plural: "tries")
        switch delivery.state {
        case .sent:
            let when = delivery.sentAt.map { $0.short(in: zone) } ?? ""
            return delivery.attempts == 1 ? when : "\(when), after \(tries)"
        case .failed: return "given up after \(tries)"
        case .sending: return "try number \(delivery.attempts)"
        case .waiting:
            if delivery.attempts == 0 { return "goes out within seconds" }
            return "\(tries) so far, the next \(delivery.nextAttemptAt.short(in: zone))"
        }
    }

    /// What it says, where that is an administrator's to know and nobody else brings it.
    private func content(_ delivery: Delivery) -> HTML {
        guard let letter = delivery.letter else {
            return "<p><span class=\"seen\">\(Icon.lock)Only its reader sees what it says.</span></p>"
        }
        guard isFolder, !letter.text.isEmpty else { return .empty }
        return """
            <details><summary class="sum">Show what it says \(Icon.chevron)</summary>
            \(letter.link.map { link in
                """
                <p class="row"><a href="\(link)">\(link)</a> \
                <button class="btn sm" type="button" data-copy="\(link)">Copy the link</button></p>
                """ as HTML
            })
            <p class="voice" dir="auto" style="white-space:pre-wrap">\(letter.text)</p></details>
            """
    }
}

extension Delivery {
    fileprivate var kindWords: String {
        switch kind {
        case "invitation": "Invitation"
        case "password-reset": "Link for a new password"
        case "account": "About an account"
        case "ask": "Ask for a session"
        case "answer": "Answer to an ask"
        case "recap": "Recap"
        case "calendar": "For the calendar"
        case "reminder": "Reminder"
        default: kind.replacing("-", with: " ").capitalizedFirst
        }
    }
}

extension Delivery.State {
    /// The class of its mark.
    fileprivate var tone: HTML {
        switch self {
        case .waiting, .sending: "risk"
        case .sent: "ok"
        case .failed: "off"
        }
    }

    fileprivate var icon: HTML {
        switch self {
        case .waiting, .sending: Icon.clock
        case .sent: Icon.ok
        case .failed: Icon.off
        }
    }
}
