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

    @Test("A till that lets the lane go frees it")
    func leaves() throws {
        var lease = try lease()
        lease.left(Self.kassa)
        #expect(lease.holder == .nobody)
    }
}
