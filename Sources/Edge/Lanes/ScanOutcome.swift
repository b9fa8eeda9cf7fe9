import Customers

/// What became of a scan.
struct ScanOutcome: Sendable, Equatable {
    var attachment: Attachment
    /// Nobody took the scan within its time.
    var isExpired = false
    /// Who was held until the scan's customer took the place.
    var replaced: Customer?

    static let undecided = ScanOutcome(attachment: .undecided)
    static let expired = ScanOutcome(attachment: .undecided, isExpired: true)
}
