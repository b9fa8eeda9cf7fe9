import Testing

@testable import Devices

@Suite struct WedgePropertyTests {
    private static let descriptors = [
        HIDFixtures.labKeyboard, WedgeDescriptorTests.bitmap, WedgeDescriptorTests.numbered,
    ]

    @Test("Any reports of any keyboard hold", arguments: 1...20)
    func survivesAnything(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        for round in 0..<15 {
            let input = WedgeMutation.input(Self.descriptors, using: &source)
            #expect(WedgeProperties.decodingHolds(input) == nil, "seed \(seed), round \(round): \(input)")
        }
    }
}
