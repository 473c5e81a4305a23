import Markup
import Throughline

/// What somebody who leaves, or has left, still looks after, so that it can be handed over.
struct HoldingsPart {
    let holdings: Holdings
    /// The first name of whose they are.
    let first: String

    var html: HTML {
        guard !holdings.isEmpty else {
            return "<p>\(first) looks after no objective that you may read, and has nothing agreed with anybody.</p>"
        }
        return """
            <div class="stack tight">
            <h3>What \(first) still looks after</h3>
            <ul class="stack tight">\(goals)\(agreed)</ul>
            <p class="meta">Objectives that you may not read are not among them. With whom something is agreed, and what \
            about, is for those two to know: ask \(first), or who worked with \(first).</p>
            </div>
            """
    }

    private var goals: HTML {
        let objectives = holdings.goals.filter { if case .objective = $0.kind { true } else { false } }
        let keyResults = holdings.goals.filter { if case .keyResult = $0.kind { true } else { false } }
        return row(objectives, "open objective") + row(keyResults, "open key result")
    }

    private func row(_ goals: [Holdings.Goal], _ noun: String) -> HTML {
        guard !goals.isEmpty else { return .empty }
        return """
            <li>\(Words.counted(goals.count, noun).capitalizedFirst)
            <ul class="stack tight">\(goals.html { goal in
                "<li><a dir=\"auto\" href=\"\(goal.path)\">\(goal.title)</a></li>"
            })</ul></li>
            """
    }

    private var agreed: HTML {
        let counts = [
            (holdings.commitments, "open commitment", "open commitments"),
            (holdings.sessions, "agreed session", "agreed sessions"),
            (holdings.series, "series of sessions", "series of sessions"),
        ]
        return counts.filter { $0.0 > 0 }.html { count, noun, plural in
            "<li>\(Words.counted(count, noun, plural: plural).capitalizedFirst)</li>"
        }
    }
}

extension Holdings.Goal {
    fileprivate var path: Path {
        switch kind {
        case .objective(let id): .goal(id)
        case .keyResult(let id): .keyResult(id)
        }
    }
}
