import Foundation
import Storage
import Throughline

/// A field of a form that two people, or one in two windows, have edited at once.
struct EditedField {
    let name: String
    let label: String
    let mine: String
    let theirs: String
    let holdsBoth: Bool
    let shown: (String) -> String

    init(
        _ name: String, _ label: String, _ mine: String, _ theirs: String, holdsBoth: Bool = false,
        shown: @escaping (String) -> String = { $0 }
    ) {
        self.name = name
        self.label = label
        self.mine = mine
        self.theirs = theirs
        self.holdsBoth = holdsBoth
        self.shown = shown
    }

    /// Line ends and space at the ends are no difference.
    var differs: Bool { Self.normal(mine) != Self.normal(theirs) }

    private static func normal(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension VersionsPage {
    /// For a thing that a form edits as a whole: only the fields that differ are there to choose.
    init(
        of title: String, at path: Path, by other: PersonName?, saved time: String, version: Int,
        fields: [EditedField]
    ) {
        self.init(
            place: .goals, kick: title, other: other, at: time, action: path, back: path,
            choices: fields.filter(\.differs).map { field in
                Choice(
                    field.name, field.label, mine: field.mine, theirs: field.theirs, holdsBoth: field.holdsBoth,
                    shown: field.shown)
            },
            also: [("version", String(version))]
                + fields.filter { !$0.differs }.map { ($0.name, $0.theirs) })
    }
}
