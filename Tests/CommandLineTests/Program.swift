// The program itself, started as somebody at a shell starts it.
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What a run of the program left behind.
struct Outcome {
    let code: Int32
    let output: String
    let complaints: String

    /// Whether it says nothing that only an engineer understands.
    var isPlain: Bool {
        !["NSCocoa", "Error Domain", "StorageError", "failed(\"", "unavailable(\"", "databaseIsNewer", "errno:"]
            .contains {
                (output + complaints).contains($0)
            }
    }
}

enum Program {
    /// The product is built beside the bundle of the tests.
    static var url: URL {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "throughline")
    }

    static func run(_ arguments: [String], in folder: URL, variables: [String: String] = [:]) async throws -> Outcome {
        let run = try Run(arguments, in: folder, variables: variables)
        return await run.outcome()
    }
}

/// A run under way. Its output goes to files, so that no pipe fills up.
final class Run: Sendable {
    nonisolated(unsafe) private let process = Process()
    private let folder: URL
    private let output: URL
    private let complaints: URL

    init(_ arguments: [String], in folder: URL, variables: [String: String] = [:], as user: [String] = []) throws {
        self.folder = folder
        let name = UUID().uuidString
        output = FileManager.default.temporaryDirectory.appending(path: "run-\(name).out")
        complaints = FileManager.default.temporaryDirectory.appending(path: "run-\(name).err")
        for file in [output, complaints] { FileManager.default.createFile(atPath: file.path(), contents: nil) }
        let command = user + [Program.url.path(percentEncoded: false)] + arguments
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("THROUGHLINE_") }
            .merging(variables) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: complaints)
        try process.run()
    }

    deinit {
        for file in [output, complaints] { try? FileManager.default.removeItem(at: file) }
    }

    var said: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
    var complained: String { (try? String(contentsOf: complaints, encoding: .utf8)) ?? "" }
    var isRunning: Bool { process.isRunning }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for its end, for two minutes at most.
    func outcome() async -> Outcome {
        for _ in 0..<12_000 where process.isRunning { try? await Task.sleep(for: .milliseconds(10)) }
        if process.isRunning { signal(SIGKILL) }
        process.waitUntilExit()
        return Outcome(code: process.terminationStatus, output: said, complaints: complained)
    }
}

/// Runs `body` with a folder of its own, and removes it.
func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "throughline-cli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// Runs `body` with a server that listens, and stops it as systemd does.
/// - Returns: what the stopped server left behind.
@discardableResult
func withServing(
    _ arguments: [String] = [], in folder: URL, _ body: (_ port: Int, Run) async throws -> Void
) async throws -> Outcome {
    let port = Int.random(in: 20_000..<30_000)
    let server = try Run(["serve", "--data", "data", "--port", "\(port)"] + arguments, in: folder)
    do {
        for _ in 0..<1_000 where server.isRunning {
            if (try? await ask(port, "/healthz").status) == 200 { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        try #require(server.isRunning, "\(server.complained)")
        try await body(port, server)
    } catch {
        server.signal(SIGKILL)
        _ = await server.outcome()
        throw error
    }
    server.signal(SIGTERM)
    return await server.outcome()
}

/// One request to a server on this machine.
func ask(
    _ port: Int, _ path: String, method: String = "GET", headers: [String: String] = [:]
) async throws -> (
    status: Int, body: String
) {
    guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw URLError(.badURL) }
    var request = URLRequest(url: url)
    request.httpMethod = method
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await URLSession.shared.data(for: request)
    return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
}

/// Runs a few lines of Python on a database, as another program would.
func python(_ lines: String, on file: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
        "-c", "import sqlite3, sys, time\nc = sqlite3.connect(sys.argv[1])\n" + lines, file.path(percentEncoded: false),
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}
