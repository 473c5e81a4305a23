import ArgumentParser
import Configuration
import Foundation
import Logging
import Mail
import SystemPackage

/// The settings of this machine's product, from flags, environment and a file, in that order.
struct Settings: Sendable {
    let host: String
    let port: Int
    /// Where the product keeps its files. Made when it is missing.
    let data: URL
    let database: DatabaseLocation
    /// Where people reach the product, without a slash at the end. For links in mail, and for Secure cookies.
    let address: String
    let logLevel: Logger.Level
    /// The mail server; without one, each message becomes a file in the folder `mail` of the data folder.
    let mail: MailTransport
    /// Whom mail comes from.
    let mailFrom: MailAddress
    /// Whether this server looks after reminders.
    let reminds: Bool
    /// What is not wrong, but can hardly be meant, in words for whoever started the program.
    let remarks: [String]

    /// - Throws: `ValidationError` in words that say which setting is wrong and what it takes.
    init(_ flags: SettingsFlags) async throws {
        let reader = try await flags.reader()
        host = try Self.host(reader.string(forKey: "host", default: "127.0.0.1"))
        port = try reader.port("port") ?? 8080
        data = URL(
            fileURLWithPath: reader.string(forKey: "data", default: "data"), isDirectory: true)
        let location = reader.string(forKey: "database", isSecret: true)
        database = try location.map(DatabaseLocation.init) ?? .sqlite(data.appending(path: "throughline.sqlite"))
        let setAddress = reader.string(forKey: "address")
        address = try setAddress.map(Address.checked) ?? Address.usual(host: host, port: port)
        let level = reader.string(forKey: "log.level", default: "info")
        guard let logLevel = Logger.Level(rawValue: level) else {
            throw ValidationError(
                "log.level is '\(level)'; it takes one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        self.logLevel = logLevel
        mail = try reader.mailServer().map(MailTransport.smtp) ?? .folder(data.appending(path: "mail").filePath)
        mailFrom = try reader.mailSender()
        let reminders = reader.string(forKey: "reminders", default: "on")
        guard ["on", "off"].contains(reminders) else {
            throw ValidationError("reminders is '\(reminders)'; it takes on or off.")
        }
        reminds = reminders == "on"
        var remarks = flags.remarks
        if setAddress == nil, Address.isEverywhere(host) {
            remarks.append(
                "host is \(host), which is every address of this machine and none to send people to: links say \(address) "
                    + "until 'address' is set.")
        }
        self.remarks = remarks
    }

    /// An address as the system takes it: one of IPv6 without the brackets that it has in a URL.
    private static func host(_ text: String) throws -> String {
        let host = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        guard !host.isEmpty else {
            throw ValidationError("host is empty; it takes the address to listen on, such as 127.0.0.1.")
        }
        return host
    }

    /// Says on standard error what can hardly be meant.
    func warn() {
        for remark in remarks { FileHandle.standardError.write(Data("Warning: \(remark)\n".utf8)) }
    }
}

/// Where the data is kept.
enum DatabaseLocation: Sendable {
    case sqlite(URL)
    /// A connection URI as libpq reads it.
    case postgreSQL(String)

    /// Reads `sqlite:PATH` or `postgresql://…`.
    init(_ text: String) throws {
        if text.hasPrefix("sqlite:") {
            self = .sqlite(URL(fileURLWithPath: String(text.dropFirst("sqlite:".count))))
        } else if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            self = .postgreSQL(text)
        } else {
            throw ValidationError(
                "database takes sqlite:PATH or postgresql://USER@HOST/NAME; what is set is neither.")
        }
    }

    var isSQLite: Bool {
        if case .sqlite = self { return true }
        return false
    }

    /// Whether a connection URI names a password, before the host or among its parameters (libpq, section 32.1.1.2).
    static func holdsPassword(_ uri: String) -> Bool {
        guard let start = uri.firstRange(of: "://")?.upperBound else { return false }
        let authority = uri[start...].prefix { $0 != "/" && $0 != "?" }
        let user = authority.lastIndex(of: "@").map { authority[..<$0] } ?? ""
        let password = user.firstIndex(of: ":").map { user[$0...].dropFirst() } ?? ""
        return !password.isEmpty || uri.contains("?password=") || uri.contains("&password=")
    }

    /// For people to read; without a password.
    var description: String {
        switch self {
        case .sqlite(let file): "SQLite, \(file.filePath)"
        case .postgreSQL(let uri):
            // A URI without a host, or with an empty one, means a socket on this machine.
            "PostgreSQL, \((URLComponents(string: uri)?.host).flatMap { $0.isEmpty ? nil : $0 } ?? "a local socket")"
        }
    }
}

/// The flags that every command takes.
struct SettingsFlags: ParsableArguments {
    @Option(help: "The folder that holds the data. (default: data)", completion: .directory)
    var data: String?

