/// What somebody looks for, taken apart: words and phrases, every one of which must be there.
///
/// Nothing that is typed has a meaning for an engine: `AND`, `*`, `NEAR(` and a lone quotation mark are words, or nothing.
public struct SearchWords: Sendable, Equatable {
    public let terms: [Term]

    /// A word, or several that stand one after the other: `weekly`, `first week`, `follow-up`.
    public struct Term: Sendable, Equatable {
        public let text: String
        /// Whether its last word may go on, as the one does that is still being typed.
        public let isBeginning: Bool

        public init(_ text: String, isBeginning: Bool = false) {
            self.text = text
            self.isBeginning = isBeginning
        }
    }

    public var isEmpty: Bool { terms.isEmpty }

    /// - Parameter typed: as it was typed. What stands in quotation marks belongs together; the last word, unless it is
    ///   the end of something quoted, may be the beginning of a longer one.
    public init(_ typed: String) {
        var terms: [Term] = []
        var (current, isQuoted) = ("", false)
        func end() {
            // Marks alone are nothing that one could look for.
            if current.contains(where: { $0.isLetter || $0.isNumber }) { terms.append(Term(current)) }
            current = ""
        }
        for character in typed {
            if Self.quotes.contains(character) {
                end()
                isQuoted.toggle()
            } else if character.isWhitespace, !isQuoted {
                end()
            } else {
                current.append(character)
            }
        }
        end()
        let isFinished = typed.last { !$0.isWhitespace }.map(Self.quotes.contains) ?? true
        if !isFinished, let last = terms.popLast() { terms.append(Term(last.text, isBeginning: true)) }
        self.terms = terms
    }

    private static let quotes: Set<Character> = ["\"", "“", "”", "„"]
}

/// Where the words must be.
public enum SearchPlace: Sendable {
    case title
    case anywhere
}

/// The index of the search: what can be found, in `search_entry`, kept by the database itself.
///
/// `search_source` says what can be found, and whose it is. Triggers on the tables that it reads bring each change to
/// `search_entry` in the transaction of the change, so that nothing is found before it is committed or missing after.
/// SQLite has its words in an FTS5 table, PostgreSQL in a text search vector; ``Transaction/finds(_:in:)`` asks them.
public enum SearchIndex {
    /// Builds it anew from what is stored.
    /// - Returns: how many texts can be found.
    @discardableResult
    public static func rebuild(in tx: any Transaction) throws -> Int {
        try tx.run("delete from search_entry")
        let count = try tx.run(
            """
            insert into search_entry (source, thing, part, author, session, objective, title, body)
            select f.* from search_source f
            """)
        // Also where the words and the entries had come apart.
        if tx.engine == .sqlite { try tx.run("insert into search_index (search_index) values ('rebuild')") }
        return count
    }

    /// How many texts the index lacks, or has otherwise than they are stored. Compares all of them.
    public static func faults(in tx: any Transaction) throws -> Int {
        let columns: SQL = "source, thing, part, author, session, objective, title, body"
        func missing(from left: SQL, in right: SQL) throws -> Int {
            try tx.value(
                Int.self,
                """
                select count(*) from (select \(columns) from \(left) except select \(columns) from \(right)) as d
                """) ?? 0
        }
        return try missing(from: "search_source", in: "search_entry")
            + missing(from: "search_entry", in: "search_source")
    }
}
