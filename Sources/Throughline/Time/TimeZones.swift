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
    public static let offered: [String] = {
        let places = TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") && !superseded.contains($0) }
        return Set(places + ["Asia/Kolkata", "UTC"]).sorted()
    }()

    /// Older spellings that Foundation lists beside the newer ones, or, for Kolkata, instead of it.
    private static let superseded: Set<String> = [
        "America/Godthab", "Asia/Calcutta", "Asia/Katmandu", "Asia/Rangoon", "Europe/Kiev", "Europe/Uzhgorod",
        "Europe/Zaporozhye", "Pacific/Enderbury", "Pacific/Ponape", "Pacific/Truk",
    ]

    /// The zone that this machine is set to, where people can choose it; otherwise UTC.
    public static var ofThisMachine: String {
        let name = TimeZone.current.identifier
        return offered.contains(name) ? name : "UTC"
    }

    /// A stored zone; UTC should the machine no longer know it.
    public static func stored(_ name: String) -> TimeZone { named(name) ?? .gmt }
}
