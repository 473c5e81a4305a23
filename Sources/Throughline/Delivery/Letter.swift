/// A message to one person, by its meaning: the same letter becomes plain text and HTML.
public struct Letter: Sendable, Equatable {
    public var subject: String
    /// What mail programs show beside the subject.
    public var preview = ""
    /// When and with whom, above the title.
    public var kick = ""
    public var title: String
    public var blocks: [Block]
    /// Why this came and how to stop it, at the foot.
    public var smallPrint: [String] = []
    /// Below the small print: where to change what comes, and how to stop it.
    public var links: [Link] = []

    public init(
        subject: String, preview: String = "", kick: String = "", title: String, blocks: [Block],
        smallPrint: [String] = [], links: [Link] = []
    ) {
        self.subject = subject
        self.preview = preview
        self.kick = kick
        self.title = title
        self.blocks = blocks
        self.smallPrint = smallPrint
        self.links = links
    }

    public struct Link: Sendable, Equatable {
        public var words: String
        public var address: String

        public init(words: String, address: String) {
            self.words = words
            self.address = address
        }
    }

    public enum Block: Sendable, Equatable {
        case heading(String)
        case paragraph(String)
        /// Numbered points.
        case list([String])
        /// Who does what by when.
        case steps([Step])
        /// The one thing to do.
        case button(label: String, address: String)
    }

    public struct Step: Sendable, Equatable {
        public var who: String
        public var what: String
        public var by: String

        public init(who: String, what: String, by: String) {
            self.who = who
            self.what = what
            self.by = by
        }
    }
}
