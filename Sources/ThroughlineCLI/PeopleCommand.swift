import ArgumentParser
import Foundation
import Storage
import Throughline

struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Lets people in from the command line, when no page can.",
        subcommands: [Invite.self, Reset.self])

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Invites somebody and prints the link, which works for a week.")

        @Argument(help: "Their e-mail address.")
        var email: String

        @Argument(help: "Their name, in quotes.")
        var name: String

        @Flag(help: "They also invite others and look after settings.")
        var admin = false

        @OptionGroup var flags: SettingsFlags

        func run() async throws {
            try await flags.withProduct { product in
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
        let database = try settings.openDatabase()
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
        await database.close()
    }
}

extension Settings {
    /// Refuses a database that 'migrate' or 'serve' has not brought to this version yet.
    func requireCurrent(_ database: any Database) async throws {
        let missing = try await Migrations.product.pending(in: database)
        guard missing.isEmpty else {
            throw Failure(
                "The database is \(missing.count) steps behind this version. Run 'throughline migrate' first.")
        }
    }
}
