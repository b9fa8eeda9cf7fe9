import Testing
import USB

@testable import Devices

@Suite struct ModeAdviceTests {
    private func advice(_ vendor: UInt16, _ product: UInt16) -> String {
        DeviceTable.modeAdvice(for: StubHID.device((vendor, product), []))
    }

    @Test("A model gets no code that its maker gives for other models")
    func staysWithTheModel() {
        #expect(!advice(0x0c2e, 0x0007).contains("131") && advice(0x0c2e, 0x0007).contains("0720"))
        #expect(advice(0x0c2e, 0x0b61).contains("131"))
        #expect(!advice(0x23d0, 0x0001).contains("131"))
    }

    @Test("A scanner that has no other mode is not sent after one")
    func noOtherMode() {
        #expect(!advice(0x05e0, 0x0700).contains("Scan \""))
        #expect(!advice(0x04b4, 0xbca1).contains("Scan ") && advice(0x04b4, 0xbca1).contains("layout"))
    }

    @Test(
        "What an edge says of a mode that is not read is what the diagnosis says", arguments: [UInt16(0x1300), 0x1400])
    func saysOneThing(product: UInt16) throws {
        let device = StubHID.device((0x05e0, product), [])
        let words = try #require(AttachedDevice.unreadMode(device))
        #expect(words.hasSuffix(DeviceTable.modeAdvice(for: device)) && !words.contains("HID POS"))
    }
}
