import Testing

@testable import Edge

@Suite struct LaneLeaseTests {
    private let start = ContinuousClock.now
    private let time = LaneLimits().leaseTime
    private static let kassa = LaneTill(watch: 1, name: "kassa/1", token: [1])
    private static let again = LaneTill(watch: 2, name: "kassa/1", token: [1])
    private static let other = LaneTill(watch: 3, name: "kassa/1", token: [2])

    private func lease(of till: LaneTill = kassa) throws -> LaneLease {
        var lease = LaneLease(time: time)
        _ = try lease.take(by: till, takeOver: false, now: start)
        return lease
    }

    @Test("A lane is kept for the till that lost its connection, and nobody gets its scans meanwhile")
    func kept() throws {
        var lease = try lease()
        lease.lost(Self.kassa, now: start)
        #expect(lease.till == nil)
        #expect(lease.owner == Self.kassa)
        #expect(lease.deadline == start + time)
    }

    @Test("The till that comes back has its lane at once")
    func resumes() throws {
        var lease = try lease()
        lease.lost(Self.kassa, now: start)
        let letGo = try lease.take(by: Self.again, takeOver: false, now: start + .seconds(1))
        #expect(letGo == nil)
        #expect(lease.till == Self.again)
    }

    @Test("Another till is told for how long the lane is kept")
    func refuses() throws {
        var lease = try lease()
        lease.lost(Self.kassa, now: start)
        var error: LaneRefusal?
        do throws(LaneRefusal) {
            _ = try lease.take(by: Self.other, takeOver: false, now: start + .seconds(10))
        } catch let refusal {
            error = refusal
        }
        #expect(error == .held(for: time - .seconds(10)))
    }

    @Test("Another till may take the lane over from one that is away, and that one does not come back by itself")
    func takesOver() throws {
        var lease = try lease()
        lease.lost(Self.kassa, now: start)
        let letGo = try lease.take(by: Self.other, takeOver: true, now: start)
        #expect(letGo == nil)
        var error: LaneRefusal?
        do throws(LaneRefusal) {
            _ = try lease.take(by: Self.again, takeOver: false, now: start)
        } catch let refusal {
            error = refusal
        }
        #expect(error == .held(for: nil))
    }

    @Test("After its time the lane is the first comer's")
    func runsOut() throws {
        var lease = try lease()
        lease.lost(Self.kassa, now: start)
        _ = try lease.take(by: Self.other, takeOver: false, now: start + time)
        #expect(lease.till == Self.other)
    }

    @Test("A till with a token has its lane back while the edge still believes in its last connection")
    func halfOpen() throws {
        var lease = try lease()
        let letGo = try lease.take(by: Self.again, takeOver: false, now: start)
        #expect(letGo == Self.kassa)
        #expect(lease.till == Self.again)
        // The end of that connection, when it comes, is nobody's loss.
        lease.lost(Self.kassa, now: start)
        #expect(lease.till == Self.again)
    }

    @Test("Without tokens a client name is enough once the connection is lost, and not before")
    func names() throws {
        let first = LaneTill(watch: 1, name: "kassa/4.2")
        let second = LaneTill(watch: 2, name: "kassa/4.2")
        var lease = try lease(of: first)
        var error: LaneRefusal?
        do throws(LaneRefusal) {
            _ = try lease.take(by: second, takeOver: false, now: start)
        } catch let refusal {
            error = refusal
        }
        #expect(error == .held(for: nil))
        lease.lost(first, now: start)
        _ = try lease.take(by: second, takeOver: false, now: start)
        #expect(lease.till == second)
    }

    @Test("Another caller is another till, whatever it calls itself and whatever token it has")
    func callers() throws {
        let first = LaneTill(watch: 1, name: "kassa/4.2", caller: "till-a")
        for (till, stranger) in [
            (first, LaneTill(watch: 2, name: "kassa/4.2", caller: "till-b")),
            (Self.of("till-a", 1), Self.of("till-b", 2)),
        ] {
            var lease = try lease(of: till)
            for isAway in [false, true] {
                if isAway { lease.lost(till, now: start) }
                var error: LaneRefusal?
                do throws(LaneRefusal) {
                    _ = try lease.take(by: stranger, takeOver: false, now: start)
                } catch let refusal {
                    error = refusal
                }
                #expect(error == .held(for: isAway ? time : nil))
            }
        }
        // An earlier version wrote no caller down: its till has the lane back after the update.
        var lease = LaneLease(time: time)
        lease.restore(LaneTill(watch: 0, name: "kassa/4.2"), now: start)
        _ = try lease.take(by: first, takeOver: false, now: start)
        #expect(lease.till == first)
    }

    private static func of(_ caller: String, _ watch: UInt64) -> LaneTill {
        LaneTill(watch: watch, name: "kassa/1", caller: caller, token: [1])
    }

    @Test("A till that fell silent has been gone since it was heard last")
    func silence() {
        var lane = Lane(name: "1", lastSequence: 0, text: DisplayText(store: "Storgata"))
        _ = try? lane.take(by: Self.kassa, takeOver: false, now: start)
        _ = lane.lost(Self.kassa, for: .seconds(10), now: start + .seconds(10))
        #expect(lane.lease.deadline == start + time)
        _ = try? lane.take(by: Self.again, takeOver: false, now: start + .seconds(20))
        _ = lane.lost(Self.again, for: .seconds(40), now: start + .seconds(60))
        #expect(lane.lease.holder == .nobody)
    }

    @Test("A till that lets the lane go frees it")
    func leaves() throws {
        var lease = try lease()
        lease.left(Self.kassa)
        #expect(lease.holder == .nobody)
    }
}
