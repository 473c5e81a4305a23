// What only PostgreSQL has: a server that may be busy, gone, or restarted.
import Foundation
import Storage
import StoragePostgreSQL
import Synchronization
import TestSupport
import Testing

@Suite("PostgreSQL", .enabled(if: TestEngines.postgreSQL != nil), .timeLimit(.minutes(15)))
struct PostgreSQLTests {
    private func withTable(
        connections: Int = 4, patience: Duration = .seconds(5),
        _ body: (PostgreSQLDatabase, String) async throws -> Void
    ) async throws {
        try await withSchema { url in
            // A name of its own, to find this test's sessions among those of others.
            let name = "test-\(UUID().uuidString)"
            let database = try PostgreSQLDatabase(
                url: "\(url)&application_name=\(name)", connections: connections, patience: patience)
            try await database.write { tx in
                try tx.runScript("create table thing (id bigint primary key, words text);")
            }
            do {
                try await body(database, name)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }

    /// What the server says about this test's other sessions.
    private func otherSessions(of name: String, in database: PostgreSQLDatabase) async throws -> [String] {
        try await database.read { tx in
            try tx.values(
                String.self,
                """
                select state from pg_stat_activity
                where application_name = \(name) and pid <> pg_backend_pid() order by state
                """)
        }
    }

    private func endOtherSessions(of name: String, in database: PostgreSQLDatabase) async throws {
        _ = try await database.read { tx in
            try tx.rows(
                """
                select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where application_name = \(name) and pid <> pg_backend_pid()
                """)
        }
    }

    @Test("A caller who finds all connections busy is told so in time, and later served")
    func exhaustion() async throws {
        try await withTable(connections: 2, patience: .milliseconds(200)) { database, _ in
            let mayEnd = DispatchSemaphore(value: 0)
            let hasBegun = DispatchSemaphore(value: 0)
            try await withThrowingTaskGroup { group in
                for _ in 0..<2 {
                    group.addTask {
                        try await database.read { _ in
                            hasBegun.signal()
                            mayEnd.wait()
                        }
                    }
                }
                await blocking {
                    hasBegun.wait()
                    hasBegun.wait()
                }
                let start = ContinuousClock.now
                let words =
                    "all 2 connections to PostgreSQL stayed busy for 0.2 seconds; try again in a moment"
                await #expect(throws: StorageError.unavailable(words)) {
                    try await database.read { tx in _ = try tx.rows("select 1") }
                }
                // Far below the usual patience, and far above what a busy machine adds.
                #expect(ContinuousClock.now - start < .seconds(20))
                mayEnd.signal()
                mayEnd.signal()
                try await group.waitForAll()
            }
            let count = try await database.read { tx in try tx.value(Int.self, "select 1") }
            #expect(count == 1)
        }
    }

    @Test("A caller who gives up waiting leaves the queue")
    func cancelledWait() async throws {
        try await withTable(connections: 1, patience: .seconds(30)) { database, _ in
            let mayEnd = DispatchSemaphore(value: 0)
            let hasBegun = DispatchSemaphore(value: 0)
            async let held: Void = database.read { _ in
                hasBegun.signal()
                mayEnd.wait()
            }
            await blocking { hasBegun.wait() }
            let waiting = (0..<20).map { _ in
                Task { try await database.read { tx in try tx.value(Int.self, "select 1") } }
            }
            for task in waiting.prefix(19) { task.cancel() }
            for task in waiting.prefix(19) {
                await #expect(throws: CancellationError.self) { try await task.value }
            }
            mayEnd.signal()
            try await held
            let last = try await waiting[19].value
            #expect(last == 1)
        }
    }

    @Test("Hundreds of callers share a few connections")
    func manyCallers() async throws {
        try await withTable(connections: 3, patience: .seconds(60)) { database, name in
            try await withThrowingTaskGroup { group in
                for id in 0..<300 {
                    group.addTask {
                        try await database.write { tx in
                            _ = try tx.run("insert into thing (id) values (\(id))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await database.read { tx in try tx.value(Int.self, "select count(*) from thing") }
            #expect(count == 300)
            let others = try await otherSessions(of: name, in: database)
            #expect(others.count <= 2)
        }
    }

    @Test("No session is left in the middle of a transaction")
    func nothingLeftOpen() async throws {
        struct Stop: Error {}
        try await withTable { database, name in
            await withTaskGroup { group in
                for number in 0..<40 {
                    group.addTask {
                        try? await database.write { tx in
                            switch number % 4 {
                            case 0: throw Stop()
                            case 1: _ = try tx.run("insert into nowhere (id) values (1)")
                            case 2: _ = try? tx.run("insert into nowhere (id) values (1)")
                            default: _ = try tx.run("insert into thing (id) values (\(number))")
                            }
                        }
                    }
                }
            }
            let others = try await otherSessions(of: name, in: database)
            #expect(others.allSatisfy { $0 == "idle" })
        }
    }

    @Test("Sessions that the server ended while they were idle are replaced unnoticed")
    func endedWhileIdle() async throws {
        try await withTable { database, name in
            let gate = DispatchSemaphore(value: 0)
            // Opens all four.
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask { try await database.read { _ in _ = gate.wait(timeout: .now() + 0.1) } }
                }
                try await group.waitForAll()
            }
            try await endOtherSessions(of: name, in: database)
            for id in 0..<8 {
                try await database.write { tx in _ = try tx.run("insert into thing (id) values (\(id))") }
            }
            let count = try await database.read { tx in try tx.value(Int.self, "select count(*) from thing") }
            #expect(count == 8)
        }
    }

    @Test("A transaction whose session ends in the middle starts over, once", arguments: [true, false])
    func endedInTheMiddle(isWrite: Bool) async throws {
        try await withTable { database, _ in
            let tries = Tries()
            let body: @Sendable (any Transaction) throws -> Int? = { tx in
                if isWrite { try tx.run("insert into thing (id) values (1)") }
                if tries.add() == 1 {
                    _ = try? tx.rows("select pg_terminate_backend(pg_backend_pid(), 1000)")
                }
                return try tx.value(Int.self, "select count(*) from thing")
            }
            let count = isWrite ? try await database.write(body) : try await database.read(body)
            #expect(count == (isWrite ? 1 : 0))
            #expect(tries.count == 2)

            let more = Tries()
            await #expect(throws: StorageError.unavailable("the connection to PostgreSQL broke")) {
                try await database.read { tx in
                    _ = more.add()
                    _ = try tx.rows("select pg_terminate_backend(pg_backend_pid(), 1000)")
                }
            }
            #expect(more.count == 2)
        }
    }

    @Test("A write whose end is unknown is not tried again, and its caller is told")
    func unknownCommit() async throws {
        try await withTable { database, _ in
            try await database.write { tx in
                try tx.runScript(
                    """
                    create function hang_up() returns trigger language plpgsql as
                        'begin perform pg_terminate_backend(pg_backend_pid(), 1000); return null; end';
                    create constraint trigger hang_up after insert on thing deferrable initially deferred
                        for each row when (new.words = 'bye') execute function hang_up();
                    """)
            }
            let tries = Tries()
            let error = await #expect(throws: StorageError.self) {
                try await database.write { tx in
                    _ = tries.add()
                    _ = try tx.run("insert into thing (id, words) values (1, 'bye')")
                }
            }
            guard case .unavailable(let words) = error else {
                Issue.record("\(String(describing: error)) doesn't say that the server was away")
                return
            }
            #expect(words.contains("it isn't known whether it was kept"))
            #expect(tries.count == 1)
            let count = try await database.read { tx in try tx.value(Int.self, "select count(*) from thing") }
            #expect(count == 0)
        }
    }

    @Test("A write that meets others again and again gives up and says why")
    func endlessCollision() async throws {
        try await withTable { database, _ in
            let tries = Tries()
            let error = await #expect(throws: StorageError.self) {
                try await database.write { tx in
                    _ = tries.add()
                    try tx.runScript("do 'begin raise exception using errcode = ''40001''; end'")
                }
            }
            #expect(error == .unavailable("others kept changing the same records; gave up after 20 tries"))
            #expect(tries.count == 20)
        }
    }

    @Test("A record that another program keeps locked makes a write unavailable")
    func lockedRecord() async throws {
        try await withTable { database, _ in
            try await database.write { tx in _ = try tx.run("insert into thing (id) values (1)") }
            let hasBegun = DispatchSemaphore(value: 0)
            let mayEnd = DispatchSemaphore(value: 0)
            async let held: Void = database.write { tx in
                try tx.run("update thing set words = 'held' where id = 1")
                hasBegun.signal()
                mayEnd.wait()
            }
            await blocking { hasBegun.wait() }
            let words = "another program has kept a record locked for too long"
            await #expect(throws: StorageError.unavailable(words)) {
                try await database.write { tx in
                    try tx.run("set local lock_timeout = '100ms'")
                    _ = try tx.run("update thing set words = 'mine' where id = 1")
                }
            }
            mayEnd.signal()
            try await held
        }
    }

