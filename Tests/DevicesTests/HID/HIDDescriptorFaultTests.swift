import Testing

@testable import Devices

@Suite struct HIDDescriptorFaultTests {
    @Test(
        "A descriptor that breaks the standard is refused, with the place",
        arguments: [
            ("05", 0), ("0501 26ff", 2), ("0501 fe", 2), ("fe05f0 0102", 0), ("0501 c0", 2), ("0501 a101", 4),
            ("b4", 0),
            ("0501 a4 b4 b4", 4), ("8500", 0), ("860001", 0), ("8401", 0), ("a901 a901", 2), ("a900", 0),
        ])
    func refusesMalformed(text: String, offset: Int) {
        let error = #expect(throws: DevicesError.self) { try HIDFixtures.descriptor(text) }
        #expect(error?.code == .descriptorMalformed)
        #expect(error?.byteOffset == offset)
    }

    @Test("Each bound holds at its value and refuses one more", arguments: Bound.all)
    func keepsBounds(bound: Bound) throws {
        #expect(throws: Never.self) { try HIDReportDescriptor(bound.descriptor(bound.value)) }
        let error = #expect(throws: DevicesError.self) { try HIDReportDescriptor(bound.descriptor(bound.value + 1)) }
        #expect(error?.code == .descriptorTooLarge)
    }

    struct Bound: Sendable, CustomTestStringConvertible {
        let name: String
        let value: Int
        let descriptor: @Sendable (Int) -> [UInt8]
        var testDescription: String { name }

        static let all: [Bound] = {
            let limits = HIDLimits.standard
            return [
                // Long items, so that the number of items is not what refuses.
                Bound(name: "descriptorBytesMax", value: limits.descriptorBytesMax) { count in
                    let filler = [0xFE, 253, 0xF0] + [UInt8](repeating: 0, count: 253)
                    let long = Array([[UInt8]](repeating: filler, count: (count - 200) / 256).joined())
                    return long + [UInt8](repeating: 0, count: count - long.count)
                },
                Bound(name: "itemsMax", value: limits.itemsMax) { [UInt8](repeating: 0x04, count: $0) },
                Bound(name: "collectionDepthMax", value: limits.collectionDepthMax) { depth in
                    [UInt8](repeating: 0xA0, count: depth) + [UInt8](repeating: 0xC0, count: depth)
                },
                Bound(name: "pushDepthMax", value: limits.pushDepthMax) { [UInt8](repeating: 0xA4, count: $0) },
                Bound(name: "reportBytesMax", value: limits.reportBytesMax) { count in
                    // One byte of it is the report id; the rest is in two fields.
                    let rest = count - 1 - 500
                    return [
                        0x85, 1, 0x75, 8, 0x96, 0xF4, 0x01, 0x81, 2, 0x96, UInt8(rest & 255), UInt8(rest >> 8), 0x81, 2,
                    ]
                },
            ]
        }()
    }

    @Test("A main item's usages are bounded")
    func boundsUsages() {
        var limits = HIDLimits()
        limits.usagesMax = 3
        let four = [UInt8]([9, 1, 9, 3, 9, 5, 9, 7, 0x75, 8, 0x95, 1, 0x81, 2])
        #expect(throws: DevicesError.self) { try HIDReportDescriptor(four, limits: limits) }
        limits.usagesMax = 4
        #expect(throws: Never.self) { try HIDReportDescriptor(four, limits: limits) }
    }

    @Test(
        "Sizes and counts that multiply beyond any number are refused",
        arguments: [
            "77ffffffff 97ffffffff 8102", "7501 97ffffffff 8102", "77ffffffff 9501 8102",
            "7508 95ff 8102 8102 8102 8102 8102",
        ])
    func refusesHugeReports(text: String) {
        let error = #expect(throws: DevicesError.self) { try HIDFixtures.descriptor(text) }
        #expect(error?.code == .descriptorTooLarge)
    }

    @Test("Any bytes are read or refused, and what is read holds together", arguments: 1...20)
    func survivesAnything(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        for round in 0..<300 {
            let bytes = HIDMutation.descriptor(using: &source)
            #expect(HIDProperties.descriptorHolds(bytes) == nil, "seed \(seed), round \(round): \(bytes)")
        }
    }
}
