import Coach
import Markup
import Throughline

/// That the coach reads along with a field: as what, and on whose behalf.
struct Coached {
    let field: CoachField
    let coach: PersonalCoach
    /// The name that the script asks under, where it isn't the field's kind.
    var name: String?
    /// Other fields of the form that the answer depends on.
    var with: [String] = []
    /// Whether to wait for the person's own words: somebody else wrote what stands there.
    var isTheirs = false
    /// The field of a tick that sends the text as it is, where a form isn't taken before the remarks are answered.
    var tick: String?

    init(
        _ field: CoachField, by coach: PersonalCoach, name: String? = nil, with: [String] = [], isTheirs: Bool = false,
        tick: String? = nil
    ) {
        self.field = field
        self.coach = coach
        self.name = name
        self.with = with
        self.isTheirs = isTheirs
        self.tick = tick
    }

    /// What is said of a text when the page is made.
    func remarks(on text: String) -> [PersonalRemark] {
        isTheirs ? [] : coach.remarks(on: text, as: field)
    }

    /// For the control, so that the script asks while one types.
    var attributes: HTML {
        """
         data-coach="\(name ?? field.kind)"\
        \(if: !with.isEmpty, " data-coach-with=\"\(with.joined(separator: " "))\"")
        """
    }
}

extension Coached {
    /// What is caught in the room: a promise, feedback, or something that the coach has nothing to say on.
    static func capture(kind: String, by coach: PersonalCoach) -> Coached {
        Coached(
            field(ofCapture: kind, hasDate: true) ?? .note, by: coach, name: "capture", with: ["kind", "due"],
            isTheirs: field(ofCapture: kind, hasDate: true) == nil)
    }

    /// A promise, whose form has an owner and a day beside it.
    static func commitment(by coach: PersonalCoach) -> Coached {
        Coached(.commitment(hasOwner: true, hasDate: true), by: coach, with: ["due"])
    }

    /// Running text.
    static func note(by coach: PersonalCoach) -> Coached { Coached(.note, by: coach) }

    /// The name of a key result, whose form has fields for how it is measured.
    static func keyResult(by coach: PersonalCoach) -> Coached {
        Coached(.keyResultTitle, by: coach, name: "keyResultTitle")
    }

    /// The field that the script asks about; nil where the coach has nothing to say.
    /// - Throws: ``NotFound`` for a name that no field has.
    static func field(in form: Form) throws -> CoachField? {
        switch form["field"] {
        case "sessionTitle": return sessionTitle(in: form)
        case "agendaTitle": return .agendaTitle
        case "workTitle": return .workTitle
        case "feedbackQuestion": return .feedbackQuestion
        case "commitment": return .commitment(hasOwner: true, hasDate: !form["due"].isEmpty)
        case "capture": return field(ofCapture: form["kind"], hasDate: !form["due"].isEmpty)
        case "objective": return .objective
        case "keyResult": return .keyResult
        case "keyResultTitle": return .keyResultTitle
        case "note": return .note
        default: throw NotFound()
        }
    }

    /// The title of a session, with the names that its form knows.
    static func sessionTitle(in form: Form) -> CoachField {
        .sessionTitle(people: form["people"].split(separator: ",").prefix(20).map { String($0) })
    }

    private static func field(ofCapture kind: String, hasDate: Bool) -> CoachField? {
        switch kind {
        case "action": .commitment(hasOwner: true, hasDate: hasDate)
        case "feedback": .feedbackQuestion
        default: nil
        }
    }
}

extension Coaching {
    /// The coach for an objective's page.
    func coach(onObjective title: String, for viewer: Viewer) async throws -> PersonalCoach {
        try await coach(on: [(title, .objective)], for: viewer)
    }

    /// The coach for a key result's page, on which the viewer can put their last check-in right.
    func coach(on page: KeyResultPageModel, for viewer: Viewer) async throws -> PersonalCoach {
        let comment = page.checkIns.first { $0.by.id == viewer.id }?.comment ?? ""
        return try await coach(on: [(page.keyResult.title, .keyResultTitle), (comment, .note)], for: viewer)
    }
}

extension Fields {
    /// The place beside a field where the coach speaks. The script fills it anew while one types.
    func coachSlot(_ field: String, _ coached: Coached, _ remarks: [PersonalRemark]) -> HTML {
        let waits = coached.tick != nil && problem(field) != nil
        let aside = CoachAside(remarks: remarks, isUnsaved: wasRejected, tick: waits ? coached.tick : nil)
        return "<div class=\"coach-slot noprint\" id=\"\(id(field))-coach\">\(aside.html)</div>"
    }
}

extension Fields {
    /// The title of a session. What the coach asks about it is said once, by the coach; until it is answered or the
    /// words are kept, the form isn't taken.
    func sessionTitle(
        value: String, people: [String], hint: String? = nil, seen: Seen? = nil, coach: PersonalCoach
    ) -> HTML {
        """
        \(input(
            "title", "Its name in both calendars", value: value, hint: hint, seen: seen, isVoice: true,
            coached: Coached(.sessionTitle(people: people), by: coach, with: ["people"], tick: "keep-title")))
        <input type="hidden" name="people" value="\(people.joined(separator: ","))">
        """
    }
}

/// Behind the words that open a form: that the coach has something to say on what stands in it.
func coachHint(_ remarks: [PersonalRemark]) -> HTML? {
    remarks.isEmpty ? nil : "<span class=\"meta\">\(Icon.pencil) the coach has a question</span>"
}

extension PersonalRemark {
    /// As a rule that asks the same says it: ``SessionTitle``.
    var inOneLine: String { "\(remark.seen) \(remark.question)" }
}
