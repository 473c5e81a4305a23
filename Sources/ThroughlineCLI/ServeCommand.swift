import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import Storage
import Throughline
import UnixSignals
import Web

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the product.",
        discussion: """
            Brings the database to this version first. While nobody has been set up yet, it prints a link for \
            doing so. Stops on SIGTERM or SIGINT after the requests under way are answered.
            """)

    @OptionGroup var flags: SettingsFlags

    func run() async throws {
        let settings = try await Settings(flags)
        var logger = Logger(label: "throughline")
        logger.logLevel = settings.logLevel
        settings.warn()
        try await settings.holding {
            try await settings.withDatabase(.made) { database in
                try await Migrations.product.apply(to: database, now: Date())
                try await proveWritable(database)
                try await serve(database, settings, logger)
            }
        }
    }

    private func serve(_ database: any Database, _ settings: Settings, _ logger: Logger) async throws {
        let product = Product(database: database, address: settings.address, mailSender: settings.mailFrom)
        let web = WebSettings(
            host: settings.host, port: settings.port, mail: settings.mail, descriptors: Descriptors.raiseLimit())
        let application = buildApplication(product: product, settings: web, logger: logger) {
            await printSetUpLink(of: product, logger)
        }
        let mail = MailService(
            worker: OutboxWorker(
                product: product, from: settings.mailFrom, transport: settings.mail, logger: logger))
        let live = LiveService(product: product, logger: logger)
        var services: [any Service] = [mail, SeriesService(product: product, logger: logger), live]
        if settings.reminds {
            services.insert(ReminderService(worker: ReminderWorker(product: product, logger: logger)), at: 0)
        }
        services.append(application)
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(10)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            throw web.reasonNotToListen(error).map(Failure.init) ?? error
        }
    }

    /// Prints a link for setting the product up where nobody has done so, once the server listens: a new link ends the one
    /// before, which may be that of a server that runs.
    private func printSetUpLink(of product: Product, _ logger: Logger) async {
        do {
            guard let link = try await product.setUp.linkIfNeeded() else { return }
            // Not by 'print', which holds words back when they go to a file or a log.
            let words = "Set the product up here. The link works once:\n\(link)\n"
            try FileHandle.standardOutput.write(contentsOf: Data(words.utf8))
        } catch {
            logger.error("No link for setting the product up could be made: \(error)")
        }
    }
}
