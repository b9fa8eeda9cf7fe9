import Testing
import USB

@testable import Devices

@Suite struct DeviceSelectorTests {
    @Test(
        "Each form is read, written as it was, and matches its device alone",
        arguments: [
            "1-2", "04d9:1603", "serial:HP:001", "1-2 04d9:1603", "1-2 serial:HP:001", "04d9:1603 serial:HP:001",
            "1-2 04d9:1603 serial:HP:001",
        ])
    func readsForms(text: String) throws {
        let selector = try #require(DeviceSelector(text))
        #expect(selector.description == text)
        #expect(selector.matches(StubHID.device((0x04d9, 0x1603), [], serial: "HP:001")))
        let other = USBDevice(
            plug: 1, path: USBPath("1-2.1"), vendorID: 0x04d9, productID: 0x1604, release: 0, deviceClass: 0,
            manufacturer: nil, product: nil, serial: nil, configuration: USBConfiguration(interfaces: []))
        #expect(!selector.matches(other))
    }

    @Test("Of several forms together each has to hold, in whatever order the first two are written")
    func combines() throws {
        let device = StubHID.device((0x04d9, 0x1603), [], serial: "S/N:1 Rev:A serial:x")
        for text in ["1-2 04d9:1603", "04d9:1603  1-2", "1-2 serial:S/N:1 Rev:A serial:x"] {
            #expect(try #require(DeviceSelector(text)).matches(device), "\(text)")
        }
        for text in ["1-3 04d9:1603", "1-2 04d9:1604", "1-2 04d9:1603 serial:S/N:1 Rev:A"] {
            #expect(try #require(DeviceSelector(text)).matches(device) == false, "\(text)")
        }
        #expect(DeviceSelector("04d9:1603 1-2") == DeviceSelector("1-2 04d9:1603"))
        #expect(try #require(DeviceSelector("1-2 04d9:1603")).precision == 2)
    }

    @Test(
        "Anything else names no device",
        arguments: [
            "", "serial:", "4d9:1603", "04d9:160g", "04d9", "1-2/..", "12", " ", "1-2 1-3", "04d9:1603 04d9:1604",
            "1-2 serial:", "1-2 HP001",
        ])
    func refuses(text: String) {
        #expect(DeviceSelector(text) == nil)
    }
}
