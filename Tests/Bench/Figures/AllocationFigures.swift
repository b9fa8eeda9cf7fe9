import Foundation

/// How many allocations the edge makes for one Resolve, held against a number that is kept: allocations are the one cost
/// that is the same on every machine.
struct AllocationFigures: Figures {
    /// Lines of a name and the most it may be.
    private static let kept = "Tests/Bench/Allocations/allocations.txt"
    private static let name = "resolve_allocations"
    private static let requests = 20_000

    func names(_ options: BenchOptions) -> [String] { [Self.name] }

    func measure(_ bench: BenchDesk) async throws {
        let store = try bench.store()
        let scratch = try bench.scratch("allocations")
        defer { bench.remove(scratch) }
        guard let counter = try AllocationCounter.build(in: scratch) else { return }
        let requests = LeanRequests(store: store, count: bench.options.repetitions(Self.requests))
        let count = try await MeasuringThread.run {
            let edge = try RestingEdge.spawn(store, environment: counter.environment)
            defer { edge.end() }
            _ = try LeanClient(port: edge.port, saysHello: true).rate(of: requests, inFlight: ResolveFigures.inFlight)
            let client = try LeanClient(port: edge.port, saysHello: true)
            let before = try counter.count()
            _ = try client.rate(of: requests, inFlight: ResolveFigures.inFlight)
            return Double(try counter.count() - before) / Double(requests.count)
        }
        bench.print(Self.name, count, "count")
        guard let most = try Self.most() else { return }
        bench.print(Self.name + "_kept", most, "count")
        // What the edge does by the clock, and what a batch shares, is a part of one for each request.
        guard bench.options.size == .full, count > most + 0.5 else { return }
        throw BenchError("A Resolve takes \(count) allocations, and \(Self.kept) has \(most).")
    }

    private static func most() throws -> Double? {
        guard FileManager.default.isReadableFile(atPath: kept) else { return nil }
        let line = try String(contentsOfFile: kept, encoding: .utf8).split(separator: "\n").first {
            $0.hasPrefix(name + " ")
        }
        return line.flatMap { Double($0.dropFirst(name.count + 1)) }
    }
}
