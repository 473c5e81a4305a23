import Foundation
import Markup
import Storage
import Throughline

/// The next one: three times or one's own, and what is carried over.
struct RecapNext {
    let page: RecapPage

    private var view: RecapView { page.view }
    private var session: Session { page.session }
    private var fields: Fields { Fields("next", after: page.rejected) }

    var html: HTML {
        """
        <section class="part off\(if: view.following == nil, " noprint")" aria-labelledby="h-next">
        <h2 id="h-next">The next one</h2>
        \(if: view.following == nil, "<p class=\"margin\">\(page.pair)</p>")
        <div class="body">
        \(view.following.map(proposed) ?? form)
        <p class="row noprint"><a class="btn quiet" href="\(Path.recapCopy(session.id))" download>\(Icon.download)Keep a copy (Markdown)</a></p>
        </div></section>
        """
    }

    private func proposed(_ following: Following) -> HTML {
        let ends = following.startsAt?.adding(minutes: following.minutes).time(in: page.zone)
        let time =
            following.startsAt.map { "\($0.long(in: page.zone)) to \(ends ?? "")" } ?? "A time is being found"
        let waits =
            following.turn.map {
                $0.id == page.me.id ? "proposed; it waits for you" : "proposed; it waits for \($0.first)"
            }
            ?? "agreed"
        return """
            <p class="voice"><a href="\(Path.session(following.id))">\(time)</a> <span class="meta">\(waits)</span></p>
            \(series)
            """
    }

    private var series: HTML? {
        session.series.map {
            "<p class=\"row noprint\"><a class=\"ref\" href=\"\(Path.series($0))\">The series</a></p>"
        }
    }

    private var repeating: HTML {
        session.series.map { "<p><a class=\"ref\" href=\"\(Path.series($0))\">The series that this was one of</a></p>" }
            ?? """
            <p class="meta">Or agree on a rhythm once: <a href="\(Path.ask(
                of: page.partner.id, for: session.purpose, repeating: .monthlyWeekday))">meet again and again</a>.</p>
            """
    }

    private var form: HTML {
        """
        <form class="stack noprint" action="\(Path.session(session.id, "next"))" method="post">
        \(times)
        \(fields.input("title", "What it is for", value: session.title, isVoice: true))
        \(carried)
        <p class="row"><button class="btn">Propose to \(page.partner.first)</button></p>
        \(repeating)
        </form>
        """
    }

    private var times: HTML {
        let suggestions = SuggestedTime.after(session, now: view.now, zone: page.zone)
        let first = suggestions.first.map { String($0.startsAt.milliseconds) } ?? "own"
        let chosen = fields.value("when", else: first)
        let radios = suggestions.html { time in
            let ends = time.startsAt.adding(minutes: session.minutes).time(in: page.zone)
            let value = String(time.startsAt.milliseconds)
            return """
                <label class="tick"><input type="radio" name="when" value="\(value)"\(if: value == chosen, " checked")>\
                <span>\(time.startsAt.long(in: page.zone)) to \(ends) <span class="meta">\(time.label.lowercased())</span></span></label>
                """
        }
        return """
            <fieldset class="f"><legend>When?</legend>
            <div class="stack tight">\(radios)
            <label class="tick"><input type="radio" name="when" value="own"\(if: chosen == "own", " checked")>\
            <span>Another time</span></label></div>
            \(fields.error("when"))
            </fieldset>
            \(fields.input("own", "Another time, on your clock", value: "", type: "datetime-local"))
            """
    }

    private var carried: HTML {
        guard !view.carryOver.isEmpty else { return "" }
        return """
            <fieldset class="f"><legend>Carried over</legend>
            <ul class="ruled offers">\(view.carryOver.html { item in
                """
                <li><p><span class="voice" dir="auto">\(item.title)</span><span class="meta">\(origin(item))</span></p>\
                <label class="tick"><input type="checkbox" name="carry" value="\(item.value)"\
                \(if: fields.isChosen("carry", item.value, else: item.isBroughtByDefault), " checked")>\
                <span>Bring it<span class="vh">: \(item.title)</span></span></label></li>
                """
            })</ul></fieldset>
            """
    }

    private func origin(_ item: CarryOver) -> HTML {
        let what: HTML =
            switch item.kind {
            case .parked: "Parked this time"
            case .deferred: "Not reached this time"
            case .unticked: "On the agenda, and nobody said it was covered"
            case .action: "A next step, still open"
            case .waiting: "It came along, and nothing became of it"
            }
        guard let origin = item.origin, item.timesCarried > 0 else { return what }
        let day = item.originStartsAt.map { Day($0, in: page.zone).dayAndMonth } ?? "an earlier session"
        return """
            Put off for the \(Verdict.ordinal(item.timesCarried + 1)) time, first raised \
            <a class="ref" href="\(Path.session(origin))">\(day)</a>
            """
    }
}
