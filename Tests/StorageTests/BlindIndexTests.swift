import Testing

@testable import Storage

@Suite struct BlindIndexTests {
    private func index(_ bytes: [UInt8]) -> BlindIndex { bytes.withUnsafeBytes { BlindIndex($0) } }

    @Test("The bytes come back as they were")
    func bytes() {
        let bytes = (0..<16).map { UInt8($0 * 17) }
        #expect(index(bytes).bytes == bytes)
        #expect(index(bytes + [1, 2, 3]).bytes == bytes)
        #expect(index([9]).bytes == [9] + [UInt8](repeating: 0, count: 15))
    }

    @Test("Their order is that of their bytes", arguments: 0..<16)
    func order(place: Int) {
        var (small, great) = ([UInt8](repeating: 0x7F, count: 16), [UInt8](repeating: 0x7F, count: 16))
        // What comes after the first difference counts for nothing.
        for later in place..<16 { (small[later], great[later]) = (0xFF, 0) }
        (small[place], great[place]) = (0x7F, 0x80)
        #expect(index(small) < index(great))
        #expect(!(index(great) < index(small)))
        #expect(small.lexicographicallyPrecedes(great))
    }
}