    @Test("More different statements than a session keeps prepared all work")
    func manyStatements() async throws {
        try await withTable(connections: 1) { database, _ in
            for round in 0..<2 {
                for number in 0..<300 {
                    let found = try await database.read { tx in
                        try tx.value(Int.self, "select \(unchecked: String(number)) + \(round)")
                    }
                    #expect(found == number + round)
                }
            }
            let kept = try await database.read { tx in
                try tx.value(Int.self, "select count(*) from pg_prepared_statements")
            }
            #expect((1...256).contains(kept ?? 0))
        }
    }

    @Test("Sessions flush commits to disk, whatever the server's default")
    func durability() async throws {
        try await withTable { database, _ in
            let setting = try await database.read { tx in
                try tx.value(String.self, "select current_setting('synchronous_commit')")
            }
            #expect(setting == "on")
        }
    }

    @Test(
        "A URL that can't be read is refused without repeating it",
        arguments: [
            "postgresql://anna:geheim%zz@host/db", "postgresql://anna:geheim@host:port:5/db?x=geheim",
            "postgresql://anna:geheim@[::1/db", "mysql://anna:geheim@host/db", "postgresql://h/db?geheim=1",
        ])
    func badURL(url: String) {
        let error = #expect(throws: StorageError.self) { try PostgreSQLDatabase(url: url) }
        #expect(!String(describing: error).contains("geheim"))
    }

