import Devices
import Testing

@testable import Edge

@Suite("When a lane's scanners read")
struct LaneArmingTests {
    @Test("A lane that is armed on request does not read at first, and reads until a customer was recognised")
    func armsOnRequest() {
        var rig = LaneRig(arming: .onRequest)
        #expect(!rig.lane.isArmed)
        rig.perform { $0.arm(true, now: $1) }
        #expect(rig.lane.isArmed && rig.armed == true)
        rig.scan(.unknown)
        #expect(rig.lane.isArmed && rig.armed == nil)
        rig.scan(.customer(.kari))
        #expect(!rig.lane.isArmed && rig.armed == false)
        #expect(rig.lane.screen.lines.first == "Welcome, Kari!")
    }

    @Test("A lane that is armed on request reads for a time when nobody comes, after a restart too, and says so")
    func disarmsInTime() {
        var rig = LaneRig(arming: .onRequest)
        rig.perform { $0.arm(true, now: $1) }
        rig.pass(rig.lane.limits.armTime - .seconds(1))
        #expect(rig.lane.isArmed)
        rig.pass(.seconds(1))
        #expect(!rig.lane.isArmed && rig.armed == false)
        #expect(rig.lane.screen.lines.first == "Welcome")
        rig.perform { $0.arm(true, now: $1) }
        let lasting = rig.lane.lasting
        var next = LaneRig(arming: .onRequest)
        next.perform { lane, now in
            lane.restore(lasting, now: now)
            return []
        }
        #expect(next.lane.isArmed)
        next.pass(next.lane.limits.armTime)
        #expect(!next.lane.isArmed && next.armed == false)
        var always = LaneRig()
        always.pass(always.lane.limits.armTime)
        #expect(always.lane.isArmed)
    }

    @Test("A lane that is always armed reads on after a customer")
    func staysArmed() {
        var rig = LaneRig()
        rig.scan(.customer(.kari))
        #expect(rig.lane.isArmed && rig.armed == nil)
    }

    @Test("An armed scanner that reads nothing for a while asks for a brighter screen, once")
    func asksForBrightness() {
        var rig = LaneRig()
        rig.perform { $0.arm(true, now: $1) }
        rig.pass(rig.lane.limits.brightnessTime)
        #expect(rig.shown == ["Turn up the screen's", "brightness, please"])
        rig.pass(rig.lane.limits.noteTime)
        #expect(rig.shown == ["Ready to scan", "Show your card here"])
        rig.pass(rig.lane.limits.brightnessTime)
        #expect(rig.shown == nil)
    }

    @Test("An always armed lane asks for a brighter screen, once, when a basket opens and nothing is read")
    func asksInBasket() throws {
        var rig = LaneRig()
        try rig.perform { lane, now throws(LaneRefusal) in try lane.openBasket("7", now: now) }
        rig.pass(rig.lane.limits.brightnessTime)
        #expect(rig.shown == ["Turn up the screen's", "brightness, please"])
        rig.pass(rig.lane.limits.noteTime)
        #expect(rig.shown == ["Welcome", "Storgata"])
        rig.pass(rig.lane.limits.brightnessTime)
        #expect(rig.shown == nil)
    }

    @Test("A basket with a customer, with an article, that is closed, or in a lane that is not armed asks nobody")
    func asksNobodyInBasket() throws {
        var known = LaneRig()
        known.scan(.customer(.kari))
        var shopping = LaneRig()
        var closed = LaneRig()
        var unarmed = LaneRig(arming: .onRequest)
        try known.perform { lane, now throws(LaneRefusal) in try lane.openBasket("7", now: now) }
        try shopping.perform { lane, now throws(LaneRefusal) in try lane.openBasket("7", now: now) }
        shopping.scan(.unknown)
        try closed.perform { lane, now throws(LaneRefusal) in try lane.openBasket("7", now: now) }
        try closed.perform { lane, now throws(LaneRefusal) in try lane.closeBasket("7", isPaid: false, now: now) }
        try unarmed.perform { lane, now throws(LaneRefusal) in try lane.openBasket("7", now: now) }
        for var rig in [known, shopping, closed, unarmed] {
            rig.pass(rig.lane.limits.brightnessTime)
            #expect(rig.lane.screen.lines.first?.contains("Turn up") == false)
        }
    }

    @Test("After a scan, or when the scanner is disarmed, nobody is asked for a brighter screen")
    func asksNobodyInVain() {
        var rig = LaneRig()
        rig.perform { $0.arm(true, now: $1) }
        rig.scan(.customer(.kari))
        rig.pass(rig.lane.limits.brightnessTime)
        #expect(rig.lane.screen.lines.first == "Welcome, Kari!")
        rig.perform { $0.arm(true, now: $1) }
        rig.pass(rig.lane.limits.brightnessTime)
        #expect(rig.lane.screen.lines.first == "Welcome, Kari!")
        var other = LaneRig()
        other.perform { $0.arm(true, now: $1) }
        other.perform { $0.arm(false, now: $1) }
        other.pass(other.lane.limits.brightnessTime)
        #expect(other.lane.screen.lines == ["Welcome", "Storgata"])
    }
}
