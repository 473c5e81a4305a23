import Foundation
import Markup
import Storage
import Throughline

/// Commitments in three lists: mine, owed to me, and those that ended.
struct CommitmentsPage {
    let lists: CommitmentLists
    let today: Day
    let zone: TimeZone
    var rejected: Rejected?

    var page: Page {
        Page(
            title: "Commitments", place: .today,
            main: """
                <header class="open"><p class="kick">\(today.full)</p><h1>Commitments</h1>
                <p class="lede">\(lede)</p></header>
                <div class="parts">
                \(part("h-mine", "Mine", lists.mine, empty: "You owe nobody anything."))
                \(part("h-owed", "Owed to me", lists.owedToMe, empty: "Nobody owes you anything."))
                \(settled)
                </div>
                """)
    }

    private var lede: String {
        let late = lists.mine.filter { $0.action.dueOn < today }.count
        if late > 0 {
            return
                "\(Words.counted(late, "commitment").capitalizedFirst) of yours \(late == 1 ? "is" : "are") past \(late == 1 ? "its" : "their") day."
        }
        guard let next = lists.mine.first else {
            return "What you and others promise in a session stands here until it is kept."
        }
        return
            "Your next is due \(next.action.dueOn == today ? "today" : "on \(next.action.dueOn.long)"), with \(next.partner.first)."
    }

    private func part(_ id: String, _ heading: String, _ commitments: [Commitment], empty: String) -> HTML {
        """
        <section class="part" aria-labelledby="\(id)"><h2 id="\(id)">\(heading)</h2>
        <div class="body">\(commitments.isEmpty
            ? "<p class=\"meta\">\(empty)</p>" as HTML
            : "<ul class=\"ruled dues\">\(commitments.html(open))</ul>")</div></section>
        """
    }

    private func open(_ commitment: Commitment) -> HTML {
        let action = commitment.action
        let isLate = action.dueOn < today
        return """
            <li><p class="when"><b\(if: isLate, " class=\"late\"")>\(action.dueOn.relative(to: today))</b>\
            \(if: isLate, " \(Words.counted(today.days(since: action.dueOn), "day")) late")</p>
            <div><h3 dir="auto">\(action.body)</h3><p class="meta">\(source(commitment))</p>\(dropping(action))</div>
            <form class="act" action="\(Path.settlement(action.id))" method="post" data-inplace>\
            <button class="btn sm" name="outcome" value="kept">Mark as kept<span class="vh">: \(action.body)</span></button></form>
            </li>
            """
    }

    private func dropping(_ action: Action) -> HTML {
        let fields = Fields("settle-\(action.id)", after: rejected)
        return """
            <details\(if: fields.wasRejected, " open")><summary class="sum">More<span class="vh"> on: \(action.body)</span> \(Icon.chevron)</summary>
            <form class="stack tight" action="\(Path.settlement(action.id))" method="post">
            \(fields.input("words", "A word on how it ended", value: "", isVoice: true))
            \(fields.error("outcome"))
            <p class="row"><button class="btn sm" name="outcome" value="kept">Kept</button>\
            <button class="btn sm" name="outcome" value="dropped">Dropped</button></p></form></details>
            """
    }

    /// `With Joost, agreed in “…” on 19 November`
    private func source(_ commitment: Commitment) -> HTML {
        let day = Day(commitment.sessionStartsAt, in: zone)
        return """
            \(commitment.isMine ? "With" : "By") \(commitment.partner.first), agreed in <a class="ref" \
            href="\(Path.recap(commitment.action.session))" dir="auto">\(commitment.sessionTitle)</a>, \(inSentence(day))
            """
    }

    /// `today`, `on Thu 19 Nov`
    private func inSentence(_ day: Day) -> String {
        let words = day.relative(to: today)
        return abs(day.days(since: today)) <= 1 ? words.lowercased() : "on \(words)"
    }

    // MARK: What is settled

    /// How many of the settled ones stand open; those before them are folded away.
    private static let latest = 8

    private var settled: HTML {
        guard !lists.settled.isEmpty else { return "" }
        let earlier = lists.settled.dropFirst(Self.latest)
        return """
            <section class="part" aria-labelledby="h-settled"><h2 id="h-settled">Kept and dropped</h2>
            <div class="body"><ul class="ruled dues">\(lists.settled.prefix(Self.latest).html(settled))</ul>
            \(if: !earlier.isEmpty, """
                <details><summary class="sum">\(Words.counted(earlier.count, "earlier one")) \(Icon.chevron)</summary>
                <ul class="ruled dues">\(earlier.html(settled))</ul>
                \(if: lists.settled.count == Commitments.settledShown,
                    "<p class=\"meta\">Older ones stand in the recaps of their sessions.</p>")</details>
                """)</div></section>
            """
    }

    private func settled(_ commitment: Commitment) -> HTML {
        let action = commitment.action
        let icon = action.state == .kept ? Icon.check : Icon.cross
        let day = action.settledAt.map { inSentence(Day($0, in: zone)) } ?? ""
        let words = action.settledWords.isEmpty ? "" : " “\(action.settledWords)”"
        return """
            <li><p class="when"><span class="tag">\(icon)\(action.state.rawValue)</span></p>
            <div><h3 dir="auto">\(action.body)</h3><p class="meta" dir="auto">\(action.owner.first)’s; \
            \(action.settledBy?.first ?? "somebody") marked it \(day).\(words)</p></div>
            <form class="act" action="\(Path.reopening(action.id))" method="post" data-inplace>\
            <button class="btn quiet sm">\(Icon.undo)Open it again<span class="vh">: \(action.body)</span></button></form></li>
            """
    }
}
