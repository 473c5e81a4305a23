import Foundation
import Markup
import Storage
import Throughline

/// How objectives of a cycle and their key results are shown on every page: three different things that are never mixed:
/// progress (a bar and figures), confidence (how sure people are) and, when the cycle closes, the score.
enum OKRWords {
    /// The mark of a health: a colour, a shape and a word.
    static func mark(_ health: Health?) -> HTML {
        guard let health else { return "" }
        return "<span class=\"hp \(style(health.kind))\">\(icon(health.kind))\(words(health))</span>"
    }

    static func words(_ health: Health) -> String {
        switch health {
        case .onTrack: "On track"
        case .pending: "Pending"
        case .atRisk: "At risk"
        case .quiet(let days): "Quiet \(days) \(days == 1 ? "day" : "days")"
        case .offTrack: "Off track"
        }
    }

    static func words(_ kind: Health.Kind) -> String {
        switch kind {
        case .onTrack: "On track"
        case .pending: "Pending"
        case .atRisk: "At risk"
        case .quiet: "Quiet"
        case .offTrack: "Off track"
        }
    }

    private static func style(_ kind: Health.Kind) -> String {
        switch kind {
        case .onTrack: "ok"
        case .pending: "mid"
        case .atRisk: "risk"
        case .quiet: "stale"
        case .offTrack: "off"
        }
    }

    private static func icon(_ kind: Health.Kind) -> HTML {
        switch kind {
        case .onTrack: Icon.ok
        case .pending: Icon.clock
        case .atRisk: Icon.risk
        case .quiet: Icon.stale
        case .offTrack: Icon.off
        }
    }

    /// What the marks mean.
    static func legend(_ pace: Pace) -> HTML {
        """
        <ul class="inline" aria-label="What the marks mean">\(Health.Kind.allCases.html { kind in
            let more: String =
                switch kind {
                case .quiet: ", no check-in for \(pace.patience) days"
                case .pending: ", nobody has checked in yet"
                default: ""
                }
            return "<li><span class=\"hp \(style(kind))\">\(icon(kind))\(words(kind))\(more)</span></li>"
        })</ul>
        """
    }

    /// Where an objective stands among draft, proposed, committed and closed, where that isn't what one expects.
    static func stage(_ objective: Objective) -> HTML {
        switch objective.stage {
        case .draft: "<span class=\"tag\">Draft</span> "
        case .proposed: "<span class=\"tag\">Proposed</span> "
        case .closed: "<span class=\"tag\">Closed\(objective.score.map { ", score \(score($0))" } ?? "")</span> "
        case .committed, nil: ""
        }
    }

    /// `0.7`
    static func score(_ score: Double) -> String { Figure.text((score * 100).rounded() / 100) }

    /// `19 November`, or `19 November 2025` when the year is another.
    static func day(_ day: Day, _ today: Day) -> String {
        day.dayAndMonth + (day.year == today.year ? "" : " \(day.year)")
    }

    /// `Thursday 19 November, 14:00`, or `Wednesday 19 November 2025, 14:00` when the year is another.
    static func moment(_ moment: Date, _ today: Day, in zone: TimeZone) -> String {
        let wall = WallTime(moment, in: zone)
        return "\(wall.day.year == today.year ? wall.day.long : wall.day.full), \(wall.time)"
    }

    /// `62%`, for figures of the product's own. Whole, as more would say more than is known.
    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

    /// A length for CSS, with two digits.
    static func length(_ share: Double) -> String { Figure.text((share * 100).rounded() / 100) }

    /// How far it is, with a tick where it should be by today.
    static func bar(_ progress: Double, _ pace: Pace, isQuiet: Bool = false) -> HTML {
        """
        <span class="bar\(isQuiet ? " stale" : "")" style="--v:\(length(progress));--e:\(length(pace.elapsed))"></span>
        """
    }

    /// `Checked in yesterday, Ana`
    static func heard(_ result: KeyResult, _ pace: Pace, _ health: Health) -> String {
        guard let latest = result.latest else {
            return result.owner.map { "Nobody has checked in yet; \($0.first) looks after it" }
                ?? "Nobody has checked in yet"
        }
        let day = latest.on.relative(to: pace.today)
        let when = ["Today", "Yesterday"].contains(day) ? day.lowercased() : day
        let who = result.checkedBy.map { ", " + $0.first } ?? ""
        if case .quiet = health { return "Last heard \(when)\(who)" }
        return "Checked in \(when)\(who)"
    }

    /// A key result as a row of a list.
    /// - Parameter more: what stands below it, such as a form.
    static func row(_ result: KeyResult, _ pace: Pace, isOpen: Bool = true, more: HTML = "") -> HTML {
        let health = result.health(pace)
        let isQuiet = health.kind == .quiet
        let trail = result.trail
        return """
            <li id="k-\(result.id)">
            <p class="kr"><a class="voice" href="\(Path.keyResult(result.id))" dir="auto">\(result.title)</a>\
            <span class="meta">\(heard(result, pace, health))</span></p>
            \(figures(result, pace, isQuiet: isQuiet && isOpen))
            \(Spark(result: result, trail: trail, pace: pace, isQuiet: isQuiet).html)
            \(confidence(result, trail, isQuiet: isQuiet && isOpen))
            \(isOpen ? mark(health) : "<span></span>")
            \(more)
            </li>
            """
    }

    static func figures(_ result: KeyResult, _ pace: Pace, isQuiet: Bool) -> HTML {
        let value = result.latest.map { result.words(for: $0.value) } ?? "Nothing yet"
        return """
            <p class="pr num">\(bar(result.progress, pace, isQuiet: isQuiet))<span><b>\(value)</b> \
            <span class="meta">\(result.aim)\(if: result.ambition == .aspirational, ", reached for")</span></span></p>
            """
    }

