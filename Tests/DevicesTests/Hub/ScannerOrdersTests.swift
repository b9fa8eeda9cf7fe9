import Testing

@testable import Devices

@Suite struct ScannerOrdersTests {
    private func orders(_ descriptor: [UInt8] = HIDFixtures.scanner) throws -> ScannerOrders {
        ScannerOrders(feedback: HIDPOSFeedback(descriptor: try HIDReportDescriptor(descriptor)))
    }

    @Test("One report is on its way at a time, and the newest beep wins")
    func sendsOneAtATime() throws {
        var orders = try orders()
        orders.beep(.goodRead)
        #expect(orders.next()?.bytes == [4, 8])
        orders.beep(.goodRead)
        orders.beep(.error)
        #expect(orders.next() == nil)
        orders.ended()
        #expect(orders.next()?.bytes == [4, 4])
        orders.ended()
        #expect(orders.next() == nil)
    }

    @Test("Disarming comes before a beep, and a beep keeps it")
    func disarmsFirst() throws {
        var orders = try orders()
        orders.beep(.goodRead)
        orders.arm(false)
        #expect(orders.next()?.bytes == [4, 1])
        orders.ended()
        #expect(orders.next()?.bytes == [4, 9])
        orders.ended()
        orders.arm(true)
        #expect(orders.next()?.bytes == [4, 0])
    }

    @Test("Arming again before the order was sent sends nothing")
    func sendsChangesOnly() throws {
        var orders = try orders()
        orders.arm(false)
        orders.arm(true)
        #expect(orders.next() == nil)
    }

    @Test("A scanner without controls is told nothing and counts as disarmed all the same")
    func worksWithoutControls() throws {
        var orders = try orders(HIDFixtures.labScanner)
        orders.arm(false)
        orders.beep(.error)
        #expect(orders.next() == nil && !orders.isArmed)
    }

    @Test("A good beep is never replaced by a bad one")
    func keepsMeaning() throws {
        var orders = try orders(HIDFixtures.bytes("058c 0902 a101 1501 2501 7501 9508 0987 9102 c0"))
        orders.beep(.goodRead)
        #expect(orders.next() == nil)
        orders.beep(.error)
        #expect(orders.next()?.bytes == [1])
    }
}
