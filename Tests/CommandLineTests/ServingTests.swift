// Starting, sharing and reaching a server.
import Foundation
import Testing

@Suite("Serving", .timeLimit(.minutes(10)))
struct ServingTests {
    private func link(_ run: Run) throws -> String {
        let line = try #require(run.said.split(separator: "\n").first { $0.contains("/set-up/") })
        return String(line[try #require(line.firstRange(of: "/set-up/")).lowerBound...])
    }

    @Test("A second server on one file is refused, and the link of the first goes on working")
    func secondServer() async throws {
        try await withFolder { folder in
            try await withServing(in: folder) { port, first in
                let link = try link(first)
                let second = try await Program.run(["serve", "--data", "data", "--port", "\(port + 1)"], in: folder)
                #expect(second.code == 1)
                #expect(second.complaints.contains("Another 'throughline serve'"))
                #expect(second.output.isEmpty)
                #expect(try await ask(port, link).status == 200)
            }
        }
    }

    @Test("A taken port is named, and no link is made for a server that nobody can reach")
    func takenPort() async throws {
        try await withFolder { folder in
            try await withServing(in: folder) { port, _ in
                let second = try await Program.run(["serve", "--data", "other", "--port", "\(port)"], in: folder)
                #expect(second.code == 1)
                #expect(second.complaints.contains("Port \(port) on 127.0.0.1 is taken"))
                #expect(second.output.isEmpty && second.isPlain)
            }
        }
    }

    @Test("A server that was killed doesn't keep the next from starting")
    func killed() async throws {
        try await withFolder { folder in
            let port = Int.random(in: 30_000..<32_000)
            let server = try Run(["serve", "--data", "data", "--port", "\(port)"], in: folder)
            for _ in 0..<500 where !server.said.contains("/set-up/") { try await Task.sleep(for: .milliseconds(20)) }
            server.signal(SIGKILL)
            _ = await server.outcome()
            let next = try await withServing(in: folder) { _, _ in }
            #expect(next.code == 0)
        }
    }

    @Test("Somebody is invited only once the product is set up")
    func inviteEarly() async throws {
        try await withFolder { folder in
            _ = try await Program.run(["migrate"], in: folder)
            let outcome = try await Program.run(["people", "invite", "ana@larkfield.example", "Ana"], in: folder)
            #expect(outcome.code == 1)
            #expect(outcome.complaints.contains("Set the product up first"))
        }
    }

    @Test("It isn't ready while nothing can be written")
    func readiness() async throws {
        try await withFolder { folder in
            try await withServing(in: folder) { port, _ in
                let file = folder.appending(path: "data/throughline.sqlite")
                let locked = folder.appending(path: "locked")
                async let lock = blocking {
                    try python(
                        "c.execute('begin immediate'); open('\(locked.path())', 'w').close(); time.sleep(12)", on: file)
                }
                for _ in 0..<500 where !FileManager.default.fileExists(atPath: locked.path()) {
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(try await ask(port, "/readyz").status >= 500)
                #expect(try await ask(port, "/healthz").status == 200)
                _ = try await lock
                #expect(try await ask(port, "/readyz").status == 200)
            }
        }
    }

    @Test("A form counts as ours when it comes from the configured address, whatever host a proxy names")
    func origin() async throws {
        try await withFolder { folder in
            try await withServing(["--address", "https://Strategy.example:443/"], in: folder) { port, _ in
                for (origin, isOurs) in [
                    ("https://strategy.example", true), ("http://127.0.0.1:\(port)", true),
                    ("https://elsewhere.example", false), ("http://strategy.example", false), ("null", false),
                ] {
                    let answer = try await ask(port, "/theme", method: "POST", headers: ["Origin": origin])
                    #expect((answer.status != 403) == isOurs, "\(origin): \(answer.status)")
                }
            }
        }
    }

    @Test("Who connects and says nothing, or half a request, is let go; who waits for an answer is not")
    func silence() async throws {
        try await withFolder { folder in
            try await withServing(in: folder) { port, _ in
                let answer = try await blocking {
                    try python(
                        """
                        import socket
                        begun = time.time()
                        silent, half = [socket.create_connection(('127.0.0.1', \(port))) for _ in range(2)]
                        half.sendall(b'GET / HTTP/1.1\\r\\nHost: here\\r\\nX-Slow: ')
                        for s in (silent, half):
                            s.settimeout(30)
                            print(s.recv(1), 5 < time.time() - begun < 25)
                        """, on: folder.appending(path: "none.sqlite"))
                }
                #expect(answer == "b'' True\nb'' True")
            }
        }
    }

    @Test("More connections than there are descriptors are waited out, without a busy processor")
    func fewDescriptors() async throws {
        try await withFolder { folder in
            let port = Int.random(in: 32_000..<32_700)
            let server = try Run(
                ["serve", "--data", "data", "--port", "\(port)"], in: folder,
                as: ["/bin/sh", "-c", "ulimit -n 80; exec \"$0\" \"$@\""])
            for _ in 0..<500 where !server.said.contains("/set-up/") { try await Task.sleep(for: .milliseconds(20)) }
            let answer = try await blocking {
                try python(
                    """
                    import socket, urllib.request
                    s = [socket.create_connection(('127.0.0.1', \(port))) for _ in range(100)]
                    time.sleep(1)
                    for c in s: c.close()
                    print(urllib.request.urlopen('http://127.0.0.1:\(port)/healthz', timeout=20).read())
                    """, on: folder.appending(path: "none.sqlite"))
            }
            #expect(answer == #"b'ok\n'"#)
            server.signal(SIGTERM)
            let outcome = await server.outcome()
            #expect(outcome.code == 0)
            let warnings = outcome.complaints.split(separator: "\n").filter { $0.contains("connections are open") }
            #expect(warnings.count == 1)
        }
    }
}

/// Runs what blocks on a thread of its own.
private func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
}
