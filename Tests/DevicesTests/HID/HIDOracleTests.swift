import Foundation
import Testing

@testable import Devices

/// Compares our parser with hid-tools, whose reading of the same descriptors Tests/Oracle/hid/oracle.py writes down.
@Suite struct HIDOracleTests {
    @Test("Descriptors are read as the Linux HID project's own parser reads them")
    func agreesWithHIDTools() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Oracle/hid/expected.json")
        let cases = try JSONDecoder().decode([HIDOracleCase].self, from: Data(contentsOf: file))
        #expect(cases.count > 200)
        for expected in cases {
            let descriptor = try HIDReportDescriptor(HIDFixtures.bytes(expected.descriptor))
            let found = descriptor.reports.map { HIDOracleCase.Report($0, of: descriptor) }
            #expect(found.sorted() == expected.reports.sorted(), "\(expected.name): \(expected.descriptor)")
        }
    }
}

/// One descriptor of expected.json.
struct HIDOracleCase: Decodable {
    let name: String
    let descriptor: String
    let reports: [Report]

    struct Report: Decodable, Equatable, Comparable {
        let kind: UInt8
        let id: UInt8
        let bits: Int
        let fields: [Field]

        static func < (left: Report, right: Report) -> Bool { (left.kind, left.id) < (right.kind, right.id) }
    }

    /// Neighbouring elements that differ in their usages alone.
    struct Field: Equatable {
        var bit: Int
        var size: Int
        var flags: UInt32
        var minimum: Int
        var maximum: Int
        var application: UInt32
        var count: Int
        /// One an element; of an array the ends of its ranges, one behind the other; none for padding.
        var usages: [UInt32]
    }
}

extension HIDOracleCase.Field: Decodable {
    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        bit = try list.decode(Int.self)
        size = try list.decode(Int.self)
        flags = try list.decode(UInt32.self)
        minimum = try list.decode(Int.self)
        maximum = try list.decode(Int.self)
        application = try list.decode(UInt32.self)
        count = try list.decode(Int.self)
        usages =
            flags & 3 == 0 ? try list.decode([[UInt32]].self).flatMap { $0 } : try list.decode([UInt32].self)
    }
}

extension HIDOracleCase.Report {
    /// Our reading in the oracle's form.
    init(_ report: HIDReport, of descriptor: HIDReportDescriptor) {
        kind = report.key.kind.rawValue
        id = report.key.id
        bits = report.bitCount
        var fields: [HIDOracleCase.Field] = []
        for next in report.fields.map({ HIDOracleCase.Field($0, of: descriptor) }) {
            if let last = fields.last, next.continues(last) {
                fields[fields.count - 1].count += next.count
                fields[fields.count - 1].usages += next.usages
            } else {
                fields.append(next)
            }
        }
        self.fields = fields
    }
}

extension HIDOracleCase.Field {
    init(_ field: HIDField, of descriptor: HIDReportDescriptor) {
        bit = field.bitOffset
        flags = field.flags.rawValue
        minimum = field.logicalMinimum
        maximum = field.logicalMaximum
        application = descriptor.application(of: field)?.rawValue ?? 0
        size = field.bitSize
        count = field.count
        usages = (0..<field.count).compactMap { field.usage(at: $0)?.rawValue }
        if field.isArray { usages = Self.ranges(of: field) }
        // hid-tools makes one element of padding.
        if usages.isEmpty, !field.isArray { (size, count) = (field.bitCount, 1) }
    }

    func continues(_ other: HIDOracleCase.Field) -> Bool {
        flags & 3 != 0 && !usages.isEmpty
            && (size, flags, minimum, maximum, application)
                == (other.size, other.flags, other.minimum, other.maximum, other.application)
    }

    private static func ranges(of field: HIDField) -> [UInt32] {
        var ends: [UInt32] = []
        for usage in (0..<field.usages.count).compactMap({ field.usages[$0]?.rawValue }) {
            if let last = ends.last, last + 1 == usage { ends[ends.count - 1] = usage } else { ends += [usage, usage] }
        }
        return ends
    }
}
