import Storage
import Testing

@testable import Customers

@Suite struct KeyFilterTests {
    private static func key(_ random: inout SeededRandom) -> BlindIndex {
        let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
        return bytes.withUnsafeBytes { BlindIndex($0) }
    }

    @Test("Whatever was added may be there, and of what was not next to nothing", arguments: [UInt64(1), 2])
    func tells(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var filter = KeyFilter()
        let added = (0..<50_000).map { _ in Self.key(&random) }
        for key in added { filter.add(key, kind: 1) }
        #expect(added.allSatisfy { filter.mayHave($0, kind: 1) }, "\(random.note)")
        let others = (0..<50_000).map { _ in Self.key(&random) }
        #expect(others.count { filter.mayHave($0, kind: 1) } < 50, "\(random.note)")
    }

    @Test("A key of one kind is none of another")
    func kinds() {
        var random = SeededRandom(seed: 3)
        var filter = KeyFilter()
        let keys = (0..<1_000).map { _ in Self.key(&random) }
        for key in keys { filter.add(key, kind: 1) }
        #expect(keys.count { filter.mayHave($0, kind: 4) } < 10)
    }
}
