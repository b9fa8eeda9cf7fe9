import Testing

@testable import Edge

@Suite("Heartbeats")
struct HeartbeatsTests {
    @Test("The watchdog is fed when all have answered, and not before anyone was asked")
    func fed() {
        var heartbeats = Heartbeats()
        expect(&heartbeats, [.ask([.eventLoop, .usbThread])])
        heartbeats.beat(.eventLoop)
        heartbeats.beat(.usbThread)
        expect(&heartbeats, [.feed, .ask([.eventLoop, .usbThread])])
    }

    @Test("One that does not answer keeps the watchdog hungry", arguments: Heartbeats.Party.allCases)
    func hungry(silent: Heartbeats.Party) {
        var heartbeats = Heartbeats(stuckTurns: 2)
        _ = heartbeats.turn()
        for _ in 0..<100 {
            for party in Heartbeats.Party.allCases where party != silent { heartbeats.beat(party) }
            let actions = heartbeats.turn()
            #expect(!actions.contains(.feed))
            #expect(!actions.contains { if case .ask = $0 { true } else { false } }, "it was asked twice")
        }
    }

    @Test("Who does not answer for long is named once, and again only after everyone did")
    func stuck() {
        var heartbeats = Heartbeats(stuckTurns: 2)
        _ = heartbeats.turn()
        heartbeats.beat(.eventLoop)
        expect(&heartbeats, [])
        expect(&heartbeats, [.stuck([.usbThread])])
        expect(&heartbeats, [])
        heartbeats.beat(.usbThread)
        expect(&heartbeats, [.feed, .recovered, .ask([.eventLoop, .usbThread])])
    }

    @Test("Who could not be asked is asked at the next look, and counts as silent until then")
    func refused() {
        var heartbeats = Heartbeats(stuckTurns: 2)
        _ = heartbeats.turn()
        heartbeats.refused(.usbThread)
        heartbeats.beat(.eventLoop)
        expect(&heartbeats, [.ask([.usbThread])])
        heartbeats.beat(.usbThread)
        expect(&heartbeats, [.feed, .ask([.eventLoop, .usbThread])])
    }

    private func expect(
        _ heartbeats: inout Heartbeats, _ actions: [Heartbeats.Action], at location: SourceLocation = #_sourceLocation
    ) {
        let turned = heartbeats.turn()
        #expect(turned == actions, sourceLocation: location)
    }
}
