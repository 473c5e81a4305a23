import Foundation

/// A JSON text (RFC 8259) in which every value knows its line, so that what is wrong with it can be pointed at.
struct LocatedJSON {
    let line: Int
    let value: Value

    indirect enum Value {
        case null
        case flag(Bool)
        /// As it is written.
        case number(String)
        case text(String)
        case list([LocatedJSON])
        case object([Member])
    }

    struct Member {
        let name: String
        let line: Int
        let value: LocatedJSON
    }

    /// What keeps a text from being read. Behind it nothing can be trusted, so there is one.
    struct Fault: Error {
        let line: Int
        let words: String
    }

    static func read(_ bytes: [UInt8]) throws(Fault) -> LocatedJSON {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Fault(line: 1, words: "This isn’t UTF-8 text. Save it once more as UTF-8.")
        }
        var parser = Parser(bytes: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.byte == nil else { throw parser.fault("Something follows after the end. Take it out.") }
        return value
    }

    private struct Parser {
        let bytes: ArraySlice<UInt8>
        private var position: Int
        private(set) var line = 1

        init(bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            position = bytes.startIndex
        }

        var byte: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

        func fault(_ words: String) -> Fault { Fault(line: line, words: words) }

        mutating func skipSpace() {
            while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                if byte == 0x0A { line += 1 }
                position += 1
            }
        }

        private mutating func take(_ wanted: Character) -> Bool {
            guard byte == wanted.asciiValue else { return false }
            position += 1
            return true
        }

        mutating func value(depth: Int) throws(Fault) -> LocatedJSON {
            skipSpace()
            let start = line
            guard depth < 32 else { throw fault("This goes deeper than any cycle does.") }
            switch byte {
            case UInt8(ascii: "{"): return LocatedJSON(line: start, value: .object(try members(depth)))
            case UInt8(ascii: "["): return LocatedJSON(line: start, value: .list(try elements(depth)))
            case UInt8(ascii: "\""): return LocatedJSON(line: start, value: .text(try text()))
            case nil: throw fault("The file ends too early. Choose the whole file.")
            default: return LocatedJSON(line: start, value: try word())
            }
        }

        private mutating func members(_ depth: Int) throws(Fault) -> [Member] {
            position += 1
            var members: [Member] = []
            skipSpace()
            if take("}") { return [] }
            repeat {
                skipSpace()
                guard byte == UInt8(ascii: "\"") else { throw fault("Here a name in quotation marks should stand.") }
                let start = line
                let name = try text()
                skipSpace()
                guard take(":") else { throw fault("After “\(name)” a colon should stand.") }
                members.append(Member(name: name, line: start, value: try value(depth: depth + 1)))
                skipSpace()
            } while take(",")
            guard take("}") else { throw fault("Here a comma or a closing “}” should stand.") }
            return members
        }

        private mutating func elements(_ depth: Int) throws(Fault) -> [LocatedJSON] {
            position += 1
            var elements: [LocatedJSON] = []
            skipSpace()
            if take("]") { return [] }
            repeat {
                elements.append(try value(depth: depth + 1))
                skipSpace()
            } while take(",")
            guard take("]") else { throw fault("Here a comma or a closing “]” should stand.") }
            return elements
        }

        /// A number, true, false or null.
        private mutating func word() throws(Fault) -> Value {
            let start = position
            while let byte, !",]}:\"[{ \n\r\t".utf8.contains(byte) { position += 1 }
            let word = String(decoding: bytes[start..<position], as: UTF8.self)
            switch word {
            case "null": return .null
            case "true": return .flag(true)
            case "false": return .flag(false)
            default:
                guard word.wholeMatch(of: /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/) != nil else {
                    throw fault("“\(word.prefix(40))” is no value. A text needs quotation marks around it.")
                }
                return .number(word)
            }
        }

        private mutating func text() throws(Fault) -> String {
            position += 1
            var text: [UInt8] = []
            while let byte {
                position += 1
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
                case UInt8(ascii: "\\"): try escape(&text)
                case 0..<0x20: throw fault("A text ends on its line. Close it, or write a line end in it as \\n.")
                default: text.append(byte)
                }
            }
            throw fault("A text is never closed. Put a quotation mark at its end.")
        }

        private mutating func escape(_ text: inout [UInt8]) throws(Fault) {
            let escaped = byte
            position += 1
            switch escaped {
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escaped ?? 0)
            case UInt8(ascii: "u"):
                let first = try unit()
                var units = [first]
                if UTF16.isLeadSurrogate(first) {
                    guard take("\\"), take("u") else { throw fault("Half a character stands here. Write it out.") }
                    units.append(try unit())
                }
                guard let whole = String(validating: units, as: UTF16.self) else {
                    throw fault("Half a character stands here. Write it out.")
                }
                text += whole.utf8
            default: throw fault("No text has a “\\” before this. Write two of them for one.")
            }
        }

        private mutating func unit() throws(Fault) -> UInt16 {
            let digits = bytes[position..<min(position + 4, bytes.endIndex)]
            guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw fault("After “\\u” four hexadecimal digits should stand.") }
            position += 4
            return unit
        }
    }
}
