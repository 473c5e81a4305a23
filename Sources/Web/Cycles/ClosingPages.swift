import Markup
import Storage
import Throughline

/// Closing a cycle: each objective gets a score, a sentence on what was learnt, and a choice of what becomes of it.
struct ClosingPage {
    let model: ClosingPageModel
    let viewer: Viewer
    var rejected: Rejected?

    private var cycle: Cycle { model.cycle }

    var page: Page {
        Page(
            title: "Closing \(cycle.name)", place: .goals,
            main: """
                <header class="open"><p class="kick"><a href="\(Path.cycle(cycle.id))">\(cycle.name)</a></p>
                <h1>Closing \(cycle.name)</h1>
                <p class="lede">\(lede)</p></header>
                \(if: cycle.state == .closing, "<div class=\"stack loose\">\(model.entries.html(item))\(others)</div>")
                \(if: cycle.state != .closing, "<p class=\"row\"><a class=\"btn\" href=\"\(Path.cycle(cycle.id))\">Go to the cycle</a></p>")
                """)
    }

    private var others: HTML? {
        guard model.others > 0 else { return nil }
        return """
            <p class="meta">\(GoalWords.count(model.others, "objective of others waits", "objectives of others wait",
                isFirst: true)) for those who look after them.</p>
            """
    }

    private var lede: HTML {
        switch cycle.state {
        case .draft, .active: "It is not being closed yet. An administrator says when it is."
        case .closed: "It is closed. Its scores and what was learnt stay on its page."
        case .closing:
            model.entries.isEmpty
                ? "Nothing of yours waits for a score."
                : """
                The score is yours to give; how far it came is offered. Then keep, change or stop: nothing rolls over by itself.
                """
        }
    }

    private func item(_ entry: CycleEntry) -> HTML {
        let objective = entry.objective
        let name = "closing-\(objective.id)"
        let fields = Fields(name, after: rejected)
        let standing = entry.standing(model.pace)
        let isCommitted = objective.stage == .committed
        let proposed = standing.proposedScore ?? entry.rollUp.map { ($0 * 10).rounded() / 10 }
        let choices: [(value: String, label: HTML)] = [
            (value: "keep", label: "Keep it"), (value: "change", label: "Change it"), (value: "stop", label: "Stop"),
        ]
        return """
            <article class="obj" id="o-\(objective.id)" aria-labelledby="t-\(objective.id)"><header>
            <h2 class="title" id="t-\(objective.id)" dir="auto"><a href="\(Path.goal(objective.id))">\(objective.title)</a></h2>
            <p class="meta">\(OKRWords.stage(objective))\(objective.owner.map { "<span>\($0.name)</span> " as HTML })\
            \(standing.progress.map { "<span>\(OKRWords.percent($0)) of the way</span>" as HTML })</p></header>
            \(if: !entry.keyResults.isEmpty, "<ul class=\"krs\">\(entry.keyResults.html { OKRWords.row($0, model.pace, isOpen: false) })</ul>")
            <form class="stack" action="\(Path.goal(objective.id, "closing"))" method="post">\(fields.summary)
            \(if: isCommitted, fields.select("score", "Score", options: scores, chosen: proposed.map(OKRWords.score) ?? "",
                hint: proposed.map { "\(OKRWords.score($0)) is offered, from how far it came" }))
            \(fields.input("learnt", isCommitted ? "What was learnt, in a sentence?" : "It was never committed to. Why?",
                value: "", isVoice: true))
            \(fields.choices("choice", "What becomes of it?", options: choices, chosen: "", style: .segments))
            \(fields.select("next", "If it goes on: in which cycle?", options:
                [(value: "", label: "Choose")] + model.next.map { (value: $0.id.text, label: $0.name) }, chosen: "",
                hint: model.next.isEmpty ? "There is none yet to go on in: an administrator plans it first. To stop needs none." : nil))
            <p class="hint">Kept, it is proposed again from where it is now. Changed, it is a draft to be written anew.</p>
            <p class="row"><button class="btn">Close it<span class="vh">: \(objective.title)</span></button></p></form></article>
            """
    }

    private var scores: [(value: String, label: String)] {
        [(value: "", label: "Choose")]
            + (0...10).reversed().map { tenth in
                let text = OKRWords.score(Double(tenth) / 10)
                return (value: text, label: text)
            }
    }
}

/// How a cycle was followed.
struct LookBackPage {
    let cycle: Cycle
    let cycles: [Cycle]
    let figures: LookBack
    let scores: [Double]
    let viewer: Viewer