    static func confidence(_ result: KeyResult, _ trail: [Reading], isQuiet: Bool) -> HTML {
        guard let latest = result.latest else { return "<p class=\"cf\"><span class=\"meta\">not said</span></p>" }
        let trend: String =
            switch Trend.ofConfidence(trail) {
            case .rising: ", rising"
            case .falling: ", falling"
            case .steady, nil: ""
            }
        return """
            <p class="cf"><b class="num">\(latest.confidence)</b><span class="meta">\
            of 10 \(isQuiet ? "then" : "sure")\(trend)</span></p>
            """
    }

    /// `five on track, two at risk`
    static func counts(_ healths: [Health]) -> String {
        let kinds: [(Health.Kind, String)] = [
            (.onTrack, "on track"), (.atRisk, "at risk"), (.offTrack, "off track"), (.quiet, "quiet"),
            (.pending, "pending"),
        ]
        let parts = kinds.compactMap { kind, words -> String? in
            let count = healths.count { $0.kind == kind }
            return count == 0 ? nil : GoalWords.count(count, words, words)
        }
        return Words.list(parts)
    }

    static func visibility(_ objective: Objective, company: String) -> String {
        switch objective.visibility {
        case .everyone: "Everyone at \(company)"
        case .team:
            objective.team.map { "\($0.name) and its managers" }
                ?? "Who shares a team with \(objective.owner?.first ?? "its owner")"
        case .pair: "\(objective.owner?.first ?? "Its owner") and their manager"
        }
    }
}

/// The line of a key result: its newest check-ins, where it should end, and, where nobody has spoken for long, a dotted end.
struct Spark {
    let result: KeyResult
    /// Its newest check-ins.
    let trail: [Reading]
    let pace: Pace
    let isQuiet: Bool

    var html: HTML {
        guard let first = trail.first, let last = trail.last else {
            return "<span class=\"spark\"></span>"
        }
        // Progress from 0 at the bottom to 1 at the top, so that a figure that falls as it should rises here.
        let ends = max(pace.today.days(since: first.on), 1)
        func x(_ day: Day) -> Int { 2 + min(max(day.days(since: first.on), 0) * 104 / ends, 104) }
        func y(_ value: Double) -> Int { 28 - Int((result.measure.progress(at: value) * 24).rounded()) }
        let points = trail.map { "\(x($0.on)) \(y($0.value))" }
        let label =
            trail.count == 1
            ? "One check-in so far: \(result.words(for: last.value))"
            : "From \(result.words(for: first.value)) to \(result.words(for: last.value)) in \(trail.count) check-ins"
                + (isQuiet ? ", then nothing" : "")
        return """
            <svg class="spark" viewBox="0 0 112 32" role="img" aria-label="\(label)"><path class="aim" d="M0 4h112"/>\
            <path d="M\(points.joined(separator: "L"))"/>\
            \(if: isQuiet, "<path class=\"quiet\" d=\"M\(x(last.on)) \(y(last.value))H106\"/>")\
            <circle cx="\(x(last.on))" cy="\(y(last.value))" r="3"/></svg>
            """
    }
}

/// Progress over a cycle beside the ideal line, or confidence, drawn by the server. What it shows stands in a table below it.
struct Plot {
    let title: String
    let pace: Pace
    /// From 0 to 1, by day.
    let points: [(day: Day, share: Double)]
    /// Where it should be when the cycle ends, from 0 at its start; nil for none.
    var ideal: Double?
    /// What stands at the top and at the bottom.
    let top: String
    let bottom: String

    private static let (width, height) = (600, 160)

    private func x(_ day: Day) -> Int {
        let length = max(pace.length - 1, 1)
        return min(max(day.days(since: pace.startsOn), 0), length) * Self.width / length
    }

    private func y(_ share: Double) -> Int { Self.height - Int((share * Double(Self.height)).rounded()) }

    var html: HTML {
        let line = points.map { "\(x($0.day)) \(y($0.share))" }.joined(separator: "L")
        return """
            <figure class="plot"><figcaption class="meta">\(title)</figcaption>
            <svg viewBox="-4 -4 608 168" preserveAspectRatio="none" role="img" aria-label="\(description)">
            <path class="aim" d="M0 0H\(Self.width)M0 \(Self.height)H\(Self.width)"/>\
            \(ideal.map { "<path class=\"ideal\" d=\"M0 \(Self.height)L\(Self.width) \(y($0))\"/>" as HTML })\
            <path class="aim" d="M\(x(pace.today)) 0V\(Self.height)"/>\
            \(if: !line.isEmpty, "<path class=\"run\" d=\"M\(line)\"/>")</svg>
            <p class="ends num"><span>\(OKRWords.day(pace.startsOn, pace.today)), \(bottom)</span>\
            <span>\(top), \(OKRWords.day(pace.endsOn, pace.today))</span></p>
            </figure>
            """
    }

    private var description: String {
        guard let first = points.first, let last = points.last else { return "\(title): nothing yet" }
        func words(_ point: (day: Day, share: Double)) -> String {
            "\(OKRWords.percent(point.share)) on \(OKRWords.day(point.day, pace.today))"
        }
        let now = points.count == 1 ? words(first) : "from \(words(first)) to \(words(last))"
        let should = ideal.map { ", where \(OKRWords.percent(pace.elapsed(on: last.day) * $0)) would be ideal" } ?? ""
        return "\(title): \(now)\(should). The table below has every figure."
    }
}
