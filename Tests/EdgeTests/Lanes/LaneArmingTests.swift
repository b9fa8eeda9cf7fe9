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
