import Testing
import USB

@testable import Capture

@Suite("A capture for others to read")
struct BlankedCaptureTests {
    private func packet(
        _ id: UInt64, _ event: UsbmonPacket.Event, _ kind: USBEndpoint.Kind, setup: USBSetup? = nil, data: [UInt8] = []
    ) -> UsbmonPacket {
        UsbmonPacket(
            id: id, event: event, kind: kind, endpoint: 0x81, device: 2, bus: 1, time: 7, length: UInt32(data.count),
            setup: setup, data: data)
    }

    @Test("What was scanned is zeros of the same length, at the same time")
    func scanned() {
        let scan = packet(1, .completion, .interrupt, data: Array("CANARY".utf8))
        let blanked = BlankedCapture.packets([scan])
        #expect(blanked.map(\.data) == [[UInt8](repeating: 0, count: 6)])
        #expect(blanked.map(\.time) == [7] && blanked.map(\.length) == [6])
    }

    @Test("Descriptors stay, but no text of the device, such as its serial number")
    func descriptors() {
        let device = USBSetup(requestType: 0x80, request: 6, value: 0x0100, index: 0, length: 18)
        let report = USBSetup(requestType: 0x81, request: 6, value: 0x2200, index: 0, length: 64)
        let serial = USBSetup(requestType: 0x80, request: 6, value: 0x0303, index: 0x0409, length: 64)
        let status = USBSetup(requestType: 0xA1, request: 1, value: 0x0100, index: 0, length: 8)
        for (setup, isKept) in [(device, true), (report, true), (serial, false), (status, false)] {
            let packets = [
                packet(4, .submission, .control, setup: setup), packet(4, .completion, .control, data: [1, 2, 3]),
            ]
            #expect(BlankedCapture.packets(packets)[1].data == (isKept ? [1, 2, 3] : [0, 0, 0]), "\(setup)")
        }
    }

    @Test("A transfer's number that is used again keeps nothing of the one before")
    func numbersUsedAgain() {
        let device = USBSetup(requestType: 0x80, request: 6, value: 0x0100, index: 0, length: 18)
        let packets = [
            packet(4, .submission, .control, setup: device), packet(4, .submission, .interrupt),
            packet(4, .completion, .interrupt, data: [9]),
        ]
        #expect(BlankedCapture.packets(packets)[2].data == [0])
    }
}
