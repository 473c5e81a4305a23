extension Letter {
    /// The letter as plain text: lines of at most 76 characters, where words allow; each link on a line of
    /// its own.
    var text: String {
        var parts: [[String]] = []
        if !kick.isEmpty { parts.append(kick.wrapped()) }
        parts.append(title.underlined(with: "="))
        parts += blocks.map(\.text).filter { !$0.isEmpty }
        // RFC 3676, section 4.3: what follows this line is a signature.
        let foot = smallPrint.flatMap { $0.wrapped() } + links.flatMap { "\($0.words):".wrapped() + [$0.address] }
        if !foot.isEmpty { parts.append(["-- "] + foot) }
        return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }
}

extension Letter.Block {
    fileprivate var text: [String] {
        switch self {
        case .heading(let words): words.underlined(with: "-")
        case .paragraph(let words): words.wrapped()
        case .list(let points):
            points.enumerated().flatMap { $0.element.wrapped(after: "\($0.offset + 1). ") }
        case .steps(let steps): steps.flatMap { $0.text.wrapped(after: "* ") }
        case .button(let label, let address): "\(label):".wrapped() + [address]
        }
    }
}

extension Letter.Step {
    /// `Ana: Brings the one-page case, by 3 Dec`
    fileprivate var text: String {
        if by.isEmpty { return "\(who): \(what)" }
        let what = what.hasSuffix(".") ? String(what.dropLast()) : what
        // The date stays in one piece.
        return "\(who): \(what), by \(by.replacing(" ", with: "\u{A0}"))"
    }
}

extension String {
    /// Lines of at most `width` characters, broken between words. A word that is longer, such as a link,
    /// keeps a line of its own. Line ends that are there stay.
    /// - Parameter mark: stands before the first line; the others are indented as far.
    fileprivate func wrapped(after mark: String = "", width: Int = 76) -> [String] {
        let indent = String(repeating: " ", count: mark.count)
        var lines: [String] = []
        for paragraph in split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            var line = ""
            for word in paragraph.split(whereSeparator: \.isBreakable) {
                if !line.isEmpty, mark.count + line.count + 1 + word.count > width {
                    lines.append(line)
                    line = ""
                }
                line += line.isEmpty ? String(word) : " " + word
            }
            lines.append(line)
        }
        return lines.enumerated().map { index, line in
            if index == 0 { return mark + line }
            return line.isEmpty ? "" : indent + line
        }
    }

    fileprivate func underlined(with character: Character) -> [String] {
        let lines = wrapped()
        return lines + [String(repeating: character, count: lines.map(\.count).max() ?? 0)]
    }
}

extension Character {
    /// Whether a line may end here: white space, but not the space that keeps two words together.
    fileprivate var isBreakable: Bool { isWhitespace && self != "\u{A0}" && self != "\u{202F}" }
}
