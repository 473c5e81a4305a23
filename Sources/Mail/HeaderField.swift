// One header field as text: cleaned, encoded where it is not ASCII, and folded.

import Foundation

/// Writers for header fields. Each returns the field without its last CRLF; none can return a line break
/// that is not a fold.
enum HeaderField {
    /// Lines with encoded words stay within 76 characters (RFC 2047 section 2), so all lines do.
    private static let lineLimit = 76
    /// A longer stretch without a place to fold is sent as encoded words, which can be folded anywhere.
    private static let pieceLimit = 60

    /// A field whose value we wrote ourselves, without a place to fold.
    static func plain(_ name: String, _ value: String) -> String {
        "\(name): \(value)"
    }

    /// Free text (RFC 5322 section 2.2.1), or `nil` when nothing is left of it after cleaning.
    static func text(_ name: String, _ value: String) -> String? {
        let value = clean(value)
        if value.isEmpty { return nil }
        let pieces = pieces(of: value)
        let isPlain = isPlainASCII(value) && pieces.allSatisfy { $0.utf8.count <= pieceLimit }
        return folded(name, isPlain ? pieces : encodedWords(value))
    }

    static func addresses(_ name: String, _ addresses: [MailAddress]) -> String {
        if addresses.isEmpty { return plain(name, "undisclosed-recipients:;") }
        var pieces: [String] = []
        for (index, address) in addresses.enumerated() {
            let comma = index == addresses.count - 1 ? "" : ","
            let phrase = phrase(address.name)
            pieces += phrase
            pieces.append(phrase.isEmpty ? " \(address.email)\(comma)" : " <\(address.email)>\(comma)")
        }
        return folded(name, pieces)
    }

    static func ids(_ name: String, _ ids: [MessageID]) -> String {
        folded(name, ids.map { " <\($0.text)>" })
    }

    /// RFC 2183, with RFC 2231 for names that are not short and ASCII.
    static func attachment(named name: String) -> String {
        let cleaned = clean(name).unicodeScalars.map { $0 == "/" || $0 == "\\" ? "_" : $0 }
        let name = cleaned.isEmpty ? "attachment" : String(String.UnicodeScalarView(cleaned))
        if isPlainASCII(name), name.utf8.count <= pieceLimit {
            return folded("Content-Disposition", [" attachment;", " filename=\(quoted(name))"])
        }
        var sections = [" filename*0*=UTF-8''"]
        for byte in name.utf8 {
            if sections[sections.count - 1].utf8.count > pieceLimit {
                sections[sections.count - 1] += ";"
                sections.append(" filename*\(sections.count)*=")
            }
            sections[sections.count - 1] +=
                isLetterOrDigit(byte) || "-._".utf8.contains(byte)
                ? String(Unicode.Scalar(byte)) : "%" + hexPair(byte)
        }
        return folded("Content-Disposition", [" attachment;"] + sections)
    }

    /// Puts the pieces, each with its own white space in front, on as few lines as they fit.
    static func folded(_ name: String, _ pieces: [String]) -> String {
        var field = "\(name):"
        var length = field.utf8.count
        for (index, piece) in pieces.enumerated() {
            if index > 0, length + piece.utf8.count > lineLimit {
                field += "\r\n"
                length = 0
            }
            field += piece
            length += piece.utf8.count
        }
        return field
    }

    /// The text without control characters and line separators; a run of them becomes one space.
    static func clean(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var isGap = false
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                isGap = true
            default:
                if isGap { kept.append(" ") }
                isGap = false
                kept.append(scalar)
            }
        }
        guard let first = kept.firstIndex(where: { $0 != " " }),
            let last = kept.lastIndex(where: { $0 != " " })
        else { return "" }
        return String(kept[first...last])
    }

    /// A display name: atoms, a quoted string, or encoded words (RFC 5322 section 3.2.5, RFC 2047 section 5).
    private static func phrase(_ name: String) -> [String] {
        let name = clean(name)
        if name.isEmpty { return [] }
        guard isPlainASCII(name), name.utf8.count <= pieceLimit else { return encodedWords(name) }
        let words = name.split(separator: " ", omittingEmptySubsequences: false)
        if words.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isAtomText) }) {
            return words.map { " \($0)" }
        }
        return [" \(quoted(name))"]
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.map { "\"\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return "\"\(escaped)\""
    }

    /// ASCII that nobody can take for an encoded word.
    private static func isPlainASCII(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    }

    /// The words of a text, each with the spaces in front of it.
    private static func pieces(of text: String) -> [String] {
        var pieces = [" "]
        var isInWord = false
        for character in text {
            if character == " ", isInWord { pieces.append("") }
            isInWord = character != " "
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }

    /// RFC 2047: base64 of UTF-8, cut between characters where they are of usual size and always between
    /// scalars. 39 octets a word leave room on the first line for the name of any field that we write.
    private static func encodedWords(_ text: String) -> [String] {
        let room = 39
        var words: [String] = []
        var word: [UInt8] = []
        func close() {
            if !word.isEmpty { words.append(" =?UTF-8?B?\(Data(word).base64EncodedString())?=") }
            word = []
        }
        for character in text {
            if word.count + character.utf8.count > room { close() }
            for scalar in character.unicodeScalars {
                let bytes = Array(Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter)
                if word.count + bytes.count > room { close() }
                word += bytes
            }
        }
        close()
        return words
    }
}

/// A byte as two hexadecimal digits, in capitals.
func hexPair(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0\(digits)" : digits
}
