import Coach
import Foundation
import Markup
import Storage
import Throughline

/// The agenda: how it fits the time, its items as sentences, and what could be added.
extension PreparePage {
    var agendaPart: HTML {
        let items = preparation.agenda
        return part(
            .agenda, "Agenda", margin: seenByBoth.html,
            """
            \(if: !items.isEmpty, ruler)
            \(if: !items.isEmpty, list)
            \(if: items.isEmpty, emptyAgenda)
            \(if: isEditable, addItemForm)
            \(if: isEditable && !(preparation.offers.isEmpty && preparation.dismissed.isEmpty), offers)
            \(if: isEditable && !preparation.takenOff.isEmpty, takenOff)
            """)
    }

    private var emptyAgenda: HTML {
        isEditable
            ? "<p class=\"hint\">Nothing on it yet. Begin with the topics below, or with an item of your own.</p>"
            : "<p class=\"meta\">Nothing shared yet.</p>"
    }

    // MARK: The sum against the length

    private var ruler: HTML {
        let (planned, length) = (preparation.plannedMinutes, session.minutes)
        var rest = length
        let blocks = preparation.agenda.html { item in
            let fits = min(item.minutes, max(rest, 0))
            let over = item.minutes - fits
            rest -= item.minutes
            return """
                \(if: fits > 0, "<i style=\"flex:\(fits)\">\(fits)</i>")\
                \(if: over > 0, "<i class=\"over\" style=\"flex:\(over)\">\(over)\(if: fits > 0, " over")</i>")
                """
        }
        return """
            <figure class="ruler"><div class="ruler-bar num" aria-hidden="true">\(blocks)\
            \(if: rest > 0, "<i class=\"free\" style=\"flex:\(rest)\">\(rest)</i>")</div>
            <figcaption><b>\(planned) of \(length) minutes.</b> \(sumWords(free: length - planned))</figcaption></figure>
            """
    }

    private func sumWords(free: Int) -> String {
        let length = session.minutes
        switch free {
        case ..<0:
            let over = Words.counted(-free, "minute").capitalizedFirst
            return "\(over) too many. Shorten an item, or leave one for another time."
        case 0:
            return "Nothing is left to confirm what you agreed. Five minutes for that are well spent."
        case ...max(4, length / 5):
            let left = Words.counted(free, "minute").capitalizedFirst
            return "\(left) \(free == 1 ? "is" : "are") left to confirm what you agreed"
                + (free * 20 >= length ? ", which is about right." : ", which is tight.")
        default:
            let left = Words.counted(free, "minute").capitalizedFirst
            return "\(left) are left: room for more, or for a shorter session."
        }
    }

    // MARK: The items

    private var list: HTML {
        let items = preparation.agenda.enumerated().html { index, item in
            isEditable ? itemForm(index, item) : itemText(index, item)
        }
        guard isEditable else { return "<ol class=\"agenda\">\(items)</ol>" }
        return """
            <ol class="agenda" data-sortable="\(Path.preparation(session.id, "agenda/order"))">\(items)</ol>
            """
    }

    private func itemText(_ index: Int, _ item: AgendaItem) -> HTML {
        """
        <li><span class="nr" aria-hidden="true">\(index + 1)</span>\
        <div class="what"><p class="voice" dir="auto">\(item.title)</p>\
        <p class="meta">\(item.minutes) minutes, led by \(name(of: item.presenter)), \
        ends with \(item.ending.label)</p></div></li>
        """
    }

    private func itemForm(_ index: Int, _ item: AgendaItem) -> HTML {
        let number = index + 1
        let form = "item-\(item.id)"
        let fields = Fields(form, after: rejected)
        let title = fields.value("title", else: item.title)
        let coached = Coached(.agendaTitle, by: coach, isTheirs: item.author.id != me.id)
        let remarks = coached.remarks(on: title)
        return """
            <li id="\(form)" data-id="\(item.id)">
            <span class="nr" aria-hidden="true">\(number)</span>
            <form action="\(Path.agendaItem(item.id, in: session.id))" method="post" id="f-\(form)" \
            data-autosave data-refresh>
            <input type="hidden" name="version" value="\(fields.value("version", else: String(item.version)))">
            <div class="what">\(fields.labelled(
                "title", "Item \(number)", isLabelHidden: true, coached: coached, remarks: remarks
            ) { attributes in
                """
                <textarea class="line" \(attributes) rows="1" dir="auto">
                \(title)</textarea>
                """
            })</div>
            \(terms(fields, item))
            <p class="row" data-plain><button class="btn sm">Save item \(number)</button></p>
            <p class="hint"><span class="row">\(itemNote(item))\(checkIn(about: item.source))<span class="saved" role="status" data-saved></span></span></p>
            </form>
            <div class="move">\(moves(index, item))</div>
            </li>
            """
    }

