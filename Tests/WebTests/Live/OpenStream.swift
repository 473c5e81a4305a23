// A page's stream, read from a socket of its own, as a browser would.
import Foundation
import Synchronization
import Testing

struct ServerEvent: Sendable, Equatable {
    var type = ""
    var data: [String] = []
    var id: String?
}

final class OpenStream: Sendable {
    private let socket: Int32
    private let state = Mutex(State())

    private struct State {
        var text = ""
        var events: [ServerEvent] = []
        var isOver = false
    }

    init(port: Int, path: String, cookie: String) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0)
        let request =
            "GET \(path) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\nAccept: text/event-stream\r\n\r\n"
        try #require(send(socket, request, request.utf8.count, 0) == request.utf8.count)
        Thread { self.read() }.start()
    }

    deinit { close() }

    /// Goes, as a closed tab does.
    func close() {
        // Not after the reading thread has closed it: the number may be another's socket by then.
        state.withLock { state in
            if !state.isOver { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Everything that came, headers included.
    var text: String { state.withLock { $0.text } }
    var isOver: Bool { state.withLock { $0.isOver } }

    /// Waits for an event of a type, and forgets those before it.
    func next(_ type: String) async throws -> ServerEvent {
        for _ in 0..<12_000 {
            let found = state.withLock { state -> ServerEvent? in
                guard let index = state.events.firstIndex(where: { $0.type == type }) else { return nil }
                defer { state.events.removeFirst(index + 1) }
                return state.events[index]
            }
            if let found { return found }
            if isOver { break }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Silence(waitingFor: type, after: text)
    }

    /// Waits for the end of the stream.
    func end() async throws {
        for _ in 0..<12_000 where !isOver { try await Task.sleep(for: .milliseconds(5)) }
        guard isOver else { throw Silence(waitingFor: "the end", after: text) }
    }

    struct Silence: Error {
        let waitingFor: String
        /// All that came.
        let after: String
    }

    private func read() {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        var line: [UInt8] = []
        var event = ServerEvent()
        while true {
            let count = recv(socket, &bytes, bytes.count, 0)
            guard count > 0 else { break }
            state.withLock { $0.text += String(decoding: bytes[..<count], as: UTF8.self) }
            for byte in bytes[..<count] where byte != UInt8(ascii: "\r") {
                guard byte == UInt8(ascii: "\n") else {
                    line.append(byte)
                    continue
                }
                take(String(decoding: line, as: UTF8.self), into: &event)
                line = []
            }
        }
        state.withLock { state in
            state.isOver = true
            Foundation.close(socket)
        }
    }

    /// Headers, and the sizes of chunks that stand between, are lines that name nothing.
    private func take(_ line: String, into event: inout ServerEvent) {
        let words = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = words.count == 2 ? String(words[1].drop { $0 == " " }) : ""
        switch words.first {
        case "event": event.type = value
        case "data": event.data.append(value)
        case "id": event.id = value
        case "" where !event.type.isEmpty:
            state.withLock { [event] in $0.events.append(event) }
            event = ServerEvent()
        default: break
        }
    }
}
