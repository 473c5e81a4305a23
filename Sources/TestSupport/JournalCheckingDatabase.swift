// Holds every write of the product to the rule that it journals.
public import Storage

/// A database on which a write fails that changed something and left no row in the journal.
public struct JournalCheckingDatabase: Database {
    private let base: any Database

    public init(_ base: any Database) {
        self.base = base
    }

    public var engine: Engine { base.engine }

    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await base.read(body)
    }

    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await base.write { tx in
            let watched = JournalCheckingTransaction(base: tx)
            let value = try body(watched)
            try watched.check()
            return value
        }
    }

    public func listen(_ hear: @escaping @Sendable (Announcement) -> Void) {
        base.listen(hear)
    }

    public func close() async {
        await base.close()
    }
}

/// A write that changed something and did not say so in the journal.
public struct NotJournalled: Error, CustomStringConvertible {
    /// The statements that changed something.
    public let statements: [String]

    public var description: String { "not journalled: " + statements.joined(separator: "; ") }
}

/// One transaction's changes. It stays on the thread that the transaction runs on.
private final class JournalCheckingTransaction: Transaction {
    private let base: any Transaction
    private var changes: [String] = []
    private var isJournalled = false
    /// What was shared of the tables that hold drafts too, before they were changed.
    private var sharedBefore: [String: [String]] = [:]

    init(base: any Transaction) {
        self.base = base
    }

    var engine: Engine { base.engine }

    func rows(_ sql: SQL) throws -> [Row] {
        let rows = try base.rows(sql)
        if !rows.isEmpty { note(sql) }
        return rows
    }

    func run(_ sql: SQL) throws -> Int {
        if let table = Self.changedTable(sql.text(.numbered)), Self.draftTables.contains(table),
            sharedBefore[table] == nil
        {
            sharedBefore[table] = try shared(table)
        }
        let count = try base.run(sql)
        if count > 0 { note(sql) }
        return count
    }

    func runScript(_ text: String) throws {
        try base.runScript(text)
    }

    func announce(_ words: String) throws {
        try base.announce(words)
    }

    func finds(_ words: SearchWords, in place: SearchPlace, amongFew few: Bool) -> SQL {
        base.finds(words, in: place, amongFew: few)
    }

    func check() throws {
        if isJournalled { return }
        for (table, before) in sharedBefore where try shared(table) != before {
            changes.append("what is shared of \(table)")
        }
        if !changes.isEmpty { throw NotJournalled(statements: changes) }
    }

    /// Their rows are their author's alone until they are shared, and that they exist is nobody's business.
    private static let draftTables: Set = ["agenda_item", "evidence"]

    private func shared(_ table: String) throws -> [String] {
        try base.values(
            String.self,
            """
            select id || ' ' || version || ' ' || case when removed_at is null then 'in' else 'out' end
            from \(unchecked: table) where shared_at is not null order by id
            """)
    }

    private func note(_ sql: SQL) {
        let text = sql.text(.numbered)
        guard let table = Self.changedTable(text) else { return }
        if table == "journal" { isJournalled = true }
        if !Self.isExempt(table, text, sql.values) { changes.append(text) }
    }

    private static func changedTable(_ text: String) -> String? {
        let words = text.split(maxSplits: 4, whereSeparator: \.isWhitespace).map { $0.lowercased() }
        switch words.first {
        case "insert", "delete": return words.count > 2 ? words[2] : nil
        case "update": return words.count > 1 ? words[1] : nil
        default: return nil
        }
    }

    /// What is no act of anybody's: the journal itself, how far mail has come, when somebody was last seen or looked after, and, so
    /// that not even their being written is told, texts that only their author reads.
    private static func isExempt(_ table: String, _ text: String, _ values: [SQLValue]) -> Bool {
        switch table {
        case "journal", "mail", "reminder_look": true
        case _ where draftTables.contains(table): true
        case "sign_in": text.contains("last_seen_at = ")
        // When a calendar last read, and what calendars were told by mail.
        case "calendar_feed": text.contains("read_at = ")
        case "calendar_entry", "calendar_series": true
        // What somebody has no wish to talk about is theirs alone.
        case "suggestion_dismissal": true
        // So is the order in which they would put the goals, until it is shared.
        case "goal_rank": text.hasPrefix("delete") || values.last == .null
        case "session_text", "session_text_version":
            // The author is the third value of a new row and the last of a changed one; empty where both read it.
            (text.hasPrefix("insert") ? values.dropFirst(2).first : values.last) != .text("")
        default: false
        }
    }
}
