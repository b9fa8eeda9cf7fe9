import Testing
import USB

@testable import Devices

@Suite(.timeLimit(.minutes(5))) struct PlugCycleTests {
    @Test("A thousand times in and out, at every moment of the way, nothing is left")
    func leavesNothing() async throws {
        let rig = try HubRig()
        for cycle in 0..<1_000 {
            let scanner = VirtualScanner.plug(on: rig.bus, path: USBPath("1-1"))
            let wedge = VirtualWedge.plug(on: rig.bus, path: USBPath("1-2"))
            let display = VirtualDisplay.plug(on: rig.bus, path: USBPath("1-3"))
            rig.hub.send(.show(["Cycle", "\(cycle)"]), to: USBPath("1-3"))
            // Pulled out at once, after a turn or two of the thread, or when all is ready.
            switch cycle % 4 {
            case 0: break
            case 1: await rig.settle()
            default:
                for plug in [scanner.plug, wedge.plug, display.plug] { await rig.info(of: plug, .ready) }
                scanner.scan([UInt8](repeating: 0x41, count: 100))
                wedge.type("12345")
            }
            for plug in [scanner.plug, wedge.plug, display.plug] { plug.unplug() }
            for plug in [scanner.plug, wedge.plug, display.plug] { await rig.hasLeft(plug) }
            rig.events.forget()
        }
        await rig.settle()
        #expect(rig.bus.census.ports == 0 && rig.bus.census.transfers == 0)
        rig.stop()
    }

    @Test("Stopping gives every driver back, while devices are coming too")
    func stops() async throws {
        let rig = try HubRig()
        let scanner = VirtualScanner.plug(on: rig.bus, path: USBPath("1-1"))
        await rig.info(of: scanner.plug, .ready)
        let display = VirtualDisplay.plug(on: rig.bus, path: USBPath("1-3"))
        rig.stop()
        #expect(rig.bus.kernelDriver(of: scanner.plug.device, interface: 0) == "usbhid")
        #expect(rig.bus.kernelDriver(of: display.plug.device, interface: 0) == "usbhid")
        #expect(rig.bus.census.ports == 0 && rig.bus.census.transfers == 0)
        rig.stop()
    }
}
