import Foundation
import Markup
import Storage
import Throughline

/// Turning one-on-ones of another calendar into series: a file is read, its meetings are shown, and those that one
/// chooses are asked for. The file itself is kept nowhere; the form carries what was found.
struct UploadPage {
    /// Nil before a file has been read.
    var found: Found?
    var rejected: Rejected?

    struct Found {
        let rows: [Row]
        /// By which meetings are found to be the viewer's.
        var address = ""
        var obstacles: [UploadedMeeting] = []
        var problems: [String] = []
    }

    /// A meeting that can become a series.
    struct Row {
        let number: Int
        /// What the ask needs to know, by field.
        let values: [(name: String, value: String)]

        subscript(name: String) -> String { values.first { $0.name == name }?.value ?? "" }

        static let names = [
            "id", "partner", "with", "title", "words", "day", "time", "minutes", "place", "repeat", "every", "unit",
            "rule",
        ]

        init(_ meeting: UploadedMeeting, number: Int, partner: PersonName, cadence: Cadence, zone: TimeZone, now: Date)
        {
            let (wall, rhythm) = (WallTime(meeting.nextAt, in: zone), cadence.rhythm)
            let words = "\(cadence.words.capitalizedFirst) at \(wall.time), from \(wall.day.long) on"
            self.number = number
            values = [
                ("id", ID<Session>(now: now).text), ("partner", partner.id.text), ("with", partner.first),
                ("title", meeting.title), ("words", words), ("day", wall.day.iso), ("time", wall.time),
                ("minutes", String(meeting.minutes)), ("place", meeting.place), ("repeat", rhythm.choice),
                ("every", rhythm.number), ("unit", rhythm.unit), ("rule", rhythm.rule),
            ]
        }

        /// The row that a form was sent with; nil where it has none of that number.
        init?(_ form: Form, number: Int) {
            guard form.has("partner-\(number)") else { return nil }
            self.number = number
            values = Self.names.map { ($0, form["\($0)-\(number)"]) }
        }

        /// What is asked for, by the form that was sent.
        func draft(_ form: Form) -> AskDraft {
            AskDraft(
                id: self["id"], partner: self["partner"], purpose: form["purpose-\(number)"],
                title: form["name-\(number)"], keepsTitle: form.has("keep-\(number)"), minutes: self["minutes"],
                times: [TimeDraft(day: self["day"], time: self["time"])], place: self["place"],
                rhythm: Rhythm(
                    choice: self["repeat"], number: self["every"], unit: self["unit"], rule: self["rule"]))
        }
    }

    var page: Page {
        Page(
            title: "Bring your one-on-ones", place: .sessions,
            main: """
                <header class="open">
                <p class="kick">Sessions</p>
                <h1>Bring your one-on-ones</h1>
                <p class="lede">\(lede)</p>
                </header>
                \(found.map(content) ?? chooser)
                """)
    }

    private var lede: String {
        guard let found else {
            return
                "Your calendar program saves your meetings as a file. Those of two people that come round can become "
                + "strategy sessions here."
        }
        if found.rows.isEmpty {
            return found.obstacles.isEmpty
                ? "This file has no meeting of \(found.address.isEmpty ? "you" : found.address) and one other person that comes "
                    + "round and goes on. If your calendar knows you by another address, an administrator can change yours here."
                : "None of the meetings in this file can become a series as it is."
        }
        let count = Words.counted(found.rows.count, "meeting").capitalizedFirst
        return "\(count) of two people. Choose which become strategy sessions; whom you meet is asked first."
    }

    private func content(_ found: Found) -> HTML {
        """
        <div class="stack loose">
        \(if: !found.rows.isEmpty, form(found.rows))
        \(if: !found.obstacles.isEmpty, left(found.obstacles))
        \(if: !found.problems.isEmpty, unread(found.problems))
        <p class="row"><a class="btn quiet" href="\(Path.upload)">Read another file</a>\
        <a class="btn quiet" href="\(Path.sessions)">Back to your sessions</a></p>
        </div>
        """
    }

