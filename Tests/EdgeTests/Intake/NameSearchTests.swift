import Testing

@testable import Edge

@Suite struct NameSearchTests {
    @Test("A caller that searches without end has its few places, and leaves the others theirs")
    func places() {
        var waiting: [String: Int] = [:]
        var taken = 0
        while NameSearch.enter("till-bad", &waiting) { taken += 1 }
        #expect(taken == NameSearch.searchesOfCallerMax)
        #expect(NameSearch.enter("till-good", &waiting))
        NameSearch.leave("till-bad", &waiting)
        #expect(NameSearch.enter("till-bad", &waiting) && !NameSearch.enter("till-bad", &waiting))
    }

    @Test("Of all callers together no more search than may, and each that has ended makes place")
    func all() {
        var waiting: [String: Int] = [:]
        let callers = (0..<100).map { "till-\($0)" }
        #expect(callers.filter { NameSearch.enter($0, &waiting) }.count == NameSearch.searchesMax)
        for caller in callers { NameSearch.leave(caller, &waiting) }
        #expect(waiting.isEmpty)
    }
}
