public import ArgumentParser
import Foundation
public import Throughline

struct CycleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cycle",
        abstract: "Saves a cycle with all its objectives to a file, and makes it again from one.",
        discussion: "The files are described in docs/guide/exchange.md.",
        subcommands: [Save.self, Bring.self])

    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a cycle, whoever may read what is in it.",
            discussion: "Keep the file as you keep the database: everybody’s own objectives are in it.")

        @Argument(help: "The cycle’s name, in quotes.")
        var name: String

        @Option(help: "csv or json.")
        var format = ExchangeFormat.csv

        @OptionGroup var flags: SettingsFlags

        func run() async throws {
            try await flags.withProduct { product in
                do {
                    let file = try await product.cycles.exportWhole(name, in: format)
                    FileHandle.standardOutput.write(Data(file.text.utf8))
                } catch is NotFound {
                    throw Failure("There is no cycle called “\(name)”.")
                }
            }
        }
    }

    struct Bring: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a cycle from a file: all of it, or, where anything is wrong, nothing.")

        @Argument(help: "The file, as CSV or JSON.", completion: .file())
        var file: String

        @Option(name: .customLong("as"), help: "The e-mail address of the administrator who brings it in.")
        var email: String

        @Option(help: "Another name for the cycle.")
        var name = ""

        @Flag(help: "Leave out links to objectives that aren’t here.")
        var leaveLinks = false

        @OptionGroup var flags: SettingsFlags

        func run() async throws {
            let bytes: [UInt8]
            do {
                bytes = Array(try Data(contentsOf: URL(filePath: file)))
            } catch {
                throw Failure("“\(file)” can’t be read.")
            }
            try await flags.withProduct { product in
                let upload = CycleUpload(bytes: bytes, name: name, leavesLinks: leaveLinks)
                do {
                    let arrival = try await product.cycles.bringInWhole(upload, for: email)
                    print(
                        """
                        “\(arrival.cycle)” is here: \(arrival.objectives) objectives, \(arrival.keyResults) key results, \
                        \(arrival.checkIns) check-ins.
                        """)
                } catch is NotFound {
                    throw Failure("No administrator has the address “\(email)”.")
                }
            }
        }
    }
}

extension ExchangeFormat: ExpressibleByArgument {}
