// Texts in the quoted-printable encoding of RFC 2045 section 6.7.

/// UTF-8 text as lines of at most 76 ASCII characters that end in CRLF; the last line always ends.
///
/// Any of CRLF, CR and LF ends a line; control characters other than tab are left out. A dot or "From "
/// at the start of a line is encoded too, so that neither SMTP nor a mailbox file has to change the line.
func quotedPrintable(_ text: String) -> [UInt8] {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count * 5 / 4)
    for line in lines(of: text) {
        append(line, to: &encoded)
        encoded += "\r\n".utf8
    }
    return encoded
}

private func append(_ line: [UInt8], to encoded: inout [UInt8]) {
    var length = 0
    for (index, byte) in line.enumerated() {
        let isLast = index == line.count - 1
        let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        var isLiteral = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") || isBlank && !isLast
        // 75, since a soft line break puts an = at the end.
        if length + (isLiteral ? 1 : 3) > 75 {
            encoded += "=\r\n".utf8
            length = 0
        }
        if length == 0, byte == UInt8(ascii: ".") || line[index...].starts(with: "From ".utf8) {
            isLiteral = false
        }
        if isLiteral {
            encoded.append(byte)
            length += 1
        } else {
            encoded.append(UInt8(ascii: "="))
            encoded += hexPair(byte).utf8
            length += 3
        }
    }
}

private func lines(of text: String) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    var previous: UInt8 = 0
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"):
            break
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            lines.append(line)
            line = []
        case UInt8(ascii: "\t"), 0x20...0x7E, 0x80...:
            line.append(byte)
        default:
            break
        }
        previous = byte
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
}
