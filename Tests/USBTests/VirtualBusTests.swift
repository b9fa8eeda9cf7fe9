import Testing

@testable import USB

@Suite(.timeLimit(.minutes(2)))
struct VirtualBusTests {
    let bench: VirtualBench

    init() throws { bench = try VirtualBench() }

    @Test("The bus tells of what is there, then of what comes and goes, once each and in order")
    func tells() throws {
        let first = try bench.plug()
        try bench.start()
        let second = try bench.plug()
        first.unplug()
        first.unplug()
        second.unplug()
        bench.events.wait(for: 4)
        bench.bus.stop()
        let (one, two) = (first.device.plug, second.device.plug)
        #expect(bench.events.all.first == "arrived \(one)")
        #expect(bench.events.all.sorted() == ["arrived \(one)", "arrived \(two)", "left \(one)", "left \(two)"])
        #expect(one != two)
    }

    @Test("A device that left before the bus was started is not told of")
    func leftBefore() throws {
        try bench.plug().unplug()
        bench.settle()
        try bench.start()
        let plug = try bench.plug()
        bench.events.wait(for: 1)
        bench.bus.stop()
        #expect(bench.events.all == ["arrived \(plug.device.plug)"])
    }

    @Test("A device keeps its number of arrival, and a second arrival gets another")
    func numbers() throws {
        let device = try VirtualBench.scanner(plug: 41)
        #expect(bench.bus.plug(device, behaviour: bench.behaviour).device.plug == 41)
        #expect(bench.bus.plug(device, behaviour: bench.behaviour).device.plug == 42)
        bench.bus.stop()
    }

    @Test("A bus starts once, and not after it was stopped")
    func startsOnce() throws {
        try bench.start()
        #expect(throws: USBError.self) { try bench.start() }
        bench.bus.stop()
        #expect(throws: USBError.self) { try bench.start() }
        bench.bus.stop()
    }

    @Test("A device that left cannot be opened")
    func openGone() throws {
        let plug = try bench.plug()
        plug.unplug()
        bench.settle()
        try bench.onThread { [bench] in
            let error = #expect(throws: USBError.self) { try bench.bus.open(plug.device) }
            #expect(error?.code == .gone)
        }
        bench.bus.stop()
    }

    @Test("A kernel driver is away while its interface is claimed, and comes back by release, close and stop")
    func kernelDriver() throws {
        let plug = try bench.plug()
        let driver: @Sendable () -> String? = { [bench] in bench.bus.kernelDriver(of: plug.device, interface: 0) }
        #expect(driver() == "usbhid")
        #expect(bench.bus.kernelDriver(of: plug.device, interface: 1) == nil)
        try bench.onThread { [bench] in
            let port = try bench.bus.open(plug.device)
            #expect(driver() == "usbhid")
            try port.claim(interface: 0)
            #expect(driver() == nil && plug.claimedInterfaces == [0])
            port.release(interface: 0)
            #expect(driver() == "usbhid" && plug.claimedInterfaces == [])
            try port.claim(interface: 0)
            port.close()
            #expect(driver() == "usbhid")
            try bench.bus.open(plug.device).claim(interface: 0)
            #expect(driver() == nil)
        }
        bench.bus.stop()
        #expect(driver() == "usbhid")
    }

    @Test("A report descriptor is known without a claim, as long as the kernel's HID driver has the interface")
    func reportDescriptor() throws {
        let plug = try bench.plug()
        try bench.onThread { [bench] in
            #expect(bench.bus.reportDescriptor(of: plug.device, interface: 0) == [1, 2, 3, 4])
            #expect(bench.bus.reportDescriptor(of: plug.device, interface: 1) == nil)
            try bench.bus.open(plug.device).claim(interface: 0)
            #expect(bench.bus.reportDescriptor(of: plug.device, interface: 0) == nil)
        }
        bench.bus.stop()
    }

    @Test("A port with a fault opens no device until the fault is taken away")
    func openFault() throws {
        let plug = try bench.plug()
        bench.bus.setOpenFault(USBError(.accessDenied, "No."), at: plug.device.path)
        try bench.onThread { [bench] in
            #expect(#expect(throws: USBError.self) { try bench.bus.open(plug.device) }?.code == .accessDenied)
            bench.bus.setOpenFault(nil, at: plug.device.path)
            try bench.bus.open(plug.device).close()
        }
        bench.bus.stop()
    }

    @Test("An interface that another port holds is refused, and given when that port lets go")
    func claimRefused() throws {
        let plug = try bench.plug()
        try bench.onThread { [bench] in
            let (one, two) = (try bench.bus.open(plug.device), try bench.bus.open(plug.device))
            try one.claim(interface: 0)
            try one.claim(interface: 0)
            #expect(#expect(throws: USBError.self) { try two.claim(interface: 0) }?.code == .busy)
            two.release(interface: 0)
            #expect(plug.claimedInterfaces == [0])
            one.close()
            try two.claim(interface: 0)
            #expect(#expect(throws: USBError.self) { try two.claim(interface: 9) }?.code == .notFound)
            two.close()
        }
        bench.bus.stop()
        #expect(bench.bus.census.ports == 0)
    }
}
