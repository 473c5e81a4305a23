// Splits what a person typed into sentences: prose, bullets, fragments on lines of their own, headings.

/// A sentence, bullet or heading, and where it stands in the text that it was found in.
public struct Sentence: Sendable, Equatable {
    /// What kind of line the sentence was found on.
    public enum Form: Sendable, Equatable {
        case prose
        /// After a "-", "*", "•", "1.", "a)" or "[ ]"; the mark isn't part of the sentence.
        case bullet
        /// After one or more "#"; the mark isn't part of the sentence.
        case heading
    }

    /// As typed, without the space around it. A sentence that runs over a line end holds the line end.
    public let text: String
    /// Where it stands, in Unicode scalars from the start of the whole text.
    public let range: Range<Int>
    /// The line that it starts on, counted from 1.
    public let line: Int
    /// Where on that line it starts, in Unicode scalars, counted from 1.
    public let column: Int
    public let form: Form
}

/// The sentences of a text in order, in time linear in its length.
///
/// A line end closes a sentence unless a long line runs on in lower case, as in mail that was wrapped by hand.
/// Points inside figures, addresses and common abbreviations close nothing.
public func sentences(in text: String) -> [Sentence] {
    var splitter = SentenceSplitter(text)
    return splitter.split()
}

private struct SentenceSplitter {
    private let scalars: [Unicode.Scalar]
    private var found: [Sentence] = []

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// A line of the text: what it is and where its words start and end.
    private struct Line {
        var number: Int
        /// Where the line starts, before any mark or space.
        var start: Int
        /// Where its words start, after the mark of a bullet or heading.
        var body: Int
        var end: Int
        var form: Sentence.Form
        var isBlank: Bool { body >= end }
    }

    mutating func split() -> [Sentence] {
        var lines = lines()[...]
        while let first = lines.popFirst() {
            var block = [first]
            while let last = block.last, let next = lines.first, runsOn(from: last, to: next) {
                block.append(next)
                lines.removeFirst()
            }
            splitBlock(block)
        }
        return found
    }

    private func lines() -> [Line] {
        var lines: [Line] = []
        var start = 0
        var number = 1
        while start <= scalars.count {
            var end = start
            while end < scalars.count, !scalars[end].isLineEnd { end += 1 }
            lines.append(line(number: number, start: start, end: end))
            let isPair = end + 1 < scalars.count && scalars[end] == "\r" && scalars[end + 1] == "\n"
            start = end + (isPair ? 2 : 1)
            number += 1
        }
        return lines
    }

    private func line(number: Int, start: Int, end: Int) -> Line {
        var line = Line(number: number, start: start, body: start, end: end, form: .prose)
        while line.end > start, scalars[line.end - 1].isSpace { line.end -= 1 }
        skipSpace(&line)
        while line.body < line.end, scalars[line.body] == ">" {
            line.body += 1
            skipSpace(&line)
        }
        if line.body < line.end, scalars[line.body] == "#" {
            var after = line.body
            while after < line.end, scalars[after] == "#" { after += 1 }
            if after < line.end, scalars[after].isSpace {
                line.body = after
                line.form = .heading
                skipSpace(&line)
            }
            return line
        }
        if let after = bulletEnd(from: line.body, to: line.end) {
            line.body = after
            line.form = .bullet
            skipSpace(&line)
        }
        if line.body + 2 < line.end, scalars[line.body] == "[", scalars[line.body + 2] == "]",
            " xX".unicodeScalars.contains(scalars[line.body + 1])
        {
            line.body += 3
            line.form = .bullet
            skipSpace(&line)
        }
        return line
    }

    private func skipSpace(_ line: inout Line) {
        while line.body < line.end, scalars[line.body].isSpace { line.body += 1 }
    }

    /// Where the mark of a bullet ends, if there is one: a sign, or up to three digits or one letter
    /// with a point or bracket, and a space behind it.
    private func bulletEnd(from start: Int, to end: Int) -> Int? {
        guard start + 1 < end else { return nil }
        let first = scalars[start]
        if "•‣▪●◦·∙○■□➢✓✔".unicodeScalars.contains(first) { return start + 1 }
        if "-*+–—".unicodeScalars.contains(first) { return scalars[start + 1].isSpace ? start + 1 : nil }
        var after = start
        if first.isDigit {
            while after < end, scalars[after].isDigit, after - start < 3 { after += 1 }
        } else if first.isASCII, first.isLetter {
            after += 1
        }
        guard after > start, after + 1 < end, scalars[after + 1].isSpace else { return nil }
        let mark = scalars[after]
        if mark == ")" { return after + 1 }
        return mark == "." && first.isDigit ? after + 1 : nil
    }

    /// A line of 50 scalars or more that closes nothing runs on into a plain line that starts in lower case.
    private func runsOn(from line: Line, to next: Line) -> Bool {
        guard !line.isBlank, !next.isBlank, next.form == .prose, line.form != .heading,
            line.end - line.start >= 50, scalars[next.body].isLower || scalars[next.body].isDigit
        else { return false }
        return !".!?:;。！？".unicodeScalars.contains(scalars[line.end - 1])
    }

