// The splitting of typed text into sentences and words.

import Testing

@testable import Coach

@Suite("Reading typed text")
struct TextSentenceTests {
    private func texts(_ text: String) -> [String] {
        sentences(in: text).map(\.text)
    }

    @Test("Prose is split at the end of each sentence")
    func prose() {
        #expect(
            texts("Refunds fell. Why? Because the guide is clearer!") == [
                "Refunds fell.", "Why?", "Because the guide is clearer!",
            ])
    }

    @Test("Abbreviations, figures, addresses and initials close nothing")
    func pointsInside() {
        for text in [
            "We met Dr. Osei at 9 a.m. about the lease.", "Churn went from 4.1% to 3.2% in v2.4.",
            "See https://example.org/a.b?c=1.5 for more", "Sizes, e.g. 40 and 42, run small.",
            "J. Smith signed for the U.S. office.", "Take no. 5, approx. 3 kg.", "Open Package.swift first.",
        ] {
            #expect(texts(text) == [text])
        }
    }

    @Test("A web address keeps its points and loses the one behind it")
    func webAddress() {
        let found = words(in: "Read https://example.org/a.b. Then call.")
        #expect(found.map(\.text) == ["Read", "https://example.org/a.b", ".", "Then", "call", "."])
        #expect(found[1].shape.contains(.url))
    }

    @Test("Each bullet is a sentence of its own, without its mark")
    func bullets() {
        let text =
            "# This week\n- waiting on the vendor\n* done with the deck 🎉\n2) ask Priya\n[x] book the room\n  • more"
        let found = sentences(in: text)
        #expect(
            found.map(\.text) == [
                "This week", "waiting on the vendor", "done with the deck 🎉", "ask Priya", "book the room",
                "more",
            ])
        #expect(found.map(\.form) == [.heading, .bullet, .bullet, .bullet, .bullet, .bullet])
        #expect(found.map(\.line) == [1, 2, 3, 4, 5, 6])
        #expect(found.map(\.column) == [3, 3, 3, 4, 5, 5])
    }

    @Test("A long line that was wrapped by hand runs on, a short one doesn't")
    func wrapping() {
        let wrapped = "The migration is slower than we had planned because the old\nsystem has no export."
        #expect(texts(wrapped) == [wrapped])
        #expect(
            texts("still busy with the move\nwaiting for legal") == [
                "still busy with the move", "waiting for legal",
            ])
    }

    @Test("Quotes, brackets and emoji behind a full stop belong to the sentence before it")
    func closingMarks() {
        #expect(
            texts("He said \"no.\" We left. 🎉 (Later.) Fine...  ok") == [
                "He said \"no.\"", "We left. 🎉", "(Later.)", "Fine...  ok",
            ])
        #expect(texts("出荷しました。次は？") == ["出荷しました。", "次は？"])
    }

    @Test("Ranges point at the sentence in the source, whatever scalars came before")
    func ranges() {
        let text = "👩‍👧 Zoë’s café: done!\r\n\r\n  – Next one… Ok"
        let scalars = Array(text.unicodeScalars)
        let found = sentences(in: text)
        #expect(found.count == 3)
        for sentence in found {
            var slice = String.UnicodeScalarView()
            slice.append(contentsOf: scalars[sentence.range])
            #expect(String(slice) == sentence.text)
        }
    }

    @Test("Figures, money, handles and contractions are seen for what they are")
    func shapes() {
        let found = words(in: "Don’t pay £1.3m for 12,5% of Q3, @sam or me@home.nl in 2027")
        let byText = Dictionary(found.map { ($0.text, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(byText["Don’t"]?.lower == "don't")
        #expect(byText["£1.3m"]?.shape.contains(.money) == true)
        #expect(byText["12,5%"]?.shape.contains(.percent) == true)
        #expect(byText["Q3"]?.shape.contains(.mixed) == true)
        #expect(byText["@sam"]?.shape.contains(.handle) == true)
        #expect(byText["me@home.nl"]?.shape.contains(.handle) == true)
        #expect(byText["2027"]?.shape.contains(.year) == true)
    }

    @Test(
        "The forms of a verb share a stem",
        arguments: [
            ["shipped", "shipping", "ships", "ship"], ["released", "releasing", "releases", "release"],
            ["carries", "carried", "carrying", "carry"], ["passes", "passed", "passing", "pass"],
        ])
    func stems(forms: [String]) {
        #expect(Set(forms.map(stem)).count == 1)
    }

    @Test("Empty and blank text has no sentences")
    func blank() {
        #expect(sentences(in: "").isEmpty)
        #expect(sentences(in: " \n\t\n - \n").map(\.text) == ["-"])
        #expect(words(in: "  ").isEmpty)
    }
}
