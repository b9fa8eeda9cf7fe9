import Edge
import Logging
import Transport

/// A running edge on a bench store.
struct BenchEdge: Sendable {
    let edge: Edge
    let port: Int

    static func start(_ store: BenchStore, lanes: Int) async throws -> BenchEdge {
        store.removeJournal()
        var logger = Logger(label: "countertop", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .error
        let edge = try await Edge.start(try store.configuration(lanes: lanes), logger: logger)
        guard case .tcp(_, let port)? = edge.addresses.first else {
            await edge.stop()
            throw BenchError("The edge does not listen on TCP.")
        }
        return BenchEdge(edge: edge, port: port)
    }

    func stop() async {
        await edge.stop()
    }
}
