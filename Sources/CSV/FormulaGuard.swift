/// Keeps what somebody typed from being run as a formula when a spreadsheet opens it, and gives it back exactly.
///
/// A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@` (or their full-width forms), a tab or a carriage return
/// (OWASP, CSV injection). An apostrophe before such a beginning makes it text. A program that takes semicolons or tabs for
/// separators sees cells begin inside the field, and one that doesn't know of quotation marks after each line end: there
/// too. Where apostrophes stand before such a character already, one more is put before them, so that reading can always
/// take exactly one away.
public enum FormulaGuard {
    public static func guarded(_ text: String) -> String {
        guard mayMatter(text) else { return text }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for index in scalars.indices {
            if isBeginning(index, scalars), isRun(from: index, scalars) { result.append(apostrophe) }
            result.append(scalars[index])
        }
        return String(result)
    }

    public static func unguarded(_ text: String) -> String {
        guard mayMatter(text) else { return text }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for index in scalars.indices {
            let isGuard =
                scalars[index] == apostrophe && isBeginning(index, scalars) && isRun(from: index, scalars)
            if !isGuard { result.append(scalars[index]) }
        }
        return String(result)
    }

    private static let apostrophe: Unicode.Scalar = "'"

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
        default: false
        }
    }

    /// Most texts have nothing of the kind.
    private static func mayMatter(_ text: String) -> Bool { text.unicodeScalars.contains(where: isDangerous) }

    /// Whether a cell may begin here: at the start, or after what some program takes for a separator.
    private static func isBeginning(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard index > 0 else { return true }
        switch scalars[index - 1] {
        case ";", "\t", "\n", "\r": return true
        default: return false
        }
    }

    /// Whether, after any apostrophes, something comes that would be run.
    private static func isRun(from start: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        var index = start
        while index < scalars.count, scalars[index] == apostrophe { index += 1 }
        return index < scalars.count && isDangerous(scalars[index])
    }
}
