import Testing

@testable import Devices

@Suite struct ScannerOrdersTests {
    private func orders(_ descriptor: [UInt8] = HIDFixtures.scanner) throws -> ScannerOrders {
        ScannerOrders(controls: HIDPOSFeedback(descriptor: try HIDReportDescriptor(descriptor)))
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

    @Test("What else a scanner is told waits for its turn, and takes back what it contradicts")
    func takesWishes() throws {
        var orders = ScannerOrders(controls: SSIDialect.words)
        for wish in [ScannerSignal.aim, .lightOn, .stopAiming] { orders.wish(wish) }
        orders.beep(.goodRead)
        var sent: [[UInt8]] = []
        while let message = orders.next() {
            sent.append(message.bytes)
            orders.ended()
        }
        #expect(sent == [[0xE6, 0], [0xE7, 1], [0xC4]])
    }

    private func sent(_ orders: inout ScannerOrders, isTaken: Bool = true) -> [[UInt8]] {
        var sent: [[UInt8]] = []
        while let message = orders.next() {
            sent.append(message.bytes)
            orders.ended(isTaken: isTaken)
        }
        return sent
    }

    @Test("Whoever tries a scanner out stops its reading until they say otherwise, or the lane does")
    func holds() throws {
        var orders = ScannerOrders(controls: SSIDialect.words)
        orders.wish(.preventRead)
        let stop = orders.next()
        let told = orders.ended()
        #expect(stop?.bytes == [0xEA] && told == .preventRead)
        let sent1 = sent(&orders)
        #expect(sent1.isEmpty)
        orders.arm(false)
        orders.arm(true)
        let sent2 = sent(&orders)
        #expect(sent2 == [[0xE9]])
    }

    @Test("Nobody who tries a scanner out sets it reading while its lane is disarmed")
    func staysDisarmed() throws {
        var orders = ScannerOrders(controls: SSIDialect.words)
        orders.arm(false)
        let sent3 = sent(&orders)
        #expect(sent3 == [[0xEA]])
        orders.wish(.preventRead)
        orders.wish(.allowRead)
        let sent4 = sent(&orders)
        #expect(sent4.isEmpty)
    }

    @Test("A scanner that refuses to read again is told a few times more, and again when it is next armed")
    func insists() throws {
        var orders = ScannerOrders(controls: SSIDialect.words)
        orders.wish(.preventRead)
        let sent5 = sent(&orders)
        #expect(sent5 == [[0xEA]])
        orders.wish(.allowRead)
        let sent6 = sent(&orders, isTaken: false)
        #expect(sent6 == Array(repeating: [0xE9], count: ScannerOrders.readingTriesMax))
        orders.arm(true)
        let sent7 = sent(&orders)
        #expect(sent7 == [[0xE9]])
    }

    @Test("A Honeywell scanner's own beep is preferred, and its commands stand behind report FD")
    func speaksHoneywell() throws {
        let feedback = HIDPOSFeedback(descriptor: try HIDReportDescriptor(HIDFixtures.scanner))
        let controls = HoneywellPOSControls(feedback: feedback)
        #expect(controls.message(.goodRead, isPrevented: false)?.bytes == [4, 8])
        let alone = HoneywellPOSControls(feedback: nil)
        let beep = try #require(alone.message(.goodRead, isPrevented: false))
        #expect(beep.bytes.count == 64 && beep.bytes.prefix(6) == [0xFD, 3, 0x16, 0x07, 0x0D, 0])
        let question = try #require(controls.message(.askRevision, isPrevented: false))
        #expect(question.bytes.prefix(2) == [0xFD, 10] && alone.message(.error, isPrevented: false) == nil)
    }
}
