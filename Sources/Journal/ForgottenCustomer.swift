package import Foundation

/// A customer whom the store was asked to forget.
package struct ForgottenCustomer: Sendable, Equatable {
    /// The place in the order in which they were forgotten.
    package let number: Int64
    /// The opaque id.
    package let customer: String
    /// When that was, for the last time.
    package let erasedAt: Date
}
