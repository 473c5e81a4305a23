// The seam of the search: what is typed, what each engine finds of it, and an index that the database keeps by itself.
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Search index")
struct SearchTests {
    // MARK: What is typed

    @Test(
        "Words, phrases and the beginning of a word are told apart",
        arguments: [
            ("", []), ("   ", []), ("… - *", []), ("onb", ["onb*"]), ("first week", ["first", "week*"]),
            ("first week ", ["first", "week*"]), ("\"first week\"", ["first week"]),
            ("“first week” plan", ["first week", "plan*"]), ("plan \"first we", ["plan", "first we*"]),
            ("\"\" plan", ["plan*"]), ("plan \"", ["plan"]), ("follow-up —", ["follow-up*"]),
            ("a AND b*", ["a", "AND", "b**"]),
        ])
    func typed(words: String, terms: [String]) {
        #expect(SearchWords(words).terms.map { $0.text + ($0.isBeginning ? "*" : "") } == terms)
    }

    // MARK: What is found

    static let texts: [(text: String, found: [String], missed: [String])] = [
        (
            "Onboarding in the first week", ["onb", "ONBOARDING", "week first", "\"first week\"", "first wee", "i"],
            ["board", "\"week first\"", "\"first wee\"", "firs week", "weekly", "onboarding zebra"]
        ),
        (
            "Café Zoë, São Paulo & Ångström: naïve plans", ["cafe", "CAFÉ", "zoe", "sao paulo", "angstrom", "naive"],
            ["caffe", "paulos"]
        ),
        // The same letters, written with combining marks.
        ("Cafe\u{301} nai\u{308}ve", ["café", "naïve", "\"cafe naive\""], []),
        ("Việt Nam, Łódź, Øresund, Straße", ["viet", "łodz", "øresund", "straße"], ["lodz", "oresund", "strasse"]),
        ("ΣΟΦΙΑ and ЁЛКА and İzmir", ["σοφια", "ёлка", "izmir"], ["елка"]),
        (
            "A follow-up on Q3: 61.5% of 1,200 (don’t wait)",
            [
                "follow-up", "follow", "\"follow up\"", "follow_up", "q3", "61.5%", "61", "1,200", "don't", "don’t",
                "(wait)",
            ],
            ["followup", "q4", "62"]
        ),
        (
            "ana@larkfield.example wrote https://larkfield.example/notes/5 and/or 2026-12-03",
            ["larkfield", "ana@larkfield.example", "notes", "notes/5", "or", "2026-12-03", "12", "example/notes"],
            ["\"lark_\""]
        ),
        ("日本語 の 計画 😀", ["日本", "計画"], ["本語", "😀 zebra"]),
        ("Rain AND sun NEAR the OR of NOT", ["and", "near", "or not", "AND OR"], ["sand"]),
    ]

