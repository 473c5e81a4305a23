public import Foundation
import Synchronization

/// Time zones by their IANA name. Each is read from disk once.
public enum TimeZones {
    private static let known = Mutex<[String: TimeZone]>([:])

    /// The zone of that name, or nil if there is none.
    public static func named(_ name: String) -> TimeZone? {
        if let zone = known.withLock({ $0[name] }) { return zone }
        guard let zone = TimeZone(identifier: name) else { return nil }
        known.withLock { $0[name] = zone }
        return zone
    }

    /// A stored zone; UTC should the machine no longer know it.
    public static func stored(_ name: String) -> TimeZone { named(name) ?? .gmt }
}
