// What the program does with the files of its database: none is lost, changed or made that should not be.
import Foundation
import Testing

@Suite("The database's files", .timeLimit(.minutes(10)))
struct DatabaseFileTests {
    private func names(in folder: URL) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)))
    }

    private func tables(in file: URL) throws -> String {
        try python("print(c.execute('select count(*) from migration').fetchone()[0] > 10)", on: file)
    }

    @Test("After a clean stop the file alone holds everything")
    func cleanStop() async throws {
        try await withFolder { folder in
            let stopped = try await withServing(in: folder) { _, _ in }
            #expect(stopped.code == 0)
            let data = folder.appending(path: "data")
            #expect(try names(in: data) == ["throughline.sqlite", "throughline.sqlite.lock"])
            let moved = folder.appending(path: "moved.sqlite")
            try FileManager.default.moveItem(at: data.appending(path: "throughline.sqlite"), to: moved)
            #expect(try tables(in: moved) == "True")
        }
    }

    @Test("A command leaves nothing beside the file, whether it succeeds or not")
    func cleanCommands() async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate"], in: folder)
            for command in [["reindex"], ["people", "reset", "nobody@larkfield.example"], ["doctor"]] {
                _ = try await Program.run(command, in: folder)
                #expect(try names(in: folder.appending(path: "data")) == ["throughline.sqlite"], "\(command)")
            }
        }
    }

    @Test("A folder with a space in its name is that folder")
    func space() async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate", "--data", "our data"], in: folder)
            #expect(try names(in: folder) == ["our data"])
        }
    }

    @Test("Nothing is made beside the last writes of another database", arguments: ["-wal", "-shm", "-journal"])
    func stray(suffix: String) async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate"], in: folder)
            _ = try await Program.run(["backup", "backup.sqlite"], in: folder)
            let fresh = folder.appending(path: "fresh")
            try FileManager.default.createDirectory(at: fresh, withIntermediateDirectories: true)
            let stray = fresh.appending(path: "throughline.sqlite" + suffix)
            try Data("the last writes".utf8).write(to: stray)
            for command in [["restore", "backup.sqlite"], ["serve"], ["demo"], ["migrate"]] {
                let outcome = try await Program.run(command + ["--data", "fresh"], in: folder)
                #expect(outcome.code == 1)
                #expect(outcome.complaints.contains("throughline.sqlite" + suffix))
                #expect(outcome.complaints.contains("move this file to it"))
            }
            #expect(try Data(contentsOf: stray) == Data("the last writes".utf8))
            #expect(try !names(in: fresh).contains("throughline.sqlite"))
        }
    }

    @Test("A backup that is restored stays as it is, and may be where nothing can be written")
    func untouchedBackup() async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate"], in: folder)
            _ = try await Program.run(["backup", "backup.sqlite"], in: folder)
            let backup = folder.appending(path: "backup.sqlite")
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: backup.path())
            let before = try Data(contentsOf: backup)
            let outcome = try await Program.run(["restore", "backup.sqlite", "--data", "fresh"], in: folder)
            #expect(outcome.code == 0, "\(outcome.complaints)")
            #expect(try Data(contentsOf: backup) == before)
            #expect(try names(in: folder) == ["data", "fresh", "backup.sqlite"])
            #expect(try tables(in: folder.appending(path: "fresh/throughline.sqlite")) == "True")
        }
    }

    @Test("A database in use is not taken for a backup")
    func liveBackup() async throws {
        try await withFolder { folder in
            try await withServing(in: folder) { _, _ in
                let outcome = try await Program.run(
                    ["restore", "data/throughline.sqlite", "--data", "fresh"], in: folder)
                #expect(outcome.code == 1)
                #expect(
                    outcome.complaints.contains("throughline backup FILE --database sqlite:data/throughline.sqlite"))
            }
        }
    }

    @Test(
        "Where there is no database, a command says so and makes nothing",
        arguments: [
            ["doctor"], ["migrate", "--dry-run"], ["backup", "backup.sqlite"], ["reindex"],
            ["people", "invite", "ana@larkfield.example", "Ana"], ["people", "reset", "ana@larkfield.example"],
            ["cycle", "save", "Q1"],
        ])
    func missing(command: [String]) async throws {
        try await withFolder { folder in
            let outcome = try await Program.run(command + ["--data", "mistyped"], in: folder)
            #expect(outcome.code == 1)
            #expect((outcome.output + outcome.complaints).contains("There is no database at "))
            #expect(try names(in: folder).isEmpty)
        }
    }

    @Test(
        "The database of another program is left as it is",
        arguments: ["doctor", "serve", "migrate", "reindex", "demo"])
    func foreign(command: String) async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "foreign.sqlite")
            _ = try python("c.execute('create table thing (id)')", on: file)
            let before = try Data(contentsOf: file)
            let outcome = try await Program.run([command, "--database", "sqlite:foreign.sqlite"], in: folder)
            #expect(outcome.code == 1)
            #expect((outcome.output + outcome.complaints).contains("the database of another program"))
            #expect(try Data(contentsOf: file) == before)
        }
    }

    @Test("A database of a newer version is refused in words", arguments: ["serve", "doctor", "reindex", "migrate"])
    func newer(command: String) async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate"], in: folder)
            let file = folder.appending(path: "data/throughline.sqlite")
            _ = try python("c.execute(\"insert into migration values (999, 'later', 1)\"); c.commit()", on: file)
            let outcome = try await Program.run([command], in: folder)
            #expect(outcome.code == 1)
            #expect(
                (outcome.output + outcome.complaints).contains("a newer version of the product has used this database"))
            #expect(outcome.isPlain)
        }
    }

    @Test("A backup that can't be written says where and why", arguments: ["nowhere/backup.sqlite", "precious.txt"])
    func unwritableBackup(path: String) async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate"], in: folder)
            try Data("precious".utf8).write(to: folder.appending(path: "precious.txt"))
            let outcome = try await Program.run(["backup", path], in: folder)
            #expect(outcome.code == 1)
            #expect(outcome.complaints.contains(path) && outcome.isPlain, "\(outcome.complaints)")
        }
    }

    @Test("Nothing is served from a file that can't be written to", .enabled(if: otherUser != nil))
    func readOnly() async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate"], in: folder)
            let data = folder.appending(path: "data")
            let modes = [(data, 0o777), (data.appending(path: "throughline.sqlite"), 0o444)]
            for (file, mode) in modes {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path())
            }
            for command in ["serve", "doctor"] {
                let outcome = await (try Run([command], in: folder, as: Self.otherUser ?? [])).outcome()
                #expect(outcome.code == 1)
                #expect((outcome.output + outcome.complaints).contains("throughline.sqlite can't be written to"))
            }
            #expect(try !names(in: data).contains("throughline.sqlite-wal"))
        }
    }

    /// Root may write whatever it likes, so that root's tests have somebody else try.
    private static let otherUser: [String]? =
        geteuid() != 0
        ? []
        : FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")
            ? ["/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] : nil

    @Test("A demo that was interrupted leaves nothing that looks like a whole one")
    func interruptedDemo() async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate"], in: folder)
            // From outside, because a busy test may come too late; it takes twice as long on any machine.
            let demo = try Run(["demo"], in: folder, as: ["/usr/bin/timeout", "-s", "KILL", "2.5"])
            let outcome = await demo.outcome()
            #expect(outcome.code != 0)
            let count = try python(
                "print([c.execute('select count(*) from ' + t).fetchone()[0] for t in ('company', 'person', 'session')])",
                on: folder.appending(path: "data/throughline.sqlite"))
            #expect(count == "[0, 0, 0]")
        }
    }
}
