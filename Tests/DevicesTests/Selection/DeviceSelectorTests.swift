import Testing
import USB

@testable import Devices

@Suite struct DeviceSelectorTests {
    @Test(
        "Each form is read, written as it was, and matches its device alone",
        arguments: ["1-2", "04d9:1603", "serial:HP:001"])
    func readsForms(text: String) throws {
        let selector = try #require(DeviceSelector(text))
        #expect(selector.description == text)
        #expect(selector.matches(StubHID.device((0x04d9, 0x1603), [], serial: "HP:001")))
        let other = USBDevice(
            plug: 1, path: USBPath("1-2.1"), vendorID: 0x04d9, productID: 0x1604, release: 0, deviceClass: 0,
            manufacturer: nil, product: nil, serial: nil, configuration: USBConfiguration(interfaces: []))
        #expect(!selector.matches(other))
    }

    @Test("Anything else names no device", arguments: ["", "serial:", "4d9:1603", "04d9:160g", "04d9", "1-2/..", "12"])
    func refuses(text: String) {
        #expect(DeviceSelector(text) == nil)
    }
}
