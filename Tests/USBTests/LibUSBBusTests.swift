import Testing

@testable import USB

/// What needs no device. The rest is proven against a real kernel.
@Suite(.timeLimit(.minutes(2)))
struct LibUSBBusTests {
    @Test("The bus starts and stops, leaves no port and no transfer behind, and says nothing afterwards")
    func startsAndStops() throws {
        let bus = try LibUSBBus()
        let events = Notes<Bool>()
        try bus.start { _ in events.note(bus.thread.isCurrent) }
        _ = bus.thread.perform {}
        bus.stop()
        #expect(!events.all.contains(false))
        #expect(bus.census.ports == 0 && bus.census.transfers == 0)
        #expect(!bus.thread.execute {})
        bus.stop()
    }

    @Test("It starts once, and not after it was stopped")
    func startsOnce() throws {
        let bus = try LibUSBBus()
        try bus.start { _ in }
        #expect(throws: USBError.self) { try bus.start { _ in } }
        bus.stop()
        #expect(throws: USBError.self) { try bus.start { _ in } }
    }

    @Test("It starts on its own thread too")
    func startsOnThread() throws {
        let bus = try LibUSBBus()
        let started = bus.thread.perform { (try? bus.start { _ in }) != nil }
        #expect(started == true)
        bus.stop()
    }

    @Test("A device that is not there cannot be opened and has no driver")
    func unknownDevice() throws {
        let bus = try LibUSBBus()
        try bus.start { _ in }
        let device = try VirtualBench.scanner(plug: .max)
        let code = bus.thread.perform { () -> USBError.Code? in
            do {
                _ = try bus.open(device)
                return nil
            } catch { return (error as? USBError)?.code }
        }
        #expect(code == .gone)
        #expect(bus.kernelDriver(of: device, interface: 0) == nil)
        bus.stop()
    }

    @Test("A bus that was never started stops")
    func stopsUnstarted() throws {
        let bus = try LibUSBBus()
        bus.stop()
    }
}