    private var chooser: HTML {
        let fields = Fields("upload", after: rejected)
        return """
            <form class="stack" action="\(Path.upload)" method="post" enctype="multipart/form-data">
            \(fields.summary)
            \(fields.labelled(
                "file", "A calendar file", hint: "It ends in .ics and is 1 MB at most. Nothing of it is kept."
            ) { attributes in
                "<input type=\"file\" \(attributes) accept=\".ics,text/calendar\" required>"
            })
            <p class="row"><button class="btn go">Read the file</button>\
            <a class="btn quiet" href="\(Path.sessions)">Back to your sessions</a></p>
            <p class="meta">In Google Calendar it is “Export” under “Import &amp; export”, in Outlook “Save calendar”, in \
            Apple’s Calendar “Export”. Whom you meet is found by the address in the invitation.</p>
            </form>
            """
    }

    // MARK: What was found

    private func form(_ rows: [Row]) -> HTML {
        let fields = Fields("asks", after: rejected)
        return """
            <form class="stack loose" action="\(Path.uploadAsks)" method="post">
            \(fields.summary)
            <div class="parts">\(rows.html { part($0, fields) })</div>
            <div class="bottom"><button class="btn go">Ask for those chosen</button></div>
            </form>
            """
    }

    private func part(_ row: Row, _ fields: Fields) -> HTML {
        let number = row.number
        let isChosen = fields.isChosen("chosen", String(number), else: true)
        let hasProblem = fields.problem("name-\(number)") != nil
        return """
            <section class="part" aria-labelledby="h-\(number)"><h2 id="h-\(number)">With \(row["with"])</h2>
            <div class="body stack">
            \(row.values.html { name, value in
                "<input type=\"hidden\" name=\"\(name)-\(number)\" value=\"\(value)\">"
            })
            <label class="tick"><input type="checkbox" name="chosen" value="\(String(number))"\
            \(if: isChosen, " checked")><span>\(row["words"])<br>\
            <span class="hint">\(row["minutes"]) minutes, in your file “<bdi>\(row["title"])</bdi>”</span></span></label>
            \(fields.input(
                "name-\(number)", "Its name in both calendars", value: row["title"],
                hint: "Say what should be true when it ends.", isVoice: true))
            \(if: hasProblem, keep(number, fields))
            \(fields.select(
                "purpose-\(number)", "What it is for",
                options: Session.Purpose.allCases.filter { $0 != .own }.map { ($0.rawValue, $0.label) },
                chosen: Session.Purpose.planning.rawValue))
            </div></section>
            """
    }

    private func keep(_ number: Int, _ fields: Fields) -> HTML {
        """
        <label class="tick"><input type="checkbox" name="keep-\(number)" value="yes"\
        \(if: fields.isChosen("keep-\(number)", "yes", else: false), " checked")><span>Keep my words</span></label>
        """
    }

    private func left(_ meetings: [UploadedMeeting]) -> HTML {
        """
        <section class="part off" aria-labelledby="h-left"><h2 id="h-left">Left out</h2>
        <div class="body"><ul class="ruled stack">\(meetings.html { meeting in
            """
            <li><p><b dir="auto">\(meeting.title)</b> with \(meeting.with)</p>\
            <p class="meta">\(meeting.obstacle) Line \(meeting.line) of the file.</p></li>
            """
        })</ul></div></section>
        """
    }

    private func unread(_ problems: [String]) -> HTML {
        """
        <section class="part off" aria-labelledby="h-unread"><h2 id="h-unread">Couldn’t be read</h2>
        <div class="body"><ul class="ruled">\(problems.prefix(20).html { "<li>\($0)</li>" })</ul>
        \(if: problems.count > 20, "<p class=\"meta\">and \(problems.count - 20) more</p>")</div></section>
        """
    }
}

extension UploadPage.Found {
    init(_ upload: Upload, zone: TimeZone, now: Date) {
        var rows: [UploadPage.Row] = []
        for meeting in upload.meetings {
            guard case .series(let partner, let cadence) = meeting.outcome else { continue }
            rows.append(
                .init(meeting, number: rows.count, partner: partner, cadence: cadence, zone: zone, now: now))
        }
        self.rows = rows
        address = upload.address
        obstacles = upload.meetings.filter { !$0.obstacle.isEmpty }
        problems = upload.problems
    }
}

extension UploadedMeeting {
    /// Why it can't become a series; empty where it can.
    fileprivate var obstacle: String {
        if case .obstacle(let words) = outcome { words } else { "" }
    }
}
