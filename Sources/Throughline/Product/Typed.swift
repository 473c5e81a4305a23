import Foundation

/// Checks what a person typed, field by field, and gathers everything that is wrong before saying so.
///
///     var typed = Typed()
///     let title = typed.line(draft.title, "title", "Give the item a name", atMost: 200)
///     try typed.check()
public struct Typed {
    public private(set) var problems: [Problem] = []

    public init() {}

    /// - Throws: ``Invalid`` with every problem found so far.
    public func check() throws {
        if !problems.isEmpty { throw Invalid(problems) }
    }

    public mutating func note(_ field: String, _ words: String) {
        problems.append(Problem(field: field, words: words))
    }

    /// One line of text: trimmed, with runs of white space folded.
    /// - Parameter missing: what to say when it is empty; nil if it may be.
    public mutating func line(
        _ value: String, _ field: String, missing: String?, atMost limit: Int = Limit.line
    )
        -> String
    {
        let line = Self.cleaned(value).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return checked(line, field, missing, limit)
    }

    /// Text of several lines: line ends made one kind, trailing space trimmed.
    /// - Parameter missing: what to say when it is empty; nil if it may be.
    public mutating func text(
        _ value: String, _ field: String, missing: String?, atMost limit: Int = Limit.text
    )
        -> String
    {
        let text = Self.cleaned(value).trimmingCharacters(in: .whitespacesAndNewlines)
        return checked(text, field, missing, limit)
    }

    /// One of an enumeration's raw values.
    public mutating func choice<Value: RawRepresentable<String>>(
        _ value: String, _ field: String, _ words: String, as type: Value.Type = Value.self
    ) -> Value? {
        if let choice = Value(rawValue: value) { return choice }
        note(field, words)
        return nil
    }

    /// A whole number within bounds.
    public mutating func number(
        _ value: String, _ field: String, in bounds: ClosedRange<Int>, _ words: String
    ) -> Int? {
        if let number = Int(value.trimmingCharacters(in: .whitespaces)), bounds.contains(number) { return number }
        note(field, words)
        return nil
    }

    /// A calendar day as browsers send it, `2026-12-03`.
    public mutating func day(_ value: String, _ field: String, _ words: String) -> Day? {
        if let day = Day(value.trimmingCharacters(in: .whitespaces)) { return day }
        note(field, words)
        return nil
    }

    /// Line ends as `\n`, and no control characters but tab and line end: they can't be seen, can't be meant, and come
    /// along when one pastes from other programs.
    static func cleaned(_ value: String) -> String {
        var cleaned = String.UnicodeScalarView()
        var previousWasReturn = false
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\r":
                cleaned.append("\n")
            case "\n":
                if !previousWasReturn { cleaned.append("\n") }
            case "\t":
                cleaned.append(scalar)
            default:
                if scalar.properties.generalCategory != .control { cleaned.append(scalar) }
            }
            previousWasReturn = scalar == "\r"
        }
        return String(cleaned)
    }

    private mutating func checked(_ value: String, _ field: String, _ missing: String?, _ limit: Int) -> String {
        if value.isEmpty, let missing { note(field, missing) }
        let length = value.unicodeScalars.count
        if length > limit {
            note(field, "This is \(length) characters long; \(limit) is the most it can hold. Shorten it a little.")
        }
        return value
    }
}

/// How much a field holds, in Unicode scalars. `docs/guide/limits.md` lists them for people.
public enum Limit {
    public static let name = 120
    public static let line = 200
    public static let text = 20_000
    public static let email = 254
    public static let password = 10...200
}
