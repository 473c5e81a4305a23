import CMarkdown

extension HTML {
    /// Prose that somebody wrote, as HTML: CommonMark through cmark-gfm. Raw HTML in it is left out, and links may only
    /// lead to safe schemes; both are cmark's defaults and stay so.
    public static func markdown(_ text: String) -> HTML {
        if text.isEmpty { return .empty }
        var text = text
        let rendered = text.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                cmark_markdown_to_html(
                    characters.baseAddress, characters.count, CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_HARDBREAKS)
            }
        }
        guard let rendered else { return .empty }
        // cmark returns memory from malloc.
        defer { free(rendered) }
        return HTML(trusted: String(cString: rendered))
    }
}
