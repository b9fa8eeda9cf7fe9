import Wire

/// Resolving on one connection against the real edge, beside an echo of messages of the same sizes; one lean client for
/// both.
struct ResolveFigures: Figures {
    private static let alone = 4_000
    private static let together = 60_000
    /// As many as an edge answers at once on a connection.
    private static let inFlight = 64

    func names(_ options: BenchOptions) -> [String] {
        ["resolve_1_p50_us", "echo_1_p50_us", "resolve_64_per_s", "echo_64_per_s"]
    }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        store.warm()
        let options = bench.options
        let edge = try await BenchEdge.start(store, lanes: 1)
        let requests = LeanRequests(store: store, count: options.repetitions(Self.together))
        let answer = try await MeasuringThread.run { try LeanClient.sample(port: edge.port, requests) }
        let echo = try await EchoServer.start(answer: answer)
        BenchDesk.note("A request takes \(requests.byteCount / requests.count) bytes, its answer \(answer.count).")
        let found = try await MeasuringThread.run { try measure(edge.port, echo.port, requests, options) }
        await echo.stop()
        await edge.stop()
        bench.print("resolve_1_p50_us", found.resolveAlone, "us")
        bench.print("echo_1_p50_us", found.echoAlone, "us")
        bench.print("resolve_1_over_echo", found.resolveAlone / found.echoAlone, "ratio")
        bench.print("resolve_64_per_s", found.resolve, "1/s")
        bench.print("echo_64_per_s", found.echo, "1/s")
        bench.print("resolve_64_over_echo", found.resolve / found.echo, "ratio")
    }

    private struct Found: Sendable {
        let resolveAlone, echoAlone, resolve, echo: Double
    }

    private func measure(
        _ edge: Int, _ echo: Int, _ requests: LeanRequests, _ options: BenchOptions
    ) throws -> Found {
        var (resolveAlone, echoAlone, resolveAll, echoAll) = (Rounds(), Rounds(), Rounds(), Rounds())
        let alone = options.repetitions(Self.alone)
        for round in 0...options.rounds {
            let edgeLatency = try LeanClient(port: edge, saysHello: true).latencies(of: requests, count: alone)
            let echoLatency = try LeanClient(port: echo, saysHello: false).latencies(of: requests, count: alone)
            let edgeRate = try LeanClient(port: edge, saysHello: true).rate(of: requests, inFlight: Self.inFlight)
            let echoRate = try LeanClient(port: echo, saysHello: false).rate(of: requests, inFlight: Self.inFlight)
            // The first round warms up.
            guard round > 0 else { continue }
            resolveAlone.add(edgeLatency.microseconds(50))
            echoAlone.add(echoLatency.microseconds(50))
            resolveAll.add(edgeRate)
            echoAll.add(echoRate)
        }
        return Found(
            resolveAlone: resolveAlone.median, echoAlone: echoAlone.median, resolve: resolveAll.median,
            echo: echoAll.median)
    }
}
