// Every kind of value comes back from either engine as it was stored, and nothing else does.
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Values")
struct ValueTests {
    private static let integers: [Int64] = [0, 1, -1, .max, .min, 1 << 31, -(1 << 31) - 1]
    private static let reals: [Double] = [
        0, -0.5, 0.1, 1.0 / 3, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity,
    ]
    private static let texts = [
        "", " ", "plain", "quote ' double \" back \\ percent % $1 ? :x @x", "naïve café", "日本語", "👩🏽‍🚀", "שלום",
        "e\u{301} is not \u{e9}", "line\nbreak\ttab\r\n\u{1}\u{7f}",
        String(repeating: "long ", count: 50_000),
    ]

    @Test("A value comes back as it was stored", arguments: TestEngines.all)
    func roundTrip(engine: Engine) async throws {
        try await withThings(on: engine) { database in
            try await database.write { tx in
                for number in Self.integers { try tx.run("insert into thing (id) values (\(number))") }
                for (id, number) in Self.reals.enumerated() {
                    try tx.run("insert into thing (id, amount) values (\(id + 100), \(number))")
                }
                for (id, text) in Self.texts.enumerated() {
                    try tx.run("insert into thing (id, words) values (\(id + 200), \(text))")
                }
            }
            try await database.read { tx in
                let integers = try tx.values(
                    Int64.self, "select id from thing where words is null and amount is null order by id")
                #expect(integers == Self.integers.sorted())
                let reals = try tx.values(
                    Double.self, "select amount from thing where amount is not null order by id")
                #expect(reals == Self.reals)
                let texts = try tx.values(
                    String.self, "select words from thing where words is not null order by id")
                #expect(texts.map { Array($0.utf8) } == Self.texts.map { Array($0.utf8) })
                let missing = try tx.rows("select words, amount from thing where id = \(0)")
                #expect(missing.map(\.values) == [[.null, .null]])
            }
        }
    }

