import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(2))) struct DeviceTestTests {
    private let path = USBPath("1-1")

    private func end(_ rig: HubRig, _ order: DeviceOrder) async -> DeviceOrderEnd {
        await withCheckedContinuation { done in
            rig.hub.order(order, to: path) { done.resume(returning: $0) }
        }
    }

    @Test("A scanner's steps end as it can carry them out")
    func scanner() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: path)
        let info = try #require(await rig.info(of: scanner.plug, .ready))
        #expect(info.capabilities.hasFeedback && info.capabilities.signals.contains(.goodRead))
        for step in DeviceTest.steps(for: info) {
            guard case .tell(let signal) = step.order else { continue }
            let isAble = info.capabilities.signals.contains(signal)
            #expect(await end(rig, step.order) == (isAble ? .done : .impossible), "\(signal)")
        }
        #expect(await end(rig, .show(["x"])) == .impossible)
        rig.stop()
    }

    @Test("A display's patterns are shown one after the other, and it is empty at the end")
    func display() async throws {
        let rig = try HubRig()
        let display = VirtualDisplay.plug(on: rig.bus, path: path)
        let info = try #require(await rig.info(of: display.plug, .ready))
        #expect(info.displayAbilities.isEmpty)
        for step in DeviceTest.steps(for: info) {
            guard case .show(let screen) = step.order else { continue }
            let isLacking = screen.effects.cursor != nil || screen.effects.brightness != nil
            #expect(await end(rig, step.order) == (isLacking ? .impossible : .done), "\(step.expectation)")
            if step.expectation.hasSuffix("says window") {
                #expect(display.lines == ["the rest            ", "          window    "])
            }
            if step.expectation.hasPrefix("every cell") {
                #expect(display.lines == Array(repeating: String(repeating: "#", count: 20), count: 2))
            }
        }
        #expect(display.lines == Array(repeating: String(repeating: " ", count: 20), count: 2))
        rig.stop()
    }

    @Test("An order to a port where nothing is plugged in ends at once")
    func absent() async throws {
        let rig = try HubRig()
        #expect(await end(rig, .tell(.goodRead)) == .absent)
        rig.stop()
    }

    @Test("A device that refuses an order is told apart from one that cannot carry it out")
    func refused() async throws {
        let rig = try HubRig()
        var stub = StubHID([0: HIDFixtures.labScanner])
        stub.answer = { $0.requestType == 0x21 && $0.request == 0x09 ? .stalled : nil }
        let plug = rig.bus.plug(
            StubHID.device((0x0c2e, 0x0967), [StubHID.interface(0)]), kernelDrivers: [0: "usbhid"], behaviour: stub)
        let info = try #require(await rig.info(of: plug, .ready))
        let signal = try #require(info.capabilities.signals.first)
        let end = await withCheckedContinuation { done in
            rig.hub.order(.tell(signal), to: plug.device.path) { done.resume(returning: $0) }
        }
        #expect(end == .refused)
        rig.stop()
    }
}
