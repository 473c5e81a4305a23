import Foundation

/// The words that the product drafts: the invitation, what a purpose is called, and the letters that go
/// with asking and answering.

extension Session.Purpose {
    /// As people choose it.
    public var label: String {
        switch self {
        case .role: "Role clarity"
        case .feedback: "Feedback on recent work"
        case .planning: "Planning the next quarter"
        case .growth: "Growth"
        case .own: "My own words"
        }
    }

    /// Within a sentence, after “about”; nil where it has words of its own.
    var topic: String? {
        switch self {
        case .role: "what is expected of each of us"
        case .feedback: "recent work, and what you would have me do more or less of"
        case .planning: "the next quarter, and what matters most in it"
        case .growth: "growth, and what comes next"
        case .own: nil
        }
    }
}

extension Session {
    /// How long an invitation's words may be.
    public static let longestMessage = 2_000

    /// What the session is for, in words.
    public var purposeLabel: String { purpose == .own ? purposeWords : purpose.label }

    /// The invitation that goes out where nobody writes one.
    public static func invitation(
        to partner: PersonName?, from asker: PersonName, purpose: Purpose, purposeWords: String,
        title: String,
        minutes: Int
    ) -> String {
        let topic = purpose.topic ?? purposeWords
        let subject = title.isEmpty ? "" : ": “\(title)”"
        return """
            Hello\(partner.map { " " + $0.first } ?? ""),

            I would like \(minutes) minutes with you about \(topic.isEmpty ? "what matters most now" : topic)\(subject).

            What I prepare I will share before we meet, so that the time goes to what needs the two of us. \
            Add whatever you want to talk about.

            \(asker.first)
            """
    }
}

/// Letters about a session's time, each for one reader and in that reader's time zone.
enum SessionLetter {
    static func asked(
        _ access: SessionAccess, _ times: [Date], repeating cadence: Cadence? = nil, carrying carried: [String] = [],
        in zone: TimeZone, at address: String
    ) -> Letter {
        let session = access.session
        let again: [Letter.Block] =
            cadence.map { [.paragraph("And then again, \($0.interval), if you agree.")] } ?? []
        return letter(
            access, subject: "\(access.me.first) asks for \(session.minutes) minutes: \(session.title)",
            preview:
                "\(session.purposeLabel). \(times.count == 1 ? "One time" : "\(times.count) times") to choose from.",
            blocks: (session.message.isEmpty ? [] : [.paragraph(session.message)])
                + [.heading("When it could be")]
                + [.list(times.map { $0.long(in: zone) + " (\(zone.identifier))" })] + again
                + (carried.isEmpty ? [] : [.heading("Carried over"), .list(carried)])
                + place(session),
            button: "Answer \(access.me.first)", at: address)
    }

    static func accepted(
        _ access: SessionAccess, _ time: Date, in zone: TimeZone, at address: String
    ) -> Letter {
        letter(
            access, subject: "\(access.me.first) has said yes: \(access.session.title)",
            preview: "\(time.long(in: zone)), \(access.session.minutes) minutes.",
            blocks: [
                .paragraph(
                    "You meet on \(time.long(in: zone)) (\(zone.identifier)), for \(access.session.minutes) minutes."
                )
            ] + place(access.session),
            button: "Prepare the session", at: address)
    }

    static func proposed(
        _ access: SessionAccess, _ times: [Date], saying words: String, insteadOf agreed: Date?,
        in zone: TimeZone, at address: String
    ) -> Letter {
        let opening =
            agreed.map { "\(access.me.first) can’t make \($0.long(in: zone)) and proposes another time." }
            ?? "\(access.me.first) proposes other times."
        return letter(
            access,
            subject: agreed == nil
                ? "\(access.me.first) proposes other times: \(access.session.title)"
                : "\(access.me.first) asks to move it: \(access.session.title)",
            preview: opening,
            blocks: [.paragraph(opening + " What has been prepared is kept.")]
                + (words.isEmpty ? [] : [.paragraph("“\(words)”")])
                + [
                    .list(times.map { $0.long(in: zone) + " (\(zone.identifier))" })
                ],
            button: "Answer \(access.me.first)", at: address)
    }

