import Testing

@testable import Systems

@Suite struct CircuitBreakerTests {
    private let away = SystemsError(.unavailable, "away")

    @Test(
        "After five failures in a row a system is left alone, then asked by one call at a time, then longer and longer")
    func opens() throws {
        var circuit = CircuitBreaker(seed: 1)
        for _ in 1...4 { circuit.failed(away, now: .zero) }
        #expect(circuit.state == .closed)
        circuit.failed(away, now: .zero)
        let wait = circuit.admit(now: .zero)
        let first = try #require(wait)
        #expect(first >= SystemCallLimits.openMin && first <= SystemCallLimits.openMin * 1.1)
        let probe = circuit.admit(now: first)
        #expect(probe == nil)
        let beside = circuit.admit(now: first)
        #expect(beside != nil, "a second call beside the probe")
        circuit.failed(away, now: first)
        let longer = circuit.admit(now: first)
        let second = try #require(longer)
        #expect(second >= SystemCallLimits.openMin * 2)
        for _ in 1...30 { circuit.failed(away, now: .zero) }
        let longest = circuit.admit(now: .zero)
        #expect(try #require(longest) <= SystemCallLimits.openMax * 1.1)
    }

    @Test("An answer closes the circuit and forgets the failures")
    func closes() {
        var circuit = CircuitBreaker(seed: 1)
        for _ in 1...9 { circuit.failed(away, now: .zero) }
        circuit.answered()
        #expect(circuit.state == .closed && circuit.failures == 0)
        for _ in 1...4 { circuit.failed(away, now: .zero) }
        #expect(circuit.state == .closed)
    }

    @Test("A system that wants to be left alone is, for as long as it says, and that is no failure")
    func throttled() throws {
        var circuit = CircuitBreaker(seed: 1)
        circuit.failed(SystemsError(.throttled, "later", retryAfter: .seconds(40)), now: .seconds(10))
        let asked = circuit.admit(now: .seconds(10))
        let wait = try #require(asked)
        #expect(wait >= .seconds(40) && wait <= .seconds(44))
        #expect(circuit.failures == 0)
    }

    @Test("A probe that was given up lets the next call probe")
    func abandoned() throws {
        var circuit = CircuitBreaker(seed: 1)
        for _ in 1...5 { circuit.failed(away, now: .zero) }
        let first = circuit.admit(now: .zero)
        let wait = try #require(first)
        let probe = circuit.admit(now: wait)
        #expect(probe == nil)
        circuit.abandoned(now: wait)
        let next = circuit.admit(now: wait)
        #expect(next == nil)
    }
}
