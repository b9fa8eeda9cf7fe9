import Testing
import USB

@testable import Devices

@Suite struct GiveBackRuleTests {
    private func given(
        _ identity: (UInt16, UInt16), _ interfaces: [USBInterface], named: [DeviceSelector] = [],
        drivers: [UInt8: String] = [:], _ change: (inout DeviceConfiguration) -> Void = { _ in }
    ) -> [UInt8] {
        var devices = DeviceConfiguration()
        change(&devices)
        return GiveBackRule(devices: devices, named: named)
            .interfaces(of: StubHID.device(identity, interfaces)) { drivers[$0] }
    }

    @Test("A known scanner's interfaces without a driver are given back, and no others")
    func known() {
        let interfaces = [StubHID.bootKeyboard(0), StubHID.interface(1)]
        #expect(given((0x05e0, 0x1200), interfaces) == [0, 1])
        #expect(given((0x05e0, 0x1200), interfaces, drivers: [0: "usbhid"]) == [1])
        #expect(given((0x05e0, 0x1200), interfaces, drivers: [0: "usbfs", 1: "usbfs"]) == [])
    }

    @Test("Somebody's keyboard without a driver is nobody's business unless the configuration names it")
    func keyboards() {
        let keyboard = [StubHID.bootKeyboard(0)]
        #expect(given((0x04d9, 0x1603), keyboard) == [])
        #expect(
            given((0x04d9, 0x1603), keyboard) {
                $0.keyboards = [KeyboardRule(device: .model(vendorID: 0x04d9, productID: 0x1603))]
            } == [0])
        #expect(given((0x04d9, 0x1603), keyboard, named: [.path("1-2")]) == [0])
    }

    @Test("A scanner that only its report descriptor makes one is given back, and a serial cable only when it is named")
    func unknown() {
        #expect(given((0x1234, 0x5678), [StubHID.interface(0)]) == [0])
        let line = [StubHID.interface(0, class: 0xFF)]
        #expect(given((0x0403, 0x6001), line) == [])
        #expect(
            given((0x0403, 0x6001), line) {
                $0.serialScanners = [SerialRule(device: .model(vendorID: 0x0403, productID: 0x6001))]
            } == [0])
    }
}
