import Foundation
import Markup
import Storage
import Throughline

/// What earlier sessions left open: where each thing comes from, how often it has been carried, and, when that is too
/// often, what becomes of it.
extension PreparePage {
    var carriedPart: HTML? {
        let things = preparation.carried
        guard !things.isEmpty else { return nil }
        let asking = isEditable ? preparation.asking : []
        let others = things.filter { thing in !asking.contains { $0.id == thing.id } }
        return """
            <section class="part\(if: !preparation.asking.isEmpty, " todo")" id="carried" aria-labelledby="h-carried">
            <h2 id="h-carried">Carried over</h2>
            <p class="margin">\(seenByBoth.html)</p>
            <div class="body">
            \(asking.html(question))
            \(if: !others.isEmpty, list(others, besides: asking.count))
            </div></section>
            """
    }

    /// What asks for nothing yet. It is short where much of it is suggested for the agenda anyway.
    private func list(_ things: [Carried], besides asking: Int) -> HTML {
        let count = Words.counted(things.count, asking > 0 ? "other thing" : "thing").capitalizedFirst
        let isNew = things.contains { isJustNow($0.answer?.at) }
        return """
            <details\(if: isNew || things.count < 4, " open")><summary class="sum">\(count) came along \(Icon.chevron)</summary>
            <ul class="ruled offers">\(things.html(line))</ul></details>
            """
    }

    /// `From 22 October, carried twice; Joost asked for it.`
    func provenance(_ thing: Carried) -> HTML {
        let by = thing.raisedBy.id == me.id ? "you" : thing.raisedBy.first
        let how: String
        switch thing.kind {
        case .item: how = "put on the agenda by \(by)"
        case .parked: how = "parked by \(by)"
        case .action:
            let whose = thing.action?.owner == me.id ? "you do it" : "\(partner.first) does it"
            let due = thing.action.map { action in
                action.dueOn < preparation.today
                    ? ", was due \(action.dueOn.dayAndMonth)" : ", due \(action.dueOn.dayAndMonth)"
            }
            how = whose + (due ?? "")
        }
        return """
            <a class="ref" href="\(Path.session(thing.origin.session))">from \
            \(Day(thing.origin.startsAt, in: zone).dayAndMonth)</a>, carried \(CountWords.times(thing.times)); \(how)
            """
    }

    private func line(_ thing: Carried) -> HTML {
        """
        <li id="carried-\(thing.id)"><p><span class="voice" dir="auto">\(thing.title)</span>\
        <span class="meta">\(provenance(thing)). \(state(thing))</span></p>\
        \(if: isEditable && thing.answer != nil, takeBack(thing))</li>
        """
    }

    private func state(_ thing: Carried) -> HTML {
        if let answer = thing.answer { return decided(answer) }
        if !thing.isOpen { return "Done meanwhile." }
        if thing.isOnAgenda { return "<b>On the agenda.</b>" }
        return isEditable && preparation.offers.contains { $0.key == thing.key }
            ? "<a href=\"#offers\">Worth adding</a>." : "It comes along until you take it up."
    }

    private func decided(_ answer: CarriedAnswer) -> HTML {
        let who = answer.by.id == me.id ? "You" : answer.by.first
        let by = answer.dueOn.map { ", by \($0.dayAndMonth)" } ?? ""
        switch answer.kind {
        case .first: return "<b>\(who) put it first on the agenda.</b>"
        case .action: return "<b>\(who) made it a next step\(by).</b>"
        case .delegated: return "<b>\(who) gave it to \(answer.delegate)\(by).</b>"
        case .dropped: return "<b>\(who) dropped it:</b> <span dir=\"auto\">“\(answer.words)”</span>"
        }
    }

    private func takeBack(_ thing: Carried) -> HTML {
        """
        <form action="\(Path.carried(thing.id, in: session.id, "reopening"))" method="post" data-inplace>\
        <button class="btn sm">\(Icon.undo)Take it back<span class="vh">: \(thing.title)</span></button></form>
        """
    }

    // MARK: Carried too often

    private func question(_ thing: Carried) -> HTML {
        """
        <div class="note risk" id="carried-\(thing.id)">\(Icon.stale)
        <div class="stack tight"><h3 dir="auto">“\(thing.title)” has been carried \(CountWords.times(thing.times))</h3>
        <p class="meta">\(provenance(thing)).</p>
        <p>Do it now, give it to somebody, or drop it. It can’t just come along once more.</p>
        \(doIt(thing))\(delegate(thing))\(drop(thing))</div></div>
        """
    }

    private func answerForm(_ thing: Carried, _ answer: String, _ summary: String, _ body: (Fields) -> HTML) -> HTML {
        let fields = Fields("\(answer)-\(thing.id)", after: rejected)
        return """
            <details name="answer-\(thing.id)"\(if: fields.wasRejected, " open")>\
            <summary class="sum">\(summary)<span class="vh">: \(thing.title)</span> \(Icon.chevron)</summary>
            <form class="stack tight" action="\(Path.carried(thing.id, in: session.id, "answer"))" method="post" data-inplace>
            \(fields.summary)\(fields.error("answer"))\(body(fields))</form></details>
            """
    }

    private func due(_ fields: Fields) -> HTML {
        fields.input("due", "By", value: preparation.today.adding(days: 14).iso, type: "date")
    }

    private func doIt(_ thing: Carried) -> HTML {
        answerForm(thing, "action", "Do it now") { fields in
            """
            <div class="row end">
            \(fields.select(
                "owner", "Who does it?", options: session.people.map { ($0.id.text, $0.first) }, chosen: thing.presenter.text))
            \(due(fields))
            <button class="btn sm" name="answer" value="action">Make it a next step</button></div>
            <p class="row"><button class="btn quiet sm" name="answer" value="first">Or put it first on the agenda</button></p>
            """
        }
    }

    private func delegate(_ thing: Carried) -> HTML {
        answerForm(thing, "delegated", "Delegate it") { fields in
            """
            <div class="row end">
            \(fields.input("delegate", "Who takes it on?", value: "", isVoice: true))
            \(due(fields))
            <button class="btn sm" name="answer" value="delegated">Delegate it</button></div>
            <p class="hint">Handing it over becomes a next step of yours. Nobody else is told.</p>
            """
        }
    }

    private func drop(_ thing: Carried) -> HTML {
        answerForm(thing, "dropped", "Drop it") { fields in
            """
            \(fields.input(
                "words", "Why?", value: "", hint: "It stands in the recap.", seen: seenByBoth, isVoice: true))
            <p class="row"><button class="btn sm" name="answer" value="dropped">Drop it</button></p>
            """
        }
    }
}
