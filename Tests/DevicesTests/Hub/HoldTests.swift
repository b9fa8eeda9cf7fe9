import Testing
import USB

@testable import Devices

/// Scanners that somebody tries out while customers wait.
@Suite(.timeLimit(.minutes(2))) struct HoldTests {
    @Test("A scanner that was told to read nothing reads again when whoever told it is gone")
    func endsHold() async throws {
        var limits = HubLimits.brisk
        limits.holdWait = .milliseconds(10)
        let rig = try HubRig(limits: limits)
        let stub = StubHID([:])
        let plug = rig.bus.plug(
            StubHID.device((0x05f9, 0x4204), LineRig.cdc), kernelDrivers: [0: "cdc_acm", 1: "cdc_acm"], behaviour: stub)
        await rig.info(of: plug, .ready)
        rig.hub.order(.tell(.preventRead), to: plug.device.path) { _ in }
        await stub.writes.wait { $0.contains([0x44]) && $0.last == [0x45] }
        rig.stop()
    }

    @Test("An order that a scanner refuses on its line ends as refused")
    func refused() async throws {
        let stub = StubHID([:])
        var settings = SerialSettings()
        settings.dialect = .ssi
        var configuration = DeviceConfiguration()
        configuration.serialScanners = [
            SerialRule(device: try #require(DeviceSelector("05e0:1701")), settings: settings)
        ]
        let ssi = try HubRig(configuration)
        let plug = ssi.bus.plug(
            StubHID.device((0x05e0, 0x1701), LineRig.cdc), kernelDrivers: [0: "cdc_acm", 1: "cdc_acm"], behaviour: stub)
        await ssi.info(of: plug, .ready)
        await stub.writes.wait { $0.count == 1 }
        plug.complete(endpoint: 0x82, .completed(SSIPacket(0xD0, source: 0).bytes))
        let ends = Record<DeviceOrderEnd>()
        ssi.hub.order(.tell(.aim), to: plug.device.path) { ends.add($0) }
        await stub.writes.wait { $0.count == 2 }
        plug.complete(endpoint: 0x82, .completed(SSIPacket(0xD1, source: 0, data: [6]).bytes))
        await ends.wait { !$0.isEmpty }
        #expect(ends.elements == [.refused])
        ssi.stop()
    }
}
