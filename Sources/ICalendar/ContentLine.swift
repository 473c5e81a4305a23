// The lines that calendar files consist of: RFC 5545 section 3.1.

/// A content line: a name, parameters and a value.
public struct ContentLine: Sendable, Hashable {
    /// In capitals.
    public let name: String
    public var parameters: [Parameter]
    /// As it stands in the file; text values are escaped (``text``).
    public var value: String
    /// Where it stood in the file that it was read from, counted from 1; 0 for a line of our own.
    public let number: Int

    /// A parameter (section 3.2), such as TZID.
    public struct Parameter: Sendable, Hashable {
        /// In capitals.
        public let name: String
        /// Without quotation marks, and without the escapes of RFC 6868.
        public let values: [String]

        public init(_ name: String, _ values: String...) {
            self.init(name, values: values)
        }

        init(_ name: String, values: [String]) {
            self.name = name.uppercased()
            self.values = values
        }
    }

    /// A line whose value needs no escaping, such as a date, an address or a rule.
    public init(_ name: String, _ parameters: [Parameter] = [], raw value: String) {
        self.init(name, parameters, raw: value, number: 0)
    }

    /// A line with a TEXT value (section 3.3.11), which is escaped.
    public init(_ name: String, _ parameters: [Parameter] = [], text: String) {
        self.init(name, parameters, raw: Self.escaped(text), number: 0)
    }

    init(_ name: String, _ parameters: [Parameter], raw value: String, number: Int) {
        self.name = name.uppercased()
        self.parameters = parameters
        self.value = value
        self.number = number
    }

    /// The first value of a parameter.
    public func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name }?.values.first
    }

    /// The value as TEXT (section 3.3.11), without its escapes.
    public var text: String {
        var text = ""
        var isEscaped = false
        for character in value {
            if isEscaped {
                text.append(character == "n" || character == "N" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return text
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\", ";", ",": escaped += "\\\(scalar)"
            case "\n", "\r", "\u{2028}", "\u{2029}": escaped += "\\n"
            case "\t": escaped += " "
            default: if !scalar.isControl { escaped.unicodeScalars.append(scalar) }
            }
        }
        return escaped
    }
}

// MARK: Writing

extension ContentLine {
    /// The line as it travels, folded so that no line has more than 75 octets (section 3.1), with CRLF at the end.
    func append(to file: inout String) {
        var line = name
        for parameter in parameters {
            line += ";\(parameter.name)=" + parameter.values.map(Self.quoted).joined(separator: ",")
        }
        // No value of ours has a line end; whatever came from elsewhere must not begin a line of its own.
        line += ":" + String(String.UnicodeScalarView(value.unicodeScalars.filter { !$0.isControl || $0 == "\t" }))
        Self.fold(line, into: &file)
    }

    /// Quoted where it has to be, with the escapes of RFC 6868.
    private static func quoted(_ value: String) -> String {
        var quoted = ""
        var needsQuotes = false
        for scalar in value.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "^": quoted += "^^"
            case "\"": quoted += "^'"
            case "\n": quoted += "^n"
            case ":", ";", ",":
                needsQuotes = true
                quoted.unicodeScalars.append(scalar)
            default: if !scalar.isControl { quoted.unicodeScalars.append(scalar) }
            }
        }
        return needsQuotes ? "\"\(quoted)\"" : quoted
    }

    /// Between characters, and within one only if it is longer than a line, then between its scalars.
    private static func fold(_ line: String, into file: inout String) {
        let limit = 75
        var length = 0
        func put(_ piece: some StringProtocol) {
            let size = piece.utf8.count
            if length + size > limit {
                file += "\r\n "
                length = 1
            }
            file += piece
            length += size
        }
        for character in line {
            let piece = String(character)
            if piece.utf8.count < limit {
                put(piece)
            } else {
                for scalar in piece.unicodeScalars { put(String(scalar)) }
            }
        }
        file += "\r\n"
    }
}

// MARK: Reading

extension ContentLine {
    /// Reads an unfolded line. Nil where it has no name or no colon, or a quotation mark that isn't closed.
    init?(unfolded line: String, number: Int) {
        var scan = Scan(rest: line.utf8[...])
        let name = scan.take { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ":") }
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else { return nil }
        var parameters: [Parameter] = []
        while scan.skip(UInt8(ascii: ";")) {
            let name = scan.take { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
            var values: [String] = []
            if scan.skip(UInt8(ascii: "=")) {
                repeat {
                    guard let value = scan.parameterValue() else { return nil }
                    values.append(value)
                } while scan.skip(UInt8(ascii: ","))
            }
            parameters.append(Parameter(name, values: values))
        }
        guard scan.skip(UInt8(ascii: ":")) else { return nil }
        self.init(name, parameters, raw: String(scan.rest) ?? "", number: number)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// What is left of a line.
    private struct Scan {
        var rest: Substring.UTF8View.SubSequence

        mutating func skip(_ byte: UInt8) -> Bool {
            guard rest.first == byte else { return false }
            rest.removeFirst()
            return true
        }

        mutating func take(while isTaken: (UInt8) -> Bool) -> String {
            let taken = rest.prefix(while: isTaken)
            rest = rest[taken.endIndex...]
            return String(taken) ?? ""
        }

        /// In quotation marks or up to the next separator. Nil for marks that aren't closed.
        mutating func parameterValue() -> String? {
            if skip(UInt8(ascii: "\"")) {
                let value = take { $0 != UInt8(ascii: "\"") }
                guard skip(UInt8(ascii: "\"")) else { return nil }
                return Self.unescaped(value)
            }
            return Self.unescaped(take { !",;:".utf8.contains($0) })
        }

        /// RFC 6868 section 3: an unknown escape stays as it is.
        private static func unescaped(_ value: String) -> String {
            guard value.contains("^") else { return value }
            var text = ""
            var characters = value.unicodeScalars.makeIterator()
            while let scalar = characters.next() {
                guard scalar == "^" else {
                    text.unicodeScalars.append(scalar)
                    continue
                }
                switch characters.next() {
                case "^": text += "^"
                case "'": text += "\""
                case "n": text += "\n"
                case let other?: text += "^\(other)"
                case nil: text += "^"
                }
            }
            return text
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
