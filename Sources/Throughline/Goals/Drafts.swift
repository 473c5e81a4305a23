import Foundation
import Storage

/// An objective as somebody types it: text as it came, checked when it is saved.
public struct ObjectiveDraft: Sendable, Equatable {
    public var title: String
    public var description: String
    public var standing: String
    /// `2026-12-31`, or empty.
    public var dueOn: String
    /// The id of who looks after it, or empty. A person's own goals are always theirs.
    public var owner: String
    /// The id of the cycle that it is put into; nil to leave that as it is, empty for none.
    public var cycle: String?
    /// Who reads it; nil to leave that as it is.
    public var visibility: String?

    public init(
        title: String = "", description: String = "", standing: String = "", dueOn: String = "",
        owner: String = "", cycle: String? = nil, visibility: String? = nil
    ) {
        self.cycle = cycle
        self.visibility = visibility
        self.title = title
        self.description = description
        self.standing = standing
        self.dueOn = dueOn
        self.owner = owner
    }

    /// What a form shows of a stored objective.
    public init(_ objective: Objective) {
        self.init(
            title: objective.title, description: objective.description, standing: objective.standing,
            dueOn: objective.dueOn?.iso ?? "", owner: objective.owner?.id.text ?? "")
    }

    /// - Parameter eligible: who may be named to look after it.
    /// - Throws: ``Invalid``.
    func checked(eligible: [PersonName]) throws -> Checked {
        var typed = Typed()
        let title = typed.line(title, "title", missing: "Say in a sentence what should be true in the end.")
        let description = typed.text(description, "description", missing: nil)
        let standing = typed.line(standing, "standing", missing: nil)
        let day =
            dueOn.isEmpty
            ? nil : typed.day(dueOn, "dueOn", "Choose a day, such as 2026-12-31, or leave it empty.")
        let person = eligible.first { $0.id.text == owner }
        if !owner.isEmpty, person == nil { typed.note("owner", "Choose somebody from the list.") }
        try typed.check()
        return Checked(title: title, description: description, standing: standing, dueOn: day, owner: person)
    }

    /// What can be stored.
    struct Checked {
        let title: String
        let description: String
        let standing: String
        let dueOn: Day?
        let owner: PersonName?

        /// The names of the fields in which it differs from what is stored.
        func changes(from objective: Objective) -> [String] {
            var changes: [String] = []
            if title != objective.title { changes.append("title") }
            if description != objective.description { changes.append("description") }
            if standing != objective.standing { changes.append("standing") }
            if dueOn != objective.dueOn { changes.append("dueOn") }
            if owner?.id != objective.owner?.id { changes.append("owner") }
            return changes
        }
    }
}

/// A piece of work as its owner types it.
public struct WorkDraft: Sendable, Equatable {
    public var title: String
    public var standing: String
    /// `4` or `2.5`, or empty.
    public var hoursAWeek: String

    public init(title: String = "", standing: String = "", hoursAWeek: String = "") {
        self.title = title
        self.standing = standing
        self.hoursAWeek = hoursAWeek
    }

    public init(_ work: Work) {
        self.init(title: work.title, standing: work.standing, hoursAWeek: work.hours)
    }

    /// - Throws: ``Invalid``.
    func checked() throws -> Checked {
        var typed = Typed()
        let title = typed.line(title, "title", missing: "Give the work a name that your manager knows it by.")
        let standing = typed.line(standing, "standing", missing: nil)
        let hours = Self.number(hoursAWeek)
        if hours == nil, !hoursAWeek.trimmingCharacters(in: .whitespaces).isEmpty {
            typed.note(
                "hoursAWeek", "Give the hours as a number from 0 to 80, such as 4 or 2.5, or leave it empty.")
        }
        try typed.check()
        return Checked(title: title, standing: standing, hoursAWeek: hours)
    }

    struct Checked {
        let title: String
        let standing: String
        let hoursAWeek: Double?

        func changes(from work: Work) -> [String] {
            var changes: [String] = []
            if title != work.title { changes.append("title") }
            if standing != work.standing { changes.append("standing") }
            if hoursAWeek != work.hoursAWeek { changes.append("hoursAWeek") }
            return changes
        }
    }

    /// Decimal digits with at most one point or comma, from 0 to 80, kept to a tenth.
    private static func number(_ text: String) -> Double? {
        let text = text.trimmingCharacters(in: .whitespaces).replacing(",", with: ".")
        guard text.count <= 6, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }),
            let number = Double(text), (0...80).contains(number)
        else { return nil }
        return (number * 10).rounded() / 10
    }
}

extension Work {
    /// The hours a week as people write them, `10` or `2.5`; empty where nobody has said.
    public var hours: String {
        guard let hoursAWeek else { return "" }
        return hoursAWeek == hoursAWeek.rounded() ? String(Int(hoursAWeek)) : String(hoursAWeek)
    }
}

/// How a save of something that others may have changed meanwhile has ended.
public enum GoalSave<Present: Sendable & Equatable>: Sendable, Equatable {
    case saved
    /// Somebody has changed it since it was read. Nothing was written; this is how it stands now, to choose from.
    case collided(with: Present)
}
