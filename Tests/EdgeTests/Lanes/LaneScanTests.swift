import Customers
import Testing

@testable import Edge

@Suite struct LaneScanTests {
    @Test("A customer who scans into an open basket is in it, and greeted by first name only")
    func attaches() throws {
        var rig = LaneRig()
        try rig.open("B1")
        rig.scan(.customer(.kari))
        #expect(rig.attachment == .attached)
        #expect(rig.lane.basket?.customer == .kari)
        #expect(rig.shown == ["Welcome, Kari!", "Discount 10 %"])
        #expect(rig.beep == .goodRead)
        #expect(rig.isStatePublished)
    }

    @Test("A customer with bonuses sees the balance")
    func bonuses() throws {
        var rig = LaneRig()
        try rig.open("B1")
        rig.scan(.customer(.olena))
        #expect(rig.shown == ["Welcome, Олена!", "Bonuses 12.50"])
    }

    @Test("A customer who scans before a basket is open goes into the next one")
    func holds() throws {
        var rig = LaneRig()
        rig.scan(.customer(.kari))
        #expect(rig.attachment == .held)
        try rig.open("B1")
        #expect(rig.lane.basket?.customer == .kari)
        #expect(rig.lane.held == nil)
    }

    @Test("A customer who waited too long for a basket is let go, and the display is idle again")
    func heldExpires() throws {
        var rig = LaneRig()
        rig.scan(.customer(.kari))
        rig.pass(rig.lane.limits.scanTime)
        #expect(rig.lane.held == nil)
        #expect(rig.shown == ["Welcome", "Storgata"])
        try rig.open("B1")
        #expect(rig.lane.basket?.customer == nil)
    }

    @Test("A product is no customer: the display does not speak of it")
    func product() throws {
        var rig = LaneRig()
        try rig.open("B1")
        rig.scan(.product)
        #expect(rig.attachment == Attachment.none)
        #expect(rig.shown == nil)
        #expect(rig.beep == .goodRead)
    }

    @Test("An unknown code is said politely, for a while")
    func unknown() {
        var rig = LaneRig()
        rig.scan(.unknown)
        #expect(rig.attachment == Attachment.none)
        #expect(rig.beep == .notOnFile)
        #expect(rig.shown == ["Code not known here", "Please ask our staff"])
        rig.pass(rig.lane.limits.noteTime)
        #expect(rig.shown == ["Welcome", "Storgata"])
    }

    @Test("A payment card is refused aloud")
    func paymentCard() {
        var rig = LaneRig()
        rig.scan(.paymentCard)
        #expect(rig.beep == .error)
        #expect(rig.shown == ["No payment cards", "here, please"])
    }

    @Test("A second customer does not replace the first before the till says so")
    func confirmReplace() throws {
        var rig = LaneRig()
        try rig.open("B1")
        rig.scan(.customer(.kari))
        rig.scan(.customer(.olena))
        #expect(rig.attachment == .confirmReplace)
        #expect(rig.lane.basket?.customer == .kari)
        #expect(throws: LaneRefusal.customerPresent) { try rig.attach(.olena, replace: false) }
        try rig.attach(.olena, replace: true)
        #expect(rig.lane.basket?.customer == .olena)
    }

    @Test("The customer who is in the basket already stays there")
    func already() throws {
        var rig = LaneRig()
        try rig.open("B1")
        rig.scan(.customer(.kari))
        rig.scan(.customer(.kari))
        #expect(rig.attachment == .already)
    }

    @Test("Without a till nothing is decided, and the scan is taken by the till that comes")
    func undecided() throws {
        var rig = LaneRig(withTill: false)
        let scan = rig.nextScan(.customer(.kari))
        rig.perform { $0.scanned(scan, now: $1) }
        #expect(rig.attachment == .undecided)
        #expect(rig.lane.held == nil)
        try rig.perform { lane, now throws(LaneRefusal) in try lane.take(by: .kassa, takeOver: false, now: now) }
        #expect(rig.beep == nil)
        rig.perform { $0.replayed(scan, now: $1) }
        #expect(rig.attachment == .held)
        #expect(rig.beep == nil)
    }

    @Test("A scan nobody took within its time is delivered as expired and never attached")
    func expires() throws {
        var rig = LaneRig(withTill: false)
        let scan = rig.nextScan(.customer(.kari))
        rig.perform { $0.scanned(scan, now: $1) }
        rig.pass(rig.lane.limits.scanTime)
        try rig.perform { lane, now throws(LaneRefusal) in try lane.take(by: .kassa, takeOver: false, now: now) }
        try rig.open("B1")
        rig.perform { $0.replayed(scan, now: $1) }
        #expect(rig.isExpired)
        #expect(rig.lane.basket?.customer == nil)
    }
}