    private func terms(_ fields: Fields, _ item: AgendaItem) -> HTML {
        let errors = ["ending", "presenter", "minutes"].compactMap { fields.error($0) }
        return """
            <div class="terms">
            <span>\(control(fields, "ending", "Ends with", endings(fields.value("ending", else: item.ending.rawValue))))</span>
            <span>\(control(fields, "presenter", "led by", presenters(fields.value("presenter", else: item.presenter.text))))</span>
            <span><label for="\(fields.id("minutes"))">minutes</label><input class="num" type="number" \
            id="\(fields.id("minutes"))" name="minutes" value="\(fields.value("minutes", else: String(item.minutes)))" \
            min="1" max="480"\(if: fields.problem("minutes") != nil, " aria-invalid=\"true\"")></span>
            </div>\(errors)
            """
    }

    private func control(_ fields: Fields, _ field: String, _ label: String, _ options: HTML) -> HTML {
        let id = fields.id(field)
        return
            "<label for=\"\(id)\">\(label)</label><select id=\"\(id)\" name=\"\(field)\">\(options)</select>"
    }

    private func endings(_ chosen: String) -> HTML {
        AgendaItem.Ending.allCases.html { ending in
            """
            <option value="\(ending.rawValue)"\(if: ending.rawValue == chosen, " selected")>\(ending.label)</option>
            """
        }
    }

    private func presenters(_ chosen: String) -> HTML {
        [me, partner].html { person in
            """
            <option value="\(person.id)"\(if: person.id.text == chosen, " selected")>\(person.first)</option>
            """
        }
    }

    /// Who reads it, and who put it there.
    private func itemNote(_ item: AgendaItem) -> HTML {
        guard item.isShared else { return Seen.draft.html }
        let from = preparation.carried.first { $0.key == item.source }.map(provenance)
        let carried: HTML =
            from.map { "Comes \($0). " }
            ?? (item.timesCarried > 0 ? "Carried \(CountWords.times(item.timesCarried)). " : "")
        guard item.author.id != me.id else { return carried }
        return "\(carried)Added by \(partner.first) on \(day(item.createdAt))"
    }

    /// `Monday`, or with the date when it is longer ago.
    private func day(_ date: Date) -> String {
        let day = Day(date, in: zone)
        return Day(now, in: zone).days(since: day) < 7 ? day.weekdayName : day.dayAndMonth
    }

    private func moves(_ index: Int, _ item: AgendaItem) -> HTML {
        let last = preparation.agenda.count - 1
        func button(_ way: String, _ place: Int, _ icon: HTML, isDisabled: Bool) -> HTML {
            """
            <button class="btn quiet icon sm" name="place" value="\(place)" \
            aria-label="Move item \(index + 1) \(way)"\(if: isDisabled, " disabled")>\(icon)</button>
            """
        }
        return """
            <span class="grip" data-grip aria-hidden="true">\(Icon.grip)</span>\
            <form action="\(Path.agendaItem(item.id, in: session.id, "place"))" method="post" data-inplace>\
            \(button("up", index - 1, Icon.up, isDisabled: index == 0))\
            \(button("down", index + 1, Icon.down, isDisabled: index == last))</form>\
            <form action="\(Path.agendaItem(item.id, in: session.id, "removal"))" method="post" data-inplace>\
            <button class="btn quiet icon sm" aria-label="Take item \(index + 1) off">\(Icon.cross)</button></form>
            """
    }

    // MARK: Adding, and putting back

    private var addItemForm: HTML {
        let fields = Fields("new-item", after: rejected)
        let minutes = max(1, min(10, session.minutes - preparation.plannedMinutes))
        return """
            <details\(if: fields.wasRejected, " open")><summary class="btn sm">\(Icon.plus)Add an item</summary>
            <form class="stack" action="\(Path.preparation(session.id, "agenda"))" method="post" id="new-item" data-inplace>
            \(fields.newID(at: now))
            \(fields.input(
                "title", "What do you want to talk about?", value: "", seen: .draft, isVoice: true,
                coached: Coached(.agendaTitle, by: coach)))
            <div class="row end">
            \(fields.select(
                "ending", "It ends with", options: AgendaItem.Ending.allCases.map { ($0.rawValue, $0.label) },
                chosen: AgendaItem.Ending.decide.rawValue))
            \(fields.select(
                "presenter", "Led by", options: [me, partner].map { ($0.id.text, $0.first) }, chosen: me.id.text))
            \(fields.input(
                "minutes", "Minutes", value: String(minutes), type: "number", attributes: "min=\"1\" max=\"480\""))
            <button class="btn">Add it</button></div>
            </form></details>
            """
    }

