import Edge
import Logging
import Transport

/// A running edge on a bench store.
struct BenchEdge: Sendable {
    let edge: Edge
    let port: Int

    /// - Parameter isOnNetwork: whether it listens for paired tills as well, with TLS on loopback.
    static func start(_ store: BenchStore, lanes: Int, isOnNetwork: Bool = false) async throws -> BenchEdge {
        store.removeJournal()
        var logger = Logger(label: "countertop", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .error
        var configuration = try store.configuration(lanes: lanes)
        if isOnNetwork {
            configuration.network = .standard
            configuration.network?.host = "127.0.0.1"
            configuration.network?.port = 0
        }
        let edge = try await Edge.start(configuration, logger: logger)
        guard case .tcp(_, let port)? = edge.addresses.first else {
            await edge.stop()
            throw BenchError("The edge does not listen on TCP.")
        }
        try await Stopwatch.waitUntilIdle()
        return BenchEdge(edge: edge, port: port)
    }

    /// Where it listens with TLS; 0 when it does not.
    var encryptedPort: Int {
        edge.addresses.lazy.compactMap { if case .tls(_, let port) = $0 { port } else { nil } }.first ?? 0
    }

    func stop() async {
        await edge.stop()
    }
}
