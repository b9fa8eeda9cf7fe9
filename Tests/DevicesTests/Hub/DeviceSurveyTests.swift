import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct DeviceSurveyTests {
    private func look(at device: USBDevice, _ stub: StubHID, openFault: USBError? = nil) async throws -> DeviceInfo {
        let bus = VirtualBus(thread: try USBEventThread())
        let told = Record<DeviceInfo>()
        bus.plug(device, kernelDrivers: [0: "usbhid"], behaviour: stub)
        bus.setOpenFault(openFault, at: device.path)
        try bus.start { event in
            guard case .arrived(let device) = event else { return }
            told.add(DeviceSurvey.look(at: device, on: bus, DeviceConfiguration()))
        }
        await told.wait { !$0.isEmpty }
        bus.stop()
        return try #require(told.elements.first)
    }

    @Test("Without the right to open it, a keyboard still comes with the lines that would make it a scanner")
    func keyboardWithoutRight() async throws {
        let info = try await look(
            at: StubHID.device((0x04d9, 0x1603), [StubHID.bootKeyboard(0)]),
            StubHID([0: VirtualWedge.reportDescriptor]), openFault: USBError(.accessDenied, "Denied."))
        #expect(info.canOpen == false && info.stateWords == "not claimed")
        #expect(info.explanation.hasSuffix("keyboards:\n  - device: \"04d9:1603\""))
    }

    @Test("Without the right to open it, a scanner comes with the rule to install")
    func scannerWithoutRight() async throws {
        let info = try await look(
            at: StubHID.device((0x0c2e, 0x0967), [StubHID.interface(0)]), StubHID([0: HIDFixtures.labScanner]),
            openFault: USBError(.accessDenied, "Install udev/60-countertop.rules."))
        #expect(info.canOpen == false && info.explanation.contains("60-countertop.rules"))
    }

    @Test("A device that may be opened and does not open is told apart from one that may not be opened")
    func opensNot() async throws {
        let device = StubHID.device((0x0c2e, 0x0967), [StubHID.interface(0)])
        let stub = StubHID([0: HIDFixtures.labScanner])
        let broken = try await look(at: device, stub, openFault: USBError(.inputOutput, "The bus reported an error."))
        #expect(broken.openFailure == "The bus reported an error.")
        let denied = try await look(at: device, stub, openFault: USBError(.accessDenied, "Denied."))
        #expect(denied.openFailure == nil && denied.canOpen == false)
    }

    @Test("A device whose configuration cannot be read is listed with the reason")
    func unreadable() async throws {
        let device = USBDevice(
            plug: 0, path: USBPath("1-2"), vendorID: 1, productID: 2, release: 0, deviceClass: 0, manufacturer: nil,
            product: nil, serial: nil, configuration: USBConfiguration(interfaces: []), fault: "It cannot be read.")
        let info = try await look(at: device, StubHID([:]))
        #expect(info.stateWords == "cannot be used" && info.explanation == "It cannot be read.")
    }

    @Test("What a program holds is not called unclaimed")
    func held() {
        let device = StubHID.device((0x0c2e, 0x0967), [])
        let interfaces = [DeviceInterface(number: 0, driver: "usbfs", usage: "HID")]
        #expect(
            DeviceInfo(device: device, state: .notClaimed, interfaces: interfaces).stateWords == "claimed by a program")
        #expect(DeviceInfo(device: device, state: .notClaimed).stateWords == "not claimed")
    }
}
