import CountertopClient
import Devices
import Foundation
import Glibc
import Journal
import Testing

@testable import Edge

@Suite("Figures and health over HTTP")
struct OperationsHTTPTests {
    @Test("The page has what the edge counted and how it stands, and no customer")
    func metrics() async throws {
        try await StoreRig.with {
            $0.metrics = EdgeConfiguration.Metrics(port: 0)
        } _: { rig in
            let port = try #require(rig.edge.http?.port)
            try await rig.withTill { edge in
                _ = try await edge.lanes.enter(lane: "1", code: "CU00000KARINORDAS")
                let draft = OutboxDraft(system: "poster", kind: "sale", operation: [1], payload: [1])
                _ = try rig.edge.outbox.post(draft, now: Date())
                let page = try await get("/metrics", port)
                #expect(page.hasPrefix("HTTP/1.1 200 OK"))
                #expect(page.contains("text/plain; version=0.0.4"))
                for line in [
                    "countertop_up 1", "countertop_scans_total{lane=\"1\"} 1", "countertop_scans_total{lane=\"2\"} 0",
                    "countertop_calls_total{call=\"Lanes/Enter\"} 1", "countertop_scan_seconds_count 1",
                    "countertop_devices{role=\"scanner\",state=\"ready\"} 2",
                    "countertop_lane_unacknowledged{lane=\"1\"} 1",
                    "countertop_outbox_entries{system=\"poster\",state=\"pending\"} 1",
                ] {
                    #expect(page.contains(line + "\n"), "\(line)")
                }
                for gauge in ["countertop_replica_age_seconds ", "countertop_feed_age_seconds{feed=\""] {
                    #expect(page.contains("\n" + gauge), "\(gauge)")
                }
                #expect(!page.contains("KARINORDAS") && !page.contains("Nordås"))
            }
        }
    }

    @Test("A customer's code that was read again is counted, as no scan")
    func repeats() async throws {
        try await StoreRig.with {
            $0.metrics = EdgeConfiguration.Metrics(port: 0)
        } _: { rig in
            let port = try #require(rig.edge.http?.port)
            let scanner = try rig.scanner()
            try await rig.withTill { edge in
                try await edge.withLane("1") { lane in
                    for code in ["CU00000KARINORDAS", "CU00000KARINORDAS", "4006381333931"] {
                        scanner.scan(Array(code.utf8), aim: "]Q1")
                    }
                    var codes: [String] = []
                    for try await event in lane {
                        guard case .scan(let scan) = event.event else { continue }
                        codes.append(String(decoding: scan.data, as: UTF8.self))
                        if codes.count == 2 { break }
                    }
                    #expect(codes == ["CU00000KARINORDAS", "4006381333931"])
                    let page = try await get("/metrics", port)
                    for line in [
                        "countertop_scans_total{lane=\"1\"} 2", "countertop_scans_repeated_total{lane=\"1\"} 1",
                        "countertop_scans_repeated_total{lane=\"2\"} 0",
                    ] { #expect(page.contains(line + "\n"), "\(line)") }
                }
            }
        }
    }

    @Test("Whoever asks whether it lives is told with the status and in words")
    func health() async throws {
        try await StoreRig.with {
            $0.metrics = EdgeConfiguration.Metrics(port: 0)
        } _: { rig in
            let port = try #require(rig.edge.http?.port)
            let page = try await get("/healthz", port)
            #expect(page.hasPrefix("HTTP/1.1 200 OK") && page.hasSuffix("\r\n\r\nSERVING\n"))
            #expect(try await get("/other", port).hasPrefix("HTTP/1.1 404"))
            #expect(try await get("/metrics", port, method: "POST").hasPrefix("HTTP/1.1 405"))
            #expect(try await get("/metrics HTTP/1.1\r\nX: y", port, version: "").count > 0)
        }
    }

    @Test("What is no request is refused with HTTP's own status, and in a sentence")
    func noRequest() async throws {
        try await StoreRig.with {
            $0.metrics = EdgeConfiguration.Metrics(port: 0)
        } _: { rig in
            let port = try #require(rig.edge.http?.port)
            let hello = "\u{16}\u{03}\u{01}\u{00}"
            for method in [hello, "HELP ME", "\u{00}\u{00}\u{00}\u{08}"] {
                let page = try await get("/metrics", port, method: method)
                #expect(
                    page.hasPrefix("HTTP/1.1 400 Bad Request\r\n") && page.contains("no request of HTTP"), "\(page)")
            }
            let long = try await get("/" + String(repeating: "x", count: 200_000), port)
            #expect(long.hasPrefix("HTTP/1.1 431 ") && long.contains("too long"), "\(long)")
            #expect(try await get("/healthz", port).hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test("With a local copy that cannot be read the edge still tells how it stands, and that it does not serve")
    func unreadable() async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) {
            $0.metrics = EdgeConfiguration.Metrics(port: 0)
        } _: { rig in
            let port = try #require(rig.edge.http?.port)
            _ = try await rig.withTill { edge in try await edge.waitForHealth { $0.replicaComplete } }
            try Damage.overwrite(directory.file("replica.db"))
            let status = try await rig.withTill { try await $0.operations.status() }
            #expect(status.state == .notServing)
            #expect(status.findings.map(\.reason) == ["REPLICA_UNREADABLE"])
            #expect(status.lanes.map(\.name) == ["1", "2"])
            #expect(try await get("/healthz", port).hasPrefix("HTTP/1.1 503"))
            let page = try await get("/metrics", port)
            #expect(page.hasPrefix("HTTP/1.1 200 OK") && page.contains("countertop_up 0\n"))
        }
    }

    @Test("An edge whose port is another's serves its tills, and says so")
    func portTaken() async throws {
        try await StoreRig.with {
            $0.metrics = EdgeConfiguration.Metrics(port: 0)
        } _: { first in
            let port = try #require(first.edge.http?.port)
            try await StoreRig.with(besides: true) {
                $0.metrics = EdgeConfiguration.Metrics(port: port)
            } _: { second in
                #expect(second.edge.http == nil)
                let health = try await second.withTill { try await $0.health.check() }
                #expect(health.findings.map(\.reason) == ["METRICS_UNAVAILABLE"])
            }
        }
    }

    /// What a server answers until it closes the connection.
    private func get(
        _ path: String, _ port: Int, method: String = "GET", version: String = " HTTP/1.1"
    ) async throws -> String {
        let request = "\(method) \(path)\(version)\r\nHost: localhost\r\n\r\n"
        return try await withCheckedThrowingContinuation { done in
            // The socket is waited for, which would hold up a task's thread.
            DispatchQueue.global().async { done.resume(with: Result { try Self.exchange(request, port) }) }
        }
    }

    private static func exchange(_ request: String, _ port: Int) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var wait = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(isConnected)
        let bytes = Array(request.utf8)
        // One that is refused at its beginning is not read to its end.
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        var answer: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &part, part.count, 0)
            guard count > 0 else { break }
            answer += part.prefix(count)
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
