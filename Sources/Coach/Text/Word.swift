// The words of a text as a person typed it: what each looks like and where it stands.
// Every judge of the coach reads text through `words(in:)`, so that all of them see the same words.

/// A word, number, address, emoji or punctuation mark of a text.
public struct Word: Sendable, Equatable {
    /// What a word looks like from the outside.
    public struct Shape: OptionSet, Sendable {
        public let rawValue: UInt16

        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// Starts with an upper-case letter.
        public static let capitalised = Shape(rawValue: 1 << 0)
        /// Two letters or more, all of them upper case.
        public static let allCaps = Shape(rawValue: 1 << 1)
        /// A figure: "12", "4.1%", "£1.3m", "10x", "3rd", "24/7".
        public static let number = Shape(rawValue: 1 << 2)
        /// A figure with a percent sign.
        public static let percent = Shape(rawValue: 1 << 3)
        /// A figure with a currency sign.
        public static let money = Shape(rawValue: 1 << 4)
        /// Letters and digits together: "Q3", "v2.4", "10x".
        public static let mixed = Shape(rawValue: 1 << 5)
        /// An address on the web.
        public static let url = Shape(rawValue: 1 << 6)
        /// A mail address, an "@handle" or a "#tag".
        public static let handle = Shape(rawValue: 1 << 7)
        /// A mark such as "," or "?" rather than a word; one mark a word.
        public static let punctuation = Shape(rawValue: 1 << 8)
        /// An emoji or another pictograph.
        public static let emoji = Shape(rawValue: 1 << 9)
        /// A four-digit number that reads as a year, 1900 to 2099.
        public static let year = Shape(rawValue: 1 << 10)
        /// Contains a hyphen between letters or digits: "sign-up".
        public static let hyphenated = Shape(rawValue: 1 << 11)
    }

    /// As typed.
    public let text: String
    /// In lower case, with straight apostrophes: "Don’t" is "don't".
    public let lower: String
    /// The word without its commonest English endings: "shipped" and "shipping" are "ship".
    /// Good for comparing words, not for showing.
    public let stem: String
    /// Where it stands, in Unicode scalars from the start of the text that was given.
    public let range: Range<Int>
    public let shape: Shape

    /// A word in the narrow sense: neither a number, nor an address, nor a mark.
    public var isPlain: Bool {
        shape.isDisjoint(with: [.number, .url, .handle, .punctuation, .emoji])
    }

    public var isNumber: Bool { shape.contains(.number) }
    public var isPunctuation: Bool { shape.contains(.punctuation) }
}

/// The words of a text in order, in time linear in its length.
public func words(in text: String) -> [Word] {
    words(in: Array(text.unicodeScalars), from: 0)
}

/// The words of scalars whose first one stands at `origin` in the text that ranges refer to.
func words(in scalars: [Unicode.Scalar], from origin: Int) -> [Word] {
    var found: [Word] = []
    found.reserveCapacity(scalars.count / 5 + 4)
    var position = 0
    while position < scalars.count {
        if scalars[position].isSpace {
            position += 1
            continue
        }
        let (end, shape) = nextWord(in: scalars, at: position)
        found.append(makeWord(scalars[position..<end], shape: shape, origin: origin))
        position = end
    }
    return found
}

/// Where the word that starts at `start` ends, and the part of its shape that its end was found by.
private func nextWord(in scalars: [Unicode.Scalar], at start: Int) -> (end: Int, shape: Word.Shape) {
    let first = scalars[start]
    if startsURL(scalars, at: start) { return (endOfURL(scalars, from: start), .url) }
    if first.isPictograph { return (endOfPictograph(scalars, from: start), .emoji) }
    if first.isCurrency, start + 1 < scalars.count, scalars[start + 1].isDigit {
        return (endOfFigure(scalars, from: start + 1), [.number, .money])
    }
    if (first == "-" || first == "+" || first == "<" || first == ">" || first == "~" || first == "±"),
        start + 1 < scalars.count, scalars[start + 1].isDigit,
        start == 0 || !scalars[start - 1].isWordPart
    {
        return (endOfFigure(scalars, from: start + 1), .number)
    }
    if first.isDigit { return (endOfFigure(scalars, from: start), .number) }
    if (first == "@" || first == "#"), start + 1 < scalars.count, scalars[start + 1].isWordPart {
        return (endOfLetters(scalars, from: start + 1).end, .handle)
    }
    if first.isWordPart {
        let (end, isAddress) = endOfLetters(scalars, from: start)
        return (end, isAddress ? .handle : [])
    }
    return (start + 1, .punctuation)
}

private func startsURL(_ scalars: [Unicode.Scalar], at start: Int) -> Bool {
    func matches(_ prefix: StaticString) -> Bool {
        guard start + prefix.utf8CodeUnitCount <= scalars.count else { return false }
        for offset in 0..<prefix.utf8CodeUnitCount {
            let wanted = UInt32(prefix.utf8Start[offset])
            let seen = scalars[start + offset].value
            guard seen == wanted || (seen >= 65 && seen <= 90 && seen + 32 == wanted) else { return false }
        }
        return true
    }
    let first = scalars[start]
    guard first == "h" || first == "H" || first == "w" || first == "W" else { return false }
    return matches("https://") || matches("http://") || matches("www.")
}

/// A URL runs to the next space, without the marks that close the sentence around it.
private func endOfURL(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var end = start
    while end < scalars.count, !scalars[end].isSpace, scalars[end] != ">", scalars[end] != "\"" { end += 1 }
    while end > start + 1, ".,;:!?)]}'".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
    return end
}

