import Foundation
import Markup
import Storage
import Throughline

/// The side of the room: a form to catch what is said, and what was caught so far.
struct RunCaptures {
    let page: RunPage

    private var room: Room { page.room }
    private var session: Session { room.session }
    private var shown: HTML { "<input type=\"hidden\" name=\"shown\" value=\"\(page.shown)\">" }

    var html: HTML {
        """
        \(form)
        <section aria-labelledby="h-cap">
        <h2 id="h-cap">So far</h2>
        \(caught.isEmpty && actions.isEmpty ? "<p class=\"meta\">Nothing yet. What you add stands here, for you both.</p>" : list)
        </section>
        <section aria-labelledby="h-park">
        <h2 id="h-park">Parked</h2>
        \(parked.isEmpty
            ? "<p class=\"meta\">What can wait goes here, and is offered to the next session.</p>" as HTML
            : "<ul class=\"caught parked\">\(parked.html { item($0) })</ul>")
        </section>
        \(removed)
        """
    }

    private var standing: [Capture] { room.captures.filter { $0.removedAt == nil } }
    private var caught: [Capture] { standing.filter { $0.kind != .parked } }
    private var parked: [Capture] { standing.filter { $0.kind == .parked } }
    private var actions: [Action] { room.actions.filter { $0.removedAt == nil } }

    // MARK: Catching

    private var form: HTML {
        let fields = Fields("capture", after: page.rejected)
        let today = Day(room.now, in: page.zone)
        let kind = room.shown == .feedback ? "feedback" : "action"
        return """
            <form class="capture" id="capture" action="\(Path.session(session.id, "captures"))" method="post" data-inplace data-writing="captures">
            \(fields.newID(at: room.now))\(shown)
            \(fields.choices(
                "kind", "Write it down while it is fresh",
                options: [
                    ("action", "Action"), ("decision", "Decision"), ("feedback", "Feedback"), ("takeaway", "Takeaway"),
                    ("parked", "Park"),
                ], chosen: kind, style: .segments))
            \(fields.area("body", "What was said", value: "", rows: 2, isLabelHidden: true,
                coached: .capture(kind: fields.value("kind", else: kind), by: page.coach)))
            <div class="row end only-action">
            \(fields.select("owner", "Owner", options: people, chosen: session.employee.id.text))
            \(fields.input(
                "due", "By", value: today.adding(days: 14).iso, type: "date", attributes: "min=\"\(today.iso)\""))
            </div>
            <div class="only-feedback">\(fields.select(
                "giver", "Who said it", options: people,
                chosen: session.manager.id.text))</div>
            <p class="row"><button class="btn">Add</button><span class="seen pair">\(Icon.pair)You and \(page.partner.first)</span></p>
            </form>
            """
    }

    private var people: [(value: String, label: String)] {
        session.people.map { (value: $0.id.text, label: $0.first) }
    }

    // MARK: So far

    /// Captures and actions in the order in which they were said.
    private var list: HTML {
        let items =
            caught.map { (at: $0.createdAt, html: item($0)) }
            + actions.map { (at: $0.createdAt, html: item($0)) }
        return "<ul class=\"caught\">\(items.sorted { $0.at < $1.at }.map(\.html))</ul>"
    }

    private func item(_ capture: Capture) -> HTML {
        let fields = Fields("capture-\(capture.id)", after: page.rejected)
        return """
            <li>\(if: capture.kind != .parked, "<h3>\(capture.heading)</h3>")<p class="voice" dir="auto">\(capture.body)</p>
            <details class="noprint"\(if: fields.wasRejected, " open")>\
            <summary class="sum">Change<span class="vh"> “\(capture.body)”</span>\(Icon.chevron)</summary>
            <form class="stack tight" action="\(Path.capture(capture.id, of: session.id))" method="post" data-inplace>
            <input type="hidden" name="version" value="\(capture.version)">\(shown)
            \(fields.area("body", "In other words", value: capture.body, rows: 2))
            <p class="row"><button class="btn sm">Save</button></p></form>
            <form action="\(Path.capture(capture.id, of: session.id, "removal"))" method="post" data-inplace>\(shown)\
            <button class="btn quiet sm">Remove it</button></form>
            </details></li>
            """
    }

    private func item(_ action: Action) -> HTML {
        """
        <li><h3>Action, \(action.terms)</h3><p class="voice" dir="auto">\(action.body)</p>
        \(ActionForms(session: session, zone: page.zone, now: room.now, coach: page.coach, rejected: page.rejected,
            shown: page.shown)
            .change(action))</li>
        """
    }

