import ArgumentParser
import Configuration
import Foundation
import Mail

/// The flags about mail. The password is not among them: everybody on the machine can see what a program was
/// started with.
struct MailFlags: ParsableArguments {
    @Option(help: "The mail server that takes the product's mail. (default: none; mail becomes files)")
    var mailSmtpHost: String?

    @Option(help: "Its port. (default: 587 with starttls, 465 with tls, 25 with none)")
    var mailSmtpPort: String?

    @Option(help: "How the connection is protected: starttls, tls or none. (default: starttls)")
    var mailSmtpSecurity: String?

    @Option(
        help: """
            Whom to sign in as. The password is read from THROUGHLINE_MAIL_SMTP_PASSWORD or the settings file.
            """)
    var mailSmtpUser: String?

    @Option(
        help: "A PEM file with the certificates to trust instead of the system's.",
        completion: .file(extensions: ["pem", "crt"]))
    var mailSmtpCaFile: String?

    @Option(help: "Whom mail comes from. (default: Throughline <throughline@localhost>)")
    var mailFrom: String?

    var values: [(key: [String], value: String?)] {
        [
            (["mail", "smtp", "host"], mailSmtpHost), (["mail", "smtp", "port"], mailSmtpPort),
            (["mail", "smtp", "security"], mailSmtpSecurity), (["mail", "smtp", "user"], mailSmtpUser),
            (["mail", "smtp", "ca-file"], mailSmtpCaFile), (["mail", "from"], mailFrom),
        ]
    }
}

extension ConfigReader {
    /// The mail server, or nil if none is set.
    /// - Throws: `ValidationError` in words that say which setting is wrong and what it takes.
    func mailServer() throws -> SMTPSettings? {
        let user = filled("mail.smtp.user")
        let password = filled("mail.smtp.password", isSecret: true)
        guard let host = filled("mail.smtp.host") else {
            if user != nil || password != nil {
                throw ValidationError("mail.smtp.user or its password is set, but mail.smtp.host is not.")
            }
            return nil
        }
        let name = filled("mail.smtp.security") ?? SMTPSettings.Security.startTLS.rawValue
        guard let security = SMTPSettings.Security(rawValue: name) else {
            throw ValidationError("mail.smtp.security is '\(name)'; it takes starttls, tls or none.")
        }
        if user != nil, password == nil {
            throw ValidationError(
                "mail.smtp.user is set without a password: set THROUGHLINE_MAIL_SMTP_PASSWORD, or mail.smtp.password "
                    + "in the settings file.")
        }
        let settings = SMTPSettings(
            host: host, port: try port("mail.smtp.port"), security: security, user: user, password: password,
            certificateFile: try certificateFile())
        if let problem = settings.problem { throw ValidationError("mail.smtp: \(problem)") }
        return settings
    }

    /// Whom mail comes from, as `Name <address>` or only an address.
    func mailSender() throws -> MailAddress {
        let text = filled("mail.from") ?? "Throughline <throughline@localhost>"
        let parts = text.split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false)
        let hasName = parts.count == 2 && text.hasSuffix(">")
        let name = hasName ? parts[0].trimming(while: { $0.isWhitespace || $0 == "\"" }) : ""
        let email = hasName ? String(parts[1].dropLast()) : text
        guard let address = MailAddress(name: name, email: email) else {
            throw ValidationError(
                "mail.from is '\(text)'; it takes an address such as Throughline <throughline@example.com>. "
                    + (MailAddress.problem(email) ?? ""))
        }
        return address
    }

    private func certificateFile() throws -> String? {
        guard let path = filled("mail.smtp.ca-file") else { return nil }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw ValidationError("mail.smtp.ca-file is '\(path)', which is no file that can be read here.")
        }
        return path
    }

    /// A text that is not empty: an empty variable counts as not set.
    private func filled(_ key: ConfigKey, isSecret: Bool = false) -> String? {
        string(forKey: key, isSecret: isSecret).flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Substring {
    fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> String {
        let start = drop(while: isTrimmed)
        return String(String(start.reversed()).drop(while: isTrimmed).reversed())
    }
}
