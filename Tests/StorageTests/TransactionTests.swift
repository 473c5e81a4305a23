// A transaction is kept whole or not at all, and people who write at once don't undo each other.
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Transactions", .timeLimit(.minutes(15)))
struct TransactionTests {
    private struct Stop: Error {}

    private func withCounters(
        on engine: Engine, _ body: (any Database) async throws -> Void
    ) async throws {
        try await withDatabase(on: engine, migrations: nil) { database in
            try await database.write { tx in
                try tx.runScript(
                    """
                    create table counter (id bigint primary key, number bigint not null);
                    insert into counter (id, number) values (1, 0);
                    insert into counter (id, number) values (2, 0);
                    """)
            }
            try await body(database)
        }
    }

    @Test("When the body throws, nothing of it is kept", arguments: TestEngines.all)
    func rollback(engine: Engine) async throws {
        try await withCounters(on: engine) { database in
            await #expect(throws: Stop.self) {
                try await database.write { tx in
                    try tx.run("update counter set number = 5")
                    try tx.run("insert into counter (id, number) values (3, 3)")
                    throw Stop()
                }
            }
            let numbers = try await numbers(in: database)
            #expect(numbers == [0, 0])
            try await database.write { tx in _ = try tx.run("update counter set number = 6 where id = 1") }
            let after = try await self.numbers(in: database)
            #expect(after == [6, 0])
        }
    }

    @Test("A statement tells how many rows it changed", arguments: TestEngines.all)
    func changes(engine: Engine) async throws {
        try await withCounters(on: engine) { database in
            try await database.write { tx in
                #expect(try tx.run("update counter set number = 1") == 2)
                #expect(try tx.run("update counter set number = 2 where id = 9") == 0)
                #expect(try tx.run("insert into counter (id, number) values (3, 0), (4, 0), (5, 0)") == 3)
                #expect(
                    try tx.run("insert into counter (id, number) values (3, 0) on conflict do nothing") == 0)
                #expect(try tx.run("create table other (id bigint)") == 0)
                #expect(try tx.run("select id from counter") == 0)
                #expect(try tx.run("delete from counter where id > 2") == 3)
                let returned = try tx.values(
                    Int.self, "update counter set number = \(8) where id = \(1) returning number")
                #expect(returned == [8])
            }
            let numbers = try await numbers(in: database)
            #expect(numbers == [8, 1])
        }
    }

    @Test("Fifty people who add one at once add fifty", arguments: TestEngines.all)
    func increments(engine: Engine) async throws {
        try await withCounters(on: engine) { database in
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await database.write { tx in
                            let number =
                                try tx.value(Int.self, "select number from counter where id = 1") ?? 0
                            try tx.run("update counter set number = \(number + 1) where id = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let numbers = try await numbers(in: database)
            #expect(numbers == [50, 0])
        }
    }

    @Test("Two who each leave because the other stays don't both leave", arguments: TestEngines.all)
    func writeSkew(engine: Engine) async throws {
        try await withCounters(on: engine) { database in
            for _ in 0..<10 {
                try await database.write { tx in _ = try tx.run("update counter set number = 1") }
                try await withThrowingTaskGroup { group in
                    for id in [1, 2] {
                        group.addTask {
                            try await database.write { tx in
                                let present = try tx.value(Int.self, "select sum(number) from counter") ?? 0
                                Thread.sleep(forTimeInterval: 0.005)
                                guard present == 2 else { return }
                                try tx.run("update counter set number = 0 where id = \(id)")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let numbers = try await numbers(in: database)
                #expect(numbers.reduce(0, +) == 1)
            }
        }
    }

    @Test(
        "A reader sees one state of the data, and neither waits for a writer nor holds one up",
        arguments: TestEngines.all)
    func consistentView(engine: Engine) async throws {
        try await withCounters(on: engine) { database in
            let hasRead = DispatchSemaphore(value: 0)
            let hasWritten = DispatchSemaphore(value: 0)
            async let seen = database.read { tx in
                let before = try tx.values(Int.self, "select number from counter order by id")
                hasRead.signal()
                let didWrite = hasWritten.wait(timeout: .now() + 5) == .success
                let after = try tx.values(Int.self, "select number from counter order by id")
                return (before, after, didWrite)
            }
            await blocking { hasRead.wait() }
            try await database.write { tx in
                _ = try tx.run("update counter set number = 1 where id = 1")
                _ = try tx.run("update counter set number = 2 where id = 2")
            }
            hasWritten.signal()
            let (before, after, didWrite) = try await seen
            #expect(didWrite)
            #expect(before == [0, 0])
            #expect(after == [0, 0])
            let numbers = try await numbers(in: database)
            #expect(numbers == [1, 2])
        }
    }

    @Test("A write that is cancelled is kept whole or not at all, and says which", arguments: TestEngines.all)
    func cancelledWrite(engine: Engine) async throws {
        try await withCounters(on: engine) { database in
            let hasBegun = DispatchSemaphore(value: 0)
            let mayGoOn = DispatchSemaphore(value: 0)
            let task = Task {
                try await database.write { tx in
                    try tx.run("update counter set number = 1 where id = 1")
                    hasBegun.signal()
                    mayGoOn.wait()
                    try tx.run("update counter set number = 1 where id = 2")
                }
            }
            await blocking { hasBegun.wait() }
            task.cancel()
            mayGoOn.signal()
            let expected: [Int]
            do {
                try await task.value
                expected = [1, 1]
            } catch is CancellationError {
                expected = [0, 0]
            }
            let numbers = try await numbers(in: database)
            #expect(numbers == expected)
            try await database.write { tx in _ = try tx.run("update counter set number = 9") }
        }
    }

    @Test("A transaction that escapes its body can do nothing", arguments: TestEngines.all)
    func escape(engine: Engine) async throws {
        // Breaks the rule on purpose; only this task uses it.
        final class Box: @unchecked Sendable { var tx: (any Transaction)? }
        let box = Box()
        try await withCounters(on: engine) { database in
            try await database.write { tx in box.tx = tx }
            #expect(throws: StorageError.self) { try box.tx?.run("update counter set number = 5") }
            box.tx = nil
        }
    }

    @Test("A closed database says so", arguments: TestEngines.all)
    func closed(engine: Engine) async throws {
        try await withCounters(on: engine) { database in
            await database.close()
            await database.close()
            await #expect(throws: StorageError.unavailable("the database is closed")) {
                try await database.read { tx in _ = try tx.rows("select 1") }
            }
            await #expect(throws: StorageError.unavailable("the database is closed")) {
                try await database.write { tx in _ = try tx.run("update counter set number = 5") }
            }
        }
    }

    @Test("Closing waits for what is under way", arguments: TestEngines.all)
    func closingWaits(engine: Engine) async throws {
        try await withCounters(on: engine) { database in
            let hasBegun = DispatchSemaphore(value: 0)
            async let number = database.read { tx in
                hasBegun.signal()
                Thread.sleep(forTimeInterval: 0.1)
                return try tx.value(Int.self, "select count(*) from counter")
            }
            await blocking { hasBegun.wait() }
            await database.close()
            let found = try await number
            #expect(found == 2)
        }
    }

    @Test("A counting database counts statements", arguments: TestEngines.all)
    func counting(engine: Engine) async throws {
        try await withCounters(on: engine) { database in
            let counting = CountingDatabase(database)
            try await counting.write { tx in _ = try tx.run("update counter set number = \(3)") }
            _ = try await counting.read { tx in
                try tx.rows("select 1")
                    + tx.rows("select number from counter where id = \(1)")
            }
            #expect(counting.count == 3)
            #expect(counting.statements.first == "update counter set number = $1")
            counting.reset()
            #expect(counting.count == 0)
        }
    }

    private func numbers(in database: any Database) async throws -> [Int] {
        try await database.read { tx in try tx.values(Int.self, "select number from counter order by id") }
    }
}

/// Waits for something on a thread that may block.
func blocking(_ body: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            body()
            continuation.resume()
        }
    }
}
