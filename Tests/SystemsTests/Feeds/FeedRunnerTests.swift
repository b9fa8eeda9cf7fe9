import Customers
import Foundation
import Synchronization
import Testing

@testable import Systems

@Suite struct FeedRunnerTests {
    let bench: StoreBench

    init() throws { bench = try StoreBench() }

    /// Runs a feed until `isOver` says so of what happened.
    private func run(
        _ source: any Source, _ replica: Replica, _ isOver: @escaping @Sendable (FeedRunner.Event) -> Bool
    ) async -> FeedRunner {
        let over = AsyncStream<Void>.makeStream()
        let runner = FeedRunner(
            kind: "file", source: source, intake: FeedIntake(feed: "members", replica: replica),
            engine: FeedEngine(schedule: .daily(hour: 3, minute: 0), zone: .current, seed: 1), lastThrough: nil,
            now: { FeedTime(wall: StoreBench.noon, uptime: .zero) },
            onEvent: { event in if isOver(event) { over.continuation.yield() } })
        let task = Task { await runner.run() }
        for await _ in over.stream { break }
        task.cancel()
        await task.value
        return runner
    }

    @Test("A feed takes all its pages, and says how far it came")
    func pages() async throws {
        let rows = (0..<250).map { "\($0),Kari\n" }.joined()
        try bench.write("key,name\n\(rows)x\n", to: "a.csv")
        let replica = try bench.open()
        let runner = await run(try bench.source(.file(bench.directory.file("a.csv"))), replica) {
            if case .through = $0 { true } else { false }
        }
        let status = runner.status
        #expect(status.progress.rowsRead == 251)
        #expect(status.progress.rejections.named == [Rejection(line: 252, column: 1, reason: .cellsMissing)])
        #expect(status.state == .waiting && status.lastThrough == StoreBench.noon && status.failure.isEmpty)
        #expect(try replica.status().complete)
        replica.close()
    }

    @Test("A source that fails is tried again when somebody wants it now")
    func runNow() async throws {
        let replica = try bench.open()
        let source = try bench.source(.file(bench.directory.file("a.csv")))
        let failed = AsyncStream<Void>.makeStream()
        let through = AsyncStream<Void>.makeStream()
        let runner = FeedRunner(
            kind: "file", source: source, intake: FeedIntake(feed: "members", replica: replica),
            engine: FeedEngine(schedule: .hourly(minute: 0), zone: .current, seed: 1), lastThrough: nil,
            now: { FeedTime(wall: StoreBench.noon, uptime: .zero) },
            onEvent: { event in
                if case .failed = event { failed.continuation.yield() } else { through.continuation.yield() }
            })
        let task = Task { await runner.run() }
        for await _ in failed.stream { break }
        try bench.write("key,name\n1,Kari\n", to: "a.csv")
        runner.runNow()
        for await _ in through.stream { break }
        #expect(try replica.status().customers == 1)
        task.cancel()
        await task.value
        replica.close()
    }

    @Test(
        "A feed whose local copy was set aside while it waited gives everything to the new one, from the front",
        arguments: [true, false])
    func beginsAnewWithTheCopy(isTold: Bool) async throws {
        let replica = try bench.open()
        try bench.write("key,name\n1,Kari\n2,Ola\n", to: "a.csv")
        let through = AsyncStream<Void>.makeStream()
        let runner = FeedRunner(
            kind: "file", source: try bench.source(.file(bench.directory.file("a.csv")), rowsMax: 1),
            intake: FeedIntake(feed: "members", replica: replica),
            engine: FeedEngine(schedule: .daily(hour: 3, minute: 0), zone: .current, seed: 1), lastThrough: nil,
            now: { FeedTime(wall: StoreBench.noon, uptime: .zero) },
            onEvent: { if case .through = $0 { through.continuation.yield() } })
        let task = Task { await runner.run() }
        var turns = through.stream.makeAsyncIterator()
        await turns.next()
        #expect(try replica.status().customers == 2)
        #expect(try replica.scrub())
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: bench.directory.file("replica.db")))
        try file.seek(toOffset: 4_096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 3 * 4_096))
        try file.close()
        guard case .setAside = try replica.checkWhole() else {
            Issue.record("The damage was not found.")
            return
        }
        #expect(try replica.status().customers == 0 && !replica.status().complete)
        if isTold { runner.runAnew() } else { runner.runNow() }
        await turns.next()
        #expect(try replica.status().customers == 2 && replica.status().complete)
        task.cancel()
        await task.value
        replica.close()
    }
}
