import Foundation
import Journal
import Testing

@testable import Edge

@Suite struct LaneMemoryTests {
    @Test("The till that a lane is kept for is known after a restart by who it has proved to be")
    func till() throws {
        let owner = LaneTill(watch: 3, name: "kassa/1", caller: "till-a", token: [1])
        let memory = try #require(LaneMemory(packed: LaneMemory(Lane.Lasting(owner: owner), closed: nil).packed()))
        #expect(memory.till == LaneMemory.Till(name: "kassa/1", token: [1], caller: "till-a"))
    }

    @Test("A customer who waits for a basket is held over a restart of the edge, and not over one of the machine")
    func held() throws {
        let (now, wall) = (BootTime(boot: 7, elapsed: .seconds(100)), Date(timeIntervalSince1970: 1_795_521_600))
        let held = LaneMemory.Held(customer: "K1", left: .seconds(40), now: wall, now)
        // The clock was set to another year in between.
        #expect(held.left(at: wall.addingTimeInterval(-1e8), now + .seconds(10)) == .seconds(30))
        #expect(held.left(at: wall, BootTime(boot: 8, elapsed: .seconds(1))) == .zero)
        #expect(held.left(at: wall.addingTimeInterval(10), nil) == .seconds(30))
        let text = #"{"isArmed": true, "held": {"customer": "K1", "until": 0}}"#
        let earlier = try #require(LaneMemory(packed: Array(text.utf8))?.held)
        #expect(earlier.left(at: Date(timeIntervalSinceReferenceDate: -40), now) == .zero)
    }

    @Test("What an earlier version kept of a closed basket is read still")
    func earlierVersion() throws {
        let text = #"{"isArmed": true, "closed": {"basket": "b-1", "closing": [8, 1]}}"#
        let memory = try #require(LaneMemory(packed: Array(text.utf8)))
        #expect(memory.closed?.basket == "b-1")
        #expect(memory.closed.map { Array($0.closing) } == [8, 1])
        #expect(LaneMemory(packed: memory.packed()) == memory)
    }
}
