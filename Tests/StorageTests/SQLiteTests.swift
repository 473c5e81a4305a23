// What only SQLite has: one file, and copies of it.
import Foundation
import Storage
import StorageSQLite
import TestSupport
import Testing

@Suite("SQLite", .timeLimit(.minutes(15)))
struct SQLiteTests {
    private func withFile(_ body: (SQLiteDatabase, URL) async throws -> Void) async throws {
        try await withFolder { folder in
            let database = try SQLiteDatabase(
                path: folder.appending(path: "data.sqlite").path(), patience: .milliseconds(200))
            try await database.write { tx in
                try tx.runScript("create table thing (id integer primary key, words text unique);")
            }
            do {
                try await body(database, folder)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }

    @Test("What is committed is flushed to disk, and references are checked")
    func settings() async throws {
        try await withFile { database, _ in
            let settings = try await database.write { tx in
                try ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"].map { name in
                    try tx.rows("pragma \(unchecked: name)").flatMap(\.values)
                }
            }
            let full = SQLValue.integer(2)
            #expect(settings == [[.text("wal")], [full], [.integer(1)], [.integer(200)]])
        }
    }

    @Test("Only its owner can read the file and its copy")
    func privateFile() async throws {
        try await withFile { database, folder in
            try await database.backup(to: folder.appending(path: "copy.sqlite").path())
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            #expect(Set(names).isSuperset(of: ["data.sqlite", "data.sqlite-wal", "copy.sqlite"]))
            for name in names {
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: folder.appending(path: name).path())
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
        }
    }

    @Test("A backup made while others write is whole, and holds one state of the data")
    func backup() async throws {
        try await withFile { database, folder in
            try await database.write { tx in
                let words = String(repeating: "word ", count: 20)
                for id in 0..<5000 {
                    try tx.run(
                        "insert into thing (id, words) values (\(id), \("\(id) \(words)"))"
                    )
                }
            }
            let copy = folder.appending(path: "copy.sqlite").path()
            async let backup: Void = database.backup(to: copy)
            // Two rows at a time, so that half a state would show as an odd number.
            for id in 0..<200 {
                try await database.write { tx in
                    try tx.run("insert into thing (id) values (\(10_000 + id))")
                    try tx.run("insert into thing (id) values (\(20_000 + id))")
                }
            }
            try await backup
            let restored = try SQLiteDatabase(path: copy)
            let problems = try await restored.checkIntegrity()
            #expect(problems.isEmpty)
            let count = try await restored.read { tx in try tx.value(Int.self, "select count(*) from thing") }
            let found = try #require(count)
            #expect((5000...5400).contains(found))
            #expect(found.isMultiple(of: 2))
            await restored.close()
        }
    }

    @Test("A backup never overwrites a file")
    func backupOntoFile() async throws {
        try await withFile { database, folder in
            let path = folder.appending(path: "precious.txt").path()
            try "precious".write(toFile: path, atomically: true, encoding: .utf8)
            await #expect(throws: StorageError.self) { try await database.backup(to: path) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        }
    }

    @Test("A backup into a folder that isn't there fails and leaves nothing")
    func backupNowhere() async throws {
        try await withFile { database, folder in
            await #expect(throws: StorageError.self) {
                try await database.backup(to: folder.appending(path: "nowhere/copy.sqlite").path())
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            #expect(names.allSatisfy { $0.hasPrefix("data.sqlite") })
        }
    }

    @Test("Once it is closed, the file alone holds everything, however much was read")
    func closed() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "data.sqlite").path()
            let database = try SQLiteDatabase(path: path)
            try await database.write { tx in
                try tx.runScript("create table thing (id integer primary key); insert into thing values (7);")
            }
            try await withThrowingTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask { try await database.read { tx in try tx.value(Int.self, "select id from thing") } }
                }
                for try await id in group { #expect(id == 7) }
            }
            await database.close()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            #expect(names == ["data.sqlite"])
            try FileManager.default.copyItem(atPath: path, toPath: path + ".moved")
            let moved = try SQLiteDatabase(path: path + ".moved")
            let id = try await moved.read { tx in try tx.value(Int.self, "select id from thing") }
            #expect(id == 7)
            await moved.close()
        }
    }

    @Test("A backup is copied and looked into without being changed, and no database in use is taken for one")
    func copyOfBackup() async throws {
        try await withFile { database, folder in
            let backup = folder.appending(path: "backup.sqlite").path()
            try await database.backup(to: backup)
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: backup)
            let before = try Data(contentsOf: URL(filePath: backup))
            #expect(try SQLiteDatabase.tables(inFileAt: backup) == ["thing"])
            try SQLiteDatabase.copyBackup(at: backup, to: backup + ".copy")
            let copy = try SQLiteDatabase(path: backup + ".copy")
            try await copy.write { tx in try tx.run("insert into thing (id) values (1)") }
            await copy.close()
            #expect(try Data(contentsOf: URL(filePath: backup)) == before)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            #expect(!names.contains { $0.hasPrefix("backup.sqlite-") })
            #expect(throws: StorageError.self) {
                try SQLiteDatabase.copyBackup(at: database.path, to: backup + ".live")
            }
        }
    }

    @Test("Damage is found")
    func damage() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "data.sqlite").path()
            let database = try SQLiteDatabase(path: path)
            try await database.write { tx in
                try tx.runScript("create table thing (id integer primary key, words text unique);")
                for id in 0..<2000 {
                    try tx.run("insert into thing (id, words) values (\(id), \("words \(id)"))")
                }
            }
            await database.close()
            let file = try #require(FileHandle(forUpdatingAtPath: path))
            try file.seek(toOffset: 8192)
            try file.write(contentsOf: Data(repeating: 0x5A, count: 6000))
            try file.close()
            let damaged = try SQLiteDatabase(path: path)
            do {
                let problems = try await damaged.checkIntegrity()
                #expect(!problems.isEmpty)
            } catch let error as StorageError {
                #expect(error == .failed("the database file is damaged; restore a backup"))
            }
            await damaged.close()
        }
    }

    @Test("Rows that refer to nothing are found")
    func orphans() async throws {
        try await withFile { database, _ in
            // A foreign key that a program without checks could break.
            try await database.write { tx in
                try tx.runScript(
                    """
                    create table child (thing integer references missing (id));
                    pragma defer_foreign_keys = on;
                    create table missing (id integer primary key);
                    insert into missing values (1);
                    insert into child values (1);
                    """)
            }
            let sound = try await database.checkIntegrity()
            #expect(sound.isEmpty)
            let other = Process()
            other.executableURL = URL(filePath: "/usr/bin/python3")
            other.arguments = [
                "-c",
                """
                import sqlite3, sys
                connection = sqlite3.connect(sys.argv[1])
                connection.execute("delete from missing")
                connection.commit()
                """,
                database.path,
            ]
            try other.run()
            other.waitUntilExit()
            let problems = try await database.checkIntegrity()
            #expect(problems == ["1 rows of child refer to no row of missing"])
        }
    }

    @Test("A file that another program keeps locked makes a write unavailable, not a read")
    func locked() async throws {
        try await withFile { database, _ in
            let other = try SQLiteDatabase(path: database.path)
            let hasBegun = DispatchSemaphore(value: 0)
            let mayEnd = DispatchSemaphore(value: 0)
            async let held: Void = other.write { tx in
                try tx.run("insert into thing (id) values (1)")
                hasBegun.signal()
                mayEnd.wait()
            }
            await blocking { hasBegun.wait() }
            let words = "another program has kept the database file locked for too long"
            await #expect(throws: StorageError.unavailable(words)) {
                try await database.write { tx in _ = try tx.run("insert into thing (id) values (2)") }
            }
            let count = try await database.read { tx in try tx.value(Int.self, "select count(*) from thing") }
            #expect(count == 0)
            mayEnd.signal()
            try await held
            await other.close()
        }
    }

    @Test("A file that isn't a database is refused")
    func notADatabase() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "letter.txt").path()
            try String(repeating: "Dear all, ", count: 1000).write(
                toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: StorageError.failed("the file is not an SQLite database")) {
                try SQLiteDatabase(path: path)
            }
            let error = #expect(throws: StorageError.self) {
                try SQLiteDatabase(path: folder.appending(path: "nowhere/data.sqlite").path())
            }
            guard case .unavailable = error else {
                Issue.record("\(String(describing: error)) is not about a file that can't be opened")
                return
            }
        }
    }
}
