import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct LyingDescriptorTests {
    private func device(_ identity: (UInt16, UInt16), announced: Int?) -> USBDevice {
        StubHID.device(
            identity,
            [
                USBInterface(
                    number: 0, interfaceClass: 3, reportDescriptorBytes: announced,
                    endpoints: [USBEndpoint(address: 0x81, kind: .interrupt, packetBytesMax: 64)])
            ])
    }

    @Test(
        "A length that is announced too short, too long or not at all does not matter",
        arguments: [nil, 0, 40, 4_000, 65_535]
    )
    func readsWhateverLength(announced: Int?) async throws {
        let rig = try HubRig()
        let plug = rig.bus.plug(
            device((0x0c2e, 0x0b87), announced: announced), behaviour: StubHID([0: HIDFixtures.scanner]))
        await rig.info(of: plug, .ready)
        plug.complete(endpoint: 0x81, .completed(VirtualScanner.reports([0x41], aim: "]C0")[0]))
        #expect(await rig.scans(1).map(\.text) == ["A"])
        rig.stop()
    }

    @Test("A scanner without a readable descriptor fails, and what is not known as one is left alone")
    func refusesGarbage() async throws {
        for (identity, state) in [((UInt16(0x0c2e), UInt16(0x0b87)), DeviceState.failed), ((0x1209, 2), .notClaimed)] {
            let rig = try HubRig()
            let stub = StubHID([0: [UInt8](repeating: 0xFF, count: 64)])
            let plug = rig.bus.plug(device(identity, announced: 64), behaviour: stub)
            let info = try #require(await rig.info(of: plug, state))
            #expect(!info.explanation.isEmpty && plug.claimedInterfaces.isEmpty)
            #expect(stub.requests.elements.count == HubLimits.standard.descriptorTriesMax)
            rig.stop()
        }
    }

    @Test("A descriptor that does not come at the first try is asked for again")
    func asksAgain() async throws {
        let rig = try HubRig()
        var stub = StubHID([0: HIDFixtures.scanner])
        let asked = stub.requests
        stub.answer = { $0.requestType == 0x81 && asked.elements.count < 3 ? .timedOut : nil }
        let plug = rig.bus.plug(device((0x0c2e, 0x0b87), announced: 127), behaviour: stub)
        await rig.info(of: plug, .ready)
        rig.stop()
    }

    @Test("Any descriptor, any reports, any faults: the hub lives, and nothing is left", arguments: 0..<12)
    func survives(seed: UInt64) async throws {
        var source = HIDRandomSource(seed: seed)
        let rig = try HubRig(tracing: seed % 2 == 0)
        for _ in 0..<30 {
            let descriptor = HIDMutation.descriptor(using: &source)
            let known = Bool.random(using: &source)
            let plug = rig.bus.plug(
                device(known ? (0x05e0, 0x1200) : (0x1209, 2), announced: Int.random(in: 0...300, using: &source)),
                behaviour: StubHID([0: descriptor]))
            let fixtures = [VirtualScanner.reports([0x41, 0x42], aim: "]C0"), VirtualWedge.reports("ab\n")].joined()
            for _ in 0..<40 {
                var report = fixtures.randomElement(using: &source) ?? []
                if Bool.random(using: &source) { report[Int.random(in: 0..<report.count, using: &source)] ^= 0xFF }
                let faults: [USBCompletion] = [.stalled, .failed, .overflow, .timedOut]
                let isFault = Int.random(in: 0..<10, using: &source) == 0
                plug.complete(
                    endpoint: 0x81, isFault ? faults.randomElement(using: &source) ?? .failed : .completed(report))
                let commands: [DeviceCommand] = [.beep(.error), .arm, .disarm, .show(["A"])]
                rig.hub.send(commands.randomElement(using: &source) ?? .arm, to: plug.device.path)
            }
            if Bool.random(using: &source) { await rig.settle() }
            plug.unplug()
            await rig.hasLeft(plug)
        }
        await rig.settle()
        #expect(rig.bus.census.ports == 0 && rig.bus.census.transfers == 0, "seed \(seed)")
        rig.stop()
    }
}
