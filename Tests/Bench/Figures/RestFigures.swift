/// An edge at rest, in a process of its own: how soon it serves, and the memory that is its alone.
///
/// The process is this program with another verb: it starts the same edge from the same kind of configuration as
/// `countertop run`, which `make bench` need not build.
struct RestFigures: Figures {
    func names(_ options: BenchOptions) -> [String] {
        sizes(options).flatMap { size in ["ready_ms_", "rss_anon_mb_"].map { $0 + size.name } }
    }

    /// A small copy tells nothing of a start.
    private func sizes(_ options: BenchOptions) -> [(customers: Int, name: String)] {
        options.sizes.filter { $0.customers >= options.customers }
    }

    func measure(_ bench: BenchDesk) async throws {
        for size in sizes(bench.options) {
            try await measure(try bench.store(customers: size.customers), size.name, bench)
        }
    }

    private func measure(_ store: BenchStore, _ size: String, _ bench: BenchDesk) async throws {
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
        bench.print("ready_ms_\(size)", ready.median, "ms")
        bench.print("rss_anon_mb_\(size)", memory.median, "MB")
    }
}
