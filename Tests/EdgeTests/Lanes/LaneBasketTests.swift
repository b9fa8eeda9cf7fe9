import Customers
import Testing

@testable import Edge

@Suite struct LaneBasketTests {
    @Test("Opening the basket that is open already is no error, and changes nothing")
    func openAgain() throws {
        var rig = LaneRig()
        try rig.open("B1")
        rig.scan(.customer(.kari))
        try rig.open("B1")
        #expect(rig.actions.isEmpty)
        #expect(rig.lane.basket?.customer == .kari)
    }

    @Test("A second basket is refused while one is open")
    func secondBasket() throws {
        var rig = LaneRig()
        try rig.open("B1")
        #expect(throws: LaneRefusal.basketOpen) { try rig.open("B2") }
    }

    @Test("Closing thanks the customer, and the next basket begins empty")
    func close() throws {
        var rig = LaneRig()
        try rig.open("B1")
        rig.scan(.customer(.kari))
        try rig.close("B1")
        #expect(rig.shown == ["Thank you!", "See you soon"])
        try rig.open("B2")
        #expect(rig.lane.basket?.customer == nil)
    }

    @Test("A basket that is voided or parked thanks nobody")
    func voided() throws {
        var rig = LaneRig()
        try rig.open("B1")
        rig.scan(.customer(.kari))
        try rig.close("B1", isPaid: false)
        #expect(rig.shown == ["Welcome", "Storgata"])
    }

    @Test("Closing or changing a basket that is not open is refused")
    func unknownBasket() throws {
        var rig = LaneRig()
        #expect(throws: LaneRefusal.basketUnknown) { try rig.close("B1") }
        try rig.open("B1")
        #expect(throws: LaneRefusal.basketUnknown) { try rig.close("B2") }
        #expect(throws: LaneRefusal.basketUnknown) { try rig.attach(.kari, to: "B2", replace: true) }
        #expect(throws: LaneRefusal.basketUnknown) { try rig.detach(from: "B2") }
    }

    @Test("Detaching takes the customer out, and the greeting with it")
    func detach() throws {
        var rig = LaneRig()
        try rig.open("B1")
        rig.scan(.customer(.kari))
        try rig.detach(from: "B1")
        #expect(rig.lane.basket?.customer == nil)
        #expect(rig.shown == ["Welcome", "Storgata"])
    }
}
