import NIOCore
import Testing
import Transport
import Wire

@Suite("The edge's end of a connection", .timeLimit(.minutes(1)))
struct EdgeHandlerTests {
    // MARK: Calls

    @Test("answers calls as they are ready, not as they came")
    func multiplexing() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Gated", lane: "slow")
            await edge.waitFor("began slow")
            try await peer.request(3, "test/Quick", lane: "quick")
            #expect(await peer.nextInWords() == "3 message quick last")
            try await peer.request(5, "test/Echo", lane: "at once")
            #expect(await peer.nextInWords() == "5 message at once last")
            edge.gate.open()
            #expect(await peer.nextInWords() == "1 message slow last")
        }
    }

    @Test("tells what a handler refuses, by its own reason")
    func refusal() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Refuse")
            let frame = await peer.next()
            let expected = Status(
                code: StatusCode.notFound.rawValue, reason: "LANE_UNKNOWN", message: "For test/1.")
            #expect(frame == Frame(stream: 1, kind: .status(expected)))
        }
    }

    @Test("answers UNIMPLEMENTED to a call it has not")
    func unknownCall() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/None")
            #expect(await peer.nextInWords() == "1 status CALL_UNKNOWN")
        }
    }

    @Test("answers INVALID_ARGUMENT to a request that is no message, and goes on")
    func malformedRequest() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.send(.request(Request(call: "test/Echo", body: [0x0A, 0xFF])), on: 1)
            #expect(await peer.nextInWords() == "1 status MESSAGE_MALFORMED")
            try await peer.request(3, "test/Echo", lane: "a")
            #expect(await peer.nextInWords() == "3 message a last")
        }
    }

    @Test("cancels a call's task when the client cancels the call, and sends nothing more on its stream")
    func cancel() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Gated", lane: "a")
            await edge.waitFor("began a")
            try await peer.send(.cancel(Cancel()), on: 1)
            await edge.waitFor("cancelled a")
            try await peer.request(3, "test/Echo", lane: "b")
            #expect(await peer.nextInWords() == "3 message b last")
        }
    }

    @Test("cancels a call's task and says DEADLINE_EXCEEDED when its deadline passes")
    func deadline() async throws {
        // Nothing else wakes the connection in the time a test has.
        var limits = TransportLimits()
        limits.connection.helloWait = .seconds(600)
        limits.connection.silenceMax = .seconds(600)
        try await EdgeRig.with(limits: limits) { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Gated", lane: "a", deadlineMs: 10)
            #expect(await peer.nextInWords() == "1 status DEADLINE_PASSED")
            await edge.waitFor("cancelled a")
        }
    }

    @Test("cancels a call's task when the connection is gone")
    func connectionGone() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Gated", lane: "a")
            await edge.waitFor("began a")
            try await peer.close()
            await edge.waitFor("cancelled a")
            await edge.waitFor("closed 1 CONNECTION_LOST")
        }
    }

    @Test("refuses one stream too many, and goes on with the others")
    func tooManyStreams() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            for index in 0..<64 { try await peer.request(UInt32(2 * index + 1), "test/Gated", lane: "\(index)") }
            try await peer.request(129, "test/Echo")
            #expect(await peer.nextInWords() == "129 status TOO_MANY_STREAMS")
            edge.gate.open()
            var answered: Set<String> = []
            for _ in 0..<64 { answered.insert(await peer.nextInWords()) }
            #expect(answered == Set((0..<64).map { "\(2 * $0 + 1) message \($0) last" }))
        }
    }

    @Test("runs no more tasks than it may, those counted that were cancelled and go on")
    func tooManyTasks() async throws {
        var limits = TransportLimits()
        limits.runningCallsMax = 1
        try await EdgeRig.with(limits: limits) { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Gated", lane: "a")
            try await peer.request(3, "test/Gated", lane: "b")
            #expect(await peer.nextInWords() == "3 status TOO_MANY_CALLS")
        }
    }

    // MARK: Bad bytes

    @Test(
        "says why it closes a connection of garbage, and costs the others nothing",
        arguments: [
            (bytes: Array("GET / HTTP/1.1\r\nHost: edge\r\n\r\n".utf8), reason: "FRAME_TOO_LONG"),
            (bytes: [0x7F, 0xFF, 0xFF, 0xFF], reason: "FRAME_TOO_LONG"),
            (bytes: [0, 0, 0, 3, 0xFF, 0xFF, 0xFF], reason: "MESSAGE_MALFORMED"),
            (bytes: [0, 0, 0, 0], reason: "HELLO_FIRST"),
            (
                bytes: PackedFrame(Frame(stream: 1, kind: .request(Request(call: "test/Echo")))).bytes,
                reason: "HELLO_FIRST"
            ),
            (
                bytes: PackedFrame(Frame(kind: .hello(Hello(versionMin: 2, versionMax: 9)))).bytes,
                reason: "VERSION_UNSUPPORTED"
            ),
            (
                bytes: PackedFrame(
                    Frame(kind: .hello(Hello(versionMin: 1, client: String(repeating: "x", count: 5_000))))
                )
                .bytes, reason: "FRAME_TOO_LONG"
            ),
        ])
    func garbage(_ bytes: [UInt8], _ reason: String) async throws {
        try await EdgeRig.with { edge in
            let good = try await RawPeer.greeted(by: edge.address, on: edge.group)
            let bad = try await RawPeer.connect(to: edge.address, on: edge.group)
            try await bad.send(bytes: bytes)
            #expect(await bad.nextInWords() == "0 status \(reason)")
            #expect(await bad.nextInWords() == "closed")
            await edge.waitFor("closed 2 \(reason)")
            try await good.request(1, "test/Echo", lane: "a")
            #expect(await good.nextInWords() == "1 message a last")
        }
    }

    @Test("keeps the reason for a client that sends on after its mistake and reads only later")
    func reasonSurvivesUnreadBytes() async throws {
        var limits = TransportLimits()
        limits.closeWait = .milliseconds(100)
        try await EdgeRig.with(limits: limits) { edge in
            let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
            try await peer.read(false)
            peer.pour(bytes: [UInt8](repeating: 0x7F, count: 4 << 20))
            await edge.waitFor("closed 1 FRAME_TOO_LONG")
            #expect(await peer.nextInWords() == "0 status FRAME_TOO_LONG")
            #expect(await peer.nextInWords() == "closed")
        }
    }

    @Test("takes a frame after the hello that would have been too long before")
    func longerFrames() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Echo", lane: String(repeating: "a", count: 60_000))
            #expect(await peer.nextInWords() == "1 message \(String(repeating: "a", count: 60_000)) last")
        }
    }

    @Test("refuses a frame that is too long after the hello")
    func longFrame() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.send(bytes: [0, 1, 0, 1])
            #expect(await peer.nextInWords() == "0 goodbye 0 FRAME_TOO_LONG")
            #expect(await peer.nextInWords() == "0 status FRAME_TOO_LONG")
            #expect(await peer.nextInWords() == "closed")
        }
    }

    @Test("answers an empty frame with what is wrong about it")
    func emptyFrame() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.send(bytes: [0, 0, 0, 0])
            #expect(await peer.nextInWords() == "0 goodbye 0 FRAME_EMPTY")
            #expect(await peer.nextInWords() == "0 status FRAME_EMPTY")
            #expect(await peer.nextInWords() == "closed")
        }
    }

    @Test("ends a stream at its deadline and tells its handler")
    func streamDeadline() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.request(1, "test/Stream", lane: "s", deadlineMs: 1)
            #expect(await peer.nextInWords() == "1 status DEADLINE_PASSED")
            await edge.waitFor("stopped s DEADLINE_PASSED")
        }
    }

    @Test("lets a client go that says no hello in time")
    func noHello() async throws {
        var limits = TransportLimits()
        limits.connection.helloWait = .milliseconds(10)
        try await EdgeRig.with(limits: limits) { edge in
            let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
            #expect(await peer.nextInWords() == "0 status HELLO_LATE")
            #expect(await peer.nextInWords() == "closed")
            await edge.waitFor("closed 1 HELLO_LATE")
        }
    }

    @Test("forgets a client that leaves within a frame")
    func truncated() async throws {
        try await EdgeRig.with { edge in
            let peer = try await RawPeer.greeted(by: edge.address, on: edge.group)
            try await peer.send(bytes: [0, 0, 0, 100, 1, 2, 3])
            try await peer.close()
            await edge.waitFor("closed 1 CONNECTION_LOST")
        }
    }

    @Test("takes frames that come one byte at a time")
    func slowFrames() async throws {
        // Each byte waits for its turn among all other tests, which together may take longer than a Hello may.
        var limits = TransportLimits()
        limits.connection.helloWait = .seconds(600)
        try await EdgeRig.with(limits: limits) { edge in
            let peer = try await RawPeer.connect(to: edge.address, on: edge.group)
            let hello = PackedFrame(Frame(kind: .hello(Hello(versionMin: 1, versionMax: 1, client: "slow"))))
            let request = PackedFrame(Frame(stream: 1, kind: .request(RawPeer.request("test/Echo", lane: "a"))))
            for byte in hello.bytes + request.bytes { try await peer.send(bytes: [byte]) }
            #expect(await peer.nextInWords() == "0 welcome")
            #expect(await peer.nextInWords() == "1 message a last")
        }
    }
}