    // MARK: Undo

    /// For how long a removed thing is offered back, in seconds.
    private static let undoable: TimeInterval = 15 * 60

    private var removed: HTML {
        let limit = room.now.addingTimeInterval(-Self.undoable)
        let captures = room.captures.filter { ($0.removedAt ?? .distantPast) > limit }.map { capture in
            BringBack(body: capture.body, path: .capture(capture.id, of: session.id, "return"), hidden: shown).html
        }
        let actions = room.actions.filter { ($0.removedAt ?? .distantPast) > limit }.map { action in
            BringBack(body: action.body, path: .action(action.id, of: session.id, "return"), hidden: shown).html
        }
        guard !captures.isEmpty || !actions.isEmpty else { return "" }
        return """
            <section aria-labelledby="h-removed"><h2 id="h-removed">Removed just now</h2>
            <ul class="caught">\(captures + actions)</ul></section>
            """
    }
}

/// Something that was removed, and the way to bring it back.
private struct BringBack {
    let body: String
    let path: Path
    let hidden: HTML

    var html: HTML {
        """
        <li><p class="meta" dir="auto">“\(body)”</p><form action="\(path)" method="post" data-inplace>\(hidden)\
        <button class="btn quiet sm">\(Icon.undo)Bring it back<span class="vh">: \(body)</span></button></form></li>
        """
    }
}

/// The forms of an action, in the room and on the recap.
struct ActionForms {
    let session: Session
    let zone: TimeZone
    let now: Date
    let coach: PersonalCoach
    var rejected: Rejected?
    /// What ``RunPage/shown`` is in the room; nil on the recap.
    var shown: String?

    private var hidden: HTML {
        shown.map { "<input type=\"hidden\" name=\"shown\" value=\"\($0)\">" } ?? ""
    }

    func change(_ action: Action) -> HTML {
        let fields = Fields("action-\(action.id)", after: rejected)
        let hint = coachHint(Coached.commitment(by: coach).remarks(on: action.body))
        return """
            <details class="noprint"\(if: fields.wasRejected, " open")>\
            <summary class="sum">Change<span class="vh"> “\(action.body)”</span>\(Icon.chevron) \(hint)</summary>
            <form class="stack tight" action="\(Path.action(action.id, of: session.id))" method="post" data-inplace>
            <input type="hidden" name="version" value="\(action.version)">\(hidden)
            \(inputs(fields, body: action.body, owner: action.owner.id.text, due: action.dueOn))
            <p class="row"><button class="btn sm">Save</button></p></form>
            <form action="\(Path.action(action.id, of: session.id, "removal"))" method="post" data-inplace>\(hidden)\
            <button class="btn quiet sm">Remove it</button></form>
            </details>
            """
    }

    var add: HTML {
        let fields = Fields("new-action", after: rejected)
        return """
            <details class="noprint"\(if: fields.wasRejected, " open")>
            <summary class="sum">Add a next step \(Icon.chevron)</summary>
            <form class="stack tight" action="\(Path.session(session.id, "actions"))" method="post" data-inplace>
            \(fields.newID(at: now))
            \(inputs(fields, body: "", owner: session.employee.id.text, due: Day(now, in: zone).adding(days: 14)))
            <p class="row"><button class="btn sm">Add it</button></p></form>
            </details>
            """
    }

    /// What was taken off, below the list that it was on.
    func removed(_ actions: [Action]) -> HTML {
        guard !actions.isEmpty else { return "" }
        let items = actions.html { action in
            BringBack(body: action.body, path: .action(action.id, of: session.id, "return"), hidden: hidden).html
        }
        return """
            <details class="noprint"><summary class="sum">Removed \(Icon.chevron)</summary>
            <ul class="caught">\(items)</ul></details>
            """
    }

    private func inputs(_ fields: Fields, body: String, owner: String, due: Day) -> HTML {
        """
        \(fields.area("body", "What will be done", value: body, rows: 2, coached: .commitment(by: coach)))
        <div class="row end">
        \(fields.select("owner", "Owner", options: session.people.map { ($0.id.text, $0.first) }, chosen: owner))
        \(fields.input("due", "By", value: due.iso, type: "date"))
        </div>
        """
    }
}

extension Capture {
    /// `Feedback to Ana`
    fileprivate var heading: String {
        switch kind {
        case .takeaway: "Takeaway"
        case .decision: "Decision"
        case .feedback: "Feedback to \(receiver?.first ?? "")"
        case .parked: "Parked"
        }
    }
}
