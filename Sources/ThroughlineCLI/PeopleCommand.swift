import ArgumentParser
import Foundation
import Throughline

struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Lets people in from the command line, when no page can.",
        subcommands: [Invite.self, Reset.self])

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: """
                Invites somebody and prints the link, which works for a week. Whoever was invited before and has not come yet \
                gets a new link; the old one ends.
                """)

        @Argument(help: "Their e-mail address.")
        var email: String

        @Argument(help: "Their name, in quotes.")
        var name: String

        @Flag(help: "They also invite others and look after settings.")
        var admin = false

        @OptionGroup var flags: SettingsFlags

        func run() async throws {
            try await flags.withProduct { product in
                guard try await product.setUp.isDone() else {
                    throw Failure(
                        "Set the product up first: 'throughline serve' prints a link for it. Whoever opens it becomes the "
                            + "first administrator.")
                }
                if let again = try await product.people.invitationLink(forEmail: email) { return print(again) }
                let role: Role = admin ? .admin : .member
                print(try await product.people.invite(email: email, name: name, role: role, by: nil))
            }
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a link for choosing a new password, which works for an hour.")

        @Argument(help: "The e-mail address of the account.")
        var email: String

        @OptionGroup var flags: SettingsFlags

        func run() async throws {
            try await flags.withProduct { product in
                print(try await product.people.resetLink(forEmail: email))
            }
        }
    }
}

extension SettingsFlags {
    /// Runs `body` with the product, and puts what it refuses into words for the command line.
    func withProduct(_ body: (Product) async throws -> Void) async throws {
        let settings = try await Settings(self)
        settings.warn()
        try await settings.withDatabase(.refused) { database in
            try await settings.requireCurrent(database)
            do {
                try await body(Product(database: database, address: settings.address))
            } catch let invalid as Invalid {
                throw Failure(invalid.problems.map(\.words).joined(separator: "\n"))
            } catch let refused as Refused {
                throw Failure(refused.words)
            } catch is NotFound {
                throw Failure("There is no such account.")
            }
        }
    }
}
