import ArgumentParser
import Foundation

/// Which settings there are, and what each takes in the settings file.
enum KnownSettings {
    enum Kind {
        case text
        /// A whole number, or a text that holds one.
        case number
    }

    static let kinds: [String: Kind] = [
        "host": .text, "port": .number, "data": .text, "database": .text, "address": .text, "log.level": .text,
        "reminders": .text, "mail.from": .text, "mail.smtp.host": .text, "mail.smtp.port": .number,
        "mail.smtp.security": .text, "mail.smtp.user": .text, "mail.smtp.password": .text, "mail.smtp.ca-file": .text,
    ]

    static let prefix = "THROUGHLINE_"

    /// The environment variables that are read.
    static let variables: Set<String> = Set(
        (kinds.keys + ["config"]).map { key in
            prefix + key.uppercased().replacing(".", with: "_").replacing("-", with: "_")
        })

    /// The variables of `environment` that look like settings and are none.
    static func unknownVariables(in environment: [String: String]) -> [String] {
        environment.keys.filter { name in
            name.hasPrefix(prefix) && !variables.contains(name) && !isOfTheTests(name)
        }.sorted()
    }

    /// What the scripts of the repository set for each other.
    private static func isOfTheTests(_ name: String) -> Bool {
        name.hasPrefix(prefix + "TEST_")
            || ["PROGRAM", "PYTHON", "RECURRENCES", "SCREENSHOTS"].contains(String(name.dropFirst(prefix.count)))
    }
}

/// Holds a settings file against the list of settings. The reader of settings passes over what it doesn't know or can't
/// use, and then the product would run with a default that nobody chose.
struct SettingsFile {
    let path: String

    /// - Parameter isNamed: whether somebody named the file, so that it must be there.
    /// - Throws: `ValidationError` in words that name the file and the key.
    func check(isNamed: Bool) throws {
        guard let data = try contents() else {
            guard isNamed else { return }
            throw ValidationError("There is no settings file at \(path). Check --config or THROUGHLINE_CONFIG.")
        }
        try check(try Self.parsed(data, path: path), at: [])
    }

    /// Nil when there is no such file.
    private func contents() throws -> Data? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, [ENOENT, ENOTDIR].contains(errno) { return nil }
        let reason = String(cString: strerror(file < 0 ? errno : EISDIR)).lowercased()
        defer { if file >= 0 { close(file) } }
        guard file >= 0, let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError(
                "The settings file \(path) can't be read: \(reason). Let this user of the machine read it and its folder."
            )
        }
        return data
    }

    private static func parsed(_ data: Data, path: String) throws -> Entry {
        do {
            return try JSONDecoder().decode(Entry.self, from: data)
        } catch {
            throw ValidationError("The settings file \(path) is not JSON\(fault(in: data)). Correct it there.")
        }
    }

    /// Where the file stops being JSON, if the parser says so.
    private static func fault(in data: Data) -> String {
        do {
            _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            return ""
        } catch {
            guard let words = (error as NSError).userInfo["NSDebugDescription"] as? String else { return "" }
            return ": " + (words.prefix(1).lowercased() + words.dropFirst()).trimmingCharacters(in: ["."])
        }
    }

    private func check(_ entry: Entry, at keys: [String]) throws {
        let key = keys.joined(separator: ".")
        if case .object(let entries) = entry, keys.isEmpty || Self.isGroup(key) {
            for (name, entry) in entries.sorted(by: { $0.key < $1.key }) { try check(entry, at: keys + [name]) }
            return
        }
        if keys.isEmpty {
            throw ValidationError("The settings file \(path) holds \(entry.words); it takes an object: { … }.")
        }
        if Self.isGroup(key) {
            throw ValidationError("“\(key)” in \(path) is \(entry.words); it takes an object: { … }.")
        }
        guard let kind = KnownSettings.kinds[key] else { throw unknown(key) }
        switch (kind, entry) {
        case (_, .text), (.number, .whole): return
        case (.text, _):
            throw ValidationError("“\(key)” in \(path) is \(entry.words); it takes text in quotation marks.")
        case (.number, _): throw ValidationError("“\(key)” in \(path) is \(entry.words); it takes a whole number.")
        }
    }

    private func unknown(_ key: String) -> ValidationError {
        let similar = KnownSettings.kinds.keys.sorted().first { Self.areAlike($0, key) }
        return ValidationError(
            "“\(key)” in \(path) is no setting. "
                + (similar.map { "Did you mean “\($0)”?" } ?? "docs/configuration.md lists them all."))
    }

    private static func isGroup(_ key: String) -> Bool {
        KnownSettings.kinds.keys.contains { $0.hasPrefix(key + ".") }
    }

    /// Whether two keys differ by little: by one letter, by two that changed places, or by how their words are joined.
    private static func areAlike(_ known: String, _ typed: String) -> Bool {
        let (a, b) = (known.lowercased().filter(\.isLetter), typed.lowercased().filter(\.isLetter))
        if a.sorted() == b.sorted() { return true }
        return a.indices.contains { a.removing($0) == b } || b.indices.contains { b.removing($0) == a }
            || a.count == b.count && zip(a, b).count { $0 != $1 } == 1
    }

    /// A value of the file, as far as it matters which it is.
    private enum Entry: Decodable {
        case object([String: Entry])
        case text
        case whole
        /// In words, of what kind it is.
        case other(String)

        init(from decoder: any Decoder) throws {
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                self = .other("null")
            } else if (try? single.decode(Bool.self)) != nil {
                self = .other("true or false")
            } else if (try? single.decode(Int.self)) != nil {
                self = .whole
            } else if (try? single.decode(Double.self)) != nil {
                self = .other("a number with a fraction")
            } else if (try? single.decode(String.self)) != nil {
                self = .text
            } else if let entries = try? single.decode([String: Entry].self) {
                self = .object(entries)
            } else {
                self = .other("a list")
            }
        }

        var words: String {
            switch self {
            case .object: "an object"
            case .text: "text"
            case .whole: "a number"
            case .other(let words): words
            }
        }
    }
}

extension String {
    fileprivate func removing(_ index: Index) -> String {
        var shorter = self
        shorter.remove(at: index)
        return shorter
    }
}
