import Foundation
import Markup
import Storage
import Throughline

/// 'Does that sound right?': the sentence, two signatures, and what is off.
struct RecapAgreement {
    let page: RecapPage

    private var view: RecapView { page.view }
    private var session: Session { page.session }
    private var partner: PersonName { page.partner }
    private var hasSaidYes: Bool { view.yes(of: page.me) != nil }

    var html: HTML {
        """
        <section class="part\(if: !view.isFrozen, " todo")" id="right" aria-labelledby="h-right">
        <h2 id="h-right">\(view.isFrozen ? "What we said yes to" : "Does that sound right?")</h2>
        <p class="margin meta noprint">\(view.isFrozen
            ? "Final. Later changes are added, never written over."
            : "Final when both say yes. Later changes are added, never written over.")</p>
        <div class="body">
        <blockquote class="oath" dir="auto">\(page.words.oath)</blockquote>
        \(page.editor(.oath, "The sentence you both say yes to", hint: "Who focuses on what, and takes on what by when.", rows: 3))
        <div class="sign">\(session.people.html(signature))</div>
        \(corrections)
        \(if: !view.isFrozen, forms)
        </div></section>
        """
    }

    private func signature(_ person: PersonName) -> HTML {
        guard let yes = view.yes(of: person) else {
            let voided = view.voidedYes(of: person).map { yes in
                ". The yes of \(yes.at.time(in: page.zone)) was to an earlier wording"
            }
            return """
                <div><p class="hand wait"><span class="vh">Not yet confirmed</span></p>\
                <p class="meta">\(person.name), not yet\(voided ?? "")</p></div>
                """
        }
        return """
            <div><p class="hand">\(person.name)</p>\
            <p class="meta">Confirmed \(yes.at.long(in: page.zone))</p></div>
            """
    }

    // MARK: Saying yes

    private var forms: HTML {
        """
        <div class="stack noprint">
        \(confirmation)
        \(correctionForm)
        \(reopening)
        </div>
        """
    }

    private var confirmation: HTML {
        if hasSaidYes { return "<p data-said-yes>You have said yes; it waits for \(partner.first).</p>" }
        if let correction = view.openCorrections.first {
            return correction.author.id == page.me.id
                ? "<p>Your wording waits for \(partner.first)’s answer. Take it back if you can say yes without it.</p>"
                : "<p>Answer \(partner.first)’s wording above; then you can say yes.</p>"
        }
        let before = view.yes(of: partner).map { _ in
            "<p>\(partner.first) has said yes; it waits for you.</p>" as HTML
        }
        return """
            \(before)
            <form action="\(Path.session(session.id, "confirmation"))" method="post" \
            data-read-first="The recap has just changed. Read it again before you say yes."><p class="row">
            <input type="hidden" name="version" value="\(view.recap.version)">
            <button class="btn go">Yes, that is what we agreed</button></p></form>
            """
    }

    private var reopening: HTML {
        guard session.people.allSatisfy({ view.yes(of: $0) == nil }) else { return "" }
        return """
            <form action="\(Path.runPart(session.id, "reopening"))" method="post"><p>\
            <button class="btn quiet">Back into the room</button></p></form>
            """
    }

    // MARK: What is off

    private var correctionForm: HTML {
        let fields = Fields("correction", after: page.rejected)
        return """
            <details\(if: fields.wasRejected, " open")>
            <summary class="sum">Something is off \(Icon.chevron)</summary>
            <form class="stack" action="\(Path.session(session.id, "corrections"))" method="post">
            <input type="hidden" name="version" value="\(fields.value("version", else: String(view.recap.version)))">
            \(fields.newID(at: view.now))
            \(fields.select(
                "about", "What is off?", options: view.correctionTargets.map { ($0.value, $0.label) }, chosen: "oath"))
            \(fields.area(
                "wording", "What should it say?", value: "",
                hint: "\(partner.first) sees your wording beside this one and answers it. Nothing is final until you both say yes.",
                seen: .pair(with: partner.first)))
            <p class="row"><button class="btn">Send to \(partner.first)</button></p></form></details>
            """
    }

    private var corrections: HTML {
        guard !view.corrections.isEmpty else { return "" }
        return """
            <section class="stack noprint" aria-labelledby="h-off"><h3 id="h-off">Wordings asked for</h3>
            <ul class="ruled">\(view.corrections.html { correction in
                "<li class=\"stack\">\(correction.outcome == .open && !view.isFrozen ? open(correction) : answered(correction))</li>"
            })</ul></section>
            """
    }

    private func open(_ correction: RecapCorrection) -> HTML {
        let isMine = correction.author.id == page.me.id
        return """
            <p>\(isMine ? "You ask" : "\(correction.author.first) asks") for another wording \
            <span class="meta">\(correction.createdAt.short(in: page.zone))</span></p>
            <div class="cols">
            <div><p class="meta">\(correction.original.isEmpty ? "Missing so far" : "As it stands")</p>\
            <p class="voice" dir="auto">\(correction.original.isEmpty ? "–" : correction.original)</p></div>
            <div><p class="meta">As \(isMine ? "you" : correction.author.first) would have it</p>\
            <p class="voice" dir="auto"><ins>\(correction.body)</ins></p></div>
            </div>
            \(isMine ? withdrawal(correction) : answers(correction))
            """
    }

    private func withdrawal(_ correction: RecapCorrection) -> HTML {
        """
        <form action="\(Path.correction(correction.id, of: session.id, "withdrawal"))" method="post">\
        <button class="btn quiet sm">\(Icon.undo)Take it back</button></form>
        """
    }

    private func answers(_ correction: RecapCorrection) -> HTML {
        let fields = Fields("answer-\(correction.id)", after: page.rejected)
        return """
            <form action="\(Path.correction(correction.id, of: session.id, "adoption"))" method="post"><p class="row">\
            <button class="btn">Take it over</button>\(page.voidingWarning)</p></form>
            <details\(if: fields.wasRejected, " open")><summary class="sum">Keep it as it stands \(Icon.chevron)</summary>
            <form class="stack tight" action="\(Path.correction(correction.id, of: session.id, "refusal"))" method="post">
            \(fields.input("answer", "Why, in a word", value: "", isVoice: true))
            <p><button class="btn sm">Keep it, and tell \(correction.author.first)</button></p></form></details>
            """
    }

    private func answered(_ correction: RecapCorrection) -> HTML {
        let other = session.people.first { $0.id != correction.author.id }?.first ?? ""
        let outcome =
            switch correction.outcome {
            case .open: "not answered"
            case .taken: "\(other) took it over"
            case .kept: "\(other) kept it as it stood: “\(correction.answer)”"
            case .withdrawn: "\(correction.author.first) took it back"
            }
        return
            "<p class=\"meta\" dir=\"auto\">\(correction.author.first): “\(correction.body)”, \(outcome)</p>"
    }
}
