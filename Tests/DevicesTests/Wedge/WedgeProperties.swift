@testable import Devices

/// What must hold for the reports of any device that is taken for a keyboard.
enum WedgeProperties {
    /// Scans stay within their bounds and are UTF-8, two decoders agree, and nothing is left over for ever.
    /// - Parameter input: a byte that chooses the settings, then what ``HIDPOSProperties/input(descriptor:reports:)`` makes.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func decodingHolds(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let (bytes, reports) = HIDPOSProperties.parts(of: Array(input.dropFirst()))
        guard let descriptor = try? HIDReportDescriptor(bytes),
            let fresh = try? WedgeDecoder(descriptor: descriptor, settings: settings(choice))
        else { return nil }
        var decoder = fresh
        var again = fresh
        var now = ContinuousClock.Instant.now
        for report in reports {
            now += .milliseconds(30)
            let outcome = decoder.decode(report: report, at: now)
            if outcome != again.decode(report: report, at: now) { return "two decoders disagree" }
            _ = decoder.describe(report)
            if case .scan(let scan) = outcome, let complaint = complaint(about: scan, decoder) { return complaint }
        }
        // One report ends three scans at most, and silence one more.
        for _ in 0..<5 where decoder.deadline != nil {
            now += .seconds(1)
            if let scan = decoder.expire(at: now), let complaint = complaint(about: scan, decoder) { return complaint }
        }
        return decoder.deadline == nil ? nil : "a scan that does not end"
    }

    static let layouts = ["us", "de", "fr", "cz", "ru", "fi"]

    private static func settings(_ choice: UInt8) -> WedgeSettings {
        var settings = WedgeSettings()
        settings.layout = layouts[Int(choice) % layouts.count]
        settings.altCodes = WedgeSettings.AltCodes.allCases[Int(choice >> 3) % 3]
        settings.identifierIsSent = choice & 0x40 != 0
        settings.terminators = choice & 0x80 != 0 ? .tab : [.enter, .tab]
        return settings
    }

    private static func complaint(about scan: WedgeScan, _ decoder: WedgeDecoder) -> String? {
        if scan.data.isEmpty || scan.data.count > WedgeLimits.standard.scanBytesMax {
            return "\(scan.data.count) bytes"
        }
        if String(validating: scan.data, as: UTF8.self) == nil { return "no UTF-8" }
        _ = decoder.layoutSuspicion(scan.data)
        return scan.label().data == scan.data ? nil : "a label of other data"
    }
}
