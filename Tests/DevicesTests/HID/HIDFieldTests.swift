import Testing

@testable import Devices

@Suite struct HIDFieldTests {
    @Test("Elements are read across bytes, the lowest bit first")
    func readsAcrossBytes() throws {
        let descriptor = try HIDFixtures.descriptor("0501 a101 7503 9501 0901 8102 750a 9502 0902 8102 c0")
        let fields = descriptor.reports[0].fields
        // 101, then 1111100000, then 0000000001 from bit 13 on.
        let report: [UInt8] = [0b0000_0101, 0b0011_1111, 0b0000_0000]
        #expect(fields[0].value(at: 0, in: report) == 5)
        #expect(fields[1].value(at: 0, in: report) == 0b11_1110_0000)
        #expect(fields[1].value(at: 1, in: report) == 1)
    }

    @Test("A sign is read where the logical minimum is negative")
    func readsSign() throws {
        let fields = try HIDFixtures.descriptor("0501 a101 1581 257f 7508 9502 0930 8102 7520 9501 0931 8102 c0")
            .reports[0].fields
        let report: [UInt8] = [0xFF, 0x7F, 0xFE, 0xFF, 0xFF, 0xFF]
        #expect(fields[0].value(at: 0, in: report) == -1)
        #expect(fields[0].unsigned(at: 0, in: report) == 255)
        #expect(fields[0].value(at: 1, in: report) == 127)
        #expect(fields[1].value(at: 0, in: report) == -2)
    }

    @Test("What a short report does not have reads as 0")
    func readsShortReports() throws {
        let field = try HIDFixtures.descriptor("0501 a101 7510 9502 0930 8102 c0").reports[0].fields[0]
        #expect(field.value(at: 0, in: [0x34]) == 0x34)
        #expect(field.value(at: 1, in: [0x34]) == 0)
        #expect(field.value(at: 2, in: [1, 2, 3, 4, 5, 6]) == 0)
        #expect(field.value(at: -1, in: [1, 2, 3, 4, 5, 6]) == 0)
        #expect(field.isPresent(at: 0, in: [1, 2]) && !field.isPresent(at: 1, in: [1, 2, 3]))
    }

    @Test("Setting an element changes its bits alone, and cuts off what does not fit")
    func setsElements() throws {
        let field = try HIDFixtures.descriptor("0501 a101 7503 9504 0930 9102 c0").reports[0].fields[0]
        var report: [UInt8] = [0xFF, 0xFF]
        let sets = [field.set(0b010, at: 1, in: &report), field.set(0xFF0, at: 2, in: &report)]
        #expect(sets == [true, true])
        #expect(report == [0b0001_0111, 0b1111_1110])
        let beyond = [field.set(1, at: 4, in: &report), field.set(1, at: -1, in: &report)]
        #expect(beyond == [false, false])
        #expect(report == [0b0001_0111, 0b1111_1110])
    }

    @Test("A blank report has its length and its id")
    func makesBlanks() throws {
        let descriptor = try HIDReportDescriptor(HIDFixtures.scanner)
        #expect(descriptor.report(.output, id: 4)?.blank() == [4, 0])
        #expect(try HIDReportDescriptor(HIDFixtures.labKeyboard).report(.output, id: 0)?.blank() == [0])
    }

    @Test("Of an element wider than 32 bits the lowest 32 are read")
    func readsWideElements() throws {
        let field = try HIDFixtures.descriptor("0501 a101 7540 9501 0930 8102 c0").reports[0].fields[0]
        #expect(field.unsigned(at: 0, in: [1, 2, 3, 4, 5, 6, 7, 8]) == 0x0403_0201)
    }
}
