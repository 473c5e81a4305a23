import Foundation
import Synchronization

/// Too many tries in too short a time.
public struct TooManyTries: Error, Equatable {
    /// Whole seconds until the next try is taken.
    public let seconds: Int

    public var words: String {
        "There were too many tries. Wait \(wait), then try again."
    }

    private var wait: String {
        if seconds < 60 { return seconds == 1 ? "1 second" : "\(seconds) seconds" }
        let minutes = (seconds + 59) / 60
        return minutes == 1 ? "1 minute" : "\(minutes) minutes"
    }
}

/// Counts what nobody should try often, by whom and about whom. In memory: a restart forgives.
public final class Attempts: Sendable {
    /// So many within so many minutes.
    struct Limit {
        let key: String
        let count: Int
        let minutes: Double
    }

    private let moments = Mutex<[String: [Date]]>([:])

    public init() {}

    /// Counts a try against each limit, or against none when one of them is reached.
    /// - Throws: ``TooManyTries``.
    func count(_ limits: [Limit], at now: Date) throws {
        try moments.withLock { moments in
            if moments.count > 20_000 {
                moments = moments.filter { $0.value.contains { now.timeIntervalSince($0) < 3600 } }
            }
            for limit in limits {
                let recent = (moments[limit.key] ?? []).filter {
                    now.timeIntervalSince($0) < limit.minutes * 60
                }
                moments[limit.key] = recent
                guard recent.count >= limit.count, let oldest = recent.first else { continue }
                let wait = limit.minutes * 60 - now.timeIntervalSince(oldest)
                throw TooManyTries(seconds: max(1, Int(wait.rounded(.up))))
            }
            for limit in limits { moments[limit.key, default: []].append(now) }
        }
    }

    /// Forgets the tries about somebody who has shown to be them.
    func forget(_ key: String) {
        moments.withLock { $0[key] = nil }
    }
}

extension Attempts.Limit {
    // Generous to one who mistypes and to an office behind one address, and hopeless for guessing.
    static func signIn(_ email: String) -> Self { Self(key: "sign-in " + email, count: 10, minutes: 15) }
    static func signIn(from client: String) -> Self {
        Self(key: "sign-in from " + client, count: 60, minutes: 15)
    }
    static func mail(to email: String) -> Self { Self(key: "mail " + email, count: 5, minutes: 60) }
    static func mail(from client: String) -> Self { Self(key: "mail from " + client, count: 30, minutes: 60) }
}
