import ArgumentParser
import CountertopClient
import Edge
import Foundation
import Logging
import UnixSignals

struct TryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Try the whole product here and now, with a sample store.",
        discussion: """
            It runs an edge with a sample store of customers and two lanes, in a temporary directory. Scanners and displays \
            that are plugged in are used; virtual ones stand in for what is not. In a terminal, type a code and press Enter \
            to scan it. Without a terminal, a sample round is played once.
            """)

    @Flag(name: .long, help: "Use virtual devices only, whatever is plugged in.")
    var virtual = false

    @OptionGroup var logging: LogOptions

    func run() async throws {
        let name = "countertop-try-\(UUID().uuidString.prefix(8))"
        let directory = FileManager.default.temporaryDirectory.appending(path: name).path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var configuration = EdgeConfiguration.sample(statePath: directory)
        // Any free port: an edge that serves the store may run beside this one.
        configuration.listen.port = 0
        if virtual { configuration.ports = .virtual }
        var logger = logging.makeLogger()
        if logging.logLevel == .notice { logger.logLevel = .error }
        // From here on a signal ends it in order, the start included: devices are claimed while the edge starts.
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        let edge = try await Edge.start(configuration, logger: logger)
        do {
            try await playUntilSignalled(signals, edge, configuration)
            await edge.stop()
        } catch {
            await edge.stop()
            throw error
        }
    }

    /// However it is ended, the devices are given back and the directory goes.
    private func playUntilSignalled(
        _ signals: UnixSignalsSequence, _ edge: Edge, _ configuration: EdgeConfiguration
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in signals { return }
            }
            group.addTask { try await play(edge, configuration) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func play(_ edge: Edge, _ configuration: EdgeConfiguration) async throws {
        let lanes = configuration.lanes.map(\.name)
        try await CountertopClient.withConnection(
            to: .unix(path: configuration.listen.unixPath), client: "countertop-try/\(Edge.version)"
        ) { connection in
            if Terminal.isInteractive {
                try await TrySession(edge: edge, connection: connection, lanes: lanes).run()
            } else {
                try await SampleRound(edge: edge, connection: connection, lane: lanes[0]).play()
            }
        }
    }
}
