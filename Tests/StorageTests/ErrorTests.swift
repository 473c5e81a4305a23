// Each way in which storage fails has its own error, without anybody's words in it.
import Storage
import TestSupport
import Testing

@Suite("Storage errors")
struct ErrorTests {
    private static let schema = """
        create table team (id bigint primary key, name text not null unique);
        create table person (
            id bigint primary key,
            team bigint not null references team (id),
            level integer not null constraint level_is_positive check (level > 0)
        );
        insert into team (id, name) values (1, 'Harbour');
        """

    private func failure(of statement: SQL, on engine: Engine) async throws -> StorageError? {
        try await withDatabase(on: engine, migrations: nil) { database in
            try await database.write { tx in try tx.runScript(Self.schema) }
            do {
                try await database.write { tx in _ = try tx.run(statement) }
                return nil
            } catch let error as StorageError {
                return error
            }
        }
    }

    @Test("A name that is taken is not unique", arguments: TestEngines.all)
    func unique(engine: Engine) async throws {
        let error = try await failure(of: "insert into team (id, name) values (2, \("Harbour"))", on: engine)
        let constraint = engine == .sqlite ? "team.name" : "team_name_key"
        #expect(error == .notUnique(constraint: constraint))
    }

    @Test("A key that is taken is not unique", arguments: TestEngines.all)
    func primaryKey(engine: Engine) async throws {
        let error = try await failure(of: "insert into team (id, name) values (1, \("Quay"))", on: engine)
        let constraint = engine == .sqlite ? "team.id" : "team_pkey"
        #expect(error == .notUnique(constraint: constraint))
    }

    @Test(
        "A row that breaks a rule of the schema is refused",
        arguments: TestEngines.all,
        [
            "insert into person (id, team, level) values (1, 99, 1)",
            "insert into person (id, team, level) values (1, 1, 0)",
            "insert into person (id, team, level) values (1, null, 1)",
            "delete from team where id = (select 1)",
        ] as [SQL])
    func constraints(engine: Engine, statement: SQL) async throws {
        let person: SQL = "insert into person (id, team, level) values (7, 1, 1)"
        try await withDatabase(on: engine, migrations: nil) { database in
            try await database.write { tx in
                try tx.runScript(Self.schema)
                try tx.run(person)
            }
            let error = await #expect(throws: StorageError.self) {
                try await database.write { tx in _ = try tx.run(statement) }
            }
            guard case .constraint(let name) = error else {
                Issue.record("\(String(describing: error)) is not about a constraint")
                return
            }
            #expect(!name.isEmpty)
        }
    }

    @Test(
        "A foreign key that is checked at the end refuses the whole transaction", arguments: TestEngines.all)
    func deferredConstraint(engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            try await database.write { tx in
                try tx.runScript(
                    """
                    create table a (id bigint primary key);
                    create table b (a bigint references a (id) deferrable initially deferred);
                    """)
            }
            let error = await #expect(throws: StorageError.self) {
                try await database.write { tx in _ = try tx.run("insert into b (a) values (5)") }
            }
            guard case .constraint = error else {
                Issue.record("\(String(describing: error)) is not about a constraint")
                return
            }
            let count = try await database.read { tx in try tx.value(Int.self, "select count(*) from b") }
            #expect(count == 0)
        }
    }

    @Test("SQL that is wrong fails and says where", arguments: TestEngines.all)
    func wrongSQL(engine: Engine) async throws {
        let error = try await failure(of: "insert into nowhere (id) values (1)", on: engine)
        guard case .failed(let words) = error else {
            Issue.record("\(String(describing: error)) is not a failure")
            return
        }
        #expect(words.contains("nowhere"))
    }

    @Test("A read can't write", arguments: TestEngines.all)
    func readOnly(engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            try await database.write { tx in try tx.runScript(Self.schema) }
            let error = await #expect(throws: StorageError.self) {
                try await database.read { tx in _ = try tx.run("delete from team") }
            }
            guard case .failed(let words) = error else {
                Issue.record("\(String(describing: error)) is not a failure")
                return
            }
            #expect(words.hasPrefix("this may only read"))
            let count = try await database.read { tx in try tx.value(Int.self, "select count(*) from team") }
            #expect(count == 1)
        }
    }

    @Test(
        "No error repeats a stored or given value", arguments: TestEngines.all,
        [
            "insert into team (id, name) values (1, \("Secret words"))",
            "insert into team (id, name) select 2, \("Secret words") union select 3, \("Secret words")",
            "insert into person (id, team, level) values (1, 99, 1), (2, 99, length(\("Secret words")))",
            "insert into team (id, name) values (cast(\("Secret words") as bigint), null)",
            "select abs(\(Int64.min)), cast(\("Secret words") as bigint) from nowhere",
            "insert into team (id, name) values (3, substr(\("Secret words"), 1, 0) || null)",
        ] as [SQL])
    func valuesStayOut(engine: Engine, statement: SQL) async throws {
        let error = try await failure(of: statement, on: engine)
        let words = String(describing: try #require(error))
        #expect(!words.contains("Secret"))
    }

    @Test("After a failed statement nothing more can be done in the transaction", arguments: TestEngines.all)
    func failedTransaction(engine: Engine) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            try await database.write { tx in try tx.runScript(Self.schema) }
            let constraint = engine == .sqlite ? "team.id" : "team_pkey"
            await #expect(throws: StorageError.notUnique(constraint: constraint)) {
                try await database.write { tx in
                    try tx.run("insert into team (id, name) values (2, \("Quay"))")
                    #expect(throws: StorageError.self) {
                        try tx.run("insert into team (id, name) values (1, 'x')")
                    }
                    #expect(throws: StorageError.self) { try tx.rows("select 1") }
                }
            }
            let names = try await database.read { tx in try tx.values(String.self, "select name from team") }
            #expect(names == ["Harbour"])
        }
    }
}
