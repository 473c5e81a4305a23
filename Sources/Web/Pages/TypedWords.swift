import Markup
import NIOCore
import Storage

/// The words of a form that wasn’t taken, to be read and copied. Of a form only names and values arrive, so what the page
/// had sent along unseen is known by its name, and ids by how they look.
struct TypedWords {
    private let entries: [Entry]

    private struct Entry {
        let label: String
        let words: String
    }

    static let none = TypedWords(form: ByteBuffer())

    /// - Parameter form: the form as it was sent; of one that can’t be read, nothing is shown.
    init(form: ByteBuffer) {
        let fields = (try? Form(urlEncoded: form.readableBytesView))?.fields ?? []
        entries = fields.lazy.filter(Self.isTyped).prefix(Self.most).map {
            Entry(label: Self.label($0.name), words: $0.value)
        }
    }

    /// More than any page has.
    private static let most = 500

    /// Sent along by pages and never typed: which version of what, where to go on, which button it was.
    private static let unseen: Set = [
        "back", "do", "draft", "drafted", "extended", "form", "id", "item", "key", "keys", "next", "occurrence",
        "offer",
        "people", "piece", "shown", "step", "username", "version", "was",
    ]

    /// Chosen and not typed, under names of the product’s own that say nothing to people.
    private static let chosen: Set = [
        "ambition", "cancel-next", "carry", "choice", "day", "direction", "ending", "health", "invitations", "kind",
        "leave-links", "length", "level", "locale", "outcome", "pre-read", "repeat", "rhythm", "role", "share", "stage",
        "stance", "state", "theme", "titles", "visibility", "when",
    ]

    private static let secret: Set = ["old", "password", "password-again"]

    static func isTyped(name: String, value: String) -> Bool {
        let name = parts(of: name).joined(separator: "-")
        return ![unseen, chosen, secret].contains { $0.contains(name) } && ID<Never>(value) == nil
            && value.contains { !$0.isWhitespace }
    }

    /// `why-0197…` is about something with an id, which says nothing to people.
    private static func parts(of name: String) -> [Substring] {
        name.split(separator: "-").filter { ID<Never>($0) == nil }
    }

    /// `mail-words` and `startsOn` as words.
    private static func label(_ name: String) -> String {
        let words = parts(of: name).joined(separator: " ").replacing("_", with: " ")
        return words.replacing(/[A-Z]/) { " \($0.output.lowercased())" }.capitalizedFirst
    }

    var html: HTML {
        guard !entries.isEmpty else { return .empty }
        return """
            <section class="stack" aria-labelledby="typed">
            <h2 id="typed">What you typed</h2>
            <p class="meta">Copy from here what you want to use again.</p>
            <dl class="stack">\(entries.html { entry in
                """
                <div><dt class="meta">\(entry.label)</dt>\
                <dd><blockquote class="voice" dir="auto" style="white-space:pre-wrap">\(entry.words)</blockquote></dd></div>
                """
            })</dl>
            </section>
            """
    }
}
