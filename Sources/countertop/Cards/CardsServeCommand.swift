import ArgumentParser
import Cards
import Edge
import Foundation
import Logging
import NIOPosix
import ServiceLifecycle
import UnixSignals

struct CardsServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the pages of cards on this host, for the stores whose links lead here.",
        discussion: """
            It needs the section cards of a store's configuration and the key under which the stores sign their links \
            (cards.key), the same in each. It knows no customer and no list of cards: what it shows stands in the link. TLS is \
            the business of the proxy in front.
            """)

    @OptionGroup var store: ConfigurationOption

    @Option(name: .long, help: "The address to listen at.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "The port to listen at; 0 for any.")
    var port = 7436

    @OptionGroup var logging: LogOptions

    func run() async throws {
        let documents = try CardsCommand.documents(store)
        let host = try await CardHost.bind(
            host: host, port: port, site: CardSite(documents), on: .singleton)
        Terminal.line("Card pages are served at http://\(self.host):\(host.port)")
        let services = ServiceGroup(
            configuration: .init(
                services: [.init(service: CardPageService(host: host))], gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logging.makeLogger(quieter: true)))
        try await services.run()
    }
}

/// Pages that are served until they are told to stop.
private struct CardPageService: Service {
    let host: CardHost

    func run() async throws {
        try? await gracefulShutdown()
        await host.close()
    }
}

extension CardsCommand {
    /// What makes the documents of the store with this configuration.
    static func documents(_ store: ConfigurationOption) throws -> CardDocuments {
        let configuration = try store.read()
        guard let settings = configuration.cards else {
            throw CommandFailure(
                "\(store.config) has no section cards. /usr/share/doc/countertop/examples/countertop.yaml shows one.")
        }
        return try settings.documents(zone: configuration.zone)
    }
}
