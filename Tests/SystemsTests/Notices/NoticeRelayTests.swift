import Foundation
import Synchronization
import TestServers
import Testing

@testable import Systems

/// A system that only has notices.
private final class Listener: NoticeReceiver {
    static let kind = "listener"
    static let rules = NoticeRelay.rules

    let client: SystemClient
    let relay: NoticeRelay?
    private let taken = Mutex<[String]>([])
    private let broken = Mutex(0)

    init(_ settings: SystemSettings, _ tools: ConnectorTools) throws(SettingFault) {
        client = SystemClient(settings, tools)
        relay = try NoticeRelay(settings, tools)
    }

    func check() async throws(SystemsError) -> String { "" }

    /// How many notices cannot be worked off from now on.
    func fail(_ count: Int) { broken.withLock { $0 = count } }

    var bodies: [String] { taken.withLock { $0 } }

    func take(_ notice: Notice) async throws(SystemsError) -> NoticeOutcome {
        let isBroken = broken.withLock { broken in
            broken -= 1
            return broken >= 0
        }
        guard !isBroken else { throw SystemsError(.unavailable, "Not now.") }
        let body = String(decoding: notice.body, as: UTF8.self)
        taken.withLock { $0.append(body) }
        return body.hasPrefix("forged") ? .unproven : .taken
    }
}

@Suite(.timeLimit(.minutes(2))) struct NoticeRelayTests {
    private struct Counts: Decodable {
        let done: [String: Int]
        let pages: Int
    }

    private func listener(_ bench: SystemBench, key: String = "relay k3y") throws -> Listener {
        let settings = SystemSettings(
            name: "outside", kind: "listener",
            values: [
                "relay.url": .text(bench.server.base + "/notices"),
                "relay.key": .text(try bench.credential(key, named: "relay")),
                "relay.schedule": .text("every 10 seconds"),
            ])
        return try Listener(settings, try bench.tools())
    }

    private final class Log: Sendable {
        let events = Mutex<[NoticeRunner.Event]>([])
        func add(_ event: NoticeRunner.Event) { events.withLock { $0.append(event) } }
        var failures: Int {
            events.withLock { $0.count { if case .failed = $0 { true } else { false } } }
        }
    }

    private func run(
        _ listener: Listener, _ bench: SystemBench, log: Log = Log(), until isDone: (NoticeRunner) async throws -> Bool
    ) async throws {
        let made = NoticeRunner(
            listener, zone: .gmt, seed: 1, time: bench.clock.time, onEvent: { event in log.add(event) })
        let runner = try #require(made)
        let task = Task { await runner.run() }
        while try await !isDone(runner) {
            bench.clock.pass(.seconds(5))
            await Task.yield()
        }
        task.cancel()
        await task.value
    }

    @Test("Notices come as they were sent, in their order, page by page, and are forgotten when they were worked off")
    func pages() async throws {
        let bench = try await SystemBench("relay")
        for number in 1...250 {
            #expect(try await bench.server.send("n\(number)", to: "/in/kaffe?x=1", headers: [("X-Own", "a")]) == 200)
        }
        let listener = try listener(bench)
        let page = try await listener.relay?.page(after: nil)
        #expect(page?.notices.count == 100 && page?.isLast == false && page?.cursor == "100")
        let first = try #require(page?.notices.first)
        #expect(first.method == "POST" && first.target == "/in/kaffe?x=1" && first.headers["x-own"] == "a")
        #expect(first.body == Array("n1".utf8))
        try await run(listener, bench) { _ in
            try await bench.server.state(Counts.self).done["relay k3y"] == 250
        }
        #expect(listener.bodies == (1...250).map { "n\($0)" })
    }

    @Test("What could not be worked off comes again, and nothing before it is lost")
    func again() async throws {
        let bench = try await SystemBench("relay")
        for number in 1...5 { try await bench.server.send("n\(number)", to: "/in/kaffe") }
        let listener = try listener(bench)
        listener.fail(2)
        let log = Log()
        try await run(listener, bench, log: log) { _ in
            try await bench.server.state(Counts.self).done["relay k3y"] == 5
        }
        #expect(log.failures == 2)
        #expect(listener.bodies.suffix(5) == ["n1", "n2", "n3", "n4", "n5"])
    }

    @Test(
        "A relay that misbehaves is asked again, and its notices are all taken",
        arguments: [
            "status:500", "garbage", "half", "shape", "redirect", "hang", "status:401", "later:429,1", "status:410",
        ])
    func misdeeds(_ misdeed: String) async throws {
        let bench = try await SystemBench("relay")
        try await bench.server.send("n1", to: "/in/kaffe")
        try await bench.server.misbehave(misdeed)
        let listener = try listener(bench)
        try await run(listener, bench) { runner in runner.counts.taken == 1 }
        #expect(listener.bodies.first == "n1")
    }

    @Test("A relay that has lost its memory gives what it keeps, and a notice that proves nothing is counted")
    func forgotten() async throws {
        let bench = try await SystemBench("relay")
        try await bench.server.send("n1", to: "/in/kaffe")
        let listener = try listener(bench)
        let page = try await listener.relay?.page(after: nil)
        #expect(page?.cursor == "1")
        struct Lost: Encodable {
            let notices: [String] = []
            let done: [String: Int] = [:]
            let first = 100
        }
        try await bench.server.setState(Lost())
        let gone = await #expect(throws: SystemsError.self) { try await listener.relay?.page(after: "1") }
        #expect(gone?.code == .cursorGone)
        try await bench.server.send("forged", to: "/in/kaffe")
        try await run(listener, bench) { runner in runner.counts.unproven == 1 }
    }

    @Test("A relay without a key is refused in the configuration")
    func settings() async throws {
        let bench = try await SystemBench("relay")
        let settings = SystemSettings(
            name: "outside", kind: "listener", values: ["relay.url": .text(bench.server.base + "/notices")])
        #expect(throws: SettingFault.self) { try Listener(settings, try bench.tools()) }
    }
}