    /// To either of the two: moved by one of them, to another time, at once.
    static func moved(
        _ access: SessionAccess, to time: Date, _ words: String, reader: PersonName, in zone: TimeZone,
        at address: String
    ) -> Letter {
        let who = reader.id == access.me.id ? "You have" : "\(access.me.first) has"
        let other = access.session.people.first { $0.id != reader.id } ?? access.partner
        let was = access.session.startsAt.map { " It was to be on \($0.long(in: zone))." } ?? ""
        return Letter(
            subject: "Moved to \(time.long(in: zone)): \(access.session.title)".cut(to: Limit.line),
            preview: "\(who) moved it.", kick: "With \(other.name)", title: access.session.title,
            blocks: [
                .paragraph(
                    "\(who) moved it to \(time.long(in: zone)) (\(zone.identifier)).\(was) What is prepared is kept.")
            ] + (words.isEmpty ? [] : [.paragraph("“\(words)”")]) + place(access.session) + [
                .button(label: "Open the session", address: "\(address)/sessions/\(access.session.id)")
            ],
            smallPrint: ["You get this because you have a strategy session with \(other.name)."])
    }

    static func kept(_ access: SessionAccess, _ time: Date, in zone: TimeZone, at address: String) -> Letter {
        letter(
            access, subject: "It stays as agreed: \(access.session.title)",
            preview: time.long(in: zone),
            blocks: [
                .paragraph(
                    "\(access.me.first) can make it after all. You meet on \(time.long(in: zone)), as agreed."
                )
            ],
            button: "Open the session", at: address)
    }

    /// Declined, withdrawn or cancelled; `what` says which, after the name.
    /// - Parameter next: when the next of its series is, which has what was prepared.
    static func ended(
        _ access: SessionAccess, _ what: String, _ words: String, next: String? = nil, at address: String
    ) -> Letter {
        letter(
            access, subject: "\(access.me.first) \(what): \(access.session.title)",
            preview: words,
            blocks: [.paragraph("\(access.me.name) \(what).")]
                + (words.isEmpty ? [] : [.paragraph("“\(words)”")])
                + (next.map { [.paragraph("What was prepared waits for \($0), when you meet next.")] } ?? []),
            button: "Open the session", at: address)
    }

    /// To who has said yes to a recap that was changed afterwards.
    static func readAgain(_ access: SessionAccess, at address: String) -> Letter {
        letter(
            access, subject: "The recap has changed: \(access.session.title)".cut(to: Limit.line),
            preview: "Your yes was to an earlier wording.",
            blocks: [
                .paragraph(
                    "\(access.me.first) changed the recap after you said yes. Read it again, and say yes to how it stands "
                        + "now, or what is off.")
            ],
            button: "Read the recap", path: "/recap", at: address)
    }

    static func shared(_ access: SessionAccess, in zone: TimeZone, at address: String) -> Letter {
        let when = access.session.startsAt.map { " for \($0.long(in: zone))" } ?? ""
        return letter(
            access, subject: "\(access.me.first) has shared the preparation: \(access.session.title)",
            preview: "Aims, agenda and evidence\(when).",
            blocks: [
                .paragraph(
                    "\(access.me.first) has shared what is prepared\(when). Read it, and add what is yours.")
            ],
            button: "Read the preparation", path: "/preparation", at: address)
    }

    private static func letter(
        _ access: SessionAccess, subject: String, preview: String, blocks: [Letter.Block], button: String,
        path: String = "", at address: String
    ) -> Letter {
        Letter(
            subject: subject, preview: preview, kick: "From \(access.me.name)", title: access.session.title,
            blocks: blocks + [
                .button(label: button, address: "\(address)/sessions/\(access.session.id)\(path)")
            ],
            smallPrint: [
                "You get this because \(access.me.name) has a strategy session with you. A reply reaches \(access.me.first)."
            ])
    }

    private static func place(_ session: Session) -> [Letter.Block] {
        session.place.isEmpty ? [] : [.paragraph("Where: \(session.place)")]
    }
}
