// What can go wrong with a delivery, sorted by what to do next.

/// Why a message was not delivered for certain. The reason is for an administrator: it names the server and
/// quotes its answer, and never holds a password.
public enum MailError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nobody got it; trying again later can help. Settings that do not work count too, since they can be
    /// mended.
    case temporary(String)
    /// Nobody got it and nobody will: the server refuses this sender, recipient or message.
    case permanent(String)
    /// The whole message was handed over but no answer came back. It may have arrived; sending again, under
    /// the same message id, may deliver it twice.
    case uncertain(String)

    public var reason: String {
        switch self {
        case .temporary(let reason), .permanent(let reason), .uncertain(let reason): reason
        }
    }

    public var description: String {
        switch self {
        case .temporary: "Not delivered for now: \(reason)"
        case .permanent: "Not delivered: \(reason)"
        case .uncertain: "Perhaps delivered: \(reason)"
        }
    }
}
