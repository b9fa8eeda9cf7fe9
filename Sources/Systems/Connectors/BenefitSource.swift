package import Customers

/// A system that knows customers' benefits.
package protocol BenefitSource: OrderReceiver {
    /// Which of the benefits that were known before may be used while the system cannot be asked.
    var offlineBenefits: OfflineBenefits { get }

    /// A customer's benefits, as they are now.
    /// - Throws: ``SystemsError``, within a few seconds: a till waits.
    func benefits(of customer: CustomerAddress) async throws(SystemsError) -> [Benefit]
}

/// What may be used of benefits while their system cannot be asked. The ledger holds their limit within the store; it does not
/// know of other stores.
package enum OfflineBenefits: String, Sendable {
    case all
    /// Those without a limit.
    case unlimited
    case none

    /// Whether a benefit may be used.
    package func allow(_ benefit: Benefit) -> Bool {
        switch self {
        case .all: true
        case .unlimited: benefit.usesMax == 0
        case .none: false
        }
    }
}
