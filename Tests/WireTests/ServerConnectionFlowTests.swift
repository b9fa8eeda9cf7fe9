import Testing

@testable import Wire

/// Credit, the socket that does not take more, keepalive, abuse and goodbyes.
@Suite struct ServerConnectionFlowTests {
    @Test("A stream sends its first credit, then waits for more", arguments: [1, 5])
    func waitsForCredit(more: UInt32) {
        var rig = ServerRig.greeted()
        _ = rig.request(1)
        for _ in 0..<32 { #expect(rig.send(1) == ["send 1 message"]) }
        for _ in 0..<8 { #expect(rig.send(1) == []) }
        #expect(rig.receive(.credit(Credit(messages: more)), on: 1).count == Int(more))
        #expect(rig.receive(.credit(Credit(messages: 100)), on: 1).count == 8 - Int(more))
        #expect(rig.send(1) == ["send 1 message"])
    }

    @Test("One stream without credit costs the others nothing")
    func keepsStreamsApart() {
        var rig = ServerRig.greeted()
        _ = rig.request(1) + rig.request(3)
        for _ in 0..<40 { _ = rig.send(1) }
        #expect(rig.send(3) == ["send 3 message"])
    }

    @Test("As many messages wait as may; one more ends the stream, which may resume")
    func boundsQueue() {
        var rig = ServerRig.greeted()
        _ = rig.request(1)
        for _ in 0..<32 + 256 { #expect(!rig.send(1).contains { $0.hasPrefix("stop") }) }
        #expect(rig.send(1) == ["send 1 status RESOURCE_EXHAUSTED CONSUMER_TOO_SLOW", "stop 1 CONSUMER_TOO_SLOW"])
        #expect(rig.connection.queuedBytes == 0)
        #expect(rig.request(3) == ["start 3 C"])
    }

    @Test("The bytes that wait on all streams together are bounded")
    func boundsQueuedBytes() {
        var limits = ConnectionLimits()
        limits.queuedBytesMax = 1_000
        var rig = ServerRig.greeted(limits: limits)
        _ = rig.request(1) + rig.request(3)
        _ = rig.setWritable(false)
        let bytes = PackedMessage(EnterRequest(data: [UInt8](repeating: 1, count: 400)), isLast: false).content.count
        #expect(rig.send(1, bytes: 400) == [] && rig.send(3, bytes: 400) == [])
        #expect(rig.connection.queuedBytes == 2 * bytes)
        #expect(
            rig.send(3, bytes: 400) == [
                "send 3 status RESOURCE_EXHAUSTED CONSUMER_TOO_SLOW", "stop 3 CONSUMER_TOO_SLOW",
            ])
        #expect(rig.connection.queuedBytes == bytes)
        #expect(rig.setWritable(true) == ["send 1 message"])
    }

    @Test("A status waits for the messages before it")
    func ordersStatus() {
        var rig = ServerRig.greeted()
        _ = rig.request(1)
        for _ in 0..<33 { _ = rig.send(1) }
        #expect(rig.finish(1) == [])
        #expect(rig.send(1) == [])
        #expect(!rig.connection.isOpen(1))
        let words = rig.receive(.credit(Credit(messages: 9)), on: 1)
        #expect(words == ["send 1 message", "send 1 status UNIMPLEMENTED CALL_UNKNOWN"])
        #expect(rig.connection.openStreams == 0)
    }

    @Test("A last message that waits ends its stream when it goes out")
    func ordersLast() {
        var rig = ServerRig.greeted()
        _ = rig.request(1)
        _ = rig.setWritable(false)
        #expect(rig.send(1) == [] && rig.send(1, isLast: true) == [] && rig.send(1) == [])
        #expect(rig.setWritable(true) == ["send 1 message", "send 1 message last"])
        #expect(rig.connection.openStreams == 0)
    }

    @Test("A stream whose messages wait too long is ended")
    func endsStuckStreams() {
        var rig = ServerRig.greeted()
        _ = rig.request(1)
        for _ in 0..<34 { _ = rig.send(1) }
        #expect(rig.wait(.milliseconds(29_999)) == [])
        _ = rig.receive(.credit(Credit(messages: 1)), on: 1)
        #expect(rig.wait(.milliseconds(29_999)) == [])
        let words = rig.wait(.milliseconds(1))
        #expect(words.prefix(2) == ["send 1 status RESOURCE_EXHAUSTED CONSUMER_TOO_SLOW", "stop 1 CONSUMER_TOO_SLOW"])
    }

    @Test("Credit beyond the bound is not counted")
    func boundsCredit() {
        var limits = ConnectionLimits()
        limits.creditMax = 40
        var rig = ServerRig.greeted(limits: limits)
        _ = rig.request(1)
        for _ in 0..<3 { #expect(rig.receive(.credit(Credit(messages: .max)), on: 1) == []) }
        for _ in 0..<40 { #expect(rig.send(1) == ["send 1 message"]) }
        #expect(rig.send(1) == [])
    }

    @Test("A silent client is asked, and let go when it does not answer")
    func asksSilentClients() {
        var rig = ServerRig.greeted()
        #expect(rig.wait(.milliseconds(29_999)) == [])
        #expect(rig.wait(.milliseconds(1)) == ["send 0 ping 1"])
        #expect(rig.wait(.milliseconds(9_999)) == [])
        #expect(rig.receive(.pong(Pong(token: 1))) == [])
        #expect(rig.wait(.seconds(30)) == ["send 0 ping 2"])
        #expect(
            rig.wait(.seconds(10)) == [
                "send 0 goodbye 0 PEER_SILENT", "send 0 status UNAVAILABLE PEER_SILENT", "close PEER_SILENT",
            ])
    }

    @Test("Pings are answered, and too many end the connection")
    func policesPings() {
        var rig = ServerRig.greeted()
        for token: UInt64 in 1...10 { #expect(rig.receive(.ping(Ping(token: token))) == ["send 0 pong \(token)"]) }
        rig.now += .seconds(1)
        #expect(rig.receive(.ping(Ping(token: 11))) == ["send 0 pong 11"])
        #expect(rig.receive(.ping(Ping(token: 12))).last == "close TOO_MANY_PINGS")
    }

    @Test("Requests that are made and cancelled in a rush end the connection")
    func policesCancels() {
        var rig = ServerRig.greeted()
        var stream: UInt32 = 1
        for _ in 0..<200 {
            _ = rig.request(stream)
            #expect(rig.receive(.cancel(Cancel()), on: stream) == ["stop \(stream) CALL_CANCELLED"])
            stream += 2
        }
        _ = rig.request(stream)
        #expect(rig.receive(.cancel(Cancel()), on: stream).last == "close TOO_MANY_CANCELS")
    }

    @Test("Frames of no use are taken, up to a bound")
    func policesUselessFrames() {
        let useless: [(Frame.Kind?, UInt32)] = [
            (.pong(Pong(token: 77)), 0), (.credit(Credit(messages: 1)), 1), (.credit(Credit()), 3),
        ]
        for (kind, stream) in useless {
            var rig = ServerRig.greeted()
            _ = rig.request(1) + rig.send(1, isLast: true) + rig.request(3)
            for _ in 0..<500 { #expect(rig.receive(kind, on: stream) == []) }
            #expect(rig.receive(kind, on: stream).last == "close TOO_MANY_USELESS_FRAMES")
        }
    }

    @Test("A goodbye names the last stream served, refuses new ones, and closes when the open ones have ended")
    func drains() {
        var rig = ServerRig.greeted()
        _ = rig.request(1) + rig.request(3)
        #expect(rig.drain() == ["send 0 goodbye 3 SHUTTING_DOWN"])
        #expect(rig.request(5) == ["send 5 status UNAVAILABLE SHUTTING_DOWN"])
        #expect(rig.send(1, isLast: true) == ["send 1 message last"])
        #expect(rig.finish(3) == ["send 3 status UNIMPLEMENTED CALL_UNKNOWN", "close SHUTTING_DOWN"])
    }

    @Test("Streams that do not end after a goodbye are stopped")
    func boundsDrain() {
        var rig = ServerRig.greeted()
        _ = rig.request(1)
        _ = rig.drain()
        #expect(rig.connection.deadline == .seconds(7))
        #expect(
            rig.wait(.seconds(7)) == [
                "send 0 status UNAVAILABLE SHUTTING_DOWN", "stop 1 SHUTTING_DOWN", "close SHUTTING_DOWN",
            ])
    }

    @Test("A client that says goodbye gets its open streams answered")
    func drainsForClient() {
        var rig = ServerRig.greeted()
        _ = rig.request(1)
        #expect(rig.receive(.goodbye(Goodbye())) == ["left CLIENT_LEFT"])
        #expect(rig.send(1, isLast: true) == ["send 1 message last", "close CLIENT_LEFT"])
    }

    @Test("A client that says goodbye and closes has left, and was not lost")
    func closesAfterGoodbye() {
        var rig = ServerRig.greeted()
        _ = rig.request(1)
        _ = rig.receive(.goodbye(Goodbye()))
        #expect(rig.words { $0.disconnect(into: &$1) } == ["stop 1 CLIENT_LEFT"])
        var idle = ServerRig.greeted()
        #expect(idle.receive(.goodbye(Goodbye())) == ["close CLIENT_LEFT"])
    }

    @Test("A connection that is gone stops every call")
    func disconnects() {
        var rig = ServerRig.greeted()
        _ = rig.request(1) + rig.request(3)
        #expect(rig.words { $0.disconnect(into: &$1) } == ["stop 1 CONNECTION_LOST", "stop 3 CONNECTION_LOST"])
        #expect(rig.send(1) == [] && rig.wait(.seconds(99)) == [] && rig.connection.isClosed)
    }
}
