import Markup
import Storage
import Throughline

/// Where an administrator removes a cycle that was planned by mistake, or reads what it holds and what to do instead.
struct CycleRemovalPage {
    let cycle: Cycle
    let holdings: CycleHoldings

    var page: Page {
        Page(
            title: "Remove \(cycle.name)", place: .goals,
            main: """
                <header class="open"><p class="kick"><a href="\(Path.cycles)">Cycles</a></p>
                <h1>Remove \(cycle.name)?</h1>
                <p class="lede">\(lede)</p></header>
                <div class="stack loose">\(holdings.isEmpty ? confirmation : reasons)</div>
                """)
    }

    private var lede: String {
        if holdings.isEmpty { return "It holds nothing: no objective stands in it, in any stage." }
        let some = Words.counted(holdings.count, "objective")
        return "It can’t be removed. It holds \(some), and \(holdings.count == 1 ? "that" : "those") would be lost."
    }

    private var confirmation: HTML {
        """
        <p>It is then gone from everybody’s list of cycles. Should it be needed after all, plan it again.</p>
        <form action="\(Path.cycle(cycle.id, "removal"))" method="post">
        <p class="row"><button class="btn stop">Remove it</button>\
        <a class="btn quiet" href="\(Path.cycles)">Leave it</a></p></form>
        """
    }

    // MARK: What it holds

    private var reasons: HTML {
        """
        <section class="stack tight" aria-labelledby="h-holds"><h2 id="h-holds">What it holds</h2>
        <ul class="stack tight">\(CycleHoldings.Kind.allCases.html(line))</ul>
        \(if: !holdings.named.isEmpty, named)
        \(if: holdings.count > holdings.named.count,
            "<p class=\"meta\">Objectives that you may not read are counted and not named.</p>")</section>
        <section class="stack tight" aria-labelledby="h-instead"><h2 id="h-instead">What you can do instead</h2>
        <ul class="stack tight">\(instead.html { "<li>\($0)</li>" })</ul></section>
        <p class="row"><a class="btn" href="\(Path.cycles)">Back to the cycles</a></p>
        """
    }

    private func line(_ kind: CycleHoldings.Kind) -> HTML {
        guard let count = holdings.counts[kind] else { return "" }
        let words: String =
            switch kind {
            case .draft: Words.counted(count, "draft")
            case .proposed: Words.counted(count, "proposed", plural: "proposed")
            case .committed: Words.counted(count, "committed to", plural: "committed to")
            case .closed: Words.counted(count, "closed", plural: "closed")
            case .ended:
                Words.counted(count, "dropped or reached", plural: "dropped or reached")
                    + ", which the cycle’s page no longer shows"
            }
        return "<li>\(words.capitalizedFirst)</li>"
    }

    private var named: HTML {
        """
        <p>\(holdings.count > holdings.named.count ? "Among them:" : "By name:")</p>
        <ul class="stack tight">\(holdings.named.html { objective in
            "<li><a class=\"ref\" href=\"\(Path.goal(objective.id))\" dir=\"auto\">\(objective.title)</a></li>"
        })</ul>
        """
    }

    // MARK: What to do instead

    private var instead: [HTML] {
        if cycle.state == .closed { return ["Leave it: it is closed, and what it was stays for whoever looks back."] }
        var ways: [HTML] = [
            "If its name or its days are wrong, <a href=\"\(Path.cycle(cycle.id, "edit"))\">change those</a>."
        ]
        if has(.draft) || has(.proposed) {
            ways.append(
                """
                Drafts and proposed objectives can go into another cycle: whoever may change one chooses it there. A cycle \
                that holds nothing any more can be removed.
                """)
        }
        if has(.ended) {
            ways.append(
                """
                One that was dropped before anybody committed to it can be opened again on its own page, and then go into \
                another cycle.
                """)
        }
        if has(.committed) || has(.closed) || has(.ended) {
            ways.append(
                """
                What was committed to or closed stays where it is. \(closing) Objectives that are open get a score \
                then, and go on in another cycle where that is chosen.
                """)
        }
        return ways
    }

    private func has(_ kind: CycleHoldings.Kind) -> Bool { holdings.counts[kind] != nil }

    private var closing: String {
        switch cycle.state {
        case .draft: "Begin the cycle and close it on the page of cycles."
        case .active: "Close the cycle on the page of cycles."
        case .closing, .closed: "The cycle is being closed."
        }
    }
}
