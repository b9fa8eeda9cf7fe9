/// An edge at rest, in a process of its own: how soon it serves, and the memory that is its alone.
///
/// The process is this program with another verb: it starts the same edge from the same kind of configuration as
/// `countertop run`, which `make bench` need not build.
struct RestFigures: Figures {
    func names(_ options: BenchOptions) -> [String] {
        ["ready_ms_", "rss_anon_mb_"].map { $0 + options.sizeName }
    }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        store.warm()
        let requests = LeanRequests(store: store, count: bench.options.repetitions(20_000))
        var (ready, memory) = (Rounds(), Rounds())
        for _ in 0..<bench.options.rounds {
            let (readyTime, bytes) = try await MeasuringThread.run {
                let process = try RestingEdge.spawn(store)
                defer { process.end() }
                _ = try LeanClient.sample(port: process.port, requests)
                let served = Stopwatch.now()
                // With its caches filled, as after a morning's work.
                _ = try LeanClient(port: process.port, saysHello: true).rate(of: requests, inFlight: 8)
                return (Double(served - process.startedAt) / 1e6, try process.anonymousBytes())
            }
            ready.add(readyTime)
            memory.add(Double(bytes) / 1e6)
        }
        bench.print("ready_ms_\(bench.options.sizeName)", ready.median, "ms")
        bench.print("rss_anon_mb_\(bench.options.sizeName)", memory.median, "MB")
    }
}