    private var offers: HTML {
        let topics = preparation.offers.filter { $0.reason == .topic }
        let suggestions = preparation.offers.filter { $0.reason != .topic }
        let list = (suggestions.prefix(Self.mostShown) + topics).html { offer in
            """
            <li><p><span class="voice" dir="auto">\(offer.title)</span>\
            <span class="meta">\(SuggestionWords(page: self).reason(offer))\(checkIn(about: offer.key))</span></p>\
            <div class="row">\(offerForm(offer))\(if: offer.reason != .topic, dismissalForm(offer))</div></li>
            """
        }
        let more = suggestions.count - Self.mostShown
        return """
            <details open id="offers"><summary class="sum">Worth adding \(Icon.chevron)</summary>
            \(if: !suggestions.isEmpty, "<p class=\"hint\">What weighs most comes first. Nothing adds itself.</p>")
            <ul class="ruled offers">\(list)</ul>
            \(if: more > 0, "<p class=\"meta\">\(Words.counted(more, "more", plural: "more").capitalizedFirst) \(more == 1 ? "comes" : "come") up as you go through these.</p>")
            \(if: topics.count > 1, allTopics(topics))
            \(if: !preparation.dismissed.isEmpty, dismissed)</details>
            """
    }

    /// How many suggestions are shown at once.
    private static let mostShown = 8

    private func offerForm(_ offer: AgendaOffer) -> HTML {
        """
        <form action="\(Path.preparation(session.id, "agenda/offers"))" method="post" data-inplace>\
        <button class="btn sm" name="offer" value="\(offer.key)" aria-label="Add: \(offer.title)">Add</button></form>
        """
    }

    private func dismissalForm(_ offer: AgendaOffer) -> HTML {
        """
        <form action="\(Path.preparation(session.id, "dismissals"))" method="post" data-inplace>\
        <button class="btn quiet sm" name="offer" value="\(offer.key)" aria-label="Not this time: \(offer.title)">\
        Not this time</button></form>
        """
    }

    private var dismissed: HTML {
        """
        <details id="dismissed"><summary class="sum">Not this time \(Icon.chevron)</summary>
        <p class="hint">Only you see what you waved away, and only for this session.</p>
        <ul class="ruled offers">\(preparation.dismissed.html { offer in
            """
            <li><p class="voice" dir="auto">\(offer.title)</p>\
            <form action="\(Path.preparation(session.id, "dismissals/withdrawal"))" method="post" data-inplace>\
            <button class="btn sm" name="offer" value="\(offer.key)" aria-label="Bring back: \(offer.title)">\
            \(Icon.undo)Bring it back</button></form></li>
            """
        })</ul></details>
        """
    }

    private func allTopics(_ topics: [AgendaOffer]) -> HTML {
        """
        <form action="\(Path.preparation(session.id, "agenda/offers"))" method="post" data-inplace>
        \(topics.html { "<input type=\"hidden\" name=\"offer\" value=\"\($0.key)\">" })
        <p class="row"><button class="btn sm">Begin with the \(Words.counted(topics.count, "topic"))</button></p></form>
        """
    }

    private var takenOff: HTML {
        let isFresh = preparation.takenOff.contains { isJustNow($0.removedAt) }
        let list = preparation.takenOff.html { item in
            """
            <li><p class="voice" dir="auto">\(item.title)</p>\
            <form action="\(Path.agendaItem(item.id, in: session.id, "restoration"))" method="post" data-inplace>\
            <button class="btn sm" aria-label="Put back: \(item.title)">\(Icon.undo)Put it back</button></form></li>
            """
        }
        return """
            <details id="taken-off"\(if: isFresh, " open")><summary class="sum">Taken off \(Icon.chevron)</summary>
            <ul class="ruled offers">\(list)</ul></details>
            """
    }

    /// Within the last minute: what one has just taken away stands there to be put back.
    func isJustNow(_ moment: Date?) -> Bool {
        moment.map { now.timeIntervalSince($0) < 60 } ?? false
    }
}

extension AgendaItem.Ending {
    /// After “ends with”.
    var label: String {
        switch self {
        case .decide: "a decision"
        case .feedback: "feedback"
        case .align: "us aligned"
        case .plan: "a plan"
        case .inform: "you informed"
        }
    }
}
