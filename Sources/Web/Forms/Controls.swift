import Foundation
import Markup
import Storage
import Throughline

/// The controls that forms are made of, each with its label, its readers, its hint and what is wrong with it.
extension Fields {
    /// A labelled control: `control` gets the attributes that tie it to label, hint, error and coach.
    /// - Parameters:
    ///   - coached: set where the coach reads along.
    ///   - remarks: what it says of the text that stands there.
    func labelled(
        _ field: String, _ label: String, hint: String? = nil, seen: Seen? = nil, isLabelHidden: Bool = false,
        coached: Coached? = nil, remarks: [PersonalRemark] = [], control: (_ attributes: HTML) -> HTML
    ) -> HTML {
        let id = id(field)
        // Where the form waits for an answer to the coach, the coach says what about.
        let asked = coached?.tick == nil ? [] : remarks.map(\.inOneLine)
        let problem = problem(field).map {
            asked.contains($0) ? "Answer the coach’s question, or keep your words." : $0
        }
        let described = [
            hint.map { _ in "\(id)-hint" }, problem.map { _ in "\(id)-error" }, coached.map { _ in "\(id)-coach" },
        ].compactMap { $0 }
        let attributes: HTML = """
            id="\(id)" name="\(field)"\(if: problem != nil, " aria-invalid=\"true\"")\
            \(if: isFirstProblem(field), " autofocus")\
            \(if: !described.isEmpty, " aria-describedby=\"\(described.joined(separator: " "))\"")\
            \(coached?.attributes)
            """
        let name: HTML = "<label\(if: isLabelHidden, " class=\"vh\"") for=\"\(id)\">\(label)</label>"
        return """
            <div class="f">
            \(seen.map { seen in "<div class=\"f-top\">\(name)\(seen.html)</div>" as HTML } ?? name)
            \(hint.map { hint in "<p class=\"hint\" id=\"\(id)-hint\">\(hint)</p>" as HTML })
            \(control(attributes))
            \(problem.map { error(field, $0) })
            \(coached.map { coachSlot(field, $0, remarks) })
            </div>
            """
    }

    /// What is wrong with a field of several controls, if anything is. Where it is the first thing, one begins there.
    func error(_ field: String) -> HTML? {
        problem(field).map { error(field, $0, isFirst: isFirstProblem(field)) }
    }

    private func error(_ field: String, _ words: String, isFirst: Bool = false) -> HTML {
        """
        <p class="err" id="\(id(field))-error"\(if: isFirst, " tabindex=\"-1\" autofocus")>\(Icon.risk)\(words)</p>
        """
    }

    /// Problems that belong to no single field, above the form.
    var summary: HTML? {
        guard !general.isEmpty else { return nil }
        return """
            <div class="note bad" role="alert" tabindex="-1" autofocus>\(Icon.off)\
            \(general.html { words in "<p>\(words)</p>" })</div>
            """
    }

    /// The id that what the form adds will have, so that it is added once however often the form is sent: the capability
    /// asks `Transaction.newID`, and the script keeps it with the draft.
    func newID(at now: Date = Date()) -> HTML {
        "<input type=\"hidden\" name=\"id\" value=\"\(value("id", else: ID<Never>(now: now).text))\">"
    }

    /// A field of one line.
    func input(
        _ field: String, _ label: String, value: String, type: String = "text", hint: String? = nil,
        seen: Seen? = nil, isVoice: Bool = false, isRequired: Bool = false, coached: Coached? = nil,
        attributes more: HTML = ""
    ) -> HTML {
        let text = type == "password" ? "" : self.value(field, else: value)
        let remarks = coached?.remarks(on: text) ?? []
        return labelled(field, label, hint: hint, seen: seen, coached: coached, remarks: remarks) { attributes in
            """
            <input\(if: isVoice, " class=\"voice\" dir=\"auto\"") type="\(type)" \(attributes) value="\(text)"\
            \(if: isRequired, " required") \(more)>
            """
        }
    }

    /// A field of several lines. It grows with what is typed.
    func area(
        _ field: String, _ label: String, value: String, rows: Int = 3, hint: String? = nil, seen: Seen? = nil,
        isPrivate: Bool = false, isLabelHidden: Bool = false, coached: Coached? = nil, attributes more: HTML = ""
    ) -> HTML {
        let text = self.value(field, else: value)
        let remarks = coached?.remarks(on: text) ?? []
        return labelled(
            field, label, hint: hint, seen: seen, isLabelHidden: isLabelHidden, coached: coached, remarks: remarks
        ) { attributes in
            // A line end right after the tag is dropped by the HTML parser, so one is always written.
            let area: HTML = """
                <textarea\(if: isPrivate, " class=\"inside\"") \(attributes) rows="\(rows)" dir="auto" \(more)>
                \(text)</textarea>
                """
            guard coached != nil else { return area }
            let echo = CoachAside.marked(text, remarks.map(\.remark))
            return "<div class=\"echo\"><div aria-hidden=\"true\" dir=\"auto\">\(echo)</div>\(area)</div>"
        }
    }

    func select(
        _ field: String, _ label: String, options: [(value: String, label: String)], chosen: String,
        hint: String? = nil, seen: Seen? = nil, isLabelHidden: Bool = false
    ) -> HTML {
        let chosen = value(field, else: chosen)
        return labelled(field, label, hint: hint, seen: seen, isLabelHidden: isLabelHidden) { attributes in
            """
            <select \(attributes)>\(options.html { option in
                "<option value=\"\(option.value)\"\(if: option.value == chosen, " selected")>\(option.label)</option>"
            })</select>
            """
        }
    }

    /// One of a few, as round chips or joined segments.
    func choices(
        _ field: String, _ legend: String, options: [(value: String, label: HTML)], chosen: String,
        style: ChoiceStyle = .chips, isLegendHidden: Bool = false
    ) -> HTML {
        let chosen = value(field, else: chosen)
        let radios = options.enumerated().html { index, option in
            """
            <label\(if: style == .chips, " class=\"chip\"")><input type="radio" name="\(field)" \
            value="\(option.value)"\(if: option.value == chosen, " checked")\
            \(if: index == 0 && isFirstProblem(field), " autofocus")>\(option.label)</label>
            """
        }
        return """
            <fieldset class="f"\(if: problem(field) != nil, " aria-describedby=\"\(id(field))-error\"")>
            <legend\(if: isLegendHidden, " class=\"vh\"")>\(legend)</legend>
            <div class="\(style.rawValue)">\(radios)</div>\(problem(field).map { error(field, $0) })
            </fieldset>
            """
    }

    enum ChoiceStyle: String {
        case chips
        case segments = "seg"
        case bigSegments = "seg big"
    }
}

/// Who can read what is written in a field.
enum Seen {
    case onlyYou
    case draft
    case pair(with: String)
    case team(String)
    case company(String)

    var html: HTML {
        switch self {
        case .onlyYou: "<span class=\"seen private\">\(Icon.lock)Only you</span>"
        case .draft: "<span class=\"seen draft\">\(Icon.pencil)Draft, only you until you share it</span>"
        case .pair(let name): "<span class=\"seen pair\">\(Icon.pair)You and \(name)</span>"
        case .team(let name): "<span class=\"seen team\">\(Icon.team)\(name)</span>"
        case .company(let name): "<span class=\"seen company\">\(Icon.company)Everyone at \(name)</span>"
        }
    }
}
