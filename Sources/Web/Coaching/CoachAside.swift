import Coach
import Markup
import Throughline

/// What the coach says beside a text: the words it saw, why they matter, a question, and ways to begin.
struct CoachAside {
    let remarks: [PersonalRemark]
    /// Whether the text stands in a field that a way to begin can be put into.
    var isAtField = true
    /// Whether the page holds words that aren't stored, which going elsewhere would lose: without the script, a remark
    /// can't be waved away then.
    var isUnsaved = false
    /// The field of a tick with which the text is sent as it is, where the form waits for an answer to the remarks.
    /// It takes the place of waving them away, so that there is one way to keep one's words.
    var tick: String?

    var html: HTML {
        guard !remarks.isEmpty else { return .empty }
        // A note, not a landmark of its own: a page has many fields.
        return """
            <aside class="coach" role="note" aria-label="Coach">\(remarks.html(remark))\(tick.map(keeping))</aside>
            """
    }

    /// What is said of an objective where it is read, and not written.
    static func onObjective(_ title: String, by coach: PersonalCoach) -> CoachAside {
        CoachAside(remarks: coach.remarks(on: title, as: .objective), isAtField: false)
    }

    private func keeping(_ field: String) -> HTML {
        """
        <label class="tick"><input type="checkbox" name="\(field)" value="yes"><span>Keep my words</span></label>
        """
    }

    /// What a screen reader is told when a remark is new.
    static func spoken(_ remark: Remark) -> String { "\(remark.label.capitalizedFirst). \(remark.line)" }

    private func remark(_ personal: PersonalRemark) -> HTML {
        let remark = personal.remark
        let ways = remark.starters
        return """
            <p class="reads">\(Icon.pencil)\(remark.label.capitalizedFirst)</p>\
            <p>\(seen(remark)) \(remark.why)</p>\
            <p class="q">\(remark.question)</p>\
            \(if: isAtField && !ways.isEmpty, """
                <div class="starts" role="group" aria-label="Ways to begin">\(ways.html { way in
                    "<button type=\"button\" data-start>\(way)</button>"
                })</div>\
                <p class="meta" data-plain>You could begin with \(ways.html { way in "<q>\(way)</q> " })</p>
                """)\
            \(if: tick == nil, dismissal(personal))
            """
    }

    private func dismissal(_ personal: PersonalRemark) -> HTML {
        """
        <p><button class="btn quiet sm\(if: isUnsaved, " needs-script")" name="remark" value="\(personal.mark)" \
        form="coach-dismissal">Keep my words<span class="vh">: \(personal.remark.label)</span></button></p>
        """
    }

    /// The sentence with the words that it quotes marked, where they are words of the text.
    private func seen(_ remark: Remark) -> HTML {
        let seen = remark.seen
        guard !remark.marks.isEmpty, let opening = seen.firstIndex(of: "“"), let closing = seen.lastIndex(of: "”"),
            opening < closing
        else { return HTML(text: seen) }
        let words = seen[seen.index(after: opening)..<closing]
        return "\(seen[..<opening])<mark dir=\"auto\">\(words)</mark>\(seen[seen.index(after: closing)...])"
    }

    /// The text with the words marked that the remarks are about: what lies under the field.
    static func marked(_ text: String, _ remarks: [Remark]) -> HTML {
        guard !remarks.isEmpty else { return "\(text) " }
        let scalars = Array(text.unicodeScalars)
        func words(_ range: Range<Int>) -> String {
            String(String.UnicodeScalarView(scalars[range]))
        }
        var html = HTML.empty
        var position = 0
        for mark in remarks.flatMap(\.marks).sorted(by: { $0.lowerBound < $1.lowerBound })
        where mark.lowerBound >= position && mark.upperBound <= scalars.count {
            html += "\(words(position..<mark.lowerBound))<mark>\(words(mark))</mark>"
            position = mark.upperBound
        }
        // A line end at the very end would take no room.
        return html + "\(words(position..<scalars.count)) "
    }
}
