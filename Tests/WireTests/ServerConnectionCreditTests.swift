import Testing

@testable import Wire

/// Credit in bytes for all streams of a connection.
@Suite struct ServerConnectionCreditTests {
    /// A connection that has these bytes of credit; a message of the rig's takes 4.
    private static func rig(bytes: Int) -> ServerRig {
        var limits = ConnectionLimits()
        limits.creditBytesInitial = bytes
        limits.creditBytesMax = 100
        var rig = ServerRig(limits: limits, features: WireFeature.all)
        _ = rig.receive(.hello(Hello(versionMin: 1, versionMax: 1, features: WireFeature.all)))
        return rig
    }

    @Test("All streams together send what the connection has credit for, the last message past its end")
    func waits() {
        var rig = Self.rig(bytes: 9)
        _ = rig.request(1) + rig.request(3)
        #expect(rig.send(1) + rig.send(3) + rig.send(1) == ["send 1 message", "send 3 message", "send 1 message"])
        #expect(rig.connection.creditBytes == -3)
        #expect(rig.send(1) + rig.send(3) == [])
        #expect(rig.receive(.credit(Credit(bytes: 3))) == [])
        #expect(rig.receive(.credit(Credit(bytes: 1))) == ["send 1 message"])
        #expect(rig.receive(.credit(Credit(bytes: 4))) == ["send 3 message"])
    }

    @Test("Answers to calls need none")
    func letsAnswersGo() {
        var rig = Self.rig(bytes: 1)
        _ = rig.request(1) + rig.request(3) + rig.send(1) + rig.send(1)
        #expect(rig.send(3, isLast: true) == ["send 3 message last"])
    }

    @Test("Streams that wait for it have their turns one after the other")
    func isFair() {
        var rig = Self.rig(bytes: 1)
        for stream: UInt32 in [1, 3, 5] { _ = rig.request(stream) }
        _ = rig.send(1)
        for stream: UInt32 in [1, 3, 5] { _ = rig.send(stream) + rig.send(stream) }
        let turns = (0..<6).flatMap { _ in rig.receive(.credit(Credit(bytes: 4))) }
        #expect(turns.prefix(3) == ["send 1 message", "send 3 message", "send 5 message"])
        #expect(turns.suffix(3) == turns.prefix(3))
    }

    @Test("Credit beyond the bound is not counted")
    func isBounded() {
        var rig = Self.rig(bytes: 1)
        for _ in 0..<3 { _ = rig.receive(.credit(Credit(bytes: .max))) }
        #expect(rig.connection.creditBytes == 100)
    }

    @Test("A client that did not name the feature is sent everything, and may give no such credit")
    func isNegotiated() {
        var limits = ConnectionLimits()
        limits.creditBytesInitial = 1
        var rig = ServerRig(limits: limits, features: WireFeature.all)
        _ = rig.receive(.hello(Hello(versionMin: 1, versionMax: 1)))
        _ = rig.request(1)
        for _ in 0..<32 { #expect(rig.send(1) == ["send 1 message"]) }
        #expect(rig.receive(.credit(Credit(bytes: 1))).last == "close FRAME_UNEXPECTED")
    }

    @Test("A stream that waits too long for it is let go")
    func letsGo() {
        var rig = Self.rig(bytes: 1)
        _ = rig.request(1) + rig.send(1) + rig.send(1)
        #expect(rig.wait(.seconds(30)).contains("stop 1 CONSUMER_TOO_SLOW"))
    }
}
