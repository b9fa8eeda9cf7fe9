import NIOCore
import NIOPosix

/// Resolving with TLS 1.3 and a till's certificate, beside the same client on the same edge's plain port.
struct EncryptedFigures: Figures {
    private static let requests = 60_000

    func names(_ options: BenchOptions) -> [String] { ["resolve_tls_64_per_s", "resolve_plain_64_per_s"] }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        store.warm()
        let scratch = try bench.scratch("tls")
        defer { bench.remove(scratch) }
        let edge = try await BenchEdge.start(store, lanes: 1, isOnNetwork: true)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let found: (encrypted: Rounds, plain: Rounds)
        do {
            let till = try await BenchTill.pair(
                port: edge.encryptedPort, administrator: edge.port, scratch: scratch + "/till")
            found = try await measure(edge, till, group, store, bench.options)
        } catch {
            try? await group.shutdownGracefully()
            await edge.stop()
            throw error
        }
        try await group.shutdownGracefully()
        await edge.stop()
        bench.print("resolve_tls_64_per_s", found.encrypted.median, "1/s")
        bench.print("resolve_plain_64_per_s", found.plain.median, "1/s")
        bench.print("resolve_tls_64_over_plain", found.encrypted.median / found.plain.median, "ratio")
    }

    private func measure(
        _ edge: BenchEdge, _ till: BenchTill, _ group: MultiThreadedEventLoopGroup, _ store: BenchStore,
        _ options: BenchOptions
    ) async throws -> (encrypted: Rounds, plain: Rounds) {
        let requests = LeanRequests(store: store, count: options.repetitions(Self.requests))
        var (encrypted, plain) = (Rounds(), Rounds())
        for round in 0...options.rounds {
            let tls = try await Self.rate(edge.encryptedPort, till, group, requests)
            let open = try await Self.rate(edge.port, nil, group, requests)
            // The first round warms up.
            guard round > 0 else { continue }
            encrypted.add(tls)
            plain.add(open)
        }
        return (encrypted, plain)
    }

    private static func rate(
        _ port: Int, _ till: BenchTill?, _ group: MultiThreadedEventLoopGroup, _ requests: LeanRequests
    ) async throws -> Double {
        let client = try await LoopClient.connect(port: port, as: till, on: group)
        let rate = try await client.rate(of: requests, inFlight: ResolveFigures.inFlight)
        await client.close()
        return rate
    }
}
