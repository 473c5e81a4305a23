import Markup

extension Letter {
    /// The letter as plain text.
    var text: String {
        var lines = kick.isEmpty ? [] : [kick, ""]
        lines += [title, ""]
        for block in blocks {
            lines += block.text + [""]
        }
        if !smallPrint.isEmpty { lines += ["-- "] + smallPrint }
        return lines.joined(separator: "\n")
    }

    /// The letter as HTML.
    var html: HTML {
        "<p>\(title)</p>"
    }
}

extension Letter.Block {
    fileprivate var text: [String] {
        switch self {
        case .heading(let words): [words, String(repeating: "-", count: words.count)]
        case .paragraph(let words): [words]
        case .list(let points): points.enumerated().map { "\($0.offset + 1). \($0.element)" }
        case .steps(let steps): steps.map { "* \($0.who): \($0.what) (\($0.by))" }
        case .button(let label, let address): ["\(label): \(address)"]
        }
    }
}
