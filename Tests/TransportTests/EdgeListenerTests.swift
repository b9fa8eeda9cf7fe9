import Foundation
import NIOCore
import NIOPosix
import Testing
import Transport
import Wire

@Suite("An edge's listener", .timeLimit(.minutes(1)))
struct EdgeListenerTests {
    private static let loopback = EdgeAddress.tcp(host: "127.0.0.1", port: 0)

    @Test("answers calls over TCP, on the port it tells")
    func tcp() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Echo", lane: "a")
            #expect(await peer.nextInWords() == "1 message a last")
        }
    }

    @Test("answers calls over a Unix socket that its user and group may use")
    func unix() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/edge.sock"
        try await EdgeRig.with(.unix(path: path)) { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Echo", lane: "a")
            #expect(await peer.nextInWords() == "1 message a last")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o660)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("names a port that is in use, and what to do")
    func portInUse() async throws {
        try await EdgeRig.with { edge in
            let error = await #expect(throws: TransportError.self) { try await EdgeRig.with(edge.address) { _ in } }
            #expect(error?.code == .addressInUse)
            #expect(error?.message.contains("\(edge.address)") == true)
        }
    }

    @Test(
        "refuses an address this host has not",
        arguments: [
            (EdgeAddress.tcp(host: "192.0.2.1", port: 0), TransportError.Code.addressUnknown),
            (EdgeAddress.tcp(host: "127.0.0.1", port: 65_536), .addressInvalid),
            (EdgeAddress.unix(path: "/tmp/" + String(repeating: "x", count: 108)), .addressInvalid),
            (EdgeAddress.unix(path: "/tmp/ct-no-such-folder/edge.sock"), .addressUnknown),
        ])
    func badAddress(_ address: EdgeAddress, _ code: TransportError.Code) async throws {
        let error = await #expect(throws: TransportError.self) { try await EdgeRig.with(address) { _ in } }
        #expect(error?.code == code)
    }

    @Test("leaves a Unix socket alone that somebody answers on")
    func socketInUse() async throws {
        let directory = try TemporaryDirectory()
        let address = EdgeAddress.unix(path: directory.path + "/edge.sock")
        try await EdgeRig.with(address) { edge in
            let error = await #expect(throws: TransportError.self) { try await EdgeRig.with(address) { _ in } }
            #expect(error?.code == .addressInUse)
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Echo", lane: "a")
            #expect(await peer.nextInWords() == "1 message a last")
        }
    }

    @Test("replaces a Unix socket that an edge left behind when it died")
    func staleSocket() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/edge.sock"
        try await EdgeRig.with(.unix(path: path)) { _ in
            // A second name of the file outlives the listener, as the file does when an edge is killed.
            try FileManager.default.linkItem(atPath: path, toPath: path + ".kept")
        }
        try FileManager.default.moveItem(atPath: path + ".kept", toPath: path)
        try await EdgeRig.with(.unix(path: path)) { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Echo", lane: "a")
            #expect(await peer.nextInWords() == "1 message a last")
        }
    }

    @Test("touches no file in the way that is no socket")
    func fileInTheWay() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/edge.sock"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        let error = await #expect(throws: TransportError.self) { try await EdgeRig.with(.unix(path: path)) { _ in } }
        #expect(error?.code == .fileInTheWay)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("precious".utf8))
    }

    @Test("removes no socket file at its end that is not its own")
    func anothersSocket() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/edge.sock"
        try await EdgeRig.with(.unix(path: path)) { _ in
            try FileManager.default.removeItem(atPath: path)
            try Data("another's".utf8).write(to: URL(fileURLWithPath: path))
        }
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test("tells a client above the limit why it is refused, and takes the next when one has left")
    func connectionLimit() async throws {
        var limits = TransportLimits()
        limits.connectionsMax = 1
        try await EdgeRig.with(limits: limits) { edge in
            let first = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let second = try await RawPeer.connect(to: edge.address, on: edge.group)
            #expect(await second.nextInWords() == "0 status TOO_MANY_CONNECTIONS")
            #expect(await second.nextInWords() == "closed")
            try await first.request(1, "test/Echo", lane: "a")
            #expect(await first.nextInWords() == "1 message a last")
            try await first.close()
            await edge.waitFor("closed 1 CONNECTION_LOST")
            let third = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await third.request(1, "test/Echo", lane: "c")
            #expect(await third.nextInWords() == "1 message c last")
        }
    }

    @Test("tells each client why it is refused, as long as not too many are being told at once")
    func refusalsEnd() async throws {
        var limits = TransportLimits()
        limits.connectionsMax = 0
        limits.refusalsMax = 1
        try await EdgeRig.with(limits: limits) { edge in
            for number in 1...3 {
                let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
                #expect(await peer.nextInWords() == "0 status TOO_MANY_CONNECTIONS")
                #expect(await peer.nextInWords() == "closed")
                await edge.waitFor("closed \(number) TOO_MANY_CONNECTIONS")
            }
        }
    }

    @Test("only closes clients above the limit when enough others are being refused")
    func refusalLimit() async throws {
        var limits = TransportLimits()
        limits.connectionsMax = 0
        limits.refusalsMax = 0
        try await EdgeRig.with(limits: limits) { edge in
            let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
            #expect(await peer.nextInWords() == "closed")
            await edge.waitFor("dropped")
        }
    }

    @Test("says goodbye when it drains, lets calls end, and then closes")
    func drain() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Gated", lane: "a")
            await edge.waitFor("began a")
            async let drained: Void = edge.listener.drain()
            #expect(await peer.nextInWords() == "0 goodbye 1 SHUTTING_DOWN")
            try await peer.request(3, "test/Echo")
            #expect(await peer.nextInWords() == "3 status SHUTTING_DOWN")
            edge.gate.open()
            #expect(await peer.nextInWords() == "1 message a last")
            #expect(await peer.nextInWords() == "closed")
            await drained
            #expect(edge.listener.connectionCount == 0)
        }
    }

    @Test("tells those that watch at once when it drains, while calls go on")
    func drainTellsStreams() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Stream", lane: "a")
            _ = await edge.sinks.first { _ in true }
            try await peer.request(3, "test/Gated", lane: "b")
            await edge.waitFor("began b")
            async let drained: Void = edge.listener.drain()
            #expect(await peer.nextInWords() == "0 goodbye 3 SHUTTING_DOWN")
            #expect(await peer.nextInWords() == "1 status SHUTTING_DOWN")
            await edge.waitFor("stopped a SHUTTING_DOWN")
            edge.gate.open()
            #expect(await peer.nextInWords() == "3 message b last")
            #expect(await peer.nextInWords() == "closed")
            await drained
        }
    }

    @Test("answers a change that is on its way to the disk while it drains")
    func drainAnswersChanges() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Later", lane: "a")
            let reply = await edge.replies.first { _ in true }
            async let drained: Void = edge.listener.drain()
            #expect(await peer.nextInWords() == "0 goodbye 1 SHUTTING_DOWN")
            try await reply.context.eventLoop.submit { reply.answer(packed: EnterRequest(lane: "a").packed()) }.get()
            #expect(await peer.nextInWords() == "1 message a last")
            await drained
        }
    }

    @Test("lets a till have so many connections, and tells it why not more, while another till comes in")
    func connectionsOfTill() async throws {
        var limits = TransportLimits()
        limits.connectionsOfTillMax = 1
        try await EdgeRig.with(security: .open(Caller(.till, id: "till-a")), limits: limits) { edge in
            let first = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let second = try await RawPeer.connect(to: edge.address, on: edge.group)
            try await second.send(.hello(Hello(versionMin: 1, versionMax: 1, client: "test/1")))
            var words = [await second.nextInWords()]
            while let last = words.last, last != "closed" { words.append(await second.nextInWords()) }
            #expect(words.contains("0 status TOO_MANY_CONNECTIONS"), "\(words)")
            try await first.request(1, "test/Echo", lane: "a")
            #expect(await first.nextInWords() == "1 message a last")
        }
    }

    @Test("does not wait for ever when it drains")
    func drainIsBounded() async throws {
        var limits = TransportLimits()
        limits.connection.drainWait = .milliseconds(20)
        try await EdgeRig.with(limits: limits) { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Gated", lane: "a")
            await edge.waitFor("began a")
            await edge.listener.drain()
            await edge.waitFor("cancelled a")
            #expect(await peer.nextInWords() == "0 goodbye 1 SHUTTING_DOWN")
            #expect(await peer.nextInWords() == "0 status SHUTTING_DOWN")
            #expect(await peer.nextInWords() == "closed")
        }
    }
}