/// A figure: digits with points, commas, slashes or colons between digits, then a unit stuck to it.
private func endOfFigure(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var end = start
    while end < scalars.count {
        let scalar = scalars[end]
        if scalar.isWordPart {
            end += 1
        } else if ".,/:'’-".unicodeScalars.contains(scalar), end + 1 < scalars.count, scalars[end + 1].isDigit {
            end += 1
        } else if scalar == "-", end + 1 < scalars.count, scalars[end + 1].isLetter {
            end += 1
        } else {
            break
        }
    }
    if end < scalars.count, scalars[end] == "%" || scalars[end] == "+" || scalars[end].isCurrency { end += 1 }
    return end
}

/// A run of letters, with apostrophes, hyphens, and "@" and points of a mail address or a file name inside.
private func endOfLetters(_ scalars: [Unicode.Scalar], from start: Int) -> (end: Int, isAddress: Bool) {
    var end = start
    var isAddress = false
    while end < scalars.count {
        let scalar = scalars[end]
        if scalar.isWordPart {
            end += 1
            continue
        }
        guard "'’-.@".unicodeScalars.contains(scalar), end > start, end + 1 < scalars.count,
            scalars[end + 1].isWordPart
        else { break }
        if scalar == "@" { isAddress = true }
        end += 2
    }
    return (end, isAddress)
}

/// An emoji with its modifiers and the emoji joined to it.
private func endOfPictograph(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var end = start + 1
    while end < scalars.count {
        let value = scalars[end].value
        let isModifier = value == 0xFE0F || value == 0x20E3 || (0x1F3FB...0x1F3FF).contains(value)
        if isModifier {
            end += 1
        } else if value == 0x200D, end + 1 < scalars.count, scalars[end + 1].isPictograph {
            end += 2
        } else {
            break
        }
    }
    return end
}

private func makeWord(_ scalars: ArraySlice<Unicode.Scalar>, shape given: Word.Shape, origin: Int) -> Word {
    var shape = given
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    var letters = 0
    var upper = 0
    var digits = 0
    for scalar in scalars {
        if scalar.isLetter { letters += 1 }
        if scalar.isUpper { upper += 1 }
        if scalar.isDigit { digits += 1 }
        if scalar == "%" { shape.insert(.percent) }
        if scalar.isCurrency { shape.insert(.money) }
        if scalar == "-" && letters + digits > 0 { shape.insert(.hyphenated) }
    }
    if let first = scalars.first, first.isUpper { shape.insert(.capitalised) }
    if letters > 1, upper == letters { shape.insert(.allCaps) }
    if letters > 0, digits > 0 { shape.insert(.mixed) }
    if digits == 4, letters == 0, scalars.count == 4, let first = scalars.first {
        let second = scalars[scalars.startIndex + 1]
        if (first == "1" && second == "9") || (first == "2" && second == "0") { shape.insert(.year) }
    }
    let lower = lowercased(scalars)
    let isPlain = shape.isDisjoint(with: [.number, .url, .handle, .punctuation, .emoji])
    return Word(
        text: String(text), lower: lower, stem: isPlain ? Coach.stem(lower) : lower,
        range: origin + scalars.startIndex..<origin + scalars.endIndex, shape: shape)
}

private func lowercased(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var lower = String.UnicodeScalarView()
    for scalar in scalars {
        if scalar == "’" || scalar == "‘" || scalar == "`" || scalar == "ʼ" {
            lower.append("'")
        } else if scalar.isASCII {
            lower.append(scalar.isUpper ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar)
        } else {
            for small in scalar.properties.lowercaseMapping.unicodeScalars { lower.append(small) }
        }
    }
    return String(lower)
}

extension Unicode.Scalar {
    /// White space, line ends, and the zero-width and control scalars that pasted text carries.
    var isSpace: Bool {
        if value < 0x80 { return value <= 0x20 || value == 0x7F }
        return properties.isWhitespace || value == 0x200B || value == 0xFEFF || value == 0x00AD
    }

    var isLineEnd: Bool {
        value == 0x0A || value == 0x0D || value == 0x85 || value == 0x2028 || value == 0x2029
    }

    var isDigit: Bool { value >= 0x30 && value <= 0x39 }

    var isUpper: Bool {
        if isASCII { return value >= 65 && value <= 90 }
        return properties.isUppercase
    }

    var isLower: Bool {
        if isASCII { return value >= 97 && value <= 122 }
        return properties.isLowercase
    }

    var isLetter: Bool {
        if isASCII { return (value | 0x20) >= 97 && (value | 0x20) <= 122 }
        return properties.isAlphabetic
    }

    /// A letter, a digit, an underscore, or a mark that combines with a letter.
    var isWordPart: Bool {
        if isASCII { return isLetter || isDigit || value == 0x5F }
        if properties.isAlphabetic { return true }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber: return !(0xFE00...0xFE0F).contains(value)
        default: return false
        }
    }

    var isCurrency: Bool {
        value == 0x24 || value == 0xA3 || value == 0x20AC || value == 0xA5 || value == 0x20B9
    }

    /// An emoji or dingbat; digits and "#", which Unicode counts as emoji too, are left out.
    var isPictograph: Bool {
        guard value >= 0x203C else { return false }
        return (0x1F000...0x1FAFF).contains(value) || (0x2600...0x27BF).contains(value)
            || (0x2B00...0x2BFF).contains(value) || (0x2190...0x21FF).contains(value)
            || (0x2300...0x23FF).contains(value)
    }
}