    @Test("A value means the same wherever it stands in a statement", arguments: TestEngines.all)
    func placement(engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            try await database.read { tx in
                let row = try tx.rows(
                    "select \(1), \("a"), \(0.5), \(String?.none), \(7) + 1, \("x") || \("y")")
                let expected: [SQLValue] = [
                    .integer(1), .text("a"), .real(0.5), .null, .integer(8), .text("xy"),
                ]
                #expect(row.map(\.values) == [expected])
                let none = String?.none
                #expect(try tx.values(Int.self, "select 1 where \(none) is null") == [1])
                #expect(try tx.values(Int.self, "select 1 where \("some") is null") == [])
                #expect(try tx.values(Int.self, "select 1 where coalesce(\(none), \("b")) = \("b")") == [1])
            }
        }
    }

    @Test("Sums, counts and averages are the same kind of number on both engines", arguments: TestEngines.all)
    func aggregates(engine: Engine) async throws {
        try await withThings(on: engine) { database in
            try await database.write { tx in
                for id in 1...4 {
                    try tx.run("insert into thing (id, amount) values (\(id), \(Double(id) / 2))")
                }
            }
            try await database.read { tx in
                let row = try tx.rows(
                    "select count(*), sum(id), avg(id), sum(amount), max(words), min(id) from thing")
                let expected: [SQLValue] = [
                    .integer(4), .integer(10), .real(2.5), .real(5), .null, .integer(1),
                ]
                #expect(row.map(\.values) == [expected])
            }
        }
    }

    @Test("Dates, truths, choices and ids are stored in their portable form", arguments: TestEngines.all)
    func portableForms(engine: Engine) async throws {
        enum Colour: String, SQLBindable, SQLReadable { case red, blue }
        try await withThings(on: engine) { database in
            let id = ID<Colour>()
            let date = Date(milliseconds: 1_763_661_234_567)
            try await database.write { tx in
                try tx.run("insert into thing (id, words, flag) values (\(date), \(Colour.blue), \(true))")
                try tx.run("insert into thing (id, words, flag) values (\(2), \(id), \(false))")
            }
            try await database.read { tx in
                let rows = try tx.rows("select id, words, flag from thing order by flag")
                #expect(
                    rows.map(\.values) == [
                        [.integer(2), .text(id.text), .integer(0)],
                        [.integer(1_763_661_234_567), .text("blue"), .integer(1)],
                    ])
                var last = try #require(rows.last)
                #expect(try last.next(Date.self) == date)
                #expect(try last.next(Colour.self) == .blue)
                #expect(try last.next(Bool.self))
                #expect(throws: RowError.self) { try last.next(Int.self) }
            }
        }
    }

    @Test("Text with a NUL and numbers that are none are refused", arguments: TestEngines.all)
    func unstorable(engine: Engine) async throws {
        try await withThings(on: engine) { database in
            await #expect(throws: StorageError.constraint("a text holds a NUL character")) {
                try await database.write { tx in
                    _ = try tx.run("insert into thing (id, words) values (\(1), \("a\0b"))")
                }
            }
            await #expect(throws: StorageError.constraint("a number is not a number (NaN)")) {
                try await database.write { tx in
                    _ = try tx.run("insert into thing (id, amount) values (\(1), \(Double.nan))")
                }
            }
            let count = try await database.read { tx in try tx.value(Int.self, "select count(*) from thing") }
            #expect(count == 0)
        }
    }

    @Test("SQL in a value stays a value", arguments: TestEngines.all)
    func injection(engine: Engine) async throws {
        let attacks = [
            "'); drop table thing; --", "' or '1'='1", "1; delete from thing", "\\'; delete from thing; --",
            "$1", "?", "$$; delete from thing; $$", "/*", "--", "\u{FF07} or 1=1",
        ]
        try await withThings(on: engine) { database in
            try await database.write { tx in
                for (id, attack) in attacks.enumerated() {
                    try tx.run("insert into thing (id, words) values (\(id), \(attack))")
                }
            }
            try await database.read { tx in
                for (id, attack) in attacks.enumerated() {
                    #expect(try tx.values(Int.self, "select id from thing where words = \(attack)") == [id])
                }
                let found = try tx.values(
                    String.self, "select words from thing where words in \(list: attacks) order by id")
                #expect(found == attacks)
                #expect(try tx.rows("select 1 from thing where words in \(list: [String]())").isEmpty)
            }
        }
    }

    @Test("Text is found, folded and sorted alike on both engines", arguments: TestEngines.all)
    func text(engine: Engine) async throws {
        try await withThings(on: engine) { database in
            let names = ["Zoë", "ÉMILE", "anna", "Émile", "Anna", "Øyvind"]
            try await database.write { tx in
                for (id, name) in names.enumerated() {
                    try tx.run("insert into thing (id, words) values (\(id), \(name))")
                }
            }
            try await database.read { tx in
                let sorted = try tx.values(String.self, "select words from thing order by words")
                #expect(sorted == ["Anna", "Zoë", "anna", "ÉMILE", "Émile", "Øyvind"])
                #expect(try tx.values(Int.self, "select id from thing where words like \("%nna")") == [2, 4])
                #expect(try tx.values(Int.self, "select id from thing where words like \("anna")") == [2])
                let folded = try tx.values(
                    Int.self, "select id from thing where lower(words) = \("émile") order by id")
                #expect(folded == [1, 3])
                #expect(try tx.value(String.self, "select lower(\("ØRE ÀÉ"))") == "øre àé")
            }
        }
    }

    @Test("A list may be long", arguments: TestEngines.all)
    func longList(engine: Engine) async throws {
        try await withThings(on: engine) { database in
            try await database.write { tx in
                for id in 0..<300 { try tx.run("insert into thing (id) values (\(id))") }
            }
            try await database.read { tx in
                for count in [1, 24, 25, 26, 299, 3000] {
                    let found = try tx.values(
                        Int.self, "select id from thing where id in \(list: Array(0..<count)) order by id")
                    #expect(found == Array(0..<min(count, 300)))
                }
            }
        }
    }
}

/// A database with one table that holds each kind of value.
func withThings(on engine: Engine, _ body: (any Database) async throws -> Void) async throws {
    try await withDatabase(on: engine, migrations: nil) { database in
        try await database.write { tx in
            try tx.runScript(
                """
                create table thing (
                    id bigint primary key,
                    amount double precision,
                    words text,
                    flag integer not null default 0
                );
                """)
        }
        try await body(database)
    }
}
