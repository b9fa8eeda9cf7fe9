import Testing

@testable import Wire

/// Credit in bytes for all streams of a connection, as the client gives it.
@Suite struct ClientConnectionCreditTests {
    private static func rig(bytes: UInt32) -> ClientRig {
        var rig = ClientRig(features: WireFeature.all)
        var welcome = ClientRig.welcome(credit: 64)
        welcome.features = WireFeature.all
        welcome.limits?.creditBytesInitial = bytes
        _ = rig.receive(.welcome(welcome))
        return rig
    }

    @Test("It goes back when half of it is taken, by whichever streams")
    func givesBack() {
        var rig = Self.rig(bytes: 8)
        _ = rig.request() + rig.request()
        _ = rig.receive(.message(Message(body: [1, 2])), on: 1) + rig.receive(.message(Message(body: [3, 4])), on: 3)
        #expect(rig.consume(1, on: 1) == [])
        #expect(rig.consume(1, on: 3) == ["send 0 credit 4 bytes"])
        #expect(rig.connection.creditBytes == 8)
    }

    @Test("What a stream had not taken at its end goes back as well")
    func givesBackAtTheEnd() {
        let message = Frame.Kind.message(Message(body: [1, 2, 3, 4]))
        let endings: [(inout ClientRig) -> [String]] = [
            { $0.cancel(1) }, { $0.receive(.status(Status(.callUnknown, "No.")), on: 1) },
            { $0.receive(.message(Message(last: true)), on: 1) },
        ]
        for ending in endings {
            var rig = Self.rig(bytes: 8)
            _ = rig.request() + rig.receive(message, on: 1)
            #expect(ending(&rig).contains("send 0 credit 4 bytes"))
        }
        var rig = Self.rig(bytes: 8)
        _ = rig.request() + rig.cancel(1)
        #expect(rig.receive(message, on: 1) == ["send 0 credit 4 bytes"])
    }

    @Test("An edge that sends more than it has credit for is left, but for answers to calls")
    func policesEdge() {
        var rig = Self.rig(bytes: 2)
        _ = rig.request() + rig.request()
        _ = rig.receive(.message(Message(body: [1, 2])), on: 1)
        #expect(rig.receive(.message(Message(body: [1], last: true)), on: 3) == ["message 3 01 last"])
        #expect(rig.receive(.message(Message(body: [1])), on: 1).last == "close CREDIT_EXCEEDED")
    }

    @Test("A Welcome with the feature and no such credit makes no sense")
    func wantsCredit() {
        var rig = ClientRig(features: WireFeature.all)
        var welcome = ClientRig.welcome()
        welcome.features = WireFeature.all
        #expect(rig.receive(.welcome(welcome)).last == "close VERSION_UNSUPPORTED")
    }

    @Test("What tasks keep back is less than the credit, however many streams they read")
    func neverStarves() {
        let limits = ConnectionLimits()
        let greeting = ServerGreeting(edge: "e", store: "s")
        let welcome = greeting.welcome(Hello(versionMin: 1, versionMax: 1, features: WireFeature.all), limits)
        let keptBack = limits.streamsMax * (welcome?.bytesTakenAtOnce ?? .max)
        #expect(keptBack + limits.creditBytesInitial / 2 < limits.creditBytesInitial)
    }
}