    @Test("A server that isn't there is unavailable at once, and no password is told")
    func noServer() async throws {
        // "At once" is: without using up any patience. A machine that is busy with other tests may be slow to get here.
        let patience = Duration.seconds(120)
        let database = try PostgreSQLDatabase(url: "postgresql://anna:geheim@127.0.0.1:1/db", patience: patience)
        let start = ContinuousClock.now
        let error = await #expect(throws: StorageError.self) {
            try await database.read { tx in _ = try tx.rows("select 1") }
        }
        #expect(ContinuousClock.now - start < patience / 4)
        guard case .unavailable(let words) = error else {
            Issue.record("\(String(describing: error)) doesn't say that the server is away")
            return
        }
        #expect(words.hasPrefix("PostgreSQL can't be reached: "))
        #expect(!words.contains("geheim"))
        await database.close()
    }

    @Test("A server that crashes and comes back keeps what was saved, and is used again")
    func restart() async throws {
        let url = try script("start", "--durable")
        do {
            let database = try PostgreSQLDatabase(url: url, connections: 2)
            try await database.write { tx in
                try tx.runScript("create table thing (id bigint primary key); insert into thing values (1);")
            }
            _ = try script("crash", url)
            let error = await #expect(throws: StorageError.self) {
                try await database.write { tx in _ = try tx.run("insert into thing values (2)") }
            }
            if case .unavailable = error {} else { Issue.record("\(String(describing: error))") }
            _ = try script("restart", url)
            try await database.write { tx in _ = try tx.run("insert into thing values (3)") }
            let ids = try await database.read { tx in
                try tx.values(Int.self, "select id from thing order by id")
            }
            #expect(ids == [1, 3])
            await database.close()
        } catch {
            _ = try script("stop", url)
            throw error
        }
        _ = try script("stop", url)
    }

    /// Runs `script/postgresql-for-tests`.
    /// - Returns: what it printed.
    private func script(_ arguments: String...) throws -> String {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let process = Process()
        process.executableURL = root.appending(path: "script/postgresql-for-tests")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Counts how often a body is run.
private final class Tries: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    func add() -> Int {
        number.withLock { number in
            number += 1
            return number
        }
    }
}