    @Option(help: "Where the data is kept: sqlite:PATH or postgresql://… (default: an SQLite file in the data folder)")
    var database: String?

    @Option(help: "Where people reach the product, for links in mail. (default: http://HOST:PORT)")
    var address: String?

    @Option(help: "A JSON file of settings. (default: throughline.json in the data folder, if it is there)")
    var config: String?

    @Option(help: "How much to log: trace, debug, info, notice, warning, error, critical. (default: info)")
    var logLevel: String?

    @Option(help: "Whether people are reminded by mail of what waits for them: on or off. (default: on)")
    var reminders: String?

    @OptionGroup var server: ServerFlags

    @OptionGroup(title: "Mail") var mail: MailFlags

    /// Flags first, then the environment, then the file.
    fileprivate func reader() async throws -> ConfigReader {
        let prefix = "THROUGHLINE_"
        let environment = ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix(prefix) }
        let unprefixed = Dictionary(
            uniqueKeysWithValues: environment.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
        let folder = data ?? unprefixed["DATA"] ?? "data"
        let file = config ?? unprefixed["CONFIG"]
        try SettingsFile(path: file ?? "\(folder)/throughline.json").check(isNamed: file != nil)
        return ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: values),
            EnvironmentVariablesProvider(environmentVariables: unprefixed),
            try await FileProvider<JSONSnapshot>(
                filePath: FilePath(file ?? "\(folder)/throughline.json"), allowMissing: file == nil),
        ])
    }

    /// What can hardly be meant in how the program was started.
    fileprivate var remarks: [String] {
        let environment = ProcessInfo.processInfo.environment
        var remarks = KnownSettings.unknownVariables(in: environment).map { name in
            "\(name) is no setting, so it does nothing. docs/configuration.md lists them all."
        }
        if let database, DatabaseLocation.holdsPassword(database) {
            remarks.append(
                "the password in --database can be seen by everybody on this machine, in the list of processes. Give it in "
                    + "THROUGHLINE_DATABASE or the settings file instead.")
        }
        return remarks
    }

    private var values: [AbsoluteConfigKey: ConfigValue] {
        let flags: [(key: [String], value: String?)] =
            [
                (["host"], server.host), (["data"], data), (["database"], database), (["address"], address),
                (["log", "level"], logLevel), (["reminders"], reminders),
            ] + mail.values
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for flag in flags {
            if let value = flag.value {
                values[AbsoluteConfigKey(flag.key)] = ConfigValue(.string(value), isSecret: false)
            }
        }
        if let port = server.port { values[AbsoluteConfigKey(["port"])] = ConfigValue(.int(port), isSecret: false) }
        return values
    }
}

/// The flags of commands that need to know where the server listens.
struct ServerFlags: ParsableArguments {
    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on. (default: 8080)")
    var port: Int?
}

extension ConfigReader {
    /// A port from 1 to 65535, or nil if none is set.
    func port(_ key: ConfigKey) throws -> Int? {
        // A flag or a variable may hold any text, a file a number or a text.
        let text = string(forKey: key) ?? int(forKey: key).map(String.init)
        guard let text else { return nil }
        guard let port = Int(text), (1...65_535).contains(port) else {
            throw ValidationError("\(key) is '\(text)'; it takes a number from 1 to 65535.")
        }
        return port
    }
}
