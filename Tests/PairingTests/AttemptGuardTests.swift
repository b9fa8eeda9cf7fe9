import Testing

@testable import Pairing

@Suite struct AttemptGuardTests {
    @Test("An address may be wrong four times, and once more each minute")
    func rate() {
        var attempts = AttemptGuard()
        for _ in 0..<4 {
            let mayTry = attempts.allows("a", now: .zero)
            #expect(mayTry)
            attempts.count("a", now: .zero)
        }
        #expect(attempts.wait(of: "a", now: .seconds(59)) == .seconds(1))
        let (early, other, late) = (
            attempts.allows("a", now: .seconds(59)), attempts.allows("b", now: .zero),
            attempts.allows("a", now: .seconds(60))
        )
        #expect(!early)
        #expect(attempts.wait(of: "b", now: .zero) == .zero)
        #expect(other)
        #expect(late)
    }

    @Test("However many addresses try, no more than its bound are remembered, and the busy one is among them")
    func bound() {
        var attempts = AttemptGuard(addressesMax: 16)
        for round in 0..<10_000 {
            attempts.count("busy", now: .milliseconds(round))
            attempts.count("\(round)", now: .milliseconds(round))
        }
        let busyMayTry = attempts.allows("busy", now: .seconds(10))
        #expect(attempts.count == 16)
        #expect(!busyMayTry)
    }
}
