import Foundation
import Hummingbird
import Live
import NIOCore
import ServiceLifecycle
import Storage
import Throughline

/// What one open page is told, for as long as its reader may see it and the server goes on.
struct LiveStream {
    let product: Product
    let followed: Followed
    let viewer: Viewer

    /// What a page shows, to which its reader has proven access.
    enum Followed: Sendable {
        case session(SessionAccess)
        case series(ID<Series>)
        /// The viewer's own.
        case today
    }

    /// After so many seconds it is looked up again whether the reader may still read, even if nobody said otherwise:
    /// a command on the server's own machine says nothing.
    private static let trust: TimeInterval = 60
    /// After so many milliseconds a browser tries again by itself.
    private static let retry = 2_000

    private var topic: Topic {
        switch followed {
        case .session(let access): .session(access.session.id)
        case .series(let series): .series(series)
        case .today: .today(of: viewer.id)
        }
    }
    private var topics: [Topic] { [topic, .person(viewer.id)] }

    func write(to writer: inout any ResponseBodyWriter) async throws {
        try await product.live.follow(topics, as: viewer.id.text) { subscription in
            // Without this wrapper a server that is told to stop would wait for its readers.
            try await withGracefulShutdownHandler {
                try await write(opening, to: &writer)
                try await write(subscription, to: &writer)
            } onGracefulShutdown: {
                subscription.end()
            }
        }
    }

    private func write(_ subscription: Subscription, to writer: inout any ResponseBodyWriter) async throws {
        var provenAt = product.now()
        while let event = await subscription.next() {
            if mayChangeAccess(event) || product.now().timeIntervalSince(provenAt) > Self.trust {
                guard try await isStillAllowed() else { return try await write("event: over\ndata: \n\n", to: &writer) }
                provenAt = product.now()
            }
            if let text = text(event) { try await write(text, to: &writer) }
        }
    }

    private func write(_ text: String, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: text))
    }

    private func mayChangeAccess(_ event: Event) -> Bool {
        switch event {
        case .changed(.person(viewer.id), _, _), .refetch: true
        default: false
        }
    }

    private func isStillAllowed() async throws -> Bool {
        guard try await product.signIns.stands(viewer) else { return false }
        do {
            switch followed {
            case .session(let access): _ = try await product.sessions.access(access.session.id, as: viewer)
            case .series(let series): _ = try await product.series.access(series, as: viewer)
            case .today: break
            }
            return true
        } catch is NotFound {
            return false
        }
    }

    // MARK: Words on the wire

    /// The present moment, by which the page knows whether it missed anything, and the server's clock.
    private var opening: String {
        """
        retry: \(Self.retry)
        event: ready
        data: \(product.live.lastChange(of: topics)) \(product.now().milliseconds)


        """ + presence
    }

    private var presence: String {
        guard case .session(let access) = followed else { return "" }
        return presence(product.sessions.presence(ofPartnerIn: access), of: access.partner)
    }

    private func text(_ event: Event) -> String? {
        switch event {
        case .changed(topic, let part, let moment):
            "event: changed\nid: \(moment)\ndata: \(part)\n\n"
        case .refetch(let moment):
            "event: refetch\nid: \(moment)\ndata: all\n\n"
        case .beat:
            "event: beat\ndata: \(product.now().milliseconds)\n\n"
        case .present(_, let presence):
            if case .session(let access) = followed, presence.person == access.partner.id.text {
                self.presence(presence.doing, of: access.partner)
            } else {
                nil
            }
        case .changed:
            nil
        }
    }

    /// Two lines: that they are here, and what they do. Empty when they are gone.
    private func presence(_ doing: Presence.Doing, of partner: PersonName) -> String {
        let name = partner.first
        let lines =
            switch doing {
            case .gone: ("", "")
            case .here: ("\(name) is here", "")
            case .writing(let place): ("\(name) is here", WritingPlace(place).map { ", \($0.words)" } ?? "")
            }
        return "event: presence\ndata: \(lines.0)\ndata: \(lines.1)\n\n"
    }
}
