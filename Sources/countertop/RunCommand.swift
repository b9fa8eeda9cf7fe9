import ArgumentParser
import Edge
import Logging
import ServiceLifecycle
import UnixSignals

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Serve the store's tills until told to stop.",
        discussion: """
            SIGTERM and SIGINT end it: scans under way are written down, devices and their drivers given back. \
            packaging/countertop.yaml shows every setting of the configuration.
            """
    )

    @Option(name: .long, help: "The configuration file.")
    var config = "/etc/countertop/countertop.yaml"

    @Flag(name: .long, help: "Read the configuration, say what is wrong with it, and end.")
    var check = false

    @OptionGroup var logging: LogOptions

    func run() async throws {
        let configuration = try EdgeConfiguration.read(path: config)
        if check {
            print("\(config) can be read: \(configuration.summary)")
            return
        }
        let logger = logging.makeLogger()
        let services = ServiceGroup(
            configuration: .init(
                services: [.init(service: EdgeService(configuration: configuration, logger: logger))],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logging.makeLogger(quieter: true)))
        try await services.run()
    }
}

/// An edge that runs until it is told to stop.
struct EdgeService: Service {
    let configuration: EdgeConfiguration
    let logger: Logger

    func run() async throws {
        let edge = try await Edge.start(configuration, logger: logger)
        try? await gracefulShutdown()
        await edge.stop()
    }
}
