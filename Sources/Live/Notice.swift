// What servers tell each other and open pages: that something changed, or that somebody is there. Never what was written.
public import Foundation

/// What pages can follow: `session/0197…`, `person/0197…`.
public struct Topic: Hashable, Sendable {
    public let text: String

    public init(_ kind: String, _ id: some CustomStringConvertible) {
        text = "\(kind)/\(id)"
    }

    init(stored text: some StringProtocol) { self.text = String(text) }
}

/// One line from server to server.
public enum Notice: Hashable, Sendable {
    /// A part of a topic changed, by the name that the journal has for it: `capture`, `agenda-item`.
    case changed(Topic, part: String)
    /// What somebody is doing there now. It is kept nowhere but in memory, and runs out.
    case present(Topic, Presence)

    /// As it travels between servers.
    public var text: String {
        switch self {
        case .changed(let topic, let part): "changed \(topic.text) \(part)"
        case .present(let topic, let presence): "present \(topic.text) \(presence.person) \(presence.doing.text)"
        }
    }

    /// A notice as it came from another server; nil for one that this version doesn't know.
    public init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        switch (words.first, words.count) {
        case ("changed", 3):
            self = .changed(Topic(stored: words[1]), part: String(words[2]))
        case ("present", 4):
            guard let doing = Presence.Doing(words[3]) else { return nil }
            self = .present(Topic(stored: words[1]), Presence(person: String(words[2]), doing: doing))
        default:
            return nil
        }
    }
}

/// Somebody at a topic's pages.
public struct Presence: Hashable, Sendable {
    /// The person's id.
    public let person: String
    public let doing: Doing

    public init(person: some CustomStringConvertible, doing: Doing) {
        self.person = person.description
        self.doing = doing
    }

    public enum Doing: Hashable, Sendable {
        case gone
        case here
        /// Writing in a place that both people read: one word, such as `notes-3`.
        case writing(String)

        var text: String {
            switch self {
            case .gone: "gone"
            case .here: "here"
            case .writing(let place): "writing:\(place)"
            }
        }

        init?(_ text: some StringProtocol) {
            switch text {
            case "gone": self = .gone
            case "here": self = .here
            case _ where text.hasPrefix("writing:"): self = .writing(String(text.dropFirst("writing:".count)))
            default: return nil
            }
        }

        /// For how long it holds without being said again, in seconds.
        public var lifetime: TimeInterval {
            switch self {
            case .gone: 0
            case .here: 60
            case .writing: 8
            }
        }
    }
}

/// A point in the order in which one server heard of changes. A page knows the moment it shows, so it can tell whether
/// it has missed anything. Moments of two servers can't be compared: they differ, and the page asks again.
public struct Moment: Hashable, Sendable, CustomStringConvertible {
    let epoch: UInt32
    let number: Int

    /// `9f3a12c4.118`
    public var description: String { String(epoch, radix: 16) + ".\(number)" }
}
