import Foundation

/// A cycle's file as JSON: one document, in which everything stands in what it belongs to.
enum CycleJSON {
    static let format = "throughline cycle"
    static let version = "1"

    static func text(_ cycle: FileEntry) -> String {
        var text = "{\n  \"format\": \(quoted(format)),\n  \"version\": \(version),\n  \"cycle\": "
        write(cycle, "  ", to: &text)
        return text + "\n}\n"
    }

    private static func write(_ entry: FileEntry, _ margin: String, to text: inout String) {
        var isFirst = true
        func begin(_ name: String, _ text: inout String) {
            text += "\(isFirst ? "{" : ",")\n\(margin)  \(quoted(name)): "
            isFirst = false
        }
        for field in entry.kind.fields where !entry[field].isEmpty {
            begin(field.rawValue, &text)
            text += value(entry[field], field, margin + "  ")
        }
        for kind in entry.kind.parts {
            let parts = entry.parts(kind)
            if parts.isEmpty { continue }
            begin(kind.listName, &text)
            for (index, part) in parts.enumerated() {
                text += "\(index == 0 ? "[" : ",")\n\(margin)    "
                write(part, margin + "    ", to: &text)
            }
            text += "\n\(margin)  ]"
        }
        text += isFirst ? "{}" : "\n\(margin)}"
    }

    private static func value(_ text: String, _ field: FileField, _ margin: String) -> String {
        switch field.form {
        case .text: quoted(text)
        case .number: text
        case .flag: "true"
        case .list: "[\(text.split(separator: " ").map { quoted(String($0)) }.joined(separator: ", "))]"
        case .steps:
            "["
                + FileSteps.read(text).map { step in
                    """
                    \n\(margin)  {"id": \(quoted(step.id)), "title": \(quoted(step.title)), "share": \(step.share)}
                    """
                }.joined(separator: ",") + "\n\(margin)]"
        }
    }

    /// A text as RFC 8259, section 7, has it: everything but quotation marks, backslashes and control characters as it is.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    // MARK: Reading

    /// The cycle that a document holds; nil where there is none to be checked further.
    static func read(_ bytes: [UInt8], _ problems: inout FileProblems) -> FileEntry? {
        let document: LocatedJSON
        do throws(LocatedJSON.Fault) {
            document = try LocatedJSON.read(bytes)
        } catch {
            problems.note(line: error.line, error.words)
            return nil
        }
        guard case .object(let members) = document.value,
            let cycle = members.first(where: { $0.name == "cycle" })
        else {
            problems.note(line: document.line, "This holds no “cycle”. Choose a file that was exported.")
            return nil
        }
        for (name, wanted) in [("format", format), ("version", version)] {
            guard let member = members.first(where: { $0.name == name }) else { continue }
            switch member.value.value {
            case .text(wanted), .number(wanted): continue
            default: problems.note(line: member.line, name, "This version reads “\(wanted)”.")
            }
        }
        for member in members where !["format", "version", "cycle"].contains(member.name) {
            problems.note(line: member.line, "There is no “\(member.name)” here. Take it out.")
        }
        return entry(.cycle, cycle.value, "cycle", &problems)
    }

    private static func entry(
        _ kind: FileKind, _ json: LocatedJSON, _ path: String, _ problems: inout FileProblems
    ) -> FileEntry? {
        var entry = FileEntry(kind)
        entry.line = json.line
        entry.path = path
        guard case .object(let members) = json.value else {
            problems.note(line: json.line, path, "Here \(kind.words) should stand, between “{” and “}”.")
            return nil
        }
        var seen: Set<String> = []
        for member in members {
            guard seen.insert(member.name).inserted else {
                problems.note(line: member.line, path, "“\(member.name)” stands here twice. Take one out.")
                continue
            }
            if let field = FileField(rawValue: member.name), kind.fields.contains(field) {
                entry.lines[field] = member.line
                if let text = text(member.value, field, entry, &problems) {
                    entry[field] = text
                } else {
                    entry.unread.insert(field)
                }
            } else if let part = kind.parts.first(where: { $0.listName == member.name }) {
                entry.parts += parts(part, member, kind == .cycle ? "" : path + ".", &problems)
            } else {
                problems.note(
                    line: member.line, path, "\(kind.words.capitalizedFirst) has no “\(member.name)”. Take it out.")
            }
        }
        return entry
    }

    private static func parts(
        _ kind: FileKind, _ member: LocatedJSON.Member, _ path: String, _ problems: inout FileProblems
    ) -> [FileEntry] {
        guard case .list(let elements) = member.value.value else {
            if case .null = member.value.value { return [] }
            problems.note(line: member.line, path + member.name, "Here a list should stand, between “[” and “]”.")
            return []
        }
        return elements.enumerated().compactMap { index, element in
            entry(kind, element, "\(path)\(member.name)[\(index)]", &problems)
        }
    }

    /// What a field holds, as CSV writes it. Nil where it can't be that.
    private static func text(
        _ json: LocatedJSON, _ field: FileField, _ entry: FileEntry, _ problems: inout FileProblems
    ) -> String? {
        switch (field.form, json.value) {
        case (_, .null): return ""
        case (.text, .text(let text)): return text
        case (.number, .text(let text)), (.number, .number(let text)): return text
        case (.flag, .flag(let isSet)): return isSet ? "yes" : ""
        case (.list, .list(let elements)):
            let words = elements.compactMap { element in
                if case .text(let text) = element.value { text } else { nil }
            }
            if words.count == elements.count { return words.joined(separator: " ") }
        case (.steps, .list(let elements)):
            let lines = elements.compactMap(step)
            if lines.count == elements.count { return lines.joined(separator: "\n") }
        default: break
        }
        let words =
            switch field.form {
            case .text: "Write a text in quotation marks."
            case .number: "Write a figure, such as 61 or 0.5."
            case .flag: "Write true or false."
            case .list: "Write a list of texts, such as [\"O1\", \"O2\"]."
            case .steps: "Write a list such as [{\"id\": \"1\", \"title\": \"Lease signed\", \"share\": 1}]."
            }
        problems.note(entry, field, words)
        return nil
    }

    private static func step(_ json: LocatedJSON) -> String? {
        guard case .object(let members) = json.value else { return nil }
        func text(_ name: String) -> String? {
            guard let member = members.first(where: { $0.name == name }) else { return nil }
            switch member.value.value {
            case .text(let text), .number(let text): return text.contains("\n") ? nil : text
            default: return nil
            }
        }
        guard let title = text("title") else { return nil }
        return "\(text("id").map { "\($0): " } ?? "")\(title) (\(text("share") ?? "1"))"
    }
}

/// A milestone's steps in one text, a line for each: `1: Lease signed (2)`, which is its number, what it is called and what it
/// counts for.
enum FileSteps {
    static func text(_ steps: [KeyResult.Step]) -> String {
        steps.map { "\($0.id): \($0.title) (\($0.share))" }.joined(separator: "\n")
    }

    /// A line without a number gets the next; one without a share counts once.
    static func read(_ text: String) -> [KeyResult.Step] {
        var steps: [KeyResult.Step] = []
        for line in text.split(whereSeparator: \.isNewline) {
            var rest = line.trimmingCharacters(in: .whitespaces)
            if rest.isEmpty { continue }
            var id: String?
            if let match = rest.prefixMatch(of: /(\d{1,6}): */) {
                id = String(match.1)
                rest = String(rest[match.range.upperBound...])
            }
            var share = 1
            if let match = rest.wholeMatch(of: /(.+?) ?\((\d{1,3})\)/), let number = Int(match.2) {
                (rest, share) = (String(match.1), number)
            }
            let next = (steps.compactMap { Int($0.id) }.max() ?? 0) + 1
            steps.append(KeyResult.Step(id: id ?? String(next), title: rest, share: share))
        }
        return steps
    }
}
