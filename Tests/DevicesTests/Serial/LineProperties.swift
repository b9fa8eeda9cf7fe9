@testable import Devices

/// What must hold for the bytes of any scanner on a line.
enum LineProperties {
    /// Labels of text are bounded, come out the same however the bytes are cut, and nothing is left over for ever.
    /// - Parameter input: a byte that chooses the settings, then the line's bytes.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func textHolds(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let fresh = TextDialect(settings: settings(choice))
        return holds(fresh, Array(input.dropFirst()), asks: choice & 0x80 != 0 ? [[0x69], honeywellQuestion] : [])
    }

    static func ssiHolds(_ input: [UInt8]) -> String? {
        holds(SSIDialect(), input, asks: [[0xA3], [0xE6, 0]])
    }

    /// - Parameter input: reports, each after a byte of length.
    static func snapiHolds(_ input: [UInt8]) -> String? {
        var dialect = SNAPIDialect()
        var again = SNAPIDialect()
        var now = ContinuousClock.Instant.now
        for report in HIDPOSProperties.parts(of: [0, 0] + input).reports {
            now += .milliseconds(100)
            let outcomes = dialect.take(report, at: now)
            if outcomes != again.take(report, at: now) { return "two dialects disagree" }
            _ = dialect.describe(report)
            if let complaint = outcomes.lazy.compactMap(complaint).first { return complaint }
        }
        return ends(&dialect, at: now)
    }

    /// What a carrier leaves of a transfer is a part of it, in its order.
    /// - Parameter input: bytes for the carrier and the size of its packets, then the transfer.
    static func carrierHolds(_ input: [UInt8]) -> String? {
        guard input.count >= 2 else { return nil }
        let carrier = SerialCarrier.allCases[Int(input[0]) % SerialCarrier.allCases.count]
        let transfer = Array(input.dropFirst(2))
        guard let bytes = carrier.unwrap(transfer, packetBytes: Int(input[1])) else { return nil }
        var rest = transfer[...]
        for byte in bytes {
            guard let place = rest.firstIndex(of: byte) else { return "\(carrier) makes bytes up" }
            rest = rest[(place + 1)...]
        }
        return nil
    }

    static let honeywellQuestion: [UInt8] = [0x16, 0x4D, 0x0D] + Array("REVINF.".utf8)

    static func settings(_ choice: UInt8) -> SerialSettings {
        var settings = SerialSettings()
        let dialects: [SerialSettings.Dialect] = [.text, .datalogic, .honeywell]
        settings.dialect = dialects[Int(choice & 3) % 3]
        let terminators = SerialSettings.Terminator.allCases
        settings.terminator = terminators[Int(choice >> 2 & 7) % terminators.count]
        settings.identifierIsSent = choice & 0x40 != 0
        return settings
    }

    private static func holds(_ fresh: some ScannerDialect, _ bytes: [UInt8], asks orders: [[UInt8]]) -> String? {
        let now = ContinuousClock.Instant.now
        var (whole, pieces) = (fresh, fresh)
        for order in orders where whole.order(order, at: now) != pieces.order(order, at: now) {
            return "two dialects disagree"
        }
        let outcomes = whole.take(bytes, at: now)
        var again: [LineOutcome] = []
        for byte in bytes { again += pieces.take([byte], at: now) }
        if outcomes != again { return "other outcomes when the bytes come one by one" }
        _ = whole.describe(bytes)
        if let complaint = outcomes.lazy.compactMap(complaint).first { return complaint }
        return ends(&whole, at: now)
    }

    private static func ends(_ dialect: inout some ScannerDialect, at start: ContinuousClock.Instant) -> String? {
        var now = start
        // An order is sent again twice before it is given up.
        for _ in 0..<8 where dialect.deadline != nil {
            now += .seconds(10)
            if let complaint = dialect.expire(at: now).lazy.compactMap(complaint).first { return complaint }
        }
        return dialect.deadline == nil ? nil : "something that does not end"
    }

    private static func complaint(about outcome: LineOutcome) -> String? {
        switch outcome {
        case .scan(let scan):
            guard !scan.data.isEmpty, scan.data.count <= SerialLimits.standard.scanBytesMax else {
                return "a label of \(scan.data.count) bytes"
            }
            return scan.label().data == scan.data ? nil : "a label of other data"
        case .answer(let bytes):
            return bytes.count <= SerialLimits.standard.answerBytesMax ? nil : "an answer of \(bytes.count) bytes"
        case .send(let bytes, _): return bytes.isEmpty || bytes.count > 257 ? "\(bytes.count) bytes to send" : nil
        case .told, .ignored: return nil
        }
    }
}
