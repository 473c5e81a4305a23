// What transactions announce is heard once they are committed, on either engine, and by every server.
import Foundation
import Storage
import StoragePostgreSQL
import Synchronization
import TestSupport
import Testing

@Suite("Announcements", .timeLimit(.minutes(15)))
struct AnnouncementTests {
    @Test("What is announced is heard once it is committed, and never when it isn't", arguments: TestEngines.all)
    func committed(engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let ear = Ear()
            database.listen(ear.hear)
            try await ear.isListening(to: database)
            try await database.write { tx in
                try tx.announce("one")
                try tx.announce("one")
                try tx.announce("two; it's \"quoted\" — é")
            }
            struct GivenUp: Error {}
            await #expect(throws: GivenUp.self) {
                try await database.write { tx in
                    try tx.announce("never")
                    throw GivenUp()
                }
            }
            try await database.write { tx in try tx.announce("three") }
            try await ear.hears("three")
            #expect(ear.words.filter { $0 != Ear.test } == ["one", "two; it's \"quoted\" — é", "three"])
        }
    }

    @Test("All who listen hear it, each once", arguments: TestEngines.all)
    func all(engine: Engine) async throws {
        try await withDatabase(on: engine) { database in
            let ears = [Ear(), Ear(), Ear()]
            for ear in ears {
                database.listen(ear.hear)
                try await ear.isListening(to: database)
            }
            for number in 0..<50 { try await database.write { tx in try tx.announce("\(number)") } }
            for ear in ears {
                try await ear.hears("49")
                #expect(ear.words.filter { $0 != Ear.test } == (0..<50).map(String.init))
            }
        }
    }

    @Test("A second server hears the first, and not one on other data", .enabled(if: TestEngines.postgreSQL != nil))
    func acrossServers() async throws {
        try await withSchema { url in
            try await withSchema { elsewhere in
                let servers = try [url, url, elsewhere].map { try PostgreSQLDatabase(url: $0, connections: 2) }
                let (near, far) = (Ear(), Ear())
                servers[1].listen(near.hear)
                servers[2].listen(far.hear)
                try await near.isListening(to: servers[1])
                try await far.isListening(to: servers[2])
                try await servers[0].write { tx in try tx.announce("hello") }
                try await near.hears("hello")
                try await servers[2].write { tx in try tx.announce("end") }
                try await far.hears("end")
                #expect(!far.words.contains("hello"))
                for server in servers { await server.close() }
            }
        }
    }

    @Test(
        "A listener whose server was restarted listens again, and says that something may have been missed",
        .enabled(if: TestEngines.postgreSQL != nil))
    func reconnects() async throws {
        let url = try script("start")
        defer { _ = try? script("stop", url) }
        let database = try PostgreSQLDatabase(url: url, connections: 2)
        let ear = Ear()
        database.listen(ear.hear)
        try await ear.isListening(to: database)
        let missed = ear.timesMissed
        _ = try script("crash", url)
        _ = try script("restart", url)
        try await eventually { ear.timesMissed > missed }
        try await eventually { (try? await database.write { tx in try tx.announce("after") }) != nil }
        try await ear.hears("after")
        await database.close()
    }

    @Test("After closing nothing more is heard, and nothing listens", arguments: TestEngines.all)
    func closes(engine: Engine) async throws {
        let ear = Ear()
        try await withDatabase(on: engine) { database in
            database.listen(ear.hear)
            try await ear.isListening(to: database)
        }
        let words = ear.words
        try await Task.sleep(for: .milliseconds(300))
        #expect(ear.words == words)
    }

    private func script(_ words: String...) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.executableURL = root.appending(path: "script/postgresql-for-tests")
        process.arguments = words
        let output = Foundation.Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Somebody who listens.
private final class Ear: Sendable {
    private let heard = Mutex<[Announcement]>([])
    static let test = "can you hear me?"

    var words: [String] {
        heard.withLock { $0 }.compactMap { if case .said(let words) = $0 { words } else { nil } }
    }
    var timesMissed: Int { heard.withLock { $0.count { $0 == .missed } } }

    func hear(_ announcement: Announcement) { heard.withLock { $0.append(announcement) } }

    /// Waits until what is said arrives: a listening connection needs a moment to stand.
    func isListening(to database: any Database) async throws {
        try await eventually {
            try await database.write { tx in try tx.announce(Self.test) }
            return words.contains(Self.test)
        }
        // Until the last of these has come too.
        try await Task.sleep(for: .milliseconds(100))
    }

    func hears(_ word: String) async throws { try await eventually { words.contains(word) } }
}

private func eventually(_ isSo: () async throws -> Bool) async throws {
    for _ in 0..<1_000 {
        if try await isSo() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("it did not happen within twenty seconds")
}
