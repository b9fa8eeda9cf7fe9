@testable import Devices

/// What must hold for the reports of any device that is taken for a scanner.
enum HIDPOSProperties {
    /// Scans stay within their bounds, and a report that is repeated to a fresh decoder means the same.
    /// - Parameter input: two bytes of length and a descriptor, then reports, each after a byte of length.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func decodingHolds(_ input: [UInt8]) -> String? {
        let (bytes, reports) = parts(of: input)
        guard let descriptor = try? HIDReportDescriptor(bytes) else { return nil }
        _ = HIDPOSFeedback(descriptor: descriptor).map { feedback in
            feedback.signals.map { feedback.report($0, isPrevented: true) }
        }
        guard let fresh = try? HIDPOSDecoder(descriptor: descriptor) else { return nil }
        var decoder = fresh
        var again = fresh
        let start = ContinuousClock.Instant.now
        for (index, report) in reports.enumerated() {
            let now = start + .milliseconds(index * 400)
            let outcome = decoder.decode(report: report, at: now)
            if outcome != again.decode(report: report, at: now) { return "two decoders disagree" }
            _ = decoder.describe(report)
            if case .scan(let scan) = outcome, let complaint = complaint(about: scan) { return complaint }
        }
        return nil
    }

    static func input(descriptor: [UInt8], reports: [[UInt8]]) -> [UInt8] {
        [UInt8(descriptor.count >> 8), UInt8(descriptor.count & 255)] + descriptor
            + reports.flatMap { [UInt8(min($0.count, 255))] + $0.prefix(255) }
    }

    static func parts(of input: [UInt8]) -> (descriptor: [UInt8], reports: [[UInt8]]) {
        guard input.count >= 2 else { return ([], []) }
        var rest = input.dropFirst(2)
        let descriptor = Array(rest.prefix(Int(input[0]) << 8 | Int(input[1])))
        rest = rest.dropFirst(descriptor.count)
        var reports: [[UInt8]] = []
        while let length = rest.first {
            reports.append(Array(rest.dropFirst().prefix(Int(length))))
            rest = rest.dropFirst(1 + Int(length))
        }
        return (descriptor, reports)
    }

    private static func complaint(about scan: HIDPOSScan) -> String? {
        if scan.data.isEmpty || scan.data.count > HIDPOSLimits.standard.scanBytesMax {
            return "\(scan.data.count) bytes"
        }
        if let aim = scan.aim, AIMIdentifier(aim) != scan.identifier { return "\(aim) is no identifier" }
        let label = scan.label(isZebra: true)
        return label.gtin14.map { $0.count == 14 } ?? true ? nil : "a GTIN of another length"
    }
}
