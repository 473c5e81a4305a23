import Markup
import Throughline

/// Goal by goal: the manager answers, the employee sees the answers.
struct RunVerdicts {
    let page: RunPage

    private var room: Room { page.room }
    private var canAnswer: Bool { room.access.part == .manager }
    private var fields: Fields { Fields("verdicts", after: page.rejected) }

    var html: HTML {
        """
        <section class="stack" id="verdicts" aria-labelledby="h-verdicts">
        <div class="between"><h2 id="h-verdicts">Goal by goal</h2>\(Seen.pair(with: page.partner.first).html)</div>
        \(room.subjects.isEmpty ? empty : canAnswer ? form : list)
        </section>
        """
    }

    private var empty: HTML {
        let employee = room.session.employee
        let whose = canAnswer ? "\(employee.first) has" : "You have"
        return """
            <div class="empty"><p>\(whose) no goals or work written down yet.</p>
            <p class="meta">What stands on the goals page is weighed here, one by one. Write down in the notes what you \
            agree on meanwhile.</p></div>
            """
    }

    private var form: HTML {
        """
        <div class="verdicts">\(room.subjects.html(answerable))
        <p class="meta">\(page.partner.first) sees each answer as you save it.</p></div>
        """
    }

    private var list: HTML {
        """
        <div class="verdicts">\(room.subjects.html { subject in
            details(subject, """
                \(about(subject))
                \(subject.verdict.map { verdict in said(verdict) } ?? "<p>\(page.partner.first) has not answered yet.</p>")
                """)
        })</div>
        """
    }

    private func details(_ subject: VerdictSubject, _ body: HTML) -> HTML {
        """
        <details name="goal"\(if: isOpen(subject), " open")>
        <summary><span class="voice" dir="auto">\(subject.title)</span>\(tag(subject))</summary>
        <div class="verdict">\(body)</div>
        </details>
        """
    }

    /// The first that waits for its answer is open; after a rejection, the first with something wrong.
    private func isOpen(_ subject: VerdictSubject) -> Bool {
        guard fields.wasRejected else { return subject.id == room.subjects.first { $0.verdict == nil }?.id }
        return subject.id == room.subjects.first(where: hasProblem)?.id
    }

    private func hasProblem(_ subject: VerdictSubject) -> Bool {
        ["answer", "priority", "reason"].contains { fields.problem("\($0)-\(subject.id)") != nil }
    }

    private func tag(_ subject: VerdictSubject) -> HTML {
        if hasProblem(subject) { return "<span class=\"tag\">\(Icon.risk)needs a look</span>" }
        guard let verdict = subject.verdict else { return "<span class=\"tag\">not yet</span>" }
        return "<span class=\"tag\">\(verdict.answer.icon)\(verdict.words)</span>"
    }

    private func said(_ verdict: Verdict) -> HTML {
        verdict.reason.isEmpty
            ? "<p>\(verdict.words).</p>" : "<p class=\"said\" dir=\"auto\">“\(verdict.reason)”</p>"
    }

    /// `57% book unaided. By 31 December. Supports “…”.`
    private func about(_ subject: VerdictSubject) -> HTML {
        var parts: [String] = []
        if !subject.standing.isEmpty { parts.append(subject.standing + ".") }
        if let day = subject.dueOn { parts.append("By \(day.dayAndMonth).") }
        if let hours = subject.hoursAWeek, hours > 0 {
            let whole = hours == hours.rounded() ? String(Int(hours)) : String(hours)
            parts.append("About \(whole) \(hours == 1 ? "hour" : "hours") a week.")
        }
        parts.append(
            subject.supports.isEmpty
                ? "Supports no goal. That may be right."
                : "Supports " + subject.supports.map { "“\($0)”" }.joined(separator: ", ") + ".")
        let checkIn =
            subject.isCheckable
            ? " <a href=\"\(Path.checkIn(subject.id, in: room.session.id))\">Check in on it</a>" as HTML : nil
        return "<p class=\"meta\" dir=\"auto\">\(parts.joined(separator: " "))\(checkIn)</p>"
    }

    private func answerable(_ subject: VerdictSubject) -> HTML {
        let verdict = subject.verdict
        let id = subject.id
        let answers = Verdict.Answer.allCases.map { answer in
            (value: answer.rawValue, label: answer.icon + HTML(text: answer.label))
        }
        let most = max(room.subjects.count, verdict?.priority ?? 0, 5)
        let priorities =
            [(value: "", label: "none")]
            + (1...min(most, 20)).map { (value: String($0), label: Verdict.ordinal($0)) }
        // A stale answer is shown with what stands now, and is saved on top of that if it is sent again.
        return details(
            subject,
            """
            \(about(subject))
            \(verdict.map(said))
            <form class="stack tight" action="\(Path.session(room.session.id, "verdicts"))" method="post" id="verdict-\(id)" \
            data-autosave data-refresh data-writing="verdicts">
            <input type="hidden" name="shown" value="\(page.shown)">
            <input type="hidden" name="subject" value="\(id)">
            <input type="hidden" name="version" value="\(verdict?.version ?? 0)">
            \(fields.choices(
                "answer-\(id)", "What the team needs from: \(subject.title)", options: answers,
                chosen: verdict?.answer.rawValue ?? "", style: .bigSegments, isLegendHidden: true))
            <div class="row end because">
            \(fields.input("reason-\(id)", "Because", value: verdict?.reason ?? "", isVoice: true))
            <div class="prio">\(fields.select(
                "priority-\(id)", "Priority", options: priorities, chosen: verdict?.priority.map { String($0) } ?? ""))</div>
            </div>
            <p class="row"><button class="btn sm" data-plain>Save<span class="vh">: \(subject.title)</span></button>\
            <span class="saved" role="status" data-saved></span></p></form>
            """)
    }
}

extension Verdict.Answer {
    var icon: HTML {
        switch self {
        case .keep: Icon.check
        case .adjust: Icon.adjust
        case .pause: Icon.pause
        case .drop: Icon.cross
        }
    }
}
