import Testing

@testable import Wire

@Suite struct AllowanceTests {
    @Test("A burst is allowed at once, then one more for each interval")
    func refills() {
        var allowance = Allowance(Allowance.Rate(burst: 3, every: .seconds(1)), now: .seconds(100))
        let spent = (0..<4).map { _ in allowance.spend(.seconds(100)) }
        #expect(spent == [true, true, true, false])
        #expect(allowance.spend(.milliseconds(100_999)) == false)
        #expect(allowance.spend(.seconds(101)) == true)
        #expect(allowance.spend(.milliseconds(101_999)) == false)
    }

    @Test("What was not used does not add up beyond the burst")
    func capsBurst() {
        var allowance = Allowance(Allowance.Rate(burst: 2, every: .seconds(1)), now: .zero)
        #expect(allowance.spend(.zero) == true)
        let spent = (0..<3).map { _ in allowance.spend(.seconds(3_600)) }
        #expect(spent == [true, true, false])
    }

    @Test("Who has spent all is told how long it is until there is more")
    func waits() {
        var allowance = Allowance(Allowance.Rate(burst: 1, every: .seconds(2)), now: .zero)
        let before = allowance.wait(.zero)
        _ = allowance.spend(.zero)
        let waits = [0, 1_500, 2_000].map { allowance.wait(.milliseconds($0)) }
        #expect(before == .zero)
        #expect(waits == [.seconds(2), .milliseconds(500), .zero])
    }
}
