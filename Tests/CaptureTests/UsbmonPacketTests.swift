import Testing
import USB

@testable import Capture

@Suite struct UsbmonPacketTests {
    private func captured(_ bytes: [UInt8], linkType: UInt16 = LinkType.usbLinuxMapped) -> CapturedPacket {
        CapturedPacket(time: 7, linkType: linkType, order: .little, bytes: bytes[...])
    }

    @Test("A packet that is written is read as the same")
    func agreesWithItself() {
        let setup = USBSetup(requestType: 0x80, request: 6, value: 0x0100, index: 0x0409, length: 18)
        for packet in [
            UsbmonPacket(
                id: 0x1122_3344_5566_7788, event: .submission, kind: .control, endpoint: 0x80, device: 5, bus: 1,
                time: 7,
                status: -115, length: 18, setup: setup),
            UsbmonPacket(
                id: 9, event: .completion, kind: .interrupt, endpoint: 0x82, device: 127, bus: 3, time: 7, length: 3,
                data: [1, 2, 3]),
            UsbmonPacket(
                id: 10, event: .completion, kind: .bulk, endpoint: 0x01, device: 1, bus: 1, time: 7, status: -32,
                length: 0),
        ] {
            #expect(UsbmonPacket(captured(packet.bytes)) == packet)
            #expect(UsbmonPacket(bytes: packet.bytes) == packet)
        }
    }

    @Test("The header is the kernel's, field by field")
    func hasKernelsLayout() {
        let packet = UsbmonPacket(
            id: 1, event: .completion, kind: .interrupt, endpoint: 0x81, device: 2, bus: 3, time: 4_000_005, length: 1,
            data: [0xAA])
        let bytes = packet.bytes
        #expect(bytes.count == 65)
        #expect(bytes[8...15].elementsEqual([0x43, 1, 0x81, 2, 3, 0, 0x2D, 0]))
        #expect(bytes[16] == 4 && bytes[24] == 5 && bytes[32] == 1 && bytes[36] == 1 && bytes[64] == 0xAA)
    }

    @Test("What breaks off or is no transfer is none")
    func refuses() {
        #expect(UsbmonPacket(bytes: [UInt8](repeating: 0, count: 63)) == nil)
        #expect(UsbmonPacket(bytes: [UInt8](repeating: 0xFF, count: 64)) == nil)
        let packet = UsbmonPacket(
            id: 1, event: .completion, kind: .interrupt, endpoint: 0x81, device: 2, bus: 3, time: 7, length: 1,
            data: [1])
        #expect(UsbmonPacket(captured(Array(packet.bytes.prefix(63)))) == nil)
        #expect(UsbmonPacket(captured(packet.bytes, linkType: 1)) == nil)
        var other = packet.bytes
        other[8] = 0x58
        #expect(UsbmonPacket(captured(other)) == nil)
    }
}
