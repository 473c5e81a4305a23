// Hears what transactions announce, by PostgreSQL's LISTEN and NOTIFY, on a connection and a thread of its own.
internal import CPostgreSQL
internal import Foundation
internal import Storage

final class Listener: Sendable {
    private let settings: ConnectionSettings
    private let hear: @Sendable (Announcement) -> Void
    private let alarm = Alarm()

    /// The channel of this schema: databases that share a server's database in schemas of their own don't hear each
    /// other. A name may have 63 bytes, a schema's may have as many.
    static let channel: SQL = "('throughline_' || left(md5(current_schema()), 16))"

    private static let shortestPause: CInt = 100
    private static let longestPause: CInt = 5_000

    init(_ settings: ConnectionSettings, _ hear: @escaping @Sendable (Announcement) -> Void) {
        self.settings = settings
        self.hear = hear
        let thread = Thread { self.work() }
        thread.name = "postgresql-listener"
        thread.start()
    }

    /// Ends the thread and its connection, soon.
    func stop() { alarm.ring() }

    private func work() {
        var pause = Self.shortestPause
        while !alarm.hasRung {
            // Whatever went wrong, the next connection is the remedy; reads and writes say what is the matter.
            try? hearWhileConnected { pause = Self.shortestPause }
            alarm.wait(milliseconds: pause)
            pause = min(pause * 2, Self.longestPause)
        }
    }

    private func hearWhileConnected(_ onConnected: () -> Void) throws {
        let session = try Session(settings)
        guard case .text(let channel) = try session.rows("select \(Self.channel)").first?.values.first else { return }
        try session.command("listen \(channel)")
        onConnected()
        // What was announced before this moment went unheard.
        hear(.missed)
        while !alarm.hasRung {
            for words in try session.announcements(orUntil: alarm.file) { hear(.said(words)) }
        }
    }
}

/// Ends the waits of another thread, for good.
private final class Alarm: Sendable {
    /// Readable once the alarm has rung.
    let file: CInt
    private let writable: CInt

    init() {
        var ends: [CInt] = [-1, -1]
        // Without files left nobody can end a wait early; the process has worse troubles then.
        _ = pipe(&ends)
        (file, writable) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        close(file)
        close(writable)
    }

    /// Writes a byte that nobody reads: from now on every wait ends at once.
    func ring() {
        var byte: UInt8 = 0
        _ = write(writable, &byte, 1)
    }

    var hasRung: Bool { isReadable(within: 0) }

    func wait(milliseconds: CInt) { _ = isReadable(within: milliseconds) }

    private func isReadable(within milliseconds: CInt) -> Bool {
        var waiting = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, milliseconds) > 0
    }
}
