import Synchronization
import Testing
import USB

@testable import Devices

/// Scanners whose protocol has packets, and lines in a maker's own framing.
@Suite(.timeLimit(.minutes(2))) struct PacketLineTests {
    private func ssiRule() throws -> SerialRule {
        var settings = SerialSettings()
        settings.dialect = .ssi
        return SerialRule(device: try #require(DeviceSelector("05e0:1701")), settings: settings)
    }

    private static func interrupt(class kind: UInt8, hasOut: Bool = false) -> USBInterface {
        USBInterface(
            number: 0, interfaceClass: kind,
            endpoints: [USBEndpoint(address: 0x81, kind: .interrupt, packetBytesMax: 64)]
                + (hasOut ? [USBEndpoint(address: 0x02, kind: .interrupt, packetBytesMax: 64)] : []))
    }

    private static func label(_ text: String, status: UInt8 = 0) -> [UInt8] {
        SSIPacket(SSIPacket.Opcode.decodeData, source: 0, status: status, data: [11] + Array(text.utf8)).bytes
    }

    @Test("SSI over CDC asks for packets, acknowledges each label, passes over one that is sent again, and beeps")
    func readsSSI() async throws {
        let line = try LineRig((0x05e0, 0x1701), rules: [try ssiRule()])
        let info = try #require(await line.rig.info(of: line.plug, .ready))
        #expect(info.mode == "SSI over CDC serial")
        let begin = SSIPacket(0xC6, data: [0xFF, 0xEE, 1]).bytes
        await line.stub.writes.wait { $0 == [begin] }
        // Nothing more is told before this is acknowledged.
        line.rig.hub.send(.beep(.goodRead), to: line.plug.device.path)
        line.send(Self.label("4006381333931"))
        #expect(await line.rig.scans(1).first?.label.symbology == .ean13)
        line.send(Self.label("4006381333931", status: 1))
        line.send(SSIPacket(0xD0, source: 0).bytes)
        await line.stub.writes.wait { $0.contains(SSIPacket(0xE6, data: [0]).bytes) }
        let acknowledgement = SSIPacket(0xD0).bytes
        #expect(
            line.stub.writes.elements
                == [begin, acknowledgement, acknowledgement, SSIPacket(0xE6, data: [0]).bytes])
        #expect(line.rig.events.elements.count { $0.scan != nil } == 1)
        line.stop()
    }

    @Test("A disarmed SSI scanner is told so and beeps only after that")
    func disarmsSSI() async throws {
        let line = try LineRig((0x05e0, 0x1701), rules: [try ssiRule()])
        await line.stub.writes.wait { $0.count == 1 }
        line.rig.hub.send(.disarm, to: line.plug.device.path)
        line.rig.hub.send(.beep(.error), to: line.plug.device.path)
        for count in 2...3 {
            line.send(SSIPacket(0xD0, source: 0).bytes)
            await line.stub.writes.wait { $0.count == count }
        }
        #expect(
            Array(line.stub.writes.elements.suffix(2)) == [
                SSIPacket(0xEA).bytes, SSIPacket(0xE6, data: [15]).bytes,
            ])
        line.stop()
    }

    @Test(
        "SNAPI is acknowledged by SET_REPORT, or through the OUT endpoint where there is one", arguments: [true, false])
    func readsSNAPI(hasOut: Bool) async throws {
        let line = try LineRig((0x05e0, 0x1900), [Self.interrupt(class: 3, hasOut: hasOut)], driver: "usbhid")
        let info = try #require(await line.rig.info(of: line.plug, .ready))
        #expect(info.mode == "SNAPI" && info.interfaces.map(\.usage) == ["SNAPI scanner"])
        let data = Array("4006381333931".utf8)
        let report: [UInt8] = [0x22, 1, 0, 13, 11, 0] + data + [UInt8](repeating: 0, count: 13)
        line.send(report)
        #expect(await line.rig.scans(1).first?.label.symbology == .ean13)
        if hasOut {
            await line.stub.writes.wait { $0.contains([1, 0x22, 1, 0]) }
        } else {
            await line.stub.requests.wait { $0.contains { $0.setup.value == 0x0201 && $0.data == [1, 0x22, 1, 0] } }
        }
        line.stop()
    }

    @Test("Symbol's COM-port emulation is read by its count")
    func readsSymbol() async throws {
        let line = try LineRig((0x05e0, 0x0600), [Self.interrupt(class: 3)], driver: "symbolserial")
        let info = try #require(await line.rig.info(of: line.plug, .ready))
        #expect(info.mode == "simple COM-port emulation")
        line.send([14] + Array("4006381333931\r".utf8) + [UInt8](repeating: 0, count: 49))
        #expect(await line.rig.scans(1).map(\.text) == ["4006381333931"])
        line.stop()
    }

    @Test("A Metrologic scanner in one-way mode is opened by its byte")
    func readsMetrologic() async throws {
        let line = try LineRig((0x0c2e, 0x0700), [Self.interrupt(class: 0xFF, hasOut: true)], driver: "metro-usb")
        await line.rig.info(of: line.plug, .ready)
        #expect(line.stub.writes.elements == [[0x80]])
        line.send("4006381333931\r")
        #expect(await line.rig.scans(1).map(\.text) == ["4006381333931"])
        line.stop()
    }

    @Test("Opticon's data is read behind its two bytes, and the level of RTS is none")
    func readsOpticon() async throws {
        let line = try LineRig((0x065a, 0x0009), [LineRig.bulk(0, hasOut: false)], driver: "opticon")
        await line.rig.info(of: line.plug, .ready)
        line.send([0, 0] + Array("40063813".utf8))
        line.send([0, 1, 1])
        line.send([0, 0] + Array("33931\r".utf8))
        #expect(await line.rig.scans(1).map(\.text) == ["4006381333931"])
        line.stop()
    }
}
