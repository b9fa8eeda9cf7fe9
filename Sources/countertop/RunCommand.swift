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
            It ends with 78 when the configuration or the key cannot be used. SIGTERM and SIGINT end it: scans under way are written down, devices and their drivers given back. \
            /usr/share/doc/countertop/examples/countertop.yaml shows every setting of the configuration.
            """
    )

    @OptionGroup var store: ConfigurationOption

    @Flag(name: .long, help: "Read the configuration, say what is wrong with it, and end.")
    var check = false

    @OptionGroup var logging: LogOptions

    func run() async throws {
        let reading = ConfigurationReading(path: store.config)
        if check { return try tell(reading) }
        let configuration = try whole(reading)
        let logger = logging.makeLogger()
        let services = ServiceGroup(
            configuration: .init(
                services: [.init(service: EdgeService(configuration: configuration, logger: logger))],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logging.makeLogger(quieter: true)))
        do {
            try await services.run()
        } catch {
            guard let error = error as? EdgeError else { throw error }
            Terminal.complain("Error: \(error)")
            if UnitPlaces.govern(store.config) {
                let given = GivenPlace(config: store.config, edge: nil)
                for words in UnitPlaces(configuration).differences {
                    Terminal.complain("\(words) What to tell it: sudo \(given.command("doctor"))")
                }
            }
            let isPersons = [.configurationInvalid, .keyUnusable].contains(error.code)
            throw isPersons ? Self.configurationUnusable : ExitCode.failure
        }
    }

    private func tell(_ reading: ConfigurationReading) throws {
        let check = ConfigurationCheck(reading, path: store.config)
        for line in check.lines { Terminal.line(line) }
        if check.isFaulty { throw Self.configurationUnusable }
    }

    /// The status of a configuration that cannot be used (sysexits(3), EX_CONFIG): starting again is of no use then, and the
    /// unit says so (RestartPreventExitStatus=).
    private static let configurationUnusable = ExitCode(78)

    /// An edge starts only with a configuration of which all can be read.
    private func whole(_ reading: ConfigurationReading) throws -> EdgeConfiguration {
        guard reading.faults.isEmpty, let configuration = reading.configuration else {
            for fault in reading.faults { Terminal.complain("Error: \(fault)") }
            throw Self.configurationUnusable
        }
        return configuration
    }
}

/// An edge that runs until it is told to stop.
struct EdgeService: Service {
    let configuration: EdgeConfiguration
    let logger: Logger

    func run() async throws {
        let edge = try await Edge.start(configuration, logger: logger)
        do {
            let supervision = try ServiceNotifier().map { try edge.supervise($0) }
            try? await gracefulShutdown()
            supervision?.end()
        } catch {
            await edge.stop()
            throw error
        }
        await edge.stop()
    }
}
