import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Storage
import Throughline

/// A whole page: what it is called, where it stands in the product, and what it shows.
struct Page {
    let title: String
    var place: Place?
    var width = Width.full
    /// Set on the pages that change while they are open: they follow what others do.
    var live: Live?
    /// Set on the pages that say what can't be done: there is nothing on them to be put right.
    var isError = false
    let main: HTML

    /// What a live page follows.
    struct Live {
        let hints: Path
        /// Where the page says that its reader is there, and who else may be; only of a session.
        private(set) var presence: (path: Path, partner: PersonName)?

        init(_ access: SessionAccess) {
            hints = .session(access.session.id, "live")
            presence = (.session(access.session.id, "presence"), access.partner)
        }

        private init(hints: Path) { self.hints = hints }

        static let today = Live(hints: .todayLive)
        static func series(_ id: ID<Series>) -> Live { Live(hints: .series(id, "live")) }
    }

    /// The places that every page leads to.
    enum Place {
        case today
        case sessions
        case goals
        case people
        case search

        /// Those of the main navigation; the search stands beside it.
        static let main: [Place] = [.today, .sessions, .goals, .people]
    }

    enum Width {
        /// With the product's navigation.
        case full
        /// Only what is being done: a session in the room. `end` stands at the right of the masthead.
        case lean(doc: String, end: HTML, mainClass: String)
        /// A form for someone who is not signed in.
        case slim
    }

    /// The page as a response.
    func response(in frame: some Frame, status: HTTPResponse.Status = .ok) -> Response {
        let bytes = document(in: frame, status).bytes
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8",
            .contentLength: String(bytes.count),
            // Pages hold what only their reader may see.
            .cacheControl: "no-store",
        ]
        if frame.toast != nil { headers.append(Toast.cleared) }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// What couldn't be taken as it was typed is the first that is read out; the script reads the status where browsers
    /// don't tell it.
    private func document(in frame: some Frame, _ status: HTTPResponse.Status) -> HTML {
        let isRefused = status == .unprocessableContent && !isError
        return """
            <!doctype html>
            <html lang="en-GB"\(if: frame.theme != .auto, " data-theme=\"\(frame.theme.rawValue)\"")>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(if: isRefused, "Please check: ")\(title) · Throughline</title>
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="\(Assets.style)">
            <script type="module" src="\(Assets.script)"></script>
            </head>
            <body\(frame.frameViewer.map { " data-viewer=\"\($0.id)\"" as HTML })\
            \(if: status.code >= 400, " data-status=\"\(status.code)\"")>
            <a class="skip" href="#main">Skip to the content</a>
            \(masthead(frame))
            <main class="\(mainClass)" id="main"\(live.map { follows($0, at: frame.moment) })>
            \(main)
            </main>
            <div class="toasts" role="status" id="toasts">\(frame.toast.map(said))</div>
            \(if: frame.frameViewer != nil, "<p class=\"line-status\" role=\"status\" id=\"line-status\"></p>")
            \(if: frame.frameViewer != nil, coachFrame)
            \(footer(frame))
            </body>
            </html>
            """
    }

    private func said(_ toast: Toast) -> HTML {
        guard let undo = toast.undo else { return "<p class=\"toast\">\(toast.words)</p>" }
        return """
            <form class="toast" action="\(undo.path)" method="post" data-inplace><p>\(toast.words)</p>\
            \(undo.fields.html { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })\
            <button class="btn quiet sm">\(Icon.undo)Undo</button></form>
            """
    }

    /// What the coach's remarks need wherever they stand: a form of their own, so that waving one away sends nothing
    /// else, and a line that screen readers read out.
    private var coachFrame: HTML {
        """
        <form id="coach-dismissal" action="\(Path.coachDismissals)" method="post"></form>
        <p class="vh" role="status" id="coach-status"></p>
        """
    }

