import Testing

@testable import Devices

@Suite struct HIDUsageListTests {
    private func usage(_ id: UInt32) -> HIDUsage { HIDUsage(rawValue: id) }

    @Test("Usages keep their order and repeat")
    func keepsOrder() {
        var list = HIDUsageList([5, 3, 3].map { usage($0) })
        list.append(usage(10)...usage(12))
        list.append(usage(1))
        #expect((0..<8).map { list[$0]?.rawValue } == [5, 3, 3, 10, 11, 12, 1, nil])
        #expect(list[-1] == nil)
        #expect(list.count == 7)
        #expect(list.firstIndex(of: usage(3)) == 1)
        #expect(list.firstIndex(of: usage(12)) == 5)
        #expect(list.firstIndex(of: usage(4)) == nil)
        #expect(list.last == usage(1))
    }

    @Test("Neighbours become one run, up to the last number there is")
    func joinsNeighbours() {
        var list = HIDUsageList([usage(1), usage(2), usage(3)])
        #expect(list.runCount == 1)
        list.append(usage(.max))
        list.append(usage(0))
        #expect(list.runCount == 3)
        #expect(list[4] == usage(0))
    }
}