    @Test("Both engines find the same of the same words", arguments: TestEngines.all)
    func found(engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            for (number, row) in Self.texts.enumerated() {
                try await database.write { tx in try Self.add(row.text, as: "\(number)", in: tx) }
            }
            for (number, row) in Self.texts.enumerated() {
                for typed in row.found {
                    let found = try await Self.things(typed, in: database)
                    #expect(found.contains("\(number)"), "“\(typed)” is in “\(row.text)”")
                }
                for typed in row.missed {
                    let found = try await Self.things(typed, in: database)
                    #expect(!found.contains("\(number)"), "“\(typed)” is not in “\(row.text)”")
                }
            }
        }
    }

    @Test("Nothing that is typed means anything to an engine", arguments: TestEngines.all)
    func harmless(engine: Engine) async throws {
        let typed = [
            "AND", "OR OR", "NOT", "a NOT", "NEAR(a b, 2)", "title:a", "{title}: a", "^a", "a*", "*", "a**", "\"",
            "\"a",
            "a\"b\"\"c", "(", ")(", "a & b | !c", "a <-> b", "a:*", "a:A", "'", "''a'", "a\\", "--",
            "; drop table person",
            "$1", "?", "%", "_", "a\tb\nc", "😀", "e\u{301}", "\u{301}", "\u{200F}a", "1e5 0x1f 1e5e", "𞤀𞤁", "²",
            String(repeating: "a ", count: 100), String(repeating: "x", count: 5_000),
        ]
        try await withDatabase(on: engine) { database in
            try await database.write { tx in try Self.add("plain words", as: "1", in: tx) }
            for typed in typed where !SearchWords(typed).isEmpty {
                for place in [SearchPlace.title, .anywhere] {
                    let found = try await Self.things(typed, at: place, in: database)
                    #expect(found.isEmpty, "\(typed)")
                }
            }
        }
    }

    @Test("A title is asked by itself", arguments: TestEngines.all)
    func title(engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await database.write { tx in
                try Self.add("first week", body: "onboarding", as: "1", in: tx)
                try Self.add("onboarding", body: "first week", as: "2", in: tx)
            }
            let anywhere = try await Self.things("onboarding week", in: database)
            #expect(anywhere == ["1", "2"])
            let titles = try await Self.things("week", at: .title, in: database)
            #expect(titles == ["1"])
            let both = try await Self.things("first week", at: .title, in: database)
            #expect(both == ["1"])
        }
    }

    // MARK: The index

    @Test("What is rolled back was never found, and what is committed is", arguments: TestEngines.all)
    func committed(engine: Engine) async throws {
        struct Stop: Error {}
        try await withDatabase(on: engine) { database in
            await #expect(throws: Stop.self) {
                try await database.write { tx in
                    try Self.fill(tx)
                    throw Stop()
                }
            }
            let before = try await Self.things("spring", in: database)
            #expect(before.isEmpty)
            try await database.write { tx in try Self.fill(tx) }
            let after = try await Self.things("spring", in: database)
            #expect(after.count == Self.filled)
        }
    }

    @Test("Every change of a text changes what is found", arguments: TestEngines.all)
    func changed(engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await database.write { tx in try Self.fill(tx) }
            try await database.write { tx in
                for (table, column) in Self.columns {
                    let changed = try tx.run(
                        "update \(unchecked: table) set \(unchecked: column) = 'autumn' where \(unchecked: column) like 'spring%'"
                    )
                    #expect(changed > 0, "\(table).\(column)")
                }
            }
            let (old, new) = (
                try await Self.things("spring", in: database), try await Self.things("autumn", in: database)
            )
            #expect(old.isEmpty)
            #expect(new.count == Self.filled)
            let faults = try await database.read { tx in try SearchIndex.faults(in: tx) }
            #expect(faults == 0)

            try await database.write { tx in
                for table in ["agenda_item", "evidence", "capture", "action", "key_result"] {
                    try tx.run("update \(unchecked: table) set removed_at = 5")
                }
            }
            let left = try await Self.sources("autumn", in: database)
            #expect(left == ["amendment", "objective", "recap", "session", "session_text"])
            try await database.write { tx in
                for table in ["agenda_item", "evidence", "capture", "action", "key_result"] {
                    try tx.run("update \(unchecked: table) set removed_at = null")
                }
                for table in ["key_result", "action", "recap", "session_text", "amendment"] {
                    try tx.run("delete from \(unchecked: table)")
                }
            }
            let rest = try await Self.sources("autumn", in: database)
            #expect(rest == ["agenda_item", "capture", "evidence", "objective", "session"])
            let end = try await database.read { tx in try SearchIndex.faults(in: tx) }
            #expect(end == 0)
        }
    }

    @Test("A database from before gets its index with the migration", arguments: TestEngines.all)
    func existing(engine: Engine) async throws {
        let product = Migrations.product.steps
        let before = Migrations(steps: product.filter { $0.number < 14 })
        let both = Migrations(steps: product.filter { $0.number <= 14 })
        try await withDatabase(on: engine, migrations: before) { database in
            try await database.write { tx in try Self.fill(tx) }
            let applied = try await both.apply(to: database, now: Date(milliseconds: 0))
            #expect(applied.map(\.name) == ["search"])
            let found = try await Self.things("spring", in: database)
            #expect(found.count == Self.filled)
        }
    }

    @Test("An index that came apart is noticed, and built anew", arguments: TestEngines.all)
    func rebuilt(engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            try await database.write { tx in try Self.fill(tx) }
            let count = try await database.read { tx in try tx.value(Int.self, "select count(*) from search_source") }
            try await database.write { tx in
                try tx.run("delete from search_entry where source = 'action'")
                try tx.run("update search_entry set author = 'x', body = 'winter' where source = 'recap'")
            }
            let faults = try await database.read { tx in try SearchIndex.faults(in: tx) }
            #expect(faults == 3)
            let built = try await database.write { tx in try SearchIndex.rebuild(in: tx) }
            #expect(built == count)
            let after = try await database.read { tx in try SearchIndex.faults(in: tx) }
            #expect(after == 0)
            let found = try await Self.things("spring", in: database)
            #expect(found.count == Self.filled)
            let lost = try await Self.things("winter", in: database)
            #expect(lost.isEmpty)
        }
    }

    @Test("What is copied to another database is found there", arguments: TestEngines.all, TestEngines.all)
    func copied(from: Engine, to: Engine) async throws {
        try await withDatabase(on: .sqlite) { shape in
            let copy = try await TableCopy(shapeOf: shape)
            try await withDatabase(on: from) { source in
                try await source.write { tx in try Self.fill(tx) }
                try await withDatabase(on: to) { target in
                    let isEmpty = try await copy.isEmpty(target)
                    #expect(isEmpty)
                    let rows = try await copy.run(from: source, to: target)
                    #expect(rows == Self.filled + 3, "the people, and nothing of the index")
                    let found = try await Self.things("spring", in: target)
                    #expect(found.count == Self.filled)
                    let faults = try await target.read { tx in try SearchIndex.faults(in: tx) }
                    #expect(faults == 0)
                }
            }
        }
    }
}

