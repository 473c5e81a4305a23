import Markup
import Throughline

/// How often a session comes round, as a form offers it. What day of the week or month it falls on follows from the first
/// one.
struct RhythmFields {
    let fields: Fields
    var chosen = Rhythm.once
    /// Whether a session that is held once is among the choices.
    var offersOnce = true

    private var options: [(value: String, label: String)] {
        let repeated = [
            (value: "weekly", label: "Every week"), ("two-weeks", "Every two weeks"),
            ("month-weekday", "Every month, on the same weekday, such as the second Tuesday"),
            ("month-last", "Every month, on the last of that weekday"),
            ("month-date", "Every month, on the same date"),
            ("quarterly", "Every quarter, on the same weekday"), ("own", "Another rhythm"),
        ]
        let kept = chosen.kept.map { [(value: chosen.choice, label: $0.words.capitalizedFirst)] } ?? []
        return (offersOnce ? [(value: "once", label: "Just once")] : []) + kept + repeated
    }

    var html: HTML {
        """
        <div class="stack">
        \(if: chosen.kept != nil, "<input type=\"hidden\" name=\"rule\" value=\"\(chosen.rule)\">")\
        \(fields.select("repeat", "How often?", options: options, chosen: chosen.choice))
        <div class="row end only-rhythm">
        \(fields.input(
            "every", "Every how many", value: chosen.number, type: "number",
            attributes: "min=\"1\" max=\"\(Cadence.longest)\" inputmode=\"numeric\""))
        \(fields.select(
            "unit", "Weeks or months", options: [("weeks", "weeks"), ("months", "months")],
            chosen: chosen.unit.isEmpty ? "weeks" : chosen.unit))
        </div></div>
        """
    }

    static func rhythm(in form: Form) -> Rhythm {
        Rhythm(choice: form["repeat"], number: form["every"], unit: form["unit"], rule: form["rule"])
    }
}
