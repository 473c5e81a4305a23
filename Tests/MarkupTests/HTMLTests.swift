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

    @Test("HTML inside HTML is inserted as it is")
    func nesting() {
        let inner: HTML = "<b>\("<")</b>"
        #expect(("<p>\(inner)</p>" as HTML).text == "<p><b>&lt;</b></p>")
    }
}