    var page: Page {
        Page(
            title: "Looking back on \(cycle.name)", place: .goals,
            main: """
                <header class="open"><p class="kick"><a href="\(Path.cycle(cycle.id))">\(cycle.name)</a></p>
                <h1>Looking back on \(cycle.name)</h1>
                <p class="lede">\(lede)</p>
                <div class="between">\(CycleWords.tabs(cycles, cycle))</div></header>
                <div class="parts">
                \(part("Regularity", "h-regular", regularity))
                \(part("Confidence and result", "h-calibration", calibration))
                \(part("Changes midway", "h-midway", midway))
                \(if: !scores.isEmpty, part("Scores", "h-scores", scoring))
                </div>
                <p class="meta">Counted is what was committed to and everyone at \(viewer.company) may read, whoever looks.</p>
                """)
    }

    private func part(_ title: String, _ id: String, _ body: HTML) -> HTML {
        "<section class=\"part\" aria-labelledby=\"\(id)\"><h2 id=\"\(id)\">\(title)</h2><div class=\"body\">\(body)</div></section>"
    }

    private var lede: HTML {
        guard figures.due > 0 else { return "Nothing was due in this cycle yet." }
        return """
            \(GoalWords.count(figures.keyResults, "key result", isFirst: true)), with check-ins \
            \(CycleWords.rhythm(cycle.rhythm)): <b>\(figures.kept) of \(figures.due)</b> came when they were due.
            """
    }

    private var regularity: HTML {
        let late = figures.meanDaysLate.map { days in
            "Those that were late came \(Figure.text((days * 10).rounded() / 10)) days late on average."
        }
        let never =
            figures.neverCheckedIn == 0
            ? "Every key result was heard of."
            : "\(GoalWords.count(figures.neverCheckedIn, "key result was", "key results were", isFirst: true)) never heard of."
        return """
            <p class="voice">\(figures.due == 0 ? "Nothing was due." : "\(figures.kept) of \(figures.due) check-ins came in their \(cycle.rhythm == 7 ? "week" : "time").")</p>
            <p>\(late ?? "None came late.") \(never)</p>
            """
    }

    private var calibration: HTML {
        guard !figures.calibration.isEmpty else { return "<p class=\"meta\">There is nothing to compare yet.</p>" }
        let points = figures.calibration.map { bucket in
            let sure = Double(bucket.confidence.lowerBound + bucket.confidence.upperBound) / 2
            return
                "<circle cx=\"\(Int(sure * 60))\" cy=\"\(160 - Int(bucket.result * 160))\" r=\"\(4 + min(bucket.count, 12))\"/>"
                as HTML
        }
        return """
            <p class="meta">What people said of each key result before the last quarter of the cycle, beside how far it came. On the \
            line, they knew; above it, they were too careful; below it, too sure.</p>
            <figure class="plot dotted"><svg viewBox="-16 -16 632 192" role="img" aria-label="Confidence beside the result; the \
            table below has every figure"><path class="ideal" d="M0 160L600 0"/><path class="aim" d="M0 160H600M0 160V0"/>\
            \(points.reduce(HTML.empty, +))</svg>
            <p class="ends"><span>it won’t</span><span>confidence</span><span>it will</span></p></figure>
            <table class="tbl num"><caption class="vh">Confidence and result</caption><thead><tr><th scope="col">Confidence</th>\
            <th scope="col">Key results</th><th scope="col">How far they came</th></tr></thead><tbody>\(figures.calibration.html { bucket in
                """
                <tr><th scope="row">\(bucket.confidence.lowerBound) to \(bucket.confidence.upperBound) of 10</th>\
                <td>\(bucket.count)</td><td>\(OKRWords.percent(bucket.result))</td></tr>
                """
            })</tbody></table>
            """
    }

    private var midway: HTML {
        if figures.changedMidway == 0 {
            return "<p class=\"voice\">No target was changed after it was committed to.</p>"
        }
        return """
            <p class="voice">\(GoalWords.count(figures.changedMidway, "target was", "targets were", isFirst: true)) changed after \
            the objective was committed to; \(GoalWords.count(figures.easedMidway, "asked less", "asked less")).</p>
            """
    }

    private var scoring: HTML {
        let mean = scores.reduce(0, +) / Double(max(scores.count, 1))
        return """
            <p class="voice">\(GoalWords.count(scores.count, "objective", isFirst: true)), with a mean score of \
            \(OKRWords.score((mean * 100).rounded() / 100)).</p>
            """
    }
}
