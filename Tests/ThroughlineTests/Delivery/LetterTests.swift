import Foundation
import Markup
import Testing

@testable import Throughline

@Suite("A letter")
struct LetterTests {
    @Test("A recap reads the same as HTML as the day it was designed")
    func html() throws {
        try expect(Self.recap.html.text, isWhatIsIn: "recap.html")
    }

    @Test("A recap reads well as plain text")
    func text() throws {
        try expect(Self.recap.text, isWhatIsIn: "recap.txt")
    }

    @Test("What people typed stays text in HTML, with the lines they typed it in")
    func markup() {
        var letter = Self.recap
        letter.title = "<b>\"Title\" & 'more'</b>"
        letter.blocks = [
            .paragraph("one\ntwo <script>"), .list(["<i>\nx"]),
            .steps([.init(who: "<u>", what: "a\nb", by: "<s>")]),
            .button(label: "<a>", address: "https://x.example/?a=1&b=\"2\""),
        ]
        letter.smallPrint = ["<small>"]
        let html = letter.html.text
        #expect(html.contains("&lt;b&gt;&quot;Title&quot; &amp; &#39;more&#39;&lt;/b&gt;</h1>"))
        #expect(html.contains(">one<br>two &lt;script&gt;</p>"))
        #expect(html.contains(">&lt;i&gt;<br>x</li>"))
        #expect(html.contains(">a<br>b</td>"))
        #expect(html.contains("href=\"https://x.example/?a=1&amp;b=&quot;2&quot;\""))
        for tag in ["<b>", "<i>", "<u>", "<s>", "<small>", "<script"] { #expect(!html.contains(tag)) }
    }

    @Test("A short letter has no empty parts")
    func short() {
        let letter = Letter(subject: "S", title: "Your address has changed", blocks: [])
        #expect(letter.text == "Your address has changed\n========================\n")
        for part in ["display:none", "class=\"ln\"", "border-left", "14px/21px"] {
            #expect(!letter.html.text.contains(part))
        }
    }

    @Test("Plain text breaks between words at 76 characters, and never in a link")
    func wrapping() {
        let link = "https://throughline.larkfield.example/invitations/" + String(repeating: "k", count: 60)
        let letter = Letter(
            subject: "S", title: String(repeating: "title ", count: 20),
            blocks: [
                .paragraph(String(repeating: "wörd 👩‍👩‍👧‍👦 ", count: 40)), .paragraph("see \(link) there"),
                .list([String(repeating: "point ", count: 30)]), .button(label: "Join", address: link),
            ], smallPrint: [String(repeating: "small ", count: 30)])
        let lines = letter.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 76 || $0 == link })
        #expect(lines.filter { $0 == link }.count == 2)
        #expect(lines.contains("1. " + String(repeating: "point ", count: 12).dropLast()))
        #expect(lines.contains("   " + String(repeating: "point ", count: 12).dropLast()))
        #expect(lines.contains("-- "))
    }

    private func expect(
        _ text: String, isWhatIsIn name: String, at place: SourceLocation = #_sourceLocation
    ) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Expected/\(name)")
        if ProcessInfo.processInfo.environment["THROUGHLINE_TEST_REWRITE"] != nil {
            try Data(text.utf8).write(to: file)
        }
        #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self), sourceLocation: place)
    }

    private static let recap = Letter(
        subject: "What we agreed on 19 November: one handoff owner, and a pause",
        preview:
            "Ana has until 3 December for the case; Joost asks Leila tomorrow. Next session 17 December.",
        kick: "Ana Duarte and Joost Hendriks, Thursday 19 November 2026",
        title: "Where onboarding puts its weight in the first quarter",
        blocks: [
            .heading("What we take away"),
            .paragraph(
                "Clinics with one named owner took their first booking in 6 days; the others took 13. That is the "
                    + "first-quarter bet."),
            .paragraph("The material was never the problem. For fourteen days nobody owned the clinic."),
            .heading("Decided"),
            .list([
                "The pilot widens to Ghent and Leeds on Monday 30 November.",
                "The help-centre migration pauses until 1 February.",
                "Reception can book on day one becomes third priority, with one script.",
            ]),
            .heading("Next steps"),
            .steps([
                .init(
                    who: "Joost", what: "Asks Leila to back the handoff owner with Sales leadership",
                    by: "20 Nov"),
                .init(
                    who: "Ana", what: "Writes down where the migration stops, so anyone can pick it up",
                    by: "24 Nov"),
                .init(
                    who: "Joost", what: "Introduces Ana to Bertrand, to sit in on two pricing conversations",
                    by: "27 Nov"),
                .init(
                    who: "Ana",
                    what: "Brings the one-page case for one handoff owner, with the Ghent numbers",
                    by: "3 Dec"),
            ]),
            .heading("The next one"),
            .paragraph(
                "Thursday 17 December, 14:00 to 14:50. Two things come along: who covers Rafael during his leave, and "
                    + "where Joost could add more value."),
            .button(label: "Open the recap", address: "https://throughline.larkfield.example/s/4f2k/recap"),
        ],
        smallPrint: [
            "You both confirmed this at 15:11, so it will not change; anything later is added below it. Private notes "
                + "are never in an e-mail.",
            "Sent once, to Ana Duarte and Joost Hendriks, by Larkfield’s own Throughline.",
        ])
}
