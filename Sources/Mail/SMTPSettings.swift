// How to reach the mail server, and what can be wrong with that before trying.

/// The mail server that takes our messages.
public struct SMTPSettings: Sendable, Hashable {
    /// How the connection is protected.
    public enum Security: String, Sendable, Hashable, CaseIterable {
        /// Not at all: for a server on the same machine.
        case none
        /// STARTTLS, required (RFC 3207): without it nothing is sent.
        case startTLS = "starttls"
        /// TLS from the first byte (RFC 8314 section 3.3).
        case tls

        /// 25, 587 and 465.
        public var usualPort: Int {
            switch self {
            case .none: 25
            case .startTLS: 587
            case .tls: 465
            }
        }
    }

    /// A host name or an IP address.
    public var host: String
    public var port: Int
    public var security: Security
    /// Both or neither of `user` and `password`.
    public var user: String?
    public var password: String?
    /// How long a whole delivery may take, in seconds.
    public var timeout: Double
    /// A PEM file with the certificates to trust instead of the system's.
    public var certificateFile: String?
    /// The name that we greet the server with; by default the machine's own.
    public var clientName: String?

    /// Without a port, the usual one for the security.
    public init(
        host: String, port: Int? = nil, security: Security = .startTLS, user: String? = nil,
        password: String? = nil, timeout: Double = 60, certificateFile: String? = nil,
        clientName: String? = nil
    ) {
        self.host = host
        self.port = port ?? security.usualPort
        self.security = security
        self.user = user
        self.password = password
        self.timeout = timeout
        self.certificateFile = certificateFile
        self.clientName = clientName
    }

    /// What cannot work in these settings, and how to mend it; `nil` when nothing stands out.
    public var problem: String? {
        if !Self.isHostName(host) { return "The mail server's host must be a host name or an IP address." }
        if !(1...65535).contains(port) { return "The mail server's port must be from 1 to 65535." }
        if !(timeout > 0 && timeout <= 3600) { return "The mail time-out must be from 1 to 3600 seconds." }
        if let clientName, !Self.isHostName(clientName) {
            return "The name to greet the mail server with must be a host name."
        }
        if (user == nil) != (password == nil) {
            return "Give the mail server both a user and a password, or neither."
        }
        if "\(user ?? "")\(password ?? "")".unicodeScalars.contains(where: { $0.value < 0x20 }) {
            return "The mail server's user and password cannot hold control characters or line breaks."
        }
        if password != nil, security == .none, !isLoopback {
            return "A password is not sent over an open connection: set the mail security to starttls or tls."
        }
        return nil
    }

    private var isLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    private static func isHostName(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLetterOrDigit($0) || ".-_:".utf8.contains($0) }
    }
}

/// The password stays out of logs, however the settings are printed.
extension SMTPSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        let signIn = user == nil ? "without signing in" : "with a user and a password"
        return "\(host):\(port), security \(security.rawValue), \(signIn)"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["host": host, "port": port, "security": security.rawValue])
    }
}
