import ArgumentParser
import Foundation
import Mail
import Storage
import StorageSQLite
import Throughline
import Web

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says what is misconfigured, and how to mend it.",
        discussion: "Changes nothing and sends no mail. Exits with 1 if anything needs you.")

    @OptionGroup var flags: SettingsFlags

    func run() async throws {
        let settings = try await Settings(flags)
        var findings = [Finding.dataFolder(settings), Finding.address(settings), Finding.timeZones]
        findings += settings.remarks.map { Finding(subject: "settings", words: $0, remedy: "Mend it where it is set.") }
        findings += await Finding.database(settings)
        findings.append(await Finding.mail(settings))
        for finding in findings { print(finding.line) }
        if findings.contains(where: { $0.remedy != nil }) { throw ExitCode(1) }
    }
}

/// One thing that was looked at.
private struct Finding {
    let subject: String
    let words: String
    /// What to do; nil where all is well.
    var remedy: String?

    var line: String {
        guard let remedy else { return "ok    \(subject): \(words)" }
        return "look  \(subject): \(words)\n      \(remedy)"
    }

    static func dataFolder(_ settings: Settings) -> Finding {
        let path = settings.data.filePath
        guard FileManager.default.isWritableFile(atPath: path) else {
            return Finding(
                subject: "data folder", words: "\(path) is missing or can't be written to.",
                remedy: "Make it, and give it to the user that runs the product: mkdir -p \(path); chown USER \(path)")
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let mode = attributes?[.posixPermissions] as? Int ?? 0
        guard mode & 0o077 == 0 else {
            return Finding(
                subject: "data folder", words: "other users of this machine can look into \(path).",
                remedy: "Close it: chmod 700 \(path)")
        }
        let free = (try? FileManager.default.attributesOfFileSystem(forPath: path)[.systemFreeSize] as? Int) ?? 0
        guard free > 1 << 30 else {
            return Finding(
                subject: "data folder", words: "less than 1 GB is free on its disk.",
                remedy: "Make room; a full disk stops every write.")
        }
        return Finding(subject: "data folder", words: path)
    }

    static func address(_ settings: Settings) -> Finding {
        let host = URL(string: settings.address)?.host() ?? ""
        let isLocal = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        guard settings.address.hasPrefix("https://") || isLocal else {
            return Finding(
                subject: "address", words: "\(settings.address) is not encrypted.",
                remedy: "Put a proxy that speaks TLS in front, and set address to https://…")
        }
        guard !isLocal else {
            return Finding(
                subject: "address",
                words: "\(settings.address) can be reached from this machine only, which is right for a trial.")
        }
        return Finding(subject: "address", words: settings.address)
    }

    static var timeZones: Finding {
        guard TimeZones.named("Europe/Amsterdam") != nil else {
            return Finding(
                subject: "time zones", words: "this machine doesn't know them.",
                remedy: "Install them: apt-get install tzdata")
        }
        return Finding(subject: "time zones", words: "known")
    }

    static func database(_ settings: Settings) async -> [Finding] {
        let subject = "database"
        do {
            return try await settings.withDatabase(.refused) { database in
                [Finding(subject: subject, words: settings.database.description)] + (try await contents(of: database))
            }
        } catch {
            return [
                Finding(
                    subject: subject, words: "\(error)",
                    remedy: settings.database.isSQLite
                        ? "Until then nothing can be served from it."
                        : "Check the setting 'database', and that the server runs and lets this user in.")
            ]
        }
    }

    private static func contents(of database: any Database) async throws -> [Finding] {
        var findings: [Finding] = []
        do {
            try await proveWritable(database)
        } catch let error as StorageError {
            findings.append(
                Finding(
                    subject: "database", words: "nothing can be written to it: \(error.sentence)",
                    remedy: "Look at the rights of the file and its folder, and at how full the disk is."))
            return findings
        }
        let missing = try await Migrations.product.pending(in: database)
        if missing.isEmpty {
            findings.append(try await search(in: database))
        } else {
            findings.append(
                Finding(
                    subject: "database", words: "it is \(missing.count) steps behind this version.",
                    remedy: "Run 'throughline migrate', or start 'throughline serve'."))
        }
        if let sqlite = database as? SQLiteDatabase {
            findings.append(integrity(try await sqlite.checkIntegrity()))
        } else {
            findings.append(try await collation(of: database))
        }
        return findings
    }

    private static func integrity(_ problems: [String]) -> Finding {
        guard let first = problems.first else { return Finding(subject: "integrity", words: "the whole file is sound") }
        return Finding(
            subject: "integrity", words: "the file is damaged: \(first)",
            remedy: "Stop the server and restore the newest backup: throughline restore FILE")
    }

    private static func search(in database: any Database) async throws -> Finding {
        let faults = try await database.read { tx in try SearchIndex.faults(in: tx) }
        guard faults > 0 else { return Finding(subject: "search", words: "whatever is written can be found") }
        return Finding(
            subject: "search", words: "its index differs from what is written at \(faults) places.",
            remedy: "Build it anew: throughline reindex")
    }

    private static func collation(of database: any Database) async throws -> Finding {
        let found = try await database.read { tx in
            try tx.value(String.self, "select datcollate from pg_database where datname = current_database()")
        }
        let collation = found ?? "unknown"
        guard collation == "C" || collation.lowercased().hasPrefix("c.utf") else {
            return Finding(
                subject: "collation", words: "texts are sorted by \(collation), and SQLite would sort them otherwise.",
                remedy: "Harmless. For the same order on both: create database … template template0 locale 'C.UTF-8'")
        }
        return Finding(subject: "collation", words: collation)
    }

    static func mail(_ settings: Settings) async -> Finding {
        switch settings.mail {
        case .folder(let path):
            return Finding(subject: "mail", words: "no server is set; messages become files in \(path)")
        case .smtp(let server):
            do {
                try await SMTPClient(server).check()
                return Finding(subject: "mail", words: "\(server.host) answers and lets us in")
            } catch {
                return Finding(
                    subject: "mail", words: "\(server.host) doesn't take our mail: \(error.reason)",
                    remedy: "Check the settings mail.smtp.*; docs/configuration.md lists them. Mail waits until then.")
            }
        }
    }
}
