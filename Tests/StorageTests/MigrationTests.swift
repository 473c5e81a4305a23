// A database is brought to the present schema step by step, each once.
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Migrations")
struct MigrationTests {
    private let now = Date(milliseconds: 1_700_000_000_000)
    private let first = Migrations.Step(
        number: 1, name: "team",
        sql: "create table team (id bigint primary key); insert into team values (1);")
    private let second = Migrations.Step(
        number: 2, name: "seat", sql: "create table seat (id bigint primary key);")
    private let failing = Migrations.Step(
        number: 3, name: "broken",
        sql:
            """
            create table chair (id bigint primary key);
            insert into team values (2);
            insert into nowhere values (1);
            """
    )

    @Test("An empty database gets every step, in order of number", arguments: TestEngines.all)
    func fresh(engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            let migrations = Migrations(steps: [second, first])
            let pending = try await migrations.pending(in: database)
            #expect(pending == [first, second])
            let applied = try await migrations.apply(to: database, now: now)
            #expect(applied == [first, second])
            let noted = try await database.read { tx in
                try tx.rows("select number, name, applied_at from migration order by number").map(\.values)
            }
            #expect(
                noted == [
                    [.integer(1), .text("team"), .integer(1_700_000_000_000)],
                    [.integer(2), .text("seat"), .integer(1_700_000_000_000)],
                ])
        }
    }

    @Test("A step is applied once, also when two servers start at once", arguments: TestEngines.all)
    func repeated(engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            let column = Migrations.Step(
                number: 3, name: "name", sql: "alter table seat add column name text;")
            let migrations = Migrations(steps: [first, second, column])
            let applied = try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try await migrations.apply(to: database, now: now) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(applied) == [first, second, column])
            #expect(applied.count == 3)
            let again = try await migrations.apply(to: database, now: now)
            #expect(again.isEmpty)
            let teams = try await database.read { tx in try tx.value(Int.self, "select count(*) from team") }
            #expect(teams == 1)
        }
    }

    @Test("A database of a newer version is left alone", arguments: TestEngines.all)
    func newer(engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            try await Migrations(steps: [first, second]).apply(to: database, now: now)
            await #expect(throws: MigrationError.databaseIsNewer(2, than: 1)) {
                try await Migrations(steps: [first]).apply(to: database, now: now)
            }
        }
    }

    @Test("A step that fails leaves no trace, and those before it stay", arguments: TestEngines.all)
    func failingStep(engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            let migrations = Migrations(steps: [first, second, failing])
            await #expect(throws: StorageError.self) { try await migrations.apply(to: database, now: now) }
            let pending = try await migrations.pending(in: database)
            #expect(pending == [failing])
            let teams = try await database.read { tx in try tx.value(Int.self, "select count(*) from team") }
            #expect(teams == 1)
            await #expect(throws: StorageError.self) {
                try await database.read { tx in _ = try tx.rows("select * from chair") }
            }
        }
    }

    @Test("A step may hold more for one of the engines", arguments: TestEngines.all)
    func ownSQL(engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            let step = Migrations.Step(
                number: 1, name: "thing", sql: "create table thing (name text)",
                ownSQL: [
                    .sqlite: "insert into thing values ('sqlite');",
                    .postgresql: "insert into thing values ('postgresql');",
                ])
            try await Migrations(steps: [step]).apply(to: database, now: now)
            let names = try await database.read { tx in try tx.values(String.self, "select name from thing") }
            #expect(names == [engine.rawValue])
        }
    }

    @Test("The product's own steps run on either engine", arguments: TestEngines.all)
    func product(engine: Engine) async throws {
        let numbers = Migrations.product.steps.map(\.number)
        #expect(numbers.first == 1 && numbers == Set(numbers).sorted())
        try await withDatabase(on: engine) { database in
            let pending = try await Migrations.product.pending(in: database)
            #expect(pending.isEmpty)
        }
    }

    @Test(
        "A statement goes on working after another server has changed its table", arguments: TestEngines.all)
    func changedTable(engine: Engine) async throws {
        try await withThings(on: engine) { database in
            for _ in 0..<8 { _ = try await database.read { tx in try tx.rows("select * from thing") } }
            try await database.write { tx in
                try tx.runScript("insert into thing (id) values (1); alter table thing add column more text;")
            }
            for _ in 0..<8 {
                let counts = try await database.read { tx in
                    try tx.rows("select * from thing").map(\.values.count)
                }
                #expect(counts == [5])
            }
        }
    }
}
