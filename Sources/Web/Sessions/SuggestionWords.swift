import Foundation
import Markup
import Storage
import Throughline

/// Why something is worth adding to the agenda, in words, with where it comes from.
struct SuggestionWords {
    let page: PreparePage

    func reason(_ offer: AgendaOffer) -> HTML {
        let terms = "\(offer.minutes) minutes, ends with \(offer.ending.label)"
        let words = words(offer.reason)
        guard !words.isEmpty else { return HTML(text: terms) }
        return "\(words) \(offer.origin.map(ref)) \(terms.capitalizedFirst)."
    }

    private func words(_ reason: AgendaOffer.Reason) -> String {
        switch reason {
        case .topic: ""
        case .action(let owner, let due, let times): action(owner, due, times)
        case .carried(let by, let times): "Carried \(CountWords.times(times)). \(name(by)) raised it."
        case .parked(let by, let times, let sessions):
            sessions > 1
                ? "Parked in \(CountWords.of(sessions)) sessions, carried \(CountWords.times(times))."
                : "Parked by \(by == page.me.id ? "you" : name(by)), carried \(CountWords.times(times))."
        case .asked(let by): "\(name(by)) asked for this when you last met."
        case .correction(let by): "\(name(by)) asked for other words, and nobody has answered."
        case .quiet(let weeks): "No word on this goal for \(CountWords.of(weeks)) weeks."
        case .oldVerdict(let answer): "“\(answer.label)” was said longer than a quarter ago."
        case .looseWork: "It serves no goal."
        case .idleGoal: "No work serves it."
        case .unserved: "Nothing supports it."
        case .ranks(let mine, let theirs):
            "\(Verdict.ordinal(mine).capitalizedFirst) for you, \(Verdict.ordinal(theirs)) for \(page.partner.first)."
        }
    }

    private func action(_ owner: ID<Person>, _ due: Day, _ times: Int) -> String {
        let whose = owner == page.me.id ? "You said you would" : "\(name(owner)) said so"
        let days = page.preparation.today.days(since: due)
        let when = days > 0 ? "\(Words.counted(days, "day")) late" : "due \(due.dayAndMonth)"
        let carried = times > 0 ? ", carried \(CountWords.times(times))" : ""
        return "\(whose); \(when)\(carried)."
    }

    private func name(_ person: ID<Person>) -> String {
        person == page.me.id ? "You" : page.partner.first
    }

    private func ref(_ origin: Origin) -> HTML {
        """
        <a class="ref" href="\(Path.session(origin.session))">From \(Day(origin.startsAt, in: page.zone).dayAndMonth)</a>.
        """
    }
}
