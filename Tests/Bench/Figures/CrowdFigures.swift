/// Resolving on 64 connections with one request in flight each, beside the echo, Redis GET and JSON on Hummingbird.
struct CrowdFigures: Figures {
    private static let requests = 60_000
    private static let connections = 64

    private static let sides = ["resolve_c64", "echo_c64", "redis_get_c64", "hummingbird_c64"]

    func names(_ options: BenchOptions) -> [String] { Self.sides.map { $0 + "_per_s" } }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        store.warm()
        let scratch = try bench.scratch("crowd")
        defer { bench.remove(scratch) }
        let options = bench.options
        let edge = try await BenchEdge.start(store, lanes: 1)
        let requests = LeanRequests(store: store, count: options.repetitions(Self.requests))
        let answer = try await MeasuringThread.run { try LeanClient.sample(port: edge.port, requests) }
        let echo = try await EchoServer.start(.frames, answer: answer)
        let rounds = try await MeasuringThread.run {
            let peers = try Peers(answer: answer, scratch: scratch)
            defer { peers.end() }
            return try measure([edge.port, echo.port], requests, peers, options)
        }
        await echo.stop()
        await edge.stop()
        let found = zip(Self.sides, rounds).filter { !$0.1.isEmpty }
        for (name, rounds) in found { bench.print("\(name)_per_s", rounds.median, "1/s") }
        for (name, other) in found.dropFirst() {
            bench.print("resolve_c64_over_\(name)", rounds[0].median / other.median, "ratio")
        }
    }

    private struct Peers {
        let redis: RedisPeer?
        let hummingbird: HummingbirdPeer?

        init(answer: [UInt8], scratch: String) throws {
            redis = try RedisPeer.start(valueBytes: answer.count, in: scratch)
            do {
                hummingbird = try HummingbirdPeer.start(answer: answer, in: scratch)
            } catch {
                redis?.end()
                throw error
            }
        }

        func end() {
            redis?.end()
            hummingbird?.end()
        }
    }

    /// - Returns: the rounds of each side, in their order; none for a peer that is not here.
    private func measure(
        _ ports: [Int], _ requests: LeanRequests, _ peers: Peers, _ options: BenchOptions
    ) throws -> [Rounds] {
        var rounds = Self.sides.map { _ in Rounds() }
        for round in 0...options.rounds {
            var rates = try ports.enumerated().map { index, port -> Double? in
                try LeanCrowd(port: port, count: Self.connections, saysHello: index == 0).rate(of: requests)
            }
            rates.append(try peers.redis?.rate(connections: Self.connections, count: requests.count))
            rates.append(try peers.hummingbird?.rate(connections: Self.connections, seconds: 1))
            // The first round warms up.
            guard round > 0 else { continue }
            for (index, rate) in rates.enumerated() { if let rate { rounds[index].add(rate) } }
        }
        return rounds
    }
}
