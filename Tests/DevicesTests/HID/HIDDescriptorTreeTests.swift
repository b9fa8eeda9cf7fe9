import Testing

@testable import Devices

@Suite struct HIDDescriptorTreeTests {
    @Test("A real descriptor is a tree of items, its bytes in front")
    func reads() {
        let tree = HIDReportDescriptor.tree(of: HIDFixtures.scanner)
        #expect(tree.error == nil)
        #expect(
            tree.lines.prefix(5) == [
                "05 8c           usage page 8c (bar code scanner)",
                "09 02           usage 8c:02",
                "a1 01           collection (application)",
                "09 12             usage 8c:12",
                "a1 02             collection (logical)",
            ])
        #expect(tree.lines.contains("09 fe               usage 8c:fe (decoded data)"))
        #expect(tree.lines.last == "c0              end collection")
    }

    @Test("A descriptor that breaks off is shown up to there")
    func showsBroken() {
        let tree = HIDReportDescriptor.tree(of: [0x05, 0x8C, 0x09])
        #expect(tree.lines == ["05 8c           usage page 8c (bar code scanner)"])
        #expect(tree.error?.code == .descriptorMalformed)
    }

    @Test("Any bytes are shown to an end", arguments: 0..<40)
    func survives(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        let bytes = (0..<Int.random(in: 0...300, using: &source)).map { _ in UInt8.random(in: 0...255, using: &source) }
        #expect(HIDReportDescriptor.tree(of: bytes).lines.count <= bytes.count, "seed \(seed)")
    }
}