    private mutating func splitBlock(_ block: [Line]) {
        guard let first = block.first, let last = block.last, !first.isBlank else { return }
        var lineIndex = 0
        var start = first.body
        var position = start
        func close(at end: Int, _ splitter: inout SentenceSplitter) {
            while lineIndex + 1 < block.count, block[lineIndex + 1].start <= start { lineIndex += 1 }
            splitter.add(start..<end, on: block[lineIndex])
        }
        while position < last.end {
            let stop = stop(at: position, from: start, to: last.end)
            position = stop.end
            guard stop.closes else { continue }
            close(at: stop.end, &self)
            while position < last.end, scalars[position].isSpace { position += 1 }
            start = position
        }
        if start < last.end { close(at: last.end, &self) }
    }

    /// Whether a sentence closes at `position`, and where to read on: behind all the marks that stand together,
    /// so that no run of marks is read twice.
    private func stop(at position: Int, from start: Int, to limit: Int) -> (closes: Bool, end: Int) {
        let mark = scalars[position]
        let isFullWidth = mark == "。" || mark == "！" || mark == "？"
        let isPictograph = mark.isPictograph
        guard isFullWidth || isPictograph || mark == "." || mark == "!" || mark == "?" || mark == "…"
        else { return (false, position + 1) }
        let end = endOfMarks(from: position, to: limit)
        if isFullWidth { return (true, end) }
        guard end < limit, scalars[end].isSpace else { return (false, end) }
        var next = end
        while next < limit, scalars[next].isSpace { next += 1 }
        guard next < limit else { return (false, next) }
        return (closes(at: position, behind: end, from: start, before: scalars[next]), end)
    }

    private func closes(
        at position: Int, behind end: Int, from start: Int, before follower: Unicode.Scalar
    ) -> Bool {
        let mark = scalars[position]
        if mark == "." && end == position + 1 {
            return closesAtPoint(position, from: start, before: follower)
        }
        if mark == "?" { return true }
        // An emoji behind a few words closes a fragment: "Shipped it at last 🎉 Now the docs".
        if mark.isPictograph { return position - start >= 12 && follower.isUpper }
        return !follower.isLower
    }

    /// A single point closes a sentence unless the word before it is a common abbreviation.
    private func closesAtPoint(_ position: Int, from start: Int, before follower: Unicode.Scalar) -> Bool {
        var wordStart = position
        while wordStart > start, position - wordStart < 12,
            scalars[wordStart - 1].isWordPart || scalars[wordStart - 1] == "."
        {
            wordStart -= 1
        }
        guard wordStart < position else { return !follower.isLower }
        var word = String.UnicodeScalarView()
        for scalar in scalars[wordStart..<position] {
            for small in scalar.properties.lowercaseMapping.unicodeScalars { word.append(small) }
        }
        let lower = String(word)
        if Abbreviations.neverLast.contains(lower) { return false }
        if Abbreviations.lastBeforeCapital.contains(lower) { return follower.isUpper }
        if position - wordStart == 1, scalars[wordStart].isUpper, scalars[wordStart] != "I" { return false }
        if lower == "no" || lower == "nos" || lower == "fig" { return !follower.isDigit }
        return true
    }

    /// Behind a closing mark: more marks, closing quotes and brackets, and emoji after a space.
    private func endOfMarks(from position: Int, to limit: Int) -> Int {
        var end = position + 1
        while end < limit {
            let scalar = scalars[end]
            if ".!?…。！？)]}\"'”’»*_`".unicodeScalars.contains(scalar) || scalar.isPictograph
                || scalar.value == 0xFE0F || scalar.value == 0x200D
                || (0x1F3FB...0x1F3FF).contains(scalar.value)
            {
                end += 1
            } else if scalar == " ", end + 1 < limit, scalars[end + 1].isPictograph {
                end += 2
            } else {
                break
            }
        }
        return end
    }

    private mutating func add(_ range: Range<Int>, on line: Line) {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[range])
        found.append(
            Sentence(
                text: String(text), range: range, line: line.number,
                column: range.lowerBound - line.start + 1, form: line.form))
    }
}

/// Words whose point doesn't close a sentence.
private enum Abbreviations {
    static let neverLast: Set<String> = [
        "e.g", "eg", "i.e", "ie", "cf", "vs", "v", "approx", "ca", "mr", "mrs", "ms", "dr", "prof", "st",
        "rev",
        "hon", "gen", "sgt", "capt", "dept", "est", "incl", "excl", "resp", "viz", "jan", "feb", "apr", "aug",
        "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "para", "art", "sec",
        "ref", "refs", "pp", "vol", "ed", "eds", "tel", "ext", "messrs", "w", "b", "z.b",
    ]
    static let lastBeforeCapital: Set<String> = [
        "etc", "a.m", "p.m", "am", "pm", "inc", "ltd", "co", "corp", "al", "jr", "sr", "u.s", "u.k", "e.u",
        "u.n",
        "min", "max", "hrs", "hr", "yr", "yrs", "wk", "wks", "mo", "mos", "qty", "avg", "mgmt", "govt",
        "assoc",
    ]
}
