import Testing
import USB

@testable import Devices

@Suite struct DeviceTableTests {
    @Test(
        "The number tells the mode",
        arguments: [
            (UInt16(0x05e0), UInt16(0x1200), InterfaceMode.hidKeyboard), (0x05e0, 0x0600, .simpleCOM),
            (0x05e0, 0x1300, .ibmHandHeld), (0x05e0, 0x1400, .ibmTableTop), (0x05e0, 0x1701, .serial),
            (0x05e0, 0x1900, .snapi), (0x05f9, 0x1206, .ibm), (0x05f9, 0x2202, .hidKeyboard), (0x05f9, 0x4204, .serial),
            (0x05f9, 0x5204, .configuration), (0x1eab, 0x1303, .hidKeyboard), (0x1eab, 0x1306, .serial),
            (0x1eab, 0x1310, .hidPOS), (0x0c2e, 0x0204, .hidKeyboard), (0x0c2e, 0x0720, .vendorSerial),
            (0x067e, 0x0801, .hidKeyboard), (0x0db5, 0x013a, .hidKeyboard), (0x065a, 0x0001, .hidKeyboard),
            (0x1fbb, 0x3850, .serial), (0x2745, 0x300a, .serial), (0xffff, 0x0035, .hidKeyboard),
        ])
    func tellsMode(vendor: UInt16, product: UInt16, mode: InterfaceMode) {
        #expect(DeviceTable.entry(vendorID: vendor, productID: product)?.mode == mode)
    }

    @Test("A rule is told apart from a number that is listed")
    func tellsCertainty() {
        #expect(DeviceTable.entry(vendorID: 0x05f9, productID: 0x2202)?.certainty == .rule)
        #expect(DeviceTable.entry(vendorID: 0x05e0, productID: 0x1200)?.certainty == .listed)
    }

    @Test(
        "A scanner whose mode its number does not tell is a scanner all the same",
        arguments: [UInt16(0x0b61), 0x0b6a, 0x0be1, 0x1007, 0x10d3])
    func knowsWithoutMode(product: UInt16) {
        let entry = DeviceTable.entry(vendorID: 0x0c2e, productID: product)
        #expect(entry?.role == .scanner && entry?.mode == nil)
        #expect(DeviceTable.isKnownScanner(StubHID.device((0x0c2e, product), [])))
    }

    @Test(
        "What is not known stays unknown",
        arguments: [
            (UInt16(0x04d9), UInt16(0x1603)), (0x05e0, 0x2000), (0x05f9, 0x3202), (0x1eab, 0x1307), (0x0c2e, 0xffff),
            (0x046d, 0xc31c), (0x0483, 0x502f), (0, 0),
        ])
    func staysUnknown(vendor: UInt16, product: UInt16) {
        #expect(DeviceTable.entry(vendorID: vendor, productID: product) == nil)
        #expect(!DeviceTable.isKnownScanner(StubHID.device((vendor, product), [])))
    }

    @Test("A display is known as one, and no keyboard of its number would be a scanner")
    func knowsDisplays() {
        #expect(DeviceTable.entry(vendorID: 0x03f0, productID: 0x2624)?.role == .display)
        #expect(!DeviceTable.isKnownScanner(StubHID.device((0x03f0, 0x2624), [])))
    }
}
