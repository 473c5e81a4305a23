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

    /// The names that people choose from, in alphabetical order: places, and UTC.
    public static let offered: [String] = TimeZone.knownTimeZoneIdentifiers
        .filter { $0.contains("/") && !$0.hasPrefix("Etc/") && !$0.hasPrefix("SystemV/") }
        .sorted() + ["UTC"]

    /// The zone that this machine is set to, where people can choose it; otherwise UTC.
    public static var ofThisMachine: String {
        let name = TimeZone.current.identifier
        return offered.contains(name) ? name : "UTC"
    }

    /// A stored zone; UTC should the machine no longer know it.
    public static func stored(_ name: String) -> TimeZone { named(name) ?? .gmt }
}
