import ArgumentParser
import Foundation

/// The beginning of every link.
enum Address {
    /// Scheme, host and port in their usual form, without a slash at the end and without the port that the scheme has anyway.
    /// - Throws: `ValidationError` when `text` is anything else, or more.
    static func checked(_ text: String) throws -> String {
        guard let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = parts.encodedHost?.lowercased(), !host.isEmpty
        else { throw wrong(text, "") }
        guard parts.user == nil, parts.password == nil else { throw wrong(text, " It takes no user and no password.") }
        guard parts.query == nil, parts.fragment == nil else { throw wrong(text, " It takes nothing after ? or #.") }
        guard ["", "/"].contains(parts.path) else { throw wrong(text, " It takes no path.") }
        guard let port = parts.port else {
            // A colon with nothing after it, or with more than a number can hold.
            if parts.rangeOfPort != nil || text.dropLast(text.hasSuffix("/") ? 1 : 0).hasSuffix(":") {
                throw wrong(text, " Its port must be from 1 to 65535.")
            }
            return "\(scheme)://\(host)"
        }
        guard (1...65_535).contains(port) else { throw wrong(text, " Its port must be from 1 to 65535.") }
        return port == (scheme == "http" ? 80 : 443) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    private static func wrong(_ text: String, _ reason: String) -> ValidationError {
        ValidationError(
            "address is '\(text)'; it takes the beginning of every link, such as https://throughline.example.com.\(reason)"
        )
    }

    /// The address at which a browser on this machine reaches a server that listens on `host`.
    static func usual(host: String, port: Int) -> String {
        if isEverywhere(host) { return "http://localhost:\(port)" }
        return host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }

    /// Whether listening on `host` means listening on every address of the machine; it is none that leads anywhere.
    static func isEverywhere(_ host: String) -> Bool { ["0.0.0.0", "::", "*"].contains(host) }
}
