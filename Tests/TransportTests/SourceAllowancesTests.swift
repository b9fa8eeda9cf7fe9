import Testing
import Wire

@testable import Transport

@Suite struct SourceAllowancesTests {
    private static let rate = Allowance.Rate(burst: 2, every: .seconds(10))

    @Test("A source may do something so many times at once, and then waits until one of them is forgotten")
    func waits() {
        var allowances = SourceAllowances(Self.rate, sourcesMax: 10)
        for _ in 0..<2 {
            let wait = allowances.wait(of: "a", now: .seconds(1))
            #expect(wait == .zero)
            allowances.spend("a", now: .seconds(1))
        }
        let full = allowances.wait(of: "a", now: .seconds(1))
        #expect(full == .seconds(10))
        let later = allowances.wait(of: "a", now: .seconds(8))
        #expect(later == .seconds(3))
        let forgotten = allowances.wait(of: "a", now: .seconds(11))
        #expect(forgotten == .zero)
    }

    @Test("What one source does makes no other wait")
    func apart() {
        var allowances = SourceAllowances(Self.rate, sourcesMax: 10)
        for _ in 0..<100 { allowances.spend("a", now: .zero) }
        let other = allowances.wait(of: "b", now: .zero)
        #expect(other == .zero)
    }

    @Test("Of more sources than are remembered the one is forgotten that did least")
    func bounded() {
        var allowances = SourceAllowances(Self.rate, sourcesMax: 2)
        for _ in 0..<3 { allowances.spend("worst", now: .zero) }
        for _ in 0..<2 { allowances.spend("bad", now: .zero) }
        for _ in 0..<2 { allowances.spend("new", now: .zero) }
        let waits = ["worst", "bad", "new"].map { allowances.wait(of: $0, now: .zero) }
        #expect(waits == [.seconds(20), .zero, .seconds(10)])
    }

    @Test("A source whose time is over is forgotten before one whose is not")
    func makesRoom() {
        var allowances = SourceAllowances(Self.rate, sourcesMax: 2)
        allowances.spend("old", now: .zero)
        for _ in 0..<2 { allowances.spend("bad", now: .seconds(100)) }
        for _ in 0..<2 { allowances.spend("new", now: .seconds(100)) }
        let waits = ["bad", "new"].map { allowances.wait(of: $0, now: .seconds(100)) }
        #expect(waits == [.seconds(10), .seconds(10)])
    }
}
