// The recap as a letter to each of the two, and as a Markdown copy to keep.
public import Foundation
public import Markup
public import Storage

extension Sessions {
    /// The letter to the viewer: as it went out, or, before that, as it will arrive.
    public func recapMail(
        _ id: ID<Session>, as viewer: Viewer
    ) async throws -> (subject: String, html: HTML) {
        let (now, address) = (product.now(), product.address)
        return try await read(id, as: viewer) { access, tx in
            if let sent = try SentLetter.find(id, to: viewer.id, in: tx) { return (sent.subject, sent.html) }
            let view = try Self.recapView(access, at: now, in: tx)
            let letter = view.letter(to: access.me, zone: viewer.timeZone, address: address)
            return (letter.subject, letter.html)
        }
    }
}

/// A recap's letter as it was queued.
private struct SentLetter: RowReadable {
    let subject: String
    let html: HTML

    init(row: inout Row) throws {
        subject = try row.next()
        // Made by ``Letter/html``, which escapes whatever people wrote.
        html = HTML(trusted: try row.next())
    }

    static func find(_ id: ID<Session>, to person: ID<Person>, in tx: any Transaction) throws -> SentLetter? {
        try tx.first(
            SentLetter.self,
            "select subject, html_body from mail where occasion = \("recap/\(id)/\(person)")")
    }
}

extension RecapView {
    /// The day of the talk.
    public func day(in zone: TimeZone) -> Day {
        Day(session.startedAt ?? session.startsAt ?? now, in: zone)
    }

    func letter(to person: PersonName, zone: TimeZone, address: String) -> Letter {
        let words = recap.words
        var blocks: [Letter.Block] = words.mailParagraphs.map { .paragraph($0) }
        if !words.takeawayLines.isEmpty {
            blocks.append(.heading("What we take away"))
            blocks += words.takeawayLines.map { .paragraph($0) }
        }
        if !words.decisionLines.isEmpty { blocks += [.heading("Decided"), .list(words.decisionLines)] }
        if !actions.isEmpty {
            let steps = actions.map { action in
                Letter.Step(who: action.owner.first, what: action.body, by: action.dueOn.short)
            }
            blocks += [.heading("Next steps"), .steps(steps)]
        }
        blocks += [.heading("In a sentence"), .paragraph(words.oath)]
        if let following, let startsAt = following.startsAt {
            let ends = startsAt.adding(minutes: following.minutes).time(in: zone)
            let how = following.isAgreed ? "." : ", proposed."
            blocks += [.heading("The next one"), .paragraph("\(startsAt.long(in: zone)) to \(ends)\(how)")]
        }
        blocks.append(.button(label: "Open the recap", address: "\(address)/sessions/\(session.id)/recap"))
        let confirmed =
            session.confirmedAt.map {
                "You both confirmed this at \($0.time(in: zone)), so it will not change"
            }
            ?? "Once you both say yes, this will not change"
        let names = session.people.map(\.name).inWords
        return Letter(
            subject: words.mailSubject, preview: preview(for: person),
            kick: "\(names), \(day(in: zone).full)", title: session.title, blocks: blocks,
            smallPrint: [
                "\(confirmed); anything later is added below it. Private notes are never in an e-mail.",
                "Sent once, to \(names), because you met.",
            ])
    }

    /// `You have until 3 December; Joost has until 20 November.`
    private func preview(for person: PersonName) -> String {
        let mine = actions.first { $0.owner.id == person.id }
        let theirs = actions.first { $0.owner.id != person.id }
        let parts = [
            mine.map { "You come back on \($0.dueOn.dayAndMonth)" },
            theirs.map { "\($0.owner.first) on \($0.dueOn.dayAndMonth)" },
        ].compactMap { $0 }
        return parts.isEmpty ? session.title : parts.joined(separator: "; ") + "."
    }

