/// What a code turned out to be.
package enum Resolution: Sendable, Equatable {
    /// One customer, and what the code was taken for.
    case customer(Customer, IdentifierType)
    /// Several customers have it; the cashier chooses. At most ``CustomersLimits/candidatesMax``.
    case ambiguous([Customer], IdentifierType)
    /// A product, by its number as 14 digits (GS1 General Specifications, section 3.3.2).
    case product(gtin14: String)
    /// It names a customer of a system outside that has to be asked first.
    case pending(IdentifierType)
    /// Nobody in the local copy, and no product.
    case unknown
    /// The number or the track of a payment card: whoever gets this drops the bytes.
    case paymentCard
}
