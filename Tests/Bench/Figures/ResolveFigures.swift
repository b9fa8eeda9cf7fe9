import Wire

/// Resolving on one connection against the real edge, beside echoes of messages of the same sizes, and beside grpc-swift 2.
///
/// One lean client measures all but grpc-swift, which h2load and grpc-swift's own client do: the faster of the two counts. The target of `resolve_1_p50_us` and `resolve_64_per_s`
/// is held against `echo_…`; the other two echoes tell what SwiftNIO and protobuf-c cost at the least
/// (``EchoServer/Kind``). `…_64_cpu_us` is the processor time that the server takes for one request, its part of the kernel
/// included: it holds still where other programs keep the machine busy. With one request in flight, client and servers are on
/// processors of their own (``Processors``).
struct ResolveFigures: Figures {
    private static let alone = 4_000
    private static let together = 60_000
    private static let overGRPC = 10_000
    /// As many as an edge answers at once on a connection.
    static let inFlight = 64

    private static let sides = ["resolve", "echo", "batch_echo", "protobuf_echo"]

    func names(_ options: BenchOptions) -> [String] {
        Self.sides.flatMap { ["\($0)_1_p50_us", "\($0)_64_per_s", "\($0)_64_cpu_us"] } + ["grpc_swift_64_per_s"]
    }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        store.warm()
        let scratch = try bench.scratch("resolve")
        defer { bench.remove(scratch) }
        let options = bench.options
        let edge = try await BenchEdge.start(store, lanes: 1)
        let requests = LeanRequests(store: store, count: options.repetitions(Self.together))
        let answer = try await MeasuringThread.run { try LeanClient.sample(port: edge.port, requests) }
        BenchDesk.note("A request takes \(requests.byteCount / requests.count) bytes, its answer \(answer.count).")
        let echoes = [
            try await EchoServer.start(.frames, answer: answer), try await EchoServer.start(.batches, answer: answer),
            try await EchoServer.start(.protobuf, answer: answer),
        ]
        let ports = [edge.port] + echoes.map(\.port)
        let grpc = try GRPCPeer.start(answer: answer, in: scratch)
        defer { grpc?.end() }
        let found = try await MeasuringThread.run {
            try measure(ports, requests, grpc, options)
        }
        for echo in echoes { await echo.stop() }
        await edge.stop()
        print(found, on: bench)
    }

    private struct Found: Sendable {
        var alone = ResolveFigures.sides.map { _ in Rounds() }
        var together = ResolveFigures.sides.map { _ in Rounds() }
        var processor = ResolveFigures.sides.map { _ in Rounds() }
        /// Answers of grpc-swift to h2load, and to its own client.
        var grpc = (h2load: Rounds(), own: Rounds())
    }

    /// - Parameter ports: the edge's first, which wants a Hello.
    private func measure(
        _ ports: [Int], _ requests: LeanRequests, _ grpc: GRPCPeer?, _ options: BenchOptions
    ) throws -> Found {
        var found = Found()
        let count = options.repetitions(Self.alone)
        for round in 0...options.rounds {
            for (index, port) in ports.enumerated() {
                let latencies = try Processors.apart {
                    try LeanClient(port: port, saysHello: index == 0).latencies(of: requests, count: count)
                }
                // The first round warms up.
                if round > 0 { found.alone[index].add(latencies.microseconds(50)) }
            }
            for (index, port) in ports.enumerated() {
                let start = Stopwatch.serverTime()
                let rate = try LeanClient(port: port, saysHello: index == 0).rate(of: requests, inFlight: Self.inFlight)
                guard round > 0 else { continue }
                found.together[index].add(rate)
                found.processor[index].add(Double(Stopwatch.serverTime() - start) / Double(requests.count) / 1_000)
            }
            if let grpc {
                let count = options.repetitions(Self.overGRPC)
                let rate = try grpc.rate(count: count, inFlight: Self.inFlight)
                let own = try grpc.rateOfOwnClient(count: count, inFlight: Self.inFlight)
                guard round > 0 else { continue }
                found.grpc.h2load.add(rate)
                if let own { found.grpc.own.add(own) }
            }
        }
        return found
    }

    private func print(_ found: Found, on bench: BenchDesk) {
        for (index, name) in Self.sides.enumerated() {
            bench.print("\(name)_1_p50_us", found.alone[index].median, "us")
            bench.print("\(name)_64_per_s", found.together[index].median, "1/s")
            bench.print("\(name)_64_cpu_us", found.processor[index].median, "us")
        }
        for (index, name) in Self.sides.enumerated().dropFirst() {
            bench.print("resolve_1_over_\(name)", found.alone[0].median / found.alone[index].median, "ratio")
            bench.print("resolve_64_over_\(name)", found.together[0].median / found.together[index].median, "ratio")
            let processor = found.processor[0].median / found.processor[index].median
            bench.print("resolve_64_cpu_over_\(name)", processor, "ratio")
        }
        let sides = [("h2load", found.grpc.h2load), ("own_client", found.grpc.own)].filter { !$0.1.isEmpty }
        for (client, rounds) in sides { bench.print("grpc_swift_64_\(client)_per_s", rounds.median, "1/s") }
        guard let grpc = sides.map(\.1.median).max() else { return }
        bench.print("grpc_swift_64_per_s", grpc, "1/s")
        bench.print("resolve_64_over_grpc_swift", found.together[0].median / grpc, "ratio")
    }
}