    /// A copy to keep, as CommonMark. What people typed is escaped, so that it reads as they typed it.
    public func markdown(zone: TimeZone) -> String {
        let words = recap.words
        var lines = [
            "# \(session.title.escapedForMarkdown)", "",
            "\(session.people.map(\.name).inWords.escapedForMarkdown), \(day(in: zone).full), \(session.minutes) minutes",
            "",
        ]
        func section(_ heading: String, _ content: [String]) {
            if !content.isEmpty { lines += ["## \(heading)", ""] + content + [""] }
        }
        section("What we take away", words.takeawayLines.map { "- \($0.escapedForMarkdown)" })
        section(
            "Decided",
            words.decisionLines.enumerated().map { "\($0.offset + 1). \($0.element.escapedForMarkdown)" })
        section("Next steps", markdownActions)
        section("What we said yes to", ["> \(words.oath.escapedForMarkdown)", ""] + markdownYeses(zone))
        section(
            "Added later",
            amendments.flatMap { amendment in
                [
                    "- \(amendment.createdAt.long(in: zone)), \(amendment.author.name.escapedForMarkdown): "
                        + amendment.body.split(whereSeparator: \.isNewline).map {
                            String($0).escapedForMarkdown
                        }
                        .joined(separator: "\\\n  "),
                    "  Because: \(amendment.reason.escapedForMarkdown)",
                ]
            })
        return lines.joined(separator: "\n")
    }

    private var markdownActions: [String] {
        actions.map { action in
            let box = action.state == .kept ? "x" : " "
            let ending =
                switch action.state {
                case .open: ""
                case .kept: " (kept)"
                case .dropped: " (dropped)"
                }
            let words = action.settledWords.isEmpty ? "" : ": \(action.settledWords.escapedForMarkdown)"
            return "- [\(box)] \(action.owner.first.escapedForMarkdown), by \(action.dueOn.full): "
                + "\(action.body.escapedForMarkdown)\(ending)\(words)"
        }
    }

    private func markdownYeses(_ zone: TimeZone) -> [String] {
        session.people.map { person in
            yes(of: person).map { "- \(person.name.escapedForMarkdown) confirmed \($0.at.long(in: zone))" }
                ?? "- \(person.name.escapedForMarkdown) has not confirmed yet"
        }
    }
}

extension RecapWords {
    /// The opening words, paragraph by paragraph.
    public var mailParagraphs: [String] {
        var paragraphs: [String] = []
        var lines: [Substring] = []
        for line in mailWords.split(separator: "\n", omittingEmptySubsequences: false) {
            let isBlank = line.allSatisfy { $0.isWhitespace }
            if !isBlank { lines.append(line) }
            if isBlank, !lines.isEmpty {
                paragraphs.append(lines.joined(separator: "\n"))
                lines = []
            }
        }
        return lines.isEmpty ? paragraphs : paragraphs + [lines.joined(separator: "\n")]
    }
}

extension SessionAccess {
    func amendmentLetter(body: String, reason: String, zone: TimeZone, address: String) -> Letter {
        Letter(
            subject: "\(me.first) added to what you agreed: \(session.title)".cut(to: Limit.line),
            preview: reason,
            kick: session.startsAt.map { "To the record of \(Day($0, in: zone).full)" } ?? "",
            title: session.title,
            blocks: [.paragraph("\(me.name) added this below the recap that you both confirmed:")]
                + RecapWords(mailWords: body).mailParagraphs.map { .paragraph($0) }
                + [
                    .heading("Why"), .paragraph(reason),
                    .button(label: "Open the recap", address: "\(address)/sessions/\(session.id)/recap"),
                ],
            smallPrint: ["What you both confirmed has not changed."])
    }
}

extension String {
    /// As Markdown that shows exactly these characters (CommonMark 0.31, section 2.4): every ASCII punctuation mark may
    /// be escaped, so each that can mean something where it stands is.
    var escapedForMarkdown: String {
        var escaped = ""
        var isAtStart = true
        for character in self {
            let isMark = Self.markdownMarks.contains(character)
            if isMark || isAtStart && Self.markdownOpenings.contains(character) { escaped.append("\\") }
            escaped.append(character.isNewline ? " " : character)
            isAtStart = isAtStart && character.isWhitespace
        }
        // A number at the start of a line would begin a list.
        guard let first = escaped.first, first.isASCII, first.isNumber,
            let end = escaped.firstIndex(where: { !$0.isNumber }), escaped[end] == "."
        else { return escaped }
        return escaped[..<end] + "\\" + escaped[end...]
    }

    private static let markdownMarks: Set<Character> = [
        "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "(", ")", "#", "!", "|", "~", "&", ":", "@",
    ]
    /// These mean something only where a line begins, and stay as they are inside words.
    private static let markdownOpenings: Set<Character> = ["-", "+", "="]
}
