@testable import Devices

/// What must hold for any bytes at all. The fuzzers look for bytes for which it does not, and the tests replay what they
/// found and began with.
enum HIDProperties {
    /// A descriptor is refused, or its fields lie side by side in its reports and each element can be set and read again.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func descriptorHolds(_ bytes: [UInt8]) -> String? {
        do throws(DevicesError) {
            let descriptor = try HIDReportDescriptor(bytes)
            for report in descriptor.reports {
                if let complaint = reportHolds(report, of: descriptor) { return complaint }
            }
            return nil
        } catch {
            guard let offset = error.byteOffset, error.code != .notAScanner else {
                return error.code == .descriptorTooLarge ? nil : "an error without a place: \(error)"
            }
            return offset <= bytes.count ? nil : "an error beyond the end: \(error)"
        }
    }

    private static func reportHolds(_ report: HIDReport, of descriptor: HIDReportDescriptor) -> String? {
        var end = report.key.id == 0 ? 0 : 8
        for field in report.fields {
            guard field.bitOffset == end, field.bitCount > 0 else { return "a gap before bit \(field.bitOffset)" }
            end = field.bitEnd
            guard descriptor.path(of: field).count <= HIDLimits.standard.collectionDepthMax else { return "too deep" }
            if let complaint = fieldHolds(field, of: report) { return complaint }
        }
        guard end == report.bitCount, report.byteCount <= HIDLimits.standard.reportBytesMax else {
            return "\(report.bitCount) bits instead of \(end)"
        }
        return nil
    }

    private static func fieldHolds(_ field: HIDField, of report: HIDReport) -> String? {
        for index in Set([0, field.count / 2, field.count - 1]) {
            var bytes = report.blank()
            let value = field.bitSize >= 32 ? 0x5A5A_5A5A : 0x5A5A_5A5A & (1 << field.bitSize - 1)
            guard field.set(value, at: index, in: &bytes), field.unsigned(at: index, in: bytes) == UInt32(value) else {
                return "element \(index) of the field at bit \(field.bitOffset) does not come back"
            }
            let short = Array(bytes.prefix(bytes.count / 2))
            _ = field.value(at: index, in: short)
            if let usage = field.usage(at: index), field.usages.firstIndex(of: usage) == nil {
                return "a strange usage"
            }
        }
        return field.usage(at: field.count) == nil ? nil : "a usage beyond the end"
    }
}
