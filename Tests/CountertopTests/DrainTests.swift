import Foundation
import Glibc
import Testing

/// What SIGTERM does to the tills of an edge that runs.
@Suite struct DrainTests {
    @Test("Those that watch are told, it ends well, and within ten seconds though a client neither reads nor leaves")
    func drains() async throws {
        try await CallStore.with { store in
            let watches = try [("Lanes/Watch", #"{"lane":"1"}"#), ("Health/Watch", "{}")].map { name, request in
                try RunningProgram(["call", name, request, "--edge", store.socket])
            }
            for watch in watches { await watch.waitFor(output: "{") }
            let silent = try SilentClient(store.socket)
            let began = ContinuousClock.now
            store.edge.terminate()
            for watch in watches {
                #expect(await watch.status() == 64 + 14)
                #expect(watch.errors().hasPrefix("UNAVAILABLE SHUTTING_DOWN: "))
            }
            #expect(await store.edge.status() == 0, "\(store.edge.errors())")
            #expect(ContinuousClock.now - began < .seconds(10))
            silent.leave()
        }
    }
}

/// A client that says hello and watches, and then does nothing at all.
private struct SilentClient {
    private let socket: CInt

    /// A Hello of version 1, and a request of Health/Watch on stream 1, as any client packs them.
    private static let bytes: [UInt8] =
        [0, 0, 0, 6, 0x12, 4, 0x08, 1, 0x10, 1]
        + [0, 0, 0, 32, 0x08, 1, 0x22, 28, 0x0A, 26] + Array("countertop.v1.Health/Watch".utf8)

    init(_ path: String) throws {
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(connected == 0)
        let written = Self.bytes.withUnsafeBytes { write(socket, $0.baseAddress, $0.count) }
        try #require(written == Self.bytes.count)
    }

    func leave() {
        close(socket)
    }
}
