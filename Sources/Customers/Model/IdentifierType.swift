/// By what a customer is known. The numbers are those of the wire.
package enum IdentifierType: Int, Sendable, CaseIterable {
    /// The customer's own card. One customer of a company has it.
    case customerCard = 1
    /// E.164 with its plus sign (ITU-T E.164). Several customers may share one.
    case phone = 2
    /// Several customers may share one.
    case email = 3
    /// Somebody else's card that the customer linked. One customer of a company has it.
    case linkedCard = 4
    /// A personal code of Vipps MobilePay. It stands for a phone number and is never kept.
    case vippsPersonalQR = 5
    /// The customer's number in a system outside. One customer of a company has it.
    case externalID = 6

    /// Whether several customers of one company may have the same value.
    package var isShared: Bool { self == .phone || self == .email }
}