    private func follows(_ live: Live, at moment: String) -> HTML {
        " data-live=\"\(live.hints)\" data-moment=\"\(moment)\"\(live.presence.map { " data-presence=\"\($0.path)\"" as HTML })"
    }

    /// Where it is said who else is there. Only their coming and going is read out, not what they do.
    private var here: HTML {
        guard let presence = live?.presence else { return "" }
        return """
            <p class="here" id="here" hidden>\(avatar(presence.partner, isHere: true))\
            <span><span role="status"></span><span class="wide"></span></span></p>
            """
    }

    private var mainClass: String {
        switch width {
        case .full: "wrap page"
        case .lean(_, _, let more): "wrap page \(more)"
        case .slim: "wrap page slim-page"
        }
    }

    private func masthead(_ frame: some Frame) -> HTML {
        if case .lean(let doc, let end, _) = width {
            return """
                <header class="mast lean"><div class="wrap">
                <a class="brand" href="\(Path.today)">Throughline</a>
                <p class="doc" dir="auto">\(doc)</p>
                <div class="mast-end">\(here)\(end)</div>
                </div></header>
                """
        }
        return """
            <header class="mast"><div class="wrap">
            <a class="brand" href="\(Path.today)">Throughline</a>
            \(frame.frameViewer.map { viewer in navigation + menu(viewer, frame) })
            </div></header>
            """
    }

    private var navigation: HTML {
        let links = Place.main.html { place in
            """
            <li><a href="\(place.path)"\(if: place == self.place, " aria-current=\"page\"")>\(place.icon)\(place.label)</a></li>
            """
        }
        return "<nav class=\"nav\" aria-label=\"Main\"><ul>\(links)</ul></nav>"
    }

    private func search(_ frame: some Frame) -> HTML {
        """
        <a class="to-search" href="\(Path.search)"\(if: frame.hasKeys, " aria-keyshortcuts=\"/\" data-to-search")\(if: place == .search, " aria-current=\"page\"")>\
        \(Icon.search)Search</a>
        """
    }

    private func menu(_ viewer: Viewer, _ frame: some Frame) -> HTML {
        let name = PersonName(id: viewer.id, name: viewer.name)
        return """
            <div class="mast-end">\(here)\(search(frame))<details class="menu">
            <summary class="me"><span class="av" aria-hidden="true">\(name.initials)</span>\
            <span class="vh">\(viewer.name), your menu</span></summary>
            <ul class="menu-list">
            <li class="menu-who">\(viewer.name)</li>
            <li><a href="\(Path.settings)">Your settings</a></li>
            \(if: viewer.isAdmin, "<li><a href=\"\(Path.mail)\">Mail that was sent</a></li>")
            <li><a href="\(Path.help)">Help and keyboard</a></li>
            <li><form action="\(Path.signOut)" method="post"><button>Sign out</button></form></li>
            </ul></details></div>
            """
    }

    private func footer(_ frame: some Frame) -> HTML {
        let company = frame.frameViewer?.company
        let themes = Theme.allCases.html { theme in
            """
            <button name="theme" value="\(theme.rawValue)" aria-pressed="\(theme == frame.theme ? "true" : "false")">\
            \(theme.rawValue.capitalized)</button>
            """
        }
        return """
            <footer class="foot"><div class="wrap">
            <p>Throughline runs on \(company.map { "\($0)’s" } ?? "your company’s") own machine. \
            Nothing you write leaves it.</p>
            <ul class="inline"><li><a href="\(Path.privacy)">Who can read what</a></li>\
            <li><a href="\(Path.help)">Help</a></li></ul>
            <form class="theme" action="\(Path.theme)" method="post" aria-label="Colours" data-theme-form>\(themes)</form>
            </div></footer>
            """
    }
}

extension Page.Place {
    var label: String {
        switch self {
        case .today: "Today"
        case .sessions: "Sessions"
        case .goals: "Goals"
        case .people: "People"
        case .search: "Search"
        }
    }

    var path: Path {
        switch self {
        case .today: .today
        case .sessions: .sessions
        case .goals: .goals
        case .people: .people
        case .search: .search
        }
    }

    var icon: HTML {
        switch self {
        case .today: Icon.today
        case .sessions: Icon.talk
        case .goals: Icon.target
        case .people: Icon.team
        case .search: Icon.search
        }
    }
}

/// The round mark of a person.
func avatar(_ person: PersonName, small: Bool = false, isHere: Bool = false) -> HTML {
    "<span class=\"av\(small ? " sm" : "")\(isHere ? " in" : "")\" aria-hidden=\"true\">\(person.initials)</span>"
}
