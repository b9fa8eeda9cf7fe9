import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct CombinedDeviceTests {
    /// A display with a camera in it: both interfaces in one device.
    private func plug(on rig: HubRig) -> (VirtualPlug, StubHID) {
        var stub = StubHID([0: SyntheticDisplay.reportDescriptor, 1: HIDFixtures.labScanner])
        stub.answer = { setup in
            setup.requestType == 0xA1 && setup.request == 0x01 ? .completed(SyntheticDisplay.attributesReport) : nil
        }
        let plug = rig.bus.plug(
            StubHID.device((0x0aa7, 0x0202), [StubHID.interface(0), StubHID.interface(1)]),
            kernelDrivers: [0: "usbhid", 1: "usbhid"], behaviour: stub)
        return (plug, stub)
    }

    @Test("The camera in a display reads as a scanner, and the display shows text beside it")
    func servesAsBoth() async throws {
        let rig = try HubRig()
        let (plug, stub) = plug(on: rig)
        let info = try #require(await rig.info(of: plug, .ready))
        #expect(info.serves(.scanner) && info.serves(.display) && info.displaySize == .standard)
        #expect(plug.claimedInterfaces == [0, 1])
        rig.hub.send(.show(["Welcome"]), to: plug.device.path)
        await stub.requests.wait { $0.contains { $0.setup.request == 0x09 && $0.data.first == 3 } }
        let isTaken = plug.complete(endpoint: 0x82, .completed(Self.report("4006381333931", "]E0")))
        #expect(isTaken)
        #expect(await rig.scans(1).map(\.text) == ["4006381333931"])
        rig.stop()
    }

    @Test("A scanner without a display is none, and a display without a camera no scanner")
    func servesAsOne() {
        let device = StubHID.device((0x0c2e, 0x0967), [])
        let scanner = DeviceInfo(device: device, role: .scanner)
        var display = DeviceInfo(device: device, role: .display)
        display.displaySize = .standard
        #expect(scanner.serves(.scanner) && !scanner.serves(.display))
        #expect(display.serves(.display) && !display.serves(.scanner))
    }

    /// Report 2 of the lab's scanner: count, identifier, data, and no more to follow.
    private static func report(_ text: String, _ aim: String) -> [UInt8] {
        let data = Array(text.utf8)
        let filled = data + [UInt8](repeating: 0, count: 56 - data.count)
        return [2, UInt8(data.count)] + Array(aim.utf8) + filled + [0, 0, 0]
    }
}
