import Markup

/// Small pieces of English that several pages say.
enum Words {
    private static let numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

    /// `one thing`, `three things`, `12 things`
    static func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        let number = numbers.indices.contains(count) ? numbers[count] : String(count)
        return "\(number) \(count == 1 ? noun : plural ?? noun + "s")"
    }

    /// `a, b and c`
    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension String {
    /// With its first letter made a capital.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    /// What somebody typed, each of its lines that holds something as a paragraph.
    var paragraphs: HTML {
        // By bytes: the line end is one, and part of no other character.
        utf8.split(separator: UInt8(ascii: "\n")).html { "<p>\(Substring($0))</p>" }
    }
}