extension SearchTests {
    private static func add(_ title: String, body: String = "", as thing: String, in tx: any Transaction) throws {
        try tx.run(
            """
            insert into search_entry (source, thing, part, author, title, body)
            values ('test', \(thing), '', '', \(title), \(body))
            """)
    }

    /// What holds the words, in order.
    private static func things(
        _ typed: String, at place: SearchPlace = .anywhere, in database: any Database
    ) async throws -> [String] {
        try await database.read { tx in
            try tx.values(
                String.self,
                "select e.thing from search_entry e where \(tx.finds(SearchWords(typed), in: place)) order by e.thing")
        }
    }

    private static func sources(_ typed: String, in database: any Database) async throws -> [String] {
        try await database.read { tx in
            try tx.values(
                String.self,
                """
                select distinct e.source from search_entry e where \(tx.finds(SearchWords(typed), in: .anywhere))
                order by e.source
                """)
        }
    }

    /// Every table that is searched, and a column of it that is.
    private static let columns = [
        ("objective", "title"), ("key_result", "title"), ("session", "title"), ("session_text", "body"),
        ("agenda_item", "title"), ("evidence", "body"), ("capture", "body"), ("action", "body"), ("recap", "oath"),
        ("amendment", "body"),
    ]

    /// How many texts ``fill(_:)`` writes.
    private static let filled = 10

    /// A session of two people with one text of each kind, each of which says 'spring'.
    private static func fill(_ tx: any Transaction) throws {
        for person in ["p1", "p2", "p3"] {
            try tx.run(
                """
                insert into person (id, email, name, time_zone, locale, role, state, created_at)
                values (\(person), \(person), \(person), 'Europe/Amsterdam', 'en-GB', 'member', 'active', 1)
                """)
        }
        let statements: [SQL] = [
            """
            insert into objective (id, level, title, created_by, created_at, changed_by, changed_at)
            values ('o1', 'company', 'spring goal', 'p1', 1, 'p1', 1)
            """,
            """
            insert into key_result (id, objective, title, kind, position, created_by, created_at, changed_at)
            values ('k1', 'o1', 'spring figure', 'yes-no', 1, 'p1', 1, 1)
            """,
            """
            insert into session (id, employee, manager, asked_by, purpose, title, minutes, state, starts_at, created_at,
                changed_at)
            values ('s1', 'p1', 'p2', 'p1', 'growth', 'spring talk', 30, 'closing', 1, 1, 1)
            """,
            """
            insert into session_text (session, field, author, version, body, changed_by, changed_at)
            values ('s1', 'private', 'p1', 1, 'spring thought', 'p1', 1)
            """,
            """
            insert into agenda_item (id, session, author, title, minutes, presenter, ending, position, created_at, changed_at)
            values ('i1', 's1', 'p1', 'spring item', 5, 'p1', 'plan', 1, 1, 1)
            """,
            """
            insert into evidence (id, session, author, kind, body, created_at, changed_at)
            values ('v1', 's1', 'p1', 'support', 'spring help', 1, 1)
            """,
            """
            insert into capture (id, session, kind, step, body, author, created_at)
            values ('c1', 's1', 'parked', 1, 'spring thing', 'p1', 1)
            """,
            """
            insert into action (id, session, step, body, owner, due_on, author, created_at)
            values ('a1', 's1', 1, 'spring step', 'p1', '2026-12-03', 'p1', 1)
            """,
            """
            insert into recap (session, version, takeaways, decisions, oath, mail_subject, mail_words, assembled, changed_by,
                changed_at)
            values ('s1', 1, '', '', 'spring it is', '', '', '{}', 'p1', 1)
            """,
            """
            insert into amendment (id, session, author, reason, body, created_at)
            values ('m1', 's1', 'p1', 'a reason', 'spring words', 1)
            """,
        ]
        for statement in statements { try tx.run(statement) }
    }
}
