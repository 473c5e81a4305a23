import Foundation
import Markup
import Storage
import Throughline

/// What changed since two people last met: on the preparation, and in the room when it opens.
struct SinceSection {
    let since: SinceLastTime
    let access: SessionAccess
    let zone: TimeZone
    let now: Date

    private var me: PersonName { access.me }
    private var partner: PersonName { access.partner }
    private var employee: PersonName { access.session.employee }

    /// `Since 22 October`
    var heading: String { "Since \(Day(since.last.startsAt, in: zone).dayAndMonth)" }

    /// `You kept four commitments and two are open; Joost kept two, one of them late. One goal moved.`
    var summary: String {
        let sides = [("you", me.id), (partner.first, partner.id)].compactMap { name, id in side(name, id) }
        var sentences = sides.isEmpty ? ["No commitment was open or settled"] : [sides.joined(separator: "; ")]
        let own = since.goals.filter(\.isOwn).count
        let others = since.goals.count - own
        let moved = [
            own > 0
                ? Words.counted(own, "goal") + " of \(employee.id == me.id ? "yours" : "\(employee.first)’s")" : nil,
            others > 0
                ? (own > 0 ? CountWords.of(others) : Words.counted(others, "goal")) + " of the team and the company"
                : nil,
        ].compactMap { $0 }
        if !moved.isEmpty { sentences.append("\(Words.list(moved)) moved") }
        let changed = since.expectations.filter { $0.then != nil && $0.isChanged }.count
        if changed > 0 { sentences.append("\(Words.counted(changed, "verdict")) changed") }
        return sentences.map { $0.capitalizedFirst + "." }.joined(separator: " ")
    }

    private func side(_ name: String, _ person: ID<Person>) -> String? {
        let outcomes = since.promises.filter { $0.owner == person }.map { $0.outcome(now: now, in: zone) }
        guard !outcomes.isEmpty else { return nil }
        func count(_ those: Promise.Outcome...) -> Int { outcomes.filter { those.contains($0) }.count }
        let (kept, late) = (count(.kept, .keptLate), count(.keptLate))
        let lateWords = late == 0 ? "" : kept == 1 ? ", late" : ", \(CountWords.of(late)) of them late"
        var parts: [String] = []
        if kept > 0 { parts.append("kept \(Words.counted(kept, "commitment"))\(lateWords)") }
        if count(.dropped) > 0 { parts.append("dropped \(CountWords.of(count(.dropped)))") }
        let (open, missed) = (count(.open, .missed), count(.missed))
        var rest = ""
        if open > 0 {
            rest = "\(CountWords.of(open)) \(open == 1 ? "is" : "are") open"
            if missed > 0 { rest += missed == open ? " and late" : ", \(CountWords.of(missed)) of them late" }
        }
        if parts.isEmpty { return "\(name == "you" ? "of yours" : "of \(name)’s"), \(rest)" }
        return "\(name) \(parts.joined(separator: " and "))" + (rest.isEmpty ? "" : ", and \(rest)")
    }

    /// Everything that changed, part by part.
    var details: HTML {
        """
        \(if: !since.promises.isEmpty, promises)
        \(if: !since.goals.isEmpty, goals)
        \(if: !since.expectations.isEmpty, expectations)
        \(oath)
        <p class="meta"><a class="ref" href="\(Path.recap(since.last.id))">The recap of \(Day(since.last.startsAt, in: zone).dayAndMonth)</a></p>
        """
    }

    // MARK: Promises

    private var promises: HTML {
        """
        <div class="cols">
        <div><h3>You said you would</h3>\(list(of: me.id))</div>
        <div><h3>\(partner.first) said so</h3>\(list(of: partner.id))</div>
        </div>
        """
    }

    private func list(of person: ID<Person>) -> HTML {
        let those = since.promises.filter { $0.owner == person }
        guard !those.isEmpty else { return "<p class=\"meta\">Nothing was open.</p>" }
        return """
            <ul class="caught">\(those.html { promise in
                """
                <li><p class="voice" dir="auto">\(promise.body)</p><p class="meta">\(outcome(promise))\
                \(if: !promise.words.isEmpty, " <span dir=\"auto\">“\(promise.words)”</span>")</p></li>
                """
            })</ul>
            """
    }

    private func outcome(_ promise: Promise) -> HTML {
        let today = Day(now, in: zone)
        func tag(_ icon: HTML, _ words: String) -> HTML { "<span class=\"tag\">\(icon)\(words)</span>" }
        let due = promise.dueOn.relative(to: today)
        switch promise.outcome(now: now, in: zone) {
        case .kept: return tag(Icon.check, "Kept")
        case .keptLate:
            let late = promise.settledAt.map { Day($0, in: zone).days(since: promise.dueOn) } ?? 1
            return tag(Icon.clock, "Kept, \(Words.counted(late, "day")) late")
        case .missed:
            return
                "<span class=\"late\">\(Words.counted(today.days(since: promise.dueOn), "day").capitalizedFirst) late</span>"
        case .dropped: return tag(Icon.cross, "Dropped")
        case .open: return "<span>Open, due \(due == "Today" ? "today" : due == "Tomorrow" ? "tomorrow" : due)</span>"
        }
    }

    // MARK: Goals

