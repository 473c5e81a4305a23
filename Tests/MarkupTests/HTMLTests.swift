import Markup
import Testing

@Suite("The HTML literal")
struct HTMLTests {
    @Test("Interpolated text can't become markup", arguments: ["<b>", "\"><script>", "a & b", "'", "e\u{301}<\u{301}"])
    func escaping(text: String) {
        let html: HTML = "<p title=\"\(text)\">\(text)</p>"
        #expect(!html.text.dropFirst(3).dropLast(4).utf8.dropFirst(7).contains(UInt8(ascii: "'")))
        #expect(html.text.utf8.count(where: { $0 == UInt8(ascii: "<") }) == 2)
    }

    @Test("Control characters are left out, tabs, line ends and everything else kept")
    func controls() {
        let html: HTML = "<p>\("a\u{0}b\u{1}\u{1B}[31m\u{7F}\u{85}\u{9F}c\t\n\r\u{A0}é\u{200F}<\u{7}")</p>"
        #expect(html.text == "<p>ab[31mc\t\n\r\u{A0}é\u{200F}&lt;</p>")
        #expect(("\("\u{0}")" as HTML).isEmpty)
    }

    @Test("Markup of one character, of none and beyond ASCII is as it stands in the source")
    func shortMarkup() {
        let dot: HTML = "·"
        let nothing: HTML = ""
        #expect(("<\(dot)\(nothing)>" as HTML).text == "<·>")
        #expect(nothing.isEmpty && !dot.isEmpty)
        #expect((nothing + dot + "x") == "·x")
    }

    @Test("HTML inside HTML is inserted as it is")
    func nesting() {
        let inner: HTML = "<b>\("<")</b>"
        #expect(("<p>\(inner)</p>" as HTML).text == "<p><b>&lt;</b></p>")
    }
}
