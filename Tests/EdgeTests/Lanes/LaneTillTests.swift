import Devices
import Testing

@testable import Edge

@Suite struct LaneTillTests {
    @Test("A second till is refused while the first holds the lane")
    func held() {
        var rig = LaneRig()
        #expect(throws: LaneRefusal.held(for: nil)) {
            try rig.perform { lane, now throws(LaneRefusal) in try lane.take(by: .other, takeOver: false, now: now) }
        }
    }

    @Test("A till that takes over has the one before it let go")
    func takeOver() throws {
        var rig = LaneRig()
        try rig.perform { lane, now throws(LaneRefusal) in try lane.take(by: .other, takeOver: true, now: now) }
        let letGo = rig.actions.contains { if case .letGo(.kassa) = $0 { true } else { false } }
        #expect(letGo)
        #expect(rig.lane.till == .other)
    }

    @Test("A till that was taken over and leaves late changes nothing")
    func leavesLate() throws {
        var rig = LaneRig()
        try rig.perform { lane, now throws(LaneRefusal) in try lane.take(by: .other, takeOver: true, now: now) }
        rig.perform { $0.left(.kassa, now: $1) }
        #expect(rig.lane.till == .other)
    }

    @Test("Arming says that the scanner is ready, and disarming takes that back")
    func arming() {
        var rig = LaneRig()
        rig.perform { $0.arm(true, now: $1) }
        #expect(rig.shown == ["Ready to scan", "Show your card here"])
        rig.perform { $0.arm(false, now: $1) }
        #expect(rig.shown == ["Welcome", "Storgata"])
        #expect(!rig.lane.isArmed)
    }

    @Test("A till's own text stays as long as it asked for, and no longer than an hour")
    func show() {
        var rig = LaneRig()
        rig.perform { $0.show(["Hello"], for: .seconds(2), now: $1) }
        #expect(rig.shown == ["Hello"])
        rig.pass(.seconds(2))
        #expect(rig.shown == ["Welcome", "Storgata"])
        rig.perform { $0.show(["Hello"], for: .seconds(86_400), now: $1) }
        rig.pass(rig.lane.limits.showTimeMax)
        #expect(rig.shown == ["Welcome", "Storgata"])
    }
}
