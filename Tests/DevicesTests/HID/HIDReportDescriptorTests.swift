import Testing

@testable import Devices

@Suite struct HIDReportDescriptorTests {
    @Test("The real scanner's descriptor is decoded as documented")
    func decodesRealScanner() throws {
        let descriptor = try HIDReportDescriptor(HIDFixtures.scanner)
        #expect(HIDFixtures.scanner.count == 127)
        #expect(descriptor.usesReportIDs)
        #expect(
            descriptor.reports.map(\.key) == [
                .init(.input, id: 0x02), .init(.output, id: 0x04), .init(.input, id: 0xF0), .init(.output, id: 0xF0),
            ])
        #expect(descriptor.reports.map(\.byteCount) == [64, 2, 64, 64])

        let scan = try #require(descriptor.report(.input, id: 2))
        #expect(scan.fields.map(\.bitOffset) == [8, 16, 40, 488, 504])
        #expect(scan.fields.map(\.bitSize) == [8, 8, 8, 8, 1])
        #expect(scan.fields.map(\.count) == [1, 3, 56, 2, 8])
        #expect(scan.fields.map { $0.usage(at: 0)?.description } == ["01:3b", "8c:fb", "8c:fe", "ff66:00", "8c:ff"])
        #expect(scan.fields.map(\.flags.rawValue) == [2, 2, 0x202, 2, 2])
        #expect(scan.fields.map(\.logicalMaximum) == [255, 255, 255, 255, 1])
        #expect((0...3).map { scan.fields[1].usage(at: $0)?.id } == [0xFB, 0xFC, 0xFD, nil])
        #expect((0...8).map { scan.fields[4].usage(at: $0)?.id } == Array(repeating: 0xFF, count: 8) + [nil])

