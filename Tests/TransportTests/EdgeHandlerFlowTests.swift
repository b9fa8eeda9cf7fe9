import NIOCore
import Testing
import Transport
import Wire

@Suite("The flow of answers", .timeLimit(.minutes(1)))
struct EdgeHandlerFlowTests {
    private static func open(_ edge: EdgeRig, _ peer: RawPeer) async throws -> StreamSink<EnterRequest> {
        try await peer.request(1, "test/Stream", lane: "s")
        return await edge.sinks.first { _ in true }
    }

    @Test("stops at the client's credit and goes on with more of it, in order")
    func credit() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let sink = try await Self.open(edge, peer)
            let sent = try await sink.use { sink in
                var sent = 0
                while sink.hasCredit {
                    sink.send(EnterRequest(lane: "\(sent)"))
                    sent += 1
                }
                sink.send(EnterRequest(lane: "waits"))
                return sent
            }
            #expect(sent == 32)
            for index in 0..<32 { #expect(await peer.nextInWords() == "1 message \(index)") }
            try await peer.request(3, "test/Echo", lane: "meanwhile")
            #expect(await peer.nextInWords() == "3 message meanwhile last")
            try await peer.send(.credit(Credit(messages: 2)), on: 1)
            #expect(await peer.nextInWords() == "1 message waits")
            await edge.waitFor("credit s")
            #expect(try await sink.use(\.credit) == 1)
            try await sink.use { $0.finish() }
            #expect(await peer.nextInWords() == "1 status ")
        }
    }

    @Test("ends the streams of a client that says goodbye at once, and answers its calls still")
    func clientLeaves() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            _ = try await Self.open(edge, peer)
            try await peer.request(3, "test/Gated", lane: "g")
            await edge.waitFor("began g")
            try await peer.send(.goodbye(Goodbye(reason: "SHUTTING_DOWN")))
            await edge.waitFor("stopped s CLIENT_LEFT")
            #expect(await peer.nextInWords() == "1 status CLIENT_LEFT")
            edge.gate.open()
            #expect(await peer.nextInWords() == "3 message g last")
            await edge.waitFor("closed 1 CLIENT_LEFT")
        }
    }

    @Test("lets a stream go whose client gives no credit, and costs the others nothing")
    func noCredit() async throws {
        try await EdgeRig.with { edge in
            let slow = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let good = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let sink = try await Self.open(edge, slow)
            let taken = try await sink.use { sink in
                var taken = 0
                while sink.send(EnterRequest(lane: "\(taken)")) { taken += 1 }
                return taken
            }
            #expect(taken == 32 + 256)
            await edge.waitFor("stopped s CONSUMER_TOO_SLOW")
            #expect(try await sink.use { $0.isOpen } == false)
            for index in 0..<32 { #expect(await slow.nextInWords() == "1 message \(index)") }
            #expect(await slow.nextInWords() == "1 status CONSUMER_TOO_SLOW")
            try await good.request(1, "test/Echo", lane: "a")
            #expect(await good.nextInWords() == "1 message a last")
        }
    }

    @Test("tells a stream's handler that the client cancelled")
    func cancelled() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let sink = try await Self.open(edge, peer)
            try await peer.send(.cancel(Cancel()), on: 1)
            await edge.waitFor("stopped s CALL_CANCELLED")
            #expect(try await sink.use { $0.send(EnterRequest()) } == false)
        }
    }

    @Test("sends one packed message to many streams")
    func packedOnce() async throws {
        try await EdgeRig.with { edge in
            let first = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let second = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await first.request(1, "test/Stream", lane: "first")
            try await second.request(7, "test/Stream", lane: "second")
            await edge.waitFor("welcomed 2")
            let sinks = [
                await edge.sinks.first { $0.context.stream == 1 }, await edge.sinks.first { $0.context.stream == 7 },
            ]
            let message = PackedMessage(EnterRequest(lane: "both"), isLast: false)
            for sink in sinks { _ = try await sink.use { $0.send(packed: message) } }
            #expect(await first.nextInWords() == "1 message both")
            #expect(await second.nextInWords() == "7 message both")
        }
    }

    /// So many answers of 16 KiB cannot fit into any socket's buffers.
    private static let pouredAnswers = 2_000

    private static func pour(into peer: RawPeer) {
        // And so many requests with a kilobyte of their own are more than may be kept unread.
        let body = EnterRequest(lane: "16384", data: [UInt8](repeating: 1, count: 1 << 10)).packed()
        let request = Request(call: "test/Large", body: body)
        peer.pour(
            bytes: (0..<pouredAnswers).flatMap { index in
                PackedFrame(Frame(stream: UInt32(2 * index + 1), kind: .request(request))).bytes
            })
    }

    @Test("waits for a client that does not read for a while, and then loses none of its answers")
    func pausingClient() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let good = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.read(false)
            Self.pour(into: peer)
            for index in 0..<20 {
                try await good.request(UInt32(2 * index + 1), "test/Echo", lane: "a")
                #expect(await good.nextInWords() == "\(2 * index + 1) message a last")
            }
            try await peer.read(true)
            for index in 0..<Self.pouredAnswers {
                #expect(await peer.nextInWords() == "\(2 * index + 1) message large last")
            }
        }
    }

    @Test("lets a client go that never reads, with a reason in the log, and costs the others nothing")
    func neverReads() async throws {
        var limits = TransportLimits()
        limits.connection.silenceMax = .milliseconds(50)
        limits.connection.pongWait = .milliseconds(50)
        limits.closeWait = .milliseconds(50)
        let hello = PackedFrame(Frame(kind: .hello(Hello(versionMin: 1, versionMax: 1, client: "test/1")))).bytes
        try await EdgeRig.with(limits: limits) { edge in
            let bad = try await RawPeer.connect(to: edge.address, reads: false, on: edge.group)
            bad.pour(bytes: hello)
            Self.pour(into: bad)
            await edge.waitFor("closed 1 PEER_SILENT")
            // All in one write, so that it is answered before any time can pass on this connection.
            let good = try await RawPeer.connect(to: edge.address, on: edge.group)
            let request = Frame(stream: 1, kind: .request(RawPeer.request("test/Echo", lane: "a")))
            good.pour(bytes: hello + PackedFrame(request).bytes)
            #expect(await good.nextInWords() == "0 welcome")
            #expect(await good.nextInWords() == "1 message a last")
        }
    }
}
