/// One thing to send to a scanner.
enum ScannerMessage: Sendable, Equatable {
    case report(HIDOutgoingReport)
    /// Bytes for the scanner's line.
    case line([UInt8])

    var bytes: [UInt8] {
        switch self {
        case .report(let report): report.bytes
        case .line(let bytes): bytes
        }
    }
}
