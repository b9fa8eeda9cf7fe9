import Foundation
import Glibc
import Logging
import Synchronization
import Testing

@testable import Edge

@Suite("Supervision by a service manager")
struct SupervisionTests {
    @Test("Without a service manager nobody is told")
    func nobody() {
        #expect(ServiceNotifier(environment: [:]) == nil)
        #expect(ServiceNotifier(environment: ["NOTIFY_SOCKET": "/nowhere/at/all"]) == nil)
    }

    @Test("Another process's watchdog is not fed")
    func otherProcess() throws {
        let manager = try ServiceManagerSocket()
        let environment = ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"]
        #expect(try #require(ServiceNotifier(environment: environment, process: 2)).watchdogTime == nil)
        #expect(try #require(ServiceNotifier(environment: environment, process: 1)).watchdogTime == .seconds(1))
    }

    @Test("It says when it is ready, how it stands, that it lives, and when it stops")
    func told() throws {
        let manager = try ServiceManagerSocket()
        let supervision = Supervision(
            try manager.notifier(), logger: .silent,
            ask: { _, beat in
                beat()
                return true
            }, status: { "1 lane, 2 devices ready." })
        supervision.begin()
        #expect(try manager.next() == "READY=1\nSTATUS=1 lane, 2 devices ready.")
        #expect(try manager.next() == "WATCHDOG=1")
        #expect(try manager.next() == "WATCHDOG=1")
        supervision.end()
        #expect(try manager.next { $0 != "WATCHDOG=1" } == "STOPPING=1\nSTATUS=Stopping.")
    }

    @Test("It says nothing of its life while one party hangs", arguments: Heartbeats.Party.allCases)
    func hangs(silent: Heartbeats.Party) throws {
        let manager = try ServiceManagerSocket()
        let held = Mutex<(@Sendable () -> Void)?>(nil)
        let looks = Mutex(0)
        let supervision = Supervision(
            try manager.notifier(), logger: .silent,
            ask: { party, beat in
                if party == silent { held.withLock { $0 = beat } } else { beat() }
                return true
            },
            status: {
                looks.withLock { looks in
                    looks += 1
                    return "look \(looks)"
                }
            })
        supervision.begin()
        // Each look changes the status, so five of them have passed.
        for _ in 0..<5 { #expect(try manager.next() != "WATCHDOG=1") }
        let beat = try #require(held.withLock { $0 })
        beat()
        #expect(try manager.next { !$0.contains("STATUS") } == "WATCHDOG=1")
        supervision.end()
    }

    @Test("An edge's event loop and USB thread really feed the watchdog", .timeLimit(.minutes(1)))
    func edge() async throws {
        let manager = try ServiceManagerSocket()
        let directory = try TemporaryDirectory()
        var configuration = EdgeConfiguration.sample(statePath: directory.path)
        configuration.listen.port = 0
        configuration.ports = .virtual
        let edge = try await Edge.start(configuration, logger: .silent)
        let supervision = try edge.supervise(try manager.notifier())
        #expect(try manager.next() == "READY=1\nSTATUS=2 lanes, 4 devices ready.")
        #expect(try manager.next() == "WATCHDOG=1")
        #expect(try manager.next() == "WATCHDOG=1")
        supervision.end()
        await edge.stop()
    }
}

/// The end of the service manager's socket at which it listens.
final class ServiceManagerSocket {
    let path: String
    private let directory: TemporaryDirectory
    private let descriptor: CInt

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/notify"
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        try #require(isBound)
        var wait = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Tells this manager, whose watchdog waits 60 ms.
    func notifier() throws -> ServiceNotifier {
        try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "60000"]))
    }

    /// The next message, of those that are meant.
    func next(where isMeant: (String) -> Bool = { _ in true }) throws -> String {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, 0)
            try #require(count > 0, "nothing came")
            let text = String(decoding: bytes.prefix(count), as: UTF8.self)
            if isMeant(text) { return text }
        }
    }
}

extension Logger {
    fileprivate static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
