import Foundation

/// The letters about coming in and about one's account.
enum PeopleLetters {
    static func invitation(
        _ link: MadeLink, to person: Person, company: String, from writer: PersonName?
    ) -> Letter {
        let who = writer?.name ?? company
        return Letter(
            subject: "\(who) invites you to Throughline",
            preview: "Choose a password, and you are in.",
            kick: company,
            title: "\(person.personName.first), \(who) invites you to Throughline",
            blocks: [
                .paragraph(
                    "Throughline is where \(company) prepares the conversations in which two people align on what "
                        + "matters, and keeps what they agreed."),
                .paragraph("Choose a password and your time zone; that takes a minute."),
                .button(label: "Join \(company)", address: link.address),
            ],
            smallPrint: [
                "The link is yours alone and works once, until \(link.expiresAt.long(in: person.timeZone)) "
                    + "(\(person.timeZone.identifier)).",
                "If you don’t know \(company), ignore this e-mail; nothing will happen.",
            ])
    }

    static func passwordReset(
        _ link: MadeLink, to person: Person, company: String, from writer: PersonName?
    ) -> Letter {
        Letter(
            subject: "Choose a new password for Throughline",
            preview: "The link works for one hour.",
            kick: company,
            title: "Choose a new password",
            blocks: [
                .paragraph(
                    writer.map { "\($0.name) made this link for you, because you asked for a new password." }
                        ?? "Somebody, most likely you, asked for a new password for \(person.email)."),
                .paragraph("When you choose one, every browser that is signed in as you is signed out."),
                .button(label: "Choose a new password", address: link.address),
            ],
            smallPrint: [
                "The link is yours alone and works once, until \(link.expiresAt.time(in: person.timeZone)) "
                    + "(\(person.timeZone.identifier)).",
                writer.map { "If you did not ask for it, tell \($0.name), and tell somebody else too." }
                    ?? "If it was not you, ignore this e-mail; your password stays as it is.",
            ])
    }

    /// Tells somebody of a change to their account, so that none goes unnoticed.
    static func accountChanged(_ what: String, to person: Person, company: String) -> Letter {
        Letter(
            subject: "Your Throughline account: \(what)",
            kick: company,
            title: what,
            blocks: [
                .paragraph("If you know about this, all is well. If not, speak to your administrators today.")
            ])
    }
}
