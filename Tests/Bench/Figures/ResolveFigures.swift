import Wire

/// Resolving on one connection against the real edge, beside an echo of messages of the same sizes, and one that unpacks
/// and packs the same messages with protobuf-c; one lean client for all.
struct ResolveFigures: Figures {
    private static let alone = 4_000
    private static let together = 60_000
    /// As many as an edge answers at once on a connection.
    private static let inFlight = 64

    func names(_ options: BenchOptions) -> [String] {
        [
            "resolve_1_p50_us", "echo_1_p50_us", "resolve_64_per_s", "echo_64_per_s", "protobuf_echo_1_p50_us",
            "protobuf_echo_64_per_s",
        ]
    }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        store.warm()
        let options = bench.options
        let edge = try await BenchEdge.start(store, lanes: 1)
        let requests = LeanRequests(store: store, count: options.repetitions(Self.together))
        let answer = try await MeasuringThread.run { try LeanClient.sample(port: edge.port, requests) }
        let echo = try await EchoServer.start(answer: answer, protobuf: false)
        let protobuf = try await EchoServer.start(answer: answer, protobuf: true)
        BenchDesk.note("A request takes \(requests.byteCount / requests.count) bytes, its answer \(answer.count).")
        let ports = [edge.port, echo.port, protobuf.port]
        let (alone, together) = try await MeasuringThread.run { try measure(ports, requests, options) }
        await protobuf.stop()
        await echo.stop()
        await edge.stop()
        for (index, name) in ["resolve", "echo", "protobuf_echo"].enumerated() {
            bench.print("\(name)_1_p50_us", alone[index].median, "us")
            bench.print("\(name)_64_per_s", together[index].median, "1/s")
        }
        bench.print("resolve_1_over_echo", alone[0].median / alone[1].median, "ratio")
        bench.print("resolve_1_over_protobuf_echo", alone[0].median / alone[2].median, "ratio")
        bench.print("resolve_64_over_echo", together[0].median / together[1].median, "ratio")
        bench.print("resolve_64_over_protobuf_echo", together[0].median / together[2].median, "ratio")
    }

    /// - Parameter ports: the edge's first, which wants a Hello.
    private func measure(
        _ ports: [Int], _ requests: LeanRequests, _ options: BenchOptions
    ) throws -> (alone: [Rounds], together: [Rounds]) {
        var alone = ports.map { _ in Rounds() }
        var together = alone
        let count = options.repetitions(Self.alone)
        for round in 0...options.rounds {
            for (index, port) in ports.enumerated() {
                let latencies = try LeanClient(port: port, saysHello: index == 0).latencies(of: requests, count: count)
                // The first round warms up.
                if round > 0 { alone[index].add(latencies.microseconds(50)) }
            }
            for (index, port) in ports.enumerated() {
                let rate = try LeanClient(port: port, saysHello: index == 0).rate(of: requests, inFlight: Self.inFlight)
                if round > 0 { together[index].add(rate) }
            }
        }
        return (alone, together)
    }
}
