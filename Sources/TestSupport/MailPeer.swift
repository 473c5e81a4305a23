// The Python programs that check our mail from outside.

public import Foundation

/// Runs the Python of `THROUGHLINE_PYTHON`, or `python3`.
public enum Python {
    public static func process(_ script: String, _ arguments: [String] = []) -> Process {
        let python = ProcessInfo.processInfo.environment["THROUGHLINE_PYTHON"] ?? "python3"
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, folder.appending(path: script).path()] + arguments
        return process
    }

    /// Feeds a script some bytes and returns what it prints.
    public static func run(_ script: String, input: Data) async throws -> Data {
        let process = process(script)
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        Thread.detachNewThread {
            try? stdin.fileHandleForWriting.write(contentsOf: input)
            try? stdin.fileHandleForWriting.close()
        }
        let output = await blocking { stdout.fileHandleForReading.readDataToEndOfFile() }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw PeerFailure(what: "\(script) failed") }
        return output
    }

    /// Waits on a thread of its own.
    public static func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { done in
            Thread.detachNewThread { done.resume(returning: work()) }
        }
    }
}

public struct PeerFailure: Error, CustomStringConvertible {
    public let what: String
    public var description: String { what }

    public init(what: String) {
        self.what = what
    }
}

/// The mail server of `smtp_peer.py`, one for all tests. It ends with the test process.
public struct MailPeer: Sendable {
    /// A message that the server took.
    public struct Taken: Decodable {
        public let from: String
        public let to: [String]
        public let content: Data
        public let secure: Bool
        public let mechanism: String?
        public let greeting: String
    }

    private struct Announcement: Decodable {
        let ports: [String: Int]
        let certificate: String
    }

    public let folder: URL
    public let ports: [String: Int]
    public let certificate: String

    private static let started = Task { try await start() }

    public static func shared() async throws -> MailPeer { try await started.value }

    public func port(_ name: String) throws -> Int {
        guard let port = ports[name] else { throw PeerFailure(what: "smtp_peer.py has no port “\(name)”") }
        return port
    }

    /// What the server has taken for a recipient, whom each test names for itself.
    public func taken(for recipient: String) throws -> [Taken] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
            .map { try JSONDecoder().decode(Taken.self, from: Data(contentsOf: $0)) }
            .filter { $0.to.contains(recipient) }
    }

    private static func start() async throws -> MailPeer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mail-peer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Python.process("smtp_peer.py", [folder.path()])
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        let reader = stdout.fileHandleForReading
        let line = await Python.blocking {
            var line = Data()
            while line.last != UInt8(ascii: "\n"), let byte = try? reader.read(upToCount: 1), !byte.isEmpty {
                line += byte
            }
            return line
        }
        guard let found = try? JSONDecoder().decode(Announcement.self, from: line) else {
            throw PeerFailure(
                what: "smtp_peer.py did not start. It needs the Python package aiosmtpd; "
                    + "THROUGHLINE_PYTHON names the Python that has it.")
        }
        // Never closed by us: the end of this process closes it, and with that ends the server.
        _ = fcntl(stdin.fileHandleForWriting.fileDescriptor, F_DUPFD_CLOEXEC, 0)
        return MailPeer(folder: folder, ports: found.ports, certificate: found.certificate)
    }
}
