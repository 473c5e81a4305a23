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

    /// The zone of an IANA name as somebody typed it or a program sent it, under its present name; nil if there is
    /// none. Foundation takes more than IANA does, such as `GMT+3` and `PST`, which no calendar understands.
    static func chosen(_ name: String) -> String? {
        let current = renamed[name] ?? name
        guard current.contains("/") || places.contains(current), named(current) != nil else { return nil }
        return current
    }

    /// The names that people choose from, in alphabetical order: places, and UTC.
    public static let offered: [String] = {
        let known = TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") }
        return Set(known.map { renamed[$0] ?? $0 } + ["UTC"]).sorted()
    }()

    /// Older spellings that Foundation lists beside the newer ones, or, for Kolkata, instead of it.
    private static let renamed = [
        "America/Godthab": "America/Nuuk", "Asia/Calcutta": "Asia/Kolkata", "Asia/Katmandu": "Asia/Kathmandu",
        "Asia/Rangoon": "Asia/Yangon", "Europe/Kiev": "Europe/Kyiv", "Europe/Uzhgorod": "Europe/Kyiv",
        "Europe/Zaporozhye": "Europe/Kyiv", "Pacific/Enderbury": "Pacific/Kanton",
        "Pacific/Ponape": "Pacific/Pohnpei", "Pacific/Truk": "Pacific/Chuuk",
    ]

    /// The names in IANA's data that have no slash.
    private static let places: Set<String> = [
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GB-Eire", "GMT", "GMT+0", "GMT-0",
        "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya",
        "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK",
        "Singapore", "Turkey", "UCT", "UTC", "Universal", "W-SU", "WET", "Zulu",
    ]

    /// The zone that this machine is set to, where people can choose it; otherwise UTC.
    public static var ofThisMachine: String {
        let name = TimeZone.current.identifier
        return offered.contains(name) ? name : "UTC"
    }

    /// A stored zone; UTC should the machine no longer know it.
    public static func stored(_ name: String) -> TimeZone { named(name) ?? .gmt }
}