        let trigger = try #require(descriptor.report(.output, id: 4)).fields[0]
        #expect((0..<8).map { trigger.usage(at: $0)?.id } == [0x5F, 0x60, 0x85, 0x86, 0x86, 0x86, 0x86, 0x86])
        #expect(trigger.flags.rawValue == 0x86)
    }

    @Test("Collections keep their nesting, and a field its path")
    func keepsCollections() throws {
        let descriptor = try HIDReportDescriptor(HIDFixtures.scanner)
        #expect(descriptor.collections.map(\.usage?.description) == ["8c:02", "8c:12", "8c:14", "ffff:01"])
        #expect(descriptor.collections.map(\.kind) == [.application, .logical, .logical, .logical])
        #expect(descriptor.collections.map(\.parent) == [nil, 0, 0, 0])
        let data = try #require(descriptor.report(.input, id: 2)).fields[2]
        #expect(descriptor.path(of: data).map(\.usage?.description) == ["8c:02", "8c:12"])
        #expect(descriptor.application(of: data)?.description == "8c:02")
    }

    @Test("A boot keyboard has modifier bits, padding, lights and an array of keys")
    func decodesKeyboard() throws {
        let descriptor = try HIDReportDescriptor(HIDFixtures.labKeyboard)
        #expect(!descriptor.usesReportIDs)
        let input = try #require(descriptor.report(.input, id: 0))
        #expect(input.byteCount == 8)
        #expect(input.fields.map(\.bitOffset) == [0, 8, 16])
        #expect(input.fields.map(\.isConstant) == [false, true, false])
        #expect((0..<8).map { input.fields[0].usage(at: $0)?.id } == Array(0xE0...0xE7))
        let keys = input.fields[2]
        #expect(keys.isArray && keys.count == 6)
        #expect(keys.usage(forArrayValue: 0x04)?.description == "07:04")
        #expect(keys.usage(forArrayValue: 0x66) == nil)
        let output = try #require(descriptor.report(.output, id: 0))
        #expect(output.byteCount == 1)
        #expect((0..<5).map { output.fields[0].usage(at: $0)?.rawValue } == (0x08_0001...0x08_0005).map { $0 })
    }

    @Test("A report is found by its id, and none for bytes that name none")
    func findsReports() throws {
        let descriptor = try HIDReportDescriptor(HIDFixtures.scanner)
        #expect(descriptor.inputReport(for: [0x02, 1])?.key.id == 2)
        #expect(descriptor.inputReport(for: [0x04, 1]) == nil)
        #expect(descriptor.inputReport(for: [0x00]) == nil)
        #expect(descriptor.inputReport(for: []) == nil)
        #expect(try HIDReportDescriptor(HIDFixtures.labKeyboard).inputReport(for: [9])?.key.id == 0)
    }

    @Test("An empty descriptor has no reports")
    func takesNothing() throws {
        #expect(try HIDReportDescriptor([]).reports.isEmpty)
    }

    @Test("Push keeps the global items, the report id among them, and Pop brings them back")
    func pushesAndPops() throws {
        // Size 8, count 2, id 1; pushed; size 1, count 8, id 2; popped.
        let descriptor = try HIDFixtures.descriptor(
            "0509 a101 7508 9502 8501 a4 7501 9508 8502 0901 8102 b4 0901 8102 c0")
        #expect(descriptor.reports.map(\.key.id) == [2, 1])
        #expect(descriptor.reports.map { $0.fields[0].bitSize } == [1, 8])
        #expect(descriptor.reports.map(\.byteCount) == [2, 3])
    }

    @Test("A usage of four bytes brings its page; a shorter one takes the page in force at the main item")
    func completesUsages() throws {
        let descriptor = try HIDFixtures.descriptor("0501 a101 7508 9503 0b0200ff00 0930 093b 058c 8102 c0")
        let field = descriptor.reports[0].fields[0]
        #expect((0..<3).map { field.usage(at: $0)?.rawValue } == [0x00FF_0002, 0x8C_0030, 0x8C_003B])
    }

    @Test("Usages declared before the page in force was last used keep their page")
    func keepsEarlierPages() throws {
        let descriptor = try HIDFixtures.descriptor("0501 a101 7508 9502 0930 058c 09fe 8102 c0")
        #expect((0..<2).map { descriptor.reports[0].fields[0].usage(at: $0)?.rawValue } == [0x01_0030, 0x8C_00FE])
    }

    @Test("Ranges and single usages mix in their order")
    func mixesRanges() throws {
        let descriptor = try HIDFixtures.descriptor("0509 a101 7501 9508 0908 1901 2903 0907 8102 c0")
        #expect((0..<8).map { descriptor.reports[0].fields[0].usage(at: $0)?.id } == [8, 1, 2, 3, 7, 7, 7, 7])
    }

    @Test("A range of 4 billion usages costs nothing")
    func boundsRanges() throws {
        let descriptor = try HIDFixtures.descriptor("a101 7508 9501 1b00000000 2bffff0000 8102 c0")
        #expect(descriptor.reports[0].fields[0].usages.count == 0x1_0000)
        #expect(descriptor.reports[0].fields[0].usages.runCount == 1)
        let backwards = try HIDFixtures.descriptor("0509 a101 7508 9501 1905 2901 8102 c0")
        #expect(backwards.reports[0].fields[0].usages.isEmpty)
        let twoPages = try HIDFixtures.descriptor("a101 7508 9501 1b00000000 2bffffffff 8102 c0")
        #expect(twoPages.reports[0].fields[0].usages.isEmpty)
    }

    @Test("Of alternative usages the first one counts")
    func takesFirstAlternative() throws {
        let descriptor = try HIDFixtures.descriptor("058c a101 7508 9502 a901 09fe 09ff a900 09fb 8102 c0")
        #expect((0..<2).map { descriptor.reports[0].fields[0].usage(at: $0)?.id } == [0xFE, 0xFB])
    }

    @Test(
        "A maximum has a sign only beside a negative minimum",
        arguments: [
            ("1500 25ff", 0, 255), ("15ff 25ff", -1, -1), ("1581 257f", -127, 127), ("160080 26ff7f", -32_768, 32_767),
            ("1500 26ff00", 0, 255), ("1700000080 27ffffff7f", -2_147_483_648, 2_147_483_647),
            ("1500 27ffffffff", 0, 4_294_967_295), ("25ff 1580", -128, -1), ("14 24", 0, 0),
        ])
    func readsSigns(items: String, minimum: Int, maximum: Int) throws {
        let field = try HIDFixtures.descriptor("a101 \(items) 7508 9501 8102 c0").reports[0].fields[0]
        #expect(field.logicalMinimum == minimum)
        #expect(field.logicalMaximum == maximum)
    }

    @Test("Long items, reserved items and zeros at the end are skipped")
    func skipsUnknown() throws {
        let plain = try HIDFixtures.descriptor("058c a101 7508 9501 09fe 8102 c0")
        let odd = try HIDFixtures.descriptor("058c fe 03 f0 81 02 c0 a101 7508 9501 f500 09fe 8102 c0 00 00 00")
        #expect(odd.reports == plain.reports)
    }

    @Test("Elements without bits take no room", arguments: ["7500 95ff", "7508 9500", "7500 97ffffffff"])
    func skipsEmptyFields(items: String) throws {
        #expect(try HIDFixtures.descriptor("058c a101 \(items) 09fe 8102 c0").reports.isEmpty)
    }
}