    private var goals: HTML {
        let own = since.goals.filter(\.isOwn)
        let others = since.goals.filter { !$0.isOwn }
        let whose = employee.id == me.id ? "Your goals" : "\(employee.first)’s goals"
        return """
            \(if: !own.isEmpty, "<div class=\"stack tight\"><h3>\(whose) that moved</h3>\(list(own))</div>")
            \(if: !others.isEmpty, """
                <details><summary class="sum">\(Words.counted(others.count, "goal").capitalizedFirst) of the team and the company \
                \(Icon.chevron)</summary>\(list(others))</details>
                """)
            """
    }

    private func list(_ goals: [GoalMove]) -> HTML {
        """
        <ul class="ruled offers">\(goals.html { goal in
            """
            <li><p><a class="voice" dir="auto" href="\(Path.goal(goal.id))">\(goal.title)</a>\
            <span class="meta" dir="auto">\(move(goal))</span></p></li>
            """
        })</ul>
        """
    }

    private func move(_ goal: GoalMove) -> HTML {
        var parts: [HTML] = []
        if goal.isNew { parts.append("New") }
        if goal.now.state != .open { parts.append(HTML(text: goal.now.state.rawValue.capitalizedFirst)) }
        if let then = goal.then {
            if then.words != goal.now.words { parts.append(Self.change(from: then.words, to: goal.now.words)) }
            if then.priority != goal.now.priority, goal.now.state == .open {
                parts.append(Self.change(from: Self.place(then.priority), to: Self.place(goal.now.priority)))
            }
        } else if !goal.now.words.isEmpty {
            parts.append("Now \(goal.now.words)")
        }
        return parts.enumerated().html { index, part in index == 0 ? part : ". \(part)" }
    }

    private static func place(_ priority: Int?) -> String {
        priority.map { Verdict.ordinal($0) + " priority" } ?? "no priority"
    }

    /// What it was, then what it is; a screen reader hears which is which.
    static func change(from old: String, to new: String) -> HTML {
        """
        \(if: !old.isEmpty, "<del><span class=\"vh\">was: </span>\(old)</del> ")\
        \(if: !new.isEmpty, "<ins><span class=\"vh\">now: </span>\(new)</ins>")
        """
    }

    // MARK: What is expected

    private var expectations: HTML {
        let whose = employee.id == me.id ? "you" : employee.first
        return """
            <div class="stack tight"><h3>What is expected of \(whose), now and before</h3>
            <ol class="ruled offers">\(since.expectations.html { expectation in
                """
                <li><p><span class="voice" dir="auto">\(expectation.title)</span>\
                <span class="meta" dir="auto">\(verdict(expectation))\
                \(if: !expectation.now.reason.isEmpty, ". “\(expectation.now.reason)”")</span></p></li>
                """
            })</ol></div>
            """
    }

    private func verdict(_ expectation: Expectation) -> HTML {
        guard let then = expectation.then else { return Self.change(from: "", to: expectation.now.words) }
        return expectation.isChanged
            ? Self.change(from: then.words, to: expectation.now.words)
            : "\(expectation.now.words), as before"
    }

    private var oath: HTML? {
        guard let oath = since.oath, !oath.isEmpty, let before = since.before else { return nil }
        let runs = oath.runs.html { run in
            switch run.kind {
            case .same: "\(run.text) "
            case .removed: "<del><span class=\"vh\">gone: </span>\(run.text)</del> "
            case .added: "<ins><span class=\"vh\">new: </span>\(run.text)</ins> "
            }
        }
        return """
            <div><h3>What you both said yes to</h3>
            <p class="voice" dir="auto">\(runs)</p>
            <p class="meta">Struck through is how it was on \(Day(before.startsAt, in: zone).dayAndMonth).</p></div>
            """
    }
}

extension PreparePage {
    private var sinceSection: SinceSection? {
        preparation.since.map { SinceSection(since: $0, access: preparation.access, zone: zone, now: now) }
    }

    /// The short form, at the side.
    var sinceAside: HTML? {
        sinceSection.map { section in
            """
            <div><h2>\(section.heading)</h2>
            <p>\(section.summary)</p><p><a class="ref" href="#since">Everything that changed</a></p></div>
            """
        }
    }

    var sincePart: HTML? {
        sinceSection.map { section in
            """
            <section class="part" id="since" aria-labelledby="h-since">
            <h2 id="h-since">\(section.heading)</h2>
            <p class="margin">\(seenByBoth.html)</p>
            <div class="body"><p>\(section.summary)</p>
            <details\(if: preparation.isOpen, " open")><summary class="sum">Everything that changed \(Icon.chevron)</summary>
            <div class="stack">\(section.details)</div></details></div></section>
            """
        }
    }
}

extension RunPage {
    /// The session opens with what changed.
    var since: HTML? {
        room.since.map { since in
            let section = SinceSection(since: since, access: room.access, zone: zone, now: room.now)
            return """
                <section class="stack" id="since" aria-labelledby="h-since">
                <div class="between"><h2 id="h-since">\(section.heading)</h2>\(Seen.pair(with: partner.first).html)</div>
                <p>\(section.summary)</p>
                <details><summary class="sum">Everything that changed \(Icon.chevron)</summary>
                <div class="stack">\(section.details)</div></details></section>
                """
        }
    }
}
