/// Writes comma-separated values (RFC 4180): commas between fields, lines that end in CR and LF, quotation marks where a field
/// needs them.
public enum CSVText {
    /// Tells spreadsheets that a file is UTF-8. It goes first.
    public static let byteOrderMark = "\u{FEFF}"

    /// One record with its line end.
    public static func record(_ cells: [String]) -> String {
        // A lone empty field would be a blank line, which isn't a record.
        if cells == [""] { return "\"\"\r\n" }
        return cells.map(field).joined(separator: ",") + "\r\n"
    }

    private static func field(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { byte in
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ";"),
                UInt8(ascii: "\t"):
                true
            default: false
            }
        }
        // White space at an end is part of the text; some programs trim it off where nothing holds it.
        guard needsQuotes || text.utf8.first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ") else {
            return text
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
